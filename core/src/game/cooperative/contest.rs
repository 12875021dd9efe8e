//! Contest games: a coalition gets what it wins by fighting all others united,
//! `v(S) = P^m / (P^m + Q^m)` with its strength `P`, theirs `Q` and the decisiveness `m`
//! (Tullock 1980; Skaperdas 1996); without bound the stronger side wins all, equals share.
//!
//! The game is given by its strengths and not laid out, for games of more players than can be.
//! Values are exact where divisions of the total strength have a common denominator that is not
//! too long: always for `m` of 0, of 1 and without bound, and for whole `m` if the strengths are
//! small whole numbers. Otherwise each is rounded to [`DECIMALS`] decimals, correctly: from
//! whole numbers where `m` is whole, else from powers to some 250 bits (halving exponents by
//! square roots, bit by bit), so that they are the same on every machine. A coalition and the
//! others have exactly 1 together, and more strength never has less value.
//!
//! Limits: 64 players; strengths of 36 digits together, of more those are rounded to 35.
//!
//! References: Tullock (1980), Efficient rent seeking; Skaperdas (1996), Contest success
//! functions, *Economic Theory* 7.

use std::cmp::Ordering;

use dashu_int::ops::{BitTest, SquareRoot};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rayon::prelude::*;

use super::number::{Numerators, common_denominator, numerator_over};
use super::table::ExactTable;
use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::exact::{common_divisor, gcd, least_multiple};
use crate::game::exact_settlement::DECIMALS;
use crate::work::Work;

/// The longest common denominator of values that are not rounded, in bits.
const LONGEST: usize = 512;
/// Strengths that are rounded have a total of about this: 35 digits.
const ROUNDED: u128 = 10u128.pow(35);
/// The largest decisiveness but for that without bound, as in
/// [`Parameters`](crate::parameters::Parameters).
const LARGEST: f64 = 100.0;
/// Powers with exponents that are not whole have so many bits.
const PRECISION: usize = 256;

/// A contest game of named players.
#[derive(Debug, Clone, PartialEq)]
pub struct ContestGame {
    names: Vec<String>,
    strengths: Vec<u128>,
    total: u128,
    decisiveness: f64,
    unit: UBig,
    rounded: bool,
}

impl ContestGame {
    /// The longest total strength, in bits.
    pub const LONGEST_STRENGTH: usize = 120;

    /// The game of players of these strengths, which are scaled to coprime integers. If those
    /// have more than 36 digits together they are rounded to 35, by which values, of 15 decimals,
    /// do not change visibly; not without bound, where the least difference decides.
    ///
    /// # Errors
    /// If there is not one strength above zero for each of 1 to 64 players, their numbers are
    /// too long for a decisiveness without bound or differ by more than 35 digits, or the
    /// decisiveness is below zero or above 100 but not infinite.
    pub fn new(names: Vec<String>, strengths: &[RBig], decisiveness: f64) -> Result<Self> {
        if names.is_empty() || names.len() > Coalition::MAX_PLAYERS {
            return Err(Error::parameter("players", "1 to 64", names.len()));
        }
        if strengths.len() != names.len() {
            let expected = format!("{} of them, one for each player", names.len());
            return Err(Error::parameter("strengths", expected, strengths.len()));
        }
        if let Some(bad) = strengths.iter().find(|strength| **strength <= RBig::ZERO) {
            return Err(Error::parameter("strength", "above 0", bad));
        }
        if !(0.0..=LARGEST).contains(&decisiveness) && decisiveness != f64::INFINITY {
            let expected = format!("0 to {LARGEST}, or inf");
            return Err(Error::parameter("decisiveness", expected, decisiveness));
        }
        let (strengths, total) = coprime(strengths, decisiveness.is_finite())?;
        let common = common(total, decisiveness);
        let rounded = common.is_none();
        let unit = common.unwrap_or_else(|| UBig::from(10u8).pow(DECIMALS as usize));
        Ok(Self { names, strengths, total, decisiveness, unit, rounded })
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.names.len()
    }

