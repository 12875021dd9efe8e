//! Chain-ganging: commitments tie states into chains, and who moves takes its chain along.
//!
//! **Definition.** A chain is a connected component of the commitments. Where commitments are tight, a state that changes sides moves its whole
//! chain there: each member that stands on another side takes the same posture; members that
//! are on that side already stay as they are. What a state changes on its own side (its effort,
//! its arms) moves nobody else. Where commitments are loose, each moves alone, and the game is
//! the ordinary one.
//!
//! The leading state's own chain stands with it: to leave its side is no choice for a state that is
//! tied to it, directly or through others, and to come to its side always is better. Where no
//! tactic stands with it (`bandwagon` is not named), ties to it bind nobody.
//!
//! With tight commitments an equilibrium, be it correlated, need not exist: two states of one
//! chain that want to be on different sides can drag each other to and fro for ever.
//!
//! **References.** Christensen & Snyder (1990), Chain gangs and passed bucks, *Int. Org.* 44;
//! Waltz (1979), *Theory of International Politics*, p. 167.

use crate::coalition::Coalition;
use crate::game::alignment::{AlignmentGame, LedGame};
use crate::game::posture::{Posture, Side};
use crate::game::strategic::{Incentives, StrategicGame};

/// How commitments bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Chains {
    /// Each state moves alone.
    #[default]
    Loose,
    /// Who moves takes its chain along.
    Tight,
}

/// The chains: the connected components of commitments that have at least two members, in the order
/// of their first; of those who face the leading state alone where no tactic stands with it. O(n²).
pub fn chains(game: &AlignmentGame) -> Vec<Coalition> {
    let Some(commitment) = game.contest().commitment() else { return Vec::new() };
    let mut left: Coalition = game.followers().iter().copied().collect();
    let stands_with = |posture: &Posture| posture.side() == Side::With;
    if game.tactics().of_followers().iter().any(stands_with) {
        left = left.with(game.leader());
    }
    let mut chains = Vec::new();
    while let Some(first) = left.first() {
        let mut chain = Coalition::singleton(first);
        loop {
            let tied =
                |&j: &usize| chain.members().any(|i| commitment[[i, j]] || commitment[[j, i]]);
            let more: Coalition = left.members().filter(tied).collect();
            if more.is_subset_of(chain) {
                break;
            }
            chain = chain.union(more);
        }
        left = left.difference(chain);
        chains.extend((chain.len() > 1).then_some(chain));
    }
    chains
}

/// An alignment game, in the form `G`, in which who moves takes its chain along. Payoffs are
/// the same; gains are those of the whole move.
#[derive(Debug, Clone)]
pub struct ChainedAlignment<'a, G: ?Sized> {
    game: &'a G,
    /// By player: the others of its chain.
    chained: Vec<Vec<usize>>,
    /// By player and action.
    sides: Vec<Vec<Side>>,
    /// By player: whether it is tied to the leading state.
    bound: Vec<bool>,
}

impl<'a, G: LedGame + ?Sized> ChainedAlignment<'a, G> {
    /// `form`, which is a form of `game`, with these chains of states.
    pub fn new(game: &AlignmentGame, form: &'a G, chains: &[Coalition]) -> Self {
        let others = |player: usize| -> Vec<usize> {
            let state = game.state_of(player);
            let own = chains.iter().find(|chain| chain.contains(state));
            let own = own.filter(|chain| !chain.contains(game.leader()));
            let followers = game.followers().iter().enumerate();
            let linked = |other: usize| own.is_some_and(|chain| chain.contains(other));
            followers.filter(|&(p, &s)| p != player && linked(s)).map(|(p, _)| p).collect()
        };
        let side = |player: usize| game.postures_of(player).iter().map(|p| p.side()).collect();
        let players = game.players();
        let own = chains.iter().find(|chain| chain.contains(game.leader()));
        let followers = game.followers().iter();
        let mut bound: Vec<bool> =
            followers.map(|&state| own.is_some_and(|chain| chain.contains(state))).collect();
        bound.resize(players, false);
        Self {
            bound,
            game: form,
            chained: (0..players).map(others).collect(),
            sides: (0..players).map(side).collect(),
        }
    }

    /// Moves `player` to the action `to`, with its chain if that is on another side.
    pub fn move_chain(&self, profile: &mut [usize], player: usize, to: usize) {
        let side = self.sides[player][to];
        let changes_sides = self.sides[player][profile[player]] != side;
        for &other in self.chained[player].iter().filter(|_| changes_sides) {
            if self.sides[other][profile[other]] != side {
                profile[other] = to;
            }
        }
        profile[player] = to;
    }

    /// What `player`, whose payoff is `here`, gains by moving to `to` with its chain.
    fn gain(&self, profile: &[usize], player: usize, to: usize, here: f64) -> f64 {
        if self.bound[player] {
            let with = |action: usize| self.sides[player][action] == Side::With;
            // More than anything else can be worth: all that it has.
            match (with(profile[player]), with(to)) {
                (true, false) => return -1.0,
                (false, true) => return 1.0,
                (false, false) => return 0.0,
                (true, true) => {}
            }
        }
        let mut moved = [0; Coalition::MAX_PLAYERS];
        let moved = &mut moved[..profile.len()];
        moved.copy_from_slice(profile);
        self.move_chain(moved, player, to);
        (self.game.payoff(moved, player) - here) / self.game.unit(player)
    }
}

impl<G: LedGame + ?Sized> StrategicGame for ChainedAlignment<'_, G> {
    fn players(&self) -> usize {
        self.game.players()
    }

    fn actions(&self, player: usize) -> usize {
        self.game.actions(player)
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        self.game.payoffs(profile, payoffs);
    }

    fn unit(&self, player: usize) -> f64 {
        self.game.unit(player)
    }

    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        let mut payoffs = [0.0; Coalition::MAX_PLAYERS];
        self.payoffs(profile, &mut payoffs[..self.players()]);
        let mut slots = gains.iter_mut();
        for player in 0..self.players() {
            for (to, slot) in (0..self.actions(player)).zip(&mut slots) {
                let stays = to == profile[player];
                *slot = if stays { 0.0 } else { self.gain(profile, player, to, payoffs[player]) };
            }
        }
    }

    fn is_equilibrium(&self, profile: &[usize], tolerance: f64) -> bool {
        (0..self.players()).all(|player| {
            let here = self.game.payoff(profile, player);
            let mut others = (0..self.actions(player)).filter(|&to| to != profile[player]);
            others.all(|to| self.gain(profile, player, to, here) <= tolerance)
        })
    }

    fn weighted_gains(&self, profile: &[usize], incentives: &Incentives, weights: &[f64]) -> f64 {
        let mut here = (usize::MAX, 0.0);
        let mut sum = 0.0;
        for (number, _) in incentives.met(profile).filter(|&(number, _)| weights[number] > 0.0) {
            let (player, _, to) = incentives.parts(number);
            if here.0 != player {
                here = (player, self.game.payoff(profile, player));
            }
            sum += weights[number] * self.gain(profile, player, to, here.1);
        }
        sum
    }
}
