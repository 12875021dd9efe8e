//! The linear programme behind the least core, its ranges and the nucleolus, by row
//! generation.
//!
//! `min σ·x_h + price·t` subject to `x(S) + t ≥ v(S)` for every coalition `S` outside the
//! span of those settled, `x(B) = b` for those settled and, where asked for, `x_i ≥ floor_i`
//! and `t ≥ least`. With `σ = 0` and `t` free this is a level of the nucleolus, and the
//! first level is the least core; with `t ≥ ε*` at a price above all dual weights it is a
//! bound on a payoff over the least core, which stays feasible however rounding has moved
//! `ε*`.
//!
//! Method: rows for the single players and their complements at first (they bound the
//! problem: the average of the two is the grand coalition, which is settled), then whichever
//! a scan of all coalitions finds violated (see [`separation`](super::separation)), until
//! there is none. This is done twice, the second time for the *correction* to the first
//! solution, enlarged by [`ENLARGEMENT`] (iterative refinement, Gleixner, Steffy & Wolter
//! 2016), which makes an absolute tolerance of the backend that much tighter. The dual is
//! then built over the same rows and solved as a problem of its own: its weights are the
//! proof, made exact on their support by elimination.
//!
//! Cost: a scan O(2^n) and an LP of `n + 1` columns and some hundred rows each round, of
//! which there are about ten.

use std::collections::HashSet;

use crate::coalition::Coalition;
use crate::error::{Error, ErrorKind, Result};
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::solve::elimination::balance;
use crate::solve::separation::ValueTable;
use crate::solve::settlement::Weights;
use crate::solve::span::Span;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How much the second pass enlarges what the first one left.
const ENLARGEMENT: f64 = 1e4;
/// Rows further than this from being tight, in units of the game, start the second pass
/// outside; the scan brings back those that matter.
const NEAR: f64 = 1e-2;
/// More rounds than any problem of this kind takes: a stop, not a limit.
const MAX_ROUNDS: usize = 1000;
/// Dual weights up to this are the backend's rounding. True ones are quotients of
/// determinants of small 0/1 matrices.
const NO_WEIGHT: f64 = 1e-7;

/// The programme.
pub(crate) struct ExcessProgram<'a> {
    pub(crate) table: &'a ValueTable,
    /// The player whose payoff is minimised, and `σ = ±1`.
    pub(crate) payoff: Option<(usize, f64)>,
    /// The price of `t` and, if it is bounded, its lower bound.
    pub(crate) price: f64,
    pub(crate) least: Option<f64>,
    /// Coalitions whose payoff is settled, independent of each other, the grand one first.
    pub(crate) fixed: &'a [(Coalition, f64)],
    /// Their span.
    pub(crate) span: &'a Span,
    /// What each player gets at least.
    pub(crate) floors: Option<&'a [f64]>,
    pub(crate) backend: Backend,
}

/// Its solution with the proof.
pub(crate) struct ExcessSolution {
    pub(crate) allocation: Vec<f64>,
    pub(crate) t: f64,
    /// Coalitions with dual weights above zero.
    pub(crate) weights: Weights,
    /// The dual weights of the settled coalitions, of any sign.
    pub(crate) multipliers: Vec<f64>,
    /// Players held at their floors, with dual weights above zero.
    pub(crate) floors: Vec<(usize, f64)>,
}

/// A point to measure from, and the scale to measure in.
struct Frame {
    centre: Vec<f64>,
    t: f64,
    scale: f64,
}

