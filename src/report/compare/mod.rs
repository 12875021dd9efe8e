//! Polarity outcomes side by side: over cases, years, measures and parameters.
//!
//! **Definition.** A comparison is a list of reports with a row for each, in order, and with
//! what changed from the row before. Nothing in a row is computed anew: it restates its
//! report, and [`check_comparison`] holds the two together.
//!
//! **Method.** The cases are independent of one another and analysed on all threads.
//!
//! **Cost.** That of [`analyse`] for each case.

mod agreement;
mod change;
mod check;
mod row;
mod text;
mod tidy;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::analysis::{LeaderChoice, Options, analyse};
use crate::error::{Error, ErrorKind, Result};
use crate::parameters::Parameters;
use crate::report::Report;
use crate::system::System;
use crate::work::Work;

pub use agreement::Agreement;
pub use change::Change;
pub use check::check_comparison;
pub use row::{LensRow, Row};

/// The schema's name.
pub const COMPARISON_SCHEMA: &str = "equipoise/comparison/1";

/// A system to be looked at, with its parameters.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is called in the comparison.
    pub label: String,
    /// The cases that are the same but for the setting varied, or the measure, have one group:
    /// over each, the agreement of the verdicts is told.
    pub group: String,
    /// The system.
    pub system: System,
    /// The parameters of the model.
    pub parameters: Parameters,
    /// The leading state.
    pub leader: LeaderChoice,
    /// What was noticed on the way to the system.
    pub notes: Vec<String>,
}

/// Outcomes side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// [`COMPARISON_SCHEMA`].
    pub schema: String,
    /// One for each case, in order.
    pub rows: Vec<Row>,
    /// How far the verdicts of each group agree; only groups of several cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreement: Vec<Agreement>,
    /// The reports that the rows restate, in their order.
    pub reports: Vec<Report>,
}

/// Analyses the cases, on all threads, and sets them side by side.
///
/// # Errors
/// As [`analyse`], with the label of the case; the first in their order.
pub fn compare(cases: Vec<Case>, options: &Options, work: &Work) -> Result<Comparison> {
    work.begin("cases", cases.len() as u64);
    let quiet = work.unobserved();
    let analysed = cases.into_par_iter().map(|case| {
        let options = Options { leader: case.leader, ..options.clone() };
        let report = analyse(case.system, case.parameters, &options, &quiet)
            .map(|analysis| Report::new(&analysis, &case.notes));
        work.advance(1);
        match report {
            Ok(report) => Ok((case.label, case.group, report)),
            Err(source) => Err(Error::from(ErrorKind::Case { case: case.label, source })),
        }
    });
    // All of them first, so that the first error in order is told whoever comes across it.
    let analysed: Vec<Result<_>> = analysed.collect();
    work.end();
    analysed.into_iter().collect::<Result<Vec<_>>>().map(Comparison::new)
}

impl Comparison {
    /// Sets reports side by side, each with its label and its group.
    pub fn new(reports: Vec<(String, String, Report)>) -> Self {
        let rows = row::rows(&reports);
        let agreement = agreement::of(&rows);
        let reports = reports.into_iter().map(|(_, _, report)| report).collect();
        Self { schema: COMPARISON_SCHEMA.into(), rows, agreement, reports }
    }

    /// Whether a lens of some case is undecided.
    pub fn is_undecided(&self) -> bool {
        self.rows.iter().any(Row::is_undecided)
    }

    /// The comparison as JSON.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
