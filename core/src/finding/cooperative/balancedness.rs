//! Whether a game has a core, and whether each of its subgames has one.

use dashu_ratio::RBig;

use super::ExactWeights;
use crate::coalition::Coalition;

/// Whether a game has a core.
#[derive(Debug, Clone, PartialEq)]
pub enum Balance {
    /// It has, with this allocation in it; of costs, what each player pays.
    Balanced(Vec<RBig>),
    /// It has none: a balanced collection whose claims exceed what there is.
    Unbalanced(ExactWeights),
    /// It was not found out, and why.
    Undecided(String),
}

/// Whether every subgame has a core.
#[derive(Debug, Clone, PartialEq)]
pub enum TotalBalance {
    /// It has, because the game is convex.
    Convex,
    /// It has: each coalition's worth is the least that one of these allocations pays it (of
    /// costs, the most that one charges it).
    Extreme(Vec<Vec<RBig>>),
    /// One has none: this coalition's members have a balanced collection of coalitions among
    /// them whose claims exceed its worth.
    Unbalanced(Coalition, ExactWeights),
    /// It was not found out, and why.
    Undecided(String),
}
