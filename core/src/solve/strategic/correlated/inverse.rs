//! The dense inverse of a basis that changes by a column at a time.
//!
//! **Method.** Gauss-Jordan elimination: putting a column in a row's place is one step, that
//! turns the column, times the inverse, into a unit column (the product form, multiplied out).
//! **Cost.** O(rows · entries of the pivot row) a step; memory for the square of the rows.

use super::real::Real;

/// A square matrix, row by row.
#[derive(Debug, Clone)]
pub(super) struct Inverse<T> {
    width: usize,
    entries: Vec<T>,
}

impl<T: Real> Inverse<T> {
    /// That of the unit matrix.
    pub(super) fn unit(width: usize) -> Self {
        let mut unit = Self { width, entries: vec![T::zero(); width * width] };
        (0..width).for_each(|k| unit.set(k, k, 1.0.into()));
        unit
    }

    pub(super) fn set(&mut self, row: usize, column: usize, value: T) {
        self.entries[row * self.width + column] = value;
    }

    /// Its rows. It must have one.
    pub(super) fn rows(&self) -> std::slice::ChunksExact<'_, T> {
        self.entries.chunks_exact(self.width)
    }

    /// Puts a column in the place of the one of this row. `rate` is the column times the
    /// inverse, not nought in that row.
    pub(super) fn eliminate(&mut self, pivot_row: usize, rate: &[T]) {
        let width = self.width;
        let own = pivot_row * width..(pivot_row + 1) * width;
        let mut line = self.entries[own.clone()].to_vec();
        let scale = T::from(1.0) / rate[pivot_row];
        line.iter_mut().for_each(|a| *a = *a * scale);
        // Rows whose slacks are basic leave the line empty.
        let filled: Vec<usize> = (0..width).filter(|&k| line[k] != T::zero()).collect();
        let sparse = filled.len() * 4 < width;
        for ((number, row), &rate) in self.entries.chunks_exact_mut(width).enumerate().zip(rate) {
            if number == pivot_row || rate == T::zero() {
                continue;
            }
            if sparse {
                filled.iter().for_each(|&k| row[k] = row[k] - rate * line[k]);
            } else {
                row.iter_mut().zip(&line).for_each(|(a, b)| *a = *a - rate * *b);
            }
        }
        self.entries[own].copy_from_slice(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_put_in_one_by_one_give_the_inverse() {
        // Columns (2, 1, 0), (0, 3, 1), (1, 0, 4).
        let columns = [[2.0, 1.0, 0.0], [0.0, 3.0, 1.0], [1.0, 0.0, 4.0]];
        let mut inverse = Inverse::unit(3);
        let times = |inverse: &Inverse<f64>, column: &[f64; 3]| -> Vec<f64> {
            inverse.rows().map(|row| row.iter().zip(column).map(|(a, b)| a * b).sum()).collect()
        };
        for (k, column) in columns.iter().enumerate() {
            let rate = times(&inverse, column);
            inverse.eliminate(k, &rate);
        }
        for (k, column) in columns.iter().enumerate() {
            for (row, entry) in times(&inverse, column).into_iter().enumerate() {
                assert!((entry - f64::from(u8::from(row == k))).abs() < 1e-15, "{entry}");
            }
        }
    }
}
