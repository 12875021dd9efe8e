//! The report on a cooperative game: schema `equipoise/coalition/1`.

mod allocation;
mod build;
pub(crate) mod by_rule;
mod certificates;
mod check;
mod externalities;
mod form;
mod hedonic;
mod indices;
mod large;
mod origin;
mod placed;
mod read;
mod schema;
mod text;
mod tidy;
mod values;
mod withdraw;

pub use allocation::*;
pub use certificates::*;
pub use check::check;
pub use externalities::*;
pub use hedonic::*;
pub use placed::{AllianceReport, AlliancesReport, ComponentReport, NetworkReport};
pub use schema::*;
pub use values::TableValues;
