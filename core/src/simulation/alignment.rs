//! Alignment: who stands with whom, for this period.
//!
//! All start alone. Sweeps, in a new random order each: the state whose turn it is moves to what
//! it likes best among standing alone and the blocs in which nobody would be worse off if it
//! joined, if it gains by that. Joining takes consent, leaving does not. A state likes what the
//! nested contest gives it ([`contest`](crate::contest), without a cost of war): `q(B)` times its
//! part of the bloc, more than its share counted at its revisionism.
//!
//! What is kept of a bloc is its power `P(B)`, `P(B)^m` and the sum of its members' `p^s`: a move
//! changes two blocs, so that to try one costs O(blocs + members). A sweep is O(n² blocs) at
//! worst, there are at most [`SWEEPS`].

use crate::chance::{Luck, Purpose};
use crate::parameters::simulation::{Alliances, Rules};
use crate::simulation::world::{EQUAL, World};

/// After so many sweeps alignment is taken as it is.
pub(super) const SWEEPS: u64 = 20;

/// Blocs, and what is kept of each. A bloc is a slot; slots may be empty.
#[derive(Debug, Default)]
pub(super) struct Blocs {
    /// The slot of each state.
    pub(super) of: Vec<usize>,
    members: Vec<u32>,
    power: Vec<f64>,
    strength: Vec<f64>,
    weight: Vec<f64>,
    /// Each state's share `p_i`, and `p_i^s` in units of the strongest.
    share: Vec<f64>,
    dominance: Vec<f64>,
    order: Vec<(u64, usize)>,
    /// The first member of each bloc, in order; empty where somebody moved since.
    first: Vec<usize>,
    scale: f64,
}

/// A number to the power of `exponent`, without `pow` where that is common.
pub(super) fn power(x: f64, exponent: f64) -> f64 {
    match exponent {
        2.0 => x * x,
        1.5 => x * x.sqrt(),
        1.0 => x,
        _ => x.powf(exponent),
    }
}

impl Blocs {
    /// Aligns the states of `world` and returns whether they came to rest.
    pub(super) fn align(&mut self, world: &World, rules: &Rules, luck: Luck) -> bool {
        self.reset(world, rules);
        match rules.alliances {
            Alliances::None => true,
            Alliances::All => {
                let leader = world.leader();
                let other = usize::from(leader == 0);
                for i in (0..world.len()).filter(|&i| i != leader && i != other) {
                    self.put(i, other, rules);
                }
                true
            }
            Alliances::Free => (0..SWEEPS).any(|sweep| !self.sweep(world, rules, luck, sweep)),
        }
    }

    /// Everybody alone.
    fn reset(&mut self, world: &World, rules: &Rules) {
        let n = world.len();
        let total = world.total();
        let strongest = world.power[world.leader()];
        self.scale = strongest / total;
        for list in [
            &mut self.power,
            &mut self.strength,
            &mut self.weight,
            &mut self.share,
            &mut self.dominance,
        ] {
            list.clear();
        }
        self.first.clear();
        self.of.clear();
        self.of.extend(0..n);
        self.members.clear();
        self.members.resize(n, 1);
        self.share.extend(world.power.iter().map(|p| p / total));
        self.dominance.extend(world.power.iter().map(|p| power(p / strongest, rules.dominance)));
        self.power.extend_from_slice(&self.share);
        self.weight.extend_from_slice(&self.dominance);
        let scale = self.scale;
        self.strength.extend(self.share.iter().map(|p| strength(p / scale, rules)));
    }

    /// One sweep; whether anybody moved.
    fn sweep(&mut self, world: &World, rules: &Rules, luck: Luck, sweep: u64) -> bool {
        let luck = luck.for_a(Purpose::Order).with(sweep);
        self.order.clear();
        self.order.extend((0..world.len()).map(|i| (luck.with(world.who[i].into()).bits(), i)));
        self.order.sort_unstable();
        let mut moved = false;
        for k in 0..self.order.len() {
            let i = self.order[k].1;
            if let Some(slot) = self.best_move(i, world, rules) {
                self.put(i, slot, rules);
                moved = true;
            }
        }
        moved
    }

    /// Where state `i` gains most, if it gains anywhere.
    fn best_move(&mut self, i: usize, world: &World, rules: &Rules) -> Option<usize> {
        let own = self.of[i];
        let now = self.liking(i, self.success(own, rules), self.weight[own], world);
        let mut best: Option<(f64, usize)> = None;
        let better = |utility: f64, best: Option<(f64, usize)>| {
            utility > now + EQUAL && best.is_none_or(|(most, _)| utility > most + EQUAL)
        };
        if self.members[own] > 1
            && let Some(free) = self.members.iter().position(|&members| members == 0)
        {
            let utility = self.after(i, free, world, rules).1;
            if better(utility, best) {
                best = Some((utility, free));
            }
        }
        if self.first.is_empty() {
            self.find_firsts();
        }
        for k in 0..self.first.len() {
            let slot = self.of[self.first[k]];
            if slot == own {
                continue;
            }
            let (success, utility) = self.after(i, slot, world, rules);
            if better(utility, best) && self.consents(i, slot, success, world, rules) {
                best = Some((utility, slot));
            }
        }
        best.map(|(_, slot)| slot)
    }

