//! The numbers of the simplex: floats, or pairs of floats where these do not tell enough.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::tolerance::Tolerances;

/// A number of the simplex.
pub(super) trait Real:
    Copy
    + PartialOrd
    + From<f64>
    + Into<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// Probabilities and weights smaller than this are nought that was rounded.
    const NOUGHT: f64;

    /// The tolerances that go with these numbers.
    fn tolerances(usual: &Tolerances) -> Tolerances;

    /// Nought.
    fn zero() -> Self {
        Self::from(0.0)
    }

    /// Its size.
    fn size(self) -> Self {
        if self < Self::zero() { -self } else { self }
    }

    /// The order; what is not a number is equal to all.
    fn order(&self, other: &Self) -> Ordering {
        self.partial_cmp(other).unwrap_or(Ordering::Equal)
    }
}

impl Real for f64 {
    const NOUGHT: f64 = 1e-12;

    fn tolerances(usual: &Tolerances) -> Tolerances {
        *usual
    }
}

/// The sum of two floats, the second less than the rounding of the first: 32 digits (Dekker
/// 1971, *Numer. Math.* 18).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Wide {
    high: f64,
    low: f64,
}

impl Real for Wide {
    const NOUGHT: f64 = 1e-18;

    fn tolerances(usual: &Tolerances) -> Tolerances {
        Tolerances { optimality: 1e-17, feasibility: 1e-20, pivot: 1e-15, ..*usual }
    }
}

impl From<f64> for Wide {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

impl From<Wide> for f64 {
    fn from(number: Wide) -> Self {
        number.high + number.low
    }
}

impl Wide {
    /// The sum of two floats, the first of them the larger.
    fn of(larger: f64, smaller: f64) -> Self {
        let high = larger + smaller;
        Self { high, low: smaller - (high - larger) }
    }
}

impl Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let part = sum - self.high;
        let lost = (self.high - (sum - part)) + (other.high - part);
        Self::of(sum, lost + (self.low + other.low))
    }
}

impl Neg for Wide {
    type Output = Self;

    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for Wide {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Wide {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = self.high * other.high;
        let lost = self.high.mul_add(other.high, -product);
        Self::of(product, lost + (self.high * other.low + self.low * other.high))
    }
}

impl Div for Wide {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * first.into();
        let second = rest.high / other.high;
        let rest = rest - other * second.into();
        Self::of(first, second) + Self::from(rest.high / other.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_what_floats_lose() {
        let [one, tiny] = [1.0, 1e-25].map(Wide::from);
        assert_eq!(one + tiny - one, tiny);
        assert!(one + tiny > one && one - tiny < one && (tiny - one).size() < one);
        let third = one / 3.0.into();
        let off: f64 = (third * 3.0.into() - one).size().into();
        assert!(off < 1e-31, "{off}");
        let root = Wide::from(2f64.sqrt());
        // Newton's step from 16 digits gives 32.
        let root = (root + Wide::from(2.0) / root) * 0.5.into();
        let off: f64 = (root * root - 2.0.into()).size().into();
        assert!(off < 1e-30, "{off}");
    }
}
