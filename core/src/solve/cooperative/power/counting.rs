//! Numbers of sets of players by size and by weight, exact: the dynamic programme behind all
//! power indices of weighted majority games (Mann & Shapley 1962; Lucas 1983).
//!
//! Definition: `c(s, x)` is the number of sets of `s` players with weight `x`, for `x` below
//! the quota. Method: one pass over the table for each player; numbers are integers of `L`
//! 64-bit limbs, modulo `2^(64 L)`, so that nothing is lost as long as what is asked for in
//! the end fits. All sizes of one weight lie side by side, and each weight remembers the range of
//! sizes that it has. All operations are linear, so a table started with ones holds the numbers
//! of sets of weight *at most* `x`.
//!
//! A player is never taken out of the table: the sets without player `i` of weight `w` are
//! `c₋ᵢ(s, x) = Σ_k (−1)^k c(s−k, x−k·w)`, and with the cumulative table the sets in a window
//! of weights cost O(sizes · q/w) for all sizes at once instead of a pass.
//! Cost: O(n · sizes · q) for the table. Limits: [`MOST_BYTES`] of memory.

use dashu_int::UBig;

use crate::error::{Error, ErrorKind, Result};
use crate::work::Work;

/// The most memory that a table of numbers takes.
pub(super) const MOST_BYTES: u64 = 2 << 30;

/// So many words of 64 coalitions are gone through between two looks at the clock.
pub(super) const WORDS_AT_ONCE: usize = 1 << 12;

/// An integer modulo `2^(64 L)`, the lowest limb first.
pub(super) type Limbs<const L: usize> = [u64; L];

#[inline(always)]
pub(super) fn add<const L: usize>(sum: &mut Limbs<L>, term: &Limbs<L>) {
    let mut carry = 0;
    for (s, t) in sum.iter_mut().zip(term) {
        let wide = u128::from(*s) + u128::from(*t) + carry;
        *s = wide as u64;
        carry = wide >> 64;
    }
}

#[inline(always)]
pub(super) fn subtract<const L: usize>(sum: &mut Limbs<L>, term: &Limbs<L>) {
    let mut borrow = false;
    for (s, t) in sum.iter_mut().zip(term) {
        let (x, first) = s.overflowing_sub(*t);
        let (x, second) = x.overflowing_sub(u64::from(borrow));
        *s = x;
        borrow = first | second;
    }
}

pub(super) fn big<const L: usize>(number: &Limbs<L>) -> UBig {
    number.iter().rev().fold(UBig::ZERO, |sum, &limb| (sum << 64usize) + UBig::from(limb))
}

/// Whether a count would take too much memory: nothing else speaks against other ways.
pub(super) fn is_too_large<T>(counted: &Result<T>) -> bool {
    counted.as_ref().is_err_and(|error| matches!(error.kind(), ErrorKind::TooLarge { .. }))
}

/// Runs a function generic over the number of limbs with enough of them for `bits` bits.
macro_rules! with_limbs {
    ($bits:expr, $function:ident ( $($argument:expr),* )) => {
        match $bits {
            0..=64 => $function::<1>($($argument),*),
            65..=128 => $function::<2>($($argument),*),
            129..=192 => $function::<3>($($argument),*),
            193..=256 => $function::<4>($($argument),*),
            257..=384 => $function::<6>($($argument),*),
            385..=512 => $function::<8>($($argument),*),
            513..=1024 => $function::<16>($($argument),*),
            bits => Err($crate::error::Error::too_large(
                format!("numbers of coalitions of {bits} bits"),
                "1024 bits",
                "keep at most 1000 players",
            )),
        }
    };
}
pub(super) use with_limbs;

/// `c(s, x)` for `s` below `rows` and `x` below `width`.
pub(super) struct Counts<const L: usize> {
    rows: usize,
    /// The sizes of weight 0, then those of weight 1, and so on.
    cells: Vec<Limbs<L>>,
    /// For each weight the range of sizes outside which all numbers are 0; empty if `lo > hi`.
    range: Vec<(usize, usize)>,
}

/// So many weights are gone through between two looks at the clock.
const WEIGHTS_AT_ONCE: usize = 256;

impl<const L: usize> Counts<L> {
    /// The table before any player: the empty set, of weight 0; cumulative, of weight at most
    /// `x` for every `x`.
    pub(super) fn new(rows: usize, width: u64, cumulative: bool) -> Result<Self> {
        let bytes = (rows as u64).saturating_mul(width).saturating_mul(8 * L as u64);
        if bytes > MOST_BYTES {
            return Err(Error::too_large(
                format!(
                    "numbers of coalitions by {rows} sizes and {width} weights, {} GB of memory",
                    bytes.div_ceil(1 << 30)
                ),
                format!("{} GB", MOST_BYTES >> 30),
                "give weights with fewer digits",
            ));
        }
        let width = width as usize;
        let mut cells = vec![[0; L]; rows * width];
        let mut range = vec![(1, 0); width];
        let filled = if cumulative { width } else { 1 };
        for (cell, range) in cells.chunks_exact_mut(rows).zip(&mut range).take(filled) {
            cell[0][0] = 1;
            *range = (0, 0);
        }
        Ok(Self { rows, cells, range })
    }

