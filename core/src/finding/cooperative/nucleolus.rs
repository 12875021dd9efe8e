//! The nucleolus and its proof, in fractions.

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::exact::sum;

/// Coalitions with exact weights above zero.
pub type ExactWeights = Vec<(Coalition, RBig)>;

/// A nucleolus or prenucleolus in fractions, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactNucleolus {
    /// The payoffs; in a cost game what each player pays.
    pub allocation: Vec<RBig>,
    /// The proof. Empty where nothing is to be proved: a single player, or a single
    /// imputation.
    pub levels: Vec<ExactLevel>,
}

impl ExactNucleolus {
    /// The least-core value, if these are the levels of a prenucleolus.
    pub fn least_core_value(&self) -> Option<&RBig> {
        self.levels.first().map(|level| &level.excess)
    }

    /// Whether the game has a core, if these are the levels of a prenucleolus.
    pub fn has_core(&self) -> bool {
        self.least_core_value().is_none_or(|value| *value <= RBig::ZERO)
    }

    /// The balanced collection that proves the least-core value: the first level's weights,
    /// scaled so that they cover every player once.
    pub fn balanced(&self) -> Option<ExactWeights> {
        let first = self.levels.first()?;
        // Every player is covered alike, so as often as the mean player.
        let places = first.weights.iter().map(|(s, w)| w * RBig::from(s.len()));
        let cover = sum(places) / RBig::from(self.allocation.len());
        if cover.is_zero() {
            return None;
        }
        Some(first.weights.iter().map(|(s, w)| (*s, w / &cover)).collect())
    }
}

/// One level of an exact proof; see [`Level`](crate::finding::settlement::Level).
#[derive(Debug, Clone, PartialEq)]
pub struct ExactLevel {
    /// The excess of these coalitions: `v(S) − x(S)`, of costs `x(S) − c(S)`.
    pub excess: RBig,
    /// The coalitions that this level settles; their weights sum to 1.
    pub weights: ExactWeights,
    /// Players held at what they get alone, with their weights.
    pub floors: Vec<(usize, RBig)>,
}
