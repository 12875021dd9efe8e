//! The lattice under a plane: places with whole coordinates, and the cells between them.
//!
//! A side of the plane is divided into `resolution` coarse cells, each of which can be halved
//! `levels` times, so that the smallest cells are `1/(resolution · 2^levels)` of a side wide.
//! Places count those, so that halves are exact and no place is met twice under two names. A
//! triangle is half a square, cut by the line `u + v = side`; its cells point up or down.

use crate::error::{Error, Result};

/// A place: `[u, v]`, each from 0 to [`Grid::side`].
pub type Place = [u32; 2];

/// What a plane looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outline {
    /// `u` and `v` on their own.
    Square,
    /// `u + v` at most the side.
    Triangle,
}

/// How fine the cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Coarse cells a side.
    pub resolution: u32,
    /// How many times a cell can be halved.
    pub levels: u32,
}

impl Default for Grid {
    fn default() -> Self {
        Self { resolution: 16, levels: 4 }
    }
}

impl Grid {
    /// The most coarse cells a side.
    pub const MAX_RESOLUTION: u32 = 2048;
    /// The most smallest cells a side.
    pub const MAX_SIDE: u32 = 1 << 16;

    /// Checks that there are cells, and not too many.
    ///
    /// # Errors
    /// If there are none, or more than [`Grid::MAX_RESOLUTION`] or [`Grid::MAX_SIDE`] a side.
    pub fn validate(self) -> Result<()> {
        let most = Self::MAX_RESOLUTION;
        if !(1..=most).contains(&self.resolution) {
            let expected = format!("1 to {most} cells a side");
            return Err(Error::parameter("resolution", expected, self.resolution));
        }
        let fits = self.levels <= 16 && self.resolution <= Self::MAX_SIDE >> self.levels;
        if fits {
            return Ok(());
        }
        Err(Error::too_large(
            format!("{} cells a side, each halved {} times", self.resolution, self.levels),
            format!("{} of the smallest cells a side", Self::MAX_SIDE),
            "ask for fewer with --resolution or --refine",
        ))
    }

    /// The smallest cells a side.
    pub const fn side(self) -> u32 {
        self.resolution << self.levels
    }

    /// The width of a cell of a level, in smallest cells.
    pub const fn width(self, level: u32) -> u32 {
        1 << (self.levels - level)
    }

    /// The first level that has a corner at the place. O(levels).
    pub fn level_of(self, [u, v]: Place) -> u32 {
        let meets = |level: &u32| {
            let width = self.width(*level);
            u.is_multiple_of(width) && v.is_multiple_of(width)
        };
        (0..self.levels).find(meets).unwrap_or(self.levels)
    }

    /// The coarse cells, in order.
    pub fn coarse(self, outline: Outline) -> Vec<Cell> {
        let (n, width) = (self.resolution, self.width(0));
        let mut cells = Vec::new();
        for u in 0..n {
            for v in 0..n {
                let at = [u * width, v * width];
                let cell = |shape| Cell { at, level: 0, shape };
                match outline {
                    Outline::Square => cells.push(cell(Shape::Square)),
                    Outline::Triangle => {
                        if u + v < n {
                            cells.push(cell(Shape::Up));
                        }
                        if u + v + 1 < n {
                            cells.push(cell(Shape::Down));
                        }
                    }
                }
            }
        }
        cells
    }

    /// The area of a cell in areas of the smallest one. Those of all coarse cells, of a square
    /// and of a triangle alike, add up to `side²`.
    pub const fn area(self, level: u32) -> u64 {
        1 << (2 * (self.levels - level))
    }

    /// The area of the whole plane in areas of the smallest cell.
    pub const fn whole(self) -> u64 {
        (self.side() as u64).pow(2)
    }
}

/// The shape of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A square.
    Square,
    /// The half of a square with its least corner.
    Up,
    /// The half of a square with its greatest corner.
    Down,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The least `u` and the least `v` in it.
    pub at: Place,
    /// How many times a coarse cell was halved.
    pub level: u32,
    /// Its shape.
    pub shape: Shape,
}

/// The corners of a cell, counterclockwise.
#[derive(Debug, Clone, Copy)]
pub struct Corners {
    places: [Place; 4],
    count: usize,
}

impl std::ops::Deref for Corners {
    type Target = [Place];