impl ExcessProgram<'_> {
    /// Solves it, starting from the coalitions in `pool` and adding those it needed. `None`
    /// if the time was up.
    ///
    /// # Errors
    /// If the backend fails.
    pub(crate) fn solve(
        &self,
        start: &[f64],
        pool: &mut Vec<Coalition>,
        work: &Work,
    ) -> Result<Option<ExcessSolution>> {
        let unit = self.table.unit();
        let mut frame = Frame { centre: start.to_vec(), t: 0.0, scale: 1.0 / unit };
        let mut rows = self.base();
        rows.extend(pool.iter().copied().filter(|&s| !self.span.contains(s)));
        distinct(&mut rows);
        if self.generate(&mut frame, &mut rows, work)?.is_none() {
            return Ok(None);
        }
        let slack = |s: Coalition| frame.t - self.table.excess(s, &frame.centre);
        let base = self.base();
        let mut near: Vec<_> =
            base.into_iter().chain(rows.into_iter().filter(|&s| slack(s) < NEAR * unit)).collect();
        distinct(&mut near);
        frame.scale = ENLARGEMENT / unit;
        let Some(value) = self.generate(&mut frame, &mut near, work)? else {
            return Ok(None);
        };
        let solution = self.dual(&frame, value, &near)?;
        pool.extend(near);
        distinct(pool);
        Ok(Some(solution))
    }

    /// The rows that bound the problem.
    fn base(&self) -> Vec<Coalition> {
        let n = self.table.players();
        (0..n)
            .flat_map(|i| [Coalition::singleton(i), Coalition::singleton(i).complement(n)])
            .filter(|&s| !self.span.contains(s))
            .collect()
    }

    /// Row generation: moves the frame's centre to the solution and says what the last
    /// programme's objective was, in the frame's scale before that move.
    fn generate(
        &self,
        frame: &mut Frame,
        rows: &mut Vec<Coalition>,
        work: &Work,
    ) -> Result<Option<f64>> {
        let n = self.table.players();
        let tolerance = Tolerances::DEFAULT.excess * ENLARGEMENT;
        let mut known: HashSet<Coalition> = rows.iter().copied().collect();
        for _ in 0..MAX_ROUNDS {
            if work.is_over() {
                return Ok(None);
            }
            let (program, variables) = self.primal(frame, rows);
            let solution = self.backend.optimum(&program)?;
            let moved = |v: usize| solution.values[v] / frame.scale;
            let x: Vec<f64> = (0..n).map(|i| frame.centre[i] + moved(i)).collect();
            let t = frame.t + moved(variables);
            let found = self.table.worst(&x, t + tolerance / frame.scale, self.span, 4 * n);
            if found.is_empty() {
                *frame = Frame { centre: x, t, scale: frame.scale };
                return Ok(Some(solution.objective));
            }
            let before = rows.len();
            rows.extend(found.iter().map(|&(s, _)| s).filter(|&s| known.insert(s)));
            work.advance(1);
            if rows.len() == before {
                let by = (found[0].1 - t) * frame.scale;
                return Err(self.fault(format!("a row is violated by {by:.1e} in its solution")));
            }
        }
        Err(self.fault(format!("no end of violated rows after {MAX_ROUNDS} rounds")))
    }

    /// The programme for the move away from the frame's centre, and the number of `t`.
    fn primal(&self, frame: &Frame, rows: &[Coalition]) -> (LinearProgram, usize) {
        let n = self.table.players();
        let mut program = LinearProgram::new();
        let mut x = Vec::with_capacity(n);
        for i in 0..n {
            let cost = self.payoff.map_or(0.0, |(h, sign)| if h == i { sign } else { 0.0 });
            let low =
                self.floors.map_or(f64::NEG_INFINITY, |f| (f[i] - frame.centre[i]) * frame.scale);
            x.push(program.variable(cost, low, f64::INFINITY));
        }
        let least = self.least.map_or(f64::NEG_INFINITY, |l| (l - frame.t) * frame.scale);
        let t = program.variable(self.price, least, f64::INFINITY);
        for &(settled, value) in self.fixed {
            let left = (value - settled.sum(&frame.centre)) * frame.scale;
            program.row(settled.members().map(|i| (x[i], 1.0)), Comparison::Equal, left);
        }
        for &s in rows {
            let left = (self.table.excess(s, &frame.centre) - frame.t) * frame.scale;
            let terms = s.members().map(|i| (x[i], 1.0)).chain([(t, 1.0)]);
            program.row(terms, Comparison::AtLeast, left);
        }
        (program, t.0)
    }

    /// The dual over the same rows; its value must be the primal's.
    fn dual(&self, frame: &Frame, value: f64, rows: &[Coalition]) -> Result<ExcessSolution> {
        let n = self.table.players();
        // Rows that the solution keeps clear of have no weight.
        let unit = self.table.unit();
        let tight = |s: &&Coalition| frame.t - self.table.excess(**s, &frame.centre) < NEAR * unit;
        let rows: Vec<Coalition> = rows.iter().filter(tight).copied().collect();
        let mut program = LinearProgram::new();
        let gain = |s: Coalition, t: f64| (self.table.excess(s, &frame.centre) - t) * frame.scale;
        let weights: Vec<_> =
            rows.iter().map(|&s| program.non_negative(-gain(s, frame.t))).collect();
        let multipliers: Vec<_> = self
            .fixed
            .iter()
            .map(|&(s, b)| program.free(-(b - s.sum(&frame.centre)) * frame.scale))
            .collect();
        let floors: Vec<_> = (0..n)
            .filter_map(|i| Some((i, self.floors?[i])))
            .map(|(i, f)| (i, program.non_negative(-(f - frame.centre[i]) * frame.scale)))
            .collect();
        let least = self.least.map(|l| program.non_negative(-(l - frame.t) * frame.scale));
        for i in 0..n {
            let of = |s: &Coalition| s.contains(i);
            let terms = rows.iter().zip(&weights).filter(|(s, _)| of(s)).map(|(_, &v)| (v, 1.0));
            let settled = self.fixed.iter().zip(&multipliers).filter(|((s, _), _)| of(s));
            let floor = floors.iter().filter(|(j, _)| *j == i);
            let all =
                terms.chain(settled.map(|(_, &v)| (v, 1.0))).chain(floor.map(|&(_, v)| (v, 1.0)));
            program.row(all, Comparison::Equal, self.cost(i));
        }
        let t = weights.iter().chain(&least).map(|&v| (v, 1.0));
        program.row(t, Comparison::Equal, self.price);
        let solution = self.backend.optimum(&program)?;
        let _ = value;

        // The support, exactly balanced.
        let mut columns: Vec<(Vec<f64>, f64)> = Vec::new();
        let member = |s: Coalition, t: f64| -> Vec<f64> {
            (0..n).map(|i| f64::from(u8::from(s.contains(i)))).chain([t]).collect()
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
        support.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let held: Vec<(usize, f64)> = floors
            .iter()
            .map(|&(i, v)| (i, solution.value(v)))
            .filter(|&(_, w)| w > NO_WEIGHT)
            .collect();
        columns.extend(support.iter().map(|&(s, w)| (member(s, 1.0), w)));
        columns.extend(held.iter().map(|&(i, w)| (member(Coalition::singleton(i), 0.0), w)));
        columns.extend(least.map(|v| (member(Coalition::EMPTY, 1.0), solution.value(v))));
        let right: Vec<f64> = (0..n).map(|i| self.cost(i)).chain([self.price]).collect();
        let Some(exact) = balance(&columns, &right) else {
            return Err(self.fault("its dual weights do not balance".into()));
        };
        let (multipliers, rest) = exact.split_at(self.fixed.len());
        let (on_rows, rest) = rest.split_at(support.len());
        if on_rows.iter().chain(&rest[..held.len()]).any(|&w| w <= 0.0) {
            return Err(self.fault("a dual weight is rounding and no more".into()));
        }
        let weights: Weights = support.iter().zip(on_rows).map(|(&(s, _), &w)| (s, w)).collect();
        let floors = held.iter().zip(rest).map(|(&(i, _), &w)| (i, w)).collect();

        // Weights that balance prove the value iff all they stand on is tight.
        let gap = weights.iter().map(|&(s, w)| w * gain(s, frame.t).abs()).sum::<f64>();
        if gap > Tolerances::DEFAULT.excess * ENLARGEMENT * (1.0 + self.price) {
            return Err(self.fault(format!("primal and dual differ by {gap:.1e}")));
        }
        Ok(ExcessSolution {
            allocation: frame.centre.clone(),
            t: frame.t,
            weights,
            multipliers: multipliers.to_vec(),
            floors,
        })
    }

    fn cost(&self, i: usize) -> f64 {
        self.payoff.map_or(0.0, |(h, sign)| if h == i { sign } else { 0.0 })
    }

    fn fault(&self, problem: String) -> Error {
        ErrorKind::Backend { backend: self.backend.name(), problem }.into()
    }
}

/// Keeps the first of each, in order.
fn distinct(rows: &mut Vec<Coalition>) {
    let mut seen = HashSet::with_capacity(rows.len());
    rows.retain(|&s| seen.insert(s));
}
