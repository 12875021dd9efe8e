//! Answers with their evidence, and the questions they answer: plain data, by kind of game.
//!
//! A solver ([`solve`](crate::solve)) hands a finding out; [`certify`](crate::certify) accepts or
//! refutes it from the game alone. All that the two have in common is the game and the finding.

pub mod alignment;
pub mod blocs;
pub mod cooperative;
pub mod hedonic;
pub mod security;
pub mod settlement;
pub mod strategic;
