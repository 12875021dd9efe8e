//! The figure of shares over the years: a line for each state that led or was among the
//! strongest, and the verdict of each year behind them.

use std::collections::BTreeSet;

use super::axis::{Axis, Linear, Side};
use super::labels::{Label, Labeler};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::palette::{of_comparison, states};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Point, Scene, Text};
use super::style::{FAINT, HAIRLINE, LEADING, MARKER, MUTED, Series, Stroke, THICK, THIN};
use super::timeline::{InYear, Timeline, by_year, dated};
use crate::error::Result;
use crate::order;
use crate::report::Report;
use crate::report::compare::{Comparison, Row};
use crate::report::text::percent;

/// Width of the sheet.
const WIDTH: f64 = 640.0;
/// Height of the plot.
const HEIGHT: f64 = 280.0;
/// Room beside the plot for its axis, and for the names of lines.
const BESIDE: [f64; 2] = [52.0, 78.0];
/// States with lines, besides those that led.
const STRONGEST: usize = 6;
/// Font size of a line's name.
const NAME: f64 = 8.0;

/// A state's line.
struct Line<'a> {
    id: &'a str,
    look: Series,
    /// Its places, broken where it was not in the system and between files.
    pieces: Vec<Vec<Point>>,
    /// Where it led: the same, thick.
    leading: Vec<Vec<Point>>,
    /// Its greatest share, and where that is.
    peak: (f64, Point),
}

