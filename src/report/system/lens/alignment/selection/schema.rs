//! Selection in the JSON contract.

use serde::{Deserialize, Serialize};

use crate::game::Posture;
use crate::report::Keyed;

/// What speaks for a pure equilibrium of choosing sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SelectedReport {
    /// Each state's posture.
    pub actions: Keyed<Posture>,
    /// The leading state's control under it.
    pub control: f64,
    /// Whether no group would leave together, all better off.
    pub strong: bool,
    /// What those do who would leave, where it is not strong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Keyed<Posture>>,
    /// Whether no group would whose new choice would itself last; `null` where that was not looked
    /// for.
    pub coalition_proof: Option<bool>,
    /// What those do who would, where it is not coalition-proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upset_by: Option<Keyed<Posture>>,
    /// The probability that best replies from a random start end here.
    pub basin: f64,
    /// How many states must change to `balance` for all to balance, in whatever order the others
    /// follow; `null` if that never comes about.
    pub tipping: Option<usize>,
    /// Such states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tipped_by: Option<Vec<String>>,
}

/// The logit (quantal response) equilibrium on the branch from uniform play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogitAlignmentReport {
    /// The precision, per utility over a state's share of power.
    pub precision: f64,
    /// By state, the probability of each posture: balance, bandwagon and abstain, or the tactics in
    /// their order.
    pub probabilities: Keyed<Vec<f64>>,
    /// The leading state's expected control.
    pub control: f64,
    /// The probability that its control is above the threshold of domination.
    pub probability_above_threshold: f64,
    /// Every two states.
    pub pairs: Vec<PairProbabilityReport>,
}

/// How likely two states stand together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairProbabilityReport {
    /// The one.
    pub state1: String,
    /// The other.
    pub state2: String,
    /// That both stand against the leading state.
    pub both_balance: f64,
    /// That both stand on one side; the leading state stands with itself.
    pub same_side: f64,
}
