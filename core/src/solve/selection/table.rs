//! All payoffs of the game, laid out, and the best replies that follow from them.

use rayon::prelude::*;

use crate::game::strategic::profile_at;
use crate::game::{AlignmentGame, LedGame};
use crate::solve::replies::Moves;
use crate::solve::selection::preference;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How many profiles between two looks at the clock.
const STRIDE: usize = 1 << 10;

/// The game: profiles are numbered, the last player's action changing fastest.
pub(super) struct Table {
    /// By player: how many actions it has, and what one more of them adds to a profile's number.
    pub(super) shape: Vec<(usize, usize)>,
    /// By player, its actions from the one it prefers where several are equally good.
    preferences: Vec<Vec<usize>>,
    /// By profile, then player, in units.
    payoffs: Vec<f64>,
    /// By player, how far rounding may move a difference of its payoffs.
    noise: Vec<f64>,
}

/// Differences are left open so many times sooner than rounding may move them.
const MARGIN: f64 = 4.0;

impl Table {
    pub(super) fn new(game: &AlignmentGame, form: &dyn LedGame, work: &Work) -> Option<Self> {
        let players = form.players();
        let mut shape = vec![(0, 0); players];
        let mut size = 1;
        for (player, of) in shape.iter_mut().enumerate().rev() {
            *of = (form.actions(player), size);
            size *= of.0;
        }
        let mut payoffs = vec![0.0; size * players];
        let rows = payoffs.par_chunks_mut(STRIDE * players).enumerate();
        rows.try_for_each(|(chunk, rows)| {
            if work.is_over() {
                return None;
            }
            for (at, row) in rows.chunks_exact_mut(players).enumerate() {
                form.payoffs(&profile_at(form, (chunk * STRIDE + at) as u64), row);
                row.iter_mut().enumerate().for_each(|(i, payoff)| *payoff /= form.unit(i));
            }
            Some(())
        })?;
        let preferences = (0..players).map(|i| preference(game.postures_of(i))).collect();
        let noise = |player: usize| {
            let own = payoffs.iter().skip(player).step_by(players);
            let largest = own.fold(0.0, |most: f64, payoff| most.max(payoff.abs()));
            MARGIN * game.contest().noise(game.state_of(player), largest * form.unit(player))
        };
        let noise = (0..players).map(noise).collect();
        Some(Self { shape, preferences, payoffs, noise })
    }

    pub(super) fn players(&self) -> usize {
        self.shape.len()
    }

    pub(super) fn action(&self, at: usize, player: usize) -> usize {
        let (actions, stride) = self.shape[player];
        at / stride % actions
    }

    pub(super) fn profile(&self, at: usize) -> Vec<usize> {
        (0..self.players()).map(|player| self.action(at, player)).collect()
    }

    /// The profile with another action of one player.
    pub(super) fn with(&self, at: usize, player: usize, action: usize) -> usize {
        at - self.action(at, player) * self.shape[player].1 + action * self.shape[player].1
    }

    /// Whether a player is better off in `to` than in `from`.
    pub(super) fn gains(&self, player: usize, from: usize, to: usize) -> bool {
        let of = |at: usize| self.payoffs[at * self.players() + player];
        of(to) - of(from) > Tolerances::DEFAULT.gain
    }

    /// Whether rounding decides, somewhere, if a reply is as good as the best: what follows from
    /// that would say nothing of the game. O(profiles · actions).
    pub(super) fn is_blurred(&self) -> bool {
        (0..self.payoffs.len()).into_par_iter().any(|slot| {
            let (at, player) = (slot / self.players(), slot % self.players());
            let payoff = |action: usize| {
                self.payoffs[self.with(at, player, action) * self.players() + player]
            };
            let best = (0..self.shape[player].0).map(payoff).fold(f64::NEG_INFINITY, f64::max);
            let short = best - self.payoffs[slot];
            (short - Tolerances::DEFAULT.gain).abs() <= self.noise[player]
        })
    }

    /// The profile that a player's best reply leads to: `at` itself where it gains by none.
    pub(super) fn reply(&self, at: usize, player: usize) -> usize {
        let payoff =
            |action: usize| self.payoffs[self.with(at, player, action) * self.players() + player];
        let best = (0..self.shape[player].0).map(payoff).fold(f64::NEG_INFINITY, f64::max);
        let least = best - Tolerances::DEFAULT.gain;
        if payoff(self.action(at, player)) >= least {
            return at;
        }
        let good = self.preferences[player].iter().find(|&&action| payoff(action) >= least);
        good.map_or(at, |&action| self.with(at, player, action))
    }
}

impl Moves for Table {
    fn profiles(&self) -> usize {
        self.payoffs.len() / self.players().max(1)
    }

    fn moves(&self, profile: usize, next: &mut Vec<usize>) {
        next.clear();
        let replies = (0..self.players()).map(|player| self.reply(profile, player));
        next.extend(replies.filter(|&to| to != profile));
    }
}
