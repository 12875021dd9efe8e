//! The figure of control over many cases: a strip for each lens, a bar for each case.

use super::axis::{Axis, Linear, Side};
use super::font;
use super::judged;
use super::layout::{MARGIN, Swatch, heading, legend};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Point, Scene, Text, Weight};
use super::style::{Dash, HAIRLINE, INK, Look, MUTED, SMALL, Stroke, THIN, series};
use crate::report::Lens;
use crate::report::compare::Comparison;
use crate::report::text::span;
use crate::verdict::Judgement;

/// Width of the sheet.
const WIDTH: f64 = 640.0;
/// Height of a lens's strip.
const STRIP: f64 = 74.0;
/// Between strips.
const GAP: f64 = 14.0;
/// Height of the lane of verdicts.
const LANE: f64 = 10.0;
/// Room left of the strips.
const LEFT: f64 = 56.0;
/// The least width of a bar, so that a single value is seen.
const LEAST: f64 = 1.2;

/// The figure: its height is the same for any number of cases. O(cases).
pub(super) fn figure(comparison: &Comparison, paper: &Paper) -> Scene {
    let sheet = paper.sheet(WIDTH);
    let cases = comparison.rows.len();
    let title = "Control of the leading state".to_owned();
    let words = format!(
        "What share of all control it can get through each lens, in {cases} cases from left to \
         right; it dominates above the dashed line."
    );
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 8.0;
    let across = [MARGIN + LEFT, sheet - MARGIN - 4.0];
    let step = (across[1] - across[0]) / cases.max(1) as f64;
    let slot = |at: usize| [across[0] + step * at as f64, across[0] + step * (at + 1) as f64];
    marks.push(side(top + 0.5 * LANE, "verdict"));
    for (at, row) in comparison.rows.iter().enumerate() {
        let [from, to] = slot(at);
        let bar = Area::new([from, top], [to, top + LANE]);
        let look = Look::filled(judged::color(row.verdict), 1.0);
        let title = format!("{}: {} leads, {}", row.label, row.leader, row.verdict);
        marks.push(Mark::group("case", title, vec![Mark::rectangle(bar, look)]));
    }
    let mut below = top + LANE + GAP;
    for (k, lens) in Lens::OF_CONTROL.into_iter().enumerate() {
        let plot = Area::new([across[0], below], [across[1], below + STRIP]);
        let up = Linear { domain: [0.0, 100.0], range: [plot.bottom, plot.top] };
        let axis = Axis::continuous(Side::Left, up.ticks(3), "");
        marks.extend(axis.grid(plot));
        marks.extend(threshold(comparison, up, &slot));
        let color = series(k).color;
        for (at, row) in comparison.rows.iter().enumerate() {
            let Some(control) = row.control.get(lens) else { continue };
            let [from, to] = slot(at);
            let [low, high] = control.map(|end| up.place(100.0 * end));
            let (low, high) = (low + 0.5 * LEAST, high - 0.5 * LEAST);
            let bar = Area::new([from + 0.1 * step, high], [to - 0.1 * step, low]);
            let title = format!("{}: {lens} {}", row.label, span(control));
            marks.push(Mark::group(
                "lens",
                title,
                vec![Mark::rectangle(bar, Look::filled(color, 1.0))],
            ));
        }
        marks.extend(axis.marks(plot));
        let name = Text::new([plot.left + 4.0, plot.top + 2.0], format!("{lens}, %"));
        marks.push(Mark::Text(
            name.sized(SMALL)
                .bold()
                .colored(color.legible())
                .with_halo()
                .held(Anchor::Start, Baseline::Top),
        ));
        below += STRIP + GAP;
    }
    marks.extend(names(comparison, &slot, below - GAP));
    below += SMALL + 6.0;
    let named = [Judgement::Hegemonic, Judgement::Contested, Judgement::Balanced];
    let entries = named.map(|verdict| {
        (Swatch::Fill(Look::filled(judged::color(verdict), 1.0)), verdict.name().to_owned())
    });
    let end = legend(&mut marks, [MARGIN, below], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = words;
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

fn side(y: f64, name: &str) -> Mark {
    let text = Text::new([MARGIN + LEFT - 6.0, y], name).sized(SMALL).colored(MUTED);
    Mark::Text(text.held(Anchor::End, Baseline::Middle))
}

/// The threshold of each case, joined where it goes on.
fn threshold(comparison: &Comparison, up: Linear, slot: &impl Fn(usize) -> [f64; 2]) -> Vec<Mark> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for (at, report) in comparison.reports.iter().enumerate() {
        let y = up.place(100.0 * report.parameters.threshold);
        let [from, to] = slot(at);
        match lines.last_mut().filter(|line| line[0][1].to_bits() == y.to_bits()) {
            Some(line) => line[1] = [to, y],
            None => lines.push(vec![[from, y], [to, y]]),
        }
    }
    let stroke = Stroke::new(INK, THIN).dashed(Dash::Dashed);
    lines.into_iter().map(|line| Mark::polyline(line, stroke)).collect()
}

/// As many names of cases as there is room for, at equal distances.
fn names(comparison: &Comparison, slot: &impl Fn(usize) -> [f64; 2], top: f64) -> Vec<Mark> {
    let fitted = |label: &str| font::fitted(label, SMALL, Weight::Regular, 110.0);
    let wide =
        comparison.rows.iter().map(|row| font::width(&fitted(&row.label), SMALL, Weight::Regular));
    // Names at the sides are moved by up to half their width.
    let wide = 1.5 * wide.fold(1.0, f64::max) + 6.0;
    let step = slot(0)[1] - slot(0)[0];
    let every = (wide / step).ceil().max(1.0) as usize;
    let mut marks = Vec::new();
    for (at, row) in comparison.rows.iter().enumerate().step_by(every) {
        let [from, to] = slot(at);
        let middle = f64::midpoint(from, to);
        let text = fitted(&row.label);
        let half = 0.5 * font::width(&text, SMALL, Weight::Regular);
        // At the sides a name stays beside the axis, and on the sheet.
        let x = middle.clamp(slot(0)[0] + half, slot(comparison.rows.len() - 1)[1] + 4.0 - half);
        marks.push(Mark::line([middle, top], [middle, top + 3.0], Stroke::new(MUTED, HAIRLINE)));
        let text = Text::new([x, top + 4.0], text).sized(SMALL);
        marks.push(Mark::Text(text.held(Anchor::Middle, Baseline::Top)));
    }
    marks
}
