//! Strictly competitive two-player games: the value and optimal strategies (von Neumann
//! 1928), by linear programming, with both players' guarantees checked in rationals.
//!
//! Each player's programme, `max v` subject to every answer paying at least `v`, is solved
//! on its own; what either strategy guarantees is then computed exactly from the game. Where
//! the two guarantees meet, both are proved optimal; the strategies are first rounded to the
//! exact vertex that the programmes point to, so that they do meet.
//! Cost: two programmes of m and n rows, one exact elimination.

use dashu_ratio::RBig;

use crate::error::Result;
use crate::exact::sum;
use crate::game::table::StrategicTable;
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::solve::strategic::mixed::linear;
use crate::tolerance::Tolerances;
use crate::work::Work;

pub use crate::finding::strategic::mixed::ZeroSum;

/// Solves a two-player game that is zero-sum up to positive affine changes of the payoffs;
/// `None` for any other.
///
/// # Errors
/// If the LP backend fails.
pub fn zero_sum(game: &StrategicTable, backend: Backend) -> Result<Option<ZeroSum>> {
    zero_sum_within(game, backend, &Work::default())
}

/// The same in the time that there is.
///
/// # Errors
/// As [`zero_sum`]; if the time is up.
pub fn zero_sum_within(
    game: &StrategicTable,
    backend: Backend,
    work: &Work,
) -> Result<Option<ZeroSum>> {
    let [m, n] = game.sizes()[..] else { return Ok(None) };
    if !game.is_zero_sum() {
        return Ok(None);
    }
    let share = game.normalized(0);
    let x = guarantee(m, n, |i, j| share[i + m * j], backend, work)?;
    let y = guarantee(n, m, |j, i| -share[i + m * j], backend, work)?;
    work.in_time()?;
    let level = |i: usize, j: usize| RBig::from(game.exact(0).level(i + m * j));
    let rounded = [rational(&x), rational(&y)];
    let strategies = match vertex(&x, &y, &share, level) {
        Some(exact) if is_exact(&exact, m, n, level) => exact,
        _ => rounded,
    };
    let value = bounds(&strategies, m, n, level).map(|v| game.exact(0).of_level(&v));
    Ok(Some(ZeroSum { strategies, value }))
}

/// The strategy, of `own`, that guarantees the most.
fn guarantee(
    own: usize,
    other: usize,
    payoff: impl Fn(usize, usize) -> f64,
    backend: Backend,
    work: &Work,
) -> Result<Vec<f64>> {
    let mut program = LinearProgram::new();
    let weights: Vec<_> = (0..own).map(|_| program.non_negative(0.0)).collect();
    let least = program.variable(-1.0, -2.0, 2.0);
    program.row(weights.iter().map(|&w| (w, 1.0)), Comparison::Equal, 1.0);
    for j in 0..other {
        let terms = weights.iter().enumerate().map(|(i, &w)| (w, payoff(i, j)));
        program.row(terms.chain([(least, -1.0)]), Comparison::AtLeast, 0.0);
    }
    let solution = backend.optimum_within(program, work)?;
    let weights: Vec<f64> = weights.iter().map(|&w| solution.value(w).max(0.0)).collect();
    let total: f64 = weights.iter().sum();
    Ok(weights.into_iter().map(|w| w / total).collect())
}

/// The same probabilities as fractions that sum to one exactly.
fn rational(weights: &[f64]) -> Vec<RBig> {
    let whole: Vec<RBig> =
        weights.iter().map(|w| RBig::from((w * (1u64 << 50) as f64).round() as u64)).collect();
    let total = sum(&whole);
    whole.into_iter().map(|w| w / &total).collect()
}

/// The exact strategies with the supports of the rounded ones.
fn vertex(
    x: &[f64],
    y: &[f64],
    share: &[f64],
    level: impl Fn(usize, usize) -> RBig,
) -> Option<[Vec<RBig>; 2]> {
    const NEAR: f64 = Tolerances::DEFAULT.support;
    let m = x.len();
    let value: f64 = (0..m)
        .map(|i| x[i] * y.iter().enumerate().map(|(j, q)| q * share[i + m * j]).sum::<f64>())
        .sum();
    let row = |i: usize| y.iter().enumerate().map(|(j, q)| q * share[i + m * j]).sum::<f64>();
    let column = |j: usize| x.iter().enumerate().map(|(i, p)| p * share[i + m * j]).sum::<f64>();
    let used =
        |weights: &[f64]| (0..weights.len()).filter(|&i| weights[i] > NEAR).collect::<Vec<_>>();
    let rows: Vec<usize> = (0..m).filter(|&i| (row(i) - value).abs() < NEAR).collect();
    let columns: Vec<usize> = (0..y.len()).filter(|&j| (column(j) - value).abs() < NEAR).collect();
    let x = linear::equalizer(&used(x), &columns, m, |j, i| level(i, j))?;
    let y = linear::equalizer(&used(y), &rows, y.len(), &level)?;
    Some([x, y])
}

fn bounds(
    strategies: &[Vec<RBig>; 2],
    m: usize,
    n: usize,
    level: impl Fn(usize, usize) -> RBig,
) -> [RBig; 2] {
    let [x, y] = strategies;
    let columns = (0..n).map(|j| sum((0..m).map(|i| &x[i] * level(i, j))));
    let rows = (0..m).map(|i| sum((0..n).map(|j| &y[j] * level(i, j))));
    [columns.min().unwrap_or(RBig::ZERO), rows.max().unwrap_or(RBig::ZERO)]
}

fn is_exact(
    strategies: &[Vec<RBig>; 2],
    m: usize,
    n: usize,
    level: impl Fn(usize, usize) -> RBig,
) -> bool {
    let sound = |x: &[RBig]| x.iter().all(|p| *p >= RBig::ZERO);
    let [low, high] = bounds(strategies, m, n, level);
    sound(&strategies[0]) && sound(&strategies[1]) && low == high
}
