//! Pairs of states year by year: who had a pact, and what was known of the two the year before.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use ndarray::Array2;

use super::alliances::Alliances;
use super::geography::{self, Location};
use super::measure::Measure;
use super::scale::Scale;
use super::{Dataset, DyadFiles, Majors};
use crate::error::{Error, Place, Result};
use crate::system::{Dyads, Parts, System};
use crate::table::Table;

/// Defence pacts by year, from a project's directed dyad-years.
#[derive(Debug, Clone)]
pub struct Pacts {
    alliances: Alliances,
}

/// The states of a year with what was known of them the year before.
#[derive(Debug, Clone)]
pub struct PanelYear {
    /// The year that is to be predicted.
    pub year: i32,
    /// Its states, with their power of the year before (of the year itself where a state has
    /// none then), and of the year before the distances in km and the rivalries as hostility.
    pub system: System,
    /// Which of them are major powers in the year.
    pub majors: Vec<bool>,
    /// Whether a defence pact binds two in the year, in either direction.
    pub pact: Array2<bool>,
    /// The same the year before.
    pub pact_before: Array2<bool>,
    /// Whether two were rivals the year before.
    pub rivals: Array2<bool>,
    /// The distance of capitals in km, where both are known.
    pub distance: Array2<Option<f64>>,
    /// Whether two border each other in the year, by land or 241 km of water at most.
    pub neighbours: Array2<bool>,
}

/// Which states belong to a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// The major powers of each year.
    Majors,
    /// All states that the capabilities have in the year and the year before.
    All,
}

/// The widest kind of contiguity, from 1, by which two states are neighbours.
const NEIGHBOURS: usize = 4;

impl Pacts {
    /// Reads ATOP's directed dyad-years as downloaded. O(bytes).
    ///
    /// # Errors
    /// If the file cannot be read, or is none.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let table = Table::read(path.as_ref())?;
        let found = Alliances::recognise(&table)?.ok_or_else(|| {
            table.header_fault(
                "expected directed dyad-years with ccode1, ccode2, year, defense and offense",
                "give ATOP's directed dyad-years as downloaded",
            )
        })?;
        Ok(Self { alliances: found })
    }

    /// What messages call the file.
    pub fn source(&self) -> &str {
        self.alliances.source()
    }

    /// The first and the last year of the file.
    pub fn years(&self) -> Option<(i32, i32)> {
        self.alliances.years()
    }

    /// Which states of these codes a defence pact binds in a year, in either direction.
    /// Symmetric. O(ties of the year + n²).
    pub fn in_year(&self, codes: &[&str], year: i32) -> Array2<bool> {
        self.alliances.defended(codes, year)
    }
}

/// The files that a panel is made of.
#[derive(Debug, Clone, Copy)]
pub struct PanelFiles<'a> {
    /// Capabilities by state and year.
    pub capabilities: &'a Dataset,
    /// Major powers by spells.
    pub majors: &'a Majors,
    /// Pacts.
    pub pacts: &'a Pacts,
    /// Capitals and rivalries, and contiguity for neighbours.
    pub dyads: &'a DyadFiles,
    /// How power is measured.
    pub measure: &'a Measure,
}