    fn deref(&self) -> &[Place] {
        &self.places[..self.count]
    }
}

impl Cell {
    /// Its corners, counterclockwise.
    pub fn corners(&self, grid: Grid) -> Corners {
        let s = grid.width(self.level);
        let [u, v] = self.at;
        let (right, top, opposite) = ([u + s, v], [u, v + s], [u + s, v + s]);
        match self.shape {
            Shape::Square => Corners { places: [self.at, right, opposite, top], count: 4 },
            Shape::Up => Corners { places: [self.at, right, top, top], count: 3 },
            Shape::Down => Corners { places: [right, opposite, top, top], count: 3 },
        }
    }

    /// Whether a place is in it or on its edge.
    pub fn has(&self, place: Place, grid: Grid) -> bool {
        let s = grid.width(self.level);
        let [Some(u), Some(v)] = [0, 1].map(|c| place[c].checked_sub(self.at[c])) else {
            return false;
        };
        let half = match self.shape {
            Shape::Square => true,
            Shape::Up => u + v <= s,
            Shape::Down => u + v >= s,
        };
        u <= s && v <= s && half
    }

    /// The four cells that it is halved into; it must not be one of the smallest.
    pub fn children(&self, grid: Grid) -> [Cell; 4] {
        let level = self.level + 1;
        let h = grid.width(level);
        let [u, v] = self.at;
        let child = |right: u32, up: u32, shape| Cell { at: [u + right, v + up], level, shape };
        match self.shape {
            Shape::Square => {
                let square = |right, up| child(right, up, Shape::Square);
                [square(0, 0), square(0, h), square(h, 0), square(h, h)]
            }
            Shape::Up => [
                child(0, 0, Shape::Up),
                child(0, 0, Shape::Down),
                child(0, h, Shape::Up),
                child(h, 0, Shape::Up),
            ],
            Shape::Down => [
                child(0, h, Shape::Down),
                child(h, 0, Shape::Down),
                child(h, h, Shape::Up),
                child(h, h, Shape::Down),
            ],
        }
    }
}

/// The place half-way between two, where there is one.
pub fn middle([a, b]: Place, [c, d]: Place) -> Option<Place> {
    let (u, v) = (a + c, b + d);
    (u.is_multiple_of(2) && v.is_multiple_of(2)).then_some([u / 2, v / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the area within some corners.
    fn area(corners: &[Place]) -> i64 {
        let next = corners.iter().cycle().skip(1);
        let [u, v] = [0, 1].map(|c| move |p: &Place| i64::from(p[c]));
        corners.iter().zip(next).map(|(a, b)| u(a) * v(b) - u(b) * v(a)).sum()
    }

    #[test]
    fn cells_and_their_halves_cover_the_plane() {
        let grid = Grid { resolution: 3, levels: 2 };
        assert_eq!(grid.side(), 12);
        for (outline, whole) in [(Outline::Square, 288), (Outline::Triangle, 144)] {
            let mut cells = grid.coarse(outline);
            for level in 0..=2 {
                let sum: i64 = cells.iter().map(|c| area(&c.corners(grid))).sum();
                assert_eq!(sum, whole, "{outline:?} {level}");
                assert!(cells.iter().all(|c| area(&c.corners(grid)) > 0), "counterclockwise");
                let units: u64 = cells.iter().map(|c| grid.area(c.level)).sum();
                assert_eq!(units, grid.whole());
                if level < 2 {
                    cells = cells.iter().flat_map(|c| c.children(grid)).collect();
                }
            }
            cells.sort();
            cells.dedup();
            assert_eq!(cells.len(), 144, "no cell twice");
        }
    }

    #[test]
    fn a_place_belongs_to_the_first_level_that_meets_it() {
        let grid = Grid { resolution: 2, levels: 2 };
        let levels = [[0, 4], [4, 2], [6, 2], [1, 4], [8, 8], [3, 3]].map(|p| grid.level_of(p));
        assert_eq!(levels, [0, 1, 1, 2, 0, 2]);
        assert!(Grid { resolution: 0, levels: 1 }.validate().is_err());
        assert!(Grid { resolution: 2048, levels: 6 }.validate().is_err());
        assert!(Grid { resolution: 1, levels: 40 }.validate().is_err());
        Grid::default().validate().unwrap();
    }
}
