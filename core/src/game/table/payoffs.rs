//! One player's payoffs, kept exactly and compactly.
//!
//! A column of rationals is read under a common denominator in `i64` while that fits, and
//! in rationals of any size when it does not. Finished, it is `offset + unit · level` with
//! whole levels `≥ 0` that have smallest 0 and greatest common divisor 1: a form in which
//! all positive affine changes of the payoffs are the same, so that no answer can depend
//! on their scale.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::exact::{common_divisor, gcd, least_denominator};

/// Numerators up to this size are kept in `i64`, so that their differences fit too.
const SMALL: i64 = 1 << 61;

/// A column of payoffs while it is being filled.
#[derive(Debug, Clone)]
pub struct Column(Store);

#[derive(Debug, Clone)]
enum Store {
    /// Numerators over one denominator, above zero.
    Small {
        numerators: Vec<i64>,
        denominator: i64,
    },
    Large(Vec<RBig>),
}

impl Default for Column {
    fn default() -> Self {
        Self(Store::Small { numerators: Vec::new(), denominator: 1 })
    }
}

impl Column {
    /// The number of payoffs in it.
    pub fn len(&self) -> usize {
        match &self.0 {
            Store::Small { numerators, .. } => numerators.len(),
            Store::Large(values) => values.len(),
        }
    }

    /// Whether it has none yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the payoff `numerator / denominator`, with a denominator above zero. Amortised
    /// O(1): the common denominator at least doubles whenever it changes.
    pub fn push(&mut self, numerator: i64, denominator: i64) {
        if let Store::Small { numerators, denominator: common } = &mut self.0
            && let Some(numerator) = fit(numerator, denominator, numerators, common)
        {
            numerators.push(numerator);
            return;
        }
        self.push_large(RBig::from_parts(numerator.into(), UBig::from(denominator.unsigned_abs())));
    }

    /// Adds a payoff of any size.
    pub fn push_large(&mut self, value: RBig) {
        if let Store::Small { numerators, denominator } = &self.0 {
            let denominator = UBig::from(denominator.unsigned_abs());
            let exact = |&n: &i64| RBig::from_parts(n.into(), denominator.clone());
            self.0 = Store::Large(numerators.iter().map(exact).collect());
        }
        if let Store::Large(values) = &mut self.0 {
            values.push(value);
        }
    }

    /// Appends its payoffs, rounded.
    pub(super) fn floats(&self, floats: &mut Vec<f64>) {
        match &self.0 {
            Store::Small { numerators, denominator: 1 } => {
                floats.extend(numerators.iter().map(|&n| n as f64));
            }
            Store::Small { numerators, denominator } => {
                floats.extend(numerators.iter().map(|&n| n as f64 / *denominator as f64));
            }
            Store::Large(values) => floats.extend(values.iter().map(|v| v.to_f64().value())),
        }
    }

    /// Its numbers as those of the profiles in their order, of which there must be one.
    pub fn payoffs(self) -> Payoffs {
        self.finish()
    }

    /// The finished payoffs.
    pub(super) fn finish(self) -> Payoffs {
        match self.0 {
            Store::Small { numerators, denominator } => small(numerators, denominator),
            Store::Large(values) => large(&values),
        }
    }
}

/// The numerator over the common denominator, which grows where it must. `None` if that does
/// not fit.
fn fit(numerator: i64, denominator: i64, numerators: &mut [i64], common: &mut i64) -> Option<i64> {
    let within = |n: &i64| (-SMALL..=SMALL).contains(n);
    if denominator == *common {
        return Some(numerator).filter(within);
    }
    if *common % denominator != 0 {
        let divisor = gcd(common.unsigned_abs(), denominator.unsigned_abs()) as i64;
        let stretch = denominator / divisor;
        let grown = common.checked_mul(stretch)?;
        let fits = |n: &i64| n.checked_mul(stretch).as_ref().is_some_and(within);
        if !numerators.iter().all(fits) {
            return None;
        }
        numerators.iter_mut().for_each(|n| *n *= stretch);
        *common = grown;
    }
    numerator.checked_mul(*common / denominator).filter(within)
}

