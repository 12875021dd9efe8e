//! Numbers of sets of players by size and weight, modulo one number; and a number from what is
//! left of it modulo several.

use std::ops::Range;

use dashu_int::UBig;

/// Moduli are below this, so that the sum of two residues fits 64 bits.
const BELOW: u64 = 1 << 62;
/// The bits that each modulus tells of a number.
const BITS: usize = 61;

/// Numbers without a common divisor, two by two, whose product is at least `2^bits`.
pub(super) fn moduli(bits: usize) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    let mut next = BELOW;
    while found.len() * BITS < bits.max(1) {
        next -= 1;
        if found.iter().all(|&m| divisor(m, next) == 1) {
            found.push(next);
        }
    }
    found
}

fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The least number with these residues, by Garner's mixed digits. O(moduli²).
pub(super) fn combined(residues: &[u64], moduli: &[u64]) -> UBig {
    let (mut number, mut product) = (UBig::ZERO, UBig::ONE);
    for (&residue, &modulus) in residues.iter().zip(moduli) {
        let of = |x: &UBig| u64::try_from(x % UBig::from(modulus)).unwrap_or(0);
        let ring = Ring(modulus);
        let missing = ring.minus(residue, of(&number));
        let digit = ring.times(missing, ring.inverse(of(&product)));
        number += &product * UBig::from(digit);
        product *= UBig::from(modulus);
    }
    number
}

/// Arithmetic modulo a number below 2^62.
#[derive(Clone, Copy)]
pub(super) struct Ring(pub(super) u64);

impl Ring {
    pub(super) fn plus(self, a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum < self.0 { sum } else { sum - self.0 }
    }

    pub(super) fn minus(self, a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + self.0 - b }
    }

    pub(super) fn times(self, a: u64, b: u64) -> u64 {
        (u128::from(a) * u128::from(b) % u128::from(self.0)) as u64
    }

    /// The inverse of a number that has no divisor in common with the modulus (Euclid).
    fn inverse(self, of: u64) -> u64 {
        let modulus = i128::from(self.0);
        let (mut high, mut low) = ((modulus, 0i128), (i128::from(of), 1i128));
        while low.0 > 0 {
            let times = high.0 / low.0;
            (high, low) = (low, (high.0 - times * low.0, high.1 - times * low.1));
        }
        high.1.rem_euclid(modulus) as u64
    }
}

/// `c(s, x)`: how many sets have `s` members that count and weight `x`, for `x` below the width.
pub(super) struct Sets {
    ring: Ring,
    width: usize,
    cells: Vec<u64>,
    reach: Reach,
}

/// Of each size the weights outside which there are no sets.
pub(super) struct Reach(Vec<Range<usize>>);

impl Reach {
    /// Of the empty set alone.
    pub(super) fn new(rows: usize) -> Self {
        Self((0..rows).map(|size| 0..usize::from(size == 0)).collect())
    }

    /// With a player that counts, for weights below the width. `take` is called for each size, the
    /// largest first, with the weights that it takes over from the size below it.
    pub(super) fn include(
        &mut self,
        weight: usize,
        width: usize,
        mut take: impl FnMut(usize, Range<usize>),
    ) {
        for size in (1..self.0.len()).rev() {
            let from = self.0[size - 1].clone();
            let from = from.start..from.end.min(width.saturating_sub(weight));
            if !from.is_empty() {
                let more = from.start + weight..from.end + weight;
                let own = &mut self.0[size];
                *own = match own.start < own.end {
                    true => own.start.min(more.start)..own.end.max(more.end),
                    false => more,
                };
                take(size, from);
            }
        }
    }

    /// How many cells there are within it.
    pub(super) fn cells(&self) -> u64 {
        self.0.iter().map(|row| row.len() as u64).sum()
    }
}

impl Sets {
    /// The empty set alone.
    pub(super) fn new(modulus: u64, rows: usize, width: usize) -> Self {
        let mut cells = vec![0; rows * width];
        cells[0] = 1;
        Self { ring: Ring(modulus), width, cells, reach: Reach::new(rows) }
    }

    pub(super) fn ring(&self) -> Ring {
        self.ring
    }

    fn rows(&self) -> usize {
        self.cells.len() / self.width
    }

    pub(super) fn row(&self, size: usize) -> &[u64] {
        &self.cells[size * self.width..][..self.width]
    }

