//! From an analysis to its report.

use dashu_ratio::RBig;

use super::lens::{LensesReport, PartitionReport};
use super::schema::*;
use crate::analysis::{Analysis, Draws, LeaderAnalysis, Robustness};
use crate::coalition::Partition;
use crate::finding::alignment::Alignment;
use crate::game::Posture;
use crate::report::{GivenReport, Keyed};
use crate::system::System;
use crate::verdict::Judgement;

/// Fractions up to this many characters are printed beside the rounded share.
const SHORT_FRACTION: usize = 48;

/// An exact share as a fraction, where that is short.
pub(in crate::report) fn short_fraction(exact: &RBig) -> Option<String> {
    Some(exact.to_string()).filter(|text| text.len() <= SHORT_FRACTION)
}

impl Report {
    /// The report on an analysis, with what was noticed on the way to its system.
    pub fn new(analysis: &Analysis, notes: &[String]) -> Self {
        let writer = Writer { system: &analysis.system };
        let told = |found: &LeaderAnalysis| match &found.alignment {
            Some(Alignment::Decided(found)) => found.tactics,
            _ => None,
        };
        let soft = analysis.leaders.iter().filter_map(told).any(|t| t.contains(Posture::Soft));
        let part = |position: usize| LeaderReport {
            leader: writer.id(analysis.leaders[position].leader),
            lenses: LensesReport::new(analysis, position, &writer),
            verdict: verdict(&analysis.leaders[position]),
        };
        let LeaderReport { leader, lenses, mut verdict } = part(0);
        verdict.overall = analysis.overall;
        let leaders = match analysis.leaders.len() {
            1 => Vec::new(),
            several => (0..several).map(part).collect(),
        };
        let left_out = analysis.left_out.iter();
        Self {
            schema: SCHEMA.into(),
            system: writer.system(leader, soft),
            parameters: analysis.parameters.clone(),
            lenses,
            partition: GivenReport::of(analysis, |found| writer.partition(found)),
            verdict,
            leaders,
            lenses_left_out: Keyed(
                left_out.map(|(l, why)| (l.name().into(), why.clone())).collect(),
            ),
            notes: notes.to_vec(),
            provenance: None,
            explain: false,
        }
    }
}

impl Report {
    /// The report with whether its verdict holds in other settings and by other measures.
    #[must_use]
    pub fn with_robustness(mut self, found: Robustness) -> Self {
        self.verdict.robustness = Some(RobustnessReport {
            settings: found.settings,
            agree: found.agree,
            measures: Keyed(found.measures),
        });
        self
    }
}

impl Report {
    /// The report with its verdict over draws from a seed of estimates, by name.
    #[must_use]
    pub fn with_draws(mut self, found: &Draws, seed: u64, estimates: Vec<(String, f64)>) -> Self {
        let verdicts = found.verdicts.iter();
        self.verdict.draws = Some(DrawsReport {
            n: verdicts.clone().map(|(_, n)| n).sum(),
            seed,
            estimates: Keyed(estimates),
            verdicts: Keyed(verdicts.map(|(kind, n)| (kind.name().into(), *n)).collect()),
        });
        self
    }
}

/// What a report tells of a system with this leading state; of soft balancing if asked.
pub(in crate::report) fn system_report(
    system: &System,
    leader: String,
    soft: bool,
) -> SystemReport {
    Writer { system }.system(leader, soft)
}

/// Writes findings about the states of one system.
pub(super) struct Writer<'a> {
    pub(super) system: &'a System,
}

impl Writer<'_> {
    pub(super) fn id(&self, state: usize) -> String {
        self.system.id(state).to_owned()
    }

    pub(super) fn by_state(&self, values: &[f64]) -> Keyed<f64> {
        Keyed(values.iter().enumerate().map(|(i, &value)| (self.id(i), value)).collect())
    }

    pub(super) fn blocs_of(&self, partition: &Partition) -> Vec<Vec<String>> {
        partition.blocs().iter().map(|&bloc| self.system.ids(bloc)).collect()
    }

    fn system(&self, leader: String, soft: bool) -> SystemReport {
        let system = self.system;
        let states = system.states().iter().zip(system.shares()).zip(system.exact_shares());
        SystemReport {
            name: system.name().into(),
            source: system.source().into(),
            year: system.year(),
            measure: system.measure().into(),
            leader,
            states: states
                .map(|((state, &share), exact)| StateReport {
                    id: state.id.clone(),
                    name: state.name.clone(),
                    share,
                    exact: short_fraction(exact),
                    offence: state.offence,
                    revisionism: state.revisionism.filter(|&rho| rho < 1.0),
                    growth: state.growth,
                    bloc: state.reference.clone(),
                    soft: state.soft.filter(|_| soft),
                })
                .collect(),
            pairs: self.pairs(),
        }
    }

    fn pairs(&self) -> Vec<PairReport> {
        let dyads = self.system.dyads();
        let matrices = [&dyads.distance, &dyads.hostility, &dyads.affinity];
        if matrices.iter().all(|matrix| matrix.is_none()) && dyads.commitment.is_none() {
            return Vec::new();
        }
        let n = self.system.len();
        let ordered = (0..n).flat_map(|i| (0..n).filter(move |&j| j != i).map(move |j| (i, j)));
        ordered
            .map(|(i, j)| {
                let [distance, hostility, affinity] =
                    matrices.map(|matrix| matrix.as_ref().map(|m| m[[i, j]]));
                let commitment = dyads.commitment.as_ref().map(|m| m[[i, j]]);
                let (state1, state2) = (self.id(i), self.id(j));
                PairReport { state1, state2, distance, hostility, affinity, commitment }
            })
            .collect()
    }
}

pub(super) fn undecided<T>(why: &str, best: Option<PartitionReport>) -> Outcome<T> {
    let verdict = Judgement::Undecided;
    Outcome::Undecided(UndecidedReport { undecided: why.into(), verdict, best })
}

fn verdict(part: &LeaderAnalysis) -> VerdictReport {
    VerdictReport {
        overall: part.verdict.overall,
        control: part.verdict.control,
        multiplier: part.verdict.multiplier,
        no_alliance_control: Some(part.verdict.no_alliance),
        against_no_alliance: Some(part.verdict.against_no_alliance())
            .filter(|ends| ends.iter().all(|end| end.is_finite())),
        robustness: None,
        draws: None,
        disagreeing: part.verdict.disagreeing.iter().map(|&lens| lens.into()).collect(),
    }
}
