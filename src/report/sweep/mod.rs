//! The report on a sweep: points, cells, areas and borders, in one structure whose JSON form is
//! the contract.

mod columns;
mod schema;
mod text;
mod tidy;

pub use columns::{Cells, Column};
pub use schema::*;
