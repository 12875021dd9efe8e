//! Strategic rivalries: who regards whom as a threatening competitor.
//!
//! Thompson, Sakuwa and Suhas's list (`tss_rivalries.csv`): spells of years, with what is at
//! issue. A blank cell is a no; codes are written as 220.0.
//!
//! References: W. R. Thompson, K. Sakuwa and P. H. Suhas (2021), *Analyzing Strategic
//! Rivalries in World Politics*, Springer.

use ndarray::Array2;

use super::census::{Census, outside};
use crate::error::Result;
use crate::table::Table;

/// What rivals can be at odds about.
const ISSUES: [&str; 4] = ["positional", "spatial", "ideological", "interventionary"];

/// Who were rivals, and when.
#[derive(Debug, Clone)]
pub(super) struct Rivalries {
    source: String,
    spells: Vec<Spell>,
    /// The last year that the list knows of.
    last: i32,
}

#[derive(Debug, Clone)]
struct Spell {
    states: [String; 2],
    from: i32,
    to: i32,
    /// How many of [`ISSUES`] are at issue, at least one.
    issues: u8,
}

impl Rivalries {
    /// Reads the spells, if the header is that of the data. O(cells).
    pub(super) fn recognise(table: &Table) -> Result<Option<Self>> {
        let Some([first, second, start, end]) = table.columns(["ccode1", "ccode2", "start", "end"])
        else {
            return Ok(None);
        };
        let issues: Vec<usize> = ISSUES.iter().filter_map(|name| table.column(&[name])).collect();
        let mut spells = Vec::with_capacity(table.len());
        let mut last = i32::MIN;
        for row in 0..table.len() {
            let end = table.cell(row, end);
            let from = table.cell(row, start).year()?;
            // A rivalry without an end goes on.
            let to = if end.filled().is_some() { Some(end.year()?) } else { None };
            if to.is_some_and(|to| to < from) {
                let expected = format!("a year from {from} on");
                return Err(end.fault(&expected, "put the years in order"));
            }
            last = last.max(to.unwrap_or(from));
            let mut marked = 0;
            for &issue in &issues {
                let cell = table.cell(row, issue);
                marked += u8::from(cell.filled().is_some() && cell.flag()?);
            }
            let states = [table.cell(row, first).state()?, table.cell(row, second).state()?];
            spells.push(Spell { states, from, to: to.unwrap_or(i32::MAX), issues: marked.max(1) });
        }
        Ok(Some(Self { source: table.source().to_owned(), spells, last }))
    }

    /// What messages call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The pairs of codes that are rivals in the year.
    pub(super) fn pairs(&self, year: i32) -> impl Iterator<Item = (&str, &str)> {
        let holds = move |spell: &&Spell| (spell.from..=spell.to).contains(&year);
        self.spells.iter().filter(holds).map(|s| (s.states[0].as_str(), s.states[1].as_str()))
    }

    /// For each pair how many issues the two are rivals over in the year: none unless a spell
    /// holds it, from its first year to its last. Symmetric. O(spells + n²).
    ///
    /// # Errors
    /// If the file does not reach the year.
    pub(super) fn issues(&self, census: &Census, notes: &mut Vec<String>) -> Result<Array2<u8>> {
        let year = census.year;
        let first = self.spells.iter().map(|spell| spell.from).min().unwrap_or(year);
        if !(first..=self.last).contains(&year) {
            return Err(outside(&self.source, year, first, self.last));
        }
        let n = census.system.len();
        let mut issues = Array2::zeros((n, n));
        let mut lookup = census.lookup();
        for spell in self.spells.iter().filter(|spell| (spell.from..=spell.to).contains(&year)) {
            let [one, other] = &spell.states;
            if let Some((i, j)) = lookup.pair(one, other) {
                issues[[i, j]] = spell.issues.max(issues[[i, j]]);
                issues[[j, i]] = issues[[i, j]];
            }
        }
        let rivals = issues.iter().filter(|&&issues| issues > 0).count() / 2;
        notes.push(format!(
            "{}: {rivals} of {} pairs are rivals in {year}",
            self.source,
            n * (n - 1) / 2
        ));
        notes.extend(lookup.notes(&self.source));
        Ok(issues)
    }
}
