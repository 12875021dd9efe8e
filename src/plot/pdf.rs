//! A scene as PDF: one page of its size, everything as lines and areas; text is drawn as the outlines
//! of its letters, so that no reader and no press needs a font.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{LineJoinStyle, PageMode};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::font::{self, OutlineBuilder};
use super::scene::{Mark, Point, Scene, Text};
use super::style::{Color, Look, PAPER, Stroke};
use super::svg::halo;
use crate::error::{Error, Result};

/// How far a circle's control points are from its quarters, as a part of its radius.
const ROUND: f64 = 0.552_284_75;

/// The scene as the bytes of a PDF file, `scale` times as large. O(marks and letters).
///
/// # Errors
/// If it cannot be packed.
pub fn pdf(scene: &Scene, scale: f64) -> Result<Vec<u8>> {
    let mut sheet = Sheet { content: Content::new(), opacities: Vec::new() };
    // In PDF y goes up.
    sheet
        .content
        .transform([scale, 0.0, 0.0, -scale, 0.0, scale * scene.height].map(|part| part as f32));
    scene.marks.iter().for_each(|mark| sheet.draw(mark));
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let bytes = packed.write_all(&sheet.content.finish()).and_then(|()| packed.finish());
    let bytes = bytes.map_err(|error| Error::io("the figure", error))?;
    let [catalog, pages, page, content, info] = [1, 2, 3, 4, 5].map(Ref::new);
    let state = |at: usize| Ref::new(6 + at as i32);
    let mut file = Pdf::new();
    file.catalog(catalog).pages(pages).page_mode(PageMode::UseNone);
    file.pages(pages).kids([page]).count(1);
    let mut sized = file.page(page);
    let [width, height] = [scene.width, scene.height].map(|side| (scale * side) as f32);
    sized.parent(pages).contents(content).media_box(Rect::new(0.0, 0.0, width, height));
    let mut resources = sized.resources();
    let mut states = resources.ext_g_states();
    for at in 0..sheet.opacities.len() {
        states.pair(Name(name(at).as_bytes()), state(at));
    }
    states.finish();
    resources.finish();
    sized.finish();
    for (at, opacity) in sheet.opacities.iter().enumerate() {
        let mut known = file.ext_graphics(state(at));
        known.non_stroking_alpha(opacity.fill).stroking_alpha(opacity.stroke);
    }
    file.stream(content, &bytes).filter(Filter::FlateDecode);
    file.document_info(info).title(TextStr(&scene.title)).subject(TextStr(&scene.description));
    Ok(file.finish())
}

/// Opacities of areas and lines.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Opacity {
    fill: f32,
    stroke: f32,
}

fn name(at: usize) -> String {
    format!("o{at}")
}

/// What is drawn so far.
struct Sheet {
    content: Content,
    opacities: Vec<Opacity>,
}

impl Sheet {
    fn draw(&mut self, mark: &Mark) {
        match mark {
            Mark::Path { points, closed, look } => {
                self.polygon(points, *closed);
                self.paint(look);
            }
            Mark::Circle { center, radius, look } => {
                self.circle(*center, *radius);
                self.paint(look);
            }
            Mark::Rectangle { area, look } => {
                let sides = [area.left, area.top, area.width(), area.height()];
                let [x, y, width, height] = sides.map(|side| side as f32);
                self.content.rect(x, y, width, height);
                self.paint(look);
            }
            Mark::Text(text) => self.text(text),
            Mark::Group(group) => group.marks.iter().for_each(|mark| self.draw(mark)),
        }
    }

    fn polygon(&mut self, points: &[Point], closed: bool) {
        for (at, [x, y]) in points.iter().enumerate() {
            let (x, y) = (*x as f32, *y as f32);
            match at {
                0 => self.content.move_to(x, y),
                _ => self.content.line_to(x, y),
            };
        }
        if closed && !points.is_empty() {
            self.content.close_path();
        }
    }

