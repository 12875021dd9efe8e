//! Systems of states: files, lenses, reports, sweeps.

mod alignment;
mod backends;
mod blocs;
#[path = "../common/mod.rs"]
mod common;
mod dataset;
mod figures;
mod given;
mod nmc;
mod outcomes;
mod pairs;
mod random;
mod security;
mod settlement;
mod shipped;
mod simulation;
mod strips;
mod sweep;
mod tampering;
mod whole;
