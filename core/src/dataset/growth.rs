//! Files of growth rates.

use std::path::Path;

use dashu_ratio::RBig;

use super::names::Names;
use crate::error::{Error, Place, Result};
use crate::system::System;
use crate::table::Table;

/// How fast each state's power grows: columns `state` (identifier, name or `ccode`) and
/// `growth`, the rate a year as a fraction (0.02 for two per cent), from above -1 to 1.
#[derive(Debug, Clone)]
pub struct Growth {
    source: String,
    /// Who, how fast, and on which line.
    rates: Vec<(String, f64, u64)>,
}

impl Growth {
    /// Reads a file. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, lacks a column, or a rate is out of range.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads a file's bytes, which messages call `source`. O(bytes).
    ///
    /// # Errors
    /// As [`Growth::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        Self::from_table(&Table::parse(source, bytes)?)
    }

    fn from_table(table: &Table) -> Result<Self> {
        let state = table.column(&["state", "stateabb", "name", "ccode"]);
        let (Some(state), Some(growth)) = (state, table.column(&["growth"])) else {
            return Err(table.header_fault(
                "expected columns state and growth",
                "name the column of yearly rates growth, as 0.02 for two per cent",
            ));
        };
        let row = |row: usize| {
            let cell = table.cell(row, state);
            let id =
                cell.code().ok_or_else(|| cell.fault("a state", "name it or delete the row"))?;
            let rate = table.cell(row, growth).within(
                -0.999_999..=1.0,
                "a rate above -1, at most 1",
                "write 0.02 for two per cent a year",
            )?;
            Ok((id, rate, table.line(row)))
        };
        let rates = (0..table.len()).map(row).collect::<Result<_>>()?;
        Ok(Self { source: table.source().to_owned(), rates })
    }

    /// The file's name in messages.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The system after so many years of growth: `p_i (1 + g_i)^years`, in the year `year`.
    /// O(rows + n).
    ///
    /// # Errors
    /// If a state of the system has no rate or two, or what it grows to is no number.
    pub fn grown(&self, system: &System, year: i32, years: u32) -> Result<System> {
        let mut names = Names::default();
        for state in system.states() {
            names.add(&state.id, state.name.as_deref(), state.code.as_deref());
        }
        let mut rates: Vec<Option<f64>> = vec![None; system.len()];
        for (id, rate, line) in &self.rates {
            // Rates of states outside the system do not matter.
            let &[i] = names.find(id) else { continue };
            if rates[i].replace(*rate).is_some() {
                let problem = format!("expected one rate for {}, found another", system.id(i));
                let place = Place::line(&self.source, *line);
                return Err(Error::input(place, problem, "keep one of the rows"));
            }
        }
        let power =
            system.exact_shares().iter().zip(&rates).enumerate().map(|(i, (share, rate))| {
                let fault = |problem: String, remedy: &str| {
                    Error::input(Place::file(&self.source), problem, remedy)
                };
                let id = system.id(i);
                let rate = rate.ok_or_else(|| {
                    fault(format!("expected the growth of {id}, found none"), "add a row for it")
                })?;
                let factor = (1.0 + rate).powf(f64::from(years));
                let exact = RBig::try_from(factor).ok().filter(|factor| *factor > RBig::ZERO);
                let exact = exact.ok_or_else(|| {
                    let problem = format!("{id} grows {factor}-fold in {years} years");
                    fault(problem, "choose a nearer --horizon-year")
                })?;
                Ok(exact * share)
            });
        system.at_power(Some(year), power.collect::<Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn power_grows_by_the_rates() {
        let system = System::from_powers([("A", 6.0), ("B", 4.0)]).unwrap();
        let growth = Growth::parse("g.csv", b"state,growth\nB,1\nA,0\nX,0.5\n").unwrap();
        let later = growth.grown(&system, 1920, 1).unwrap();
        assert_eq!(later.shares(), [6.0 / 14.0, 8.0 / 14.0]);
        assert_eq!((later.year(), later.id(1)), (Some(1920), "B"));
    }

    #[test]
    fn what_is_missing_twice_or_no_rate_is_located() {
        let system = System::from_powers([("A", 6.0), ("B", 4.0)]).unwrap();
        let grown = |csv: &str| {
            let growth = Growth::parse("g.csv", csv.as_bytes())?;
            growth.grown(&system, 1920, 5)
        };
        let told = |csv: &str| grown(csv).unwrap_err().to_string();
        assert!(told("state,growth\nA,0.1\n").contains("growth of B"));
        assert!(told("state,growth\nA,0.1\nA,0.2\nB,0\n").starts_with("g.csv:3:"));
        assert!(told("state,growth\nA,ten\nB,0\n").starts_with("g.csv:2: growth:"));
        assert!(told("state,rate\nA,1\n").contains("state and growth"));
    }
}
