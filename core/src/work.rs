//! What a long computation is given: until when, and whom to tell how far it is.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::error::{ErrorKind, Result};

/// Somebody who is told how far a long computation is.
pub trait Observer: Sync {
    /// A stage begins: what it does, of how many steps (0 if that is not known).
    fn begin(&self, stage: &str, steps: u64);
    /// So many more steps are done. May be called from any thread.
    fn advance(&self, steps: u64);
    /// The stage is over.
    fn end(&self);
}

/// What `of` gives for each of `0..n`, in order, on all threads, many of a thousand or more at once: what
/// divides them among threads is compiled once for all of this.
#[doc(hidden)]
pub fn parallel<T: Send + Sync>(n: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let run = (n / 1024).max(1);
    let found: Vec<OnceLock<Vec<T>>> = (0..n.div_ceil(run)).map(|_| OnceLock::new()).collect();
    let one = |k: usize| {
        found[k].get_or_init(|| (k * run..n.min((k + 1) * run)).map(&of).collect());
    };
    let one: &(dyn Fn(usize) + Sync) = &one;
    (0..found.len()).into_par_iter().for_each(one);
    found.into_iter().filter_map(OnceLock::into_inner).flatten().collect()
}

/// The limits of a computation and its observer. The default has neither.
#[derive(Clone, Copy, Default)]
pub struct Work<'a> {
    deadline: Option<Instant>,
    stop: Option<&'a AtomicBool>,
    observer: Option<&'a dyn Observer>,
}

impl<'a> Work<'a> {
    /// Work that stops, undecided, when `limit` has passed from now.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        self.within_since(Instant::now(), limit)
    }

    /// Work that stops, undecided, when `limit` has passed from a moment.
    #[must_use]
    pub fn within_since(self, begun: Instant, limit: Duration) -> Self {
        Self { deadline: begun.checked_add(limit), ..self }
    }

    /// Work that stops, undecided, once `stop` is set.
    #[must_use]
    pub fn until(self, stop: &'a AtomicBool) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// The same work, that leaves a share of the time to what comes after it, such as the
    /// examination of what was found.
    #[must_use]
    pub fn sparing(self, share: f64) -> Self {
        let deadline = self.deadline.map(|deadline| {
            let left = deadline.saturating_duration_since(Instant::now());
            deadline.checked_sub(left.mul_f64(share)).unwrap_or(deadline)
        });
        Self { deadline, ..self }
    }

    /// Work that tells `observer` how far it is.
    #[must_use]
    pub fn observed(self, observer: &'a dyn Observer) -> Self {
        Self { observer: Some(observer), ..self }
    }

    /// The same work with nobody to tell how far it is: a part of what is told as a whole.
    #[must_use]
    pub fn unobserved(self) -> Self {
        Self { observer: None, ..self }
    }

    /// Whether there is a deadline at all.
    pub fn is_limited(&self) -> bool {
        self.deadline.is_some()
    }

    /// The time that is left; `None` where there is no deadline.
    pub fn left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Whether the time is up. Costs some 30 ns: ask once in a few thousand steps.
    pub fn is_over(&self) -> bool {
        self.is_stopped() || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Whether the time is up for going on, if so much is to be done afterwards whatever comes.
    pub fn is_over_before(&self, rest: Duration) -> bool {
        self.is_stopped() || self.deadline.is_some_and(|deadline| Instant::now() + rest >= deadline)
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// That the time is not up, for computations that are left at once where it is.
    ///
    /// # Errors
    /// [`ErrorKind::TimeUp`] if it is.
    pub fn in_time(&self) -> Result<()> {
        if self.is_over() { Err(ErrorKind::TimeUp.into()) } else { Ok(()) }
    }

    /// A stage begins.
    pub fn begin(&self, stage: &str, steps: u64) {
        if let Some(observer) = self.observer {
            observer.begin(stage, steps);
        }
    }

    /// So many more steps are done.
    pub fn advance(&self, steps: u64) {
        if let Some(observer) = self.observer {
            observer.advance(steps);
        }
    }

    /// The stage is over.
    pub fn end(&self) {
        if let Some(observer) = self.observer {
            observer.end();
        }
    }
}
