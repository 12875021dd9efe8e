//! Clarabel: a homogeneous interior-point method in Rust (Goulart & Chen 2024).
//!
//! `good_lp` hands out a finite vector with the status *optimal* for an unbounded programme,
//! so the model is taken from it and solved here, where the status can be seen. A
//! certificate of unboundedness does not say that there is a solution at all, so that is
//! looked for without the objective.

use ::clarabel::solver::{IPSolver as _, SolverStatus};
use good_lp::solvers::clarabel::{ClarabelProblem, clarabel};
use good_lp::variable::UnsolvedProblem;

use super::backend::{accept, model};
use super::program::{LinearProgram, Outcome};

/// Feasibility and gap: as tight as the method reaches on programmes of this kind. Where it
/// does not, it says *almost solved*, and what it has found is taken if it is feasible.
const TOLERANCE: f64 = 1e-11;

/// Solves the programme.
pub(super) fn solve(program: &LinearProgram) -> Outcome {
    match once(program) {
        Outcome::Unbounded => {
            let mut without_objective = program.clone();
            without_objective.costs.fill(0.0);
            match once(&without_objective) {
                Outcome::Optimal(_) => Outcome::Unbounded,
                other => other,
            }
        }
        outcome => outcome,
    }
}

fn once(program: &LinearProgram) -> Outcome {
    let (model, _) = model(program, prepared);
    let mut solver = match model.try_into_solver() {
        Ok(solver) => solver,
        Err(problem) => return Outcome::Stopped(problem.to_string()),
    };
    solver.solve();
    match solver.solution.status {
        // Its variables are in the order in which they were added, which is the programme's.
        SolverStatus::Solved | SolverStatus::AlmostSolved => {
            accept(program, solver.solution.x.clone())
        }
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
            Outcome::Infeasible
        }
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => Outcome::Unbounded,
        SolverStatus::Unsolved => Outcome::Stopped("unsolved".into()),
        SolverStatus::MaxIterations => Outcome::Stopped("too many iterations".into()),
        SolverStatus::MaxTime => Outcome::Stopped("out of time".into()),
        SolverStatus::NumericalError => Outcome::Stopped("a numerical error".into()),
        SolverStatus::InsufficientProgress => Outcome::Stopped("no more progress".into()),
        SolverStatus::CallbackTerminated => Outcome::Stopped("interrupted".into()),
    }
}

fn prepared(problem: UnsolvedProblem) -> ClarabelProblem {
    let mut model = clarabel(problem);
    model.settings().tol_feas(TOLERANCE).tol_gap_abs(TOLERANCE).tol_gap_rel(TOLERANCE);
    model
}
