//! Separation for weighted majority games without listing coalitions: which coalitions
//! complain most of an allocation, for up to some 40 players.
//!
//! Method: the players, by type, are divided into two halves of about as many coalitions each,
//! at most 2^21 (Horowitz & Sahni 1974). Whether a coalition of the one half and one of the
//! other win together is a comparison of two *marks* for each rule, ranks among the sums of
//! weights, so that weights of any length cost the same. The best pair is found by branch and
//! bound over pairs of nodes of two trees (`half_tree`): a pair of nodes
//! has at most the excess of its cheapest pair of coalitions, if its highest marks win; where
//! that pair does win, or none of the nodes' coalitions can, the bound is attained and nothing
//! below is looked at.
//!
//! Coalitions whose payoff is settled do not count: they are those with product 0 with the
//! span's key. A node keeps the cheapest coalition of each of two keys, and of two such pairs
//! one of the three cheapest combinations is not settled, which is the cheapest that is not.
//!
//! Cost: O(2^(n/2)) for every question, and as many pairs as the bound leaves: with one rule
//! at most some 2^(n/2) again, which follow the quota.
//!
//! References: Horowitz & Sahni (1974), *J. ACM* 21; Elkind, Goldberg, Goldberg & Wooldridge
//! (2009), *Ann. Math. Artif. Intell.* 56 (the least core of weighted voting games); Elkind &
//! Pasechnik (2009), *SODA* (their nucleolus).

use dashu_int::UBig;
use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::cooperative::{Rule, Types, WeightedGame};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::cooperative::separation::half_tree::{Entry, Half, Kind, Paid, sums};
use crate::solve::cooperative::separation::{Separation, worst_of_parts};
use crate::work::parallel;

/// The most coalitions, by type, of a half of the players.
const MOST: usize = 1 << 21;

/// A weighted majority game in two halves.
pub struct MeetInTheMiddle<'a> {
    game: &'a WeightedGame,
    types: Types,
    /// Their marks are ranks of weights; the other half's the ranks that they need.
    low: Half,
    high: Half,
}

impl<'a> MeetInTheMiddle<'a> {
    /// Divides the game.
    ///
    /// # Errors
    /// If either half has more than 2^21 coalitions, by type. With 40 players none has; with
    /// more, up to 64, it depends on how many have the same weights.
    pub fn new(game: &'a WeightedGame) -> Result<Self> {
        let n = game.players();
        let too_large = || {
            Error::too_large(
                format!("{n} players of too many different weights"),
                "40 players, or more of few different weights",
                "keep fewer players, or leave the least core and the nucleolus out of --solve",
            )
        };
        if n > Coalition::MAX_PLAYERS {
            return Err(too_large());
        }
        let types = Types::of_weighted(game);
        let [mut low, mut high] = [const { Vec::<Kind>::new() }; 2];
        let [mut lows, mut highs] = [1usize; 2];
        let order =
            crate::order::by_key(0..types.len(), |kind| std::cmp::Reverse(types.size(kind)));
        for kind in order {
            let size = types.size(kind);
            let (half, count) =
                if lows <= highs { (&mut low, &mut lows) } else { (&mut high, &mut highs) };
            half.push((kind, size));
            *count *= size + 1;
            if *count > MOST {
                return Err(too_large());
            }
        }
        let marks: Vec<(Vec<u32>, Vec<u32>)> =
            game.rules().iter().map(|rule| marks(rule, &types, &low, &high)).collect();
        let (of_low, of_high): (Vec<_>, Vec<_>) = marks.into_iter().unzip();
        let (low, high) = (Half::new(low, &of_low), Half::new(high, &of_high));
        Ok(Self { game, types, low, high })
    }

    fn coalition(&self, low: u32, high: u32) -> Coalition {
        self.low.coalition(low, &self.types).union(self.high.coalition(high, &self.types))
    }

    fn question(&self, x: &[f64], settled: &Span) -> Question<'_> {
        Question {
            low: &self.low,
            high: &self.high,
            of_low: self.low.paid(x, settled.key(), Span::add),
            of_high: self.high.paid(x, settled.key(), Span::add),
        }
    }
}

impl Separation for MeetInTheMiddle<'_> {
    fn types(&self) -> &Types {
        &self.types
    }

    fn value(&self, coalition: Coalition) -> f64 {
        f64::from(u8::from(self.game.wins(coalition)))
    }

    fn unit(&self) -> f64 {
        1.0
    }

    fn largest_unsettled(&self, x: &[f64], settled: &Span) -> f64 {
        let mut best = Best { excess: f64::NEG_INFINITY, pair: None };
        self.question(x, settled).search(1, 1, &mut best);
        best.excess
    }

    /// One from each part of the upper half's coalitions, of as many parts as `count`.
    fn worst(&self, x: &[f64], above: f64, settled: &Span, count: usize) -> (Vec<Coalition>, f64) {
        let question = self.question(x, settled);
        let depth = count.max(1).ilog2().min(self.high.depth);
        worst_of_parts(depth, above, |node| {
            let mut best = Best { excess: above, pair: None };
            question.search(1, node, &mut best);
            best.pair.map(|(low, high)| (best.excess, self.coalition(low, high)))
        })
    }
}

/// The best pair so far.
struct Best {
    excess: f64,
    pair: Option<(u32, u32)>,
}

/// Two halves with what their coalitions are paid.
struct Question<'a> {
    low: &'a Half,
    high: &'a Half,
    of_low: Paid,
    of_high: Paid,
}

