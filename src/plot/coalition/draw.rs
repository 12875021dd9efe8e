//! Draws a game's imputations and the solutions among them.

use super::subject::Subject;
use super::view::{View, is_seen};
use crate::coalition::Coalition;
use crate::plot::Paper;
use crate::plot::font;
use crate::plot::labels::{Label, Labeler};
use crate::plot::layout::{MARGIN, Swatch, heading, legend};
use crate::plot::scene::{Area, Mark, Point, Scene, Text, Weight};
use crate::plot::style::{Dash, FAINT, HAIRLINE, INK, Look, MUTED, SIZE, SMALL, Stroke, THIN};

/// Width of the sheet.
const WIDTH: f64 = 480.0;
/// Height of what is drawn between heading and legend.
const HEIGHT: f64 = 330.0;
/// Room beside it for the corners' labels.
const BESIDE: f64 = 62.0;
/// Room above it and below it.
const ABOVE: f64 = 30.0;
/// How far a line of two players' value runs out of the triangle, in points.
const BEYOND: f64 = 8.0;
/// The longest name, in points.
const NAME: f64 = 110.0;

pub(super) fn scene(subject: &Subject, paper: &Paper) -> Scene {
    let width = paper.sheet(WIDTH);
    let source = match subject.report.source.as_str() {
        "" => "a cooperative game",
        source => source,
    };
    let title = format!("Imputations of {source}");
    let mut head = Vec::new();
    let inner = width - 2.0 * MARGIN;
    let top = heading(&mut head, [MARGIN, MARGIN], inner, &title, &words(subject));
    let sheet =
        Area::new([MARGIN, top + 2.0], [width - MARGIN, top + 2.0 + HEIGHT.min(0.7 * width)]);
    let plot = Area::new(
        [sheet.left + BESIDE, sheet.top + ABOVE],
        [sheet.right - BESIDE, sheet.bottom - ABOVE],
    );
    let all = subject.drawn().map(|x| subject.shares(x)).collect::<Vec<_>>();
    let view = View::new(subject.players(), all.iter().map(Vec::as_slice), plot);
    let mut drawing = Drawing {
        subject,
        view,
        labeler: Labeler::new(sheet),
        labels: Vec::new(),
        marks: head,
        width,
        entries: Vec::new(),
    };
    let front = drawing.simplex();
    drawing.rows();
    drawing.core();
    drawing.least_core();
    drawing.marks.push(front);
    drawing.points();
    drawing.finish(title)
}

/// What is drawn, in words.
fn words(subject: &Subject) -> String {
    let grand = Coalition::grand(subject.players());
    let total = subject.shown(subject.value(grand));
    let (verb, corner) = if subject.costs {
        ("pays more", "a corner lets one player save all that there is to save")
    } else {
        ("gets less", "a corner gives one player all that the others do not get alone")
    };
    let mut words =
        format!("The divisions of {total} in which nobody {verb} than alone; {corner}.");
    if let Some(core) = &subject.core {
        words.push_str(match core.vertices.len() {
            0 => " The core is empty.",
            1 => " The core is one division.",
            _ => "",
        });
    }
    words
}

impl Subject<'_> {
    /// A player's name, cut where it is too long.
    fn name(&self, player: usize) -> String {
        font::fitted(&self.report.players[player], SIZE, Weight::Bold, NAME)
    }
}

/// A figure on its way.
pub(super) struct Drawing<'a> {
    width: f64,
    pub(super) subject: &'a Subject<'a>,
    pub(super) view: View,
    pub(super) labeler: Labeler,
    /// Placed at the end, the most important first.
    pub(super) labels: Vec<(u8, &'static str, Label)>,
    pub(super) marks: Vec<Mark>,
    pub(super) entries: Vec<(Swatch, String)>,
}

