//! Re-checks what was found about stable blocs.
//!
//! **Method.** Partitions are evaluated by [`Contest::control`] and [`Contest::utility`]
//! alone, one coalition after the other, with none of the solver's tables, bounds or
//! shortcuts. What is listed is checked in full; that nothing better was missed, that the
//! count is right and that the ranges cover the partitions not listed is checked by trying
//! every coalition on every partition, for few states or when asked to be thorough. A claim
//! that was not derived anew is not made.
//!
//! **Cost.** O(2^n · n) for each partition listed, and for the completeness claims
//! O(Bell(n) · 2^n · n) at worst, O(n²) times that with concerns.

use rayon::prelude::*;

use super::Claim;
use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::finding::blocs::{BlocRange, BlocsFinding, PartitionFinding};
use crate::tolerance::Tolerances;

/// With at most so many states completeness is always checked.
pub const ALWAYS_COMPLETE: usize = 9;

/// The claims of a finding and how far each is from true: of every listed partition, of every
/// state's range, and for at most [`ALWAYS_COMPLETE`] states or when
/// `thorough` of all partitions.
///
/// A finding that does not fit the contest is refuted, never a panic.
pub fn check(contest: &Contest, finding: &BlocsFinding, thorough: bool) -> Vec<Claim> {
    let tolerances = Tolerances::DEFAULT;
    let n = contest.len();
    let fits = finding.ranges.len() == n
        && finding.partitions.iter().all(|found| {
            covers(&found.partition, n)
                && found.control.len() == n
                && found
                    .blocking
                    .is_none_or(|s| !s.is_empty() && s.is_subset_of(Coalition::grand(n)))
        })
        && finding.ranges.iter().all(|r| covers(&r.lowest, n) && covers(&r.highest, n));
    let mut claims = vec![Claim::exact("blocs: the finding is about these states", fits)];
    if !fits {
        return claims;
    }
    let checked: Vec<Checked> =
        finding.partitions.par_iter().map(|found| Checked::new(contest, found)).collect();
    claims.extend(listed(finding, &checked, &tolerances));
    claims.extend(ranges(contest, finding, &tolerances));
    if thorough || n <= ALWAYS_COMPLETE {
        claims.extend(complete(contest, finding, &tolerances));
    }
    claims
}

fn covers(partition: &Partition, n: usize) -> bool {
    Partition::new(n, partition.blocs().to_vec()).is_ok()
}

/// What is claimed of the partitions listed.
fn listed(finding: &BlocsFinding, checked: &[Checked], tolerances: &Tolerances) -> Vec<Claim> {
    let worst = |of: fn(&Checked) -> f64| checked.iter().map(of).fold(0.0, max_or_nan);
    let all = |of: fn(&Checked) -> bool| checked.iter().all(of);
    let near = tolerances.certificate;
    let least = finding.instability;
    let spread = finding
        .partitions
        .iter()
        .map(|found| (found.instability - least).abs() / (1.0 + least.abs()))
        .fold(0.0, max_or_nan);
    let stable = finding.partitions.iter().all(|found| {
        (found.instability > 0.0) == (least > 0.0) && found.blocking.is_some() == (least > 0.0)
    });
    let ascending = finding.partitions.windows(2).all(|pair| pair[0].partition < pair[1].partition);
    let counted = finding.total > 0
        && !finding.partitions.is_empty()
        && finding.partitions.len() as u64 <= finding.total;
    vec![
        Claim::exact(
            "blocs: the partitions listed are distinct, in order, and counted",
            ascending && counted,
        ),
        Claim::within("blocs: control under each partition", worst(|c| c.control), near),
        Claim::within("blocs: no coalition gains more than claimed", worst(|c| c.more), near),
        Claim::within("blocs: the coalitions named gain what is claimed", worst(|c| c.less), near),
        Claim::exact("blocs: Nash stability of each partition", all(|c| c.nash)),
        Claim::exact("blocs: individual stability of each partition", all(|c| c.individual)),
        Claim::exact("blocs: contractual stability of each partition", all(|c| c.contractual)),
        Claim::within("blocs: the war cost that deters", worst(|c| c.threshold), near),
        Claim::within("blocs: the partitions listed are equally unstable", spread, near),
        Claim::exact("blocs: all are core-stable or none is", least >= 0.0 && stable),
    ]
}

/// What is claimed of each state's range of control.
fn ranges(contest: &Contest, finding: &BlocsFinding, tolerances: &Tolerances) -> Vec<Claim> {
    let near = tolerances.certificate;
    let whole = finding.partitions.len() as u64 == finding.total;
    let checked: Vec<Ranged> = finding
        .ranges
        .par_iter()
        .enumerate()
        .map(|(state, range)| Ranged::new(contest, finding, state, range))
        .collect();
    let worst = |of: fn(&Ranged) -> f64| checked.iter().map(of).fold(0.0, max_or_nan);
    let mut claims = vec![
        Claim::within(
            "blocs: ranges are attained where they are said to be",
            worst(|r| r.attained),
            near,
        ),
        Claim::within("blocs: the partitions there are as stable", worst(|r| r.less_stable), near),
        Claim::within("blocs: no partition listed is outside a range", worst(|r| r.outside), near),
    ];
    if whole {
        let wide = worst(|r| r.wide);
        claims.push(Claim::within("blocs: ranges are those of the partitions listed", wide, near));
    }
    claims
}

