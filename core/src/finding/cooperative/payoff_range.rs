//! What a player gets at least and at most.

use dashu_ratio::RBig;

use super::ExactWeights;

/// The lowest and the highest payoff of a player; of costs, what it pays.
#[derive(Debug, Clone, PartialEq)]
pub struct PayoffRange {
    /// The lowest, attained and proved.
    pub lowest: PayoffBound,
    /// The highest.
    pub highest: PayoffBound,
}

/// A bound on a player's payoff over the allocations that leave no coalition an excess above
/// `ε`.
///
/// In the game of worths (costs are worths below zero), with `σ = 1` for a lower bound and
/// `−1` for an upper one, `σ·1_i = Σ weights · 1_S + total · 1_N`, so that
/// `σ·x_i ≥ Σ weights · (v(S) − ε) + total · v(N)`; the allocation attains it.
#[derive(Debug, Clone, PartialEq)]
pub struct PayoffBound {
    /// An allocation that attains the bound, in the game's own sense.
    pub allocation: Vec<RBig>,
    /// Coalitions with their weights, all above zero.
    pub weights: ExactWeights,
    /// The weight of the grand coalition, of any sign.
    pub total: RBig,
}
