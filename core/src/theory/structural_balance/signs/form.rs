//! A quadratic form over signs, and how it shrinks where two signs are decided to go together.

use ndarray::Array2;

/// `constant + Σ matrix[i, j]·x_i·x_j` over all ordered pairs, for signs `x_i = ±1`.
///
/// The matrix is symmetric with a zero diagonal. Its entries are multiples of a power of two, as
/// is the constant, so that sums of them are exact.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) constant: f64,
    pub(crate) matrix: Array2<f64>,
}

/// A decision: the sign `gone` is that of `kept`, or its opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub(crate) kept: usize,
    pub(crate) gone: usize,
    pub(crate) opposite: bool,
}

impl Merge {
    /// Where a sign is after it, and whether it is that one's opposite.
    pub(crate) fn place(&self, i: usize) -> (usize, bool) {
        let moved = |i: usize| i - usize::from(i > self.gone);
        if i == self.gone { (moved(self.kept), self.opposite) } else { (moved(i), false) }
    }
}

impl Form {
    /// The number of signs.
    pub(crate) fn len(&self) -> usize {
        self.matrix.nrows()
    }

    /// The form over the signs that are left. O(n²).
    pub(crate) fn merged(&self, merge: Merge) -> Self {
        let n = self.len();
        let mut constant = self.constant;
        let mut matrix = Array2::zeros((n - 1, n - 1));
        for ((i, j), &entry) in self.matrix.indexed_iter() {
            let ((a, first), (b, second)) = (merge.place(i), merge.place(j));
            let entry = if first == second { entry } else { -entry };
            if a == b {
                constant += entry;
            } else {
                matrix[[a, b]] += entry;
            }
        }
        Self { constant, matrix }
    }

    /// Its value where the signs are these, `true` for −1.
    pub(crate) fn value(&self, negative: &[bool]) -> f64 {
        let terms = self.matrix.indexed_iter();
        let signed = |((i, j), &entry): ((usize, usize), &f64)| {
            if negative[i] == negative[j] { entry } else { -entry }
        };
        self.constant + terms.map(signed).sum::<f64>()
    }
}
