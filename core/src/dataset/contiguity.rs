//! Direct contiguity: which states border each other, by land or across how much water.
//!
//! The Correlates of War project's Direct Contiguity data, version 3.2, as downloaded
//! (`contdir.csv`): spells from month to month, in which two states border each other.
//!
//! References: D. M. Stinnett, J. Tir, P. Schafer, P. F. Diehl and C. Gochman (2002), "The
//! Correlates of War Project Direct Contiguity Data, Version 3", *Conflict Management and
//! Peace Science* 19(2).

use ndarray::Array2;

use super::census::{Census, outside};
use crate::error::Result;
use crate::table::Table;

/// For each type of contiguity, from 1: how it is worded, and the most kilometres of water
/// that there can be between the two states (0, 12, 24, 150 and 400 miles).
const TYPES: [(&str, f64); 5] = [
    ("by land", 0.0),
    ("up to 19 km of water", 12.0 * MILE),
    ("up to 39 km of water", 24.0 * MILE),
    ("up to 241 km of water", 150.0 * MILE),
    ("up to 644 km of water", 400.0 * MILE),
];

/// Kilometres.
const MILE: f64 = 1.609_344;

/// Who borders whom, and when.
#[derive(Debug, Clone)]
pub(super) struct Contiguity {
    source: String,
    spells: Vec<Spell>,
}

#[derive(Debug, Clone)]
struct Spell {
    states: [String; 2],
    /// From 0.
    kind: usize,
    from: i32,
    to: i32,
}

impl Contiguity {
    /// Reads the spells, if the header is that of the data. O(cells).
    pub(super) fn recognise(table: &Table) -> Result<Option<Self>> {
        let columns = ["statelno", "statehno", "conttype", "begin", "end"];
        let Some([low, high, kind, begin, end]) = table.columns(columns) else { return Ok(None) };
        let spell = |row: usize| {
            let kind = table.cell(row, kind);
            let (begin, end) = (table.cell(row, begin), table.cell(row, end));
            let (from, to) = (begin.year_of_month()?, end.year_of_month()?);
            if to < from {
                let expected = format!("a month from {} on", begin.text());
                return Err(end.fault(&expected, "put the months in order"));
            }
            let number = kind.code().and_then(|code| code.parse::<usize>().ok());
            Ok(Spell {
                states: [table.cell(row, low).state()?, table.cell(row, high).state()?],
                kind: number.filter(|number| (1..=TYPES.len()).contains(number)).ok_or_else(
                    || kind.fault("a type of contiguity from 1 to 5", "delete the row if none"),
                )? - 1,
                from,
                to,
            })
        };
        let spells = (0..table.len()).map(spell).collect::<Result<_>>()?;
        Ok(Some(Self { source: table.source().to_owned(), spells }))
    }

    /// What messages call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The pairs of codes that border each other in the year by one of the first `kinds`.
    pub(super) fn pairs(&self, year: i32, kinds: usize) -> impl Iterator<Item = (&str, &str)> {
        let holds = move |s: &&Spell| (s.from..=s.to).contains(&year) && s.kind < kinds;
        self.spells.iter().filter(holds).map(|s| (s.states[0].as_str(), s.states[1].as_str()))
    }

    /// The most kilometres that lie between states which border each other in the year, be
    /// it in a part of it; `None` for others. Symmetric. O(spells + n²).
    ///
    /// # Errors
    /// If the file does not reach the year.
    pub(super) fn gaps(
        &self,
        census: &Census,
        notes: &mut Vec<String>,
    ) -> Result<Array2<Option<f64>>> {
        const LISTED: usize = 12;
        let year = census.year;
        let first = self.spells.iter().map(|spell| spell.from).min().unwrap_or(year);
        let last = self.spells.iter().map(|spell| spell.to).max().unwrap_or(year);
        if !(first..=last).contains(&year) {
            return Err(outside(&self.source, year, first, last));
        }
        let n = census.system.len();
        let mut nearest: Array2<Option<usize>> = Array2::from_elem((n, n), None);
        let mut lookup = census.lookup();
        for spell in self.spells.iter().filter(|spell| (spell.from..=spell.to).contains(&year)) {
            let [low, high] = &spell.states;
            if let Some((i, j)) = lookup.pair(low, high) {
                let kind = nearest[[i, j]].map_or(spell.kind, |kind| kind.min(spell.kind));
                nearest[[i, j]] = Some(kind);
                nearest[[j, i]] = Some(kind);
            }
        }
        let pairs: Vec<String> = nearest
            .indexed_iter()
            .filter(|((i, j), _)| i < j)
            .filter_map(|(pair, kind)| Some((census.pair(pair), TYPES[(*kind)?].0)))
            .map(|(pair, kind)| format!("{pair} {kind}"))
            .collect();
        let listed = match pairs.len() {
            1..=LISTED => format!(": {}", pairs.join(", ")),
            _ => String::new(),
        };
        notes.push(format!(
            "{}: the distance of {} of {} pairs is capped, as they border each other in \
             {year}{listed}",
            self.source,
            pairs.len(),
            n * (n - 1) / 2
        ));
        notes.extend(lookup.notes(&self.source));
        Ok(nearest.mapv(|kind| kind.map(|kind| TYPES[kind].1)))
    }
}
