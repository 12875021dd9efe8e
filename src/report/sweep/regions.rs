//! The plane as regions of one outcome each: what a figure fills.

use std::collections::{BTreeMap, BTreeSet};

use super::SweepReport;
use crate::sweep::{Aspect, Piece, SIXTHS, Sixths};

/// All of the plane that has one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// The outcome; `None` outside of the model.
    pub outcome: Option<String>,
    /// What number the outcome is, in the order in which aspects list theirs.
    pub value: Option<u16>,
    /// Its outlines, in parts of the plane's side from 0 to 1: counterclockwise around it,
    /// clockwise around its holes.
    pub outlines: Vec<Vec<[f64; 2]>>,
}

impl SweepReport {
    /// The regions of an aspect, in order of outcomes. O(cells · width / smallest width).
    /// Nothing where cells and points do not belong together.
    pub fn regions(&self, aspect: Aspect) -> Vec<Region> {
        let Ok(swept) = self.swept() else { return Vec::new() };
        let mut by_value: BTreeMap<Option<u16>, Vec<Piece>> = BTreeMap::new();
        for piece in swept.cut(self.grid(), aspect).0 {
            by_value.entry(piece.value).or_default().push(piece);
        }
        let states = &self.settings.system.states;
        let id = |state: usize| states.get(state).map_or(String::new(), |s| s.id.clone());
        let unit = 1.0 / f64::from(self.grid().side() * SIXTHS);
        let scaled = |outline: Vec<Sixths>| {
            outline.into_iter().map(|at| at.map(|c| f64::from(c) * unit)).collect()
        };
        by_value
            .into_iter()
            .map(|(value, pieces)| Region {
                outcome: value.map(|value| aspect.told(value, id)),
                value,
                outlines: outlines(&pieces).into_iter().map(scaled).collect(),
            })
            .collect()
    }
}

/// The outlines of pieces put together: edges that two of them share, in both directions, go
/// away, the rest are joined; corners on a straight line are left out.
fn outlines(pieces: &[Piece]) -> Vec<Vec<Sixths>> {
    let mut edges: BTreeSet<(Sixths, Sixths)> = BTreeSet::new();
    for piece in pieces {
        let next = piece.outline.iter().cycle().skip(1);
        for (&from, &to) in piece.outline.iter().zip(next) {
            for (from, to) in steps(from, to) {
                if !edges.remove(&(to, from)) {
                    edges.insert((from, to));
                }
            }
        }
    }
    let mut outlines = Vec::new();
    while let Some((start, mut here)) = edges.pop_first() {
        let mut outline = vec![start];
        while here != start {
            outline.push(here);
            let next = edges.range((here, [0, 0])..=(here, [u32::MAX; 2])).next().copied();
            let Some(edge) = next else { break };
            edges.remove(&edge);
            here = edge.1;
        }
        outlines.push(straightened(&outline));
    }
    outlines
}

/// An edge in steps of half a smallest cell, so that edges of larger and of smaller cells are
/// made of the same ones. Edges within a cell are their own only step.
fn steps(from: Sixths, to: Sixths) -> Vec<(Sixths, Sixths)> {
    let half = i64::from(SIXTHS / 2);
    let delta = [0, 1].map(|c| i64::from(to[c]) - i64::from(from[c]));
    let along = from.iter().chain(&to).all(|c| i64::from(*c) % half == 0)
        && (delta[0] == 0 || delta[1] == 0 || delta[0] == -delta[1]);
    let count = delta[0].abs().max(delta[1].abs()) / half;
    if !along || count < 2 {
        return vec![(from, to)];
    }
    let at = |k: i64| [0, 1].map(|c| (i64::from(from[c]) + delta[c] / count * k) as u32);
    (0..count).map(|k| (at(k), at(k + 1))).collect()
}

/// The corners of an outline that are not on the line between those beside them.
fn straightened(outline: &[Sixths]) -> Vec<Sixths> {
    let n = outline.len();
    let bends = |i: &usize| {
        let [a, b, c] =
            [outline[(i + n - 1) % n], outline[*i], outline[(i + 1) % n]].map(|p| p.map(i64::from));
        (b[0] - a[0]) * (c[1] - b[1]) != (b[1] - a[1]) * (c[0] - b[0])
    };
    (0..n).filter(bends).map(|i| outline[i]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(u: u32, v: u32, width: u32) -> Piece {
        let (u, v, w) = (6 * u, 6 * v, 6 * width);
        Piece { value: Some(0), outline: vec![[u, v], [u + w, v], [u + w, v + w], [u, v + w]] }
    }

    #[test]
    fn cells_of_all_sizes_are_put_together_with_their_holes() {
        let pieces = [square(0, 0, 2), square(2, 0, 1), square(2, 1, 1)];
        assert_eq!(outlines(&pieces), [[[0, 0], [18, 0], [18, 12], [0, 12]]]);
        let ring = (0..9).filter(|k| *k != 4).map(|k| square(k % 3, k / 3, 1));
        let outlines = outlines(&ring.collect::<Vec<_>>());
        assert_eq!(outlines.len(), 2);
        assert_eq!(outlines[1], [[6, 6], [6, 12], [12, 12], [12, 6]], "clockwise");
    }
}
