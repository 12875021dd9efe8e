//! What the report says of tactics beyond the base game: keys added to the alignment lens.

mod build;
mod check;
mod read;
pub(in crate::report::system) mod schema;
mod text;

pub(super) use build::{roles, window};
pub(super) use check::claims;
pub(super) use read::AlignmentReader;
pub(super) use text::write as text;
