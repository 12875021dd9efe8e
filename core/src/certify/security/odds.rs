//! Where best replies end, once more: probability is moved on, profile by profile and round by
//! round, until all but a rest has come to equilibria or to cycles that were claimed.

use std::collections::BTreeSet;

use crate::certify::security::naive::{Naive, without};
use crate::game::Stance;

/// Probability that may still be under way.
const REST: f64 = 1e-11;
/// Rounds after which what is still under way is taken for a cycle that was not claimed.
const ROUNDS: usize = 100_000;

/// Every profile's moves.
pub(super) struct Replies {
    choosers: usize,
    moves: Vec<Vec<u32>>,
}

/// What a cycle is when it is followed from one of its profiles.
pub(super) struct Followed {
    pub(super) members: BTreeSet<u32>,
    /// Whether nothing leads out of it and everything back.
    pub(super) closed: bool,
}

impl Replies {
    /// O(n² · 3^(n−1)).
    pub(super) fn new(game: &Naive) -> Self {
        let choosers = game.others.len();
        let size = 3u32.pow(choosers as u32);
        let moves = (0..size).map(|at| {
            let profile = stances(at, choosers);
            let camps = game.camps(&profile);
            let mut moves = Vec::new();
            for (c, &i) in game.others.iter().enumerate() {
                let reply = game.reply(without(camps, i), i);
                if reply != profile[c] {
                    let mut next = profile.clone();
                    next[c] = reply;
                    moves.push(number(&next));
                }
            }
            moves
        });
        Self { choosers, moves: moves.collect() }
    }

    /// The profiles from which nobody moves, in order.
    pub(super) fn at_rest(&self) -> Vec<Vec<Stance>> {
        let rest = (0..self.moves.len()).filter(|&at| self.moves[at].is_empty());
        rest.map(|at| stances(at as u32, self.choosers)).collect()
    }

    /// All that can be reached from a profile.
    fn reached(&self, from: u32) -> BTreeSet<u32> {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            open.extend(self.moves[at as usize].iter().filter(|&&to| seen.insert(to)));
        }
        seen
    }

    /// The cycle that this profile is said to be in.
    pub(super) fn follow(&self, profile: &[Stance]) -> Followed {
        let start = number(profile);
        let members = self.reached(start);
        // Everything leads back: step by step against the moves, from the start.
        let mut back = BTreeSet::from([start]);
        loop {
            let leads = |at: &&u32| self.moves[**at as usize].iter().any(|to| back.contains(to));
            let more: Vec<u32> =
                members.iter().filter(|at| !back.contains(at)).filter(leads).copied().collect();
            if more.is_empty() {
                break;
            }
            back.extend(more);
        }
        Followed { closed: back.len() == members.len() && members.len() > 1, members }
    }

    /// The probability of ending in each set, and what is left under way: from a random start, or
    /// from all hiding.
    pub(super) fn ends(&self, sets: &[BTreeSet<u32>], peace: bool) -> (Vec<f64>, f64) {
        let size = self.moves.len();
        let mut at = vec![if peace { 0.0 } else { 1.0 / size as f64 }; size];
        if peace {
            at[number(&vec![Stance::Hide; self.choosers]) as usize] = 1.0;
        }
        let mut owner = vec![None; size];
        for (set, members) in sets.iter().enumerate() {
            members.iter().for_each(|&m| owner[m as usize] = Some(set));
        }
        let mut arrived = vec![0.0; sets.len()];
        for _ in 0..ROUNDS {
            let mut next = vec![0.0; size];
            let mut under_way = 0.0;
            for (here, &mass) in at.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
                match owner[here] {
                    Some(set) => arrived[set] += mass,
                    None => {
                        under_way += mass;
                        let moves = &self.moves[here];
                        moves.iter().for_each(|&to| next[to as usize] += mass / moves.len() as f64);
                    }
                }
            }
            at = next;
            if under_way <= REST {
                break;
            }
        }
        (arrived, at.iter().sum())
    }
}

/// Base 3, the first stance the highest digit: in the order of profiles.
pub(super) fn number(profile: &[Stance]) -> u32 {
    profile.iter().fold(0, |number, &stance| 3 * number + stance as u32)
}

pub(super) fn stances(mut number: u32, choosers: usize) -> Vec<Stance> {
    let mut profile = vec![Stance::Balance; choosers];
    for stance in profile.iter_mut().rev() {
        *stance = Stance::ALL[(number % 3) as usize];
        number /= 3;
    }
    profile
}
