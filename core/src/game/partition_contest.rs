//! The contest of blocs as a game with externalities, in exact numbers.
//!
//! In a partition `π` bloc `S` is worth what it can expect to win from all others, each bloc for
//! itself: `w(S; π) = P(S)^m / Σ_{C∈π} P(C)^m`, from the exact shares of power; 1 for all
//! together. What an alliance is worth depends on whether its rivals stand together (Bloch,
//! Sánchez-Pagés & Soubeyran 2006, *J. Public Econ.* 90; in partition function form Thrall & Lucas
//! 1963). Of two blocs it is what they have in the settlement game.
//!
//! With whole decisiveness, or without bound, the worths are fractions and are kept as they are if
//! their common denominator is not too long (512 bits); in proportion (`m = 1`) always. Otherwise
//! each is rounded to [`DECIMALS`](super::exact_settlement::DECIMALS) decimals, equal powers to equal worths, and two blocs to 1
//! together; it is then off by less than 4·10⁻¹⁵.
//!
//! Cost: one pass over the blocs of all partitions; limit 8 players.

use std::cmp::Ordering;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::error::Result;
use crate::exact::{common_divisor, least_multiple};
use crate::game::cooperative::PartitionGame;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::exact_settlement::{LONGEST, POWER_BITS, UNIT};

/// The contest of blocs, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionContest {
    /// The worth of every bloc in every partition.
    pub game: PartitionGame,
    /// Whether worths were rounded to [`DECIMALS`](super::exact_settlement::DECIMALS) decimals.
    pub rounded: bool,
}

/// The game that a contest makes between players of these names.
///
/// # Errors
/// If there are more than 8 players, or the shares' common denominator has thousands of digits.
pub fn partition_contest(contest: &Contest, names: Vec<String>) -> Result<PartitionContest> {
    let n = names.len();
    if n > PartitionGame::MAX_PLAYERS {
        return Err(PartitionGame::too_large(n));
    }
    let unit = common_denominator(contest.exact_shares())?;
    let each = contest.exact_shares().iter().map(|share| numerator_over(share, &unit)).collect();
    let powers = Powers { each, bits: unit.bit_len() };
    let exact = powers.exact(contest.parameters().decisiveness);
    let rounded = exact.is_none();
    let worths = exact.unwrap_or_else(|| powers.rounded(contest));
    Ok(PartitionContest { game: PartitionGame::new(names, worths)?, rounded })
}

/// The powers of the players in whole numbers, and how long all of it is.
struct Powers {
    each: Vec<IBig>,
    bits: usize,
}

impl Powers {
    fn of(&self, bloc: Coalition) -> IBig {
        bloc.members().fold(IBig::ZERO, |sum, i| sum + &self.each[i])
    }

    /// The worths as fractions; `None` where they are none, or too long.
    fn exact(&self, m: f64) -> Option<Vec<Vec<RBig>>> {
        let whole = (0u8..=100).find(|&k| f64::from(k) == m);
        if whole.is_none() && m.is_finite() {
            return None;
        }
        let mut common = UBig::ONE;
        let mut all = Vec::new();
        for partition in Partition::all(self.each.len()) {
            let powers: Vec<IBig> = partition.blocs().iter().map(|&b| self.of(b)).collect();
            let weights = match whole {
                Some(k) => weights(&powers, k.into()),
                None => strongest(&powers),
            };
            let total = weights.iter().sum::<IBig>();
            let below = UBig::try_from(total).ok()?;
            if whole.is_some_and(|k| k > 1) {
                common = least_multiple(&common, &below);
                if common.bit_len() > LONGEST {
                    return None;
                }
            }
            all.push(weights.into_iter().map(|w| RBig::from_parts(w, below.clone())).collect());
        }
        Some(all)
    }

    /// The worths rounded.
    fn rounded(&self, contest: &Contest) -> Vec<Vec<RBig>> {
        let excess = self.bits.saturating_sub(POWER_BITS);
        let worths = |partition: Partition| -> Vec<RBig> {
            let powers = partition.blocs().iter().map(|&b| self.of(b) >> excess);
            let powers: Vec<u128> =
                powers.map(|power| u128::try_from(power).unwrap_or(0)).collect();
            let parts = rounded(&powers, contest).into_iter();
            parts.map(|part| RBig::from_parts(part.into(), UNIT.into())).collect()
        };
        Partition::all(self.each.len()).map(worths).collect()
    }
}

/// Powers to a whole power, without what they have in common.
fn weights(powers: &[IBig], m: usize) -> Vec<IBig> {
    let common =
        IBig::from(common_divisor(powers.iter().map(|power| power.clone().into_parts().1)));
    powers.iter().map(|power| (power / &common).pow(m)).collect()
}

/// 1 for each of the strongest blocs.
fn strongest(powers: &[IBig]) -> Vec<IBig> {
    let most = powers.iter().max();
    let is_most = |power: &IBig| most.is_some_and(|most| most == power);
    powers.iter().map(|power| if is_most(power) { IBig::ONE } else { IBig::ZERO }).collect()
}

/// The worths of the blocs of a partition, in parts of [`UNIT`].
fn rounded(powers: &[u128], contest: &Contest) -> Vec<u64> {
    let most = powers.iter().copied().max().unwrap_or(1);
    let odds: Vec<f64> =
        powers.iter().map(|&power| contest.strength(power as f64 / most as f64)).collect();
    let total: f64 = odds.iter().sum();
    let part = |odds: f64| ((UNIT as f64 * odds / total).round() as u64).min(UNIT);
    match (powers, &odds[..]) {
        ([a, b], [x, y]) => match a.cmp(b) {
            Ordering::Greater => vec![part(*x), UNIT - part(*x)],
            Ordering::Equal => vec![UNIT / 2; 2],
            Ordering::Less => vec![UNIT - part(*y), part(*y)],
        },
        _ => odds.into_iter().map(part).collect(),
    }
}
