//! All partitions of a few states, for claims that rest on intervals alone.

use super::view::View;
use super::{extend, floored};
use crate::contest::Contest;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// What an enumeration of all partitions comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumerated {
    /// The least instability.
    pub instability: f64,
    /// Each state's control over the partitions that have it, to the tolerance for ties.
    pub ranges: Vec<[f64; 2]>,
}

/// Tries every coalition on every partition, each of which takes one of the `left`; `None` if
/// there are more. O(Bell(n) · 2^n · n).
pub fn enumerate(contest: &Contest, left: &mut u64) -> Option<Enumerated> {
    let tolerances = Tolerances::DEFAULT;
    let n = contest.len();
    let mut found: Vec<(f64, Vec<f64>)> = Vec::new();
    let done = extend(n, 0, &mut Vec::new(), &mut |blocs| {
        let view = View::new(contest, blocs);
        let Some(rest) = left.checked_sub(1 << n.min(63)) else { return false };
        *left = rest;
        let ([_, most, _], _) = view.most_gained(f64::INFINITY, &Work::default());
        found.push((floored(most, &tolerances), view.control));
        true
    });
    let least = found.iter().map(|(gain, _)| *gain).fold(f64::INFINITY, f64::min);
    let cut = if least <= 0.0 { tolerances.gain } else { least + tolerances.instability };
    let mut ranges = vec![[f64::INFINITY, f64::NEG_INFINITY]; n];
    for (_, control) in found.iter().filter(|(gain, _)| *gain <= cut) {
        for ([low, high], &control) in ranges.iter_mut().zip(control) {
            (*low, *high) = (low.min(control), high.max(control));
        }
    }
    done.then_some(Enumerated { instability: least, ranges })
}
