//! The least core: the allocations that make the largest complaint of any coalition as small
//! as can be.
//!
//! `ε* = min ε` subject to `x(S) ≥ v(S) − ε` for every `S ≠ ∅, N`, and `x(N) = v(N)`. Below 0
//! the core has an interior, at 0 it is not empty, above 0 it is empty and the weights say
//! why: they are a balanced collection of coalitions whose claims add up to more than there
//! is (Bondareva 1963, Shapley 1967).
//!
//! Payoffs are free: `x_i ≥ v({i}) − ε` bounds them from below and `x(N∖i)` from above. Rows
//! are generated; the cost is a scan of the 2^n coalitions and a small programme in each of
//! some ten rounds, for at most 24 players; of weighted majority games and of contests one of
//! O(2^(n/2)), for 40 (see [`meet_in_the_middle`](crate::solve::cooperative::separation::meet_in_the_middle) and
//! [`contest_separation`](crate::solve::cooperative::separation::contest)).
//!
//! Reference: Maschler, Peleg & Shapley (1979), Geometric properties of the kernel,
//! nucleolus, and related solution concepts, *Mathematics of Operations Research* 4.

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::cooperative::Types;
use crate::lp::Backend;
use crate::solve::cooperative::nucleolus::descent::{Descent, Step};
use crate::solve::cooperative::nucleolus::excess_program::{ExcessProgram, ExcessSolution, Goal};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::cooperative::separation::Separation;
use crate::solve::linear::elimination::balance;
use crate::solve::settlement::{LeastCoreBound, LeastCoreRange, Weights};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The least-core value, an allocation that attains it and the proof that none is better.
#[derive(Debug, Clone)]
pub struct LeastCore {
    /// `ε*`.
    pub value: f64,
    /// An allocation in the relative interior of the least core.
    pub allocation: Vec<f64>,
    /// A balanced collection: for each player the weights of the coalitions with it sum to 1,
    /// and `Σ λ_S v(S) = v(N) + ε* Σ λ_S`.
    pub weights: Weights,
    /// The first levels of the nucleolus, as many as have the excess `ε*`: what they settle
    /// is the same all over the least core, and nothing else is.
    steps: Vec<Step>,
    fixed: Vec<(Coalition, f64)>,
    span: Span,
}

impl LeastCore {
    /// Reads it off the levels of the nucleolus, all of them or so many that the last one's
    /// excess is lower.
    pub(crate) fn of(descent: &Descent, unit: f64) -> Option<Self> {
        let first = descent.steps.first()?;
        // Σ weight · 1_S = −multiplier · 1_N, and the weights sum to 1. (By type: of the numbers
        // of members.)
        let scale = -first.multipliers.first()?;
        let value = first.level.excess;
        let lower = value - 10.0 * Tolerances::DEFAULT.excess * unit;
        let steps: Vec<Step> =
            descent.steps.iter().take_while(|s| s.level.excess > lower).cloned().collect();
        let fixed = descent.fixed[..steps.last()?.settled].to_vec();
        let mut span = Span::by_type(descent.types.clone());
        fixed.iter().for_each(|&(s, _)| {
            span.insert(s);
        });
        Some(Self {
            value,
            allocation: descent.allocation.clone(),
            weights: first.level.weights.iter().map(|&(s, w)| (s, w / scale)).collect(),
            steps,
            fixed,
            span,
        })
    }
}

/// What the least-core computations of one game share: its values, the backend, and the
/// coalitions that have mattered so far.
pub struct LeastCoreSolver<'a> {
    table: &'a dyn Separation,
    backend: Backend,
    start: Vec<f64>,
    pool: Vec<Coalition>,
}

impl<'a> LeastCoreSolver<'a> {
    /// A solver for the game.
    pub fn new(table: &'a dyn Separation, backend: Backend) -> Self {
        Self { table, backend, start: table.start(), pool: Vec::new() }
    }

    /// The same, starting from an efficient allocation that may be close to the least core.
    #[must_use]
    pub fn starting_from(self, allocation: &[f64]) -> Self {
        Self { start: allocation.to_vec(), ..self }
    }

    /// The least core. `None` if the time was up first.
    ///
    /// # Errors
    /// If the backend fails.
    pub fn least_core(&mut self, work: &Work) -> Result<Option<LeastCore>> {
        let mut descent = Descent::new(self);
        let tolerance = 10.0 * Tolerances::DEFAULT.excess * self.table.unit();
        while !descent.is_complete() {
            if descent.step(self, None, work)?.is_none() {
                return Ok(None);
            }
            let excess = |s: Option<&Step>| s.map_or(0.0, |s| s.level.excess);
            if excess(descent.steps.last()) <= excess(descent.steps.first()) - tolerance {
                break;
            }
        }
        Ok(LeastCore::of(&descent, self.table.unit()))
    }