/// How far each claim of one state's range is from true.
struct Ranged {
    attained: f64,
    less_stable: f64,
    outside: f64,
    /// By how much the range differs from that of the partitions listed.
    wide: f64,
}

impl Ranged {
    fn new(contest: &Contest, finding: &BlocsFinding, state: usize, range: &BlocRange) -> Self {
        let tolerances = Tolerances::DEFAULT;
        let [low, high] = range.control;
        let ends = [(low, &range.lowest), (high, &range.highest)];
        let (mut attained, mut less_stable) = (0.0, 0.0);
        for (claimed, partition) in ends {
            let view = View::new(contest, partition.blocs());
            attained = max_or_nan(attained, (view.control[state] - claimed).abs());
            let instability = floored(view.most_gained(f64::INFINITY), &tolerances);
            let more = (instability - finding.instability).max(0.0) / (1.0 + view.scale());
            less_stable = max_or_nan(less_stable, more);
        }
        let listed = || finding.partitions.iter().map(|found| found.control[state]);
        let least = listed().fold(f64::INFINITY, f64::min);
        let most = listed().fold(f64::NEG_INFINITY, f64::max);
        Self {
            attained,
            less_stable,
            outside: max_or_nan((low - least).max(0.0), (most - high).max(0.0)),
            wide: max_or_nan((least - low).abs(), (most - high).abs()),
        }
    }
}

/// What is claimed of all partitions: every coalition tried on every one.
fn complete(contest: &Contest, finding: &BlocsFinding, tolerances: &Tolerances) -> Vec<Claim> {
    let least = finding.instability;
    let cut = if least <= 0.0 { tolerances.gain } else { least + tolerances.instability };
    let n = contest.len();
    let empty =
        || Tally { total: 0, ranges: vec![[f64::INFINITY, f64::NEG_INFINITY]; n], better: 0.0 };
    // The partitions of the first states are the heads, extended by each thread on its own.
    let heads: Vec<Vec<Coalition>> =
        Partition::all(n.min(5)).map(|head| head.blocs().to_vec()).collect();
    let tally = heads
        .into_par_iter()
        .map(|mut head| {
            let mut tally = empty();
            extend(n, n.min(5), &mut head, &mut |blocs| {
                let view = View::new(contest, blocs);
                let most = view.most_gained(cut);
                if most <= cut {
                    tally.total += 1;
                    for ([low, high], &control) in tally.ranges.iter_mut().zip(&view.control) {
                        (*low, *high) = (low.min(control), high.max(control));
                    }
                    let better = (least - floored(most, tolerances)) / (1.0 + view.scale());
                    tally.better = max_or_nan(tally.better, better);
                }
            });
            tally
        })
        .reduce(empty, Tally::merge);
    let off = |([a, b], range): (&[f64; 2], &BlocRange)| {
        max_or_nan((a - range.control[0]).abs(), (b - range.control[1]).abs())
    };
    let off = tally.ranges.iter().zip(&finding.ranges).map(off).fold(0.0, max_or_nan);
    let near = tolerances.certificate;
    // A partition less unstable by more than the tolerance for ties would be the answer.
    vec![
        Claim::within("blocs: no partition is less unstable", tally.better, tolerances.instability),
        Claim::exact("blocs: the number of such partitions", tally.total == finding.total),
        Claim::within("blocs: ranges are those of all such partitions", off, near),
    ]
}

/// The partitions that are stable enough.
struct Tally {
    total: u64,
    ranges: Vec<[f64; 2]>,
    better: f64,
}

impl Tally {
    fn merge(self, other: Self) -> Self {
        let hull = |([a, b], [c, d]): (&[f64; 2], &[f64; 2])| [a.min(*c), b.max(*d)];
        Self {
            total: self.total + other.total,
            ranges: self.ranges.iter().zip(&other.ranges).map(hull).collect(),
            better: max_or_nan(self.better, other.better),
        }
    }
}

/// Every partition of `n` states that agrees with `blocs` on the first `i`.
fn extend(n: usize, i: usize, blocs: &mut Vec<Coalition>, visit: &mut impl FnMut(&[Coalition])) {
    if i == n {
        return visit(blocs);
    }
    for at in 0..blocs.len() {
        blocs[at] = blocs[at].with(i);
        extend(n, i + 1, blocs, visit);
        blocs[at] = blocs[at].without(i);
    }
    blocs.push(Coalition::singleton(i));
    extend(n, i + 1, blocs, visit);
    blocs.pop();
}

/// How far each claim of one listed partition is from true.
struct Checked {
    control: f64,
    more: f64,
    less: f64,
    nash: bool,
    individual: bool,
    contractual: bool,
    threshold: f64,
}

