//! `equipoise backtest`: predictions beside what happened.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::fit::span;
use crate::cli::output::{PageArgs, command};
use crate::cli::progress::Progress;
use crate::cli::system::{ModelArgs, dataset};
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::dataset::{DyadFiles, Majors, Measure, Members, Pacts, PanelFiles, Wars};
use crate::error::{Error, Result};
use crate::evidence::backtest::predictors::Model;
use crate::evidence::backtest::{Options, Target, build, score};
use crate::report::Page;
use crate::report::backtest::{BacktestTable, WrittenBacktest};

const EXAMPLES: &str = "\
Examples:
  equipoise backtest NMC-70-abridged.csv --majors majors2016.csv \\
    --pacts atop5_1_ddyr_abridged.csv --dyads cow_capitals.csv,tss_rivalries.csv \\
    --train 1817..1944
  equipoise backtest NMC-70-abridged.csv --majors majors2016.csv \\
    --pacts atop5_1_ddyr_abridged.csv --dyads cow_capitals.csv,tss_rivalries.csv \\
    --predict new-pact:5 --permutations 499 --format json -o backtest.json
  equipoise backtest NMC-70-abridged.csv --majors majors2016.csv \\
    --pacts atop5_1_ddyr_abridged.csv --dyads cow_capitals.csv,tss_rivalries.csv,contdir.csv \\
    --pairs relevant --permutations 0 --format csv --table predictions
  equipoise check backtest.json

Each pair of states and year is predicted from what was known the year before, by the model and by
trivial rules. p-values come from permuting the labels of states within spells of constant
membership. A predictor adds something only if, beside distance, rivalry, shared rivals and the
leading state, it lowers the log loss out of time (--train) and its likelihood ratio has p < 0.05.
States are found by the codes of the files as they stand.";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PairsArg {
    /// Major powers of the year
    Majors,
    /// Also neighbours, and pairs with one major power; needs a file of contiguity
    Relevant,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TableArg {
    /// A row a predictor
    Scores,
    /// A row a predictor and era
    Eras,
    /// A row a coefficient of the logits of the trivial rules
    Terms,
    /// A row a logit
    Glance,
    /// A row a pair and year
    Predictions,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// Capabilities by state and year: NMC as downloaded
    #[arg(value_name = "NMC.csv")]
    file: PathBuf,
    /// Major powers, from the Correlates of War list
    #[arg(long, value_name = "FILE")]
    majors: PathBuf,
    /// Pacts: ATOP's directed dyad-years as downloaded
    #[arg(long, value_name = "FILE")]
    pacts: PathBuf,
    /// Capitals and rivalries as downloaded, and contiguity for --pairs relevant
    #[arg(long, value_name = "FILE,…", value_delimiter = ',', required = true)]
    dyads: Vec<PathBuf>,
    /// Wars, for --predict sides: COW's Inter-StateWarData as downloaded
    #[arg(long, value_name = "FILE")]
    wars: Option<PathBuf>,
    /// What is predicted: pact, new-pact:YEARS or sides
    #[arg(long, value_name = "TARGET", default_value = "pact")]
    predict: String,
    /// Of which pairs
    #[arg(long, value_enum, default_value = "majors")]
    pairs: PairsArg,
    /// Only these years, as 1817..2016; by default all that the files cover
    #[arg(long, value_name = "FROM..TO")]
    years: Option<String>,
    /// Learn from these years and test on those after
    #[arg(long, value_name = "FROM..TO")]
    train: Option<String>,
    /// How power is measured: `cinc`, or a column
    #[arg(long, value_name = "cinc|COLUMN", default_value = "cinc")]
    capability: String,
    /// How many permutations; 0 for none
    #[arg(long, value_name = "N", default_value_t = 999)]
    #[arg(value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    permutations: u32,
    /// Seed of the permutations
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Precision of the logit equilibrium
    #[arg(long, value_name = "λ", default_value_t = 5.0)]
    precision: f64,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    solver: SolverArgs,
    /// Which table csv, markdown and latex hold
    #[arg(long, value_enum, default_value = "scores", help_heading = "Output")]
    table: TableArg,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    let target = Target::parse(&args.predict)?;
    let years = args.years.as_deref().map(span).transpose()?;
    let train = args.train.as_deref().map(span).transpose()?;
    if target == Target::Sides && args.wars.is_none() {
        return Err(Error::parameter("predict", "a list of --wars beside sides", "none"));
    }
    let parameters = args.model.parameters()?;
    let (dataset, majors) = (dataset(&args.file)?, Majors::read(&args.majors)?);
    let (pacts, dyads) = (Pacts::read(&args.pacts)?, DyadFiles::read(&args.dyads)?);
    let wars = args.wars.as_ref().map(Wars::read).transpose()?;
    let measure = match args.capability.as_str() {
        "cinc" => Measure::Cinc,
        column => Measure::Column(column.to_owned()),
    };
    for text in dataset.notes() {
        note(text);
    }
    args.solver.set_threads()?;
    let progress = Progress::default();
    let work = args.solver.work().observed(&progress);
    let files = PanelFiles {
        capabilities: &dataset,
        majors: &majors,
        pacts: &pacts,
        dyads: &dyads,
        measure: &measure,
    };
    let members = match args.pairs {
        PairsArg::Majors => Members::Majors,
        PairsArg::Relevant => Members::All,
    };
    let model = Model { parameters, precision: args.precision };
    let panel = build(&files, wars.as_ref(), members, target, years, &model, &work)?;
    let mut sources = vec![dataset.source().to_owned(), pacts.source().to_owned()];
    sources.extend(args.dyads.iter().map(|path| path.display().to_string()));
    let options = Options { permutations: args.permutations, seed: args.seed, train };
    let report = score(&panel, sources, &options, &work)?;
    let page = Page { command: command(), ..Page::default() };
    let written = WrittenBacktest(&report, args.table.into());
    args.output.write(&written, || report.html(&page))?;
    Ok(Status::Answered)
}

impl From<TableArg> for BacktestTable {
    fn from(table: TableArg) -> Self {
        match table {
            TableArg::Scores => Self::Scores,
            TableArg::Eras => Self::Eras,
            TableArg::Terms => Self::Terms,
            TableArg::Glance => Self::Glance,
            TableArg::Predictions => Self::Predictions,
        }
    }
}
