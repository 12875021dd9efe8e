//! The game with any tactics against its definition, and what must hold whatever the tactics.

use approx::assert_abs_diff_eq;
use equipoise::certify::alignment::check;
use equipoise::contest::Contest;
use equipoise::game::strategic::{Incentives, advance, profile_at};
use equipoise::game::{
    AlignmentGame, LedGame, Posture, StrategicGame, TabulatedAlignment, TacticalAlignment, Tactics,
};
use equipoise::lp::{Backend, Comparison, LinearProgram};
use equipoise::parameters::{Parameters, TacticParameters};
use equipoise::solve::alignment::{AlignmentFinding, Options, max_states, solve};
use equipoise::tolerance::Tolerances;
use equipoise::work::Work;

use super::naive;
use super::systems::{Seeded, contest, decided, plain, random, with};

pub fn all() -> Tactics {
    Tactics::new(Posture::ALL.into_iter().chain([Posture::Restrain])).unwrap()
}

pub fn tactics(names: &str) -> Tactics {
    Tactics::new(names.split(',').map(|name| name.parse().unwrap())).unwrap()
}

/// The finding with these tactics, every claim of which has been accepted.
pub fn certified_with(contest: &Contest, leader: usize, tactics: Tactics) -> AlignmentFinding {
    let options = Options { tactics: Some(tactics), ..Options::default() };
    let finding = decided(contest, leader, &options);
    for claim in check(contest, &finding) {
        assert!(claim.holds(), "{claim}");
    }
    finding
}

fn profiles(game: &impl StrategicGame) -> Vec<Vec<usize>> {
    let mut profile = profile_at(game, 0);
    let mut all = vec![profile.clone()];
    while advance(game, &mut profile) {
        all.push(profile.clone());
    }
    all
}

fn random_tactics(seed: u64, parameters: &mut Parameters) {
    let mut r = Seeded::new(seed + 77);
    parameters.tactics = TacticParameters {
        attrition: r.choose(&[0.0, 0.1, 0.4]),
        bloodletting: r.choose(&[0.0, 0.1, 0.5]),
        arms_growth: r.choose(&[0.0, 0.25, 1.0]),
        arms_cost: r.choose(&[0.0, 0.1, 0.3]),
        soft_share: r.choose(&[None, Some(0.0), Some(0.3), Some(1.0)]),
        small_cost: r.choose(&[0.0, 0.01, 0.1]),
        alliance_cost: r.choose(&[0.0, 0.05]),
        latecomer_share: r.choose(&[0.2, 0.5, 1.0]),
    };
}

/// The postures of a profile, by state.
fn named(game: &AlignmentGame, profile: &[usize]) -> Vec<(usize, Posture)> {
    let postures = game.postures(profile).into_iter().enumerate();
    postures.map(|(player, posture)| (game.state_of(player), posture)).collect()
}

fn naive_payoffs(game: &AlignmentGame, profile: &[usize]) -> Vec<f64> {
    let postures = named(game, profile);
    let of = |player: usize| {
        naive::utility(game.contest(), game.leader(), &postures, game.state_of(player))
    };
    (0..game.players()).map(of).collect()
}

/// Every payoff of every profile with all tactics, by the game and by its tables.
#[test]
fn payoffs_are_those_of_the_table_of_tactics() {
    for seed in 0..40 {
        let n = 2 + seed as usize % 3;
        let (parts, mut parameters) = random(n, 5000 + seed);
        random_tactics(seed, &mut parameters);
        let contest = contest(&parts, &parameters);
        let leader = seed as usize % n;
        let game = AlignmentGame::with_tactics(&contest, leader, all());
        let form = TacticalAlignment::new(game.clone()).unwrap();
        let mut found = vec![0.0; game.players()];
        for profile in profiles(&game) {
            let expected = naive_payoffs(&game, &profile);
            game.payoffs(&profile, &mut found);
            for (expected, found) in expected.iter().zip(&found) {
                assert_abs_diff_eq!(expected, found, epsilon = 1e-12);
            }
            form.payoffs(&profile, &mut found);
            for (player, (expected, found)) in expected.iter().zip(&found).enumerate() {
                assert_abs_diff_eq!(expected, found, epsilon = 1e-12);
                assert_abs_diff_eq!(form.payoff(&profile, player), found, epsilon = 1e-15);
            }
            let control = naive::control(&contest, leader, &named(&game, &profile));
            assert_abs_diff_eq!(form.leader_control(&profile), control[leader], epsilon = 1e-12);
            let total: f64 = control.iter().sum();
            let kept = 1.0 - contest.parameters().war_cost;
            assert!((total - 1.0).abs() < 1e-12 || (total - kept).abs() < 1e-12, "{total}");
        }
    }
}

