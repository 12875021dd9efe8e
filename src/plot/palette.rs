//! One look a state in all figures.

use std::collections::BTreeSet;

use super::style::{Series, series};
use crate::report::compare::Comparison;

/// States that most figures have, by the codes they go by: each has its own look always.
const KNOWN: [&[&str]; 9] = [
    &["UKG", "GBR"],
    &["USA"],
    &["RUS", "USR"],
    &["FRN", "FRA"],
    &["GMY", "GER", "DEU", "GFR"],
    &["CHN"],
    &["JPN"],
    &["AUH"],
    &["ITA"],
];

/// The looks of the states of a report.
pub(super) struct Palette<'a> {
    others: Vec<&'a str>,
    /// Where the looks of others begin.
    first: usize,
}

impl<'a> Palette<'a> {
    /// Of all its states, drawn or not: those that are not known go by the alphabet, so that a state
    /// has the same look in every figure of the report.
    pub(super) fn new(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let (known, others): (BTreeSet<&str>, BTreeSet<&str>) =
            ids.into_iter().partition(|id| known(id).is_some());
        let first = if known.is_empty() { 0 } else { KNOWN.len() };
        Self { others: others.into_iter().collect(), first }
    }

    /// The look of a state.
    pub(super) fn of(&self, id: &str) -> Series {
        let other = || self.others.iter().position(|other| *other == id);
        series(known(id).unwrap_or_else(|| self.first + other().unwrap_or_default()))
    }
}

/// The states of all cases.
pub(super) fn states(comparison: &Comparison) -> impl Iterator<Item = &str> {
    comparison.reports.iter().flat_map(|report| &report.system.states).map(|state| &*state.id)
}

/// The looks of the states of a comparison.
pub(super) fn of_comparison(comparison: &Comparison) -> Palette<'_> {
    Palette::new(states(comparison))
}

fn known(id: &str) -> Option<usize> {
    KNOWN.iter().position(|codes| codes.contains(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_looks_the_same_whatever_else_there_is() {
        let of = |ids: &[&'static str], id: &str| Palette::new(ids.iter().copied()).of(id);
        assert_eq!(of(&["GMY", "FRN"], "FRN"), of(&["UKG", "FRN", "SPN", "AAA"], "FRN"));
        assert_eq!(of(&["GBR"], "GBR"), of(&["UKG"], "UKG"));
        // The order of the input does not count.
        assert_eq!(of(&["SPN", "POL", "FRN"], "SPN"), of(&["FRN", "POL", "SPN"], "SPN"));
    }

    #[test]
    fn up_to_thirty_states_of_a_report_look_different() {
        let ids: Vec<String> = (0..21).map(|k| format!("S{k}")).collect();
        let all = ids.iter().map(String::as_str).chain(KNOWN.iter().map(|codes| codes[0]));
        let palette = Palette::new(all.clone());
        let looks: Vec<Series> = all.map(|id| palette.of(id)).collect();
        for (k, look) in looks.iter().enumerate() {
            assert!(!looks[..k].contains(look), "{k}");
        }
    }
}
