//! All runs again, by the plain rules: whatever a report says of periods and of other films.

use crate::certify::simulation::{Replayed, drawn, replay};
use crate::parameters::simulation::{Rule, Rules};
use crate::report::simulation::check::{Checker, changed};
use crate::work::parallel;

/// Quantiles of type 7 at 5, 25, 50, 75 and 95 %: at place `1 + (n − 1) p` of the numbers in order.
pub(super) fn quantiles(mut values: Vec<f64>) -> [f64; 5] {
    values.sort_by(f64::total_cmp);
    [0.05, 0.25, 0.5, 0.75, 0.95].map(|level| {
        let place = (values.len() as f64 - 1.0) * level;
        let (low, high) = (place.floor() as usize, place.ceil() as usize);
        match (values.get(low), values.get(high)) {
            (Some(low), Some(high)) => low * (1.0 - place.fract()) + high * place.fract(),
            _ => f64::NAN,
        }
    })
}

/// All runs of a film.
pub(super) struct Again(Vec<Replayed>);

impl Again {
    /// Replays everything that a report has, and compares.
    pub(super) fn check(checker: &mut Checker) {
        let report = checker.report;
        let again = Self::of(checker, &report.parameters, &[]);
        again.path(checker);
        again.balancing(checker);
        if report.rows.is_empty() {
            again.totals(checker);
        }
        for beside in &report.dominance {
            let mut rules = report.parameters;
            rules.dominance = beside.dominance;
            let what = format!("dominance: all runs replayed at {}", beside.dominance);
            if rules.validate().is_err() {
                checker.exact(what, false);
                continue;
            }
            let other = Self::of(checker, &rules, &[Rule::Dominance]);
            checker.exact(what, other.hegemonic() == checker.count(beside.probability));
        }
        if let Some(compare) = &report.compare {
            let what = "compare: all runs replayed under the other rules";
            match changed(&report.parameters, compare) {
                None => checker.exact(what, false),
                Some((rules, fixed)) => {
                    let other = Self::of(checker, &rules, &fixed);
                    let (gained, lost) = again.against(&other);
                    checker.exact(what, (gained, lost) == (compare.gained, compare.lost));
                }
            }
        }
        Self::grid(checker);
    }

    /// All runs under these rules; the ranges of `fixed` do not hold.
    fn of(checker: &Checker, rules: &Rules, fixed: &[Rule]) -> Self {
        let report = checker.report;
        Self(parallel(report.runs as usize, |run| {
            let run = run as u32;
            let mut own = *rules;
            for range in report.ranges.iter().filter(|range| !fixed.contains(&range.parameter)) {
                range.parameter.set(&mut own, drawn(range, report.seed, run, report.runs_asked));
            }
            report.draws.iter().for_each(|doubt| doubt.set(&mut own, run, fixed));
            replay(&checker.cast, &own, report.seed, run, report.periods)
        }))
    }

    fn hegemonic(&self) -> u32 {
        self.0.iter().filter(|run| run.hegemon.is_some()).count() as u32
    }

    /// The runs with a hegemon in the other film alone, and in this one alone.
    fn against(&self, other: &Self) -> (u32, u32) {
        let both = self.0.iter().zip(&other.0);
        both.fold((0, 0), |(gained, lost), (one, other)| {
            match (one.hegemon.is_some(), other.hegemon.is_some()) {
                (false, true) => (gained + 1, lost),
                (true, false) => (gained, lost + 1),
                _ => (gained, lost),
            }
        })
    }

    fn path(&self, checker: &mut Checker) {
        let mut pairs = Vec::new();
        for (t, told) in checker.report.path.iter().enumerate() {
            let periods = || self.0.iter().filter_map(|run| run.periods.get(t));
            let leaders = quantiles(periods().map(|p| p.leader_share()).collect());
            let poles = quantiles(periods().map(|p| p.effective_poles()).collect());
            let states: f64 = periods().map(|p| p.shares.len() as f64).sum();
            pairs.extend(told.leader_share.into_iter().zip(leaders));
            pairs.extend(told.effective_poles.into_iter().zip(poles));
            pairs.push((told.states, states / self.0.len() as f64));
        }
        checker.close("path: all runs replayed, period by period", &pairs);
    }

    fn balancing(&self, checker: &mut Checker) {
        let mut sums = [[0.0; 3]; 10];
        let stances = self.0.iter().flat_map(|run| &run.periods).filter_map(|p| p.stance);
        for [share, with, against] in stances {
            let sum = &mut sums[((share * 10.0).floor() as usize).min(9)];
            sum[0] += 1.0;
            sum[1] += with;
            sum[2] += against;
        }
        let seen = sums.iter().filter(|sum| sum[0] > 0.0).count();
        let told = &checker.report.balancing;
        let mut pairs = vec![(told.len() as f64, seen as f64)];
        for row in told {
            let sum = sums[((row.leader_share[0] * 10.0).round() as usize).min(9)];
            pairs.push((row.periods as f64, sum[0]));
            pairs.push((row.with, sum[1] / sum[0]));
            pairs.push((row.against, sum[2] / sum[0]));
        }
        checker.close("balancing: all runs replayed", &pairs);
    }

    /// Totals, where the report has no rows.
    fn totals(&self, checker: &mut Checker) {
        let hegemonic = self.hegemonic() == checker.count(checker.report.hegemony.probability);
        checker.exact("hegemony: all runs replayed", hegemonic);
        let ends: Vec<bool> = self.0.iter().map(|run| run.hegemon.is_some()).collect();
        checker.doubt(Some(&ends));
        let begun = |t: u32| {
            self.0.iter().filter(|run| run.hegemon.is_some_and(|(_, from)| from <= t)).count()
        };
        let runs = self.0.len() as f64;
        let pairs: Vec<(f64, f64)> = checker
            .report
            .survival
            .iter()
            .map(|row| (row.balanced, 1.0 - begun(row.period) as f64 / runs))
            .collect();
        checker.close("survival: all runs replayed", &pairs);
    }

    fn grid(checker: &mut Checker) {
        let Some(grid) = &checker.report.grid else { return };
        let mut holds = true;
        for cell in &grid.cells {
            let mut rules = checker.report.parameters;
            grid.x.parameter.set(&mut rules, cell.x);
            let mut fixed = vec![grid.x.parameter];
            if let (Some(y), Some(value)) = (&grid.y, cell.y) {
                y.parameter.set(&mut rules, value);
                fixed.push(y.parameter);
            }
            if rules.validate().is_err() {
                holds = false;
                continue;
            }
            let again = Self::of(checker, &rules, &fixed);
            holds &= again.hegemonic() == checker.count(cell.probability);
        }
        checker.exact("grid: all runs replayed at every place", holds);
    }
}
