//! The part of the report that is about correlated and coarse correlated equilibria, and what
//! is known of what was not decided.

use serde::{Deserialize, Serialize};

use crate::report::Keyed;
use crate::report::game::{MixedReport, Num, StableReport, UpsetReport};

/// A range over equilibria, and why it is that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RangeReport {
    /// `welfare`, `minimum`, `player:NAME`, `sum:…`, `profile:…` or `values:FILE`.
    pub objective: String,
    /// The objective in full, where its name does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalReport>,
    /// The lowest expectation.
    pub min: Num,
    /// The highest expectation.
    pub max: Num,
    /// The evidence for the lowest.
    pub lowest: ExtremeReport,
    /// The evidence for the highest.
    pub highest: ExtremeReport,
}

/// An objective in full: one of these.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct GoalReport {
    /// The sum of payoffs, each player's times its share: exact numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<Keyed<String>>,
    /// The probability that these players play these strategies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Keyed<String>>,
    /// The exact value of each profile, in the order of the game's payoffs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// One end of a range: the equilibrium that attains it, and the proofs that none is beyond.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtremeReport {
    /// Profiles and their probabilities.
    pub distribution: Vec<LikelyProfile>,
    /// Each player's expected payoff.
    pub payoffs: Vec<Num>,
    /// Bounds on the objective.
    pub proofs: Vec<BoundReport>,
    /// 0 if the end is known exactly, else the tolerance of its certificate, over the span of
    /// payoffs.
    pub within: f64,
    /// The same exactly, where it is known and shown in floats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<ExactEnd>,
}

impl ExtremeReport {
    /// Whether the end is given exactly: beside the floats, or in their place.
    pub fn is_exact(&self) -> bool {
        let mut shown = self.distribution.iter().map(|likely| &likely.probability);
        self.exact.is_some()
            || !self.distribution.is_empty() && shown.all(|p| matches!(p, Num::Exact(_)))
    }
}

/// The exact numbers of an end, in the order of the rounded ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExactEnd {
    /// The expectation.
    pub value: String,
    /// The probabilities of the distribution.
    pub probabilities: Vec<String>,
    /// The expected payoffs.
    pub payoffs: Vec<String>,
    /// The numbers of the proofs.
    pub proofs: Vec<ExactBound>,
}

/// The exact numbers of a bound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExactBound {
    /// How much of each player's payoff is in it.
    pub shares: Vec<String>,
    /// The bound.
    pub bound: String,
    /// The weights of its incentives.
    pub weights: Vec<String>,
}

/// A profile with its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LikelyProfile {
    /// Each player's strategy.
    pub profile: Vec<String>,
    /// The probability.
    pub probability: Num,
}

/// A bound on `Σ share·payoff`, or without shares on the objective itself, over all equilibria:
/// what remains of it in the best profile when each incentive is charged its weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundReport {
    /// How much of each player's payoff is in the sum.
    pub shares: Vec<Num>,
    /// The bound.
    pub bound: Num,
    /// The weights of the incentives.
    pub weights: Vec<GameIncentive>,
}

/// The weight of an incentive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GameIncentive {
    /// The player.
    pub player: String,
    /// The recommended action; nothing for coarse equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What it might play instead.
    pub to: String,
    /// The weight, 0 or more.
    pub weight: Num,
}

/// What is known of what was not decided in time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SoFar {
    /// Bounds on the range over correlated equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlated: Option<BoundsReport>,
    /// Bounds on the range over coarse correlated equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coarse_correlated: Option<BoundsReport>,
    /// Mixed strategies on the way to an equilibrium, with what each player still gains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed: Option<MixedReport>,
    /// What coalitions do to the pure equilibria that were examined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strong: Option<RefinedReport>,
    /// The same for coalitions that nobody would leave in turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coalition_proof: Option<RefinedReport>,
}

impl SoFar {
    /// Whether everything was decided, or nothing is known of what was not.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The range is between these bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundsReport {
    /// As in a range.
    pub objective: String,
    /// As in a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalReport>,
    /// The lowest expectation is between these.
    pub min: [f64; 2],
    /// The highest expectation is between these.
    pub max: [f64; 2],
    /// The evidence: an equilibrium, if one is known, and the best bound proved.
    pub lowest: ExtremeReport,
    /// The same for the highest.
    pub highest: ExtremeReport,
}

/// Pure equilibria told apart by what coalitions do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefinedReport {
    /// Those that no coalition upsets.
    pub stable: Vec<StableReport>,
    /// Those that one does.
    pub upset: Vec<UpsetReport>,
}