impl Question<'_> {
    /// Whether some, and whether all, pairs of two nodes' coalitions may win by their marks.
    fn win(&self, a: usize, b: usize) -> (bool, bool) {
        let (mut some, mut all) = (true, true);
        for (low, high) in self.low.spans.iter().zip(&self.high.spans) {
            let ([least, most], [lowest, highest]) = (low[a], high[b]);
            some &= most >= lowest;
            all &= least >= highest;
        }
        (some, all)
    }

    fn wins(&self, low: u32, high: u32) -> bool {
        let marks = self.low.marks.iter().zip(&self.high.marks);
        marks.fold(true, |all, (l, h)| all & (l[low as usize] >= h[high as usize]))
    }

    /// The cheapest pair that is not settled.
    fn cheapest(&self, a: usize, b: usize) -> Option<(f64, u32, u32)> {
        let ([a, other_a], [b, other_b]) = (self.of_low.nodes[a], self.of_high.nodes[b]);
        let sum = |a: Entry, b: Entry| (a.paid + b.paid, a.at, b.at);
        if Span::add(a.key, b.key) != 0 {
            return Some(sum(a, b));
        }
        let (first, second) = (sum(a, other_b), sum(other_a, b));
        let best = if second.0 < first.0 { second } else { first };
        best.0.is_finite().then_some(best)
    }

    /// The most that a pair of the nodes' coalitions can complain, and whether it is attained
    /// by the cheapest pair.
    fn bound(&self, a: usize, b: usize) -> Option<Bound> {
        let (paid, low, high) = self.cheapest(a, b)?;
        let (some, all) = self.win(a, b);
        let excess = f64::from(u8::from(some)) - paid;
        Some(Bound { excess, low, high, decided: all || !some })
    }

    fn search(&self, a: usize, b: usize, best: &mut Best) {
        if let Some(bound) = self.bound(a, b) {
            self.below(a, b, &bound, best);
        }
    }

    /// Looks through a pair of nodes with this bound.
    fn below(&self, a: usize, b: usize, bound: &Bound, best: &mut Best) {
        if bound.excess <= best.excess {
            return;
        }
        if bound.decided || self.wins(bound.low, bound.high) {
            *best = Best { excess: bound.excess, pair: Some((bound.low, bound.high)) };
            return;
        }
        // The wider node is divided; the part that promises more goes first.
        let parts = match (self.low.is_leaf(a), self.high.is_leaf(b)) {
            (true, true) => return self.each(a, b, best),
            (false, true) => [(2 * a, b), (2 * a + 1, b)],
            (true, false) => [(a, 2 * b), (a, 2 * b + 1)],
            (false, false) if a <= b => [(2 * a, b), (2 * a + 1, b)],
            (false, false) => [(a, 2 * b), (a, 2 * b + 1)],
        };
        let mut bounds = parts.map(|(a, b)| Some((a, b, self.bound(a, b)?)));
        let promise = |part: &Option<(usize, usize, Bound)>| {
            part.as_ref().map_or(f64::NEG_INFINITY, |(_, _, bound)| bound.excess)
        };
        if promise(&bounds[1]) > promise(&bounds[0]) {
            bounds.swap(0, 1);
        }
        for (a, b, bound) in bounds.iter().flatten() {
            self.below(*a, *b, bound, best);
        }
    }

    /// Looks at each pair of two leaves' coalitions.
    fn each(&self, a: usize, b: usize, best: &mut Best) {
        for low in &self.of_low.all[self.low.range(a)] {
            for high in &self.of_high.all[self.high.range(b)] {
                let paid = low.paid + high.paid;
                if 1.0 - paid <= best.excess || Span::add(low.key, high.key) == 0 {
                    continue;
                }
                let excess = f64::from(u8::from(self.wins(low.at, high.at))) - paid;
                if excess > best.excess {
                    *best = Best { excess, pair: Some((low.at, high.at)) };
                }
            }
        }
    }
}

struct Bound {
    excess: f64,
    low: u32,
    high: u32,
    /// All pairs of the nodes' coalitions win, or none does.
    decided: bool,
}

/// The marks of one rule: the ranks of the lower half's weights among each other, and of the
/// upper half's coalitions the lowest rank with which they win.
fn marks(rule: &Rule, types: &Types, low: &[Kind], high: &[Kind]) -> (Vec<u32>, Vec<u32>) {
    let first = |kind: usize| types.members()[kind].first().unwrap_or(0);
    match rule.small() {
        Some((weights, quota)) => {
            let of: Vec<u64> = (0..types.len()).map(|kind| weights[first(kind)]).collect();
            ranked(&of, 0, |a, b| a + b, &quota, (low, high))
        }
        None => {
            let weight = |kind| rule.weights()[first(kind)].clone();
            let of: Vec<UBig> = (0..types.len()).map(weight).collect();
            ranked(&of, UBig::ZERO, |a, b| a + b, rule.quota(), (low, high))
        }
    }
}

fn ranked<W: Ord + Clone + Send + Sync>(
    weights: &[W],
    zero: W,
    add: impl Fn(&W, &W) -> W + Sync,
    quota: &W,
    (low, high): (&[Kind], &[Kind]),
) -> (Vec<u32>, Vec<u32>) {
    let of_low = sums(low, zero.clone(), |sum, kind| add(sum, &weights[kind]));
    let of_high = sums(high, zero, |sum, kind| add(sum, &weights[kind]));
    let mut distinct = of_low.clone();
    distinct.par_sort_unstable();
    distinct.dedup();
    let rank = |weight: &W| distinct.partition_point(|other| other < weight) as u32;
    let needed = |weight: &W| distinct.partition_point(|other| add(other, weight) < *quota) as u32;
    let ranks = parallel(of_low.len(), |at| rank(&of_low[at]));
    (ranks, parallel(of_high.len(), |at| needed(&of_high[at])))
}