    /// The first member of each bloc, in order.
    fn find_firsts(&mut self) {
        for j in 0..self.of.len() {
            if self.first.iter().all(|&first| self.of[first] != self.of[j]) {
                self.first.push(j);
            }
        }
    }

    /// What state `i` makes of being in a bloc that succeeds with `success` and has `weight` in
    /// all.
    fn liking(&self, i: usize, success: f64, weight: f64, world: &World) -> f64 {
        // Where no member has any weight that a float can hold, nothing is to be had either.
        let part = if weight > 0.0 { self.dominance[i] / weight } else { 0.0 };
        let (control, p) = (success * part, self.share[i]);
        control.min(p) + world.revisionism[i] * (control - p).max(0.0)
    }

    /// `q(B)` of the bloc in a slot.
    fn success(&self, slot: usize, rules: &Rules) -> f64 {
        if rules.decisiveness.is_infinite() {
            let powers = self.power.iter().zip(&self.members).filter(|(_, members)| **members > 0);
            return strongest_wins(self.power[slot], powers.map(|(power, _)| *power));
        }
        self.strength[slot] / self.strength.iter().sum::<f64>()
    }

    /// The chance of success of the bloc in `slot` once state `i` has joined it, and what `i`
    /// makes of that.
    fn after(&self, i: usize, slot: usize, world: &World, rules: &Rules) -> (f64, f64) {
        let own = self.of[i];
        let left = if self.members[own] > 1 { self.power[own] - self.share[i] } else { 0.0 };
        let joined = self.power[slot] + self.share[i];
        let success = if rules.decisiveness.is_infinite() {
            let others = (0..self.power.len()).filter(|&c| c != own && c != slot);
            let others = others.filter(|&c| self.members[c] > 0).map(|c| self.power[c]);
            let left = (self.members[own] > 1).then_some(left);
            strongest_wins(joined, others.chain(left).chain([joined]))
        } else {
            let joined = strength(joined / self.scale, rules);
            let left = match self.members[own] > 1 {
                true => strength(left / self.scale, rules),
                false => 0.0,
            };
            // A zero for the two that change: without branches, and the same sum to the last bit.
            let others = self.strength.iter().enumerate();
            let others = others.map(|(c, &s)| if c == own || c == slot { 0.0 } else { s });
            joined / (others.sum::<f64>() + joined + left)
        };
        (success, self.liking(i, success, self.weight[slot] + self.dominance[i], world))
    }

    /// Whether no member of the bloc in `slot` would be worse off once `i` has joined.
    fn consents(&self, i: usize, slot: usize, after: f64, world: &World, rules: &Rules) -> bool {
        let (before, weight) = (self.success(slot, rules), self.weight[slot]);
        let heavier = weight + self.dominance[i];
        (0..self.of.len()).filter(|&j| self.of[j] == slot).all(|j| {
            self.liking(j, after, heavier, world) >= self.liking(j, before, weight, world) - EQUAL
        })
    }

    /// Moves state `i`, and adds up anew what is kept of the two blocs.
    fn put(&mut self, i: usize, slot: usize, rules: &Rules) {
        let own = std::mem::replace(&mut self.of[i], slot);
        self.first.clear();
        for changed in [own, slot] {
            let members = (0..self.of.len()).filter(|&j| self.of[j] == changed);
            let (mut count, mut power, mut weight) = (0, 0.0, 0.0);
            for j in members {
                count += 1;
                power += self.share[j];
                weight += self.dominance[j];
            }
            self.members[changed] = count;
            self.power[changed] = power;
            self.weight[changed] = weight;
            let strength = if count > 0 { strength(power / self.scale, rules) } else { 0.0 };
            self.strength[changed] = strength;
        }
    }

    /// The share of all power that the bloc in a slot has.
    pub(super) fn power_of(&self, slot: usize) -> f64 {
        self.power[slot]
    }

    /// The shares of all power.
    pub(super) fn shares(&self) -> &[f64] {
        &self.share
    }

    /// The slots that have members.
    pub(super) fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.members.len()).filter(|&slot| self.members[slot] > 0)
    }
}

/// `P^m`, for finite `m`.
fn strength(share: f64, rules: &Rules) -> f64 {
    power(share, rules.decisiveness)
}

/// Decisiveness without bound: the strongest bloc has success, ties share.
fn strongest_wins(own: f64, all: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = all.clone().fold(0.0, f64::max);
    if own < most - EQUAL {
        return 0.0;
    }
    1.0 / all.filter(|&power| power >= most - EQUAL).count() as f64
}
