//! The report on a fit of the game of alignment: schema `equipoise/fit/1`, model `alignment`.

mod check;
mod text;
mod tidy;

use maud::html;

pub use check::check_alignment_fit;
pub use tidy::AlignmentTable;

use crate::error::Result;
pub use crate::evidence::alignment::{AlignmentFit, AlignmentTerm};
use crate::report::Page;
use crate::report::html::parts::{certificate, table};

impl AlignmentFit {
    /// The estimate as one self-contained page of HTML, with what was verified of it.
    ///
    /// # Errors
    /// As [`check_alignment_fit`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_alignment_fit(self)?;
        let title = self.title();
        let some = |value: Option<f64>| {
            html! {
                @match value {
                    Some(value) => td.n data-value=(value) { (format!("{value:.4}")) },
                    None => td.n { "–" },
                }
            }
        };
        let terms = html! {
            @for term in &self.terms {
                tr {
                    td { (term.term) }
                    (some(Some(term.estimate))) (some(term.std_error)) (some(term.std_error_cluster))
                    (some(term.interval.and_then(|ends| ends[0])))
                    (some(term.interval.and_then(|ends| ends[1])))
                }
            }
        };
        let columns =
            ["term", "#estimate", "#standard error", "#clustered by pair", "#from", "#to"];
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            (page.figures())
            h2 { "Estimates" }
            (table("terms", &columns, &terms))
            h2 { "Caution" }
            ul { @for warning in &self.warnings { li { (warning) } } }
            h2 { "Certificate" }
            (certificate(&verified))
        };
        Ok(page.around(&title, &body))
    }
}
