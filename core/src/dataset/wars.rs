//! Wars between states: who fought on which side, and when.

use std::collections::BTreeMap;
use std::path::Path;

use ndarray::Array2;

use super::census::Census;
use super::sides::Part;
use crate::error::Result;
use crate::table::Table;
use crate::table::cell::Cell;

/// Put where a date does not apply, because there is no such spell.
const NOT_APPLICABLE: i32 = -8;
/// Put for the end of what goes on.
const ONGOING: i32 = -7;

/// A list of wars between states, as the Correlates of War project has it
/// (`Inter-StateWarData_v4.0.csv`): a row for each participant, with up to two spells.
///
/// A state that changed sides has a row for each side. A spell covers every year from its
/// first to its last, also where it holds only a part of them. `-8` is not applicable, `-7`
/// ongoing, `-9` unknown.
///
/// References: M. R. Sarkees and F. W. Wayman (2010), *Resort to War: 1816–2007*, CQ Press.
#[derive(Debug, Clone)]
pub struct Wars {
    source: String,
    pub(super) participations: Vec<Participation>,
}

/// A war, as it was in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct War {
    /// The number that the list gives it.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who fought in it in the year, in the order of the list. A state that changed sides
    /// within the year is on both.
    pub participants: Vec<Participant>,
}

/// A state at war.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Its Correlates of War code.
    pub code: String,
    /// What the list calls it.
    pub name: String,
    /// 1 or 2.
    pub side: u8,
    /// Whether it began the war.
    pub initiator: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Participation {
    pub(super) number: String,
    pub(super) war: String,
    pub(super) participant: Participant,
    pub(super) spells: Vec<(i32, i32)>,
    pub(super) part: Part,
}

impl War {
    /// The codes of those on side 1 or 2.
    pub fn side(&self, side: u8) -> impl Iterator<Item = &str> {
        self.participants.iter().filter(move |p| p.side == side).map(|p| p.code.as_str())
    }

    /// Whether two states, by their codes, are on opposite sides.
    pub fn opposes(&self, first: &str, second: &str) -> bool {
        let on = |side, code| self.side(side).any(|other| other == code);
        (on(1, first) && on(2, second)) || (on(2, first) && on(1, second))
    }
}

