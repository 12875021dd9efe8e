//! Re-checks nucleolus, prenucleolus, least core and core of a table of exact values, exactly:
//! no rounding, no tolerance, no linear programme.
//!
//! Definition of the proof: [`Level`](crate::finding::settlement::Level), after Kohlberg (1971).
//! Method: values and payoffs are brought over one common denominator; the excesses of all
//! coalitions are differences of integers, of 128 bits where that is enough. Whether a
//! coalition is settled is a product of integers. Cost: O(2^n) for each check; limit 24
//! players.
pub mod alliances;
pub mod allocation;
pub mod balancedness;
pub mod by_rule;
pub(in crate::certify) mod by_types;
pub mod contest;
pub(in crate::certify) mod contest_scan;
pub mod core_vertices;
pub(in crate::certify) mod count_span;
pub mod counting;
pub mod dividends;
pub(in crate::certify) mod edges;
pub mod externalities;
pub(in crate::certify) mod half_sums;
pub mod indices;
pub(in crate::certify) mod integer_span;
pub(in crate::certify) mod levels;
pub mod partition_contest;
pub(in crate::certify) mod payoff_range;
pub mod settlement_table;
pub mod solutions;
pub mod tau;
pub mod values;
pub mod weighted;

use std::borrow::Cow;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::certify::cooperative::integer_span::IntegerSpan;
use crate::certify::cooperative::levels::Levels;
use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::{ExactLevel, ExactNucleolus, ExactWeights};
use crate::game::cooperative::number::{Amount, Numerators, common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, Sense};
use crate::work::parallel;

/// The most players that are checked.
pub const MAX_PLAYERS: usize = 24;

/// A checker of one game: its worths over a denominator.
pub struct Checker<'a> {
    /// More is better in it.
    worths: Cow<'a, ExactTable>,
    sign: RBig,
}

impl<'a> Checker<'a> {
    /// For the game in the table; costs are checked as worths below zero.
    pub fn new(table: &'a ExactTable) -> Self {
        let sign = if table.sense() == Sense::Worth { RBig::ONE } else { RBig::from(-1) };
        Self { worths: table.worths(), sign }
    }

    pub(in crate::certify) fn n(&self) -> usize {
        self.worths.players()
    }

    fn grand(&self) -> Coalition {
        Coalition::grand(self.n())
    }

    /// A coalition's worth.
    pub(in crate::certify) fn value(&self, s: Coalition) -> RBig {
        self.worths.value(s)
    }

    /// Whether the game is of worths, not of costs.
    pub(in crate::certify) fn has_worths(&self) -> bool {
        self.sign == RBig::ONE
    }

    pub(in crate::certify) fn proper(&self, s: Coalition) -> bool {
        !s.is_empty() && s.is_subset_of(self.grand()) && s != self.grand()
    }

    /// The payoffs in the game of worths, if they are one for each player.
    pub(in crate::certify) fn payoffs(&self, allocation: &[RBig]) -> Option<Vec<RBig>> {
        let fits = allocation.len() == self.n() && self.n() <= MAX_PLAYERS;
        fits.then(|| allocation.iter().map(|x| x * &self.sign).collect())
    }

    /// Payoffs of some players in the game of worths.
    pub(in crate::certify) fn payoffs_of(&self, payoffs: &[RBig]) -> Vec<RBig> {
        payoffs.iter().map(|x| x * &self.sign).collect()
    }

    /// That an allocation divides all there is and leaves no coalition an excess above `most`.
    pub fn bounded(&self, what: &str, allocation: &[RBig], most: &RBig) -> Vec<Claim> {
        let Some(x) = self.payoffs(allocation) else {
            return vec![Claim::exact(format!("{what}: there is a payoff for each player"), false)];
        };
        let total = sum(x.iter());
        let levels = [(most, IntegerSpan::new(self.n()).orthogonal())];
        vec![
            Claim::exact(
                format!("{what}: the payoffs add up to what there is"),
                total == self.worths.value(self.grand()),
            ),
            Claim::exact(
                format!("{what}: no coalition's excess is above {most}"),
                self.settled_above(&x, &levels, false),
            ),
        ]
    }

    /// That weights are a balanced collection whose claims amount to `v(N) + ε Σ λ`.
    pub fn balanced(&self, what: &str, weights: &ExactWeights, value: Option<&RBig>) -> Vec<Claim> {
        let n = self.n();
        let sound = weights.iter().all(|(s, w)| self.proper(*s) && *w > RBig::ZERO);
        let mut cover = vec![RBig::ZERO; n];
        let (mut claims, mut total) = (RBig::ZERO, RBig::ZERO);
        for (s, w) in weights.iter().filter(|_| sound) {
            s.members().for_each(|i| cover[i] += w);
            claims += w * self.worths.value(*s);
            total += w;
        }
        let there_is = self.worths.value(self.grand());
        let (words, proves) = match value {
            Some(value) => (
                format!("{what}: their claims show that no allocation does better than {value}"),
                claims == there_is + value * total,
            ),
            None => {
                (format!("{what}: their claims add up to more than there is"), claims > there_is)
            }
        };
        vec![
            Claim::exact(format!("{what}: the weights are above zero"), sound),
            Claim::exact(
                format!("{what}: the weights are a balanced collection"),
                sound && cover.iter().all(|c| *c == RBig::ONE),
            ),
            Claim::exact(words, sound && proves),
        ]
    }

