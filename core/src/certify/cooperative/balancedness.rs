//! Re-checks whether a game is totally balanced, exactly.
//!
//! It is if each coalition's worth is the least that one of finitely many allocations pays it
//! (Kalai & Zemel 1982): whichever pays a coalition just its worth is in the core of its
//! subgame. It is not if a balanced collection within a coalition claims more than its worth.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, Sense};

/// Whether every coalition's worth is the least that one of the allocations pays it; of costs,
/// the most that one charges it. O(allocations · 2^n).
pub fn is_least_of(table: &ExactTable, allocations: &[Vec<RBig>]) -> bool {
    let n = table.players();
    if allocations.iter().any(|x| x.len() != n) {
        return false;
    }
    let unit = RBig::from_parts(IBig::ONE, table.denominator().clone());
    let Ok(common) = common_denominator(allocations.iter().flatten().chain([&unit])) else {
        return false;
    };
    let factor = numerator_over(&unit, &common);
    let mut best: Vec<Option<IBig>> = vec![None; 1 << n];
    for x in allocations {
        let mut paid = vec![IBig::ZERO];
        for x in x {
            let x = numerator_over(x, &common);
            for at in 0..paid.len() {
                paid.push(&paid[at] + &x);
            }
        }
        for (best, paid) in best.iter_mut().zip(paid) {
            let better = best.as_ref().is_none_or(|best| match table.sense() {
                Sense::Worth => paid < *best,
                Sense::Cost => paid > *best,
            });
            if better {
                *best = Some(paid);
            }
        }
    }
    let value = |at: usize| table.numerators().get(at) * &factor;
    best.iter().enumerate().skip(1).all(|(at, best)| best.as_ref() == Some(&value(at)))
}

/// Whether the weights are a balanced collection of coalitions among the members of one, whose
/// claims exceed its worth; of costs, come to less than it.
pub fn is_unbalanced(table: &ExactTable, within: Coalition, weights: &[(Coalition, RBig)]) -> bool {
    let n = table.players();
    let sound = within.is_subset_of(Coalition::grand(n))
        && weights.iter().all(|(s, w)| {
            *w > RBig::ZERO && !s.is_empty() && s.is_subset_of(within) && *s != within
        });
    if !sound {
        return false;
    }
    let mut cover = vec![RBig::ZERO; n];
    let mut claims = RBig::ZERO;
    for (s, weight) in weights {
        s.members().for_each(|i| cover[i] += weight);
        claims += weight * table.value(*s);
    }
    let exceeds = match table.sense() {
        Sense::Worth => claims > table.value(within),
        Sense::Cost => claims < table.value(within),
    };
    exceeds && within.members().all(|i| cover[i] == RBig::ONE)
}
