//! What runs add up to: proportions, survival, quantiles.

/// The 97.5 % quantile of the standard normal distribution: of intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a proportion (Wilson 1927, JASA 22:209); all of `[0, 1]` of nothing.
pub fn wilson(successes: u32, trials: u32) -> [f64; 2] {
    if trials == 0 {
        return [0.0, 1.0];
    }
    wilson_of(f64::from(successes) / f64::from(trials), f64::from(trials))
}

/// The same of a proportion that is as sure as one of `n` trials, above 0.
pub fn wilson_of(p: f64, n: f64) -> [f64; 2] {
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let end = |sum: f64| (sum / (1.0 + Z * Z / n)).clamp(0.0, 1.0);
    let low = if p <= 0.0 { 0.0 } else { end(middle - half) };
    let high = if p >= 1.0 { 1.0 } else { end(middle + half) };
    [low, high]
}

/// The 95 % interval of a difference of two proportions over the same `runs`: `gained` and `lost`
/// are the runs in which only the second, only the first has the outcome.
pub fn paired(gained: u32, lost: u32, runs: u32) -> [f64; 2] {
    let (b, c, n) = (f64::from(gained), f64::from(lost), f64::from(runs.max(1)));
    let difference = (b - c) / n;
    let half = Z * (b + c - (b - c) * (b - c) / n).max(0.0).sqrt() / n;
    [(difference - half).max(-1.0), (difference + half).min(1.0)]
}

/// The survival curve of Kaplan & Meier (1958) at periods 1 to `periods`, right-censored at the
/// last, with Greenwood's (1926) 95 % band on the scale of `log(−log S)`. `events` are the periods
/// in which something ended; of `runs` in all. O(periods + events).
pub fn survival(
    events: impl Iterator<Item = u32>,
    runs: u32,
    periods: u32,
) -> Vec<(f64, [f64; 2])> {
    let mut ended = vec![0u32; periods as usize + 1];
    for period in events {
        if let Some(count) = ended.get_mut(period as usize) {
            *count += 1;
        }
    }
    let mut at_risk = f64::from(runs);
    let (mut survives, mut variance) = (1.0, 0.0);
    let mut curve = Vec::with_capacity(periods as usize);
    for &count in &ended[1..] {
        let count = f64::from(count);
        if at_risk > 0.0 {
            survives *= 1.0 - count / at_risk;
            variance += count / (at_risk * (at_risk - count));
        }
        at_risk -= count;
        curve.push((survives, band(survives, variance)));
    }
    curve
}

fn band(survives: f64, variance: f64) -> [f64; 2] {
    if survives >= 1.0 || survives <= 0.0 {
        return [survives; 2];
    }
    let reach = Z * variance.sqrt() / survives.ln().abs();
    [survives.powf(reach.exp()), survives.powf((-reach).exp())]
}

/// Quantiles of type 7 (Hyndman & Fan 1996) of numbers in ascending order, of which there is one
/// at least.
pub fn quantiles<const N: usize>(ascending: &[f64], levels: [f64; N]) -> [f64; N] {
    levels.map(|level| {
        let at = level * (ascending.len() - 1) as f64;
        let below = at.floor() as usize;
        let next = ascending[(below + 1).min(ascending.len() - 1)];
        ascending[below] + (at - below as f64) * (next - ascending[below])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    #[test]
    fn wilson_intervals() {
        // Newcombe (1998, Statistics in Medicine 17:857), table I.
        for (r, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
        {
            let [l, h] = wilson(r, n);
            assert_abs_diff_eq!(l, low, epsilon = 5e-5);
            assert_abs_diff_eq!(h, high, epsilon = 5e-5);
        }
        assert_abs_diff_eq!(wilson(500, 1000)[1] - 0.5, 0.0309, epsilon = 1e-4);
    }

    #[test]
    fn without_early_ends_survival_is_the_empirical_curve() {
        let events = [3, 3, 5, 9];
        let curve = survival(events.into_iter(), 8, 10);
        for (t, (survives, [low, high])) in (1..).zip(&curve) {
            let left = 8 - events.iter().filter(|&&e| e <= t).count();
            assert_abs_diff_eq!(*survives, left as f64 / 8.0, epsilon = 1e-15);
            assert!(low <= survives && survives <= high);
        }
        // Greenwood: S² Σ d/(n(n−d)) is S(1−S)/n without censoring.
        let (s, [low, _]) = curve[9];
        let reach = Z * (s * (1.0 - s) / 8.0).sqrt() / (s * s.ln().abs());
        assert_abs_diff_eq!(low, s.powf(reach.exp()), epsilon = 1e-12);
    }

    #[test]
    fn quantiles_of_type_seven() {
        assert_eq!(quantiles(&[1.0, 2.0, 3.0, 4.0], [0.0, 0.25, 0.5, 1.0]), [1.0, 1.75, 2.5, 4.0]);
        assert_eq!(quantiles(&[7.0], [0.05, 0.95]), [7.0; 2]);
    }

    #[test]
    fn a_paired_difference_without_discordant_runs_is_certain() {
        assert_eq!(paired(0, 0, 100), [0.0; 2]);
        let [low, high] = paired(30, 10, 100);
        assert_abs_diff_eq!(0.5 * (low + high), 0.2, epsilon = 1e-12);
        assert_abs_diff_eq!(high - 0.2, 1.96 * 36f64.sqrt() / 100.0, epsilon = 1e-5);
    }
}
