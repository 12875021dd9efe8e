//! Alliances by directed dyad-year: who is committed to fight beside whom.
//!
//! The Alliance Treaty Obligations and Provisions project's directed dyad-years, version 5.1
//! (`atop5_1_ddyr_abridged.csv`): a row for each ordered pair of states and year in which a
//! treaty binds them, with a column for each obligation. Pairs that have no row in a year
//! have no treaty. The whole file is kept by year, so that a panel of years reads it once.
//!
//! References: B. A. Leeds, J. M. Ritter, S. McLaughlin Mitchell and A. G. Long (2002),
//! "Alliance Treaty Obligations and Provisions, 1815–1944", *International Interactions*
//! 28(3).

use std::collections::{BTreeMap, HashMap};

use ndarray::Array2;

use super::census::{Census, outside};
use super::panel::marked;
use crate::error::Result;
use crate::table::Table;

/// The treaties of each year.
#[derive(Debug, Clone)]
pub(super) struct Alliances {
    source: String,
    codes: Vec<String>,
    by_year: BTreeMap<i32, Vec<Tie>>,
}

/// What the first state owes the second in a year.
#[derive(Debug, Clone, Copy)]
struct Tie {
    /// Indices into the codes.
    states: [u32; 2],
    /// To defend it.
    defends: bool,
    /// To defend it, or to join it in attack.
    commits: bool,
}

impl Alliances {
    /// Reads the dyad-years, if the header is that of the data. O(cells).
    pub(super) fn recognise(table: &Table) -> Result<Option<Self>> {
        const PAIRS: [[&str; 2]; 3] =
            [["ccode1", "ccode2"], ["statea", "stateb"], ["mem1", "mem2"]];
        let pair = PAIRS.iter().find_map(|names| table.columns(*names));
        let (Some([first, second]), Some([year, defense, offense])) =
            (pair, table.columns(["year", "defense", "offense"]))
        else {
            return Ok(None);
        };
        let mut index: HashMap<String, u32> = HashMap::new();
        let mut codes: Vec<String> = Vec::new();
        let mut by_year: BTreeMap<i32, Vec<Tie>> = BTreeMap::new();
        for row in 0..table.len() {
            let mut state = |column: usize| -> Result<u32> {
                let cell = table.cell(row, column);
                if let Some(&known) = index.get(cell.text()) {
                    return Ok(known);
                }
                // The same state may be written 220 and 220.0.
                let code = cell.state()?;
                let next = codes.len() as u32;
                let id = *index.entry(code.clone()).or_insert(next);
                if id == next {
                    codes.push(code);
                }
                index.insert(cell.text().to_owned(), id);
                Ok(id)
            };
            let states = [state(first)?, state(second)?];
            let (defense, offense) = (table.cell(row, defense), table.cell(row, offense));
            let (defends, attacks) = (defense.flag()?, offense.flag()?);
            let tie = Tie { states, defends, commits: defends | attacks };
            by_year.entry(table.cell(row, year).year()?).or_default().push(tie);
        }
        Ok(Some(Self { source: table.source().to_owned(), codes, by_year }))
    }

    /// What messages call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The first and the last year of the file.
    pub(super) fn years(&self) -> Option<(i32, i32)> {
        Some((*self.by_year.keys().next()?, *self.by_year.keys().next_back()?))
    }

    /// Which pairs of states of these codes a defence pact binds in the year, in either
    /// direction. Symmetric. O(ties of the year + n²).
    pub(super) fn defended(&self, codes: &[&str], year: i32) -> Array2<bool> {
        let ties = self.by_year.get(&year).map_or(&[][..], Vec::as_slice);
        let name = |tie: &Tie| tie.states.map(|code| self.codes[code as usize].as_str());
        marked(codes, ties.iter().filter(|tie| tie.defends).map(name).map(|[a, b]| (a, b)))
    }

    /// Which pairs are committed in the year: a treaty in force in it obliges one of the two,
    /// in either order of the file, to defend the other or to attack at its side. Symmetric.
    /// O(ties of the year + n²).
    ///
    /// # Errors
    /// If the file does not reach the year.
    pub(super) fn commitments(
        &self,
        census: &Census,
        notes: &mut Vec<String>,
    ) -> Result<Array2<bool>> {
        let year = census.year;
        let ends = (self.by_year.keys().next(), self.by_year.keys().next_back());
        if let (Some(&first), Some(&last)) = ends
            && !(first..=last).contains(&year)
        {
            return Err(outside(&self.source, year, first, last));
        }
        let n = census.system.len();
        let mut directed = Array2::from_elem((n, n), false);
        let mut lookup = census.lookup();
        for tie in self.by_year.get(&year).map_or(&[][..], Vec::as_slice) {
            let [first, second] = tie.states.map(|code| self.codes[code as usize].as_str());
            if let Some((i, j)) = lookup.pair(first, second) {
                directed[[i, j]] |= tie.commits;
            }
        }
        let pairs = || (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        let committed = pairs().filter(|&(i, j)| directed[[i, j]] | directed[[j, i]]).count();
        let one_way: Vec<String> = pairs()
            .filter(|&(i, j)| directed[[i, j]] != directed[[j, i]])
            .map(|pair| census.pair(pair))
            .collect();
        notes.push(format!(
            "{}: {committed} of {} pairs are committed in {year} (defence or offence)",
            self.source,
            n * (n - 1) / 2
        ));
        if !one_way.is_empty() {
            notes.push(format!(
                "{}: {} of them by one of the two orders of the pair alone, which counts: {}",
                self.source,
                one_way.len(),
                one_way.join(", ")
            ));
        }
        notes.extend(lookup.notes(&self.source));
        Ok(Array2::from_shape_fn((n, n), |(i, j)| directed[[i, j]] || directed[[j, i]]))
    }
}
