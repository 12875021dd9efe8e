//! Re-checks nucleolus, prenucleolus, least core and core of weighted majority games, exactly
//! and without listing coalitions.
//!
//! Definition of the proof: [`Level`](crate::finding::settlement::Level), after Kohlberg (1971),
//! among the allocations that pay players of a type ([`Types`]) the same. That is enough: the
//! game does not change when two such players change places, so neither does its one
//! nucleolus; and of a least core, which is convex, the mean over all such exchanges is in it.
//! Coalitions count by their numbers of members of each type, and their vectors are these.
//!
//! Method: whether a coalition with too large an excess is left is asked of
//! `half_sums`, once for each level and each few vectors orthogonal to what
//! is settled, as many as fit a key of 128 bits: the coalition is settled iff its products with
//! all of them are 0. Cost: O(2^(n/2)) for each question. Limits: 40 players, more if many are
//! alike; the core at any size.
//!
//! References: Kohlberg (1971), *SIAM J. Appl. Math.* 20; Elkind & Pasechnik (2009), *SODA*;
//! Könemann & Toth (2020), *IPCO* (settled coalitions told by congruences).

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::certify::cooperative::by_types::{ByTypes, unequal};
use crate::certify::cooperative::count_span::{CountSpan, packed, short};
use crate::certify::cooperative::half_sums::{HalfSums, Question};
use crate::certify::cooperative::levels::Levels;
use crate::coalition::Coalition;
use crate::finding::cooperative::{ExactNucleolus, ExactWeights};
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{Types, WeightedGame};

/// A checker of one game.
pub struct WeightedChecker<'a> {
    game: &'a WeightedGame,
    by: ByTypes,
    halves: Option<HalfSums>,
}

impl<'a> WeightedChecker<'a> {
    /// For a game of at most 64 players.
    pub fn new(game: &'a WeightedGame) -> Self {
        let types = Types::of_weighted(game);
        let halves = HalfSums::new(game, &types);
        Self { game, halves, by: ByTypes::new(types, game.players()) }
    }

    fn worth(&self, s: Coalition) -> RBig {
        RBig::from(u8::from(self.game.wins(s)))
    }

    /// That an allocation divides all there is and leaves no coalition an excess above `most`.
    pub fn bounded(&self, what: &str, allocation: &[RBig], most: &RBig) -> Vec<Claim> {
        let Some(x) = self.by.payoffs(allocation) else { return vec![unequal(what)] };
        let mut span = CountSpan::new(self.by.types.len());
        span.insert(self.by.counts(self.by.grand()));
        // What is in the span of all players has the same part of each type.
        let mut rest = self.by.types.proportional().map(|s| self.worth(s) - self.by.paid(s, &x));
        let holds = rest.all(|excess| excess <= *most)
            && self.settled_above(&x, &[(most, span.orthogonal())]);
        vec![
            self.by.efficient(what, &x),
            Claim::exact(format!("{what}: no coalition's excess is above {most}"), holds),
        ]
    }

    /// That weights are a balanced collection whose claims amount to `1 + ε Σ λ`. Each weight
    /// is shared by all coalitions with as many members of each type.
    pub fn balanced(&self, what: &str, weights: &ExactWeights, value: &RBig) -> Vec<Claim> {
        let sound = weights.iter().all(|(s, w)| self.by.proper(*s) && *w > RBig::ZERO);
        let mut cover = vec![RBig::ZERO; self.by.types.len()];
        let (mut claims, mut total) = (RBig::ZERO, RBig::ZERO);
        for (s, w) in weights.iter().filter(|_| sound) {
            self.by.types.counts(*s).for_each(|(kind, count)| cover[kind] += w * RBig::from(count));
            claims += w * self.worth(*s);
            total += w;
        }
        let mut sizes = (0..self.by.types.len()).map(|kind| RBig::from(self.by.types.size(kind)));
        let covers = cover.iter().all(|c| sizes.next().is_some_and(|size| size == *c));
        let words =
            format!("{what}: their claims show that no allocation does better than {value}");
        vec![
            Claim::exact(format!("{what}: the weights are above zero"), sound),
            Claim::exact(format!("{what}: the weights are a balanced collection"), sound && covers),
            Claim::exact(words, sound && claims == RBig::ONE + value * total),
        ]
    }