/// With the three base tactics the general tables give what the base game's own give: payoffs,
/// gains, equilibria, priced sums, the leading state's control.
#[test]
fn the_general_tables_hold_the_base_game() {
    for seed in 0..60 {
        let n = 2 + seed as usize % 5;
        let (parts, mut parameters) = random(n, 1000 + seed);
        // What the base tactics do not use does not matter.
        random_tactics(seed, &mut parameters);
        parameters.tactics.alliance_cost = 0.0;
        let contest = contest(&parts, &parameters);
        let game = AlignmentGame::new(&contest, seed as usize % n);
        let base = TabulatedAlignment::new(game.clone()).unwrap();
        let general = TacticalAlignment::new(game.clone()).unwrap();
        let incentives = Incentives::of(&game);
        let weights: Vec<f64> =
            (0..incentives.len()).map(|k| if k % 4 == 0 { 0.0 } else { (k % 7) as f64 }).collect();
        let players = game.players();
        let (mut expected, mut found) = (vec![0.0; 3 * players], vec![0.0; 3 * players]);
        for profile in profiles(&game) {
            base.gains(&profile, &mut expected);
            general.gains(&profile, &mut found);
            for (expected, found) in expected.iter().zip(&found) {
                assert_abs_diff_eq!(expected, found, epsilon = 1e-10);
            }
            for player in 0..players {
                let (expected, found) =
                    (base.payoff(&profile, player), general.payoff(&profile, player));
                assert_abs_diff_eq!(expected, found, epsilon = 1e-13);
            }
            assert_eq!(base.is_equilibrium(&profile, 1e-9), general.is_equilibrium(&profile, 1e-9));
            assert_abs_diff_eq!(
                base.weighted_gains(&profile, &incentives, &weights),
                general.weighted_gains(&profile, &incentives, &weights),
                epsilon = 1e-8
            );
            let (expected, found) =
                (base.leader_control(&profile), general.leader_control(&profile));
            assert_abs_diff_eq!(expected, found, epsilon = 1e-13);
        }
    }
}

/// Naming the base tactics changes nothing but that they are told.
#[test]
fn the_base_tactics_named_are_the_base_game() {
    for seed in 0..12 {
        let (parts, parameters) = random(4, 6000 + seed);
        let contest = contest(&parts, &parameters);
        let named = certified_with(&contest, 0, Tactics::BASE);
        let unnamed = AlignmentFinding { tactics: None, ..named.clone() };
        assert_eq!(unnamed, decided(&contest, 0, &Options::default()));
    }
}

/// `min Σ μ(a)·σ·c_h(a)` over all correlated equilibria, a column for every profile, from the
/// oracle's payoffs.
fn whole_programme(game: &AlignmentGame, payoffs: &[Vec<f64>], sign: f64) -> f64 {
    let all = profiles(game);
    let mut program = LinearProgram::new();
    let cost = |a: &Vec<usize>| {
        sign * naive::control(game.contest(), game.leader(), &named(game, a))[game.leader()]
    };
    let mu: Vec<_> = all.iter().map(|a| program.non_negative(cost(a))).collect();
    let place = |a: &[usize]| equipoise::game::strategic::number_of(game, a) as usize;
    for player in 0..game.players() {
        let k = game.actions(player);
        for (from, to) in (0..k * k).map(|x| (x / k, x % k)).filter(|(from, to)| from != to) {
            let mut row = Vec::new();
            for (a, &mu) in all.iter().zip(&mu).filter(|(a, _)| a[player] == from) {
                let mut other = a.clone();
                other[player] = to;
                let gain = payoffs[place(&other)][player] - payoffs[place(a)][player];
                let gain = gain / game.unit(player);
                if gain.abs() > 1e-13 {
                    row.push((mu, gain));
                }
            }
            program.row(row, Comparison::AtMost, Tolerances::DEFAULT.gain);
        }
    }
    program.row(mu.iter().map(|&mu| (mu, 1.0)), Comparison::Equal, 1.0);
    Backend::default().optimum(&program).unwrap().objective
}

