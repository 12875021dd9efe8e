//! The descent to the nucleolus, level by level.
//!
//! Each level minimises the largest excess over the coalitions not settled, and settles those
//! with positive dual weights: they have that excess in *every* optimal allocation, which
//! other coalitions that happen to be tight need not have. What is settled is kept as a set of
//! independent coalitions with their payoffs and as their span, exactly.

use crate::coalition::Coalition;
use crate::error::Result;
use crate::game::cooperative::Types;
use crate::solve::cooperative::nucleolus::excess_program::Goal;
use crate::solve::cooperative::nucleolus::least_core::{LeastCoreSolver, grand};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::linear::elimination::balance;
use crate::solve::settlement::Level;
use crate::work::Work;

/// One level, as the solver knows it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) level: Level,
    /// The dual weights of what was settled before: with the level's they add up to nothing.
    pub(crate) multipliers: Vec<f64>,
    /// How many independent coalitions are settled after it.
    pub(crate) settled: usize,
}

/// How far the descent is.
#[derive(Debug, Clone)]
pub(crate) struct Descent {
    /// Agrees with all that is settled and has no larger excess than the last level's.
    pub(crate) allocation: Vec<f64>,
    pub(crate) steps: Vec<Step>,
    /// Independent coalitions and their payoffs, the grand one first.
    pub(crate) fixed: Vec<(Coalition, f64)>,
    span: Span,
    pub(crate) types: Types,
}

impl Descent {
    /// At the top: nothing but the grand coalition is settled.
    pub(crate) fn new(solver: &LeastCoreSolver) -> Self {
        let (fixed, span) = grand(solver.table());
        let types = solver.table().types().clone();
        Self { allocation: solver.start().to_vec(), steps: Vec::new(), fixed, span, types }
    }

    /// Whether everybody's payoff is settled.
    pub(crate) fn is_complete(&self) -> bool {
        self.span.rank() == self.allocation.len()
    }

    /// One level down. `None` if the time was up.
    pub(crate) fn step(
        &mut self,
        solver: &mut LeastCoreSolver,
        floors: Option<&[f64]>,
        work: &Work,
    ) -> Result<Option<()>> {
        let settled = (&self.fixed[..], &self.span);
        let Some(solution) =
            solver.program(Goal::Level, settled, floors, &self.allocation, work)?
        else {
            return Ok(None);
        };
        for &(s, _) in &solution.weights {
            if self.span.insert(s) {
                self.fixed.push((s, solver.table().value(s) - solution.t));
            }
        }
        for &(i, _) in &solution.floors {
            let alone = self.types.one(i);
            if let (true, Some(floors)) = (self.span.insert(alone), floors) {
                self.fixed.push((alone, floors[i]));
            }
        }
        self.allocation = self.agreeing(&solution.allocation);
        self.steps.push(Step {
            level: Level { excess: solution.t, weights: solution.weights, floors: solution.floors },
            multipliers: solution.multipliers,
            settled: self.fixed.len(),
        });
        Ok(Some(()))
    }

    /// `near`, moved so that it gives the settled coalitions exactly what is settled.
    fn agreeing(&self, near: &[f64]) -> Vec<f64> {
        let member =
            |i: usize| self.fixed.iter().map(|&(s, _)| self.types.count(s, i) as f64).collect();
        let columns: Vec<(Vec<f64>, f64)> =
            near.iter().enumerate().map(|(i, &x)| (member(i), x)).collect();
        let values: Vec<f64> = self.fixed.iter().map(|&(_, value)| value).collect();
        balance(&columns, &values).unwrap_or_else(|| near.to_vec())
    }
}
