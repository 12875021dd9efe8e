//! From an analysis to its report.

use dashu_ratio::RBig;

use crate::analysis::{Analysis, Draws, LeaderAnalysis, Robustness};
use crate::coalition::{Coalition, Partition};
use crate::finding::alignment::{
    Alignment, AlignmentFinding, CorrelatedBound, Incentive, PureEquilibrium,
};
use crate::finding::blocs::{Blocs, BlocsFinding, PartitionFinding};
use crate::finding::security::Security;
use crate::finding::settlement::{LeastCoreBound, Settlement, SettlementFinding, Weights};
use crate::game::Posture;
use crate::report::*;
use crate::system::System;
use crate::threat::TargetChoice;
use crate::verdict::Judgement;

/// Fractions up to this many characters are printed beside the rounded share.
const SHORT_FRACTION: usize = 48;

/// An exact share as a fraction, where that is short.
pub(super) fn short_fraction(exact: &RBig) -> Option<String> {
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
        let part = |position: usize| writer.leader(analysis, position);
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
pub(super) fn system_report(system: &System, leader: String, soft: bool) -> SystemReport {
    Writer { system }.system(leader, soft)
}

struct Writer<'a> {
    system: &'a System,
}

impl Writer<'_> {
    fn id(&self, state: usize) -> String {
        self.system.id(state).to_owned()
    }

    fn by_state(&self, values: &[f64]) -> Keyed<f64> {
        Keyed(values.iter().enumerate().map(|(i, &value)| (self.id(i), value)).collect())
    }

    fn blocs_of(&self, partition: &Partition) -> Vec<Vec<String>> {
        partition.blocs().iter().map(|&bloc| self.system.ids(bloc)).collect()
    }

    fn weights(&self, weights: &Weights) -> Vec<WeightReport> {
        let one = |&(coalition, weight): &(Coalition, f64)| WeightReport {
            coalition: self.system.ids(coalition),
            weight,
        };
        weights.iter().map(one).collect()
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

    fn leader(&self, analysis: &Analysis, position: usize) -> LeaderReport {
        let part = &analysis.leaders[position];
        let judged = |lens: &str| {
            let found = part.judgements.iter().find(|j| j.lens == lens);
            found.map_or(Judgement::Undecided, |j| j.judgement)
        };
        let share = self.system.shares()[part.leader];
        let polarity = analysis.polarity.as_ref().map(|found| PolarityReport {
            class: found.class,
            hhi: found.hhi,
            effective_poles: found.effective_poles,
            concentration: found.concentration,
            control: [share; 2],
            verdict: judged("polarity"),
        });
        let settlement = analysis.settlement.as_ref().map(|found| match found {
            Settlement::Decided(found) => {
                Outcome::Decided(self.settlement(found, position, judged("settlement")))
            }
            Settlement::Undecided { why } => undecided(why, None),
        });
        let blocs = analysis.blocs.as_ref().map(|found| match found {
            Blocs::Decided(found) => {
                Outcome::Decided(self.blocs(found, part.leader, judged("blocs")))
            }
            Blocs::Undecided { best, why } => {
                undecided(why, best.as_ref().map(|best| self.partition(best)))
            }
        });
        let alignment = part.alignment.as_ref().map(|found| match found {
            Alignment::Decided(found) => {
                let writer = AlignmentWriter::new(self.system, found);
                let mut report = writer.alignment(found, judged("alignment"));
                writer.add_tactics(&mut report, found, analysis.parameters.threshold);
                if let Some(selected) = &found.selection {
                    selection::report(self.system, &writer.players, selected, &mut report);
                }
                let window = part.window.as_ref().zip(analysis.horizon.as_ref());
                report.window = window.map(|(w, horizon)| tactics::window(&writer, w, horizon));
                Outcome::Decided(report)
            }
            Alignment::Undecided { why } => undecided(why, None),
        });
        LeaderReport {
            leader: self.id(part.leader),
            lenses: LensesReport {
                polarity,
                settlement,
                blocs,
                alignment,
                security: self.security(analysis, part),
            },
            verdict: verdict(part),
        }
    }

    fn security(
        &self,
        analysis: &Analysis,
        part: &LeaderAnalysis,
    ) -> Option<Outcome<SecurityReport>> {
        Some(match part.security.as_ref()? {
            Security::Decided(found) => Outcome::Decided(security::report(
                self.system,
                &analysis.parameters,
                found,
                match analysis.target {
                    TargetChoice::Threat => TargetBy::Threat,
                    TargetChoice::Leader => TargetBy::Leader,
                    TargetChoice::State(_) => TargetBy::Name,
                },
            )),
            Security::Undecided { why } => undecided(why, None),
        })
    }

    fn settlement(
        &self,
        found: &SettlementFinding,
        position: usize,
        verdict: Judgement,
    ) -> SettlementReport {
        let range = &found.ranges[position];
        let bound = |bound: &LeastCoreBound| LeastCoreReport {
            allocation: self.by_state(&bound.allocation),
            weights: self.weights(&bound.weights),
            total: bound.total,
        };
        let level = |level: &crate::finding::settlement::Level| LevelReport {
            excess: level.excess,
            weights: self.weights(&level.weights),
            floors: Keyed(level.floors.iter().map(|&(i, weight)| (self.id(i), weight)).collect()),
        };
        SettlementReport {
            price_of_peace: found.price_of_peace,
            status_quo_price: found.status_quo_price,
            status_quo_claimant: self.system.ids(found.claimant),
            nucleolus: self.by_state(&found.nucleolus),
            control: range.control,
            verdict,
            certificate: SettlementCertificate {
                weights: self.weights(&found.weights),
                nucleolus: found.levels.iter().map(level).collect(),
                lowest: bound(&range.lowest),
                highest: bound(&range.highest),
            },
        }
    }

    fn blocs(&self, found: &BlocsFinding, leader: usize, verdict: Judgement) -> BlocsReport {
        let ranges = found.ranges.iter().enumerate().map(|(i, range)| {
            let report = BlocRangeReport {
                control: range.control,
                lowest: self.blocs_of(&range.lowest),
                highest: self.blocs_of(&range.highest),
            };
            (self.id(i), report)
        });
        BlocsReport {
            instability: found.instability,
            core_stable: found.core_stable(),
            control: found.ranges[leader].control,
            verdict,
            partitions_total: found.total,
            partitions: {
                let mut all: Vec<_> = found.partitions.iter().map(|p| self.partition(p)).collect();
                for (report, worth) in all.iter_mut().zip(&found.worths) {
                    report.owen = Some(self.by_state(&worth.owen));
                    report.aumann_dreze = Some(self.by_state(&worth.aumann_dreze));
                }
                all
            },
            max_listed: cut(found.partitions.len(), found.total, LISTED[0]),
            ranges: Keyed(ranges.collect()),
        }
    }

    fn partition(&self, found: &PartitionFinding) -> PartitionReport {
        PartitionReport {
            blocs: self.blocs_of(&found.partition),
            instability: found.instability,
            control: self.by_state(&found.control),
            peace_threshold: found.peace_threshold,
            nash_stable: found.nash_stable,
            individually_stable: found.individually_stable,
            contractually_stable: found.contractually_stable,
            blocking: found.blocking.map(|coalition| self.system.ids(coalition)),
            owen: None,
            aumann_dreze: None,
        }
    }
}

