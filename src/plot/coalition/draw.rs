//! Draws a game's imputations and the solutions among them.

use dashu_ratio::RBig;

use super::polytope::Polytope;
use super::subject::{Solution, Subject};
use super::view::{View, is_seen};
use crate::coalition::Coalition;
use crate::plot::font;
use crate::plot::labels::{Label, Labeler};
use crate::plot::layout::{MARGIN, Swatch, heading, legend};
use crate::plot::scene::{Area, Mark, Point, Scene, Text, Weight};
use crate::plot::style::{
    BLUE, Color, Dash, FAINT, HAIRLINE, INK, Look, MARKER, MUTED, Marker, SIZE, SKY, SMALL, Stroke,
    THICK, THIN, VERMILLION,
};

/// Width of the sheet.
const WIDTH: f64 = 480.0;
/// Height of what is drawn between heading and legend.
const HEIGHT: f64 = 330.0;
/// Room beside it for the corners' labels.
const BESIDE: f64 = 62.0;
/// Room above it and below it.
const ABOVE: f64 = 30.0;
/// The most vertices of a core that are written out.
const WRITTEN: usize = 6;
/// Places no farther apart are one to the eye, in points.
const SAME: f64 = 0.5;
/// The longest name, in points.
const NAME: f64 = 110.0;

pub(super) fn scene(subject: &Subject) -> Scene {
    let source = match subject.report.source.as_str() {
        "" => "a cooperative game",
        source => source,
    };
    let title = format!("Imputations of {source}");
    let mut head = Vec::new();
    let inner = WIDTH - 2.0 * MARGIN;
    let top = heading(&mut head, [MARGIN, MARGIN], inner, &title, &words(subject));
    let sheet = Area::new([MARGIN, top + 2.0], [WIDTH - MARGIN, top + 2.0 + HEIGHT]);
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
    /// Every allocation that is drawn besides the corners.
    fn drawn(&self) -> impl Iterator<Item = &Vec<RBig>> {
        let least = self.least.iter().flat_map(|(_, least)| &least.vertices);
        let core = self.core.iter().flat_map(|core| &core.vertices);
        core.chain(least).chain(self.points.iter().map(|point| &point.x))
    }

    /// A player's name, cut where it is too long.
    fn name(&self, player: usize) -> String {
        font::fitted(&self.report.players[player], SIZE, Weight::Bold, NAME)
    }
}

struct Drawing<'a> {
    subject: &'a Subject<'a>,
    view: View,
    labeler: Labeler,
    /// Placed at the end, the most important first.
    labels: Vec<(u8, &'static str, Label)>,
    marks: Vec<Mark>,
    entries: Vec<(Swatch, String)>,
}

