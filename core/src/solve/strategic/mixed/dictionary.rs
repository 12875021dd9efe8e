//! One player's best-response polyhedron as a simplex dictionary.
//!
//! The mixed strategies `x ≥ 0, Σ x = 1` of a player with `k` strategies, and the slacks
//! `s_h = v − Σ_i M[h][i] x_i ≥ 0` of the opponent's `h` strategies, `v` being the
//! opponent's payoff: the points with some `s_h = 0` are those where `v` is its best-response
//! payoff. Non-basic variables are zero at the dictionary's vertex; a *fixed* one is zero on
//! the whole face that is being looked at.
//!
//! The numbers are floats while searching and rationals where an answer is written down.

use crate::solve::strategic::mixed::number::Number;

/// How the attempt to make a variable zero ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixing {
    /// It is zero and fixed.
    Done,
    /// It is at least something above zero on the whole face; the row proves it.
    Impossible {
        /// The row of the dictionary that proves it.
        row: usize,
    },
    /// Pivoting did not end (floats only).
    Lost,
}

/// `basic = constant + Σ coefficient · non-basic`.
#[derive(Clone)]
pub(super) struct Dictionary<T> {
    /// Rows of `width + 1` numbers, the constant first.
    cells: Vec<T>,
    /// Variables: strategies `0..k`, then slacks.
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    /// Which non-basic columns are fixed.
    fixed: Vec<bool>,
    /// Where a variable stands: its column, or `width +` its row.
    place: Vec<usize>,
}

impl<T: Number> Dictionary<T> {
    /// The dictionary at the player's first pure strategy, for the opponent's payoffs
    /// `matrix[h][i]`, in `0..=1`.
    pub fn new(matrix: &[Vec<T>]) -> Self {
        let (heights, k) = (matrix.len(), matrix.first().map_or(0, Vec::len));
        let best = (1..heights)
            .fold(0, |best, h| if matrix[best][0].less(&matrix[h][0]) { h } else { best });
        let nonbasic: Vec<usize> = (1..k).chain([k + best]).collect();
        let basic: Vec<usize> =
            std::iter::once(0).chain((0..heights).filter(|&h| h != best).map(|h| k + h)).collect();
        let width = k;
        let mut cells = Vec::with_capacity(basic.len() * (width + 1));
        for &variable in &basic {
            if variable == 0 {
                cells.push(T::one());
                cells.extend((1..k).map(|_| T::zero().minus(&T::one())));
                cells.push(T::zero());
            } else {
                let h = variable - k;
                let first = matrix[best][0].minus(&matrix[h][0]);
                cells.push(first.clone());
                cells.extend((1..k).map(|i| matrix[best][i].minus(&matrix[h][i]).minus(&first)));
                cells.push(T::one());
            }
        }
        let mut place = vec![0; k + heights];
        nonbasic.iter().enumerate().for_each(|(column, &v)| place[v] = column);
        basic.iter().enumerate().for_each(|(row, &v)| place[v] = width + row);
        Self { cells, basic, fixed: vec![false; width], nonbasic, place }
    }

    fn width(&self) -> usize {
        self.nonbasic.len()
    }

    fn row(&self, row: usize) -> &[T] {
        let stride = self.width() + 1;
        &self.cells[row * stride..][..stride]
    }

    fn constant(&self, row: usize) -> &T {
        &self.cells[row * (self.width() + 1)]
    }

    fn coefficient(&self, row: usize, column: usize) -> &T {
        &self.cells[row * (self.width() + 1) + 1 + column]
    }

    fn basic_row(&self, variable: usize) -> Option<usize> {
        self.place[variable].checked_sub(self.width())
    }

    /// The variable's value at the vertex.
    pub fn value(&self, variable: usize) -> T {
        self.basic_row(variable).map_or(T::zero(), |row| self.constant(row).clone())
    }

    /// Whether the variable is fixed at zero.
    pub fn is_fixed(&self, variable: usize) -> bool {
        let place = self.place[variable];
        place < self.width() && self.fixed[place]
    }

    /// Whether the face is a single vertex.
    pub fn is_vertex(&self) -> bool {
        self.fixed.iter().all(|&fixed| fixed)
    }

