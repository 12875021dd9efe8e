//! The report on a sweep: points, cells, areas and borders, in one structure whose JSON form is
//! the contract.

mod check;
mod read;
mod regions;
mod schema;
mod text;
mod tidy;

pub use check::check_sweep;
pub use regions::Region;
pub use schema::*;

pub use crate::sweep::Aspect;
