//! The lens security: exact answers, its certificates, properties.

use approx::assert_abs_diff_eq;
use equipoise::certify::security::{ALL, check};
use equipoise::coalition::Coalition;
use equipoise::finding::security::{Security, SecurityFinding, Strength};
use equipoise::game::Stance;
use equipoise::parameters::{Parameters, SecurityParameters};
use equipoise::report::Keyed;
use equipoise::solve::security::solve;
use equipoise::system::{Dyads, System};
use equipoise::threat::Threat;
use equipoise::work::Work;
use ndarray::Array2;
use serde::Deserialize;
use serde_json::Value;

use crate::common::{equipoise, output};

/// A system of these powers, in which everybody feels this threat of the first state.
fn threatened(powers: &[f64], tau: Option<&[f64]>) -> (System, Parameters) {
    let named =
        powers.iter().enumerate().map(|(i, &p)| (((b'A' + i as u8) as char).to_string(), p));
    let system = System::from_powers(named).unwrap();
    let Some(tau) = tau else { return (system, Parameters::default()) };
    let n = powers.len();
    let hostility = Array2::from_shape_fn((n, n), |(i, j)| if j == 0 { tau[i] } else { 0.0 });
    felt(system, hostility)
}

/// The threats are these, whatever else is known.
fn felt(system: System, hostility: Array2<f64>) -> (System, Parameters) {
    let dyads = Dyads { hostility: Some(hostility), ..Dyads::default() };
    let security = SecurityParameters { latent_hostility: 0.0, ..SecurityParameters::DEFAULT };
    let parameters = Parameters { security, ..Parameters::default() };
    (system.with_dyads(dyads).unwrap(), parameters)
}

/// The finding, of which every claim must hold.
fn found(system: &System, parameters: &Parameters, target: Option<usize>) -> SecurityFinding {
    let threat = Threat::of(system, parameters);
    let target = target.unwrap_or(threat.most_feared);
    let found = solve(system, parameters, &threat, target, 1, &Work::default()).unwrap();
    let Security::Decided(found) = found else { panic!("there is no time limit") };
    let (claims, unexamined) = check(system, parameters, &found, ALL);
    for claim in &claims {
        assert!(claim.holds(), "{claim}");
    }
    assert!(unexamined.is_empty());
    *found
}

fn power(powers: &[f64]) -> SecurityFinding {
    let (system, parameters) = threatened(powers, None);
    found(&system, &parameters, Some(0))
}

fn close(what: &str, made: f64, expected: &Value) {
    let expected = expected.as_f64().unwrap();
    assert!((made - expected).abs() < 1e-9, "{what}: {made}, not {expected}");
}

/// Everything that the known answer says of a system.
fn agrees(name: &str, system: &System, made: &SecurityFinding, known: &Value) {
    assert_eq!(system.id(made.target), known["target"], "{name}");
    assert_eq!(made.profiles, known["profiles"].as_u64().unwrap(), "{name}");
    assert_eq!(made.equilibria.is_empty(), known["fluid"].as_bool().unwrap(), "{name}");
    let others: Vec<&str> =
        (0..system.len()).filter(|&i| i != made.target).map(|i| system.id(i)).collect();
    let listed = known["equilibria"].as_array().unwrap();
    assert_eq!(made.equilibria.len(), listed.len(), "{name}: {:?}", made.equilibria);
    for known in listed {
        let actions: Vec<Stance> = others
            .iter()
            .map(|id| serde_json::from_value(known["actions"][id].clone()).unwrap())
            .collect();
        let one = made.equilibria.iter().find(|e| e.profile == actions);
        let one = one.unwrap_or_else(|| panic!("{name}: {actions:?} is missing"));
        close(name, one.prevails, &known["prevails"]);
        close(name, one.dominion, &known["dominion"]);
        close(name, one.basin, &known["basin"]);
        close(name, one.from_peace, &known["from_peace"]);
        for (id, loss) in others.iter().zip(&one.loss) {
            close(name, *loss, &known["loss"][id]);
        }
        assert_eq!(one.strong == Strength::Strong, known["strong"].as_bool().unwrap(), "{name}");
    }
    let cycles = known["cycles"].as_array().unwrap();
    assert_eq!(made.cycles.len(), cycles.len(), "{name}");
    for (made, known) in made.cycles.iter().zip(cycles) {
        assert_eq!(made.profiles, known["profiles"].as_u64().unwrap(), "{name}");
        close(name, made.basin, &known["basin"]);
        close(name, made.prevails[0], &known["prevails"][0]);
        close(name, made.prevails[1], &known["prevails"][1]);
    }
    for end in 0..2 {
        close(name, made.prevails[end], &known["prevails"][end]);
        close(name, made.dominion[end], &known["dominion"][end]);
        close(name, made.odds.stopping[end], &known["stopping_odds"][end]);
    }
    close(name, made.odds.balancing, &known["balancing_odds"]);
    close(name, made.odds.from_peace, &known["from_peace"]);
    close(name, made.odds.mixed, &known["mixed_odds"]);
    if known["trust"]["order_from"].is_null() {
        assert!(made.trust.order_from > 1.0, "{name}");
    } else {
        close(name, made.trust.order_from, &known["trust"]["order_from"]);
    }
    match (&made.trust.balance_to, known["trust"]["balance_to"].is_null()) {
        (Some((up_to, _)), false) => close(name, *up_to, &known["trust"]["balance_to"]),
        (up_to, null) => {
            assert!(null && up_to.is_none_or(|(up_to, _)| up_to > 1.0), "{name}: {up_to:?}");
        }
    }
    for (made, number, groups) in [
        (&made.balancing, "balancing_number", "balancing_groups"),
        (&made.war, "war_number", "war_groups"),
    ] {
        assert_eq!(made.number.map(|n| n as u64), known[number].as_u64(), "{name}: {number}");
        let expected: Vec<Coalition> = known[groups]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                let ids = group.as_array().unwrap().iter();
                ids.map(|id| system.index_of(id.as_str().unwrap()).unwrap()).collect()
            })
            .collect();
        let (mut a, mut b) = (made.groups.clone(), expected);
        a.sort();
        b.sort();
        assert_eq!(a, b, "{name}: {groups}");
        assert_eq!(made.total, a.len() as u64);
    }
}

