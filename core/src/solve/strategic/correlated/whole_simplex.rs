//! A small programme over correlated equilibria in whole numbers throughout, where floating
//! point cannot tell which profiles and incentives decide: payoffs of 10^12 beside 5.
//!
//! Method: the dual of the programme of [`exact`](super::exact),
//!
//! maximise `t`  subject to  `t ≤ Σ share·goal(a) + Σ y·gain(a)` for each profile `a`,
//! `share, y ≥ 0, Σ share = 1`,
//!
//! is feasible at the first goal alone and the least that it is worth, and bounded since there
//! is an equilibrium: the simplex begins there, with a row for each profile. Every division in
//! an integer pivot is exact (Edmonds). What multiplies the rows in the end is the distribution.
//! Columns enter by the steepest cost, and by Bland's rule while nothing is gained.
//! Cost: a few dozen to hundreds of pivots of O(profiles · incentives) products of integers that
//! grow with the number of incentives.
//! Limits: [`MOST_CELLS`].

use dashu_int::IBig;

use crate::work::Work;

/// The most cells (profiles × incentives) that this is tried for.
pub(super) const MOST_CELLS: usize = 20_000;
/// Pivots without gain before Bland's rule is used.
const PATIENCE: u32 = 20;

/// The solution: whole numbers over a denominator above zero.
pub(super) struct Solved {
    /// What each row is multiplied by.
    pub(super) multipliers: Vec<IBig>,
    /// The value of each column's variable.
    pub(super) variables: Vec<IBig>,
    pub(super) denominator: IBig,
}

/// Maximises the first variable subject to rows `Σ cell · variable ≤ right side`, all variables
/// at least 0; the right sides, last in each row, must be so too. `None` if it is unbounded or
/// the time is up.
pub(super) fn maximise_first(mut rows: Vec<Vec<IBig>>, work: &Work<'_>) -> Option<Solved> {
    let height = rows.len();
    let width = rows.first()?.len() - 1;
    let mut costs = vec![IBig::ZERO; width + 1];
    costs[0] = -IBig::ONE;
    rows.push(costs);
    // Variables are numbered first, then the slacks of the rows.
    let mut nonbasic: Vec<usize> = (0..width).collect();
    let mut basic: Vec<usize> = (width..width + height).collect();
    let mut last = IBig::ONE;
    let mut idle = 0;
    loop {
        if work.is_over() {
            return None;
        }
        let costs = &rows[height];
        let falls = (0..width).filter(|&c| costs[c] < IBig::ZERO);
        let column = match idle > PATIENCE {
            true => falls.min_by_key(|&c| nonbasic[c]),
            false => falls.min_by(|&a, &b| costs[a].cmp(&costs[b])),
        };
        let Some(column) = column else { break };
        let row = leaving(&rows[..height], &basic, column)?;
        idle = if rows[row][width] > IBig::ZERO { 0 } else { idle + 1 };
        pivot(&mut rows, row, column, &mut last);
        std::mem::swap(&mut basic[row], &mut nonbasic[column]);
    }
    let mut values = vec![IBig::ZERO; width + height];
    for (&variable, row) in basic.iter().zip(&rows) {
        values[variable] = row[width].clone();
    }
    values.truncate(width);
    let mut multipliers = vec![IBig::ZERO; height];
    for (&variable, cost) in nonbasic.iter().zip(&rows[height]) {
        if let Some(row) = variable.checked_sub(width) {
            multipliers[row] = cost.clone();
        }
    }
    Some(Solved { multipliers, variables: values, denominator: last })
}

/// The row that blocks a column first, the least variable of those that do.
fn leaving(rows: &[Vec<IBig>], basic: &[usize], column: usize) -> Option<usize> {
    let right = rows.first()?.len() - 1;
    (0..rows.len()).filter(|&r| rows[r][column] > IBig::ZERO).min_by(|&a, &b| {
        let (x, y) = (&rows[a], &rows[b]);
        (&x[right] * &y[column]).cmp(&(&y[right] * &x[column])).then(basic[a].cmp(&basic[b]))
    })
}

fn pivot(rows: &mut [Vec<IBig>], row: usize, column: usize, last: &mut IBig) {
    let line = std::mem::take(&mut rows[row]);
    let pivot = line[column].clone();
    for other in rows.iter_mut().filter(|other| !other.is_empty()) {
        let factor = std::mem::replace(&mut other[column], IBig::ZERO);
        for (c, (cell, own)) in other.iter_mut().zip(&line).enumerate() {
            if c != column {
                // Exact: every cell is a determinant.
                *cell = (&*cell * &pivot - &factor * own) / &*last;
            }
        }
        other[column] = -factor;
    }
    rows[row] = line;
    rows[row][column] = std::mem::replace(last, pivot);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_by_hand() {
        // Maximise x subject to x + y ≤ 4, 2x − y ≤ 2: x = 2 at y = 2, with multipliers 1/3.
        let rows = [[1, 1, 4], [2, -1, 2]];
        let rows = rows.iter().map(|row| row.iter().map(|&x| IBig::from(x)).collect()).collect();
        let found = maximise_first(rows, &Work::default()).unwrap();
        let times = |x: i32| &found.denominator * IBig::from(x);
        assert_eq!(found.variables, [times(2), times(2)]);
        assert!(found.multipliers.iter().all(|m| m * IBig::from(3) == found.denominator));
        let unbounded = vec![vec![IBig::from(-1), IBig::ONE]];
        assert!(maximise_first(unbounded, &Work::default()).is_none());
    }
}
