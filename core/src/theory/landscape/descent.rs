//! Local minima by steepest descent from many starts, for systems too large to enumerate: what
//! is found are local minima, but there may be others, and lower ones.
//!
//! Starts are drawn from a fixed sequence, so that the answer is always the same; of several
//! best moves that of the first state is taken.

use std::collections::BTreeSet;

use dashu_int::IBig;

use super::energy::Weights;
use crate::sequence::Sequence;
use crate::work::Work;

/// How many starts.
pub(super) const STARTS: usize = 2000;

/// Local minima in the order of their sides. One at least is looked for, however short the time.
pub(super) fn minima(weights: &Weights, n: usize, sides: usize, work: &Work) -> Vec<Vec<usize>> {
    let rounded = weights.wide();
    let rows = &rounded.weights;
    let mut sequence = Sequence::new();
    let mut found = BTreeSet::new();
    work.begin("descents", STARTS as u64);
    for _ in 0..STARTS {
        if work.is_over() && !found.is_empty() {
            break;
        }
        let mut side: Vec<usize> = (0..n).map(|_| sequence.below(sides)).collect();
        let mut pull = vec![0i64; n * sides];
        for i in 0..n {
            for j in 0..n {
                pull[i * sides + side[j]] += rows[i * n + j];
            }
        }
        loop {
            let moves = (0..n).flat_map(|i| (0..sides).map(move |s| (i, s)));
            let gain = |&(i, s): &(usize, usize)| pull[i * sides + s] - pull[i * sides + side[i]];
            let best = moves
                .map(|at| (gain(&at), at))
                .fold((0, (0, 0)), |best, this| if this.0 > best.0 { this } else { best });
            let (gain, (i, to)) = best;
            // Within the rounding only the exact change tells whether it is one for the better.
            let better =
                gain > 2 * rounded.slack || (gain > 0 && weights.change(&side, i, to) < IBig::ZERO);
            if !better {
                break;
            }
            for j in 0..n {
                pull[j * sides + side[i]] -= rows[i * n + j];
                pull[j * sides + to] += rows[i * n + j];
            }
            side[i] = to;
        }
        let side = canonical(&side);
        // Within the rounding a descent may have stopped short of a minimum.
        if weights.least_change(&side, sides) >= IBig::ZERO {
            found.insert(side);
        }
        work.advance(1);
    }
    work.end();
    found.into_iter().collect()
}

/// The same configuration with its sides numbered in the order in which they appear.
fn canonical(side: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = Vec::new();
    let number = |s: &usize| {
        names.iter().position(|name| name == s).unwrap_or_else(|| {
            names.push(*s);
            names.len() - 1
        })
    };
    side.iter().map(number).collect()
}
