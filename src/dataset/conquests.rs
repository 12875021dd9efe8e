//! Systems changed on the way: states that were conquered, and states that join from outside.

use std::path::Path;

use dashu_ratio::RBig;

use super::Dataset;
use super::names::Names;
use super::rows::Row;
use crate::error::{Error, Place, Result};
use crate::table::Table;

/// Who conquered whom: rows of `victor`, `victim` and, where it is known, `year`, in the order in
/// which it happened. States are called by identifier, name or `ccode`.
#[derive(Debug, Clone)]
pub struct Conquests {
    source: String,
    rows: Vec<Conquest>,
}

#[derive(Debug, Clone)]
struct Conquest {
    line: u64,
    victor: String,
    victim: String,
    year: Option<i32>,
}

impl Conquests {
    /// Reads a file. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, is not a table, lacks a column, or a cell is wrong.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_table(&Table::read(path.as_ref())?)
    }

    /// Reads a file's bytes, which messages call `source`. O(bytes).
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
                "name who conquers victor, who is conquered victim",
            ));
        };
        let year = table.column(&["year"]);
        let row = |row: usize| {
            let year = year.map(|year| table.cell(row, year));
            let year = year.filter(|cell| cell.filled().is_some());
            let [victor, victim] = [victor, victim].map(|column| table.cell(row, column));
            Ok(Conquest {
                line: table.line(row),
                victor: victor.state()?,
                victim: victim.state()?,
                year: year.map(|cell| cell.year()).transpose()?,
            })
        };
        let rows = (0..table.len()).map(row).collect::<Result<_>>()?;
        Ok(Self { source: table.source().to_owned(), rows })
    }
}

impl Dataset {
    /// The same states after conquests: the victim leaves, and `administration` times each of its
    /// capabilities goes to the victor, in the order of the rows. In each year of the file those
    /// up to that year have happened; those without a year have in every one. O(rows · columns).
    ///
    /// # Errors
    /// If `administration` is not within 0 and 1; if a file of one year lacks a state that is
    /// named, or a state is conquered twice, conquers itself, or conquers after it was conquered.
    /// In a panel a conquest of which a state is not there in a year is passed over, with a note.
    pub fn conquered(mut self, conquests: &Conquests, administration: &RBig) -> Result<Self> {
        if *administration < RBig::ZERO || *administration > RBig::ONE {
            let found = administration.to_f64().value();
            return Err(Error::parameter("administration", "0 to 1", found));
        }
        let years: Vec<Option<i32>> = self.by_year.keys().copied().collect();
        let single = years.len() == 1;
        for conquest in &conquests.rows {
            let mut passed_over = Vec::new();
            for &year in &years {
                let later = |(now, then): (i32, i32)| then > now;
                if year.zip(conquest.year).is_some_and(later) {
                    continue;
                }
                if !self.conquer(year, conquest, conquests, administration, single)? {
                    passed_over.extend(year.map(|year| year.to_string()));
                }
            }
            if !passed_over.is_empty() {
                self.notes.push(format!(
                    "{}:{}: {} or {} is not there in {}, where the conquest is passed over",
                    conquests.source,
                    conquest.line,
                    conquest.victor,
                    conquest.victim,
                    few(&passed_over)
                ));
            }
        }
        Ok(self)
    }

