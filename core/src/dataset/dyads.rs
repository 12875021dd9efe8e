//! Files of what is known of pairs of states.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use ndarray::Array2;

use super::built::Built;
use super::pairs::Pairs;
use crate::error::{Error, Place, Result};
use crate::system::{Dyads, System};
use crate::table::Table;
use crate::table::cell::Cell;

/// What can be known of a pair of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// Distance in km, 0 or more; the same both ways.
    Distance,
    /// Hostility of the first to the second, from -1 to 1.
    Hostility,
    /// Affinity of the first to the second, from -1 to 1.
    Affinity,
    /// 1 where the two are committed to each other, else 0; the same both ways.
    Commitment,
    /// Propensity to stand together (Axelrod & Bennett 1993); the same both ways.
    Propensity,
    /// 1 for friends, -1 for foes, else 0; the same both ways.
    Sign,
    /// 1 where there is a link, else 0; the same both ways.
    Link,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Distance,
        Self::Hostility,
        Self::Affinity,
        Self::Commitment,
        Self::Propensity,
        Self::Sign,
        Self::Link,
    ];

    /// Those that a system keeps.
    pub(super) const OF_SYSTEMS: [Self; 4] =
        [Self::Distance, Self::Hostility, Self::Affinity, Self::Commitment];

    /// Puts a matrix among what a system knows of its pairs, unless it is of those that
    /// systems do not keep.
    pub(super) fn put(self, matrix: Array2<f64>, dyads: &mut Dyads) {
        match self {
            Self::Distance => dyads.distance = Some(matrix),
            Self::Hostility => dyads.hostility = Some(matrix),
            Self::Affinity => dyads.affinity = Some(matrix),
            Self::Commitment => dyads.commitment = Some(matrix.mapv(|value| value > 0.0)),
            Self::Propensity | Self::Sign | Self::Link => {}
        }
    }

    /// The column's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Hostility => "hostility",
            Self::Affinity => "affinity",
            Self::Commitment => "commitment",
            Self::Propensity => "propensity",
            Self::Sign => "sign",
            Self::Link => "link",
        }
    }

    /// Whether it holds both ways; else each order of a pair has its own value.
    pub const fn is_symmetric(self) -> bool {
        !matches!(self, Self::Hostility | Self::Affinity)
    }

    /// The values it can have, the same in words, and whether they are whole.
    fn values(self) -> (RangeInclusive<f64>, &'static str, bool) {
        match self {
            Self::Distance => (0.0..=f64::MAX, "km, 0 or more", false),
            Self::Hostility | Self::Affinity => (-1.0..=1.0, "a number from -1 to 1", false),
            Self::Commitment | Self::Link => (0.0..=1.0, "0 or 1", true),
            Self::Propensity => (f64::MIN..=f64::MAX, "a number", false),
            Self::Sign => (-1.0..=1.0, "-1, 0 or 1", true),
        }
    }

    /// The value in a cell; `None` where it is empty.
    fn read(self, cell: Cell) -> Result<Option<f64>> {
        const REMEDY: &str = "leave it empty if unknown";
        if cell.filled().is_none() {
            return Ok(None);
        }
        let (range, expected, is_whole) = self.values();
        let value = cell.within(range, expected, REMEDY)?;
        if is_whole && value.fract() != 0.0 {
            return Err(cell.fault(expected, REMEDY));
        }
        Ok(Some(value))
    }
}

/// A file of pairs of states: one row a pair, or a pair and year.
///
/// The states are in columns `state1`, `state2` or `ccode1`, `ccode2` or `stateA`, `stateB`,
/// called by identifier, name or `ccode`; there is an optional `year`, and a column for each
/// [`Relation`] that is known. A pair given in one order holds both ways; where both orders
/// are given each is its own direction, and relations that are symmetric must agree.
#[derive(Debug, Clone)]
pub struct DyadTable {
    source: String,
    pairs: Vec<Pair>,
    /// The rows of each year; without a column `year`, of `None`.
    by_year: BTreeMap<Option<i32>, Vec<usize>>,
    relations: Vec<(Relation, Vec<Option<f64>>)>,
}

/// Two states as a row names them.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) line: u64,
    pub(super) first: String,
    pub(super) second: String,
}

