//! `equipoise backtest`: predictions beside what happened.

use clap::ValueEnum;

use crate::cli::Status;
use crate::cli::fit::span;
use crate::cli::history::HistoryArgs;
use crate::cli::output::PageArgs;
use crate::cli::plot::{BacktestPlotArgs, backtest_page};
use crate::cli::progress::Progress;
use crate::cli::system::ModelArgs;
use crate::cli::work::SolverArgs;
use crate::dataset::Members;
use crate::error::Result;
use crate::evidence::backtest::predictors::Model;
use crate::evidence::backtest::{Options, build, score};
use crate::report::backtest::BacktestTable;
use crate::report::format::Chosen;

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
    #[command(flatten)]
    history: HistoryArgs,
    /// Of which pairs
    #[arg(long, value_enum, default_value = "majors")]
    pairs: PairsArg,
    /// Learn from these years and test on those after
    #[arg(long, value_name = "FROM..TO")]
    train: Option<String>,
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
    plot: BacktestPlotArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    args.plot.check()?;
    let train = args.train.as_deref().map(span).transpose()?;
    let parameters = args.model.parameters()?;
    let history = args.history.read()?;
    args.solver.set_threads()?;
    let progress = Progress::default();
    let work = args.solver.work().observed(&progress);
    let members = match args.pairs {
        PairsArg::Majors => Members::Majors,
        PairsArg::Relevant => Members::All,
    };
    let model = Model { parameters, precision: args.model.estimate.precision(args.precision)? };
    let (target, years) = (history.target, history.years);
    let wars = history.wars.as_ref();
    let panel = build(&history.files(), wars, members, target, years, &model, &work)?;
    let options = Options { permutations: args.permutations, seed: args.seed, train };
    let report = score(&panel, history.sources.clone(), &options, &work)?;
    let figure = args.plot.staged(&report)?;
    let written = Chosen(&report, args.table.into(), args.output.provenance()?);
    args.output.write(&written, || backtest_page(&report))?;
    figure.commit()?;
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
