//! Signs from the vectors of a relaxation.

use super::form::Form;
use super::reduced::Reduced;
use super::vectors::{Vectors, flat};

/// The best signs of the first form that the vectors suggest, and its value: each vector parts
/// the others in those on its side and those on the other, and signs are turned while that helps.
/// O(n³).
pub(super) fn rounded(first: &Form, reduced: &Reduced, at: &Vectors) -> Option<(Vec<bool>, f64)> {
    let products = at.products();
    let rows = flat(&products).chunks_exact(reduced.form.len().max(1));
    let found = rows.map(|row| improved(first, reduced.expanded(|i| row[i] < 0.0)));
    found.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Turns single signs while that lowers the form.
fn improved(form: &Form, mut negative: Vec<bool>) -> (Vec<bool>, f64) {
    let n = form.len();
    let sign = |negative: bool| if negative { -1.0 } else { 1.0 };
    // A quarter of what turning a sign takes off the form.
    let mut gains: Vec<f64> = (0..n)
        .map(|i| {
            let row = form.matrix.row(i);
            let sum: f64 =
                row.iter().zip(&negative).map(|(entry, &minus)| entry * sign(minus)).sum();
            sum * sign(negative[i])
        })
        .collect();
    // Entries are exact, so a gain that is not zero is one, and there are finitely many.
    while let Some(i) = (0..n).max_by(|&i, &j| gains[i].total_cmp(&gains[j]))
        && gains[i] > 0.0
    {
        negative[i] = !negative[i];
        for (j, gain) in gains.iter_mut().enumerate() {
            *gain += 2.0 * form.matrix[[i, j]] * sign(negative[i]) * sign(negative[j]);
        }
        gains[i] = -gains[i];
    }
    let value = form.value(&negative);
    (negative, value)
}