    /// The strengths, coprime integers.
    pub fn strengths(&self) -> &[u128] {
        &self.strengths
    }

    /// The strength of all.
    pub fn total(&self) -> u128 {
        self.total
    }

    /// How surely the stronger side wins; infinite if always.
    pub fn decisiveness(&self) -> f64 {
        self.decisiveness
    }

    /// The decimals that values are rounded to; none if they are exact.
    pub fn decimals(&self) -> Option<u32> {
        self.rounded.then_some(DECIMALS)
    }

    /// The strength of a coalition. O(members).
    pub fn strength(&self, coalition: Coalition) -> u128 {
        coalition.members().map(|i| self.strengths.get(i).copied().unwrap_or(0)).sum()
    }

    /// What a coalition gets.
    pub fn value(&self, coalition: Coalition) -> RBig {
        self.value_of(self.strength(coalition))
    }

    /// What a coalition of so much strength gets: 0 of none and 1 of all.
    pub fn value_of(&self, own: u128) -> RBig {
        RBig::from_parts(self.numerator(own), self.unit.clone())
    }

    /// The same before rounding, in floating point: off by some `(3m + 4)` units in the last
    /// place at most. O(1).
    pub fn float(&self, own: u128) -> f64 {
        let rest = self.total.saturating_sub(own);
        match (own, rest) {
            (0, _) => 0.0,
            (_, 0) => 1.0,
            _ if self.decisiveness.is_infinite() => match own.cmp(&rest) {
                Ordering::Less => 0.0,
                Ordering::Equal => 0.5,
                Ordering::Greater => 1.0,
            },
            _ => self.contest(own as f64, rest as f64),
        }
    }

    /// What one side gets of another, neither of them without strength, for finite decisiveness.
    pub(crate) fn contest(&self, own: f64, rest: f64) -> f64 {
        let ratio = rest / own;
        let m = self.decisiveness;
        let odds = match m {
            _ if m == 2.0 => ratio * ratio,
            _ if m == 1.0 => ratio,
            _ => ratio.powf(m),
        };
        1.0 / (1.0 + odds)
    }

    /// All values.
    ///
    /// # Errors
    /// If there are more than [`ExactTable::MAX_PLAYERS`] players.
    pub fn table(&self) -> Result<ExactTable> {
        self.table_within(&Work::default())
    }

    /// The same, if there is time.
    pub(super) fn table_within(&self, work: &Work) -> Result<ExactTable> {
        if self.players() > ExactTable::MAX_PLAYERS {
            return Err(self.too_many());
        }
        let value = |bits: usize| {
            if bits.is_multiple_of(1 << 12) {
                work.in_time()?;
            }
            Ok(self.numerator(self.strength(Coalition(bits as u64))))
        };
        let all = (0..1usize << self.players()).into_par_iter().with_min_len(1 << 12);
        let values = Numerators::new(all.map(value).collect::<Result<_>>()?);
        ExactTable::from_integers(self.names.clone(), self.unit.clone(), values)
    }

    /// That a question takes a list of all coalitions.
    pub(crate) fn too_many(&self) -> Error {
        let n = self.players();
        Error::too_large(
            format!("{n} players have 2^{n} coalitions"),
            format!("2^{}", ExactTable::MAX_PLAYERS),
            "ask for --solve core,least-core,nucleolus,prenucleolus, which do not list them, or \
             keep fewer players",
        )
    }

    /// The value in units of its denominator.
    fn numerator(&self, own: u128) -> IBig {
        let rest = self.total.saturating_sub(own);
        let unit = IBig::from(self.unit.clone());
        if own == 0 {
            return IBig::ZERO;
        }
        if rest == 0 {
            return unit;
        }
        match own.cmp(&rest) {
            Ordering::Greater => IBig::from(self.stronger(rest, own)),
            Ordering::Less => unit - IBig::from(self.stronger(own, rest)),
            Ordering::Equal => unit / 2,
        }
    }

