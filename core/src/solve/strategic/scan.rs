//! Walking through all profiles of a game, a run at a time, in parallel.

use std::ops::Range;

use crate::game::StrategicGame;
use crate::work::{Work, parallel};

/// The profiles of a game cut into runs of consecutive ones. The cut depends on the game
/// alone, so that results gathered run by run do not depend on the number of threads.
pub(in crate::solve) struct Scan {
    profiles: u64,
    run: u64,
}

impl Scan {
    /// `None` if the game has more profiles than can be numbered.
    pub(in crate::solve) fn new(game: &dyn StrategicGame) -> Option<Self> {
        let profiles = game.profiles()?;
        // Long enough for the bookkeeping not to matter, and at least some thirty of them.
        let run = (profiles / 32).clamp(1, 4096);
        Some(Self { profiles, run })
    }

    pub(in crate::solve) fn profiles(&self) -> u64 {
        self.profiles
    }

    pub(in crate::solve) fn runs(&self) -> u64 {
        self.profiles.div_ceil(self.run)
    }

    /// The number of profiles before this run.
    pub(in crate::solve) fn before(&self, run: u64) -> u64 {
        run.saturating_mul(self.run).min(self.profiles)
    }

    /// `each` of these runs, in their order: it is given the walk through a run. `None` if
    /// the time was up first.
    pub(in crate::solve) fn runs_in<T, F>(
        &self,
        runs: Range<u64>,
        work: &Work,
        each: F,
    ) -> Option<Vec<T>>
    where
        T: Send + Sync,
        F: Fn(Walk) -> T + Sync,
    {
        let one = |k: usize| {
            let number = runs.start + k as u64;
            let (start, end) = (self.before(number), self.before(number + 1));
            (!work.is_over()).then(|| each(Walk { start, end }))
        };
        parallel((runs.end - runs.start) as usize, one).into_iter().collect()
    }
}

/// A run of consecutive profiles.
pub(in crate::solve) struct Walk {
    start: u64,
    end: u64,
}

impl Walk {
    /// The number of the first profile.
    pub(in crate::solve) fn first(&self) -> u64 {
        self.start
    }

    /// How many profiles there are.
    pub(in crate::solve) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}
