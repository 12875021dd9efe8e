//! An end of a range in exact arithmetic.
//!
//! Prices are computed in floating point for every profile, with a bound on all rounding; a
//! profile that is not above the bound by more than that is priced in whole numbers.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::{Asked, Number, is_of, terms};
use crate::certify::Claim;
use crate::exact::least_denominator;
use crate::exact::sum;
use crate::finding::strategic::correlated::{Concept, Extreme, Objective, Proof};
use crate::game::table::{Levels, Payoffs, advance};

pub(super) fn claims(asked: &Asked<'_>, end: &Extreme<RBig>, claims: &mut Vec<Claim>) {
    let (game, attained) = (asked.game, &end.attained);
    let n = game.roster().len();
    let total = attained.distribution.iter().fold(RBig::ZERO, |sum, (_, p)| sum + p);
    let sound = attained.distribution.iter().all(|(k, p)| *k < game.len() && *p >= RBig::ZERO)
        && total == RBig::ONE
        && attained.payoffs.len() == n
        && is_of(asked.objective, game);
    claims.push(Claim::exact(asked.what("is over a distribution, exactly"), sound));
    if !sound {
        return;
    }
    let weights = common(attained.distribution.iter().map(|(_, p)| p));
    let profiles: Vec<(usize, IBig)> =
        attained.distribution.iter().map(|(k, _)| *k).zip(weights.0).collect();
    let text = "distribution gives nobody a reason to leave, exactly";
    claims.push(Claim::exact(asked.what(text), (0..n).all(|i| obeys(asked, &profiles, i))));
    let mean = |payoffs: &Payoffs| {
        let sum: IBig = profiles.iter().map(|(k, p)| p * payoffs.level(*k)).sum();
        payoffs.of_level(&RBig::from_parts(sum, weights.1.clone()))
    };
    let means: Vec<RBig> = (0..n).map(|i| mean(game.exact(i))).collect();
    claims.push(Claim::exact(asked.what("expected payoffs, exactly"), means == attained.payoffs));
    let value = match asked.objective {
        Objective::Welfare => sum(means.iter()),
        Objective::Minimum => means.iter().min().cloned().unwrap_or(RBig::ZERO),
        Objective::Player(i) => means[*i].clone(),
        Objective::Sum(shares) => {
            means.iter().zip(shares).fold(RBig::ZERO, |sum, (u, share)| sum + u * share)
        }
        Objective::Played(list) => {
            let sizes = game.sizes();
            let played =
                |k: usize| list.iter().all(|&(i, a)| k / game.strides()[i] % sizes[i] == a);
            let likely = attained.distribution.iter().filter(|(k, _)| played(*k));
            likely.fold(RBig::ZERO, |sum, (_, p)| sum + p)
        }
        Objective::Values(values) => mean(values),
    };
    let text = "value is what it gives, exactly";
    claims.push(Claim::exact(asked.what(text), value == attained.value));
    let asked_for = is_asked(asked, &end.proofs);
    claims.push(Claim::exact(asked.what("bound is on what was asked"), asked_for));
    let sign = RBig::from(asked.sign);
    let beyond = |proof: &Proof<RBig>| &sign * &attained.value > &sign * &proof.bound;
    let proved = asked_for
        && !end.proofs.iter().any(beyond)
        && end.proofs.iter().all(|proof| Prices::new(asked, proof).hold(asked));
    claims.push(Claim::exact(asked.what("value has no equilibrium beyond it, exactly"), proved));
}

/// Whether no incentive of the player is worth anything under the distribution.
fn obeys(asked: &Asked<'_>, profiles: &[(usize, IBig)], player: usize) -> bool {
    let (k, stride) = (asked.game.sizes()[player], asked.game.strides()[player]);
    let payoffs = asked.game.exact(player);
    let mut sums = vec![IBig::ZERO; k * k];
    for (index, p) in profiles {
        let from = index / stride % k;
        let own = payoffs.level(*index);
        for to in (0..k).filter(|&to| to != from) {
            let other = payoffs.level(index - from * stride + to * stride);
            sums[asked.row(from) * k + to] += p * (other - &own);
        }
    }
    sums.into_iter().all(|sum| sum <= IBig::ZERO)
}

/// Whether the proofs bound the objective.
fn is_asked(asked: &Asked<'_>, proofs: &[Proof<RBig>]) -> bool {
    let n = asked.game.roster().len();
    let sound = proofs
        .iter()
        .all(|proof| proof.weights.iter().all(|w| asked.knows(w) && w.weight >= RBig::ZERO));
    let all = |proof: &Proof<RBig>, share: &dyn Fn(usize) -> RBig| {
        proof.shares.len() == n && proof.shares.iter().enumerate().all(|(i, s)| *s == share(i))
    };
    let only = |proof: &Proof<RBig>, player: usize| {
        all(proof, &|i| if i == player { RBig::ONE } else { RBig::ZERO })
    };
    sound
        && match (asked.objective, proofs) {
            (Objective::Welfare, [proof]) => all(proof, &|_| RBig::ONE),
            (Objective::Player(player), [proof]) => only(proof, *player),
            (Objective::Sum(shares), [proof]) => proof.shares == *shares,
            (Objective::Played(_) | Objective::Values(_), [proof]) => proof.shares.is_empty(),
            // A mean of the payoffs is no less than the lowest of them.
            (Objective::Minimum, [proof]) if asked.sign < 0 => {
                proof.shares.len() == n
                    && proof.shares.iter().all(|share| *share >= RBig::ZERO)
                    && sum(proof.shares.iter()) == RBig::ONE
            }
            (Objective::Minimum, proofs) if asked.sign > 0 => {
                proofs.len() == n && proofs.iter().enumerate().all(|(i, proof)| only(proof, i))
            }
            _ => false,
        }
}