    /// What the stronger side gets, in units: rounded half up, which changes nothing where the
    /// value is a whole number of them.
    fn stronger(&self, less: u128, more: u128) -> UBig {
        let m = self.decisiveness;
        if m.is_infinite() {
            return self.unit.clone();
        }
        // `above / below` is the value.
        let (above, below) = match whole(m) {
            Some(m) => {
                let divisor = gcd(less, more);
                let power = |strength: u128| UBig::from(strength / divisor).pow(m);
                let above = power(more);
                let below = &above + power(less);
                (above, below)
            }
            None => {
                let one = UBig::ONE << PRECISION;
                (one.clone(), one + odds(less, more, m))
            }
        };
        (above * &self.unit * UBig::from(2u8) + &below) / (below * UBig::from(2u8))
    }
}

/// The exponent, if it is a whole number that powers are taken with directly.
fn whole(m: f64) -> Option<usize> {
    (m.fract() == 0.0).then_some(m as usize)
}

/// `(less / more)^m` times `2^PRECISION`, rounded down at every step: so it rises with `less`
/// and falls with `more`.
fn odds(less: u128, more: u128, m: f64) -> UBig {
    let one = UBig::ONE << PRECISION;
    let ratio = (UBig::from(less) << PRECISION) / UBig::from(more);
    let times = |a: &UBig, b: &UBig| (a * b) >> PRECISION;
    let mut result = one;
    let (mut power, mut exponent) = (ratio.clone(), m.trunc() as u64);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(&result, &power);
        }
        power = times(&power, &power);
        exponent >>= 1;
    }
    // What follows the point, bit by bit: a root for each.
    let (mut root, mut rest) = (ratio, m.fract());
    for _ in 0..PRECISION / 2 {
        if rest <= 0.0 {
            break;
        }
        root = (root << PRECISION).sqrt();
        rest *= 2.0;
        if rest >= 1.0 {
            result = times(&result, &root);
            rest -= 1.0;
        }
    }
    result
}

/// The strengths as coprime integers, and their sum; rounded if that is too long and they may be.
fn coprime(strengths: &[RBig], rounded: bool) -> Result<(Vec<u128>, u128)> {
    let too_long = || {
        Error::too_large(
            "the strengths' numbers have too many digits",
            "36 digits for their sum in whole numbers",
            "round the strengths",
        )
    };
    let denominator = common_denominator(strengths)?;
    let whole: Vec<UBig> =
        strengths.iter().map(|s| numerator_over(s, &denominator).into_parts().1).collect();
    let divisor = common_divisor(whole.iter().cloned());
    let total = whole.iter().sum::<UBig>() / &divisor;
    let narrow = |strength: &UBig| -> Option<u128> {
        let strength = strength / &divisor;
        if total.bit_len() <= ContestGame::LONGEST_STRENGTH {
            return u128::try_from(&strength).ok();
        }
        // Rounded half up.
        let nearest = (strength * UBig::from(2 * ROUNDED) + &total) / (&total * UBig::from(2u8));
        u128::try_from(&nearest).ok().filter(|&strength| rounded && strength > 0)
    };
    let narrow: Vec<u128> = whole.iter().map(narrow).collect::<Option<_>>().ok_or_else(too_long)?;
    let total = narrow.iter().sum();
    Ok((narrow, total))
}

