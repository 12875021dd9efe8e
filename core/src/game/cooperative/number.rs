//! Exact numbers of cooperative games: rational values of all coalitions over one common
//! denominator, so that every comparison is one of integers.
//!
//! Method: the numerators are kept in the narrowest of three widths (64 bits, 128 bits, any)
//! in which the sum of all of them still fits its accumulator; the width is chosen once and
//! algorithms are generic over it.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::exact::least_multiple;

/// Numerators below this in size are kept in 64 bits: four of them can be added.
const SMALL: u64 = 1 << 61;
/// Numerators below this in size are kept in 128 bits: 2^30 of them can be added.
const WIDE: u128 = 1 << 92;
/// The longest common denominator, in bits.
const LONGEST_DENOMINATOR: usize = 1 << 13;

/// A value that coalitions can have: something that adds up and compares.
pub trait Amount: Clone + PartialOrd + Send + Sync {
    /// What sums over up to 2^30 coalitions are kept in.
    type Sum: Clone + Send + Sync;

    /// Zero.
    fn zero() -> Self;
    /// The sum of two; of four at most in a row.
    fn plus(&self, other: &Self) -> Self;
    /// The difference of two.
    fn minus(&self, other: &Self) -> Self;
    /// The empty sum.
    fn empty_sum() -> Self::Sum;
    /// Adds the value to a sum.
    fn add_to(&self, sum: &mut Self::Sum);
    /// Adds one sum to another.
    fn join(sum: &mut Self::Sum, other: &Self::Sum);
    /// The value, rounded.
    fn approximate(&self) -> f64;
}

macro_rules! plain_amount {
    ($type:ty, $sum:ty) => {
        impl Amount for $type {
            type Sum = $sum;

            fn zero() -> Self {
                0 as $type
            }
            #[inline(always)]
            fn plus(&self, other: &Self) -> Self {
                self + other
            }
            #[inline(always)]
            fn minus(&self, other: &Self) -> Self {
                self - other
            }
            fn empty_sum() -> $sum {
                0 as $sum
            }
            #[inline(always)]
            fn add_to(&self, sum: &mut $sum) {
                *sum += *self as $sum;
            }
            #[inline(always)]
            fn join(sum: &mut $sum, other: &$sum) {
                *sum += other;
            }
            fn approximate(&self) -> f64 {
                *self as f64
            }
        }
    };
}

plain_amount!(f64, f64);
plain_amount!(i64, i128);
plain_amount!(i128, i128);

impl Amount for IBig {
    type Sum = IBig;

    fn zero() -> Self {
        IBig::ZERO
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn empty_sum() -> IBig {
        IBig::ZERO
    }
    fn add_to(&self, sum: &mut IBig) {
        *sum += self;
    }
    fn join(sum: &mut IBig, other: &IBig) {
        *sum += other;
    }
    fn approximate(&self) -> f64 {
        self.to_f64().value()
    }
}

/// Integers, in the narrowest width that holds them all and their sums.
#[derive(Debug, Clone, PartialEq)]
pub enum Numerators {
    /// Each below 2^61 in size.
    Small(Vec<i64>),
    /// Each below 2^92 in size.
    Wide(Vec<i128>),
    /// Of any size.
    Big(Vec<IBig>),
}

/// Runs one expression with the numerators as a slice of whichever width they have.
macro_rules! with_numerators {
    ($numerators:expr, $values:ident => $body:expr) => {
        match $numerators {
            $crate::game::cooperative::number::Numerators::Small($values) => $body,
            $crate::game::cooperative::number::Numerators::Wide($values) => $body,
            $crate::game::cooperative::number::Numerators::Big($values) => $body,
        }
    };
}
pub(crate) use with_numerators;

impl Numerators {
    /// The numerators, in the narrowest width.
    pub fn new(values: Vec<IBig>) -> Self {
        let narrow = |v: &IBig| i128::try_from(v).ok().filter(|v| v.unsigned_abs() < WIDE);
        match values.iter().map(narrow).collect::<Option<Vec<i128>>>() {
            Some(wide) => Self::from_wide(wide),
            None => Self::Big(values),
        }
    }

    /// The numerators from 128-bit integers below 2^92 in size, narrowed if they can be.
    #[doc(hidden)]
    pub fn from_wide(wide: Vec<i128>) -> Self {
        if wide.iter().all(|v| v.unsigned_abs() < u128::from(SMALL)) {
            Self::Small(wide.into_iter().map(|v| v as i64).collect())
        } else {
            Self::Wide(wide)
        }
    }

    /// Whether a numerator of this size fits 64 bits.
    pub(crate) fn fits_small(largest: u128) -> bool {
        largest < u128::from(SMALL)
    }

    /// Whether a numerator of this size fits 128 bits.
    #[doc(hidden)]
    pub fn fits_wide(largest: u128) -> bool {
        largest < WIDE
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        with_numerators!(self, v => v.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The numerator at an index.
    pub fn get(&self, index: usize) -> IBig {
        match self {
            Self::Small(v) => v[index].into(),
            Self::Wide(v) => v[index].into(),
            Self::Big(v) => v[index].clone(),
        }
    }

    /// The bits of the largest of them in size. O(len).
    pub fn bit_len(&self) -> usize {
        let of = |largest: Option<u128>| largest.map_or(0, |size| size.bit_len());
        match self {
            Self::Small(v) => of(v.iter().map(|x| x.unsigned_abs().into()).max()),
            Self::Wide(v) => of(v.iter().map(|x| x.unsigned_abs()).max()),
            Self::Big(v) => v.iter().map(BitTest::bit_len).max().unwrap_or(0),
        }
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        match self {
            Self::Small(v) => Self::Small(v.iter().map(|x| -x).collect()),
            Self::Wide(v) => Self::Wide(v.iter().map(|x| -x).collect()),
            Self::Big(v) => Self::Big(v.iter().map(|x| -x).collect()),
        }
    }
}

/// The least common denominator of some numbers.
///
/// # Errors
/// If it has more than 2^13 bits.
pub fn common_denominator<'a>(values: impl IntoIterator<Item = &'a RBig>) -> Result<UBig> {
    let mut common = UBig::ONE;
    for value in values {
        let below = value.denominator();
        if !(&common % below).is_zero() {
            common = least_multiple(&common, below);
            if common.bit_len() > LONGEST_DENOMINATOR {
                return Err(Error::too_large(
                    "the fractions have a common denominator of thousands of digits",
                    format!("{LONGEST_DENOMINATOR} bits"),
                    "give the values as decimals",
                ));
            }
        }
    }
    Ok(common)
}

/// `value · denominator`, where that is an integer: the denominator is a multiple of the
/// value's own.
pub fn numerator_over(value: &RBig, denominator: &UBig) -> IBig {
    value.numerator() * IBig::from(denominator / value.denominator())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerators_take_the_narrowest_width() {
        let of = |v: &str| Numerators::new(vec![IBig::from_str_radix(v, 10).unwrap()]);
        assert!(matches!(of("-12"), Numerators::Small(_)));
        assert!(matches!(of("12000000000000000000000"), Numerators::Wide(_)));
        assert!(matches!(of(&"9".repeat(40)), Numerators::Big(_)));
        assert_eq!(of(&"9".repeat(40)).negated().get(0), -of(&"9".repeat(40)).get(0));
    }
}