/// The states in the order of the input, which a JSON value does not keep.
#[derive(Deserialize)]
struct Ordered {
    systems: Keyed<States>,
}

#[derive(Deserialize)]
struct States {
    states: Keyed<f64>,
}

/// A known system: powers that its name gives, a shipped file, or the shares with the threats.
fn known_system(name: &str, known: &Value, order: &Keyed<f64>) -> (System, Parameters) {
    let powers: Vec<f64> = name.split(' ').map_while(|word| word.parse::<f64>().ok()).collect();
    if let Some(matrix) = known.get("threat_matrix") {
        let system = System::from_powers(order.0.iter().cloned()).unwrap();
        let n = system.len();
        let tau = Array2::from_shape_fn((n, n), |(i, j)| matrix[i][j].as_f64().unwrap());
        return felt(system, tau);
    }
    if powers.is_empty() {
        let file = name.split(' ').next().unwrap();
        let path = format!("{}/data/{file}.csv", env!("CARGO_MANIFEST_DIR"));
        let dataset = equipoise::dataset::Dataset::read(&path).unwrap();
        let built = dataset.system(&Default::default(), &equipoise::dataset::Measure::Cinc);
        return (built.unwrap().system, Parameters::default());
    }
    let threat = &known["security"]["threat"];
    let tau: Vec<f64> = order.0.iter().map(|(id, _)| threat[id].as_f64().unwrap_or(0.0)).collect();
    let exact: Vec<f64> = order.0.iter().map(|(_, share)| *share).collect();
    // The name has the powers where they are whole; the cycle's are shares.
    let powers = if name.contains("cycle") { &exact } else { &powers };
    let equal = tau[1..].iter().all(|&tau| tau == 1.0);
    let (system, mut parameters) = threatened(powers, (!equal).then_some(&tau));
    let forbearance = known["security"]["parameters"]["phi"].as_f64().unwrap();
    parameters.security.forbearance = forbearance;
    (system, parameters)
}