/// Whole payoff levels: smallest 0, greatest common divisor 1 (or all 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Levels {
    /// Of at most 62 bits.
    Small(Vec<i64>),
    /// Of any size.
    Large(Vec<IBig>),
}

/// A player's payoffs: `offset + unit · level`.
#[derive(Debug, Clone, PartialEq)]
pub struct Payoffs {
    offset: RBig,
    unit: RBig,
    levels: Levels,
}

fn small(mut levels: Vec<i64>, denominator: i64) -> Payoffs {
    let lowest = levels.iter().copied().min().unwrap_or(0);
    levels.iter_mut().for_each(|n| *n -= lowest);
    let mut divisor = 0u64;
    for &n in &levels {
        // Most columns are down to 1 after a few payoffs.
        if divisor == 1 {
            break;
        }
        divisor = gcd(divisor, n.unsigned_abs());
    }
    let divisor = divisor.max(1);
    if divisor > 1 {
        levels.iter_mut().for_each(|n| *n /= divisor as i64);
    }
    let denominator = UBig::from(denominator.unsigned_abs());
    Payoffs {
        offset: RBig::from_parts(lowest.into(), denominator.clone()),
        unit: RBig::from_parts(divisor.into(), denominator),
        levels: Levels::Small(levels),
    }
}

fn large(values: &[RBig]) -> Payoffs {
    let common = least_denominator(values);
    let whole = |v: &RBig| v.numerator() * IBig::from(&common / v.denominator());
    let mut levels: Vec<IBig> = values.iter().map(whole).collect();
    let lowest = levels.iter().min().cloned().unwrap_or(IBig::ZERO);
    levels.iter_mut().for_each(|n| *n -= &lowest);
    let mut divisor = common_divisor(levels.iter().map(magnitude));
    if divisor == UBig::ZERO {
        divisor = UBig::ONE;
    }
    let step = IBig::from(divisor.clone());
    levels.iter_mut().for_each(|n| *n /= &step);
    let small: Option<Vec<i64>> =
        levels.iter().map(|n| i64::try_from(n).ok().filter(|&n| n < 2 * SMALL)).collect();
    Payoffs {
        offset: RBig::from_parts(lowest, common.clone()),
        unit: RBig::from_parts(step, common),
        levels: small.map_or(Levels::Large(levels), Levels::Small),
    }
}

/// The absolute value.
fn magnitude(n: &IBig) -> UBig {
    n.clone().into_parts().1
}

impl Payoffs {
    /// The whole levels, by the profiles' numbers.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.levels {
            Levels::Small(levels) => levels.len(),
            Levels::Large(levels) => levels.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One level.
    pub fn level(&self, index: usize) -> IBig {
        match &self.levels {
            Levels::Small(levels) => levels[index].into(),
            Levels::Large(levels) => levels[index].clone(),
        }
    }

    /// The highest level.
    pub fn top(&self) -> IBig {
        match &self.levels {
            Levels::Small(levels) => levels.iter().copied().max().unwrap_or(0).into(),
            Levels::Large(levels) => levels.iter().max().cloned().unwrap_or(IBig::ZERO),
        }
    }

    /// The exact payoff in the profile with a number.
    pub fn payoff(&self, index: usize) -> RBig {
        self.of_level(&RBig::from(self.level(index)))
    }

    /// The payoff that a level, or a mean of levels, stands for.
    pub fn of_level(&self, level: &RBig) -> RBig {
        &self.offset + &self.unit * level
    }

    /// The lowest payoff, which level 0 stands for.
    pub fn offset(&self) -> &RBig {
        &self.offset
    }

    /// How many payoff units one level is.
    pub fn unit(&self) -> &RBig {
        &self.unit
    }

    /// Whether they are so far from zero, next to how far they are apart, that floats blur how
    /// they differ: by more than 2^20 times as much.
    pub fn is_remote(&self) -> bool {
        let apart = &self.unit * RBig::from(self.top()) * RBig::from(1u32 << 20);
        apart != RBig::ZERO && (self.offset > apart || -&self.offset > apart)
    }

