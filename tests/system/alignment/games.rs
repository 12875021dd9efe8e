//! Games of which all equilibria are known.

use approx::assert_abs_diff_eq;
use equipoise::game::{StrategicGame, TableStrategicGame};
use equipoise::lp::Backend;
use equipoise::solve::strategic::correlated::{Correlated, Lowest, minimise};
use equipoise::solve::strategic::nash::{Nash, pure};
use equipoise::tolerance::Tolerances;
use equipoise::work::Work;

fn bimatrix(rows: usize, columns: usize, payoffs: &[f64]) -> TableStrategicGame {
    TableStrategicGame::new(vec![rows, columns], payoffs.to_vec()).unwrap()
}

fn lowest(game: &impl StrategicGame, objective: impl Fn(&[usize]) -> f64 + Sync) -> Lowest {
    let tolerances = Tolerances::DEFAULT;
    let result =
        minimise(game, &objective, &[], Backend::default(), &tolerances, &Work::default()).unwrap();
    match result {
        Correlated::Decided(lowest) => lowest,
        Correlated::Undecided { why } => panic!("{why}"),
    }
}

fn payoff(game: &impl StrategicGame, profile: &[usize], player: usize) -> f64 {
    let mut payoffs = vec![0.0; game.players()];
    game.payoffs(profile, &mut payoffs);
    payoffs[player]
}

fn welfare(game: &impl StrategicGame, profile: &[usize]) -> f64 {
    (0..game.players()).map(|i| payoff(game, profile, i)).sum()
}

/// `[lowest, highest]` expectation of a function over all correlated equilibria.
fn range(game: &impl StrategicGame, f: impl Fn(&[usize]) -> f64 + Sync) -> [f64; 2] {
    [lowest(game, &f).value, -lowest(game, |a| -f(a)).value]
}

fn equilibria(game: &impl StrategicGame) -> Vec<Vec<usize>> {
    match pure(game, 1e-9, 100, &Work::default()).unwrap() {
        Nash::Decided(found) => {
            assert_eq!(found.total, found.first.len() as u64);
            assert_eq!(Some(found.profiles), game.profiles());
            found.first
        }
        Nash::Undecided { why } => panic!("{why}"),
    }
}

/// Both defect, and nothing else is an equilibrium of any kind.
#[test]
fn prisoners_dilemma() {
    let game = bimatrix(2, 2, &[3., 3., 0., 5., 5., 0., 1., 1.]);
    assert_eq!(equilibria(&game), [[1, 1]]);
    for end in range(&game, |a| welfare(&game, a)) {
        assert_abs_diff_eq!(end, 2.0, epsilon = 1e-7);
    }
}

/// Aumann (1974), *J. Math. Econ.* 1, in the figures of Aumann (1987): with payoffs 6,6; 2,7;
/// 7,2; 0,0 correlation reaches a welfare of 10 1/2, where no mixture of Nash equilibria gets
/// beyond 9 1/3.
#[test]
fn chicken() {
    let game = bimatrix(2, 2, &[6., 6., 2., 7., 7., 2., 0., 0.]);
    assert_eq!(equilibria(&game), [[0, 1], [1, 0]]);
    let best = lowest(&game, |a| -welfare(&game, a));
    assert_abs_diff_eq!(-best.value, 10.5, epsilon = 1e-7);
    assert!(best.bound <= best.value + 1e-6);
    let probabilities: Vec<_> = best.distribution.iter().map(|(a, p)| (a.as_slice(), *p)).collect();
    let expected: [(&[usize], f64); 3] = [(&[0, 0], 0.5), (&[0, 1], 0.25), (&[1, 0], 0.25)];
    assert_eq!(probabilities.len(), 3);
    for ((a, p), (b, q)) in probabilities.iter().zip(expected) {
        assert_eq!(*a, b);
        assert_abs_diff_eq!(*p, q, epsilon = 1e-7);
    }
}

