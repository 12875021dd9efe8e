//! A line of text: what it says, how it is held, and the box around it.

use super::font;
use super::scene::{Area, Point};
use super::style::{Color, INK, SIZE};

/// Where in its width a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// At its beginning.
    #[default]
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// Where in its height a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Baseline {
    /// On the line that letters stand on.
    #[default]
    Foot,
    /// Half-way up a capital letter.
    Middle,
    /// At the top of its box.
    Top,
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// Ordinary.
    #[default]
    Regular,
    /// For titles and names.
    Bold,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where it is held.
    pub at: Point,
    /// What it says.
    pub content: String,
    /// Font size in points.
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
    /// Its colour.
    pub color: Color,
    /// Where in its width `at` is.
    pub anchor: Anchor,
    /// Where in its height `at` is.
    pub baseline: Baseline,
    /// Degrees, clockwise, about `at`.
    pub rotation: f64,
    /// Whether a rim of paper sets it off from what is under it.
    pub halo: bool,
}

impl Text {
    /// Text of the ordinary size and colour, held at the beginning of its foot line.
    pub fn new(at: Point, content: impl Into<String>) -> Self {
        Self {
            at,
            content: content.into(),
            size: SIZE,
            weight: Weight::Regular,
            color: INK,
            anchor: Anchor::Start,
            baseline: Baseline::Foot,
            rotation: 0.0,
            halo: false,
        }
    }

    /// The same in another size.
    #[must_use]
    pub fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    /// The same in another colour.
    #[must_use]
    pub fn colored(self, color: Color) -> Self {
        Self { color, ..self }
    }

    /// The same, held elsewhere.
    #[must_use]
    pub fn held(self, anchor: Anchor, baseline: Baseline) -> Self {
        Self { anchor, baseline, ..self }
    }

    /// The same, turned about where it is held.
    #[must_use]
    pub fn rotated(self, degrees: f64) -> Self {
        Self { rotation: degrees, ..self }
    }

    /// The same with a rim of paper.
    #[must_use]
    pub fn with_halo(self) -> Self {
        Self { halo: true, ..self }
    }

    /// Its width before it is turned.
    pub fn width(&self) -> f64 {
        font::width(&self.content, self.size, self.weight)
    }

    /// Where its foot line begins relative to `at`, before it is turned.
    pub fn offset(&self) -> Point {
        let x = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -0.5 * self.width(),
            Anchor::End => -self.width(),
        };
        let y = match self.baseline {
            Baseline::Foot => 0.0,
            Baseline::Middle => 0.5 * font::CAPITAL * self.size,
            Baseline::Top => font::ASCENT * self.size,
        };
        [x, y]
    }

    /// The corners of its box, in turn.
    pub fn corners(&self) -> [Point; 4] {
        let [x, y] = self.offset();
        let (top, bottom) = (y - font::ASCENT * self.size, y + font::DESCENT * self.size);
        let right = x + self.width();
        // Without a turn these are exact.
        let (sin, cos) = self.rotation.to_radians().sin_cos();
        [[x, top], [right, top], [right, bottom], [x, bottom]]
            .map(|[x, y]| [self.at[0] + x * cos - y * sin, self.at[1] + x * sin + y * cos])
    }

    /// The upright rectangle around it.
    pub fn area(&self) -> Area {
        Area::around(self.corners()).unwrap_or(Area::new(self.at, self.at))
    }

    /// Whether the boxes of two have a point in common, each as it is turned: two rectangles have
    /// none if a line along a side of one of them has one on each side (separating axes; Ericson
    /// 2005, *Real-Time Collision Detection*, section 4.4).
    pub fn overlaps(&self, other: &Self) -> bool {
        let boxes = [self.corners(), other.corners()];
        let sides = boxes.iter().flat_map(|[a, b, _, d]| [[a, b], [a, d]]);
        let mut normals = sides.map(|[a, b]| [b[0] - a[0], b[1] - a[1]]);
        normals.all(|[x, y]| {
            let [one, two] = boxes.map(|corners| {
                let along = corners.map(|corner| corner[0] * x + corner[1] * y);
                along.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], &at| {
                    [low.min(at), high.max(at)]
                })
            });
            // Boxes that touch do not overlap, nor do those that rounding makes touch.
            let slack = 1e-9 * (x * x + y * y);
            one[0] + slack < two[1] && two[0] + slack < one[1]
        })
    }
}
