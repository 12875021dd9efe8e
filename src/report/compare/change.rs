//! What changed from one row to the next.

use serde::{Deserialize, Serialize};

use crate::report::compare::Row;
use crate::report::text::blocs;

/// A word that is another than in the row before, or the leading state's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The column.
    pub what: String,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// The columns of words that differ: class, leader, verdict, the first stable partition.
pub(super) fn between(before: &Row, after: &Row) -> Vec<Change> {
    let words = |row: &Row| {
        [
            ("class", row.class.map(|class| class.name().to_owned())),
            ("leader", Some(row.leader.clone())),
            ("verdict", Some(row.verdict.name().to_owned())),
            ("blocs", row.blocs.as_deref().map(blocs)),
        ]
    };
    words(before)
        .into_iter()
        .zip(words(after))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((what, from), (_, to))| {
            let word = |text: Option<String>| text.unwrap_or_else(|| "none".into());
            Change { what: what.into(), from: word(from), to: word(to) }
        })
        .collect()
}
