//! Against the definitions, worked out in full: every deviation of every profile, and the
//! linear programme over all profiles at once.

use approx::assert_abs_diff_eq;
use equipoise::game::strategic::{Incentives, advance, profile_at};
use equipoise::game::{AlignmentGame, LedGame, StrategicGame, TabulatedAlignment};
use equipoise::lp::{Backend, Comparison, LinearProgram};
use equipoise::tolerance::Tolerances;

use super::systems::{certified, contest, random};

/// Every profile of a game, in order.
fn profiles(game: &impl StrategicGame) -> Vec<Vec<usize>> {
    let mut profile = profile_at(game, 0);
    let mut all = vec![profile.clone()];
    while advance(game, &mut profile) {
        all.push(profile.clone());
    }
    all
}

fn gain(game: &AlignmentGame, profile: &[usize], player: usize, to: usize) -> f64 {
    let payoff = |profile: &[usize]| {
        let mut payoffs = vec![0.0; game.players()];
        game.payoffs(profile, &mut payoffs);
        payoffs[player]
    };
    let mut other = profile.to_vec();
    other[player] = to;
    (payoff(&other) - payoff(profile)) / game.contest().shares()[game.followers()[player]]
}

fn control(game: &AlignmentGame, profile: &[usize]) -> Vec<f64> {
    let mut control = vec![0.0; game.contest().len()];
    game.contest().control(&game.blocs(profile), &mut control);
    control
}

/// `min Σ μ(a)·σ·c_h(a)` over all correlated equilibria, a column for every profile.
fn whole_programme(game: &AlignmentGame, sign: f64) -> f64 {
    let all = profiles(game);
    let mut program = LinearProgram::new();
    let cost = |a: &Vec<usize>| sign * control(game, a)[game.leader()];
    let mu: Vec<_> = all.iter().map(|a| program.non_negative(cost(a))).collect();
    for player in 0..game.players() {
        for (from, to) in (0..9).map(|k| (k / 3, k % 3)).filter(|(from, to)| from != to) {
            let met = all.iter().zip(&mu).filter(|(a, _)| a[player] == from);
            let row = met.map(|(a, &mu)| (mu, gain(game, a, player, to)));
            let row = row.filter(|(_, gain)| gain.abs() > 1e-13).collect::<Vec<_>>();
            program.row(row, Comparison::AtMost, Tolerances::DEFAULT.gain);
        }
    }
    program.row(mu.iter().map(|&mu| (mu, 1.0)), Comparison::Equal, 1.0);
    Backend::default().optimum(&program).unwrap().objective
}

#[test]
fn everything_agrees_with_its_definition_on_small_systems() {
    let (mut without_pure, mut wide) = (0, 0);
    for seed in 0..150 {
        let n = 2 + seed as usize % 4;
        let (parts, parameters) = random(n, seed);
        let contest = contest(&parts, &parameters);
        let leader = (seed as usize / 4) % n;
        let finding = certified(&contest, leader);
        let game = AlignmentGame::new(&contest, leader);

        let is_equilibrium = |a: &Vec<usize>| {
            (0..game.players()).all(|i| (0..3).all(|to| gain(&game, a, i, to) <= 1e-9))
        };
        let expected: Vec<_> = profiles(&game).into_iter().filter(is_equilibrium).collect();
        let listed: Vec<Vec<usize>> = finding
            .pure_nash
            .iter()
            .map(|e| e.profile.iter().map(|&posture| posture as usize).collect())
            .collect();
        assert_eq!(listed, expected, "seed {seed}");
        assert_eq!(finding.pure_nash_total, expected.len() as u64);
        for (equilibrium, profile) in finding.pure_nash.iter().zip(&listed) {
            assert_eq!(equilibrium.control, control(&game, profile));
            let c = equilibrium.control[leader];
            assert!(finding.control[0] - 1e-8 <= c && c <= finding.control[1] + 1e-8);
        }
        for (end, sign) in [(0, 1.0), (1, -1.0)] {
            let whole = whole_programme(&game, sign);
            assert_abs_diff_eq!(finding.control[end], sign * whole, epsilon = 1e-8);
        }
        without_pure += usize::from(expected.is_empty());
        wide += usize::from(finding.control[1] - finding.control[0] > 1e-3);
    }
    assert!(without_pure > 0 && wide > 10, "cases of every kind: {without_pure}, {wide}");
}

