//! `equipoise solve`: the main job.

use std::time::Duration;

use clap::ValueEnum;

use crate::analysis::{self, Lens, Options, analyse};
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Progress;
use crate::cli::system::{Chosen, ModelArgs, SystemArgs};
use crate::cli::{Status, note};
use crate::error::{Error, ErrorKind, Result};
use crate::lp::Backend;
use crate::report::Report;
use crate::solve::{alignment, blocs};
use crate::work::Work;

const EXAMPLES: &str = "\
Examples:
  equipoise solve data/europe-1913.csv
  equipoise solve data/europe-1913.csv --capability milex --decisiveness 1
  equipoise solve NMC-70-abridged.csv --year 1913 --majors majors2016.csv --leader all
  equipoise solve data/china-2016.csv --driver threat --dyads pairs.csv
  equipoise solve data/coldwar-1985.csv --top 12 --format json -o report.json

The lenses, each an interval for the share of all control that the leading state can get:
  polarity    its share of power, before anyone has allied with anyone
  settlement  what it gets where no coalition has a reason to fight all others
  blocs       what it gets where no group of states would leave to form a bloc
  alignment   what it gets where each other state chooses its side, in equilibrium
Verdict: hegemonic if every lens gives it more than the threshold, balanced if none can,
else contested.";

/// The lenses, as values of `--lens`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LensArg {
    Polarity,
    Settlement,
    Blocs,
    Alignment,
}

impl From<LensArg> for Lens {
    fn from(lens: LensArg) -> Self {
        match lens {
            LensArg::Polarity => Self::Polarity,
            LensArg::Settlement => Self::Settlement,
            LensArg::Blocs => Self::Blocs,
            LensArg::Alignment => Self::Alignment,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    system: SystemArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What to do, and for how long.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Work")]
pub(super) struct WorkArgs {
    /// Only these lenses; by default all that take a system of this size
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LENS,…")]
    lens: Option<Vec<LensArg>>,
    /// Solver of linear programmes
    #[arg(long, value_name = "NAME", value_parser = backends(), default_value = "microlp")]
    lp: Backend,
    /// Threads; by default one for each core. The answer never depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Seed of random numbers. No lens draws any: the answer never depends on it
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Stop after so many seconds, undecided if need be
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time_limit: Option<Duration>,
    /// How many partitions to list at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    #[arg(default_value_t = 100)]
    max_partitions: u32,
    /// How many pure equilibria to list at most
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    max_equilibria: u32,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let Chosen { system, mut notes } = args.system.system()?;
    let parameters = args.model.parameters()?;
    let leader = args.model.leader(&system, &mut notes)?;
    let options = Options { leader, ..args.work.options() };
    set_threads(args.work.threads)?;
    let progress = Progress::default();
    let analysis = analyse(system, parameters, &options, &args.work.work().observed(&progress))?;
    for text in &notes {
        note(text);
    }
    for (lens, why) in &analysis.left_out {
        note(&format!("the lens {lens} was left out: {why}; keep the strongest with --top"));
    }
    let report = Report::new(&analysis, &notes);
    args.output.write(&match args.output.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
        Format::Csv => report.csv(),
    })?;
    Ok(if analysis.is_undecided() { Status::Open } else { Status::Answered })
}

impl WorkArgs {
    fn options(&self) -> Options {
        Options {
            lenses: self.lens.as_ref().map(|asked| asked.iter().map(|&l| l.into()).collect()),
            backend: self.lp,
            blocs: blocs::Options {
                max_partitions: self.max_partitions as usize,
                ..Default::default()
            },
            alignment: alignment::Options {
                max_equilibria: self.max_equilibria as usize,
                ..Default::default()
            },
            ..analysis::Options::default()
        }
    }

    fn work(&self) -> Work<'static> {
        match self.time_limit {
            Some(limit) => Work::default().within(limit),
            None => Work::default(),
        }
    }
}

/// Sets the number of threads of all that follows.
pub(super) fn set_threads(threads: Option<u16>) -> Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    pool.build_global().map_err(|error| {
        Error::from(ErrorKind::Parameter {
            name: "threads",
            expected: "a number of threads that the system can start".into(),
            found: format!("{threads} ({error})"),
        })
    })
}

/// The backends of this build, by name.
pub(super) fn backends() -> impl clap::builder::TypedValueParser<Value = Backend> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(Backend::ALL.iter().map(|backend| backend.name())).map(
        |name| {
            let named = Backend::ALL.iter().find(|backend| backend.name() == name);
            named.copied().unwrap_or_default()
        },
    )
}

fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let limit = text.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
    limit.ok_or_else(|| "expected a number of seconds, 0 or more".into())
}
