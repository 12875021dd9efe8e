//! The page of a backtest.

use maud::{Markup, html};

use super::{Backtest, check_backtest};
use crate::error::Result;
use crate::evidence::backtest::Score;
use crate::report::Page;
use crate::report::html::parts::{certificate, table};

impl Backtest {
    /// The backtest as one self-contained page of HTML, with what was verified of it.
    ///
    /// # Errors
    /// As [`check_backtest`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_backtest(self, false)?;
        let title = self.title();
        let columns = [
            "predictor",
            "#area",
            "#log loss",
            "#p",
            "#area out of time",
            "#log loss out of time",
            "beside the rules",
        ];
        let rows = |scores: &[Score]| html! { @for score in scores { (row(score)) } };
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            (page.figures())
            h2 { "The model" }
            (table("model", &columns, &rows(&self.predictors)))
            h2 { "Trivial rules" }
            (table("rules", &columns, &rows(&self.baselines)))
            h2 { "Caution" }
            ul { @for warning in &self.warnings { li { (warning) } } }
            h2 { "Certificate" }
            (certificate(&verified))
        };
        Ok(page.around(&title, &body))
    }
}

fn row(score: &Score) -> Markup {
    let some = |value: Option<f64>| {
        html! {
            @match value {
                Some(value) => td.n data-value=(value) { (format!("{value:.4}")) },
                None => td.n { "–" },
            }
        }
    };
    let out = score.out_of_time.as_ref();
    let added =
        score.beside.as_ref().map_or("", |added| match (added.adds, score.is_upside_down()) {
            (true, true) => "adds something, turned round",
            (true, false) => "adds something",
            (false, _) => "adds nothing",
        });
    html! {
        tr {
            td title=(score.says) { (score.name) }
            (some(score.auc)) (some(score.log_loss)) (some(score.p_qap))
            (some(out.and_then(|o| o.auc))) (some(out.and_then(|o| o.log_loss)))
            td { (added) }
        }
    }
}
