//! All pure Nash equilibria of a game in strategic form.
//!
//! **Definition.** A profile is a pure Nash equilibrium if no player gains by changing its
//! action alone (Nash 1951); a gain counts if it exceeds a tolerance.
//! **Method.** Every profile is looked at, and dropped at the first gain found.
//! **Cost.** One pass over all profiles; memory for what is listed only.
//! **Limits.** As many profiles as one has time for: some 10^7 in a second or two where a
//! deviation costs O(1).
//! **References.** Nash (1951), Non-cooperative games, *Annals of Mathematics* 54.

use crate::error::{Error, Result};
use crate::game::StrategicGame;
use crate::game::strategic::{profile_at, with_profiles};
use crate::solve::strategic::scan::Scan;
use crate::work::Work;

/// The pure Nash equilibria of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PureNash {
    /// The number of profiles looked at: all of them.
    pub profiles: u64,
    /// The number of equilibria.
    pub total: u64,
    /// The first of them in the order of profiles, as many as were asked for.
    pub first: Vec<Vec<usize>>,
}

/// What came of the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nash {
    /// Every profile was looked at.
    Decided(PureNash),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// Runs that are searched before their results are put together.
const BATCH: u64 = 256;

/// All pure Nash equilibria of `game`, the first `limit` of them listed: profiles at which
/// no player gains more than `tolerance`. O(profiles · deviations).
///
/// # Errors
/// If the game has more profiles than can be numbered.
pub fn pure(game: &dyn StrategicGame, tolerance: f64, limit: usize, work: &Work) -> Result<Nash> {
    marked(game, &|first, stay| game.equilibria(first, tolerance, stay), limit, work)
}

/// All profiles of `game` that pass a test, the first `limit` of them listed. O(profiles).
pub(in crate::solve) fn profiles_where(
    game: &dyn StrategicGame,
    passes: &(dyn Fn(&[usize]) -> bool + Sync),
    limit: usize,
    work: &Work,
) -> Result<Nash> {
    let mark = |first: u64, marks: &mut [bool]| {
        with_profiles(game, first, marks, |mark, profile| *mark = passes(profile));
    };
    marked(game, &mark, limit, work)
}

/// The profiles of `game` that `mark` marks, given the number of the first of some.
fn marked(
    game: &dyn StrategicGame,
    mark: &(dyn Fn(u64, &mut [bool]) + Sync),
    limit: usize,
    work: &Work,
) -> Result<Nash> {
    let scan = Scan::new(game).ok_or_else(too_many)?;
    let mut found = PureNash { profiles: scan.profiles(), total: 0, first: Vec::new() };
    work.begin("pure Nash equilibria", scan.profiles());
    let mut start = 0;
    while start < scan.runs() {
        let end = (start + BATCH).min(scan.runs());
        let room = limit - found.first.len();
        let searched = scan.runs_in(start..end, work, |walk| {
            let mut marks = vec![false; walk.len()];
            mark(walk.first(), &mut marks);
            let marked = (walk.first()..).zip(&marks).filter(|(_, mark)| **mark);
            let first: Vec<u64> = marked.map(|(number, _)| number).take(room).collect();
            (marks.iter().filter(|mark| **mark).count() as u64, first)
        });
        let Some(searched) = searched else {
            work.end();
            let why = "the time was up before every profile was looked at".to_owned();
            return Ok(Nash::Undecided { why });
        };
        for (total, first) in searched {
            found.total += total;
            let room = limit - found.first.len();
            found.first.extend(first.into_iter().take(room).map(|k| profile_at(game, k)));
        }
        work.advance(scan.before(end) - scan.before(start));
        start = end;
    }
    work.end();
    Ok(Nash::Decided(found))
}

pub(in crate::solve) fn too_many() -> Error {
    Error::too_large(
        "a game of more than 2^64 profiles",
        "2^64",
        "keep fewer players, or fewer actions for each",
    )
}
