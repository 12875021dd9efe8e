//! The backends, each behind `good_lp`.

use good_lp::{
    Constraint, Expression, ProblemVariables, ResolutionError, Solution as _, SolverModel,
    variable,
};

use crate::error::{Error, ErrorKind, Result};
use crate::lp::program::{Comparison, LinearProgram, Outcome, Solution};

/// How far a backend's solution may violate a row before it is no solution.
const FEASIBILITY: f64 = 1e-6;

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
    pub fn solve(self, program: &LinearProgram) -> Outcome {
        match self {
            Self::Microlp => through(program, good_lp::microlp, |_| Ok(())),
            #[cfg(feature = "clarabel")]
            Self::Clarabel => super::clarabel::solve(program),
            #[cfg(feature = "highs")]
            Self::Highs => through(program, good_lp::highs, |_| Ok(())),
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
        Err(Error::from(ErrorKind::Backend { backend: self.name(), problem }))
    }
}
