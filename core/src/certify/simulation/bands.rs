//! Intervals of shares of runs, from their definitions.

/// Wilson's 95 % interval: the `p` with `(p̂ − p)² = z² p (1 − p) / n`.
pub fn wilson(successes: u32, trials: u32) -> [f64; 2] {
    if trials == 0 {
        return [0.0, 1.0];
    }
    let (n, k) = (f64::from(trials), f64::from(successes));
    let z2 = Z * Z;
    let (a, b, c) = (n + z2, -(2.0 * k + z2), k * k / n);
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    // The smaller root by the product of both, where subtracting would cancel.
    let high = (-b + root) / (2.0 * a);
    let low = if k > 0.0 { c / (a * high) } else { 0.0 };
    [low, high.min(1.0)]
}

/// The 95 % band of a survival curve without early ends, at a part `survives` of so many runs:
/// Greenwood's sum is `(1 − S) / (n S)` then.
pub fn survival_band(survives: f64, runs: u32) -> [f64; 2] {
    if survives <= 0.0 || survives >= 1.0 {
        return [survives; 2];
    }
    let middle = (-survives.ln()).ln();
    let reach = Z * ((1.0 - survives) / (f64::from(runs) * survives)).sqrt() / -survives.ln();
    let at = |theta: f64| (-theta.exp()).exp();
    [at(middle + reach), at(middle - reach)]
}

/// The half-width of the 95 % interval of a paired difference.
pub fn paired_reach(gained: u32, lost: u32, runs: u32) -> f64 {
    let (b, c, n) = (f64::from(gained) / f64::from(runs), f64::from(lost) / f64::from(runs), {
        f64::from(runs)
    });
    // The variance of a difference that is 1 in b, −1 in c and 0 in the other runs.
    Z * ((b + c - (b - c).powi(2)).max(0.0) / n).sqrt()
}

/// The 97.5 % quantile of the standard normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;
