//! Small dense matrices, for checkers: the solvers' own code is not theirs.

/// A pivot that is not above this makes a matrix singular.
const NO_PIVOT: f64 = 1e-12;

/// The inverse, by elimination with the largest pivot; `None` where there is none. O(n³).
pub fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    for (i, row) in matrix.iter_mut().enumerate() {
        row.extend((0..n).map(|j| f64::from(u8::from(i == j))));
    }
    for column in 0..n {
        let size = |row: &usize| matrix[*row][column].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        matrix.swap(column, pivot);
        let head = matrix[column][column];
        if head.abs() < NO_PIVOT || !head.is_finite() {
            return None;
        }
        matrix[column].iter_mut().for_each(|value| *value /= head);
        let row = matrix[column].clone();
        for (_, other) in matrix.iter_mut().enumerate().filter(|(i, _)| *i != column) {
            let times = other[column];
            other.iter_mut().zip(&row).for_each(|(value, pivot)| *value -= times * pivot);
        }
    }
    Some(matrix.into_iter().map(|row| row[n..].to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_undoes_the_matrix_and_singular_ones_have_none() {
        let found = inverse(vec![vec![0.0, 2.0], vec![4.0, 1.0]]).unwrap();
        let expected = [[-0.125, 0.25], [0.5, 0.0]];
        for (row, expected) in found.iter().zip(expected) {
            assert!(row.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15), "{found:?}");
        }
        assert!(inverse(vec![vec![1.0, 2.0], vec![2.0, 4.0]]).is_none());
    }
}
