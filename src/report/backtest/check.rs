//! Computes the scores of a backtest again from the rows in the report: areas by counting pairs,
//! log losses at a maximum that is proven by its score equations, permutations from the seed.
//! Nothing of the scorer is used.

mod alone;
mod newton;
mod permutations;

use std::collections::BTreeSet;

use statrs::function::erf::erfc;

use self::newton::{Newton, columns_of};
use self::permutations::Permutations;
use super::{BACKTEST_SCHEMA, Backtest};
use crate::certify::Claim;
use crate::error::{Error, Place, Result};
use crate::evidence::backtest::{Columns, Regression, Score};
use crate::report::Verification;
use crate::work::parallel;

/// How far a recomputed number may be off, relative to 1 and itself.
const TOLERANCE: f64 = 1e-6;
/// Rows times permutations that are gone through without `--thorough`.
const PATIENCE: u64 = 4_000_000;

/// Examines the scores of a backtest. `thorough` also repeats every permutation of the areas, where
/// there are many.
///
/// # Errors
/// If the report has another schema, or columns of different lengths.
pub fn check_backtest(report: &Backtest, thorough: bool) -> Result<Verification> {
    let fault = |column: &str, problem: String| {
        Error::input(
            Place { column: Some(column.into()), ..Place::file("backtest") },
            problem,
            "check it with the version of equipoise that wrote it, saved with --format json",
        )
    };
    if report.schema != BACKTEST_SCHEMA {
        let problem = format!("expected \"{BACKTEST_SCHEMA}\", found \"{}\"", report.schema);
        return Err(fault("schema", problem));
    }
    let data = &report.data;
    let rows = data.year.len();
    let lengths = [data.state1.len(), data.state2.len(), data.event.len()];
    let columns = data.known.values().chain(&data.said).map(Vec::len);
    if lengths.into_iter().chain(columns).any(|length| length != rows) {
        return Err(fault("data", "expected columns of one length".into()));
    }
    let mut checker = Checker {
        report,
        rows: (0..rows).filter(|&row| data.event[row].is_some()).collect(),
        found: Verification::default(),
    };
    checker.panel();
    checker.names();
    checker.scores(thorough);
    for (name, logit, lag) in
        [("logit", &report.logit, false), ("logit with lag", &report.logit_with_lag, true)]
    {
        checker.regression(name, logit.as_ref(), lag);
    }
    Ok(checker.found)
}

struct Checker<'a> {
    report: &'a Backtest,
    /// The rows that could have the event.
    rows: Vec<usize>,
    found: Verification,
}

