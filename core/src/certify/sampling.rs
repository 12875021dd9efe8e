//! Draws of a sampling distribution once more, from what a report tells of it.

use crate::chance::Luck;
use crate::parameters::sampling::Sampling;

/// Values of draw `number`, of the terms of which draws are used; `None` if that is no
/// distribution. O(k³) for `k` terms.
///
/// The factor of a covariance is made column by column, each taken off from what is left.
pub fn draw(of: &Sampling, number: u32) -> Option<Vec<f64>> {
    let k = of.terms.len();
    let z: Vec<f64> = (0..k as u64).map(|at| Luck::of_draw(of.seed, number, at).normal()).collect();
    let values: Vec<f64> = match of.std_error {
        Some(error) if k == 1 && error >= 0.0 && of.log_covariance.is_empty() => {
            vec![(of.terms[0].estimate + error * z[0]).clamp(0.0, 100.0)]
        }
        None if of.log_covariance.len() == k && of.log_covariance.iter().all(|r| r.len() == k) => {
            let moved = correlated(&of.log_covariance, &z)?;
            let values = of.terms.iter().zip(moved);
            let values = values.map(|(term, moved)| {
                let [low, high] = limits(&term.term)?;
                Some((term.estimate * moved.exp()).clamp(low, high))
            });
            values.collect::<Option<_>>()?
        }
        _ => return None,
    };
    let values = of.terms.iter().zip(values);
    Some(values.filter(|(term, _)| term.drawn).map(|(_, value)| value).collect())
}

/// Standard normal numbers made to have this covariance.
fn correlated(covariance: &[Vec<f64>], z: &[f64]) -> Option<Vec<f64>> {
    let mut left = covariance.to_vec();
    let mut sums = vec![0.0; z.len()];
    for k in 0..z.len() {
        if left[k][k].is_nan() || left[k][k] <= 0.0 {
            return None;
        }
        let root = left[k][k].sqrt();
        let column: Vec<f64> = left.iter().map(|row| row[k] / root).collect();
        for i in k..z.len() {
            sums[i] += column[i] * z[k];
            (k..z.len()).for_each(|j| left[i][j] -= column[i] * column[j]);
        }
    }
    Some(sums)
}

/// Between which values draws in logs are kept.
fn limits(term: &str) -> Option<[f64; 2]> {
    Some(match term {
        "precision" => [0.01, 100.0],
        "decisiveness" | "dominance" => [0.1, 10.0],
        "threat-weight" => [0.01, 20.0],
        "distance-scale" => [100.0, 40_000.0],
        _ => return None,
    })
}
