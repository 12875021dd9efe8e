//! How far the verdicts on the same system agree where only settings or measures differ.

use serde::{Deserialize, Serialize};

use crate::report::compare::Row;
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
    let mut groups: Vec<(&str, Vec<(Judgement, usize)>)> = Vec::new();
    for row in rows {
        let known = groups.iter().position(|(group, _)| *group == row.group);
        let at = known.unwrap_or_else(|| {
            groups.push((&row.group, Vec::new()));
            groups.len() - 1
        });
        let counts = &mut groups[at].1;
        match counts.iter_mut().find(|(verdict, _)| *verdict == row.verdict) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.verdict, 1)),
        }
    }
    groups.into_iter().filter_map(|(group, counts)| summary(group, counts)).collect()
}

fn summary(group: &str, verdicts: Vec<(Judgement, usize)>) -> Option<Agreement> {
    let cases: usize = verdicts.iter().map(|&(_, count)| count).sum();
    // The first of the most frequent.
    let &(verdict, count) = verdicts.iter().rev().max_by_key(|&&(_, count)| count)?;
    let share = count as f64 / cases as f64;
    (cases > 1).then(|| Agreement { group: group.to_owned(), cases, verdict, share, verdicts })
}
