//! The levels of the nucleolus of a table of exact values, in whole numbers throughout.
//!
//! Definition: as in [`nucleolus`](crate::solve::cooperative::nucleolus). Method: each level is the programme `min t`
//! subject to `x(S) + t ≥ v(S)` for every coalition not settled, `x(B) = b` for those settled and,
//! of the nucleolus, `x_i ≥ v({i})`. With `t` as one more player its rows are coalitions, so
//! the dual simplex of `coalition_program` solves it without rounding, from a coalition and the
//! others, half each, which prove a bound at any level. Rows are generated: a scan of all
//! coalitions in floating point leaves out those that are satisfied beyond its rounding, and
//! what is closer is decided in whole numbers. For the scan each coalition's worth is taken
//! over what its members get alone, which loses nothing and leaves small numbers where games
//! have a large common offset.
//!
//! Cost: some scans of 2^n for each of up to `n − 1` levels. Memory: 8 bytes a coalition beside the
//! table. Limit: 24 players.
//!
//! References: Maschler, Peleg & Shapley (1979), *Math. Oper. Res.* 4; Kohlberg (1971), *SIAM J.
//! Appl. Math.* 20.

use std::collections::HashMap;

use dashu_int::IBig;
use dashu_int::ops::BitTest;
use dashu_ratio::RBig;
use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::error::Result;
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{Amount, common_denominator, numerator_over};
use crate::solve::cooperative::nucleolus::exact::{ExactLevel, ExactNucleolus};
use crate::solve::cooperative::polytope::basis::Basis;
use crate::solve::cooperative::polytope::coalition_program::{Outcome, Pool, Rows, minimum, sums};
use crate::solve::cooperative::polytope::span::{Span, scatter};
use crate::solve::cooperative::separation::inside;
use crate::solve::linear::whole::{Whole, longest};
use crate::work::{Work, parallel};

/// Values whose programmes stay in 128 bits have at most so many: a minor of 0/1 vectors of 25
/// has 36, and sums of 25 × 25 of them 10 more.
const NARROW: usize = 78;
/// Rows that a scan adds, for each player.
const ROWS_PER_PLAYER: usize = 2;
/// So few players' coalitions are looked at by one thread.
const FEW: usize = 12;
/// Floating point holds numbers of so many bits.
const MOST_FLOAT: usize = 1000;
/// Excesses that differ by less than this part of the game's unit are as good to add.
const STEP: f64 = 1e-9;

/// What the levels amount to, or that the time was up.
///
/// `worths` has at least two players; if `imputations`, what they can get alone adds up to no
/// more than there is.
///
/// # Errors
/// If the fractions of the levels need thousands of digits.
pub(in crate::solve) fn exact_levels(
    worths: &ExactTable,
    imputations: bool,
    work: &Work,
) -> Result<Option<ExactNucleolus>> {
    let n = worths.players();
    let Some(mut descent) = Descent::new(worths, imputations, work) else { return Ok(None) };
    while descent.span.rank() < n {
        let common = common_denominator(descent.settled.iter().map(|(_, value)| value))?;
        let factor = IBig::from(common.clone());
        let longest = descent.settled.iter().map(|(_, value)| numerator_over(value, &common));
        let longest = longest.map(|value| value.bit_len()).max().unwrap_or(0);
        let found = if longest.max(descent.bits + common.bit_len()) < NARROW {
            descent.level::<i128>(&factor, work)
        } else {
            descent.level::<IBig>(&factor, work)
        };
        if found.is_none() {
            return Ok(None);
        }
        work.advance(1);
    }
    let denominator = RBig::from(worths.denominator().clone());
    let over = |value: RBig| value / &denominator;
    Ok(Some(ExactNucleolus {
        allocation: descent.allocation.into_iter().map(over).collect(),
        levels: descent.levels,
    }))
}

