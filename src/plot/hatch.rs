//! Hatching: what tells regions apart where colour does not.
//!
//! Formats without patterns have none to misread: a hatching is lines, cut at the outlines.

use super::scene::{Mark, Point};
use super::style::Stroke;

/// A pattern of parallel lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// None.
    Plain,
    /// `////`
    Rising,
    /// `\\\\`
    Falling,
    /// Both.
    Crossed,
    /// `||||`
    Upright,
    /// `----`
    Level,
}

/// From one line to the next, in points.
const APART: f64 = 7.0;

impl Hatch {
    /// The directions of its lines.
    fn directions(self) -> &'static [Point] {
        const HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;
        match self {
            Self::Plain => &[],
            Self::Rising => &[[HALF, -HALF]],
            Self::Falling => &[[HALF, HALF]],
            Self::Crossed => &[[HALF, -HALF], [HALF, HALF]],
            Self::Upright => &[[0.0, 1.0]],
            Self::Level => &[[1.0, 0.0]],
        }
    }

    /// Its lines within outlines (even-odd), on one raster for the whole sheet.
    /// O(lines · corners).
    pub fn marks(self, outlines: &[Vec<Point>], stroke: Stroke) -> Vec<Mark> {
        let segments = self.directions().iter().flat_map(|d| within(outlines, *d, APART));
        segments.map(|[from, to]| Mark::line(from, to, stroke)).collect()
    }

    /// Its lines within a small box, as in a legend.
    pub fn sample(self, outline: Vec<Point>, stroke: Stroke) -> Vec<Mark> {
        let outlines = [outline];
        let segments = self.directions().iter().flat_map(|d| within(&outlines, *d, 0.6 * APART));
        segments.map(|[from, to]| Mark::line(from, to, stroke)).collect()
    }
}

/// The parts within outlines of parallel lines in a direction.
fn within(outlines: &[Vec<Point>], [dx, dy]: Point, apart: f64) -> Vec<[Point; 2]> {
    // Across the lines, and along them.
    let across = |p: &Point| p[1] * dx - p[0] * dy;
    let along = |p: &Point| p[0] * dx + p[1] * dy;
    let all = outlines.iter().flatten().map(across);
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    if !(high - low).is_finite() {
        return Vec::new();
    }
    let mut segments = Vec::new();
    let first = (low / apart).ceil() as i64;
    let last = (high / apart).floor() as i64;
    for k in first..=last {
        // A little beside corners, which lie on round numbers.
        let level = k as f64 * apart + 1e-4;
        let mut crossings = Vec::new();
        for outline in outlines {
            let next = outline.iter().cycle().skip(1);
            for (a, b) in outline.iter().zip(next) {
                let (from, to) = (across(a), across(b));
                if (from > level) != (to > level) {
                    let part = (level - from) / (to - from);
                    crossings.push(along(a) + part * (along(b) - along(a)));
                }
            }
        }
        crossings.sort_by(f64::total_cmp);
        let at = |s: f64| [s * dx - level * dy, s * dy + level * dx];
        segments.extend(crossings.chunks_exact(2).map(|two| [at(two[0]), at(two[1])]));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_outlines_and_out_of_holes() {
        let box_of = |low: f64, high: f64| vec![[low, low], [high, low], [high, high], [low, high]];
        let outlines = [box_of(0.0, 100.0), box_of(40.0, 60.0)];
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Upright, Hatch::Level] {
            let direction = hatch.directions()[0];
            let lines = within(&outlines, direction, 10.0);
            assert!(lines.len() >= 10, "{hatch:?}");
            let mut through = 0;
            for [from, to] in lines {
                for part in [0.01, 0.5, 0.99] {
                    let at = [0, 1].map(|c| from[c] + part * (to[c] - from[c]));
                    assert!(at.iter().all(|c| (-0.01..=100.01).contains(c)), "{at:?}");
                    let in_hole = at.iter().all(|c| (40.1..=59.9).contains(c));
                    assert!(!in_hole, "{hatch:?} {at:?}");
                }
                through += usize::from((from[0] - to[0]).hypot(from[1] - to[1]) > 50.0);
            }
            assert!(through > 0);
        }
        assert_eq!(within(&[], [1.0, 0.0], 10.0).len(), 0);
    }
}
