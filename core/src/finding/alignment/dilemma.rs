//! What arms do to everybody's security.

use crate::coalition::Coalition;

/// The most equilibria with arms that are looked at.
pub const MAX_EQUILIBRIA: usize = 100;

/// What arms do.
#[derive(Debug, Clone, PartialEq)]
pub struct DilemmaFinding {
    /// By player (the states that face the leading one): how much its arming alone changes each
    /// state's control where all of them balance.
    pub effects: Vec<Vec<f64>>,
    /// The listed equilibria in which states arm, in their order, at most [`MAX_EQUILIBRIA`].
    pub equilibria: Vec<ArmedEquilibrium>,
}

/// An equilibrium with arms beside the same profile without.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmedEquilibrium {
    /// Its place among the pure equilibria listed.
    pub equilibrium: usize,
    /// The states that arm.
    pub armed: Coalition,
    /// By state: its utility there, less what it would be if those who arm balanced instead,
    /// over its power.
    pub changes: Vec<f64>,
    /// Whether that is a loss for every state.
    pub everyone_worse_off: bool,
}
