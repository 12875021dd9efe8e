//! A table with payoffs per span, and a player who picks the worst off.

use crate::game::StrategicTable;
use crate::game::strategic::{Incentives, StrategicGame};

/// The game with each player's payoffs stretched to `[0, 1]`, so that no tolerance depends on
/// their scale. It may have one player more, who names another player and pays its payoff:
/// where it is uninformed, the payoff expected to be paid is the lowest of all.
pub(super) struct Scaled<'a> {
    game: &'a StrategicTable,
    payoffs: Vec<Vec<f64>>,
    /// What is paid to each player who may be named.
    named: Option<Vec<Vec<f64>>>,
}

impl<'a> Scaled<'a> {
    pub(super) fn new(game: &'a StrategicTable, named: Option<Vec<Vec<f64>>>) -> Self {
        let payoffs = (0..game.roster().len()).map(|i| game.normalized(i)).collect();
        Self { game, payoffs, named }
    }

    /// The number of the table's profile.
    pub(super) fn index(&self, profile: &[usize]) -> usize {
        self.game.index(&profile[..self.payoffs.len()])
    }

    /// What `player` gains by `to` instead of `from` at the profile with this number.
    fn gain(&self, player: usize, index: usize, from: usize, to: usize) -> f64 {
        match (&self.named, self.payoffs.get(player)) {
            (_, Some(payoffs)) => {
                let stride = self.game.strides()[player];
                payoffs[index + to * stride - from * stride] - payoffs[index]
            }
            (Some(named), None) => named[from][index] - named[to][index],
            (None, None) => 0.0,
        }
    }
}

impl StrategicGame for Scaled<'_> {
    fn players(&self) -> usize {
        self.payoffs.len() + usize::from(self.named.is_some())
    }

    fn actions(&self, player: usize) -> usize {
        self.game.roster().get(player).map_or(self.payoffs.len(), |p| p.strategies.len())
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let index = self.index(profile);
        for (i, payoff) in payoffs.iter_mut().enumerate() {
            *payoff = match (self.payoffs.get(i), &self.named) {
                (Some(own), _) => own[index],
                (None, Some(named)) => -named[profile[i]][index],
                (None, None) => 0.0,
            };
        }
    }

    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        let index = self.index(profile);
        let mut slot = 0;
        for (player, &from) in profile.iter().enumerate() {
            for to in 0..self.actions(player) {
                gains[slot] = self.gain(player, index, from, to);
                slot += 1;
            }
        }
    }

    fn weighted_gains(&self, profile: &[usize], incentives: &Incentives, weights: &[f64]) -> f64 {
        let index = self.index(profile);
        let mut sum = 0.0;
        for (player, &from) in profile.iter().enumerate() {
            let row = incentives.row(player, from);
            let weights = &weights[row..row + self.actions(player)];
            for (to, &weight) in weights.iter().enumerate() {
                if weight > 0.0 && to != from {
                    sum += weight * self.gain(player, index, from, to);
                }
            }
        }
        sum
    }
}
