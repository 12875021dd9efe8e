//! `equipoise coalition`: any cooperative game.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::certify;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Progress;
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::game::cooperative::number::parse_exact;
use crate::game::cooperative::{Quota, read};
use crate::report::coalition::{CoalitionReport, check};
use crate::solve::cooperative::{Concept, Options, solve};

const EXAMPLES: &str = "\
Examples:
  equipoise coalition game.csv
  equipoise coalition council.csv --quota 51 --solve shapley,banzhaf --exact
  equipoise coalition votes-and-people.csv --quota 255,>50%
  equipoise coalition union-of-40.csv --quota 65% --solve nucleolus --time-limit 60
  equipoise coalition claims.csv --estate 200 --solve nucleolus --exact
  equipoise coalition game.csv --format json -o report.json && equipoise check report.json

GAME.csv has one of these headers:
  coalition,value    the worth of every coalition, as A+B, 1+2+3 or a bitmask (or: cost)
  player,weight      weighted majority, with --quota; weight2, … for more rules, all to be passed
  player,claim       bankruptcy, with --estate
  player,cost        airport: a coalition pays for its dearest member";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The game
    #[arg(value_name = "GAME.csv")]
    file: PathBuf,
    /// The weight that wins, one for each column of weights: 51, >50, 65% or >50%
    #[arg(long, value_name = "Q,…", value_delimiter = ',')]
    quota: Vec<String>,
    /// What there is to divide among the claims of a bankruptcy game
    #[arg(long, value_name = "E")]
    estate: Option<String>,
    /// What to compute; by default everything that takes this game
    #[arg(long = "solve", value_enum, value_delimiter = ',', value_name = "CONCEPT,…")]
    concepts: Option<Vec<ConceptArg>>,
    /// Numbers as exact fractions
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    solver: SolverArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// A concept, as a value of `--solve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ConceptArg(Concept);

impl ValueEnum for ConceptArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [ConceptArg; 12] = {
            let mut all = [ConceptArg(Concept::Shapley); 12];
            let mut at = 0;
            while at < all.len() {
                all[at] = ConceptArg(Concept::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let terms = args.terms()?;
    let game = read::game(&args.file, &terms)?;
    args.solver.set_threads()?;
    let concepts = args.concepts.as_ref().map(|asked| asked.iter().map(|c| c.0).collect());
    let options = Options { concepts, backend: args.solver.lp };
    let progress = Progress::default();
    let solutions = solve(&game, &options, &args.solver.work().observed(&progress))?;
    let source = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy();
    let report = CoalitionReport::new(&game, &source, &solutions, args.exact);
    // What does not pass the check that anybody can make is not printed.
    certify::accept("cooperative game", &check(&report, false)?.claims)?;
    if args.concepts.is_none() {
        let found: Vec<&str> = solutions.found.iter().map(|concept| concept.name()).collect();
        note(&format!("solved for all that the size permits, --solve {}", found.join(",")));
    }
    args.output.write(&match args.output.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
        Format::Csv => report.csv(),
    })?;
    Ok(if solutions.undecided.is_empty() { Status::Answered } else { Status::Open })
}

impl Args {
    fn terms(&self) -> Result<read::Terms> {
        let quotas = self.quota.iter().map(|text| Quota::parse(text)).collect::<Result<_>>()?;
        let estate = match &self.estate {
            None => None,
            Some(text) => Some(parse_exact(text).ok_or_else(|| {
                Error::parameter("estate", "a number such as 200 or 5/12", format!("{text:?}"))
            })?),
        };
        Ok(read::Terms { quotas, estate })
    }
}
