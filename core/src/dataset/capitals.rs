//! Capitals with their places: distances between states.
//!
//! A list of capitals by spells of dates, as the Correlates of War project's states have
//! them (`cow_capitals.csv`): columns `ccode`, `stdate`, `enddate`, `lat` and `lng` or `lon`.

use ndarray::Array2;

use super::census::{Census, outside};
use super::geography::{self, Location};
use crate::error::{Error, Place, Result};
use crate::table::Table;
use crate::table::cell::Date;

/// Which capital a state had, and when.
#[derive(Debug, Clone)]
pub(super) struct Capitals {
    source: String,
    spells: Vec<Spell>,
}

#[derive(Debug, Clone)]
struct Spell {
    code: String,
    from: Date,
    to: Date,
    place: Location,
}

impl Capitals {
    /// Reads the spells, if the header is that of the data. O(cells).
    pub(super) fn recognise(table: &Table) -> Result<Option<Self>> {
        let longitude = table.column(&["lng", "lon", "long", "longitude"]);
        let columns = ["ccode", "stdate", "enddate", "lat"];
        let (Some([code, from, to, latitude]), Some(longitude)) =
            (table.columns(columns), longitude)
        else {
            return Ok(None);
        };
        let spell = |row: usize| {
            let place = Location::read(table.cell(row, latitude), table.cell(row, longitude))?;
            let end = table.cell(row, to);
            let (from, to) = (table.cell(row, from).date()?, end.date()?);
            if to < from {
                let expected = format!("a date from {}-{:02}-{:02} on", from.0, from.1, from.2);
                return Err(end.fault(&expected, "put the dates in order"));
            }
            Ok(Spell { code: table.cell(row, code).state()?, from, to, place })
        };
        let spells = (0..table.len()).map(spell).collect::<Result<_>>()?;
        Ok(Some(Self { source: table.source().to_owned(), spells }))
    }

    /// What messages call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The place of the capital that the state of this very code has in the year.
    pub(super) fn place(&self, code: &str, year: i32) -> Option<Location> {
        let of = |spell: &&Spell| spell.code == code && (spell.from.0..=spell.to.0).contains(&year);
        let spells = self.spells.iter().filter(of);
        spells.reduce(|one, other| one.or_better(other, year)).map(|spell| spell.place)
    }

    /// The great-circle distances in km between the capitals of the year, `n × n`. The
    /// capital of a year is that of 1 July; where a state has none on that day, its first in
    /// the year. O(spells + n²).
    ///
    /// # Errors
    /// If the file does not reach the year, or a state has no capital in it.
    pub(super) fn distances(
        &self,
        census: &Census,
        notes: &mut Vec<String>,
    ) -> Result<Array2<f64>> {
        let (year, system) = (census.year, census.system);
        let first = self.spells.iter().map(|spell| spell.from.0).min().unwrap_or(year);
        let last = self.spells.iter().map(|spell| spell.to.0).max().unwrap_or(year);
        if !(first..=last).contains(&year) {
            return Err(outside(&self.source, year, first, last));
        }
        let mut of: Vec<Option<&Spell>> = vec![None; system.len()];
        let in_year = |spell: &&Spell| (spell.from.0..=spell.to.0).contains(&year);
        let spells: Vec<&Spell> = self.spells.iter().filter(in_year).collect();
        for spell in &spells {
            if let Some(state) = census.own(&spell.code) {
                of[state] = Some(of[state].map_or(*spell, |other| other.or_better(spell, year)));
            }
        }
        // Where a state has none under its own code, one under a code that stands for it.
        let lacking: Vec<bool> = of.iter().map(Option::is_none).collect();
        let mut heirs: Vec<String> = Vec::new();
        for spell in spells.iter().filter(|spell| census.own(&spell.code).is_none()) {
            if let Some(state) = census.heir(&spell.code).filter(|&state| lacking[state]) {
                of[state] = Some(of[state].map_or(*spell, |other| other.or_better(spell, year)));
                heirs.push(census.heir_note(&self.source, &spell.code, state));
            }
        }
        heirs.dedup();
        let places = of.iter().zip(system.states()).map(|(spell, state)| {
            spell.map(|spell| spell.place).ok_or_else(|| {
                Error::input(
                    Place::file(&self.source),
                    format!("expected a capital of {} in {year}, found none", state.id),
                    "add a row for it, or leave the state out",
                )
            })
        });
        let places: Vec<Location> = places.collect::<Result<_>>()?;
        notes.push(format!(
            "{}: distances are between the capitals of {year}, along great circles",
            self.source
        ));
        notes.extend(heirs);
        Ok(geography::distances(&places))
    }
}

impl Spell {
    /// Of two spells in the year the one whose capital is the year's.
    fn or_better<'a>(&'a self, other: &'a Self, year: i32) -> &'a Self {
        // One that holds on 1 July, the later begun, before one that does not, the earlier.
        let rank = |spell: &Self| {
            let (y, m, d) = spell.from;
            match (spell.from..=spell.to).contains(&(year, 7, 1)) {
                true => (true, y, m, d),
                false => (false, -y, -m, -d),
            }
        };
        if rank(other) > rank(self) { other } else { self }
    }
}
