//! Which equilibrium of choosing sides is likely: keys added to the alignment lens.

mod read;
pub(in crate::report::system) mod schema;
mod text;
mod tidy;
mod write;

pub(super) use read::selection as read;
pub(super) use text::write as text;
pub(super) use tidy::rows;
pub(super) use write::report;
