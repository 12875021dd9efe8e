//! The backends, each behind `good_lp`.

use std::sync::mpsc;
use std::thread;

use good_lp::solvers::SolverModel;
use good_lp::variable::UnsolvedProblem;
use good_lp::{Expression, ProblemVariables, ResolutionError, Solution as _, variable};

use crate::error::{Error, ErrorKind, Result};
use crate::lp::program::{Comparison, LinearProgram, Outcome, Solution};
use crate::work::Work;

/// How far a backend's solution may violate a row before it is no solution.
const FEASIBILITY: f64 = 1e-6;

/// Programmes with fewer cells are solved in milliseconds.
const SMALL: usize = 1 << 12;

/// A solver of linear programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// `microlp`: a simplex in Rust; vertex solutions, nothing to install. The default.
    #[default]
    Microlp,
    /// `clarabel`: an interior-point method in Rust.
    #[cfg(feature = "clarabel")]
    Clarabel,
    /// `highs`: a simplex in C++; needs cmake and a C++ compiler to build.
    #[cfg(feature = "highs")]
    Highs,
}

impl Backend {
    /// The backends of this build.
    pub const ALL: &'static [Self] = &[
        Self::Microlp,
        #[cfg(feature = "clarabel")]
        Self::Clarabel,
        #[cfg(feature = "highs")]
        Self::Highs,
    ];

    /// The names of all backends, those of other builds too. Each is the cargo feature that adds
    /// it, but for the first, which is always there.
    pub const NAMES: &'static [&'static str] = &["microlp", "clarabel", "highs"];

    /// Its name, as the command line has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microlp => "microlp",
            #[cfg(feature = "clarabel")]
            Self::Clarabel => "clarabel",
            #[cfg(feature = "highs")]
            Self::Highs => "highs",
        }
    }

    /// Solves the programme.
    ///
    /// What needs no solver is settled here, alike for all backends: coefficients that are
    /// not finite, bounds that contradict each other, programmes without rows.
    pub fn solve(self, program: &LinearProgram) -> Outcome {
        if let Some(outcome) = without_solver(program) {
            return outcome;
        }
        match self {
            Self::Microlp => through(program, good_lp::microlp),
            #[cfg(feature = "clarabel")]
            Self::Clarabel => super::clarabel::solve(program),
            #[cfg(feature = "highs")]
            Self::Highs => super::highs::solve(program),
        }
    }

    /// Solves a programme that has a solution by construction, so that anything else is a
    /// fault of the backend.
    ///
    /// # Errors
    /// If the backend reports anything but an optimum.
    pub fn optimum(self, program: &LinearProgram) -> Result<Solution> {
        let problem = match self.solve(program) {
            Outcome::Optimal(solution) => return Ok(solution),
            Outcome::Infeasible => "infeasible, though a solution exists".to_owned(),
            Outcome::Unbounded => "unbounded, though the objective is bounded".to_owned(),
            Outcome::Stopped(why) => why,
        };
        Err(self.fault(problem))
    }

    /// As [`optimum`](Self::optimum), in the time that there is. Backends know no clock: where
    /// there is one, a large programme is solved by a thread that is left behind when the time
    /// is up.
    ///
    /// # Errors
    /// As [`optimum`](Self::optimum); [`ErrorKind::TimeUp`] if the time is up.
    pub fn optimum_within(self, program: LinearProgram, work: &Work) -> Result<Solution> {
        let Some(left) = work.left() else { return self.optimum(&program) };
        if program.rows() * program.variables() < SMALL {
            work.in_time()?;
            return self.optimum(&program);
        }
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(self.optimum(&program)));
        receiver.recv_timeout(left).unwrap_or_else(|_| Err(ErrorKind::TimeUp.into()))
    }

    /// That it failed, and which others of this build may be tried.
    pub(crate) fn fault(self, problem: String) -> Error {
        let others = Self::ALL.iter().filter(|&&other| other != self).map(|other| other.name());
        let others: Vec<&str> = others.collect();
        let remedy = match others.is_empty() {
            true => {
                "this build has no other one (cargo features add clarabel and highs)".to_owned()
            }
            false => format!("try --lp {}", others.join(" or --lp ")),
        };
        ErrorKind::Backend { backend: self.name(), problem, remedy }.into()
    }
}

