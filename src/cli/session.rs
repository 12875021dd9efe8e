//! What a command is run for: the program on its terminal, or a caller in the same process.
//!
//! A session is of one thread: a command begins, notes and writes on the thread that it was called
//! on, whatever threads it works with.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::cli::request::Request;
use crate::work::{Observer, Work};

/// Whom a caller in the same process lets watch a command.
pub type Watcher = Arc<dyn Observer + Send + Sync>;

/// One command, from its words to its output.
pub(super) struct Session {
    /// The words of the command line, without the program's own name.
    pub(super) words: Vec<String>,
    /// What was asked for, as reports carry it.
    pub(super) request: Option<Request>,
    /// What `-` reads, where it is not the process's standard input.
    pub(super) input: Option<Vec<u8>>,
    /// The sum of standard input, which can be read but once.
    pub(super) digest: Option<String>,
    /// Whether notes and progress are left out.
    pub(super) quiet: bool,
    /// Where output and notes go; `None` for those of the process.
    pub(super) captured: Option<Captured>,
    /// Pieces that others solved.
    pub(super) parts: Option<super::parts::Parts>,
    begun: Instant,
    watcher: Option<Watcher>,
    stop: Option<&'static AtomicBool>,
}

/// What a command said.
#[derive(Debug, Default)]
pub(super) struct Captured {
    pub(super) output: Vec<u8>,
    pub(super) notes: Vec<String>,
    /// The files that it would have written, where it is kept from the disk.
    pub(super) written: Vec<(PathBuf, Vec<u8>)>,
    /// Whether it is.
    pub(super) sealed: bool,
}

thread_local! {
    static CURRENT: RefCell<Session> = RefCell::new(Session::of_process());
}

impl Session {
    /// That of the program.
    fn of_process() -> Self {
        Self {
            words: Vec::new(),
            request: None,
            input: None,
            digest: None,
            quiet: false,
            captured: None,
            parts: None,
            begun: Instant::now(),
            watcher: None,
            stop: None,
        }
    }

    /// One whose output is handed back.
    pub(super) fn embedded(words: Vec<String>) -> Self {
        Self { words, captured: Some(Captured::default()), ..Self::of_process() }
    }

    /// The same, watched, and stopped when `stop` is set.
    pub(super) fn watched(
        self,
        watcher: Option<Watcher>,
        stop: Option<&'static AtomicBool>,
    ) -> Self {
        Self { watcher, stop, ..self }
    }

    /// The same, kept from the disk: what it would write is handed back.
    pub(super) fn sealed(mut self, sealed: bool) -> Self {
        if let Some(captured) = &mut self.captured {
            captured.sealed = sealed;
        }
        self
    }

    /// Makes this the session of the thread, and hands back the one before.
    pub(super) fn enter(self) -> Self {
        CURRENT.replace(self)
    }
}

/// Begins the session of the program.
#[cfg(feature = "cli")]
pub(super) fn begin() {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    with(|session| *session = Session { words: words.collect(), ..Session::of_process() });
}

/// Looks at the session of this thread, or changes it.
pub(super) fn with<T>(change: impl FnOnce(&mut Session) -> T) -> T {
    CURRENT.with(|session| change(&mut session.borrow_mut()))
}

/// Whether notes and progress are left out.
#[cfg(feature = "cli")]
pub(super) fn is_quiet() -> bool {
    with(|session| session.quiet)
}

/// Whether this session is kept from the disk.
pub(super) fn is_sealed() -> bool {
    with(|session| session.captured.as_ref().is_some_and(|captured| captured.sealed))
}

/// Who watches.
pub(super) fn watcher() -> Option<Watcher> {
    with(|session| session.watcher.clone())
}

/// Work within a limit from the beginning of the session: reading and laying out take their part.
pub(super) fn within(limit: Option<Duration>) -> Work<'static> {
    let (begun, stop) = with(|session| (session.begun, session.stop));
    let work = stop.map_or(Work::default(), |stop| Work::default().until(stop));
    limit.map_or(work, |limit| work.within_since(begun, limit))
}

/// Whether the caller had it stopped.
pub(super) fn is_stopped() -> bool {
    with(|session| session.stop).is_some_and(|stop| stop.load(Ordering::Relaxed))
}
