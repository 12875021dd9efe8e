//! Swings of weighted majority games by dynamic programming, exact for hundreds of players.
//!
//! Definition: player `i` swings a coalition `S` without it if `q − w_i ≤ w(S) < q`.
//! Method: one table of the numbers of sets by size and weight for all players, then the swings
//! of each distinct weight from its cumulative form ([`swings`](super::swings)). The game with
//! quota `w(N) − q + 1` (the dual) has the same swings in the reverse order of sizes, so the
//! smaller of the two quotas is taken.
//! Cost: O(n · sizes · q) additions. Where the table would be too large and there are at most
//! 30 players, coalitions are enumerated instead.
//! References: Mann & Shapley (1962); Brams & Affuso (1976); Uno (2012).

use dashu_int::{IBig, UBig};

use super::Marginals;
use super::counting::is_too_large;
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
        let counted = swings(&weights, quota, bits, work);
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

fn swings(weights: &[u64], quota: u64, bits: usize, work: &Work) -> Result<Marginals> {
    let n = weights.len();
    let total: u64 = weights.iter().sum();
    let q = quota.min(total - quota + 1);
    let mut rising = weights.to_vec();
    rising.sort_unstable();
    let mut of_weight = super::swings::swings(&rising, q, bits, work)?;
    for (_, by_size) in &mut of_weight {
        by_size.resize(n, IBig::ZERO);
        if q < quota {
            by_size.reverse();
        }
    }
    let by_size = |w| match of_weight.binary_search_by_key(w, |(weight, _)| *weight) {
        Ok(at) => of_weight[at].1.clone(),
        Err(_) => vec![IBig::ZERO; n],
    };
    Ok(Marginals { by_size: weights.iter().map(by_size).collect(), denominator: UBig::ONE })
}
