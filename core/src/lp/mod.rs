//! Linear programmes: one description, one outcome, several backends.
//!
//! A thin layer over `good_lp`. It keeps apart the statuses that `good_lp` folds together,
//! and it hands out no duals: whoever needs them builds the dual and solves that too, so
//! that the equality of the two values proves both.

mod backend;
#[cfg(feature = "clarabel")]
mod clarabel;
#[cfg(feature = "highs")]
mod highs;
mod program;

pub use backend::Backend;
pub use program::{Comparison, LinearProgram, Outcome, Solution, Variable};