    /// That there is no imputation.
    pub fn no_imputation(&self) -> Claim {
        let alone = (0..self.n()).map(|i| self.worths.value(Coalition::singleton(i)));
        let sum = sum(alone);
        let holds = sum > self.worths.value(self.grand());
        Claim::exact("nucleolus: no allocation gives everybody what it can get alone", holds)
    }

    /// That an allocation is the prenucleolus, or of `imputations` the nucleolus.
    pub fn nucleolus(&self, what: &str, found: &ExactNucleolus, imputations: bool) -> Vec<Claim> {
        self.by_levels(what, found, imputations, false)
    }

    /// That an allocation is the per-capita nucleolus, the levels' excesses being per capita.
    pub fn per_capita(&self, what: &str, found: &ExactNucleolus) -> Vec<Claim> {
        self.by_levels(what, found, true, true)
    }

    fn by_levels(
        &self,
        what: &str,
        found: &ExactNucleolus,
        imputations: bool,
        per_capita: bool,
    ) -> Vec<Claim> {
        let n = self.n();
        let claim = |words: &str, holds| Claim::exact(format!("{what}: {words}"), holds);
        let Some(x) = self.payoffs(&found.allocation).filter(|_| self.well_formed(found)) else {
            return vec![claim("the finding is well-formed", false)];
        };
        let alone = |i: usize| self.worths.value(Coalition::singleton(i));
        let total = sum(x.iter());
        let there_is = self.worths.value(self.grand());
        let mut claims = vec![claim("the payoffs add up to what there is", total == there_is)];
        if imputations {
            let rational = (0..n).all(|i| x[i] >= alone(i));
            claims.push(claim("nobody gets less than it can get alone", rational));
        }
        if found.levels.is_empty() {
            let least = (0..n).fold(RBig::ZERO, |sum, i| sum + alone(i));
            let only = n == 1 || (imputations && least == there_is);
            claims.push(claim("there is no other allocation to compare it with", only));
            return claims;
        }
        let mut span = IntegerSpan::new(n);
        span.insert(self.grand());
        let mut checked = Levels::new();
        let mut levels = Vec::with_capacity(found.levels.len());
        for level in &found.levels {
            let orthogonal = span.orthogonal();
            let inside = orthogonal.iter().all(|z| is_orthogonal(n, level, z));
            let mut tight = true;
            for (s, _) in &level.weights {
                let paid = s.members().fold(RBig::ZERO, |sum, i| sum + &x[i]);
                let sharers = RBig::from(if per_capita { s.len() } else { 1 });
                tight &= self.worths.value(*s) - paid == &level.excess * sharers;
                span.insert(*s);
            }
            for &(i, _) in &level.floors {
                tight &= imputations && x[i] == alone(i);
                span.insert(Coalition::singleton(i));
            }
            checked.add(level, inside, tight);
            levels.push((&level.excess, orthogonal));
        }
        let settled_above = || self.settled_above(&x, &levels, per_capita);
        claims.extend(checked.claims(claim, span.rank() == n, settled_above));
        claims
    }

    fn well_formed(&self, found: &ExactNucleolus) -> bool {
        let n = self.n();
        let level = |l: &ExactLevel| {
            !l.weights.is_empty()
                && l.weights.len() <= 1 << n
                && l.weights.iter().all(|(s, _)| self.proper(*s))
                && l.floors.iter().all(|&(i, _)| i < n)
        };
        found.levels.len() <= n && found.levels.iter().all(level)
    }

    /// Whether each coalition with an excess above a level's is settled before it: its
    /// products with the level's vectors are all 0. The levels descend.
    fn settled_above(
        &self,
        x: &[RBig],
        levels: &[(&RBig, Vec<Vec<i64>>)],
        per_capita: bool,
    ) -> bool {
        let numbers = x.iter().chain(levels.iter().map(|(excess, _)| *excess));
        let Ok(denominator) = common_denominator(numbers) else { return false };
        let own = UBig::clone(self.worths.denominator());
        // Payoffs and levels times both denominators, values times the one that they lack.
        let both = &denominator * &own;
        let payoffs: Vec<IBig> = x.iter().map(|x| numerator_over(x, &both)).collect();
        // By the number of members, where excesses are per capita.
        let limits: Vec<Vec<IBig>> = (0..=if per_capita { self.n() } else { 0 })
            .map(|size| {
                let sharers = IBig::from(if per_capita { size } else { 1 });
                levels.iter().map(|(excess, _)| numerator_over(excess, &both) * &sharers).collect()
            })
            .collect();
        let factor = IBig::from(denominator);
        let spans: Vec<&[Vec<i64>]> = levels.iter().map(|(_, span)| &span[..]).collect();
        let numerators = self.worths.numerators();
        let largest = numerators.bit_len() + factor.bit_len();
        let sizes =
            payoffs.iter().chain(limits.iter().flatten()).map(BitTest::bit_len).max().unwrap_or(0);
        // Sums of up to 25 payoffs, and differences of them, fit.
        let fits = |bits: usize| largest < bits - 4 && sizes < bits - 9;
        let asked = Asked { count: 1 << self.n(), factor, payoffs, limits, spans };
        let short = |x: &IBig| i64::try_from(x).unwrap_or_default();
        let long = |x: &IBig| i128::try_from(x).unwrap_or_default();
        match numerators {
            Numerators::Small(v) if fits(64) => asked.scan(short, |at, factor| v[at] * factor),
            Numerators::Small(v) if fits(128) => {
                asked.scan(long, |at, factor| i128::from(v[at]) * factor)
            }
            Numerators::Wide(v) if fits(128) => asked.scan(long, |at, factor| v[at] * factor),
            any => asked.scan(IBig::clone, |at, factor| any.get(at) * factor),
        }
    }
}

