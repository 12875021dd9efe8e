//! The full examination of one partition: who would leave it, alone or together.

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::tolerance::Tolerances;
use crate::work::Work;

use crate::finding::blocs::{Deviation, Given, GivenPartition, PartitionFinding};

/// Instabilities this near are one, so that rounding does not choose among the coalitions
/// that attain it.
const TIE: f64 = 1e-12;

/// Everything about one partition of a contest's states: control, instability with a
/// coalition that attains it (of several the smallest, then the one with the lowest bits),
/// Nash, individual and contractual stability, peace threshold.
///
/// Costs O(2^n · n), O(2^n · n²) with concerns; `partition` must be one of the contest's
/// states.
pub fn examine(
    contest: &Contest,
    partition: &Partition,
    tolerances: &Tolerances,
) -> PartitionFinding {
    examine_within(contest, partition, tolerances, &Work::default())
}

/// The same until the time is up: what is returned then is of no use.
pub(super) fn examine_within(
    contest: &Contest,
    partition: &Partition,
    tolerances: &Tolerances,
    work: &Work,
) -> PartitionFinding {
    let view = View::new(contest, partition);
    view.finding(view.most_gained(tolerances, work), &view.deviations(tolerances.gain))
}

/// The same, with every move of one state by which it gains; undecided if the time is up first.
pub fn judge(
    contest: &Contest,
    partition: &Partition,
    tolerances: &Tolerances,
    work: &Work,
) -> Given {
    let view = View::new(contest, partition);
    let deviations = view.deviations(tolerances.gain);
    let partition = view.finding(view.most_gained(tolerances, work), &deviations);
    match work.is_over() {
        true => Given::Undecided { why: "the time was up before every coalition was tried".into() },
        false => Given::Decided(Box::new(GivenPartition { partition, deviations })),
    }
}

/// The same of a partition whose instability is known, with a coalition that attains it.
/// O(n³), O(n⁴) with concerns.
pub(super) fn describe(
    contest: &Contest,
    partition: &Partition,
    (instability, blocking): (f64, Coalition),
    tolerances: &Tolerances,
) -> PartitionFinding {
    let leaves = instability > tolerances.gain;
    let instability = if leaves { instability } else { 0.0 };
    let view = View::new(contest, partition);
    view.finding((instability, leaves.then_some(blocking)), &view.deviations(tolerances.gain))
}

/// A partition with its controls and utilities.
struct View<'a> {
    contest: &'a Contest,
    partition: &'a Partition,
    control: Vec<f64>,
    utility: Vec<f64>,
}

impl<'a> View<'a> {
    fn new(contest: &'a Contest, partition: &'a Partition) -> Self {
        let mut control = vec![0.0; contest.len()];
        let mut utility = vec![0.0; contest.len()];
        contest.control(partition.blocs(), &mut control);
        contest.utilities(&control, &mut utility);
        Self { contest, partition, control, utility }
    }

    /// The instability, with a coalition that attains it, until the time is up.
    fn most_gained(&self, tolerances: &Tolerances, work: &Work) -> (f64, Option<Coalition>) {
        let in_time = |s: &Coalition| !s.bits().is_multiple_of(1 << 12) || !work.is_over();
        let all = || Coalition::all(self.contest.len()).take_while(in_time);
        // A coalition that gains no more than is known already need not be evaluated to the end.
        let most =
            all().fold(tolerances.gain, |most, coalition| most.max(self.gain(coalition, most)));
        let blocking = (most > tolerances.gain)
            .then(|| {
                let attains = |s: &Coalition| self.gain(*s, most - TIE) > most - TIE;
                all().filter(attains).min_by_key(|s| (s.len(), s.bits()))
            })
            .flatten();
        let instability = if blocking.is_some() { most } else { 0.0 };
        (instability, blocking)
    }

    fn finding(
        &self,
        (instability, blocking): (f64, Option<Coalition>),
        deviations: &[Deviation],
    ) -> PartitionFinding {
        PartitionFinding {
            partition: self.partition.clone(),
            instability,
            blocking,
            nash_stable: deviations.is_empty(),
            individually_stable: !deviations.iter().any(|d| d.welcome),
            contractually_stable: !deviations.iter().any(|d| d.welcome && d.released),
            peace_threshold: self.contest.peace_threshold(self.partition.blocs()),
            control: self.control.clone(),
        }
    }

    /// What state `i` gains, over its share, when the controls become `control`.
    fn gain_of(&self, i: usize, control: &[f64]) -> f64 {
        (self.contest.utility(i, control) - self.utility[i]) / self.contest.shares()[i]
    }

    /// What the least eager member of `coalition` gains by leaving in it, or any number of
    /// at most `enough` if it gains no more than that.
    fn gain(&self, coalition: Coalition, enough: f64) -> f64 {
        let mut blocs = [Coalition::EMPTY; Coalition::MAX_PLAYERS + 1];
        blocs[0] = coalition;
        let mut len = 1;
        for &bloc in self.partition.blocs() {
            let left = bloc.difference(coalition);
            if !left.is_empty() {
                blocs[len] = left;
                len += 1;
            }
        }
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.contest.control(&blocs[..len], control);
        let mut least = f64::INFINITY;
        for i in coalition.members() {
            least = least.min(self.gain_of(i, control));
            if least <= enough {
                break;
            }
        }
        least
    }

    /// Every move of one state to another bloc or out of its own by which it gains. O(n³), O(n⁴)
    /// with concerns.
    fn deviations(&self, tolerance: f64) -> Vec<Deviation> {
        let mut deviations = Vec::new();
        let mut control = vec![0.0; self.contest.len()];
        for (from, &left) in self.partition.blocs().iter().enumerate() {
            for state in left.members() {
                let alone = (left.len() > 1).then_some(None);
                let others = (0..self.partition.blocs().len()).filter(|&to| to != from).map(Some);
                for to in others.chain(alone) {
                    let mut blocs = self.partition.blocs().to_vec();
                    blocs[from] = left.without(state);
                    let joined = to.map_or(Coalition::EMPTY, |to| blocs[to]);
                    match to {
                        Some(to) => blocs[to] = joined.with(state),
                        None => blocs.push(Coalition::singleton(state)),
                    }
                    blocs.retain(|bloc| !bloc.is_empty());
                    self.contest.control(&blocs, &mut control);
                    let gain = self.gain_of(state, &control);
                    if gain <= tolerance {
                        continue;
                    }
                    let none_loses = |bloc: Coalition| {
                        bloc.members().all(|j| self.gain_of(j, &control) >= -tolerance)
                    };
                    let (welcome, released) = (none_loses(joined), none_loses(left.without(state)));
                    deviations.push(Deviation { state, joined, gain, welcome, released });
                }
            }
        }
        deviations
    }
}
