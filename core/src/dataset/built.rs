//! Dataset, selection and measure → system.

use std::collections::BTreeSet;
use std::path::Path;

use dashu_ratio::RBig;

use super::Dataset;
use super::geography;
use super::measure::Measure;
use super::scale::Scale;
use super::select::Selection;
use crate::error::Result;
use crate::system::{Dyads, Parts, State, System};

/// A system built from a dataset, and what was done to get there.
#[derive(Debug, Clone)]
pub struct Built {
    /// The system.
    pub system: System,
    /// Each state's power before it is divided by the total, in the order of the system:
    /// the column's own number, or the index (for [`Measure::Cinc`] over the whole world,
    /// the number that NMC publishes).
    pub power: Vec<RBig>,
    /// The columns that power was measured by, each with its values in the order of the system.
    pub columns: Vec<(String, Vec<Option<f64>>)>,
    /// What people should know: states dropped, ties at a cut, values missing.
    pub notes: Vec<String>,
    /// The codes of all states that the dataset has in the system's year, in it or not.
    pub(super) codes: BTreeSet<String>,
    is_raw: bool,
}

impl Built {
    /// The raw numbers of the one column that power was measured by; `None` where it was
    /// measured by an index.
    pub fn raw(&self) -> Option<&[RBig]> {
        self.is_raw.then_some(self.power.as_slice())
    }
}

impl Dataset {
    /// The system of the selected states, their power measured within it. O(rows of the
    /// year × columns).
    ///
    /// Where the file places the states (`lat`, `lon`), their distances are great-circle
    /// distances in km.
    ///
    /// # Errors
    /// If the year, a state or a column asked for is not in the file, several years are and
    /// none was chosen, a state has no capability above zero (unless those are dropped), or
    /// fewer than two states are left.
    pub fn system(&self, selection: &Selection, measure: &Measure) -> Result<Built> {
        let mut notes = Vec::new();
        let scale = Scale::new(self, measure)?;
        let rows = selection.rows(self, &scale, &mut notes)?;
        notes.extend(self.idle(&rows, &scale));
        notes.extend(self.gaps(&rows, &scale));
        notes.extend(Scale::note(self, measure));
        let power = scale.powers(&rows);
        let soft = scale.civil_parts(&rows);
        let system = System::new(Parts {
            name: self.stem(),
            source: self.source.clone(),
            year: rows.first().and_then(|&row| self.rows[row].year),
            measure: scale.label.clone(),
            states: rows.iter().zip(soft).map(|(&row, soft)| self.state(row, soft)).collect(),
            power: power.clone(),
            dyads: self.dyads(&rows),
        })?;
        let codes = self.codes(system.year());
        let columns = scale.values(&rows);
        Ok(Built { system, power, columns, notes, codes, is_raw: scale.is_raw })
    }

    /// The codes of the states that the file has in `year`.
    fn codes(&self, year: Option<i32>) -> BTreeSet<String> {
        let rows = self.by_year.get(&year).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|&row| self.rows[row].ccode.clone()).collect()
    }

    /// The file's name without folder and extension.
    pub(super) fn stem(&self) -> String {
        let stem = Path::new(&self.source).file_stem();
        stem.map_or_else(|| self.source.clone(), |stem| stem.to_string_lossy().into_owned())
    }

    pub(super) fn state(&self, row: usize, soft: Option<f64>) -> State {
        let row = &self.rows[row];
        State {
            id: row.id.clone(),
            name: row.name.clone(),
            code: row.ccode.clone(),
            offence: row.offence,
            revisionism: row.revisionism,
            growth: row.growth,
            reference: row.bloc.clone(),
            regime: row.regime.clone(),
            soft,
        }
    }

    fn dyads(&self, rows: &[usize]) -> Dyads {
        let places: Option<Vec<_>> = rows.iter().map(|&row| self.rows[row].location).collect();
        Dyads { distance: places.map(|places| geography::distances(&places)), ..Dyads::default() }
    }

    /// Says which columns do not count because no state has anything in them.
    fn idle(&self, rows: &[usize], scale: &Scale) -> Option<String> {
        let idle = scale.idle(rows);
        (!idle.is_empty()).then(|| format!("left out, zero for every state: {}", idle.join(", ")))
    }

    /// Says which states are measured by fewer columns than others.
    fn gaps(&self, rows: &[usize], scale: &Scale) -> Option<String> {
        const LISTED: usize = 10;
        let idle = scale.idle(rows);
        let gaps: Vec<String> = rows
            .iter()
            .filter_map(|&row| {
                let mut missing = scale.missing(row);
                missing.retain(|name| !idle.contains(name));
                (!missing.is_empty()).then(|| format!("{} {}", self.id(row), missing.join(" ")))
            })
            .collect();
        let listed = gaps.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
        let more = match gaps.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(", and {more} more states"),
        };
        (!gaps.is_empty())
            .then(|| format!("missing, so the mean is over the others: {listed}{more}"))
    }
}
