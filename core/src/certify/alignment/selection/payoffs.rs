//! Everybody's payoff under every profile, from the game itself.

use crate::game::strategic::profile_at;
use crate::game::{AlignmentGame, StrategicGame};
use crate::tolerance::Tolerances;
use crate::work::parallel;

/// The game of these payoffs.
pub(super) struct Payoffs {
    /// By player, how many actions it has.
    pub(super) actions: Vec<usize>,
    /// By player, then profile, over the player's share of power.
    pub(super) of: Vec<Vec<f64>>,
}

impl Payoffs {
    pub(super) fn new(game: &AlignmentGame) -> Self {
        let actions: Vec<usize> = (0..game.players()).map(|i| game.actions(i)).collect();
        let profiles = actions.iter().product::<usize>();
        let one = |player: usize| {
            let of = |at: usize| {
                let profile = profile_at(game, at as u64);
                let mut control = vec![0.0; game.contest().len()];
                game.control(&profile, &mut control);
                game.utility(player, profile[player], &control) / game.unit(player)
            };
            parallel(profiles, of)
        };
        Self { of: (0..game.players()).map(one).collect(), actions }
    }

    pub(super) fn profiles(&self) -> usize {
        self.of.first().map_or(0, Vec::len)
    }

    /// The number of a profile, in mixed radix.
    pub(super) fn number(&self, profile: &[usize]) -> usize {
        let digits = profile.iter().zip(&self.actions);
        digits.fold(0, |number, (&action, &actions)| number * actions + action)
    }

    /// The profile with this number.
    pub(super) fn profile(&self, mut number: usize) -> Vec<usize> {
        let mut profile = vec![0; self.actions.len()];
        for (action, &actions) in profile.iter_mut().zip(&self.actions).rev() {
            *action = number % actions;
            number /= actions;
        }
        profile
    }

    /// What a player gets by each of its actions where the others play this profile.
    pub(super) fn choices(&self, profile: &[usize], player: usize) -> Vec<f64> {
        let mut other = profile.to_vec();
        let payoff = |action| {
            other[player] = action;
            self.of[player][self.number(&other)]
        };
        (0..self.actions[player]).map(payoff).collect()
    }

    /// Whether a player prefers the second profile, beyond the tolerance.
    pub(super) fn prefers(&self, player: usize, from: &[usize], to: &[usize]) -> bool {
        self.prefers_numbered(player, self.number(from), self.number(to))
    }

    /// The same of profiles by their numbers.
    pub(super) fn prefers_numbered(&self, player: usize, from: usize, to: usize) -> bool {
        self.of[player][to] > self.of[player][from] + Tolerances::DEFAULT.gain
    }
}