/// The outcome of a programme that can be told without a solver.
fn without_solver(program: &LinearProgram) -> Option<Outcome> {
    let numbers = program.costs.iter().chain(program.terms.iter().map(|(_, a)| a));
    if !numbers.chain(program.rows.iter().map(|row| &row.bound)).all(|x| x.is_finite()) {
        return Some(Outcome::Stopped("a coefficient of the programme is not finite".into()));
    }
    let empty = |&(low, high): &(f64, f64)| {
        !(low <= high && low < f64::INFINITY && high > f64::NEG_INFINITY)
    };
    if program.bounds.iter().any(empty) {
        return Some(Outcome::Infeasible);
    }
    if !program.rows.is_empty() {
        return None;
    }
    let best = |(&cost, &(low, high)): (&f64, &(f64, f64))| match cost {
        _ if cost > 0.0 => low,
        _ if cost < 0.0 => high,
        _ => 0.0f64.clamp(low, high),
    };
    let values: Vec<f64> = program.costs.iter().zip(&program.bounds).map(best).collect();
    if values.iter().all(|x| x.is_finite()) {
        Some(accept(program, values))
    } else {
        Some(Outcome::Unbounded)
    }
}

/// `program` as a model of a `good_lp` solver, and its variables there.
pub(super) fn model<M: SolverModel>(
    program: &LinearProgram,
    solver: impl FnOnce(UnsolvedProblem) -> M,
) -> (M, Vec<good_lp::Variable>) {
    let mut unknowns = ProblemVariables::new();
    let handles: Vec<_> = program
        .bounds
        .iter()
        .map(|&(low, high)| unknowns.add(variable().min(low).max(high)))
        .collect();
    let mut objective = Expression::with_capacity(handles.len());
    for (&x, &cost) in handles.iter().zip(&program.costs) {
        if cost != 0.0 {
            objective.add_mul(cost, x);
        }
    }
    let mut model = solver(unknowns.minimise(objective));
    for row in &program.rows {
        let mut left = Expression::with_capacity(row.terms.len());
        for &(v, a) in &program.terms[row.terms.clone()] {
            left.add_mul(a, handles[v.0]);
        }
        model.add_constraint(match row.comparison {
            Comparison::AtMost => left.leq(row.bound),
            Comparison::Equal => left.eq(row.bound),
            Comparison::AtLeast => left.geq(row.bound),
        });
    }
    (model, handles)
}

/// Solves `program` through a `good_lp` solver whose errors can be believed.
pub(super) fn through<M>(
    program: &LinearProgram,
    solver: impl FnOnce(UnsolvedProblem) -> M,
) -> Outcome
where
    M: SolverModel<Error = ResolutionError>,
{
    let (model, handles) = model(program, solver);
    match model.solve() {
        Ok(solution) => accept(program, handles.iter().map(|&x| solution.value(x)).collect()),
        Err(ResolutionError::Infeasible) => Outcome::Infeasible,
        Err(ResolutionError::Unbounded) => Outcome::Unbounded,
        Err(other) => Outcome::Stopped(other.to_string()),
    }
}

/// Takes values for a solution only if they are one.
pub(super) fn accept(program: &LinearProgram, values: Vec<f64>) -> Outcome {
    if !values.iter().all(|x| x.is_finite()) || !program.is_feasible(&values, FEASIBILITY) {
        return Outcome::Stopped("what it calls a solution violates a row or a bound".into());
    }
    Outcome::Optimal(Solution { objective: program.objective(&values), values })
}
