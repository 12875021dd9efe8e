//! What is wrong with a figure's layout, for tests.

use super::scene::{Area, Mark, Point, Scene, Text};
use super::style::{Color, LEGIBLE, Look, PAPER};

impl Scene {
    /// What is wrong with the layout: texts that overlap each other, leave the sheet, or are hard to
    /// read on what is under them. A sound figure has none; tests hold every figure to that.
    pub fn faults(&self) -> Vec<String> {
        let texts = self.texts();
        let sheet = Area::new([0.0, 0.0], [self.width, self.height]);
        let mut faults = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            if !sheet.contains(text.area()) {
                faults.push(format!("{:?} leaves the sheet", text.content));
            }
            for other in &texts[at + 1..] {
                if text.overlaps(other) {
                    faults.push(format!("{:?} overlaps {:?}", text.content, other.content));
                }
            }
        }
        for (text, ground) in self.grounds() {
            let contrast = text.color.contrast(ground);
            if contrast < LEGIBLE {
                let (content, color) = (&text.content, text.color.hex());
                let ground = ground.hex();
                faults.push(format!("{content:?} in {color} on {ground}: contrast {contrast:.2}"));
            }
        }
        faults
    }

    /// Each text with the colour of the shapes under its middle.
    fn grounds(&self) -> Vec<(&Text, Color)> {
        let mut flat = Vec::new();
        flatten(&self.marks, &mut flat);
        let mut grounds = Vec::new();
        for (at, mark) in flat.iter().enumerate() {
            let Mark::Text(text) = mark else { continue };
            let [a, _, c, _] = text.corners();
            let middle = [f64::midpoint(a[0], c[0]), f64::midpoint(a[1], c[1])];
            let under = flat[..at].iter().filter_map(|mark| filled(mark, middle));
            let over = |ground: Color, (color, opacity): (Color, f64)| ground.mixed(color, opacity);
            grounds.push((text, under.fold(PAPER, over)));
        }
        grounds
    }
}

fn flatten<'a>(marks: &'a [Mark], flat: &mut Vec<&'a Mark>) {
    for mark in marks {
        match mark {
            Mark::Group(group) => flatten(&group.marks, flat),
            mark => flat.push(mark),
        }
    }
}

/// What a mark fills a place with.
fn filled(mark: &Mark, at: Point) -> Option<(Color, f64)> {
    let fill = |look: &Look| look.fill.map(|fill| (fill.color, fill.opacity));
    match mark {
        Mark::Path { points, closed: true, look } if is_within(points, at) => fill(look),
        Mark::Circle { center, radius, look } => {
            let far = (center[0] - at[0]).hypot(center[1] - at[1]);
            fill(look).filter(|_| far < *radius)
        }
        Mark::Rectangle { area, look } => fill(look).filter(|_| area.contains(Area::new(at, at))),
        _ => None,
    }
}

/// Whether a place is within an outline (even-odd).
pub(super) fn is_within(outline: &[Point], [x, y]: Point) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crosses = |(a, b): &(&Point, &Point)| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    outline.iter().zip(next).filter(crosses).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::style::{BLUE, INK, ORANGE};

    #[test]
    fn what_is_wrong_is_found() {
        let mut scene = Scene::new(200.0, 100.0, "faults");
        scene.add(Mark::circle([60.0, 50.0], 30.0, Look::filled(BLUE, 1.0)));
        scene.add(Mark::Text(Text::new([50.0, 50.0], "dark")));
        scene.add(Mark::Text(Text::new([120.0, 50.0], "pale").colored(ORANGE)));
        scene.add(Mark::Text(Text::new([190.0, 50.0], "beyond").colored(INK)));
        let faults = scene.faults();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults.iter().any(|fault| fault.contains("\"dark\" in #222222 on #0072b2")));
        assert!(faults.iter().any(|fault| fault.contains("\"pale\"")));
        assert!(faults.iter().any(|fault| fault.contains("\"beyond\" leaves the sheet")));
    }

    #[test]
    fn texts_beside_each_other_along_a_slope_do_not_overlap() {
        let slope = |x: f64, y: f64| Text::new([x, y], "a longer text").rotated(60.0);
        let (one, two) = (slope(50.0, 20.0), slope(70.0, 20.0));
        assert!(one.area().overlaps(two.area()) && !one.overlaps(&two));
        assert!(one.overlaps(&slope(55.0, 20.0)));
        assert!(one.overlaps(&one) && one.overlaps(&Text::new([60.0, 60.0], "crossing it")));
    }
}
