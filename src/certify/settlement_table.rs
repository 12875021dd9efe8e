//! Re-checks that a game is what a rule makes of shares of power.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::Claim;
use crate::coalition::Coalition;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{ContestGame, ExactTable, Sense, WeightedGame};

/// Whether a coalition wins iff it holds more than half: the weights are in proportion to the
/// shares, and the quota is the least whole weight above half.
pub fn is_majority(game: &WeightedGame, shares: &[RBig]) -> bool {
    let [rule] = game.rules() else { return false };
    let total = RBig::from(rule.total().clone());
    let in_proportion = rule.weights().len() == shares.len()
        && rule.weights().iter().zip(shares).all(|(w, p)| RBig::from(w.clone()) == p * &total);
    let twice = rule.quota() * UBig::from(2u8);
    in_proportion && twice > *rule.total() && twice <= rule.total() + UBig::from(2u8)
}

/// Whether the strengths are in proportion to the shares.
pub fn is_contest(game: &ContestGame, shares: &[RBig]) -> bool {
    let total = RBig::from(game.total());
    let mut strengths = game.strengths().iter().zip(shares);
    game.players() == shares.len() && strengths.all(|(&s, p)| RBig::from(s) == p * &total)
}

/// That the table is the settlement game of these shares.
pub fn is_settlement(
    table: &ExactTable,
    shares: &[RBig],
    decisiveness: f64,
    decimals: Option<u32>,
) -> Claim {
    let off = settlement_error(table, shares, decisiveness, decimals);
    let what = "origin: the values are what coalitions get by fighting all others";
    Claim::within(what, off, decimals.map_or(0.0, |_| 3e-15))
}

/// How far the farthest value is from `P(S)^m / (P(S)^m + P(N∖S)^m)`; infinite if a coalition
/// and the others do not have exactly 1 together, or if values that are not rounded to
/// `decimals` differ at all. O(2^n).
pub fn settlement_error(
    table: &ExactTable,
    shares: &[RBig],
    decisiveness: f64,
    decimals: Option<u32>,
) -> f64 {
    let n = table.players();
    let Ok(unit) = common_denominator(shares) else { return f64::INFINITY };
    let valid = decisiveness >= 0.0 && shares.len() == n && table.sense() == Sense::Worth;
    if !valid || table.value(Coalition::grand(n)) != RBig::ONE {
        return f64::INFINITY;
    }
    let powers: Vec<IBig> = shares.iter().map(|share| numerator_over(share, &unit)).collect();
    let power = |s: Coalition| s.members().fold(IBig::ZERO, |sum, i| sum + &powers[i]);
    let mut farthest = 0.0f64;
    for s in Coalition::proper(n).filter(|s| s.contains(0)) {
        let rest = s.complement(n);
        let (own, other) = (power(s), power(rest));
        let value = table.value(s);
        if &value + table.value(rest) != RBig::ONE {
            return f64::INFINITY;
        }
        let off = match decimals {
            Some(_) => {
                // Of the weaker side to the stronger, rounded once: large powers of it stay
                // within the last digits.
                let weaker = own < other;
                let (less, more) = if weaker { (own, other) } else { (other, own) };
                let ratio = (RBig::from(less) / RBig::from(more)).to_f64().value();
                let odds = ratio.powf(decisiveness);
                let claim = if weaker { odds / (1.0 + odds) } else { 1.0 / (1.0 + odds) };
                (value.to_f64().value() - claim).abs()
            }
            None if is_claim(&value, own, other, decisiveness) => 0.0,
            None => f64::INFINITY,
        };
        farthest = farthest.max(off);
    }
    farthest
}

/// Whether `value = own^m / (own^m + other^m)`, exactly; of whole `m` or without bound.
fn is_claim(value: &RBig, own: IBig, other: IBig, m: f64) -> bool {
    if m.is_infinite() {
        let twice = match own.cmp(&other) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        return value * RBig::from(2) == RBig::from(twice);
    }
    if m > 100.0 || m.fract() != 0.0 {
        return false;
    }
    let (own, other) = (own.pow(m as usize), other.pow(m as usize));
    value * RBig::from(&own + other) == RBig::from(own)
}
