//! From the alignment lens of a report back to what it claims.

use dashu_ratio::RBig;

use super::super::selection;
use crate::finding::alignment::{
    AlignmentFinding, CorrelatedBound, Ends, Incentive, PureEquilibrium,
};
use crate::finding::alignment::{ArmedEquilibrium, DilemmaFinding};
use crate::finding::alignment::{ChainedRange, ChainsFinding};
use crate::game::{Posture, Tactics};
use crate::report::system::read::{Read, Reader, exact_or_rounded};
use crate::report::*;
use crate::system::System;

/// Reads the alignment lens: it knows who the players are.
pub(in crate::report::system) struct AlignmentReader<'a> {
    reader: Reader<'a>,
    leader: usize,
    tactics: Option<Tactics>,
    /// The states that the players are.
    players: Vec<usize>,
}

impl<'a> AlignmentReader<'a> {
    pub(in crate::report::system) fn new(
        system: &'a System,
        report: &AlignmentReport,
    ) -> Read<Self> {
        let reader = Reader { system };
        let leader = reader.state(&report.leader)?;
        let tactics = match &report.tactics {
            None => None,
            Some(named) => Some(
                Tactics::new(named.iter().copied())
                    .filter(|tactics| tactics.named() == *named)
                    .ok_or("the tactics are not those of a game, each once, in order")?,
            ),
        };
        let leads = tactics.is_some_and(|tactics| tactics.contains(Posture::Restrain));
        let followers = (0..system.len()).filter(|&i| i != leader);
        let players = followers.chain(leads.then_some(leader)).collect();
        Ok(Self { reader, leader, tactics, players })
    }

    /// The leading state.
    pub(super) fn leader(&self) -> usize {
        self.leader
    }

    /// The tactics, where they were named.
    pub(super) fn tactics(&self) -> Option<Tactics> {
        self.tactics
    }

    /// What a window is looked at with: the leading state does not restrain itself.
    pub(super) fn unrestrained(mut self) -> Self {
        self.players.retain(|&state| state != self.leader);
        self
    }

    fn player(&self, id: &str) -> Read<usize> {
        let state = self.reader.state(id)?;
        self.players
            .iter()
            .position(|&player| player == state)
            .ok_or_else(|| format!("{id} leads: it has no posture to choose"))
    }

    fn actions(&self, keyed: &Keyed<Posture>) -> Read<Vec<Posture>> {
        self.reader.keyed(keyed, &self.players)
    }

    fn incentives(&self, incentives: &[IncentiveReport]) -> Read<Vec<Incentive>> {
        let one = |i: &IncentiveReport| {
            let player = self.player(&i.state)?;
            Ok(Incentive { player, from: i.from, to: i.to, weight: i.weight })
        };
        incentives.iter().map(one).collect()
    }

    fn bound(&self, bound: &CorrelatedReport) -> Read<CorrelatedBound> {
        let distribution = bound.distribution.iter();
        Ok(CorrelatedBound {
            distribution: distribution
                .map(|p| Ok((self.actions(&p.actions)?, p.probability)))
                .collect::<Read<_>>()?,
            incentives: self.incentives(&bound.incentives)?,
            bound: bound.bound,
        })
    }

    /// A range and its proofs.
    pub(super) fn ends(&self, control: [f64; 2], proofs: &AlignmentCertificate) -> Read<Ends> {
        let (lowest, highest) = (self.bound(&proofs.lowest)?, self.bound(&proofs.highest)?);
        Ok(Ends { control, lowest, highest })
    }

    fn equilibria(&self, equilibria: &[EquilibriumReport]) -> Read<Vec<PureEquilibrium>> {
        let one = |equilibrium: &EquilibriumReport| {
            Ok(PureEquilibrium {
                profile: self.actions(&equilibrium.actions)?,
                control: self.reader.by_state(&equilibrium.control)?,
            })
        };
        equilibria.iter().map(one).collect()
    }

    /// The finding, all of it.
    pub(in crate::report::system) fn finding(
        &self,
        report: &AlignmentReport,
    ) -> Read<AlignmentFinding> {
        let Ends { control, lowest, highest } = self.ends(report.control, &report.certificate)?;
        let dilemma = report.security_dilemma.as_ref().map(|dilemma| self.dilemma(dilemma));
        let chains = report.chains.as_ref().map(|chains| self.chains(chains));
        Ok(AlignmentFinding {
            leader: self.leader,
            profiles: report.profiles,
            pure_nash_total: report.pure_nash_total,
            pure_nash: self.equilibria(&report.pure_nash)?,
            control,
            lowest,
            highest,
            tactics: self.tactics,
            dilemma: dilemma.transpose()?,
            chains: chains.transpose()?,
            selection: selection::read(&self.reader, &self.players, report)?,
        })
    }

    fn dilemma(&self, report: &DilemmaReport) -> Read<DilemmaFinding> {
        let system = self.reader.system;
        let followers = (0..system.len()).filter(|&i| i != self.leader);
        let effects = followers.map(|state| {
            let of = report.effects.get(system.id(state));
            let of = of.ok_or_else(|| format!("arms: nothing of {}", system.id(state)))?;
            self.reader.by_state(of)
        });
        let effects = effects.collect::<Read<Vec<_>>>()?;
        if effects.len() != report.effects.0.len() {
            return Err("arms: effects of other than the states that face the leading one".into());
        }
        let equilibria = report.equilibria.iter().map(|armed| {
            Ok(ArmedEquilibrium {
                equilibrium: armed.equilibrium,
                armed: self.reader.coalition(&armed.armed)?,
                changes: self.reader.by_state(&armed.changes)?,
                everyone_worse_off: armed.everyone_worse_off,
            })
        });
        Ok(DilemmaFinding { effects, equilibria: equilibria.collect::<Read<_>>()? })
    }

    fn chains(&self, report: &ChainsReport) -> Read<ChainsFinding> {
        let range = match (report.control, &report.certificate, &report.no_equilibrium) {
            (Some(control), Some(proofs), None) => ChainedRange::Some(self.ends(control, proofs)?),
            (None, None, Some(refutation)) => ChainedRange::None {
                incentives: self.incentives(&refutation.incentives)?,
                bound: refutation.bound,
            },
            _ => return Err("chains: either an interval with proofs, or a proof of none".into()),
        };
        let chains = report.chains.iter().map(|chain| self.reader.coalition(chain));
        Ok(ChainsFinding {
            chains: chains.collect::<Read<_>>()?,
            pure_nash_total: report.pure_nash_total,
            gained_total: report.gained_total,
            gained: self.equilibria(&report.gained)?,
            lost_total: report.lost_total,
            lost: self.equilibria(&report.lost)?,
            range,
        })
    }
}

/// The states of a window's horizon.
pub(super) fn horizon(system: &System, report: &WindowReport) -> Read<System> {
    let same = report.states.len() == system.len()
        && report.states.iter().zip(system.states()).all(|(later, now)| later.id == now.id);
    if !same {
        return Err("the horizon is of other states".into());
    }
    let power: Vec<RBig> =
        report.states.iter().map(|s| exact_or_rounded(s.share, s.exact.as_deref())).collect();
    system.at_power(Some(report.year), power).map_err(|error| error.to_string())
}
