//! Every profile of the alignment game with every deviation, in two passes of blocks.
//!
//! The later players' half moves fastest, so a block of consecutive profiles is one in which
//! that half moves: the first pass takes those blocks and leaves for each profile what the
//! half contributes to the two priced sums, and whether one of it gains. The second pass
//! takes the blocks in which the earlier half moves and adds what that contributes.

use std::ops::Range;

use rayon::prelude::*;

use crate::finding::alignment::Incentive;
use crate::game::strategic::Incentives;
use crate::game::{AlignmentGame, StrategicGame};

/// What the sweep found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sweep {
    pub(super) profiles: u64,
    /// The number of pure Nash equilibria: those beyond doubt, and with those at which a gain
    /// equals the tolerance to within rounding.
    pub(super) equilibria: (u64, u64),
    /// The same among the profiles up to a given one.
    pub(super) equilibria_to_last: (u64, u64),
    /// The least over all profiles of `σ·c_h + Σ weight·gain`, `σ = 1` and `σ = −1`.
    pub(super) lowest: [f64; 2],
}

/// Of one profile: the two priced sums, and whether it may be an equilibrium.
#[derive(Debug, Clone, Copy)]
struct Partial {
    sums: [f64; 2],
    standing: u8,
}

/// Bits of a standing: no gain is beyond the tolerance for certain, or may be.
const SURE: u8 = 1;
const POSSIBLE: u8 = 2;

/// Of the incentives' `[lower, upper]` bounds, the weights by number: those of one player told
/// the same that would do the same are added up. `None` if one names a posture that its player
/// does not have.
pub(super) fn weights(game: &AlignmentGame, of: &[&[Incentive]; 2]) -> Option<[Vec<f64>; 2]> {
    let numbers = Incentives::of(game);
    let mut weights = [vec![0.0; numbers.len()], vec![0.0; numbers.len()]];
    for (weights, incentives) in weights.iter_mut().zip(of) {
        for incentive in incentives.iter() {
            weights[number(game, &numbers, incentive)?] += incentive.weight;
        }
    }
    Some(weights)
}

/// The number of an incentive.
fn number(game: &AlignmentGame, numbers: &Incentives, incentive: &Incentive) -> Option<usize> {
    let action = |posture| game.postures_of(incentive.player).iter().position(|p| *p == posture);
    let (from, to) = (action(incentive.from)?, action(incentive.to)?);
    numbers.number(incentive.player, from, to)
}

/// How far rounding may move a gain of `player`, whose payoff is about `payoff`.
pub(super) fn noise(game: &AlignmentGame, player: usize, payoff: f64) -> f64 {
    game.contest().noise(game.state_of(player), payoff)
}

/// Some of the players, moving while the others stand still.
struct Movers<'a> {
    game: &'a AlignmentGame<'a>,
    first: usize,
    count: usize,
    /// By player, the number of its actions.
    actions: &'a [usize],
    /// Of each mover, `actions · actions` incentives' weights for `σ = 1` and `σ = −1`, those
    /// told the first posture first.
    weights: Vec<[&'a [f64]; 2]>,
    /// The tolerance beyond which a gain counts.
    gain: f64,
}

impl Sweep {
    /// Sweeps `game` with the `weights` of the lower and the upper bound; a gain counts
    /// beyond `gain`; `last` is the number of the profile up to which equilibria are counted
    /// apart.
    pub(super) fn of(game: &AlignmentGame, weights: &[Vec<f64>; 2], gain: f64, last: u64) -> Self {
        let players = game.players();
        let actions: Vec<usize> = (0..players).map(|player| game.actions(player)).collect();
        let later = players - players / 2;
        let firsts: Vec<usize> =
            (0..=players).map(|player| actions[..player].iter().map(|k| k * k).sum()).collect();
        let movers = |first: usize, count: usize| {
            let of = |player: usize| {
                let own = firsts[player]..firsts[player + 1];
                [&weights[0][own.clone()], &weights[1][own]]
            };
            let weights = (first..first + count).map(of).collect();
            Movers { game, first, count, actions: &actions, weights, gain }
        };
        let earlier_half = movers(0, players - later);
        let later_half = movers(players - later, later);
        let (rows, columns) = (earlier_half.block(), later_half.block());
        let nothing = Partial { sums: [0.0; 2], standing: SURE | POSSIBLE };
        let mut partial = vec![nothing; rows * columns];
        partial.par_chunks_mut(columns).enumerate().for_each(|(row, block)| {
            let fixed = |profile: &mut [usize]| later_half.write(row, profile, false);
            later_half.add(fixed, true, |column, add| block[column] = add);
        });
        let tally = |column: usize| {
            let mut tally = Tally::default();
            let fixed = |profile: &mut [usize]| earlier_half.write(column, profile, true);
            earlier_half.add(fixed, false, |row, add| {
                let number = row * columns + column;
                tally.take(combine(partial[number], add), number as u64 <= last);
            });
            tally
        };
        let tally = (0..columns).into_par_iter().map(tally).reduce(Tally::default, Tally::merge);
        Self {
            profiles: (rows * columns) as u64,
            equilibria: tally.equilibria,
            equilibria_to_last: tally.to_last,
            lowest: tally.lowest,
        }
    }
}

