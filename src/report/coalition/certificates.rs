//! The proofs in the JSON contract of `equipoise coalition`.

use serde::{Deserialize, Serialize};

use super::allocation::AllocationCertificate;
use super::schema::{ExactPayoffs, RangeProofs};
use crate::report::Keyed;

/// The proofs, all exact but for the excesses in a contest of more than 24 players.
///
/// Of a weighted majority game or a contest of more than 24 players a coalition of the least
/// core's and the nucleolus's proof stands for all that have as many members of each type,
/// players with the same weights, and its weight is shared by them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Certificates {
    /// What excesses may be off by; absent if they are exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// Of the core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core: Option<CoreCertificate>,
    /// Of the least core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_core: Option<LeastCoreCertificate>,
    /// That the game is balanced or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balanced: Option<CoreCertificate>,
    /// That it is totally balanced or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totally_balanced: Option<TotalBalanceCertificate>,
    /// Of the nucleolus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nucleolus: Option<NucleolusCertificate>,
    /// Of the prenucleolus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prenucleolus: Option<NucleolusCertificate>,
    /// Of the per-capita nucleolus; excesses are per capita.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_capita_nucleolus: Option<NucleolusCertificate>,
    /// Of where a given division stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationCertificate>,
}

/// A coalition's exact weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExactWeight {
    /// The coalition.
    pub coalition: Vec<String>,
    /// Its weight.
    pub weight: String,
}

/// An allocation in the core, or a balanced collection whose claims exceed what there is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoreCertificate {
    /// In the core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<ExactPayoffs>,
    /// Proves that there is no such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balanced: Option<Vec<ExactWeight>>,
    /// Of the payoffs' ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payoffs: Option<RangeProofs>,
    /// The vertices listed, exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vertices: Option<Vec<ExactPayoffs>>,
}

/// Why a game is totally balanced, or a subgame that is not balanced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TotalBalanceCertificate {
    /// The game is convex.
    Convex,
    /// Each coalition's worth is the least that one of these pays it; of costs, the most that
    /// one charges it.
    Allocations(Vec<ExactPayoffs>),
    /// The claims of coalitions among its members, balanced, exceed its worth.
    Subgame {
        /// The coalition.
        coalition: Vec<String>,
        /// The balanced collection.
        balanced: Vec<ExactWeight>,
    },
}

/// An allocation that attains the least-core value, and a balanced collection that proves it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeastCoreCertificate {
    /// The value.
    pub value: String,
    /// Attains it.
    pub allocation: ExactPayoffs,
    /// Prove that none is better.
    pub balanced: Vec<ExactWeight>,
    /// Of the payoffs' ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payoffs: Option<RangeProofs>,
}

/// An allocation that attains a bound on a payoff, and weights that prove it: with `σ = 1` for
/// a lower bound and `−1` for an upper one, in the game of worths,
/// `σ·1_i = Σ weights · 1_S + total · 1_N`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoundCertificate {
    /// Attains it.
    pub allocation: ExactPayoffs,
    /// Coalitions with weights above zero.
    pub weights: Vec<ExactWeight>,
    /// The weight of the grand coalition, of any sign.
    pub total: String,
}

/// The proof of a nucleolus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NucleolusCertificate {
    /// The payoffs.
    pub allocation: ExactPayoffs,
    /// Level by level (Kohlberg 1971).
    pub levels: Vec<ExactLevelReport>,
}

/// One level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExactLevelReport {
    /// The excess of its coalitions.
    pub excess: String,
    /// The coalitions that it settles.
    pub weights: Vec<ExactWeight>,
    /// Players held at what they get alone.
    #[serde(default)]
    pub floors: Keyed<String>,
}
