//! The figure of tactics: with what probability states play each, in the correlated
//! equilibria in which the leading state controls least and most.

use super::axis::{Axis, Linear, Side};
use super::font;
use super::layout::{MARGIN, Swatch, heading, legend};
use super::lenses::name;
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Scene, Text, Weight};
use super::style::{
    Color, FAINT, HAIRLINE, LEADING, Look, MUTED, PAPER, SIZE, SMALL, Stroke, series,
};
use crate::error::{Error, Result};
use crate::game::Posture;
use crate::report::compare::Comparison;
use crate::report::text::percent;
use crate::report::{AlignmentReport, CorrelatedReport, LensesReport, Report};

/// Width of the sheet.
const WIDTH: f64 = 520.0;
/// Height of a bar.
const BAR: f64 = 11.0;
/// Room above and below a row's two bars.
const ROOM: f64 = 4.0;
/// The widest label of a row, in points.
const LABEL: f64 = 150.0;
/// Room on the right for which end a bar is of.
const END: f64 = 84.0;
/// Probabilities below this are not drawn: a hundredth of a percent.
const LEAST: f64 = 1e-4;

/// What is said where no case has the lens.
const REMEDY: &str = "add alignment to --lens, or keep the strongest with --top";

/// The weight of each tactic, at one end of the interval.
type Weights = Vec<(Posture, f64)>;

/// A state or a case: its weights at both ends, with the leading state's control there.
struct Stack {
    label: String,
    ends: [(Weights, f64); 2],
}

/// Rows under a heading of their own, which may be empty.
struct Panel {
    heading: String,
    stacks: Vec<Stack>,
}

/// The figure of a report: two bars for each state that chooses. O(states · profiles).
///
/// # Errors
/// If the lens *alignment* did not run or was not decided.
pub(super) fn of_report(report: &Report, paper: &Paper) -> Result<Scene> {
    let parts = report.each_leader();
    let mut panels = Vec::new();
    for (leader, lenses, _) in &parts {
        let Some(found) = alignment(lenses) else { continue };
        let mut stacks = Vec::new();
        let states = report.system.states.iter().map(|state| state.id.as_str());
        for state in states {
            let [low, high] = ends(found).map(|end| of_state(end, state));
            if low.is_empty() && high.is_empty() {
                continue;
            }
            let [least, most] = found.control;
            stacks.push(Stack { label: state.to_owned(), ends: [(low, least), (high, most)] });
        }
        let heading = if parts.len() > 1 { format!("{leader} leading") } else { String::new() };
        panels.push(Panel { heading, stacks });
    }
    if panels.is_empty() {
        return Err(Error::system("the choice of sides was not decided", REMEDY));
    }
    let leader = if let [(leader, ..)] = parts[..] { leader } else { "the leading state" };
    let words = format!(
        "How likely each state plays each tactic towards {leader}, in the equilibria in which it \
         controls least (above) and most (below)."
    );
    Ok(scene(format!("Tactics in {}", name(report)), &words, &panels, paper))
}

/// The figure of a comparison: two bars for each case, over its states. O(cases · states ·
/// profiles).
///
/// # Errors
/// If no case has a decided lens *alignment*.
pub(super) fn of_comparison(comparison: &Comparison, paper: &Paper) -> Result<Scene> {
    let mut stacks = Vec::new();
    for (row, report) in comparison.rows.iter().zip(&comparison.reports) {
        let Some(found) = alignment(&report.lenses) else { continue };
        let [low, high] = ends(found).map(|end| over_states(end, &row.leader));
        let [least, most] = found.control;
        stacks.push(Stack { label: row.label.clone(), ends: [(low, least), (high, most)] });
    }
    if stacks.is_empty() {
        return Err(Error::system("no case has a decided choice of sides", REMEDY));
    }
    let words = "How likely a state that faces the leading one plays each tactic, on average, in \
                 the equilibria in which the leading state controls least (above) and most (below).";
    Ok(scene("Tactics".into(), words, &[Panel { heading: String::new(), stacks }], paper))
}

fn alignment(lenses: &LensesReport) -> Option<&AlignmentReport> {
    lenses.alignment.as_ref()?.decided()
}

fn ends(found: &AlignmentReport) -> [&CorrelatedReport; 2] {
    [&found.certificate.lowest, &found.certificate.highest]
}

/// The marginal probabilities of one state's tactics; empty where it does not choose.
fn of_state(end: &CorrelatedReport, state: &str) -> Weights {
    let played = end
        .distribution
        .iter()
        .filter_map(|profile| Some((*profile.actions.get(state)?, profile.probability)));
    added(played)
}

/// The mean of the marginal probabilities over the states that face the leading one.
fn over_states(end: &CorrelatedReport, leader: &str) -> Weights {
    let played = end.distribution.iter().flat_map(|profile| {
        let facing = profile.actions.0.iter().filter(|(id, _)| id != leader);
        let share = profile.probability / facing.clone().count().max(1) as f64;
        facing.map(move |(_, posture)| (*posture, share))
    });
    added(played)
}

/// Probabilities added up by tactic, in the order of the tactics.
fn added(played: impl Iterator<Item = (Posture, f64)>) -> Weights {
    let mut weights: Weights = Vec::new();
    for (posture, probability) in played {
        match weights.iter_mut().find(|(known, _)| *known == posture) {
            Some((_, sum)) => *sum += probability,
            None => weights.push((posture, probability)),
        }
    }
    crate::order::sort_by_key(&mut weights, |&(posture, _)| posture);
    weights.retain(|&(_, weight)| weight > LEAST);
    weights
}

