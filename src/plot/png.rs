//! A scene as PNG, drawn by tiny-skia; text is drawn as the outlines of its letters.

use tiny_skia::{
    Color as Rgba, FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke as Pen,
    StrokeDash, Transform,
};

use super::font::{self, OutlineBuilder};
use super::scene::{Mark, Point, Scene, Text};
use super::style::{Color, Fill, Look, PAPER, Stroke};
use super::svg::halo;
use crate::error::{Error, Result};

/// Pixels an inch, unless another number is chosen: two a point.
pub const DPI: f64 = 144.0;
/// The most pixels on a side.
const LARGEST: f64 = 16_384.0;

/// The scene as the bytes of a PNG file, `scale` pixels a point, of which `dpi` are to make an inch.
/// O(pixels · marks) at worst.
///
/// # Errors
/// If the picture would be empty or more than 16,384 pixels wide or high.
pub fn png(scene: &Scene, scale: f64, dpi: f64) -> Result<Vec<u8>> {
    let size = [scene.width, scene.height].map(|side| (side * scale).ceil());
    let sound = size.iter().all(|side| (1.0..=LARGEST).contains(side));
    let pixmap = if sound { Pixmap::new(size[0] as u32, size[1] as u32) } else { None };
    let Some(mut pixmap) = pixmap else {
        return Err(Error::too_large(
            format!("a picture of {} × {} pixels", size[0], size[1]),
            format!("1 to {LARGEST} a side"),
            "write the figure as .svg, which has no pixels",
        ));
    };
    pixmap.fill(Rgba::WHITE);
    let base = Transform::from_scale(scale as f32, scale as f32);
    scene.marks.iter().for_each(|mark| draw(mark, base, &mut pixmap));
    let bytes = pixmap.encode_png();
    let bytes = bytes.map_err(|error| Error::io("the picture", std::io::Error::other(error)))?;
    Ok(with_resolution(bytes, dpi))
}

/// A PNG file that says how many pixels make an inch: a chunk `pHYs` (pixels a metre) after the first
/// one, which is always 25 bytes and follows 8 bytes of signature.
fn with_resolution(mut bytes: Vec<u8>, dpi: f64) -> Vec<u8> {
    const FIRST_END: usize = 8 + 25;
    let metre = ((dpi / 0.0254).round() as u32).to_be_bytes();
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(metre.iter().chain(&metre).chain(&[1]));
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    let length = (chunk.len() as u32 - 4).to_be_bytes();
    let chunk: Vec<u8> = length.into_iter().chain(chunk).chain(sum).collect();
    bytes.splice(FIRST_END..FIRST_END, chunk);
    bytes
}

fn draw(mark: &Mark, base: Transform, pixmap: &mut Pixmap) {
    match mark {
        Mark::Path { points, closed, look } => {
            if let Some(path) = polygon(points, *closed) {
                paint(&path, look, base, pixmap);
            }
        }
        Mark::Circle { center: [x, y], radius, look } => {
            if let Some(path) = PathBuilder::from_circle(*x as f32, *y as f32, *radius as f32) {
                paint(&path, look, base, pixmap);
            }
        }
        Mark::Rectangle { area, look } => {
            let (left, top) = (area.left as f32, area.top as f32);
            if let Some(rect) = Rect::from_ltrb(left, top, area.right as f32, area.bottom as f32) {
                paint(&PathBuilder::from_rect(rect), look, base, pixmap);
            }
        }
        Mark::Text(text) => draw_text(text, base, pixmap),
        Mark::Group(group) => group.marks.iter().for_each(|mark| draw(mark, base, pixmap)),
    }
}

fn polygon(points: &[Point], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, [x, y]) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn paint(path: &Path, look: &Look, base: Transform, pixmap: &mut Pixmap) {
    if let Some(Fill { color, opacity }) = look.fill {
        pixmap.fill_path(path, &ink(color, opacity), FillRule::Winding, base, None);
    }
    if let Some(stroke) = look.stroke {
        pixmap.stroke_path(path, &ink(stroke.color, stroke.opacity), &pen(stroke), base, None);
    }
}