    /// One conquest in one year; whether both states are there.
    fn conquer(
        &mut self,
        year: Option<i32>,
        conquest: &Conquest,
        conquests: &Conquests,
        administration: &RBig,
        single: bool,
    ) -> Result<bool> {
        let rows = self.by_year.get(&year).cloned().unwrap_or_default();
        let mut names = Names::default();
        for row in rows.iter().map(|&row| &self.rows[row]) {
            names.add(&row.id, row.name.as_deref(), row.ccode.as_deref());
        }
        let place = || Place::line(&conquests.source, conquest.line);
        let mut found = [0; 2];
        for (at, text) in found.iter_mut().zip([&conquest.victor, &conquest.victim]) {
            match names.find(text) {
                &[state] => *at = rows[state],
                _ if !single => return Ok(false),
                several => {
                    let problem = match several.len() {
                        0 => format!("expected a state of the system, found {text}"),
                        _ => format!("expected one state {text}, found several called so"),
                    };
                    let remedy = names.suggestion(text);
                    let remedy = format!("{remedy}; who was conquered before is gone");
                    return Err(Error::input(place(), problem, remedy));
                }
            }
        }
        let [victor, victim] = found;
        if victor == victim {
            let problem = format!("expected two states, found {} twice", conquest.victor);
            return Err(Error::input(place(), problem, "name who conquers whom"));
        }
        for capability in &mut self.capabilities {
            let Some(taken) = capability.values[victim].clone() else { continue };
            let before = capability.values[victor].take().unwrap_or(RBig::ZERO);
            capability.values[victor] = Some(before + taken * administration);
        }
        if let Some(rows) = self.by_year.get_mut(&year) {
            rows.retain(|&row| row != victim);
        }
        let when = year.map_or(String::new(), |year| format!(" in {year}"));
        if single {
            let [victor, victim] = [victor, victim].map(|row| self.rows[row].id.clone());
            self.notes.push(format!("conquered{when}: {victim}, by {victor}"));
        }
        Ok(true)
    }

    /// The same states and those of another file, measured by the same columns. Outsiders of one
    /// year, or of none, join in every year of this file; those of several in their own.
    /// O(rows · columns).
    ///
    /// # Errors
    /// If the other file lacks a column that power is measured by here, a state is in both files
    /// in a year, or one has no capability above zero.
    pub fn joined_by(mut self, outsiders: &Self) -> Result<Self> {
        let columns = self.columns_of(outsiders)?;
        let years: Vec<Option<i32>> = self.by_year.keys().copied().collect();
        let everywhere = outsiders.by_year.len() == 1;
        let (mut alone, mut joined) = (Vec::new(), Vec::new());
        for year in years {
            let their_year = if everywhere { outsiders.by_year.keys().next() } else { Some(&year) };
            let theirs = their_year.and_then(|year| outsiders.by_year.get(year));
            let Some(theirs) = theirs else {
                alone.extend(year.map(|year| year.to_string()));
                continue;
            };
            for &row in theirs {
                self.refuse_outsider(year, row, &columns, outsiders)?;
                let id = outsiders.rows[row].id.clone();
                if !joined.contains(&id) {
                    joined.push(id);
                }
                let place = self.rows.len();
                self.rows.push(Row { year, ..outsiders.rows[row].clone() });
                self.by_year.entry(year).or_default().push(place);
                for (own, &theirs) in self.capabilities.iter_mut().zip(&columns) {
                    own.values.push(outsiders.capabilities[theirs].values[row].clone());
                }
            }
        }
        self.notes.extend(outsiders.notes.iter().cloned());
        self.notes.push(format!("joined from {}: {}", outsiders.source, few(&joined)));
        if !alone.is_empty() {
            let source = &outsiders.source;
            self.notes.push(format!("{source} has nobody to join in {}", few(&alone)));
        }
        Ok(self)
    }

    /// For each capability here the place of the same one there.
    fn columns_of(&self, outsiders: &Self) -> Result<Vec<usize>> {
        let find = |name: &str| {
            let mut theirs = outsiders.capabilities.iter();
            theirs.position(|theirs| theirs.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
                outsiders.fault(
                    format!("expected a numeric column {name} as in {}, found none", self.source),
                    format!("add it; the file has {}", outsiders.capabilities().join(", ")),
                )
            })
        };
        self.capabilities.iter().map(|capability| find(&capability.name)).collect()
    }

    fn refuse_outsider(
        &self,
        year: Option<i32>,
        row: usize,
        columns: &[usize],
        outsiders: &Self,
    ) -> Result<()> {
        let outsider = &outsiders.rows[row];
        let place = || Place::line(&outsiders.source, outsider.line);
        let here = self.by_year.get(&year).map_or(&[][..], Vec::as_slice);
        if here.iter().any(|&row| self.rows[row].id == outsider.id) {
            let problem = format!("expected states that join, found {} in both files", outsider.id);
            return Err(Error::input(place(), problem, "delete one of the rows"));
        }
        let power = |&column: &usize| {
            let value = &outsiders.capabilities[column].values[row];
            value.as_ref().is_some_and(|value| *value > RBig::ZERO)
        };
        if !columns.iter().any(power) {
            let problem =
                format!("expected a capability above zero for {}, found none", outsider.id);
            return Err(Error::input(place(), problem, "fill it in or delete the row"));
        }
        Ok(())
    }
}

