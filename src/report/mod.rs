//! The report: a plain structure whose JSON form is the contract (schema 1). Every other
//! output is drawn from it, and it holds all that is needed to check it.

mod any;
pub mod backtest;
pub mod coalition;
pub mod compare;
pub mod fit;
pub mod format;
pub mod game;
mod html;
mod keyed;
mod provenance;
pub mod simulation;
pub mod sweep;
mod system;
pub(crate) mod text;
pub mod theory;
mod verification;

pub use any::check_json;
pub use game::{GameReport, check_game};
pub use html::{Figure, Page};
pub use keyed::Keyed;
pub use provenance::{InputReport, Provenance, Traced, sha256};
pub(crate) use system::words;
pub use system::*;
pub use verification::{Acceptance, Verification};
