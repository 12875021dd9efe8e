//! Examines a fit of the game of alignment from what is in its report: that the stances are logit
//! equilibria at the estimates, by summing payoffs over all profiles; the likelihood, the link's
//! score equations, and what follows from them. Nothing of the estimator is used.

use std::collections::BTreeSet;

use super::AlignmentFit;
use crate::certify::Claim;
use crate::contest::Contest;
use crate::error::{Error, Place, Result};
use crate::evidence::alignment::{ALIGNMENT, Quantity, YearOfPairs};
use crate::game::{AlignmentGame, StrategicGame};
use crate::report::Verification;
use crate::report::fit::FIT_SCHEMA;

/// How far a recomputed number may be off, relative to 1 and itself.
const TOLERANCE: f64 = 1e-6;
/// Within which the roots of deviances at the ends of an interval are those of the quantile.
const ENDS: f64 = 5e-3;
/// The square root of the 95 % quantile of χ² with one degree of freedom.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// Examines the claims of a fit. That no other parameters are likelier would need the equilibria at
/// all others: it is named as not examined.
///
/// # Errors
/// If the report has another schema or model, or years that are no systems.
pub fn check_alignment_fit(report: &AlignmentFit) -> Result<Verification> {
    if report.schema != FIT_SCHEMA || report.model != ALIGNMENT {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file("fit") },
            format!(
                "expected \"{FIT_SCHEMA}\" of the model {ALIGNMENT}, found \"{}\" of {}",
                report.schema, report.model
            ),
            "check it with the version of equipoise that wrote it",
        ));
    }
    report.at.parameters.validate()?;
    let mut checker = Checker { report, found: Verification::default() };
    let both = checker.equilibria()?;
    checker.sample();
    match both {
        Some(both) if report.undecided.is_none() => checker.likelihood(&both),
        _ => checker.no_estimate(),
    }
    checker.intervals();
    Ok(checker.found)
}

struct Checker<'a> {
    report: &'a AlignmentFit,
    found: Verification,
}

/// A row: the probability that both balance, and whether it happened.
type Row = (f64, bool);

