//! The figure of a report's intervals: what share of all control the leading state can get,
//! through each lens, beside the threshold above which it dominates.

use super::axis::{Axis, Linear, Side};
use super::font;
use super::judged;
use super::layout::{MARGIN, Swatch, heading, legend};
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Scene, Text, Weight};
use super::style::{
    Dash, FAINT, HAIRLINE, INK, LEADING, Look, MARKER, MUTED, SIZE, SMALL, Stroke, THICK, THIN,
};
use crate::report::Lens;
use crate::report::text::{percent, span};
use crate::report::words::{over_leaders, reason};
use crate::report::{LensesReport, Report, VerdictReport};
use crate::verdict::Judgement;

/// Width of the sheet.
const WIDTH: f64 = 480.0;
/// Height of a lens's row.
const ROW: f64 = 22.0;
/// Room beside the plot for the lenses' names, and for what was found.
const BESIDE: [f64; 2] = [62.0, 128.0];
/// The same on a sheet narrower than this: of what was found the interval alone, as its marker has the
/// verdict.
const NARROW: [f64; 2] = [62.0, 74.0];
const WIDE: f64 = 400.0;
/// Half the height of an interval's bar.
const HALF: f64 = 4.0;

/// The figure of a report: a panel for each leading state, a row for each lens. O(rows).
pub(super) fn figure(report: &Report, paper: &Paper) -> Scene {
    let sheet = paper.sheet(WIDTH);
    let parts = report.each_leader();
    let threshold = report.parameters.threshold;
    let overall = report.verdict.overall;
    let title = format!("{}: {overall}", name(report));
    let words = match parts[..] {
        [(leader, lenses, verdict)] => reason(leader, lenses, verdict, threshold),
        _ => over_leaders(overall).to_owned(),
    };
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let mut y = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
    let beside = if sheet < WIDE { NARROW } else { BESIDE };
    let (left, right) = (MARGIN + beside[0], sheet - MARGIN - beside[1]);
    let scale = Linear { domain: [0.0, 1.0], range: [left, right] };
    let percents = Linear { domain: [0.0, 100.0], range: [left, right] };
    let top = y + SMALL * LEADING;
    let mut rows = Vec::new();
    y = top;
    for &(leader, lenses, verdict) in &parts {
        if parts.len() > 1 {
            let text = format!("{leader} leading: {}", verdict.overall);
            let text = font::fitted(&text, SIZE, Weight::Bold, inner);
            y += 4.0;
            let text = Text::new([MARGIN, y], text).bold();
            rows.push(Mark::Text(text.held(Anchor::Start, Baseline::Top).with_halo()));
            y += SIZE * LEADING;
        }
        y = panel(&mut rows, leader, lenses, scale, [y, sheet]);
    }
    let plot = Area::new([left, top], [right, y]);
    let axis = Axis::continuous(Side::Bottom, percents.ticks(6), "share of all control, %");
    marks.extend(axis.grid(plot));
    marks.push(bar_to_clear(scale, threshold, plot, sheet));
    marks.extend(rows);
    marks.extend(axis.marks(plot));
    let below = y + axis.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries(&parts));
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = described(&parts, &words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

/// What a report's system is called.
pub(super) fn name(report: &Report) -> String {
    let system = &report.system;
    match (system.name.as_str(), system.year) {
        ("", _) => "The system".into(),
        (name, Some(year)) if !name.contains(&year.abs().to_string()) => format!("{name} {year}"),
        (name, _) => name.to_owned(),
    }
}

/// The rows of one leading state; returns where they end.
fn panel(
    marks: &mut Vec<Mark>,
    leader: &str,
    lenses: &LensesReport,
    scale: Linear,
    [mut y, sheet]: [f64; 2],
) -> f64 {
    for (lens, control, judgement) in lenses.of_control() {
        let middle = y + 0.5 * ROW;
        let [left, right] = scale.range;
        let label = Text::new([left - 8.0, middle], lens.name()).bold();
        let found = control.map_or("no interval yet".into(), span);
        let told = if sheet < WIDE { found } else { format!("{found}  {judgement}") };
        let told = Text::new([right + 12.0, middle], told);
        let mut own = vec![
            Mark::Text(label.held(Anchor::End, Baseline::Middle)),
            Mark::Text(told.held(Anchor::Start, Baseline::Middle)),
        ];
        own.extend(interval(control, judgement, scale, middle));
        marks.push(Mark::group("lens", sentence(leader, lens, control, judgement), own));
        y += ROW;
    }
    y
}

/// An interval as a bar with markers at its ends, or the one marker where it has no width.
fn interval(control: Option<[f64; 2]>, judgement: Judgement, scale: Linear, y: f64) -> Vec<Mark> {
    let color = judged::color(judgement);
    let Some(ends) = control else {
        let [left, right] = scale.range;
        let stroke = Stroke::new(color, THIN).dashed(Dash::Dotted);
        return vec![Mark::line([left, y], [right, y], stroke)];
    };
    let [low, high] = ends.map(|end| scale.place(end));
    let bar = Area::new([low, y - HALF], [high, y + HALF]);
    let marker = |x: f64| judged::marker(judgement).mark([x, y], MARKER, color);
    let mut marks = Vec::new();
    if high - low > 1.0 {
        let look = Look::filled(color.tint(0.5), 1.0).outlined(Stroke::new(color, THIN));
        marks.push(Mark::rectangle(bar, look));
        marks.push(marker(low));
    }
    marks.push(marker(high));
    marks
}

/// The threshold, from the top of the plot to its bottom, named above it.
fn bar_to_clear(scale: Linear, threshold: f64, plot: Area, sheet: f64) -> Mark {
    let x = scale.place(threshold);
    let text = format!("dominates above {}", percent(threshold));
    let text = Text::new([x, plot.top - 2.0], text).sized(SMALL).colored(MUTED);
    let half = 0.5 * text.width();
    let x_text = x.clamp(MARGIN + half, sheet - MARGIN - half);
    let text = Text { at: [x_text, plot.top - 2.0], ..text }.held(Anchor::Middle, Baseline::Foot);
    let stroke = Stroke::new(INK, THICK).dashed(Dash::Dashed);
    let line = Mark::line([x, plot.top], [x, plot.bottom], stroke);
    Mark::group("threshold", percent(threshold), vec![line, Mark::Text(text)])
}

/// A row in words.
fn sentence(leader: &str, lens: Lens, control: Option<[f64; 2]>, judgement: Judgement) -> String {
    match control {
        Some(control) => format!("{lens}: {leader} controls {}, {judgement}", span(control)),
        None => format!("{lens}: {judgement}"),
    }
}

/// The judgements that are there, with their markers.
fn entries(parts: &[(&str, &LensesReport, &VerdictReport)]) -> Vec<(Swatch, String)> {
    let meaning = |judgement| match judgement {
        Judgement::Hegemonic => "hegemonic: above the threshold",
        Judgement::Contested => "contested: on both sides of the threshold",
        Judgement::Balanced => "balanced: not above the threshold",
        Judgement::Undecided => "undecided: the time was up",
        Judgement::Unasked => "no lens of control",
    };
    let is_there = |judgement: &Judgement| {
        parts.iter().any(|(_, lenses, _)| lenses.of_control().iter().any(|row| row.2 == *judgement))
    };
    let there = judged::ALL.into_iter().filter(is_there);
    let entry = |judgement| {
        let swatch = Swatch::Marker(judged::marker(judgement), judged::color(judgement));
        (swatch, meaning(judgement).to_owned())
    };
    there.map(entry).collect()
}

/// The figure for who cannot see it.
fn described(parts: &[(&str, &LensesReport, &VerdictReport)], words: &str) -> String {
    let mut text = words.to_owned();
    for (leader, lenses, _) in parts {
        for (lens, control, judgement) in lenses.of_control() {
            text.push_str(&format!(" {}.", sentence(leader, lens, control, judgement)));
        }
    }
    text
}
