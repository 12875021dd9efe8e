//! Functions of profiles whose expectation is asked for, exactly.

use dashu_ratio::RBig;

use crate::game::StrategicTable;
use crate::game::table::{Column, Payoffs};

pub use crate::finding::strategic::correlated::Objective;

impl Objective {
    /// How much of each player's payoff is in it, where it is a sum of payoffs.
    pub(super) fn shares(&self, players: usize) -> Option<Vec<RBig>> {
        let unit = |player: usize| {
            let share = |i: usize| if i == player { RBig::ONE } else { RBig::ZERO };
            (0..players).map(share).collect()
        };
        match self {
            Self::Welfare => Some(vec![RBig::ONE; players]),
            Self::Player(player) => Some(unit(*player)),
            Self::Sum(shares) => Some(shares.clone()),
            Self::Minimum | Self::Played(_) | Self::Values(_) => None,
        }
    }

    /// The value that it gives to each profile, where it is a function of profiles and no sum
    /// of payoffs. O(profiles · strategies named).
    pub(super) fn values(&self, game: &StrategicTable) -> Option<Payoffs> {
        match self {
            Self::Played(strategies) => {
                let sizes = game.sizes();
                let played = |index: usize| {
                    strategies.iter().all(|&(i, a)| index / game.strides()[i] % sizes[i] == a)
                };
                let mut column = Column::default();
                (0..game.len()).for_each(|index| column.push(i64::from(played(index)), 1));
                Some(column.payoffs())
            }
            Self::Values(values) => Some(values.clone()),
            Self::Welfare | Self::Minimum | Self::Player(_) | Self::Sum(_) => None,
        }
    }

    /// Whether it can be asked of `game`: it names no player, strategy or profile that there
    /// is not.
    pub(super) fn fits(&self, game: &StrategicTable) -> bool {
        let sizes = game.sizes();
        match self {
            Self::Welfare | Self::Minimum => true,
            Self::Player(player) => *player < sizes.len(),
            Self::Sum(shares) => shares.len() == sizes.len(),
            Self::Played(list) => list.iter().all(|&(i, a)| sizes.get(i).is_some_and(|&k| a < k)),
            Self::Values(values) => values.len() == game.len(),
        }
    }
}

/// `Σ share · payoff`, of payoffs or other numbers by profile.
#[derive(Debug, Clone)]
pub(super) struct Goal<'a> {
    pub(super) terms: Vec<(&'a Payoffs, RBig)>,
}

impl<'a> Goal<'a> {
    /// The sum of a game's payoffs with these shares.
    pub(super) fn sum(game: &'a StrategicTable, shares: &[RBig]) -> Self {
        let terms = shares.iter().enumerate().filter(|(_, share)| !share.is_zero());
        Self { terms: terms.map(|(i, share)| (game.exact(i), share.clone())).collect() }
    }

    /// It times a number.
    pub(super) fn times(&self, factor: &RBig) -> Self {
        Self { terms: self.terms.iter().map(|(p, share)| (*p, share * factor)).collect() }
    }
}
