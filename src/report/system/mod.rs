//! The report on one system, through the lenses.

mod build;
mod check;
mod explain;
mod given;
mod html;
pub(super) mod lens;
pub(super) mod read;
pub(super) mod schema;
mod states;
mod text;
mod tidy;
pub(crate) mod words;

pub(super) use build::system_report;
pub use check::check;
pub use given::{GivenReport, MoveReport};
pub use lens::*;
pub use schema::*;