    fn circle(&mut self, [x, y]: Point, radius: f64) {
        let place = |[dx, dy]: Point| [(x + dx * radius) as f32, (y + dy * radius) as f32];
        let quarters = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0], [1.0, 0.0]];
        let [from_x, from_y] = place(quarters[0]);
        self.content.move_to(from_x, from_y);
        for two in quarters.windows(2) {
            let (from, to) = (two[0], two[1]);
            let [ax, ay] = place([from[0] + ROUND * to[0], from[1] + ROUND * to[1]]);
            let [bx, by] = place([to[0] + ROUND * from[0], to[1] + ROUND * from[1]]);
            let [x, y] = place(to);
            self.content.cubic_to(ax, ay, bx, by, x, y);
        }
        self.content.close_path();
    }

    /// Fills and outlines the path.
    fn paint(&mut self, look: &Look) {
        let opacity = Opacity {
            fill: look.fill.map_or(1.0, |fill| fill.opacity as f32),
            stroke: look.stroke.map_or(1.0, |stroke| stroke.opacity as f32),
        };
        self.become_opaque(opacity);
        if let Some(fill) = look.fill {
            let [r, g, b] = parts(fill.color);
            self.content.set_fill_rgb(r, g, b);
        }
        if let Some(stroke) = look.stroke {
            self.pen(stroke);
        }
        match (look.fill.is_some(), look.stroke.is_some()) {
            (true, true) => self.content.fill_nonzero_and_stroke(),
            (true, false) => self.content.fill_nonzero(),
            (false, true) => self.content.stroke(),
            (false, false) => self.content.end_path(),
        };
    }

    fn pen(&mut self, stroke: Stroke) {
        let [r, g, b] = parts(stroke.color);
        let dashes = stroke.dash.pattern(stroke.width).into_iter().map(|part| part as f32);
        self.content
            .set_stroke_rgb(r, g, b)
            .set_line_width(stroke.width as f32)
            .set_line_join(LineJoinStyle::RoundJoin)
            .set_dash_pattern(dashes, 0.0);
    }

    fn become_opaque(&mut self, opacity: Opacity) {
        let known = self.opacities.iter().position(|known| *known == opacity);
        let at = known.unwrap_or_else(|| {
            self.opacities.push(opacity);
            self.opacities.len() - 1
        });
        self.content.set_parameters(Name(name(at).as_bytes()));
    }

    fn text(&mut self, text: &Text) {
        let [dx, dy] = text.offset();
        let (sin, cos) = text.rotation.to_radians().sin_cos();
        let place = [
            cos,
            sin,
            -sin,
            cos,
            text.at[0] + dx * cos - dy * sin,
            text.at[1] + dx * sin + dy * cos,
        ];
        self.content.save_state().transform(place.map(|part| part as f32));
        if text.halo {
            self.letters(text);
            self.paint(&Look::line(Stroke::new(PAPER, halo(text))));
        }
        self.letters(text);
        self.paint(&Look::filled(text.color, 1.0));
        self.content.restore_state();
    }

    fn letters(&mut self, text: &Text) {
        let mut letters = Letters { content: &mut self.content, at: [0.0; 2] };
        font::outline(&text.content, text.size, text.weight, &mut letters);
    }
}

fn parts(Color(r, g, b): Color) -> [f32; 3] {
    [r, g, b].map(|part| f32::from(part) / 255.0)
}

/// Outlines of letters as a path; PDF has no quadratic curves.
struct Letters<'a> {
    content: &'a mut Content,
    at: [f32; 2],
}

impl OutlineBuilder for Letters<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.content.move_to(x, y);
        self.at = [x, y];
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.content.line_to(x, y);
        self.at = [x, y];
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let toward = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let [x0, y0] = self.at;
        self.content.cubic_to(toward(x0, x1), toward(y0, y1), toward(x, x1), toward(y, y1), x, y);
        self.at = [x, y];
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.content.cubic_to(x1, y1, x2, y2, x, y);
        self.at = [x, y];
    }

    fn close(&mut self) {
        self.content.close_path();
    }
}
