//! Who is critical beside whom: Johnston's index.
//!
//! Definition: a member is critical in a winning coalition that loses without it. Johnston
//! (1978): each coalition with critical members is equally likely and divided equally among
//! those, `Σ_S 1/k(S)` over the coalitions in which `i` is critical, normalised.
//! Method: in a weighted game the critical members of a coalition of weight `q + e` are those
//! heavier than `e`. For `e` from one distinct weight to below the next they are the same
//! *heavy* players; a table of numbers by heavy members and weight counts the sets, and from
//! one distinct weight to the next the players of that weight are moved from the heavy to the
//! light. Cost: three passes a player over the table, O(n² q), and O(weights² · n² · q/w).
//! Other games are enumerated, up to 30 players.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::counting::{Counts, WORDS_AT_ONCE, add, big, is_too_large, with_limbs};
use super::marginals::normalized;
use crate::error::Result;
use crate::game::cooperative::{Game, SimpleTable};
use crate::work::Work;

/// The numbers of winning coalitions in which players are critical.
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalCounts {
    /// `by_critical[i][k]`: in how many player `i` is one of exactly `k` critical members, `k`
    /// from 0 to `n`.
    pub by_critical: Vec<Vec<UBig>>,
}

impl CriticalCounts {
    /// Johnston's index.
    pub fn johnston(&self) -> Vec<RBig> {
        let parts = |counts: &Vec<UBig>| {
            let shares = counts.iter().enumerate().skip(1).filter(|(_, count)| !count.is_zero());
            shares.fold(RBig::ZERO, |sum, (k, count)| {
                sum + RBig::from_parts(IBig::from(count.clone()), UBig::from(k))
            })
        };
        normalized(self.by_critical.iter().map(parts).collect()).unwrap_or_default()
    }
}

pub(in crate::solve) fn counts(game: &Game, work: &Work) -> Result<CriticalCounts> {
    if let Some((weights, quota)) = game.countable() {
        let n = weights.len();
        let counted = with_limbs!(n, by_weight(&weights, quota, work));
        if !is_too_large(&counted) || n > SimpleTable::MAX_PLAYERS {
            return counted;
        }
    }
    by_enumeration(&game.simple_within(work)?, work)
}

fn by_weight<const L: usize>(weights: &[u64], quota: u64, work: &Work) -> Result<CriticalCounts> {
    let n = weights.len();
    let mut rising: Vec<u64> = weights.iter().copied().filter(|&w| w > 0).collect();
    rising.sort_unstable();
    let mut counts = Counts::<L>::new(rising.len(), quota, true)?;
    for &weight in &rising {
        counts.add(weight, work)?;
    }
    let mut distinct = rising.clone();
    distinct.dedup();
    let mut of_weight = vec![vec![[0; L]; n + 1]; distinct.len()];
    let mut lightest = 0;
    let mut heavy = rising.len();
    for (from, &threshold) in distinct.iter().enumerate() {
        // Excesses from `lightest` to below `threshold`: critical are the weights from it on.
        for (weight, row) in distinct.iter().zip(&mut of_weight).skip(from) {
            work.in_time()?;
            let above = quota as i64 + threshold as i64 - 1;
            let below = quota as i64 + lightest as i64 - 1;
            let (from, to) = (below + 1 - *weight as i64, above - *weight as i64);
            let without = counts.without(*weight, from, to);
            for (number, counted) in row[1..=heavy].iter_mut().zip(&without) {
                add(number, counted);
            }
        }
        for _ in rising.iter().filter(|&&w| w == threshold) {
            counts.remove(threshold, work)?;
            counts.add_unsized(threshold, work)?;
            heavy -= 1;
        }
        lightest = threshold;
        work.advance(1);
    }
    // A player of weight 0 doubles the number of coalitions.
    let idle = weights.iter().filter(|&&w| w == 0).count();
    let by_critical = weights
        .iter()
        .map(|w| match distinct.binary_search(w) {
            Ok(at) => of_weight[at].iter().map(|count| big(count) << idle).collect(),
            Err(_) => vec![UBig::ZERO; n + 1],
        })
        .collect();
    Ok(CriticalCounts { by_critical })
}

fn by_enumeration(game: &SimpleTable, work: &Work) -> Result<CriticalCounts> {
    let n = game.players();
    let mut by_critical = vec![vec![0u64; n + 1]; n];
    let mut critical = vec![0u64; n];
    for high in 0..game.words().len() {
        if high % WORDS_AT_ONCE == 0 {
            work.in_time()?;
        }
        let mut vulnerable = 0;
        for (i, word) in critical.iter_mut().enumerate() {
            *word = game.critical(high, i);
            vulnerable |= *word;
        }
        if vulnerable == 0 {
            continue;
        }
        // The number of critical members of 64 coalitions at once, as five bits each.
        let mut number = [0u64; 5];
        for &word in &critical {
            let mut carry = word;
            for digit in &mut number {
                (*digit, carry) = (*digit ^ carry, *digit & carry);
            }
        }
        for k in 1..=n {
            let exactly = number.iter().enumerate().fold(vulnerable, |mask, (bit, &digit)| {
                mask & if k >> bit & 1 == 1 { digit } else { !digit }
            });
            if exactly != 0 {
                for (counts, &word) in by_critical.iter_mut().zip(&critical) {
                    counts[k] += u64::from((word & exactly).count_ones());
                }
            }
        }
    }
    let large = |counts: &Vec<u64>| counts.iter().map(|&count| UBig::from(count)).collect();
    Ok(CriticalCounts { by_critical: by_critical.iter().map(large).collect() })
}
