//! Every profile of the alignment game with every deviation, in two passes of blocks.
//!
//! The later players' half moves fastest, so a block of consecutive profiles is one in which
//! that half moves: the first pass takes those blocks and leaves for each profile what the
//! half contributes to the two priced sums, and whether one of it gains. The second pass
//! takes the blocks in which the earlier half moves and adds what that contributes. What a
//! block's profiles come to is worked out once, and serves as the deviations of its others.

use std::ops::Range;

use rayon::prelude::*;

use crate::finding::alignment::Incentive;
use crate::game::strategic::Incentives;
use crate::game::{AlignmentGame, StrategicGame};

use super::block::{Block, Movers};

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

/// Blocks of the second pass that are gathered at once: their profiles lie side by side.
const GROUP: usize = 8;

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

/// A half of the players, moving while the others stand still, with what is asked of them.
struct Half<'a> {
    game: &'a AlignmentGame<'a>,
    movers: Movers<'a>,
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
        let middle = players / 2;
        let first = |player: usize| (0..player).map(|i| game.actions(i).pow(2)).sum::<usize>();
        let half = |range: Range<usize>| {
            let of = |player: usize| {
                let own = first(player)..first(player + 1);
                [&weights[0][own.clone()], &weights[1][own]]
            };
            let weights = range.clone().map(of).collect();
            Half { game, movers: Movers::new(game, range), weights, gain }
        };
        let (earlier, later) = (half(0..middle), half(middle..players));
        let (rows, columns) = (earlier.movers.profiles(), later.movers.profiles());
        let nothing = Partial { sums: [0.0; 2], standing: SURE | POSSIBLE };
        let mut partial = vec![nothing; rows * columns];
        partial.par_chunks_mut(columns).enumerate().for_each_init(
            || (vec![0; players], Block::default()),
            |(profile, block), (row, partial)| {
                earlier.movers.place(row, profile);
                later.movers.fill(profile, block);
                for (partial, control) in partial.iter_mut().zip(&block.leader) {
                    partial.sums = [*control, -control];
                }
                later.add(block, partial);
            },
        );
        let tally = |group: usize| {
            let group = group * GROUP..columns.min((group + 1) * GROUP);
            let mut gathered = vec![vec![nothing; rows]; group.len()];
            for (row, partial) in partial.chunks_exact(columns).enumerate() {
                let columns = gathered.iter_mut().zip(&partial[group.clone()]);
                columns.for_each(|(column, partial)| column[row] = *partial);
            }
            let mut tally = Tally::default();
            let (mut profile, mut block) = (vec![0; players], Block::default());
            for (column, mut partial) in group.zip(gathered) {
                later.movers.place(column, &mut profile);
                earlier.movers.fill(&mut profile, &mut block);
                earlier.add(&block, &mut partial);
                for (row, partial) in partial.into_iter().enumerate() {
                    tally.take(partial, (row * columns + column) as u64 <= last);
                }
            }
            tally
        };
        let groups = (0..columns.div_ceil(GROUP)).into_par_iter();
        let tally = groups.map(tally).reduce(Tally::default, Tally::merge);
        Self {
            profiles: (rows * columns) as u64,
            equilibria: tally.equilibria,
            equilibria_to_last: tally.to_last,
            lowest: tally.lowest,
        }
    }
}

impl Half<'_> {
    /// Adds to each profile of the block what the movers' deviations add there.
    fn add(&self, block: &Block, partial: &mut [Partial]) {
        let movers = self.movers.steps().zip(&block.payoffs).zip(&self.weights);
        for (((player, actions, step), payoffs), weights) in movers {
            // Rounding grows with the payoff.
            let still = noise(self.game, player, 0.0);
            let slope = noise(self.game, player, 1.0) - still;
            let per_unit = 1.0 / self.game.unit(player);
            let lines = payoffs.chunks_exact(actions * step);
            for (payoffs, partial) in lines.zip(partial.chunks_exact_mut(actions * step)) {
                let (payoffs, partial) =
                    (payoffs.chunks_exact(step), partial.chunks_exact_mut(step));
                for (from, (here, partial)) in payoffs.clone().zip(partial).enumerate() {
                    for (to, there) in payoffs.clone().enumerate().filter(|&(to, _)| to != from) {
                        let [lower, upper] = weights.map(|of| of[from * actions + to]);
                        let priced = lower != 0.0 || upper != 0.0;
                        for ((partial, there), here) in partial.iter_mut().zip(there).zip(here) {
                            let gain = (there - here) * per_unit;
                            if priced {
                                partial.sums[0] += lower * gain;
                                partial.sums[1] += upper * gain;
                            }
                            partial.stand(gain, self.gain, still + slope * here.abs());
                        }
                    }
                }
            }
        }
    }
}

impl Partial {
    /// Takes note of a gain that rounding may move by `noise`.
    fn stand(&mut self, gain: f64, most: f64, noise: f64) {
        let sure = u8::from(gain < 0.0 || gain <= most - noise);
        let possible = u8::from(gain <= most + noise);
        self.standing &= (SURE * sure) | (POSSIBLE * possible);
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
