//! Unit vectors in place of signs, and sums that limit their products.
//!
//! The semidefinite relaxation of a form over signs takes a unit vector for each sign. It is
//! minimised over vectors in a space of few dimensions (Burer & Monteiro 2003), with odd sums as
//! rows whose multipliers an augmented Lagrangian finds.

use std::collections::HashMap;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, Zip};

use super::form::{Form, Merge};
use super::odd::OddSum;
use crate::sequence::Sequence;

/// What a violated row costs, for each unit of its square.
const PENALTY: f64 = 0.05;
/// A row goes after so many multipliers of nothing.
const IDLE: u32 = 2;
/// Multipliers below this are nothing.
const NOTHING: f64 = 1e-6;
/// New dimensions begin as far from zero as this.
const NOISE: f64 = 0.01;

/// A row `(sum of vectors)² ≥ 1`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) sum: OddSum,
    pub(super) multiplier: f64,
    idle: u32,
}

/// The vectors, one in each row of the matrix, and the rows.
#[derive(Debug, Clone)]
pub(super) struct Vectors {
    pub(super) vectors: Array2<f64>,
    pub(super) rows: Vec<Row>,
}

/// Room for what measuring needs.
pub(super) struct Room {
    products: Array2<f64>,
    pull: Array2<f64>,
}

impl Room {
    pub(super) fn new(n: usize) -> Self {
        Self { products: Array2::zeros((n, n)), pull: Array2::zeros((n, n)) }
    }
}

/// The entries of a matrix, row by row.
pub(super) fn flat(matrix: &Array2<f64>) -> &[f64] {
    // All matrices here are laid out so.
    matrix.as_slice().unwrap_or_default()
}

/// Scales each row to length 1.
pub(super) fn normalise(vectors: &mut Array2<f64>) {
    for mut vector in vectors.rows_mut() {
        let length = vector.dot(&vector).sqrt();
        if length > 0.0 {
            vector /= length;
        } else {
            vector[0] = 1.0;
        }
    }
}

impl Vectors {
    /// Vectors to begin with, and no rows.
    pub(super) fn new(n: usize) -> Self {
        let mut sequence = Sequence::new();
        let width = width(n, 0);
        let mut vectors = Array2::from_shape_simple_fn((n, width), || noise(&mut sequence));
        normalise(&mut vectors);
        Self { vectors, rows: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.vectors.nrows()
    }

    /// The products of the vectors. O(n² · dimensions).
    pub(super) fn products(&self) -> Array2<f64> {
        self.vectors.dot(&self.vectors.t())
    }

    /// The rows after these are added and idle ones dropped, in as many dimensions as they may
    /// need: a minimum in fewer might not be one in all (Barvinok 1995; Pataki 1998).
    pub(super) fn extend(&mut self, sums: Vec<OddSum>) {
        self.rows.retain(|row| row.idle < IDLE);
        self.rows.extend(sums.into_iter().map(|sum| Row { sum, multiplier: 0.0, idle: 0 }));
        let (n, before) = self.vectors.dim();
        let width = width(n, self.rows.len());
        if width > before {
            let mut sequence = Sequence::new();
            let mut wider = Array2::from_shape_simple_fn((n, width), || noise(&mut sequence));
            for (mut wider, vector) in wider.rows_mut().into_iter().zip(self.vectors.rows()) {
                wider.iter_mut().zip(vector).for_each(|(entry, known)| *entry = *known);
            }
            self.vectors = wider;
            normalise(&mut self.vectors);
        }
    }

    /// The augmented Lagrangian of vectors, and its slope. O(n² · dimensions) and the terms of
    /// the rows, squared.
    pub(super) fn measure(
        &self,
        form: &Form,
        vectors: &Array2<f64>,
        slope: &mut Array2<f64>,
        room: &mut Room,
    ) -> f64 {
        let n = form.len();
        general_mat_mul(1.0, vectors, &vectors.t(), 0.0, &mut room.products);
        room.pull.fill(0.0);
        let products = flat(&room.products);
        let pull = room.pull.as_slice_mut().unwrap_or_default();
        let mut value = form.constant;
        for row in &self.rows {
            let multiplier = row.multiplier + PENALTY * (1.0 - row.sum.square(products, n));
            value -= row.multiplier * row.multiplier / (2.0 * PENALTY);
            if multiplier > 0.0 {
                value += multiplier * multiplier / (2.0 * PENALTY);
                row.sum.subtract(multiplier, pull, n);
            }
        }
        // The upper triangle after the lower one.
        for i in 0..n {
            for j in 0..i {
                pull[j * n + i] = pull[i * n + j];
            }
        }
        Zip::from(&mut room.pull).and(&form.matrix).and(&room.products).for_each(
            |pull, entry, product| {
                value += entry * product;
                *pull += entry;
            },
        );
        general_mat_mul(2.0, &room.pull, vectors, 0.0, slope);
        value
    }

    /// New multipliers, from how the vectors meet the rows.
    pub(super) fn multiply(&mut self) {
        let (n, products) = (self.len(), self.products());
        for row in &mut self.rows {
            let missing = 1.0 - row.sum.square(flat(&products), n);
            row.multiplier = (row.multiplier + PENALTY * missing).max(0.0);
            row.idle = if row.multiplier > NOTHING { 0 } else { row.idle + 1 };
        }
    }

    /// The vectors and rows of the form after a decision.
    pub(super) fn merged(&self, merge: Merge) -> Self {
        let mut vectors = self.vectors.clone();
        let gone = vectors.row(merge.gone).to_owned();
        vectors.row_mut(merge.kept).scaled_add(if merge.opposite { -1.0 } else { 1.0 }, &gone);
        vectors.remove_index(Axis(0), merge.gone);
        normalise(&mut vectors);
        let mut places = HashMap::new();
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let sum = row.sum.merged(merge);
            if sum.single().is_some() {
                continue;
            }
            let at = *places.entry(sum.clone()).or_insert(rows.len());
            match rows.get_mut(at) {
                Some(same) => same.multiplier += row.multiplier,
                None => rows.push(Row { sum, multiplier: row.multiplier, idle: 0 }),
            }
        }
        Self { vectors, rows }
    }
}

/// Dimensions enough for so many vectors and rows.
fn width(n: usize, rows: usize) -> usize {
    let enough = (2.0 * (n + rows) as f64).sqrt() as usize + 8;
    enough.min(n).next_multiple_of(8)
}

fn noise(sequence: &mut Sequence) -> f64 {
    (sequence.below(1 << 20) as f64 / f64::from(1 << 19) - 1.0) * NOISE
}
