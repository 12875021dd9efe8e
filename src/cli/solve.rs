//! `equipoise solve`: the main job.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::analysis::{self, Analysis, Lens, Options, analyse, robustness};
use crate::cli::estimate::DrawArgs;
use crate::cli::horizon::HorizonArgs;
use crate::cli::output::{Format, PageArgs};
use crate::cli::plot::{ReportPlotArgs, report_page};
use crate::cli::progress::Progress;
use crate::cli::system::{Chosen, ModelArgs, SystemArgs};
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Result};
use crate::game::cooperative::read;
use crate::report::Report;
use crate::solve::alignment;
use crate::solve::partitions::blocs;
use crate::system::System;

const EXAMPLES: &str = "\
Examples:
  equipoise solve data/europe-1913.csv
  equipoise solve data/europe-1913.csv --capability milex --decisiveness 1
  equipoise solve NMC-70-abridged.csv --year 1913 --majors majors2016.csv --leader all
  equipoise solve data/europe-1913.csv --driver threat --dyads data/pairs/europe-1913.csv
  equipoise solve NMC-70-abridged.csv --year 1913 --majors majors2016.csv --driver threat \\
    --dyads contdir.csv,cow_capitals.csv,tss_rivalries.csv,atop5_1_ddyr_abridged.csv
  equipoise solve data/coldwar-1985.csv --names states2016.csv --dyads cow_capitals.csv \\
    --driver threat
  equipoise solve data/coldwar-1985.csv --top 12 -o report.json
  equipoise solve data/europe-1936.csv --top 8 --lens alignment \\
    --tactics balance,bandwagon,abstain,pass
  equipoise solve data/europe-1913.csv --lens security --dyads data/pairs/europe-1913.csv
  equipoise solve data/europe-1913.csv --tactics balance,pass,arm,restrain --arms-cost 0.2
  equipoise solve data/entente-1907.csv --dyads alliances.csv --chains tight
  equipoise solve NMC-70-abridged.csv --year 1905 --majors majors2016.csv --horizon-year 1914
  equipoise solve data/europe-1913.csv --blocs UKG+FRN+RUS,GMY+AUH+ITA --plot entente.svg \\
    --figure partition
  equipoise solve data/europe-1913.csv --explain
  equipoise solve data/europe-1913.csv -o report.html
  equipoise solve data/europe-1913.csv -o table.tex
  equipoise solve data/europe-1913.csv --plot blocs.svg --figure blocs
  equipoise solve data/europe-1913.csv --dyads data/pairs/europe-1913.csv --plot threats.svg \\
    --figure threats

The lenses, each an interval for the share of all control that the leading state can get:
  polarity    its share of power, before anyone has allied with anyone
  settlement  what it gets where no coalition has a reason to fight all others
  blocs       what it gets where no group of states would leave to form a bloc
  alignment   what it gets where each other state chooses its side, in equilibrium
Beside the verdict, not part of it:
  security    whom the others fear most, and whether they balance, hide or bandwagon to keep
              their independence; the odds of stopping it
Verdict: hegemonic if every lens gives it more than the threshold, balanced if none can,
else contested.";

/// The lenses, as values of `--lens`.
pub(super) fn lenses() -> impl TypedValueParser<Value = Lens> {
    PossibleValuesParser::new(Lens::ALL.map(Lens::name))
        .try_map(|name| Lens::named(&name).ok_or("expected the name of a lens"))
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    system: SystemArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    horizon: HorizonArgs,
    /// The precision of the logit equilibrium of the lens alignment, per utility over a state's
    /// share of power: 0 is uniform play, and the more the surer are states of what is better
    #[arg(long, value_name = "NUMBER", default_value_t = alignment::PRECISION)]
    #[arg(allow_negative_numbers = true, help_heading = "Model")]
    precision: f64,
    #[command(flatten)]
    work: WorkArgs,
    /// Also whether the verdict holds in other settings (decisiveness by dominance) and by other
    /// measures of the file; text and pages of up to 8 states say it unasked
    #[arg(long, help_heading = "Work")]
    robustness: bool,
    /// Also judge this partition, as A+B,C+D (who is not named stands alone): who would leave it or
    /// move, what it comes to; of up to 20 states
    #[arg(long, help_heading = "Model", value_name = "A+B,…", value_delimiter = ',')]
    blocs: Vec<String>,
    /// Also say, at the end of the text, what its words mean
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    draws: DrawArgs,
    #[command(flatten)]
    plot: ReportPlotArgs,
    #[command(flatten)]
    output: PageArgs,
}

