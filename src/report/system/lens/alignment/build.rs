//! From the finding of the alignment lens to its report.

use super::schema::*;
use super::{selection, tactics};
use crate::analysis::Lens;
use crate::coalition::Coalition;
use crate::finding::alignment::{
    Alignment, AlignmentFinding, CorrelatedBound, Incentive, PureEquilibrium,
};
use crate::game::Posture;
use crate::report::system::build::{Writer, undecided};
use crate::report::system::lens::About;
use crate::report::system::schema::{LISTED, cut};
use crate::report::{Keyed, Outcome, RolesReport};
use crate::system::System;
use crate::verdict::Judgement;

/// What the lens found of a leading state, if it ran.
pub(in crate::report::system) fn report(about: &About<'_>) -> Option<Outcome<AlignmentReport>> {
    let (analysis, part) = (about.analysis, about.part());
    let found = match part.alignment.as_ref()? {
        Alignment::Decided(found) => found,
        Alignment::Undecided { why } => return Some(undecided(why, None)),
    };
    let writer = AlignmentWriter::new(&analysis.system, found);
    let mut report = writer.alignment(found, about.judgement(Lens::Alignment));
    writer.add_tactics(&mut report, found, analysis.parameters.threshold);
    if let Some(selected) = &found.selection {
        selection::report(&analysis.system, &writer.players, selected, &mut report);
    }
    let window = part.window.as_ref().zip(analysis.horizon.as_ref());
    report.window = window.map(|(found, horizon)| tactics::window(&writer, found, horizon));
    Some(Outcome::Decided(report))
}

/// Writes the alignment lens: it knows who the players are.
pub(super) struct AlignmentWriter<'a> {
    system: &'a System,
    /// The states that the players are, the leading one last.
    players: Vec<usize>,
    /// Whether tactics were named, so that roles are reported.
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
