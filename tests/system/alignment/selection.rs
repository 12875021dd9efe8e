//! Which equilibrium is likely: known answers, another route to the logit equilibrium, tampering.

use approx::assert_abs_diff_eq;
use equipoise::analysis::{pairs_by_logit, pairs_by_security};
use equipoise::certify::alignment::selection::check;
use equipoise::contest::Contest;
use equipoise::finding::alignment::{
    AlignmentFinding, LogitSelection, Part, Resistance, Selected, Selection,
};
use equipoise::game::{AlignmentGame, Posture, StrategicGame, Tactics};
use equipoise::parameters::Parameters;
use equipoise::solve::alignment::Options;
use equipoise::system::System;
use equipoise::threat::TargetChoice;
use equipoise::work::Work;
use serde_json::Value;

use super::systems::{certified, decided, plain, with};
use crate::common::oracle;

fn selection(finding: &AlignmentFinding) -> (&[Selected], &LogitSelection) {
    let selection = finding.selection.as_ref().unwrap();
    (selection.equilibria.found().unwrap(), selection.logit.found().unwrap())
}

#[test]
fn strong_equilibria_and_basins_are_those_of_an_enumeration() {
    let Some(path) = oracle("security.json") else { return };
    let known: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut compared = 0;
    for (name, system) in known["systems"].as_object().unwrap() {
        let expected = &system["alignment_selection"];
        if expected.is_null() {
            continue;
        }
        let states = system["states"].as_object().unwrap();
        let named = states.iter().map(|(id, p)| (id.clone(), p.as_f64().unwrap()));
        let made = System::from_powers(named).unwrap();
        let contest = Contest::new(&made, &Parameters::default()).unwrap();
        let leader = made.index_of(expected["leader"].as_str().unwrap()).unwrap();
        let finding = certified(&contest, leader);
        let (found, _) = selection(&finding);
        let listed = expected["equilibria"].as_array().unwrap();
        assert_eq!(found.len(), listed.len(), "{name}");
        let others: Vec<&str> =
            (0..made.len()).filter(|&i| i != leader).map(|i| made.id(i)).collect();
        for known in listed {
            let of = |(id, posture): (&&str, &Posture)| known["actions"][id] == posture.name();
            let same = |one: &&Selected| others.iter().zip(&one.profile).all(of);
            let one = found.iter().find(same).unwrap_or_else(|| panic!("{name}: {known}"));
            assert_eq!(one.strong == Resistance::Holds, known["strong"], "{name}: {known}");
            assert_abs_diff_eq!(one.basin, known["basin"].as_f64().unwrap(), epsilon = 1e-9);
            assert_abs_diff_eq!(one.control, known["control"].as_f64().unwrap(), epsilon = 1e-9);
            compared += 1;
        }
        let total: f64 = found.iter().map(|one| one.basin).sum();
        let cycles = expected["in_cycles"].as_f64().unwrap();
        assert_abs_diff_eq!(total + cycles, 1.0, epsilon = 1e-9);
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn all_balance_is_strong_and_all_bandwagon_is_left_for_it() {
    let finding = certified(&plain(&[4.0, 3.0, 2.0, 1.0]), 0);
    let (found, _) = selection(&finding);
    let all = |posture| vec![posture; 3];
    let [balance, bandwagon] = found else { panic!("two equilibria") };
    assert_eq!(balance.profile, all(Posture::Balance));
    assert_eq!(balance.strong, Resistance::Holds);
    assert_eq!(balance.coalition_proof, Resistance::Holds);
    assert_eq!(balance.tipping, Some(vec![]));
    // All balance is better for every chooser, and none leaves it again.
    assert_eq!(bandwagon.strong, Resistance::Leaves(all(Posture::Balance)));
    assert_eq!(bandwagon.coalition_proof, Resistance::Leaves(all(Posture::Balance)));
    assert_abs_diff_eq!(balance.basin, 11.0 / 54.0, epsilon = 1e-12);
}

/// By hand: of (4, 3, 2, 1), one state at a time after the first has turned.
#[test]
fn a_tipping_group_is_the_smallest_that_the_rest_follow() {
    for powers in [&[4.0, 3.0, 2.0, 1.0][..], &[6.0, 2.0, 1.0, 1.0], &[3.0, 2.0, 1.0]] {
        let contest = plain(powers);
        let finding = certified(&contest, 0);
        let (found, _) = selection(&finding);
        let bandwagon = found.last().unwrap();
        let game = AlignmentGame::new(&contest, 0);
        let n = game.players();
        let follow = |group: u32| {
            // In the order of the states, round and round: best replies of the others.
            let mut profile: Vec<usize> =
                (0..n).map(|i| if group >> i & 1 == 1 { 0 } else { 1 }).collect();
            for _ in 0..20 {
                for i in (0..n).filter(|i| group >> i & 1 == 0) {
                    let worth = |action: usize| {
                        let mut other = profile.clone();
                        other[i] = action;
                        let mut payoffs = vec![0.0; n];
                        game.payoffs(&other, &mut payoffs);
                        payoffs[i]
                    };
                    let best = (0..3).max_by(|&a, &b| worth(a).total_cmp(&worth(b))).unwrap();
                    if worth(best) > worth(profile[i]) + 1e-9 {
                        profile[i] = best;
                    }
                }
            }
            profile.iter().all(|&action| action == 0)
        };
        let group = bandwagon.tipping.as_ref().unwrap();
        let bits: u32 = group.iter().map(|i| 1 << i).sum();
        assert!(follow(bits), "{powers:?}: {group:?}");
        for smaller in (0u32..1 << n).filter(|set| (set.count_ones() as usize) < group.len()) {
            assert!(!follow(smaller), "{powers:?}: {smaller:b}");
        }
    }
}

#[test]
fn the_logit_equilibrium_is_a_fixed_point_that_damped_replies_find() {
    for powers in [&[4.0, 3.0, 2.0, 1.0][..], &[9.0, 8.0, 1.0, 1.0, 1.0], &[1.0, 1.0]] {
        let contest = plain(powers);
        let finding = certified(&contest, 0);
        let (_, logit) = selection(&finding);
        assert_abs_diff_eq!(logit.precision, 5.0);
        let (claims, unexamined) = check(&contest, &finding);
        assert!(claims.iter().all(equipoise::certify::Claim::holds));
        assert!(unexamined.is_empty(), "{unexamined:?}");
        assert_abs_diff_eq!(logit.pairs.both_balance[[0, 1]], 0.0);
        let own = &logit.probabilities;
        assert_abs_diff_eq!(logit.pairs.same_side[[0, 1]], own[0][1], epsilon = 1e-12);
        if powers.len() > 2 {
            let both = own[0][0] * own[1][0];
            assert_abs_diff_eq!(logit.pairs.both_balance[[1, 2]], both, epsilon = 1e-12);
            let same = both + own[0][1] * own[1][1];
            assert_abs_diff_eq!(logit.pairs.same_side[[2, 1]], same, epsilon = 1e-12);
        }
    }
    // Two states: whatever the other does, it is alone against the leading state.
    let finding = certified(&plain(&[2.0, 1.0]), 0);
    let (_, logit) = selection(&finding);
    let alone: f64 = 1.0 / 5.0;
    let follows = 1.0 / (1.0 + 2f64.powf(1.5));
    let odds = (5.0 * (follows.min(1.0 / 3.0) - alone) * 3.0).exp();
    assert_abs_diff_eq!(logit.probabilities[0][1], odds / (odds + 2.0), epsilon = 1e-9);
    // Without precision all is uniform.
    let options = Options { selection: Some(0.0), ..Options::default() };
    let finding = decided(&plain(&[4.0, 3.0, 2.0, 1.0]), 0, &options);
    let (_, logit) = selection(&finding);
    assert!(logit.probabilities.iter().flatten().all(|p| (p - 1.0 / 3.0).abs() < 1e-12));
}

#[test]
fn what_is_too_large_is_left_out_with_the_reason() {
    // All profiles are equilibria where control is power.
    let parameters = Parameters { decisiveness: 1.0, dominance: 1.0, ..Parameters::default() };
    let finding = certified(&with(&[5.0, 4.0, 3.0, 2.0, 1.0], &parameters), 0);
    let Part::LeftOut { why, stopped } = &finding.selection.as_ref().unwrap().equilibria else {
        panic!("81 equilibria are many")
    };
    assert!(why.contains("81 equilibria") && !stopped, "{why}");
    let powers: Vec<f64> = (1..=11).map(f64::from).collect();
    let finding = certified(&plain(&powers), 10);
    let found = finding.selection.as_ref().unwrap();
    assert!(found.equilibria.found().is_some());
    assert!(matches!(&found.logit, Part::LeftOut { why, .. } if why.contains("59049 profiles")));
    assert!(
        decided(&plain(&[2.0, 1.0]), 0, &Options { selection: None, ..Options::default() })
            .selection
            .is_none()
    );
}

#[test]
fn with_more_tactics_the_leading_state_chooses_too() {
    let named = [Posture::Balance, Posture::Bandwagon, Posture::Pass, Posture::Restrain];
    let contest = plain(&[4.0, 3.0, 2.0, 1.0]);
    let options = Options { tactics: Tactics::new(named), ..Options::default() };
    let finding = decided(&contest, 0, &options);
    let (claims, unexamined) = check(&contest, &finding);
    for claim in &claims {
        assert!(claim.holds(), "{claim}");
    }
    assert!(unexamined.is_empty(), "{unexamined:?}");
    let logit = finding.selection.as_ref().unwrap().logit.found().unwrap();
    assert_eq!(logit.probabilities.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3, 2]);
}

#[test]
fn tampering_is_refuted() {
    let contest = plain(&[6.0, 5.0, 4.0, 3.0, 2.0]);
    let finding = certified(&contest, 0);
    let sound = finding.selection.clone().unwrap();
    let refuted = |change: &dyn Fn(&mut Selection)| {
        let mut selection = sound.clone();
        change(&mut selection);
        let tampered = AlignmentFinding { selection: Some(selection), ..finding.clone() };
        let (claims, _) = check(&contest, &tampered);
        claims.iter().any(|claim| !claim.holds())
    };
    assert!(!refuted(&|_| {}));
    type Change = fn(&mut Selected, &mut Selected);
    let changes: [Change; 10] = [
        |balance, _| balance.basin += 1e-5,
        |balance, _| balance.control += 1e-5,
        |balance, _| balance.profile[0] = Posture::Abstain,
        |balance, _| balance.strong = Resistance::Leaves(vec![Posture::Bandwagon; 4]),
        |_, bandwagon| bandwagon.strong = Resistance::Holds,
        |_, bandwagon| bandwagon.coalition_proof = Resistance::Holds,
        |_, bandwagon| bandwagon.coalition_proof = Resistance::Leaves(bandwagon.profile.clone()),
        |_, bandwagon| bandwagon.tipping = None,
        |_, bandwagon| bandwagon.tipping = Some(vec![3]),
        |_, bandwagon| bandwagon.tipping = Some(vec![0, 1, 2, 3]),
    ];
    for (number, change) in changes.iter().enumerate() {
        let tampered = refuted(&|selection| {
            let Part::Found(found) = &mut selection.equilibria else { unreachable!() };
            let [balance, bandwagon] = &mut found[..] else { unreachable!() };
            change(balance, bandwagon);
        });
        assert!(tampered, "change {number}");
    }
    let of_logit: [fn(&mut LogitSelection); 7] = [
        |logit| logit.precision = 4.9,
        |logit| logit.precision = f64::NAN,
        |logit| logit.probabilities[0].swap(0, 1),
        |logit| logit.control += 1e-5,
        |logit| logit.above_threshold += 1e-5,
        |logit| logit.pairs.both_balance[[1, 2]] += 1e-5,
        |logit| logit.pairs.same_side[[0, 2]] += 1e-5,
    ];
    for (number, change) in of_logit.iter().enumerate() {
        let tampered = refuted(&|selection| {
            let Part::Found(found) = &mut selection.logit else { unreachable!() };
            change(found);
        });
        assert!(tampered, "logit: change {number}");
    }
}

#[test]
fn pairs_stand_together_as_the_lenses_say() {
    let system = System::from_powers([("A", 9.0), ("B", 8.0), ("C", 1.0), ("D", 1.0)]).unwrap();
    let (parameters, work) = (Parameters::default(), Work::default());
    let logit = pairs_by_logit(&system, &parameters, 5.0, &work).unwrap().unwrap();
    assert_abs_diff_eq!(logit.both_balance[[1, 2]], logit.both_balance[[3, 1]], epsilon = 1e-9);
    let target = TargetChoice::default();
    let security = pairs_by_security(&system, &parameters, target, 1, &work).unwrap().unwrap();
    // B balances with both weak states, or with none.
    assert!(security.both_balance[[1, 2]] > 0.0);
    assert!(security.same_side.iter().all(|p| (0.0..=1.0 + 1e-12).contains(p)));
}
