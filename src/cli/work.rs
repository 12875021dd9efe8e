//! How a command works: the solver of linear programmes, threads and time.

use std::time::Duration;

use crate::cli::session;
pub(super) use crate::cli::session::within;
use crate::error::{Error, ErrorKind, Result};
use crate::lp::Backend;
use crate::work::Work;

/// How to work, and for how long.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Work")]
pub(super) struct SolverArgs {
    /// Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
    /// this one takes over where that gives up
    #[arg(long, value_name = "NAME", value_parser = backends(), default_value = "microlp")]
    pub(super) lp: Backend,
    /// Threads; by default one for each core. The answer never depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Stop after so many seconds, undecided if need be
    #[arg(long, value_name = "SECONDS", value_parser = time_limit)]
    time_limit: Option<Duration>,
}

impl SolverArgs {
    pub(super) fn work(&self) -> Work<'static> {
        session::within(self.time_limit)
    }

    pub(super) fn set_threads(&self) -> Result<()> {
        set_threads(self.threads)
    }
}

/// Sets the number of threads of all that follows.
pub(super) fn set_threads(threads: Option<u16>) -> Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    // A caller in the same process has chosen the pool that it calls from.
    if session::with(|session| session.captured.is_some()) {
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    pool.build_global().map_err(|error| {
        Error::from(ErrorKind::Parameter {
            name: "threads",
            expected: "a number of threads that the system can start".into(),
            found: format!("{threads} ({error})"),
        })
    })
}

/// The backends of this build, by name. Those of other builds are known, and refused with the
/// way to have them.
pub(super) fn backends() -> impl clap::builder::TypedValueParser<Value = Backend> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    let here = |name: &str| Backend::ALL.iter().copied().find(|backend| backend.name() == name);
    let value = move |&name: &&'static str| PossibleValue::new(name).hide(here(name).is_none());
    PossibleValuesParser::new(Backend::NAMES.iter().map(value)).try_map(move |name| {
        let names: Vec<&str> = Backend::ALL.iter().map(|backend| backend.name()).collect();
        here(&name).ok_or_else(|| {
            format!(
                "this build has no {name}: it has {}; build with `--features {name}` to add it",
                names.join(", ")
            )
        })
    })
}

/// A time limit in seconds.
pub(super) fn time_limit(text: &str) -> std::result::Result<Duration, String> {
    let limit = text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
    limit.ok_or_else(|| "expected a number of seconds, 0 or more".into())
}
