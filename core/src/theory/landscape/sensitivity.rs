//! Which single propensity would have to change, and by how much, for the global minimum to
//! become another one.
//!
//! A change of `p_ij` by `δ` adds `2 s_i s_j δ` to the energy of every configuration in which `i`
//! and `j` are apart. The global minimum gives way when that bridges the gap to the best
//! configuration in which the two stand the other way. One walk over all configurations finds
//! that configuration for every pair; those whose energy is above all that were found so far
//! cost one comparison. Energies that rounding cannot tell apart are compared exactly.
//! O(2^(n−1) · n) and what is compared.

use super::energy::{Rounded, Weights, sides_of};
use crate::work::Work;

/// The most states.
pub(super) const MAX_STATES: usize = 24;

/// For a pair of states the best configuration in which they stand the other way.
pub(super) struct Rival {
    pub(super) pair: (usize, usize),
    pub(super) bits: u32,
}

/// The rivals of a configuration, for every pair that has a weight in the theory or not.
/// `None` if the time was up.
pub(super) fn rivals(weights: &Weights, n: usize, global: u32, work: &Work) -> Option<Vec<Rival>> {
    let Rounded { weights: rows, slack, .. } = weights.wide();
    // Each weight is off by less than one.
    let blur = if slack == 0 { 0 } else { (n * n) as i64 };
    let lower = |(energy, bits): (i64, u32), (other, than): (i64, u32)| {
        if energy.abs_diff(other) > blur as u64 || other == i64::MAX {
            return energy < other;
        }
        blur > 0 && weights.energy(&sides_of(bits, n)) < weights.energy(&sides_of(than, n))
    };
    let all = 1u32 << (n - 1);
    let mut best = vec![(i64::MAX, 0u32); n * n];
    let mut ceiling = i64::MAX;
    let mut stale = false;
    let mut sign = vec![1i64; n];
    let mut field: Vec<i64> = (0..n).map(|i| rows[i * n..(i + 1) * n].iter().sum()).collect();
    // Half the energy: the weights of the pairs that are apart.
    let mut energy = 0i64;
    let mut bits = 0u32;
    for step in 1..=all {
        if step.is_multiple_of(65_536) && work.is_over() {
            return None;
        }
        if energy < ceiling.saturating_add(blur) {
            let other = bits ^ global;
            for i in (0..n - 1).filter(|i| other >> i & 1 == 1) {
                for j in (0..n).filter(|&j| j + 1 == n || other >> j & 1 == 0) {
                    let pair = i.min(j) * n + i.max(j);
                    if lower((energy, bits), best[pair]) {
                        best[pair] = (energy, bits);
                        stale = true;
                    }
                }
            }
        }
        if stale && step.is_multiple_of(64) {
            stale = false;
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| i * n + j));
            ceiling = pairs.map(|pair| best[pair].0).max().unwrap_or(i64::MAX);
        }
        let k = step.trailing_zeros() as usize;
        if k + 1 >= n {
            break;
        }
        energy += sign[k] * field[k];
        for (i, g) in field.iter_mut().enumerate() {
            *g -= 2 * sign[k] * rows[k * n + i];
        }
        sign[k] = -sign[k];
        bits ^= 1 << k;
    }
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let known = pairs.filter(|&(i, j)| best[i * n + j].0 < i64::MAX);
    Some(known.map(|(i, j)| Rival { pair: (i, j), bits: best[i * n + j].1 }).collect())
}
