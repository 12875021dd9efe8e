//! Parameters drawn from the sampling distribution of an estimate: of a film with `N` draws run
//! `k` is played with draw `k mod N`, so that shares over runs hold the doubt of the estimate.
//!
//! How much of the spread over runs lies between draws is the analysis of variance with random
//! effects of one factor (Searle, Casella & McCulloch 1992, *Variance Components*, §3.6): the
//! variance between draws is `(MSB − MSW) / n₀`, at least 0.

use crate::parameters::sampling::Sampling;
use crate::parameters::simulation::{Rule, Rules};
use crate::simulation::run::RunRow;
use crate::simulation::statistics::{wilson, wilson_of};

/// Draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// What is drawn.
    pub rules: Vec<Rule>,
    /// By draw the values, in the order of the rules.
    pub values: Vec<Vec<f64>>,
    /// What they follow from.
    pub sampling: Sampling,
}

impl Draws {
    /// The draw that a run is played with.
    pub(super) fn of(&self, run: u32) -> usize {
        run as usize % self.values.len().max(1)
    }

    /// Gives the rules of a run their drawn values.
    pub(super) fn set(&self, rules: &mut Rules, run: u32) {
        let Some(values) = self.values.get(self.of(run)) else { return };
        self.rules.iter().zip(values).for_each(|(rule, &value)| rule.set(rules, value));
    }

    /// Draws no more of this rule.
    pub(super) fn fix(&mut self, rule: Rule) {
        if let Some(at) = self.rules.iter().position(|&drawn| drawn == rule) {
            self.rules.remove(at);
            for values in &mut self.values {
                values.remove(at);
            }
        }
    }

    /// What came of each, and over all.
    pub fn found(&self, rows: &[RunRow]) -> OverDraws {
        let mut counts = vec![(0, 0); self.values.len()];
        for (run, row) in (0..).zip(rows) {
            let (runs, hegemonic) = &mut counts[self.of(run)];
            *runs += 1;
            *hegemonic += u32::from(row.hegemon.is_some());
        }
        OverDraws::of(counts)
    }
}

/// How the runs spread over draws.
#[derive(Debug, Clone, PartialEq)]
pub struct OverDraws {
    /// By draw the runs, and those with a hegemon.
    pub counts: Vec<(u32, u32)>,
    /// The 95 % interval of the probability of hegemony, of which runs of one draw are one cluster:
    /// Wilson's, with as many independent runs as the clusters are worth.
    pub interval: [f64; 2],
    /// Standard deviation of the probability between draws, without the chance of the runs.
    pub spread: f64,
    /// The part of the variance of a run's end that lies between draws.
    pub between: f64,
}

impl OverDraws {
    fn of(counts: Vec<(u32, u32)>) -> Self {
        let groups: Vec<(f64, f64)> = counts
            .iter()
            .filter(|(runs, _)| *runs > 0)
            .map(|&(runs, hegemonic)| (f64::from(runs), f64::from(hegemonic) / f64::from(runs)))
            .collect();
        let k = groups.len() as f64;
        let sum = |of: &dyn Fn(f64, f64) -> f64| groups.iter().map(|&(n, p)| of(n, p)).sum::<f64>();
        let all = sum(&|n, _| n);
        let mean = sum(&|n, p| n * p) / all;
        let msb = sum(&|n, p| n * (p - mean) * (p - mean)) / (k - 1.0).max(1.0);
        let msw = sum(&|n, p| n * p * (1.0 - p)) / (all - k).max(1.0);
        let size = (all - sum(&|n, _| n * n) / all) / (k - 1.0).max(1.0);
        let variance = if size > 0.0 { ((msb - msw) / size).max(0.0) } else { 0.0 };
        let clustered =
            sum(&|n, p| (n * (p - mean)).powi(2)) / (all * all) * k / (k - 1.0).max(1.0);
        let alone = mean * (1.0 - mean) / all;
        let worth = if alone > 0.0 { all / (clustered / alone).max(1.0) } else { all };
        let total = variance + msw;
        Self {
            counts,
            interval: wilson_of(mean, worth),
            spread: variance.sqrt(),
            between: if total > 0.0 { variance / total } else { 0.0 },
        }
    }
}

/// What the runs of a draw say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Hegemony is surely less probable than not.
    Balanced,
    /// Hegemony is surely more probable than not.
    Hegemonic,
    /// Neither is sure.
    Contested,
}

impl Ending {
    /// Its name, as verdicts have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Hegemonic => "hegemonic",
            Self::Contested => "contested",
        }
    }

    /// What so many runs say, by Wilson's 95 % interval.
    pub fn of((runs, hegemonic): (u32, u32)) -> Self {
        match wilson(hegemonic, runs) {
            [_, high] if high < 0.5 => Self::Balanced,
            [low, _] if low > 0.5 => Self::Hegemonic,
            _ => Self::Contested,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    #[test]
    fn spread_of_clusters_by_hand() {
        // Two draws of four runs: 1 and 3 hegemonic. MSB = 8·(¼)² = ½, MSW = 8·3/16 / 6 = ¼, n₀ = 4.
        let found = OverDraws::of(vec![(4, 1), (4, 3)]);
        assert_abs_diff_eq!(found.spread, 0.25, epsilon = 1e-15);
        assert_abs_diff_eq!(found.between, 0.2, epsilon = 1e-15);
        // Clustered variance 2·(4/4)²/64 · 2 = 1/16, alone 1/32: worth 4 of the 8 runs.
        assert_eq!(found.interval, wilson(2, 4));
        // Draws that do not differ have no spread, and runs are worth themselves.
        let alike = OverDraws::of(vec![(4, 2), (4, 2)]);
        assert_eq!((alike.spread, alike.between, alike.interval), (0.0, 0.0, wilson(4, 8)));
        assert_eq!(OverDraws::of(vec![(4, 0), (4, 0), (0, 0)]).interval, wilson(0, 8));
    }

    #[test]
    fn endings_take_enough_runs() {
        assert_eq!(Ending::of((2, 0)), Ending::Contested);
        assert_eq!(Ending::of((20, 0)), Ending::Balanced);
        assert_eq!(Ending::of((20, 19)), Ending::Hegemonic);
        assert_eq!(Ending::of((20, 10)), Ending::Contested);
        assert_eq!(Ending::of((0, 0)), Ending::Contested);
    }
}