/// How far the descent is. Payoffs and excesses are in units of one over the denominator.
struct Descent<'a> {
    worths: &'a ExactTable,
    /// The bits of the longest numerator.
    bits: usize,
    imputations: bool,
    scale: Scale,
    /// Independent coalitions and their payoffs, the grand one first.
    settled: Vec<(Coalition, RBig)>,
    span: Span,
    allocation: Vec<RBig>,
    levels: Vec<ExactLevel>,
    /// Coalitions that have mattered.
    pool: Vec<Coalition>,
}

impl<'a> Descent<'a> {
    /// At the top. `None` if the time was up.
    fn new(worths: &'a ExactTable, imputations: bool, work: &Work) -> Option<Self> {
        let n = worths.players();
        let grand = Coalition::grand(n);
        let mut span = Span::new(n);
        span.insert(grand);
        let bits = longest(worths.numerators());
        let scale = Scale::new(worths, bits, work)?;
        Some(Self {
            worths,
            bits,
            imputations,
            scale,
            settled: vec![(grand, RBig::from(numerator(worths, grand)))],
            span,
            allocation: Vec::new(),
            levels: Vec::new(),
            pool: Vec::new(),
        })
    }

    /// One level down, where all is a whole number of parts `1 / factor`. `None` if the time was
    /// up.
    fn level<T: Whole>(&mut self, factor: &IBig, work: &Work) -> Option<()> {
        let n = self.worths.players();
        let level = Coalition::singleton(n);
        let scaled = |value: &RBig| {
            T::of(&(value.numerator() * (factor / IBig::from(value.denominator().clone()))))
        };
        let rows = LevelRows {
            worths: self.worths,
            scale: &self.scale,
            factor: T::of(factor),
            settled: self.settled.iter().map(|(s, value)| (*s, scaled(value))).collect(),
            span: &self.span,
            work,
        };
        let mut open: Vec<Coalition> = self.pool.clone();
        open.extend((0..n).map(Coalition::singleton));
        open.retain(|&s| !self.span.contains(s));
        open.sort_unstable();
        open.dedup();
        let mut pool: Pool<T> =
            open.iter().map(|s| s.union(level)).map(|s| (s, rows.floor(s))).collect();
        if self.imputations {
            let alone = (0..n).map(Coalition::singleton).filter(|&s| !self.span.contains(s));
            pool.extend(alone.map(|s| (s, rows.floor(s))));
        }
        let mut cost = vec![0; n + 1];
        cost[n] = 1;
        let Outcome::Optimal(found) =
            minimum(&rows, &cost, self.first_basis(), &mut pool, None, work)
        else {
            // Feasible and bounded by construction: the time was up.
            return None;
        };
        let determinant = RBig::from(found.basis.determinant());
        let parts = RBig::from(factor.clone()) * &determinant;
        let payoffs: Vec<RBig> =
            found.allocation.iter().map(|x| RBig::from(x.big()) / &parts).collect();
        let (payoffs, excess) = payoffs.split_at(n);
        let mut exact = ExactLevel {
            excess: &excess[0] / RBig::from(self.worths.denominator().clone()),
            weights: Vec::new(),
            floors: Vec::new(),
        };
        let fixed = self.settled.len();
        let basis = found.basis.rows().iter().zip(&found.multipliers);
        for (&row, &multiplier) in basis.filter(|&(&s, &m)| m > 0 && !rows.is_equality(s)) {
            let weight = RBig::from(multiplier) / &determinant;
            let s = row.difference(level);
            if row == s {
                exact.floors.extend(s.first().map(|i| (i, weight)));
            } else {
                exact.weights.push((s, weight));
            }
        }
        crate::order::sort_by_key(&mut exact.weights, |(s, _)| *s);
        crate::order::sort_by_key(&mut exact.floors, |(i, _)| *i);
        for &(s, _) in &exact.weights {
            self.settle(s, RBig::from(numerator(self.worths, s)) - &excess[0]);
        }
        for &(i, _) in &exact.floors {
            let s = Coalition::singleton(i);
            self.settle(s, RBig::from(numerator(self.worths, s)));
        }
        debug_assert!(self.settled.len() > fixed, "a level settles something");
        self.allocation = payoffs.to_vec();
        self.levels.push(exact);
        // What was near the end of this level is where the next begins.
        let near = pool.iter().map(|(s, _)| *s).filter(|s| s.contains(n));
        self.pool = near.map(|s| s.difference(level)).collect();
        (self.settled.len() > fixed).then_some(())
    }

