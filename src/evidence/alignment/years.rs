//! The years that a fit is made of.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::dataset::{Members, PanelFiles, PanelYear, Wars};
use crate::error::Result;
use crate::evidence::backtest::{Target, asked_years, events, without_events};
use crate::system::{Dyads, System};
use crate::work::parallel;

/// The major powers of a year and what became of their pairs. Pairs are those `i < j` of the
/// states, in order: (0, 1), (0, 2), …
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearOfPairs {
    /// The year.
    pub year: i32,
    /// The states.
    pub states: Vec<String>,
    /// Their shares of power the year before.
    pub shares: Vec<f64>,
    /// The distances of capitals in km, by pair; null if one is not known.
    pub distance: Option<Vec<f64>>,
    /// Whether they were rivals the year before, by pair.
    pub rivals: Vec<bool>,
    /// Whether it happened, by pair; null where it could not.
    pub events: Vec<Option<bool>>,
    /// Each state's probabilities of balancing, bandwagoning and abstaining at the estimates;
    /// null for the leading state. Empty where there is no estimate.
    pub stances: Vec<Option<[f64; 3]>>,
}

impl YearOfPairs {
    /// The states as a system.
    ///
    /// # Errors
    /// If lists have other lengths than there are states and pairs, or numbers are out of range.
    pub fn system(&self) -> Result<System> {
        let n = self.states.len();
        let wrong = || {
            crate::error::Error::system(
                format!("{} has lists of unequal lengths", self.year),
                "save the report again with --format json",
            )
        };
        let pairs = n * n.saturating_sub(1) / 2;
        let fits = self.shares.len() == n
            && self.rivals.len() == pairs
            && self.events.len() == pairs
            && self.distance.as_ref().is_none_or(|list| list.len() == pairs);
        if !fits {
            return Err(wrong());
        }
        let named = self.states.iter().cloned().zip(self.shares.iter().copied());
        let distance = self.distance.as_ref().map(|list| self.matrix(|k| list[k]));
        let rivals = self.matrix(|k| f64::from(u8::from(self.rivals[k])));
        let dyads = Dyads { distance, hostility: Some(rivals), ..Dyads::default() };
        System::from_powers(named)?.with_dyads(dyads)
    }

    /// The pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        pairs_of(self.states.len())
    }

    fn matrix(&self, of: impl Fn(usize) -> f64) -> Array2<f64> {
        let n = self.states.len();
        let mut matrix = Array2::zeros((n, n));
        for (k, (i, j)) in self.pairs().enumerate() {
            matrix[[i, j]] = of(k);
            matrix[[j, i]] = of(k);
        }
        matrix
    }

    fn new(found: &PanelYear, happened: impl Fn(usize, usize) -> Option<bool>) -> Self {
        let n = found.system.len();
        let pairs: Vec<(usize, usize)> = pairs_of(n).collect();
        let by = |of: &dyn Fn(usize, usize) -> Option<f64>| -> Option<Vec<f64>> {
            pairs.iter().map(|&(i, j)| of(i, j)).collect()
        };
        Self {
            year: found.year,
            states: (0..n).map(|i| found.system.id(i).to_owned()).collect(),
            shares: found.system.shares().to_vec(),
            distance: by(&|i, j| found.distance[[i, j]]),
            rivals: pairs.iter().map(|&(i, j)| found.rivals[[i, j]]).collect(),
            events: pairs.iter().map(|&(i, j)| happened(i, j)).collect(),
            stances: Vec::new(),
        }
    }
}

fn pairs_of(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |i| (i + 1..n).map(move |j| (i, j)))
}

/// The major powers of the years asked for, as far as the files go. O(years · rows of a year).
///
/// # Errors
/// If the files do not overlap or lack what is needed, or no pair could have the event.
pub fn observe(
    files: &PanelFiles,
    wars: Option<&Wars>,
    target: Target,
    years: Option<(i32, i32)>,
) -> Result<Vec<YearOfPairs>> {
    let span = asked_years(files, target, years)?;
    let years = parallel(span.len(), |k| -> Result<YearOfPairs> {
        let found = files.year(span[k], Members::Majors)?;
        let happened = events(files, wars, &found, target)?;
        Ok(YearOfPairs::new(&found, |i, j| happened.get(&(i, j)).copied()))
    });
    let years = years.into_iter().collect::<Result<Vec<_>>>()?;
    if years.iter().flat_map(|year| &year.events).flatten().count() == 0 {
        return Err(without_events(&span));
    }
    Ok(years)
}