    /// Solves a programme over the game.
    pub(crate) fn program(
        &mut self,
        goal: Goal,
        (fixed, span): (&[(Coalition, f64)], &Span),
        floors: Option<&[f64]>,
        start: &[f64],
        work: &Work,
    ) -> Result<Option<ExcessSolution>> {
        let (table, backend) = (self.table, self.backend);
        let program = ExcessProgram { table, goal, fixed, span, floors, backend };
        program.solve(start, &mut self.pool, work)
    }

    /// The game's values.
    pub(crate) fn table(&self) -> &'a dyn Separation {
        self.table
    }

    /// Where it starts.
    pub(crate) fn start(&self) -> &[f64] {
        &self.start
    }

    /// The lowest and the highest payoff of `player` over the least core. `None` if the time
    /// was up first.
    ///
    /// Within the affine hull of the least core, which the levels of the nucleolus with
    /// excess `ε*` span, the other coalitions leave room: so the two programmes are sound
    /// however small the least core is, and where it is a point there is nothing to solve.
    ///
    /// # Errors
    /// If there is no such player or the backend fails.
    pub fn range(
        &mut self,
        core: &LeastCore,
        player: usize,
        work: &Work,
    ) -> Result<Option<LeastCoreRange>> {
        let n = self.table.width();
        if player >= n {
            return Err(Error::system(
                format!("no player {player} among {n}"),
                format!("name one from 0 to {}", n - 1),
            ));
        }
        let Some(lowest) = self.bound(core, player, 1.0, work)? else { return Ok(None) };
        let Some(highest) = self.bound(core, player, -1.0, work)? else { return Ok(None) };
        // One point, but for rounding: the two are in order all the same.
        let (a, b) = (lowest.allocation[player], highest.allocation[player]);
        Ok(Some(LeastCoreRange { leader: player, control: [a.min(b), a.max(b)], lowest, highest }))
    }

    fn bound(
        &mut self,
        core: &LeastCore,
        player: usize,
        sign: f64,
        work: &Work,
    ) -> Result<Option<LeastCoreBound>> {
        let (allocation, weights, multipliers) =
            match constant(self.table.types(), core, player, sign) {
                Some(multipliers) => (core.allocation.clone(), Weights::new(), multipliers),
                None => {
                    let limit = core.value;
                    let goal = Goal::Payoff { player, sign, limit };
                    let settled = (&core.fixed[..], &core.span);
                    match self.program(goal, settled, None, &core.allocation, work)? {
                        Some(found) => (found.allocation, found.weights, found.multipliers),
                        None => return Ok(None),
                    }
                }
            };
        let (weights, total) = without_signs(core, weights, multipliers);
        Ok(Some(LeastCoreBound { allocation, weights, total }))
    }
}

/// The multipliers of the settled coalitions that make up the player's payoff, if it is the
/// same all over the least core.
fn constant(types: &Types, core: &LeastCore, player: usize, sign: f64) -> Option<Vec<f64>> {
    if !core.span.contains(types.one(player)) {
        return None;
    }
    let n = types.len();
    let member = |s: Coalition| (0..n).map(|i| types.count(s, i) as f64).collect();
    let columns: Vec<_> = core.fixed.iter().map(|&(s, _)| (member(s), 0.0)).collect();
    let mut right = vec![0.0; n];
    right[player] = sign;
    balance(&columns, &right)
}

/// Weights of coalitions, all above zero, and a weight of the grand one, worth the same as
/// the given ones: each level's own combination, which is worth nothing, is added until none
/// of its coalitions has a weight below zero, from the last level up.
fn without_signs(core: &LeastCore, weights: Weights, mut multipliers: Vec<f64>) -> (Weights, f64) {
    let mut all = weights;
    let mut end = multipliers.len();
    for step in core.steps.iter().rev() {
        let begin = step.multipliers.len();
        let of = |s: Coalition| core.fixed[begin..end].iter().position(|&(b, _)| b == s);
        let mut own: Vec<(Coalition, f64, f64)> = Vec::with_capacity(step.level.weights.len());
        for &(s, w) in &step.level.weights {
            own.push((s, w, of(s).map_or(0.0, |at| multipliers[begin + at])));
        }
        let times = own.iter().map(|&(_, w, m)| -m / w).fold(0.0, f64::max);
        all.extend(own.iter().map(|&(s, w, m)| (s, m + times * w)));
        for (multiplier, own) in multipliers.iter_mut().zip(&step.multipliers) {
            *multiplier += times * own;
        }
        end = begin;
    }
    all.retain(|&(_, w)| w > 0.0);
    (all, multipliers[0])
}

/// What is settled from the start: the grand coalition.
pub(crate) fn grand(table: &dyn Separation) -> (Vec<(Coalition, f64)>, Span) {
    let everyone = table.grand();
    let mut span = Span::by_type(table.types().clone());
    span.insert(everyone);
    (vec![(everyone, table.value(everyone))], span)
}