    fn settle(&mut self, s: Coalition, value: RBig) {
        if self.span.insert(s) {
            self.settled.push((s, value));
        }
    }

    /// What is settled, an open coalition and the others, and as many more rows as it takes.
    fn first_basis(&self) -> Basis {
        let n = self.worths.players();
        let level = Coalition::singleton(n);
        let alone = || (0..n).map(Coalition::singleton);
        let open = alone().find(|&s| !self.span.contains(s)).unwrap_or(Coalition::EMPTY);
        let pair = [open, open.complement(n)];
        let more = pair.into_iter().chain(alone()).map(|s| s.union(level));
        let mut basis = Basis::singletons(n + 1);
        let mut placed = vec![false; n + 1];
        for row in self.settled.iter().map(|(s, _)| *s).chain(more) {
            let combination = basis.combination(row);
            // A unit determinant keeps numbers small, where there is a choice.
            let free = (0..=n).filter(|&j| !placed[j] && combination[j] != 0);
            if let Some(at) = free.min_by_key(|&j| combination[j].abs()) {
                basis.replace(at, row, &combination);
                placed[at] = true;
            }
        }
        basis
    }
}

fn numerator(table: &ExactTable, s: Coalition) -> IBig {
    table.numerators().get(s.bits() as usize)
}

/// The worths over what the members get alone, rounded.
struct Scale {
    values: Vec<f64>,
    alone: Vec<IBig>,
    /// The values are in units of 2 to this power.
    shift: usize,
    /// The largest value in size.
    largest: f64,
}

impl Scale {
    /// `None` if the time was up. O(2^n).
    fn new(worths: &ExactTable, bits: usize, work: &Work) -> Option<Self> {
        let shift = bits.saturating_sub(MOST_FLOAT);
        if bits < NARROW {
            Self::from::<i128>(worths, shift, work)
        } else {
            Self::from::<IBig>(worths, shift, work)
        }
    }

    fn from<T: Whole>(worths: &ExactTable, shift: usize, work: &Work) -> Option<Self> {
        let n = worths.players();
        let at = |bits: usize| T::numerator(worths.numerators(), bits);
        let alone: Vec<T> = (0..n).map(|i| at(1 << i)).collect();
        let (low, high) = alone.split_at(n / 2);
        let (low, high) = (sums(low), sums(high));
        let mut values = vec![0.0; 1 << n];
        values.par_chunks_mut(low.len()).enumerate().for_each(|(h, values)| {
            if work.is_over() {
                return;
            }
            for (l, value) in values.iter_mut().enumerate() {
                let gain = at(h * low.len() + l).minus(&low[l].plus(&high[h]));
                *value = if shift == 0 {
                    gain.approximate()
                } else {
                    (gain.big() >> shift).approximate()
                };
            }
        });
        if work.is_over() {
            return None;
        }
        let largest = values.par_iter().map(|v| v.abs()).reduce(|| 0.0, f64::max);
        Some(Self { values, alone: alone.iter().map(Whole::big).collect(), shift, largest })
    }

    /// What players get over what they get alone: of payoffs times `scale`.
    fn over_alone<T: Whole>(&self, x: &[T], scale: &IBig) -> Vec<f64> {
        let unit = RBig::from(scale << self.shift);
        let over = |(x, alone): (&T, &IBig)| {
            (RBig::from(x.big() - alone * scale) / &unit).to_f64().value()
        };
        x.iter().zip(&self.alone).map(over).collect()
    }
}

