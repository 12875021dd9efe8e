//! The report: a plain structure whose JSON form is the contract (schema 1). Every other
//! output is drawn from it, and it holds all that is needed to check it.

mod check;
pub mod coalition;
pub mod compare;
pub mod format;
pub mod game;
mod html;
mod keyed;
mod read;
mod schema;
mod security;
pub mod sweep;
mod tactics;
pub(crate) mod text;
pub mod theory;
mod tidy;
mod write;

pub use check::{Verification, check};
pub use game::{GameReport, check_game};
pub use html::Page;
pub use keyed::Keyed;
pub use schema::*;
pub use security::{
    HeldReport, SampleReport, SecurityCycleReport, SecurityEquilibriumReport, SecurityReport,
    StancesReport, TargetBy, TrustReport,
};
pub use tactics::schema::*;
