//! All configurations of two sides, one flip at a time.
//!
//! The last state stays on side 0, as sides have no names. The configurations are cut into runs
//! by their upper bits, so that the result does not depend on the number of threads; within a
//! run the lower bits follow the reflected Gray code (Knuth 2005, 7.2.1.1), and of every state
//! the sum `g_i = Σ_j w_ij σ_j` is kept up to date. A configuration is a local minimum iff
//! `σ_i g_i ≥ 0` for all `i`. O(2^(n−1) · n), vectorised in 32 bits; what rounding leaves open is
//! decided exactly.

use dashu_int::IBig;
use rayon::prelude::*;

use super::energy::{Rounded, Weights, sides_of};
use crate::work::Work;

/// States, rounded up to whole vectors.
const LANES: usize = 32;
/// Lower bits that a run walks through.
const RUN: usize = 18;

/// A local minimum.
pub(super) struct Found {
    pub(super) bits: u32,
    pub(super) strict: bool,
}

/// What an enumeration came to.
pub(super) enum Minima {
    All(Vec<Found>),
    /// There are more than can be kept.
    TooMany,
    OutOfTime,
}

/// All local minima of at most 32 states, in the order of bits.
pub(super) fn minima(weights: &Weights, n: usize, most: usize, work: &Work) -> Minima {
    let rounded = weights.narrow();
    let free = n - 1;
    let low = free.min(RUN);
    let runs = 1u32 << (free - low);
    work.begin("configurations", u64::from(runs));
    let each = |run: u32| {
        if work.is_over() {
            return None;
        }
        let found = walk(&rounded, n, run << low, low, most);
        work.advance(1);
        Some(found)
    };
    let all: Option<Vec<Option<Vec<u32>>>> = (0..runs).into_par_iter().map(each).collect();
    work.end();
    let Some(all) = all else { return Minima::OutOfTime };
    let mut found = Vec::new();
    for run in all {
        let Some(run) = run else { return Minima::TooMany };
        for bits in run {
            let least = weights.least_change(&sides_of(bits, n), 2);
            if least >= IBig::ZERO {
                found.push(Found { bits, strict: least > IBig::ZERO });
            }
        }
        if found.len() > most {
            return Minima::TooMany;
        }
    }
    found.sort_unstable_by_key(|found| found.bits);
    Minima::All(found)
}

/// The configurations of a run that may be local minima; `None` if there are more than `most`.
fn walk(rounded: &Rounded<i32>, n: usize, start: u32, low: usize, most: usize) -> Option<Vec<u32>> {
    let mut rows = vec![[0i32; LANES]; n];
    for (i, row) in rows.iter_mut().enumerate() {
        row[..n].copy_from_slice(&rounded.weights[i * n..(i + 1) * n]);
    }
    // −1 where a state is on side 1, else 0; `(g ^ m) − m` is then `σ g`.
    let mut mask = [0i32; LANES];
    for (i, m) in mask.iter_mut().enumerate().take(n - 1) {
        *m = -((start >> i & 1) as i32);
    }
    let mut field = [0i32; LANES];
    for (j, row) in rows.iter().enumerate() {
        for (g, w) in field.iter_mut().zip(row) {
            *g += (w ^ mask[j]) - mask[j];
        }
    }
    let slack = rounded.slack;
    let mut bits = start;
    let mut found = Vec::new();
    for step in 1..=1u32 << low {
        let mut bad = 0;
        for (g, m) in field.iter().zip(&mask) {
            bad |= (g ^ m) - m + slack;
        }
        if bad >= 0 {
            found.push(bits);
            if found.len() > most {
                return None;
            }
        }
        let k = step.trailing_zeros() as usize;
        if k >= low {
            break;
        }
        // State k's sign is turned: every field loses its part twice.
        let m = mask[k];
        for (g, w) in field.iter_mut().zip(&rows[k]) {
            *g -= 2 * ((w ^ m) - m);
        }
        mask[k] = !m;
        bits ^= 1 << k;
    }
    Some(found)
}