impl Drawing<'_> {
    fn corners(&self) -> Vec<Point> {
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
        let center = self.view.center();
        let stroke = Stroke::new(MUTED, HAIRLINE).dashed(Dash::DashDotted);
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
            let (from, to) = (on(i), on(j));
            marks.push(Mark::line(from, to, stroke));
            self.labeler.avoid(from, to);
            let names =
                format!("{} + {}", self.subject.name(i.min(j)), self.subject.name(i.max(j)));
            let verb = if self.subject.costs { "pay" } else { "get" };
            let text = format!("{names} {verb} {}", self.subject.shown(self.subject.value(pair)));
            // Outside, square to the edge that the line ends on.
            let along = [corners[i][0] - corners[k][0], corners[i][1] - corners[k][1]];
            let mut out = [along[1], -along[0]];
            if out[0] * (from[0] - center[0]) + out[1] * (from[1] - center[1]) < 0.0 {
                out = [-out[0], -out[1]];
            }
            let text = Text::new(from, text).sized(SMALL).colored(MUTED);
            self.labels.push((3, "row", Label::new(from, 1.0, vec![text]).toward(out)));
        }
        if !marks.is_empty() {
            self.marks.push(Mark::group("rows", "two players get what they can get alone", marks));
            self.entries.push((Swatch::Line(stroke), "two players at their own value".into()));
        }
    }

    fn core(&mut self) {
        let Some(core) = &self.subject.core else { return };
        let stroke = Stroke::new(BLUE, THICK);
        if core.vertices.is_empty() {
            return;
        }
        let title = format!("core, with {} vertices", core.vertices.len());
        let marks = self.polytope(core, SKY, BLUE, Dash::Solid);
        self.marks.push(Mark::group("core", title, marks));
        let swatch = match &core.vertices[..] {
            [_] => Swatch::Marker(Marker::Disc, BLUE),
            [_, _] => Swatch::Line(stroke),
            _ => Swatch::Fill(Look::filled(SKY, 0.35).outlined(stroke)),
        };
        self.entries.push((swatch, "core".into()));
        if core.vertices.len() <= WRITTEN {
            let corners: Vec<_> =
                (0..self.subject.players()).map(|i| self.subject.corner(i)).collect();
            // A corner and a single solution have labels of their own.
            let points = || self.subject.points.iter().map(|point| &point.x);
            let labelled = |x: &Vec<RBig>| {
                let shares = self.subject.shares(x);
                let at = self.view.place(&shares);
                corners.iter().chain(points()).any(|other| {
                    let [x, y] = self.view.place(&self.subject.shares(other));
                    (x - at[0]).hypot(y - at[1]) < SAME
                })
            };
            for x in core.vertices.iter().filter(|x| !labelled(x)) {
                let at = self.view.place(&self.subject.shares(x));
                let text =
                    Text::new(at, self.subject.vector(x)).sized(SMALL).colored(BLUE.shade(0.8));
                let center = self.view.center();
                let away = [at[0] - center[0], at[1] - center[1]];
                self.labels.push((2, "vertex", Label::new(at, 2.0, vec![text]).toward(away)));
            }
        }
    }

    fn least_core(&mut self) {
        let Some((value, least)) = &self.subject.least else { return };
        let excess = self.subject.least_value(value);
        let title = format!("least core, value {excess}");
        let stroke = Stroke::new(VERMILLION, THICK).dashed(Dash::Dashed);
        let (marks, swatch) = match &least.vertices[..] {
            [] => return,
            [x] => {
                let at = self.view.place(&self.subject.shares(x));
                let ring = Marker::Ring;
                (vec![ring.mark(at, 1.9 * MARKER, VERMILLION)], Swatch::Marker(ring, VERMILLION))
            }
            [_, _] => {
                let marks = self.polytope(least, VERMILLION, VERMILLION, Dash::Solid);
                (marks, Swatch::Line(Stroke::new(VERMILLION, THICK)))
            }
            _ => {
                let marks = self.polytope(least, VERMILLION, VERMILLION, Dash::Dashed);
                (marks, Swatch::Fill(Look::filled(VERMILLION, 0.2).outlined(stroke)))
            }
        };
        self.marks.push(Mark::group("least-core", title.clone(), marks));
        self.entries.push((swatch, title));
    }

    /// The faces of a polytope from the back to the front, its edges and its vertices.
    fn polytope(&mut self, body: &Polytope, fill: Color, line: Color, dash: Dash) -> Vec<Mark> {
        let shares: Vec<Vec<f64>> = body.vertices.iter().map(|x| self.subject.shares(x)).collect();
        let space: Vec<[f64; 3]> = shares.iter().map(|x| self.view.space(x)).collect();
        let flat = |v: usize| -> Point { [space[v][0], space[v][1]] };
        let count = space.len().max(1) as f64;
        let middle = [0, 1, 2].map(|c| space.iter().map(|p| p[c]).sum::<f64>() / count);
        // A polygon has no other side.
        let solid = body.faces.len() > 1;
        let seen: Vec<bool> = body
            .faces
            .iter()
            .map(|face| {
                let corners: Vec<_> = face.iter().map(|&v| space[v]).collect();
                !solid || is_seen(&corners, middle)
            })
            .collect();
        let mut marks = Vec::new();
        for side in [false, true] {
            for (face, seen) in body.faces.iter().zip(&seen).filter(|(_, seen)| **seen == side) {
                let opacity = if solid && *seen {
                    0.22
                } else if solid {
                    0.12
                } else {
                    0.35
                };
                let points = face.iter().map(|&v| flat(v)).collect();
                marks.push(Mark::polygon(points, Look::filled(fill, opacity)));
            }
        }
        let width = if solid { THIN } else { THICK };
        for &[a, b] in &body.edges {
            let mut faces = body
                .faces
                .iter()
                .zip(&seen)
                .filter(|(face, _)| face.contains(&a) && face.contains(&b));
            let behind = solid && !faces.any(|(_, seen)| *seen);
            let stroke = if behind {
                Stroke::new(line.tint(0.7), HAIRLINE).dashed(Dash::Dashed)
            } else {
                Stroke::new(line, width).dashed(dash)
            };
            marks.push(Mark::line(flat(a), flat(b), stroke));
            self.labeler.avoid(flat(a), flat(b));
        }
        let radius = if body.vertices.len() == 1 { MARKER } else { 0.9 * width + 0.4 };
        for (v, x) in body.vertices.iter().enumerate() {
            let dot = Mark::circle(flat(v), radius, Look::filled(line, 1.0));
            marks.push(Mark::group("vertex", self.subject.vector(x), vec![dot]));
        }
        marks
    }

    /// The solutions that are one allocation, with one label for those at one place.
    fn points(&mut self) {
        let mut placed: Vec<(Point, Vec<&Solution>)> = Vec::new();
        for point in &self.subject.points {
            let at = self.view.place(&self.subject.shares(&point.x));
            let same = placed
                .iter_mut()
                .find(|(other, _)| (other[0] - at[0]).hypot(other[1] - at[1]) < SAME);
            match same {
                Some((_, points)) => points.push(point),
                None => placed.push((at, vec![point])),
            }
            self.entries.push((Swatch::Marker(point.marker, point.color), point.name.clone()));
        }
        for (at, points) in &placed {
            if self.subject.players() == 4 {
                self.stem(*at, points[0]);
            }
        }
        let center = self.view.center();
        for (at, points) in placed {
            // What is named first is drawn last, smaller than what it covers.
            let mut marks = Vec::new();
            for (depth, point) in points.iter().enumerate().rev() {
                let radius = MARKER * (1.0 + 0.45 * depth as f64);
                let title = format!("{} {}", point.name, self.subject.vector(&point.x));
                let mark = point.marker.mark(at, radius, point.color);
                marks.push(Mark::group("point", title, vec![mark]));
            }
            self.marks.extend(marks);
            self.labeler.occupy(Area::new(at, at).grown(MARKER * 1.4));
            let names: Vec<&str> = points.iter().map(|point| point.name.as_str()).collect();
            let lines = vec![
                Text::new(at, names.join(" = ")).bold().sized(SMALL + 0.5),
                Text::new(at, self.subject.vector(&points[0].x)).sized(SMALL),
            ];
            let away = [at[0] - center[0], at[1] - center[1]];
            self.labels.push((1, "label", Label::new(at, 1.5 * MARKER, lines).toward(away)));
        }
    }

    /// The height of a point over the base of the tetrahedron, which tells where in it it is.
    fn stem(&mut self, at: Point, point: &Solution) {
        let shares = self.subject.shares(&point.x);
        let up = shares[3] / 3.0;
        let foot = self.view.place(&[shares[0] + up, shares[1] + up, shares[2] + up, 0.0]);
        let stroke = Stroke::new(point.color.tint(0.8), HAIRLINE).dashed(Dash::Dotted);
        let cross = Stroke::new(point.color.tint(0.8), THIN);
        let [x, y] = foot;
        let marks = vec![
            Mark::line(at, foot, stroke),
            Mark::line([x - 3.0, y - 1.5], [x + 3.0, y + 1.5], cross),
            Mark::line([x - 3.0, y + 1.5], [x + 3.0, y - 1.5], cross),
        ];
        self.labeler.avoid(at, foot);
        self.marks.push(Mark::group("stem", format!("under the {}", point.name), marks));
    }

    fn finish(mut self, title: String) -> Scene {
        self.labels.sort_by_key(|(order, ..)| *order);
        for (_, class, label) in &self.labels {
            let marks = self.labeler.place(label);
            self.marks.push(Mark::group(*class, "", marks));
        }
        let below = self.labeler.bottom() + 6.0;
        let rule =
            Mark::line([MARGIN, below], [WIDTH - MARGIN, below], Stroke::new(FAINT, HAIRLINE));
        self.marks.push(rule);
        let inner = WIDTH - 2.0 * MARGIN;
        let end = legend(&mut self.marks, [MARGIN, below + 5.0], inner, &self.entries);
        let mut scene = Scene::new(WIDTH, end + MARGIN, title);
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
