//! Draws the solutions of a game in the figure of its imputations.

use dashu_ratio::RBig;

use super::draw::Drawing;
use super::polytope::Polytope;
use super::subject::Solution;
use super::view::is_seen;
use crate::plot::labels::Label;
use crate::plot::layout::Swatch;
use crate::plot::scene::{Area, Mark, Point, Text};
use crate::plot::style::{
    BLUE, Color, Dash, HAIRLINE, Look, MARKER, Marker, SKY, SMALL, Stroke, THICK, THIN, VERMILLION,
};

/// The most vertices of a core that are written out.
const WRITTEN: usize = 6;
/// Places no farther apart are one to the eye, in points.
const SAME: f64 = 0.5;
/// Width of a core that is a segment.
const WIDE: f64 = 2.4 * THICK;
/// Radius of a core that is one division.
const DISC: f64 = 2.4 * MARKER;
/// Radius of a least core that is one division.
const RING: f64 = 1.9 * MARKER;

fn is_same(one: Point, other: Point) -> bool {
    (one[0] - other[0]).hypot(one[1] - other[1]) < SAME
}

impl Drawing<'_> {
    pub(super) fn core(&mut self) {
        let Some(core) = &self.subject.core else { return };
        if core.vertices.is_empty() {
            return;
        }
        let area = Look::filled(SKY, 0.35);
        // A core of one division and one of a segment are seen around what lies on them.
        let (width, swatch) = match &core.vertices[..] {
            [_] => (THIN, Swatch::Fill(area.outlined(Stroke::new(BLUE, THIN)))),
            [_, _] => (WIDE, Swatch::Line(Stroke::new(BLUE, WIDE))),
            _ => (THICK, Swatch::Fill(area.outlined(Stroke::new(BLUE, THICK)))),
        };
        let marks = match &core.vertices[..] {
            [x] => {
                let at = self.view.place(&self.subject.shares(x));
                self.labeler.occupy(Area::new(at, at).grown(DISC));
                let disc = Mark::circle(at, DISC, area.outlined(Stroke::new(BLUE, width)));
                vec![Mark::group("vertex", self.subject.vector(x), vec![disc])]
            }
            _ => self.polytope(core, SKY, Stroke::new(BLUE, width)),
        };
        let title = format!("core, with {} vertices", core.vertices.len());
        self.marks.push(Mark::group("core", title, marks));
        self.entries.push((swatch, "core".into()));
        if core.vertices.len() <= WRITTEN {
            self.written(core);
        }
    }

    /// The core's vertices in numbers, but for those that a corner's or a solution's label says.
    fn written(&mut self, core: &Polytope) {
        let place = |x: &[RBig]| self.view.place(&self.subject.shares(x));
        let points = self.subject.points.iter().map(|point| place(&point.x));
        let said: Vec<Point> = self.corners().into_iter().chain(points).collect();
        let center = self.view.center();
        for x in &core.vertices {
            let at = place(x);
            if !said.iter().any(|other| is_same(*other, at)) {
                let text = Text::new(at, self.subject.vector(x)).sized(SMALL);
                let label = Label::new(at, 2.0, vec![text.colored(BLUE.shade(0.8))]);
                let away = [at[0] - center[0], at[1] - center[1]];
                self.labels.push((2, "vertex", label.toward(away)));
            }
        }
    }

    pub(super) fn least_core(&mut self) {
        let Some((value, least)) = &self.subject.least else { return };
        let excess = self.subject.least_value(value);
        let title = format!("least core, value {excess}");
        let stroke = Stroke::new(VERMILLION, THICK).dashed(Dash::Dashed);
        let (marks, swatch) = match &least.vertices[..] {
            [] => return,
            [x] => {
                let at = self.view.place(&self.subject.shares(x));
                self.labeler.occupy(Area::new(at, at).grown(RING));
                let ring = Marker::Ring;
                (vec![ring.mark(at, RING, VERMILLION)], Swatch::Marker(ring, VERMILLION))
            }
            [_, _] => {
                let solid = Stroke::new(VERMILLION, THICK);
                (self.polytope(least, VERMILLION, solid), Swatch::Line(solid))
            }
            _ => {
                let area = Look::filled(VERMILLION, 0.2).outlined(stroke);
                (self.polytope(least, VERMILLION, stroke), Swatch::Fill(area))
            }
        };
        self.marks.push(Mark::group("least-core", title.clone(), marks));
        self.entries.push((swatch, title));
    }

    /// The faces of a polytope from the back to the front, its edges and its vertices.
    fn polytope(&mut self, body: &Polytope, fill: Color, line: Stroke) -> Vec<Mark> {
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
                let opacity = match (solid, *seen) {
                    (false, _) => 0.35,
                    (true, true) => 0.22,
                    (true, false) => 0.12,
                };
                let points = face.iter().map(|&v| flat(v)).collect();
                marks.push(Mark::polygon(points, Look::filled(fill, opacity)));
            }
        }
        // The many edges of a body are drawn finer than the outline of a polygon.
        let line = if solid { Stroke { width: 0.5 * line.width, ..line } } else { line };
        for &[a, b] in &body.edges {
            let mut faces = body
                .faces
                .iter()
                .zip(&seen)
                .filter(|(face, _)| face.contains(&a) && face.contains(&b));
            let behind = solid && !faces.any(|(_, seen)| *seen);
            let hidden = Stroke::new(line.color.tint(0.7), HAIRLINE).dashed(Dash::Dashed);
            let stroke = if behind { hidden } else { line };
            marks.push(Mark::line(flat(a), flat(b), stroke));
            self.labeler.avoid(flat(a), flat(b));
        }
        let radius = 0.9 * line.width + 0.4;
        for (v, x) in body.vertices.iter().enumerate() {
            let dot = Mark::circle(flat(v), radius, Look::filled(line.color, 1.0));
            marks.push(Mark::group("vertex", self.subject.vector(x), vec![dot]));
        }
        marks
    }

    /// The solutions that are one allocation, with one label for those at one place.
    pub(super) fn points(&mut self) {
        let mut placed: Vec<(Point, Vec<&Solution>)> = Vec::new();
        for point in &self.subject.points {
            let at = self.view.place(&self.subject.shares(&point.x));
            let same = placed.iter_mut().find(|(other, _)| is_same(*other, at));
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
}
