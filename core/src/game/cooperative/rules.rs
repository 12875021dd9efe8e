//! Games given by a rule and a few numbers: bankruptcy, airport, assignment.
//!
//! - Bankruptcy (O'Neill 1982; Aumann & Maschler 1985): an estate too small for the claims;
//!   a coalition is sure of what is left when all others are paid, `max(0, E − c(N∖S))`.
//! - Airport (Littlechild & Owen 1973): users need facilities of different cost; a coalition
//!   pays for the dearest, `max_{i∈S} c_i`.
//! - Largest claim (Ibn Ezra): a coalition is sure of its largest claim: the airport game's
//!   numbers as worths.
//! - Assignment (Shapley & Shubik 1971): pairs of a buyer and a seller are worth a surplus; a
//!   coalition gets the best matching of its members.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::number::{Numerators, common_denominator, numerator_over};
use super::table::{ExactTable, Sense, check_players};
use crate::error::{Error, Result};

/// The bankruptcy game of an estate and claims.
///
/// # Errors
/// If the estate or a claim is below zero, or the players are too many to lay out (25).
pub fn bankruptcy(names: Vec<String>, estate: &RBig, claims: &[RBig]) -> Result<ExactTable> {
    check(&names, claims, "claims")?;
    if *estate < RBig::ZERO {
        return Err(Error::parameter("estate", "0 or more", estate));
    }
    let denominator = common_denominator(claims.iter().chain([estate]))?;
    let claims: Vec<IBig> = claims.iter().map(|c| numerator_over(c, &denominator)).collect();
    let estate = numerator_over(estate, &denominator);
    let sums = lay_out(&claims, IBig::ZERO, |sum, claim| sum + claim);
    let total = sums.last().cloned().unwrap_or(IBig::ZERO);
    let values = sums
        .iter()
        .map(|sum| {
            let left = &estate - (&total - sum);
            if left < IBig::ZERO { IBig::ZERO } else { left }
        })
        .collect::<Vec<_>>();
    if values[0] != IBig::ZERO {
        return Err(Error::parameter(
            "estate",
            "at most the sum of the claims",
            RBig::from_parts(estate, denominator),
        ));
    }
    ExactTable::from_integers(names, denominator, Numerators::new(values))
}

/// The airport game: a coalition pays the largest of its members' costs. Its
/// [`Sense`] is a cost; with [`Sense::Worth`] it is Ibn Ezra's game of the largest claim.
///
/// # Errors
/// If a cost is below zero, or the players are too many to lay out (25).
pub fn airport(names: Vec<String>, costs: &[RBig]) -> Result<ExactTable> {
    check(&names, costs, "costs")?;
    let denominator = common_denominator(costs)?;
    let costs: Vec<IBig> = costs.iter().map(|c| numerator_over(c, &denominator)).collect();
    let values = lay_out(
        &costs,
        IBig::ZERO,
        |most, cost| if cost > most { cost.clone() } else { most.clone() },
    );
    let table = ExactTable::from_integers(names, denominator, Numerators::new(values))?;
    Ok(table.with_sense(Sense::Cost))
}

/// The assignment game: buyers in rows, sellers in columns, `surplus[b][s]` what the pair is
/// worth (below zero counts as not trading). Players are the buyers, then the sellers.
/// O(2^n n) time.
///
/// # Errors
/// If there are not as many names as buyers and sellers, rows of different lengths, or the
/// players are too many to lay out (25).
pub fn assignment(names: Vec<String>, surplus: &[Vec<RBig>]) -> Result<ExactTable> {
    let buyers = surplus.len();
    let sellers = surplus.first().map_or(0, Vec::len);
    check_players(names.len())?;
    if names.len() != buyers + sellers || surplus.iter().any(|row| row.len() != sellers) {
        return Err(Error::parameter(
            "surplus",
            "a row for each buyer and a column for each seller",
            format!("{buyers} rows, {} names", names.len()),
        ));
    }
    let denominator = common_denominator(surplus.iter().flatten())?;
    let surplus: Vec<Vec<IBig>> = surplus
        .iter()
        .map(|row| row.iter().map(|s| numerator_over(s, &denominator)).collect())
        .collect();
    let mut values = vec![IBig::ZERO; 1 << names.len()];
    let buyer_bits = (1usize << buyers) - 1;
    for set in 1..values.len() {
        let own = set & buyer_bits;
        // The buyer with the highest index stays out, or is matched with some seller.
        if own == 0 {
            continue;
        }
        let buyer = own.ilog2() as usize;
        let rest = set & !(1 << buyer);
        let mut best = values[rest].clone();
        for (seller, gain) in surplus[buyer].iter().enumerate() {
            let bit = 1 << (buyers + seller);
            if set & bit != 0 {
                let value = &values[rest & !bit] + gain;
                if value > best {
                    best = value;
                }
            }
        }
        values[set] = best;
    }
    ExactTable::from_integers(names, denominator, Numerators::new(values))
}

/// `value(S) = step(value(S∖i), x_i)` for the highest member `i`, over all coalitions.
fn lay_out<T: Clone>(numbers: &[T], empty: T, step: impl Fn(&T, &T) -> T) -> Vec<T> {
    let mut values = Vec::with_capacity(1 << numbers.len());
    values.push(empty);
    for number in numbers {
        for bits in 0..values.len() {
            values.push(step(&values[bits], number));
        }
    }
    values
}

fn check(names: &[String], numbers: &[RBig], what: &'static str) -> Result<()> {
    check_players(names.len())?;
    one_each(names, numbers, what)
}

/// That there is a number for each player, and none below zero.
pub(super) fn one_each(names: &[String], numbers: &[RBig], what: &'static str) -> Result<()> {
    if names.len() != numbers.len() {
        let expected = format!("{} of them, one for each player", names.len());
        return Err(Error::parameter(what, expected, numbers.len()));
    }
    match numbers.iter().find(|number| **number < RBig::ZERO) {
        Some(negative) => Err(Error::parameter(what, "0 or more each", negative)),
        None => Ok(()),
    }
}