/// A list, of which not too many are named.
fn few(names: &[String]) -> String {
    const FEW: usize = 10;
    let listed = names.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FEW) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Measure, Selection};

    const CSV: &str = "state,milex,tpop\nA,60,20\nB,20,60\nC,20,20\n";

    fn shares(dataset: &Dataset) -> Vec<(String, String)> {
        let built = dataset.system(&Selection::default(), &Measure::Column("milex".into()));
        let system = built.unwrap().system;
        let exact = system.exact_shares().iter().map(ToString::to_string);
        system.states().iter().map(|state| state.id.clone()).zip(exact).collect()
    }

    fn conquered(csv: &str, rows: &str, administration: &str) -> Result<Dataset> {
        let conquests = Conquests::parse("c.csv", format!("victor,victim\n{rows}").as_bytes())?;
        let administration = crate::system::parse_decimal(administration).unwrap();
        Dataset::parse("s.csv", csv.as_bytes())?.conquered(&conquests, &administration)
    }

    #[test]
    fn victims_leave_and_victors_grow_by_what_they_can_administer() {
        let after = conquered(CSV, "A,C\n", "0.5").unwrap();
        assert_eq!(shares(&after), [("A".into(), "7/9".into()), ("B".into(), "2/9".into())]);
        assert!(after.notes().iter().any(|note| note == "conquered: C, by A"));
        let csv = "state,milex,tpop\nA,60,20\nB,20,60\nC,20,20\nD,100,1\n";
        let chain = conquered(csv, "B,C\nA,B\n", "1").unwrap();
        assert_eq!(shares(&chain), [("A".into(), "1/2".into()), ("D".into(), "1/2".into())]);
    }

    #[test]
    fn conquests_up_to_the_year_have_happened() {
        let csv = "state,year,milex\nA,1900,3\nB,1900,2\nC,1900,1\nA,1910,3\nB,1910,2\nC,1910,1\n";
        let conquests = b"victor,victim,year\nA,C,1905\n";
        let conquests = Conquests::parse("c.csv", conquests).unwrap();
        let panel = Dataset::parse("s.csv", csv.as_bytes()).unwrap();
        let panel = panel.conquered(&conquests, &RBig::ONE).unwrap();
        let states = |year| {
            let selection = Selection { year: Some(year), ..Selection::default() };
            panel.system(&selection, &Measure::Cinc).unwrap().system.len()
        };
        assert_eq!((states(1900), states(1910)), (3, 2));
    }

    #[test]
    fn wrong_conquests_are_located() {
        let told = |rows: &str| conquered(CSV, rows, "1").unwrap_err().to_string();
        assert!(told("A,X\n").starts_with("c.csv:2: expected a state of the system, found X"));
        assert!(told("A,B\nB,C\n").starts_with("c.csv:3: "));
        assert!(told("A,A\n").contains("found A twice"));
        assert!(conquered(CSV, "A,B\n", "1.5").unwrap_err().to_string().contains("0 to 1"));
    }

    #[test]
    fn outsiders_join_by_the_same_columns() {
        let join = |csv: &str| {
            let outsiders = Dataset::parse("o.csv", csv.as_bytes())?;
            Dataset::parse("s.csv", CSV.as_bytes())?.joined_by(&outsiders)
        };
        let after = join("state,tpop,MILEX\nX,5,100\n").unwrap();
        assert_eq!(shares(&after)[3], ("X".into(), "1/2".into()));
        let told = |csv: &str| join(csv).unwrap_err().to_string();
        assert!(told("state,tpop\nX,5\n").contains("expected a numeric column milex as in s.csv"));
        assert!(
            told("state,milex,tpop\nA,5,1\n").starts_with("o.csv:2: expected states that join")
        );
        assert!(told("state,milex,tpop\nX,0,0\n").contains("above zero for X"));
    }
}
