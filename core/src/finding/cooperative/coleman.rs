//! Coleman's indices.

use dashu_ratio::RBig;

/// Coleman's (1971) indices of a simple game.
#[derive(Debug, Clone, PartialEq)]
pub struct Coleman {
    /// The power of the collectivity to act: the part of all coalitions that win.
    pub act: RBig,
    /// Each player's power to prevent action: the part of the winning coalitions that it can make
    /// losing ones.
    pub prevent: Vec<RBig>,
    /// Its power to initiate action: the part of the losing coalitions that it can make winning
    /// ones.
    pub initiate: Vec<RBig>,
}
