//! The maximum of a log likelihood in a few parameters, its curvature, and profile intervals.
//!
//! Method: Newton's, with derivatives by central differences of the fourth order, and steps
//! halved until the likelihood rises. An interval is where twice the log likelihood, maximised
//! over all other parameters, is within the 95 % quantile of χ² of its maximum.

use ndarray::{Array1, Array2};

use super::linear::{cholesky, inverse, solve};
use super::statistics::CHI2_95;

/// Where a log likelihood is largest.
#[derive(Debug, Clone)]
pub(super) struct Maximum {
    pub(super) at: Vec<f64>,
    pub(super) value: f64,
    /// The inverse of the observed information.
    pub(super) covariance: Array2<f64>,
}

/// Beyond this no parameter of a likelihood here has a meaning: it has no finite maximum.
const FARTHEST: f64 = 1e4;
const MOST_STEPS: usize = 200;

/// The maximum of `likelihood` from `start`; `None` where none is found that is finite and
/// curved in every direction. O(steps · parameters²) evaluations.
pub(super) fn maximise(likelihood: &dyn Fn(&[f64]) -> f64, start: &[f64]) -> Option<Maximum> {
    let mut at = start.to_vec();
    let mut value = likelihood(&at);
    for _ in 0..MOST_STEPS {
        let (gradient, information) = derivatives(likelihood, &at);
        let step = newton_step(&gradient, information)?;
        let ahead = |length: f64| -> Vec<f64> {
            at.iter().zip(&step).map(|(x, s)| x + length * s).collect()
        };
        let halved = (0..40).map(|k| 0.5_f64.powi(k));
        let better = halved.map(ahead).map(|x| (likelihood(&x), x)).find(|(v, _)| *v >= value);
        let Some((next, place)) = better else { break };
        let moved = at.iter().zip(&place).map(|(a, b)| (a - b).abs() / (1.0 + a.abs()));
        let moved = moved.fold(0.0, f64::max);
        (at, value) = (place, next);
        if at.iter().any(|x| x.abs() > FARTHEST) || !value.is_finite() {
            return None;
        }
        if moved < 1e-12 {
            break;
        }
    }
    let (gradient, information) = derivatives(likelihood, &at);
    let factor = cholesky(&information)?;
    // The decrement says how much is left to gain: an end that is none has more.
    let decrement = gradient.dot(&solve(&factor, &gradient));
    let covariance = inverse(&factor);
    // So is one where the likelihood is flat for as far as anything has a meaning.
    let curved = covariance.diag().iter().all(|variance| variance.sqrt() < FARTHEST);
    (decrement < 1e-6 && curved).then_some(Maximum { at, value, covariance })
}

/// Newton's step; where the likelihood is not curved, one that is bent towards the gradient.
fn newton_step(gradient: &Array1<f64>, mut information: Array2<f64>) -> Option<Array1<f64>> {
    let mut ridge = 1e-6;
    for _ in 0..40 {
        if let Some(factor) = cholesky(&information) {
            return Some(solve(&factor, gradient));
        }
        information.diag_mut().mapv_inplace(|d| d + ridge);
        ridge *= 4.0;
    }
    None
}

