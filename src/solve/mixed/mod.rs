//! Mixed Nash equilibria: in exact arithmetic for two players, with proofs of existence and
//! uniqueness in floating point for more.

mod branch;
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
mod quantal;
mod rational;
mod search;
mod support;
mod zero_sum;

use dashu_ratio::RBig;

use crate::game::table::StrategicTable;

pub use extreme::{ExtremeEquilibria, extreme_equilibria};
pub use lemke_howson::{LemkeHowson, lemke_howson};
pub use branch::Path;
pub use logit::{Logit, logit};
pub use quantal::{Fit, MAX_PAYOFFS, Quantal, Traced, fit, quantal};
pub use support::{AllEquilibria, MAX_SUPPORTS, Unresolved, all_equilibria, equilibria_within};
pub use zero_sum::{ZeroSum, zero_sum};

/// An equilibrium of a two-player game, in rationals: its regret is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExactEquilibrium {
    /// Each player's probabilities, by strategy.
    pub strategies: [Vec<RBig>; 2],
    /// Each player's expected payoff.
    pub payoffs: [RBig; 2],
}

/// What is proved of an equilibrium that is given in floating point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// It is one exactly: a pure equilibrium, compared in whole numbers.
    Exact,
    /// Exactly one equilibrium is within this distance of it, in each probability.
    Unique {
        /// The distance.
        radius: f64,
    },
    /// Only its regret is known: it touches the border of its support (a strategy that is
    /// not used is as good as those that are), or it was found by following a path.
    None,
}

/// An equilibrium in floating point.
#[derive(Debug, Clone, PartialEq)]
pub struct Equilibrium {
    /// Each player's probabilities, by strategy.
    pub strategies: Vec<Vec<f64>>,
    /// Each player's expected payoff.
    pub payoffs: Vec<f64>,
    /// How much each player could gain by its best reply, in units of payoff.
    pub regret: Vec<f64>,
    /// What is proved of it.
    pub proof: Proof,
    /// The strategies and payoffs in fractions, where it is an equilibrium of fractions.
    pub exact: Option<(Vec<Vec<RBig>>, Vec<RBig>)>,
}

impl Equilibrium {
    /// Mixed strategies with their payoffs and regrets in the game. O(players · profiles).
    pub fn new(game: &StrategicTable, strategies: Vec<Vec<f64>>, proof: Proof) -> Self {
        let Some(lowest) = game.remote() else {
            let (payoffs, regret) = expected::evaluate(|i| game.floats(i), &strategies);
            return Self { strategies, payoffs, regret, proof, exact: None };
        };
        let near = game.lowered(&lowest);
        let (above, regret) = expected::evaluate(|i| near.floats(i), &strategies);
        let plus = |(u, lowest): (f64, &RBig)| {
            RBig::try_from(u).map_or(u, |exact| (exact + lowest).to_f64().value())
        };
        let payoffs = above.into_iter().zip(&lowest).map(plus).collect();
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
