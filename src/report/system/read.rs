//! From a report back to the system and the findings that it claims, so that they can be
//! checked. What cannot be read is an error in words, which refutes the report.

use std::str::FromStr;

use dashu_ratio::RBig;
use ndarray::Array2;

use super::schema::{PairReport, StateReport, SystemReport};
use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::report::Keyed;
use crate::system::{Dyads, Parts, State, System};

/// What could be read, or what is wrong with it.
pub(in crate::report) type Read<T> = std::result::Result<T, String>;

/// The system of a report, from its shares.
pub(in crate::report) fn system(report: &SystemReport) -> Result<System> {
    let mut parts = Parts {
        name: report.name.clone(),
        source: report.source.clone(),
        year: report.year,
        measure: report.measure.clone(),
        ..Parts::default()
    };
    for state in &report.states {
        parts.states.push(State {
            id: state.id.clone(),
            name: state.name.clone(),
            code: None,
            offence: state.offence,
            revisionism: state.revisionism,
            growth: state.growth,
            reference: state.bloc.clone(),
            // No lens depends on it.
            regime: None,
            soft: state.soft,
        });
        parts.power.push(exact_share(state));
    }
    parts.dyads = dyads(report);
    System::new(parts)
}

/// Whether the exact share of a state, where one is given, is that of its share.
pub(in crate::report) fn is_exact(state: &StateReport) -> bool {
    state.exact.as_ref().is_none_or(|exact| exact_share(state).to_string() == *exact)
}

/// The exact share where the report gives one that rounds to the share; else the share.
pub(in crate::report) fn exact_share(state: &StateReport) -> RBig {
    exact_or_rounded(state.share, state.exact.as_deref())
}

/// The share as this fraction, where it rounds to it; else as it is.
pub(in crate::report) fn exact_or_rounded(share: f64, exact: Option<&str>) -> RBig {
    match exact.map(RBig::from_str) {
        Some(Ok(exact)) if exact.to_f64().value() == share => exact,
        _ => RBig::try_from(share).unwrap_or(RBig::ZERO),
    }
}

fn dyads(report: &SystemReport) -> Dyads {
    let position = |id: &str| report.states.iter().position(|state| state.id == id);
    let n = report.states.len();
    let matrix = |value: fn(&PairReport) -> Option<f64>| {
        report.pairs.iter().any(|pair| value(pair).is_some()).then(|| {
            // A pair that is missing stays NaN, which the system refuses by name.
            let mut matrix = Array2::from_elem((n, n), f64::NAN);
            for pair in &report.pairs {
                if let (Some(i), Some(j)) = (position(&pair.state1), position(&pair.state2)) {
                    matrix[[i, j]] = value(pair).unwrap_or(f64::NAN);
                }
            }
            matrix.diag_mut().fill(0.0);
            matrix
        })
    };
    Dyads {
        distance: matrix(|pair| pair.distance),
        hostility: matrix(|pair| pair.hostility),
        affinity: matrix(|pair| pair.affinity),
        commitment: matrix(|pair| pair.commitment.map(|tied| f64::from(u8::from(tied))))
            .map(|ties| ties.mapv(|tie| tie > 0.0)),
    }
}

/// Reads findings about the states of one system.
pub(in crate::report) struct Reader<'a> {
    pub(in crate::report) system: &'a System,
}

impl Reader<'_> {
    pub(in crate::report) fn state(&self, id: &str) -> Read<usize> {
        let states = self.system.states();
        states
            .iter()
            .position(|state| state.id == id)
            .ok_or_else(|| format!("it names {id}, which is no state of the system"))
    }

    pub(in crate::report) fn coalition(&self, ids: &[String]) -> Read<Coalition> {
        let mut coalition = Coalition::EMPTY;
        for id in ids {
            let state = self.state(id)?;
            if coalition.contains(state) {
                return Err(format!("a coalition names {id} twice"));
            }
            coalition = coalition.with(state);
        }
        Ok(coalition)
    }

    pub(super) fn partition(&self, blocs: &[Vec<String>]) -> Read<Partition> {
        let blocs: Vec<Coalition> =
            blocs.iter().map(|bloc| self.coalition(bloc)).collect::<Read<_>>()?;
        Partition::new(self.system.len(), blocs).map_err(|error| error.to_string())
    }

    /// One value for each of `states`, in their order.
    pub(super) fn keyed<T: Copy>(&self, keyed: &Keyed<T>, states: &[usize]) -> Read<Vec<T>> {
        let mut values = vec![None; self.system.len()];
        for (id, value) in &keyed.0 {
            if values[self.state(id)?].replace(*value).is_some() {
                return Err(format!("{id} has two values"));
            }
        }
        if keyed.0.len() != states.len() {
            return Err(format!("{} values for {} states", keyed.0.len(), states.len()));
        }
        states
            .iter()
            .map(|&i| values[i].ok_or_else(|| format!("{} has no value", self.system.id(i))))
            .collect()
    }

    pub(super) fn by_state(&self, keyed: &Keyed<f64>) -> Read<Vec<f64>> {
        self.keyed(keyed, &(0..self.system.len()).collect::<Vec<_>>())
    }
}
