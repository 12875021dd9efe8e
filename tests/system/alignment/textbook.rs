//! What the literature says of each tactic, on the smallest systems that show it; chains.

use approx::assert_abs_diff_eq;
use equipoise::certify::alignment::{check, check_range};
use equipoise::coalition::Coalition;
use equipoise::contest::Contest;
use equipoise::game::Posture::{self, *};
use equipoise::game::posture::Side;
use equipoise::game::strategic::{advance, profile_at};
use equipoise::game::{AlignmentGame, Chains, StrategicGame};
use equipoise::parameters::{Driver, Parameters, TacticParameters};
use equipoise::solve::alignment::chained::{ChainedRange, ChainsFinding};
use equipoise::solve::alignment::window::{Closing, Window, solve as window};
use equipoise::solve::alignment::{AlignmentFinding, Options};
use equipoise::system::System;
use equipoise::work::Work;
use ndarray::Array2;

use super::systems::{decided, plain, with};
use super::tactics::{certified_with, tactics};

fn pure(finding: &AlignmentFinding) -> Vec<Vec<Posture>> {
    finding.pure_nash.iter().map(|e| e.profile.clone()).collect()
}

fn parameters(m: f64, s: f64) -> Parameters {
    Parameters { decisiveness: m, dominance: s, ..Parameters::default() }
}

/// Christensen & Snyder (1990), pp. 140–144: where a third state can be left to balance, each
/// of two would rather pass the buck, and it is a game of chicken: one equilibrium for each
/// who might be left with it. A (4) faces B and C (3 each); with `m = 1` whoever balances
/// prevails with 3/7.
#[test]
fn buck_passing_is_a_game_of_chicken() {
    let hard = TacticParameters { attrition: 0.5, ..TacticParameters::DEFAULT };
    let contest = with(&[4.0, 3.0, 3.0], &Parameters { tactics: hard, ..parameters(1.0, 3.0) });
    let finding = certified_with(&contest, 0, tactics("balance,pass"));
    assert_eq!(pure(&finding), [[Balance, Pass], [Pass, Balance]]);
    for equilibrium in &finding.pure_nash {
        assert_abs_diff_eq!(equilibrium.control[0], 4.0 / 7.0, epsilon = 1e-12);
    }
    // Who passes keeps all its strength, who fights half of it: 8 to 1 with s = 3.
    assert_abs_diff_eq!(finding.pure_nash[0].control[2], 3.0 / 7.0 * 8.0 / 9.0, epsilon = 1e-12);
    // Both may pass it at once by mischance, and then A gets more.
    assert!(finding.control[1] > 4.0 / 7.0 + 0.1, "{:?}", finding.control);
}

/// Olson & Zeckhauser (1966), An economic theory of alliances: the small exploit the great. The
/// weak partner of a strong one passes the buck.
#[test]
fn the_weak_ride_free_on_the_strong() {
    let finding = certified_with(&plain(&[5.0, 6.0, 1.0]), 0, tactics("balance,pass"));
    assert_eq!(pure(&finding), [[Balance, Pass]]);
}

/// Schweller (1994), p. 95: a weak state between two strong ones waits for the victor.
#[test]
fn a_jackal_waits_for_the_victor() {
    let contest = with(&[6.0, 8.0, 1.0], &parameters(2.0, 0.5));
    let finding = certified_with(&contest, 0, tactics("balance,bandwagon,wait"));
    assert_eq!(pure(&finding), [[Balance, Wait]]);
}

