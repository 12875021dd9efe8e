//! What is on each side of a border, written along it.

use crate::plot::faults::is_within;
use crate::plot::scene::{Anchor, Baseline, Mark, Point, Text};
use crate::plot::style::SMALL;

/// Places along a line where labels are tried, as parts of its length, the best first.
const PLACES: [f64; 9] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
/// How far a line may be from straight under a label, in points.
const STRAIGHT: f64 = 7.0;
/// How much of a line is beside a label, in widths of it.
const STRETCHED: [f64; 4] = [1.0, 1.25, 1.6, 2.1];
/// From the line to the middle of a label.
const ASIDE: f64 = 0.5 * SMALL + 2.2;

/// All of a plane with one outcome: what is written on it, and its outlines on the sheet.
pub(super) struct Ground {
    pub(super) words: String,
    pub(super) outlines: Vec<Vec<Point>>,
}

impl Ground {
    fn contains(&self, at: Point) -> bool {
        self.outlines.iter().filter(|outline| is_within(outline, at)).count() % 2 == 1
    }
}

/// A line between two grounds.
pub(super) struct Line<'a> {
    pub(super) points: &'a [Point],
    pub(super) between: [&'a Ground; 2],
}

/// A pair of labels for each line that has room for them beside what is `taken`. They are in the
/// grounds that they name, along the line, over none of the `main` lines and, where there is a choice,
/// over none of the others. O(lines · (texts + corners)).
pub(super) fn of(
    lines: &[Line],
    [main, others]: [&[&[Point]]; 2],
    mut taken: Vec<Text>,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for line in lines {
        let is_free = |pair: &[Text; 2]| {
            pair.iter().all(|text| {
                !taken.iter().any(|other| other.overlaps(text))
                    && !main.iter().any(|line| runs_under(line, text))
            })
        };
        let free: Vec<[Text; 2]> =
            PLACES.iter().filter_map(|&part| pair(line, part)).filter(is_free).collect();
        let covered = |pair: &&[Text; 2]| {
            pair.iter().map(|text| others.iter().filter(|o| runs_under(o, text)).count()).sum()
        };
        let Some(best) = free.iter().min_by_key(|pair| -> usize { covered(pair) }) else {
            continue;
        };
        taken.extend(best.iter().cloned());
        let words = format!("{} | {}", line.between[0].words, line.between[1].words);
        marks.push(Mark::group("sides", words, best.iter().cloned().map(Mark::Text).collect()));
    }
    marks
}

/// The labels on both sides of a place on a line; `None` if it bends there, or they do not fit into
/// their grounds.
fn pair(line: &Line, part: f64) -> Option<[Text; 2]> {
    let texts = line.between.map(|ground| Text::new([0.0; 2], ground.words.clone()).sized(SMALL));
    let width = texts.iter().map(Text::width).fold(0.0, f64::max);
    let middle = part * length(line.points);
    // Of a line in steps it takes more for a text of this width.
    let stretch = |more: &f64| {
        let half = 0.5 * more * width;
        let (from, to) = (at(line.points, middle - half)?, at(line.points, middle + half)?);
        let d = [to.1[0] - from.1[0], to.1[1] - from.1[1]];
        let chord = d[0].hypot(d[1]);
        (chord >= 0.95 * width).then_some((from, to, d, chord))
    };
    let (from, to, d, chord) = STRETCHED.iter().find_map(stretch)?;
    // Text is read from the left, or upwards.
    let turned = if d[0] > 1e-9 || (d[0].abs() <= 1e-9 && d[1] < 0.0) { 1.0 } else { -1.0 };
    let along = [turned * d[0] / chord, turned * d[1] / chord];
    let up = [along[1], -along[0]];
    // How far the line is above and below its chord.
    let inner = line.points.get(from.0 + 1..=to.0).unwrap_or_default();
    let above = inner.iter().map(|p| (p[0] - from.1[0]) * up[0] + (p[1] - from.1[1]) * up[1]);
    let [high, low] = above.fold([0.0f64, 0.0f64], |[high, low], a| [high.max(a), low.max(-a)]);
    if high.max(low) > STRAIGHT {
        return None;
    }
    let center = [f64::midpoint(from.1[0], to.1[0]), f64::midpoint(from.1[1], to.1[1])];
    let placed = |text: &Text, aside: f64| {
        let at = [center[0] + aside * up[0], center[1] + aside * up[1]];
        let text = text.clone().held(Anchor::Middle, Baseline::Middle).with_halo();
        Text { at, ..text }.rotated(along[1].atan2(along[0]).to_degrees())
    };
    let (over, under) = (high + ASIDE, -low - ASIDE);
    [[over, under], [under, over]].into_iter().find_map(|[a, b]| {
        let pair = [placed(&texts[0], a), placed(&texts[1], b)];
        let fits = pair.iter().zip(line.between).all(|(text, ground)| is_in(text, ground));
        fits.then_some(pair)
    })
}

