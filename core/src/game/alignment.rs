//! The alignment game: the leading state faces the others, and each of them chooses where
//! to stand.
//!
//! In the base game they balance, bandwagon or abstain; with other [`Tactics`] they have other
//! choices, and the leading state may have one too. A posture is a row of a table
//! ([`Posture::row`]); what a profile of postures comes to is worked out here, for any of them.
//!
//! Two profiles can make the same blocs: a state that balances with nobody beside it stands
//! as alone as one that abstains. They are two profiles all the same, and both are counted
//! wherever profiles or equilibria are.

use crate::coalition::Coalition;
use crate::contest::{Contest, War};
use crate::game::posture::{Effect, Effort, Posture, Side, Tactics};
use crate::game::strategic::{StrategicGame, with_profiles};

/// The alignment game of a contest. Its players are the followers, all states but the leading
/// one, in the order of the states, and after them the leading state where its tactics leave
/// it a choice. Their actions are the postures among the tactics, in the order of the table.
#[derive(Debug, Clone)]
pub struct AlignmentGame<'a> {
    contest: &'a Contest,
    leader: usize,
    followers: Vec<usize>,
    tactics: Tactics,
    /// By action.
    postures: Vec<Posture>,
    sides: Vec<Side>,
    of_leader: Vec<Posture>,
    /// By player, then action.
    stands: Vec<Vec<Stand>>,
    /// Whether contests are plain: all fight with all they have, and none waits.
    plain: bool,
}

/// What a posture means for one state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stand {
    pub(super) side: Side,
    pub(super) effect: Effect,
    effort: f64,
    armament: f64,
    /// What it is left with before attrition, over its power: for the division.
    counts: f64,
    /// What the posture takes off the state's utility.
    pub(super) cost: f64,
}

impl Stand {
    /// That of state `i` in this posture.
    fn of(contest: &Contest, i: usize, posture: Posture) -> Self {
        let (row, parameters) = (posture.row(), &contest.parameters().tactics);
        let effort = match row.effort {
            Effort::Full => 1.0,
            Effort::Part => contest.soft_effort(i),
            Effort::Spared => 0.0,
        };
        let armament = if row.armed { 1.0 + parameters.arms_growth } else { 1.0 };
        let latecomer = if row.side == Side::Victor { parameters.latecomer_share } else { 1.0 };
        let cost = posture.cost(parameters) * contest.shares()[i];
        let counts = armament * latecomer;
        Self { side: row.side, effect: row.effect, effort, armament, counts, cost }
    }

    /// `e·a`: for how much of its power the state fights.
    pub(super) fn brought(&self) -> f64 {
        self.effort * self.armament
    }

    /// `l / p`, over what a state keeps that fights unarmed and is not bled: 1 without rounding
    /// for such a state.
    pub(super) fn left(&self, kept: Kept) -> f64 {
        let fighting = if self.side == Side::Alone { kept.usually } else { kept.on_a_side };
        self.counts * ((1.0 - self.effort + self.effort * fighting) / kept.usually)
    }
}

/// The part of its strength that a state keeps which fights with all it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    /// Where nobody bleeds it: `1 − δ`.
    pub(super) usually: f64,
    /// On a side, where some do: `(1 − δ)(1 − β)^k`.
    pub(super) on_a_side: f64,
}

impl<'a> AlignmentGame<'a> {
    /// The base game in which the others face the state `leader`.
    pub fn new(contest: &'a Contest, leader: usize) -> Self {
        Self::with_tactics(contest, leader, Tactics::BASE)
    }

    /// The game in which the others face the state `leader` with these tactics.
    pub fn with_tactics(contest: &'a Contest, leader: usize, tactics: Tactics) -> Self {
        let followers: Vec<usize> = (0..contest.len()).filter(|&i| i != leader).collect();
        let (postures, of_leader) = (tactics.of_followers(), tactics.of_leader());
        let stands = |i: usize, postures: &[Posture]| -> Vec<Stand> {
            postures.iter().map(|&posture| Stand::of(contest, i, posture)).collect()
        };
        let mut all: Vec<_> = followers.iter().map(|&i| stands(i, &postures)).collect();
        if of_leader.len() > 1 {
            all.push(stands(leader, &of_leader));
        }
        let plain = postures.iter().all(|posture| Posture::BASE.contains(posture));
        let sides = postures.iter().map(|posture| posture.side()).collect();
        Self { contest, leader, followers, tactics, postures, sides, of_leader, stands: all, plain }
    }

