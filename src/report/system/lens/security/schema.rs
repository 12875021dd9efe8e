//! The security lens in the JSON contract.

use serde::{Deserialize, Serialize};

use crate::game::Stance;
use crate::parameters::SecurityParameters;
use crate::report::Keyed;
use crate::verdict::SecurityVerdict;

/// The security lens: whom the others fear, and whether they balance, hide or bandwagon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecurityReport {
    /// The state that the others face.
    pub target: String,
    /// How it was chosen.
    pub target_by: TargetBy,
    /// Its share of power.
    pub target_share: f64,
    /// `τ_i`: its threat to each of the others.
    pub threat: Keyed<f64>,
    /// `T_j`: power times the threat to the others, of every state.
    pub threat_index: Keyed<f64>,
    /// What states expect of an aggressor.
    pub parameters: SecurityParameters,
    /// The number of profiles, `3^(n−1)`.
    pub profiles: u64,
    /// The lens's verdict.
    pub verdict: SecurityVerdict,
    /// Whether there is no equilibrium, so that cycles of best replies stand in.
    pub fluid: bool,
    /// The range of the probability that the target's side prevails.
    pub prevails: [f64; 2],
    /// The range of what the target can expect to command.
    pub dominion: [f64; 2],
    /// How many equilibria there are.
    pub equilibria_total: u64,
    /// The first of them.
    pub equilibria: Vec<SecurityEquilibriumReport>,
    /// Closed cycles of best replies.
    pub cycles: Vec<SecurityCycleReport>,
    /// Of how much trust bandwagoning is a matter.
    pub trust: TrustReport,
    /// The probability that the target's side does not prevail, where best replies from a random
    /// start end.
    pub stopping_odds: [f64; 2],
    /// The probability that they end where those who resist are as strong as the target's side.
    pub balancing_odds: f64,
    /// The same from all hiding.
    pub from_peace: f64,
    /// The probability that they end in a cycle in which that holds at times.
    pub mixed_odds: f64,
    /// How the odds were drawn, where they are not exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampled: Option<SampleReport>,
    /// Each state's probability of each stance in the equilibria where best replies end.
    pub states: Keyed<StancesReport>,
    /// `τ_ij`: the row's state is threatened by the column's, in the order of the input.
    pub threat_matrix: Vec<Vec<f64>>,
    /// The size of the smallest group that would hold the target while the others hide.
    pub balancing_number: Option<usize>,
    /// Such groups.
    pub balancing_groups: Vec<Vec<String>>,
    /// How many there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balancing_groups_total: Option<u64>,
    /// The same while the others bandwagon.
    pub war_number: Option<usize>,
    /// Such groups.
    pub war_groups: Vec<Vec<String>>,
    /// How many there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub war_groups_total: Option<u64>,
}

/// How the target was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetBy {
    /// It is the most feared state.
    Threat,
    /// It is the leading one.
    Leader,
    /// It was named.
    Name,
}

/// An equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecurityEquilibriumReport {
    /// What each of the others does.
    pub actions: Keyed<Stance>,
    /// The probability that the target's side prevails.
    pub prevails: f64,
    /// Whether that is at most a half, by exact power.
    pub held: bool,
    /// What the target can expect to command.
    pub dominion: f64,
    /// Each state's probability of losing independence.
    pub loss: Keyed<f64>,
    /// Whether no group would leave together; `null` where that was not looked for.
    pub strong: Option<bool>,
    /// What those do who would leave, where it is not strong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving: Option<Keyed<Stance>>,
    /// The probability that best replies from a random start end here.
    pub basin: f64,
    /// The same from all hiding.
    pub from_peace: f64,
}

/// A closed cycle of best replies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecurityCycleReport {
    /// How many profiles it has.
    pub profiles: u64,
    /// One of them.
    pub first: Keyed<Stance>,
    /// The range of the probability that the target's side prevails.
    pub prevails: [f64; 2],
    /// Where that is at most a half: `always`, `sometimes` or `never`.
    pub held: HeldReport,
    /// Whether somebody bandwagons in it.
    pub bandwagons: bool,
    /// The range of the dominion.
    pub dominion: [f64; 2],
    /// The probability that best replies from a random start end in it.
    pub basin: f64,
    /// The same from all hiding.
    pub from_peace: f64,
}

/// Where those who resist are as strong as the target's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeldReport {
    /// Everywhere.
    Always,
    /// In some profiles.
    Sometimes,
    /// Nowhere.
    Never,
}

/// Of how much trust in the aggressor's forbearance bandwagoning is a matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrustReport {
    /// All bandwagon in an equilibrium if and only if forbearance exceeds this; `null` above 1.
    pub order_from: Option<f64>,
    /// The largest forbearance at which a group balances, the others hide and the target is held
    /// in equilibrium; `null` if above 1 or none.
    pub balance_to: Option<f64>,
    /// Such a group; with `balance_to` null it balances however far the target is trusted.
    pub by: Option<Vec<String>>,
}

/// How odds were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SampleReport {
    /// How many starts were drawn; as many more began with all hiding.
    pub starts: u64,
    /// The seed.
    pub seed: u64,
    /// An interval of the balancing odds, at 95 %.
    pub balancing_odds: [f64; 2],
    /// An interval of the stopping odds, at 95 %.
    pub stopping_odds: [f64; 2],
    /// Starts that ended neither in an equilibrium nor in a cycle that could be followed.
    pub lost: u64,
}

/// A state's probability of each stance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StancesReport {
    /// It balances.
    pub balance: f64,
    /// It hides.
    pub hide: f64,
    /// It bandwagons.
    pub bandwagon: f64,
}