/// Pure equilibria and both ends of the range, worked out in full from the oracle's payoffs.
#[test]
fn equilibria_are_those_of_the_oracle() {
    let mut played = std::collections::HashSet::new();
    for seed in 0..30 {
        let n = 2 + seed as usize % 3;
        let (parts, mut parameters) = random(n, 7000 + seed);
        random_tactics(seed, &mut parameters);
        let contest = contest(&parts, &parameters);
        let leader = (seed as usize / 3) % n;
        let tactics = match n {
            4 => tactics(
                ["balance,pass,wait,restrain", "bandwagon,arm,soft,bleed", "abstain,bait,pass"]
                    [seed as usize % 3],
            ),
            _ => all(),
        };
        let finding = certified_with(&contest, leader, tactics);
        let game = AlignmentGame::with_tactics(&contest, leader, tactics);
        let every = profiles(&game);
        let payoffs: Vec<Vec<f64>> = every.iter().map(|a| naive_payoffs(&game, a)).collect();
        let gains = |a: &Vec<usize>, here: &Vec<f64>| {
            let mut most = f64::NEG_INFINITY;
            for player in 0..game.players() {
                for to in 0..game.actions(player) {
                    let mut other = a.clone();
                    other[player] = to;
                    let there = equipoise::game::strategic::number_of(&game, &other) as usize;
                    most = most.max((payoffs[there][player] - here[player]) / game.unit(player));
                }
            }
            most
        };
        let pairs = every.iter().zip(&payoffs);
        let expected: Vec<Vec<Posture>> = pairs
            .filter(|(a, here)| gains(a, here) <= 1e-9)
            .map(|(a, _)| game.postures(a))
            .collect();
        let listed: Vec<Vec<Posture>> =
            finding.pure_nash.iter().map(|e| e.profile.clone()).collect();
        assert_eq!(listed, expected, "seed {seed}");
        played.extend(listed.into_iter().flatten());
        for (end, sign) in [(0, 1.0), (1, -1.0)] {
            let whole = whole_programme(&game, &payoffs, sign);
            assert_abs_diff_eq!(finding.control[end], sign * whole, epsilon = 1e-7);
        }
    }
    assert!(played.len() > 8, "tactics of most kinds are played: {played:?}");
}

/// Naming the states in another order changes nothing but their order; powers in another unit
/// are the same shares.
#[test]
fn relabelling_and_scaling() {
    let tactics = tactics("balance,pass,arm,soft,wait,restrain");
    let powers = [9.0, 7.0, 4.0, 3.0];
    let order = [2, 0, 3, 1];
    let here = certified_with(&plain(&powers), 0, tactics);
    let there = certified_with(&plain(&order.map(|i| powers[i])), 1, tactics);
    assert_eq!(here.pure_nash_total, there.pure_nash_total);
    for end in 0..2 {
        assert_abs_diff_eq!(here.control[end], there.control[end], epsilon = 1e-8);
    }
    let thousandfold = plain(&powers.map(|p| 1024.0 * p));
    assert_eq!(certified_with(&thousandfold, 0, tactics), here);
}

/// Where spoils are divided in proportion (`s = 1`), two states that do the same on a side, or
/// both wait, are as one state of their common power.
#[test]
fn states_that_do_the_same_merge() {
    let parameters = Parameters { dominance: 1.0, ..Parameters::default() };
    let (two, one) =
        (with(&[5.0, 4.0, 2.0, 3.0], &parameters), with(&[5.0, 4.0, 5.0], &parameters));
    let apart = AlignmentGame::with_tactics(&two, 0, all());
    let merged = AlignmentGame::with_tactics(&one, 0, all());
    for first in Posture::ALL {
        for same in
            Posture::ALL.into_iter().filter(|p| p.side() != equipoise::game::posture::Side::Alone)
        {
            let (mut a, mut b) = ([0.0; 4], [0.0; 3]);
            let expand = Posture::Expand;
            let of = |game: &AlignmentGame, postures: &[Posture]| game.profile(postures).unwrap();
            apart.control(&of(&apart, &[first, same, same, expand]), &mut a);
            merged.control(&of(&merged, &[first, same, expand]), &mut b);
            for (found, expected) in [(a[0], b[0]), (a[1], b[1]), (a[2] + a[3], b[2])] {
                assert_abs_diff_eq!(found, expected, epsilon = 1e-14);
            }
        }
    }
}

#[test]
fn the_limit_is_of_profiles_and_says_what_to_do() {
    assert_eq!(max_states(Tactics::BASE), equipoise::solve::alignment::MAX_STATES);
    assert_eq!(max_states(tactics("balance,bandwagon,abstain,pass,arm")), 11);
    assert_eq!(max_states(tactics("balance")), 64);
    let five = Options {
        tactics: Some(tactics("balance,bandwagon,abstain,pass,arm")),
        ..Options::default()
    };
    let error = solve(&plain(&[1.0; 12]), 0, &five, &Work::default()).unwrap_err().to_string();
    assert!(error.contains("5^11 profiles") && error.contains("--top 11"), "{error}");
    let finding = certified_with(&plain(&[1.0; 40]), 0, tactics("balance"));
    assert_eq!((finding.profiles, finding.pure_nash_total), (1, 1));
}

#[test]
fn threads_do_not_matter() {
    let contest = plain(&[9.0, 7.0, 5.0, 4.0, 3.0]);
    let options =
        Options { tactics: Some(tactics("balance,abstain,pass,arm,wait")), ..Options::default() };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| decided(&contest, 0, &options))
    };
    assert_eq!(on(1), on(2));
}
