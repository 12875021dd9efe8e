//! Labels that never overlap.
//!
//! Method: greedy, in the order in which labels are placed, so the most important come first.
//! Each tries sixteen directions around what it names, nearest first, and takes the place that
//! costs least: distance, lines that it would cover, and turning away from where it would
//! rather be. If all of those are taken it goes to the nearest free place of the sheet, with a
//! leader line, and if there is none, below everything: [`Labeler::bottom`] says how far the
//! sheet must then reach. The same labels are placed the same way each time.
//! Cost: O(places · boxes) a label. Christensen, Marks & Shieber (1995) compare methods; this
//! one is their greedy one with a fallback that cannot fail.

use super::scene::{Anchor, Area, Baseline, Mark, Point, Text};
use super::style::{HAIRLINE, LEADING, MUTED, Stroke};

/// Distances that are tried, in points.
const RINGS: [f64; 11] = [2.0, 5.0, 9.0, 14.0, 20.0, 28.0, 38.0, 50.0, 66.0, 86.0, 110.0];
/// Directions that are tried, of a full turn.
const DIRECTIONS: usize = 16;
/// What covering a line costs, in points of distance.
const COVERED: f64 = 30.0;
/// What a leader that runs through a label costs.
const CROSSED: f64 = 60.0;
/// What turning right about from the preferred direction costs.
const TURNED: f64 = 14.0;
/// A label farther than this from what it names is tied to it by a line.
const TIED: f64 = 9.0;
/// Room around a label.
const ROOM: f64 = 1.0;
/// Steps of the search for any free place.
const STEP: f64 = 6.0;

/// What is to be written at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place that it names.
    pub at: Point,
    /// How far what is drawn there reaches.
    pub clearance: f64,
    /// What it says; where the texts are held does not matter.
    pub lines: Vec<Text>,
    /// Where from the place it would rather be, `[0, 0]` if it does not matter.
    pub toward: Point,
}

impl Label {
    /// A label without a preference.
    pub fn new(at: Point, clearance: f64, lines: Vec<Text>) -> Self {
        Self { at, clearance, lines, toward: [0.0, 0.0] }
    }

    /// The same with a preferred direction.
    #[must_use]
    pub fn toward(self, toward: Point) -> Self {
        Self { toward, ..self }
    }

    fn size(&self) -> [f64; 2] {
        let width = self.lines.iter().map(Text::width).fold(0.0, f64::max);
        let height = self.lines.iter().map(|line| line.size * LEADING).sum();
        [width, height]
    }

    /// The lines in a box, held at the side that faces the place.
    fn written(&self, area: Area, side: f64) -> Vec<Mark> {
        let (x, anchor) = match side {
            s if s > 0.5 => (area.left, Anchor::Start),
            s if s < -0.5 => (area.right, Anchor::End),
            _ => (area.center()[0], Anchor::Middle),
        };
        let mut top = area.top;
        let line = |line: &Text| {
            let height = line.size * LEADING;
            // The box of a text is lower than its line; what is left goes above and below.
            let at = [x, top + 0.5 * height];
            top += height;
            Mark::Text(Text { at, ..line.clone() }.held(anchor, Baseline::Middle).with_halo())
        };
        self.lines.iter().map(line).collect()
    }
}

/// Places labels on a sheet, one after the other.
#[derive(Debug, Clone)]
pub struct Labeler {
    sheet: Area,
    taken: Vec<Area>,
    discs: Vec<(Point, f64)>,
    lines: Vec<[Point; 2]>,
}

/// A box, the side of the place that it is on, and what it costs.
struct Candidate {
    area: Area,
    side: f64,
    cost: f64,
}

impl Labeler {
    /// Labels are to be in this part of the sheet.
    pub fn new(sheet: Area) -> Self {
        Self { sheet, taken: Vec::new(), discs: Vec::new(), lines: Vec::new() }
    }