    /// The contest it is played over.
    pub fn contest(&self) -> &'a Contest {
        self.contest
    }

    /// The leading state.
    pub fn leader(&self) -> usize {
        self.leader
    }

    /// The states that face the leading one: those that the first players are.
    pub fn followers(&self) -> &[usize] {
        &self.followers
    }

    /// The tactics.
    pub fn tactics(&self) -> Tactics {
        self.tactics
    }

    /// Whether it is the base game: three tactics that cost nothing.
    pub fn is_base(&self) -> bool {
        self.tactics.is_base() && self.stands.iter().flatten().all(|stand| stand.cost <= 0.0)
    }

    /// The state that a player is.
    pub fn state_of(&self, player: usize) -> usize {
        self.followers.get(player).copied().unwrap_or(self.leader)
    }

    /// The postures that a player can take, in the order of its actions.
    pub fn postures_of(&self, player: usize) -> &[Posture] {
        if player < self.followers.len() { &self.postures } else { &self.of_leader }
    }

    /// The postures of a profile, by player.
    pub fn postures(&self, profile: &[usize]) -> Vec<Posture> {
        profile.iter().enumerate().map(|(i, &action)| self.postures_of(i)[action]).collect()
    }

    /// The profile of these postures; `None` unless there is one for each player, of those that
    /// it can take.
    pub fn profile(&self, postures: &[Posture]) -> Option<Vec<usize>> {
        if postures.len() != self.players() {
            return None;
        }
        let action = |(i, posture)| self.postures_of(i).iter().position(|other| other == posture);
        postures.iter().enumerate().map(action).collect()
    }

    pub(super) fn stand(&self, player: usize, action: usize) -> &Stand {
        &self.stands[player][action]
    }

    /// Whether the leading state restrains itself.
    pub(super) fn is_restrained(&self, profile: &[usize]) -> bool {
        profile.get(self.followers.len()).is_some_and(|&a| self.of_leader[a] == Posture::Restrain)
    }

    /// The followers with the leading state, against it, alone and waiting.
    fn sides(&self, profile: &[usize]) -> [Coalition; 4] {
        let mut sides = [Coalition::EMPTY; 4];
        for (&state, &action) in self.followers.iter().zip(profile) {
            let side = &mut sides[self.sides[action] as usize];
            *side = side.with(state);
        }
        sides
    }

    /// The blocs that a profile of actions makes: the leading state's, the one against it if
    /// it has members, and each that stands alone. States that wait are in none.
    pub fn blocs(&self, profile: &[usize]) -> Vec<Coalition> {
        self.blocs_of(self.sides(profile))
    }

    fn blocs_of(&self, [with, against, alone, _]: [Coalition; 4]) -> Vec<Coalition> {
        // One allocation: checks call this for every profile.
        let mut blocs = Vec::with_capacity(self.contest.len());
        blocs.push(with.with(self.leader));
        blocs.extend((!against.is_empty()).then_some(against));
        blocs.extend(alone.members().map(Coalition::singleton));
        blocs
    }

    /// Each state's control under a profile of actions, into `control` (length `n`). O(n).
    pub fn control(&self, profile: &[usize], control: &mut [f64]) {
        if self.is_restrained(profile) {
            return control.copy_from_slice(self.contest.shares());
        }
        let sides = self.sides(profile);
        let blocs = self.blocs_of(sides);
        if self.plain {
            return self.contest.control(&blocs, control);
        }
        let stands = || self.followers.iter().zip(profile).zip(&self.stands);
        let having = |effect: Effect| {
            stands().filter(|((_, action), stands)| stands[**action].effect == effect).count()
        };
        let kept = self.kept(having(Effect::Bleeds));
        let (mut brought, mut left) =
            ([1.0; Coalition::MAX_PLAYERS], [0.0; Coalition::MAX_PLAYERS]);
        for ((&state, &action), stands) in stands() {
            let stand = &stands[action];
            (brought[state], left[state]) = (stand.brought(), stand.left(kept));
        }
        left[self.leader] = kept.on_a_side / kept.usually;
        let war = War {
            blocs: &blocs,
            waiting: sides[Side::Victor as usize],
            brought: &brought,
            left: &left,
            forced: having(Effect::Baits) > 0,
        };
        self.contest.war(&war, control);
    }

    /// What those keep who fight where so many bleed the sides.
    pub(super) fn kept(&self, bleeding: usize) -> Kept {
        let parameters = &self.contest.parameters().tactics;
        let usually = 1.0 - parameters.attrition;
        // At most 63 states bleed.
        let bled = (1.0 - parameters.bloodletting).powi(i32::try_from(bleeding).unwrap_or(64));
        Kept { usually, on_a_side: usually * bled }
    }

    /// The utility of the state that `player` is, in the posture of that action, where
    /// everybody has this control.
    pub fn utility(&self, player: usize, action: usize, control: &[f64]) -> f64 {
        self.contest.utility(self.state_of(player), control) - self.stands[player][action].cost
    }
}

/// An alignment game in whatever form, for solvers: they also ask for the leading state's
/// control, and for one player's payoff at a time.
pub trait LedGame: StrategicGame {
    /// The leading state's control under `profile`.
    fn leader_control(&self, profile: &[usize]) -> f64;

    /// The leading state's control under each of the consecutive profiles that begin with number
    /// `first`, into `controls`.
    fn leader_controls(&self, first: u64, controls: &mut [f64]) {
        with_profiles(self, first, controls, |control, profile| {
            *control = self.leader_control(profile);
        });
    }

    /// The payoff of one player under `profile`.
    fn payoff(&self, profile: &[usize], player: usize) -> f64;
}

impl LedGame for AlignmentGame<'_> {
    fn leader_control(&self, profile: &[usize]) -> f64 {
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.control(profile, control);
        control[self.leader]
    }

    fn payoff(&self, profile: &[usize], player: usize) -> f64 {
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.control(profile, control);
        self.utility(player, profile[player], control)
    }
}

impl StrategicGame for AlignmentGame<'_> {
    fn players(&self) -> usize {
        self.stands.len()
    }

    fn actions(&self, player: usize) -> usize {
        self.stands[player].len()
    }

    /// A state's gains are counted per share of its power.
    fn unit(&self, player: usize) -> f64 {
        self.contest.shares()[self.state_of(player)]
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.control(profile, control);
        for (player, payoff) in payoffs.iter_mut().enumerate().take(self.players()) {
            *payoff = self.utility(player, profile[player], control);
        }
    }
}
