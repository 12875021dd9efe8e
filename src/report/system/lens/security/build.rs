//! From the finding of the security lens to its report.

use super::*;
use crate::coalition::Coalition;
use crate::finding::security::{Groups, Held, SecurityFinding, Strength};
use crate::game::Stance;
use crate::parameters::Parameters;
use crate::report::Keyed;
use crate::system::System;
use crate::verdict::SecurityVerdict;

/// The report of a finding.
pub(in crate::report) fn report(
    system: &System,
    parameters: &Parameters,
    found: &SecurityFinding,
    target_by: TargetBy,
) -> SecurityReport {
    let writer = Writer { system, target: found.target };
    let n = system.len();
    let matrix = &found.threat.matrix;
    let (balancing_groups, balancing_groups_total) = writer.groups(&found.balancing);
    let (war_groups, war_groups_total) = writer.groups(&found.war);
    let within = |share: &f64| *share <= 1.0;
    SecurityReport {
        target: system.id(found.target).into(),
        target_by,
        target_share: system.shares()[found.target],
        threat: writer.by_chooser(writer.choosers().map(|i| matrix[[i, found.target]])),
        threat_index: Keyed(
            found.threat.index.iter().enumerate().map(|(i, t)| (system.id(i).into(), *t)).collect(),
        ),
        parameters: parameters.security,
        profiles: found.profiles,
        verdict: SecurityVerdict::of(found),
        fluid: found.total == 0,
        prevails: found.prevails,
        dominion: found.dominion,
        equilibria_total: found.total,
        equilibria: found
            .equilibria
            .iter()
            .map(|e| SecurityEquilibriumReport {
                actions: writer.actions(&e.profile),
                prevails: e.prevails,
                held: e.held,
                dominion: e.dominion,
                loss: writer.by_chooser(e.loss.iter().copied()),
                strong: match e.strong {
                    Strength::Strong => Some(true),
                    Strength::Leaves(_) => Some(false),
                    Strength::Unknown => None,
                },
                leaving: writer.leaving(&e.profile, &e.strong),
                basin: e.basin,
                from_peace: e.from_peace,
            })
            .collect(),
        cycles: found
            .cycles
            .iter()
            .map(|c| SecurityCycleReport {
                profiles: c.profiles,
                first: writer.actions(&c.first),
                prevails: c.prevails,
                held: match c.held {
                    Held::Always => HeldReport::Always,
                    Held::Sometimes => HeldReport::Sometimes,
                    Held::Never => HeldReport::Never,
                },
                bandwagons: c.bandwagons,
                dominion: c.dominion,
                basin: c.basin,
                from_peace: c.from_peace,
            })
            .collect(),
        trust: TrustReport {
            order_from: Some(found.trust.order_from).filter(within),
            balance_to: found.trust.balance_to.map(|(up_to, _)| up_to).filter(within),
            by: found.trust.balance_to.map(|(_, group)| system.ids(group)),
        },
        stopping_odds: found.odds.stopping,
        balancing_odds: found.odds.balancing,
        from_peace: found.odds.from_peace,
        mixed_odds: found.odds.mixed,
        sampled: found.odds.sampled.map(|s| SampleReport {
            starts: s.starts,
            seed: s.seed,
            balancing_odds: s.balancing,
            stopping_odds: s.stopping,
            lost: s.lost,
        }),
        states: writer.by_chooser(
            found.stances.iter().map(|&[balance, hide, bandwagon]| StancesReport {
                balance,
                hide,
                bandwagon,
            }),
        ),
        threat_matrix: (0..n).map(|i| (0..n).map(|j| matrix[[i, j]]).collect()).collect(),
        balancing_number: found.balancing.number,
        balancing_groups,
        balancing_groups_total,
        war_number: found.war.number,
        war_groups,
        war_groups_total,
    }
}

struct Writer<'a> {
    system: &'a System,
    target: usize,
}

impl Writer<'_> {
    fn choosers(&self) -> impl Iterator<Item = usize> {
        let target = self.target;
        (0..self.system.len()).filter(move |&i| i != target)
    }

    fn by_chooser<T>(&self, values: impl Iterator<Item = T>) -> Keyed<T> {
        Keyed(self.choosers().map(|i| self.system.id(i).to_owned()).zip(values).collect())
    }

    fn actions(&self, profile: &[Stance]) -> Keyed<Stance> {
        self.by_chooser(profile.iter().copied())
    }

    fn leaving(&self, profile: &[Stance], strong: &Strength) -> Option<Keyed<Stance>> {
        let Strength::Leaves(to) = strong else { return None };
        let changed = self.choosers().zip(profile.iter().zip(to)).filter(|(_, (a, b))| a != b);
        Some(Keyed(changed.map(|(i, (_, to))| (self.system.id(i).to_owned(), *to)).collect()))
    }

    fn groups(&self, groups: &Groups) -> (Vec<Vec<String>>, Option<u64>) {
        let listed: Vec<Vec<String>> =
            groups.groups.iter().map(|group: &Coalition| self.system.ids(*group)).collect();
        let total = Some(groups.total).filter(|&total| total > listed.len() as u64);
        (listed, total)
    }
}
