//! The settlement game in exact numbers.
//!
//! `v(S) = P(S)^m / (P(S)^m + P(N∖S)^m)` from the exact shares of power. With whole
//! decisiveness (and without bound) the values are fractions and are kept as they are, if
//! their common denominator is not too long; in proportion (`m = 1`) they always are, since
//! there the least rounding would decide whether the game has a core. Otherwise each value
//! is rounded to [`DECIMALS`] decimals, equal powers to equal values and so that a coalition
//! and the others have exactly 1 together; it is then off by less than 4·10⁻¹⁵.
//!
//! Cost: O(2^n). Limit: 25 players.

use std::cmp::Ordering;

use dashu_int::ops::{BitTest, Gcd};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::contest::Contest;
use crate::error::Result;
use crate::game::cooperative::number::{Numerators, common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, check_players};

/// Values that are rounded have so many decimals.
pub const DECIMALS: u32 = 15;
/// The longest common denominator of values that are not, in bits.
const LONGEST: usize = 512;

/// A settlement game laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactSettlement {
    /// The values of all coalitions.
    pub table: ExactTable,
    /// Whether they were rounded to [`DECIMALS`] decimals.
    pub rounded: bool,
}

/// The settlement game of a contest between players of these names.
///
/// # Errors
/// If there are more than 25 players, or the shares' common denominator has thousands of
/// digits.
pub fn exact_settlement(contest: &Contest, names: Vec<String>) -> Result<ExactSettlement> {
    check_players(names.len())?;
    let unit = common_denominator(contest.exact_shares())?;
    let whole = contest.exact_shares().iter().map(|share| numerator_over(share, &unit));
    let mut own = vec![IBig::ZERO];
    for power in whole {
        for at in 0..own.len() {
            own.push(&own[at] + &power);
        }
    }
    let m = contest.parameters().decisiveness;
    let powers = Powers { own: &own };
    let two = || UBig::from(2u8);
    let exact = match (0u8..=100).find(|&k| f64::from(k) == m) {
        _ if m.is_infinite() => Some((two(), powers.values(two(), winner_takes_all))),
        Some(0) => Some((two(), powers.values(two(), |_, _| IBig::ONE))),
        Some(1) => Some((unit.clone(), powers.values(unit, |own, _| own.clone()))),
        Some(k) => powers.fractions(k.into()),
        None => None,
    };
    let rounded = exact.is_none();
    let (unit, values) = exact.unwrap_or_else(|| powers.rounded(contest));
    let table = ExactTable::from_integers(names, unit, Numerators::new(values))?;
    Ok(ExactSettlement { table, rounded })
}

/// Decisiveness without bound, in halves.
fn winner_takes_all(own: &IBig, rest: &IBig) -> IBig {
    match own.cmp(rest) {
        Ordering::Less => IBig::ZERO,
        Ordering::Equal => IBig::ONE,
        Ordering::Greater => IBig::from(2),
    }
}

/// The power of every coalition, by its bits, in whole numbers.
struct Powers<'a> {
    own: &'a [IBig],
}

impl Powers<'_> {
    /// A value for every coalition from its power and that of the others, 0 for the empty one.
    fn values(&self, all: UBig, value: impl Fn(&IBig, &IBig) -> IBig) -> Vec<IBig> {
        let (all, full) = (IBig::from(all), self.own.len() - 1);
        (0..=full)
            .map(|at| match at {
                0 => IBig::ZERO,
                _ if at == full => all.clone(),
                _ => value(&self.own[at], &self.own[full ^ at]),
            })
            .collect()
    }

    /// The values as fractions over a common denominator, if that is not too long.
    fn fractions(&self, m: usize) -> Option<(UBig, Vec<IBig>)> {
        let full = self.own.len() - 1;
        let mut common = UBig::ONE;
        let mut parts = Vec::with_capacity(full);
        for at in 1..full {
            let (own, rest) = (&self.own[at], &self.own[full ^ at]);
            // A power above zero has no sign.
            let divisor = IBig::from(own.gcd(rest));
            let own = (own / &divisor).pow(m);
            let sum = (rest / &divisor).pow(m) + &own;
            let (_, below) = sum.into_parts();
            if below.bit_len() > LONGEST {
                return None;
            }
            common = &common / (&common).gcd(&below) * &below;
            if common.bit_len() > LONGEST {
                return None;
            }
            parts.push((own, below));
        }
        let mut values = vec![IBig::ZERO];
        values.extend(parts.into_iter().map(|(own, below)| own * IBig::from(&common / below)));
        values.push(common.clone().into());
        Some((common, values))
    }

    /// The values rounded: those of the stronger side, and for the other what is left.
    fn rounded(&self, contest: &Contest) -> (UBig, Vec<IBig>) {
        let unit = 10u64.pow(DECIMALS);
        let all = UBig::from(unit);
        let value = |own: &IBig, rest: &IBig| {
            let (more, less) = if own > rest { (own, rest) } else { (rest, own) };
            let ratio = RBig::from(less.clone()) / RBig::from(more.clone());
            let odds = contest.strength(ratio.to_f64().value());
            let stronger = (unit as f64 / (1.0 + odds)).round() as u64;
            let stronger = IBig::from(stronger.min(unit));
            match own.cmp(rest) {
                Ordering::Greater => stronger,
                Ordering::Equal => IBig::from(unit / 2),
                Ordering::Less => IBig::from(unit) - stronger,
            }
        };
        (all.clone(), self.values(all, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coalition::Coalition;
    use crate::parameters::Parameters;
    use crate::system::System;

    /// Whatever the decisiveness the values are the contest's, and two sides have 1.
    #[test]
    fn the_values_are_the_claims() {
        let powers = [5.0, 4.0, 3.0, 1.0, 1.0, 2.0];
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        let system = System::from_powers(named).unwrap();
        let names = || (0..6).map(|i| format!("S{i}")).collect();
        for (m, rounded) in
            [(0.0, false), (0.5, true), (1.0, false), (2.0, false), (3.7, true), (100.0, true)]
                .into_iter()
                .chain([(f64::INFINITY, false)])
        {
            let parameters = Parameters { decisiveness: m, ..Parameters::default() };
            let contest = Contest::new(&system, &parameters).unwrap();
            let found = exact_settlement(&contest, names()).unwrap();
            assert_eq!(found.rounded, rounded, "{m}");
            for s in Coalition::proper(6) {
                let value = found.table.value(s);
                assert!((value.to_f64().value() - contest.claim(s)).abs() < 4e-15, "{m}: {s:?}");
                assert_eq!(value + found.table.value(s.complement(6)), RBig::ONE);
            }
        }
    }
}
