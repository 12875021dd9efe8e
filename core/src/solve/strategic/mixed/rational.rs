//! An equilibrium of any number of players in fractions, where it has them.
//!
//! Probabilities of an equilibrium are algebraic numbers; those of games that people write down
//! are often fractions. Each probability's best approximation of small denominator is taken
//! (continued fractions), and the whole is kept only if it is an equilibrium in exact arithmetic.
//! Cost: O(players · strategies · profiles of the support) products of fractions; not tried where
//! the support has more than a few thousand profiles.

use dashu_ratio::RBig;

use crate::exact::sum;
use crate::game::StrategicTable;
use crate::game::table::advance;

/// The largest denominator, and how near it must come.
const DENOMINATOR: u64 = 100_000;
const NEAR: f64 = 1e-12;
/// The most profiles of a support.
const PROFILES: usize = 4096;

/// The strategies in fractions, and what each player is paid; `None` unless they are an
/// equilibrium exactly.
pub(super) fn rational(
    game: &StrategicTable,
    strategies: &[Vec<f64>],
) -> Option<(Vec<Vec<RBig>>, Vec<RBig>)> {
    let used = |p: &Vec<f64>| p.iter().filter(|&&x| x > NEAR).count();
    let mut counts = strategies.iter().map(used);
    counts.try_fold(1usize, |all, own| all.checked_mul(own).filter(|&a| a <= PROFILES))?;
    let exact: Vec<Vec<RBig>> = strategies
        .iter()
        .map(|p| p.iter().map(|&x| fraction(x)).collect::<Option<Vec<RBig>>>())
        .collect::<Option<_>>()?;
    let payoffs = payoffs(game, &exact)?;
    Some((exact, payoffs))
}

/// What each player is paid by mixed strategies; `None` unless they are an equilibrium.
pub(super) fn payoffs(game: &StrategicTable, strategies: &[Vec<RBig>]) -> Option<Vec<RBig>> {
    if !strategies.iter().all(|p| sum(p.iter()) == RBig::ONE) {
        return None;
    }
    let used = |p: &Vec<RBig>| (0..p.len()).filter(|&a| !p[a].is_zero()).collect();
    let used: Vec<Vec<usize>> = strategies.iter().map(used).collect();
    let mut payoffs = Vec::with_capacity(strategies.len());
    for (player, own) in used.iter().enumerate() {
        let levels = by_strategy(game, strategies, &used, player);
        let best = levels.iter().max()?.clone();
        if own.iter().any(|&a| levels[a] != best) {
            return None;
        }
        payoffs.push(game.exact(player).of_level(&best));
    }
    Some(payoffs)
}

/// What each strategy of a player pays on average, in levels.
fn by_strategy(
    game: &StrategicTable,
    strategies: &[Vec<RBig>],
    used: &[Vec<usize>],
    player: usize,
) -> Vec<RBig> {
    let others: Vec<usize> = (0..used.len()).filter(|&j| j != player).collect();
    let counts: Vec<usize> = others.iter().map(|&j| used[j].len()).collect();
    let mut choice = vec![0; others.len()];
    let mut sums = vec![RBig::ZERO; strategies[player].len()];
    loop {
        let mut index = 0;
        let mut weight = RBig::ONE;
        for (&c, &j) in choice.iter().zip(&others) {
            let strategy = used[j][c];
            index += strategy * game.strides()[j];
            weight *= &strategies[j][strategy];
        }
        for (a, sum) in sums.iter_mut().enumerate() {
            *sum +=
                &weight * RBig::from(game.exact(player).level(index + a * game.strides()[player]));
        }
        if !advance(&mut choice, &counts) {
            return sums;
        }
    }
}

/// The fraction of least denominator near a number in `[0, 1]`, by continued fractions.
fn fraction(x: f64) -> Option<RBig> {
    let (mut p, mut q) = ([0u64, 1u64], [1u64, 0u64]);
    let mut rest = x;
    while q[1] <= DENOMINATOR {
        let whole = rest.floor();
        if !(0.0..=DENOMINATOR as f64).contains(&whole) {
            return None;
        }
        p = [p[1], whole as u64 * p[1] + p[0]];
        q = [q[1], whole as u64 * q[1] + q[0]];
        if q[1] > DENOMINATOR {
            return None;
        }
        if (p[1] as f64 / q[1] as f64 - x).abs() < NEAR {
            return Some(RBig::from_parts(p[1].into(), q[1].into()));
        }
        rest = 1.0 / (rest - whole);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_found_and_others_are_not() {
        let is = |x: f64, p: u64, q: u64| fraction(x) == Some(RBig::from_parts(p.into(), q.into()));
        assert!(
            is(1.0 / 3.0, 1, 3) && is(355.0 / 1130.0, 71, 226) && is(0.0, 0, 1) && is(1.0, 1, 1)
        );
        assert_eq!(fraction(0.5f64.sqrt()), None);
        assert_eq!(fraction(f64::NAN), None);
    }
}
