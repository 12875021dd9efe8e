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
use super::kept::{Kept, Lowest};
use crate::work::Work;

/// States, rounded up to whole vectors.
const LANES: usize = 32;
/// Lower bits that a run walks through.
const RUN: usize = 18;

/// The local minima of at most 32 states, as bits. `None` if the time was up.
pub(super) fn minima(weights: &Weights, n: usize, work: &Work) -> Option<Lowest<u32>> {
    let (rounded, fine) = (weights.narrow(), weights.fine());
    let free = n - 1;
    let low = free.min(RUN);
    let runs = 1u32 << (free - low);
    work.begin("configurations", u64::from(runs));
    let each = |mut kept: Kept<u32>, run: u32| {
        if work.is_over() {
            return None;
        }
        walk(&rounded, (weights, &fine), n, run << low, low, &mut kept);
        work.advance(1);
        Some(kept)
    };
    let kept = (0..runs)
        .into_par_iter()
        .try_fold(Kept::new, each)
        .try_reduce(Kept::new, |a, b| Some(a.merge(b)));
    work.end();
    kept.map(|kept| kept.into_lowest(fine.blur(n * n)))
}

/// Adds the local minima of a run.
fn walk(
    rounded: &Rounded<i32>,
    (exact, fine): (&Weights, &Rounded<i128>),
    n: usize,
    start: u32,
    low: usize,
    kept: &mut Kept<u32>,
) {
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
    // The weights of the pairs that are apart: half the energy.
    let mut energy = 0i64;
    for (i, row) in rows.iter().enumerate() {
        let apart = (i + 1..n).filter(|&j| mask[i] != mask[j]);
        energy += apart.map(|j| i64::from(row[j])).sum::<i64>();
    }
    let slack = rounded.slack;
    let mut bits = start;
    for step in 1..=1u32 << low {
        let mut bad = 0;
        for (g, m) in field.iter().zip(&mask) {
            bad |= (g ^ m) - m + slack;
        }
        if bad >= 0 {
            // Within the rounding only the exact weights tell.
            let sure = field.iter().zip(&mask).take(n).all(|(g, m)| (g ^ m) - m >= slack);
            if sure || exact.least_change(&sides_of(bits, n), 2) >= IBig::ZERO {
                let at_least = fine.at_least(energy, rounded);
                kept.add(at_least, || fine.apart(&sides_of(bits, n)), bits);
            }
        }
        let k = step.trailing_zeros() as usize;
        if k >= low {
            break;
        }
        // State k's sign is turned: every field loses its part twice.
        let m = mask[k];
        energy += i64::from((field[k] ^ m) - m);
        for (g, w) in field.iter_mut().zip(&rows[k]) {
            *g -= 2 * ((w ^ m) - m);
        }
        mask[k] = !m;
        bits ^= 1 << k;
    }
}
