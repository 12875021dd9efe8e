//! Ways between circles around the circles in between.
//!
//! Method: a visibility graph (Lozano-Pérez & Wesley 1979) whose corners stand around each circle, a
//! little off it; the shortest way over corners that see each other (Dijkstra 1959), its corners
//! rounded. A stretch that was taken counts as longer for the next one, so that ways spread.
//! Cost: O(corners² · circles) once, O(corners²) a way, of a few hundred corners.

use super::scene::Point;

/// Corners around a circle.
const CORNERS: usize = 20;
/// The farthest a way keeps from a circle, in points.
const APART: f64 = 4.0;
/// By how much a stretch counts as longer for each way that takes it.
const TAKEN: f64 = 0.15;
/// What rounding may do, in points.
const SLACK: f64 = 1e-6;

/// A centre and a radius.
pub(super) type Circle = (Point, f64);

/// The ways between some circles.
pub(super) struct Routes<'a> {
    circles: &'a [Circle],
    /// How far ways keep from each circle.
    apart: f64,
    corners: Vec<Point>,
    /// The corners that each sees, how far they are, and how many ways lead there.
    seen: Vec<Vec<(usize, f64)>>,
    taken: Vec<Vec<usize>>,
}

impl<'a> Routes<'a> {
    /// Around circles that do not overlap.
    pub(super) fn new(circles: &'a [Circle]) -> Self {
        let gaps = circles
            .iter()
            .enumerate()
            .flat_map(|(i, a)| circles[..i].iter().map(|b| distance(a.0, b.0) - a.1 - b.1));
        // Half of the narrowest gap and less, so that there is a way through each.
        let apart = gaps.fold(APART / 0.4, f64::min).max(0.0) * 0.4;
        let mut routes =
            Self { circles, apart, corners: Vec::new(), seen: Vec::new(), taken: Vec::new() };
        let reach = 1.0 / (std::f64::consts::PI / CORNERS as f64).cos();
        for &(center, radius) in circles {
            let corner = |k: usize| -> Point {
                let (y, x) = (k as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
                let far = (radius + apart) * reach;
                [center[0] + far * x, center[1] + far * y]
            };
            let outside = (0..CORNERS).map(corner).filter(|&at| routes.is_clear(at, at, &[]));
            let outside: Vec<Point> = outside.collect();
            routes.corners.extend(outside);
        }
        let sees = |from: usize, to: usize| {
            let (a, b) = (routes.corners[from], routes.corners[to]);
            (from != to && routes.is_clear(a, b, &[])).then(|| (to, distance(a, b)))
        };
        let all = 0..routes.corners.len();
        let seen: Vec<Vec<_>> =
            all.clone().map(|from| all.clone().filter_map(|to| sees(from, to)).collect()).collect();
        routes.taken = seen.iter().map(|of: &Vec<_>| vec![0; of.len()]).collect();
        routes.seen = seen;
        routes
    }

    /// Whether a segment keeps off all circles but these.
    fn is_clear(&self, from: Point, to: Point, but: &[usize]) -> bool {
        let others = self.circles.iter().enumerate().filter(|(k, _)| !but.contains(k));
        others.into_iter().all(|(_, (center, radius))| {
            distance_to(*center, from, to) >= radius + self.apart - SLACK
        })
    }

    /// Whether a line between two circles keeps off all others.
    pub(super) fn clears(&self, line: &[Point], ends: [usize; 2]) -> bool {
        line.windows(2).all(|two| self.is_clear(two[0], two[1], &ends))
    }

    /// The way from the rim of one circle to that of another; `None` if there is none.
    pub(super) fn way(&mut self, a: usize, b: usize) -> Option<Vec<Point>> {
        let [from, to] = [a, b].map(|end| self.circles[end].0);
        let count = self.corners.len();
        let mut far = vec![f64::INFINITY; count];
        let mut before = vec![None; count];
        let mut done = vec![false; count];
        for (k, &corner) in self.corners.iter().enumerate() {
            if self.is_clear(from, corner, &[a]) {
                far[k] = distance(from, corner);
            }
        }
        while let Some(next) = (0..count)
            .filter(|&k| !done[k] && far[k].is_finite())
            .min_by(|&i, &j| far[i].total_cmp(&far[j]))
        {
            done[next] = true;
            for (at, &(k, length)) in self.seen[next].iter().enumerate() {
                let length = length * (1.0 + TAKEN * self.taken[next][at] as f64);
                if far[next] + length < far[k] {
                    (far[k], before[k]) = (far[next] + length, Some((next, at)));
                }
            }
        }
        let ends = (0..count).filter(|&k| far[k].is_finite());
        let ends = ends.filter(|&k| self.is_clear(self.corners[k], to, &[b]));
        let whole = |k: usize| far[k] + distance(self.corners[k], to);
        let mut at = ends.min_by(|&i, &j| whole(i).total_cmp(&whole(j)))?;
        let mut points = vec![to, self.corners[at]];
        while let Some((previous, edge)) = before[at] {
            self.taken[previous][edge] += 1;
            points.push(self.corners[previous]);
            at = previous;
        }
        points.push(from);
        points.reverse();
        let rounded = rounded(&rounded(&points));
        Some(clipped(rounded, [self.circles[a], self.circles[b]]))
    }
}

/// A line with its corners cut, on both sides by the same length.
fn rounded(line: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = line.first().copied().into_iter().collect();
    for three in line.windows(3) {
        let [before, corner, after] = [three[0], three[1], three[2]];
        let cut = 0.25 * distance(before, corner).min(distance(corner, after));
        for other in [before, after] {
            let part = cut / distance(other, corner).max(f64::MIN_POSITIVE);
            points.push([0, 1].map(|c| corner[c] + part * (other[c] - corner[c])));
        }
    }
    points.extend(line.last());
    points
}

/// What of a line from centre to centre is outside of both circles.
fn clipped(mut line: Vec<Point>, [a, b]: [Circle; 2]) -> Vec<Point> {
    for (center, radius) in [a, b] {
        while line.len() > 2 && distance(line[1], center) <= radius {
            line.remove(0);
        }
        if let [first, second, ..] = &mut line[..] {
            // Along the segment to where it leaves the circle.
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..40 {
                let middle = f64::midpoint(low, high);
                let at = [0, 1].map(|c| first[c] + middle * (second[c] - first[c]));
                if distance(at, center) < radius { low = middle } else { high = middle }
            }
            *first = [0, 1].map(|c| first[c] + high * (second[c] - first[c]));
        }
        line.reverse();
    }
    line
}

fn distance(p: Point, q: Point) -> f64 {
    (p[0] - q[0]).hypot(p[1] - q[1])
}

/// From a place to a segment.
pub(super) fn distance_to(at: Point, from: Point, to: Point) -> f64 {
    let d = [to[0] - from[0], to[1] - from[1]];
    let length = d[0] * d[0] + d[1] * d[1];
    let part = if length > 0.0 {
        (((at[0] - from[0]) * d[0] + (at[1] - from[1]) * d[1]) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (from[0] + part * d[0] - at[0]).hypot(from[1] + part * d[1] - at[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::packing::packed;

    #[test]
    fn ways_go_around_circles_from_rim_to_rim() {
        for count in 3..13 {
            let radii: Vec<f64> = (0..count).map(|i| 40.0 / (1.0 + f64::from(i))).collect();
            let places = packed(&radii, 5.0);
            let circles: Vec<Circle> = places.into_iter().zip(radii).collect();
            let mut routes = Routes::new(&circles);
            for a in 0..circles.len() {
                for b in 0..a {
                    let way = routes.way(a, b).unwrap();
                    let ends = [way[0], way[way.len() - 1]];
                    for (at, (center, radius)) in ends.into_iter().zip([circles[a], circles[b]]) {
                        assert!((distance(at, center) - radius).abs() < 1e-6, "{a} {b}");
                    }
                    for (k, (center, radius)) in circles.iter().enumerate() {
                        let near = way.windows(2).map(|two| distance_to(*center, two[0], two[1]));
                        let near = near.fold(f64::INFINITY, f64::min);
                        assert!(near >= radius - 1e-6, "{a} {b} through {k}: {near} {radius}");
                    }
                }
            }
        }
    }
}
