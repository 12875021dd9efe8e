//! The figure of the stopping odds over the years, with the state that is feared.

use super::axis::{Axis, Linear, Side};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::palette::{Palette, of_comparison};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Point, Scene, Text};
use super::style::{FAINT, HAIRLINE, Look, MARKER, Marker, SMALL, Stroke, THICK};
use super::timeline::{InYear, Timeline, by_year, dated};
use crate::error::{Error, Result};
use crate::report::compare::{Comparison, Row, SecurityRow};
use crate::report::text::span;

/// Width of the sheet.
const WIDTH: f64 = 640.0;
/// Height of the plot.
const HEIGHT: f64 = 230.0;
/// Room left of the plot.
const LEFT: f64 = 60.0;
/// Height of the lane of feared states.
const LANE: f64 = 24.0;

/// The figure of a comparison over the years: the odds, in percent, and a lane that says whom the
/// others fear. O(years).
///
/// # Errors
/// If a row has no year, two have the same, there is one only, or none has the lens security.
pub(super) fn figure(comparison: &Comparison, paper: &Paper) -> Result<Scene> {
    let sheet = paper.sheet(WIDTH);
    let years = by_year(comparison)?;
    let feared = feared(comparison);
    if feared.is_empty() {
        return Err(Error::system(
            "no case has stopping odds",
            "add security to --lens, or keep the strongest with --top",
        ));
    }
    let title = "Stopping odds".to_owned();
    let words = "The probability that the side of the state that the others fear most does not \
                 prevail, where best replies from a random start end."
        .to_owned();
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0 + LANE;
    let plot =
        Area::new([MARGIN + LEFT, top], [sheet - MARGIN - 6.0, top + HEIGHT.min(0.7 * sheet)]);
    let time = Timeline::new(years, plot);
    let up = Linear { domain: [0.0, 100.0], range: [plot.bottom, plot.top] };
    let across = Axis::continuous(Side::Left, up.ticks(6), "stopping odds, %");
    let along = time.axis();
    marks.extend(across.grid(plot).into_iter().chain(along.grid(plot)));
    let looks = of_comparison(comparison);
    marks.extend(lane(&time, &looks));
    marks.push(time.tips(|_, row| told(row)));
    marks.extend(odds(&time, up, &looks));
    marks.extend(across.marks(plot).into_iter().chain(along.marks(plot)));
    let below = plot.bottom + along.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let entries: Vec<(Swatch, String)> = feared
        .iter()
        .map(|id| {
            (Swatch::Fill(Look::filled(looks.of(id).color, 1.0)), format!("{id} is feared most"))
        })
        .collect();
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = time
        .years
        .iter()
        .fold(words, |text, found| format!("{text} {}: {}.", dated(found.year), told(found.row)));
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

/// The states that are feared in some year, in the order in which they first are.
fn feared(comparison: &Comparison) -> Vec<&str> {
    let mut feared: Vec<&str> = Vec::new();
    for row in comparison.rows.iter().filter_map(|row| row.security.as_ref()) {
        if !feared.contains(&row.feared.as_str()) {
            feared.push(&row.feared);
        }
    }
    feared
}

fn told(row: &Row) -> String {
    row.security.as_ref().map_or("no stopping odds".into(), |found: &SecurityRow| {
        format!("{} is feared, stopping odds {}", found.feared, span(found.stopping_odds))
    })
}

/// Whom the others fear, year by year, above the plot.
fn lane(time: &Timeline, looks: &Palette) -> Vec<Mark> {
    let y = time.plot.top - LANE + 6.0;
    let name = Text::new([time.plot.left - 6.0, y], "feared").sized(SMALL);
    let mut marks = vec![Mark::Text(name.held(Anchor::End, Baseline::Middle))];
    for (at, InYear { row, .. }) in time.years.iter().enumerate() {
        let Some(found) = &row.security else { continue };
        let [from, to] = time.slot(at, time.step());
        let bar = Area::new([from, y - 3.0], [to + 0.3, y + 3.0]);
        let title = format!("{}: {}", row.label, found.feared);
        let look = Look::filled(looks.of(&found.feared).color, 1.0);
        marks.push(Mark::group("feared", title, vec![Mark::rectangle(bar, look)]));
    }
    marks
}

/// The odds as a line, broken where there are none and between files; a bar where cycles leave a
/// range.
fn odds(time: &Timeline, up: Linear, looks: &Palette) -> Vec<Mark> {
    let mut pieces: Vec<Vec<Point>> = vec![Vec::new()];
    let mut marks = Vec::new();
    for &InYear { year, row, joined, .. } in &time.years {
        if !joined {
            pieces.push(Vec::new());
        }
        let Some(found) = &row.security else {
            pieces.push(Vec::new());
            continue;
        };
        let x = time.scale.place(f64::from(year));
        let [low, high] = found.stopping_odds.map(|odds| up.place(100.0 * odds));
        let color = looks.of(&found.feared).color;
        if low - high > 0.5 {
            marks.push(Mark::line([x, low], [x, high], Stroke::new(color, THICK)));
        }
        let middle = [x, f64::midpoint(low, high)];
        marks.push(Marker::Disc.mark(middle, 0.5 * MARKER, color));
        if let Some(piece) = pieces.last_mut() {
            piece.push(middle);
        }
    }
    let lines = pieces.into_iter().filter(|piece| piece.len() > 1);
    let mut all: Vec<Mark> =
        lines.map(|piece| Mark::polyline(piece, Stroke::new(FAINT, THICK))).collect();
    all.extend(marks);
    vec![Mark::group("stopping", "stopping odds", all)]
}