/// The tables agree with the game on payoffs, gains, equilibria and priced sums.
#[test]
fn the_tables_give_what_the_game_gives() {
    for seed in 0..120 {
        let n = 2 + seed as usize % 5;
        let (parts, parameters) = random(n, 1000 + seed);
        let contest = contest(&parts, &parameters);
        let game = AlignmentGame::new(&contest, seed as usize % n);
        let tabulated = TabulatedAlignment::new(game.clone()).unwrap();
        let incentives = Incentives::of(&game);
        let weights: Vec<f64> =
            (0..incentives.len()).map(|k| if k % 4 == 0 { 0.0 } else { (k % 7) as f64 }).collect();
        let players = game.players();
        for profile in profiles(&game) {
            let mut expected = vec![0.0; players];
            let mut found = vec![0.0; players];
            game.payoffs(&profile, &mut expected);
            tabulated.payoffs(&profile, &mut found);
            for (expected, found) in expected.iter().zip(&found) {
                assert_abs_diff_eq!(expected, found, epsilon = 1e-13);
            }
            let (mut expected, mut found) = (vec![0.0; 3 * players], vec![0.0; 3 * players]);
            game.gains(&profile, &mut expected);
            tabulated.gains(&profile, &mut found);
            for (expected, found) in expected.iter().zip(&found) {
                assert_abs_diff_eq!(expected, found, epsilon = 1e-11);
            }
            assert_eq!(
                game.is_equilibrium(&profile, 1e-9),
                tabulated.is_equilibrium(&profile, 1e-9)
            );
            assert_abs_diff_eq!(
                game.weighted_gains(&profile, &incentives, &weights),
                tabulated.weighted_gains(&profile, &incentives, &weights),
                epsilon = 1e-9
            );
            let leader = control(&game, &profile)[game.leader()];
            assert_abs_diff_eq!(leader, tabulated.leader_control(&profile), epsilon = 1e-14);
        }
    }
}

/// Rows of profiles are worked out as single profiles are, bit by bit, wherever one begins.
#[test]
fn rows_give_what_single_profiles_give() {
    for seed in 0..70 {
        let n = 2 + seed as usize % 7;
        let (parts, parameters) = random(n, 2000 + seed);
        let contest = contest(&parts, &parameters);
        let game = AlignmentGame::new(&contest, seed as usize % n);
        let tabulated = TabulatedAlignment::new(game).unwrap();
        let incentives = Incentives::of(&tabulated);
        let weights: Vec<f64> = (0..incentives.len()).map(|k| (k % 5) as f64 / 3.0).collect();
        let all = profiles(&tabulated);
        let first = seed as usize * 7 % all.len();
        let some = &all[first..all.len().min(first + 1000)];
        let first = first as u64;
        let mut control = vec![0.0; some.len()];
        tabulated.leader_controls(first, &mut control);
        let mut gains = vec![0.0; some.len()];
        tabulated.add_weighted_gains(first, &incentives, &weights, &mut gains);
        let mut stay = vec![false; some.len()];
        tabulated.equilibria(first, 1e-9, &mut stay);
        for (k, profile) in some.iter().enumerate() {
            let expected = tabulated.leader_control(profile);
            assert_eq!(control[k].to_bits(), expected.to_bits(), "{seed} {profile:?}");
            let expected = tabulated.weighted_gains(profile, &incentives, &weights);
            assert_eq!(
                (gains[k] + 0.0).to_bits(),
                (expected + 0.0).to_bits(),
                "{seed} {profile:?}"
            );
            assert_eq!(stay[k], tabulated.is_equilibrium(profile, 1e-9), "{seed} {profile:?}");
        }
    }
}
