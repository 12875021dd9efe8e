//! Every profile of the alignment game with every deviation, in two passes of blocks.
//!
//! The later players' half moves fastest, so a block of consecutive profiles is one in which
//! that half moves: the first pass takes those blocks and leaves for each profile what the
//! half contributes to the two priced sums, and whether one of it gains. The second pass
//! takes the blocks in which the earlier half moves and adds what that contributes.

use rayon::prelude::*;

use crate::game::{AlignmentGame, StrategicGame};
use crate::solve::alignment::Incentive;

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

/// How far rounding may move a gain of `player`, whose payoff is about `payoff`.
fn noise(game: &AlignmentGame, player: usize, payoff: f64) -> f64 {
    let state = game.followers()[player];
    let concern = game.contest().concern();
    let concerns: f64 = concern.map_or(0.0, |w| w.row(state).iter().map(|x| x.abs()).sum());
    1e-14 * (payoff.abs() + concerns) / game.unit(player)
}

/// Some of the players, moving while the others stand still.
struct Movers<'a> {
    game: &'a AlignmentGame<'a>,
    first: usize,
    count: usize,
    /// Of each mover, the incentives' weights `[σ][from][to]`.
    weights: Vec<[[[f64; 3]; 3]; 2]>,
    /// The tolerance beyond which a gain counts.
    gain: f64,
}

impl Sweep {
    /// Sweeps `game` with the `incentives` of the lower and the upper bound; a gain counts
    /// beyond `gain`; `last` is the number of the profile up to which equilibria are counted
    /// apart.
    pub(super) fn of(
        game: &AlignmentGame,
        incentives: [&[Incentive]; 2],
        gain: f64,
        last: u64,
    ) -> Self {
        let followers = game.players();
        let later = followers - followers / 2;
        let movers = |first: usize, count: usize| {
            let mut weights = vec![[[[0.0; 3]; 3]; 2]; count];
            for (side, incentives) in incentives.iter().enumerate() {
                for incentive in incentives.iter() {
                    let mover = incentive.player.wrapping_sub(first);
                    if let Some(weights) = weights.get_mut(mover) {
                        weights[side][incentive.from as usize][incentive.to as usize] +=
                            incentive.weight;
                    }
                }
            }
            Movers { game, first, count, weights, gain }
        };
        let earlier_half = movers(0, followers - later);
        let later_half = movers(followers - later, later);
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
        3usize.pow(self.count as u32)
    }

    /// Writes the standing players' profile number `number` into `profile`: they are the
    /// players after the movers, or those before them.
    fn write(&self, mut number: usize, profile: &mut [usize], after: bool) {
        let range = if after { self.first + self.count..profile.len() } else { 0..self.first };
        for action in profile[range].iter_mut().rev() {
            *action = number % 3;
            number /= 3;
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
        let movers = &game.followers()[self.first..self.first + self.count];
        let block = self.block();
        let mut profile = vec![0; game.players()];
        fix(&mut profile);
        let mut control = vec![0.0; contest.len()];
        let mut leader = vec![0.0; block];
        let mut payoffs = vec![0.0; block * self.count];
        for k in 0..block {
            self.place(k, &mut profile);
            contest.control(&game.blocs(&profile), &mut control);
            leader[k] = control[game.leader()];
            for (payoff, &state) in payoffs[k * self.count..].iter_mut().zip(movers) {
                *payoff = contest.utility(state, &control);
            }
        }
        for k in 0..block {
            self.place(k, &mut profile);
            let base = if with_control { leader[k] } else { 0.0 };
            let mut partial = Partial { sums: [base, -base], standing: SURE | POSSIBLE };
            let mut step = 1;
            for mover in (0..self.count).rev() {
                let player = self.first + mover;
                let from = profile[player];
                let here = payoffs[k * self.count + mover];
                for to in (0..3).filter(|&to| to != from) {
                    let other = k + to * step - from * step;
                    let gain = (payoffs[other * self.count + mover] - here) / game.unit(player);
                    for (side, sum) in partial.sums.iter_mut().enumerate() {
                        let weight = self.weights[mover][side][from][to];
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
                step *= 3;
            }
            each(k, partial);
        }
    }

    fn place(&self, mut number: usize, profile: &mut [usize]) {
        for action in profile[self.first..self.first + self.count].iter_mut().rev() {
            *action = number % 3;
            number /= 3;
        }
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
