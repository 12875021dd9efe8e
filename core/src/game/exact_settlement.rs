//! The settlement game in exact numbers.
//!
//! `v(S) = P(S)^m / (P(S)^m + P(N∖S)^m)` from the exact shares of power. With whole
//! decisiveness (and without bound) the values are fractions and are kept as they are, if
//! their common denominator is not too long (512 bits, of more than 16 players 90); in proportion (`m = 1`) they always are, since
//! there the least rounding would decide whether the game has a core. Otherwise each value
//! is rounded to [`DECIMALS`] decimals, equal powers to equal values and so that a coalition
//! and the others have exactly 1 together; it is then off by less than 4·10⁻¹⁵.
//!
//! Cost: O(2^n), memory 8 bytes a coalition where values are rounded. Limit: 25 players.

use std::cmp::Ordering;
use std::collections::HashMap;

use dashu_int::ops::{BitTest, Gcd};
use dashu_int::{IBig, UBig};
use rayon::prelude::*;

use crate::contest::Contest;
use crate::error::Result;
use crate::exact::least_multiple;
use crate::game::cooperative::number::{Numerators, common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, check_players};

/// Values that are rounded have so many decimals.
pub const DECIMALS: u32 = 15;
/// The longest common denominator of values that are not, in bits, for games of few players.
pub(super) const LONGEST: usize = 512;
/// The same for more, whose values then take 16 bytes each.
const LONGEST_OF_MANY: usize = 90;
/// So many players are few.
const FEW: usize = 16;
/// Of powers of more bits than this the first ones are taken, where values are rounded.
pub(super) const POWER_BITS: usize = 120;

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
    let powers = Powers { each: whole.collect(), all: unit.into() };
    let m = contest.parameters().decisiveness;
    let two = || UBig::from(2u8);
    let exact = match (0u8..=100).find(|&k| f64::from(k) == m) {
        _ if m.is_infinite() => Some((two(), powers.values(&IBig::from(2), winner_takes_all))),
        Some(0) => Some((two(), powers.values(&IBig::from(2), |_, _| IBig::ONE))),
        Some(1) => {
            let values = powers.values(&powers.all, |own, _| own.clone());
            powers.all.clone().try_into().ok().map(|unit| (unit, values))
        }
        Some(k) => powers.fractions(k.into()),
        None => None,
    };
    let rounded = exact.is_none();
    let (unit, values) = match exact {
        Some((unit, values)) => (unit, Numerators::new(values)),
        None => (UBig::from(UNIT), Numerators::Small(powers.rounded(contest))),
    };
    let table = ExactTable::from_integers(names, unit, values)?;
    Ok(ExactSettlement { table, rounded })
}

/// What values are rounded to parts of.
pub(super) const UNIT: u64 = 10u64.pow(DECIMALS);

/// Decisiveness without bound, in halves.
fn winner_takes_all(own: &IBig, rest: &IBig) -> IBig {
    match own.cmp(rest) {
        Ordering::Less => IBig::ZERO,
        Ordering::Equal => IBig::ONE,
        Ordering::Greater => IBig::from(2),
    }
}

/// The powers of the players and of all, in whole numbers.
struct Powers {
    each: Vec<IBig>,
    all: IBig,
}

impl Powers {
    /// The power of every coalition, by its bits: the sum of one part of the players and another.
    fn of_all(&self) -> impl Iterator<Item = IBig> + '_ {
        let (low, high) = self.each.split_at(self.each.len() / 2);
        let sums = |powers| sums(powers, IBig::ZERO, |a, b| a + b);
        let (low, high) = (sums(low), sums(high));
        high.into_iter().flat_map(move |h| low.clone().into_iter().map(move |l| &h + l))
    }

    /// A value for every coalition from its power and that of the others, 0 for the empty one.
    fn values(&self, all: &IBig, value: impl Fn(&IBig, &IBig) -> IBig) -> Vec<IBig> {
        let of = |own: IBig| match &own {
            own if own.is_zero() => IBig::ZERO,
            own if *own == self.all => all.clone(),
            own => value(own, &(&self.all - own)),
        };
        self.of_all().map(of).collect()
    }

    /// The values as fractions over a common denominator, if that is not too long. Equal powers
    /// are looked at once.
    fn fractions(&self, m: usize) -> Option<(UBig, Vec<IBig>)> {
        let longest = if self.each.len() <= FEW { LONGEST } else { LONGEST_OF_MANY };
        let mut common = UBig::ONE;
        let mut parts: HashMap<IBig, (IBig, UBig)> = HashMap::new();
        for own in self.of_all() {
            if own.is_zero() || own == self.all || parts.contains_key(&own) {
                continue;
            }
            let rest = &self.all - &own;
            // A power above zero has no sign.
            let divisor = IBig::from((&own).gcd(&rest));
            let above = (&own / &divisor).pow(m);
            let (_, below) = ((rest / &divisor).pow(m) + &above).into_parts();
            if below.bit_len() > longest {
                return None;
            }
            common = least_multiple(&common, &below);
            if common.bit_len() > longest {
                return None;
            }
            parts.insert(own, (above, below));
        }
        let value = |own: &IBig, _: &IBig| {
            let (above, below) = &parts[own];
            above * IBig::from(&common / below)
        };
        let values = self.values(&IBig::from(common.clone()), value);
        Some((common, values))
    }

    /// The values rounded: those of the stronger side, and for the other what is left. O(2^n), in
    /// parallel.
    fn rounded(&self, contest: &Contest) -> Vec<i64> {
        let excess = self.all.bit_len().saturating_sub(POWER_BITS);
        let short: Vec<u128> =
            self.each.iter().map(|power| u128::try_from(power >> excess).unwrap_or(0)).collect();
        let all: u128 = short.iter().sum();
        let (low, high) = short.split_at(short.len() / 2);
        let sums = |powers| sums(powers, 0, |a: &u128, b| a + b);
        let (low, high) = (sums(low), sums(high));
        let value = |own: u128| {
            let (more, less) = if own > all - own { (own, all - own) } else { (all - own, own) };
            let odds = contest.strength(less as f64 / more as f64);
            let stronger = ((UNIT as f64 / (1.0 + odds)).round() as u64).min(UNIT);
            match own.cmp(&(all - own)) {
                Ordering::Greater => stronger as i64,
                Ordering::Equal => (UNIT / 2) as i64,
                Ordering::Less => (UNIT - stronger) as i64,
            }
        };
        let mut values = vec![0; low.len() * high.len()];
        values.par_chunks_mut(low.len()).zip(&high).for_each(|(values, h)| {
            values.iter_mut().zip(&low).for_each(|(v, l)| *v = value(h + l));
        });
        values[0] = 0;
        if let Some(last) = values.last_mut() {
            *last = UNIT as i64;
        }
        values
    }
}

/// Sums over all sets of the terms, by their bits.
fn sums<T>(terms: &[T], zero: T, add: impl Fn(&T, &T) -> T) -> Vec<T> {
    let mut sums = vec![zero];
    for term in terms {
        for at in 0..sums.len() {
            sums.push(add(&sums[at], term));
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_ratio::RBig;

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
