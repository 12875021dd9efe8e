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
//! O(Bell(n) · 2^n · n) at worst, O(n²) times that with concerns. [`examine`] stops at so many
//! coalitions tried and says what it left.

mod enumerate;
mod given;
mod ranges;
mod view;
mod worth;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::certify::Claim;
use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::finding::blocs::{BlocRange, BlocsFinding, PartitionFinding};
use crate::tolerance::Tolerances;
use crate::work::{Work, parallel};

pub use self::enumerate::{Enumerated, enumerate};
pub use self::given::check_given;
use self::ranges::ranges;
use self::view::{Move, View};

/// With at most so many states completeness is always checked.
pub const ALWAYS_COMPLETE: usize = 9;

/// The coalitions that [`examine`] tries at most, and when asked to be thorough: seconds, and
/// minutes.
const TRIED: [u64; 2] = [1 << 24, 1 << 31];

/// What came of examining a finding.
#[derive(Debug, Clone, Default)]
pub struct Examined {
    /// The claims, each with how far it is from true.
    pub claims: Vec<Claim>,
    /// What was not examined, and how it can be.
    pub open: Vec<String>,
}

/// The claims of a finding and how far each is from true: of every listed partition, of every
/// state's range, and for at most [`ALWAYS_COMPLETE`] states or when
/// `thorough` of all partitions, however long that takes.
///
/// A finding that does not fit the contest is refuted, never a panic.
pub fn check(contest: &Contest, finding: &BlocsFinding, thorough: bool) -> Vec<Claim> {
    check_within(contest, finding, thorough, &Work::default()).unwrap_or_default()
}

/// The same; `None` if the time was up first.
pub fn check_within(
    contest: &Contest,
    finding: &BlocsFinding,
    thorough: bool,
    work: &Work,
) -> Option<Vec<Claim>> {
    let claims = bounded(contest, finding, thorough, u64::MAX, work).claims;
    (!work.is_over()).then_some(claims)
}

/// As [`check`], with a bound on the work: what would take longer is not examined.
pub fn examine(contest: &Contest, finding: &BlocsFinding, thorough: bool) -> Examined {
    bounded(contest, finding, thorough, TRIED[usize::from(thorough)], &Work::default())
}

fn bounded(
    contest: &Contest,
    finding: &BlocsFinding,
    thorough: bool,
    most: u64,
    work: &Work,
) -> Examined {
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
    let mut open = Vec::new();
    if !fits {
        return Examined { claims, open };
    }
    let gains = Gains::of(contest, finding, most, work);
    if gains.is_none() {
        open.push(format!(
            "blocs: that no coalition gains more in a partition named than is claimed (of {n} \
             states there are 2^{n} coalitions{})",
            if thorough { "" } else { "; --thorough tries more" }
        ));
    }
    let partitions = &finding.partitions;
    let checked =
        parallel(partitions.len(), |k| Checked::new(contest, &partitions[k], gains.as_ref()));
    claims.extend(listed(finding, &checked, gains.is_some(), &tolerances));
    claims.extend(ranges(contest, finding, gains.as_ref(), &tolerances));
    claims.extend(worth::claims(contest, finding));
    if !thorough && n > ALWAYS_COMPLETE {
        open.push(
            "blocs: that no other partition is as stable (--thorough repeats the enumeration)"
                .to_owned(),
        );
    } else {
        match complete(contest, finding, most, &tolerances, work) {
            Some(all) => claims.extend(all),
            None => open.push(format!(
                "blocs: that no other partition is as stable (the partitions of {n} states are \
                 too many)"
            )),
        }
    }
    Examined { claims, open }
}

/// The instability of each partition that a finding names.
struct Gains(HashMap<Vec<Coalition>, f64>);

