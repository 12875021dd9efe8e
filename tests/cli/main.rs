//! The command line as users type it.

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod docs;
mod files;
mod sessions;
