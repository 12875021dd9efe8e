//! Symmetric positive definite systems of a few unknowns, by Cholesky's factor.

use ndarray::{Array1, Array2};

/// The lower factor `L` of `LLᵀ = matrix`; `None` unless the matrix is positive definite by a
/// margin that rounding leaves.
pub(super) fn cholesky(matrix: &Array2<f64>) -> Option<Array2<f64>> {
    let n = matrix.nrows();
    let mut factor = Array2::zeros((n, n));
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| factor[[i, k]] * factor[[j, k]]).sum();
            let rest: f64 = matrix[[i, j]] - dot;
            if i == j {
                // Also refuses NaN.
                if rest.partial_cmp(&(1e-13 * matrix[[i, i]].abs())).is_none_or(|o| o.is_le()) {
                    return None;
                }
                factor[[i, i]] = rest.sqrt();
            } else {
                factor[[i, j]] = rest / factor[[j, j]];
            }
        }
    }
    Some(factor)
}

/// The solution of `LLᵀ x = right`.
pub(super) fn solve(factor: &Array2<f64>, right: &Array1<f64>) -> Array1<f64> {
    let n = factor.nrows();
    let mut x = right.clone();
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| factor[[i, k]] * x[k]).sum();
        x[i] = (x[i] - dot) / factor[[i, i]];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| factor[[k, i]] * x[k]).sum();
        x[i] = (x[i] - dot) / factor[[i, i]];
    }
    x
}

/// The inverse of `LLᵀ`.
pub(super) fn inverse(factor: &Array2<f64>) -> Array2<f64> {
    let n = factor.nrows();
    let mut inverse = Array2::zeros((n, n));
    for k in 0..n {
        let mut unit = Array1::zeros(n);
        unit[k] = 1.0;
        inverse.column_mut(k).assign(&solve(factor, &unit));
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_inverse_times_the_matrix_is_one() {
        let matrix = array![[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 2.0]];
        let product = inverse(&cholesky(&matrix).unwrap()).dot(&matrix);
        for ((i, j), value) in product.indexed_iter() {
            assert!((value - f64::from(u8::from(i == j))).abs() < 1e-12);
        }
        assert!(cholesky(&array![[1.0, 1.0], [1.0, 1.0]]).is_none());
    }
}