impl Gains {
    /// Every coalition tried on each of them, once; `None` if that is more than `most`.
    fn of(contest: &Contest, finding: &BlocsFinding, most: u64, work: &Work) -> Option<Self> {
        let named = finding.partitions.iter().map(|found| &found.partition);
        let ends = finding.ranges.iter().flat_map(|range| [&range.lowest, &range.highest]);
        let mut all: Vec<Vec<Coalition>> =
            named.chain(ends).map(|partition| partition.blocs().to_vec()).collect();
        all.sort_unstable();
        all.dedup();
        let each = 1u64.checked_shl(contest.len() as u32)?;
        if each.saturating_mul(all.len() as u64) > most {
            return None;
        }
        let gained = parallel(all.len(), |k| {
            let ([_, gain, _], _) = View::new(contest, &all[k]).most_gained(f64::INFINITY, work);
            floored(gain, &Tolerances::DEFAULT)
        });
        Some(Self(all.into_iter().zip(gained).collect()))
    }

    fn get(&self, blocs: &[Coalition]) -> f64 {
        self.0.get(blocs).copied().unwrap_or(f64::NAN)
    }
}

fn covers(partition: &Partition, n: usize) -> bool {
    Partition::new(n, partition.blocs().to_vec()).is_ok()
}

/// What is claimed of the partitions listed.
fn listed(
    finding: &BlocsFinding,
    checked: &[Checked],
    tried: bool,
    tolerances: &Tolerances,
) -> Vec<Claim> {
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
    let more = tried.then(|| {
        Claim::within("blocs: no coalition gains more than claimed", worst(|c| c.more), near)
    });
    let mut claims = vec![
        Claim::exact(
            "blocs: the partitions listed are distinct, in order, and counted",
            ascending && counted,
        ),
        Claim::within("blocs: control under each partition", worst(|c| c.control), near),
        Claim::within("blocs: the coalitions named gain what is claimed", worst(|c| c.less), near),
        Claim::exact("blocs: Nash stability of each partition", all(|c| c.nash)),
        Claim::exact("blocs: individual stability of each partition", all(|c| c.individual)),
        Claim::exact("blocs: contractual stability of each partition", all(|c| c.contractual)),
        Claim::within("blocs: the war cost that deters", worst(|c| c.threshold), near),
        Claim::within("blocs: the partitions listed are equally unstable", spread, near),
        Claim::exact("blocs: all are core-stable or none is", least >= 0.0 && stable),
    ];
    claims.extend(more);
    claims
}

/// What is claimed of all partitions: every coalition tried on every one; `None` if those are
/// more than `most`.
fn complete(
    contest: &Contest,
    finding: &BlocsFinding,
    most: u64,
    tolerances: &Tolerances,
    work: &Work,
) -> Option<Vec<Claim>> {
    let tried = AtomicU64::new(0);
    let least = finding.instability;
    let cut = if least <= 0.0 { tolerances.gain } else { least + tolerances.instability };
    let n = contest.len();
    let empty = || Tally { sure: Counted::none(n), possible: Counted::none(n), better: 0.0 };
    // The partitions of the first states are the heads, extended by each thread on its own.
    let heads: Vec<Vec<Coalition>> =
        Partition::all(n.min(5)).map(|head| head.blocs().to_vec()).collect();
    let tally = heads
        .into_par_iter()
        .map(|mut head| {
            let mut tally = empty();
            let mut ticks = 0u64;
            extend(n, n.min(5), &mut head, &mut |blocs| {
                if tried.load(Ordering::Relaxed) > most || (ticks % 256 == 255 && work.is_over()) {
                    return false;
                }
                let view = View::new(contest, blocs);
                ticks += 1;
                let ([least_most, most, most_most], coalitions) = view.most_gained(cut, work);
                tried.fetch_add(coalitions, Ordering::Relaxed);
                if least_most <= cut {
                    tally.possible.add(&view.control);
                }
                if most_most <= cut {
                    tally.sure.add(&view.control);
                }
                if most <= cut {
                    let better = (least - floored(most, tolerances)) / (1.0 + view.scale());
                    tally.better = max_or_nan(tally.better, better);
                }
                true
            });
            tally
        })
        .reduce(empty, Tally::merge);
    if tried.into_inner() > most {
        return None;
    }
    // Beyond those that are surely as stable the range may reach to those that rounding may
    // make so.
    let off = |((sure, possible), range): ((&[f64; 2], &[f64; 2]), &BlocRange)| {
        let [low, high] = range.control;
        let below = max_or_nan(possible[0] - low, low - sure[0]);
        max_or_nan(max_or_nan(below, max_or_nan(high - possible[1], sure[1] - high)), 0.0)
    };
    let both = tally.sure.ranges.iter().zip(&tally.possible.ranges);
    let off = both.zip(&finding.ranges).map(off).fold(0.0, max_or_nan);
    let counted = (tally.sure.total..=tally.possible.total).contains(&finding.total);
    let near = tolerances.certificate;
    // A partition less unstable by more than the tolerance for ties would be the answer.
    Some(vec![
        Claim::within("blocs: no partition is less unstable", tally.better, tolerances.instability),
        Claim::exact("blocs: the number of such partitions", counted),
        Claim::within("blocs: ranges are those of all such partitions", off, near),
    ])
}