#[test]
fn known_answers() {
    let Some(path) = crate::common::oracle("security.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let ordered: Ordered = serde_json::from_str(&text).unwrap();
    let systems = known["systems"].as_object().unwrap();
    assert_eq!(systems.len(), 19);
    for (name, known) in systems {
        let order = &ordered.systems.get(name).unwrap().states;
        let (system, parameters) = known_system(name, known, order);
        let target = system.index_of(known["security"]["target"].as_str().unwrap()).unwrap();
        let made = found(&system, &parameters, Some(target));
        agrees(name, &system, &made, &known["security"]);
        if let Some(index) = known.get("threat_index") {
            assert_eq!(made.threat.most_feared, target, "{name}");
            for (i, t) in made.threat.index.iter().enumerate() {
                close(name, *t, &index[system.id(i)]);
            }
        }
    }
}

/// Four, three, two and one, by hand.
#[test]
fn four_three_two_one() {
    let made = power(&[4.0, 3.0, 2.0, 1.0]);
    let [all_balance, all_bandwagon] = made.equilibria.as_slice() else { panic!() };
    assert_abs_diff_eq!(all_balance.prevails, 16.0 / 52.0, epsilon = 1e-15);
    for loss in &all_balance.loss {
        assert_abs_diff_eq!(*loss, 16.0 / 52.0 + 0.05, epsilon = 1e-15);
    }
    for loss in &all_bandwagon.loss {
        assert_abs_diff_eq!(*loss, 2.0 / 3.0 + 0.05, epsilon = 1e-15);
    }
    assert_abs_diff_eq!(made.odds.balancing, 49.0 / 108.0, epsilon = 1e-12);
    assert_eq!((made.balancing.number, made.balancing.total), (Some(2), 2));
    assert_eq!(made.war.number, Some(2));
}

/// The same power split among more states is ever less likely to balance (Olson 1965).
#[test]
fn the_more_states_the_less_they_balance() {
    let expected = [1.0, 0.667, 0.333, 0.259, 0.185, 0.086];
    for (k, expected) in (1..=6).zip(expected) {
        let mut powers = vec![4.0];
        powers.extend(vec![6.0 / f64::from(k); k as usize]);
        assert_abs_diff_eq!(power(&powers).odds.balancing, expected, epsilon = 6e-4);
    }
}

/// As typed: the JSON passes `check`, whole and on its way through a pipe, and in the tidy table
/// numbers are in the column of numbers.
#[test]
fn reports_of_the_lens_pass_check_and_have_typed_tables() {
    for command in [
        "solve data/europe-1913.csv --lens security",
        "solve data/europe-1913.csv --lens security --dyads data/pairs/europe-1913.csv",
    ] {
        let json = output(&format!("{command} --format json"));
        equipoise("check -").write_stdin(json).assert().success();
        let csv = output(&format!("{command} --format csv"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let [lens, quantity, value, text] = ["lens", "quantity", "value", "text"]
            .map(|name| header.iter().position(|column| column == name).unwrap());
        let mut numbers = 0;
        for row in reader.records().map(Result::unwrap).filter(|row| &row[lens] == "security") {
            let word = ["target", "verdict"].contains(&&row[quantity]);
            assert_eq!(row[value].parse::<f64>().is_ok(), !word, "{row:?}");
            assert_eq!(row[text].is_empty(), !word, "{row:?}");
            numbers += usize::from(!word);
        }
        assert!(numbers > 20, "{csv}");
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn weights(n: usize) -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(1u32..40, n).prop_map(|w| w.into_iter().map(f64::from).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Whatever the threats, every claim of the finding holds (`found` checks them).
        #[test]
        fn every_finding_is_accepted(
            powers in weights(5),
            tau in prop::collection::vec(0.0f64..=1.0, 5),
            decisiveness in prop::sample::select(vec![0.5, 1.0, 2.0, 3.5, 100.0, f64::INFINITY]),
        ) {
            let (system, mut parameters) = threatened(&powers, Some(&tau));
            parameters.decisiveness = decisiveness;
            found(&system, &parameters, Some(0));
        }

        /// Where strength counts in proportion or less, no two states balance in equilibrium.
        #[test]
        fn without_decisiveness_nobody_balances_together(powers in weights(5), m in 0.0f64..=1.0) {
            let (system, mut parameters) = threatened(&powers, None);
            parameters.decisiveness = m;
            for e in found(&system, &parameters, Some(0)).equilibria {
                prop_assert!(e.profile.iter().filter(|s| **s == Stance::Balance).count() < 2);
            }
        }

        /// With more than half of all power the target is never held; with equal threats there is
        /// an equilibrium; all bandwagon in one if and only if trust exceeds `order_from`.
        #[test]
        fn of_equal_threats(powers in weights(5), forbearance in 0.0f64..=1.0) {
            let (system, mut parameters) = threatened(&powers, None);
            parameters.security.forbearance = forbearance;
            let made = found(&system, &parameters, Some(0));
            prop_assert!(!made.equilibria.is_empty());
            if powers[0] > powers[1..].iter().sum() {
                prop_assert!(made.equilibria.iter().all(|e| !e.held));
            }
            let all = made.equilibria.iter().any(|e| {
                e.profile.iter().all(|s| *s == Stance::Bandwagon)
            });
            if (forbearance - made.trust.order_from).abs() > 1e-9 {
                prop_assert_eq!(all, forbearance > made.trust.order_from);
            }
        }

        /// Balancing gains on bandwagoning as the state grows, if `r ≤ τ (1 − φ)`.
        #[test]
        fn the_strong_balance_and_the_weak_bandwagon(rest in 1.0f64..20.0, small in 0.1f64..5.0) {
            let advantage = |p: f64| {
                let (system, parameters) = threatened(&[10.0, rest, p], None);
                let threat = Threat::of(&system, &parameters);
                let game = equipoise::game::SecurityGame::new(&system, &parameters, &threat, 0);
                let game = game.unwrap();
                let field = game.field(&[Stance::Balance, Stance::Hide], 2);
                let [balance, _, bandwagon] = game.losses(&field, 2);
                bandwagon - balance
            };
            prop_assert!(advantage(small) <= advantage(2.0 * small) + 1e-12);
        }

        /// The order of the states changes nothing but ties.
        #[test]
        fn relabelling_changes_nothing(powers in prop::sample::subsequence(
            (1..40).map(f64::from).collect::<Vec<_>>(), 5,
        ).prop_shuffle()) {
            let straight = power(&powers);
            let mut turned = powers.clone();
            turned[1..].reverse();
            let turned = power(&turned);
            prop_assert!((straight.odds.balancing - turned.odds.balancing).abs() < 1e-12);
            prop_assert_eq!(straight.equilibria.len(), turned.equilibria.len());
            for (a, b) in straight.odds.stopping.iter().zip(turned.odds.stopping) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}

/// A finding of which one thing is another: some claim must fail.
#[test]
fn tampered_findings_are_refuted() {
    let (system, parameters) = threatened(&[9.0, 8.0, 1.0, 1.0, 1.0], None);
    let sound = found(&system, &parameters, Some(0));
    type Change = fn(&mut SecurityFinding);
    let changes: [(&str, Change); 22] = [
        ("a threat", |f| f.threat.matrix[[1, 0]] = 0.5),
        ("an index", |f| f.threat.index[0] += 0.01),
        ("profiles", |f| f.profiles += 1),
        ("a stance", |f| f.equilibria[0].profile[0] = Stance::Hide),
        ("prevails", |f| f.equilibria[0].prevails += 1e-3),
        ("held", |f| f.equilibria[0].held ^= true),
        ("a dominion", |f| f.equilibria[0].dominion += 1e-3),
        ("a loss", |f| f.equilibria[0].loss[0] += 1e-3),
        ("a basin", |f| f.equilibria[0].basin += 1e-3),
        ("a basin moved", |f| {
            f.equilibria[0].basin += 1e-3;
            f.equilibria[1].basin -= 1e-3;
        }),
        ("from peace", |f| f.equilibria[0].from_peace += 1e-3),
        ("strength", |f| {
            let weak = f.equilibria.iter_mut().find(|e| e.strong != Strength::Strong).unwrap();
            weak.strong = Strength::Strong;
        }),
        ("an equilibrium left out", |f| {
            f.equilibria.pop();
            f.total -= 1;
        }),
        ("the range", |f| f.prevails[1] = 0.6),
        ("the dominion's range", |f| f.dominion[0] -= 0.1),
        ("held in all", |f| f.held = equipoise::finding::security::Held::Always),
        ("balancing odds", |f| f.odds.balancing += 1e-3),
        ("stopping odds", |f| f.odds.stopping[0] += 1e-3),
        ("mixed odds", |f| f.odds.mixed += 1e-3),
        ("order_from", |f| f.trust.order_from -= 1e-3),
        ("balance_to", |f| f.trust.balance_to.as_mut().unwrap().0 += 1e-3),
        ("a group", |f| {
            f.balancing.groups.pop();
            f.balancing.total -= 1;
        }),
    ];
    for (what, change) in changes {
        let mut altered = sound.clone();
        change(&mut altered);
        let (claims, _) = check(&system, &parameters, &altered, ALL);
        assert!(claims.iter().any(|claim| !claim.holds()), "{what} was accepted");
    }
}

/// Above 13 states odds are sampled: the same for the same seed, about the same for another.
#[test]
fn sampled_odds_have_an_interval() {
    let powers: Vec<f64> = [30.0, 25.0, 20.0].into_iter().chain([1.0; 11]).collect();
    let (system, parameters) = threatened(&powers, None);
    let threat = Threat::of(&system, &parameters);
    let solved = |seed| match solve(&system, &parameters, &threat, 0, seed, &Work::default()) {
        Ok(Security::Decided(found)) => found,
        other => panic!("{other:?}"),
    };
    let made = solved(7);
    let sample = made.odds.sampled.unwrap();
    assert!(
        sample.balancing[0] <= made.odds.balancing && made.odds.balancing <= sample.balancing[1]
    );
    assert!(sample.stopping[0] <= made.odds.stopping[0]);
    assert_eq!(made, solved(7));
    let other = solved(8);
    assert!((made.odds.balancing - other.odds.balancing).abs() < 0.05);
    let (claims, unexamined) = check(&system, &parameters, &made, 13);
    assert!(claims.iter().all(|claim| claim.holds()));
    assert_eq!(unexamined.len(), 1);
}