impl DyadTable {
    /// Reads a file. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, has no columns that name pairs, none that is a
    /// relation, or a cell is out of its relation's range.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads a file's bytes, which messages call `source`. O(bytes).
    ///
    /// # Errors
    /// As [`DyadTable::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    pub(super) fn from_table(table: &Table) -> Result<Self> {
        let (first, second) = pair_columns(table)?;
        let year = table.column(&["year"]);
        let mut pairs = Vec::with_capacity(table.len());
        let mut by_year: BTreeMap<Option<i32>, Vec<usize>> = BTreeMap::new();
        for row in 0..table.len() {
            let state = |column: usize| table.cell(row, column).state();
            let line = table.line(row);
            pairs.push(Pair { line, first: state(first)?, second: state(second)? });
            let year = year.map(|column| table.cell(row, column).year()).transpose()?;
            by_year.entry(year).or_default().push(row);
        }
        let relations = relations(table)?;
        Ok(Self { source: table.source().to_owned(), pairs, by_year, relations })
    }

    /// The relations that the file has a column for.
    pub fn relations(&self) -> Vec<Relation> {
        self.relations.iter().map(|(relation, _)| *relation).collect()
    }

    /// What is known of the pairs of a system, `n × n`, the row's state about the column's;
    /// zero for pairs that the file lacks, and on the diagonal. `None` where the file has no
    /// such column. O(rows of the year + n²).
    ///
    /// # Errors
    /// If the file has no row for the system's year or its pairs, names an ordered pair
    /// twice in a year, contradicts itself, or lacks the distance of a pair.
    pub fn matrix(&self, system: &System, relation: Relation) -> Result<Option<Array2<f64>>> {
        let pairs = Pairs::find(self, system)?;
        self.values(relation).map(|values| pairs.matrix(relation, values)).transpose()
    }

    /// The system with distance, hostility, affinity and commitment from this file, those
    /// that it has; others stay as they were. Rows about states outside the system are
    /// counted in a note.
    ///
    /// # Errors
    /// As [`DyadTable::matrix`].
    pub fn attach(&self, mut built: Built) -> Result<Built> {
        let pairs = Pairs::find(self, &built.system)?;
        let matrix = |relation: Relation| {
            self.values(relation).map(|values| pairs.matrix(relation, values)).transpose()
        };
        let mut dyads = built.system.dyads().clone();
        for relation in Relation::OF_SYSTEMS {
            if let Some(matrix) = matrix(relation)? {
                relation.put(matrix, &mut dyads);
            }
        }
        built.notes.extend(pairs.note());
        built.system = built.system.with_dyads(dyads)?;
        Ok(built)
    }

    /// What is given of the pairs of a system, if the file has such a column.
    pub(super) fn given(
        &self,
        system: &System,
        relation: Relation,
    ) -> Result<Option<Array2<Option<f64>>>> {
        let Some(values) = self.values(relation) else { return Ok(None) };
        Pairs::find(self, system)?.given(relation, values).map(Some)
    }

    /// Says how many rows are not of two states of the system.
    pub(super) fn note(&self, system: &System) -> Result<Option<String>> {
        Ok(Pairs::find(self, system)?.note())
    }

    /// What messages call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    fn values(&self, relation: Relation) -> Option<&[Option<f64>]> {
        let known = self.relations.iter().find(|(known, _)| *known == relation);
        known.map(|(_, values)| values.as_slice())
    }

    /// The rows of a year: all where the file has no years, those of the only one where the
    /// system has none.
    pub(super) fn rows_of(&self, year: Option<i32>) -> Result<&[usize]> {
        let wanted = match (year, self.by_year.len()) {
            (_, 1) if self.by_year.contains_key(&None) => None,
            (None, 1) => self.by_year.keys().next().copied().flatten(),
            (None, _) => {
                return Err(self.fault(
                    "expected pairs of one year, as the system has none, found several",
                    "keep the rows of one year, or add a column year to the system",
                ));
            }
            (Some(year), _) => Some(year),
        };
        self.by_year.get(&wanted).map(Vec::as_slice).ok_or_else(|| {
            let ends = (self.by_year.keys().next(), self.by_year.keys().next_back());
            let range = match ends {
                (Some(Some(first)), Some(Some(last))) => format!("years from {first} to {last}"),
                _ => "none".to_owned(),
            };
            self.fault(
                format!("expected rows for {}, found {range}", wanted.unwrap_or_default()),
                "add them, or choose another --year",
            )
        })
    }

    /// The states that a row names.
    pub(super) fn pair(&self, row: usize) -> &Pair {
        &self.pairs[row]
    }

    /// An error about the whole file.
    pub(super) fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::input(Place::file(&self.source), problem, remedy)
    }

    /// An error in a row.
    pub(super) fn row_fault(&self, row: usize, problem: String, remedy: &str) -> Error {
        Error::input(Place::line(&self.source, self.pairs[row].line), problem, remedy)
    }
}

fn pair_columns(table: &Table) -> Result<(usize, usize)> {
    const NAMES: [(&str, &str); 3] =
        [("state1", "state2"), ("ccode1", "ccode2"), ("statea", "stateb")];
    let found = NAMES
        .iter()
        .find_map(|(first, second)| Some((table.column(&[first])?, table.column(&[second])?)));
    found.ok_or_else(|| {
        table.header_fault(
            "expected columns state1 and state2, ccode1 and ccode2, or stateA and stateB",
            "rename the two columns that name the states",
        )
    })
}

fn relations(table: &Table) -> Result<Vec<(Relation, Vec<Option<f64>>)>> {
    let mut relations = Vec::new();
    for relation in Relation::ALL {
        if let Some(column) = table.column(&[relation.name()]) {
            let values = table.cells(column).map(|cell| relation.read(cell));
            relations.push((relation, values.collect::<Result<_>>()?));
        }
    }
    if relations.is_empty() {
        let names = Relation::ALL.map(Relation::name).join(", ");
        return Err(table.header_fault(
            &format!("expected a column of what is known of pairs ({names})"),
            "name it so",
        ));
    }
    Ok(relations)
}
