//! A report passes its check; a report that says something else does not.

#[path = "../common/mod.rs"]
mod common;
mod every_leaf;
mod harmless;
mod kinds;
mod mutate;
mod system;
