//! The report on a sweep: points, cells, areas and borders, in one structure whose JSON form is
//! the contract.

mod check;
mod columns;
#[cfg(feature = "parquet")]
mod parquet;
mod read;
mod regions;
mod schema;
mod text;
mod tidy;

pub use check::check_sweep;
pub use columns::{Cells, Column};
pub use regions::Region;
pub use schema::*;

pub use crate::sweep::Aspect;