/// What is asked of the excesses of all coalitions, over one denominator.
struct Asked<'a> {
    count: usize,
    /// What the numerators of values lack.
    factor: IBig,
    payoffs: Vec<IBig>,
    limits: Vec<Vec<IBig>>,
    spans: Vec<&'a [Vec<i64>]>,
}

impl Asked<'_> {
    /// The [`scan`] in integers that hold all of it; `value` is a coalition's numerator, by index,
    /// times the factor.
    fn scan<T: Amount>(
        &self,
        narrow: impl Fn(&IBig) -> T,
        value: impl Fn(usize, &T) -> T + Sync,
    ) -> bool {
        let all = |numbers: &Vec<IBig>| -> Vec<T> { numbers.iter().map(&narrow).collect() };
        let limits: Vec<Vec<T>> = self.limits.iter().map(all).collect();
        let factor = narrow(&self.factor);
        let value = |at: usize| value(at, &factor);
        scan(self.count, value, &all(&self.payoffs), &limits, &self.spans)
    }
}

/// Whether `Σ weights · 1_S + Σ floors · 1_i` has product 0 with a vector.
fn is_orthogonal(n: usize, level: &ExactLevel, vector: &[i64]) -> bool {
    let mut cover = vec![RBig::ZERO; n];
    for (s, w) in &level.weights {
        s.members().for_each(|i| cover[i] += w);
    }
    for (i, w) in &level.floors {
        cover[*i] += w;
    }
    let product = cover.iter().zip(vector).filter(|(_, z)| **z != 0);
    product.fold(RBig::ZERO, |sum, (c, &z)| sum + c * RBig::from(z)).is_zero()
}

/// Whether all coalitions with an excess above a limit are orthogonal to its vectors.
fn scan<T: Amount>(
    count: usize,
    value: impl Fn(usize) -> T + Sync,
    payoffs: &[T],
    limits: &[Vec<T>],
    spans: &[&[Vec<i64>]],
) -> bool {
    let low = payoffs.len() / 2;
    let sums = Halves::new(payoffs, T::zero(), |a, b| a.plus(b));
    let tables: Vec<Vec<Halves<i64>>> = spans
        .iter()
        .map(|span| span.iter().map(|z| Halves::new(z, 0, |a, b| a + b)).collect())
        .collect();
    if spans.is_empty() {
        return true;
    }
    let settled = |bits: usize| {
        let (l, h) = (bits & ((1 << low) - 1), bits >> low);
        let excess = value(bits).minus(&sums.low[l].plus(&sums.high[h]));
        let size = if limits.len() > 1 { bits.count_ones() as usize } else { 0 };
        let limits = &limits[size];
        if limits.last().is_none_or(|lowest| excess <= *lowest) {
            return true;
        }
        let level = limits.partition_point(|limit| *limit >= excess);
        tables[level].iter().all(|z| z.low[l] + z.high[h] == 0)
    };
    let lowest = if let [limits] = limits { limits.last() } else { None };
    // Coalitions with the same members of the upper half at a time, first whether any is above.
    let holds = parallel(count >> low, |h| {
        let block = h << low..(h + 1) << low;
        let above = |lowest: &T| {
            let edge = sums.high[h].plus(lowest);
            let pairs = block.clone().zip(&sums.low);
            pairs.fold(false, |any, (bits, paid)| any | (value(bits) > paid.plus(&edge)))
        };
        lowest.is_some_and(|lowest| !above(lowest))
            || block.clone().all(|bits| bits == 0 || bits == count - 1 || settled(bits))
    });
    holds.into_iter().all(|holds| holds)
}

/// Sums over the coalitions of the lower half of the players and over those of the upper.
struct Halves<T> {
    low: Vec<T>,
    high: Vec<T>,
}

impl<T: Clone> Halves<T> {
    fn new(terms: &[T], zero: T, add: impl Fn(&T, &T) -> T) -> Self {
        let sums = |terms: &[T]| {
            let mut sums = vec![zero.clone()];
            for term in terms {
                for at in 0..sums.len() {
                    sums.push(add(&sums[at], term));
                }
            }
            sums
        };
        let (low, high) = terms.split_at(terms.len() / 2);
        Self { low: sums(low), high: sums(high) }
    }
}
