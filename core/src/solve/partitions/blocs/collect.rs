//! The partitions found: counted, the first of them kept, the ranges of control over all.
//!
//! Kept are the first in the order of [`Partition`], whatever order they arrive in, so that
//! the answer does not depend on how the work was divided.

use std::collections::BinaryHeap;

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;

use crate::finding::blocs::BlocRange;

/// Controls are compared in units of this, so that what differs by rounding alone is a tie,
/// which the first partition wins. A grid, not a distance, as ties must be transitive; an
/// irrational one, as simple fractions must not fall on its lines.
const GRID: f64 = 1e12 * std::f64::consts::SQRT_2;

/// An end of a state's range: the control in grid units, and where it is attained.
type End = Option<(i64, Vec<Coalition>)>;

/// Partitions gathered so far.
pub(super) struct Collection {
    total: u64,
    keep: usize,
    first: BinaryHeap<Vec<Coalition>>,
    /// For each state, the lowest and (negated) the highest control.
    ends: Vec<[End; 2]>,
}

impl Collection {
    pub(super) fn new(n: usize, keep: usize) -> Self {
        Self { total: 0, keep, first: BinaryHeap::new(), ends: vec![[None, None]; n] }
    }

    /// Adds a partition, its blocs in the order of their first members, and each state's
    /// control under it. O(n) and mostly without allocating.
    pub(super) fn add(&mut self, blocs: &[Coalition], control: &[f64]) {
        self.total += 1;
        if self.first.len() < self.keep {
            self.first.push(blocs.to_vec());
        } else if let Some(mut last) = self.first.peek_mut()
            && blocs < last.as_slice()
        {
            *last = blocs.to_vec();
        }
        for (ends, &c) in self.ends.iter_mut().zip(control) {
            #[expect(clippy::cast_possible_truncation, reason = "controls are from 0 to 1")]
            let units = (c * GRID).round() as i64;
            offer(&mut ends[0], units, blocs);
            offer(&mut ends[1], -units, blocs);
        }
    }

    /// Counts `more` partitions that are after all those kept and change no range.
    pub(super) fn count(&mut self, more: u64) {
        self.total += more;
    }

    /// Both collections in one.
    pub(super) fn merge(mut self, other: Self) -> Self {
        self.total += other.total;
        for blocs in other.first {
            self.first.push(blocs);
            if self.first.len() > self.keep {
                self.first.pop();
            }
        }
        for (mine, theirs) in self.ends.iter_mut().zip(other.ends) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                if let Some((units, blocs)) = theirs {
                    offer(mine, units, &blocs);
                }
            }
        }
        self
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Each state's range, its control evaluated anew at the partitions that attain it.
    /// Empty if nothing was gathered.
    pub(super) fn ranges(&self, contest: &Contest) -> Vec<BlocRange> {
        let mut control = vec![0.0; contest.len()];
        let mut end = |state: usize, blocs: &[Coalition]| {
            contest.control(blocs, &mut control);
            control[state]
        };
        let mut ranges = Vec::with_capacity(self.ends.len());
        for (state, ends) in self.ends.iter().enumerate() {
            let [Some((_, low)), Some((_, high))] = ends else { continue };
            ranges.push(BlocRange {
                control: [end(state, low), end(state, high)],
                lowest: partition(contest.len(), low),
                highest: partition(contest.len(), high),
            });
        }
        ranges
    }

    /// The partitions kept, in order.
    pub(super) fn into_partitions(self) -> Vec<Partition> {
        let n = self.ends.len();
        self.first.into_sorted_vec().iter().map(|blocs| partition(n, blocs)).collect()
    }
}

/// Takes the lower of two ends, the first partition of equal ones.
fn offer(end: &mut End, units: i64, blocs: &[Coalition]) {
    let better = match end {
        None => true,
        Some((best, at)) => units < *best || (units == *best && blocs < at.as_slice()),
    };
    if better {
        *end = Some((units, blocs.to_vec()));
    }
}

/// The partition that blocs known to be one make.
fn partition(n: usize, blocs: &[Coalition]) -> Partition {
    let label = |i| blocs.iter().position(|bloc| bloc.contains(i)).unwrap_or_default();
    Partition::from_labels(&(0..n).map(label).collect::<Vec<_>>())
}
