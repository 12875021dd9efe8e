//! Systems changed on the way: states conquered, and states that join from outside.

use std::collections::BTreeSet;
use std::path::Path;

use dashu_ratio::RBig;

use super::Dataset;
use crate::error::{Error, Place, Result};
use crate::table::Table;

/// Who took whom, in order: `victor,victim[,year]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Conquests {
    source: String,
    rows: Vec<Conquest>,
}

#[derive(Debug, Clone, PartialEq)]
struct Conquest {
    line: u64,
    victor: String,
    victim: String,
    year: Option<i32>,
}

impl Conquests {
    /// Reads a file of conquests. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, lacks a column, a state is not named or a year is
    /// not a year.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads conquests from bytes, which messages call `source`.
    ///
    /// # Errors
    /// As [`Conquests::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    fn from_table(table: &Table) -> Result<Self> {
        let Some([victor, victim]) = table.columns(["victor", "victim"]) else {
            return Err(table.header_fault(
                "expected columns victor and victim",
                "give a row for each conquest, with a column year if they have one",
            ));
        };
        let year = table.column(&["year"]);
        let row = |row: usize| {
            let state = |column: usize| table.cell(row, column).state();
            Ok(Conquest {
                line: table.line(row),
                victor: state(victor)?,
                victim: state(victim)?,
                year: year.map(|column| table.cell(row, column).year()).transpose()?,
            })
        };
        let rows = (0..table.len()).map(row).collect::<Result<_>>()?;
        Ok(Self { source: table.source().to_owned(), rows })
    }
}

impl Dataset {
    /// The same after these conquests: the victim leaves, and `administration` times each of its
    /// capabilities goes to the victor, row by row. Of a file of several years each year sees
    /// the conquests up to it; of a file of one or none those up to `year`, all if there is
    /// none, and that is then its year. O(conquests · states · columns).
    ///
    /// # Errors
    /// If `administration` is below 0, or a victor or victim is not in the file, or no longer.
    pub fn conquered(
        mut self,
        conquests: &Conquests,
        administration: &RBig,
        year: Option<i32>,
    ) -> Result<Self> {
        if *administration < RBig::ZERO {
            return Err(Error::parameter("administration", "0 or more", administration));
        }
        let several = self.by_year.len() > 1;
        if !several && year.is_some() {
            let rows = self.by_year.pop_first().map(|(_, rows)| rows).unwrap_or_default();
            rows.iter().for_each(|&row| self.rows[row].year = year);
            self.by_year.insert(year, rows);
        }
        let known: BTreeSet<String> = self.rows.iter().map(|row| row.id.clone()).collect();
        let years: Vec<Option<i32>> = self.by_year.keys().copied().collect();
        for now in years {
            let until = if several { now } else { year };
            let due = |conquest: &&Conquest| match (conquest.year, until) {
                (Some(then), Some(until)) => then <= until,
                _ => true,
            };
            for conquest in conquests.rows.iter().filter(due) {
                let fault = |who: &str, found: &str| {
                    let place = Place::line(&conquests.source, conquest.line);
                    let problem = format!("expected a state of the system, found {who:?}, {found}");
                    Error::input(place, problem, "name it as the system's file does, or delete it")
                };
                let rows = self.by_year.get(&now).map_or(&[][..], Vec::as_slice);
                let at = |id: &String| rows.iter().copied().find(|&row| self.rows[row].id == *id);
                let (victor, victim) = (at(&conquest.victor), at(&conquest.victim));
                for (found, id) in [(victor, &conquest.victor), (victim, &conquest.victim)] {
                    if !known.contains(id) {
                        return Err(fault(id, "which it does not have"));
                    }
                    // Of several years some may lack a state.
                    if found.is_none() && !several {
                        return Err(fault(id, "which was conquered before"));
                    }
                }
                let (Some(victor), Some(victim)) = (victor, victim) else { continue };
                if victor == victim {
                    return Err(fault(&conquest.victim, "which cannot conquer itself"));
                }
                self.annex(victor, victim, administration);
                if let Some(rows) = self.by_year.get_mut(&now) {
                    rows.retain(|&row| row != victim);
                }
            }
        }
        Ok(self)
    }

    fn annex(&mut self, victor: usize, victim: usize, administration: &RBig) {
        for capability in &mut self.capabilities {
            if let Some(gained) = &capability.values[victim] {
                let gained = gained * administration;
                let own = capability.values[victor].take();
                capability.values[victor] = Some(own.map_or(gained.clone(), |own| own + gained));
            }
        }
    }