impl Checker<'_> {
    fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.found.claims.push(Claim::exact(what, holds));
    }

    fn near(&mut self, what: impl Into<String>, claimed: f64, found: f64) {
        let off = (claimed - found).abs() / (1.0 + found.abs());
        self.found.claims.push(Claim::within(what, off, TOLERANCE));
    }

    fn some(&mut self, what: String, claimed: Option<f64>, found: Option<f64>) {
        match (claimed, found) {
            (Some(claimed), Some(found)) => self.near(what, claimed, found),
            (claimed, found) => self.exact(what, claimed.is_none() && found.is_none()),
        }
    }

    fn panel(&mut self) {
        let report = self.report;
        let data = &report.data;
        let event = |row: &&usize| data.event[**row] == Some(true);
        self.exact(format!("panel: {} pair-years", report.n), report.n == self.rows.len());
        let events = self.rows.iter().filter(event).count();
        self.exact(format!("panel: {} events", report.events), report.events == events);
        let pairs: BTreeSet<(&str, &str)> = self.rows.iter().map(|&row| pair(data, row)).collect();
        self.exact(format!("panel: {} pairs", report.clusters), report.clusters == pairs.len());
        let years = || data.year.iter().copied();
        let span = [years().min().unwrap_or(0), years().max().unwrap_or(0)];
        self.exact("panel: the first and the last year", report.years == span);
        let scores = report.predictors.len() + report.baselines.len();
        self.exact("panel: what each predictor said", data.said.len() == scores);
        self.exact("caution: what is to be cautioned", report.warnings == report.cautions());
        for source in &report.sources {
            self.found.given.push(format!("the pairs and years, of {source}"));
        }
        self.found.unexamined.push("panel: that the predictors said what is in the rows".into());
    }

    fn scores(&mut self, thorough: bool) {
        let report = self.report;
        let work = report.data.year.len() as u64 * u64::from(report.permutations);
        let repeated = thorough || work <= PATIENCE;
        let permutations = if repeated { Permutations::of(report) } else { Permutations::none() };
        if !repeated {
            self.found
                .unexamined
                .push("permutations: the areas' probabilities (--thorough repeats them)".into());
        }
        let scores = report.predictors.iter().chain(&report.baselines);
        for (score, said) in scores.zip(&report.data.said) {
            self.score(score, said, repeated.then_some(&permutations));
        }
        if report.predictors.iter().any(|score| score.beside.is_some()) {
            self.found.unexamined.push(
                "added: that permutations raise a likelihood so often; the likelihoods themselves \
                 are computed again"
                    .into(),
            );
        }
    }

    fn score(&mut self, score: &Score, said: &[Option<f64>], permutations: Option<&Permutations>) {
        let report = self.report;
        let name = &score.name;
        let known: Vec<usize> =
            self.rows.iter().copied().filter(|&row| said[row].is_some()).collect();
        let value = |row: &usize| said[*row].unwrap_or(f64::NAN);
        let event = |row: &usize| report.data.event[*row] == Some(true);
        let values: Vec<f64> = known.iter().map(value).collect();
        let events: Vec<bool> = known.iter().map(event).collect();
        self.exact(format!("{name}: it says something of {}", score.n), score.n == known.len());
        let found = area(&values, &events);
        self.some(format!("{name}: area"), score.auc, found);
        self.eras(score, &known, said);
        self.alone(score, (&known, &values, &events));
        if let (Some(permutations), Some(p), Some([mean, sd]), Some(real)) =
            (permutations, score.p_qap, score.null, found)
        {
            let maps = &permutations.maps;
            let areas = parallel(maps.len(), |k| {
                let moved =
                    known.iter().filter_map(|&row| Some((said[maps[k][row]?]?, event(&row))));
                let (values, events): (Vec<f64>, Vec<bool>) = moved.unzip();
                area(&values, &events)
            });
            let areas: Vec<f64> = areas.into_iter().flatten().collect();
            let n = areas.len() as f64;
            let average = areas.iter().sum::<f64>() / n;
            let variance = areas.iter().map(|a| (a - average).powi(2)).sum::<f64>() / (n - 1.0);
            // An area on the border of two parts may be rounded into either.
            let place = |area: f64| ((area / 0.02).floor() as usize).min(49);
            let (mut least, mut most) = ([0u32; 50], [0u32; 50]);
            for area in &areas {
                let [low, high] = [area - 1e-9, area + 1e-9].map(|area| place(area.max(0.0)));
                (low..=high).for_each(|part| most[part] += 1);
                least[low] += u32::from(low == high);
            }
            let told = &score.null_counts;
            let counted = told.len() == 50
                && told.iter().sum::<u32>() as usize == areas.len()
                && (0..50).all(|part| (least[part]..=most[part]).contains(&told[part]));
            self.exact(format!("{name}: permuted areas by parts"), counted);
            self.near(format!("{name}: mean of permuted areas"), mean, average);
            self.near(format!("{name}: their deviation"), sd, variance.sqrt());
            let extreme = areas.iter().filter(|&&area| {
                if score.one_sided {
                    area >= real - 1e-12
                } else {
                    (area - average).abs() >= (real - average).abs() - 1e-12
                }
            });
            let found = (1.0 + extreme.count() as f64) / (n + 1.0);
            self.near(format!("{name}: p of the area"), p, found);
        } else {
            let permuted = if score.p_qap.is_some() { report.permutations } else { 0 };
            let both = score.p_qap.is_some() == score.null.is_some()
                && score.null_counts.iter().sum::<u32>() == permuted;
            self.exact(format!("{name}: p goes with the permuted areas"), both);
        }
        for (words, added, lag) in [
            ("beside the rules", &score.beside, false),
            ("beside the rules and the last pact", &score.beside_with_pact, true),
        ] {
            let Some(added) = added else { continue };
            let fits = added.likelihood_ratio.zip(self.rise(&known, said, lag));
            if let Some((claimed, found)) = fits {
                self.near(format!("{name}: {words}: likelihood ratio"), claimed, found);
            }
            let later = self.losses_later(&known, said, lag);
            for k in 0..2 {
                let told = added.log_loss_out_of_time.map(|told| told[k]);
                let found = later.map(|found| found[k]);
                self.some(format!("{name}: {words}: log loss out of time"), told, found);
            }
            let less = added.log_loss_out_of_time.is_some_and(|[without, with]| with < without);
            let adds = less && added.p_qap.is_some_and(|p| p < 0.05);
            self.exact(format!("{name}: {words}: whether it adds"), added.adds == adds);
        }
        let adds = score.beside.as_ref().is_some_and(|added| added.adds);
        self.exact(format!("{name}: whether it adds"), score.adds == adds);
    }

    fn eras(&mut self, score: &Score, known: &[usize], said: &[Option<f64>]) {
        let data = &self.report.data;
        let mut own: Vec<([i32; 2], usize, Option<f64>)> = Vec::new();
        for (from, to) in [(i32::MIN, 1913), (1914, 1944), (1945, i32::MAX)] {
            let rows: Vec<usize> =
                known.iter().copied().filter(|&r| (from..=to).contains(&data.year[r])).collect();
            let (Some(first), Some(last)) = (
                rows.iter().map(|&r| data.year[r]).min(),
                rows.iter().map(|&r| data.year[r]).max(),
            ) else {
                continue;
            };
            let values: Vec<f64> = rows.iter().filter_map(|&r| said[r]).collect();
            let events: Vec<bool> = rows.iter().map(|&r| data.event[r] == Some(true)).collect();
            own.push(([first, last], rows.len(), area(&values, &events)));
        }
        let same = own.len() == score.eras.len()
            && own.iter().zip(&score.eras).all(|(found, era)| {
                let close = match (found.2, era.auc) {
                    (Some(a), Some(b)) => (a - b).abs() < TOLERANCE,
                    (a, b) => a.is_none() && b.is_none(),
                };
                found.0 == era.years && found.1 == era.n && close
            });
        self.exact(format!("{}: areas by era", score.name), same);
    }

    /// Twice the rise of the log likelihood by a predictor.
    fn rise(&self, known: &[usize], said: &[Option<f64>], lag: bool) -> Option<f64> {
        let data = &self.report.data;
        let events: Vec<bool> = known.iter().map(|&r| data.event[r] == Some(true)).collect();
        let mut columns: Vec<Vec<f64>> = Vec::new();
        for name in beside(lag) {
            let column = data.known.get(name)?;
            columns.push(known.iter().map(|&r| column[r]).collect::<Option<_>>()?);
        }
        let without = Newton::of(&columns_of(&columns), &events)?;
        columns.push(known.iter().filter_map(|&r| said[r]).collect());
        let with = Newton::of(&columns_of(&columns), &events)?;
        Some(2.0 * (without.loss - with.loss).max(0.0) * events.len() as f64)
    }

    fn regression(&mut self, name: &str, logit: Option<&Regression>, lag: bool) {
        let data = &self.report.data;
        let events: Vec<bool> = self.rows.iter().map(|&r| data.event[r] == Some(true)).collect();
        let names = beside(lag);
        let column = |name: &&str| -> Option<Vec<f64>> {
            let column = data.known.get(*name)?;
            self.rows.iter().map(|&row| column[row]).collect()
        };
        let columns: Option<Vec<Vec<f64>>> = names.iter().map(column).collect();
        let fit = columns.and_then(|columns| Newton::of(&columns_of(&columns), &events));
        let (Some(logit), Some(fit)) = (logit, fit) else {
            return self.exact(format!("{name}: none where it separates"), logit.is_none());
        };
        let n = events.len() as f64;
        let terms: Vec<&str> = logit.terms.iter().map(|term| term.term.as_str()).collect();
        let expected: Vec<&str> = std::iter::once("const").chain(names).collect();
        self.exact(format!("{name}: its terms"), terms == expected);
        self.near(format!("{name}: log likelihood"), logit.log_likelihood, -fit.loss * n);
        self.near(format!("{name}: mean log loss"), logit.log_loss, fit.loss);
        let k = fit.at.len() as f64;
        self.near(format!("{name}: aic"), logit.aic, 2.0 * k + 2.0 * fit.loss * n);
        self.near(format!("{name}: bic"), logit.bic, k * n.ln() + 2.0 * fit.loss * n);
        self.some(format!("{name}: area"), logit.auc, area(&fit.odds, &events));
        let error = |(odds, event): (&f64, &bool)| {
            (1.0 / (1.0 + (-odds).exp()) - f64::from(u8::from(*event))).powi(2)
        };
        let brier = fit.odds.iter().zip(&events).map(error).sum::<f64>() / n;
        self.near(format!("{name}: brier"), logit.brier, brier);
        for (k, term) in logit.terms.iter().enumerate() {
            let what = format!("{name}: {}", term.term);
            let Some(&at) = fit.at.get(k) else { continue };
            self.near(what.as_str(), term.estimate, at);
            self.near(format!("{what}: error"), term.std_error, fit.errors[k]);
            let z = term.estimate / term.std_error;
            self.near(format!("{what}: statistic"), term.statistic, z);
            let p = erfc(z.abs() / std::f64::consts::SQRT_2);
            self.near(format!("{what}: p"), term.p_value, p);
            for (end, side) in term.interval.iter().zip([-1.0, 1.0]) {
                let found = term.estimate + side * 1.959_963_984_540_054 * term.std_error;
                self.near(format!("{what}: interval"), *end, found);
            }
            let clustered = fit.clustered(data, &self.rows, &events, k);
            self.near(format!("{what}: clustered error"), term.std_error_cluster, clustered);
        }
    }
}

/// The columns of the logit of the rules.
fn beside(lag: bool) -> Vec<&'static str> {
    let rules = ["logdist", "rival", "shared", "no_leader"];
    lag.then_some("lag").into_iter().chain(rules).collect()
}

fn pair(data: &Columns, row: usize) -> (&str, &str) {
    let (a, b) = (data.state1[row].as_str(), data.state2[row].as_str());
    (a.min(b), a.max(b))
}

/// The share of pairs of an event and a non-event that are in order, ties counted half: by
/// sorting the non-events and looking up each event among them.
fn area(values: &[f64], events: &[bool]) -> Option<f64> {
    let mut others: Vec<f64> =
        values.iter().zip(events).filter(|(_, e)| !**e).map(|(v, _)| *v).collect();
    others.sort_by(f64::total_cmp);
    let (mut hits, mut sum) = (0u64, 0.0);
    for (value, _) in values.iter().zip(events).filter(|(_, e)| **e) {
        let below = others.partition_point(|other| other < value);
        let not_above = others.partition_point(|other| other <= value);
        sum += f64::midpoint(below as f64, not_above as f64);
        hits += 1;
    }
    (hits > 0 && !others.is_empty()).then(|| sum / (hits as f64 * others.len() as f64))
}
