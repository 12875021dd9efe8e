//! Games in strategic form: equilibria in pure, mixed and correlated strategies.

pub(in crate::solve) mod beliefs;
pub mod correlated;
pub mod dominance;
pub mod mixed;
pub mod nash;
pub mod pure;
pub mod refinement;
pub(in crate::solve) mod scan;
