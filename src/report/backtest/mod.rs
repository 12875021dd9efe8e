//! The report on a backtest: schema `equipoise/backtest/1`. It holds the rows themselves, so that
//! every score can be computed again.

mod check;
mod html;
mod text;
mod tidy;

pub use check::check_backtest;
pub(in crate::report) use text::target_words;
pub use tidy::BacktestTable;

pub use crate::evidence::backtest::{BACKTEST_SCHEMA, Backtest, Score};

impl Backtest {
    /// The report as JSON.
    pub fn json(&self) -> String {
        // All keys are strings, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