/// The figure of a comparison over the years. O(years · states).
///
/// # Errors
/// If a row has no year, two have the same, or there is one only.
pub(super) fn figure(comparison: &Comparison, paper: &Paper) -> Result<Scene> {
    let sheet = paper.sheet(WIDTH);
    let years = by_year(comparison)?;
    let title = "Shares of power, and the verdict".to_owned();
    let shown = shown(comparison);
    let words = words(comparison, &years, shown.len());
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
    let top = top + Timeline::lanes_room(&years);
    let plot = Area::new(
        [MARGIN + BESIDE[0], top],
        [sheet - MARGIN - BESIDE[1], top + HEIGHT.min(0.7 * sheet)],
    );
    let time = Timeline::new(years, plot);
    let looks = of_comparison(comparison);
    let highest = comparison.reports.iter().flat_map(|report| &report.system.states);
    let highest = highest.map(|state| state.share).fold(0.0, f64::max);
    let up = Linear { domain: [0.0, 100.0 * highest * 1.04], range: [plot.bottom, plot.top] };
    let lines: Vec<Line> =
        shown.iter().map(|id| line(id, looks.of(id), &time, comparison, up)).collect();
    let across = Axis::continuous(Side::Left, up.ticks(7), "share of power, %");
    let along = time.axis();
    marks.extend(time.verdict_marks());
    marks.extend(across.grid(plot).into_iter().chain(along.grid(plot)));
    marks.push(time.tips(|place, row| tip(&comparison.reports[place], row)));
    marks.extend(lines.iter().map(drawn));
    marks.extend(names(&lines, plot));
    marks.extend(across.marks(plot).into_iter().chain(along.marks(plot)));
    let below = plot.bottom + along.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let thick = Stroke::new(MUTED, 1.8 * THICK);
    let mut entries = vec![(Swatch::Line(thick), "thick: the leading state of the year".into())];
    entries.extend(lines.iter().map(|line| {
        let stroke = Stroke::new(line.look.color, THICK).dashed(line.look.dash);
        (Swatch::Both(stroke, line.look.marker), full_name(comparison, line.id))
    }));
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = described(&words, &time, comparison);
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

fn words(comparison: &Comparison, years: &[InYear<'_>], shown: usize) -> String {
    let ends = years.first().zip(years.last()).map_or([0, 0], |(a, b)| [a.year, b.year]).map(dated);
    let mut measures: Vec<&str> = comparison.rows.iter().map(|row| &*row.measure).collect();
    measures.dedup();
    let measure = if let [one] = measures[..] { format!(", by {one}") } else { String::new() };
    let states: BTreeSet<&str> = states(comparison).collect();
    let left_out = match states.len() - shown {
        0 => String::new(),
        _ => format!(
            " {shown} of {} states are drawn: the strongest at their peaks, and those that led.",
            states.len()
        ),
    };
    format!("{} to {}{measure}; above, what each year came to.{left_out}", ends[0], ends[1])
}

/// The states that get lines: the strongest at their peaks, and every leading one.
fn shown(comparison: &Comparison) -> Vec<&str> {
    let mut peaks: Vec<(&str, f64, bool)> = Vec::new();
    for (row, report) in comparison.rows.iter().zip(&comparison.reports) {
        for state in &report.system.states {
            let leads = state.id == row.leader;
            match peaks.iter_mut().find(|(id, ..)| *id == state.id) {
                Some((_, peak, led)) => (*peak, *led) = (peak.max(state.share), *led || leads),
                None => peaks.push((&state.id, state.share, leads)),
            }
        }
    }
    order::sort_by(&mut peaks, |a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let kept = peaks.iter().enumerate().filter(|(at, (_, _, led))| *at < STRONGEST || *led);
    kept.map(|(_, (id, ..))| *id).collect()
}

fn share(report: &Report, id: &str) -> Option<f64> {
    report.system.states.iter().find(|state| state.id == id).map(|state| state.share)
}

fn line<'a>(
    id: &'a str,
    look: Series,
    time: &Timeline,
    comparison: &Comparison,
    up: Linear,
) -> Line<'a> {
    let (mut pieces, mut leading) = (vec![Vec::new()], vec![Vec::new()]);
    let mut peak = (f64::NEG_INFINITY, [0.0; 2]);
    let breaks = |pieces: &mut Vec<Vec<Point>>| {
        if pieces.last().is_some_and(|piece| !piece.is_empty()) {
            pieces.push(Vec::new());
        }
    };
    for &InYear { year, place, row, joined } in &time.years {
        if !joined {
            breaks(&mut pieces);
            breaks(&mut leading);
        }
        let Some(share) = share(&comparison.reports[place], id) else {
            breaks(&mut pieces);
            breaks(&mut leading);
            continue;
        };
        let at = [time.scale.place(f64::from(year)), up.place(100.0 * share)];
        if share > peak.0 {
            peak = (share, at);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(at);
        }
        if row.leader == id {
            if let Some(piece) = leading.last_mut() {
                piece.push(at);
            }
        } else {
            breaks(&mut leading);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    leading.retain(|piece| !piece.is_empty());
    Line { id, look, pieces, leading, peak }
}

fn drawn(line: &Line) -> Mark {
    let Series { color, dash, marker } = line.look;
    let mut marks = Vec::new();
    for piece in &line.leading {
        marks.push(Mark::polyline(piece.clone(), Stroke::new(color, 1.8 * THICK)));
    }
    for piece in &line.pieces {
        let stroke = Stroke::new(color, 0.5 * (THIN + THICK)).dashed(dash);
        marks.push(Mark::polyline(piece.clone(), stroke));
        // Markers at the ends tell lines apart without colour, and show single years.
        let ends = [piece.first(), piece.last()].into_iter().flatten();
        marks.extend(ends.map(|&at| marker.mark(at, 0.75 * MARKER, color)));
    }
    Mark::group("share", format!("{}: at most {}", line.id, percent(line.peak.0)), marks)
}

/// The names of lines: at the right where they go on to the end, else at their peaks.
fn names(lines: &[Line], plot: Area) -> Vec<Mark> {
    let end = |line: &Line| line.pieces.last().and_then(|piece| piece.last()).copied();
    let mut ends: Vec<(Point, &Line)> = Vec::new();
    let mut others: Vec<&Line> = Vec::new();
    // The last year is drawn half a year from the plot's side.
    let last = lines.iter().filter_map(end).map(|at| at[0]).fold(plot.left, f64::max);
    for line in lines {
        match end(line) {
            Some(at) if at[0] > last - 0.01 => ends.push((at, line)),
            _ => others.push(line),
        }
    }
    order::sort_by(&mut ends, |a, b| a.0[1].total_cmp(&b.0[1]));
    let height = NAME * LEADING;
    let mut places: Vec<f64> = ends.iter().map(|(at, _)| at[1]).collect();
    spread(&mut places, height, [plot.top + 0.5 * height, plot.bottom - 0.5 * height]);
    let mut marks = Vec::new();
    for ((at, line), y) in ends.iter().zip(&places) {
        let x = plot.right + 14.0;
        let stroke = Stroke::new(line.look.color, HAIRLINE);
        marks
            .push(Mark::polyline(vec![[at[0] + 3.0, at[1]], [x - 5.0, *y], [x - 2.0, *y]], stroke));
        let text = name(line).held(Anchor::Start, Baseline::Middle);
        marks.push(Mark::Text(Text { at: [x, *y], ..text }));
    }
    let mut labeler = Labeler::new(plot);
    for piece in lines.iter().flat_map(|line| &line.pieces) {
        piece.windows(2).for_each(|two| labeler.avoid(two[0], two[1]));
    }
    for line in others {
        let label = Label::new(line.peak.1, 3.0, vec![name(line)]).toward([0.0, -1.0]);
        marks.extend(labeler.place(&label));
    }
    marks
}

fn name(line: &Line) -> Text {
    let room = BESIDE[1] - 14.0;
    let text = super::font::fitted(line.id, NAME, super::text::Weight::Bold, room);
    Text::new([0.0; 2], text).sized(NAME).bold().colored(line.look.color.legible())
}

/// Moves places, in ascending order, so far apart that each has its room between two ends.
fn spread(places: &mut [f64], room: f64, [low, high]: [f64; 2]) {
    let mut free = low;
    for place in places.iter_mut() {
        *place = place.max(free);
        free = *place + room;
    }
    let mut free = high;
    for place in places.iter_mut().rev() {
        *place = place.min(free);
        free = *place - room;
    }
}

fn full_name(comparison: &Comparison, id: &str) -> String {
    let states = comparison.reports.iter().flat_map(|report| &report.system.states);
    let name = states.filter(|state| state.id == id).find_map(|state| state.name.as_deref());
    name.map_or(id.to_owned(), |name| format!("{id} {name}"))
}

/// What there was in a year.
fn tip(report: &Report, row: &Row) -> String {
    let mut states: Vec<_> = report.system.states.iter().collect();
    order::sort_by(&mut states, |a, b| b.share.total_cmp(&a.share));
    let shares: Vec<String> =
        states.iter().map(|state| format!("{} {}", state.id, percent(state.share))).collect();
    format!("{}; {} leads, {}", shares.join(", "), row.leader, row.verdict)
}

/// The figure for who cannot see it.
fn described(words: &str, time: &Timeline, comparison: &Comparison) -> String {
    let mut text = words.to_owned();
    let mut before = None;
    for &InYear { year, place, row, .. } in &time.years {
        let now = (&row.leader, row.verdict);
        if before != Some(now) {
            let share = share(&comparison.reports[place], &row.leader).map(percent);
            let share = share.unwrap_or_default();
            text.push_str(&format!(
                " {}: {} leads with {share}, {}.",
                dated(year),
                row.leader,
                row.verdict
            ));
        }
        before = Some(now);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_the_side_have_their_room() {
        let mut places = vec![0.0, 1.0, 2.0, 50.0, 99.0, 100.0];
        spread(&mut places, 10.0, [0.0, 100.0]);
        assert!(places.windows(2).all(|two| two[1] - two[0] >= 10.0 - 1e-9), "{places:?}");
        assert!(places[0] >= 0.0 && places[5] <= 100.0);
    }
}
