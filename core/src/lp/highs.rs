//! HiGHS: a simplex in C++ (Huangfu & Hall 2018).
//!
//! `good_lp` reports its status *unbounded or infeasible*, which presolve can leave open, as
//! infeasible. A second solve without the objective tells the two apart: it cannot be
//! unbounded.

use good_lp::solvers::highs::{HighsParallelType, HighsProblem, highs};
use good_lp::variable::UnsolvedProblem;

use super::backend::through;
use super::program::{LinearProgram, Outcome};

/// Feasibility of rows and of reduced costs: below the tolerance of separation.
const TOLERANCE: f64 = 1e-10;

/// Solves the programme.
pub(super) fn solve(program: &LinearProgram) -> Outcome {
    match through(program, prepared) {
        Outcome::Infeasible => {
            let mut without_objective = program.clone();
            without_objective.costs.fill(0.0);
            match through(&without_objective, prepared) {
                Outcome::Optimal(_) => Outcome::Unbounded,
                _ => Outcome::Infeasible,
            }
        }
        outcome => outcome,
    }
}

/// One thread, so that the same programme has the same solution on every machine.
fn prepared(problem: UnsolvedProblem) -> HighsProblem {
    highs(problem)
        .set_parallel(HighsParallelType::Off)
        .set_threads(1)
        .set_option("primal_feasibility_tolerance", TOLERANCE)
        .set_option("dual_feasibility_tolerance", TOLERANCE)
}
