//! An end of a range in floating point, by plain sums, in payoffs per span.

use super::near::Near;
use super::{Asked, is_of};
use crate::certify::Claim;
use crate::finding::strategic::correlated::{Attained, Extreme, Objective, Partial, Proof};
use crate::game::StrategicTable;
use crate::game::table::advance;
use crate::tolerance::Tolerances;

const TOLERANCE: f64 = Tolerances::DEFAULT.certificate;

pub(super) fn claims(asked: &Asked<'_>, end: &Extreme, claims: &mut Vec<Claim>) {
    let attained = asked.near.map_or_else(|| end.attained.clone(), |n| n.attained(&end.attained));
    let Some(check) = Check::attained(asked, &attained, claims) else { return };
    // What the distribution gives, not what it is said to give: the gap must not be rounded.
    let value = expectation(asked.game, asked.objective, &attained);
    check.proofs(&near_zero(asked, &end.proofs), Some(value), claims);
}

fn near_zero(asked: &Asked<'_>, proofs: &[Proof]) -> Vec<Proof> {
    proofs.iter().map(|p| asked.near.map_or_else(|| p.clone(), |near| near.proof(p))).collect()
}

/// That what is known of an end is so.
pub(super) fn partial(asked: &Asked<'_>, known: &Partial, claims: &mut Vec<Claim>) {
    let known = asked.near.map_or_else(|| known.clone(), |near| near.partial(known));
    let check = match &known.attained {
        Some(attained) => Check::attained(asked, attained, claims),
        None if is_of(asked.objective, asked.game) => Some(Check { asked, scale: scale(asked) }),
        None => None,
    };
    match check {
        Some(check) => check.proofs(&known.proofs, None, claims),
        None => claims.push(Claim::exact(asked.what("objective is the game's"), false)),
    }
}

struct Check<'a> {
    asked: &'a Asked<'a>,
    /// What differences of the objective are counted in.
    scale: f64,
}

impl<'a> Check<'a> {
    /// That the distribution is an equilibrium and gives what is said. `None` if it makes no
    /// sense to go on.
    fn attained(asked: &'a Asked<'a>, end: &Attained, claims: &mut Vec<Claim>) -> Option<Self> {
        let n = asked.game.roster().len();
        let listed = end.distribution.iter().all(|&(k, p)| k < asked.game.len() && p >= 0.0);
        let total: f64 = end.distribution.iter().map(|&(_, p)| p).sum();
        let sound = listed && end.payoffs.len() == n && is_of(asked.objective, asked.game);
        let off = if sound { (total - 1.0).abs() } else { f64::INFINITY };
        claims.push(Claim::within(asked.what("is over a distribution"), off, 1e-9));
        if !sound {
            return None;
        }
        let obeyed = (0..n).map(|i| excess(asked, end, i)).fold(0.0, worse);
        let text = "distribution gives nobody a reason to leave";
        claims.push(Claim::within(asked.what(text), obeyed, TOLERANCE));
        let means: Vec<f64> = (0..n)
            .map(|i| end.distribution.iter().map(|&(k, p)| p * asked.game.floats(i)[k]).sum())
            .collect();
        let blur = |i: usize| asked.near.map_or(0.0, |near| near.blur(i));
        let off = |i: usize| beyond(means[i] - end.payoffs[i], blur(i)) / asked.game.span(i);
        let off = (0..n).map(off).fold(0.0, worse);
        claims.push(Claim::within(asked.what("expected payoffs"), off, TOLERANCE));
        let value = expectation(asked.game, asked.objective, end);
        let scale = scale(asked);
        let blur = asked.near.map_or(0.0, Near::blur_of_objective);
        let off = beyond(value - end.value, blur) / scale;
        claims.push(Claim::within(asked.what("value is what it gives"), off, TOLERANCE));
        Some(Self { asked, scale })
    }

    /// That the proofs bound what was asked, by what they say, and if there is a value that
    /// there is nothing beyond it.
    fn proofs(&self, proofs: &[Proof], value: Option<f64>, claims: &mut Vec<Claim>) {
        let asked = self.asked;
        let asked_for = is_asked(asked, proofs);
        claims.push(Claim::exact(asked.what("bound is on what was asked"), asked_for));
        let gap = proofs.iter().map(|proof| {
            let found = if asked_for { bound(asked, proof) } else { f64::NAN };
            let blur = asked.near.map_or(0.0, Near::blur_of_objective);
            let claimed = beyond(found - proof.bound, blur) / self.scale;
            let sign = f64::from(asked.sign);
            let gap = value.map_or(0.0, |value| sign * (value - found) / self.scale);
            if gap.is_nan() { f64::INFINITY } else { worse(claimed, gap) }
        });
        let text = match value {
            Some(_) => "value has no equilibrium beyond it",
            None => "bound has no equilibrium beyond it",
        };
        claims.push(Claim::within(asked.what(text), gap.fold(0.0, worse), TOLERANCE));
    }
}

/// What differences of the objective are counted in: the largest span of what is in it.
fn scale(asked: &Asked<'_>) -> f64 {
    let n = asked.game.roster().len();
    match asked.objective {
        Objective::Welfare | Objective::Minimum => {
            (0..n).map(|i| asked.game.span(i)).fold(0.0, f64::max)
        }
        Objective::Player(i) => asked.game.span(*i),
        Objective::Sum(shares) => {
            let part = |(i, share): (usize, &dashu_ratio::RBig)| {
                share.to_f64().value().abs() * asked.game.span(i)
            };
            let most = shares.iter().enumerate().map(part).fold(0.0, f64::max);
            if most > 0.0 { most } else { 1.0 }
        }
        Objective::Played(_) => 1.0,
        Objective::Values(values) => {
            let span = (values.unit() * dashu_ratio::RBig::from(values.top())).to_f64().value();
            if span > 0.0 { span } else { 1.0 }
        }
    }
}