impl PanelFiles<'_> {
    /// The first and the last year that can be predicted: all files reach it, and capabilities
    /// and pacts the year before.
    pub fn years(&self) -> Option<(i32, i32)> {
        let capabilities = self.capabilities.years();
        let capabilities = (*capabilities.first()?, *capabilities.last()?);
        let (pacts, majors) = (self.pacts.years()?, self.majors.years()?);
        let first = majors.0.max(capabilities.0 + 1).max(pacts.0 + 1);
        let last = majors.1.min(capabilities.1).min(pacts.1);
        (first <= last).then_some((first, last))
    }

    /// The states of one year. States are found by the codes that the files use, as they stand.
    /// O(rows of the years + n²).
    ///
    /// # Errors
    /// If there are no capitals or rivalries among the files, fewer than two states are left,
    /// or a major power has no capability above zero in either year.
    pub fn year(&self, year: i32, members: Members) -> Result<PanelYear> {
        let scale = Scale::new(self.capabilities, self.measure)?;
        let (rows, majors) = self.rows(year, members, &scale)?;
        let data = self.capabilities;
        let codes: Vec<&str> =
            rows.iter().map(|&row| data.rows[row].ccode.as_deref().unwrap_or_default()).collect();
        let distance = self.distances(&codes, year)?;
        let rivals = self.rivals(&codes, year)?;
        let known = distance.iter().all(Option::is_some);
        let system = System::new(Parts {
            name: data.stem(),
            source: data.source.clone(),
            year: Some(year - 1),
            measure: scale.label.clone(),
            states: rows.iter().map(|&row| data.state(row, None)).collect(),
            power: scale.powers(&rows),
            dyads: Dyads {
                distance: known.then(|| distance.mapv(|km| km.unwrap_or(0.0))),
                hostility: Some(rivals.mapv(|rival| f64::from(u8::from(rival)))),
                ..Dyads::default()
            },
        })?;
        let alliances = &self.pacts.alliances;
        Ok(PanelYear {
            year,
            majors,
            pact: alliances.defended(&codes, year),
            pact_before: alliances.defended(&codes, year - 1),
            neighbours: self.neighbours(&codes, year),
            rivals,
            distance,
            system,
        })
    }

    /// A row of the capabilities for each state, and whether it is a major power in the year.
    fn rows(&self, year: i32, members: Members, scale: &Scale) -> Result<(Vec<usize>, Vec<bool>)> {
        let data = self.capabilities;
        let of = |year: i32| -> BTreeMap<&str, usize> {
            let rows = data.by_year.get(&Some(year)).map_or(&[][..], Vec::as_slice);
            let code = |&row: &usize| Some((data.rows[row].ccode.as_deref()?, row));
            rows.iter().filter_map(code).collect()
        };
        let (before, now) = (of(year - 1), of(year));
        let called = self.majors.codes_in(year);
        let is_major = |row: usize| {
            let row = &data.rows[row];
            called.iter().any(|c| Some(*c) == row.ccode.as_deref() || *c == row.id)
        };
        let usable = |row: Option<&usize>| row.copied().filter(|&row| scale.is_positive(row));
        let mut chosen: Vec<(usize, bool)> = Vec::new();
        let mut order: Vec<&str> = now.keys().copied().collect();
        crate::order::sort_by_key(&mut order, |code| now[code]);
        for code in order {
            let major = is_major(now[code]);
            let row = match members {
                Members::Majors if !major => continue,
                Members::Majors => usable(before.get(code)).or_else(|| usable(now.get(code))),
                Members::All => usable(before.get(code)),
            };
            match row {
                Some(row) => chosen.push((row, major)),
                None if members == Members::Majors => {
                    return Err(data.fault(
                        format!("expected power of {code} in {} or {year}, found none", year - 1),
                        "choose other --years",
                    ));
                }
                None => {}
            }
        }
        Ok(chosen.into_iter().unzip())
    }

    /// The distance of capitals the year before, or in the year where one was not there yet.
    fn distances(&self, codes: &[&str], year: i32) -> Result<Array2<Option<f64>>> {
        let capitals = self.dyads.capitals.as_ref().ok_or_else(|| lacking("capitals"))?;
        let places: Vec<Option<Location>> = codes
            .iter()
            .map(|code| capitals.place(code, year - 1).or_else(|| capitals.place(code, year)))
            .collect();
        let n = codes.len();
        Ok(Array2::from_shape_fn((n, n), |(i, j)| {
            Some(geography::distance(places[i]?, places[j]?))
        }))
    }

    fn rivals(&self, codes: &[&str], year: i32) -> Result<Array2<bool>> {
        let rivalries = self.dyads.rivalries.as_ref().ok_or_else(|| lacking("rivalries"))?;
        Ok(marked(codes, rivalries.pairs(year - 1)))
    }

    fn neighbours(&self, codes: &[&str], year: i32) -> Array2<bool> {
        match &self.dyads.contiguity {
            Some(contiguity) => marked(codes, contiguity.pairs(year, NEIGHBOURS)),
            None => Array2::from_elem((codes.len(), codes.len()), false),
        }
    }

    /// Whether politically relevant pairs can be told: there is a file of contiguity.
    pub fn knows_neighbours(&self) -> bool {
        self.dyads.contiguity.is_some()
    }
}

/// A symmetric matrix of the pairs named.
pub(super) fn marked<'p>(
    codes: &[&str],
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> Array2<bool> {
    let at: HashMap<&str, usize> = codes.iter().enumerate().map(|(i, code)| (*code, i)).collect();
    let mut matrix = Array2::from_elem((codes.len(), codes.len()), false);
    for (one, other) in pairs {
        if let (Some(&i), Some(&j)) = (at.get(one), at.get(other)) {
            matrix[[i, j]] = i != j;
            matrix[[j, i]] = i != j;
        }
    }
    matrix
}

fn lacking(what: &str) -> Error {
    Error::input(
        Place::file("--dyads"),
        format!("expected {what} among the files, found none"),
        "give --dyads cow_capitals.csv,tss_rivalries.csv,contdir.csv as downloaded",
    )
}
