//! Separation: which coalitions complain most of an allocation, out of all 2^n.
//!
//! The values of all coalitions are computed once. `x(S)` is the sum of two table entries,
//! one for the lower half of the players and one for the upper half, so that nothing drifts
//! and one scan costs a load, two additions and a comparison for each coalition: 2^24 in
//! some 10 ms on two cores.
//!
//! Each scan hands out several coalitions, the worst of each block of those that agree on
//! the upper half of the players. Coalitions that tie (millions of them, when states are
//! equal) are ordered by a fixed hash of their members: an order by number would prefer
//! similar coalitions, and similar rows teach the master problem little.
pub mod contest;
pub(in crate::solve) mod front;
pub(in crate::solve) mod half_tree;
pub mod meet_in_the_middle;

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::TuGame;
use crate::game::cooperative::Types;
use crate::solve::cooperative::polytope::span::{Span, scatter};
use crate::tolerance::Tolerances;
use crate::work::parallel;

/// What the least core and the nucleolus ask of a game.
///
/// Payoffs are one for each *type* of players: where nobody is interchangeable, for each
/// player. A coalition stands for all that have as many members of each type.
pub trait Separation: Sync {
    /// The types.
    fn types(&self) -> &Types;

    /// What a coalition can get.
    fn value(&self, coalition: Coalition) -> f64;

    /// The largest `|v(S)|`, or 1 if all are 0: what tolerances are multiples of.
    fn unit(&self) -> f64;

    /// The largest excess over `x` of a coalition outside `settled`, which contains the grand
    /// one but not all.
    fn largest_unsettled(&self, x: &[f64], settled: &Span) -> f64;

    /// Coalitions outside `settled` whose excess over `x` is more than `above`, about `count`
    /// or fewer; empty only if there is none. With the largest excess of all that are
    /// outside, or `above` if none has more. `settled` contains the grand coalition.
    fn worst(&self, x: &[f64], above: f64, settled: &Span, count: usize) -> (Vec<Coalition>, f64);

    /// An efficient allocation to start from: equal shares, where there is no better guess.
    fn start(&self) -> Vec<f64> {
        let each = self.value(self.grand()) / self.grand().len() as f64;
        vec![each; self.width()]
    }

    /// The number of payoffs.
    fn width(&self) -> usize {
        self.types().len()
    }

    /// The coalition of all.
    fn grand(&self) -> Coalition {
        self.types().members().iter().fold(Coalition::EMPTY, |all, &kind| all.union(kind))
    }

    /// `v(S) − x(S)`.
    fn excess(&self, coalition: Coalition, x: &[f64]) -> f64 {
        self.value(coalition) - self.types().sum(coalition, x)
    }
}

/// The most players whose coalitions are all looked at.
pub const MAX_PLAYERS: usize = 24;

/// The value of every coalition of a game, computed once.
#[derive(Debug, Clone)]
pub struct ValueTable {
    types: Types,
    values: Vec<f64>,
    unit: f64,
}

impl ValueTable {
    /// Lays the game out: 2^n values.
    ///
    /// # Errors
    /// If there are more than [`MAX_PLAYERS`] players or fewer than two, or a value is not
    /// finite.
    pub fn new(game: &impl TuGame) -> Result<Self> {
        let players = game.players();
        if players > MAX_PLAYERS {
            return Err(Error::too_large(
                format!("{players} states give 2^{players} coalitions"),
                format!("2^{MAX_PLAYERS}"),
                format!("keep the strongest with --top {MAX_PLAYERS}"),
            ));
        }
        if players < 2 {
            return Err(Error::system(
                format!("a game of {players} player(s)"),
                "give at least two players",
            ));
        }
        let values = game.values();
        if values.len() != 1 << players || !values.par_iter().all(|v| v.is_finite()) {
            return Err(Error::system(
                "the game has a coalition without a finite value",
                "give every coalition a finite value",
            ));
        }
        let largest = values.par_iter().map(|v| v.abs()).reduce(|| 0.0, f64::max);
        let unit = if largest > 0.0 { largest } else { 1.0 };
        Ok(Self { types: Types::each(players), values, unit })
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.types.len()
    }

    /// The coalition of all.
    pub fn grand(&self) -> Coalition {
        Coalition::grand(self.players())
    }

    /// What a coalition can get.
    pub fn value(&self, coalition: Coalition) -> f64 {
        self.values[coalition.bits() as usize]
    }

    /// `v(S) − x(S)`.
    pub fn excess(&self, coalition: Coalition, x: &[f64]) -> f64 {
        self.value(coalition) - coalition.sum(x)
    }

    /// The largest `|v(S)|`, or 1 if all are 0: what tolerances are multiples of.
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// The coalition with the largest excess over `x` among all but the empty and the grand
    /// one, the first by bits on a tie, and that excess. O(2^n).
    pub fn largest_excess(&self, x: &[f64]) -> (Coalition, f64) {
        let halves = Halves::new(x, 0.0, |a, b| a + b);
        let block = halves.low.len();
        let (full, last) = (self.values.len() - 1, halves.high.len() - 1);
        let best = (0..=last)
            .into_par_iter()
            .map(|h| {
                let values = &self.values[h * block..(h + 1) * block];
                let mut best = (f64::NEG_INFINITY, 0);
                for (l, (v, sum)) in values.iter().zip(&halves.low).enumerate() {
                    let (excess, bits) = (v - sum - halves.high[h], h * block + l);
                    if excess > best.0 && bits != 0 && bits != full {
                        best = (excess, bits);
                    }
                }
                best
            })
            .reduce(
                || (f64::NEG_INFINITY, 0),
                |a, b| if b.0 > a.0 || (b.0 == a.0 && b.1 < a.1) { b } else { a },
            );
        (Coalition(best.1 as u64), best.0)
    }
}

