//! Figures of fits and backtests: the profile of a likelihood; receiver operating characteristics,
//! calibration, separation, and areas under permutation.

mod backtest;

use super::layout::Swatch;
use super::scene::{Mark, Scene};
use super::sheet::Sheet;
use super::style::{BLUE, Dash, MARKER, MUTED, Marker, Stroke, THICK, THIN};
use crate::error::{Error, Result};
use crate::plot::Paper;
use crate::report::backtest::Backtest;
use crate::report::fit::{AlignmentFit, Fit};

/// A figure of a backtest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BacktestFigure {
    /// Hits against false alarms of the best predictors of the model and the best rules.
    Roc,
    /// What happened against what was said, of a predictor that says probabilities.
    Calibration,
    /// What happened, in the order of what was said (Greenhill, Ward & Sacks 2011).
    Separation,
    /// The area of a predictor among those of permuted labels.
    Permutations,
}

impl BacktestFigure {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Roc, Self::Calibration, Self::Separation, Self::Permutations];

    /// The figure, of the predictor of this name or else of the model's with the largest area
    /// that the figure can be drawn of.
    ///
    /// # Errors
    /// If there is no such predictor, or it has not what the figure shows.
    pub fn draw(self, report: &Backtest, predictor: Option<&str>, paper: &Paper) -> Result<Scene> {
        match self {
            Self::Roc => backtest::roc(report, predictor, paper),
            Self::Calibration => backtest::calibration(report, predictor, paper),
            Self::Separation => backtest::separation(report, predictor, paper),
            Self::Permutations => backtest::permutations(report, predictor, paper),
        }
    }
}

/// The profile of the likelihood in decisiveness.
///
/// # Errors
/// If there is no estimate.
pub fn decisiveness(report: &Fit, paper: &Paper) -> Result<Scene> {
    let ends = report.terms.first().map_or([None; 2], |term| term.interval);
    profile(paper, &report.title(), "decisiveness", &report.profile, ends)
}

/// The profile of the likelihood in an estimated parameter of the game of alignment, the first by
/// default.
///
/// # Errors
/// If there is no estimate of that name.
pub fn alignment(report: &AlignmentFit, name: Option<&str>, paper: &Paper) -> Result<Scene> {
    let named = |term: &&_| name.is_none_or(|name| term_name(term) == name);
    let term = report.terms.iter().find(named).ok_or_else(|| {
        let names: Vec<&str> = report.estimated.iter().map(|known| known.name()).collect();
        Error::parameter("of", format!("one of {}", names.join(", ")), name.unwrap_or("none"))
    })?;
    profile(paper, &report.title(), &term.term, &term.profile, term.interval.unwrap_or_default())
}

fn term_name(term: &crate::report::fit::AlignmentTerm) -> &str {
    &term.term
}

/// A likelihood over a parameter, less its maximum, with the height of its 95 % interval.
fn profile(
    paper: &Paper,
    title: &str,
    name: &str,
    points: &[[f64; 2]],
    interval: [Option<f64>; 2],
) -> Result<Scene> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Err(Error::parameter("plot", "an estimate to draw the profile of", "none"));
    };
    let top = points.iter().map(|point| point[1]).fold(f64::NEG_INFINITY, f64::max);
    // Half the 95 % quantile of χ² with one degree of freedom.
    let height = -1.920_729_410_347_062;
    let low = points.iter().map(|point| point[1] - top).fold(height * 1.25, f64::min).max(-12.0);
    let end = |end: Option<f64>| end.map_or("open".to_owned(), |end| format!("{end:.3}"));
    let words = format!(
        "Log likelihood less its maximum, other parameters at their best; the 95 % interval, {} \
         to {}, is where it is above the line.",
        end(interval[0]),
        end(interval[1])
    );
    let mut sheet = Sheet::new(
        paper,
        title.to_owned(),
        words,
        (name, [first[0], last[0]]),
        ("log likelihood", [low, 0.0]),
    );
    let visible = points.iter().filter(|point| point[1] - top >= low);
    let line: Vec<_> = visible.map(|point| sheet.at(point[0], point[1] - top)).collect();
    let mut marks: Vec<Mark> =
        line.iter().map(|&at| Marker::Disc.mark(at, 0.5 * MARKER, BLUE)).collect();
    let stroke = Stroke::new(BLUE, THICK);
    marks.push(Mark::polyline(line, stroke));
    sheet.marks.push(Mark::group("profile", format!("profile in {name}"), marks));
    let rule = Stroke::new(MUTED, THIN).dashed(Dash::Dashed);
    let across = [sheet.at(first[0], height), sheet.at(last[0], height)];
    sheet.marks.push(Mark::line(across[0], across[1], rule));
    let entries = [
        (Swatch::Both(stroke, Marker::Disc), "profile".to_owned()),
        (Swatch::Line(rule), "95 %".to_owned()),
    ];
    Ok(sheet.scene(&entries, ""))
}
