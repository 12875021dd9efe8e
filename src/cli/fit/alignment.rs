//! `equipoise fit alignment`: parameters of the game of alignment from pacts.

use clap::ValueEnum;

use crate::cli::Status;
use crate::cli::history::HistoryArgs;
use crate::cli::output::PageArgs;
use crate::cli::plot::{SheetArgs, alignment_page};
use crate::cli::progress::Progress;
use crate::cli::system::ModelArgs;
use crate::cli::work::SolverArgs;
use crate::error::{Error, Result};
use crate::evidence::alignment::{Place, Quantity, Settings, fit, observe};
use crate::plot::evidence;
use crate::report::fit::AlignmentTable;
use crate::report::format::Chosen;

const EXAMPLES: &str = "\
Examples:
  equipoise fit alignment NMC-70-abridged.csv --majors majors2016.csv \\
    --pacts atop5_1_ddyr_abridged.csv --dyads cow_capitals.csv,tss_rivalries.csv
  equipoise fit alignment NMC-70-abridged.csv --majors majors2016.csv \\
    --pacts atop5_1_ddyr_abridged.csv --dyads cow_capitals.csv,tss_rivalries.csv \\
    --driver threat --estimate precision,threat-weight --years 1817..1944 -o fit.json
  equipoise check fit.json --allow-partial

In each year the major powers but the leading one balance, bandwagon or abstain with the
probabilities of the logit equilibrium; the log odds of a pact are a + b·(the probability that both
of a pair balance), b ≥ 0. The composite likelihood takes pairs and years for independent, which
they are not: errors clustered by pair stand beside. Where the likelihood is flat it is said.";

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum TableArg {
    /// A row a parameter
    Terms,
    /// One row: how good the estimate is
    Glance,
    /// A row a value of a parameter, with the log likelihood there
    Profile,
    /// A row a pair and year
    Predictions,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    history: HistoryArgs,
    /// What is estimated: some of precision, decisiveness, dominance, threat-weight and
    /// distance-scale; the others are kept
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', default_value = "precision")]
    estimate: Vec<String>,
    /// Precision of the logit equilibrium, or where its estimate starts
    #[arg(long, value_name = "λ", default_value_t = 5.0)]
    precision: f64,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    solver: SolverArgs,
    /// Which table csv, markdown and latex hold
    #[arg(long, value_enum, default_value = "terms", help_heading = "Output")]
    table: TableArg,
    #[command(flatten)]
    plot: SheetArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    args.plot.check()?;
    let estimate = quantities(&args.estimate)?;
    let precision = args.model.estimate.precision(args.precision)?;
    let start = Place { parameters: args.model.parameters()?, precision };
    start.check(&estimate)?;
    let history = args.history.read()?;
    args.solver.set_threads()?;
    let progress = Progress::default();
    let work = args.solver.work().observed(&progress);
    let years = observe(&history.files(), history.wars.as_ref(), history.target, history.years)?;
    let settings = Settings { start, estimate, work };
    let sources = history.sources.clone();
    let report = fit(years, sources, history.measure(), history.target, &settings)?;
    let figure = args.plot.staged(|paper| evidence::alignment(&report, None, paper))?;
    let written = Chosen(&report, args.table.into(), args.output.provenance()?);
    args.output.write(&written, || alignment_page(&report))?;
    figure.commit()?;
    Ok(if report.undecided.is_none() { Status::Answered } else { Status::Open })
}

impl From<TableArg> for AlignmentTable {
    fn from(table: TableArg) -> Self {
        match table {
            TableArg::Terms => Self::Terms,
            TableArg::Glance => Self::Glance,
            TableArg::Profile => Self::Profile,
            TableArg::Predictions => Self::Predictions,
        }
    }
}

fn quantities(names: &[String]) -> Result<Vec<Quantity>> {
    let known = |name: &String| {
        Quantity::from_name(name).ok_or_else(|| {
            let names = Quantity::ALL.map(Quantity::name).join(", ");
            Error::parameter("estimate", format!("some of {names}"), name)
        })
    };
    names.iter().map(known).collect()
}
