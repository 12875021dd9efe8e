//! `equipoise compare`: outcomes side by side.

use crate::cli::cases::CasesArgs;
use crate::cli::estimate::DrawArgs;
use crate::cli::output::{Format, PageArgs};
use crate::cli::parts::{self, ShardArgs};
use crate::cli::plot::{ComparisonPlotArgs, comparison_page};
use crate::cli::progress::Progress;
use crate::cli::solve::WorkArgs;
use crate::cli::system::ModelArgs;
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::report::compare::{Case, Comparison, analysed};
use crate::theory::Theory;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  equipoise compare data/europe-1913.csv data/coldwar-1985.csv --top 8
  equipoise compare NMC-70-abridged.csv --years 1816..2016 --majors majors2016.csv
  equipoise compare data/coldwar-1985.csv --capability cinc,milex,tpop
  equipoise compare data/europe-1913.csv --vary decisiveness=1..4:0.5 --vary war-cost=0,0.1
  equipoise compare data/europe-1913.csv data/italy-1454.csv --theories all
  equipoise compare data/europe-1913.csv --driver power,threat -o rows.csv
  equipoise compare NMC-70-abridged.csv --years 1816..2016 --majors majors2016.csv \\
    --plot price.svg --figure price --wars Inter-StateWarData_v4.0.csv

A row for each file, year, driver, measure and setting, in this order: class of polarity, the
leading state and its share, price of peace, instability, intervals of its control through the
lenses, the verdict, and under Δ what changed from the row before. Where only measures, drivers
or settings differ, the share of them that agree on the verdict is told.";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// CSVs with a row for each state (and year); `-` for standard input
    #[arg(value_name = "SYSTEM.csv", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    cases: CasesArgs,
    /// Also what published theories say, by name, or all of them; with their agreement
    #[arg(long, value_name = "all|NAME,…", value_delimiter = ',')]
    theories: Vec<String>,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    draws: DrawArgs,
    #[command(flatten)]
    shard: ShardArgs,
    #[command(flatten)]
    plot: ComparisonPlotArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    let theories = theories(&args.theories)?;
    let mut notes = Vec::new();
    let drawn = args.draws.drawn(&args.model.estimate, args.work.options().seed)?;
    let mut cases = args.cases.cases(&args.files, &args.model, &theories, drawn, &mut notes)?;
    notes.extend(told_once(&cases));
    let wars = args.plot.observed(&cases, args.output.format() == Format::Html)?;
    args.work.solver.set_threads()?;
    let progress = Progress::default();
    let work = args.work.solver.work().observed(&progress);
    let options = args.work.options();
    if let Some(shard) = args.shard.shard {
        let cases = cases.drain(shard.range(cases.len())).collect();
        let analysed = analysed(cases, &theories, &options, &work)?;
        if args.output.is_table() && analysed.is_empty() {
            note("there are fewer cases than pieces, and none in this one: no table is written");
        } else if args.output.is_table() {
            args.output.write(&Comparison::of(analysed, &theories), || Ok(String::new()))?;
        } else {
            parts::write(shard, args.output.output.as_deref(), &parts::json(&analysed)?)?;
        }
        return Ok(Status::Answered);
    }
    let analysed = match parts::known()? {
        None => analysed(cases, &theories, &options, &work)?,
        Some(parts) => {
            let read = parts.iter().map(|answers| parts::read::<Vec<_>>(answers));
            read.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
        }
    };
    let mut comparison = Comparison::of(analysed, &theories);
    comparison.provenance = args.output.provenance()?;
    for text in &notes {
        note(text);
    }
    let figure = args.plot.staged(&comparison, &wars)?;
    args.output.write(&comparison, || comparison_page(&comparison, &wars))?;
    figure.commit()?;
    Ok(if comparison.is_undecided() { Status::Open } else { Status::Answered })
}

/// The theories of these names, each once, in the order of [`Theory::ALL`].
fn theories(named: &[String]) -> Result<Vec<Theory>> {
    let known = |name: &String| name == "all" || Theory::from_name(name).is_some();
    if let Some(unknown) = named.iter().find(|name| !known(name)) {
        let names = Theory::ALL.map(Theory::name).join(", ");
        return Err(Error::parameter("theories", format!("all, or some of {names}"), unknown));
    }
    let asked = |theory: &Theory| named.iter().any(|n| n == "all" || n == theory.name());
    Ok(Theory::ALL.into_iter().filter(asked).collect())
}

/// The notes on the cases, each once, with the first case that it is on and how many more.
fn told_once(cases: &[Case]) -> Vec<String> {
    let mut told: Vec<(&str, &str, usize)> = Vec::new();
    for case in cases {
        for text in &case.notes {
            match told.iter_mut().find(|(known, _, _)| known == text) {
                Some((_, _, more)) => *more += 1,
                None => told.push((text, &case.label, 0)),
            }
        }
    }
    let line = |(text, label, more): (&str, &str, usize)| match more {
        0 => format!("{label}: {text}"),
        _ => format!("{label} and {more} more: {text}"),
    };
    told.into_iter().map(line).collect()
}
