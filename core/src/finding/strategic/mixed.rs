//! Mixed equilibria, and what is proved of them.

use dashu_ratio::RBig;

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

/// A logit equilibrium on the branch from uniform play.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantal {
    /// The precision.
    pub precision: f64,
    /// Each player's probabilities, by strategy.
    pub strategies: Vec<Vec<f64>>,
    /// The steps taken along the branch.
    pub steps: u32,
    /// How often the precision turned round on the way.
    pub turns: u32,
}

/// All extreme equilibria of a two-player game.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtremeEquilibria {
    /// The equilibria, ordered by their strategies.
    pub equilibria: Vec<ExactEquilibrium>,
    /// For each equilibrium the number of its connected component: those that share a
    /// strategy, directly or through others, are connected. All of a generic game's are
    /// apart.
    pub component: Vec<usize>,
    /// The maximal Nash subsets: sets `X × Y` of strategies such that every pair, and every
    /// pair of mixtures, is an equilibrium. As numbers of equilibria; `None` where there are
    /// too many to list.
    pub subsets: Option<Vec<Vec<usize>>>,
    /// Why the list may lack some; `None` if it is complete, which is then proved.
    pub incomplete: Option<String>,
}

/// The value of a strictly competitive game and what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct ZeroSum {
    /// Each player's optimal strategy.
    pub strategies: [Vec<RBig>; 2],
    /// What the first player's strategy guarantees it, and the most that the second player's
    /// lets it have: the value is between the two, and equal to both where they are equal.
    pub value: [RBig; 2],
}

impl ZeroSum {
    /// Whether the strategies are proved optimal, without rounding.
    pub fn is_exact(&self) -> bool {
        self.value[0] == self.value[1]
    }
}
