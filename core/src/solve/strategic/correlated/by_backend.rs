//! The masters by a backend for linear programmes, where the [simplex](super::simplex) gives up.

use super::master::{Column, Prices};
use crate::error::Result;
use crate::lp::{Backend, Comparison, LinearProgram, Variable};

/// Gains smaller than the first of these, next to the largest by the same incentive, are left
/// out: they only spoil the basis. Where the backend breaks down nevertheless, it is tried
/// again with the next, and so on. What is left out cannot spoil the proof, which is read off
/// a scan with all gains; it shows in the gap.
const LEFT_OUT: [f64; 4] = [1e-10, 1e-9, 1e-8, 5e-8];
/// Probabilities and weights smaller than this are nought that the backend rounded.
const NOUGHT: f64 = 1e-12;

/// The two programmes over the columns known. Each incentive's gains are divided by the
/// largest of them: a state a millionth the size of another can gain a million times its
/// share, and no backend is at its best with such numbers in one row.
pub(super) struct ByBackend<'a> {
    columns: &'a [Column],
    slack: f64,
    cap: f64,
    /// By incentive, the largest gain there is, of either sign; 0 where no gain exceeds the
    /// slack, so that the constraint holds whatever the distribution.
    scales: Vec<f64>,
}

impl<'a> ByBackend<'a> {
    pub(super) fn new(columns: &'a [Column], incentives: usize, slack: f64, cap: f64) -> Self {
        let mut scales = vec![0.0f64; incentives];
        let mut matters = vec![false; incentives];
        for &(number, gain) in columns.iter().flat_map(|column| &column.gains) {
            scales[number] = scales[number].max(gain.abs());
            matters[number] |= gain > slack;
        }
        for (scale, matters) in scales.iter_mut().zip(matters) {
            if !matters {
                *scale = 0.0;
            }
        }
        Self { columns, slack, cap, scales }
    }

    /// The scaled gains of a column by the incentives that matter.
    fn gains<'b>(
        &'b self,
        column: &'b Column,
        left_out: f64,
    ) -> impl Iterator<Item = (usize, f64)> + 'b {
        let matter = column.gains.iter().filter(|&&(number, _)| self.scales[number] > 0.0);
        matter
            .map(|&(number, gain)| (number, gain / self.scales[number]))
            .filter(move |(_, gain)| gain.abs() > left_out)
    }

    /// Solves the dual: maximise `t − slack·Σy` subject to `t ≤ cost + Σ y·gain` for each
    /// column, `y ≥ 0`, `Σy ≤ cap`.
    pub(super) fn prices(&self, backend: Backend) -> Result<Prices> {
        persist(|left_out| self.try_prices(left_out, backend))
    }

    fn try_prices(&self, left_out: f64, backend: Backend) -> Result<Prices> {
        let mut program = LinearProgram::new();
        // With y = 0, t can be the lowest cost and need never be lower: measured from there,
        // all right sides are at least 0, and the backend starts from a feasible vertex.
        let costs = self.columns.iter().map(|column| column.cost);
        let least = costs.fold(f64::INFINITY, f64::min);
        let above = program.non_negative(-1.0);
        let mut unknown =
            |&scale: &f64| (scale > 0.0).then(|| program.non_negative(self.slack / scale));
        let unknowns: Vec<Option<Variable>> = self.scales.iter().map(&mut unknown).collect();
        for column in self.columns {
            let gains =
                self.gains(column, left_out).filter_map(|(k, gain)| Some((unknowns[k]?, -gain)));
            let terms: Vec<_> = std::iter::once((above, 1.0)).chain(gains).collect();
            program.row(terms, Comparison::AtMost, column.cost - least);
        }
        let known: Vec<Variable> = unknowns.iter().flatten().copied().collect();
        if !known.is_empty() {
            program.row(known.iter().map(|&y| (y, 1.0)), Comparison::AtMost, self.cap);
        }
        let solution = backend.optimum(&program)?;
        let total: f64 = known.iter().map(|&y| solution.value(y)).sum();
        let weight = |(unknown, scale): (&Option<Variable>, &f64)| {
            let weight = unknown.map_or(0.0, |y| solution.value(y));
            if weight > NOUGHT { weight / scale } else { 0.0 }
        };
        Ok(Prices {
            weights: unknowns.iter().zip(&self.scales).map(weight).collect(),
            value: least + solution.value(above),
            capped: total >= self.cap * (1.0 - 1e-6),
        })
    }

    /// Solves the primal: minimise `Σ μ·cost + cap·z` subject to `Σ μ·gain ≤ slack + z` for
    /// each incentive, `Σμ = 1`, `μ, z ≥ 0`. Returns the columns of probability above zero.
    pub(super) fn distribution(&self, backend: Backend) -> Result<Vec<(usize, f64)>> {
        persist(|left_out| self.try_distribution(left_out, backend))
    }

    fn try_distribution(&self, left_out: f64, backend: Backend) -> Result<Vec<(usize, f64)>> {
        let mut program = LinearProgram::new();
        let mu: Vec<Variable> =
            self.columns.iter().map(|column| program.non_negative(column.cost)).collect();
        let excess = program.non_negative(self.cap);
        let mut rows: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.scales.len()];
        for (column, &mu) in self.columns.iter().zip(&mu) {
            for (number, gain) in self.gains(column, left_out) {
                rows[number].push((mu, gain));
            }
        }
        for (mut row, scale) in rows.into_iter().zip(&self.scales) {
            if *scale > 0.0 {
                row.push((excess, -1.0));
                program.row(row, Comparison::AtMost, self.slack / scale);
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
}

/// The first attempt that succeeds, or the last one's error.
fn persist<T>(attempt: impl Fn(f64) -> Result<T>) -> Result<T> {
    let [first, again @ ..] = LEFT_OUT;
    again.into_iter().fold(attempt(first), |result, left_out| result.or_else(|_| attempt(left_out)))
}
