//! A scene as SVG 1.1: text that is the same on every machine, without references to anything
//! outside of it.
//!
//! Numbers have at most two decimals. Every text carries its length, so a browser without
//! DejaVu Sans fits its own letters into the layout. `<title>` and `<desc>` tell the figure to
//! who cannot see it, the `<title>` of a group is its tooltip.

use super::font;
use super::scene::{Mark, Scene, Text, Weight};
use super::style::{Look, PAPER};

/// The scene as the text of an SVG file. O(marks).
pub fn svg(scene: &Scene) -> String {
    sized(scene, 1.0)
}

/// The same, `scale` times as large.
pub fn sized(scene: &Scene, scale: f64) -> String {
    let (w, h) = (number(scene.width), number(scene.height));
    let [width, height] = [scene.width, scene.height].map(|side| number(scale * side));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
         viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"{}\">\n",
        font::FAMILY
    );
    out.push_str(&format!("<title>{}</title>\n", escaped(&scene.title)));
    out.push_str(&format!("<desc>{}</desc>\n", escaped(&scene.description)));
    scene.marks.iter().for_each(|mark| write(mark, &mut out));
    out.push_str("</svg>\n");
    out
}

fn write(mark: &Mark, out: &mut String) {
    match mark {
        Mark::Path { points, closed, look } => {
            let places: Vec<String> =
                points.iter().map(|p| format!("{},{}", number(p[0]), number(p[1]))).collect();
            let element = if *closed { "polygon" } else { "polyline" };
            let (places, look) = (places.join(" "), attributes(look));
            out.push_str(&format!("<{element} points=\"{places}\"{look}/>\n"));
        }
        Mark::Circle { center: [x, y], radius, look } => {
            let (x, y, r, look) = (number(*x), number(*y), number(*radius), attributes(look));
            out.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{look}/>\n"));
        }
        Mark::Rectangle { area, look } => {
            let (x, y, look) = (number(area.left), number(area.top), attributes(look));
            let (w, h) = (number(area.width()), number(area.height()));
            out.push_str(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{look}/>\n"
            ));
        }
        Mark::Text(text) => write_text(text, out),
        Mark::Group(group) => {
            out.push_str(&format!("<g class=\"{}\">", escaped(&group.class)));
            if !group.title.is_empty() {
                out.push_str(&format!("<title>{}</title>", escaped(&group.title)));
            }
            out.push('\n');
            group.marks.iter().for_each(|mark| write(mark, out));
            out.push_str("</g>\n");
        }
    }
}

fn write_text(text: &Text, out: &mut String) {
    if text.content.is_empty() {
        return;
    }
    let [dx, dy] = text.offset();
    let (x, y) = (number(text.at[0] + dx), number(text.at[1] + dy));
    let (size, length) = (number(text.size), number(text.width()));
    let mut place = format!(
        " x=\"{x}\" y=\"{y}\" font-size=\"{size}\" textLength=\"{length}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\""
    );
    if text.weight == Weight::Bold {
        place.push_str(" font-weight=\"bold\"");
    }
    if text.rotation != 0.0 {
        let (angle, x, y) = (number(text.rotation), number(text.at[0]), number(text.at[1]));
        place.push_str(&format!(" transform=\"rotate({angle} {x} {y})\""));
    }
    let content = escaped(&text.content);
    if text.halo {
        // A text of its own: not every program knows of an order of painting.
        let (paper, rim) = (PAPER.hex(), number(halo(text)));
        out.push_str(&format!(
            "<text{place} aria-hidden=\"true\" fill=\"none\" stroke=\"{paper}\" \
             stroke-width=\"{rim}\" stroke-linejoin=\"round\">{content}</text>\n"
        ));
    }
    out.push_str(&format!("<text{place} fill=\"{}\">{content}</text>\n", text.color.hex()));
}

/// Width of the line that makes a text's rim.
pub(super) fn halo(text: &Text) -> f64 {
    0.28 * text.size
}

fn attributes(look: &Look) -> String {
    let mut out = String::new();
    match look.fill {
        Some(fill) => {
            out.push_str(&format!(" fill=\"{}\"", fill.color.hex()));
            if fill.opacity < 1.0 {
                out.push_str(&format!(" fill-opacity=\"{}\"", number(fill.opacity)));
            }
        }
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = look.stroke {
        let (color, width) = (stroke.color.hex(), number(stroke.width));
        out.push_str(&format!(
            " stroke=\"{color}\" stroke-width=\"{width}\" stroke-linejoin=\"round\""
        ));
        if stroke.opacity < 1.0 {
            out.push_str(&format!(" stroke-opacity=\"{}\"", number(stroke.opacity)));
        }
        let dashes: Vec<String> =
            stroke.dash.pattern(stroke.width).into_iter().map(number).collect();
        if !dashes.is_empty() {
            out.push_str(&format!(" stroke-dasharray=\"{}\"", dashes.join(" ")));
        }
    }
    out
}

/// A number with at most two decimals; what is no number is 0.
fn number(x: f64) -> String {
    let x = if x.is_finite() { x } else { 0.0 };
    let text = format!("{x:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".into() } else { short.to_owned() }
}

/// Text as XML takes it; control characters, which it does not take, are shown as �.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_written_safely() {
        assert_eq!(number(1.005), "1");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.5), "12.5");
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(escaped("<a & \"b\">\u{7}"), "&lt;a &amp; &quot;b&quot;&gt;\u{FFFD}");
    }

    #[test]
    fn a_scene_is_one_svg_element_with_title_and_description() {
        let mut scene = Scene::new(100.0, 50.0, "A < B");
        scene.description = "nothing & more".into();
        scene.add(Mark::group(
            "points",
            "the tip",
            vec![Mark::Text(Text::new([10.0, 10.0], "x").rotated(90.0).with_halo())],
        ));
        let text = svg(&scene);
        assert_eq!(text, svg(&scene), "the same each time");
        for part in [
            "viewBox=\"0 0 100 50\"",
            "role=\"img\"",
            "<title>A &lt; B</title>",
            "<desc>nothing &amp; more</desc>",
            "<g class=\"points\"><title>the tip</title>",
            "rotate(90 10 10)",
            "textLength=",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("href"), "no references");
    }
}
