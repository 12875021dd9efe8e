//! Re-checks that a game is what a rule makes of shares of power.

use std::collections::HashMap;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rayon::prelude::*;

use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::game::cooperative::number::{Numerators, common_denominator, numerator_over};
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

/// Whether the strengths are in proportion to the shares; where these have more digits, as
/// nearly as so many of the strengths' permit.
pub fn is_contest(game: &ContestGame, shares: &[RBig]) -> bool {
    let total = RBig::from(game.total());
    let Ok(unit) = common_denominator(shares) else { return false };
    let rounded = unit.bit_len() > ContestGame::LONGEST_STRENGTH && game.decisiveness().is_finite();
    let most = if rounded { RBig::ONE } else { RBig::ZERO };
    let mut off = game.strengths().iter().zip(shares).map(|(&s, p)| RBig::from(s) - p * &total);
    game.players() == shares.len() && off.all(|off| off <= most && off >= -&most)
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
/// `decimals` differ at all. O(2^n); exact values are computed once for equal powers.
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
    let numerators = table.numerators();
    let (one, last) = (IBig::from(table.denominator().clone()), (1usize << n) - 1);
    let adds_up = |at: usize| match numerators {
        Numerators::Small(v) => IBig::from(v[at] + v[last ^ at]) == one,
        _ => numerators.get(at) + numerators.get(last ^ at) == one,
    };
    if !(1..=last / 2).into_par_iter().all(adds_up) {
        return f64::INFINITY;
    }
    let powers: Vec<IBig> = shares.iter().map(|share| numerator_over(share, &unit)).collect();
    if decimals.is_none() {
        let all = IBig::from(unit);
        let mut known: HashMap<IBig, IBig> = HashMap::new();
        let holds = (1..last).all(|at| {
            let own = Coalition(at as u64).members().fold(IBig::ZERO, |sum, i| sum + &powers[i]);
            let value = numerators.get(at);
            if let Some(known) = known.get(&own) {
                return *known == value;
            }
            let rest = &all - &own;
            let holds = is_claim(&table.ratio(value.clone()), own.clone(), rest, decisiveness);
            known.insert(own, value);
            holds
        });
        return if holds { 0.0 } else { f64::INFINITY };
    }
    // Of the weaker side to the stronger, rounded once: large powers of it stay within the last
    // digits. 120 bits of the powers are more than that.
    let excess = unit.bit_len().saturating_sub(120);
    let short = powers.iter().map(|power| u128::try_from(power >> excess).ok());
    let Some(short) = short.collect::<Option<Vec<u128>>>() else { return f64::INFINITY };
    let all: u128 = short.iter().sum();
    let scale = table.denominator().to_f64().value();
    let sums = |powers: &[u128]| {
        let all = (0..1u64 << powers.len()).map(Coalition);
        all.map(|s| s.members().map(|i| powers[i]).sum::<u128>()).collect::<Vec<_>>()
    };
    let (low, high) = short.split_at(n / 2);
    let (low, high) = (sums(low), sums(high));
    let off = |at: usize| {
        let own = low[at & (low.len() - 1)] + high[at >> (n / 2)];
        let rest = all - own;
        let weaker = own < rest;
        let ratio = if weaker { own as f64 / rest as f64 } else { rest as f64 / own as f64 };
        let odds = ratio.powf(decisiveness);
        let claim = if weaker { odds / (1.0 + odds) } else { 1.0 / (1.0 + odds) };
        let value = match numerators {
            Numerators::Small(v) => v[at] as f64 / scale,
            _ => table.value(Coalition(at as u64)).to_f64().value(),
        };
        (value - claim).abs()
    };
    // With the last player: of the others it follows.
    (last.div_ceil(2)..last).into_par_iter().map(off).reduce(|| 0.0, f64::max)
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
