//! A bound with its proof: weights of odd sums and of signs that leave a definite matrix.
//!
//! If `M − Σ w_k·b_k·b_kᵀ − diag(d)` is positive semidefinite, `M` the matrix of a form, the `w_k`
//! not negative and the `b_k` odd sums, then for all signs `x` the form is at least its constant
//! and `Σ w_k·(b_k·x)² + Σ d_i·x_i² ≥ Σ w_k + Σ d_i`.

use ndarray::Array1;

use super::form::{Form, Merge};
use super::odd::OddSum;
use super::vectors::Vectors;
use crate::exact::{factor, is_definite};

/// Weights are whole numbers of these parts of one, so that the proof can be added up exactly.
pub(crate) const PARTS: f64 = 1e6;
/// Millionths to spare on the diagonal, for what is rounded.
const ROOM: i64 = 4;
/// No weight is larger than this: sums of them stay whole numbers.
const LARGEST: f64 = 1e6;
/// Trials of how little must be taken off the diagonal.
const TRIALS: usize = 12;

/// What a form is at least, and why.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) value: f64,
    /// The weights of odd sums, in millionths.
    pub(crate) sums: Vec<(OddSum, i64)>,
    /// The weights of the signs, in millionths.
    pub(crate) signs: Vec<i64>,
}

impl Bound {
    fn new(form: &Form, sums: Vec<(OddSum, i64)>, signs: Vec<i64>) -> Self {
        let millionths: i64 =
            sums.iter().map(|(_, weight)| weight).sum::<i64>() + signs.iter().sum::<i64>();
        Self { value: form.constant + millionths as f64 / PARTS, sums, signs }
    }

    /// The bound, if what its weights leave of the form's matrix is proven definite; `left` is what
    /// the sums leave. O(n³).
    fn proven(self, mut left: Vec<i64>) -> Option<Self> {
        let n = self.signs.len();
        (0..n).for_each(|i| left[i * n + i] -= self.signs[i]);
        is_definite(&left, n).then_some(self)
    }

    /// The same bound of what a decision leaves of `form`, which is `after`: its matrix is the same,
    /// with the rows and columns of two signs added up.
    pub(super) fn merged(&self, form: &Form, after: &Form, merge: Merge) -> Self {
        let mut signs = self.signs.clone();
        let gone = signs.remove(merge.gone);
        // What the two have with each other is part of the constant.
        let both = (2.0 * form.matrix[[merge.kept, merge.gone]] * PARTS).round() as i64;
        signs[merge.place(merge.kept).0] += gone - if merge.opposite { -both } else { both };
        let mut sums = Vec::with_capacity(self.sums.len());
        for (sum, weight) in &self.sums {
            let sum = sum.merged(merge);
            match sum.single() {
                Some((i, coefficient)) => {
                    signs[i] += weight * i64::from(coefficient) * i64::from(coefficient);
                }
                None => sums.push((sum, *weight)),
            }
        }
        let left = left(after, &sums);
        let same = Self::new(after, sums, signs).proven(left);
        same.unwrap_or_else(|| Self::diagonal(after))
    }

    /// The bound of a diagonal that dominates.
    pub(super) fn diagonal(form: &Form) -> Self {
        let rows = form.matrix.rows().into_iter();
        let sums = rows.map(|row| row.iter().map(|entry| entry.abs()).sum::<f64>());
        let signs: Vec<i64> = sums.map(|sum| -(sum * PARTS).ceil() as i64 - ROOM).collect();
        Self::new(form, Vec::new(), signs)
    }
}

/// What the squares of sums leave of a form's matrix, in millionths.
fn left(form: &Form, sums: &[(OddSum, i64)]) -> Vec<i64> {
    let n = form.len();
    let mut left: Vec<i64> =
        form.matrix.iter().map(|entry| (entry * PARTS).round() as i64).collect();
    for (sum, weight) in sums {
        for (i, a) in sum.terms() {
            for (j, b) in sum.terms() {
                left[i * n + j] -= weight * i64::from(a * b);
            }
        }
    }
    left
}

/// The dual that vectors and multipliers come to, before its matrix is made definite.
struct Dual<'a> {
    form: &'a Form,
    sums: Vec<(OddSum, i64)>,
    /// What they leave of the form's matrix, in millionths.
    left: Vec<i64>,
    signs: Vec<f64>,
    value: f64,
}

/// A proof that the form is above `target`, if the vectors and multipliers are one. O(n³).
pub(super) fn above(form: &Form, at: &Vectors, target: f64) -> Option<Bound> {
    let dual = Dual::new(form, at);
    // Room for what is rounded to millionths.
    let off = (dual.value - target) / form.len() as f64 - ROOM as f64 / PARTS;
    if off <= 0.0 { None } else { dual.bound(off).filter(|bound| bound.value > target) }
}

/// The best bound that the vectors and multipliers prove. O(n³) a trial.
pub(super) fn best(form: &Form, at: &Vectors) -> Bound {
    let dual = Dual::new(form, at);
    let (mut below, mut off) = (0.0, 1.0 / PARTS);
    // The matrix is definite once its diagonal dominates.
    while !dual.is_definite(off) && off < LARGEST {
        (below, off) = (off, 4.0 * off);
    }
    for _ in 0..TRIALS {
        let between = f64::midpoint(below, off);
        if dual.is_definite(between) {
            off = between;
        } else {
            below = between;
        }
    }
    dual.bound(off + ROOM as f64 / PARTS).unwrap_or_else(|| Bound::diagonal(form))
}

impl<'a> Dual<'a> {
    fn new(form: &'a Form, at: &Vectors) -> Self {
        let weighted = at.rows.iter().map(|row| {
            let millionths = (row.multiplier.min(LARGEST) * PARTS) as i64;
            (row.sum.clone(), millionths)
        });
        let sums: Vec<(OddSum, i64)> = weighted.filter(|(_, weight)| *weight > 0).collect();
        let left = left(form, &sums);
        // Where the vectors are a minimum, what is left of the matrix takes each to a multiple
        // of itself: that is the sign's weight.
        let matrix: Array1<f64> = left.iter().map(|&entry| entry as f64 / PARTS).collect();
        let signs: Vec<f64> = matrix
            .exact_chunks(form.len())
            .into_iter()
            .zip(at.vectors.rows())
            .map(|(row, vector)| row.dot(&at.vectors).dot(&vector))
            .collect();
        let weights: i64 = sums.iter().map(|(_, weight)| weight).sum();
        let value = form.constant + weights as f64 / PARTS + signs.iter().sum::<f64>();
        Self { form, sums, left, signs, value }
    }

    /// Whether the matrix is definite, up to rounding, with so much taken off each sign's weight.
    fn is_definite(&self, off: f64) -> bool {
        let mut matrix: Vec<f64> = self.left.iter().map(|&entry| entry as f64 / PARTS).collect();
        let n = self.form.len();
        (0..n).for_each(|i| matrix[i * n + i] += off - self.signs[i]);
        factor(&mut matrix, n)
    }

    /// The bound with so much taken off each sign's weight, if its matrix is proven definite.
    fn bound(&self, off: f64) -> Option<Bound> {
        let signs: Vec<f64> = self.signs.iter().map(|weight| weight - off).collect();
        // What is no number is not below it either.
        if !signs.iter().all(|weight| weight.abs() < LARGEST) {
            return None;
        }
        let signs = signs.iter().map(|weight| (weight * PARTS).floor() as i64).collect();
        Bound::new(self.form, self.sums.clone(), signs).proven(self.left.clone())
    }
}