/// The partitions that are stable enough, whatever rounding does, and if it may help.
struct Tally {
    sure: Counted,
    possible: Counted,
    better: f64,
}

/// How many partitions, and each state's control over them.
struct Counted {
    total: u64,
    ranges: Vec<[f64; 2]>,
}

impl Counted {
    fn none(n: usize) -> Self {
        Self { total: 0, ranges: vec![[f64::INFINITY, f64::NEG_INFINITY]; n] }
    }

    fn add(&mut self, control: &[f64]) {
        self.total += 1;
        for ([low, high], &control) in self.ranges.iter_mut().zip(control) {
            (*low, *high) = (low.min(control), high.max(control));
        }
    }

    fn merge(self, other: Self) -> Self {
        let hull = |([a, b], [c, d]): (&[f64; 2], &[f64; 2])| [a.min(*c), b.max(*d)];
        Self {
            total: self.total + other.total,
            ranges: self.ranges.iter().zip(&other.ranges).map(hull).collect(),
        }
    }
}

impl Tally {
    fn merge(self, other: Self) -> Self {
        Self {
            sure: self.sure.merge(other.sure),
            possible: self.possible.merge(other.possible),
            better: max_or_nan(self.better, other.better),
        }
    }
}

/// Every partition of `n` states that agrees with `blocs` on the first `i`, until `visit` says
/// that it was enough.
fn extend(
    n: usize,
    i: usize,
    blocs: &mut Vec<Coalition>,
    visit: &mut impl FnMut(&[Coalition]) -> bool,
) -> bool {
    if i == n {
        return visit(blocs);
    }
    for at in 0..blocs.len() {
        blocs[at] = blocs[at].with(i);
        let on = extend(n, i + 1, blocs, visit);
        blocs[at] = blocs[at].without(i);
        if !on {
            return false;
        }
    }
    blocs.push(Coalition::singleton(i));
    let on = extend(n, i + 1, blocs, visit);
    blocs.pop();
    on
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
    fn new(contest: &Contest, found: &PartitionFinding, gains: Option<&Gains>) -> Self {
        let tolerances = Tolerances::DEFAULT;
        let view = View::new(contest, found.partition.blocs());
        let off = |(a, b): (&f64, &f64)| (a - b).abs();
        let scale = 1.0 + view.scale();
        let most = gains.map_or(found.instability, |g| g.get(found.partition.blocs()));
        let named = match found.blocking {
            Some(coalition) => view.least_gain(coalition)[1],
            None => 0.0,
        };
        // Where rounding decides either may be claimed.
        let [sure, possible] = view.moves(tolerances.gain);
        let agrees = |of: fn(&Move) -> bool, stable: bool| {
            if stable { !sure.iter().any(of) } else { possible.iter().any(of) }
        };
        Self {
            control: view.control.iter().zip(&found.control).map(off).fold(0.0, max_or_nan),
            more: (most - found.instability).abs() / scale,
            less: (named - found.instability).abs() / scale,
            nash: agrees(|_| true, found.nash_stable),
            individual: agrees(|m| m.welcome, found.individually_stable),
            contractual: agrees(|m| m.welcome && m.released, found.contractually_stable),
            threshold: (threshold(contest, found.partition.blocs()) - found.peace_threshold).abs(),
        }
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
