//! Mixed strategies from the payoffs alone: what they pay in whole numbers, faces of equilibria,
//! and how far a logit equilibrium is from being one.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::strategic::{is_distribution, is_pure_nash, outcome};
use crate::exact::least_denominator;
use crate::game::StrategicTable;
use crate::game::table::advance;

/// What mixed strategies pay each player, and whether none has a better reply, in whole numbers;
/// `None` if they are no mixed strategies of the game. O(players · strategies · profiles that can
/// come about).
pub fn exact_payoffs(game: &StrategicTable, strategies: &[Vec<RBig>]) -> Option<(Vec<RBig>, bool)> {
    let sizes = game.sizes();
    let fits = strategies.len() == sizes.len()
        && strategies.iter().zip(&sizes).all(|(p, &k)| is_distribution(p, k));
    if !fits {
        return None;
    }
    // Each player's probabilities above zero over a denominator: strategy and numerator.
    let whole: Vec<(Vec<(usize, IBig)>, UBig)> = strategies.iter().map(|p| over_one(p)).collect();
    let mut holds = true;
    let mut payoffs = Vec::with_capacity(sizes.len());
    for (player, &k) in sizes.iter().enumerate() {
        let sums = sums(game, &whole, player, k);
        let best = sums.iter().max()?;
        let (own, _) = &whole[player];
        holds &= own.iter().all(|(a, _)| sums[*a] == *best);
        let mean: IBig = own.iter().map(|(a, p)| p * &sums[*a]).sum();
        let denominator = whole.iter().fold(UBig::ONE, |product, (_, d)| product * d);
        payoffs.push(game.exact(player).of_level(&RBig::from_parts(mean, denominator)));
    }
    Some((payoffs, holds))
}

/// What each strategy of a player pays in levels, times the others' denominators.
fn sums(
    game: &StrategicTable,
    whole: &[(Vec<(usize, IBig)>, UBig)],
    player: usize,
    k: usize,
) -> Vec<IBig> {
    let others: Vec<usize> = (0..whole.len()).filter(|&j| j != player).collect();
    let counts: Vec<usize> = others.iter().map(|&j| whole[j].0.len()).collect();
    let stride = game.strides()[player];
    let mut sums = vec![IBig::ZERO; k];
    let mut choice = vec![0; others.len()];
    loop {
        let mut index = 0;
        let mut weight = IBig::ONE;
        for (&c, &j) in choice.iter().zip(&others) {
            let (strategy, p) = &whole[j].0[c];
            index += strategy * game.strides()[j];
            weight *= p;
        }
        for (a, sum) in sums.iter_mut().enumerate() {
            *sum += &weight * game.exact(player).level(index + a * stride);
        }
        if !advance(&mut choice, &counts) {
            return sums;
        }
    }
}

/// The numbers above zero, and their places, over the least denominator of all.
fn over_one(p: &[RBig]) -> (Vec<(usize, IBig)>, UBig) {
    let denominator = least_denominator(p);
    let whole = |x: &RBig| x.numerator() * IBig::from(&denominator / x.denominator());
    let used = p.iter().enumerate().filter(|(_, x)| **x > RBig::ZERO);
    (used.map(|(a, x)| (a, whole(x))).collect(), denominator)
}

/// That every mixture of these strategies is an equilibrium: every profile of them is one, so
/// that no player ever gains by another strategy, and all of its own pay the same. Exact.
/// O(profiles of them · strategies).
pub fn face(game: &StrategicTable, strategies: &[Vec<usize>]) -> bool {
    let sizes = game.sizes();
    let fits = strategies.len() == sizes.len()
        && strategies
            .iter()
            .zip(&sizes)
            .all(|(own, &k)| !own.is_empty() && own.iter().all(|&a| a < k));
    let counts: Vec<usize> = strategies.iter().map(Vec::len).collect();
    let mut choice = vec![0; counts.len()];
    fits && loop {
        let profile: Vec<usize> = choice.iter().zip(strategies).map(|(&c, own)| own[c]).collect();
        if !is_pure_nash(game, game.index(&profile)) {
            break false;
        }
        if !advance(&mut choice, &counts) {
            break true;
        }
    }
}

/// How far mixed strategies are from a logit equilibrium with a precision: the most that the
/// logarithm of two strategies' odds differs from `precision` times what the one pays more than
/// the other, over 1 plus that; infinite if they are no mixed strategies with all probabilities
/// above zero. By a plain sum over profiles. Probabilities too small for floats count as 0 where
/// they are.
pub fn logit_residual(game: &StrategicTable, strategies: &[Vec<f64>], precision: f64) -> f64 {
    let Some(outcome) = outcome(game, strategies) else { return f64::INFINITY };
    let payoffs = outcome.replies;
    let own = |(i, p): (usize, &Vec<f64>)| {
        let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0);
        let scale = precision * game.span(i);
        let off = |a: usize| {
            let odds = scale * (payoffs[i][a] - payoffs[i][best]);
            match p[a] > 0.0 {
                true => ((p[a] / p[best]).ln() - odds).abs() / (1.0 + odds.abs()),
                // Below the least float.
                false if odds < -700.0 => 0.0,
                false => f64::INFINITY,
            }
        };
        (0..p.len())
            .map(off)
            .fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) })
    };
    strategies.iter().enumerate().map(own).fold(0.0, f64::max)
}
