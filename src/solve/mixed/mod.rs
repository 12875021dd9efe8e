//! Mixed Nash equilibria: in exact arithmetic for two players, with proofs of existence and
//! uniqueness in floating point for more.

mod dictionary;
mod extreme;
mod lemke_howson;
mod linear;
mod zero_sum;

use dashu_ratio::RBig;

pub use extreme::{ExtremeEquilibria, extreme_equilibria};
pub use lemke_howson::{LemkeHowson, lemke_howson};
pub use zero_sum::{ZeroSum, zero_sum};

/// An equilibrium of a two-player game, in rationals: its regret is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExactEquilibrium {
    /// Each player's probabilities, by strategy.
    pub strategies: [Vec<RBig>; 2],
    /// Each player's expected payoff.
    pub payoffs: [RBig; 2],
}
