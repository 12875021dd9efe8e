//! Widths and outlines of text, from DejaVu Sans, which is part of the program.
//!
//! No font of the system is asked: a figure is the same on every machine. Letters stand at
//! their advance widths without kerning; a letter that DejaVu Sans does not have is drawn as
//! its box for missing letters. Scripts that join their letters are not shaped.

use std::sync::OnceLock;

use ttf_parser::Face;
pub use ttf_parser::OutlineBuilder;

use super::scene::Weight;

/// What browsers look for, in this order; Verdana was drawn by the same hand to like widths.
pub const FAMILY: &str = "'DejaVu Sans', Verdana, sans-serif";

/// Height of a text's box above its foot line, as a part of the font size.
pub const ASCENT: f64 = 0.80;
/// Depth of a text's box below its foot line, as a part of the font size.
pub const DESCENT: f64 = 0.24;
/// Height of a capital letter, as a part of the font size.
pub const CAPITAL: f64 = 0.729;

/// A letter without a width is taken to be so wide; no letter of the font is.
const UNKNOWN: f64 = 0.6;

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    static REGULAR: OnceLock<Option<Face<'static>>> = OnceLock::new();
    static BOLD: OnceLock<Option<Face<'static>>> = OnceLock::new();
    let (cell, bytes): (_, fn() -> &'static [u8]) = match weight {
        Weight::Regular => (&REGULAR, dejavu::sans::regular),
        Weight::Bold => (&BOLD, dejavu::sans::bold),
    };
    cell.get_or_init(|| Face::parse(bytes(), 0).ok()).as_ref()
}

/// Calls `each` with every letter's glyph and where it begins; returns where the text ends,
/// in font units, and the units of the font size.
fn walk(text: &str, face: &Face, mut each: impl FnMut(ttf_parser::GlyphId, f64)) -> (f64, f64) {
    let units = f64::from(face.units_per_em());
    let mut x = 0.0;
    for letter in text.chars() {
        let glyph = face.glyph_index(letter).unwrap_or_default();
        each(glyph, x);
        x += face.glyph_hor_advance(glyph).map_or(UNKNOWN * units, f64::from);
    }
    (x, units)
}

/// The width of a line of text, in points. O(letters).
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    match face(weight) {
        Some(face) => {
            let (end, units) = walk(text, face, |_, _| {});
            end * size / units
        }
        None => text.chars().count() as f64 * UNKNOWN * size,
    }
}

/// Draws the outlines of a line of text that begins at the origin, y downwards. O(letters).
pub fn outline(text: &str, size: f64, weight: Weight, into: &mut dyn OutlineBuilder) {
    let Some(face) = face(weight) else { return };
    let scale = (size / f64::from(face.units_per_em())) as f32;
    walk(text, face, |glyph, x| {
        let mut placed = Placed { x: x as f32, scale, into: &mut *into };
        face.outline_glyph(glyph, &mut placed);
    });
}

/// Moves an outline to its place and turns it over: in fonts y goes up.
struct Placed<'a> {
    x: f32,
    scale: f32,
    into: &'a mut dyn OutlineBuilder,
}

impl Placed<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        ((self.x + x) * self.scale, -y * self.scale)
    }
}

impl OutlineBuilder for Placed<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.into.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.into.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.into.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.into.curve_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.into.close();
    }
}

/// The beginning of a text that fits a width, ended by `…` where it had to be cut.
pub fn fitted(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let cut = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if width(&cut, size, weight) <= room {
            return cut;
        }
    }
    "…".into()
}

/// Words broken into lines that fit a width; a word that does not is alone on its line.
pub fn wrapped(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Advance widths of DejaVu Sans 2.37 of 2048 units: i 569, m 1995.
        assert!((width("i", 2048.0, Weight::Regular) - 569.0).abs() < 1e-9);
        assert!((width("mi", 2048.0, Weight::Regular) - 2564.0).abs() < 1e-9);
        assert!(width("mi", 10.0, Weight::Bold) > width("mi", 10.0, Weight::Regular));
        assert!(width("", 10.0, Weight::Regular).abs() < 1e-12);
        assert!(width("\u{10FFFF}", 10.0, Weight::Regular) > 0.0);
    }

    #[test]
    fn what_is_cut_fits() {
        for room in [0.0, 5.0, 20.0, 50.0] {
            let cut = fitted("a long name of a player", 9.0, Weight::Bold, room);
            assert!(cut == "…" || width(&cut, 9.0, Weight::Bold) <= room);
        }
        assert_eq!(fitted("short", 9.0, Weight::Regular, 100.0), "short");
        let lines = wrapped("one two three four", 9.0, Weight::Regular, 45.0);
        assert!(lines.len() > 1 && lines.join(" ") == "one two three four");
    }
}
