//! How far the verdicts on the same system agree where only settings or measures differ.

use serde::{Deserialize, Serialize};

use crate::report::compare::Row;
use crate::report::compare::tally::tally;
use crate::verdict::Judgement;

/// The verdicts of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The group.
    pub group: String,
    /// How many cases it has.
    pub cases: usize,
    /// The most frequent verdict; of several, the one that comes first.
    pub verdict: Judgement,
    /// The share of the cases that have it.
    pub share: f64,
    /// Each verdict found, with how often, in the order in which they come.
    pub verdicts: Vec<(Judgement, usize)>,
}

/// The agreement of each group of several rows, in their order.
pub(super) fn of(rows: &[Row]) -> Vec<Agreement> {
    let groups = tally(rows.iter().map(|row| row.group.as_str()));
    let of_group =
        |group: &str| tally(rows.iter().filter(|row| row.group == group).map(|row| row.verdict));
    let several = groups.into_iter().filter(|&(_, cases)| cases > 1);
    several.filter_map(|(group, cases)| summary(group, cases, of_group(group))).collect()
}

fn summary(group: &str, cases: usize, verdicts: Vec<(Judgement, usize)>) -> Option<Agreement> {
    // The first of the most frequent.
    let &(verdict, count) = verdicts.iter().rev().max_by_key(|&&(_, count)| count)?;
    let share = count as f64 / cases as f64;
    Some(Agreement { group: group.to_owned(), cases, verdict, share, verdicts })
}
