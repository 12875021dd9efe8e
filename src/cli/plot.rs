//! Arguments that say which figures are drawn, and where they are written.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::note;
use crate::cli::output::{Staged, command};
use crate::dataset::Wars;
use crate::error::{Error, Result};
use crate::plot::evidence::{self, BacktestFigure};
use crate::plot::film::{self, FilmFigure};
use crate::plot::{FigureFormat, FigureKind, Observed, Paper, Scene, svg};
use crate::report::backtest::Backtest;
use crate::report::compare::{Case, Comparison};
use crate::report::fit::{AlignmentFit, Fit};
use crate::report::simulation::{ReplayReport, SimulationReport};
use crate::report::sweep::{Aspect, SweepReport};
use crate::report::{Figure, Page, Report};

/// Where a figure goes, and how it is put on paper.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct SheetArgs {
    /// Also draw a figure; its form is that of the file's name, .svg, .png or .pdf
    #[arg(long, value_name = "FILE")]
    pub(super) plot: Option<PathBuf>,
    /// Width of the figure, as 85mm, 17cm, 3.3in or 240pt: a narrow one is laid out for its width, so
    /// that text, lines and gaps stay legible
    #[arg(long, value_name = "LENGTH", requires = "plot", value_parser = width)]
    width: Option<f64>,
    /// Pixels an inch of a .png; 144 unless told
    #[arg(long, value_name = "N", requires = "plot")]
    #[arg(value_parser = clap::value_parser!(u16).range(10..=2400))]
    dpi: Option<u16>,
    /// Leave the title and the words above the plot to the caption
    #[arg(long, requires = "plot")]
    no_title: bool,
}

/// A width in points.
fn width(text: &str) -> std::result::Result<f64, String> {
    Paper::width(text)
        .ok_or_else(|| "expected a length with its unit, as 85mm, 17cm, 3.3in or 240pt".into())
}

/// Points below which text is hard to read in print.
const LEGIBLE: f64 = 5.0;

impl SheetArgs {
    /// Refuses a file of another form, before anything is solved.
    pub(super) fn check(&self) -> Result<()> {
        self.plot.as_deref().map_or(Ok(()), |path| FigureFormat::of(path).map(|_| ()))
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, draw: impl FnOnce(&Paper) -> Result<Scene>) -> Result<Staged> {
        let Some(path) = &self.plot else { return Ok(Staged::nothing()) };
        let usual = Paper::default();
        let dpi = self.dpi.map_or(usual.dpi, f64::from);
        let paper = Paper { width: self.width, dpi, titled: !self.no_title };
        let scene = draw(&paper)?;
        let least =
            paper.least_text(&scene).filter(|least| self.width.is_some() && *least < LEGIBLE);
        if let Some(least) = least {
            note(&format!(
                "at this width the smallest text of the figure is {least:.1} points high; it was drawn \
                 {:.0} mm wide",
                scene.width / 72.0 * 25.4
            ));
        }
        Staged::new(path, &paper.render(FigureFormat::of(path)?, &scene)?)
    }
}

/// A figure of one system.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct ReportPlotArgs {
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    /// Which figure --plot draws
    #[arg(long, value_enum, requires = "plot", default_value = "lenses")]
    pub(super) figure: ReportFigure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFigure {
    /// The leading state's control through each lens, and the threshold
    Lenses,
    /// The states in their blocs, with hostility and affinity where they are known
    Blocs,
    /// The states in the blocs of --blocs
    Partition,
    /// How likely each state plays each tactic, where the leading one controls least and most
    Tactics,
    /// Who threatens whom, in the lens security
    Threats,
}

/// A figure of many systems.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct ComparisonPlotArgs {
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    /// Which figure --plot draws; by default shares where there are 5 years of one file or more,
    /// each once, else control
    #[arg(long, value_enum, requires = "plot")]
    pub(super) figure: Option<ComparisonFigure>,
    /// Wars to set the price of peace against: COW's Inter-StateWarData
    #[arg(long, value_name = "FILE")]
    pub(super) wars: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ComparisonFigure {
    /// Shares of power over the years, and the verdict of each
    Shares,
    /// The leading state's control through each lens, case by case
    Control,
    /// The price of peace over the years, and the wars where --wars tells them
    Price,
    /// The stopping odds of the lens security over the years, and whom the others fear
    Stopping,
    /// How likely each tactic is played, case by case
    Tactics,
}

impl ReportPlotArgs {
    /// Refuses a file of another form, before anything is solved.
    pub(super) fn check(&self) -> Result<()> {
        self.sheet.check()
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, report: &Report) -> Result<Staged> {
        let kind = match self.figure {
            ReportFigure::Lenses => FigureKind::Lenses,
            ReportFigure::Blocs => FigureKind::Blocs,
            ReportFigure::Partition => FigureKind::Partition,
            ReportFigure::Tactics => FigureKind::Tactics,
            ReportFigure::Threats => FigureKind::Threats,
        };
        self.sheet.staged(|paper| kind.of_report(report, paper))
    }
}

