//! The linear programmes over the profiles known so far.

use crate::error::Result;
use crate::game::strategic::Incentives;
use crate::lp::{Backend, Comparison, LinearProgram, Variable};

/// Gains smaller than this are rounding and would only spoil the basis.
const NOISE: f64 = 1e-13;
/// Probabilities and weights smaller than this are nought that the backend rounded.
const NOUGHT: f64 = 1e-12;

/// A profile as a column: its objective, and its gains by the incentives that it meets.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) number: u64,
    pub(super) cost: f64,
    pub(super) gains: Vec<(usize, f64)>,
}

/// A solution of the dual: a weight for each incentive, and the value `t`.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) weights: Vec<f64>,
    pub(super) value: f64,
}

impl Prices {
    /// Those before any profile is known: every profile is below them.
    pub(super) fn none(incentives: usize) -> Self {
        Self { weights: vec![0.0; incentives], value: f64::INFINITY }
    }

    pub(super) fn total(&self) -> f64 {
        self.weights.iter().sum()
    }
}

/// Solves the dual: maximise `t − slack·Σy` subject to `t ≤ cost + Σ y·gain` for each column,
/// `y ≥ 0`, `Σy ≤ cap`. One unknown per incentive that a column meets.
pub(super) fn prices(
    columns: &[Column],
    incentives: &Incentives,
    slack: f64,
    cap: f64,
    backend: Backend,
) -> Result<Prices> {
    let mut program = LinearProgram::new();
    // With y = 0, t can be the lowest cost and need never be lower: measured from there, all
    // right sides are at least 0, and the backend starts from a feasible vertex.
    let least = columns.iter().map(|column| column.cost).fold(f64::INFINITY, f64::min);
    let above = program.non_negative(-1.0);
    let mut unknowns: Vec<Option<Variable>> = vec![None; incentives.len()];
    for column in columns {
        for &(number, gain) in &column.gains {
            if gain.abs() > NOISE && unknowns[number].is_none() {
                unknowns[number] = Some(program.non_negative(slack));
            }
        }
    }
    for column in columns {
        let gains = column.gains.iter().filter(|(_, gain)| gain.abs() > NOISE);
        let gains = gains.filter_map(|&(k, gain)| unknowns[k].map(|y| (y, -gain)));
        let terms: Vec<_> = std::iter::once((above, 1.0)).chain(gains).collect();
        program.row(terms, Comparison::AtMost, column.cost - least);
    }
    let known: Vec<Variable> = unknowns.iter().flatten().copied().collect();
    if !known.is_empty() {
        program.row(known.into_iter().map(|y| (y, 1.0)), Comparison::AtMost, cap);
    }
    let solution = backend.optimum(&program)?;
    let weight = |unknown: &Option<Variable>| {
        let weight = unknown.map_or(0.0, |y| solution.value(y));
        if weight > NOUGHT { weight } else { 0.0 }
    };
    Ok(Prices {
        weights: unknowns.iter().map(weight).collect(),
        value: least + solution.value(above),
    })
}

/// Solves the primal: minimise `Σ μ·cost + cap·z` subject to `Σ μ·gain ≤ slack + z` for each
/// incentive, `Σμ = 1`, `μ, z ≥ 0`. Returns the columns of probability above zero.
pub(super) fn distribution(
    columns: &[Column],
    incentives: &Incentives,
    slack: f64,
    cap: f64,
    backend: Backend,
) -> Result<Vec<(usize, f64)>> {
    let mut program = LinearProgram::new();
    let mu: Vec<Variable> =
        columns.iter().map(|column| program.non_negative(column.cost)).collect();
    let excess = program.non_negative(cap);
    let mut rows: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); incentives.len()];
    for (column, &mu) in columns.iter().zip(&mu) {
        for &(number, gain) in &column.gains {
            if gain.abs() > NOISE {
                rows[number].push((mu, gain));
            }
        }
    }
    for mut row in rows {
        // A row that no gain makes positive is satisfied whatever μ is.
        if row.iter().any(|&(_, gain)| gain > 0.0) {
            row.push((excess, -1.0));
            program.row(row, Comparison::AtMost, slack);
        }
    }
    program.row(mu.iter().map(|&mu| (mu, 1.0)), Comparison::Equal, 1.0);
    let solution = backend.optimum(&program)?;
    let value = |&mu: &Variable| solution.value(mu);
    let probable = mu.iter().map(value).enumerate().filter(|&(_, p)| p > NOUGHT);
    let probable: Vec<_> = probable.collect();
    let total: f64 = probable.iter().map(|&(_, p)| p).sum();
    Ok(probable.into_iter().map(|(k, p)| (k, p / total)).collect())
}