/// Jervis (1978), p. 169: what a state does to be more secure makes the others less so. All of
/// them arm, as each is better off by it whatever the others do, and all are worse off.
#[test]
fn the_security_dilemma_is_a_prisoners_dilemma() {
    let contest = plain(&[3.0, 3.0, 3.0]);
    let finding = certified_with(&contest, 0, tactics("balance,arm"));
    assert_eq!(pure(&finding), [[Arm, Arm]]);
    let dilemma = finding.dilemma.unwrap();
    let [armed] = &dilemma.equilibria[..] else { panic!("{dilemma:?}") };
    assert!(armed.everyone_worse_off && armed.armed.len() == 2);
    // B's arms take from its partner C, and from the leading state A.
    let effects = &dilemma.effects[0];
    assert!(effects[0] < 0.0 && effects[1] > 0.0 && effects[2] < 0.0, "{effects:?}");
    assert_abs_diff_eq!(effects.iter().sum::<f64>(), 0.0, epsilon = 1e-12);
    // Where arms cost more than they win, nobody arms.
    let dear = TacticParameters { arms_cost: 1.0, ..TacticParameters::DEFAULT };
    let contest = with(&[3.0; 3], &Parameters { tactics: dear, ..Parameters::default() });
    let finding = certified_with(&contest, 0, tactics("balance,arm"));
    assert_eq!(pure(&finding), [[Balance, Balance]]);
    assert!(finding.dilemma.unwrap().equilibria.is_empty());
}

/// Pape (2005): balancing with what is not military, where a hard fight would cost too much.
#[test]
fn soft_balancing_spares_the_weaker_partner() {
    let hard = TacticParameters { attrition: 0.5, ..TacticParameters::DEFAULT };
    let contest = with(&[7.0, 2.0, 4.0], &Parameters { tactics: hard, ..parameters(3.0, 2.0) });
    let finding = certified_with(&contest, 0, tactics("balance,abstain,soft,pass"));
    assert!(pure(&finding).contains(&vec![Soft, Balance]), "{:?}", pure(&finding));
}

/// Mearsheimer (2001), pp. 153–155: a state that fears another gains by a war that
/// deterrence would prevent, or that costs that other more.
#[test]
fn who_fears_a_rival_baits_it_or_bleeds_it() {
    let fearing = |powers: &[f64], parameters: Parameters| {
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        let mut hostility = Array2::zeros((3, 3));
        (hostility[[0, 1]], hostility[[1, 0]]) = (1.0, 1.0);
        let system = System::from_powers(named).unwrap();
        let dyads = equipoise::system::Dyads { hostility: Some(hostility), ..Default::default() };
        let parameters = Parameters { driver: Driver::Threat, threat_weight: 3.0, ..parameters };
        Contest::new(&system.with_dyads(dyads).unwrap(), &parameters).unwrap()
    };
    let deterred = Parameters { war_cost: 0.3, ..parameters(2.0, 2.0) };
    let contest = fearing(&[2.0, 5.0, 2.0], deterred);
    let finding = certified_with(&contest, 0, tactics("balance,bandwagon,abstain,bait"));
    assert_eq!(pure(&finding), [[Bait, Bandwagon]]);
    let bloody = TacticParameters { bloodletting: 0.5, ..TacticParameters::DEFAULT };
    let contest = fearing(&[7.0, 1.0, 8.0], Parameters { tactics: bloody, ..parameters(2.0, 1.0) });
    let finding = certified_with(&contest, 0, tactics("balance,abstain,pass,wait,bleed"));
    assert!(pure(&finding).contains(&vec![Bleed, Wait]), "{:?}", pure(&finding));
}

/// Where its own control is all that a state wants, to bleed or to bait is worse than to
/// abstain, whatever the others do.
#[test]
fn without_fear_nobody_bleeds_or_baits() {
    for war_cost in [0.0, 0.1, 0.4] {
        let contest = with(&[5.0, 4.0, 3.0], &Parameters { war_cost, ..Parameters::default() });
        let game = AlignmentGame::with_tactics(&contest, 0, super::tactics::all());
        let mut payoffs = [[0.0; 3]; 3];
        for other in Posture::ALL {
            for (payoffs, own) in payoffs.iter_mut().zip([Abstain, Bleed, Bait]) {
                game.payoffs(&game.profile(&[own, other, Expand]).unwrap(), payoffs);
            }
            let [abstain, bleed, bait] = payoffs.map(|payoffs| payoffs[0]);
            assert!(bleed < abstain && bait < abstain, "{other}");
        }
    }
}

