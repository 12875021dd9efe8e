//! `equipoise show`: a saved report in another form.

use std::path::PathBuf;

use clap::ValueEnum;
use serde::de::DeserializeOwned;

use crate::cli::output::{Format, PageArgs, Staged};
use crate::cli::plot::{
    self, BacktestPlotArgs, ComparisonPlotArgs, FilmPlotArgs, ReportPlotArgs, SheetArgs,
    SweepPlotArgs,
};
use crate::cli::{Status, fit, input};
use crate::error::{Error, Place, Result};
use crate::evidence::alignment::ALIGNMENT;
use crate::plot::evidence;
use crate::report::Provenance;
use crate::report::backtest::{BACKTEST_SCHEMA, Backtest};
use crate::report::coalition::{self, CoalitionReport};
use crate::report::compare::{COMPARISON_SCHEMA, Comparison};
use crate::report::fit::{AlignmentFit, FIT_SCHEMA, Fit};
use crate::report::format::{Chosen, Written};
use crate::report::game::GAME_SCHEMA;
use crate::report::simulation::{REPLAY_SCHEMA, ReplayReport, SIMULATION_SCHEMA, SimulationReport};
use crate::report::sweep::{SWEEP_SCHEMA, SweepReport};
use crate::report::theory::{self, TheoryReport};
use crate::report::{GameReport, Report, SCHEMA};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  equipoise show report.json
  equipoise show report.json -o report.html
  equipoise show panel.json --format csv
  equipoise show report.json --plot blocs.svg --figure blocs
  equipoise show fit.json --format csv --table predictions

Nothing is solved and nothing is verified: `equipoise check` does that.")]
pub(super) struct Args {
    /// A report that `--format json` wrote; `-` for standard input
    #[arg(value_name = "REPORT.json")]
    file: PathBuf,
    #[command(flatten)]
    sheet: SheetArgs,
    /// Which figure --plot draws, as the command has them that wrote the report
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    figure: Option<String>,
    /// Which table csv, markdown and latex hold, of an estimate or a backtest
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    table: Option<String>,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let (bytes, file) = (input::read(&args.file)?, input::name(&args.file));
    args.output.check()?;
    let saved = Saved { args, bytes: &bytes, file: &file };
    let kind: Kind = saved.read()?;
    match &*kind.schema {
        SCHEMA => {
            let report: Report = saved.read()?;
            let figure = saved.named_or("figure", "lenses")?;
            let figures = ReportPlotArgs { sheet: args.sheet.clone(), figure };
            saved.write(&report, figures.staged(&report)?, || plot::report_page(&report))
        }
        COMPARISON_SCHEMA => {
            let report: Comparison = saved.read()?;
            let figures = ComparisonPlotArgs {
                sheet: args.sheet.clone(),
                figure: saved.named("figure", &args.figure)?,
                wars: None,
            };
            let figure = figures.staged(&report, &[])?;
            saved.write(&report, figure, || plot::comparison_page(&report, &[]))
        }
        SWEEP_SCHEMA => {
            let report: SweepReport = saved.read()?;
            let figure = saved.named("figure", &args.figure)?;
            let figures = SweepPlotArgs { sheet: args.sheet.clone(), figure };
            saved.write(&report, figures.staged(&report)?, || figures.page(&report))
        }
        SIMULATION_SCHEMA => {
            let report: SimulationReport = saved.read()?;
            let figure = saved.named("figure", &args.figure)?;
            let figures = FilmPlotArgs { sheet: args.sheet.clone(), figure };
            saved.write(&report, figures.staged(&report)?, || plot::simulation_page(&report))
        }
        REPLAY_SCHEMA => {
            let report: ReplayReport = saved.read()?;
            let figures = FilmPlotArgs { sheet: args.sheet.clone(), figure: None };
            let figure = figures.staged_replay(&report)?;
            saved.write(&report, figure, || plot::replay_page(&report))
        }
        FIT_SCHEMA if kind.model.as_deref() == Some(ALIGNMENT) => {
            let report: AlignmentFit = saved.read()?;
            let table = saved.named_or::<fit::alignment::TableArg>("table", "terms")?;
            let figure = args.sheet.staged(|paper| evidence::alignment(&report, None, paper))?;
            let written = Chosen(&report, table.into(), saved.provenance());
            saved.write(&written, figure, || plot::alignment_page(&report))
        }
        FIT_SCHEMA => {
            let report: Fit = saved.read()?;
            let table = saved.named_or::<fit::TableArg>("table", "terms")?;
            let figure = args.sheet.staged(|paper| evidence::decisiveness(&report, paper))?;
            let written = Chosen(&report, table.into(), saved.provenance());
            saved.write(&written, figure, || plot::fit_page(&report))
        }
        BACKTEST_SCHEMA => {
            let report: Backtest = saved.read()?;
            let table = saved.named_or::<super::backtest::TableArg>("table", "scores")?;
            let figure = saved.named_or("figure", "roc")?;
            let figures = BacktestPlotArgs { sheet: args.sheet.clone(), figure, of: None };
            let written = Chosen(&report, table.into(), saved.provenance());
            saved.write(&written, figures.staged(&report)?, || plot::backtest_page(&report))
        }
        GAME_SCHEMA => {
            saved.write(&saved.read::<GameReport>()?, saved.no_figure()?, || saved.no_page())
        }
        coalition::SCHEMA => {
            let report: CoalitionReport = saved.read()?;
            let figure =
                args.sheet.staged(|paper| crate::plot::coalition::figure(&report, paper))?;
            saved.write(&report, figure, || saved.no_page())
        }
        theory::SCHEMA => {
            saved.write(&saved.read::<TheoryReport>()?, saved.no_figure()?, || saved.no_page())
        }
        other => {
            let place = Place { column: Some("schema".into()), ..Place::file(&file) };
            let problem = format!("expected a report's, found \"{other}\"");
            Err(Error::input(place, problem, "show a report that --format json wrote"))
        }
    }
}

