//! The command line as users type it.

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod desk;
mod docs;
mod evidence;
mod explore;
mod files;
mod golden;
mod help;
mod parts;
mod r;
mod reference;
mod sessions;
mod tampering;