/// A leading state that the others balance against (Walt 1987, pp. 17–19) does better by
/// leaving everybody what it has; one that they follow expands.
#[test]
fn the_leading_state_restrains_itself_where_it_is_balanced() {
    let contest = plain(&[5.0, 4.0, 3.0]);
    let finding = certified_with(&contest, 0, tactics("balance,restrain"));
    assert_eq!(pure(&finding), [[Balance, Balance, Restrain]]);
    assert_eq!(finding.pure_nash[0].control, contest.shares());
    let finding = certified_with(&contest, 0, tactics("bandwagon,restrain"));
    assert_eq!(pure(&finding), [[Bandwagon, Bandwagon, Expand]]);
}

/// A system with these commitments among its states.
fn tied(powers: &[f64], ties: &[(usize, usize)], parameters: &Parameters) -> Contest {
    let n = powers.len();
    let mut commitment = Array2::from_elem((n, n), false);
    for &(i, j) in ties {
        (commitment[[i, j]], commitment[[j, i]]) = (true, true);
    }
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let dyads = equipoise::system::Dyads { commitment: Some(commitment), ..Default::default() };
    let system = System::from_powers(named).unwrap().with_dyads(dyads).unwrap();
    Contest::new(&system, parameters).unwrap()
}

fn tight(contest: &Contest, names: &str) -> (AlignmentFinding, ChainsFinding) {
    let options =
        Options { tactics: Some(tactics(names)), chains: Chains::Tight, ..Options::default() };
    let finding = decided(contest, 0, &options);
    for claim in check(contest, &finding) {
        assert!(claim.holds(), "{claim}");
    }
    let chains = finding.chains.clone().unwrap();
    (finding, chains)
}

/// The equilibria with chains by definition: nobody gains by moving, or if it moves to another
/// side, by moving there with all that is tied to it and stands elsewhere.
fn with_chains(game: &AlignmentGame, chains: &ChainsFinding) -> Vec<Vec<Posture>> {
    let payoff = |profile: &[usize], player: usize| {
        let mut payoffs = vec![0.0; game.players()];
        game.payoffs(profile, &mut payoffs);
        payoffs[player]
    };
    let mut found = Vec::new();
    let mut profile = profile_at(game, 0);
    loop {
        let gains = (0..game.players()).any(|player| {
            let state = game.state_of(player);
            let own = chains.chains.iter().find(|chain| chain.contains(state));
            // Who is tied to the leading state stands with it.
            let bound = player < game.followers().len()
                && own.is_some_and(|chain| chain.contains(game.leader()));
            let with = |action: usize| game.postures_of(player)[action].side() == Side::With;
            if bound && !with(profile[player]) {
                return true;
            }
            let chain = own.filter(|chain| !chain.contains(game.leader()));
            (0..game.actions(player)).filter(|&to| !bound || with(to)).any(|to| {
                let side = game.postures_of(player)[to].side();
                let mut moved = profile.clone();
                for other in 0..game.followers().len() {
                    let linked = chain.is_some_and(|c| c.contains(game.state_of(other)));
                    let elsewhere = game.postures_of(other)[profile[other]].side() != side;
                    let here = game.postures_of(player)[profile[player]].side();
                    if other == player || (linked && elsewhere && here != side) {
                        moved[other] = to;
                    }
                }
                let gain = payoff(&moved, player) - payoff(&profile, player);
                gain / game.unit(player) > 1e-9
            })
        });
        if !gains {
            found.push(game.postures(&profile));
        }
        if !advance(game, &mut profile) {
            return found;
        }
    }
}

/// 1914: Austria-Hungary and Italy, tied to Germany, stand with it; nobody else is dragged.
#[test]
fn ties_to_the_leading_state_bind() {
    let contest = tied(&[5.0, 4.0, 3.0, 2.0], &[(0, 3), (3, 2)], &Parameters::default());
    let (loose, chains) = tight(&contest, "balance,bandwagon,abstain");
    assert_eq!(chains.chains, [[0, 2, 3].into_iter().collect::<Coalition>()]);
    assert!(pure(&loose).contains(&vec![Balance; 3]));
    assert_eq!(chains.lost.iter().map(|e| e.profile.clone()).collect::<Vec<_>>(), [[Balance; 3]]);
    // Where nothing stands with the leading state, ties to it bind nobody.
    let (_, chains) = tight(&contest, "balance,pass,abstain");
    assert_eq!(chains.chains, [[2, 3].into_iter().collect::<Coalition>()]);
}

