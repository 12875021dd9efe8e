//! What tactics add, from the findings.

use super::super::build::AlignmentWriter;
use crate::analysis::Horizon;
use crate::finding::alignment::DilemmaFinding;
use crate::finding::alignment::{AlignmentFinding, Ends};
use crate::finding::alignment::{ChainedRange, ChainsFinding};
use crate::finding::alignment::{Window, WindowFinding};
use crate::game::Posture;
use crate::report::system::build::{short_fraction, undecided};
use crate::report::system::schema::{LISTED, cut};
use crate::report::*;
use crate::solve::alignment::roles;
use crate::verdict::Judgement;

/// What each player is over a distribution.
pub(in crate::report::system) fn roles(
    writer: &AlignmentWriter,
    distribution: &[(Vec<Posture>, f64)],
) -> RolesReport {
    let named = roles::roles(distribution).into_iter().enumerate().map(|(player, roles)| {
        let weights = roles.into_iter().map(|(role, weight)| (role.to_owned(), weight));
        (writer.player(player), Keyed(weights.collect()))
    });
    Keyed(named.collect())
}

impl AlignmentWriter<'_> {
    /// Adds what there is to say of the tactics of a finding.
    pub(in crate::report::system) fn add_tactics(
        &self,
        report: &mut AlignmentReport,
        found: &AlignmentFinding,
        threshold: f64,
    ) {
        report.tactics = found.tactics.map(|tactics| tactics.named());
        report.security_dilemma = found.dilemma.as_ref().map(|dilemma| self.dilemma(dilemma));
        report.chains = found.chains.as_ref().map(|chains| self.chains(chains, threshold));
    }

    fn dilemma(&self, found: &DilemmaFinding) -> DilemmaReport {
        let effects = found.effects.iter().enumerate();
        let armed = |armed: &crate::finding::alignment::ArmedEquilibrium| ArmedReport {
            equilibrium: armed.equilibrium,
            armed: self.ids(armed.armed),
            changes: self.by_state(&armed.changes),
            everyone_worse_off: armed.everyone_worse_off,
        };
        DilemmaReport {
            effects: Keyed(
                effects.map(|(player, by)| (self.player(player), self.by_state(by))).collect(),
            ),
            equilibria: found.equilibria.iter().map(armed).collect(),
        }
    }

    fn chains(&self, found: &ChainsFinding, threshold: f64) -> ChainsReport {
        let (control, certificate, no_equilibrium) = match &found.range {
            ChainedRange::Some(ends) => (Some(ends.control), Some(self.certificate(ends)), None),
            ChainedRange::None { incentives, bound } => {
                let incentives = self.incentives(incentives);
                (None, None, Some(RefutationReport { incentives, bound: *bound }))
            }
        };
        ChainsReport {
            chains: found.chains.iter().map(|&chain| self.ids(chain)).collect(),
            pure_nash_total: found.pure_nash_total,
            gained_total: found.gained_total,
            gained: self.equilibria(&found.gained),
            lost_total: found.lost_total,
            lost: self.equilibria(&found.lost),
            max_listed: cut(found.gained.len(), found.gained_total, LISTED[1]).or(cut(
                found.lost.len(),
                found.lost_total,
                LISTED[1],
            )),
            verdict: control.map(|control| Judgement::of_interval(control, threshold)),
            control,
            certificate,
            no_equilibrium,
        }
    }

    fn certificate(&self, ends: &Ends) -> AlignmentCertificate {
        AlignmentCertificate {
            lowest: self.bound(&ends.lowest),
            highest: self.bound(&ends.highest),
        }
    }
}

/// The window, as it was found with this horizon.
pub(in crate::report::system) fn window(
    writer: &AlignmentWriter,
    found: &Window,
    horizon: &Horizon,
) -> Outcome<WindowReport> {
    let WindowFinding { now, later, waiting, closing } = match found {
        Window::Decided(found) => found,
        Window::Undecided { why } => return undecided(why, None),
    };
    let range =
        |ends: &Ends| RangeReport { control: ends.control, certificate: writer.certificate(ends) };
    let system = &horizon.system;
    let states = system.states().iter().zip(system.shares()).zip(system.exact_shares());
    Outcome::Decided(WindowReport {
        year: horizon.year,
        basis: horizon.basis.clone(),
        states: states
            .map(|((state, &share), exact)| LaterReport {
                id: state.id.clone(),
                share,
                exact: short_fraction(exact),
            })
            .collect(),
        now: range(now),
        later: range(later),
        waiting_costs: *waiting,
        closing: *closing,
    })
}
