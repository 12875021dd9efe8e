//! The report on a simulation, in one structure whose JSON form is the contract; and that on one
//! run of it that is replayed.

mod build;
mod check;
mod doubt_text;
mod replay;
mod replay_text;
mod schema;
mod text;
mod thorough;
mod tidy;

pub use check::{check_replay, check_simulation};
pub use replay::*;
pub use schema::*;
