//! The figure of control case by case: the interval of each lens, beside the threshold.

use super::axis::{Axis, Linear, Side};
use super::font;
use super::judged;
use super::layout::{MARGIN, Swatch, heading, legend};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Scene, Text, Weight};
use super::strips;
use super::style::{
    Dash, FAINT, HAIRLINE, INK, LEADING, Look, MUTED, SIZE, SMALL, Stroke, THICK, THIN, series,
};
use crate::report::Lens;
use crate::report::compare::{Comparison, Row};
use crate::report::text::{percent, span};

/// Width of the sheet.
const WIDTH: f64 = 560.0;
/// Height of a lens's row.
const LENS: f64 = 8.0;
/// Room above and below a case's rows.
const ROOM: f64 = 5.0;
/// The widest label of a case, in points.
const LABEL: f64 = 170.0;
/// Room on the right for the verdict.
const VERDICT: f64 = 92.0;
/// Cases from which on they are strips, not rows.
const MANY: usize = 30;

/// The figure of a comparison: four rows a case; of many cases a strip a lens. O(cases).
pub(super) fn figure(comparison: &Comparison, paper: &Paper) -> Scene {
    if comparison.rows.len() >= MANY {
        return strips::figure(comparison, paper);
    }
    let sheet = paper.sheet(WIDTH);
    // Where there is little room names take at most a quarter of it.
    let name = LABEL.min(0.25 * sheet);
    let title = "Control of the leading state".to_owned();
    let words = "What share of all control it can get, through each lens; it dominates above the \
                 dashed line.";
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let y = heading(&mut marks, [MARGIN, MARGIN], inner, &title, words) + 6.0;
    let labels: Vec<Text> = comparison.rows.iter().map(|row| label(row, name)).collect();
    let wide = labels.iter().map(Text::width).fold(0.0, f64::max);
    let (left, right) = (MARGIN + wide + 10.0, sheet - MARGIN - VERDICT);
    let scale = Linear { domain: [0.0, 1.0], range: [left, right] };
    let percents = Linear { domain: [0.0, 100.0], range: [left, right] };
    let height = LENS * Lens::OF_CONTROL.len() as f64 + 2.0 * ROOM;
    let plot = Area::new([left, y], [right, y + height * comparison.rows.len() as f64]);
    let axis = Axis::continuous(Side::Bottom, percents.ticks(6), "share of all control, %");
    marks.extend(axis.grid(plot));
    for (at, (row, label)) in comparison.rows.iter().zip(labels).enumerate() {
        let top = y + height * at as f64;
        let threshold = comparison.reports.get(at).map(|report| report.parameters.threshold);
        marks.push(case(row, label, threshold, scale, [top, top + height]));
    }
    marks.extend(axis.marks(plot));
    let below = plot.bottom + axis.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let entries: Vec<(Swatch, String)> = Lens::OF_CONTROL
        .iter()
        .enumerate()
        .map(|(at, lens)| {
            let look = series(at);
            let stroke = Stroke::new(look.color, THICK);
            (Swatch::Both(stroke, look.marker), lens.name().to_owned())
        })
        .collect();
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = described(comparison, words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

/// A case's label, with the leading state.
fn label(row: &Row, most: f64) -> Text {
    let name = if row.label.is_empty() { "the system" } else { &row.label };
    Text::new([0.0; 2], font::fitted(name, SIZE, Weight::Bold, most)).bold()
}

fn case(
    row: &Row,
    label: Text,
    threshold: Option<f64>,
    scale: Linear,
    [top, bottom]: [f64; 2],
) -> Mark {
    let [left, right] = scale.range;
    let middle = f64::midpoint(top, bottom);
    let leads = format!("{} leads", row.leader);
    let leads = font::fitted(&leads, SMALL, Weight::Regular, left - MARGIN - 8.0);
    let apart = 0.5 * SIZE * LEADING;
    let mut marks = vec![
        Mark::line([MARGIN, bottom], [right + VERDICT, bottom], Stroke::new(FAINT, HAIRLINE)),
        Mark::Text(
            Text { at: [left - 8.0, middle - apart], ..label }.held(Anchor::End, Baseline::Middle),
        ),
        Mark::Text(
            Text::new([left - 8.0, middle + apart], leads)
                .sized(SMALL)
                .colored(MUTED)
                .held(Anchor::End, Baseline::Middle),
        ),
    ];
    let color = judged::color(row.verdict);
    let x = right + 14.0;
    marks.push(judged::marker(row.verdict).mark([x, middle], 4.0, color));
    let verdict = Text::new([x + 9.0, middle - apart], row.verdict.name()).bold();
    marks.push(Mark::Text(verdict.held(Anchor::Start, Baseline::Middle)));
    let share = format!("holds {}", percent(row.leader_share));
    let share = Text::new([x + 9.0, middle + apart], share).sized(SMALL).colored(MUTED);
    marks.push(Mark::Text(share.held(Anchor::Start, Baseline::Middle)));
    if let Some(threshold) = threshold {
        let x = scale.place(threshold);
        let stroke = Stroke::new(INK, THIN).dashed(Dash::Dashed);
        let line = Mark::line([x, top], [x, bottom], stroke);
        marks.push(Mark::group("threshold", percent(threshold), vec![line]));
    }
    for (at, (lens, control)) in row.control.named().enumerate() {
        let Some(control) = control else { continue };
        let y = top + ROOM + (at as f64 + 0.5) * LENS;
        let [low, high] = control.map(|end| scale.place(end));
        let look = series(at);
        let bar = Area::new([low, y - 0.28 * LENS], [high, y + 0.28 * LENS]);
        let own = vec![
            Mark::rectangle(bar, Look::filled(look.color.tint(0.6), 1.0)),
            look.marker.mark([low, y], 3.0, look.color),
            look.marker.mark([high, y], 3.0, look.color),
        ];
        marks.push(Mark::group("lens", format!("{lens}: {}", span(control)), own));
    }
    Mark::group("case", sentence(row), marks)
}

/// A case in words.
fn sentence(row: &Row) -> String {
    format!("{}: {} holds {}, {}", row.label, row.leader, percent(row.leader_share), row.verdict)
}

/// The figure for who cannot see it.
fn described(comparison: &Comparison, words: &str) -> String {
    let mut text = words.to_owned();
    for row in &comparison.rows {
        let found = row.control.named().filter_map(|(lens, control)| {
            control.map(|control| format!("{lens} {}", span(control)))
        });
        let found: Vec<String> = found.collect();
        text.push_str(&format!(" {}: {}.", sentence(row), found.join(", ")));
    }
    text
}
