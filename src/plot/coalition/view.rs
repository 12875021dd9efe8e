//! From shares of the surplus to places on the sheet.
//!
//! Imputations are a regular simplex: three players' a triangle with the first at the top, four
//! players' a tetrahedron with the fourth at the top, seen from a little above and turned so
//! that no corner hides another and one edge alone is behind. The projection is parallel, so a
//! place is the mean of the corners' places, weighted by the shares.

use crate::plot::scene::{Area, Point};

/// Where the corners are: x to the right, y downwards, and towards who looks.
pub(super) struct View {
    corners: Vec<[f64; 3]>,
}

/// Where the corners of the tetrahedron's base are about its middle, in degrees.
const BASE: [f64; 3] = [170.0, 290.0, 50.0];
/// How far from above it is seen, in degrees.
const ELEVATION: f64 = 15.0;

impl View {
    /// A view in which all of these shares are within a part of the sheet, the corners always.
    pub(super) fn new<'a>(
        players: usize,
        shares: impl IntoIterator<Item = &'a [f64]>,
        into: Area,
    ) -> Self {
        let mut view = Self { corners: if players == 3 { triangle() } else { tetrahedron() } };
        let corners = view.corners.iter().map(|c| [c[0], c[1]]).collect::<Vec<Point>>();
        let places = shares.into_iter().map(|shares| view.place(shares));
        let extent = Area::around(corners.into_iter().chain(places)).unwrap_or(into);
        let scale = (into.width() / extent.width()).min(into.height() / extent.height());
        let ([x, y], [to_x, to_y]) = (extent.center(), into.center());
        for corner in &mut view.corners {
            *corner =
                [to_x + scale * (corner[0] - x), to_y + scale * (corner[1] - y), scale * corner[2]];
        }
        view
    }

    /// The place of these shares.
    pub(super) fn place(&self, shares: &[f64]) -> Point {
        let [x, y, _] = self.space(shares);
        [x, y]
    }

    /// The same with how near it is.
    pub(super) fn space(&self, shares: &[f64]) -> [f64; 3] {
        let mut at = [0.0; 3];
        for (corner, share) in self.corners.iter().zip(shares) {
            at.iter_mut().zip(corner).for_each(|(sum, c)| *sum += share * c);
        }
        at
    }

    /// The place of a corner.
    pub(super) fn corner(&self, player: usize) -> Point {
        [self.corners[player][0], self.corners[player][1]]
    }

    /// The middle of the simplex.
    pub(super) fn center(&self) -> Point {
        self.place(&vec![1.0 / self.corners.len() as f64; self.corners.len()])
    }
}

/// Whether a face of a body is seen: its normal, which points away from the body's middle,
/// points to who looks.
pub(super) fn is_seen(face: &[[f64; 3]], middle: [f64; 3]) -> bool {
    let [a, b, c] = [face[0], face[1], face[2]];
    let minus = |p: [f64; 3], q: [f64; 3]| [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
    let (u, v) = (minus(b, a), minus(c, a));
    let normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    let out = minus(a, middle);
    let outward: f64 = normal.iter().zip(out).map(|(n, o)| n * o).sum();
    normal[2] * outward > 0.0
}

fn triangle() -> Vec<[f64; 3]> {
    let half = 3f64.sqrt() / 2.0;
    vec![[0.0, -1.0, 0.0], [-half, 0.5, 0.0], [half, 0.5, 0.0]]
}

fn tetrahedron() -> Vec<[f64; 3]> {
    let (up, flat) = ELEVATION.to_radians().sin_cos();
    // A point at depth `back` and height `z`, seen from above.
    let seen = |x: f64, back: f64, z: f64| [x, -(z * flat + back * up), z * up - back * flat];
    let mut corners: Vec<[f64; 3]> = BASE
        .iter()
        .map(|degrees| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            seen(cos, sin, 0.0)
        })
        .collect();
    corners.push(seen(0.0, 0.0, 2f64.sqrt()));
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tetrahedron_is_regular_and_one_edge_is_behind() {
        let corners = tetrahedron();
        let mut hidden = 0;
        for a in 0..4 {
            for b in 0..a {
                let length: f64 =
                    (0..3).map(|k| (corners[a][k] - corners[b][k]).powi(2)).sum::<f64>().sqrt();
                assert!((length - 3f64.sqrt()).abs() < 1e-12);
                let faces = (0..4).filter(|c| *c != a && *c != b);
                let seen = faces.filter(|c| {
                    let face = [corners[a], corners[b], corners[*c]];
                    is_seen(&face, [0, 1, 2].map(|k| corners.iter().map(|c| c[k] / 4.0).sum()))
                });
                hidden += usize::from(seen.count() == 0);
            }
        }
        assert_eq!(hidden, 1);
    }

    #[test]
    fn everything_is_within_the_part_of_the_sheet() {
        let into = Area::new([10.0, 20.0], [210.0, 170.0]);
        let outside = [1.5, -0.25, -0.25];
        let view = View::new(3, [&outside[..]], into);
        let [x, y] = view.place(&outside);
        assert!(into.grown(1e-9).contains(Area::new([x, y], [x, y])));
        let [x, y] = view.corner(1);
        assert!(into.grown(1e-9).contains(Area::new([x, y], [x, y])));
    }
}