/// The rows of a level, all in whole numbers.
struct LevelRows<'a, T> {
    worths: &'a ExactTable,
    scale: &'a Scale,
    factor: T,
    settled: HashMap<Coalition, T>,
    span: &'a Span,
    work: &'a Work<'a>,
}

impl<T: Whole> LevelRows<'_, T> {
    fn worth(&self, bits: usize) -> T {
        T::numerator(self.worths.numerators(), bits).times(&self.factor)
    }
}

impl<T: Whole> Rows<T> for LevelRows<'_, T> {
    fn floor(&self, row: Coalition) -> T {
        match self.settled.get(&row) {
            Some(value) => value.clone(),
            None => self.worth(row.without(self.worths.players()).bits() as usize),
        }
    }

    fn is_equality(&self, row: Coalition) -> bool {
        self.settled.contains_key(&row)
    }

    /// At most some, each one of the worst of those that agree on the upper half of the players.
    /// O(2^n).
    fn worst(&self, x: &[T], scale: i128) -> Option<Vec<Coalition>> {
        let n = self.worths.players();
        let (x, t) = (&x[..n], &x[n]);
        let whole = scale.big() * self.factor.big();
        let over = self.scale.over_alone(x, &whole);
        let level = (RBig::from(t.big()) / RBig::from(whole << self.scale.shift)).to_f64().value();
        // Off by more is no sum: each of n terms, their sums in two halves, and the worth.
        let size = over.iter().map(|x| x.abs()).sum::<f64>();
        let rounding =
            f64::EPSILON * 2.0 * ((n + 2) as f64 * size + level.abs() + 2.0 * self.scale.largest);
        let step = (STEP * self.scale.largest).max(f64::MIN_POSITIVE);
        let (low, high) = over.split_at(n / 2);
        let (low, high) = (sums(low), sums(high));
        let (exact_low, exact_high) = x.split_at(n / 2);
        let (exact_low, exact_high) = (sums(exact_low), sums(exact_high));
        let inside = inside(self.span);
        let block = low.len();
        let scan = |h: usize| -> Option<(i64, u64, Coalition)> {
            if self.work.is_over() {
                return None;
            }
            let values = &self.scale.values[h * block..(h + 1) * block];
            let most = level + high[h] - rounding;
            let over = || values.iter().zip(&low).map(|(v, sum)| v - sum);
            // The common case, in a loop without branches: nobody here complains.
            if rounding.is_finite()
                && over().fold(f64::NEG_INFINITY, |a, b| if b > a { b } else { a }) < most
            {
                return None;
            }
            let mut best: Option<(i64, u64, Coalition)> = None;
            for (l, over) in over().enumerate() {
                let bits = h * block + l;
                if over < most || bits == 0 {
                    continue;
                }
                let steps = ((over - level - high[h]) / step) as i64;
                let candidate = (-steps, scatter(bits as u64), Coalition(bits as u64));
                if best.is_some_and(|best| best < candidate) || inside(l, h) {
                    continue;
                }
                let is_short = over > level + high[h] + rounding || {
                    let paid = exact_low[l].plus(&exact_high[h]).plus(t);
                    paid < self.worth(bits).scaled(scale)
                };
                if is_short {
                    best = Some(candidate);
                }
            }
            best
        };
        let mut found: Vec<_> = if n < FEW {
            (0..high.len()).filter_map(scan).collect()
        } else {
            parallel(high.len(), scan).into_iter().flatten().collect()
        };
        if self.work.is_over() {
            return None;
        }
        found.sort_unstable();
        found.truncate(ROWS_PER_PLAYER * n);
        Some(found.into_iter().map(|(_, _, s)| s.with(n)).collect())
    }
}
