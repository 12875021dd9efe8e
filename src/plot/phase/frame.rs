//! What is around a phase diagram: from parts of the plane to places on the sheet, axes, corners.

use crate::plot::axis::{Axis, Linear, Side};
use crate::plot::scene::{Anchor, Area, Baseline, Mark, Point, Text};
use crate::plot::style::{HAIRLINE, INK, MUTED, PAPER, SMALL, Stroke, THIN};
use crate::report::sweep::{CoordinateReport, SweepReport};

/// Height of a triangle over its side.
const TALL: f64 = 0.866_025_403_784_438_6;
/// Steps of the triangle's scales.
const STEPS: [f64; 4] = [0.2, 0.4, 0.6, 0.8];
/// Side of the triangle where there is room, and the least room beside it.
const SIDE: f64 = 330.0;
const BESIDE: f64 = 26.0;
/// Length of a tick.
const TICK: f64 = 4.0;

/// The frame of a plane.
pub(super) enum Frame {
    /// Two axes.
    Square {
        /// Where it is drawn.
        plot: Area,
        /// Across and upwards.
        axes: Box<[Axis; 2]>,
    },
    /// A at the top, B on the left, C on the right.
    Triangle {
        /// Where it is drawn.
        plot: Area,
    },
}

impl Frame {
    /// The frame of a report's plane below `top`, in a sheet so wide.
    pub(super) fn new(report: &SweepReport, top: f64, sheet: f64, margin: f64) -> Self {
        if report.settings.plane == "triangle" {
            let side = SIDE.min(sheet - 2.0 * (margin + BESIDE));
            let left = 0.5 * (sheet - side);
            let top = top + 16.0;
            return Self::Triangle {
                plot: Area::new([left, top], [left + side, top + TALL * side]),
            };
        }
        let none = CoordinateReport { name: String::new(), from: 0.0, to: 1.0, tolerance: 0.0 };
        let [x, y] = [0, 1].map(|k| report.settings.coordinates.get(k).unwrap_or(&none).clone());
        let left = margin + 50.0;
        let plot = Area::new(
            [left, top + 4.0],
            [sheet - margin - 14.0, top + 4.0 + (0.65 * sheet).min(300.0)],
        );
        let axis = |side, c: &CoordinateReport, range: [f64; 2]| {
            let (scale, title) = titled(&c.name);
            let domain = [scale * c.from, scale * c.to];
            Axis::continuous(side, Linear { domain, range }.ticks(7), title)
        };
        let axes = Box::new([
            axis(Side::Bottom, &x, [plot.left, plot.right]),
            axis(Side::Left, &y, [plot.bottom, plot.top]),
        ]);
        Self::Square { plot, axes }
    }

    /// Where it is drawn.
    pub(super) fn plot(&self) -> Area {
        match self {
            Self::Square { plot, .. } | Self::Triangle { plot } => *plot,
        }
    }

    /// The place of two parts of the plane's sides.
    pub(super) fn place(&self, [u, v]: Point) -> Point {
        let plot = self.plot();
        match self {
            Self::Square { .. } => [plot.left + u * plot.width(), plot.bottom - v * plot.height()],
            // The shares of A and B are u and v, that of C the rest.
            Self::Triangle { .. } => {
                let right = 1.0 - u - v + 0.5 * u;
                [plot.left + right * plot.width(), plot.bottom - u * plot.height()]
            }
        }
    }

    /// Lines of the scales, to be drawn over the regions.
    pub(super) fn grid(&self) -> Vec<Mark> {
        let stroke = Stroke { opacity: 0.8, ..Stroke::new(PAPER, HAIRLINE) };
        let line = |from: Point, to: Point| Mark::line(from, to, stroke);
        match self {
            Self::Square { plot, axes } => {
                let [x, y] = axes.as_ref();
                let upright = x.ticks.iter().map(|t| line([t.at, plot.top], [t.at, plot.bottom]));
                let level = y.ticks.iter().map(|t| line([plot.left, t.at], [plot.right, t.at]));
                upright.chain(level).collect()
            }
            Self::Triangle { .. } => {
                let at = |a: f64, b: f64| self.place([a, b]);
                let lines = STEPS.iter().flat_map(|&k| {
                    [
                        line(at(k, 0.0), at(k, 1.0 - k)),
                        line(at(0.0, k), at(1.0 - k, k)),
                        line(at(0.0, 1.0 - k), at(1.0 - k, 0.0)),
                    ]
                });
                lines.collect()
            }
        }
    }