impl Separation for ValueTable {
    fn types(&self) -> &Types {
        &self.types
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.value(coalition)
    }

    fn unit(&self) -> f64 {
        self.unit
    }

    fn excess(&self, coalition: Coalition, x: &[f64]) -> f64 {
        self.excess(coalition, x)
    }

    /// O(2^n).
    fn largest_unsettled(&self, x: &[f64], settled: &Span) -> f64 {
        let sums = Halves::new(x, 0.0, |a, b| a + b);
        let inside = inside(settled);
        let block = sums.low.len();
        let scan = |h: usize| {
            let values = &self.values[h * block..(h + 1) * block];
            let mut largest = f64::NEG_INFINITY;
            for (l, (v, sum)) in values.iter().zip(&sums.low).enumerate() {
                let excess = v - sum - sums.high[h];
                if excess > largest && h + l != 0 && !inside(l, h) {
                    largest = excess;
                }
            }
            largest
        };
        parallel(sums.high.len(), scan).into_iter().fold(f64::NEG_INFINITY, f64::max)
    }

    /// At most `count`, one from each block, the worst first. O(2^n).
    fn worst(&self, x: &[f64], above: f64, settled: &Span, count: usize) -> (Vec<Coalition>, f64) {
        let sums = Halves::new(x, 0.0, |a, b| a + b);
        let inside = inside(settled);
        let block = sums.low.len();
        let resolution = self.unit * Tolerances::DEFAULT.excess;
        let scan = |h: usize| {
            let values = &self.values[h * block..(h + 1) * block];
            let floor = above + sums.high[h];
            let excesses = || values.iter().zip(&sums.low).map(|(v, sum)| v - sum);
            // The common case, in a loop without branches: nobody here complains.
            if excesses().fold(f64::NEG_INFINITY, |a, b| if b > a { b } else { a }) <= floor {
                return None;
            }
            let (mut best, mut largest): (Option<Candidate>, f64) = (None, floor);
            for (l, excess) in excesses().enumerate() {
                if excess <= floor || best.is_some_and(|best| excess < best.excess - resolution) {
                    continue;
                }
                let bits = (h * block + l) as u64;
                let steps = ((excess - sums.high[h]) / resolution).round();
                let candidate = Candidate { steps, excess, hash: scatter(bits), bits };
                let better = best.is_none_or(|best| candidate.order(&best).is_lt());
                if bits != 0 && (better || excess > largest) && !inside(l, h) {
                    largest = largest.max(excess);
                    if better {
                        best = Some(candidate);
                    }
                }
            }
            best.map(|best| Candidate { excess: largest - sums.high[h], ..best })
        };
        let mut found: Vec<_> = parallel(sums.high.len(), scan).into_iter().flatten().collect();
        let largest = found.iter().map(|c| c.excess).fold(above, f64::max);
        crate::order::sort_by(&mut found, Candidate::order);
        found.truncate(count);
        (found.into_iter().map(|c| Coalition(c.bits)).collect(), largest)
    }
}

#[derive(Clone, Copy)]
struct Candidate {
    /// The excess in steps of what can be told apart.
    steps: f64,
    excess: f64,
    hash: u64,
    bits: u64,
}

impl Candidate {
    /// The worst first.
    fn order(&self, other: &Self) -> Ordering {
        other.steps.total_cmp(&self.steps).then(self.hash.cmp(&other.hash))
    }
}

/// What [`Separation::worst`] hands out, from a search of each part of all coalitions: nodes
/// `2^depth` to `2^(depth + 1) − 1` of a tree. A search gives the worst coalition of its part, with
/// its excess, if that is above `above`.
pub(in crate::solve) fn worst_of_parts(
    depth: u32,
    above: f64,
    search: impl Fn(usize) -> Option<(f64, Coalition)> + Sync + Send,
) -> (Vec<Coalition>, f64) {
    let found = parallel(1 << depth, |part| search((1 << depth) + part));
    let mut found: Vec<_> = found.into_iter().flatten().collect();
    crate::order::sort_by(&mut found, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let largest = found.first().map_or(above, |best| best.0);
    (found.into_iter().map(|(_, s)| s).collect(), largest)
}

/// Whether the coalition with these lower and upper halves is in the span: exact, O(1) for
/// nearly all that are not and O(n) for those that are.
pub(in crate::solve) fn inside(span: &Span) -> impl Fn(usize, usize) -> bool + Sync {
    let tables: Vec<Halves<u64>> =
        span.orthogonal().iter().map(|vector| Halves::new(vector, 0, Span::add)).collect();
    move |low, high| tables.iter().all(|t| Span::add(t.low[low], t.high[high]) == 0)
}

/// Sums over the coalitions of the lower half of the players and of the upper half.
struct Halves<T> {
    low: Vec<T>,
    high: Vec<T>,
}

impl<T: Copy> Halves<T> {
    fn new(terms: &[T], zero: T, add: impl Fn(T, T) -> T) -> Self {
        let sums = |terms: &[T]| {
            let mut sums = vec![zero];
            for &term in terms {
                sums.extend_from_within(..);
                let half = sums.len() / 2;
                for sum in &mut sums[half..] {
                    *sum = add(*sum, term);
                }
            }
            sums
        };
        let (low, high) = terms.split_at(terms.len() / 2);
        Self { low: sums(low), high: sums(high) }
    }
}
