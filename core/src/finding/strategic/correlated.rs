//! The ends of a range over correlated equilibria, each attained and proved.

use dashu_ratio::RBig;

use crate::game::table::Payoffs;

/// Which distributions are equilibria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concept {
    /// No player gains by disobeying its recommendation.
    Correlated,
    /// No player gains by one strategy, chosen before it knows its recommendation.
    Coarse,
}

/// An equilibrium and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Attained<T = f64> {
    /// The expectation.
    pub value: T,
    /// Numbers of profiles, ascending, and probabilities.
    pub distribution: Vec<(usize, T)>,
    /// Each player's expected payoff.
    pub payoffs: Vec<T>,
}

/// A bound on the objective over all equilibria, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof<T = f64> {
    /// How much of each player's payoff is in what is bounded; empty where that is an objective
    /// that is no sum of payoffs.
    pub shares: Vec<T>,
    /// Weights of incentives, in units of payoff; `from` is `to` for coarse equilibria.
    pub weights: Vec<Weighted<T>>,
    /// The least over all profiles of what is bounded plus `Σ weight·gain` (for an upper bound,
    /// the most of it less that).
    pub bound: T,
}

/// One end of the range.
#[derive(Debug, Clone, PartialEq)]
pub struct Extreme<T = f64> {
    /// The equilibrium at it.
    pub attained: Attained<T>,
    /// Why there is nothing beyond. For the lowest payoff of a worst-off player one proof for
    /// each player, else one.
    pub proofs: Vec<Proof<T>>,
}

/// One end of the range, rounded and, where it is known, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// In floating point: rounded, or if the exact end is not known, as it was found.
    pub float: Extreme,
    /// Exactly.
    pub exact: Option<Extreme<RBig>>,
}

/// Both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The lowest.
    pub lowest: End,
    /// The highest.
    pub highest: End,
}

/// What is known of an end: it is between what is attained and what is proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// An equilibrium that comes near it, if one is known.
    pub attained: Option<Attained>,
    /// Why there is nothing beyond their bound.
    pub proofs: Vec<Proof>,
}

/// What is known of both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Of the lowest.
    pub lowest: Partial,
    /// Of the highest.
    pub highest: Partial,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ranged {
    /// Both ends, attained and proved.
    Decided(Box<Range>),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
        /// What is known.
        bounds: Bounds,
    },
}

/// An incentive constraint with its weight, a float or a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted<T = f64> {
    /// The player.
    pub player: usize,
    /// The recommended action.
    pub from: usize,
    /// The action that it would play instead.
    pub to: usize,
    /// The weight.
    pub weight: T,
}

/// The expectation whose range is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Objective {
    /// The sum of all payoffs.
    Welfare,
    /// The lowest of the players' expected payoffs.
    Minimum,
    /// The payoff of this player.
    Player(usize),
    /// The sum of payoffs, each player's times its share.
    Sum(Vec<RBig>),
    /// The probability that these players play these strategies.
    Played(Vec<(usize, usize)>),
    /// The value that each profile has, by the profiles' numbers.
    Values(Payoffs),
}