/// The common denominator of the values of all parts of a total, if it is not too long.
fn common(total: u128, m: f64) -> Option<UBig> {
    if m.is_infinite() || m == 0.0 {
        return Some(UBig::from(2u8));
    }
    if m == 1.0 {
        // An even unit, so that half of it is whole.
        return Some(UBig::from(total) * UBig::from(2u8));
    }
    let m = whole(m)?;
    let mut common = UBig::from(2u8);
    for own in 1..=total / 2 {
        let divisor = gcd(own, total - own);
        let power = |strength: u128| UBig::from(strength / divisor).pow(m);
        let below = power(own) + power(total - own);
        if below.bit_len() <= LONGEST {
            common = least_multiple(&common, &below);
        }
        if below.bit_len().max(common.bit_len()) > LONGEST {
            return None;
        }
    }
    Some(common)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::Contest;
    use crate::game::cooperative::numbered;
    use crate::parameters::Parameters;
    use crate::system::System;

    fn game(strengths: &[u64], m: f64) -> ContestGame {
        let strengths: Vec<RBig> = strengths.iter().map(|&s| RBig::from(s)).collect();
        ContestGame::new(numbered(strengths.len()), &strengths, m).unwrap()
    }

    /// Whatever the decisiveness the values are the claims of the contest, exact or rounded;
    /// two sides have 1, and the stronger has more.
    #[test]
    fn values_are_claims() {
        let strengths = [500u64, 401, 302, 103, 104, 205];
        let named = strengths.iter().enumerate().map(|(i, &s)| (format!("S{i}"), s as f64));
        let system = System::from_powers(named).unwrap();
        for m in [0.0, 0.5, 1.0, 2.0, 2.3, 3.0, 100.0, 99.4, f64::INFINITY] {
            let parameters = Parameters { decisiveness: m, ..Parameters::default() };
            let contest = Contest::new(&system, &parameters).unwrap();
            let game = game(&strengths, m);
            let mut sorted = Vec::new();
            for s in Coalition::all(6) {
                let value = game.value(s);
                let float = game.float(game.strength(s));
                assert!((value.to_f64().value() - contest.claim(s)).abs() < 3e-14, "{m} {s:?}");
                assert!((value.to_f64().value() - float).abs() < 3e-14, "{m} {s:?}");
                assert_eq!(&value + game.value(s.complement(6)), RBig::ONE);
                sorted.push((game.strength(s), value));
            }
            sorted.sort();
            assert!(sorted.is_sorted_by(|a, b| a.1 <= b.1), "{m}");
            assert_eq!(game.table().unwrap().value(Coalition(5)), game.value(Coalition(5)));
        }
    }

    #[test]
    fn small_whole_numbers_are_exact_and_others_correctly_rounded() {
        let exact = game(&[50, 40, 30], 2.0);
        assert_eq!(exact.strengths(), [5, 4, 3]);
        assert_eq!(exact.decimals(), None);
        assert_eq!(exact.value(Coalition(1)), RBig::from_parts(25.into(), 74u8.into()));
        // With an exponent of one half: √4 / (√4 + √1), of which 15 decimals.
        let root = game(&[4, 1], 0.5);
        assert_eq!(root.decimals(), Some(15));
        let rounded = RBig::from_parts(666_666_666_666_667u64.into(), 10u64.pow(15).into());
        assert_eq!(root.value(Coalition(1)), rounded);
        // The same by a route through whole numbers: (a³)^(1/2) is a^1.5.
        let (cubes, bases) = (game(&[343, 27], 0.5), game(&[7, 3], 1.5));
        assert_eq!(cubes.value(Coalition(1)), bases.value(Coalition(1)));
    }

    #[test]
    fn what_is_no_game_is_refused() {
        let ones = |n: usize| vec![RBig::ONE; n];
        assert!(ContestGame::new(numbered(2), &ones(1), 2.0).is_err());
        assert!(ContestGame::new(numbered(65), &ones(65), 2.0).is_err());
        assert!(ContestGame::new(numbered(2), &[RBig::ONE, RBig::ZERO], 2.0).is_err());
        let long = RBig::from(10).pow(40);
        assert!(ContestGame::new(numbered(2), &[RBig::ONE, long], 2.0).is_err());
        for m in [-1.0, 101.0, f64::NAN] {
            assert!(ContestGame::new(numbered(2), &ones(2), m).is_err());
        }
    }
}