    /// The basic variables, for recognising a dictionary that was seen before.
    pub fn basis(&self) -> Vec<usize> {
        let mut basis = self.basic.clone();
        basis.sort_unstable();
        basis
    }

    /// Swaps a basic and a non-basic variable. O(rows · columns).
    pub fn pivot(&mut self, row: usize, column: usize) {
        let stride = self.width() + 1;
        let at = row * stride;
        let pivot = self.cells[at + 1 + column].clone();
        // entering = (leaving − constant − Σ other) / pivot
        let inverse = T::one().over(&pivot);
        let negative = T::zero().minus(&inverse);
        for cell in &mut self.cells[at..at + stride] {
            if !T::EXACT || !cell.is_zero() {
                *cell = cell.times(&negative);
            }
        }
        self.cells[at + 1 + column] = inverse;
        let (before, rest) = self.cells.split_at_mut(at);
        let (line, after) = rest.split_at_mut(stride);
        let others = before.chunks_exact_mut(stride).chain(after.chunks_exact_mut(stride));
        for other in others {
            let factor = std::mem::replace(&mut other[1 + column], T::zero());
            if T::EXACT && factor.is_zero() {
                continue;
            }
            for (cell, line) in other.iter_mut().zip(line.iter()) {
                if !T::EXACT || !line.is_zero() {
                    *cell = cell.plus(&factor.times(line));
                }
            }
        }
        let (leaving, entering) = (self.basic[row], self.nonbasic[column]);
        (self.basic[row], self.nonbasic[column]) = (entering, leaving);
        self.place[entering] = self.width() + row;
        self.place[leaving] = column;
    }

    /// The rows that block a rise of the non-basic variable in `column` first.
    fn blocking(&self, column: usize) -> Vec<usize> {
        let mut best: Option<T> = None;
        let mut rows = Vec::new();
        for row in 0..self.basic.len() {
            let slope = self.coefficient(row, column);
            if slope.is_negative() {
                let zero = T::zero();
                let constant = self.constant(row);
                let room = if constant.less(&zero) { zero.clone() } else { constant.clone() };
                let ratio = room.over(&zero.minus(slope));
                match &best {
                    Some(least) if least.less(&ratio) => continue,
                    Some(least) if !ratio.less(least) => {}
                    _ => {
                        best = Some(ratio);
                        rows.clear();
                    }
                }
                rows.push(row);
            }
        }
        rows
    }

    /// The row to leave among those that block: by Bland's rule, or where rounding matters
    /// the one with the largest pivot.
    fn choose(&self, rows: &[usize], column: usize) -> Option<usize> {
        if T::EXACT {
            return rows.iter().copied().min_by_key(|&row| self.basic[row]);
        }
        let size = |row: usize| self.coefficient(row, column).size();
        rows.iter().copied().max_by(|&a, &b| size(a).total_cmp(&size(b)))
    }

    /// Moves to the face where `variable` is zero, if there is one. A simplex.
    pub fn fix(&mut self, variable: usize) -> Fixing {
        let limit = if T::EXACT { usize::MAX } else { 50 * (self.width() + self.basic.len()) };
        for _ in 0..limit {
            let Some(row) = self.basic_row(variable) else {
                let column = self.place[variable];
                self.fixed[column] = true;
                return Fixing::Done;
            };
            let falls = |&c: &usize| !self.fixed[c] && self.coefficient(row, c).is_negative();
            let columns = (0..self.width()).filter(falls);
            let entering = if T::EXACT {
                columns.min_by_key(|&c| self.nonbasic[c])
            } else {
                let size = |c: usize| self.coefficient(row, c).size();
                columns.max_by(|&a, &b| size(a).total_cmp(&size(b)))
            };
            match entering {
                Some(column) => {
                    let rows = self.blocking(column);
                    let leaving =
                        if rows.contains(&row) { Some(row) } else { self.choose(&rows, column) };
                    let Some(leaving) = leaving else { return Fixing::Lost };
                    self.pivot(leaving, column);
                }
                None if self.constant(row).is_positive() => return Fixing::Impossible { row },
                None => {
                    // Zero at its lowest: take it out of the basis by a pivot that moves
                    // nothing, or leave it where it is zero identically.
                    let size = |c: usize| self.coefficient(row, c).size();
                    let free = (0..self.width())
                        .filter(|&c| !self.fixed[c] && !self.coefficient(row, c).is_zero());
                    match free.max_by(|&a, &b| size(a).total_cmp(&size(b))) {
                        Some(column) => {
                            if !T::EXACT {
                                let at = row * (self.width() + 1);
                                self.cells[at] = T::zero();
                            }
                            self.pivot(row, column);
                        }
                        None => return Fixing::Done,
                    }
                }
            }
        }
        Fixing::Lost
    }