    /// The outline, scales and names of corners; and where they end below.
    pub(super) fn marks(&self) -> (Vec<Mark>, f64) {
        match self {
            Self::Square { plot, axes } => {
                let mut marks: Vec<Mark> = axes.iter().flat_map(|axis| axis.marks(*plot)).collect();
                let corners =
                    [[plot.left, plot.top], [plot.right, plot.top], [plot.right, plot.bottom]];
                marks.push(Mark::polyline(corners.to_vec(), Stroke::new(INK, THIN)));
                (marks, plot.bottom + axes[0].room())
            }
            Self::Triangle { plot } => (self.ternary(), plot.bottom + 38.0),
        }
    }

    /// The scales of three shares: A's are read at the right side, along level lines, B's at the
    /// left, C's at the bottom.
    fn ternary(&self) -> Vec<Mark> {
        let stroke = Stroke::new(INK, THIN);
        let at = |a: f64, b: f64| self.place([a, b]);
        let corners = [at(1.0, 0.0), at(0.0, 1.0), at(0.0, 0.0)];
        let look = crate::plot::style::Look::line(stroke);
        let mut marks = vec![Mark::polygon(corners.to_vec(), look)];
        let mut tick = |from: Point, out: Point, share: f64, anchor| {
            let to = [from[0] + TICK * out[0], from[1] + TICK * out[1]];
            marks.push(Mark::line(from, to, stroke));
            let place = [from[0] + 2.0 * TICK * out[0], from[1] + 2.2 * TICK * out[1]];
            let text = Text::new(place, format!("{:.0}", 100.0 * share)).sized(SMALL);
            marks.push(Mark::Text(text.held(anchor, Baseline::Middle)));
        };
        for share in STEPS {
            tick(at(share, 0.0), [1.0, 0.0], share, Anchor::Start);
            tick(at(1.0 - share, share), [-0.5, -TALL], share, Anchor::End);
            tick(at(0.0, 1.0 - share), [-0.5, TALL], share, Anchor::Middle);
        }
        let [top, left, right] = corners;
        let name = |place: Point, text: &str, anchor, baseline| {
            Mark::Text(Text::new(place, text).bold().held(anchor, baseline))
        };
        marks.push(name([top[0], top[1] - 5.0], "A", Anchor::Middle, Baseline::Foot));
        marks.push(name([left[0] - 7.0, left[1]], "B", Anchor::End, Baseline::Middle));
        marks.push(name([right[0] + 7.0, right[1]], "C", Anchor::Start, Baseline::Middle));
        let aside = |place: Point, text: &str, anchor| {
            let text = Text::new(place, text).sized(SMALL).colored(MUTED);
            Mark::Text(text.held(anchor, Baseline::Middle))
        };
        let [x, y] = at(0.5, 0.0);
        marks.push(aside([x + 26.0, y], "A's share, %", Anchor::Start));
        let [x, y] = at(0.5, 0.5);
        marks.push(aside([x - 26.0, y], "B's share, %", Anchor::End));
        let [x, y] = at(0.0, 0.5);
        marks.push(aside([x, y + 26.0], "C's share, %", Anchor::Middle));
        marks
    }
}

/// What a coordinate is called on an axis, and by what its numbers are multiplied there.
fn titled(name: &str) -> (f64, String) {
    match name {
        "share" => (100.0, "L's share of power, %".into()),
        "equality" => (1.0, "equality of the rest (1: all have the same)".into()),
        "decisiveness" => (1.0, "decisiveness m".into()),
        "dominance" => (1.0, "dominance s".into()),
        "war_cost" => (100.0, "war cost w, % of all control".into()),
        "threshold" => (100.0, "threshold τ, % of all control".into()),
        "distance_scale" => (1.0, "distance scale λ, km".into()),
        "threat_weight" => (1.0, "threat weight θ".into()),
        "affinity_weight" => (1.0, "affinity weight α".into()),
        other => (1.0, other.replace('_', " ")),
    }
}
