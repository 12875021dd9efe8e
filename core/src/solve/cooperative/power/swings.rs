//! Swings of weighted majority games of hundreds of players: the sets of players by size and
//! weight, counted in digits of 48 bits.
//!
//! Definition: `c(s, x)` is the number of sets of `s` players with weight `x`, for `x` below the
//! quota. Method: players enter in the order of rising weight, so that a size has no weight below
//! that of the first so many players and none above that of the last that are in. The numbers
//! lie in planes, one for each digit, and a player is added to a plane without a look at the
//! others: what a digit has above 48 bits is carried on after [`AT_ONCE`] players. Planes of high
//! digits hold only the sizes that have such numbers. A few players go down the sizes together,
//! each one size behind the one before, so that the rows are in the cache.
//!
//! The sets without one player of weight `w` are `c₋ᵢ(s, x) = Σ_k (−1)^k c(s−k, x−k·w)`; with
//! numbers of sets of weight at most `x` those in a window cost O(q/w) for each size.
//! Cost: O(n · sizes · q) additions of as many digits as the numbers have at that time.

use dashu_int::IBig;
use rayon::prelude::*;

use super::counting::MOST_BYTES;
use crate::error::{Error, Result};
use crate::work::{Work, parallel};

const BITS: usize = 48;
const DIGIT: u64 = (1 << BITS) - 1;
/// So many players are added before digits are carried: each at most doubles a number.
const AT_ONCE: usize = 12;
/// So many of these go down the sizes together.
const TOGETHER: usize = 4;

/// A digit of all numbers: for each size the weights from its least on; none if all are 0.
type Plane = Vec<Vec<u64>>;

/// The numbers of sets by size and weight.
struct Sets {
    planes: Vec<Plane>,
    /// Of each size the least weight, and how many weights it has.
    rows: Vec<(usize, usize)>,
}

/// The number of sets with weight in `q − w .. q`, by size and without one player of weight `w`,
/// for each different weight `w` above 0 of `rising`, with that weight. The numbers are below
/// `2^bits`.
///
/// # Errors
/// If the table takes more than [`MOST_BYTES`], or the time is up.
pub(super) fn swings(
    rising: &[u64],
    q: u64,
    bits: usize,
    work: &Work,
) -> Result<Vec<(u64, Vec<IBig>)>> {
    let mut sets = Sets::new(rising, q, bits)?;
    let sums = sums(rising);
    for (at, players) in rising.chunks(AT_ONCE).enumerate() {
        work.in_time()?;
        sets.add(players, at * AT_ONCE, &sums, q, work)?;
        sets.carry();
        work.advance(players.len() as u64);
    }
    sets.accumulate();
    let mut kinds: Vec<usize> = rising.iter().filter(|&&w| w > 0).map(|&w| w as usize).collect();
    kinds.dedup();
    let by_digit = parallel(sets.planes.len(), |k| {
        work.in_time()?;
        let without = |&w: &usize| without(&sets.planes[k], &sets.rows, w, q as usize - 1);
        Ok(kinds.iter().map(without).collect())
    });
    let by_digit: Vec<Vec<Vec<i64>>> = by_digit.into_iter().collect::<Result<_>>()?;
    let number = |kind: usize, size: usize| {
        let digits = by_digit.iter().rev().map(|of_kinds| of_kinds[kind][size]);
        digits.fold(IBig::ZERO, |number, digit| (number << BITS) + IBig::from(digit))
    };
    let of_kind = |(kind, &w): (usize, &usize)| {
        (w as u64, (0..sets.rows.len()).map(|size| number(kind, size)).collect())
    };
    Ok(kinds.iter().enumerate().map(of_kind).collect())
}

/// The weights of the first so many players.
fn sums(rising: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let next = rising.iter().map(|&w| {
        sum += w;
        sum
    });
    std::iter::once(0).chain(next).collect()
}

impl Sets {
    /// The empty set.
    fn new(rising: &[u64], q: u64, bits: usize) -> Result<Self> {
        let (n, sums) = (rising.len(), sums(rising));
        let row = |size: usize| {
            let most = (sums[n] - sums[n - size]).min(q - 1);
            (sums[size] as usize, (most - sums[size]) as usize + 1)
        };
        let rows: Vec<_> = (0..n).take_while(|&size| sums[size] < q).map(row).collect();
        let cells = rows.iter().fold(0u64, |sum, (_, width)| sum.saturating_add(*width as u64));
        // The table, and the swings of each player in the end.
        let swings = (n * n * (bits / 8 + 32)) as u64;
        let bytes = cells.saturating_mul(8 * bits.div_ceil(BITS) as u64).saturating_add(swings);
        if bytes > MOST_BYTES {
            return Err(Error::too_large(
                format!(
                    "numbers of coalitions by {} sizes and {q} weights, {} GB of memory",
                    rows.len(),
                    bytes.div_ceil(1 << 30)
                ),
                format!("{} GB", MOST_BYTES >> 30),
                "give weights with fewer digits, or fewer players",
            ));
        }
        let mut sets = Self { planes: vec![vec![Vec::new(); rows.len()]], rows };
        sets.planes[0][0] = vec![1; 1];
        Ok(sets)
    }

