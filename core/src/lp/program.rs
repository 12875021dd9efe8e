//! The description of a linear programme and of what came of it.

use std::ops::Range;

/// How a row's left side compares with its right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `a·x ≤ b`
    AtMost,
    /// `a·x = b`
    Equal,
    /// `a·x ≥ b`
    AtLeast,
}

/// A variable of a [`LinearProgram`], by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable(pub usize);

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) terms: Range<usize>,
    pub(super) comparison: Comparison,
    pub(super) bound: f64,
}

/// Minimise `c·x` subject to rows `a·x {≤,=,≥} b` and bounds `l ≤ x ≤ u`.
///
/// Always a minimisation: some backends flip the signs of duals when they maximise.
#[derive(Debug, Clone, Default)]
pub struct LinearProgram {
    pub(super) costs: Vec<f64>,
    pub(super) bounds: Vec<(f64, f64)>,
    pub(super) rows: Vec<Row>,
    pub(super) terms: Vec<(Variable, f64)>,
}

impl LinearProgram {
    /// A programme without variables or rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable with this cost, between `low` and `high` (either may be infinite).
    pub fn variable(&mut self, cost: f64, low: f64, high: f64) -> Variable {
        self.costs.push(cost);
        self.bounds.push((low, high));
        Variable(self.costs.len() - 1)
    }

    /// Adds a variable `≥ 0` with this cost.
    pub fn non_negative(&mut self, cost: f64) -> Variable {
        self.variable(cost, 0.0, f64::INFINITY)
    }

    /// Adds a variable without bounds with this cost.
    pub fn free(&mut self, cost: f64) -> Variable {
        self.variable(cost, f64::NEG_INFINITY, f64::INFINITY)
    }

    /// Adds the row `Σ coefficient · variable {≤,=,≥} bound`.
    pub fn row(
        &mut self,
        terms: impl IntoIterator<Item = (Variable, f64)>,
        comparison: Comparison,
        bound: f64,
    ) {
        let start = self.terms.len();
        self.terms.extend(terms);
        self.rows.push(Row { terms: start..self.terms.len(), comparison, bound });
    }

    /// The number of variables.
    pub fn variables(&self) -> usize {
        self.costs.len()
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether `values` satisfy every row and bound to within `tolerance`. O(non-zeros).
    pub fn is_feasible(&self, values: &[f64], tolerance: f64) -> bool {
        let in_bounds = values
            .iter()
            .zip(&self.bounds)
            .all(|(x, (low, high))| *x >= low - tolerance && *x <= high + tolerance);
        in_bounds
            && self.rows.iter().all(|row| {
                let left: f64 =
                    self.terms[row.terms.clone()].iter().map(|(v, a)| a * values[v.0]).sum();
                match row.comparison {
                    Comparison::AtMost => left <= row.bound + tolerance,
                    Comparison::Equal => (left - row.bound).abs() <= tolerance,
                    Comparison::AtLeast => left >= row.bound - tolerance,
                }
            })
    }

    /// The objective at `values`.
    pub fn objective(&self, values: &[f64]) -> f64 {
        self.costs.iter().zip(values).map(|(c, x)| c * x).sum()
    }
}

/// What came of a linear programme.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A best solution.
    Optimal(Solution),
    /// No solution satisfies all rows.
    Infeasible,
    /// Solutions of any value, however low.
    Unbounded,
    /// The backend gave up, or what it gave back is no solution: why.
    Stopped(String),
}

/// A best solution: the objective, recomputed from the values, and each variable's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The objective.
    pub objective: f64,
    /// The values, by variable number.
    pub values: Vec<f64>,
}

impl Solution {
    /// A variable's value.
    pub fn value(&self, variable: Variable) -> f64 {
        self.values[variable.0]
    }
}
