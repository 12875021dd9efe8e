//! Published theories side by side: over the cases of a comparison, what each says, and how
//! far they agree with one another, with the lenses and with how states really lined up.
//!
//! **Agreement** is Cohen's κ, `(p_o − p_e) / (1 − p_e)`: the share of items on which two
//! judges agree, corrected for what their habits alone would give (Cohen 1960, *Educ. Psychol.
//! Meas.* 20, p. 40). Over cases the items are verdicts; against the reference split they are
//! the pairs of states of all cases, which stand together or do not.

mod kappa;
mod text;

use serde::{Deserialize, Serialize};

use crate::analysis::Options;
use crate::certify;
use crate::dataset::Relation;
use crate::error::{ErrorKind, Result};
use crate::report::compare::{Case, Row};
use crate::report::theory::{TheoryReport, check};
use crate::report::{Report, Verification};
use crate::theory::{Problem, Settings, Theory};
use crate::verdict::Judgement;
use crate::work::Work;

pub use kappa::Kappa;

/// What the theories say of the cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TheoryTable {
    /// The theories, by name, in the order of each case's rows.
    pub theories: Vec<String>,
    /// One for each case and theory.
    pub rows: Vec<TheoryRow>,
    /// Between the lenses and each theory, and each two theories, over the verdicts.
    pub agreement: Vec<Kappa>,
    /// Between each theory that names sides and the reference split, over pairs of states.
    pub reference: Vec<Kappa>,
    /// The reports that the rows restate, where a theory took the case.
    pub reports: Vec<Option<TheoryReport>>,
}

/// What a theory says of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TheoryRow {
    /// The case.
    pub label: String,
    /// The theory.
    pub theory: String,
    /// Its verdict.
    pub verdict: Option<Judgement>,
    /// Who stands with whom, where it says so.
    pub sides: Option<Vec<Vec<String>>>,
    /// Who is left out, eliminated or vulnerable.
    pub excluded: Vec<String>,
    /// Whether other solutions are as good and have other sides.
    pub tied: bool,
    /// Why the theory did not take the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<String>,
    /// Why the theory is undecided on the case, where its finding failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// A report, or why there is none.
pub(super) type Answer = std::result::Result<TheoryReport, Unanswered>;

/// Why a theory has no report on a case.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Unanswered {
    /// It does not take the case.
    LeftOut(String),
    /// Its finding failed.
    Undecided(String),
}

/// What the theories say of a case.
///
/// # Errors
/// If a pair has no number. That a theory does not take a case, or that its finding fails, is
/// told in its row.
pub(super) fn answers(
    case: &Case,
    theories: &[Theory],
    options: &Options,
    work: &Work,
) -> Result<Vec<Answer>> {
    theories.iter().map(|&theory| answer(case, theory, options, work)).collect()
}

fn answer(case: &Case, theory: Theory, options: &Options, work: &Work) -> Result<Answer> {
    let mut problem = Problem::new(case.system.clone());
    problem.settings = Settings {
        decisiveness: case.parameters.decisiveness,
        dominance: case.parameters.dominance,
        ..Settings::default()
    };
    let known = |relation: Relation| case.pairs.iter().find(|(known, _)| *known == relation);
    if let Some((relation, values)) = theory.reads().and_then(known) {
        problem = problem.with_pairs(*relation, values)?;
    } else if let Some(relation) = theory.needs() {
        let why = format!("needs --dyads that give {}", relation.name());
        return Ok(Err(Unanswered::LeftOut(why)));
    }
    let found = theory
        .solve(&problem, options.backend, work)
        .and_then(|findings| TheoryReport::certified(&problem, &findings, &case.notes));
    match found {
        Ok(report) => Ok(Ok(report)),
        Err(error) if matches!(error.kind(), ErrorKind::TooLarge { .. }) => {
            Ok(Err(Unanswered::LeftOut(error.to_string())))
        }
        Err(error) => error.into_reason().map(|why| Err(Unanswered::Undecided(why))),
    }
}

impl TheoryTable {
    /// The table of the answers to each case, in the order of `theories`.
    pub(super) fn new(
        theories: Vec<String>,
        answers: Vec<Answer>,
        lenses: &[Row],
        reports: &[Report],
    ) -> Self {
        let label = |at: usize| lenses.get(at / theories.len()).map_or("", |row| &row.label);
        let rows: Vec<TheoryRow> = answers
            .iter()
            .enumerate()
            .map(|(at, answer)| row(label(at), &theories[at % theories.len()], answer))
            .collect();
        let agreement = kappa::over_verdicts(&theories, &rows, lenses);
        let reference = kappa::over_pairs(&theories, &answers, reports);
        let reports = answers.into_iter().map(std::result::Result::ok).collect();
        Self { theories, rows, agreement, reference, reports }
    }

    /// Whether the table restates its reports; and what comes of checking these.
    pub(super) fn check(
        &self,
        lenses: &[Row],
        reports: &[Report],
        thorough: bool,
        found: &mut Verification,
    ) -> Result<()> {
        let whole = self.rows.len() == self.theories.len() * lenses.len()
            && self.reports.len() == self.rows.len();
        found.claims.push(certify::Claim::exact("theories: one row a case and theory", whole));
        if !whole || self.theories.is_empty() {
            return Ok(());
        }
        let mut answers = Vec::new();
        for (row, report) in self.rows.iter().zip(&self.reports) {
            let Some(report) = report else {
                found.undecided |= row.undecided.is_some();
                answers.push(Err(match &row.undecided {
                    Some(why) => Unanswered::Undecided(why.clone()),
                    None => Unanswered::LeftOut(row.left_out.clone().unwrap_or_default()),
                }));
                continue;
            };
            let place = format!("{}: {}", row.label, row.theory);
            found.absorb(&place, check(report, thorough)?);
            answers.push(Ok(report.clone()));
        }
        let restated = Self::new(self.theories.clone(), answers, lenses, reports);
        found.claims.push(certify::Claim::exact(
            "theories: rows and agreement are those of the reports",
            restated == *self,
        ));
        Ok(())
    }

    /// Whether a theory is undecided on some case.
    pub(super) fn is_undecided(&self) -> bool {
        self.reports.iter().flatten().any(|report| report.undecided.is_some())
            || self.rows.iter().any(|row| row.undecided.is_some())
    }

    /// The rows of each case.
    pub(super) fn by_case(&self) -> impl Iterator<Item = &[TheoryRow]> {
        self.rows.chunks(self.theories.len().max(1))
    }
}

fn row(label: &str, theory: &str, answer: &Answer) -> TheoryRow {
    let report = answer.as_ref().ok();
    let outcome = report.map(|report| &report.outcome);
    TheoryRow {
        label: label.to_owned(),
        theory: theory.to_owned(),
        verdict: report.map(|report| report.verdict),
        sides: outcome.and_then(|outcome| outcome.sides.clone()),
        excluded: outcome.map_or_else(Vec::new, |outcome| outcome.excluded.clone()),
        tied: outcome.is_some_and(|outcome| outcome.tied),
        left_out: match answer {
            Err(Unanswered::LeftOut(why)) => Some(why.clone()),
            _ => None,
        },
        undecided: match answer {
            Err(Unanswered::Undecided(why)) => Some(why.clone()),
            _ => None,
        },
    }
}
