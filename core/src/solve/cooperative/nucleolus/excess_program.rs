//! The linear programme behind the least core, its ranges and the nucleolus, by row
//! generation.
//!
//! Two goals over one set of rows, `x(S) + t ≥ v(S)` for every coalition `S` outside the span
//! of those settled, `x(B) = b` for those settled and, where asked for, `x_i ≥ floor_i`:
//!
//! - a **level** of the nucleolus: `min t`. The first level is the least core.
//! - a bound on a **payoff**: `min σ·x_h` with `t` fixed.
//!
//! Method: rows for the single players and their complements at first (they bound the
//! problem: the average of the two is the grand coalition, which is settled), then whichever
//! a scan of all coalitions finds violated (see [`separation`](crate::solve::cooperative::separation)), until
//! there is none. They are looked for half-way between the master's solution, a far vertex
//! that oscillates, and the best feasible point so far (in-out separation, Ben-Ameur & Neto
//! 2007): a row violated there is violated at the vertex too, and deeper. This is done twice, the second time for the *correction* to the first
//! solution, enlarged by [`ENLARGEMENT`] (iterative refinement, Gleixner, Steffy & Wolter
//! 2016), which makes an absolute tolerance of the backend that much tighter. The dual is
//! then built over the same rows (see [`excess_dual`](crate::solve::cooperative::nucleolus::excess_dual)).
//!
//! Cost: a scan O(2^n) and an LP of `n + 1` columns and some hundred rows each round, of
//! which there are about ten.

use std::collections::HashSet;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::cooperative::separation::Separation;
use crate::solve::settlement::Weights;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How much the second pass enlarges what the first one left.
const ENLARGEMENT: f64 = 1e4;
/// Rows further than this from being tight, in units of the game, start the second pass
/// outside; the scan brings back those that matter.
const NEAR: f64 = 1e-2;
/// The best feasible point is the solution when it is this part of the tolerance from proved.
/// Small: what is settled by a level must be so to rounding, or the dual weights of later
/// programmes enlarge the difference.
const EXACT: f64 = 1e-3;
/// How far from the master's solution towards the best feasible point violated rows are
/// looked for.
const INWARDS: f64 = 0.5;
/// Rows added in a round, for each player.
const ROWS_PER_PLAYER: usize = 4;
/// More rounds than any problem of this kind takes: a stop, not a limit.
const MAX_ROUNDS: usize = 1000;

/// What is minimised.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// The largest excess `t` of a coalition not settled.
    Level,
    /// `sign · x_player`, with no such excess above `limit`.
    Payoff {
        /// The player.
        player: usize,
        /// 1 for its lowest payoff, −1 for its highest.
        sign: f64,
        /// The largest excess.
        limit: f64,
    },
}

/// The programme.
pub(crate) struct ExcessProgram<'a> {
    pub(crate) table: &'a dyn Separation,
    pub(crate) goal: Goal,
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

/// Values of the variables.
#[derive(Clone)]
pub(in crate::solve) struct Point {
    pub(in crate::solve) x: Vec<f64>,
    pub(in crate::solve) t: f64,
}

impl Point {
    /// The point so much of the way to `other`.
    fn towards(&self, other: &Self, part: f64) -> Self {
        let mix = |a: f64, b: f64| a + part * (b - a);
        Self {
            x: self.x.iter().zip(&other.x).map(|(&a, &b)| mix(a, b)).collect(),
            t: mix(self.t, other.t),
        }
    }
}