impl Checked {
    fn new(contest: &Contest, found: &PartitionFinding) -> Self {
        let tolerances = Tolerances::DEFAULT;
        let view = View::new(contest, found.partition.blocs());
        let off = |(a, b): (&f64, &f64)| (a - b).abs();
        let scale = 1.0 + view.scale();
        let most = floored(view.most_gained(f64::INFINITY), &tolerances);
        let named = match found.blocking {
            Some(coalition) => view.least_gain(coalition),
            None => 0.0,
        };
        let moves = view.moves(tolerances.gain);
        let none = |of: fn(&Move) -> bool| !moves.iter().any(of);
        Self {
            control: view.control.iter().zip(&found.control).map(off).fold(0.0, max_or_nan),
            more: (most - found.instability).abs() / scale,
            less: (named - found.instability).abs() / scale,
            nash: none(|_| true) == found.nash_stable,
            individual: none(|m| m.welcome) == found.individually_stable,
            contractual: none(|m| m.welcome && m.released) == found.contractually_stable,
            threshold: (threshold(contest, found.partition.blocs()) - found.peace_threshold).abs(),
        }
    }
}

/// A move by which its state gains.
struct Move {
    /// Nobody in the receiving bloc loses.
    welcome: bool,
    /// Nobody left behind loses.
    released: bool,
}

/// A partition, evaluated.
struct View<'a> {
    contest: &'a Contest,
    blocs: Vec<Coalition>,
    control: Vec<f64>,
    utility: Vec<f64>,
}

impl<'a> View<'a> {
    fn new(contest: &'a Contest, blocs: &[Coalition]) -> Self {
        let mut control = vec![0.0; contest.len()];
        contest.control(blocs, &mut control);
        let utility = (0..contest.len()).map(|i| contest.utility(i, &control)).collect();
        Self { contest, blocs: blocs.to_vec(), control, utility }
    }

    /// The size of the numbers whose differences are gains, beyond which rounding is not
    /// held against a claim.
    fn scale(&self) -> f64 {
        let over = |(u, p): (&f64, &f64)| u.abs() / p;
        self.utility.iter().zip(self.contest.shares()).map(over).fold(0.0, f64::max)
    }

    fn gains(&self, blocs: &[Coalition]) -> Vec<f64> {
        let mut control = vec![0.0; self.contest.len()];
        self.contest.control(blocs, &mut control);
        (0..self.contest.len())
            .map(|i| {
                (self.contest.utility(i, &control) - self.utility[i]) / self.contest.shares()[i]
            })
            .collect()
    }

    /// What the least eager member gains when the coalition leaves.
    fn least_gain(&self, coalition: Coalition) -> f64 {
        let mut blocs: Vec<Coalition> =
            self.blocs.iter().map(|bloc| bloc.difference(coalition)).collect();
        blocs.retain(|bloc| !bloc.is_empty());
        blocs.push(coalition);
        let gains = self.gains(&blocs);
        coalition.members().map(|i| gains[i]).fold(f64::INFINITY, f64::min)
    }

    /// The most that the least eager member of any coalition gains, or any number above
    /// `enough`.
    fn most_gained(&self, enough: f64) -> f64 {
        let mut most = f64::NEG_INFINITY;
        for coalition in Coalition::all(self.contest.len()) {
            most = max_or_nan(most, self.least_gain(coalition));
            if most > enough {
                break;
            }
        }
        most
    }

    /// Every move of a state, to another bloc or out of its own, by which it gains more than
    /// `least`.
    fn moves(&self, least: f64) -> Vec<Move> {
        let mut moves = Vec::new();
        for i in 0..self.contest.len() {
            let mut without: Vec<Coalition> = self.blocs.iter().map(|b| b.without(i)).collect();
            let left = self.blocs.iter().find(|b| b.contains(i)).map_or(0, |b| b.without(i).bits());
            without.retain(|bloc| !bloc.is_empty());
            let targets: Vec<Coalition> =
                without.iter().copied().filter(|b| b.bits() != left).collect();
            for joined in targets.into_iter().chain([Coalition::EMPTY]) {
                let mut blocs = without.clone();
                blocs.retain(|&bloc| bloc != joined);
                blocs.push(joined.with(i));
                let gains = self.gains(&blocs);
                if gains[i] > least {
                    let unharmed = |bloc: Coalition| bloc.members().all(|j| gains[j] >= -least);
                    moves.push(Move {
                        welcome: unharmed(joined),
                        released: unharmed(Coalition(left)),
                    });
                }
            }
        }
        moves
    }
}

/// The smallest war cost `w` with `(1 − w)·q(B) ≤ P(B)` for every bloc.
fn threshold(contest: &Contest, blocs: &[Coalition]) -> f64 {
    let mut success = [0.0; Coalition::MAX_PLAYERS];
    contest.success(blocs, &mut success);
    let mut cost = 0.0f64;
    for (&bloc, &q) in blocs.iter().zip(&success) {
        if q > contest.power(bloc) {
            cost = cost.max((q - contest.power(bloc)) / q);
        }
    }
    cost
}

fn floored(gain: f64, tolerances: &Tolerances) -> f64 {
    if gain <= tolerances.gain { 0.0 } else { gain }
}

/// The larger of two, or not a number if either is not: a check must not lose it.
fn max_or_nan(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}
