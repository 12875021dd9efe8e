//! The extreme equilibria of a two-player game counted again, by another method than the
//! solver's: all vertices of the two best-response polytopes, and those pairs of them in which
//! every strategy is a best reply or not played (Mangasarian 1964; von Stengel 2002, section 2).
//!
//! The vertices of `{x ≥ 0, Bᵀx ≤ 1}`, payoffs moved above zero, are visited by pivoting from
//! basis to basis in whole numbers (Edmonds' integer pivots) and back again, so that only the
//! way from the first basis is kept. Degenerate vertices are visited once for each basis.
//! Cost: O(bases · m · n) pivot operations, and a comparison for each pair of vertices.

use std::collections::{BTreeSet, HashSet};

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::game::StrategicTable;

/// The most pairs of vertices that are compared.
const MOST_PAIRS: usize = 1 << 30;

/// Whether `list` holds exactly the extreme equilibria of the game; `None` if a polytope has
/// more than `most` bases, or the game not two players or more than 64 strategies.
pub fn recount(game: &StrategicTable, list: &[&[Vec<RBig>; 2]], most: usize) -> Option<bool> {
    let [m, n] = game.sizes()[..] else { return None };
    if m + n > 64 {
        return None;
    }
    let payoff = |player: usize, i: usize, j: usize| game.exact(player).level(i + m * j) + 1;
    let first: Vec<usize> = (0..m).collect();
    let second: Vec<usize> = (m..m + n).collect();
    let rows = (0..n).map(|j| (0..m).map(|i| payoff(1, i, j)).collect()).collect();
    let xs = vertices(Dictionary::new(rows, &second, &first), &first, most)?;
    let rows = (0..m).map(|i| (0..n).map(|j| payoff(0, i, j)).collect()).collect();
    let ys = vertices(Dictionary::new(rows, &first, &second), &second, most)?;
    if xs.len().checked_mul(ys.len())? > MOST_PAIRS {
        return None;
    }
    let all = u64::MAX >> (64 - m - n);
    let mut found = BTreeSet::new();
    for x in &xs {
        for y in ys.iter().filter(|y| x.labels | y.labels == all) {
            if let (Some(x), Some(y)) = (x.strategy(), y.strategy()) {
                found.insert([x, y]);
            }
        }
    }
    let listed: BTreeSet<&[Vec<RBig>; 2]> = list.iter().copied().collect();
    Some(listed.len() == list.len() && listed.into_iter().eq(&found))
}

/// A vertex: the strategies that are not played or best replies, and the point, over some
/// number.
struct Vertex {
    labels: u64,
    point: Vec<IBig>,
}

impl Vertex {
    /// The mixed strategy; none at the origin.
    fn strategy(&self) -> Option<Vec<RBig>> {
        let total: IBig = self.point.iter().sum();
        let share = |p: &IBig| RBig::from(p.clone()) / RBig::from(total.clone());
        (total > IBig::ZERO).then(|| self.point.iter().map(share).collect())
    }
}

/// `basic + Σ cell · non-basic = constant`, every number over the last pivot. Variables go by
/// the labels that they carry when they are zero.
struct Dictionary {
    /// The constant last.
    rows: Vec<Vec<IBig>>,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    last: IBig,
}

impl Dictionary {
    /// At the origin, where the slacks are basic.
    fn new(mut rows: Vec<Vec<IBig>>, slacks: &[usize], strategies: &[usize]) -> Self {
        rows.iter_mut().for_each(|row| row.push(IBig::ONE));
        Self { rows, basic: slacks.to_vec(), nonbasic: strategies.to_vec(), last: IBig::ONE }
    }

    fn width(&self) -> usize {
        self.nonbasic.len()
    }

