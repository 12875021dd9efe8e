//! Which equilibrium of choosing sides is likely: keys added to the alignment lens.

mod build;
mod read;
pub(in crate::report::system) mod schema;
mod table;
mod text;

pub(super) use build::report;
pub(super) use read::selection as read;
pub(super) use table::rows;
pub(super) use text::write as text;
