//! Numbers that are floats, or exact.

use std::fmt;

use dashu_int::ops::DivEuclid;
use dashu_int::{IBig, Sign};
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

/// A number: a float, or where it is known exactly and that was asked for, a fraction as a
/// string, `"5/12"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Num {
    /// A float.
    Float(f64),
    /// A fraction or a whole number.
    Exact(String),
}

impl Num {
    /// An exact number, as a fraction if `exact`, else rounded.
    pub fn of(value: &RBig, exact: bool) -> Self {
        if exact { Self::Exact(value.to_string()) } else { Self::Float(value.to_f64().value()) }
    }

    /// It as a float; not a number if it is no fraction.
    pub fn value(&self) -> f64 {
        match self {
            Self::Float(value) => *value,
            Self::Exact(text) => fraction(text).map_or(f64::NAN, |value| value.to_f64().value()),
        }
    }

    /// Whether it is `value`: exactly, or as a float to rounding.
    pub fn is(&self, value: &RBig) -> bool {
        match self {
            Self::Exact(text) => fraction(text).as_ref() == Some(value),
            Self::Float(claimed) => {
                let value = value.to_f64().value();
                (claimed - value).abs() <= 4.0 * f64::EPSILON * value.abs()
            }
        }
    }
}

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Float(value) => f.write_str(&short(*value)),
            Self::Exact(text) => f.write_str(text),
        }
    }
}

/// Six significant digits, no trailing zeros.
pub(super) fn short(value: f64) -> String {
    let size = value.abs();
    // So large that six digits would hide how numbers like it differ, and not yet too long.
    if (1e12..1e17).contains(&size) {
        return value.to_string();
    }
    if size != 0.0 && !(1e-4..1e9).contains(&size) {
        return format!("{value:.5e}");
    }
    let digits = if size == 0.0 { 0 } else { (5 - size.log10().floor() as i32).clamp(0, 9) };
    let text = format!("{value:.*}", digits as usize);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A fraction as a decimal number to six places, no trailing zeros: for numbers so large that
/// six digits in all would hide how they differ.
pub(super) fn decimal(value: &RBig) -> String {
    let million = IBig::from(1_000_000);
    let denominator = IBig::from(value.denominator().clone());
    let twice: IBig = value.numerator() * &million * IBig::from(2) + &denominator;
    let scaled: IBig = twice.div_euclid(denominator * IBig::from(2));
    let sign = if scaled < IBig::ZERO { "-" } else { "" };
    let size = if scaled < IBig::ZERO { -scaled } else { scaled };
    let (whole, rest) = (&size / &million, &size % &million);
    let places = format!("{:0>6}", rest.to_string());
    match places.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{places}"),
    }
}

/// Reads `5/12` or `-3`. A denominator of zero is none.
pub(super) fn fraction(text: &str) -> Option<RBig> {
    let (size, sign) = match text.strip_prefix('-') {
        Some(size) => (size, Sign::Negative),
        None => (text, Sign::Positive),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (numerator, denominator) = size.split_once('/').unwrap_or((size, "1"));
    if !digits(numerator) || !digits(denominator) || denominator.bytes().all(|b| b == b'0') {
        return None;
    }
    // Most are short, and all of a long list are read.
    match (numerator.parse::<u64>(), denominator.parse::<u64>()) {
        (Ok(n), Ok(d)) => Some(RBig::from_parts_const(sign, n.into(), d.into())),
        _ => text.parse().ok(),
    }
}
