//! What every figure has around its plot: a heading above it, a legend.

use super::font;
use super::hatch::Hatch;
use super::paper::HEADING;
use super::scene::{Area, Baseline, Mark, Point, Text, Weight};
use super::style::{
    Color, HAIRLINE, INK, LEADING, Look, MARKER, MUTED, Marker, SIZE, SMALL, Stroke, THIN, TITLE,
};

/// Room between a figure and the edge of its sheet.
pub const MARGIN: f64 = 14.0;

/// A title in bold and lines under it, as wide as given; returns where they end.
pub fn heading(marks: &mut Vec<Mark>, at: Point, width: f64, title: &str, words: &str) -> f64 {
    let mut y = at[1];
    let mut own = Vec::new();
    let lines = font::wrapped(title, TITLE, Weight::Bold, width);
    let titles = lines.iter().map(|line| {
        // A single word may still be too wide.
        let line = font::fitted(line, TITLE, Weight::Bold, width);
        Text::new(at, line).sized(TITLE).bold()
    });
    let lines = font::wrapped(words, SIZE, Weight::Regular, width);
    let words = lines.iter().map(|line| {
        let line = font::fitted(line, SIZE, Weight::Regular, width);
        Text::new(at, line).colored(MUTED)
    });
    for text in titles.chain(words) {
        let size = text.size;
        let text = Text { at: [at[0], y], ..text }.held(Default::default(), Baseline::Top);
        own.push(Mark::Text(text));
        y += size * LEADING;
    }
    marks.push(Mark::group(HEADING, "", own));
    y
}

/// What a legend shows beside a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Swatch {
    /// A line.
    Line(Stroke),
    /// A filled shape.
    Fill(Look),
    /// A filled and hatched shape.
    Hatched(Look, Hatch, Stroke),
    /// A point.
    Marker(Marker, Color),
    /// A line through a point.
    Both(Stroke, Marker),
}

/// Width of what a legend shows.
const SWATCH: f64 = 16.0;
/// From what it shows to the text.
const GAP: f64 = 5.0;
/// From one entry to the next in its row.
const APART: f64 = 12.0;

impl Swatch {
    fn marks(self, [x, y]: Point) -> Vec<Mark> {
        let line = |stroke| Mark::line([x, y], [x + SWATCH, y], stroke);
        let middle = [x + 0.5 * SWATCH, y];
        match self {
            Self::Line(stroke) => vec![line(stroke)],
            Self::Fill(look) => {
                let area = Area::new([x + 1.0, y - 4.0], [x + SWATCH - 1.0, y + 4.0]);
                vec![Mark::rectangle(area, look)]
            }
            Self::Hatched(look, hatch, stroke) => {
                let area = Area::new([x, y - 4.5], [x + SWATCH, y + 4.5]);
                let corners = [
                    [area.left, area.top],
                    [area.right, area.top],
                    [area.right, area.bottom],
                    [area.left, area.bottom],
                ];
                let mut marks = vec![Mark::rectangle(area, look)];
                marks.extend(hatch.sample(corners.to_vec(), stroke));
                marks.push(Mark::rectangle(area, Look::line(Stroke::new(INK, HAIRLINE))));
                marks
            }
            Self::Marker(marker, color) => vec![marker.mark(middle, MARKER, color)],
            Self::Both(stroke, marker) => {
                vec![line(stroke), marker.mark(middle, MARKER, stroke.color)]
            }
        }
    }
}

/// A legend in rows as wide as given; returns where it ends.
pub fn legend(marks: &mut Vec<Mark>, at: Point, width: f64, entries: &[(Swatch, String)]) -> f64 {
    let line = SMALL * 1.75;
    let [mut x, mut y] = [at[0], at[1] + 0.5 * line];
    let mut own = Vec::new();
    for (swatch, text) in entries {
        let text = font::fitted(text, SMALL, Weight::Regular, width - SWATCH - GAP);
        let room = SWATCH + GAP + font::width(&text, SMALL, Weight::Regular);
        if x > at[0] && x + room > at[0] + width {
            (x, y) = (at[0], y + line);
        }
        own.extend(swatch.marks([x, y]));
        let text = Text::new([x + SWATCH + GAP, y], text).sized(SMALL).colored(INK);
        own.push(Mark::Text(text.held(Default::default(), Baseline::Middle)));
        x += room + APART;
    }
    if own.is_empty() {
        return at[1];
    }
    marks.push(Mark::group("legend", "", own));
    y + 0.5 * line
}

/// An outline around something.
pub fn frame(area: Area) -> Mark {
    Mark::rectangle(area, Look::line(Stroke::new(INK, THIN)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::scene::Scene;

    #[test]
    fn headings_and_legends_fit_their_width() {
        for width in [60.0, 150.0, 400.0] {
            let mut scene = Scene::new(width + 2.0 * MARGIN, 0.0, "layout");
            let at = [MARGIN, MARGIN];
            let title = "The balance of power in Europe, Supercalifragilisticexpialidocious";
            let below = heading(&mut scene.marks, at, width, title, "What is to be seen here");
            let entries: Vec<_> = (0..7)
                .map(|i| (Swatch::Marker(Marker::Disc, INK), format!("entry number {i} of them")))
                .collect();
            let end = legend(&mut scene.marks, [MARGIN, below], width, &entries);
            scene.height = end + MARGIN;
            assert_eq!(scene.faults(), [""; 0], "{width}");
        }
    }
}
