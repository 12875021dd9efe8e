//! The questions, solvers and proofs of [`equipoise`](https://docs.rs/equipoise): all that lies below its
//! tests against history, reports, figures and command line. Use that crate: it has everything of this
//! one under the same names.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod analysis;
pub mod certify;
#[doc(hidden)]
pub mod chance;
pub mod coalition;
pub mod contest;
pub mod dataset;
pub mod error;
pub mod exact;
pub mod finding;
pub mod game;
pub mod lp;
#[doc(hidden)]
pub mod order;
pub mod parameters;
pub mod polarity;
mod sequence;
pub mod setting;
pub mod simulation;
pub mod solve;
pub mod sweep;
pub mod system;
#[doc(hidden)]
pub mod table;
pub mod theory;
pub mod threat;
pub mod tolerance;
pub mod verdict;
pub mod work;