/// The gradient, and the negative of the second derivatives.
fn derivatives(f: &dyn Fn(&[f64]) -> f64, at: &[f64]) -> (Array1<f64>, Array2<f64>) {
    let n = at.len();
    let width = |k: usize| 1e-3 * (1.0 + at[k].abs());
    let shifted = |moves: &[(usize, f64)]| {
        let mut x = at.to_vec();
        for &(k, by) in moves {
            x[k] += by * width(k);
        }
        f(&x)
    };
    let center = f(at);
    let mut gradient = Array1::zeros(n);
    let mut information = Array2::zeros((n, n));
    for k in 0..n {
        let [a, b, c, d] = [-2.0, -1.0, 1.0, 2.0].map(|by| shifted(&[(k, by)]));
        gradient[k] = (a - 8.0 * b + 8.0 * c - d) / (12.0 * width(k));
        let second = (-a + 16.0 * b - 30.0 * center + 16.0 * c - d) / 12.0;
        information[[k, k]] = -second / width(k).powi(2);
        for l in 0..k {
            let cross = |h: f64| {
                let corner = |s: f64, t: f64| shifted(&[(k, s * h), (l, t * h)]);
                (corner(1.0, 1.0) - corner(1.0, -1.0) - corner(-1.0, 1.0) + corner(-1.0, -1.0))
                    / (4.0 * h * h)
            };
            // Richardson's extrapolation of two widths.
            let mixed = (4.0 * cross(1.0) - cross(2.0)) / 3.0;
            information[[k, l]] = -mixed / (width(k) * width(l));
            information[[l, k]] = information[[k, l]];
        }
    }
    (gradient, information)
}

/// The log likelihood with parameter `k` held at `value` and the others at their best.
pub(super) fn profiled(
    likelihood: &dyn Fn(&[f64]) -> f64,
    near: &[f64],
    k: usize,
    value: f64,
) -> Option<f64> {
    let whole = |rest: &[f64]| {
        let mut all = rest.to_vec();
        all.insert(k, value);
        all
    };
    if near.len() == 1 {
        return Some(likelihood(&whole(&[])));
    }
    let mut start = near.to_vec();
    start.remove(k);
    maximise(&|rest| likelihood(&whole(rest)), &start).map(|found| found.value)
}

/// The ends of the 95 % profile-likelihood interval of parameter `k`; `None` for an end that is
/// not found within 64 standard errors, where the likelihood is flat.
pub(super) fn interval(
    likelihood: &dyn Fn(&[f64]) -> f64,
    maximum: &Maximum,
    k: usize,
) -> [Option<f64>; 2] {
    let least = maximum.value - 0.5 * CHI2_95;
    let error = maximum.covariance[[k, k]].sqrt();
    let inside =
        |value: f64| profiled(likelihood, &maximum.at, k, value).map(|profile| profile >= least);
    [-1.0, 1.0].map(|side| {
        let (mut near, mut far) = (maximum.at[k], maximum.at[k] + side * error);
        let mut doublings = 0;
        while inside(far)? {
            doublings += 1;
            if doublings > 6 {
                return None;
            }
            (near, far) = (far, maximum.at[k] + side * error * f64::from(1 << doublings));
        }
        for _ in 0..80 {
            let middle = f64::midpoint(near, far);
            if inside(middle)? {
                near = middle;
            } else {
                far = middle;
            }
        }
        Some(f64::midpoint(near, far))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quadratic_has_its_maximum_curvature_and_interval() {
        let f = |x: &[f64]| {
            let (a, b) = (x[0] - 1.0, x[1] + 2.0);
            3.0 - (2.0 * a * a + a * b + b * b)
        };
        let found = maximise(&f, &[0.0, 0.0]).unwrap();
        assert!((found.at[0] - 1.0).abs() < 1e-9 && (found.at[1] + 2.0).abs() < 1e-9);
        // The information is [[4, 1], [1, 2]], its inverse [[2, -1], [-1, 4]] / 7.
        assert!((found.covariance[[0, 0]] - 2.0 / 7.0).abs() < 1e-7);
        assert!((found.covariance[[0, 1]] + 1.0 / 7.0).abs() < 1e-7);
        let [low, high] = interval(&f, &found, 0);
        let half = (CHI2_95 * 2.0 / 7.0).sqrt();
        assert!((low.unwrap() - 1.0 + half).abs() < 1e-6);
        assert!((high.unwrap() - 1.0 - half).abs() < 1e-6);
    }

    #[test]
    fn what_rises_for_ever_has_no_maximum() {
        assert!(maximise(&|x: &[f64]| x[0], &[0.0]).is_none());
    }
}