impl Movers<'_> {
    /// The number of profiles of the movers.
    fn block(&self) -> usize {
        self.actions[self.first..self.first + self.count].iter().product()
    }

    /// Writes the standing players' profile number `number` into `profile`: they are the
    /// players after the movers, or those before them.
    fn write(&self, number: usize, profile: &mut [usize], after: bool) {
        let range = if after { self.first + self.count..profile.len() } else { 0..self.first };
        self.number(range, number, profile);
    }

    /// Writes the profile with this number of the players in `range`.
    fn number(&self, range: Range<usize>, mut number: usize, profile: &mut [usize]) {
        for player in range.rev() {
            profile[player] = number % self.actions[player];
            number /= self.actions[player];
        }
    }

    /// Computes every payoff of the block and shows `each` of its profiles what the movers'
    /// deviations add there, and the leading state's control `with_control`.
    fn add(
        &self,
        fix: impl Fn(&mut [usize]),
        with_control: bool,
        mut each: impl FnMut(usize, Partial),
    ) {
        let (game, contest) = (self.game, self.game.contest());
        let block = self.block();
        let mut profile = vec![0; game.players()];
        fix(&mut profile);
        let mut control = vec![0.0; contest.len()];
        let mut leader = vec![0.0; block];
        let mut payoffs = vec![0.0; block * self.count];
        for k in 0..block {
            self.place(k, &mut profile);
            game.control(&profile, &mut control);
            leader[k] = control[game.leader()];
            let own = &mut payoffs[k * self.count..(k + 1) * self.count];
            for (player, payoff) in (self.first..).zip(own) {
                *payoff = game.utility(player, profile[player], &control);
            }
        }
        for k in 0..block {
            self.place(k, &mut profile);
            let base = if with_control { leader[k] } else { 0.0 };
            let mut partial = Partial { sums: [base, -base], standing: SURE | POSSIBLE };
            let mut step = 1;
            for mover in (0..self.count).rev() {
                let player = self.first + mover;
                let (from, actions) = (profile[player], self.actions[player]);
                let unit = game.unit(player);
                let here = payoffs[k * self.count + mover];
                for to in (0..actions).filter(|&to| to != from) {
                    let other = k + to * step - from * step;
                    let gain = (payoffs[other * self.count + mover] - here) / unit;
                    for (side, sum) in partial.sums.iter_mut().enumerate() {
                        let weight = self.weights[mover][side][from * actions + to];
                        if weight != 0.0 {
                            *sum += weight * gain;
                        }
                    }
                    if gain.is_nan() || gain >= 0.0 {
                        let noise = noise(game, player, here);
                        let sure = if gain <= self.gain - noise { SURE } else { 0 };
                        let possible = if gain <= self.gain + noise { POSSIBLE } else { 0 };
                        partial.standing &= sure | possible;
                    }
                }
                step *= actions;
            }
            each(k, partial);
        }
    }

    fn place(&self, number: usize, profile: &mut [usize]) {
        self.number(self.first..self.first + self.count, number, profile);
    }
}

fn combine(a: Partial, b: Partial) -> Partial {
    Partial {
        sums: [a.sums[0] + b.sums[0], a.sums[1] + b.sums[1]],
        standing: a.standing & b.standing,
    }
}

#[derive(Debug, Clone, Copy)]
struct Tally {
    equilibria: (u64, u64),
    to_last: (u64, u64),
    lowest: [f64; 2],
}

impl Default for Tally {
    fn default() -> Self {
        Self { equilibria: (0, 0), to_last: (0, 0), lowest: [f64::INFINITY; 2] }
    }
}

impl Tally {
    fn take(&mut self, profile: Partial, to_last: bool) {
        let counts =
            (u64::from(profile.standing & SURE != 0), u64::from(profile.standing & POSSIBLE != 0));
        let add = |sum: &mut (u64, u64)| {
            sum.0 += counts.0;
            sum.1 += counts.1;
        };
        add(&mut self.equilibria);
        if to_last {
            add(&mut self.to_last);
        }
        for (least, sum) in self.lowest.iter_mut().zip(profile.sums) {
            *least = smaller(*least, sum);
        }
    }

    fn merge(self, other: Self) -> Self {
        let sum = |a: (u64, u64), b: (u64, u64)| (a.0 + b.0, a.1 + b.1);
        Self {
            equilibria: sum(self.equilibria, other.equilibria),
            to_last: sum(self.to_last, other.to_last),
            lowest: [0, 1].map(|side| smaller(self.lowest[side], other.lowest[side])),
        }
    }
}

/// The smaller of two numbers, or the one that is none.
fn smaller(a: f64, b: f64) -> f64 {
    if b.is_nan() || b < a { b } else { a }
}