    /// Whether the variable can be above zero somewhere on the face; true if in doubt.
    pub fn can_rise(&self, variable: usize) -> bool {
        if self.value(variable).is_positive() {
            return true;
        }
        let mut work = self.clone();
        let limit = if T::EXACT { usize::MAX } else { 50 * (self.width() + self.basic.len()) };
        for _ in 0..limit {
            let Some(row) = work.basic_row(variable) else {
                let column = work.place[variable];
                if work.fixed[column] {
                    return false;
                }
                let rows = work.blocking(column);
                // Any blocking row will do; a blocked rise of length zero goes on from there.
                let Some(leaving) = work.choose(&rows, column) else { return true };
                work.pivot(leaving, column);
                continue;
            };
            if work.constant(row).is_positive() {
                return true;
            }
            let rises = |&c: &usize| !work.fixed[c] && work.coefficient(row, c).is_positive();
            let Some(column) = (0..work.width()).filter(rises).min_by_key(|&c| work.nonbasic[c])
            else {
                return false;
            };
            let rows = work.blocking(column);
            let others: Vec<usize> = rows.iter().copied().filter(|&r| r != row).collect();
            let Some(leaving) = work.choose(&others, column) else { return true };
            work.pivot(leaving, column);
        }
        true
    }

    /// The dictionaries next to this one on the face.
    pub fn neighbours(&self) -> Vec<(usize, usize)> {
        let free = (0..self.width()).filter(|&c| !self.fixed[c]);
        free.flat_map(|column| self.blocking(column).into_iter().map(move |row| (row, column)))
            .collect()
    }
}

impl Dictionary<f64> {
    /// Proves from the payoffs that a row's variable cannot be zero on the face: with `w_h`
    /// the row's multipliers of the slacks' definitions and `β` its constant,
    /// `Σ w_h s_h + Σ_i (Σ_h w_h M[h][i] + β) x_i − (Σ w_h) v = β` holds for every point,
    /// and where the left side is at most something below `β`, rounding included, there is
    /// no such point. All of `s`, `x` and `v` are at most 1. O(rows · columns).
    pub fn proves(&self, row: usize, matrix: &[Vec<f64>]) -> bool {
        let (heights, k) = (matrix.len(), matrix.first().map_or(0, Vec::len));
        let line = self.row(row);
        let constant = line[0];
        let own = self.basic[row];
        let mut multipliers = vec![0.0; heights];
        if own >= k {
            multipliers[own - k] = 1.0;
        }
        for (column, &variable) in self.nonbasic.iter().enumerate() {
            if variable >= k {
                multipliers[variable - k] = -line[1 + column];
            }
        }
        let zero = |variable: usize| variable == own || self.is_fixed(variable);
        let mut left = 0.0;
        let (mut size, mut sum) = (constant.abs(), 0.0);
        for (h, &w) in multipliers.iter().enumerate() {
            size += w.abs();
            sum += w;
            if !zero(k + h) {
                left += w.max(0.0);
            }
        }
        left += f64::abs(sum);
        let mut mixed = 0.0f64;
        for i in (0..k).filter(|&i| !zero(i)) {
            let coefficient: f64 =
                multipliers.iter().zip(matrix).map(|(w, line)| w * line[i]).sum::<f64>() + constant;
            // The probabilities sum to one.
            mixed = mixed.max(coefficient);
        }
        let rounding = 4.0 * (heights + k + 4) as f64 * f64::EPSILON * size;
        left + mixed + rounding < constant
    }
}
