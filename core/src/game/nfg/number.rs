//! Payoffs as people write them: `-3`, `1/2`, `0.25`, `1e-3`, kept exactly.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::game::table::Column;

/// The largest power of ten that a payoff may be scaled by: beyond it `f64` ends.
const MAX_EXPONENT: i64 = 308;
/// The most digits of a payoff.
const MAX_DIGITS: usize = 4096;

/// An exact payoff.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    /// `numerator / denominator`, the denominator above zero.
    Small(i64, i64),
    /// Any other.
    Large(RBig),
}

impl Number {
    /// Adds it to a column of payoffs.
    pub fn push_to(&self, column: &mut Column) {
        match self {
            &Self::Small(numerator, denominator) => column.push(numerator, denominator),
            Self::Large(value) => column.push_large(value.clone()),
        }
    }

    /// It as a fraction.
    pub fn exact(&self) -> RBig {
        match self {
            &Self::Small(numerator, denominator) => {
                RBig::from_parts(numerator.into(), UBig::from(denominator.unsigned_abs()))
            }
            Self::Large(value) => value.clone(),
        }
    }

    /// Reads a number.
    ///
    /// # Errors
    /// Says what is wrong with it, to follow "expected a number, found".
    pub fn parse(text: &[u8]) -> Result<Self, &'static str> {
        match text.iter().position(|&c| c == b'/') {
            None => decimal(text),
            Some(slash) => {
                let (above, below) = (decimal(&text[..slash])?, decimal(&text[slash + 1..])?);
                if let (Self::Small(a, 1), Self::Small(b, 1)) = (&above, &below) {
                    // i64::MIN never gets here: eighteen digits do not reach it.
                    if *b != 0 {
                        return Ok(Self::Small(a * b.signum(), b.abs()));
                    }
                }
                let below = below.exact();
                if below == RBig::ZERO {
                    return Err("a number divided by zero");
                }
                Ok(Self::Large(above.exact() / below))
            }
        }
    }
}

/// Reads `[+-]digits[.digits][e[+-]digits]`.
fn decimal(text: &[u8]) -> Result<Number, &'static str> {
    const NOT_A_NUMBER: &str = "something that is no number";
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let mut small = 0i64;
    let (mut digits, mut fraction, mut point) = (0usize, 0i64, false);
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        match c {
            b'0'..=b'9' => {
                // Wraps from the nineteenth digit on, and is then not used.
                small = small.wrapping_mul(10).wrapping_add(i64::from(c - b'0'));
                digits += 1;
                fraction += i64::from(point);
            }
            b'.' if !point => point = true,
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        return Err(NOT_A_NUMBER);
    }
    if digits > MAX_DIGITS {
        return Err("a number of more than 4096 digits");
    }
    let exponent = match &text[at..] {
        [] => 0,
        [b'e' | b'E', rest @ ..] => {
            let rest = rest.strip_prefix(b"+").unwrap_or(rest);
            let rest = std::str::from_utf8(rest).map_err(|_| NOT_A_NUMBER)?;
            if rest.bytes().filter(u8::is_ascii_digit).count() > 6 {
                return Err("a number beyond the range of floating point");
            }
            rest.parse::<i64>().map_err(|_| NOT_A_NUMBER)?
        }
        _ => return Err(NOT_A_NUMBER),
    };
    if exponent.abs() > MAX_EXPONENT {
        return Err("a number beyond the range of floating point");
    }
    let scale = exponent - fraction;
    if digits <= 18 {
        let signed = if negative { -small } else { small };
        if scale == 0 {
            return Ok(Number::Small(signed, 1));
        }
        if (-18..0).contains(&scale) {
            return Ok(Number::Small(signed, 10i64.pow(scale.unsigned_abs() as u32)));
        }
    }
    let plain: Vec<u8> = text[..at].iter().copied().filter(|&c| c != b'.').collect();
    let plain = std::str::from_utf8(&plain).map_err(|_| NOT_A_NUMBER)?;
    let whole = IBig::from(UBig::from_str_radix(plain, 10).map_err(|_| NOT_A_NUMBER)?);
    let whole = if negative { -whole } else { whole };
    let power = UBig::from(10u8).pow(scale.unsigned_abs() as usize);
    Ok(Number::Large(if scale < 0 {
        RBig::from_parts(whole, power)
    } else {
        RBig::from(whole * IBig::from(power))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> String {
        Number::parse(text.as_bytes()).unwrap().exact().to_string()
    }

    #[test]
    fn all_ways_of_writing_numbers() {
        for (text, expected) in [
            ("0", "0"),
            ("-12", "-12"),
            ("+3", "3"),
            ("1/2", "1/2"),
            ("-6/4", "-3/2"),
            ("1/-2", "-1/2"),
            ("0.25", "1/4"),
            (".5", "1/2"),
            ("5.", "5"),
            ("-1.5e1", "-15"),
            ("1e-3", "1/1000"),
            ("1E+20", "100000000000000000000"),
            ("0.1/0.3", "1/3"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("999999999999999999", "999999999999999999"),
            ("9999999999999999999", "9999999999999999999"),
        ] {
            assert_eq!(exact(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1e--3",
            "1/0",
            "1/",
            "/2",
            "1.2.3",
            "0x1",
            "nan",
            "inf",
            "1e999",
            "1e9999999999999",
        ] {
            assert!(Number::parse(text.as_bytes()).is_err(), "{text}");
        }
    }
}
