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
mod label;
mod row;
pub(in crate::report) mod tally;
mod text;
mod theories;
mod tidy;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::analysis::{LeaderChoice, Options, analyse, draws};
use crate::dataset::Relation;
use crate::error::{Error, ErrorKind, Result};
use crate::game::{Chains, Tactics};
use crate::parameters::Parameters;
use crate::report::Provenance;
use crate::report::Report;
use crate::report::compare::theories::Answer;
use crate::solve::alignment;
use crate::system::System;
use crate::theory::Theory;
use crate::threat::TargetChoice;
use crate::work::{Work, parallel};

pub use agreement::Agreement;
pub use change::Change;
pub use check::check_comparison;
pub use row::{Row, SecurityRow};
pub use theories::{Kappa, TheoryRow, TheoryTable};

/// The schema's name.
pub const COMPARISON_SCHEMA: &str = "equipoise/comparison/1";

/// A system to be looked at, with its parameters.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is called in the comparison.
    pub label: String,
    /// The cases that are the same but for the setting varied, or the measure, have one group:
    /// over each, the agreement of the verdicts is reported.
    pub group: String,
    /// The system.
    pub system: System,
    /// The parameters of the model.
    pub parameters: Parameters,
    /// The leading state.
    pub leader: LeaderChoice,
    /// Whom the others face in the lens security.
    pub target: TargetChoice,
    /// The tactics, and how commitments bind.
    pub tactics: (Option<Tactics>, Chains),
    /// What is known of pairs of states, for the theories that read it.
    pub pairs: Vec<(Relation, Array2<f64>)>,
    /// What was noticed on the way to the system.
    pub notes: Vec<String>,
    /// Draws of parameters in doubt.
    pub draws: Option<CaseDraws>,
}

/// Draws of parameters in doubt, over which a case has a verdict too.
#[derive(Debug, Clone)]
pub struct CaseDraws {
    /// The parameters of each draw.
    pub parameters: Vec<Parameters>,
    /// Their seed.
    pub seed: u64,
    /// What is drawn, and its estimate.
    pub estimates: Vec<(String, f64)>,
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
    /// What published theories say of the cases, where they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theories: Option<TheoryTable>,
    /// The reports that the rows restate, in their order.
    pub reports: Vec<Report>,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// Analyses the cases, on all threads, and sets them side by side; with what these theories
/// say of them, if any are named.
///
/// # Errors
/// As [`analyse`] and [`Theory::solve`], with the label of the case; the first in their order.
/// That a theory does not take a case, or that a finding fails, is stated in its row.
pub fn compare(
    cases: Vec<Case>,
    theories: &[Theory],
    options: &Options,
    work: &Work,
) -> Result<Comparison> {
    Ok(Comparison::of(analysed(cases, theories, options, work)?, theories))
}

/// Analyses the cases, on all threads, for [`Comparison::of`] to set them side by side: those of
/// several calls, in the order of their cases, are those of one call with all cases.
///
/// # Errors
/// As [`compare`].
pub fn analysed(
    cases: Vec<Case>,
    theories: &[Theory],
    options: &Options,
    work: &Work,
) -> Result<Vec<Analysed>> {
    work.begin("cases", cases.len() as u64);
    let quiet = work.unobserved();
    // All of them first, so that the error reported is the first in order whichever thread meets it.
    let analysed = parallel(cases.len(), |k| {
        let found = one(&cases[k], theories, options, &quiet);
        work.advance(1);
        let case = || cases[k].label.clone();
        found.map_err(|source| Error::from(ErrorKind::Case { case: case(), source }))
    });
    work.end();
    analysed.into_iter().collect()
}

/// A case that was analysed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Analysed {
    labelled: Labelled,
    answers: Vec<Answer>,
}

/// A report with its label and its group.
type Labelled = (String, String, Report);

fn one(case: &Case, theories: &[Theory], options: &Options, work: &Work) -> Result<Analysed> {
    let (tactics, chains) = case.tactics;
    let alignment = alignment::Options { tactics, chains, selection: None, ..options.alignment };
    let options =
        Options { leader: case.leader, target: case.target, alignment, ..options.clone() };
    let analysis = analyse(case.system.clone(), case.parameters.clone(), &options, work)?;
    let mut report = Report::new(&analysis, &case.notes);
    if let Some(drawn) = &case.draws
        && let Some(found) = draws(&analysis, &drawn.parameters, &options, work)?
    {
        report = report.with_draws(&found, drawn.seed, drawn.estimates.clone());
    }
    let answers = theories::answers(case, theories, &options, work)?;
    Ok(Analysed { labelled: (case.label.clone(), case.group.clone(), report), answers })
}

impl Comparison {
    /// Sets cases side by side, with what these theories say of them, as they were analysed.
    pub fn of(cases: Vec<Analysed>, theories: &[Theory]) -> Self {
        let (mut reports, mut answers) = (Vec::with_capacity(cases.len()), Vec::new());
        for Analysed { labelled, answers: said } in cases {
            reports.push(labelled);
            answers.extend(said);
        }
        let comparison = Self::new(reports);
        let names = theories.iter().map(|theory| theory.name().to_owned()).collect();
        if theories.is_empty() { comparison } else { comparison.with_theories(names, answers) }
    }

    /// Sets reports side by side, each with its label and its group.
    pub fn new(reports: Vec<Labelled>) -> Self {
        let rows = row::rows(&reports);
        let agreement = agreement::of(&rows);
        let reports = reports.into_iter().map(|(_, _, report)| report).collect();
        Self {
            schema: COMPARISON_SCHEMA.into(),
            rows,
            agreement,
            theories: None,
            reports,
            provenance: None,
        }
    }

    fn with_theories(self, names: Vec<String>, answers: Vec<Answer>) -> Self {
        let table = TheoryTable::new(names, answers, &self.rows, &self.reports);
        Self { theories: Some(table), ..self }
    }

    /// Whether a lens or a theory is undecided on some case.
    pub fn is_undecided(&self) -> bool {
        self.rows.iter().any(Row::is_undecided)
            || self.theories.as_ref().is_some_and(TheoryTable::is_undecided)
    }

    /// The comparison as JSON.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
