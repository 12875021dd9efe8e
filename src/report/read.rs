//! From a report back to the system and the findings that it claims, so that they can be
//! checked. What cannot be read is told in words: it refutes the report.

use std::str::FromStr;

use dashu_ratio::RBig;
use ndarray::Array2;

use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::finding::blocs::{BlocRange, BlocsFinding, PartitionFinding, Worth};
use crate::finding::settlement::{
    LeastCoreBound, LeastCoreRange, Level, SettlementFinding, Weights,
};
use crate::report::*;
use crate::system::{Dyads, Parts, State, System};

/// What could be read, or what is wrong with it.
pub(super) type Read<T> = std::result::Result<T, String>;

/// The system of a report, from its shares.
pub(super) fn system(report: &SystemReport) -> Result<System> {
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
pub(super) fn is_exact(state: &StateReport) -> bool {
    state.exact.as_ref().is_none_or(|exact| exact_share(state).to_string() == *exact)
}

/// The exact share where the report gives one that rounds to the share; else the share.
pub(super) fn exact_share(state: &StateReport) -> RBig {
    exact_or_rounded(state.share, state.exact.as_deref())
}

/// The share as this fraction, where it rounds to it; else as it is.
pub(super) fn exact_or_rounded(share: f64, exact: Option<&str>) -> RBig {
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
pub(super) struct Reader<'a> {
    pub(super) system: &'a System,
}

impl Reader<'_> {
    pub(super) fn state(&self, id: &str) -> Read<usize> {
        let states = self.system.states();
        states
            .iter()
            .position(|state| state.id == id)
            .ok_or_else(|| format!("it names {id}, which is no state of the system"))
    }

    pub(super) fn coalition(&self, ids: &[String]) -> Read<Coalition> {
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

    fn partition(&self, blocs: &[Vec<String>]) -> Read<Partition> {
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

    fn weights(&self, weights: &[WeightReport]) -> Read<Weights> {
        weights.iter().map(|w| Ok((self.coalition(&w.coalition)?, w.weight))).collect()
    }

    pub(super) fn settlement(
        &self,
        report: &SettlementReport,
        leader: usize,
    ) -> Read<SettlementFinding> {
        let bound = |bound: &LeastCoreReport| -> Read<LeastCoreBound> {
            Ok(LeastCoreBound {
                allocation: self.by_state(&bound.allocation)?,
                weights: self.weights(&bound.weights)?,
                total: bound.total,
            })
        };
        let certificate = &report.certificate;
        let level = |level: &LevelReport| -> Read<Level> {
            let floors = level.floors.0.iter().map(|(id, weight)| Ok((self.state(id)?, *weight)));
            Ok(Level {
                excess: level.excess,
                weights: self.weights(&level.weights)?,
                floors: floors.collect::<Read<_>>()?,
            })
        };
        Ok(SettlementFinding {
            price_of_peace: report.price_of_peace,
            weights: self.weights(&certificate.weights)?,
            status_quo_price: report.status_quo_price,
            claimant: self.coalition(&report.status_quo_claimant)?,
            nucleolus: self.by_state(&report.nucleolus)?,
            levels: certificate.nucleolus.iter().map(level).collect::<Read<_>>()?,
            ranges: vec![LeastCoreRange {
                leader,
                control: report.control,
                lowest: bound(&certificate.lowest)?,
                highest: bound(&certificate.highest)?,
            }],
        })
    }

    pub(super) fn blocs(&self, report: &BlocsReport) -> Read<BlocsFinding> {
        let mut ranges = Vec::new();
        for state in self.system.states() {
            let range = report.ranges.get(&state.id);
            let range = range.ok_or_else(|| format!("{} has no range", state.id))?;
            ranges.push(BlocRange {
                control: range.control,
                lowest: self.partition(&range.lowest)?,
                highest: self.partition(&range.highest)?,
            });
        }
        let partitions = report.partitions.iter().map(|p| self.partition_finding(p));
        Ok(BlocsFinding {
            instability: report.instability,
            total: report.partitions_total,
            partitions: partitions.collect::<Read<_>>()?,
            worths: self.worths(&report.partitions)?,
            ranges,
        })
    }

    /// What states are worth under each partition; nothing where no report says it.
    fn worths(&self, partitions: &[PartitionReport]) -> Read<Vec<Worth>> {
        let said = |p: &&PartitionReport| p.owen.is_some() || p.aumann_dreze.is_some();
        let worth = |p: &PartitionReport| -> Read<Worth> {
            let none = || "a partition has not its worths".to_owned();
            Ok(Worth {
                owen: self.by_state(p.owen.as_ref().ok_or_else(none)?)?,
                aumann_dreze: self.by_state(p.aumann_dreze.as_ref().ok_or_else(none)?)?,
            })
        };
        match partitions.iter().any(|p| said(&p)) {
            true => partitions.iter().map(worth).collect(),
            false => Ok(Vec::new()),
        }
    }

    pub(super) fn partition_finding(&self, report: &PartitionReport) -> Read<PartitionFinding> {
        let blocking = report.blocking.as_ref().map(|ids| self.coalition(ids)).transpose()?;
        Ok(PartitionFinding {
            partition: self.partition(&report.blocs)?,
            control: self.by_state(&report.control)?,
            instability: report.instability,
            blocking,
            nash_stable: report.nash_stable,
            individually_stable: report.individually_stable,
            contractually_stable: report.contractually_stable,
            peace_threshold: report.peace_threshold,
        })
    }
}