fn is_in(text: &Text, ground: &Ground) -> bool {
    let corners = text.corners();
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let mut rim = sides.flat_map(|(a, b)| {
        [0.0, 0.25, 0.5, 0.75].map(|t| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
    });
    rim.all(|at| ground.contains(at))
}

/// Whether a line runs under a text.
fn runs_under(line: &[Point], text: &Text) -> bool {
    let corners = text.corners();
    let turns = |o: Point, a: Point, b: Point| {
        (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]) > 0.0
    };
    let crosses = |a: Point, b: Point, c: Point, d: Point| {
        turns(a, b, c) != turns(a, b, d) && turns(c, d, a) != turns(c, d, b)
    };
    line.windows(2).any(|two| {
        let sides = corners.iter().zip(corners.iter().cycle().skip(1));
        is_within(&corners, two[0])
            || sides.into_iter().any(|(&c, &d)| crosses(two[0], two[1], c, d))
    })
}

pub(super) fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|two| (two[1][0] - two[0][0]).hypot(two[1][1] - two[0][1])).sum()
}

/// The place so far along a line, with the segment that it is on; `None` beyond its ends.
fn at(line: &[Point], far: f64) -> Option<(usize, Point)> {
    let mut left = far;
    for (k, two) in line.windows(2).enumerate() {
        let step = (two[1][0] - two[0][0]).hypot(two[1][1] - two[0][1]);
        if left >= 0.0 && left <= step && step > 0.0 {
            return Some((k, [0, 1].map(|c| two[0][c] + left / step * (two[1][c] - two[0][c]))));
        }
        left -= step;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(words: &str, [left, right]: [f64; 2]) -> Ground {
        let outline = vec![[left, 0.0], [right, 0.0], [right, 100.0], [left, 100.0]];
        Ground { words: words.into(), outlines: vec![outline] }
    }

    #[test]
    fn each_label_is_on_its_own_side_along_the_border() {
        let (left, right) = (ground("balanced", [0.0, 50.0]), ground("contested", [50.0, 100.0]));
        for points in [[[50.0, 0.0], [50.0, 100.0]], [[50.0, 100.0], [50.0, 0.0]]] {
            let lines = [Line { points: &points, between: [&left, &right] }];
            let marks = of(&lines, [&[], &[]], Vec::new());
            let [Mark::Group(group)] = &marks[..] else { panic!("{marks:?}") };
            assert_eq!(group.title, "balanced | contested");
            let [Mark::Text(a), Mark::Text(b)] = &group.marks[..] else { panic!("{group:?}") };
            assert!(a.area().right <= 50.0 && b.area().left >= 50.0, "{a:?} {b:?}");
            assert!((a.rotation + 90.0).abs() < 1e-9, "read upwards: {}", a.rotation);
            // What is taken is left alone.
            let taken = vec![Text::new([0.0, 50.0], "mmmmmmmmmmmmmmmmmm").rotated(0.0)];
            for mark in of(&lines, [&[], &[]], taken.clone()) {
                let Mark::Group(group) = mark else { panic!() };
                for mark in group.marks {
                    assert!(matches!(mark, Mark::Text(text) if !text.overlaps(&taken[0])));
                }
            }
        }
        // No room for one of them, or a line too short: none at all.
        let narrow = ground("contested", [50.0, 54.0]);
        let points = [[50.0, 0.0], [50.0, 100.0]];
        assert!(
            of(&[Line { points: &points, between: [&left, &narrow] }], [&[], &[]], vec![])
                .is_empty()
        );
        let points = [[50.0, 40.0], [50.0, 60.0]];
        assert!(
            of(&[Line { points: &points, between: [&left, &right] }], [&[], &[]], vec![])
                .is_empty()
        );
    }
}
