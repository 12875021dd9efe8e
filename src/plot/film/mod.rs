//! Figures of a simulation: survival of the balance, the leading state's share, balancing, a heat
//! map over a plane of parameters; and of one run.

mod balancing;
mod fan;
mod heat;
mod run;
mod survival;

use super::axis::{Axis, Linear, Side};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::scene::{Area, Mark, Point, Scene};
use crate::error::{Error, Result};
use crate::report::simulation::{ReplayReport, SimulationReport};

/// A figure of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilmFigure {
    /// The probability that there has been no hegemon, by period, with its band.
    Survival,
    /// The leading state's share over the runs, by period.
    Fan,
    /// Where the others' power stands, by the leading state's share.
    Balancing,
    /// The probability of hegemony over a plane of parameters.
    Heat,
}

impl FilmFigure {
    /// All that can be drawn of a report.
    pub fn of(report: &SimulationReport) -> Vec<Self> {
        let heat = report.grid.is_some().then_some(Self::Heat);
        [Self::Survival, Self::Fan, Self::Balancing].into_iter().chain(heat).collect()
    }

    /// The figure.
    ///
    /// # Errors
    /// If it is the heat map of a simulation without a plane.
    pub fn draw(self, report: &SimulationReport) -> Result<Scene> {
        match self {
            Self::Survival => Ok(survival::figure(report)),
            Self::Fan => Ok(fan::figure(report)),
            Self::Balancing => Ok(balancing::figure(report)),
            Self::Heat => match &report.grid {
                Some(grid) => Ok(heat::figure(report, grid)),
                None => {
                    let expected = "--x and --y beside it: a heat map is of a plane";
                    Err(Error::parameter("figure", expected, "neither"))
                }
            },
        }
    }
}

/// The film itself: who allied, who fought, who grew, period by period.
pub fn replay(report: &ReplayReport) -> Scene {
    run::figure(report)
}

/// Width of the sheet.
const WIDTH: f64 = 560.0;
/// Height of the plot.
const HEIGHT: f64 = 240.0;
/// Room left of the plot.
const LEFT: f64 = 50.0;

/// A plot of numbers between two axes, with a heading above it and a legend below.
struct Sheet {
    title: String,
    words: String,
    marks: Vec<Mark>,
    plot: Area,
    x: Linear,
    y: Linear,
    axes: [Axis; 2],
}

impl Sheet {
    /// A sheet for numbers in these domains.
    fn new(
        title: String,
        words: String,
        (across, x): (&str, [f64; 2]),
        (upwards, y): (&str, [f64; 2]),
    ) -> Self {
        let mut marks = Vec::new();
        let inner = WIDTH - 2.0 * MARGIN;
        let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
        let plot = Area::new([MARGIN + LEFT, top], [WIDTH - MARGIN - 8.0, top + HEIGHT]);
        let x = Linear { domain: x, range: [plot.left, plot.right] };
        let y = Linear { domain: y, range: [plot.bottom, plot.top] };
        let axes = [
            Axis::continuous(Side::Bottom, x.ticks(8), across),
            Axis::continuous(Side::Left, y.ticks(7), upwards),
        ];
        axes.iter().for_each(|axis| marks.extend(axis.grid(plot)));
        Self { title, words, marks, plot, x, y, axes }
    }

    fn at(&self, x: f64, y: f64) -> Point {
        [self.x.place(x), self.y.place(y)]
    }

    /// What is between two curves.
    fn between(&self, curves: impl Iterator<Item = (f64, [f64; 2])>) -> Vec<Point> {
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for (x, [below, above]) in curves {
            low.push(self.at(x, below));
            high.push(self.at(x, above));
        }
        low.extend(high.into_iter().rev());
        low
    }

    /// The scene, with a legend and words for who cannot see it.
    fn scene(mut self, entries: &[(Swatch, String)], description: &str) -> Scene {
        self.axes.iter().for_each(|axis| self.marks.extend(axis.marks(self.plot)));
        let below = self.plot.bottom + self.axes[0].room() + 8.0;
        let end = legend(&mut self.marks, [MARGIN, below], WIDTH - 2.0 * MARGIN, entries);
        let mut scene = Scene::new(WIDTH, end + MARGIN, self.title);
        scene.description = format!("{} {description}", self.words);
        self.marks.into_iter().for_each(|mark| scene.add(mark));
        scene
    }
}
