//! Mixed Nash equilibria: in exact arithmetic for two players, with proofs of existence and
//! uniqueness in floating point for more.

mod branch;
mod cell;
mod components;
mod continua;
mod dictionary;
pub(crate) mod expected;
mod extreme;
mod lemke_howson;
pub(crate) mod linear;
mod logit;
mod newton;
mod number;
mod orbits;
mod quantal;
mod rational;
mod search;
mod support;
mod zero_sum;

use crate::game::table::StrategicTable;

pub use branch::Path;
pub use extreme::{ExtremeEquilibria, extreme_equilibria};
pub use lemke_howson::{LemkeHowson, lemke_howson};
pub use logit::{Logit, logit};
pub use quantal::{Fit, MAX_PAYOFFS, Traced, fit, quantal};
pub use support::{AllEquilibria, MAX_SUPPORTS, Unresolved, all_equilibria, equilibria_within};
pub use zero_sum::{ZeroSum, zero_sum, zero_sum_within};

pub use crate::finding::strategic::mixed::{Equilibrium, ExactEquilibrium, Proof, Quantal};

/// The most that the probabilities of a strategy differ.
#[doc(hidden)]
pub fn apart(one: &[Vec<f64>], other: &[Vec<f64>]) -> f64 {
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

impl Equilibrium {
    /// Mixed strategies with their payoffs and regrets in the game. O(players · profiles).
    pub fn new(game: &StrategicTable, strategies: Vec<Vec<f64>>, proof: Proof) -> Self {
        // Without what is common to all of a player's payoffs, which can hide a regret.
        let (shares, mut regret) = expected::evaluate(|i| game.normalized(i), &strategies);
        let payoffs = match game.remote() {
            None => expected::evaluate(|i| game.floats(i).to_vec(), &strategies).0,
            Some(_) => shares.iter().enumerate().map(|(i, &x)| game.at_share(i, x)).collect(),
        };
        regret.iter_mut().enumerate().for_each(|(i, regret)| *regret *= game.span(i));
        Self { strategies, payoffs, regret, proof, exact: None }
    }

    /// The pure equilibrium that a profile is. O(players · profiles).
    pub fn pure(game: &StrategicTable, index: usize) -> Self {
        let strategies = game.profile(index).into_iter().zip(game.sizes()).map(|(a, k)| {
            let mut p = vec![0.0; k];
            p[a] = 1.0;
            p
        });
        Self::new(game, strategies.collect(), Proof::Exact).in_fractions(game)
    }

    /// The same with its fractions, where it has them.
    #[must_use]
    pub fn in_fractions(self, game: &StrategicTable) -> Self {
        Self { exact: rational::rational(game, &self.strategies), ..self }
    }

    /// The largest regret as a share of the player's span of payoffs.
    pub fn relative_regret(&self, game: &StrategicTable) -> f64 {
        let share = |(i, regret): (usize, &f64)| regret / game.span(i);
        self.regret.iter().enumerate().map(share).fold(0.0, f64::max)
    }
}
