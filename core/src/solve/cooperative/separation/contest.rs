//! Separation for contest games without listing coalitions: which coalitions complain most of
//! an allocation, for up to some 40 players.
//!
//! Method: the players are divided into two halves of about as many coalitions each (Horowitz &
//! Sahni 1974), of which only the fronts (`front`) matter. The best pair of the fronts
//! is found by branch and bound over pairs of nodes of their trees. The value `F(P)` of strength
//! `P` is convex below one half and concave above (for a decisiveness of 1 or more; else the
//! other way round); so over the strengths of a pair of nodes it lies below a line `α + β·P`, a
//! tangent or a chord, and no pair's excess is above `α` and what either node's coalitions are
//! ahead of `β` times their strength at most, which their hulls tell. The error of that bound
//! falls with the square of the nodes' width.
//!
//! Cost: the fronts, and as many pairs of nodes as the bound leaves, some thousands; about as
//! many as there are coalitions in a half where pay is in proportion to strength. Limit: halves
//! of 2^20 coalitions, by type.
//!
//! References: Horowitz & Sahni (1974), *J. ACM* 21; Nemhauser & Ullmann (1969), *Management
//! Science* 15.

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::cooperative::{ContestGame, Types};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::cooperative::separation::front::{Entry, Front, Terms};
use crate::solve::cooperative::separation::{Separation, worst_of_parts};

/// The most coalitions, by type, of a half of the players.
const MOST: usize = 1 << 20;

/// A front of so many coalitions hands out as many as are asked for, a longer one more: the
/// question takes longer then than what is done with the answer.
const PER_ROW: usize = 1 << 12;
/// So many times as many at most.
const MOST_ROWS: usize = 8;

/// A contest game in two halves.
pub struct ContestHalves<'a> {
    game: &'a ContestGame,
    types: Types,
    halves: [Vec<usize>; 2],
}

impl<'a> ContestHalves<'a> {
    /// Divides the game.
    ///
    /// # Errors
    /// If either half has more than 2^20 coalitions, by type. With 40 players none has; with
    /// more, up to 64, it depends on how many have the same strength.
    pub fn new(game: &'a ContestGame) -> Result<Self> {
        let types = Types::of_contest(game);
        let mut halves = [const { Vec::new() }; 2];
        let mut counts = [1usize; 2];
        let strength = |kind: usize| game.strength(types.one(kind));
        let rising =
            crate::order::by_key(0..types.len(), |kind| (types.size(kind), strength(kind)));
        for kind in rising.into_iter().rev() {
            let half = usize::from(counts[1] < counts[0]);
            halves[half].push(kind);
            counts[half] *= types.size(kind) + 1;
            if counts[half] > MOST {
                return Err(Error::too_large(
                    format!("{} players of too many different strengths", game.players()),
                    "40 players, or more of few different strengths",
                    "keep the strongest",
                ));
            }
        }
        Ok(Self { game, types, halves })
    }

    fn question(&self, x: &[f64], settled: &Span) -> Question<'_> {
        let terms = Terms { paid: x, key: settled.key(), add: Span::add };
        let front = |kinds| Front::new(self.game, &self.types, kinds, &terms);
        let (low, high) = rayon::join(|| front(&self.halves[0]), || front(&self.halves[1]));
        Question { curve: Curve::new(self.game), low, high }
    }
}

impl Separation for ContestHalves<'_> {
    fn types(&self) -> &Types {
        &self.types
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.game.float(self.game.strength(coalition))
    }

    fn unit(&self) -> f64 {
        1.0
    }

    /// In proportion to strength: with many players the nucleolus is close to that.
    fn start(&self) -> Vec<f64> {
        let total = self.game.total() as f64;
        let share = |kind| self.game.strength(self.types.one(kind)) as f64 / total;
        (0..self.types.len()).map(share).collect()
    }

    fn largest_unsettled(&self, x: &[f64], settled: &Span) -> f64 {
        let mut best = Best { excess: f64::NEG_INFINITY, members: None };
        self.question(x, settled).search(1, 1, &mut best);
        best.excess
    }

    /// One from each part of the upper half's front, of some times as many parts as `count`
    /// where that is long.
    fn worst(&self, x: &[f64], above: f64, settled: &Span, count: usize) -> (Vec<Coalition>, f64) {
        let question = self.question(x, settled);
        let times = question.high.entries.len() / PER_ROW;
        let parts = count.max(1) * times.clamp(1, MOST_ROWS);
        let depth = parts.ilog2().min(question.high.depth());
        worst_of_parts(depth, above, |node| {
            let mut best = Best { excess: above, members: None };
            question.search(1, node, &mut best);
            Some((best.excess, self.types.representative(best.members?)))
        })
    }
}

/// The best pair so far.
struct Best {
    excess: f64,
    members: Option<Coalition>,
}

impl Best {
    fn offer(&mut self, excess: f64, a: &Entry, b: &Entry) {
        if excess > self.excess && Span::add(a.key, b.key) != 0 {
            *self = Self { excess, members: Some(a.members.union(b.members)) };
        }
    }
}

/// Two fronts.
struct Question<'a> {
    curve: Curve<'a>,
    low: Front,
    high: Front,
}