/// Christensen & Snyder (1990), pp. 140–141: tight alliances make for chain gangs. What they
/// gain and lose is what the definition says.
#[test]
fn chains_gain_and_lose_equilibria() {
    let mut changed = 0;
    for (powers, ties, m, s) in [
        (vec![2.0, 6.0, 1.0, 1.0], vec![(1, 2)], 1.0, 3.0),
        (vec![5.0, 4.0, 3.0, 2.0], vec![(1, 2), (2, 3)], 2.0, 1.5),
        (vec![6.0, 3.0, 2.0, 2.0], vec![(0, 1), (2, 3)], 3.0, 1.0),
        (vec![5.0, 12.0, 6.0, 12.0], vec![(1, 2)], 5.0, 0.0),
    ] {
        let contest = tied(&powers, &ties, &parameters(m, s));
        for names in ["balance,bandwagon,abstain", "balance,pass,bandwagon", "balance,arm,wait"] {
            let (loose, chains) = tight(&contest, names);
            let game = loose.game(&contest);
            let expected = with_chains(&game, &chains);
            let loose = pure(&loose);
            let list = |found: &[equipoise::solve::alignment::PureEquilibrium]| {
                found.iter().map(|e| e.profile.clone()).collect::<Vec<_>>()
            };
            let (gained, lost) = (list(&chains.gained), list(&chains.lost));
            let only = |these: &[Vec<Posture>], not: &[Vec<Posture>]| {
                these.iter().filter(|e| !not.contains(e)).cloned().collect::<Vec<_>>()
            };
            assert_eq!(chains.pure_nash_total as usize, expected.len());
            assert_eq!(gained, only(&expected, &loose));
            assert_eq!(lost, only(&loose, &expected));
            changed += gained.len() + lost.len();
            if let ChainedRange::Some(ends) = &chains.range {
                for profile in &expected {
                    let mut control = vec![0.0; powers.len()];
                    game.control(&game.profile(profile).unwrap(), &mut control);
                    let c = control[0];
                    assert!(ends.control[0] - 1e-8 <= c && c <= ends.control[1] + 1e-8);
                }
            }
        }
    }
    assert!(changed > 1, "{changed}");
}