impl ExcessProgram<'_> {
    /// Solves it, starting from an allocation that agrees with what is settled (and, for a
    /// payoff, is within the limit) and from the coalitions in `pool`, to which those that it
    /// needed are added. `None` if the time was up.
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
        let start = self.feasible(start);
        let mut rows = self.base();
        rows.extend(pool.iter().copied().filter(|&s| !self.span.contains(s)));
        distinct(&mut rows);
        let Some(coarse) = self.generate(&start, &start, 1.0 / unit, &mut rows, work)? else {
            return Ok(None);
        };
        self.keep_near(&coarse, &mut rows);
        // The coarse solution violates rows to within the coarse tolerance. For a level, `t`
        // makes up for that; for a payoff nothing does, so the second pass has the start.
        let best = match self.goal {
            Goal::Level => self.feasible(&coarse.x),
            Goal::Payoff { .. } => start,
        };
        let scale = ENLARGEMENT / unit;
        let Some(solution) = self.generate(&coarse, &best, scale, &mut rows, work)? else {
            return Ok(None);
        };
        self.keep_near(&solution, &mut rows);
        let proved = self.prove(&solution, scale, &rows)?;
        pool.extend(rows);
        distinct(pool);
        Ok(Some(proved))
    }

    /// Drops the rows that the point is far from, but for those that bound the problem.
    fn keep_near(&self, point: &Point, rows: &mut Vec<Coalition>) {
        let near = NEAR * self.table.unit();
        rows.retain(|&s| point.t - self.table.excess(s, &point.x) < near);
        rows.splice(0..0, self.base());
        distinct(rows);
    }

    /// The rows that bound the problem: of each type one player, and all others.
    fn base(&self) -> Vec<Coalition> {
        let types = self.table.types();
        (0..types.len())
            .map(|kind| types.one(kind))
            .flat_map(|one| [one, types.representative(self.table.grand().difference(one))])
            .filter(|&s| !self.span.contains(s))
            .collect()
    }

    fn objective(&self, point: &Point) -> f64 {
        match self.goal {
            Goal::Level => point.t,
            Goal::Payoff { player, sign, .. } => sign * point.x[player],
        }
    }

    /// The best point with this allocation.
    fn feasible(&self, x: &[f64]) -> Point {
        let t = match self.goal {
            Goal::Level => self.table.largest_unsettled(x, self.span),
            Goal::Payoff { limit, .. } => limit,
        };
        Point { x: x.to_vec(), t }
    }

    /// Row generation: a solution measured from `centre` in units of `1/scale`, given a point
    /// that satisfies every row. `rows` ends as enough of them to prove it. `None` if the
    /// time was up.
    fn generate(
        &self,
        centre: &Point,
        best: &Point,
        scale: f64,
        rows: &mut Vec<Coalition>,
        work: &Work,
    ) -> Result<Option<Point>> {
        let n = self.table.width();
        let tolerance = Tolerances::DEFAULT.excess * ENLARGEMENT / scale;
        let mut best = best.clone();
        let base: HashSet<Coalition> = self.base().into_iter().collect();
        let mut known: HashSet<Coalition> = rows.iter().copied().collect();
        let mut proved = f64::NEG_INFINITY;
        for _ in 0..MAX_ROUNDS {
            if work.is_over() {
                return Ok(None);
            }
            let solution = self.backend.optimum(&self.primal(centre, scale, rows))?;
            let master = Point {
                x: (0..n).map(|i| centre.x[i] + solution.values[i] / scale).collect(),
                t: solution.values.get(n).map_or(centre.t, |t| centre.t + t / scale),
            };
            let lower = self.objective(&master);
            if self.objective(&best) <= lower + EXACT * tolerance {
                return Ok(Some(best));
            }
            let mut found = Vec::new();
            for inwards in [INWARDS, 0.0] {
                let point = master.towards(&best, inwards);
                let above = point.t + (1.0 - inwards) * tolerance;
                let largest;
                (found, largest) =
                    self.table.worst(&point.x, above, self.span, ROWS_PER_PLAYER * n);
                if found.is_empty() && inwards <= 0.0 {
                    return Ok(Some(master));
                }
                let candidate = match self.goal {
                    Goal::Level => Some(Point { t: largest, ..point }),
                    Goal::Payoff { .. } => found.is_empty().then_some(point),
                };
                let objective = self.objective(&best);
                if let Some(better) = candidate.filter(|c| self.objective(c) < objective) {
                    best = better;
                }
                if !found.is_empty() {
                    break;
                }
            }
            let slack = |s: Coalition| master.t - self.table.excess(s, &master.x);
            let worst = found.iter().map(|&s| -slack(s)).fold(0.0, f64::max);
            if lower > proved + tolerance {
                // Rows far from tight have done their work; without them the next programme
                // is smaller. Only after progress, so that no round can come twice.
                proved = lower;
                let window = worst.max(tolerance);
                rows.retain(|s| base.contains(s) || slack(*s) <= window || !known.remove(s));
            }
            let before = rows.len();
            rows.extend(found.into_iter().filter(|&s| known.insert(s)));
            work.advance(1);
            if rows.len() == before {
                let by = worst * scale;
                return Err(self.fault(format!("a row is violated by {by:.1e} in its solution")));
            }
        }
        Err(self.fault(format!("no end of violated rows after {MAX_ROUNDS} rounds")))
    }

    /// The programme for the move away from the centre: `x` first, then `t` of a level.
    fn primal(&self, centre: &Point, scale: f64, rows: &[Coalition]) -> LinearProgram {
        let mut program = LinearProgram::new();
        let mut x = Vec::with_capacity(self.table.width());
        // Floors give way to what is settled, by less than can be told apart.
        let give = Tolerances::DEFAULT.excess * self.table.unit();
        for i in 0..self.table.width() {
            let low = |floors: &[f64]| (floors[i] - give - centre.x[i]) * scale;
            let low = self.floors.map_or(f64::NEG_INFINITY, low);
            x.push(program.variable(self.cost(i), low, f64::INFINITY));
        }
        let t = matches!(self.goal, Goal::Level).then(|| program.free(1.0));
        let types = self.table.types();
        let terms = |s| types.counts(s).map(|(kind, count)| (x[kind], count as f64));
        for &(settled, value) in self.fixed {
            let left = (value - types.sum(settled, &centre.x)) * scale;
            program.row(terms(settled), Comparison::Equal, left);
        }
        for &s in rows {
            let left = (self.table.excess(s, &centre.x) - centre.t) * scale;
            program.row(terms(s).chain(t.map(|t| (t, 1.0))), Comparison::AtLeast, left);
        }
        program
    }

    /// The cost of a player's payoff.
    pub(in crate::solve) fn cost(&self, i: usize) -> f64 {
        match self.goal {
            Goal::Payoff { player, sign, .. } if player == i => sign,
            _ => 0.0,
        }
    }

    pub(in crate::solve) fn fault(&self, problem: String) -> Error {
        self.backend.fault(problem)
    }
}

/// Keeps the first of each, in order.
fn distinct(rows: &mut Vec<Coalition>) {
    let mut seen = HashSet::with_capacity(rows.len());
    rows.retain(|&s| seen.insert(s));
}