impl Question<'_> {
    /// The most that a pair of the nodes' coalitions can complain; offers the pair that a line
    /// makes the most of.
    fn bound(&self, a: usize, b: usize, best: &mut Best) -> f64 {
        let ([least, most], [lowest, highest]) = (self.low.strengths(a), self.high.strengths(b));
        let (from, to) = (least + lowest, most + highest);
        let flat = self.curve.value(to) - self.low.cheapest(a) - self.high.cheapest(b);
        if flat <= best.excess {
            return flat;
        }
        let Some((slope, height)) = self.curve.line(from, to) else { return flat };
        let ((low, at), (high, other)) = (self.low.ahead(a, slope), self.high.ahead(b, slope));
        let bound = height + low + high;
        if bound > best.excess {
            let (a, b) = (&self.low.entries[at as usize], &self.high.entries[other as usize]);
            best.offer(self.excess(a, b), a, b);
        }
        flat.min(bound)
    }

    fn excess(&self, a: &Entry, b: &Entry) -> f64 {
        self.curve.of(a, b) - (a.paid + b.paid)
    }

    fn search(&self, a: usize, b: usize, best: &mut Best) {
        let bound = self.bound(a, b, best);
        self.below(a, b, bound, best);
    }

    /// Looks through a pair of nodes with this bound.
    fn below(&self, a: usize, b: usize, bound: f64, best: &mut Best) {
        if bound <= best.excess {
            return;
        }
        // The node of more strengths is divided; the part that promises more goes first.
        let width = |[least, most]: [u128; 2]| most - least;
        let wider = width(self.low.strengths(a)) >= width(self.high.strengths(b));
        let parts = match (self.low.is_leaf(a), self.high.is_leaf(b)) {
            (true, true) => return self.each(a, b, best),
            (false, leaf) if leaf || wider => [(2 * a, b), (2 * a + 1, b)],
            _ => [(a, 2 * b), (a, 2 * b + 1)],
        };
        let mut bounds = parts.map(|(a, b)| (a, b, self.bound(a, b, best)));
        if bounds[1].2 > bounds[0].2 {
            bounds.swap(0, 1);
        }
        for (a, b, bound) in bounds {
            self.below(a, b, bound, best);
        }
    }

    /// Looks at each pair of two leaves' coalitions.
    fn each(&self, a: usize, b: usize, best: &mut Best) {
        for low in &self.low.entries[self.low.range(a)] {
            for high in &self.high.entries[self.high.range(b)] {
                best.offer(self.excess(low, high), low, high);
            }
        }
    }
}

/// Value as a function of strength.
struct Curve<'a> {
    game: &'a ContestGame,
    total: f64,
}

impl<'a> Curve<'a> {
    fn new(game: &'a ContestGame) -> Self {
        Self { game, total: game.total() as f64 }
    }

    fn value(&self, strength: u128) -> f64 {
        self.game.float(strength)
    }

    /// The value of two coalitions together.
    fn of(&self, a: &Entry, b: &Entry) -> f64 {
        let own = a.power + b.power;
        // Without bound, and where one side may have nothing, in whole numbers.
        if self.game.decisiveness().is_infinite() || own <= 0.0 || own >= self.total {
            return self.value(a.strength + b.strength);
        }
        self.game.contest(own, self.total - own)
    }

    fn share(&self, strength: u128) -> f64 {
        strength as f64 / self.total
    }

    /// The slope at a strength that is neither none nor all: `m·F·(1 − F) / (P·Q)`.
    fn slope(&self, strength: u128) -> f64 {
        let (value, share) = (self.value(strength), self.share(strength));
        let rest = self.share(self.game.total() - strength);
        self.game.decisiveness() * value * (1.0 - value) / (share * rest)
    }

    /// Slope and height at 0 of a line that no value between two strengths is above, where there
    /// is one that is better than the highest value.
    fn line(&self, from: u128, to: u128) -> Option<(f64, f64)> {
        let m = self.game.decisiveness();
        if from >= to || m <= 0.0 || m.is_infinite() {
            return None;
        }
        let (half, all) = (self.game.total() / 2, self.game.total());
        let tangent = |at: u128| {
            if at == 0 || at == all {
                return None;
            }
            let slope = self.slope(at);
            Some((slope, self.value(at) - slope * self.share(at)))
        };
        let chord = || {
            let width = self.share(to - from);
            let slope = (self.value(to) - self.value(from)) / width;
            (slope, self.value(from) - slope * self.share(from))
        };
        let (below, above) = (to <= half, from > half);
        if (above && m >= 1.0) || (below && m <= 1.0) {
            return tangent(from + (to - from) / 2);
        }
        if above || below {
            return Some(chord());
        }
        // On both sides of the turn: the tangent at the concave end, if it is above the other
        // end, and the chord where it is not.
        let (concave, other) = if m >= 1.0 { (to, from) } else { (from, to) };
        let over =
            |&(slope, height): &(f64, f64)| height + slope * self.share(other) >= self.value(other);
        match tangent(concave) {
            Some(line) => Some(Some(line).filter(over).unwrap_or_else(chord)),
            None if m >= 1.0 => tangent(to - 1).filter(over),
            None => None,
        }
    }
}
