//! Lists of major powers: who was one, and when.

use std::path::Path;

use crate::error::{Error, Place, Result};
use crate::table::Table;

/// A list of major powers by spells of years, as the Correlates of War project has it.
///
/// Columns: `stateabb`, `ccode` or both, `styear`, `endyear`. A state is a major power in
/// every year from `styear` to `endyear`, both included, also where a month and day say
/// that the spell covers only a part of that year.
#[derive(Debug, Clone, PartialEq)]
pub struct Majors {
    source: String,
    spells: Vec<Spell>,
}

/// From when to when a state was a major power.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spell {
    /// The state's abbreviation and code, those of the two that are given: at least one.
    pub(super) called: Vec<String>,
    from: i32,
    to: i32,
}

impl Majors {
    /// Reads a file of spells. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, lacks a column, or a year is not a year.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads spells from bytes, which messages call `source`.
    ///
    /// # Errors
    /// As [`Majors::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    fn from_table(table: &Table) -> Result<Self> {
        let identifiers: Vec<usize> =
            ["stateabb", "ccode"].iter().filter_map(|name| table.column(&[name])).collect();
        let years = (table.column(&["styear"]), table.column(&["endyear"]));
        let (Some(from), Some(to), false) = (years.0, years.1, identifiers.is_empty()) else {
            return Err(table.header_fault(
                "expected columns stateabb or ccode, styear and endyear",
                "give a list of major powers such as COW's majors2016.csv",
            ));
        };
        let spell = |row: usize| {
            let called: Vec<String> =
                identifiers.iter().filter_map(|&column| table.cell(row, column).code()).collect();
            if called.is_empty() {
                let cell = table.cell(row, identifiers[0]);
                return Err(cell.fault("a state", "name it or delete the row"));
            }
            let spell = Spell {
                called,
                from: table.cell(row, from).year()?,
                to: table.cell(row, to).year()?,
            };
            if spell.from > spell.to {
                let expected = format!("a year from {} on", spell.from);
                return Err(table.cell(row, to).fault(&expected, "put the years in order"));
            }
            Ok(spell)
        };
        let spells = (0..table.len()).map(spell).collect::<Result<_>>()?;
        Ok(Self { source: table.source().to_owned(), spells })
    }

    /// The states that were major powers in `year`, by abbreviation where the file has it,
    /// else by code; each once, in the order of the file.
    pub fn in_year(&self, year: i32) -> Vec<&str> {
        self.spells_in(year).iter().map(|spell| spell.called[0].as_str()).collect()
    }

    /// The first and the last year of the list.
    pub fn years(&self) -> Option<(i32, i32)> {
        let first = self.spells.iter().map(|spell| spell.from).min()?;
        Some((first, self.spells.iter().map(|spell| spell.to).max()?))
    }

    /// What the states that were major powers in `year` are called: abbreviations and codes.
    pub fn codes_in(&self, year: i32) -> Vec<&str> {
        self.spells_in(year).iter().flat_map(|s| &s.called).map(String::as_str).collect()
    }

    /// The spells that `year` lies in, one for each state.
    pub(super) fn spells_in(&self, year: i32) -> Vec<&Spell> {
        let mut spells: Vec<&Spell> = Vec::new();
        for spell in self.spells.iter().filter(|s| (s.from..=s.to).contains(&year)) {
            if spells.iter().all(|other| other.called != spell.called) {
                spells.push(spell);
            }
        }
        spells
    }

    /// An error about the list.
    pub(super) fn fault(&self, problem: String, remedy: &str) -> Error {
        Error::input(Place::file(&self.source), problem, remedy)
    }
}
