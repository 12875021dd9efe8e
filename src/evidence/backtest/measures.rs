//! What scores are made of: logits in one predictor, calibration, permutation probabilities.

use ndarray::{Array1, Array2};

use crate::evidence::logit::{self, Logit};

/// Probabilities are kept so far from 0 and 1 when their log odds are taken.
const EDGE: f64 = 1e-6;

pub(super) fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

pub(super) fn with_ones(values: &[f64]) -> Array2<f64> {
    let mut design = Array2::ones((values.len(), 2));
    design.column_mut(1).assign(&Array1::from(values.to_vec()));
    design
}

pub(super) fn wider(design: &Array2<f64>, column: &[f64]) -> Array2<f64> {
    let (rows, columns) = design.dim();
    Array2::from_shape_fn(
        (rows, columns + 1),
        |(i, k)| {
            if k < columns { design[[i, k]] } else { column[i] }
        },
    )
}

/// The logit of a predictor that says the same of every row: the base rate.
pub(super) fn constant_fit(values: &[f64], events: &[bool]) -> Option<Logit> {
    let flat = values.windows(2).all(|two| two[0].total_cmp(&two[1]).is_eq());
    let ones = Array2::ones((values.len(), 1));
    let fit = logit::fit(&ones, events, None).filter(|_| flat)?;
    Some(Logit { coefficients: Array1::from(vec![fit.coefficients[0], 0.0]), ..fit })
}

/// Log loss and Brier score of the logit in one predictor.
pub(super) fn single(values: &[f64], events: &[bool]) -> Option<(Logit, f64, f64)> {
    let design = with_ones(values);
    let fit = logit::fit(&design, events, None).or_else(|| constant_fit(values, events))?;
    let odds = logit::log_odds(&design, &fit.coefficients);
    let (loss, brier) = (logit::log_loss(&odds, events), logit::brier(&odds, events));
    Some((fit, loss, brier))
}

pub(super) fn base_loss(events: &[bool]) -> f64 {
    let p = events.iter().filter(|&&event| event).count() as f64 / events.len() as f64;
    -(p * p.ln() + (1.0 - p) * (1.0 - p).ln())
}

/// Intercept and slope of a logit in the log odds of probabilities.
pub(super) fn calibration(values: &[f64], events: &[bool]) -> Option<[f64; 2]> {
    let odds = |p: &f64| {
        let p = p.clamp(EDGE, 1.0 - EDGE);
        (p / (1.0 - p)).ln()
    };
    let odds: Vec<f64> = values.iter().map(odds).collect();
    let fit = logit::fit(&with_ones(&odds), events, None)?;
    Some([fit.coefficients[0], fit.coefficients[1]])
}

/// How many areas are in each of 50 equal parts of 0 to 1.
pub(super) fn counted(areas: &[f64]) -> Vec<u32> {
    const PARTS: usize = 50;
    let mut counts = vec![0; PARTS];
    for area in areas {
        counts[((area * PARTS as f64) as usize).min(PARTS - 1)] += 1;
    }
    counts
}

/// Mean and standard deviation.
pub(super) fn spread(values: &[f64]) -> [f64; 2] {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    [mean, (squares / (n - 1.0).max(1.0)).sqrt()]
}

/// How often a permuted area is as extreme; the real one counts among them.
pub(super) fn tail(area: f64, nulls: &[f64], one_sided: bool) -> f64 {
    // What differs by rounding alone is as extreme.
    let slack = 1e-12;
    let mean = nulls.iter().sum::<f64>() / nulls.len() as f64;
    let extreme = |null: &&f64| {
        if one_sided {
            **null >= area - slack
        } else {
            (**null - mean).abs() >= (area - mean).abs() - slack
        }
    };
    (1.0 + nulls.iter().filter(extreme).count() as f64) / (nulls.len() as f64 + 1.0)
}