    /// That there is no imputation: several players win alone.
    pub fn no_imputation(&self) -> Claim {
        let alone = (0..self.game.players()).filter(|&i| self.game.wins_with(&[i])).count();
        let words = "nucleolus: no allocation gives everybody what it can get alone";
        Claim::exact(words, alone > 1)
    }

    /// That an allocation is the prenucleolus, or of `imputations` the nucleolus: where nobody
    /// gets less than it can get alone the two are the same, and where one player wins alone
    /// there is no other imputation.
    pub fn nucleolus(&self, what: &str, found: &ExactNucleolus, imputations: bool) -> Vec<Claim> {
        let claim = |words: &str, holds| Claim::exact(format!("{what}: {words}"), holds);
        let n = self.game.players();
        let Some(x) = self.by.payoffs(&found.allocation) else { return vec![unequal(what)] };
        let mut claims = vec![self.by.efficient(what, &x)];
        let alone: Vec<usize> = (0..n).filter(|&i| self.game.wins_with(&[i])).collect();
        if imputations {
            let rational = (0..n).all(|i| {
                let least = RBig::from(u8::from(alone.contains(&i)));
                found.allocation[i] >= least
            });
            claims.push(claim("nobody gets less than it can get alone", rational));
        }
        if found.levels.is_empty() {
            let only = n == 1 || (imputations && alone.len() == 1);
            claims.push(claim("there is no other allocation to compare it with", only));
            return claims;
        }
        if !self.by.well_formed(found) {
            claims.push(claim("the finding is well-formed", false));
            return claims;
        }
        let mut span = CountSpan::new(self.by.types.len());
        span.insert(self.by.counts(self.by.grand()));
        let mut checked = Levels::new();
        let mut levels = Vec::with_capacity(found.levels.len());
        for level in &found.levels {
            let orthogonal = span.orthogonal();
            let inside = orthogonal.iter().all(|z| self.by.is_orthogonal(level, z));
            let mut tight = true;
            for &(s, _) in &level.weights {
                tight &= self.worth(s) - self.by.paid(s, &x) == level.excess;
                span.insert(self.by.counts(s));
            }
            checked.add(level, inside, tight);
            levels.push((&level.excess, orthogonal));
        }
        let settled_above = || self.settled_above(&x, &levels);
        claims.extend(checked.claims(claim, span.rank() == self.by.types.len(), settled_above));
        claims
    }

    /// Whether each coalition with an excess above a level's has product 0 with all of the
    /// level's vectors. False also if the numbers are too long.
    fn settled_above(&self, x: &[RBig], levels: &[(&RBig, Vec<Vec<IBig>>)]) -> bool {
        let Some(halves) = &self.halves else { return false };
        let numbers = x.iter().chain(levels.iter().map(|(excess, _)| *excess));
        let Ok(denominator) = common_denominator(numbers) else { return false };
        let narrow = |value: &RBig| short(&numerator_over(value, &denominator));
        let Some(paid) = x.iter().map(narrow).collect::<Option<Vec<i128>>>() else { return false };
        let Some(one) = short(&IBig::from(denominator.clone())) else { return false };
        levels.iter().all(|(excess, orthogonal)| {
            let Some(excess) = narrow(excess) else { return false };
            let Some(keys) = packed(&self.by.types, orthogonal) else { return false };
            keys.iter().all(|key| {
                let (winning, losing) = (one - excess, -excess);
                !halves.finds(&Question { paid: &paid, key, winning, losing })
            })
        })
    }
}
