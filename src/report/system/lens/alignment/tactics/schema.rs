//! The keys of the alignment lens that tactics add (schema 1).

use serde::{Deserialize, Serialize};

use crate::finding::alignment::Closing;
use crate::report::{AlignmentCertificate, EquilibriumReport, IncentiveReport, Keyed};
use crate::verdict::Judgement;

/// What each state is in an equilibrium, and with what weight.
pub type RolesReport = Keyed<Keyed<f64>>;

/// What arms do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DilemmaReport {
    /// By the state that arms alone where all balance: how much that changes each state's
    /// control.
    pub effects: Keyed<Keyed<f64>>,
    /// The listed equilibria in which states arm, the first hundred.
    pub equilibria: Vec<ArmedReport>,
}

/// An equilibrium with arms beside the same profile without.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArmedReport {
    /// Its place in `pure_nash`, from 0.
    pub equilibrium: usize,
    /// The states that arm.
    pub armed: Vec<String>,
    /// By state: what arms change its utility by, over its power.
    pub changes: Keyed<f64>,
    /// Whether that is a loss for every state.
    pub everyone_worse_off: bool,
}

/// What tight commitments change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainsReport {
    /// The chains of states tied to each other.
    pub chains: Vec<Vec<String>>,
    /// How many pure equilibria there are with tight commitments.
    pub pure_nash_total: u64,
    /// How many of those there are not with loose ones.
    pub gained_total: u64,
    /// The first of them.
    pub gained: Vec<EquilibriumReport>,
    /// How many there are with loose commitments alone.
    pub lost_total: u64,
    /// The first of them.
    pub lost: Vec<EquilibriumReport>,
    /// How many are listed at most, where that is fewer than 10,000 and not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_listed: Option<u64>,
    /// The leading state's control over all correlated equilibria with tight commitments;
    /// absent where there are none. With loose ones it is the lens's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<[f64; 2]>,
    /// What that interval amounts to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Judgement>,
    /// The proofs of the interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<AlignmentCertificate>,
    /// The proof that there is no equilibrium, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_equilibrium: Option<RefutationReport>,
}

/// Incentives that make every profile worth more than anyone can control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefutationReport {
    /// The incentive constraints.
    pub incentives: Vec<IncentiveReport>,
    /// What every profile is worth at least.
    pub bound: f64,
}

/// The leading state's control now and at a horizon, were there a war.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WindowReport {
    /// The horizon.
    pub year: i32,
    /// Where the shares at the horizon are from.
    pub basis: String,
    /// The states' shares at the horizon.
    pub states: Vec<LaterReport>,
    /// Control now.
    pub now: RangeReport,
    /// Control at the horizon.
    pub later: RangeReport,
    /// What waiting costs, over the control now, at either end of the interval.
    pub waiting_costs: [f64; 2],
    /// Whether that is more than the war cost.
    pub closing: Closing,
}

/// A state at the horizon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaterReport {
    /// Its identifier.
    pub id: String,
    /// Its share of power then.
    pub share: f64,
    /// The same as a fraction, where that is short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
}

/// An interval of the leading state's control with its proofs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RangeReport {
    /// The interval.
    pub control: [f64; 2],
    /// The proofs.
    pub certificate: AlignmentCertificate,
}
