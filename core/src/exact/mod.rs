//! Exact numbers: from their text, over common denominators, and what they have in common.

mod definite;

use std::ops::{Add, Rem};

use dashu_int::UBig;
use dashu_int::ops::Gcd;
use dashu_ratio::RBig;

pub(crate) use definite::{factor, is_definite};

/// The most digits of a whole number that is read. The Shapley–Shubik index of `n` players has
/// denominators of about `0.43 n` digits, those of the least common multiple of `1..n`.
const MOST_DIGITS: usize = 10_000;

/// An exact number from its decimal text: `12`, `-0.5`, `.25`, `1.5e6`.
///
/// Returns `None` for anything else, `inf` and `nan` among it, for exponents beyond ±400, which no
/// measurement has and which would fill the memory, and for more than 10,000 digits.
pub fn parse_decimal(text: &str) -> Option<RBig> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.as_bytes().first()? {
        b'-' => (true, &mantissa[1..]),
        b'+' => (false, &mantissa[1..]),
        _ => (false, mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = format!("{whole}{fraction}");
    if all_digits.is_empty() || !all_digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    if exponent.abs() > 400 || all_digits.len() > MOST_DIGITS {
        return None;
    }
    let number = RBig::from(UBig::from_str_radix(&all_digits, 10).ok()?);
    let scale = RBig::from(UBig::from(10u8).pow(exponent.unsigned_abs() as usize));
    let value = if exponent < 0 { number / scale } else { number * scale };
    Some(if negative { -value } else { value })
}

/// The decimal that a number is written as, exactly: 1/10 of `0.1`, which the float is not. A
/// decimal of at most 15 digits comes back from the float nearest to it as it was typed. 0 of
/// what is not finite.
pub(crate) fn decimal_of(number: f64) -> RBig {
    parse_decimal(&format!("{number:e}")).unwrap_or(RBig::ZERO)
}

/// An exact number from decimal text (`12`, `-0.5`, `1.5e6`) or a fraction (`5/12`).
///
/// `None` for anything else, a zero denominator among it.
pub fn parse_exact(text: &str) -> Option<RBig> {
    match text.split_once('/') {
        None => parse_decimal(text),
        Some((above, below)) => {
            let below = parse_decimal(below.trim())?;
            if below.is_zero() { None } else { Some(parse_decimal(above.trim())? / below) }
        }
    }
}

/// The sum of fractions, which have no `Sum` as whole numbers have.
pub fn sum<T>(terms: impl IntoIterator<Item = T>) -> RBig
where
    RBig: Add<T, Output = RBig>,
{
    terms.into_iter().fold(RBig::ZERO, RBig::add)
}

/// The greatest common divisor; of 0 and another number the other.
pub fn gcd<T: Copy + Default + PartialEq + Rem<Output = T>>(mut a: T, mut b: T) -> T {
    while b != T::default() {
        (a, b) = (b, a % b);
    }
    a
}

/// The greatest common divisor of the numbers that are not 0; 0 if there is none.
pub(crate) fn common_divisor(numbers: impl IntoIterator<Item = UBig>) -> UBig {
    let above = numbers.into_iter().filter(|number| !number.is_zero());
    above.reduce(|a, b| a.gcd(b)).unwrap_or(UBig::ZERO)
}

/// The least common multiple of two numbers above 0.
pub(crate) fn least_multiple(a: &UBig, b: &UBig) -> UBig {
    if b.is_one() || a == b { a.clone() } else { a / a.gcd(b) * b }
}

/// The least common denominator.
pub(crate) fn least_denominator<'a>(numbers: impl IntoIterator<Item = &'a RBig>) -> UBig {
    let below = numbers.into_iter().map(RBig::denominator);
    below.fold(UBig::ONE, |common, below| least_multiple(&common, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_text_is_read_exactly() {
        let ratio = |n: i64, d: u64| RBig::from_parts(n.into(), d.into());
        assert_eq!(parse_decimal("0.1"), Some(ratio(1, 10)));
        assert_eq!(parse_decimal("-12.50"), Some(ratio(-25, 2)));
        assert_eq!(parse_decimal("1.5e3"), Some(ratio(1500, 1)));
        assert_eq!(parse_decimal(".5"), Some(ratio(1, 2)));
        assert_eq!(parse_decimal("+7."), Some(ratio(7, 1)));
        for wrong in ["", "-", ".", "1e", "nan", "inf", "1,5", "1 000", "0x1", "1e999", "1_0"] {
            assert_eq!(parse_decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn decimals_and_fractions_are_read_exactly() {
        let ratio = |n: i64, d: u64| RBig::from_parts(n.into(), d.into());
        assert_eq!(parse_exact("5/12"), Some(ratio(5, 12)));
        assert_eq!(parse_exact("-1/3"), Some(ratio(-1, 3)));
        assert_eq!(parse_exact("1.5 / 0.5"), Some(ratio(3, 1)));
        assert_eq!(parse_exact("0.25"), Some(ratio(1, 4)));
        let long = format!("{}/{}", "7".repeat(434), "9".repeat(434));
        assert_eq!(parse_exact(&long), Some(ratio(7, 9)), "as in an index of 1,000 players");
        for wrong in ["1/0", "1/", "/2", "1/2/3", "a", ""] {
            assert_eq!(parse_exact(wrong), None, "{wrong}");
        }
    }
}