/// No pure equilibrium and one correlated one, the mixed: an equilibrium must be found first.
#[test]
fn matching_pennies() {
    let game = bimatrix(2, 2, &[1., -1., -1., 1., -1., 1., 1., -1.]);
    assert!(equilibria(&game).is_empty());
    for profile in [[0, 0], [0, 1], [1, 0], [1, 1]] {
        for end in range(&game, |a| f64::from(u8::from(a == profile))) {
            assert_abs_diff_eq!(end, 0.25, epsilon = 1e-7);
        }
    }
}

/// Shapley (1964), Some topics in two-person games: fictitious play cycles. The only Nash
/// equilibrium mixes evenly, with payoffs 1/3 each; drawing one of the six profiles with a
/// payoff is a correlated equilibrium, with 1/2 each.
#[test]
fn shapleys_game() {
    let game =
        bimatrix(3, 3, &[1., 0., 0., 1., 0., 0., 0., 0., 1., 0., 0., 1., 0., 1., 0., 0., 1., 0.]);
    assert!(equilibria(&game).is_empty());
    let [low, high] = range(&game, |a| welfare(&game, a));
    assert!(low <= 2.0 / 3.0 + 1e-7, "the mixed equilibrium is inside");
    assert_abs_diff_eq!(high, 1.0, epsilon = 1e-7);
}

/// Three voters of whom two decide: all agree, or none alone could matter. Each is for one of
/// two options; being with the majority pays 1.
#[test]
fn three_player_majority() {
    let profile = |k: usize| [k >> 2 & 1, k >> 1 & 1, k & 1];
    let payoffs = (0..8).flat_map(|k| {
        let votes = profile(k);
        let majority = usize::from(votes.iter().sum::<usize>() >= 2);
        votes.map(|vote| f64::from(u8::from(vote == majority)))
    });
    let game = TableStrategicGame::new(vec![2, 2, 2], payoffs.collect()).unwrap();
    assert_eq!(equilibria(&game), [[0, 0, 0], [1, 1, 1]]);
    let [low, high] = range(&game, |a| welfare(&game, a));
    assert_abs_diff_eq!(high, 3.0, epsilon = 1e-7);
    // Independent tosses of a coin are an equilibrium: (2·3 + 6·2)/8 = 9/4.
    assert!(low <= 2.25 + 1e-7);
}

/// A player with one action, and actions of different numbers.
#[test]
fn actions_of_different_numbers() {
    let payoffs: Vec<f64> = (0..2 * 3 * 3).map(|x| f64::from(x * 7 % 5)).collect();
    let game = TableStrategicGame::new(vec![2, 1, 3], payoffs).unwrap();
    let [low, high] = range(&game, |a| payoff(&game, a, 2));
    assert!(low <= high + 1e-8);
    for a in equilibria(&game) {
        let u = payoff(&game, &a, 2);
        assert!(low - 1e-8 <= u && u <= high + 1e-8);
    }
}

/// Random games: generated columns and all of them at once come to the same.
#[test]
fn starting_profiles_change_nothing() {
    let mut r = super::systems::Seeded::new(7);
    for _ in 0..30 {
        let payoffs: Vec<f64> = (0..4 * 3 * 3 * 3).map(|_| (10.0 * r.next()).floor()).collect();
        let game = TableStrategicGame::new(vec![4, 3, 3], payoffs).unwrap();
        let objective = |a: &[usize]| welfare(&game, a);
        let all: Vec<u64> = (0..36).collect();
        let whole = minimise(
            &game,
            &objective,
            &all,
            Backend::default(),
            &Tolerances::DEFAULT,
            &Work::default(),
        );
        let Ok(Correlated::Decided(whole)) = whole else { panic!("{whole:?}") };
        assert_abs_diff_eq!(whole.value, lowest(&game, objective).value, epsilon = 1e-6);
    }
}
