//! The logit that checks fit: Newton's method, steps cut where the loss would grow.

use std::collections::BTreeMap;

use super::pair;
use crate::certify::linear;
use crate::evidence::backtest::Columns;

/// Rows of a design with a one in front.
pub(super) fn columns_of(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let rows = columns.first().map_or(0, Vec::len);
    (0..rows)
        .map(|row| std::iter::once(1.0).chain(columns.iter().map(|c| c[row])).collect())
        .collect()
}

/// A logit at its maximum, with Gauss–Jordan elimination for its equations.
pub(super) struct Newton {
    pub(super) design: Vec<Vec<f64>>,
    pub(super) at: Vec<f64>,
    pub(super) odds: Vec<f64>,
    pub(super) errors: Vec<f64>,
    pub(super) inverse: Vec<Vec<f64>>,
    pub(super) loss: f64,
}

/// The log loss of one event, or of none, at these log odds of it.
pub(super) fn surprise(odds: f64, event: bool) -> f64 {
    let against = if event { -odds } else { odds };
    against.max(0.0) + (-against.abs()).exp().ln_1p()
}

impl Newton {
    /// `None` where it does not converge, or columns depend on each other.
    pub(super) fn of(design: &[Vec<f64>], events: &[bool]) -> Option<Self> {
        let k = design.first()?.len();
        let mut at = vec![0.0; k];
        let mut inverse = Vec::new();
        let odds = |at: &[f64]| -> Vec<f64> {
            design.iter().map(|row| row.iter().zip(at).map(|(x, b)| x * b).sum()).collect()
        };
        let loss = |odds: &[f64]| -> f64 {
            let each = odds.iter().zip(events).map(|(&odds, &event)| surprise(odds, event));
            each.sum::<f64>() / events.len() as f64
        };
        let mut largest = f64::INFINITY;
        for _ in 0..100 {
            let mut score = vec![0.0; k];
            let mut information = vec![vec![0.0; k]; k];
            for ((row, eta), event) in design.iter().zip(odds(&at)).zip(events) {
                let p = 1.0 / (1.0 + (-eta).exp());
                for i in 0..k {
                    score[i] += row[i] * (f64::from(u8::from(*event)) - p);
                    for j in 0..k {
                        information[i][j] += row[i] * row[j] * p * (1.0 - p);
                    }
                }
            }
            inverse = linear::inverse(information)?;
            let step: Vec<f64> = inverse
                .iter()
                .map(|row| row.iter().zip(&score).map(|(a, b)| a * b).sum())
                .collect();
            largest = step.iter().map(|s: &f64| s.abs()).fold(0.0, f64::max);
            // A step that is too long, beyond which the loss is more, is cut as a whole.
            let now = loss(&odds(&at));
            let ahead = |part: f64| -> Vec<f64> {
                at.iter().zip(&step).map(|(x, s)| x + part * s).collect()
            };
            let next = (0..40).map(|k| ahead(0.5_f64.powi(k)));
            let next = next.into_iter().find(|x| loss(&odds(x)) <= now * (1.0 + 1e-13));
            at = next.unwrap_or(at);
            if largest < 1e-11 {
                break;
            }
        }
        let odds = odds(&at);
        if largest > 1e-6 || odds.iter().any(|eta| eta.abs() > 40.0) {
            return None;
        }
        let loss = loss(&odds);
        let errors = (0..k).map(|i| inverse[i][i].sqrt()).collect();
        Some(Self { design: design.to_vec(), at, odds, errors, inverse, loss })
    }

    /// The standard error of a coefficient with rows of one pair dependent.
    pub(super) fn clustered(
        &self,
        data: &Columns,
        rows: &[usize],
        events: &[bool],
        k: usize,
    ) -> f64 {
        let mut sums: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for (at, &row) in rows.iter().enumerate() {
            let p = 1.0 / (1.0 + (-self.odds[at]).exp());
            let residual = f64::from(u8::from(events[at])) - p;
            // The row's influence on the coefficient.
            let influence: f64 =
                self.inverse[k].iter().zip(&self.design[at]).map(|(a, x)| a * x).sum();
            *sums.entry(pair(data, row)).or_insert(0.0) += influence * residual;
        }
        let (g, n, columns) = (sums.len() as f64, rows.len() as f64, self.at.len() as f64);
        let factor = g / (g - 1.0) * (n - 1.0) / (n - columns);
        (factor * sums.values().map(|sum| sum * sum).sum::<f64>()).sqrt()
    }
}
