//! Re-verifies a comparison: every report in it, and that the rows restate them.

use crate::certify::Claim;
use crate::error::{Error, Place, Result};
use crate::report::compare::label::{self, Saying};
use crate::report::compare::{COMPARISON_SCHEMA, Comparison};
use crate::report::{Verification, check};

/// Examines the claims of every report, each told with its case, and whether rows, changes
/// and agreement are those of the reports.
///
/// # Errors
/// As [`check`], and if the schema is another.
pub fn check_comparison(comparison: &Comparison, thorough: bool) -> Result<Verification> {
    if comparison.schema != COMPARISON_SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file("comparison") },
            format!("expected \"{COMPARISON_SCHEMA}\", found \"{}\"", comparison.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let mut found = Verification::default();
    let labelled = |at: usize| comparison.rows.get(at).map_or("?", |row| row.label.as_str());
    for (at, report) in comparison.reports.iter().enumerate() {
        found.absorb(labelled(at), check(report, thorough)?);
    }
    let restated = Comparison::new(
        comparison
            .rows
            .iter()
            .zip(&comparison.reports)
            .map(|(row, report)| (row.label.clone(), row.group.clone(), report.clone()))
            .collect(),
    );
    let as_many = comparison.rows.len() == comparison.reports.len();
    found.claims.push(Claim::exact(
        "the rows restate the reports".to_owned(),
        as_many && restated.rows == comparison.rows,
    ));
    found.claims.push(Claim::exact(
        "the agreement is that of the rows".to_owned(),
        restated.agreement == comparison.agreement,
    ));
    let sayings = label::sayings(&comparison.rows, &comparison.reports);
    for (row, saying) in comparison.rows.iter().zip(sayings) {
        match saying {
            Saying::Other => found.skip(format!("{}: what the label says", row.label)),
            saying => {
                let what = format!("{}: the label says what the report has", row.label);
                found.exact(what, saying == Saying::True);
            }
        }
    }
    if let Some(theories) = &comparison.theories {
        theories.check(&comparison.rows, &comparison.reports, thorough, &mut found)?;
    }
    Ok(found)
}
