//! The report on a cooperative game: schema `equipoise/coalition/1`.

mod build;
mod check;
mod large;
mod read;
mod schema;
mod text;
mod tidy;
mod values;

pub use check::check;
pub use schema::*;
