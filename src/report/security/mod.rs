//! What the security lens says, in a report.

mod check;
mod read;
mod schema;
mod text;
mod tidy;
mod write;

pub(super) use check::claims;
pub(super) use read::finding;
pub use schema::*;
pub(super) use text::write as write_text;
pub(crate) use text::{gist, sides};
pub(super) use tidy::rows;
pub(super) use write::report;
