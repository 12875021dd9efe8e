//! The few distributions and scores that estimates are reported with.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// The standard normal quantile of 97.5 %, for intervals of 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;
/// By how much twice the log likelihood may fall within an interval of 95 % for one parameter:
/// the 95 % quantile of χ² with one degree of freedom.
pub const CHI2_95: f64 = 3.841_458_820_694_124;

/// The probability that χ² with `degrees` of freedom exceeds `value`; 1 for values below 0, NaN
/// if `degrees` is not above 0.
pub fn chi_squared_tail(value: f64, degrees: f64) -> f64 {
    ChiSquared::new(degrees).map_or(f64::NAN, |law| law.sf(value.max(0.0)))
}

/// The probability that a standard normal variable is farther from 0 than `z`.
pub fn two_sided(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}

/// `ln(1 + e^x)` without overflow.
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

/// `1 / (1 + e^−x)`.
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + (-x).exp()) } else { x.exp() / (1.0 + x.exp()) }
}

/// The area under the ROC curve: the probability that a case of an event is scored above a case
/// of none, ties counted half (Mann & Whitney 1947). NaN if there are only events or none.
/// O(n log n).
pub fn auc(scores: &[f64], events: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_unstable_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let positives = events.iter().filter(|&&event| event).count() as f64;
    let negatives = events.len() as f64 - positives;
    let (mut ranks, mut at) = (0.0, 0);
    while at < order.len() {
        let same = |i: &usize| scores[*i].total_cmp(&scores[order[at]]).is_eq();
        let tied = order[at..].iter().take_while(|i| same(i)).count();
        let hits = order[at..at + tied].iter().filter(|&&i| events[i]).count() as f64;
        ranks += hits * (at as f64 + 0.5 * (tied as f64 + 1.0));
        at += tied;
    }
    (ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_quantiles() {
        assert!((two_sided(Z_95) - 0.05).abs() < 1e-9);
        assert!((chi_squared_tail(CHI2_95, 1.0) - 0.05).abs() < 1e-9);
    }

    #[test]
    fn the_area_is_the_share_of_pairs_in_order() {
        let scores = [0.1_f64, 0.4, 0.4, 0.8, 0.3];
        let events = [false, true, false, true, false];
        let mut pairs = (0.0, 0.0);
        for (i, _) in events.iter().enumerate().filter(|(_, e)| **e) {
            for (j, _) in events.iter().enumerate().filter(|(_, e)| !**e) {
                pairs.1 += 1.0;
                pairs.0 += match scores[i].total_cmp(&scores[j]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
        }
        assert!((auc(&scores, &events) - pairs.0 / pairs.1).abs() < 1e-15);
        assert!(auc(&scores, &[true; 5]).is_nan());
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(softplus(1e4), 1e4);
        assert_eq!(softplus(-1e4), 0.0);
        assert_eq!(logistic(-1e4), 0.0);
        assert_eq!(logistic(1e4), 1.0);
    }
}
