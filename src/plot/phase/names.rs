//! Names of regions, each where it has most room.

use super::Face;
use crate::plot::faults::is_within;
use crate::plot::routes::distance_to;
use crate::plot::scene::{Anchor, Area, Baseline, Mark, Point, Text};
use crate::report::sweep::{BorderReport, Region};

/// Places that are tried across the extent of an outline, and down.
const TRIED: usize = 40;
/// Room around a name, in points.
const ROOM: f64 = 3.0;

/// The name of each outline that has room for it: in the place where it is farthest from every
/// line. O(outlines · places · corners).
pub(super) fn of(
    regions: &[(&Region, Face, Vec<Vec<Point>>)],
    borders: &[(&BorderReport, Vec<Vec<Point>>)],
) -> Vec<Mark> {
    let drawn: Vec<Vec<Point>> = borders.iter().flat_map(|(_, lines)| lines.clone()).collect();
    let mut marks = Vec::new();
    for (region, _, outlines) in regions {
        let Some(outcome) = &region.outcome else { continue };
        let text = Text::new([0.0; 2], outcome.clone()).bold();
        let text = text.held(Anchor::Middle, Baseline::Middle).with_halo();
        for outline in outlines {
            let placed = best(outline, outlines, &drawn, &text);
            marks.extend(placed.map(|at| Mark::Text(Text { at, ..text.clone() })));
        }
    }
    marks
}

/// The place within an outline where the box of a text is farthest from every line.
fn best(
    outline: &[Point],
    region: &[Vec<Point>],
    drawn: &[Vec<Point>],
    text: &Text,
) -> Option<Point> {
    let extent = Area::around(outline.iter().copied())?;
    let size = text.area();
    if extent.width() < size.width() || extent.height() < size.height() {
        return None;
    }
    let mut found: Option<(f64, Point)> = None;
    for across in 0..TRIED {
        for down in 0..TRIED {
            let part = |k: usize| (k as f64 + 0.5) / TRIED as f64;
            let at = [
                extent.left + part(across) * extent.width(),
                extent.top + part(down) * extent.height(),
            ];
            if !is_within(outline, at)
                || region.iter().filter(|o| is_within(o, at)).count() % 2 == 0
            {
                continue;
            }
            let area = Text { at, ..text.clone() }.area();
            let [edges, lines] = [clearance(region, area, true), clearance(drawn, area, false)];
            // Lines of other aspects may be covered where there is no other place.
            let room = edges.min(lines + 40.0).min(0.3 * edges + lines);
            if edges >= ROOM && found.is_none_or(|(most, _)| room > most) {
                found = Some((room, at));
            }
        }
    }
    found.map(|(_, at)| at)
}

/// How far lines are from a box; below 0 where one goes through it.
fn clearance(lines: &[Vec<Point>], area: Area, closed: bool) -> f64 {
    let mut least = f64::INFINITY;
    for line in lines {
        let last = line.len().saturating_sub(usize::from(!closed));
        for (k, from) in line.iter().enumerate().take(last) {
            let to = line[(k + 1) % line.len()];
            if area.meets(*from, to) {
                return -1.0;
            }
            let [x, y] = area.nearest(*from);
            least = least.min((x - from[0]).hypot(y - from[1]));
            let corners = [
                [area.left, area.top],
                [area.right, area.top],
                [area.left, area.bottom],
                [area.right, area.bottom],
            ];
            for corner in corners {
                least = least.min(distance_to(corner, *from, to));
            }
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_where_there_is_most_room_or_nowhere() {
        let text = Text::new([0.0; 2], "name").held(Anchor::Middle, Baseline::Middle);
        let outline = vec![[0.0, 0.0], [200.0, 0.0], [200.0, 100.0], [0.0, 100.0]];
        let region = [outline.clone()];
        let [x, y] = best(&outline, &region, &[], &text).unwrap();
        assert!((40.0..=160.0).contains(&x) && (y - 50.0).abs() < 5.0, "{x} {y}");
        let line = [vec![[0.0, 50.0], [200.0, 50.0]]];
        let [_, y] = best(&outline, &region, &line, &text).unwrap();
        assert!((y - 50.0).abs() > 15.0, "beside the line: {y}");
        let narrow = vec![[0.0, 0.0], [200.0, 0.0], [200.0, 5.0]];
        assert_eq!(best(&narrow, std::slice::from_ref(&narrow), &[], &text), None);
    }
}
