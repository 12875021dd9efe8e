//! The figure of the price of peace over the years, against the wars that were fought.

use super::axis::{Axis, Linear, Side};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Point, Scene, Text};
use super::style::{
    BLUE, FAINT, HAIRLINE, Look, MARKER, MUTED, Marker, SMALL, Stroke, THICK, VERMILLION,
};
use super::timeline::{InYear, Timeline, by_year, dated};
use crate::error::{Error, Result};
use crate::report::compare::{Comparison, Row};
use crate::report::text::percent;

/// The wars of a year between states of its system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The year.
    pub year: i32,
    /// Their names; `None` where the list of wars does not reach.
    pub wars: Option<Vec<String>>,
}

/// Width of the sheet.
const WIDTH: f64 = 640.0;
/// Height of the plot.
const HEIGHT: f64 = 230.0;
/// Room left of the plot.
const LEFT: f64 = 60.0;
/// Height of the lane of wars.
const LANE: f64 = 14.0;

/// The figure of a comparison over the years; `wars` may be empty. O(years).
///
/// # Errors
/// If a row has no year, two have the same, there is one only, or none has a price.
pub(super) fn figure(comparison: &Comparison, wars: &[Observed], paper: &Paper) -> Result<Scene> {
    let sheet = paper.sheet(WIDTH);
    let years = by_year(comparison)?;
    let prices = || comparison.rows.iter().filter_map(|row| row.price_of_peace);
    let Some(highest) = prices().reduce(f64::max) else {
        return Err(Error::system(
            "no case has a price of peace",
            "add settlement to --lens, or keep the strongest with --top",
        ));
    };
    let title = "Price of peace".to_owned();
    let words = words(&years, wars);
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
    let top = top + if wars.is_empty() { 0.0 } else { LANE };
    let plot =
        Area::new([MARGIN + LEFT, top], [sheet - MARGIN - 6.0, top + HEIGHT.min(0.7 * sheet)]);
    let time = Timeline::new(years, plot);
    let up = Linear {
        domain: [0.0, (100.0 * highest * 1.08).max(1e-3)],
        range: [plot.bottom, plot.top],
    };
    let across = Axis::continuous(Side::Left, up.ticks(7), "price of peace, % destroyed");
    let along = time.axis();
    marks.extend(across.grid(plot).into_iter().chain(along.grid(plot)));
    if !wars.is_empty() {
        marks.extend(fought(&time, wars));
    }
    marks.push(time.tips(|_, row| {
        let price = row.price_of_peace.map_or("no price".into(), percent);
        match named(wars, row).filter(|names| !names.is_empty()) {
            Some(names) => format!("{price}; {}", names.join(", ")),
            None => price,
        }
    }));
    marks.push(line(&time, up));
    marks.extend(across.marks(plot).into_iter().chain(along.marks(plot)));
    let below = plot.bottom + along.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let mut entries =
        vec![(Swatch::Line(Stroke::new(BLUE, THICK)), "price of peace (least-core value)".into())];
    if !wars.is_empty() {
        let war = "war between states of the system".into();
        entries.push((Swatch::Fill(Look::filled(VERMILLION, 1.0)), war));
        if wars.iter().any(|year| year.wars.is_none()) {
            let look = Look::filled(MUTED, 0.2);
            entries.push((Swatch::Fill(look), "outside the years of the list".into()));
        }
    }
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = described(&words, &time, wars);
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

fn words(years: &[InYear<'_>], wars: &[Observed]) -> String {
    let mut text = "The share of what is fought for that war must destroy so that some division \
                    of control leaves no coalition a reason to fight."
        .to_owned();
    if !wars.is_empty() {
        let at_war = wars.iter().filter(|year| year.wars.as_ref().is_some_and(|w| !w.is_empty()));
        let (at_war, all) = (at_war.count(), years.len());
        text.push_str(&format!(
            " States of the system fought each other in {at_war} of {all} years."
        ));
    }
    text
}

fn named<'a>(wars: &'a [Observed], row: &Row) -> Option<&'a [String]> {
    wars.iter().find(|observed| Some(observed.year) == row.year)?.wars.as_deref()
}

/// A lane of markers above the plot and bands in it where there was war, and what is unknown.
fn fought(time: &Timeline, wars: &[Observed]) -> Vec<Mark> {
    let plot = time.plot;
    let y = plot.top - 0.5 * LANE;
    let name = Text::new([plot.left - 6.0, y], "wars").sized(SMALL).colored(VERMILLION.legible());
    let mut marks = vec![Mark::Text(name.held(Anchor::End, Baseline::Middle))];
    for (at, &InYear { year, row, .. }) in time.years.iter().enumerate() {
        let [from, to] = time.slot(at, time.step());
        let band = Area::new([from, plot.top], [to, plot.bottom]);
        match wars.iter().find(|observed| Some(observed.year) == row.year) {
            Some(Observed { wars: Some(names), .. }) if !names.is_empty() => {
                // A little over its neighbour, or there would be a seam.
                let lane = Area { top: y - 3.0, bottom: y + 3.0, right: to + 0.3, ..band };
                let own = vec![
                    Mark::rectangle(band, Look::filled(VERMILLION, 0.15)),
                    Mark::rectangle(lane, Look::filled(VERMILLION, 1.0)),
                ];
                marks.push(Mark::group(
                    "war",
                    format!("{}: {}", dated(year), names.join(", ")),
                    own,
                ));
            }
            Some(Observed { wars: None, .. }) | None => {
                let own = vec![Mark::rectangle(band, Look::filled(MUTED, 0.2))];
                marks.push(Mark::group(
                    "unlisted",
                    format!("{}: outside the years of the list of wars", dated(year)),
                    own,
                ));
            }
            Some(_) => {}
        }
    }
    marks
}

/// The line of prices, broken where there is none and between files.
fn line(time: &Timeline, up: Linear) -> Mark {
    let mut pieces: Vec<Vec<Point>> = vec![Vec::new()];
    for &InYear { year, row, joined, .. } in &time.years {
        if !joined {
            pieces.push(Vec::new());
        }
        match row.price_of_peace {
            Some(price) => {
                let at = [time.scale.place(f64::from(year)), up.place(100.0 * price)];
                if let Some(piece) = pieces.last_mut() {
                    piece.push(at);
                }
            }
            None => pieces.push(Vec::new()),
        }
    }
    let mut marks = Vec::new();
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        if let [at] = piece[..] {
            marks.push(Marker::Disc.mark(at, 0.6 * MARKER, BLUE));
        }
        marks.push(Mark::polyline(piece, Stroke::new(BLUE, THICK)));
    }
    Mark::group("price", "price of peace", marks)
}

/// The figure for who cannot see it.
fn described(words: &str, time: &Timeline, wars: &[Observed]) -> String {
    let mut text = words.to_owned();
    for &InYear { year, row, .. } in &time.years {
        let price = row.price_of_peace.map_or("no price".into(), percent);
        let names = named(wars, row).map_or(String::new(), |names| names.join(", "));
        let names = if names.is_empty() { names } else { format!(" ({names})") };
        text.push_str(&format!(" {}: {price}{names}.", dated(year)));
    }
    text
}
