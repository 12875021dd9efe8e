//! Small dense elimination: makes an approximate solution of a linear system exact to
//! rounding.

/// A pivot below this is rounding: the columns are vectors of small whole numbers.
const NO_PIVOT: f64 = 1e-9;

/// Corrects `values` so that `Σ value · column = right`.
///
/// The first columns that are independent carry the whole correction; the values of the
/// others are kept. `None` if the columns do not span `right`. O(rows² · columns).
pub(crate) fn balance(columns: &[(Vec<f64>, f64)], right: &[f64]) -> Option<Vec<f64>> {
    let rows = right.len();
    let mut matrix: Vec<Vec<f64>> = (0..rows)
        .map(|r| columns.iter().map(|(column, _)| column[r]).chain([right[r]]).collect())
        .collect();
    let mut pivots = Vec::new();
    for c in 0..columns.len() {
        let used = pivots.len();
        let Some(best) =
            (used..rows).max_by(|&a, &b| matrix[a][c].abs().total_cmp(&matrix[b][c].abs()))
        else {
            break;
        };
        if matrix[best][c].abs() <= NO_PIVOT {
            continue;
        }
        matrix.swap(used, best);
        let pivot = matrix[used].clone();
        for (r, row) in matrix.iter_mut().enumerate() {
            let factor = row[c] / pivot[c];
            if r != used && factor != 0.0 {
                row.iter_mut().zip(&pivot).skip(c).for_each(|(a, b)| *a -= factor * b);
            }
        }
        pivots.push(c);
    }
    let mut values: Vec<f64> = columns.iter().map(|&(_, value)| value).collect();
    for (row, &c) in matrix.iter().zip(&pivots) {
        let others: f64 = (0..columns.len())
            .filter(|j| pivots.binary_search(j).is_err())
            .map(|j| row[j] * values[j])
            .sum();
        values[c] = (row[columns.len()] - others) / row[c];
    }
    let residual = |r: usize| {
        columns.iter().zip(&values).map(|((column, _), v)| column[r] * v).sum::<f64>() - right[r]
    };
    (0..rows).all(|r| residual(r).abs() <= NO_PIVOT).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_independent_columns_take_the_correction() {
        let columns = [(vec![1.0, 1.0], 0.9), (vec![2.0, 2.0], 0.5), (vec![0.0, 1.0], 0.1)];
        let values = balance(&columns, &[2.0, 3.0]).unwrap();
        for (value, expected) in values.iter().zip([1.0, 0.5, 1.0]) {
            assert!((value - expected).abs() < 1e-15);
        }
        assert!(balance(&columns[..2], &[2.0, 3.0]).is_none());
    }
}