impl ComparisonPlotArgs {
    /// Refuses a file of another form, before anything is solved, and reads the wars. A `page`
    /// shows them too.
    pub(super) fn observed(&self, cases: &[Case], page: bool) -> Result<Vec<Observed>> {
        self.sheet.check()?;
        let Some(path) = &self.wars else { return Ok(Vec::new()) };
        if !page && self.figure != Some(ComparisonFigure::Price) {
            let expected = "--figure price with --plot, or --format html, beside it";
            return Err(Error::parameter("wars", expected, "neither"));
        }
        let wars = Wars::read(path)?;
        Ok(cases.iter().filter_map(|case| observed(&wars, case)).collect())
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, comparison: &Comparison, wars: &[Observed]) -> Result<Staged> {
        let kind = match self.figure {
            Some(ComparisonFigure::Shares) => FigureKind::Shares,
            Some(ComparisonFigure::Control) => FigureKind::Control,
            Some(ComparisonFigure::Price) => FigureKind::Price,
            Some(ComparisonFigure::Stopping) => FigureKind::Stopping,
            Some(ComparisonFigure::Tactics) => FigureKind::Tactics,
            None => FigureKind::of(comparison),
        };
        self.sheet.staged(|paper| kind.of_comparison(comparison, wars, paper))
    }
}

/// A figure of a sweep.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct SweepPlotArgs {
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    /// The aspect of which it has the regions; by default the first of --by
    #[arg(long, value_enum, value_name = "ASPECT")]
    pub(super) figure: Option<By>,
}

/// An aspect of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// The verdict
    Verdict,
    /// The class of polarity
    Class,
    /// Who leads
    Leader,
    /// Whether a partition into blocs is core-stable
    Stability,
    /// The verdict of the lens security
    Security,
    /// Its stopping odds, by tenths
    Stopping,
    /// The verdict of most draws of estimated parameters (--draws)
    Drawn,
}

impl From<By> for Aspect {
    fn from(by: By) -> Self {
        match by {
            By::Verdict => Self::Verdict,
            By::Class => Self::Class,
            By::Leader => Self::Leader,
            By::Stability => Self::Stability,
            By::Security => Self::Security,
            By::Stopping => Self::Stopping,
            By::Drawn => Self::Drawn,
        }
    }
}

impl SweepPlotArgs {
    /// Refuses a file of another form, or an aspect that is not swept by, before anything is
    /// solved.
    pub(super) fn check(&self, swept_by: &[Aspect]) -> Result<()> {
        let aspect = self.figure.map(Aspect::from);
        if let Some(other) = aspect.filter(|aspect| !swept_by.contains(aspect)) {
            return Err(Error::parameter("figure", "an aspect of --by", other.name()));
        }
        self.sheet.check()
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, report: &SweepReport) -> Result<Staged> {
        self.sheet.staged(|paper| self.scene(report, paper))
    }

    /// The page, with the figure.
    pub(super) fn page(&self, report: &SweepReport) -> Result<String> {
        report.html(&page(std::iter::once(self.scene(report, &Paper::default())?)))
    }

    fn scene(&self, report: &SweepReport, paper: &Paper) -> Result<Scene> {
        let first = report.settings.grid.by.first().copied().unwrap_or(Aspect::Verdict);
        let aspect = self.figure.map_or(first, Aspect::from);
        FigureKind::Phase(aspect).of_sweep(report, paper)
    }
}

/// A figure of a simulation.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct FilmPlotArgs {
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    /// Which figure --plot draws; by default the heat map with --x, else survival
    #[arg(long, value_enum, requires = "plot", conflicts_with = "replay")]
    pub(super) figure: Option<FilmFigureArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FilmFigureArg {
    /// The probability that there has been no hegemon, by period
    Survival,
    /// The leading state's share over the runs, by period
    Fan,
    /// Where the others' power stands, by the leading state's share
    Balancing,
    /// The probability of hegemony over the plane of --x and --y
    Heat,
}

impl FilmPlotArgs {
    /// Refuses a file of another form, or a heat map without a plane, before anything is
    /// simulated.
    pub(super) fn check(&self, plane: bool) -> Result<()> {
        if self.figure == Some(FilmFigureArg::Heat) && !plane {
            return Err(Error::parameter("figure", "--x beside heat, a map of a plane", "none"));
        }
        self.sheet.check()
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, report: &SimulationReport) -> Result<Staged> {
        let kind = match self.figure {
            Some(FilmFigureArg::Survival) => FilmFigure::Survival,
            Some(FilmFigureArg::Fan) => FilmFigure::Fan,
            Some(FilmFigureArg::Balancing) => FilmFigure::Balancing,
            Some(FilmFigureArg::Heat) => FilmFigure::Heat,
            None if report.grid.is_some() => FilmFigure::Heat,
            None => FilmFigure::Survival,
        };
        self.sheet.staged(|paper| kind.draw(report, paper))
    }

    /// Draws the film of a run, if a figure was asked for.
    pub(super) fn staged_replay(&self, report: &ReplayReport) -> Result<Staged> {
        self.sheet.staged(|paper| Ok(film::replay(report, paper)))
    }
}