    /// They less a constant.
    #[must_use]
    pub fn lowered(&self, by: &RBig) -> Self {
        Self { offset: &self.offset - by, ..self.clone() }
    }

    /// They in floating point, from the levels: exact to rounding where the offset is small.
    pub(super) fn floats(&self) -> Vec<f64> {
        let [offset, unit] = [&self.offset, &self.unit].map(|x| x.to_f64().value());
        match &self.levels {
            Levels::Small(levels) => levels.iter().map(|&l| offset + unit * l as f64).collect(),
            Levels::Large(levels) => {
                levels.iter().map(|l| offset + unit * l.to_f64().value()).collect()
            }
        }
    }

    /// The levels over a power of two, so that they are in `[0, 1]`: the same numbers bit for
    /// bit, and sums of them exact, for levels of few bits.
    pub(super) fn dyadic(&self) -> Vec<f64> {
        let exponent = i32::try_from(magnitude(&self.top()).bit_len()).unwrap_or(i32::MAX);
        match &self.levels {
            Levels::Small(levels) => {
                let scale = 0.5f64.powi(exponent);
                levels.iter().map(|&n| n as f64 * scale).collect()
            }
            Levels::Large(_) => self.normalized(),
        }
    }

    /// The levels divided by the highest.
    pub(super) fn normalized(&self) -> Vec<f64> {
        match &self.levels {
            Levels::Small(levels) => {
                let top = levels.iter().copied().max().unwrap_or(0).max(1) as f64;
                levels.iter().map(|&n| n as f64 / top).collect()
            }
            Levels::Large(levels) => {
                let top = self.top();
                if top == IBig::ZERO {
                    return vec![0.0; levels.len()];
                }
                let top = magnitude(&top);
                let share = |n: &IBig| RBig::from_parts(n.clone(), top.clone()).to_f64().value();
                levels.iter().map(share).collect()
            }
        }
    }

    /// How many payoff units there are between the lowest and the highest payoff; 1 if they
    /// are all the same.
    pub(super) fn span(&self) -> f64 {
        let top = self.top();
        if top == IBig::ZERO { 1.0 } else { (&self.unit * RBig::from(top)).to_f64().value() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(i64, i64)]) -> Payoffs {
        let mut column = Column::default();
        values.iter().for_each(|&(n, d)| column.push(n, d));
        column.finish()
    }

    #[test]
    fn denominators_grow_as_they_come() {
        let payoffs = column(&[(1, 2), (1, 3), (-5, 6), (2, 1)]);
        assert_eq!(*payoffs.levels(), Levels::Small(vec![8, 7, 0, 17]));
        assert_eq!(payoffs.payoff(1), RBig::from_parts(1.into(), 3u8.into()));
        assert_eq!(payoffs.payoff(2), RBig::from_parts((-5).into(), 6u8.into()));
    }

    #[test]
    fn numbers_that_do_not_fit_are_kept_all_the_same() {
        let huge = i64::MAX;
        let payoffs = column(&[(huge, 1), (1, huge), (-huge, 2)]);
        assert!(matches!(payoffs.levels(), Levels::Large(_)));
        assert_eq!(payoffs.payoff(0), RBig::from(huge));
        assert_eq!(payoffs.payoff(1), RBig::from_parts(1.into(), UBig::from(huge as u64)));
        // A common factor brings them back to a small form.
        let payoffs = column(&[(huge, 1), (-huge, 1), (0, 1)]);
        assert_eq!(*payoffs.levels(), Levels::Small(vec![2, 0, 1]));
    }

    #[test]
    fn constant_payoffs_have_level_zero() {
        let payoffs = column(&[(7, 3); 4]);
        assert_eq!(*payoffs.levels(), Levels::Small(vec![0; 4]));
        assert_eq!(payoffs.payoff(3), RBig::from_parts(7.into(), 3u8.into()));
        assert_eq!(payoffs.normalized(), [0.0; 4]);
    }
}
