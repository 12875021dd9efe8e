//! The report on an estimate of the model's parameters: schema `equipoise/fit/1`. It holds the
//! observations themselves, so that everything in it can be computed again.

mod alignment;
mod check;
mod html;
mod text;
mod tidy;

pub use alignment::{AlignmentFit, AlignmentTable, AlignmentTerm, check_alignment_fit};
pub use check::check_fit;
pub(in crate::report) use text::p_value;
pub use tidy::FitTable;
pub(in crate::report) use tidy::table_of;

pub use crate::evidence::decisiveness::{FIT_SCHEMA, Fit};

impl Fit {
    /// The report as JSON.
    pub fn json(&self) -> String {
        // All keys are strings, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
