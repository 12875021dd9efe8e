//! Re-verifies a comparison: every report in it, and that the rows restate them.

use crate::certify::Claim;
use crate::error::{Error, Place, Result};
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
    let mut found = Verification { claims: Vec::new(), unexamined: Vec::new(), undecided: false };
    let labelled = |at: usize| comparison.rows.get(at).map_or("?", |row| row.label.as_str());
    for (at, report) in comparison.reports.iter().enumerate() {
        let of_one = check(report, thorough)?;
        let label = labelled(at);
        let named = |claim: Claim| Claim { what: format!("{label}: {}", claim.what), ..claim };
        found.claims.extend(of_one.claims.into_iter().map(named));
        found.unexamined.extend(of_one.unexamined.iter().map(|text| format!("{label}: {text}")));
        found.undecided |= of_one.undecided;
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
    if let Some(theories) = &comparison.theories {
        theories.check(&comparison.rows, &comparison.reports, thorough, &mut found)?;
    }
    Ok(found)
}
