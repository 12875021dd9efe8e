//! Whole numbers for exact programmes: 128 bits where that is enough, any size where it is not.

use std::hash::Hash;

use dashu_int::IBig;
use dashu_int::ops::{BitTest, Gcd};

use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{Amount, Numerators};

/// Values whose sums and minors' multiples stay in 128 bits have at most so many: for 24
/// players a minor of 0/1 vectors has 35, and sums of 24 × 24 of them 10 more.
const NARROW: usize = 80;

/// A whole number.
pub(in crate::solve) trait Whole: Amount + Ord + Hash {
    /// `self · by`.
    fn scaled(&self, by: i128) -> Self;
    /// The product.
    fn times(&self, other: &Self) -> Self;
    /// The greatest common divisor, 0 only of zeros.
    fn common(&self, other: &Self) -> Self;
    /// The quotient, of a multiple of `by`.
    fn divided(&self, by: &Self) -> Self;
    /// The number from any size; of one that fits.
    fn of(number: &IBig) -> Self;
    /// The number as one of any size.
    fn big(&self) -> IBig;
    /// The numerator at an index, which fits.
    fn numerator(numerators: &Numerators, index: usize) -> Self;
}

impl Whole for i128 {
    fn scaled(&self, by: i128) -> Self {
        self * by
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn common(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.unsigned_abs(), other.unsigned_abs());
        while b != 0 {
            // Most are small, and short division is several times faster.
            let rest = match (u64::try_from(a), u64::try_from(b)) {
                (Ok(a), Ok(b)) => u128::from(a % b),
                _ => a % b,
            };
            (a, b) = (b, rest);
        }
        a as i128
    }
    fn divided(&self, by: &Self) -> Self {
        if *by == 1 { *self } else { self / by }
    }
    fn of(number: &IBig) -> Self {
        i128::try_from(number).unwrap_or_default()
    }
    fn big(&self) -> IBig {
        IBig::from(*self)
    }
    #[inline]
    fn numerator(numerators: &Numerators, index: usize) -> Self {
        match numerators {
            Numerators::Small(v) => v[index].into(),
            Numerators::Wide(v) => v[index],
            Numerators::Big(v) => Self::of(&v[index]),
        }
    }
}

impl Whole for IBig {
    fn scaled(&self, by: i128) -> Self {
        self * IBig::from(by)
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn common(&self, other: &Self) -> Self {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => IBig::ZERO,
            _ => IBig::from(self.gcd(other)),
        }
    }
    fn divided(&self, by: &Self) -> Self {
        self / by
    }
    fn of(number: &IBig) -> Self {
        number.clone()
    }
    fn big(&self) -> IBig {
        self.clone()
    }
    fn numerator(numerators: &Numerators, index: usize) -> Self {
        numerators.get(index)
    }
}

/// The values of all coalitions, `factor · numerator − excess`.
pub(in crate::solve) struct Floors<'a> {
    numerators: &'a Numerators,
    factor: IBig,
    excess: IBig,
}

impl<'a> Floors<'a> {
    /// For these multiples.
    pub(in crate::solve) fn new(table: &'a ExactTable, factor: IBig, excess: IBig) -> Self {
        Self { numerators: table.numerators(), factor, excess }
    }

    /// Whether 128 bits are enough for a programme over them.
    pub(in crate::solve) fn are_narrow(&self) -> bool {
        let product = longest(self.numerators) + self.factor.bit_len();
        product.max(self.excess.bit_len()) < NARROW
    }

    /// Those of `narrow` values.
    pub(in crate::solve) fn narrow(&self) -> impl Fn(usize) -> i128 + Sync + use<'_> {
        let (factor, excess) = (i128::of(&self.factor), i128::of(&self.excess));
        move |at| i128::numerator(self.numerators, at) * factor - excess
    }

    /// Those of any.
    pub(in crate::solve) fn any(&self) -> impl Fn(usize) -> IBig + Sync + use<'_> {
        |at| self.numerators.get(at) * &self.factor - &self.excess
    }
}

/// The bits of the longest numerator. O(2^n).
pub(in crate::solve) fn longest(numerators: &Numerators) -> usize {
    let bits = |x: u128| (u128::BITS - x.leading_zeros()) as usize;
    match numerators {
        Numerators::Small(v) => v.iter().map(|x| bits(x.unsigned_abs().into())).max(),
        Numerators::Wide(v) => v.iter().map(|x| bits(x.unsigned_abs())).max(),
        Numerators::Big(v) => v.iter().map(BitTest::bit_len).max(),
    }
    .unwrap_or(0)
}
