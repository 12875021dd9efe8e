//! Lists of states: what they are called, and when they belong to the state system.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::Dataset;
use super::rows::Row;
use crate::error::{Error, Place, Result};
use crate::table::Table;

/// A list of states with their codes, as the Correlates of War project has it: with full
/// names and spells of membership in the state system (`states2016.csv`: `stateabb`,
/// `ccode`, `statenme`, `styear`, `endyear`), or a row for each member and year
/// (`system2016.csv`: `stateabb`, `ccode`, `year`).
#[derive(Debug, Clone)]
pub struct Roster {
    source: String,
    entries: Vec<Entry>,
    by_code: HashMap<String, Vec<usize>>,
    by_abbreviation: HashMap<String, Vec<usize>>,
    /// The first and the last year of the list.
    years: (i32, i32),
}

/// A state from one year to another.
#[derive(Debug, Clone)]
struct Entry {
    code: String,
    name: Option<String>,
    from: i32,
    to: i32,
}

impl Roster {
    /// Reads a list. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, lacks a column, or a cell is wrong.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads a list's bytes, which messages call `source`. O(bytes).
    ///
    /// # Errors
    /// As [`Roster::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    fn from_table(table: &Table) -> Result<Self> {
        let spells = table.columns(["styear", "endyear"]);
        let years = spells.or_else(|| table.column(&["year"]).map(|year| [year; 2]));
        let (Some([abbreviation, code]), Some([from, to])) =
            (table.columns(["stateabb", "ccode"]), years)
        else {
            return Err(table.header_fault(
                "expected columns stateabb, ccode, and styear and endyear or year",
                "give a list of states such as COW's states2016.csv or system2016.csv",
            ));
        };
        let name = table.column(&["statenme", "name"]);
        let mut roster = Self {
            source: table.source().to_owned(),
            entries: Vec::with_capacity(table.len()),
            by_code: HashMap::new(),
            by_abbreviation: HashMap::new(),
            years: (i32::MAX, i32::MIN),
        };
        for row in 0..table.len() {
            let end = table.cell(row, to);
            let entry = Entry {
                code: table.cell(row, code).state()?,
                name: name.and_then(|name| table.cell(row, name).filled()).map(str::to_owned),
                from: table.cell(row, from).year()?,
                to: end.year()?,
            };
            if entry.to < entry.from {
                let expected = format!("a year from {} on", entry.from);
                return Err(end.fault(&expected, "put the years in order"));
            }
            roster.years = (roster.years.0.min(entry.from), roster.years.1.max(entry.to));
            let at = roster.entries.len();
            roster.by_code.entry(entry.code.clone()).or_default().push(at);
            let abbreviation = table.cell(row, abbreviation).state()?.to_lowercase();
            roster.by_abbreviation.entry(abbreviation).or_default().push(at);
            roster.entries.push(entry);
        }
        Ok(roster)
    }

    /// The entries of a row's state: by its code, else by its identifier as abbreviation or
    /// code.
    fn entries_of(&self, row: &Row) -> impl Iterator<Item = &Entry> {
        let found = match &row.ccode {
            Some(code) => self.by_code.get(code),
            None => self
                .by_abbreviation
                .get(&row.id.to_lowercase())
                .or_else(|| self.by_code.get(&row.id)),
        };
        found.into_iter().flatten().map(|&entry| &self.entries[entry])
    }
}

impl Dataset {
    /// The dataset with full names and codes from a list, for states that have none.
    /// States are found by `ccode`, else by abbreviation. O(rows).
    ///
    /// # Errors
    /// If no state of the dataset is on the list.
    pub fn with_names(mut self, roster: &Roster) -> Result<Self> {
        let mut lacking = BTreeSet::new();
        let mut found = false;
        for row in &mut self.rows {
            let Some(entry) = roster.entries_of(row).next() else {
                lacking.insert(row.id.as_str());
                continue;
            };
            found = true;
            row.name = row.name.take().or_else(|| entry.name.clone());
            row.ccode = row.ccode.take().or_else(|| Some(entry.code.clone()));
        }
        if !found {
            return Err(roster.fault(&format!("expected states of {}", self.source)));
        }
        if !lacking.is_empty() {
            let lacking: Vec<&str> = lacking.into_iter().collect();
            self.notes.push(format!("{} lacks {}", roster.source, lacking.join(", ")));
        }
        Ok(self)
    }

    /// The dataset without the rows of states that are not members of the state system in
    /// the row's year, by a list. What is left out is counted in a note. O(rows).
    ///
    /// # Errors
    /// If the dataset has no years, or none of its states is ever a member.
    pub fn restricted_to(mut self, roster: &Roster) -> Result<Self> {
        let (first, last) = roster.years;
        let is_member = |row: &Row| {
            let year = row.year?;
            Some(roster.entries_of(row).any(|entry| (entry.from..=entry.to).contains(&year)))
        };
        let mut kept = Vec::with_capacity(self.rows.len());
        let mut dropped: BTreeMap<i32, Vec<&str>> = BTreeMap::new();
        for row in &self.rows {
            let Some(member) = is_member(row) else {
                return Err(self.fault(
                    "expected a column year to look members up by, found none",
                    "add the column, or leave out --members",
                ));
            };
            kept.push(member);
            if let (false, Some(year)) = (member, row.year) {
                dropped.entry(year).or_default().push(&row.id);
            }
        }
        if !kept.contains(&true) {
            return Err(
                roster.fault(&format!("expected members among the states of {}", self.source))
            );
        }
        if let (Some((from, _)), Some((to, _))) =
            (dropped.first_key_value(), dropped.last_key_value())
        {
            let rows: usize = dropped.values().map(Vec::len).sum();
            self.notes.push(format!(
                "{}: rows left out, of states that are no members in their year: {rows}, from \
                 {from} to {to} (the list covers {first} to {last})",
                roster.source
            ));
        }
        self.keep(&kept);
        Ok(self)
    }

    /// Drops the rows that are not to be kept.
    fn keep(&mut self, kept: &[bool]) {
        let mut flags = kept.iter();
        self.rows.retain(|_| flags.next().copied().unwrap_or(false));
        for capability in &mut self.capabilities {
            let mut flags = kept.iter();
            capability.values.retain(|_| flags.next().copied().unwrap_or(false));
        }
        self.by_year.clear();
        for (i, row) in self.rows.iter().enumerate() {
            self.by_year.entry(row.year).or_default().push(i);
        }
    }
}

impl Roster {
    fn fault(&self, expected: &str) -> Error {
        Error::input(
            Place::file(&self.source),
            format!("{expected}, found none"),
            "identify states by stateabb or ccode as the list does",
        )
    }
}
