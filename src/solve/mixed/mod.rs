//! Mixed Nash equilibria: in exact arithmetic for two players, with proofs of existence and
//! uniqueness in floating point for more.

mod cell;
mod components;
mod dictionary;
pub(crate) mod expected;
mod extreme;
mod lemke_howson;
pub(crate) mod linear;
mod logit;
mod newton;
mod number;
mod search;
mod support;
mod zero_sum;

use crate::game::table::StrategicTable;

pub use extreme::{ExtremeEquilibria, extreme_equilibria};
pub use lemke_howson::{LemkeHowson, lemke_howson};
pub use logit::{Logit, Path, logit};
pub use support::{AllEquilibria, MAX_SUPPORTS, Unresolved, all_equilibria};
pub use zero_sum::{ZeroSum, zero_sum};

pub use crate::finding::strategic::mixed::{Equilibrium, ExactEquilibrium, Proof};

impl Equilibrium {
    /// Mixed strategies with their payoffs and regrets in the game. O(players · profiles).
    pub fn new(game: &StrategicTable, strategies: Vec<Vec<f64>>, proof: Proof) -> Self {
        let (payoffs, _) = expected::evaluate(|i| game.floats(i).to_vec(), &strategies);
        // Without what is common to all of a player's payoffs, which can hide a regret.
        let (_, mut regret) = expected::evaluate(|i| game.normalized(i), &strategies);
        regret.iter_mut().enumerate().for_each(|(i, regret)| *regret *= game.span(i));
        Self { strategies, payoffs, regret, proof }
    }

    /// The largest regret as a share of the player's span of payoffs.
    pub fn relative_regret(&self, game: &StrategicTable) -> f64 {
        let share = |(i, regret): (usize, &f64)| regret / game.span(i);
        self.regret.iter().enumerate().map(share).fold(0.0, f64::max)
    }
}