/// The objective under a distribution over profiles of the game.
pub(super) fn expectation(game: &StrategicTable, objective: &Objective, end: &Attained) -> f64 {
    let mean = |number: &dyn Fn(usize) -> f64| -> f64 {
        end.distribution.iter().map(|&(k, p)| p * number(k)).sum()
    };
    match objective {
        Objective::Minimum => {
            let means = (0..game.roster().len()).map(|i| mean(&|k| game.floats(i)[k]));
            means.fold(f64::INFINITY, f64::min)
        }
        _ => mean(&|k| value(game, objective, k)),
    }
}

/// The objective in a profile; 0 if it is no function of profiles.
fn value(game: &StrategicTable, objective: &Objective, index: usize) -> f64 {
    match objective {
        Objective::Welfare => (0..game.roster().len()).map(|i| game.floats(i)[index]).sum(),
        Objective::Player(i) => game.floats(*i)[index],
        Objective::Sum(shares) => {
            let payoff = |i: usize| game.floats(i)[index];
            shares.iter().enumerate().map(|(i, s)| s.to_f64().value() * payoff(i)).sum()
        }
        Objective::Played(list) => {
            let profile = game.profile(index);
            f64::from(u8::from(list.iter().all(|&(i, a)| profile[i] == a)))
        }
        Objective::Values(values) => values.payoff(index).to_f64().value(),
        Objective::Minimum => 0.0,
    }
}

/// The largest expected gain of a player by one of its incentives, per span.
fn excess(asked: &Asked<'_>, end: &Attained, player: usize) -> f64 {
    let k = asked.game.sizes()[player];
    let stride = asked.game.strides()[player];
    let payoffs = asked.game.floats(player);
    let mut sums = vec![0.0; k * k];
    for &(index, p) in &end.distribution {
        let from = index / stride % k;
        for to in 0..k {
            let there = index + to * stride - from * stride;
            sums[asked.row(from) * k + to] += p * (payoffs[there] - payoffs[index]);
        }
    }
    sums.into_iter().fold(0.0, worse) / asked.game.span(player)
}

/// Whether the proofs bound the objective.
fn is_asked(asked: &Asked<'_>, proofs: &[Proof]) -> bool {
    let n = asked.game.roster().len();
    let all = |proof: &Proof, share: &dyn Fn(usize) -> f64| {
        proof.shares.len() == n && proof.shares.iter().enumerate().all(|(i, s)| *s == share(i))
    };
    let only = |proof: &Proof, player: usize| all(proof, &|i| f64::from(u8::from(i == player)));
    let sound = proofs.iter().all(|proof| {
        let weights = proof.weights.iter();
        weights.clone().all(|w| asked.knows(w) && w.weight >= 0.0 && w.weight.is_finite())
    });
    sound
        && match (asked.objective, proofs) {
            (Objective::Welfare, [proof]) => all(proof, &|_| 1.0),
            (Objective::Player(player), [proof]) => only(proof, *player),
            (Objective::Sum(shares), [proof]) => all(proof, &|i| shares[i].to_f64().value()),
            (Objective::Played(_) | Objective::Values(_), [proof]) => proof.shares.is_empty(),
            // A mean of the payoffs is no less than the lowest of them.
            (Objective::Minimum, [proof]) if asked.sign < 0 => {
                let total: f64 = proof.shares.iter().sum();
                let sound = proof.shares.iter().all(|&share| share >= 0.0);
                proof.shares.len() == n && sound && (total - 1.0).abs() < 1e-9
            }
            (Objective::Minimum, proofs) if asked.sign > 0 => {
                proofs.len() == n && proofs.iter().enumerate().all(|(i, proof)| only(proof, i))
            }
            _ => false,
        }
}

/// The bound that a proof's shares and weights make. O(profiles · players) and the weights of
/// the strategies played.
fn bound(asked: &Asked<'_>, proof: &Proof) -> f64 {
    let (game, sign) = (asked.game, f64::from(asked.sign));
    let sizes = game.sizes();
    let mut charges: Vec<Vec<Vec<(usize, f64)>>> =
        sizes.iter().map(|&k| vec![Vec::new(); k]).collect();
    for w in &proof.weights {
        charges[w.player][asked.row(w.from)].push((w.to, w.weight));
    }
    let mut profile = vec![0; sizes.len()];
    let mut best = f64::INFINITY;
    for index in 0..game.len() {
        let mut sum = match proof.shares.is_empty() {
            true => sign * value(asked.game, asked.objective, index),
            false => 0.0,
        };
        for (i, share) in proof.shares.iter().enumerate() {
            sum += sign * share * game.floats(i)[index];
        }
        for (player, &here) in profile.iter().enumerate() {
            let (payoffs, stride) = (game.floats(player), game.strides()[player]);
            for &(to, weight) in &charges[player][asked.row(here)] {
                let there = index + to * stride - here * stride;
                sum += weight * (payoffs[there] - payoffs[index]);
            }
        }
        best = best.min(sum);
        advance(&mut profile, &sizes);
    }
    sign * best
}

/// How far a difference is beyond what rounding explains.
fn beyond(difference: f64, rounding: f64) -> f64 {
    // Not `max`: what is not a number stays so.
    if difference.abs() <= rounding { 0.0 } else { difference.abs() - rounding }
}

/// The larger; what is not a number is infinite.
fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::INFINITY } else { a.max(b) }
}