impl Checker<'_> {
    fn near(&mut self, what: impl Into<String>, claimed: Option<f64>, found: f64) {
        let off = claimed.map_or(f64::INFINITY, |c| (c - found).abs() / (1.0 + found.abs()));
        self.found.claims.push(Claim::within(what, off, TOLERANCE));
    }

    /// The rows with what the stances say; `None` where a year has none.
    fn equilibria(&mut self) -> Result<Option<Vec<Row>>> {
        let mut rows = Vec::new();
        let (mut worst, mut whole) = (0.0f64, true);
        for year in &self.report.data {
            let system = year.system()?;
            let Some(off) = self.residual(year)? else {
                whole = false;
                continue;
            };
            worst = worst.max(off);
            for ((i, j), event) in year.pairs().zip(&year.events) {
                let Some(event) = *event else { continue };
                let both = match (year.stances[i], year.stances[j]) {
                    (Some(a), Some(b)) => a[0] * b[0],
                    _ => 0.0,
                };
                debug_assert!(j < system.len());
                rows.push((both, event));
            }
        }
        if !whole {
            return Ok(None);
        }
        let what = "equilibria: every state's log odds are the precision times its gain";
        self.found.claims.push(Claim::within(what, worst, TOLERANCE));
        Ok(Some(rows))
    }

    /// How far the log odds of a year's stances are from precision times the differences of
    /// expected payoffs a share; `None` if it has none.
    fn residual(&self, year: &YearOfPairs) -> Result<Option<f64>> {
        let system = year.system()?;
        let contest = Contest::new(&system, &self.report.at.parameters)?;
        let leader = system.leader();
        let game = AlignmentGame::new(&contest, leader);
        let players = game.players();
        let own = |player: usize| year.stances.get(game.state_of(player)).copied().flatten();
        if year.stances.len() != system.len() || year.stances[leader].is_some() {
            return Ok(None);
        }
        let Some(stances) = (0..players).map(own).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        if stances.iter().any(|own| {
            own.iter().any(|p| !p.is_finite() || *p <= 0.0)
                || (own.iter().sum::<f64>() - 1.0).abs() > 1e-9
        }) {
            return Ok(Some(f64::INFINITY));
        }
        let mut expected = vec![[0.0; 3]; players];
        let mut payoffs = vec![0.0; players];
        let mut profile = vec![0usize; players];
        loop {
            game.payoffs(&profile, &mut payoffs);
            for player in 0..players {
                let others = (0..players).filter(|&other| other != player);
                let chance: f64 = others.map(|other| stances[other][profile[other]]).product();
                expected[player][profile[player]] += chance * payoffs[player];
            }
            let Some(next) = (0..players).find(|&player| profile[player] < 2) else { break };
            profile[next] += 1;
            profile[..next].fill(0);
        }
        let mut off = 0.0f64;
        for player in 0..players {
            let unit = system.shares()[game.state_of(player)];
            for action in 1..3 {
                let gain = (expected[player][action] - expected[player][0]) / unit;
                let odds = (stances[player][action] / stances[player][0]).ln();
                off = off.max((odds - self.report.at.precision * gain).abs());
            }
        }
        Ok(Some(off))
    }

    fn sample(&mut self) {
        let report = self.report;
        let events = || report.data.iter().flat_map(|year| &year.events).flatten();
        self.found.exact(format!("sample: {} pair-years", report.n), report.n == events().count());
        let happened = events().filter(|&&event| event).count();
        self.found.exact(format!("sample: {} events", report.events), report.events == happened);
        let mut pairs = BTreeSet::new();
        for year in &report.data {
            let known = year.pairs().zip(&year.events).filter(|(_, event)| event.is_some());
            pairs.extend(known.map(|((i, j), _)| {
                let (a, b) = (year.states[i].as_str(), year.states[j].as_str());
                (a.min(b), a.max(b))
            }));
        }
        let counted = report.clusters == pairs.len();
        self.found.exact(format!("sample: {} pairs", report.clusters), counted);
        let ends = [report.data.first(), report.data.last()].map(|y| y.map_or(0, |y| y.year));
        self.found.exact("sample: the first and the last year", report.years == ends);
        let rising = report.data.windows(2).all(|two| two[0].year < two[1].year);
        self.found.exact("sample: every year once", rising);
        self.found.exact("caution: what is to be cautioned", report.warnings == report.cautions());
        for source in &report.sources {
            self.found.given.push(format!("the pairs and years, of {source}"));
        }
        let p = happened as f64 / report.n.max(1) as f64;
        let base = [(p, happened), (1.0 - p, report.n.saturating_sub(happened))];
        let base: f64 = base.iter().filter(|(_, k)| *k > 0).map(|(p, k)| *k as f64 * p.ln()).sum();
        self.near("quality: of the base rate", Some(report.log_likelihood_null), base);
    }

    fn no_estimate(&mut self) {
        let report = self.report;
        self.found.exact("estimate: none, and why", report.undecided.is_some());
        let numbers =
            [report.log_likelihood, report.aic, report.auc, report.brier, report.log_loss];
        let empty = report.terms.is_empty()
            && report.covariance.is_empty()
            && numbers.iter().all(Option::is_none);
        self.found.exact("estimate: nothing is told of it", empty);
        self.found.undecided = true;
    }

    fn likelihood(&mut self, rows: &[Row]) {
        let report = self.report;
        let k = report.estimated.len();
        let names: Vec<&str> = report.terms.iter().map(|term| term.term.as_str()).collect();
        let expected: Vec<&str> = report
            .estimated
            .iter()
            .map(|quantity| quantity.name())
            .chain(["intercept", "slope"])
            .collect();
        self.found.exact(format!("estimate: of {}", expected.join(", ")), names == expected);
        if names != expected {
            return;
        }
        for (term, quantity) in report.terms.iter().zip(&report.estimated) {
            let what = format!("estimate: {} is that of the equilibria", term.term);
            self.near(what, Some(term.estimate), quantity.of(&report.at));
        }
        let [a, b] = [report.terms[k].estimate, report.terms[k + 1].estimate];
        self.found.exact("estimate: the slope is above 0", b > 0.0);
        let n = rows.len() as f64;
        let (mut value, mut brier, mut score) = (0.0, 0.0, [0.0; 2]);
        for &(both, event) in rows {
            let odds = a + b * both;
            let p = 1.0 / (1.0 + (-odds).exp());
            value += if event { -(-odds).exp().ln_1p() } else { -odds.exp().ln_1p() };
            let residual = f64::from(u8::from(event)) - p;
            brier += residual * residual / n;
            score[0] += residual / n;
            score[1] += residual * both / n;
        }
        self.near("quality: log likelihood", report.log_likelihood, value);
        self.near("quality: log loss", report.log_loss, -value / n);
        self.near("quality: brier", report.brier, brier);
        self.near("quality: aic", report.aic, 2.0 * (k as f64 + 2.0) - 2.0 * value);
        self.near("estimate: intercept: its score equation", Some(score[0]), 0.0);
        self.near("estimate: slope: its score equation", Some(score[1]), 0.0);
        let (mut pairs, mut wins) = (0.0, 0.0);
        let (hits, misses): (Vec<Row>, Vec<Row>) = rows.iter().partition(|(_, event)| *event);
        let mut below: Vec<f64> = misses.iter().map(|(both, _)| *both).collect();
        below.sort_by(f64::total_cmp);
        for (both, _) in &hits {
            let under = below.partition_point(|other| other.total_cmp(both).is_lt()) as f64;
            let not_over = below.partition_point(|other| other.total_cmp(both).is_le()) as f64;
            pairs += below.len() as f64;
            wins += 0.5 * (under + not_over);
        }
        self.near("quality: area", report.auc, wins / pairs);
        self.found.skip(
            "estimate: that no other parameters are likelier, the standard errors, and the log \
             likelihoods of profiles, which need the equilibria at other parameters",
        );
    }

    /// That intervals end where the profiles say so.
    fn intervals(&mut self) {
        let top = self.report.log_likelihood.unwrap_or(0.0);
        for term in &self.report.terms {
            let quantity = Quantity::from_name(&term.term);
            let told = term.interval.is_some() == quantity.is_some()
                && term.profile.is_empty() == quantity.is_none();
            self.found.exact(format!("{}: interval and profile", term.term), told);
            let (Some(interval), Some(quantity)) = (term.interval, quantity) else { continue };
            let rising = term.profile.windows(2).all(|two| two[0][0] < two[1][0]);
            let below = term.profile.iter().all(|point| point[1] <= top + 2e-6);
            self.found
                .exact(format!("{}: the profile is below the top", term.term), rising && below);
            let root = |value: f64| {
                let near = |point: &&[f64; 2]| (point[0] - value).abs() <= 1e-9 * value;
                let at = term.profile.iter().find(near);
                at.map(|point| (2.0 * (top - point[1])).max(0.0).sqrt())
            };
            for (end, edge, side) in
                [(interval[0], quantity.range()[0], -1.0), (interval[1], quantity.range()[1], 1.0)]
            {
                let (what, holds) = match end {
                    Some(end) => (
                        "an end of the interval",
                        (end - term.estimate) * side > 0.0
                            && root(end).is_some_and(|root| (root - QUANTILE).abs() < ENDS),
                    ),
                    // Flat to the edge, or lost on the way there.
                    None => ("an open end", root(edge).is_none_or(|root| root < QUANTILE)),
                };
                self.found.exact(format!("{}: {what}", term.term), holds);
            }
        }
        let k = self.report.estimated.len();
        let matrix = &self.report.covariance;
        let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * (1.0 + a.abs());
        let square = matrix.is_empty()
            || (matrix.len() == k
                && matrix.iter().all(|row| row.len() == k)
                && (0..k).all(|i| (0..k).all(|j| same(matrix[i][j], matrix[j][i]))));
        self.found.exact("estimate: the covariance is that of what was estimated", square);
        if square && !matrix.is_empty() {
            for (at, term) in self.report.terms.iter().take(k).enumerate() {
                let found = matrix[at][at].sqrt() * term.estimate;
                let what = format!("{}: its clustered error is that of the covariance", term.term);
                self.near(what, term.std_error_cluster, found);
            }
        }
    }
}
