//! Stable blocs: the partitions of the states that no coalition would leave.
//!
//! **Definition.** A coalition `S` blocks a partition `π` if, after `S` leaves and forms one
//! bloc while what remains of each old bloc stays together, every member is strictly better
//! off. The instability of `π` is `e(π) = max_S min_{i∈S} (u_i(new) − u_i(π)) / p_i`, at
//! least 0. Core-stable partitions have `e = 0`; where there is none the system is *fluid*
//! and the least unstable partitions are the answer.
//!
//! **Method.** Every partition is accounted for, most of them in whole subtrees that one
//! coalition is shown to block whatever the rest of the partition looks like. A local search
//! (`start`) finds a good partition first; if it is not core-stable, a sweep finds the
//! least instability `e*`; a last sweep collects every partition that attains it
//! (`collect`). Where a state's utility is its control, `plain` sweeps bloc by bloc in the
//! order of the blocs' attraction; any other utility goes state by state (`general`).
//!
//! **Cost.** Bell(n) partitions and 2^n coalitions at worst; what pruning leaves of it is
//! said in the two sweeps.
//!
//! **Limits.** [`MAX_STATES`], unless a time limit is set.
//!
//! **References.** Blocking when the others stay as they are: the δ-game of Hart & Kurz
//! (1983), "Endogenous formation of coalitions", Econometrica 51. Nash, individual and
//! contractual stability: Bogomolnaia & Jackson (2002), "The stability of hedonic coalition
//! structures", Games and Economic Behavior 38. Contests between alliances: Bloch,
//! Sánchez-Pagés & Soubeyran (2006), "When does universal peace prevail?", Economics of
//! Governance 7.

mod collect;
mod examine;
mod general;
mod plain;
mod reach;
mod start;
mod sweep;
mod tables;
mod worth;

use crate::coalition::{Partition, bell_number};
use crate::contest::Contest;
use crate::error::{Error, Result};
use crate::tolerance::Tolerances;
use crate::work::{Work, parallel};

use collect::Collection;
use sweep::{Bar, Stop, Sweep};

pub use crate::finding::blocs::{BlocRange, Blocs, BlocsFinding, PartitionFinding};
pub use examine::{examine, judge};

/// The most states whose partitions are searched without a time limit.
pub const MAX_STATES: usize = 14;

/// The most states of which all coalitions are laid out: with more, a time limit only says
/// at once what it would say in the end.
pub const MAX_TABLE: usize = 20;

/// The most states of which one partition is examined though the time is up: in milliseconds.
const AT_ONCE: usize = 12;

/// What to report, and how near counts as equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How many of the partitions found to list at most; all are counted.
    pub max_partitions: usize,
    /// `gain` decides whether a state is strictly better off, `instability` whether two
    /// partitions are equally unstable.
    pub tolerances: Tolerances,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_partitions: 100, tolerances: Tolerances::DEFAULT }
    }
}

/// The core-stable partitions of a contest or, where there is none, the least unstable ones:
/// how many, the first of them, and every state's range of control over all of them.
///
/// The answer does not depend on the number of threads.
///
/// # Errors
/// If there are more than [`MAX_STATES`] states and `work` has no time limit.
pub fn solve(contest: &Contest, options: &Options, work: &Work) -> Result<Blocs> {
    let n = contest.len();
    if n > MAX_STATES && !work.is_limited() {
        return Err(too_large(n));
    }
    if n > MAX_TABLE {
        return Ok(Blocs::Undecided { best: None, why: format!("{n} states are too many") });
    }
    if work.is_over() {
        return Ok(time_was_up(contest, None, options));
    }
    if contest.is_plain() {
        let sweep = plain::Plain::new(contest);
        if let Some(collection) = sweep.same_for_all(options) {
            let found = finding(contest, 0.0, collection, options, work);
            return Ok(found.map_or_else(|| time_was_up(contest, None, options), Blocs::Decided));
        }
        Ok(search(contest, &sweep, options, work))
    } else {
        let sweep = general::General::new(contest, options.tolerances.gain, work);
        Ok(sweep.map_or_else(
            || time_was_up(contest, None, options),
            |sweep| search(contest, &sweep, options, work),
        ))
    }
}

/// A good partition, then the least instability, then all that attain it.
fn search(contest: &Contest, sweep: &impl Sweep, options: &Options, work: &Work) -> Blocs {
    let gain = options.tolerances.gain;
    let stop = Stop::new(work);
    let (partition, found, coalition) = start::search(contest, sweep, gain, &stop);
    let bar = Bar::new(found, gain);
    if found > gain {
        sweep.lower(&bar, &stop);
    }
    let least = bar.get();
    let cut = if least <= gain { gain } else { least + options.tolerances.instability };
    let decided = || {
        let collection = sweep.collect(cut, options.max_partitions, &stop)?;
        let instability = if least <= gain { 0.0 } else { least };
        finding(contest, instability, collection, options, work)
    };
    match decided() {
        Some(finding) if !stop.is_set() => Blocs::Decided(finding),
        _ => {
            let best = found.is_finite().then(|| {
                let known = (found, coalition);
                examine::describe(contest, &partition, known, &options.tolerances)
            });
            time_was_up(contest, best, options)
        }
    }
}

/// `None` if the time was up first.
fn finding(
    contest: &Contest,
    instability: f64,
    collection: Collection,
    options: &Options,
    work: &Work,
) -> Option<BlocsFinding> {
    let total = collection.total();
    let ranges = collection.ranges(contest);
    let partitions = collection.into_partitions();
    let partitions = parallel(partitions.len(), |k| {
        examine::examine_within(contest, &partitions[k], &options.tolerances, work)
    });
    let worths = worth::worths(contest, partitions.iter().map(|found| &found.partition));
    (!work.is_over()).then_some(BlocsFinding { instability, total, partitions, worths, ranges })
}

/// Undecided, with the best partition found; of few states with everybody alone if none was.
fn time_was_up(contest: &Contest, best: Option<PartitionFinding>, options: &Options) -> Blocs {
    let n = contest.len();
    let alone = || examine(contest, &Partition::singletons(n), &options.tolerances);
    let best = best.or_else(|| (n <= AT_ONCE).then(alone)).map(Box::new);
    let why = "the time was up before all partitions were accounted for".to_owned();
    Blocs::Undecided { best, why }
}

fn too_large(n: usize) -> Error {
    let partitions = match bell_number(n) {
        Some(count) => format!("{count} partitions"),
        None => "more partitions than 128 bits can count".to_owned(),
    };
    Error::too_large(
        format!("{n} states have {partitions} into blocs"),
        format!("{MAX_STATES} states"),
        format!(
            "keep the strongest with --top {MAX_STATES}, leave the lens out with --lens, or try \
             for as long as --time-limit says"
        ),
    )
}
