//! Swings of weighted majority games by dynamic programming, exact for hundreds of players.
//!
//! Definition: player `i` swings a coalition `S` without it if `q − w_i ≤ w(S) < q`.
//! Method: one table of the numbers of sets by size and weight ([`counting`](super::counting))
//! for all players, filled in the order of rising weight; then the swings of each distinct
//! weight from its cumulative form. The game with quota `w(N) − q + 1` (the dual) has the same
//! swings in the reverse order of sizes, so the smaller of the two quotas is taken.
//! Cost: O(n · sizes · q) additions. Where the table would be too large and there are at most
//! 30 players, coalitions are enumerated instead.
//! References: Mann & Shapley (1962); Brams & Affuso (1976); Uno (2012).

use dashu_int::{IBig, UBig};

use super::Marginals;
use super::counting::{Counts, big, is_too_large, with_limbs};
use crate::error::Result;
use crate::game::cooperative::{SimpleTable, WeightedGame};
use crate::work::Work;

/// The swings by size of a weighted majority game.
///
/// # Errors
/// If neither the numbers by weight fit the memory nor the coalitions can be enumerated, or the
/// time is up.
pub fn marginals(game: &WeightedGame, work: &Work) -> Result<Marginals> {
    let n = game.players();
    if let ([rule], true) = (game.rules(), n > 12)
        && let Some((weights, quota)) = rule.small()
    {
        // The sets of s players number at most C(n−1, s), which is below 2^(n−1).
        let bits = central_bits(n);
        let counted = with_limbs!(bits, swings(&weights, quota, work));
        if !is_too_large(&counted) || n > SimpleTable::MAX_PLAYERS {
            return counted;
        }
    }
    Marginals::of_simple(&SimpleTable::of_weighted_within(game, work)?, work)
}

/// The number of bits of the central binomial coefficient of `n − 1`, and one.
fn central_bits(n: usize) -> usize {
    use dashu_int::ops::BitTest;
    let k = (n - 1) / 2;
    let mut binomial = UBig::ONE;
    for j in 0..k {
        binomial = binomial * UBig::from(n - 1 - j) / UBig::from(j + 1);
    }
    binomial.bit_len() + 1
}

fn swings<const L: usize>(weights: &[u64], quota: u64, work: &Work) -> Result<Marginals> {
    let n = weights.len();
    let total: u64 = weights.iter().sum();
    let dual = total - quota + 1;
    let q = quota.min(dual);
    let mut rising = weights.to_vec();
    rising.sort_unstable();
    // The most players whose weight can stay below the quota.
    let mut sum = 0;
    let most = rising
        .iter()
        .take_while(|&&w| {
            sum += w;
            sum < q
        })
        .count();
    let mut counts = Counts::<L>::new(most.min(n - 1) + 1, q, false)?;
    for &weight in &rising {
        counts.add(weight, work)?;
        work.advance(1);
    }
    work.in_time()?;
    counts.accumulate();
    let mut of_weight: Vec<(u64, Vec<IBig>)> = Vec::new();
    rising.dedup();
    for &weight in &rising {
        work.in_time()?;
        let mut by_size = vec![IBig::ZERO; n];
        if weight > 0 {
            let (from, to) = (q.saturating_sub(weight) as i64, q as i64 - 1);
            let swings = counts.without(weight, from, to);
            for (size, swings) in by_size.iter_mut().zip(&swings) {
                *size = big(swings).into();
            }
        }
        if q < quota {
            by_size.reverse();
        }
        of_weight.push((weight, by_size));
    }
    let by_size = weights
        .iter()
        .filter_map(|w| of_weight.binary_search_by_key(w, |(weight, _)| *weight).ok())
        .map(|at| of_weight[at].1.clone())
        .collect();
    Ok(Marginals { by_size, denominator: UBig::ONE })
}