fn ink(Color(r, g, b): Color, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (255.0 * opacity.clamp(0.0, 1.0)).round() as u8);
    paint.anti_alias = true;
    paint
}

fn pen(stroke: Stroke) -> Pen {
    let dashes = stroke.dash.pattern(stroke.width).into_iter().map(|part| part as f32).collect();
    Pen {
        width: stroke.width as f32,
        line_join: LineJoin::Round,
        dash: StrokeDash::new(dashes, 0.0),
        ..Pen::default()
    }
}

fn draw_text(text: &Text, base: Transform, pixmap: &mut Pixmap) {
    let mut letters = Letters(PathBuilder::new());
    font::outline(&text.content, text.size, text.weight, &mut letters);
    let Some(path) = letters.0.finish() else { return };
    let [dx, dy] = text.offset();
    let place = base
        .pre_translate(text.at[0] as f32, text.at[1] as f32)
        .pre_rotate(text.rotation as f32)
        .pre_translate(dx as f32, dy as f32);
    if text.halo {
        let rim = pen(Stroke::new(PAPER, halo(text)));
        pixmap.stroke_path(&path, &ink(PAPER, 1.0), &rim, place, None);
    }
    pixmap.fill_path(&path, &ink(text.color, 1.0), FillRule::Winding, place, None);
}

/// Outlines of letters as a path.
struct Letters(PathBuilder);

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::style::{BLUE, INK};

    const SCALE: f64 = 2.0;

    fn pixels(scene: &Scene) -> Pixmap {
        Pixmap::decode_png(&png(scene, SCALE, DPI).unwrap()).unwrap()
    }

    #[test]
    fn marks_are_where_the_scene_has_them() {
        let mut scene = Scene::new(40.0, 20.0, "dots");
        scene.add(Mark::circle([10.0, 10.0], 5.0, Look::filled(BLUE, 1.0)));
        let pixmap = pixels(&scene);
        assert_eq!((pixmap.width(), pixmap.height()), (80, 40));
        let color = |x, y| {
            let p = pixmap.pixel(x, y).unwrap();
            Color(p.red(), p.green(), p.blue())
        };
        assert_eq!(color(20, 20), BLUE);
        assert_eq!(color(60, 20), PAPER);
    }

    #[test]
    fn letters_stay_in_the_box_that_the_layout_gives_them() {
        for rotation in [0.0, 90.0, -30.0] {
            let mut scene = Scene::new(200.0, 200.0, "text");
            let text = Text::new([100.0, 100.0], "Nucleolus (1/3, Äg)").rotated(rotation);
            let area = text.area().grown(2.0);
            scene.add(Mark::Text(text));
            let pixmap = pixels(&scene);
            let mut drawn = 0;
            for y in 0..pixmap.height() {
                for x in 0..pixmap.width() {
                    let dark = pixmap.pixel(x, y).is_some_and(|p| p.red() < 128);
                    let [px, py] = [x, y].map(|c| (f64::from(c) + 0.5) / SCALE);
                    let inside = (area.left..area.right).contains(&px)
                        && (area.top..area.bottom).contains(&py);
                    assert!(!dark || inside, "at {px},{py} turned by {rotation}");
                    drawn += usize::from(dark);
                }
            }
            assert!(drawn > 100, "{drawn}");
        }
        assert_ne!(INK, PAPER);
    }

    #[test]
    fn a_sheet_without_a_size_is_an_error() {
        assert!(png(&Scene::new(0.0, 10.0, ""), 2.0, DPI).is_err());
        assert!(png(&Scene::new(1e9, 10.0, ""), 2.0, DPI).is_err());
        assert!(png(&Scene::new(f64::NAN, 10.0, ""), 2.0, DPI).is_err());
    }
}
