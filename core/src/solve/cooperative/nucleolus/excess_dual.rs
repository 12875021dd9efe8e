//! The dual of an [`ExcessProgram`]: its weights are the proof.
//!
//! `max Σ λ_S (v(S) − t) + Σ μ_B b + Σ ν_i floor_i` subject to `Σ λ_S 1_S + Σ μ_B 1_B + ν =
//! cost` and `λ, ν ≥ 0`, for a level also `Σ λ_S = 1`. It is solved as a problem of its own,
//! over the rows that the primal ended with and measured from the primal's solution, in which
//! a coalition that is not tight costs its slack, what is settled costs nothing, and rounding
//! that would make a cost negative is cut off: so the dual is bounded by construction. The weights are then made to balance exactly
//! on their support by elimination: balanced weights on tight coalitions leave no gap.

use crate::coalition::Coalition;
use crate::error::Result;
use crate::lp::{Comparison, LinearProgram};
use crate::solve::cooperative::nucleolus::excess_program::{
    ExcessProgram, ExcessSolution, Goal, Point,
};
use crate::solve::linear::elimination::balance;
use crate::solve::settlement::Weights;
use crate::tolerance::Tolerances;

/// Dual weights up to this are the backend's rounding. True ones are quotients of
/// determinants of small 0/1 matrices.
const NO_WEIGHT: f64 = 1e-8;

impl ExcessProgram<'_> {
    /// The dual over these rows, all that the point needs to be proved.
    ///
    /// # Errors
    /// If the backend fails or what it gives back proves nothing.
    pub(in crate::solve) fn prove(
        &self,
        centre: &Point,
        scale: f64,
        rows: &[Coalition],
    ) -> Result<ExcessSolution> {
        let n = self.table.width();
        let types = self.table.types();
        let mut program = LinearProgram::new();
        let gain = |s: Coalition, t: f64| (self.table.excess(s, &centre.x) - t) * scale;
        let weights: Vec<_> =
            rows.iter().map(|&s| program.non_negative((-gain(s, centre.t)).max(0.0))).collect();
        let multipliers: Vec<_> = self.fixed.iter().map(|_| program.free(0.0)).collect();
        let floors: Vec<_> = (0..n)
            .filter_map(|i| Some((i, self.floors?[i])))
            .map(|(i, f)| (i, program.non_negative((centre.x[i] - f).max(0.0) * scale)))
            .collect();
        for i in 0..n {
            let of = |s: Coalition| Some(types.count(s, i) as f64).filter(|&count| count > 0.0);
            let terms = rows.iter().zip(&weights).filter_map(|(&s, &v)| Some((v, of(s)?)));
            let settled = self.fixed.iter().zip(&multipliers);
            let settled = settled.filter_map(|(&(s, _), &v)| Some((v, of(s)?)));
            let floor = floors.iter().filter(|(j, _)| *j == i).map(|&(_, v)| (v, 1.0));
            let all = terms.chain(settled).chain(floor);
            program.row(all, Comparison::Equal, self.cost(i));
        }
        let level = matches!(self.goal, Goal::Level);
        if level {
            program.row(weights.iter().map(|&v| (v, 1.0)), Comparison::Equal, 1.0);
        }
        let solution = self.backend.optimum(&program)?;

        // The support, exactly balanced.
        let mut columns: Vec<(Vec<f64>, f64)> = Vec::new();
        let member = |s: Coalition, t: f64| -> Vec<f64> {
            let members = (0..n).map(|i| types.count(s, i) as f64);
            members.chain(level.then_some(t)).collect()
        };
        for (&(s, _), &v) in self.fixed.iter().zip(&multipliers) {
            columns.push((member(s, 0.0), solution.value(v)));
        }
        let mut support: Vec<(Coalition, f64)> = rows
            .iter()
            .zip(&weights)
            .map(|(&s, &v)| (s, solution.value(v)))
            .filter(|&(_, w)| w > NO_WEIGHT)
            .collect();
        crate::order::sort_by(&mut support, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let held: Vec<(usize, f64)> = floors
            .iter()
            .map(|&(i, v)| (i, solution.value(v)))
            .filter(|&(_, w)| w > NO_WEIGHT)
            .collect();
        columns.extend(support.iter().map(|&(s, w)| (member(s, 1.0), w)));
        columns.extend(held.iter().map(|&(i, w)| (member(types.one(i), 0.0), w)));
        let right: Vec<f64> = (0..n).map(|i| self.cost(i)).chain(level.then_some(1.0)).collect();
        let Some(exact) = balance(&columns, &right) else {
            return Err(self.fault("its dual weights do not balance".into()));
        };
        let (multipliers, rest) = exact.split_at(self.fixed.len());
        let (on_rows, rest) = rest.split_at(support.len());
        if on_rows.iter().chain(&rest[..held.len()]).any(|&w| w <= 0.0) {
            return Err(self.fault("a dual weight is rounding and no more".into()));
        }
        let weights: Weights = support.iter().zip(on_rows).map(|(&(s, _), &w)| (s, w)).collect();
        let floors: Vec<(usize, f64)> = held.iter().zip(rest).map(|(&(i, _), &w)| (i, w)).collect();

        // Weights that balance prove the value iff all they stand on is tight.
        let gap = weights.iter().map(|&(s, w)| w * gain(s, centre.t).abs()).sum::<f64>();
        let total: f64 = weights.iter().map(|&(_, w)| w).sum();
        if gap > Tolerances::DEFAULT.excess * scale * self.table.unit() * total.max(1.0) {
            return Err(self.fault(format!("primal and dual differ by {gap:.1e}")));
        }
        // Of a level, the weights give the value to more digits than the solution does: their
        // mean excess, less what players at their floors have above them, is the same for all
        // allocations.
        let held = |&(i, w): &(usize, f64)| w * (self.floors.map_or(0.0, |f| f[i]) - centre.x[i]);
        let excess = |&(s, w): &(Coalition, f64)| w * self.table.excess(s, &centre.x);
        let sum = weights.iter().map(excess).sum::<f64>() + floors.iter().map(held).sum::<f64>();
        let t = if level { sum / total } else { centre.t };
        Ok(ExcessSolution {
            allocation: centre.x.clone(),
            t,
            weights,
            multipliers: multipliers.to_vec(),
            floors,
        })
    }
}