    /// The table times `1 + z·x^w`: a player that counts.
    pub(super) fn include(&mut self, weight: usize) {
        let (ring, width, cells) = (self.ring, self.width, &mut self.cells);
        self.reach.include(weight, width, |size, from| {
            let (below, above) = cells.split_at_mut(size * width);
            let source = &below[(size - 1) * width..][from.clone()];
            let target = &mut above[from.start + weight..from.end + weight];
            for (to, from) in target.iter_mut().zip(source) {
                *to = ring.plus(*to, *from);
            }
        });
    }

    /// The table over `1 + x^w`: a player that does not count, and is in the table, goes.
    pub(super) fn exclude_uncounted(&mut self, weight: usize) {
        let (ring, width) = (self.ring, self.width);
        for (row, reach) in self.cells.chunks_exact_mut(width).zip(&self.reach.0) {
            for x in (reach.start + weight..reach.end).filter(|_| !reach.is_empty()) {
                row[x] = ring.minus(row[x], row[x - weight]);
            }
        }
    }

    /// The table times `1 + x^w`: a player that does not count.
    pub(super) fn include_uncounted(&mut self, weight: usize) {
        let (ring, width) = (self.ring, self.width);
        for (row, reach) in self.cells.chunks_exact_mut(width).zip(&mut self.reach.0) {
            if reach.start < reach.end {
                reach.end = width.min(reach.end + weight);
                for x in (reach.start + weight..reach.end).rev() {
                    row[x] = ring.plus(row[x], row[x - weight]);
                }
            }
        }
    }

    /// Of the table over `1 + z·x^w`, which leaves out one player of that weight, the sums over
    /// the weights from `from` on, by size.
    pub(super) fn sums_without(&self, weight: usize, from: usize) -> Vec<u64> {
        let ring = self.ring;
        let (mut smaller, mut reached) = (Vec::new(), 0..0);
        let mut sums = Vec::with_capacity(self.rows());
        for (size, reach) in self.reach.0.iter().enumerate() {
            let mut row = self.row(size)[reach.clone()].to_vec();
            // Both hold these weights: here with the player, there without it.
            let with = reach.start.max(reached.start + weight)..reach.end.min(reached.end + weight);
            if !with.is_empty() {
                let less = &smaller[with.start - weight - reached.start..];
                for (to, less) in
                    row[with.start - reach.start..].iter_mut().take(with.len()).zip(less)
                {
                    *to = ring.minus(*to, *less);
                }
            }
            let last = row.get(from.saturating_sub(reach.start)..).unwrap_or_default();
            sums.push(last.iter().fold(0, |sum, &cell| ring.plus(sum, cell)));
            (smaller, reached) = (row, reach.clone());
        }
        sums
    }

    /// The sums over all weights up to each.
    pub(super) fn accumulated(&self) -> Cumulative {
        let ring = self.ring;
        let mut cells = self.cells.clone();
        for row in cells.chunks_exact_mut(self.width) {
            let mut sum = 0;
            for cell in row {
                sum = ring.plus(sum, *cell);
                *cell = sum;
            }
        }
        Cumulative { ring, width: self.width, cells }
    }
}

/// How many sets have `s` members that count and weight at most `x`.
pub(super) struct Cumulative {
    ring: Ring,
    width: usize,
    cells: Vec<u64>,
}

impl Cumulative {
    /// The sets of a size with weight in `from..=to`, which lies below the width.
    pub(super) fn window(&self, size: usize, from: i64, to: i64) -> u64 {
        let up_to = |x: i64| match usize::try_from(x) {
            Ok(x) => self.cells[size * self.width + x.min(self.width - 1)],
            Err(_) => 0,
        };
        self.ring.minus(up_to(to), up_to(from - 1))
    }

    /// The same without one player of this weight that counts: `1/(1 + z·x^w)` is the series
    /// `Σ (−z·x^w)^k`. O(size), or less where the window is left.
    pub(super) fn window_without(&self, weight: i64, size: usize, from: i64, to: i64) -> u64 {
        let mut sum = 0;
        for k in 0..=size {
            let shift = weight * k as i64;
            if to < shift {
                break;
            }
            let term = self.window(size - k, from - shift, to - shift);
            let ring = self.ring;
            sum = if k % 2 == 0 { ring.plus(sum, term) } else { ring.minus(sum, term) };
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_from_their_residues() {
        let moduli = moduli(300);
        assert_eq!(moduli.len(), 5);
        let number = UBig::from(12_345_678_901_234_567u64).pow(5);
        let residue = |&m: &u64| u64::try_from(&number % UBig::from(m)).unwrap();
        let residues: Vec<u64> = moduli.iter().map(residue).collect();
        assert_eq!(combined(&residues, &moduli), number);
    }
}