/// All of a report that is read before its kind is known.
#[derive(serde::Deserialize)]
struct Kind {
    schema: String,
    model: Option<String>,
}

/// A report that was saved, and what is asked for of it.
struct Saved<'a> {
    args: &'a Args,
    bytes: &'a [u8],
    file: &'a str,
}

impl Saved<'_> {
    fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.bytes).map_err(|error| {
            let problem = format!("expected a report: {error}");
            Error::input(Place::file(self.file), problem, "save one with --format json")
        })
    }

    /// What the report says that it was made from.
    fn provenance(&self) -> Option<Provenance> {
        #[derive(serde::Deserialize)]
        struct Made {
            provenance: Option<Provenance>,
        }
        serde_json::from_slice::<Made>(self.bytes).ok()?.provenance
    }

    /// The value of an option that this name means.
    fn named<T: ValueEnum>(
        &self,
        option: &'static str,
        name: &Option<String>,
    ) -> Result<Option<T>> {
        let Some(name) = name else { return Ok(None) };
        let known = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
        let unknown = || Error::parameter(option, format!("one of {}", known.join(", ")), name);
        T::from_str(name, false).map(Some).map_err(|_| unknown())
    }

    /// The figure or the table that is asked for, or the one that is meant without.
    fn named_or<T: ValueEnum>(&self, option: &'static str, default: &str) -> Result<T> {
        let given = if option == "table" { &self.args.table } else { &self.args.figure };
        let name = given.clone().or(Some(default.to_owned()));
        let found = self.named(option, &name)?;
        found.ok_or_else(|| Error::parameter(option, "one of this report", "none"))
    }

    fn no_figure(&self) -> Result<Staged> {
        match &self.args.sheet.plot {
            None => Ok(Staged::nothing()),
            Some(_) => Err(Error::parameter("plot", "a report that has figures", "one without")),
        }
    }

    fn no_page(&self) -> Result<String> {
        Err(Error::parameter("format", "text, json, csv, markdown or latex of this report", "html"))
    }

    fn write(
        &self,
        report: &impl Written,
        figure: Staged,
        page: impl FnOnce() -> Result<String>,
    ) -> Result<Status> {
        // A figure alone is what is asked for where nothing else is.
        let only_figure = self.args.sheet.plot.is_some()
            && self.args.output.output.is_none()
            && self.args.output.format() == Format::Text;
        if !only_figure {
            self.args.output.write(report, page)?;
        }
        figure.commit()?;
        Ok(Status::Answered)
    }
}
