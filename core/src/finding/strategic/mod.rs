//! What is found out about a strategic game.

pub mod correlated;
mod dominance;
pub mod mixed;
mod refinement;

pub use dominance::{Belief, Dominance, Elimination};
pub use refinement::{Blocking, Refined, Refinement};
