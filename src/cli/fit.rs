//! `equipoise fit`: parameters estimated from what happened.

pub(super) mod alignment;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::cli::output::PageArgs;
use crate::cli::plot::{SheetArgs, fit_page};
use crate::cli::system::dataset;
use crate::cli::{Status, note};
use crate::dataset::{Majors, Wars};
use crate::error::{Error, Result};
use crate::evidence::decisiveness::{Form, Settings, Sides, Ties, fit, sample};
use crate::plot::evidence;
use crate::report::fit::FitTable;
use crate::report::format::Chosen;

const EXAMPLES: &str = "\
Examples:
  equipoise fit decisiveness NMC-70-abridged.csv --wars Inter-StateWarData_v4.0.csv
  equipoise fit decisiveness NMC-70-abridged.csv --wars Inter-StateWarData_v4.0.csv \\
    --sides bilateral --years 1816..1913
  equipoise fit decisiveness NMC-70-abridged.csv --wars Inter-StateWarData_v4.0.csv \\
    --majors majors2016.csv --initiator --ties rao-kupper
  equipoise fit decisiveness NMC-70-abridged.csv --wars Inter-StateWarData_v4.0.csv \\
    --format json -o fit.json; equipoise check fit.json
  equipoise fit decisiveness NMC-70-abridged.csv --wars Inter-StateWarData_v4.0.csv \\
    --format csv --table predictions
  equipoise solve data/europe-1913.csv --parameters fit.json --draws 1000

Of two sides with powers P1 and P2 the first wins with probability P1^m / (P1^m + P2^m); the
estimate of m, its profile-likelihood interval, and how well it predicts each war from the
others. The default of the lenses, 2, is a choice, not an estimate.";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// How surely the stronger side won the wars that were fought
    Decisiveness(Decisiveness),
    /// With which parameters the game of alignment says best who had pacts
    Alignment(Box<alignment::Args>),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SidesArg {
    /// All who fought on a side
    Coalition,
    /// Those who fought on a side's first day
    Originators,
    /// Only wars of one state against one
    Bilateral,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TiesArg {
    /// Draws are left out
    Drop,
    /// A threshold (Rao & Kupper 1967)
    RaoKupper,
    /// A weight (Davidson 1970)
    Davidson,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormArg {
    /// Log odds m·ln(P1/P2): the model's own
    Ratio,
    /// Log odds m·(P1 − P2)
    Difference,
    /// Log odds m·(P1 − P2)/(P1 + P2)
    Share,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TableArg {
    /// A row a parameter
    Terms,
    /// One row: how good the estimate is
    Glance,
    /// A row an era, and a part by the major powers that fought
    Groups,
    /// A row a war
    Predictions,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
struct Decisiveness {
    /// Capabilities by state and year: NMC as downloaded
    #[arg(value_name = "NMC.csv")]
    file: PathBuf,
    /// The wars: COW's Inter-StateWarData as downloaded
    #[arg(long, value_name = "FILE")]
    wars: PathBuf,
    /// Also by the major powers that fought, from the Correlates of War list
    #[arg(long, value_name = "FILE")]
    majors: Option<PathBuf>,
    /// Power: a column, instead of the published cinc
    #[arg(long, value_name = "cinc|COLUMN", default_value = "cinc")]
    capability: String,
    /// Only wars that began in these years, as 1816..1913
    #[arg(long, value_name = "FROM..TO")]
    years: Option<String>,
    /// Who is counted on a side
    #[arg(long, value_enum, default_value = "coalition")]
    sides: SidesArg,
    /// What becomes of draws
    #[arg(long, value_enum, default_value = "drop")]
    ties: TiesArg,
    /// How power makes odds
    #[arg(long, value_enum, default_value = "ratio")]
    form: FormArg,
    /// Give the side that began the war odds of its own
    #[arg(long)]
    initiator: bool,
    /// Which table csv, markdown and latex hold
    #[arg(long, value_enum, default_value = "terms", help_heading = "Output")]
    table: TableArg,
    #[command(flatten)]
    plot: SheetArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    match &args.command {
        Command::Decisiveness(args) => args.run(),
        Command::Alignment(args) => alignment::run(args),
    }
}

impl Decisiveness {
    fn run(&self) -> Result<Status> {
        let years = self.years.as_deref().map_or(Ok((i32::MIN, i32::MAX)), span)?;
        self.output.check()?;
        self.plot.check()?;
        let (dataset, wars) = (dataset(&self.file)?, Wars::read(&self.wars)?);
        let majors = self.majors.as_ref().map(Majors::read).transpose()?;
        let column = (!self.capability.eq_ignore_ascii_case("cinc")).then_some(&*self.capability);
        let settings = self.settings();
        let sample = sample(&dataset, &wars, column, majors.as_ref(), years, &settings)?;
        for text in dataset.notes() {
            note(text);
        }
        let sources = vec![dataset.source().to_owned(), wars.source().to_owned()];
        let report = fit(&sample, sources, &settings);
        let figure = self.plot.staged(|paper| evidence::decisiveness(&report, paper))?;
        let written = Chosen(&report, self.table.into(), self.output.provenance()?);
        self.output.write(&written, || fit_page(&report))?;
        figure.commit()?;
        Ok(if report.undecided.is_none() { Status::Answered } else { Status::Open })
    }

    fn settings(&self) -> Settings {
        Settings {
            sides: match self.sides {
                SidesArg::Coalition => Sides::Coalition,
                SidesArg::Originators => Sides::Originators,
                SidesArg::Bilateral => Sides::Bilateral,
            },
            ties: match self.ties {
                TiesArg::Drop => Ties::Drop,
                TiesArg::RaoKupper => Ties::RaoKupper,
                TiesArg::Davidson => Ties::Davidson,
            },
            form: match self.form {
                FormArg::Ratio => Form::Ratio,
                FormArg::Difference => Form::Difference,
                FormArg::Share => Form::Share,
            },
            initiator: self.initiator,
        }
    }
}

impl From<TableArg> for FitTable {
    fn from(table: TableArg) -> Self {
        match table {
            TableArg::Terms => Self::Terms,
            TableArg::Glance => Self::Glance,
            TableArg::Groups => Self::Groups,
            TableArg::Predictions => Self::Predictions,
        }
    }
}

/// The years of `1816..1913`.
pub(super) fn span(text: &str) -> Result<(i32, i32)> {
    let ends = text.split_once("..").and_then(|(from, to)| {
        Some((from.trim().parse::<i32>().ok()?, to.trim().parse::<i32>().ok()?))
    });
    ends.filter(|(from, to)| from <= to)
        .ok_or_else(|| Error::parameter("years", "years as 1816..1913, the earlier first", text))
}
