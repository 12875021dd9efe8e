//! Re-verifies what the report says of draws of estimated parameters: their values from the sampling
//! distribution, what came of each from the rows of the runs, and the spread over draws.

use crate::certify::sampling;
use crate::certify::simulation::{Z, wilson};
use crate::parameters::simulation::{Rule, Rules};
use crate::report::simulation::check::Checker;
use crate::report::simulation::{DoubtReport, DrawReport};

impl DoubtReport {
    /// The draw that a run is played with.
    fn of(&self, run: u32) -> Option<&DrawReport> {
        self.draws.get(run as usize % self.draws.len().max(1))
    }

    /// Gives the rules of a run what it drew, of what is not in `fixed`.
    pub(in crate::report::simulation) fn set(&self, rules: &mut Rules, run: u32, fixed: &[Rule]) {
        for (name, value) in self.of(run).iter().flat_map(|draw| &draw.parameters.0) {
            if let Some(rule) = Rule::from_name(name).filter(|rule| !fixed.contains(rule)) {
                rule.set(rules, *value);
            }
        }
    }
}

impl Checker<'_> {
    /// Examines what the report says of draws. `ends` says of each run whether it has a hegemon, where that is known.
    pub(in crate::report::simulation) fn doubt(&mut self, ends: Option<&[bool]>) {
        let report = self.report;
        let Some(doubt) = &report.draws else { return };
        self.drawn(doubt);
        if let Some(ends) = ends {
            let counts = (0..doubt.draws.len()).map(|k| {
                let own = ends.iter().skip(k).step_by(doubt.draws.len());
                (own.clone().count() as u32, own.filter(|ends| **ends).count() as u32)
            });
            let told = doubt.draws.iter().map(|draw| (draw.runs, draw.hegemonic));
            self.exact("draws: each has the runs that took its turn", told.eq(counts));
        }
        let sums = doubt.draws.iter().fold((0, 0.0), |(runs, hegemonic), draw| {
            (runs + u64::from(draw.runs), hegemonic + f64::from(draw.hegemonic))
        });
        let whole = sums.0 == u64::from(report.runs);
        self.exact("draws: their runs are all runs", whole);
        let all = f64::from(report.runs);
        self.close(
            "draws: their hegemonic runs are all",
            &[(report.hegemony.probability * all, sums.1)],
        );
        let verdict = |draw: &DrawReport| {
            let [low, high] = wilson(draw.hegemonic, draw.runs);
            match (high < 0.5, low > 0.5) {
                (true, _) => "balanced",
                (_, true) => "hegemonic",
                _ => "contested",
            }
        };
        self.exact("draws: each verdict is that of its runs", {
            let kinds = ["balanced", "hegemonic", "contested"];
            let count = |kind| doubt.draws.iter().filter(|draw| verdict(draw) == kind).count();
            let told = |kind: &str| doubt.verdicts.get(kind).map(|&n| n as usize);
            doubt.draws.iter().all(|draw| draw.verdict == verdict(draw))
                && doubt.verdicts.0.len() == kinds.len()
                && kinds.into_iter().all(|kind| told(kind) == Some(count(kind)))
        });
        self.exact("draws: spread and its part are no less than 0", {
            doubt.spread >= 0.0 && (0.0..=1.0).contains(&doubt.between)
        });
        let (spread, between, interval) = spread(doubt);
        let mut pairs = vec![(doubt.spread, spread), (doubt.between, between)];
        pairs.extend(doubt.interval.into_iter().zip(interval));
        self.close("draws: spread and interval, from the sums of squares", &pairs);
    }

    /// The values are draws of the distribution, and what is drawn has its estimate for value.
    fn drawn(&mut self, doubt: &DoubtReport) {
        let of = &doubt.sampling;
        let rules: Option<Vec<Rule>> = of.drawn().map(|term| Rule::from_name(&term.term)).collect();
        let rules = rules.unwrap_or_default();
        let mut pairs: Vec<(f64, f64)> = Vec::new();
        let mut named = !rules.is_empty()
            && of.n as usize == doubt.draws.len()
            && of.seed == self.report.seed
            && rules.iter().all(|rule| self.report.ranges.iter().all(|r| r.parameter != *rule));
        for (rule, term) in rules.iter().zip(of.drawn()) {
            pairs.push((rule.of(&self.report.parameters), term.estimate));
        }
        for (k, draw) in (0..).zip(&doubt.draws) {
            let values = sampling::draw(of, k).unwrap_or_default();
            named &= values.len() == rules.len() && rules.len() == draw.parameters.0.len();
            for (rule, value) in rules.iter().zip(values) {
                let told = draw.parameters.get(rule.name()).copied();
                pairs.push((told.unwrap_or(f64::NAN), value));
            }
        }
        self.exact("draws: each has a value of every parameter that is drawn", named);
        self.close("draws: their values follow from the estimate, its doubt and the seed", &pairs);
    }
}

/// Standard deviation between draws, its part of the variance, and the clustered interval: from
/// sums over draws of `n`, `h`, `h²/n`, `n²`, and of `(h − n p)²`.
fn spread(doubt: &DoubtReport) -> (f64, f64, [f64; 2]) {
    let draws = || doubt.draws.iter().filter(|draw| draw.runs > 0);
    let counts = || draws().map(|draw| (f64::from(draw.runs), f64::from(draw.hegemonic)));
    let k = draws().count() as f64;
    let n: f64 = counts().map(|(n, _)| n).sum();
    let h: f64 = counts().map(|(_, h)| h).sum();
    let squares: f64 = counts().map(|(n, h)| h * h / n).sum();
    let sizes: f64 = counts().map(|(n, _)| n * n).sum();
    if k < 2.0 || n <= k {
        return (0.0, 0.0, wilson_at(h / n, n));
    }
    // The end of a run is 0 or 1, so that the sum of its squares is h.
    let (among, within) = (squares - h * h / n, h - squares);
    let mean_within = within / (n - k);
    let size = (n - sizes / n) / (k - 1.0);
    let variance = ((among / (k - 1.0) - mean_within) / size).max(0.0);
    let total = variance + mean_within;
    let between = if total > 0.0 { variance / total } else { 0.0 };
    let clustered: f64 = counts().map(|(m, own)| (own - m * h / n).powi(2)).sum();
    let alone = h * (n - h) / n;
    let worth = if alone > 0.0 { n / (clustered * k / (k - 1.0) / alone).max(1.0) } else { n };
    (variance.sqrt(), between, wilson_at(h / n, worth))
}

/// Wilson's interval at a part `p` of `n` trials, from the roots of its equation.
fn wilson_at(p: f64, n: f64) -> [f64; 2] {
    let (a, b) = (1.0 + Z * Z / n, 2.0 * p + Z * Z / n);
    let root = (b * b - 4.0 * a * p * p).max(0.0).sqrt();
    let high = (b + root) / (2.0 * a);
    let low = if p > 0.0 { p * p / (a * high) } else { 0.0 };
    [low, high.min(1.0)]
}
