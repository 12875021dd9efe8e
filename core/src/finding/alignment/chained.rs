//! What tight commitments change.

use super::{Ends, Incentive, PureEquilibrium};
use crate::coalition::Coalition;

/// The most profiles of a game with tight commitments.
pub const MAX_CHAINED_PROFILES: u64 = 1_594_323;

/// What tight commitments change.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainsFinding {
    /// The chains: states tied to each other, in the order of their first.
    pub chains: Vec<Coalition>,
    /// The number of pure equilibria with tight commitments.
    pub pure_nash_total: u64,
    /// How many there are with tight commitments alone.
    pub gained_total: u64,
    /// The first of them.
    pub gained: Vec<PureEquilibrium>,
    /// How many there are with loose commitments alone.
    pub lost_total: u64,
    /// The first of them.
    pub lost: Vec<PureEquilibrium>,
    /// The leading state's control over the correlated equilibria with tight commitments.
    pub range: ChainedRange,
}

/// The range with tight commitments.
#[derive(Debug, Clone, PartialEq)]
pub enum ChainedRange {
    /// There are equilibria.
    Some(Ends),
    /// There is none: these incentives make every profile worth at least `bound`, which is
    /// more than the 1 that the leading state can control at most.
    None {
        /// The incentive constraints that prove it.
        incentives: Vec<Incentive>,
        /// The bound.
        bound: f64,
    },
}
