//! The least core: the allocations that make the largest complaint of any coalition as small
//! as can be.
//!
//! `ε* = min ε` subject to `x(S) ≥ v(S) − ε` for every `S ≠ ∅, N`, and `x(N) = v(N)`. Below 0
//! the core has an interior, at 0 it is not empty, above 0 it is empty and the weights say
//! why: they are a balanced collection of coalitions whose claims add up to more than there
//! is (Bondareva 1963, Shapley 1967).
//!
//! Payoffs are free: `x_i ≥ v({i}) − ε` bounds them from below and `x(N∖i)` from above. Cost
//! as for [`ExcessProgram`]; at most 24 players.
//!
//! Reference: Maschler, Peleg & Shapley (1979), Geometric properties of the kernel,
//! nucleolus, and related solution concepts, *Mathematics of Operations Research* 4.

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::lp::Backend;
use crate::solve::excess_program::{ExcessProgram, ExcessSolution};
use crate::solve::separation::ValueTable;
use crate::solve::settlement::{LeastCoreBound, LeastCoreRange, Weights};
use crate::solve::span::Span;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Above the sum of a bound's dual weights, at first.
const PRICE: f64 = 64.0;
/// Dual weights that add up to this prove nothing in floating point.
const MAX_PRICE: f64 = 1e6;

/// The least-core value, an allocation that attains it and the proof that none is better.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastCore {
    /// `ε*`.
    pub value: f64,
    /// An allocation of the least core.
    pub allocation: Vec<f64>,
    /// A balanced collection: for each player the weights of the coalitions with it sum to 1,
    /// and `Σ λ_S v(S) = v(N) + ε* Σ λ_S`.
    pub weights: Weights,
}

impl LeastCore {
    /// Reads it off the first level of the nucleolus.
    pub(crate) fn from_level(solution: &ExcessSolution) -> Self {
        // Σ weight · 1_S = −multiplier · 1_N, and the weights sum to 1.
        let scale = -solution.multipliers[0];
        Self {
            value: solution.t,
            allocation: solution.allocation.clone(),
            weights: solution.weights.iter().map(|&(s, w)| (s, w / scale)).collect(),
        }
    }
}

/// What the least-core computations of one game share: its values, the backend, and the
/// coalitions that have mattered so far.
pub struct LeastCoreSolver<'a> {
    table: &'a ValueTable,
    backend: Backend,
    pub(crate) pool: Vec<Coalition>,
}

impl<'a> LeastCoreSolver<'a> {
    /// A solver for the game.
    pub fn new(table: &'a ValueTable, backend: Backend) -> Self {
        Self { table, backend, pool: Vec::new() }
    }

    /// The least core. `None` if the time was up first.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn least_core(&mut self, work: &Work) -> Result<Option<LeastCore>> {
        let (fixed, span) = grand(self.table);
        let n = self.table.players();
        let start = vec![fixed[0].1 / n as f64; n];
        let program = ExcessProgram {
            table: self.table,
            payoff: None,
            price: 1.0,
            least: None,
            fixed: &fixed,
            span: &span,
            floors: None,
            backend: self.backend,
        };
        let solution = program.solve(&start, &mut self.pool, work)?;
        Ok(solution.as_ref().map(LeastCore::from_level))
    }

    /// The lowest and the highest payoff of `player` over the least core of value `value`,
    /// starting from one of its allocations. `None` if the time was up first.
    ///
    /// # Errors
    /// If there is no such player or the backend fails.
    pub fn range(
        &mut self,
        value: f64,
        allocation: &[f64],
        player: usize,
        work: &Work,
    ) -> Result<Option<LeastCoreRange>> {
        let n = self.table.players();
        if player >= n {
            return Err(Error::system(
                format!("no player {player} among {n}"),
                format!("name one from 0 to {}", n - 1),
            ));
        }
        let Some(lowest) = self.bound(value, allocation, player, 1.0, work)? else {
            return Ok(None);
        };
        let Some(highest) = self.bound(value, allocation, player, -1.0, work)? else {
            return Ok(None);
        };
        // One point, but for rounding: the two are in order all the same.
        let (a, b) = (lowest.allocation[player], highest.allocation[player]);
        Ok(Some(LeastCoreRange { leader: player, control: [a.min(b), a.max(b)], lowest, highest }))
    }

    fn bound(
        &mut self,
        value: f64,
        allocation: &[f64],
        player: usize,
        sign: f64,
        work: &Work,
    ) -> Result<Option<LeastCoreBound>> {
        let (fixed, span) = grand(self.table);
        let mut price = PRICE;
        loop {
            let program = ExcessProgram {
                table: self.table,
                payoff: Some((player, sign)),
                price,
                least: Some(value),
                fixed: &fixed,
                span: &span,
                floors: None,
                backend: self.backend,
            };
            let Some(solution) = program.solve(allocation, &mut self.pool, work)? else {
                return Ok(None);
            };
            let tolerance = Tolerances::DEFAULT.excess * self.table.unit();
            if solution.t <= value + tolerance || price >= MAX_PRICE {
                return Ok(Some(LeastCoreBound {
                    allocation: solution.allocation,
                    weights: solution.weights,
                    total: solution.multipliers[0],
                }));
            }
            // It paid to leave the least core: the price was too low.
            price *= 64.0;
        }
    }
}

/// What is settled from the start: the grand coalition.
pub(crate) fn grand(table: &ValueTable) -> (Vec<(Coalition, f64)>, Span) {
    let everyone = table.grand();
    let mut span = Span::new(table.players());
    span.insert(everyone);
    (vec![(everyone, table.value(everyone))], span)
}
