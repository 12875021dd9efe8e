//! A zero of a support's indifference conditions: found by Newton's method, proved by a
//! Newton–Kantorovich test (Moore, Kearfott & Cloud 2009, chapter 8).

use crate::solve::strategic::mixed::cell::Shape;
use crate::solve::strategic::mixed::linear;

/// Newton's method from `weights`; `None` unless it settles.
pub(super) fn newton(
    shape: &Shape,
    gains: &[f64],
    mut weights: Vec<Vec<f64>>,
) -> Option<Vec<Vec<f64>>> {
    let d = shape.dimension;
    let mut last = f64::INFINITY;
    for _ in 0..40 {
        let (values, jacobian) = shape.system(gains, &weights);
        let inverse = linear::inverse(jacobian, d)?;
        let mut longest = 0.0f64;
        for (j, &k) in shape.sizes.iter().enumerate() {
            for b in 1..k {
                let row = shape.unknowns[j] + b - 1;
                let step: f64 =
                    -inverse[row * d..][..d].iter().zip(&values).map(|(y, v)| y * v).sum::<f64>();
                weights[j][b] += step;
                weights[j][0] -= step;
                longest = longest.max(step.abs());
            }
        }
        if longest.is_nan() || longest >= 4.0 {
            return None;
        }
        // Until rounding is all that is left.
        if longest < 1e-15 || (longest < 1e-9 && longest >= last) {
            return Some(weights);
        }
        last = longest;
    }
    None
}

/// The largest radius (of powers of ten) of a box around `zero` in which there is exactly
/// one zero, proved by Newton–Kantorovich: derivatives of gains in `[-1, 1]` change by at
/// most `6 d r` within radius `r ≤ 0.01`.
pub(super) fn prove(shape: &Shape, gains: &[f64], zero: &[Vec<f64>]) -> Option<f64> {
    let d = shape.dimension as f64;
    let (values, jacobian) = shape.system(gains, zero);
    let inverse = linear::inverse(jacobian.clone(), shape.dimension)?;
    let n = shape.dimension;
    let rows = |matrix: &[f64]| {
        matrix
            .chunks_exact(n)
            .map(|row| row.iter().map(|x| x.abs()).sum::<f64>())
            .fold(0.0, f64::max)
    };
    // How far the inverse is from one: I − Y·J.
    let mut residue = vec![0.0; n * n];
    for r in 0..n {
        for c in 0..n {
            let product: f64 = (0..n).map(|k| inverse[r * n + k] * jacobian[k * n + c]).sum();
            residue[r * n + c] = f64::from(u8::from(r == c)) - product;
        }
    }
    let size = rows(&inverse);
    let value = values.iter().map(|v| v.abs()).fold(0.0, f64::max) + 1e-14;
    (2..=10).map(|power| 0.1f64.powi(power)).find(|&radius| {
        let contraction = rows(&residue) + 1e-12 * size + size * 6.0 * d * d * radius;
        contraction < 0.9 && size * value + contraction * radius < radius
    })
}
