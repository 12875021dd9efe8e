//! Re-examines a report on a theory from the problem in it.

use super::{ProblemReport, SCHEMA, TheoryReport};
use crate::certify::Claim;
use crate::error::{Error, Place, Result};
use crate::report::Verification;

/// What a report on a theory starts from.
const GIVEN: &str = "what was read from files: the states, their resources and what is known of \
                     pairs, the system's name, year and measure, and the notes on them";

/// Examines every claim of `report`. `thorough` also repeats the enumerations that are
/// otherwise repeated only where they are short.
///
/// # Errors
/// If the report has another schema, or its states and numbers do not make a problem.
pub fn check(report: &TheoryReport, thorough: bool) -> Result<Verification> {
    if report.schema != SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file(&report.problem.name) },
            format!("expected \"{SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let problem = report.problem.problem()?;
    let found = report.findings.examine(&problem, thorough);
    let mut claims = found.claims;
    match report.findings.outcome(&problem) {
        Ok(outcome) => {
            let verdict = report.verdict == outcome.verdict;
            claims.push(Claim::exact(format!("verdict: {}", report.verdict), verdict));
            let same = report.outcome == outcome;
            claims.push(Claim::exact("outcome: sides and states left out", same));
        }
        Err(problem) => claims.push(Claim::exact(format!("outcome: {problem}"), false)),
    }
    let same = ProblemReport::new(&problem, report.findings.theory()) == report.problem;
    claims.push(Claim::exact("problem: written as the theory reads it", same));
    let undecided = report.undecided == report.findings.undecided();
    claims.push(Claim::exact("undecided: what is left open is said", undecided));
    Ok(Verification {
        claims,
        unexamined: found.unexamined,
        undecided: report.findings.undecided().is_some(),
        given: vec![GIVEN.into()],
    })
}
