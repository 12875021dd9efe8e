//! Which cells to halve: the adaptive grid.
//!
//! **Definition.** Each place has an *outcome*. A cell is *divided* if outcomes at its corners
//! differ, if one of the places solved on its sides (corners of smaller cells beside it) differs
//! from them, or if one of them is outside the model. The grid is refined until no cell but the
//! smallest is divided.
//!
//! **What that gives.** A border between two outcomes that is seen anywhere, between two
//! neighbouring places, is followed through smallest cells until it closes or leaves the plane:
//! where it runs on through the side of a larger cell, the places on that side differ, so the
//! larger cell is halved too. What no corner of a coarse cell sees, an island or a tongue
//! narrower than a coarse cell, can be missed.
//!
//! **Method.** Rounds: solve the corners of new cells, all at once; halve what is divided.
//! **Cost.** Along a border of length ℓ sides O(ℓ · side) places are solved, against `side²` of
//! the full grid; a round looks at each cell once.

use std::collections::HashMap;

use super::lattice::{Cell, Grid, Place, middle};
use crate::error::Result;

/// The outcome at a place as far as cells are divided by it; `None` outside the model.
pub(super) type Key = Option<u128>;

/// Refines coarse cells of a plane, all of them or some, until none but the smallest is divided. `solve` is asked for
/// the outcomes of places, each once, in order; it returns `None` to stop.
pub(super) fn refine(
    grid: Grid,
    coarse: Vec<Cell>,
    mut solve: impl FnMut(&[Place]) -> Result<Option<Vec<Key>>>,
) -> Result<Option<Vec<Cell>>> {
    let mut known: HashMap<Place, Key> = HashMap::new();
    let mut cells = coarse;
    let mut fresh = cells.clone();
    loop {
        let corners = fresh.iter().flat_map(|cell| cell.corners(grid).to_vec());
        let mut places: Vec<Place> = corners.filter(|place| !known.contains_key(place)).collect();
        places.sort_unstable();
        places.dedup();
        let Some(keys) = solve(&places)? else { return Ok(None) };
        known.extend(places.into_iter().zip(keys));
        let (divided, whole): (Vec<Cell>, Vec<Cell>) = cells
            .into_iter()
            .partition(|cell| cell.level < grid.levels && !is_uniform(cell, grid, &known));
        cells = whole;
        if divided.is_empty() {
            cells.sort_unstable();
            return Ok(Some(cells));
        }
        fresh = divided.iter().flat_map(|cell| cell.children(grid)).collect();
        cells.extend(&fresh);
    }
}

/// Whether all that is known on a cell's sides is one outcome, within the model.
fn is_uniform(cell: &Cell, grid: Grid, known: &HashMap<Place, Key>) -> bool {
    let corners = cell.corners(grid);
    let outcome = |place: &Place| known.get(place).copied().flatten();
    let Some(first) = outcome(&corners[0]) else { return false };
    corners.iter().all(|corner| outcome(corner) == Some(first))
        && corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .all(|(&from, &to)| is_uniform_side(from, to, first, known))
}

/// Whether the places known between two are of this outcome. Where the one half-way is not
/// known, no other is: the cell beside is not halved.
fn is_uniform_side(from: Place, to: Place, first: u128, known: &HashMap<Place, Key>) -> bool {
    let Some(half) = middle(from, to) else { return true };
    match known.get(&half) {
        None => true,
        Some(key) => {
            *key == Some(first)
                && is_uniform_side(from, half, first, known)
                && is_uniform_side(half, to, first, known)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lattice::Outline;
    use super::*;

    const GRID: Grid = Grid { resolution: 4, levels: 4 };

    /// Refines with an outcome by formula; returns the cells and how many places were solved.
    fn refined(outline: Outline, outcome: impl Fn(Place) -> Key) -> (Vec<Cell>, usize) {
        let mut solved = 0;
        let cells = refine(GRID, GRID.coarse(outline), |places| {
            solved += places.len();
            Ok(Some(places.iter().map(|place| outcome(*place)).collect()))
        });
        (cells.unwrap().unwrap(), solved)
    }

    #[test]
    fn one_outcome_needs_the_coarse_cells_alone() {
        for (outline, cells, places) in [(Outline::Square, 16, 25), (Outline::Triangle, 16, 15)] {
            assert_eq!(refined(outline, |_| Some(7)).0.len(), cells);
            assert_eq!(refined(outline, |_| Some(7)).1, places);
        }
    }

    #[test]
    fn a_border_is_followed_through_smallest_cells_wherever_it_was_seen() {
        // A thin tongue from the left side, one place of the coarse grid in it: it is seen at
        // its root and followed to its tip, through cells whose corners all agree.
        let tongue = |[u, v]: Place| Some(u128::from(v.abs_diff(32) <= 1 && u < 50));
        let circle = |[u, v]: Place| Some(u128::from(u * u + v * v < 37 * 37));
        let outcomes: [&dyn Fn(Place) -> Key; 2] = [&tongue, &circle];
        for outcome in outcomes {
            let (cells, solved) = refined(Outline::Square, outcome);
            assert!(solved < 65 * 65 / 2, "{solved}");
            let smallest = |at: Place| {
                cells.contains(&Cell { at, level: 4, shape: super::super::lattice::Shape::Square })
            };
            for u in 0..64 {
                for v in 0..64 {
                    let corners = [[u, v], [u + 1, v], [u, v + 1], [u + 1, v + 1]].map(outcome);
                    if corners.iter().any(|key| *key != corners[0]) {
                        assert!(smallest([u, v]), "{u} {v}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_rim_of_the_model_is_halved_to_the_last() {
        let inside = |[u, v]: Place| (u > 0 && v > 0 && u + v < 64).then_some(1);
        let (cells, _) = refined(Outline::Triangle, inside);
        for cell in cells {
            let whole = cell.corners(GRID).iter().all(|place| inside(*place).is_some());
            assert!(whole || cell.level == GRID.levels);
        }
    }
}
