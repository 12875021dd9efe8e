//! What iterated elimination of dominated strategies leaves.

use dashu_ratio::RBig;

/// A belief about what the others do, to which a strategy that remains is a best reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// The player.
    pub player: usize,
    /// The strategy.
    pub strategy: usize,
    /// The numbers of profiles in which it is played, and their probabilities, above zero, which
    /// sum to one.
    pub expects: Vec<(usize, RBig)>,
}

/// What iterated elimination leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Dominance {
    /// The eliminations, in order; each holds against what was left when it was made.
    pub steps: Vec<Elimination>,
    /// The strategies that remain, by player, ascending.
    pub remaining: Vec<Vec<usize>>,
    /// Why none of them is dominated: a belief for each that is a best reply to none of the
    /// others' profiles alone.
    pub beliefs: Vec<Belief>,
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