/// A figure of a backtest.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct BacktestPlotArgs {
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    /// Which figure --plot draws
    #[arg(long, value_enum, requires = "plot", default_value = "roc")]
    pub(super) figure: BacktestFigureArg,
    /// Of which predictor; by default of the model's with the largest area, the curves of several
    #[arg(long, value_name = "PREDICTOR", requires = "plot")]
    pub(super) of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BacktestFigureArg {
    /// Hits against false alarms
    Roc,
    /// What happened against the probability that was said
    Calibration,
    /// What happened, in the order of what was said
    Separation,
    /// The area among those of permuted labels
    Permutations,
}

impl BacktestPlotArgs {
    /// Refuses a file of another form, before anything is solved.
    pub(super) fn check(&self) -> Result<()> {
        self.sheet.check()
    }

    /// Draws the figure, if one was asked for.
    pub(super) fn staged(&self, report: &Backtest) -> Result<Staged> {
        let kind = match self.figure {
            BacktestFigureArg::Roc => BacktestFigure::Roc,
            BacktestFigureArg::Calibration => BacktestFigure::Calibration,
            BacktestFigureArg::Separation => BacktestFigure::Separation,
            BacktestFigureArg::Permutations => BacktestFigure::Permutations,
        };
        self.sheet.staged(|paper| kind.draw(report, self.of.as_deref(), paper))
    }
}

/// The page of a backtest, with every figure that can be drawn of it.
pub(super) fn backtest_page(report: &Backtest) -> Result<String> {
    let kinds = BacktestFigure::ALL.into_iter();
    report.html(&page(kinds.filter_map(|kind| kind.draw(report, None, &Paper::default()).ok())))
}

/// The page of a fit of decisiveness, with its profile.
pub(super) fn fit_page(report: &Fit) -> Result<String> {
    report.html(&page(evidence::decisiveness(report, &Paper::default()).ok().into_iter()))
}

/// The page of a fit of alignment, with the profile of every parameter.
pub(super) fn alignment_page(report: &AlignmentFit) -> Result<String> {
    let names = report.estimated.iter().map(|quantity| quantity.name());
    report.html(&page(
        names.filter_map(|name| evidence::alignment(report, Some(name), &Paper::default()).ok()),
    ))
}

/// The page of a simulation, with every figure that can be drawn of it.
pub(super) fn simulation_page(report: &SimulationReport) -> Result<String> {
    let kinds = FilmFigure::of(report).into_iter();
    report.html(&page(kinds.filter_map(|kind| kind.draw(report, &Paper::default()).ok())))
}

/// The page of a run, with its film.
pub(super) fn replay_page(report: &ReplayReport) -> Result<String> {
    report.html(&page(std::iter::once(film::replay(report, &Paper::default()))))
}

/// The wars between states of a case's system in its year.
fn observed(wars: &Wars, case: &Case) -> Option<Observed> {
    let year = case.system.year()?;
    let (first, last) = wars.years()?;
    if !(first..=last).contains(&year) {
        return Some(Observed { year, wars: None });
    }
    let codes: Vec<&str> =
        case.system.states().iter().filter_map(|state| state.code.as_deref()).collect();
    let mut fought = wars.in_year(year);
    fought.retain(|war| {
        let pairs =
            codes.iter().enumerate().flat_map(|(i, a)| codes[..i].iter().map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| war.opposes(a, b))
    });
    Some(Observed { year, wars: Some(fought.into_iter().map(|war| war.name).collect()) })
}

/// The page of one system, with every figure that can be drawn of it.
pub(super) fn report_page(report: &Report) -> Result<String> {
    // A lens that did not run, or was not decided, has no figure on the page.
    // What is played is worth a figure where there was more to choose from than sides.
    let lens = report.lenses.alignment.as_ref().and_then(|found| found.decided());
    let named = lens.is_some_and(|found| found.tactics.is_some());
    let kinds = [FigureKind::Lenses, FigureKind::Blocs, FigureKind::Partition].into_iter();
    let kinds = kinds.chain(named.then_some(FigureKind::Tactics));
    report.html(&page(kinds.filter_map(|kind| kind.of_report(report, &Paper::default()).ok())))
}

/// The page of many systems, with every figure that can be drawn of them.
pub(super) fn comparison_page(comparison: &Comparison, wars: &[Observed]) -> Result<String> {
    // Over time a line each; else a row a case, which would be long for many years.
    let kinds = match FigureKind::of(comparison) {
        FigureKind::Shares => vec![FigureKind::Shares, FigureKind::Price],
        kind if comparison.rows.iter().any(|row| row.roles.is_some()) => {
            vec![kind, FigureKind::Tactics]
        }
        kind => vec![kind],
    };
    let scenes = kinds
        .into_iter()
        .filter_map(|kind| kind.of_comparison(comparison, wars, &Paper::default()).ok());
    comparison.html(&page(scenes))
}

fn page(scenes: impl Iterator<Item = Scene>) -> Page {
    let figure =
        |scene: Scene| Figure { svg: svg::svg(&scene.untitled()), caption: scene.caption() };
    Page { command: command(), figures: scenes.map(figure).collect() }
}