    /// The same with the states of another file in it: in each year those that the other has in
    /// it, or all if that has no years. O(rows · columns).
    ///
    /// # Errors
    /// If the other lacks a column that power can be measured by here, has no state for any year
    /// of these, or one that is here already.
    pub fn joined_by(mut self, other: &Self) -> Result<Self> {
        let columns: Vec<_> = self
            .capabilities
            .iter()
            .map(|own| other.capabilities.iter().find(|c| c.name == own.name))
            .collect();
        let lacks = self.capabilities.iter().zip(&columns).find(|(_, found)| found.is_none());
        if let Some((own, _)) = lacks {
            return Err(other.fault(
                format!("expected a column {}, found none", own.name),
                format!("add it: {} measures power by it", self.source),
            ));
        }
        let mut joined = 0;
        let years: Vec<Option<i32>> = self.by_year.keys().copied().collect();
        for year in years {
            let rows = other.by_year.get(&year).or_else(|| other.by_year.get(&None));
            for &row in rows.into_iter().flatten() {
                let id = &other.rows[row].id;
                let here = self.by_year.get(&year).map_or(&[][..], Vec::as_slice);
                if here.iter().any(|&own| self.rows[own].id == *id) {
                    let place = Place::line(&other.source, other.rows[row].line);
                    let problem = format!(
                        "expected a state from outside, found {id}, which {} has",
                        self.source
                    );
                    return Err(Error::input(place, problem, "delete one of the two"));
                }
                for (own, found) in self.capabilities.iter_mut().zip(&columns) {
                    own.values.push(found.and_then(|found| found.values[row].clone()));
                }
                let number = self.rows.len();
                self.rows.push(super::rows::Row { year, ..other.rows[row].clone() });
                self.by_year.entry(year).or_default().push(number);
                joined += 1;
            }
        }
        if joined == 0 {
            return Err(other.fault(
                format!("expected a state in a year of {}, found none", self.source),
                "give its row that year, or leave out the column year",
            ));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Measure, Selection};

    fn dataset(text: &str) -> Dataset {
        Dataset::parse("system.csv", text.as_bytes()).unwrap()
    }

    fn powers(dataset: &Dataset, year: Option<i32>) -> Vec<(String, String)> {
        let selection = Selection { year, ..Selection::default() };
        let built = dataset.system(&selection, &Measure::Column("power".into())).unwrap();
        let ids = built.system.states().iter().map(|state| state.id.clone());
        ids.zip(built.power.iter().map(ToString::to_string)).collect()
    }

    #[test]
    fn the_victim_leaves_and_what_can_be_administered_goes_to_the_victor() {
        let conquests =
            Conquests::parse("c.csv", b"victor,victim,year\nQin,Han,-230\nQin,Zhao,-228\n")
                .unwrap();
        let system = || dataset("state,power\nQin,6\nHan,2\nZhao,4\nQi,5\n");
        let half = RBig::from_parts(1.into(), 2u8.into());
        let after = |kappa: &RBig, year| {
            powers(&system().conquered(&conquests, kappa, year).unwrap(), None)
        };
        let row = |id: &str, power: &str| (id.to_owned(), power.to_owned());
        assert_eq!(after(&RBig::ONE, None), [row("Qin", "12"), row("Qi", "5")]);
        let until = after(&half, Some(-229));
        assert_eq!(until, [row("Qin", "7"), row("Zhao", "4"), row("Qi", "5")]);
        let twice = Conquests::parse("c.csv", b"victor,victim\nQin,Han\nQi,Han\n").unwrap();
        let error = system().conquered(&twice, &RBig::ONE, None).unwrap_err().to_string();
        assert!(error.starts_with("c.csv:3: "), "{error}");
    }

    #[test]
    fn states_join_from_outside() {
        let system = dataset("state,power\nFRA,5\nVEN,3\n");
        let joined = system.clone().joined_by(&dataset("state,power\nSPA,4\n")).unwrap();
        assert_eq!(powers(&joined, None).len(), 3);
        assert!(system.clone().joined_by(&dataset("state,power\nFRA,4\n")).is_err());
        assert!(system.joined_by(&dataset("state,ships\nSPA,4\n")).is_err());
    }
}
