//! A report of every kind passes its check; a report that says something else does not.

mod every_leaf;
mod harmless;
pub mod kinds;
mod mutate;
