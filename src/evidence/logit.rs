//! Logistic regression by iteratively reweighted least squares, with errors clustered by group.
//!
//! References: P. McCullagh and J. A. Nelder (1989), *Generalized Linear Models*, 2nd ed., ch. 4;
//! K.-Y. Liang and S. L. Zeger (1986), "Longitudinal Data Analysis Using Generalized Linear
//! Models", *Biometrika* 73, for the clustered errors.

use ndarray::{Array1, Array2, ArrayView1};

use super::linear::{cholesky, inverse, solve};
use super::statistics::{logistic, softplus};

/// A fitted regression.
#[derive(Debug, Clone)]
pub(super) struct Logit {
    pub(super) coefficients: Array1<f64>,
    pub(super) covariance: Array2<f64>,
    pub(super) log_likelihood: f64,
}

/// Beyond this a coefficient on a scaled column means separation: fitted probabilities of 0 and 1.
const FARTHEST: f64 = 40.0;
const MOST_STEPS: usize = 60;

/// The log odds of each row.
pub(super) fn log_odds(design: &Array2<f64>, coefficients: &Array1<f64>) -> Array1<f64> {
    design.dot(coefficients)
}

/// The mean of minus the log probability of what happened.
pub(super) fn log_loss(log_odds: &Array1<f64>, events: &[bool]) -> f64 {
    let loss = |(eta, event): (&f64, &bool)| softplus(if *event { -eta } else { *eta });
    log_odds.iter().zip(events).map(loss).sum::<f64>() / events.len() as f64
}

/// The mean square of what was wrong with the probabilities.
pub(super) fn brier(log_odds: &Array1<f64>, events: &[bool]) -> f64 {
    let error =
        |(eta, event): (&f64, &bool)| (logistic(*eta) - f64::from(u8::from(*event))).powi(2);
    log_odds.iter().zip(events).map(error).sum::<f64>() / events.len() as f64
}

/// Fits `events` on the columns of `design`, which has one of ones if it is to have an
/// intercept; `start` where the coefficients are known roughly. `None` where there is no finite
/// maximum (separation) or columns depend on each other. O(steps · rows · columns²).
pub(super) fn fit(
    design: &Array2<f64>,
    events: &[bool],
    start: Option<&Array1<f64>>,
) -> Option<Logit> {
    let k = design.ncols();
    let mut at = start.cloned().unwrap_or_else(|| Array1::zeros(k));
    let mut value = -log_loss(&log_odds(design, &at), events) * events.len() as f64;
    for _ in 0..MOST_STEPS {
        let (score, information) = derivatives(design, events, &at);
        let step = solve(&cholesky(&information)?, &score);
        let mut length = 1.0;
        let mut moved = false;
        for _ in 0..30 {
            let next = &at + &(&step * length);
            let next_value = -log_loss(&log_odds(design, &next), events) * events.len() as f64;
            if next_value >= value - 1e-12 * value.abs() {
                (at, value, moved) = (next, next_value, true);
                break;
            }
            length *= 0.5;
        }
        if at.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let largest = step.iter().map(|s| (s * length).abs()).fold(0.0, f64::max);
        let scale = at.iter().map(|x| x.abs()).fold(1.0, f64::max);
        if !moved || largest <= 1e-11 * scale {
            break;
        }
    }
    let farthest = log_odds(design, &at).iter().map(|eta| eta.abs()).fold(0.0, f64::max);
    let (score, information) = derivatives(design, events, &at);
    let factor = cholesky(&information)?;
    let left = score.dot(&solve(&factor, &score));
    if farthest > FARTHEST || left > 1e-8 {
        return None;
    }
    Some(Logit { coefficients: at, covariance: inverse(&factor), log_likelihood: value })
}

fn derivatives(
    design: &Array2<f64>,
    events: &[bool],
    at: &Array1<f64>,
) -> (Array1<f64>, Array2<f64>) {
    let k = design.ncols();
    let mut score = Array1::zeros(k);
    let mut information = Array2::zeros((k, k));
    for (row, &event) in design.rows().into_iter().zip(events) {
        let p = logistic(row.dot(at));
        let (residual, weight) = (f64::from(u8::from(event)) - p, p * (1.0 - p));
        add(&mut score, &mut information, row, residual, weight);
    }
    for i in 0..k {
        for j in 0..i {
            information[[j, i]] = information[[i, j]];
        }
    }
    (score, information)
}

fn add(
    score: &mut Array1<f64>,
    information: &mut Array2<f64>,
    row: ArrayView1<f64>,
    residual: f64,
    weight: f64,
) {
    for i in 0..row.len() {
        score[i] += residual * row[i];
        let weighted = weight * row[i];
        for j in 0..=i {
            information[[i, j]] += weighted * row[j];
        }
    }
}

impl Logit {
    /// Standard errors.
    pub(super) fn errors(&self) -> Vec<f64> {
        self.covariance.diag().iter().map(|v| v.sqrt()).collect()
    }

    /// Standard errors that hold if rows of one cluster depend on each other, with the factor
    /// `G/(G−1) · (N−1)/(N−K)`. `clusters` gives each row's cluster, from 0.
    pub(super) fn clustered(
        &self,
        design: &Array2<f64>,
        events: &[bool],
        clusters: &[usize],
    ) -> Vec<f64> {
        let k = design.ncols();
        let groups = clusters.iter().max().map_or(0, |last| last + 1);
        let mut scores = Array2::<f64>::zeros((groups, k));
        for ((row, &event), &cluster) in design.rows().into_iter().zip(events).zip(clusters) {
            let residual = f64::from(u8::from(event)) - logistic(row.dot(&self.coefficients));
            let mut score = scores.row_mut(cluster);
            score.scaled_add(residual, &row);
        }
        let (g, n) = (groups as f64, events.len() as f64);
        let factor = g / (g - 1.0) * (n - 1.0) / (n - k as f64);
        let sandwich = self.covariance.dot(&scores.t().dot(&scores)).dot(&self.covariance);
        sandwich.diag().iter().map(|v| (factor * v).sqrt()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn two_groups_have_their_log_odds() {
        // 1 of 4 and 3 of 4.
        let design =
            Array2::from_shape_fn((8, 2), |(i, j)| if j == 0 || i >= 4 { 1.0 } else { 0.0 });
        let events = [true, false, false, false, true, true, true, false];
        let found = fit(&design, &events, None).unwrap();
        let third = (1.0_f64 / 3.0).ln();
        assert!((found.coefficients[0] - third).abs() < 1e-9);
        assert!((found.coefficients[1] + 2.0 * third).abs() < 1e-9);
        // The variance of a log odds is 1/a + 1/b.
        assert!((found.errors()[0] - (4.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn separation_has_no_fit() {
        let design = array![[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]];
        assert!(fit(&design, &[false, false, true, true], None).is_none());
    }
}
