//! Rows that are no states: sums that spreadsheets put below the others.

use std::collections::BTreeMap;

use dashu_ratio::RBig;

use super::rows::{Capability, Row};
use crate::error::{Error, Place, Result};

/// What such rows are called, in lower case.
const NAMES: [&str; 7] = ["total", "totals", "grand total", "sum", "world", "all", "all states"];

/// Refuses a row that is called a total and is the sum of the others of its year; notes one that is
/// only called so. O(rows × columns).
pub(super) fn look(
    source: &str,
    rows: &[Row],
    by_year: &BTreeMap<Option<i32>, Vec<usize>>,
    capabilities: &[Capability],
    notes: &mut Vec<String>,
) -> Result<()> {
    for of_year in by_year.values() {
        for &at in of_year {
            if !NAMES.contains(&rows[at].id.to_lowercase().as_str()) {
                continue;
            }
            let (id, place) = (&rows[at].id, Place::line(source, rows[at].line));
            if capabilities.iter().any(|capability| is_sum(&capability.values, at, of_year)) {
                let problem = format!("expected a state, found {id}, the sum of the other rows");
                return Err(Error::input(place, problem, "delete the row"));
            }
            notes
                .push(format!("{place}: {id} is taken for a state; delete the row if it is a sum"));
        }
    }
    Ok(())
}

/// Whether a row's value is the sum of those of the other rows, to the digits that a rounded sum
/// keeps.
fn is_sum(values: &[Option<RBig>], at: usize, rows: &[usize]) -> bool {
    let Some(total) = values[at].as_ref().filter(|total| **total > RBig::ZERO) else {
        return false;
    };
    let others = rows.iter().filter(|&&row| row != at);
    let sum = others.filter_map(|&row| values[row].as_ref()).fold(RBig::ZERO, |sum, x| sum + x);
    let [off, total] = [(sum - total).to_f64().value(), total.to_f64().value()];
    rows.len() > 2 && off.abs() <= 0.005 * total
}
