//! What iterated elimination of dominated strategies leaves.

use dashu_ratio::RBig;

/// What iterated elimination leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Dominance {
    /// The eliminations, in order; each holds against what was left when it was made.
    pub steps: Vec<Elimination>,
    /// The strategies that remain, by player, ascending.
    pub remaining: Vec<Vec<usize>>,
}

/// One elimination.
#[derive(Debug, Clone, PartialEq)]
pub struct Elimination {
    /// The player.
    pub player: usize,
    /// The strategy that goes.
    pub strategy: usize,
    /// What dominates it among the strategies still there: strategies and their
    /// probabilities, above zero, which sum to one. A single one dominates by itself.
    pub by: Vec<(usize, RBig)>,
}
