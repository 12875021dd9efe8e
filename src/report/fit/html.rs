//! The page of an estimate.

use maud::html;

use super::{Fit, check_fit};
use crate::error::Result;
use crate::report::Page;
use crate::report::html::parts::{certificate, table};

impl Fit {
    /// The estimate as one self-contained page of HTML, with what was verified of it.
    ///
    /// # Errors
    /// As [`check_fit`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_fit(self, false)?;
        let title = self.title();
        let number = |value: f64| html! { td.n data-value=(value) { (format!("{value:.4}")) } };
        let some = |value: Option<f64>| match value {
            Some(value) => number(value),
            None => html! { td.n { "–" } },
        };
        let terms = html! {
            @for term in &self.terms {
                tr {
                    td { (term.term) }
                    (number(term.estimate)) (number(term.std_error)) (number(term.p_value))
                    (some(term.interval[0])) (some(term.interval[1]))
                }
            }
        };
        let groups = html! {
            @for group in &self.groups {
                tr {
                    td { (group.by) } td { (group.group) }
                    td.n data-value=(group.n) { (group.n) }
                    (some(group.term.as_ref().map(|term| term.estimate)))
                    (some(group.term.as_ref().and_then(|term| term.interval[0])))
                    (some(group.term.as_ref().and_then(|term| term.interval[1])))
                    (some(group.log_loss)) (some(group.log_loss_at_2))
                }
            }
        };
        let wars = html! {
            @for war in &self.wars {
                tr {
                    td { (war.name) }
                    td.n data-value=(war.year) { (war.year) }
                    (number(war.powers[0])) (number(war.powers[1]))
                    td { (war.outcome.words()) }
                }
            }
        };
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            (page.figures())
            h2 { "Estimates" }
            (table("terms", &["term", "#estimate", "#standard error", "#p", "#from", "#to"], &terms))
            h2 { "Parts of the wars" }
            (table("groups", &["by", "part", "#wars", "#decisiveness", "#from", "#to", "#log loss",
                               "#at 2"], &groups))
            @if !self.warnings.is_empty() {
                h2 { "Caution" }
                ul { @for warning in &self.warnings { li { (warning) } } }
            }
            h2 { "Wars" }
            (table("wars", &["war", "#year", "#power 1", "#power 2", "won by"], &wars))
            h2 { "Certificate" }
            (certificate(&verified))
        };
        Ok(page.around(&title, &body))
    }
}