    fn width(&self) -> usize {
        self.range.len()
    }

    /// All sizes of weight `x`, and those of weight `x − weight`.
    fn pair(&mut self, x: usize, weight: usize) -> (&mut [Limbs<L>], &[Limbs<L>]) {
        let (below, from) = self.cells.split_at_mut(x * self.rows);
        (&mut from[..self.rows], &below[(x - weight) * self.rows..][..self.rows])
    }

    /// That weight `x` has all sizes from `low` to `high` now.
    fn widen(&mut self, x: usize, low: usize, high: usize) {
        let (lowest, highest) = &mut self.range[x];
        let none = *lowest > *highest;
        *lowest = if none { low } else { low.min(*lowest) };
        *highest = if none { high } else { high.max(*highest) };
    }

    /// Adds a player whose membership counts towards the size.
    pub(super) fn add(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for x in (weight..self.width()).rev() {
            if x % WEIGHTS_AT_ONCE == 0 {
                work.in_time()?;
            }
            let (low, high) = self.range[x - weight];
            let high = high.min(self.rows.saturating_sub(2));
            if low > high || self.rows < 2 {
                continue;
            }
            if weight == 0 {
                let row = &mut self.cells[x * self.rows..][..self.rows];
                for size in (low..=high).rev() {
                    let term = row[size];
                    add(&mut row[size + 1], &term);
                }
            } else {
                let (target, source) = self.pair(x, weight);
                for (t, s) in target[low + 1..=high + 1].iter_mut().zip(&source[low..=high]) {
                    add(t, s);
                }
            }
            self.widen(x, low + 1, high + 1);
        }
        Ok(())
    }

    /// Takes a player of some weight out that [`Self::add`] put in.
    pub(super) fn remove(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for x in weight..self.width() {
            if x % WEIGHTS_AT_ONCE == 0 {
                work.in_time()?;
            }
            let (target, source) = self.pair(x, weight);
            for (t, s) in target[1..].iter_mut().zip(source) {
                subtract(t, s);
            }
        }
        Ok(())
    }

    /// Adds a player of some weight whose membership counts towards the weight alone.
    pub(super) fn add_unsized(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for x in (weight..self.width()).rev() {
            if x % WEIGHTS_AT_ONCE == 0 {
                work.in_time()?;
            }
            self.include(x, weight);
        }
        Ok(())
    }

    /// Adds the numbers of weight `x − weight` to those of weight `x`.
    fn include(&mut self, x: usize, weight: usize) {
        let (low, high) = self.range[x - weight];
        if low > high {
            return;
        }
        let (target, source) = self.pair(x, weight);
        for (t, s) in target[low..=high].iter_mut().zip(&source[low..=high]) {
            add(t, s);
        }
        self.widen(x, low, high);
    }

    /// The number at a size and weight, 0 outside the table.
    #[inline]
    pub(super) fn at(&self, size: usize, weight: i64) -> Limbs<L> {
        match usize::try_from(weight) {
            Ok(x) if x < self.width() && size < self.rows => self.cells[x * self.rows + size],
            _ => [0; L],
        }
    }

    /// In a cumulative table: the number of sets of `size` players of weight `from..=to`.
    pub(super) fn window(&self, size: usize, from: i64, to: i64) -> Limbs<L> {
        let mut number = self.at(size, to);
        subtract(&mut number, &self.at(size, from - 1));
        number
    }

    /// In a cumulative table, for each size: the number of sets without one player of weight `w`
    /// above 0, the others' weights in `from..=to`:
    /// `Σ_k (−1)^k [C(s−k, to−k·w) − C(s−k, from−1−k·w)]`. O(sizes · q/w).
    pub(super) fn without(&self, weight: u64, from: i64, to: i64) -> Vec<Limbs<L>> {
        let mut sums = vec![[0; L]; self.rows];
        for (end, begins) in [(to, true), (from - 1, false)] {
            let Ok(mut x) = usize::try_from(end) else { continue };
            let mut adds = begins;
            for k in 0..self.rows {
                if x < self.width() {
                    let row = &self.cells[x * self.rows..][..self.rows - k];
                    for (sum, term) in sums[k..].iter_mut().zip(row) {
                        if adds { add(sum, term) } else { subtract(sum, term) }
                    }
                }
                adds = !adds;
                let Some(next) = x.checked_sub(weight as usize) else { break };
                x = next;
            }
        }
        sums
    }

    /// The weight, if the table reaches so far.
    fn inside(&self, weight: u64) -> Option<usize> {
        usize::try_from(weight).ok().filter(|&w| w < self.width())
    }
}
