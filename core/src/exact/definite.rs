//! Whether a matrix of whole numbers is positive definite, proven in floating point.
//!
//! **Method.** Where Cholesky's algorithm runs to its end in floating point, the factor that it
//! found is the exact one of a matrix close by: `RᵀR = A + E` with `‖E‖₂ ≤ γ/(1 − γ) · tr A`,
//! `γ = (n + 1)u / (1 − (n + 1)u)` and `u = 2⁻⁵³`, in whatever order its sums are taken. So if it
//! does for `A − c·I`, with whole entries that floating point holds exactly and `c` above that
//! bound, then `A` is positive definite.
//! **Cost.** O(n³).
//! **References.** Higham (2002), *Accuracy and Stability of Numerical Algorithms*, theorem 10.3;
//! Rump (2006), "Verification of positive definiteness", *BIT* 46.

use ndarray::ArrayView1;

/// Larger entries are refused: the whole numbers up to here are floating-point numbers.
const LARGEST: i64 = 1 << 52;

/// Whether a symmetric matrix, row by row, is proven positive definite. `false` where it is not,
/// and where it is too close to one that is not for floating point to tell.
pub(crate) fn is_definite(matrix: &[i64], n: usize) -> bool {
    let diagonal = || (0..n).map(|i| matrix[i * n + i]);
    if matrix.len() != n * n
        || n >= 1 << 20
        || matrix.iter().any(|entry| entry.unsigned_abs() > LARGEST.unsigned_abs())
        || diagonal().any(|entry| entry <= 0)
    {
        return false;
    }
    // Twice the bound, for ε = 2u: room for what this line rounds, and for underflow.
    let trace: f64 = diagonal().map(|entry| entry as f64).sum();
    let shift = ((n as f64 + 2.0) * f64::EPSILON * trace).ceil() + 1.0;
    let mut lower: Vec<f64> = matrix.iter().map(|&entry| entry as f64).collect();
    (0..n).for_each(|i| lower[i * n + i] -= shift);
    factor(&mut lower, n)
}

/// Cholesky's factor in place of the lower triangle, row by row, if there is one.
pub(crate) fn factor(matrix: &mut [f64], n: usize) -> bool {
    let product = |a: &[f64], b: &[f64]| ArrayView1::from(a).dot(&ArrayView1::from(b));
    for i in 0..n {
        let (above, row) = matrix.split_at_mut(i * n);
        for j in 0..i {
            let other = &above[j * n..][..n];
            row[j] = (row[j] - product(&row[..j], &other[..j])) / other[j];
        }
        let pivot = row[i] - product(&row[..i], &row[..i]);
        // A pivot that is no number is not above zero either.
        if !(pivot > 0.0 && pivot.is_finite()) {
            return false;
        }
        row[i] = pivot.sqrt();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_matrices_are_told_from_others() {
        assert!(is_definite(&[2_000_000], 1));
        assert!(!is_definite(&[0], 1));
        assert!(is_definite(&[200, 100, 100, 200], 2));
        assert!(!is_definite(&[100, 200, 200, 100], 2));
        // The all-ones matrix has rank one; with something on its diagonal it is definite.
        let ones = |n: usize, more: i64| -> Vec<i64> {
            (0..n * n).map(|at| 1000 + if at / n == at % n { more } else { 0 }).collect()
        };
        for n in [2, 9, 40] {
            assert!(!is_definite(&ones(n, 0), n));
            assert!(is_definite(&ones(n, 10), n));
            assert!(!is_definite(&ones(n, -1), n));
        }
    }

    #[test]
    fn entries_that_floating_point_would_round_are_refused() {
        assert!(is_definite(&[LARGEST], 1));
        assert!(!is_definite(&[LARGEST + 1], 1));
        assert!(!is_definite(&[i64::MIN], 1));
        assert!(!is_definite(&[1, 2, 3], 2));
    }
}