    /// Exchanges the variables of a row and a column, whose cell is above zero. The same once
    /// more takes it back.
    fn pivot(&mut self, row: usize, column: usize) {
        let line = std::mem::take(&mut self.rows[row]);
        let pivot = line[column].clone();
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()) {
            let factor = other[column].clone();
            for (c, (cell, own)) in other.iter_mut().zip(&line).enumerate() {
                if c != column {
                    // Exact: every cell is a determinant.
                    *cell = (&*cell * &pivot - &factor * own) / &self.last;
                }
            }
            other[column] = -factor;
        }
        self.rows[row] = line;
        self.rows[row][column] = std::mem::replace(&mut self.last, pivot);
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
    }

    /// The rows that leave first if a column enters.
    fn leaving(&self, column: usize) -> Vec<usize> {
        let right = self.width();
        let mut best: Vec<usize> = Vec::new();
        for row in (0..self.rows.len()).filter(|&r| self.rows[r][column] > IBig::ZERO) {
            let Some(&first) = best.first() else {
                best.push(row);
                continue;
            };
            let (a, b) = (&self.rows[row], &self.rows[first]);
            match (&a[right] * &b[column]).cmp(&(&b[right] * &a[column])) {
                std::cmp::Ordering::Less => best = vec![row],
                std::cmp::Ordering::Equal => best.push(row),
                std::cmp::Ordering::Greater => {}
            }
        }
        best
    }

    /// The basis: its variables as bits.
    fn basis(&self) -> u64 {
        self.basic.iter().fold(0, |bits, v| bits | 1 << v)
    }

    /// All exchanges that lead to a neighbouring basis.
    fn exchanges(&self) -> Vec<(usize, usize)> {
        let column = |c: usize| self.leaving(c).into_iter().map(move |row| (row, c));
        (0..self.width()).flat_map(column).collect()
    }

    fn vertex(&self, strategies: &[usize]) -> Vertex {
        let right = self.width();
        let value = |v: usize| {
            let row = self.basic.iter().position(|&b| b == v);
            row.map_or(IBig::ZERO, |row| self.rows[row][right].clone())
        };
        let zero = self.basic.iter().zip(&self.rows).filter(|(_, row)| row[right] == IBig::ZERO);
        let labels = self.nonbasic.iter().chain(zero.map(|(v, _)| v));
        Vertex {
            labels: labels.fold(0, |bits, v| bits | 1 << v),
            point: strategies.iter().map(|&v| value(v)).collect(),
        }
    }
}

/// All vertices, some of them more than once; `None` if there are more than `most` bases.
fn vertices(mut at: Dictionary, strategies: &[usize], most: usize) -> Option<Vec<Vertex>> {
    let mut seen = HashSet::from([at.basis()]);
    let mut found = vec![at.vertex(strategies)];
    // The exchanges still to be tried on the way here, and the one that led here.
    let mut way = vec![(at.exchanges(), None)];
    while let Some((open, back)) = way.last_mut() {
        let Some((row, column)) = open.pop() else {
            if let Some((row, column)) = *back {
                at.pivot(row, column);
            }
            way.pop();
            continue;
        };
        let basis = at.basis() & !(1 << at.basic[row]) | 1 << at.nonbasic[column];
        if !seen.insert(basis) {
            continue;
        }
        if seen.len() > most {
            return None;
        }
        at.pivot(row, column);
        found.push(at.vertex(strategies));
        way.push((at.exchanges(), Some((row, column))));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::strategic::mixed::extreme_equilibria;
    use crate::work::Work;

    #[test]
    fn both_methods_find_the_same_also_in_degenerate_games() {
        let mut state = 3u64;
        for (round, sizes) in
            [[2, 2], [3, 3], [4, 3], [1, 4], [5, 5]].iter().cycle().take(60).enumerate()
        {
            let below = [2, 3, 10, 1000][round % 4];
            let game = StrategicTable::from_fn(sizes, |_, _| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                (state >> 33) as i64 % below
            })
            .unwrap();
            let found = extreme_equilibria(&game, Work::default()).unwrap().equilibria;
            let mut list: Vec<_> = found.iter().map(|e| &e.strategies).collect();
            assert_eq!(recount(&game, &list, 10_000), Some(true), "round {round}");
            list.pop();
            assert_eq!(recount(&game, &list, 10_000), Some(false), "round {round}");
            assert_eq!(recount(&game, &list, 1), None);
        }
    }
}