/// Writes the alignment lens: it knows who the players are.
pub(super) struct AlignmentWriter<'a> {
    system: &'a System,
    /// The states that the players are, the leading one last.
    players: Vec<usize>,
    /// Whether tactics were named, so that roles are told.
    told: bool,
}

impl<'a> AlignmentWriter<'a> {
    fn new(system: &'a System, found: &AlignmentFinding) -> Self {
        let followers = (0..system.len()).filter(|&i| i != found.leader);
        let players = followers.chain([found.leader]).collect();
        Self { system, players, told: found.tactics.is_some() }
    }

    /// The identifier of a player.
    pub(super) fn player(&self, player: usize) -> String {
        self.system.id(self.players[player]).to_owned()
    }

    pub(super) fn ids(&self, coalition: Coalition) -> Vec<String> {
        self.system.ids(coalition)
    }

    pub(super) fn by_state(&self, values: &[f64]) -> Keyed<f64> {
        Writer { system: self.system }.by_state(values)
    }

    fn actions(&self, profile: &[Posture]) -> Keyed<Posture> {
        let named = profile.iter().enumerate();
        Keyed(named.map(|(player, &posture)| (self.player(player), posture)).collect())
    }

    fn roles(&self, distribution: &[(Vec<Posture>, f64)]) -> Option<RolesReport> {
        self.told.then(|| tactics::roles(self, distribution))
    }

    pub(super) fn incentives(&self, incentives: &[Incentive]) -> Vec<IncentiveReport> {
        let named = incentives.iter().map(|incentive| IncentiveReport {
            state: self.player(incentive.player),
            from: incentive.from,
            to: incentive.to,
            weight: incentive.weight,
        });
        named.collect()
    }

    pub(super) fn bound(&self, bound: &CorrelatedBound) -> CorrelatedReport {
        let distribution = bound.distribution.iter().map(|(profile, probability)| ProfileReport {
            actions: self.actions(profile),
            probability: *probability,
        });
        CorrelatedReport {
            distribution: distribution.collect(),
            incentives: self.incentives(&bound.incentives),
            bound: bound.bound,
            roles: self.roles(&bound.distribution),
        }
    }

    pub(super) fn equilibria(&self, equilibria: &[PureEquilibrium]) -> Vec<EquilibriumReport> {
        let report = equilibria.iter().map(|equilibrium| EquilibriumReport {
            actions: self.actions(&equilibrium.profile),
            control: self.by_state(&equilibrium.control),
            roles: self.roles(&[(equilibrium.profile.clone(), 1.0)]),
        });
        report.collect()
    }

    fn alignment(&self, found: &AlignmentFinding, verdict: Judgement) -> AlignmentReport {
        AlignmentReport {
            leader: self.system.id(found.leader).to_owned(),
            profiles: found.profiles,
            control: found.control,
            verdict,
            pure_nash_total: found.pure_nash_total,
            pure_nash: self.equilibria(&found.pure_nash),
            max_listed: cut(found.pure_nash.len(), found.pure_nash_total, LISTED[1]),
            certificate: AlignmentCertificate {
                lowest: self.bound(&found.lowest),
                highest: self.bound(&found.highest),
            },
            tactics: None,
            security_dilemma: None,
            chains: None,
            window: None,
            selection: None,
            selection_left_out: None,
            logit: None,
            logit_left_out: None,
        }
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
