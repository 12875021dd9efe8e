//! The report: a plain structure whose JSON form is the contract (schema 1). Every other
//! output is drawn from it, and it holds all that is needed to check it.

mod any;
pub mod backtest;
mod check;
pub mod coalition;
pub mod compare;
pub mod fit;
pub mod format;
pub mod game;
mod given;
mod html;
mod keyed;
mod provenance;
mod read;
mod schema;
mod security;
mod selection;
pub mod simulation;
pub mod sweep;
mod tactics;
pub(crate) mod text;
pub mod theory;
mod tidy;
mod verification;
mod write;

pub use any::check_json;
pub use check::check;
pub use game::{GameReport, check_game};
pub use given::{GivenReport, MoveReport};
pub use html::{Figure, Page};
pub use keyed::Keyed;
pub use provenance::{InputReport, Provenance, Traced, sha256};
pub use schema::*;
use schema::{LISTED, cut, is_full};
pub use security::{
    HeldReport, SampleReport, SecurityCycleReport, SecurityEquilibriumReport, SecurityReport,
    StancesReport, TargetBy, TrustReport,
};
pub use selection::schema::*;
pub use tactics::schema::*;
pub use verification::{Acceptance, Verification};