impl Wars {
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
    /// As [`Wars::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    fn from_table(table: &Table) -> Result<Self> {
        Self::recognise(table)?.ok_or_else(|| {
            table.header_fault(
                "expected columns WarNum, WarName, ccode, StateName, Side, StartYear1, EndYear1",
                "give a list of wars such as COW's Inter-StateWarData_v4.0.csv",
            )
        })
    }

    /// Reads the list, if the header is that of the data. O(cells).
    pub(super) fn recognise(table: &Table) -> Result<Option<Self>> {
        let columns = ["warnum", "warname", "ccode", "statename", "side", "startyear1", "endyear1"];
        let Some([number, war, code, name, side, start, end]) = table.columns(columns) else {
            return Ok(None);
        };
        let second = table.columns(["startyear2", "endyear2"]);
        let initiator = table.column(&["initiator"]);
        let joined = ["startmonth1", "startday1", "outcome"].map(|name| table.column(&[name]));
        let participation = |row: usize| {
            let cell = |column: usize| table.cell(row, column);
            let mut spells: Vec<(i32, i32)> = spell(cell(start), cell(end))?.into_iter().collect();
            if spells.is_empty() {
                return Err(cell(start).fault("a year", "fill it in, or delete the row"));
            }
            if let Some([start, end]) = second {
                spells.extend(spell(cell(start), cell(end))?);
            }
            let side = match cell(side).code().as_deref() {
                Some("1") => 1,
                Some("2") => 2,
                _ => return Err(cell(side).fault("side 1 or 2", "fill it in, or delete the row")),
            };
            let initiator = initiator.and_then(|column| cell(column).code());
            let [month, day, outcome] = joined.map(|column| column.map(cell));
            let part = Part::read(spells[0].0, month, day, outcome)?;
            Ok(Participation {
                number: cell(number).code().unwrap_or_default(),
                war: cell(war).text().to_owned(),
                participant: Participant {
                    code: cell(code).state()?,
                    name: cell(name).text().to_owned(),
                    side,
                    initiator: initiator.as_deref() == Some("1"),
                },
                spells,
                part,
            })
        };
        let participations = (0..table.len()).map(participation).collect::<Result<_>>()?;
        Ok(Some(Self { source: table.source().to_owned(), participations }))
    }

    /// What messages call the file.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The first year of the first war and the last year of the last, as far as they are
    /// known. A year outside may be one of peace, or one that the list does not cover.
    pub fn years(&self) -> Option<(i32, i32)> {
        let spells = || self.participations.iter().flat_map(|p| &p.spells);
        let first = spells().map(|spell| spell.0).min()?;
        let last = spells().map(|&(from, to)| if to == i32::MAX { from } else { to }).max()?;
        Some((first, last))
    }

    /// The wars of a year, in the order of the list, each with those who fought in it then;
    /// none in peace. O(rows).
    pub fn in_year(&self, year: i32) -> Vec<War> {
        let mut wars: Vec<War> = Vec::new();
        let mut position: BTreeMap<&str, usize> = BTreeMap::new();
        let fights = |p: &&Participation| p.spells.iter().any(|s| s.0 <= year && year <= s.1);
        for each in self.participations.iter().filter(fights) {
            let war = *position.entry(&each.number).or_insert_with(|| {
                wars.push(War {
                    number: each.number.clone(),
                    name: each.war.clone(),
                    participants: Vec::new(),
                });
                wars.len() - 1
            });
            wars[war].participants.push(each.participant.clone());
        }
        wars
    }

    /// Which pairs fought each other in the system's year or the `back` years before it: were
    /// on opposite sides of a war in the same year. Symmetric. O(back · (rows + n²)).
    pub(super) fn opponents(
        &self,
        census: &Census,
        back: i32,
        notes: &mut Vec<String>,
    ) -> Array2<bool> {
        let (year, n) = (census.year, census.system.len());
        let first = year.saturating_sub(back);
        let mut opponents = Array2::from_elem((n, n), false);
        let mut lookup = census.lookup();
        for war in (first..=year).flat_map(|year| self.in_year(year)) {
            let mut members = |side| -> Vec<usize> {
                war.side(side).filter_map(|code| lookup.find(code)).collect()
            };
            let (ones, others) = (members(1), members(2));
            for (&i, &j) in ones.iter().flat_map(|i| others.iter().map(move |j| (i, j))) {
                // A state that changed sides within the year did not fight itself.
                opponents[[i, j]] |= i != j;
                opponents[[j, i]] |= i != j;
            }
        }
        let pairs = opponents.iter().filter(|&&fought| fought).count() / 2;
        notes.push(format!(
            "{}: {pairs} of {} pairs fought each other from {first} to {year}",
            self.source,
            n * (n - 1) / 2
        ));
        if let Some((_, last)) = self.years().filter(|&(_, last)| last < year) {
            notes.push(format!("{}: the last war of the list ended in {last}", self.source));
        }
        notes.extend(lookup.notes(&self.source));
        opponents
    }
}

/// The years of a spell; `None` where there is none.
fn spell(start: Cell, end: Cell) -> Result<Option<(i32, i32)>> {
    const REMEDY: &str = "write -8 if there is no such spell, -7 for the end of what goes on";
    let (from, to) = (start.year()?, end.year()?);
    if from == NOT_APPLICABLE {
        return Ok(None);
    }
    if from < 0 {
        return Err(start.fault("a year", REMEDY));
    }
    let to = if to == ONGOING { i32::MAX } else { to };
    if to < from {
        return Err(end.fault(&format!("a year from {from} on"), REMEDY));
    }
    Ok(Some((from, to)))
}