/// States of one chain that want to be on different sides drag each other to and fro: there
/// may be no equilibrium at all, and that is proved.
#[test]
fn chains_can_leave_no_equilibrium() {
    let contest = tied(&[5.0, 12.0, 6.0, 12.0], &[(1, 2)], &parameters(5.0, 0.0));
    let (finding, chains) = tight(&contest, "balance,bandwagon,abstain");
    let ChainedRange::None { incentives, bound } = &chains.range else { panic!("{chains:?}") };
    assert_eq!(chains.pure_nash_total, 0);
    type Alteration = (&'static str, fn(&mut ChainsFinding));
    let alterations: [Alteration; 9] = [
        ("a higher bound", |c| range(c, |_, bound| *bound += 1.0)),
        ("a bound that proves nothing", |c| range(c, |_, bound| *bound = 0.9)),
        ("no bound", |c| range(c, |_, bound| *bound = f64::NAN)),
        ("a weight left out", |c| {
            range(c, |incentives, _| {
                incentives.remove(0);
            })
        }),
        ("a weight below 0", |c| range(c, |incentives, _| incentives[0].weight = -1.0)),
        ("a player that there is not", |c| range(c, |incentives, _| incentives[0].player = 9)),
        ("an equilibrium more", |c| c.pure_nash_total += 1),
        ("one gained", |c| c.gained_total += 1),
        ("another chain", |c| c.chains.clear()),
    ];
    assert!(!incentives.is_empty() && *bound > 1.0);
    for (what, alter) in alterations {
        let mut altered = finding.clone();
        alter(altered.chains.as_mut().unwrap());
        let claims = check(&contest, &altered);
        assert!(claims.iter().any(|claim| !claim.holds()), "accepted: {what}");
    }
}

type Incentives = Vec<equipoise::solve::alignment::Incentive>;

fn range(chains: &mut ChainsFinding, alter: fn(&mut Incentives, &mut f64)) {
    if let ChainedRange::None { incentives, bound } = &mut chains.range {
        alter(incentives, bound);
    }
}

/// What is told of tactics is refused where it was altered.
#[test]
fn altered_findings_with_tactics_are_refused() {
    let contest = tied(&[5.0, 4.0, 3.0, 2.0], &[(1, 2)], &Parameters::default());
    let (finding, _) = tight(&contest, "balance,bandwagon,abstain,pass,arm,restrain");
    assert!(finding.pure_nash.len() > 1 && finding.chains.is_some());
    type Alteration = (&'static str, fn(&mut AlignmentFinding));
    let alterations: [Alteration; 17] = [
        ("other tactics", |f| f.tactics = Some(tactics("balance,bandwagon,abstain,pass,arm"))),
        ("no tactics", |f| f.tactics = None),
        ("a tactic that there is not", |f| f.pure_nash[0].profile[0] = Wait),
        ("the leading state's part", |f| {
            f.pure_nash[0].profile.pop();
        }),
        ("the number of profiles", |f| f.profiles *= 2),
        ("an equilibrium fewer", |f| f.pure_nash_total -= 1),
        ("the lowest control", |f| f.control[0] -= 1e-3),
        ("the highest control", |f| f.control[1] += 1e-3),
        ("too high a bound", |f| f.lowest.bound += 1e-3),
        ("an incentive between actions that there are not", |f| {
            f.lowest.incentives.push(equipoise::solve::alignment::Incentive {
                player: 0,
                from: Soft,
                to: Balance,
                weight: 1.0,
            });
        }),
        ("no word of arms", |f| f.dilemma = None),
        ("another effect of arms", |f| f.dilemma.as_mut().unwrap().effects[0][1] += 1e-3),
        ("an effect too few", |f| drop(f.dilemma.as_mut().unwrap().effects.pop())),
        ("a chain less", |f| f.chains.as_mut().unwrap().chains.clear()),
        ("an equilibrium gained", |f| f.chains.as_mut().unwrap().gained_total += 1),
        ("an equilibrium lost", |f| f.chains.as_mut().unwrap().lost_total += 1),
        ("the range with chains", |f| {
            if let ChainedRange::Some(ends) = &mut f.chains.as_mut().unwrap().range {
                ends.control[0] -= 1e-3;
            } else {
                f.chains = None;
                f.profiles += 1;
            }
        }),
    ];
    for (what, alter) in alterations {
        let mut altered = finding.clone();
        alter(&mut altered);
        let claims = check(&contest, &altered);
        assert!(claims.iter().any(|claim| !claim.holds()), "accepted: {what}");
    }
    // Word of arms where arming is no tactic.
    let dilemma = finding.dilemma.clone();
    let mut plain = certified_with(&contest, 0, tactics("balance,pass"));
    plain.dilemma = dilemma;
    assert!(check(&contest, &plain).iter().any(|claim| !claim.holds()));
}

/// Levy (1987): a state in decline that would rather fight now. Waiting costs A the part of
/// its control that the others' growth takes.
#[test]
fn a_declining_states_window_closes() {
    let (now, later) = (plain(&[5.0, 4.0, 3.0]), plain(&[5.0, 8.0, 6.0]));
    let find = |now: &Contest, later: &Contest, war_cost: f64| match window(
        now,
        later,
        0,
        war_cost,
        &Options::default(),
        &Work::default(),
    )
    .unwrap()
    {
        Window::Decided(found) => found,
        Window::Undecided { why } => panic!("{why}"),
    };
    let found = find(&now, &later, 0.05);
    assert_eq!(found.closing, Closing::Closing);
    assert!(found.waiting.iter().all(|cost| *cost > 0.2), "{:?}", found.waiting);
    assert_eq!(find(&now, &later, 0.99).closing, Closing::Open);
    assert_eq!(find(&later, &now, 0.0).closing, Closing::Open);
    for (contest, mut ends) in [(&now, found.now), (&later, found.later)] {
        let game = AlignmentGame::new(contest, 0);
        assert!(check_range("window", &game, &ends).iter().all(|claim| claim.holds()));
        ends.control[1] += 1e-3;
        assert!(check_range("window", &game, &ends).iter().any(|claim| !claim.holds()));
    }
}
