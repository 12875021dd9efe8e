//! Circles close together that do not overlap.
//!
//! Method: greedy, in the order given, the largest first to be compact. The first is at the
//! origin; each next one touches one or two of those placed, where it is nearest to their
//! common middle. Cost: O(n⁴) at worst, of a few dozen circles. Wang et al. (2006) pack
//! circles in this manner.

use super::scene::Point;

/// Directions in which a circle is tried beside a single other one.
const DIRECTIONS: usize = 12;
/// By how much circles that touch may overlap on account of rounding.
const SLACK: f64 = 1e-6;

/// The centres of circles with these radii, at least `gap` apart.
pub(super) fn packed(radii: &[f64], gap: f64) -> Vec<Point> {
    let mut placed: Vec<Point> = Vec::with_capacity(radii.len());
    for (at, &radius) in radii.iter().enumerate() {
        let reach: Vec<f64> = radii[..at].iter().map(|other| other + radius + gap).collect();
        let middle = middle(&placed, &radii[..at]);
        let is_free = |p: &Point| {
            placed.iter().zip(&reach).all(|(q, reach)| distance(*p, *q) >= reach - SLACK)
        };
        let near = candidates(&placed, &reach).into_iter().filter(is_free);
        let best = near.min_by(|p, q| distance(*p, middle).total_cmp(&distance(*q, middle)));
        placed.push(best.unwrap_or([0.0, 0.0]));
    }
    placed
}

/// The places at which a circle touches one or two of those placed, and the origin of none.
fn candidates(placed: &[Point], reach: &[f64]) -> Vec<Point> {
    let mut found = Vec::new();
    for (i, (&p, &a)) in placed.iter().zip(reach).enumerate() {
        for direction in 0..DIRECTIONS {
            let (y, x) = (direction as f64 / DIRECTIONS as f64 * std::f64::consts::TAU).sin_cos();
            found.push([p[0] + a * x, p[1] + a * y]);
        }
        for (&q, &b) in placed[..i].iter().zip(reach) {
            let d = distance(p, q);
            let along = (a * a - b * b + d * d) / (2.0 * d);
            let aside = a * a - along * along;
            if d > 0.0 && aside >= 0.0 {
                let (ux, uy) = ((q[0] - p[0]) / d, (q[1] - p[1]) / d);
                for side in [aside.sqrt(), -aside.sqrt()] {
                    found.push([p[0] + along * ux - side * uy, p[1] + along * uy + side * ux]);
                }
            }
        }
    }
    found
}

/// The middle of circles, weighted by their areas.
fn middle(placed: &[Point], radii: &[f64]) -> Point {
    let total: f64 = radii.iter().map(|r| r * r).sum();
    let mean = |c: usize| placed.iter().zip(radii).map(|(p, r)| r * r * p[c]).sum::<f64>() / total;
    if total > 0.0 { [mean(0), mean(1)] } else { [0.0, 0.0] }
}

fn distance(p: Point, q: Point) -> f64 {
    (p[0] - q[0]).hypot(p[1] - q[1])
}

/// The convex hull of points, counter-clockwise as y points downwards (Andrew 1979).
/// O(n log n).
pub(super) fn hull(mut points: Vec<Point>) -> Vec<Point> {
    crate::order::sort_by(&mut points, |p, q| p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1])));
    let turns = |o: Point, a: Point, b: Point| {
        (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
    };
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., o, a] = chain[..] {
                if turns(o, a, point) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let lower = chain(&mut points.iter().copied());
    let upper = chain(&mut points.iter().rev().copied());
    [lower, upper].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_do_not_overlap_and_are_close() {
        for count in 1..25 {
            let radii: Vec<f64> = (0..count).map(|i| 40.0 / (1.0 + f64::from(i))).collect();
            let places = packed(&radii, 3.0);
            for i in 0..places.len() {
                for j in 0..i {
                    let room = distance(places[i], places[j]) - radii[i] - radii[j];
                    assert!(room >= 3.0 - 1e-5, "{i} {j}: {room}");
                }
            }
            let far = places.iter().map(|p| p[0].hypot(p[1])).fold(0.0, f64::max);
            assert!(far < 130.0, "{count}: {far}");
        }
    }

    #[test]
    fn a_hull_is_the_corners() {
        let points = vec![[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 2.0], [1.0, 0.0]];
        let hull = hull(points);
        assert_eq!(hull.len(), 4);
        assert!(!hull.contains(&[1.0, 1.0]));
    }
}