    /// No label may touch this.
    pub fn occupy(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// No label may touch the disc about a place.
    pub fn occupy_disc(&mut self, center: Point, radius: f64) {
        self.discs.push((center, radius));
    }

    /// Labels had better not cover this line.
    pub fn avoid(&mut self, from: Point, to: Point) {
        self.lines.push([from, to]);
    }

    /// Labels had better not cover the outline of this polygon.
    pub fn avoid_outline(&mut self, points: &[Point]) {
        let next = points.iter().cycle().skip(1);
        self.lines.extend(points.iter().zip(next).map(|(&from, &to)| [from, to]));
    }

    /// The lowest place taken so far: the sheet must reach so far down.
    pub fn bottom(&self) -> f64 {
        self.taken.iter().map(|area| area.bottom).fold(self.sheet.bottom, f64::max)
    }

    /// The marks of a label in its place.
    pub fn place(&mut self, label: &Label) -> Vec<Mark> {
        let best = self.around(label).or_else(|| self.anywhere(label));
        let Candidate { area, side, .. } = best.unwrap_or_else(|| self.below(label));
        self.taken.push(area.grown(ROOM));
        let mut marks = Vec::new();
        if let Some([from, to]) = leader(label, area) {
            marks.push(Mark::line(from, to, Stroke::new(MUTED, HAIRLINE)));
        }
        marks.extend(label.written(area, side));
        marks
    }

    /// The cheapest free place near what it names.
    fn around(&self, label: &Label) -> Option<Candidate> {
        let [width, height] = label.size();
        let mut best: Option<Candidate> = None;
        for ring in RINGS {
            if best.as_ref().is_some_and(|best| best.cost <= ring) {
                break;
            }
            for direction in 0..DIRECTIONS {
                // From the upper right on: where labels are looked for first.
                let turn = (direction as f64 - 2.0) / DIRECTIONS as f64 * std::f64::consts::TAU;
                let (y, x) = turn.sin_cos();
                let reach = label.clearance + ring;
                let side = |c: f64| (1.5 * c).clamp(-1.0, 1.0);
                let middle = [
                    label.at[0] + x * reach + side(x) * 0.5 * width,
                    label.at[1] + y * reach + side(y) * 0.5 * height,
                ];
                let area = Area::new(middle, middle);
                let area = Area {
                    left: area.left - 0.5 * width,
                    right: area.right + 0.5 * width,
                    top: area.top - 0.5 * height,
                    bottom: area.bottom + 0.5 * height,
                };
                if !self.is_free(area) {
                    continue;
                }
                let length = label.toward[0].hypot(label.toward[1]);
                let away = if length > 0.0 {
                    1.0 - (x * label.toward[0] + y * label.toward[1]) / length
                } else {
                    0.05 * direction as f64
                };
                let cost = ring + 0.5 * TURNED * away + self.disturbance(label, area);
                if best.as_ref().is_none_or(|best| cost < best.cost) {
                    best = Some(Candidate { area, side: side(x), cost });
                }
            }
        }
        best
    }

    /// The free place of the sheet that is nearest.
    fn anywhere(&self, label: &Label) -> Option<Candidate> {
        let [width, height] = label.size();
        let steps = |from: f64, to: f64| {
            let count = if to >= from { ((to - from) / STEP) as usize + 1 } else { 0 };
            (0..count).map(move |step| from + step as f64 * STEP)
        };
        let mut best: Option<Candidate> = None;
        for top in steps(self.sheet.top, self.sheet.bottom - height) {
            for left in steps(self.sheet.left, self.sheet.right - width) {
                let area = Area::new([left, top], [left + width, top + height]);
                if self.is_free(area) {
                    let cost = distance(area, label.at) + self.disturbance(label, area);
                    if best.as_ref().is_none_or(|best| cost < best.cost) {
                        best = Some(Candidate { area, side: 0.0, cost });
                    }
                }
            }
        }
        best
    }

    /// Below everything, which is always free.
    fn below(&self, label: &Label) -> Candidate {
        let [width, height] = label.size();
        let (left, top) = (self.sheet.left, self.bottom() + ROOM);
        let area = Area::new([left, top], [left + width, top + height]);
        Candidate { area, side: 1.0, cost: f64::INFINITY }
    }

    fn is_free(&self, area: Area) -> bool {
        let room = area.grown(ROOM);
        self.sheet.contains(room)
            && !self.taken.iter().any(|taken| taken.overlaps(room))
            && self.discs.iter().all(|(center, radius)| distance(area, *center) >= *radius)
    }

    /// What the label would cover there.
    fn disturbance(&self, label: &Label, area: Area) -> f64 {
        let room = area.grown(ROOM);
        let covered = self.lines.iter().filter(|[from, to]| room.meets(*from, *to)).count();
        let crossed = match leader(label, area) {
            Some([from, to]) => self
                .taken
                .iter()
                .filter(|taken| taken.meets(from, to) && !taken.meets(label.at, label.at))
                .count(),
            None => 0,
        };
        COVERED * covered as f64 + CROSSED * crossed as f64
    }
}

fn distance(area: Area, place: Point) -> f64 {
    let near = area.nearest(place);
    (near[0] - place[0]).hypot(near[1] - place[1])
}

/// The line from a place to a box that is not beside it.
fn leader(label: &Label, area: Area) -> Option<[Point; 2]> {
    let gap = distance(area, label.at);
    if gap <= label.clearance + TIED {
        return None;
    }
    let to = area.nearest(label.at);
    let part = (label.clearance + 1.0) / gap;
    let from =
        [label.at[0] + part * (to[0] - label.at[0]), label.at[1] + part * (to[1] - label.at[1])];
    Some([from, to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::scene::Scene;

    /// A figure of labels on given places, and its faults.
    fn faults(places: &[Point], sheet: Area) -> Vec<String> {
        let mut labeler = Labeler::new(sheet);
        let mut scene = Scene::new(0.0, 0.0, "labels");
        places.iter().for_each(|&[x, y]| labeler.occupy(Area::new([x, y], [x, y]).grown(3.0)));
        for (i, &at) in places.iter().enumerate() {
            let lines = vec![
                Text::new([0.0, 0.0], format!("state {i}")).bold(),
                Text::new([0.0, 0.0], "12.5 %").sized(7.0),
            ];
            labeler.place(&Label::new(at, 4.0, lines)).into_iter().for_each(|m| scene.add(m));
        }
        (scene.width, scene.height) = (sheet.right, labeler.bottom());
        scene.faults()
    }

    #[test]
    fn labels_of_crowded_places_do_not_overlap() {
        let sheet = Area::new([0.0, 0.0], [400.0, 300.0]);
        for count in [1, 2, 5, 20, 60, 120] {
            let same: Vec<Point> = vec![[200.0, 150.0]; count];
            assert_eq!(faults(&same, sheet), [""; 0], "{count} at one place");
            let spread: Vec<Point> =
                (0..count).map(|i| [(i * 7919 % 400) as f64, (i * 104_729 % 300) as f64]).collect();
            assert_eq!(faults(&spread, sheet), [""; 0], "{count} spread");
        }
    }

    #[test]
    fn a_label_alone_stands_beside_its_place_on_the_side_it_likes() {
        let mut labeler = Labeler::new(Area::new([0.0, 0.0], [200.0, 200.0]));
        for (toward, x, y) in [([1.0, 0.0], 1, 0), ([-1.0, 0.0], -1, 0), ([0.0, -1.0], 0, -1)] {
            let label = Label::new([100.0, 100.0], 4.0, vec![Text::new([0.0; 2], "here")]);
            let marks = labeler.clone().place(&label.toward(toward));
            let [Mark::Text(text)] = &marks[..] else { panic!("no leader: {marks:?}") };
            let middle = text.area().center();
            assert_eq!(((middle[0] - 100.0) / 10.0) as i32 * x >= 1, x != 0, "{middle:?}");
            assert_eq!(((middle[1] - 100.0) / 6.0) as i32 * y >= 1, y != 0, "{middle:?}");
        }
        // A line in the way is not covered.
        labeler.avoid([100.0, 100.0], [200.0, 0.0]);
        let label = Label::new([100.0, 100.0], 4.0, vec![Text::new([0.0; 2], "here")]);
        let marks = labeler.place(&label);
        let Some(Mark::Text(text)) = marks.last() else { panic!() };
        assert!(!text.area().meets([100.0, 100.0], [200.0, 0.0]));
    }
}