/// Numbers over the least denominator that they share.
fn common<'a>(numbers: impl Iterator<Item = &'a RBig> + Clone) -> (Vec<IBig>, UBig) {
    let denominator = least_denominator(numbers.clone());
    let whole = |x: &RBig| x.numerator() * IBig::from(&denominator / x.denominator());
    (numbers.map(whole).collect(), denominator)
}

/// `±function + Σ weight·gain ∓ bound` of a profile, which must be 0 or more, as a function of
/// levels, in floats and in whole numbers.
struct Prices<'a> {
    terms: Vec<(Number<'a>, f64, IBig)>,
    /// By player and row: strategies to change to, with their weights.
    charges: Vec<Vec<Vec<(usize, f64, IBig)>>>,
    constant: (f64, IBig),
    /// More than the rounding of a price.
    error: f64,
}

impl<'a> Prices<'a> {
    fn new(asked: &Asked<'a>, proof: &Proof<RBig>) -> Self {
        let game = asked.game;
        let sign = RBig::from(asked.sign);
        let terms = terms(asked, &proof.shares);
        let mut constant = -&sign * &proof.bound;
        let mut numbers = Vec::new();
        for (number, share) in &terms {
            let unit = match number {
                Number::Payoffs(payoffs) => {
                    constant += &sign * share * payoffs.offset();
                    payoffs.unit().clone()
                }
                Number::Played(_) => RBig::ONE,
            };
            numbers.push(&sign * share * unit);
        }
        numbers.extend(proof.weights.iter().map(|w| &w.weight * game.exact(w.player).unit()));
        numbers.push(constant);
        let whole = common(numbers.iter()).0;
        let floats: Vec<f64> = numbers.iter().map(|x| x.to_f64().value()).collect();
        let last = numbers.len() - 1;
        let mut size = floats[last].abs();
        let mut found = Self {
            terms: Vec::with_capacity(terms.len()),
            charges: game
                .sizes()
                .iter()
                .map(|&k| vec![Vec::new(); if asked.concept == Concept::Coarse { 1 } else { k }])
                .collect(),
            constant: (floats[last], whole[last].clone()),
            error: 0.0,
        };
        let count = terms.len();
        for ((number, _), (float, whole)) in terms.into_iter().zip(floats.iter().zip(&whole)) {
            size += float.abs()
                * match number {
                    Number::Payoffs(payoffs) => payoffs.top().to_f64().value(),
                    Number::Played(_) => 1.0,
                };
            found.terms.push((number, *float, whole.clone()));
        }
        for (w, (float, whole)) in proof.weights.iter().zip(floats.iter().zip(&whole).skip(count)) {
            size += float.abs() * game.exact(w.player).top().to_f64().value();
            let row = &mut found.charges[w.player][asked.row(w.from)];
            row.push((w.to, *float, whole.clone()));
        }
        // Each number and its product are rounded, and each of the sums is.
        found.error = 2.0 * (numbers.len() as f64 + 8.0) * f64::EPSILON * size;
        found
    }

    /// Whether no profile is worth less than the bound. O(profiles · players).
    fn hold(&self, asked: &Asked<'_>) -> bool {
        let game = asked.game;
        let sizes = game.sizes();
        let mut profile = vec![0; sizes.len()];
        (0..game.len()).all(|index| {
            let holds = self.float(asked, index, &profile) > self.error
                || self.whole(asked, index, &profile) >= IBig::ZERO;
            advance(&mut profile, &sizes);
            holds
        })
    }

    fn float(&self, asked: &Asked<'_>, index: usize, profile: &[usize]) -> f64 {
        let mut sum = self.constant.0;
        for (number, factor, _) in &self.terms {
            sum += factor
                * match number {
                    Number::Payoffs(payoffs) => level(payoffs, index),
                    Number::Played(list) => f64::from(u8::from(played(list, profile))),
                };
        }
        for (player, &here) in profile.iter().enumerate() {
            let row = &self.charges[player][asked.row(here)];
            if row.is_empty() {
                continue;
            }
            let (payoffs, stride) = (asked.game.exact(player), asked.game.strides()[player]);
            let own = level(payoffs, index);
            for (to, weight, _) in row {
                sum += weight * (level(payoffs, index + to * stride - here * stride) - own);
            }
        }
        sum
    }

    fn whole(&self, asked: &Asked<'_>, index: usize, profile: &[usize]) -> IBig {
        let mut sum = self.constant.1.clone();
        for (number, _, factor) in &self.terms {
            match number {
                Number::Payoffs(payoffs) => sum += factor * payoffs.level(index),
                Number::Played(list) if played(list, profile) => sum += factor,
                Number::Played(_) => {}
            }
        }
        for (player, &here) in profile.iter().enumerate() {
            let (payoffs, stride) = (asked.game.exact(player), asked.game.strides()[player]);
            for (to, _, weight) in &self.charges[player][asked.row(here)] {
                let there = index + to * stride - here * stride;
                sum += weight * (payoffs.level(there) - payoffs.level(index));
            }
        }
        sum
    }
}

fn level(payoffs: &Payoffs, index: usize) -> f64 {
    match payoffs.levels() {
        Levels::Small(levels) => levels[index] as f64,
        Levels::Large(levels) => levels[index].to_f64().value(),
    }
}

fn played(list: &[(usize, usize)], profile: &[usize]) -> bool {
    list.iter().all(|&(player, strategy)| profile[player] == strategy)
}