    /// Adds players that follow on the first `known`.
    fn add(
        &mut self,
        players: &[u64],
        known: usize,
        sums: &[u64],
        q: u64,
        work: &Work,
    ) -> Result<()> {
        let rows = &self.rows;
        let sizes = rows.len();
        self.planes.par_iter_mut().try_for_each(|plane| {
            for (at, together) in players.chunks(TOGETHER).enumerate() {
                let known = known + at * TOGETHER;
                let most = sizes.min(known + together.len() + 1) - 1;
                for step in 0..most + together.len() {
                    work.in_time()?;
                    for (place, &weight) in together.iter().enumerate() {
                        let (size, known) = ((most + place).wrapping_sub(step), known + place);
                        if (1..=most.min(known + 1)).contains(&size) && weight < q {
                            // The heaviest set of one player less.
                            let heaviest = sums[known] - sums[known + 1 - size];
                            let (least, width) = rows[size - 1];
                            let last = heaviest.min(q - 1 - weight) as usize;
                            if last >= least && !plane[size - 1].is_empty() {
                                let (below, from) = plane.split_at_mut(size);
                                let to = &mut from[0];
                                if to.is_empty() {
                                    to.resize(rows[size].1, 0);
                                }
                                let source = &below[size - 1][..width.min(last - least + 1)];
                                let shift = least + weight as usize - rows[size].0;
                                let cells = to[shift..].iter_mut().zip(source);
                                cells.for_each(|(cell, more)| *cell += more);
                            }
                        }
                    }
                }
            }
            Ok(())
        })
    }

    /// Carries what digits have above their bits to the next.
    fn carry(&mut self) {
        for size in 0..self.rows.len() {
            let mut digit = 0;
            while digit < self.planes.len() && !self.planes[digit][size].is_empty() {
                if self.planes[digit][size].iter().fold(0, |all, cell| all | cell) > DIGIT {
                    self.open(digit + 1, size);
                    let (low, high) = self.planes.split_at_mut(digit + 1);
                    for (cell, next) in low[digit][size].iter_mut().zip(&mut high[0][size]) {
                        *next += *cell >> BITS;
                        *cell &= DIGIT;
                    }
                }
                digit += 1;
            }
        }
    }

    /// Makes room for a digit of a size.
    fn open(&mut self, digit: usize, size: usize) {
        if digit == self.planes.len() {
            self.planes.push(vec![Vec::new(); self.rows.len()]);
        }
        self.planes[digit][size].resize(self.rows[size].1, 0);
    }

    /// Sums over the weights: the numbers of sets of weight at most `x`.
    fn accumulate(&mut self) {
        for size in 0..self.rows.len() {
            let mut carried = vec![0; self.rows[size].1];
            let mut digit = 0;
            while digit < self.planes.len() && !self.planes[digit][size].is_empty()
                || carried.iter().any(|&more| more > 0)
            {
                self.open(digit, size);
                let mut sum = 0u128;
                for (cell, more) in self.planes[digit][size].iter_mut().zip(&mut carried) {
                    sum += u128::from(*cell);
                    let whole = sum + u128::from(*more);
                    *more = (whole >> BITS) as u64;
                    *cell = whole as u64 & DIGIT;
                }
                digit += 1;
            }
        }
    }
}

/// A digit of the number of sets that weigh more than `last − w` and at most `last`, by size and
/// without one player of weight `w`; it may be below 0 or above 48 bits.
fn without(plane: &Plane, rows: &[(usize, usize)], weight: usize, last: usize) -> Vec<i64> {
    let mut sums = vec![0; rows.len()];
    for (size, row) in plane.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let (least, width) = rows[size];
        let mut x = last.wrapping_sub(least);
        let mut high = row[x.min(width - 1)] as i64;
        let mut sign = 1;
        for sum in &mut sums[size..] {
            let next = x.checked_sub(weight);
            let low = next.map_or(0, |x| row[x.min(width - 1)] as i64);
            *sum += sign * (high - low);
            let Some(next) = next else { break };
            (x, high, sign) = (next, low, -sign);
        }
    }
    sums
}
