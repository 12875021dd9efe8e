//! Values and power indices: a row each. Text, table, check and withdrawal go through the rows.

use super::{CoalitionReport, Payoffs};
use crate::finding::cooperative::Concept;

/// A concept that gives each player one number.
pub(super) struct Row {
    pub(super) concept: Concept,
    /// Its key in the report.
    pub(super) key: &'static str,
    /// The title of its column, and what it says.
    pub(super) words: (&'static str, &'static str),
    /// Whether it is of simple games alone.
    pub(super) of_simple: bool,
    pub(super) total: Total,
    pub(super) payoffs: fn(&CoalitionReport) -> &Option<Payoffs>,
    pub(super) payoffs_mut: fn(&mut CoalitionReport) -> &mut Option<Payoffs>,
}

/// What the numbers of all players add up to.
pub(super) enum Total {
    /// What all together are worth.
    Grand,
    /// One.
    One,
    /// Nothing that is known beforehand.
    Any,
}

macro_rules! row {
    ($concept:ident, $key:ident, $simple:expr, $total:ident, $title:expr, $gloss:expr) => {
        Row {
            concept: Concept::$concept,
            key: stringify!($key),
            words: ($title, $gloss),
            of_simple: $simple,
            total: Total::$total,
            payoffs: |report| &report.$key,
            payoffs_mut: |report| &mut report.$key,
        }
    };
}

/// All of them, in the order of reports.
pub(super) const ROWS: [Row; 7] = [
    row!(
        Shapley,
        shapley,
        false,
        Grand,
        "Shapley",
        "a player's mean contribution over all orders of joining; of voting games the chance to be \
         pivotal (Shapley 1953; Shapley & Shubik 1954)"
    ),
    row!(
        Banzhaf,
        banzhaf,
        false,
        // It is not efficient.
        Any,
        "Banzhaf",
        "its mean contribution over all coalitions of the others: swings / 2^(n-1) (Banzhaf 1965)"
    ),
    row!(
        BanzhafNormalized,
        banzhaf_normalized,
        false,
        One,
        "normalised",
        "the Banzhaf values, scaled to sum to 1"
    ),
    row!(
        DeeganPackel,
        deegan_packel,
        true,
        One,
        "Deegan-Packel",
        "each minimal winning coalition as likely and shared equally (1978)"
    ),
    row!(
        Holler,
        holler,
        true,
        One,
        "Holler",
        "in how many minimal winning coalitions, scaled (Holler 1982)"
    ),
    row!(
        Johnston,
        johnston,
        true,
        One,
        "Johnston",
        "each coalition shared equally by those it needs (1978)"
    ),
    row!(
        Tau,
        tau,
        false,
        Grand,
        "tau",
        "on the line from what a player can claim at least to what it adds to all others (Tijs 1981)"
    ),
];

/// The row with a key.
pub(super) fn keyed(key: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.key == key)
}

/// Whether a concept is of simple games alone.
pub(super) fn is_of_simple(concept: Concept) -> bool {
    concept == Concept::Coleman || ROWS.iter().any(|row| row.concept == concept && row.of_simple)
}
