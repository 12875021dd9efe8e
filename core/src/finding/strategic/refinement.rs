//! Equilibria that coalitions do not upset, and those that they do.

use crate::coalition::Coalition;

/// The pure Nash equilibria, told apart by what coalitions can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refinement {
    /// The equilibria that no coalition upsets, in the order of profiles.
    pub stable: Vec<Vec<usize>>,
    /// The other pure Nash equilibria, each with a coalition that upsets it.
    pub upset: Vec<(Vec<usize>, Blocking)>,
}

/// A coalition and what it would rather play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocking {
    /// The players who deviate, all to their strict gain.
    pub coalition: Coalition,
    /// The profile that they bring about; the others' strategies are unchanged.
    pub deviation: Vec<usize>,
}

/// Which equilibria are refined and which are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refined {
    /// All of them were examined.
    Decided(Refinement),
    /// The time was up first.
    Undecided {
        /// What is known of those that were examined.
        so_far: Refinement,
        /// Why it was not decided, in words.
        why: String,
    },
}
