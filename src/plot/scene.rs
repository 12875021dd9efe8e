//! A figure as a list of marks: what is drawn, where and how, and nothing of the format.
//!
//! Coordinates are in points (1/72 inch), x to the right and y downwards; later marks are
//! drawn over earlier ones. [`svg`](super::svg) and [`png`](super::png) draw the same scene,
//! and both take widths of text from [`font`](super::font), so a layout holds in both.

use super::style::{Look, PAPER, Stroke};
pub use super::text::{Anchor, Baseline, Text, Weight};

/// A place in a scene, `[x, y]` in points.
pub type Point = [f64; 2];

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Least x.
    pub left: f64,
    /// Least y.
    pub top: f64,
    /// Greatest x.
    pub right: f64,
    /// Greatest y.
    pub bottom: f64,
}

impl Area {
    /// The rectangle between two corners, the upper left one first.
    pub const fn new([left, top]: Point, [right, bottom]: Point) -> Self {
        Self { left, top, right, bottom }
    }

    /// The smallest one around some points; `None` around nothing.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().map(|p| Self::new(p, p)).reduce(Self::union)
    }

    /// The smallest one around two.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The same with so much more on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Its width.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Its middle.
    pub fn center(self) -> Point {
        [f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom)]
    }

    /// Whether the insides of two have a point in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether the other one is within this one.
    pub fn contains(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// The point of it that is nearest to another one.
    pub fn nearest(self, [x, y]: Point) -> Point {
        [x.clamp(self.left, self.right), y.clamp(self.top, self.bottom)]
    }

    /// Whether a segment has a point in it (Liang & Barsky 1984).
    pub fn meets(self, from: Point, to: Point) -> bool {
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        for (slope, room) in [
            (-dx, from[0] - self.left),
            (dx, self.right - from[0]),
            (-dy, from[1] - self.top),
            (dy, self.bottom - from[1]),
        ] {
            if slope == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if slope < 0.0 {
                enter = enter.max(room / slope);
            } else {
                leave = leave.min(room / slope);
            }
        }
        enter <= leave
    }
}

/// Marks that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// A name for style sheets and tests: lower case letters and `-`.
    pub class: String,
    /// The text shown when the pointer rests on it, and read aloud by screen readers.
    pub title: String,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Straight lines from point to point, and back to the first where it is closed.
    Path {
        /// The points.
        points: Vec<Point>,
        /// Whether the last point is joined to the first.
        closed: bool,
        /// Fill and line.
        look: Look,
    },
    /// A circle.
    Circle {
        /// Its centre.
        center: Point,
        /// Its radius.
        radius: f64,
        /// Fill and line.
        look: Look,
    },
    /// An upright rectangle.
    Rectangle {
        /// Its extent.
        area: Area,
        /// Fill and line.
        look: Look,
    },
    /// A line of text.
    Text(Text),
    /// Marks that belong together.
    Group(Group),
}

impl Mark {
    /// A straight line.
    pub fn line(from: Point, to: Point, stroke: Stroke) -> Self {
        Self::polyline(vec![from, to], stroke)
    }

    /// Straight lines from point to point.
    pub fn polyline(points: Vec<Point>, stroke: Stroke) -> Self {
        Self::Path { points, closed: false, look: Look::line(stroke) }
    }

    /// A polygon.
    pub fn polygon(points: Vec<Point>, look: Look) -> Self {
        Self::Path { points, closed: true, look }
    }

    /// A circle.
    pub fn circle(center: Point, radius: f64, look: Look) -> Self {
        Self::Circle { center, radius, look }
    }

    /// An upright rectangle.
    pub fn rectangle(area: Area, look: Look) -> Self {
        Self::Rectangle { area, look }
    }

    /// The same, so much lower on the sheet.
    #[must_use]
    pub fn lowered(&self, by: f64) -> Self {
        let lower = |[x, y]: Point| [x, y + by];
        match self {
            Self::Path { points, closed, look } => Self::Path {
                points: points.iter().map(|&point| lower(point)).collect(),
                closed: *closed,
                look: *look,
            },
            Self::Circle { center, radius, look } => Self::circle(lower(*center), *radius, *look),
            Self::Rectangle { area, look } => {
                let corners = [[area.left, area.top], [area.right, area.bottom]].map(lower);
                Self::rectangle(Area::new(corners[0], corners[1]), *look)
            }
            Self::Text(text) => Self::Text(Text { at: lower(text.at), ..text.clone() }),
            Self::Group(group) => Self::Group(Group {
                class: group.class.clone(),
                title: group.title.clone(),
                marks: group.marks.iter().map(|mark| mark.lowered(by)).collect(),
            }),
        }
    }

    /// Marks that belong together.
    pub fn group(class: impl Into<String>, title: impl Into<String>, marks: Vec<Mark>) -> Self {
        Self::Group(Group { class: class.into(), title: title.into(), marks })
    }
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What it shows, in a line.
    pub title: String,
    /// What is to be seen in it, for who cannot see it.
    pub description: String,
    /// What is drawn, from the bottom up.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// An empty sheet of paper.
    pub fn new(width: f64, height: f64, title: impl Into<String>) -> Self {
        let sheet = Area::new([0.0, 0.0], [width, height]);
        Self {
            width,
            height,
            title: title.into(),
            description: String::new(),
            marks: vec![Mark::rectangle(sheet, Look::filled(PAPER, 1.0))],
        }
    }

    /// Draws over what is there.
    pub fn add(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// All its texts, in the order in which they are drawn.
    pub fn texts(&self) -> Vec<&Text> {
        fn collect<'a>(marks: &'a [Mark], texts: &mut Vec<&'a Text>) {
            for mark in marks {
                match mark {
                    Mark::Text(text) => texts.push(text),
                    Mark::Group(group) => collect(&group.marks, texts),
                    _ => {}
                }
            }
        }
        let mut texts = Vec::new();
        collect(&self.marks, &mut texts);
        texts
    }

    /// The groups of a class, nested ones included.
    pub fn groups(&self, class: &str) -> Vec<&Group> {
        fn collect<'a>(marks: &'a [Mark], class: &str, found: &mut Vec<&'a Group>) {
            for mark in marks {
                if let Mark::Group(group) = mark {
                    if group.class == class {
                        found.push(group);
                    }
                    collect(&group.marks, class, found);
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.marks, class, &mut found);
        found
    }
}
