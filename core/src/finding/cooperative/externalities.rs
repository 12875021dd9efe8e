//! What is found out about a game with externalities.

use dashu_ratio::RBig;

use super::Balance;
use crate::coalition::Coalition;
use crate::game::cooperative::Expectation;

/// Values, cores and mergers of a game with externalities.
#[derive(Debug, Clone, PartialEq)]
pub struct Externalities {
    /// Each player's value by Myerson (1977).
    pub myerson: Vec<RBig>,
    /// By de Clippel & Serrano (2008): free of externalities.
    pub externality_free: Vec<RBig>,
    /// For each expectation whether the core is empty.
    pub cores: Vec<(Expectation, Balance)>,
    /// The coalitions of two or more whose members together gain by it, while all others stand
    /// alone.
    pub profitable: Vec<Merger>,
    /// The self-enforcing agreements: nobody in it would rather leave, and with no outsider it
    /// would still be so.
    pub self_enforcing: Vec<Merger>,
}

/// A coalition whose outsiders stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    /// Who is in it.
    pub coalition: Coalition,
    /// What it is worth.
    pub worth: RBig,
    /// What its members have otherwise, together: of a profitable one with all alone, of a
    /// self-enforcing one each by leaving it to the rest.
    pub otherwise: RBig,
}
