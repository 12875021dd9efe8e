//! The numbers that a simplex dictionary is computed in: floats to search, rationals to answer.

use dashu_ratio::RBig;

/// What a dictionary is computed in.
pub(super) trait Number: Clone {
    /// Whether zero tests are exact.
    const EXACT: bool;
    fn zero() -> Self;
    fn one() -> Self;
    fn is_positive(&self) -> bool;
    fn is_negative(&self) -> bool;
    fn plus(&self, other: &Self) -> Self;
    fn minus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn over(&self, other: &Self) -> Self;
    fn less(&self, other: &Self) -> bool;
    /// Rough size, to prefer large pivots.
    fn size(&self) -> f64;
    fn is_zero(&self) -> bool {
        !self.is_positive() && !self.is_negative()
    }
}

/// Floats smaller than this are taken for zero in pivoting. Nothing is concluded from that
/// alone: prunings are proved from the game, answers computed in rationals.
pub(super) const SMALL: f64 = 1e-10;

impl Number for f64 {
    const EXACT: bool = false;
    fn zero() -> Self {
        0.0
    }
    fn one() -> Self {
        1.0
    }
    fn is_positive(&self) -> bool {
        *self > SMALL
    }
    fn is_negative(&self) -> bool {
        *self < -SMALL
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self / other
    }
    fn less(&self, other: &Self) -> bool {
        *self < *other - 1e-13
    }
    fn size(&self) -> f64 {
        self.abs()
    }
}

impl Number for RBig {
    const EXACT: bool = true;
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::ONE
    }
    fn is_positive(&self) -> bool {
        *self > Self::ZERO
    }
    fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        self * other
    }
    fn over(&self, other: &Self) -> Self {
        self / other
    }
    fn less(&self, other: &Self) -> bool {
        self < other
    }
    fn size(&self) -> f64 {
        if self.is_zero() { 0.0 } else { 1.0 }
    }
}
