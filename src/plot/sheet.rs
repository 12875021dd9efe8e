//! A plot of numbers between two axes, as figures of simulations and of evidence have it.

use super::axis::{Axis, Linear, Side};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::paper::Paper;
use super::scene::{Area, Mark, Point, Scene};

/// Width of the sheet.
pub(super) const WIDTH: f64 = 560.0;
/// Height of the plot.
pub(super) const HEIGHT: f64 = 240.0;
/// Room left of the plot.
pub(super) const LEFT: f64 = 50.0;

/// A plot of numbers between two axes, with a heading above it and a legend below.
pub(super) struct Sheet {
    width: f64,
    title: String,
    words: String,
    pub(super) marks: Vec<Mark>,
    pub(super) plot: Area,
    pub(super) x: Linear,
    pub(super) y: Linear,
    axes: [Axis; 2],
}

impl Sheet {
    /// A sheet for numbers in these domains.
    pub(super) fn new(
        paper: &Paper,
        title: String,
        words: String,
        (across, x): (&str, [f64; 2]),
        (upwards, y): (&str, [f64; 2]),
    ) -> Self {
        let mut marks = Vec::new();
        let width = paper.sheet(WIDTH);
        let inner = width - 2.0 * MARGIN;
        let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
        let plot =
            Area::new([MARGIN + LEFT, top], [width - MARGIN - 8.0, top + HEIGHT.min(0.7 * width)]);
        let x = Linear { domain: x, range: [plot.left, plot.right] };
        let y = Linear { domain: y, range: [plot.bottom, plot.top] };
        let axes = [
            Axis::continuous(Side::Bottom, x.ticks(8), across),
            Axis::continuous(Side::Left, y.ticks(7), upwards),
        ];
        axes.iter().for_each(|axis| marks.extend(axis.grid(plot)));
        Self { width, title, words, marks, plot, x, y, axes }
    }

    pub(super) fn at(&self, x: f64, y: f64) -> Point {
        [self.x.place(x), self.y.place(y)]
    }

    /// What is between two curves.
    pub(super) fn between(&self, curves: impl Iterator<Item = (f64, [f64; 2])>) -> Vec<Point> {
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for (x, [below, above]) in curves {
            low.push(self.at(x, below));
            high.push(self.at(x, above));
        }
        low.extend(high.into_iter().rev());
        low
    }

    /// The scene, with a legend and words for who cannot see it.
    pub(super) fn scene(mut self, entries: &[(Swatch, String)], description: &str) -> Scene {
        self.axes.iter().for_each(|axis| self.marks.extend(axis.marks(self.plot)));
        let below = self.plot.bottom + self.axes[0].room() + 8.0;
        let end = legend(&mut self.marks, [MARGIN, below], self.width - 2.0 * MARGIN, entries);
        let mut scene = Scene::new(self.width, end + MARGIN, self.title);
        scene.description = format!("{} {description}", self.words);
        self.marks.into_iter().for_each(|mark| scene.add(mark));
        scene
    }
}
