//! Borders between outcomes, and how much of the plane each outcome has.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{Piece, Segment, Sixths, cut};
use super::{Aspect, Cell, Grid, Place, Swept};

/// The border between two values of an aspect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Border {
    /// The aspect.
    pub aspect: Aspect,
    /// The values, the lower one first.
    pub between: [u16; 2],
    /// Its lines, each through the middles between neighbouring places that differ, and the
    /// centres of cells where it forks. A closed line ends where it begins.
    pub lines: Vec<Vec<Sixths>>,
}

/// How much of the plane has a value of an aspect, in smallest cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The aspect.
    pub aspect: Aspect,
    /// The value.
    pub value: u16,
    /// Cells that have it at all corners.
    pub least: u64,
    /// Cells that have it at some corner.
    pub most: u64,
}

impl Swept {
    /// The value at each corner of a cell; `None` outside of the model.
    fn values(&self, corners: &[Place], aspect: Aspect) -> Vec<Option<u16>> {
        corners
            .iter()
            .map(|place| self.points.get(place).map(|outcome| aspect.value(outcome)))
            .collect()
    }

    /// Every cell cut into pieces of one value each, and the lines between them. O(cells).
    pub fn cut(&self, grid: Grid, aspect: Aspect) -> (Vec<Piece>, Vec<Segment>) {
        let (mut pieces, mut segments) = (Vec::new(), Vec::new());
        for cell in &self.cells {
            let corners = cell.corners(grid);
            let (own, lines) = cut(&corners, &self.values(&corners, aspect));
            pieces.extend(own);
            segments.extend(lines);
        }
        (pieces, segments)
    }

    /// The borders of an aspect, each between two values, in order. O(cells · log).
    pub fn borders(&self, grid: Grid, aspect: Aspect) -> Vec<Border> {
        let mut between: BTreeMap<[u16; 2], Vec<[Sixths; 2]>> = BTreeMap::new();
        for segment in self.cut(grid, aspect).1 {
            if let [Some(a), Some(b)] = segment.between {
                between.entry([a.min(b), a.max(b)]).or_default().push(segment.ends);
            }
        }
        let border = |(between, segments): ([u16; 2], Vec<_>)| Border {
            aspect,
            between,
            lines: lines(&segments),
        };
        between.into_iter().map(border).collect()
    }

    /// How much of the plane each value of an aspect has, in order of values. O(cells).
    pub fn areas(&self, grid: Grid, aspect: Aspect) -> Vec<Area> {
        let mut areas: BTreeMap<u16, (u64, u64)> = BTreeMap::new();
        for cell in &self.cells {
            let values = self.values(&cell.corners(grid), aspect);
            let Some(mut inside) = values.into_iter().collect::<Option<Vec<u16>>>() else {
                continue;
            };
            inside.sort_unstable();
            inside.dedup();
            let units = grid.area(cell.level);
            for value in &inside {
                let (least, most) = areas.entry(*value).or_default();
                *least += if inside.len() == 1 { units } else { 0 };
                *most += units;
            }
        }
        let area = |(value, (least, most))| Area { aspect, value, least, most };
        areas.into_iter().map(area).collect()
    }

    /// The rim: cells of which a corner is outside of the model, in smallest cells. They are
    /// counted in no area.
    pub fn rim(&self, grid: Grid) -> u64 {
        let outside =
            |cell: &&Cell| cell.corners(grid).iter().any(|place| !self.points.contains_key(place));
        self.cells.iter().filter(outside).map(|cell| grid.area(cell.level)).sum()
    }
}

/// Joins segments to lines: from ends and forks first, then round what is closed.
fn lines(segments: &[[Sixths; 2]]) -> Vec<Vec<Sixths>> {
    let mut at: BTreeMap<Sixths, BTreeSet<usize>> = BTreeMap::new();
    for (number, ends) in segments.iter().enumerate() {
        for end in ends {
            at.entry(*end).or_default().insert(number);
        }
    }
    let ends: Vec<Sixths> =
        at.iter().filter(|(_, here)| here.len() != 2).map(|(end, _)| *end).collect();
    let rest: Vec<Sixths> = at.keys().copied().collect();
    let is_end: BTreeSet<Sixths> = ends.iter().copied().collect();
    let mut lines = Vec::new();
    for start in ends.into_iter().chain(rest) {
        while let Some(first) = take(&mut at, segments, start) {
            let mut line = vec![start, first];
            let mut here = first;
            while here != start && !is_end.contains(&here) {
                let Some(next) = take(&mut at, segments, here) else { break };
                line.push(next);
                here = next;
            }
            lines.push(line);
        }
    }
    lines
}

/// Takes the first segment that is left at a place; returns its other end.
fn take(
    at: &mut BTreeMap<Sixths, BTreeSet<usize>>,
    segments: &[[Sixths; 2]],
    here: Sixths,
) -> Option<Sixths> {
    let number = at.get_mut(&here)?.pop_first()?;
    let [a, b] = segments[number];
    let other = if a == here { b } else { a };
    at.get_mut(&other)?.remove(&number);
    Some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_joined_to_lines_and_rings() {
        let ring = [[[0, 0], [1, 0]], [[1, 1], [0, 1]], [[1, 0], [1, 1]], [[0, 1], [0, 0]]];
        assert_eq!(lines(&ring), [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]);
        let fork = [[[5, 5], [6, 6]], [[5, 5], [4, 6]], [[5, 4], [5, 5]], [[5, 3], [5, 4]]];
        let joined = lines(&fork);
        assert_eq!(joined.len(), 3);
        assert!(joined.contains(&vec![[5, 3], [5, 4], [5, 5]]), "{joined:?}");
    }
}
