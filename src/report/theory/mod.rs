//! The report on a published theory: schema `equipoise/theory/1`. It holds the problem itself,
//! exactly, so that it can be checked.

mod check;
mod problem;
mod text;
mod tidy;

use serde::{Deserialize, Serialize};

use crate::certify;
use crate::error::{Error, ErrorKind, Result};
use crate::report::Provenance;
use crate::theory::{Findings, Outcome, Problem};
use crate::verdict::Judgement;

pub use check::check;
pub use problem::{PairReport, PairsReport, ProblemReport, SettingsReport, StateResources};

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "equipoise/theory/1";

/// A theory's answer for one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TheoryReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// `theory`, the theory's name, and `findings`, what it found.
    #[serde(flatten)]
    pub findings: Findings,
    /// Balanced, hegemonic or contested, by the theory's rule.
    pub verdict: Judgement,
    /// Who stands with whom, who is left out.
    pub outcome: Outcome,
    /// What was not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
    /// The system and the parameters, exactly.
    pub problem: ProblemReport,
    /// What was noticed on the way.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

impl TheoryReport {
    /// The report on what a theory found.
    pub fn new(problem: &Problem, findings: &Findings, outcome: Outcome, notes: &[String]) -> Self {
        Self {
            schema: SCHEMA.into(),
            findings: findings.clone(),
            verdict: outcome.verdict,
            outcome,
            undecided: findings.undecided(),
            problem: ProblemReport::new(problem, findings.theory()),
            notes: notes.to_vec(),
            provenance: None,
        }
    }

    /// The report on what a theory found, if it passes the check that anybody can make.
    ///
    /// # Errors
    /// Names the first claim that does not hold.
    pub fn certified(problem: &Problem, findings: &Findings, notes: &[String]) -> Result<Self> {
        let finding = findings.theory().name();
        let outcome = findings
            .outcome(problem)
            .map_err(|problem| Error::from(ErrorKind::Uncertified { finding, problem }))?;
        let passed_over = findings.theory().passed_over(problem);
        let notes: Vec<String> = notes.iter().cloned().chain(passed_over).collect();
        let report = Self::new(problem, findings, outcome, &notes);
        certify::accept(finding, &check(&report, false)?.claims)?;
        Ok(report)
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        // All keys are strings, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
