//! Numbers of sets of players by size and by weight, exact: the dynamic programme behind all
//! power indices of weighted majority games (Mann & Shapley 1962; Lucas 1983).
//!
//! Definition: `c(s, x)` is the number of sets of `s` players with weight `x`, for `x` below
//! the quota. Method: one pass over the table for each player; numbers are integers of `L`
//! 64-bit limbs, modulo `2^(64 L)`, so that nothing is lost as long as what is asked for in
//! the end fits. Rows remember the range of weights that they reach. All operations are
//! linear, so a table started with ones holds the numbers of sets of weight *at most* `x`.
//!
//! A player is never taken out of the table: the sets without player `i` of weight `w` are
//! `c₋ᵢ(s, x) = Σ_k (−1)^k c(s−k, x−k·w)`, and with the cumulative table the sets in a window
//! of weights cost O(s · q/w) in all instead of a pass.
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
    let mut carry = false;
    for (s, t) in sum.iter_mut().zip(term) {
        let (x, first) = s.overflowing_add(*t);
        let (x, second) = x.overflowing_add(u64::from(carry));
        *s = x;
        carry = first | second;
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
    width: usize,
    cells: Vec<Limbs<L>>,
    /// For each size the range of weights outside which all numbers are 0; empty if `lo > hi`.
    range: Vec<(usize, usize)>,
}

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
        let mut range = vec![(1, 0); rows];
        let filled = if cumulative { width } else { 1 };
        for cell in &mut cells[..filled] {
            cell[0] = 1;
        }
        range[0] = (0, filled - 1);
        Ok(Self { width, cells, range })
    }

    fn rows(&self) -> usize {
        self.range.len()
    }

    /// Adds a player whose membership counts towards the size.
    pub(super) fn add(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for size in (1..self.rows()).rev() {
            work.in_time()?;
            let (low, high) = self.range[size - 1];
            let high = high.min(self.width - 1 - weight);
            if low > high {
                continue;
            }
            let (above, below) = self.cells.split_at_mut(size * self.width);
            let source = &above[(size - 1) * self.width..][low..=high];
            let target = &mut below[low + weight..=high + weight];
            for (t, s) in target.iter_mut().zip(source) {
                add(t, s);
            }
            let (lowest, highest) = &mut self.range[size];
            if *lowest > *highest {
                (*lowest, *highest) = (low + weight, high + weight);
            } else {
                *lowest = (*lowest).min(low + weight);
                *highest = (*highest).max(high + weight);
            }
        }
        Ok(())
    }

    /// Takes a player out that [`Self::add`] put in.
    pub(super) fn remove(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for size in 1..self.rows() {
            work.in_time()?;
            let (above, below) = self.cells.split_at_mut(size * self.width);
            let source = &above[(size - 1) * self.width..][..self.width - weight];
            for (t, s) in below[weight..self.width].iter_mut().zip(source) {
                subtract(t, s);
            }
        }
        Ok(())
    }

    /// Adds a player whose membership counts towards the weight alone.
    pub(super) fn add_unsized(&mut self, weight: u64, work: &Work) -> Result<()> {
        let Some(weight) = self.inside(weight) else { return Ok(()) };
        for size in 0..self.rows() {
            work.in_time()?;
            let row = &mut self.cells[size * self.width..][..self.width];
            for x in (weight..row.len()).rev() {
                let term = row[x - weight];
                add(&mut row[x], &term);
            }
            let (low, high) = self.range[size];
            if low <= high {
                self.range[size] = (low, (high + weight).min(self.width - 1));
            }
        }
        Ok(())
    }

    /// Sums each row from the left, so that the table becomes the cumulative one.
    pub(super) fn accumulate(&mut self) {
        for (size, (low, high)) in self.range.iter_mut().enumerate() {
            if *low > *high {
                continue;
            }
            let row = &mut self.cells[size * self.width..][..self.width];
            let mut sum = [0; L];
            for cell in &mut row[*low..] {
                add(&mut sum, cell);
                *cell = sum;
            }
            *high = self.width - 1;
        }
    }

    /// The number at a size and weight, 0 outside the table.
    #[inline]
    pub(super) fn at(&self, size: usize, weight: i64) -> Limbs<L> {
        match usize::try_from(weight) {
            Ok(x) if x < self.width && size < self.rows() => self.cells[size * self.width + x],
            _ => [0; L],
        }
    }

    /// In a cumulative table: the number of sets of `size` players of weight `from..=to`.
    pub(super) fn window(&self, size: usize, from: i64, to: i64) -> Limbs<L> {
        let mut number = self.at(size, to);
        subtract(&mut number, &self.at(size, from - 1));
        number
    }

    /// In a cumulative table: the number of sets of `size` players without one of weight `w`,
    /// the others' weights in `from..=to`: `Σ_k (−1)^k [C(s−k, to−k·w) − C(s−k, from−1−k·w)]`.
    pub(super) fn without(&self, size: usize, weight: u64, from: i64, to: i64) -> Limbs<L> {
        let mut sum = [0; L];
        let step = weight as i64;
        let mut shift = 0;
        for k in 0..=size {
            if to < shift {
                break;
            }
            let upper = self.at(size - k, to - shift);
            let lower = self.at(size - k, from - 1 - shift);
            if k % 2 == 0 {
                add(&mut sum, &upper);
                subtract(&mut sum, &lower);
            } else {
                subtract(&mut sum, &upper);
                add(&mut sum, &lower);
            }
            shift += step;
        }
        sum
    }

    /// The weight, if the table reaches so far.
    fn inside(&self, weight: u64) -> Option<usize> {
        usize::try_from(weight).ok().filter(|&w| w < self.width)
    }
}