fn scene(title: String, words: &str, panels: &[Panel], paper: &Paper) -> Scene {
    let sheet = paper.sheet(WIDTH);
    // Where there is little room names take at most a quarter of it.
    let name = LABEL.min(0.25 * sheet);
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, words) + 6.0;
    let label =
        |stack: &Stack| Text::new([0.0; 2], font::fitted(&stack.label, SIZE, Weight::Bold, name));
    let labels = panels.iter().flat_map(|panel| &panel.stacks).map(label);
    let wide = labels.map(|label| label.bold().width()).fold(0.0, f64::max);
    let (left, right) = (MARGIN + wide + 10.0, sheet - MARGIN - END);
    let scale = Linear { domain: [0.0, 1.0], range: [left, right] };
    let mut rows = Vec::new();
    let mut y = top;
    for panel in panels {
        if !panel.heading.is_empty() {
            let text = font::fitted(&panel.heading, SIZE, Weight::Bold, inner);
            let text = Text::new([MARGIN, y + 4.0], text).bold();
            rows.push(Mark::Text(text.held(Anchor::Start, Baseline::Top).with_halo()));
            y += 4.0 + SIZE * LEADING;
        }
        for stack in &panel.stacks {
            rows.push(row(stack, label(stack).bold(), scale, y));
            y += 2.0 * (BAR + ROOM);
        }
    }
    let plot = Area::new([left, top], [right, y]);
    let percents = Linear { domain: [0.0, 100.0], range: [left, right] };
    let axis = Axis::continuous(Side::Bottom, percents.ticks(6), "probability, %");
    marks.extend(axis.grid(plot));
    marks.extend(rows);
    marks.extend(axis.marks(plot));
    let below = plot.bottom + axis.room() + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries(panels));
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    let stacks = panels.iter().flat_map(|panel| &panel.stacks);
    let told: Vec<String> = stacks.map(|stack| format!(" {}.", sentence(stack))).collect();
    scene.description = words.to_owned() + &told.concat();
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

/// A label and two bars.
fn row(stack: &Stack, label: Text, scale: Linear, top: f64) -> Mark {
    let [left, right] = scale.range;
    let middle = top + ROOM + BAR;
    let label = Text { at: [left - 8.0, middle], ..label };
    let mut marks = vec![Mark::Text(label.held(Anchor::End, Baseline::Middle))];
    for (at, (weights, control)) in stack.ends.iter().enumerate() {
        let y = top + ROOM + at as f64 * BAR;
        let mut before = 0.0;
        for &(posture, weight) in weights {
            let [from, to] = [before, before + weight].map(|sum| scale.place(sum));
            before += weight;
            let bar = Area::new([from, y + 0.5], [to, y + BAR - 0.5]);
            marks.push(segment(posture, weight, bar));
        }
        let text = format!("{} {}", ["least", "most"][at], percent(*control));
        let text = Text::new([right + 10.0, y + 0.5 * BAR], text).sized(SMALL).colored(MUTED);
        marks.push(Mark::Text(text.held(Anchor::Start, Baseline::Middle)));
    }
    Mark::group("stack", sentence(stack), marks)
}

/// A part of a bar, with the tactic's name in it where there is room.
fn segment(posture: Posture, weight: f64, bar: Area) -> Mark {
    let ground = color(posture);
    let look = Look::filled(ground, 1.0).outlined(Stroke::new(PAPER, HAIRLINE));
    let mut marks = vec![Mark::rectangle(bar, look)];
    if font::width(posture.name(), SMALL, Weight::Regular) + 4.0 < bar.width() {
        let text = Text::new(bar.center(), posture.name()).sized(SMALL).colored(ground.text());
        marks.push(Mark::Text(text.held(Anchor::Middle, Baseline::Middle)));
    }
    Mark::group("tactic", format!("{posture}: {}", percent(weight)), marks)
}

/// A tactic's colour. There are fewer colours than tactics: the later ones are paler.
fn color(posture: Posture) -> Color {
    let all = Posture::ALL.into_iter().chain(Posture::OF_LEADER);
    let at = all.take_while(|other| *other != posture).count();
    series(at).color.tint(if at < 6 { 0.55 } else { 0.25 })
}

/// The tactics that are played, with their colours.
fn entries(panels: &[Panel]) -> Vec<(Swatch, String)> {
    let stacks = || panels.iter().flat_map(|panel| &panel.stacks).flat_map(|stack| &stack.ends);
    let played = |posture: &Posture| stacks().any(|(w, _)| w.iter().any(|(p, _)| p == posture));
    let all = Posture::ALL.into_iter().chain(Posture::OF_LEADER).filter(played);
    all.map(|posture| (Swatch::Fill(Look::filled(color(posture), 1.0)), posture.name().to_owned()))
        .collect()
}

/// A row in words.
fn sentence(stack: &Stack) -> String {
    let [low, high] = [0, 1].map(|at| {
        let weights = stack.ends[at].0.iter();
        let each: Vec<String> =
            weights.map(|(p, weight)| format!("{p} {}", percent(*weight))).collect();
        each.join(", ")
    });
    format!("{}: at least control {low}; at most {high}", stack.label)
}
