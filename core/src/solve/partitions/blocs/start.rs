//! A good partition to begin with: local search.
//!
//! **Method.** From a partition, let its most eager coalition leave, and go on from there
//! until nobody wants to leave, the walk comes back to where it has been, or it has been
//! long enough. The walk starts at everyone alone, at everyone together, and at the
//! strongest states alone with all others united against them. The least unstable partition
//! met is the answer; which one it is only decides how much a sweep can skip, never what it
//! finds.
//!
//! **Cost.** A scan of all coalitions a step, at most [`STEPS`] steps a start.

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;

use super::sweep::{Stop, Sweep};

/// Steps of one walk.
const STEPS: usize = 24;

/// How many of the strongest states start alone against all others.
const RIVALS: usize = 3;

/// The least unstable partition met, its instability (not above `enough` if it is that of a
/// core-stable one, without bound if it was not known in time), and the coalition that would
/// leave.
pub(super) fn search(
    contest: &Contest,
    sweep: &impl Sweep,
    enough: f64,
    stop: &Stop,
) -> (Partition, f64, Coalition) {
    let n = contest.len();
    let mut best = (Partition::singletons(n), f64::INFINITY, Coalition::EMPTY);
    for start in starts(contest) {
        let mut seen = Vec::new();
        let mut partition = start;
        for _ in 0..STEPS {
            let (gain, coalition) = sweep.instability(&partition, stop);
            if stop.is_set() {
                return best;
            }
            if gain < best.1 {
                best = (partition.clone(), gain, coalition);
            }
            if gain <= enough || stop.look() {
                return best;
            }
            let next = partition.after(coalition);
            seen.push(partition);
            if seen.contains(&next) {
                break;
            }
            partition = next;
        }
    }
    best
}

fn starts(contest: &Contest) -> Vec<Partition> {
    let n = contest.len();
    let strongest =
        crate::order::by(0..n, |i, j| contest.shares()[j].total_cmp(&contest.shares()[i]));
    let alone = |i: usize| Partition::grand(n).after(Coalition::singleton(i));
    let mut starts = vec![Partition::singletons(n), Partition::grand(n)];
    starts.extend(strongest.into_iter().take(RIVALS).map(alone));
    starts
}