impl Drawing<'_> {
    pub(super) fn corners(&self) -> Vec<Point> {
        (0..self.subject.players()).map(|i| self.view.corner(i)).collect()
    }

    /// The imputations, their corners named. What is in front of the rest is returned, to be
    /// drawn over it.
    fn simplex(&mut self) -> Mark {
        let corners = self.corners();
        let n = corners.len();
        let edge = Stroke::new(INK, THIN);
        let (mut behind, mut front) = (Vec::new(), Vec::new());
        if n == 3 {
            behind.push(Mark::polygon(corners.clone(), Look::filled(INK, 0.025).outlined(edge)));
            self.labeler.avoid_outline(&corners);
        } else {
            let unit =
                |i: usize| -> Vec<f64> { (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect() };
            let middle = self.view.space(&[0.25; 4]);
            for a in 0..n {
                for b in 0..a {
                    let others = (0..n).filter(|c| *c != a && *c != b);
                    let mut faces = others.map(|c| [a, b, c].map(|i| self.view.space(&unit(i))));
                    if faces.any(|face| is_seen(&face, middle)) {
                        front.push(Mark::line(corners[a], corners[b], edge));
                    } else {
                        let stroke = edge.dashed(Dash::Dashed);
                        behind.push(Mark::line(corners[a], corners[b], stroke));
                    }
                    self.labeler.avoid(corners[a], corners[b]);
                }
            }
        }
        self.marks.push(Mark::group("imputations", "", behind));
        let center = self.view.center();
        for (i, &at) in corners.iter().enumerate() {
            let x = self.subject.corner(i);
            let lines = vec![
                Text::new(at, self.subject.name(i)).bold(),
                Text::new(at, self.subject.vector(&x)).sized(SMALL).colored(MUTED),
            ];
            let away = [at[0] - center[0], at[1] - center[1]];
            self.labels.push((0, "corner", Label::new(at, 2.0, lines).toward(away)));
        }
        Mark::group("imputations", "", front)
    }

    /// Lines on which two of three players get together what they can get without the third.
    fn rows(&mut self) {
        if self.subject.players() != 3 || self.subject.core.is_none() {
            return;
        }
        let corners = self.corners();
        let stroke = Stroke::new(MUTED, HAIRLINE).dashed(Dash::DashDotted);
        let beyond = |from: Point, to: Point| -> Point {
            let length = (to[0] - from[0]).hypot(to[1] - from[1]).max(f64::MIN_POSITIVE);
            [0, 1].map(|c| to[c] + BEYOND * (to[c] - from[c]) / length)
        };
        let mut marks = Vec::new();
        for k in 0..3 {
            let (i, j) = ((k + 1) % 3, (k + 2) % 3);
            let pair = Coalition::singleton(i).with(j);
            let alone = self.subject.value(Coalition::singleton(k));
            let all = self.subject.value(Coalition::grand(3));
            let share = (all - self.subject.value(pair) - alone) / &self.subject.surplus;
            let share = share.to_f64().value();
            if !(share > 0.0 && share < 1.0) {
                continue;
            }
            let on = |other: usize| -> Point {
                [0, 1].map(|c| share * corners[k][c] + (1.0 - share) * corners[other][c])
            };
            // A little beyond the triangle, to be seen where the core covers it.
            let (from, to) = (beyond(on(j), on(i)), beyond(on(i), on(j)));
            marks.push(Mark::line(from, to, stroke));
            self.labeler.avoid(from, to);
            let names =
                format!("{} + {}", self.subject.name(i.min(j)), self.subject.name(i.max(j)));
            let verb = if self.subject.costs { "pay" } else { "get" };
            let text = format!("{names} {verb} {}", self.subject.shown(self.subject.value(pair)));
            let out = [from[0] - to[0], from[1] - to[1]];
            let text = Text::new(from, text).sized(SMALL).colored(MUTED);
            self.labels.push((3, "row", Label::new(from, 1.0, vec![text]).toward(out)));
        }
        if !marks.is_empty() {
            self.marks.push(Mark::group("rows", "two players get what they can get alone", marks));
            self.entries.push((Swatch::Line(stroke), "two players' value".into()));
        }
    }

    fn finish(mut self, title: String) -> Scene {
        crate::order::sort_by_key(&mut self.labels, |(order, ..)| *order);
        for (_, class, label) in &self.labels {
            let marks = self.labeler.place(label);
            self.marks.push(Mark::group(*class, "", marks));
        }
        let below = self.labeler.bottom() + 6.0;
        let rule =
            Mark::line([MARGIN, below], [self.width - MARGIN, below], Stroke::new(FAINT, HAIRLINE));
        self.marks.push(rule);
        let inner = self.width - 2.0 * MARGIN;
        let end = legend(&mut self.marks, [MARGIN, below + 5.0], inner, &self.entries);
        let mut scene = Scene::new(self.width, end + MARGIN, title);
        scene.description = self.described();
        self.marks.into_iter().for_each(|mark| scene.add(mark));
        scene
    }

    /// The figure for who cannot see it.
    fn described(&self) -> String {
        let subject = self.subject;
        let mut words = words(subject);
        for i in 0..subject.players() {
            let corner = subject.vector(&subject.corner(i));
            words.push_str(&format!(" Corner {}: {corner}.", subject.report.players[i]));
        }
        if let Some(core) = subject.core.as_ref().filter(|core| core.vertices.len() > 1) {
            let all: Vec<String> = core.vertices.iter().map(|x| subject.vector(x)).collect();
            words.push_str(&format!(" Core vertices: {}.", all.join(", ")));
        }
        if let Some((value, least)) = &subject.least {
            let all: Vec<String> = least.vertices.iter().map(|x| subject.vector(x)).collect();
            let value = subject.least_value(value);
            words.push_str(&format!(" Least core, value {value}: {}.", all.join(", ")));
        }
        for point in &subject.points {
            words.push_str(&format!(" {}: {}.", point.name, subject.vector(&point.x)));
        }
        words
    }
}