/// What to do, and for how long.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Work")]
pub(super) struct WorkArgs {
    /// Only these lenses; by default all that take a system of this size
    #[arg(long, value_parser = lenses(), value_delimiter = ',', value_name = "LENS,…")]
    lens: Option<Vec<Lens>>,
    /// Seed of random numbers: those of the lens security above 13 states, whose odds are sampled
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How many partitions to list at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    #[arg(default_value_t = 100)]
    max_partitions: u32,
    /// How many pure equilibria to list at most
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    max_equilibria: u32,
    #[command(flatten)]
    pub(super) solver: SolverArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    args.plot.check()?;
    let Chosen { system, mut notes, used } = args.system.system()?;
    let parameters = args.model.parameters()?;
    let leader = args.model.leader(&system, &mut notes)?;
    let options = args.work.options();
    let alignment = alignment::Options {
        max_equilibria: options.alignment.max_equilibria,
        selection: Some(args.precision),
        ..args.model.tactics.options(&system)?
    };
    let horizon = args.horizon.horizon(&system, &args.system)?;
    let target = args.model.security.target(&system)?;
    let given = args.given(&system)?;
    let options = Options { leader, target, alignment, horizon, given, ..options };
    args.work.solver.set_threads()?;
    let progress = Progress::default();
    let work = args.work.solver.work().observed(&progress);
    let analysis = analyse(system, parameters, &options, &work)?;
    let robustness = match args.says_robustness(&analysis) {
        true => {
            let measures = args.system.by_other_measures(&analysis.system, &mut notes)?;
            robustness(&analysis, &measures, &options, &work)?
        }
        false => None,
    };
    let drawn = match args.draws.drawn(&args.model.estimate, options.seed)? {
        Some(drawn) => drawn.verdicts(&analysis, &options, &work)?.map(|found| (drawn, found)),
        None => None,
    };
    for text in &notes {
        note(text);
    }
    for (lens, why) in &analysis.left_out {
        note(&format!("the lens {lens} was left out: {why}; keep the strongest with --top"));
    }
    let asked = args.model.tactics.are_asked_for() || options.horizon.is_some();
    if asked && analysis.leaders.iter().all(|leader| leader.alignment.is_none()) {
        note("tactics, chains and the horizon are of the lens alignment, which did not run");
    }
    let mut report = Report::new(&analysis, &notes);
    if let Some(found) = robustness {
        report = report.with_robustness(found);
    }
    if let Some((drawn, found)) = &drawn {
        report = report.with_draws(found, drawn.seed, drawn.estimates());
    }
    report.explain = args.explain;
    report.provenance = args.output.provenance()?;
    report.provenance.iter_mut().for_each(|known| known.capabilities = Some(used.clone()));
    let figure = args.plot.staged(&report)?;
    args.output.write(&report, || report_page(&report))?;
    figure.commit()?;
    Ok(if analysis.is_undecided() { Status::Open } else { Status::Answered })
}

/// Up to so many states robustness is said unasked.
const ROBUSTNESS_STATES: usize = 8;

impl Args {
    /// The partition that is to be judged.
    fn given(&self, system: &System) -> Result<Option<Partition>> {
        let n = system.len();
        if self.blocs.is_empty() {
            return Ok(None);
        }
        if n > blocs::MAX_TABLE {
            let remedy = format!("keep the strongest with --top {}", blocs::MAX_TABLE);
            let limit = format!("{} states", blocs::MAX_TABLE);
            return Err(Error::too_large(format!("a partition of {n} states"), limit, remedy));
        }
        read::blocs(&self.blocs, &system.ids(Coalition::grand(n))).map(Some)
    }

    /// JSON has it where it was asked for: it has no evidence that could be checked.
    fn says_robustness(&self, analysis: &Analysis) -> bool {
        let for_people = matches!(self.output.format(), Format::Text | Format::Html);
        self.robustness || (for_people && analysis.system.len() <= ROBUSTNESS_STATES)
    }
}

impl WorkArgs {
    pub(super) fn options(&self) -> Options {
        Options {
            lenses: self.lens.clone(),
            backend: self.solver.lp,
            seed: self.seed,
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
}
