//! The alignment lens in the JSON contract.

use serde::{Deserialize, Serialize};

use super::selection::schema::{LogitAlignmentReport, SelectedReport};
use super::tactics::schema::{ChainsReport, DilemmaReport, RolesReport, WindowReport};
use crate::game::Posture;
use crate::report::{Keyed, Outcome};
use crate::verdict::Judgement;

/// The alignment lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentReport {
    /// The state that the others face.
    pub leader: String,
    /// The number of profiles.
    pub profiles: u64,
    /// The leading state's expected control over all correlated equilibria.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
    /// How many pure Nash equilibria there are.
    pub pure_nash_total: u64,
    /// The first of them.
    pub pure_nash: Vec<EquilibriumReport>,
    /// How many equilibria are listed at most, where that is fewer than 10,000 and not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_listed: Option<u64>,
    /// The proofs of the interval.
    pub certificate: AlignmentCertificate,
    /// The tactics, where they were named; else they are balance, bandwagon and abstain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tactics: Option<Vec<Posture>>,
    /// What arms do, where arming is a tactic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_dilemma: Option<DilemmaReport>,
    /// What chains change, where commitments are tight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chains: Option<ChainsReport>,
    /// Whether the leading state's window is closing, where a horizon was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Outcome<WindowReport>>,
    /// What speaks for each pure equilibrium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Vec<SelectedReport>>,
    /// Why that was not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection_left_out: Option<String>,
    /// The logit equilibrium on the branch from uniform play.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logit: Option<LogitAlignmentReport>,
    /// Why it was not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logit_left_out: Option<String>,
}

/// A pure Nash equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EquilibriumReport {
    /// Each state's posture: those that face the leading one, and the leading one's too where
    /// it has a choice.
    pub actions: Keyed<Posture>,
    /// Each state's control under it.
    pub control: Keyed<f64>,
    /// What each state is in it, where tactics were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<RolesReport>,
}

/// The proofs of the alignment lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentCertificate {
    /// The lower end of the interval.
    pub lowest: CorrelatedReport,
    /// The upper end of the interval.
    pub highest: CorrelatedReport,
}

/// A bound on the leading state's control over all correlated equilibria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorrelatedReport {
    /// A correlated equilibrium that attains it.
    pub distribution: Vec<ProfileReport>,
    /// Incentive constraints that prove it.
    pub incentives: Vec<IncentiveReport>,
    /// The bound on the control, negated for the upper end.
    pub bound: f64,
    /// What each state is over the distribution, where tactics were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<RolesReport>,
}

/// A profile and its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileReport {
    /// Each state's posture: those that face the leading one, and the leading one's too where
    /// it has a choice.
    pub actions: Keyed<Posture>,
    /// Its probability.
    pub probability: f64,
}

/// The constraint that a state to which `from` is recommended does not gain by playing `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncentiveReport {
    /// The state.
    pub state: String,
    /// What is recommended to it.
    pub from: Posture,
    /// What it would do instead.
    pub to: Posture,
    /// The constraint's weight.
    pub weight: f64,
}
