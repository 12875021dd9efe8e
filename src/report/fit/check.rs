//! Computes an estimate again from the wars in the report: likelihoods by the formulas of the
//! odds themselves, maxima by sections of one parameter at a time, curvature by differences.
//! Nothing of the estimator is used.

mod likelihood;

use statrs::function::erf::erfc;

use self::likelihood::*;
use super::{FIT_SCHEMA, Fit};
use crate::certify::Claim;
use crate::error::{Error, Place, Result};
use crate::evidence::decisiveness::{Era, Group, Outcome, Quality, Term, Ties, WarRecord};
use crate::report::Verification;

/// How far a recomputed number may be off, relative to 1 and itself.
const TOLERANCE: f64 = 1e-6;
/// The same for standard errors, whose second differences are rounded more.
const COARSE: f64 = 1e-4;
/// The 95 % quantile of χ² with one degree of freedom.
const QUANTILE: f64 = 3.841_458_820_694_124;

/// Examines every claim of an estimate. `thorough` also estimates again without each war in turn
/// where the model has several parameters; with one that is always done.
///
/// # Errors
/// If the report has another schema, or wars that are no observations.
pub fn check_fit(report: &Fit, thorough: bool) -> Result<Verification> {
    let place = |column: &str| Place { column: Some(column.into()), ..Place::file("fit") };
    if report.schema != FIT_SCHEMA {
        return Err(Error::input(
            place("schema"),
            format!("expected \"{FIT_SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let usable = |war: &WarRecord| {
        let powers = war.powers.iter().all(|power| power.is_finite() && *power > 0.0);
        powers && war.initiator.is_none_or(|side| side == 1 || side == 2)
    };
    if let Some(war) = report.wars.iter().find(|war| !usable(war)) {
        return Err(Error::input(
            place("wars"),
            format!("expected two powers above 0 and an initiator 1, 2 or null in {}", war.name),
            "save the report again with --format json",
        ));
    }
    let mut checker = Checker { report, found: Verification::default() };
    checker.sample();
    checker.estimate(thorough);
    checker.groups();
    Ok(checker.found)
}

struct Checker<'a> {
    report: &'a Fit,
    found: Verification,
}

impl Checker<'_> {
    fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.found.claims.push(Claim::exact(what, holds));
    }

    fn near(&mut self, what: impl Into<String>, claimed: f64, found: f64, tolerance: f64) {
        let off = (claimed - found).abs() / (1.0 + found.abs());
        self.found.claims.push(Claim::within(what, off, tolerance));
    }

    fn some(&mut self, what: &str, claimed: Option<f64>, found: Option<f64>) {
        match (claimed, found) {
            (Some(claimed), Some(found)) => self.near(what, claimed, found, TOLERANCE),
            (claimed, found) => self.exact(what, claimed.is_none() && found.is_none()),
        }
    }

    fn sample(&mut self) {
        let report = self.report;
        let years = || report.wars.iter().map(|war| war.year);
        self.exact("sample: the model is decisiveness", report.model == "decisiveness");
        self.exact(format!("sample: {} wars", report.n), report.n == report.wars.len());
        let span = [years().min().unwrap_or(0), years().max().unwrap_or(0)];
        self.exact("sample: the years of the first and the last war", report.years == span);
        let counts = report.dropped_wars.iter().map(|(why, wars)| (*why, wars.len()));
        let same = counts.collect::<std::collections::BTreeMap<_, _>>() == report.dropped;
        self.exact("sample: as many wars are left out as are named", same);
        let draws = report.wars.iter().any(|war| !war.decided());
        self.exact(
            "sample: draws only where they have a model",
            !draws || report.ties != Ties::Drop,
        );
        self.exact("caution: what is to be cautioned", report.warnings == report.cautions());
        for source in &report.sources {
            self.found.given.push(format!("the wars, of {source}"));
        }
    }

    fn estimate(&mut self, thorough: bool) {
        let report = self.report;
        let all = Likelihood { report, wars: report.wars.iter().collect() };
        let Some(quality) = &report.quality else {
            self.exact("estimate: none, and why", report.undecided.is_some());
            let none = report.terms.is_empty() && report.profile.is_empty();
            self.exact("estimate: no terms without an estimate", none);
            self.found.undecided = true;
            return;
        };
        self.exact("estimate: there is one", report.undecided.is_none());
        let names: Vec<&str> = report.terms.iter().map(|term| term.term.as_str()).collect();
        if names != all.names() {
            self.exact(format!("estimate: the parameters are {}", all.names().join(", ")), false);
            return;
        }
        let at = self.terms(&all, &report.terms, "estimate");
        for [value, height] in &report.profile {
            let found = self.held(&all, &at, 0, *value);
            self.near(format!("profile: at {value:.4}"), *height, found, TOLERANCE);
        }
        let error = report.terms[0].std_error;
        let whole = (-16..=16).all(|k| {
            let value = report.terms[0].estimate + f64::from(k) * 0.25 * error;
            let near = |point: &[f64; 2]| (point[0] - value).abs() <= 1e-9 * (1.0 + value.abs());
            report.profile.iter().any(near) || !self.held(&all, &at, 0, value).is_finite()
        });
        self.exact("profile: to four standard errors on either side", whole);
        let rising = report.profile.windows(2).all(|two| two[0][0] < two[1][0]);
        self.exact("profile: in the order of its values", rising);
        self.quality(&all, &at, quality);
        if report.terms.len() == 1 || thorough {
            self.without_each(&all, &at, quality);
        } else {
            self.found.unexamined.push(
                "estimate: the losses and estimates without each war (--thorough estimates again)"
                    .into(),
            );
        }
    }

    /// That the estimates are a maximum with these errors and intervals; returns them.
    fn terms(&mut self, all: &Likelihood, terms: &[Term], about: &str) -> Vec<f64> {
        let at: Vec<f64> = terms.iter().map(|term| term.estimate).collect();
        let value = all.value(&at);
        let (best, place) = all.best(&at, None);
        let gained = (best - value).max(0.0);
        let what = format!("{about}: no better parameters");
        self.found.claims.push(Claim::within(what, gained, 1e-9 * (1.0 + value.abs())));
        for (k, term) in terms.iter().enumerate() {
            self.term(all, (best, &place), k, term, about);
        }
        at
    }

    /// What is reported of parameter `k` at the best place.
    fn term(
        &mut self,
        all: &Likelihood,
        (best, place): (f64, &[f64]),
        k: usize,
        term: &Term,
        about: &str,
    ) {
        let name = format!("{about}: {}", term.term);
        self.near(name.as_str(), term.estimate, place[k], TOLERANCE);
        let error = inverse_at(&all.information(place), k).sqrt();
        self.near(format!("{name}: standard error"), term.std_error, error, COARSE);
        let z = term.estimate / term.std_error;
        self.near(format!("{name}: statistic"), term.statistic, z, TOLERANCE);
        let p = erfc(z.abs() / std::f64::consts::SQRT_2);
        self.near(format!("{name}: p"), term.p_value, p, TOLERANCE);
        for (end, side) in term.interval.iter().zip([-1.0, 1.0]) {
            let (what, off) = match end {
                Some(end) => {
                    let fallen = 2.0 * (best - self.held(all, place, k, *end));
                    let beyond = (end - term.estimate) * side > 0.0;
                    let off = if beyond { (fallen - QUANTILE).abs() } else { f64::INFINITY };
                    (format!("{name}: an end of the interval"), off)
                }
                None => {
                    let far = term.estimate + side * 64.0 * term.std_error;
                    let fallen = 2.0 * (best - self.held(all, place, k, far));
                    (format!("{name}: an open end"), (fallen - QUANTILE).max(0.0))
                }
            };
            self.found.claims.push(Claim::within(what, off, COARSE));
        }
    }

    fn held(&self, all: &Likelihood, near: &[f64], k: usize, value: f64) -> f64 {
        let mut at = near.to_vec();
        at[k] = value;
        all.best(&at, Some(k)).0
    }

    fn quality(&mut self, all: &Likelihood, at: &[f64], quality: &Quality) {
        let (n, k) = (all.wars.len() as f64, at.len() as f64);
        let value = all.value(at);
        let null = self.held(all, at, 0, 0.0);
        self.near("quality: log likelihood", quality.log_likelihood, value, TOLERANCE);
        self.near("quality: null", quality.log_likelihood_null, null, TOLERANCE);
        self.near("quality: aic", quality.aic, 2.0 * k - 2.0 * value, TOLERANCE);
        self.near("quality: bic", quality.bic, k * n.ln() - 2.0 * value, TOLERANCE);
        self.near("quality: McFadden", quality.mcfadden, 1.0 - value / null, TOLERANCE);
        self.near("quality: log loss", quality.log_loss, -value / n, TOLERANCE);
        let keys = |map: &std::collections::BTreeMap<String, f64>| {
            map.keys().map(String::as_str).collect::<Vec<_>>() == ["0", "1", "2"]
        };
        let complete = keys(&quality.log_loss_at) && keys(&quality.p_at);
        self.exact("quality: beside 0, 1 and 2", complete);
        for (name, m) in [("0", 0.0), ("1", 1.0), ("2", 2.0)] {
            let held = self.held(all, at, 0, m);
            let loss = quality.log_loss_at.get(name).copied().unwrap_or(f64::NAN);
            self.near(format!("quality: log loss at {name}"), loss, -held / n, TOLERANCE);
            let p = erfc((value - held).max(0.0).sqrt());
            let claimed = quality.p_at.get(name).copied().unwrap_or(f64::NAN);
            self.near(format!("quality: p at {name}"), claimed, p, TOLERANCE);
        }
        let decided: Vec<f64> = all
            .wars
            .iter()
            .filter(|war| war.decided() && all.report.form_differs(war))
            .map(|war| {
                let odds = all.odds(at, war);
                let first = odds / (odds + 1.0);
                if war.outcome == Outcome::First { first } else { 1.0 - first }
            })
            .collect();
        let mean = |of: &dyn Fn(f64) -> f64| {
            decided.iter().map(|p| of(*p)).sum::<f64>() / decided.len() as f64
        };
        let right = mean(&|p| f64::from(u8::from(p > 0.5)));
        self.near("quality: accuracy", quality.accuracy, right, TOLERANCE);
        self.near("quality: brier", quality.brier, mean(&|p| (1.0 - p) * (1.0 - p)), TOLERANCE);
        self.near("quality: reliability", quality.reliability_for_2, at[0] / 2.0, TOLERANCE);
        let area = area(all, &|_| at);
        self.some("quality: auc", quality.auc, area);
    }

    fn without_each(&mut self, all: &Likelihood, at: &[f64], quality: &Quality) {
        let without = |left: usize| {
            let wars = all.wars.iter().enumerate().filter(|(i, _)| *i != left);
            Likelihood { report: all.report, wars: wars.map(|(_, war)| *war).collect() }
        };
        let others: Vec<Vec<f64>> =
            (0..all.wars.len()).map(|left| without(left).best(at, None).1).collect();
        let loss = |places: &dyn Fn(usize) -> Vec<f64>| {
            let each = |(i, war): (usize, &&WarRecord)| -all.probability(&places(i), war).ln();
            all.wars.iter().enumerate().map(each).sum::<f64>() / all.wars.len() as f64
        };
        let loo = loss(&|i| others[i].clone());
        let null = loss(&|i| {
            let mut start = at.to_vec();
            start[0] = 0.0;
            without(i).best(&start, Some(0)).1
        });
        self.some("without each war: log loss", quality.log_loss_loo, Some(loo));
        self.some("without each war: base", quality.log_loss_loo_null, Some(null));
        self.some("without each war: reduction", quality.prl_loo, Some(1.0 - loo / null));
        self.some("without each war: auc", quality.auc_loo, area(all, &|i| &others[i]));
        let Some(drop_one) = &quality.drop_one else {
            return self.exact("without each war: the estimates", false);
        };
        let estimates: Vec<f64> = others.iter().map(|at| at[0]).collect();
        let least = estimates.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = estimates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        self.near("without each war: least estimate", drop_one.range[0], least, TOLERANCE);
        self.near("without each war: largest estimate", drop_one.range[1], largest, TOLERANCE);
        let mut change: Vec<f64> = estimates.iter().map(|m| (m - at[0]).abs()).collect();
        crate::order::sort_by(&mut change, |a, b| b.total_cmp(a));
        let listed = drop_one.influential.len() == change.len().min(5);
        self.exact("without each war: the five that matter most", listed);
        for (influence, change) in drop_one.influential.iter().zip(change) {
            let named = all
                .wars
                .iter()
                .position(|war| war.name == influence.war && war.year == influence.year);
            let found = named.map_or(f64::NAN, |i| estimates[i]);
            let what = format!("without each war: {}", influence.war);
            self.near(what.as_str(), influence.estimate, found, TOLERANCE);
            self.near(what, (influence.estimate - at[0]).abs(), change, TOLERANCE);
        }
    }

    /// Each part of the wars as the whole.
    fn groups(&mut self) {
        let report = self.report;
        let mut parts: Vec<(String, String, Vec<&WarRecord>)> = Vec::new();
        for era in Era::ALL {
            let own = report.wars.iter().filter(|war| era.holds(war.year)).collect();
            parts.push(("era".into(), era.name(), own));
        }
        for (number, name) in [(2, "both sides"), (1, "one side"), (0, "neither side")] {
            let fought = |war: &&WarRecord| war.majors.map(|m| m.iter().filter(|on| **on).count());
            let own = report.wars.iter().filter(|war| fought(war) == Some(number)).collect();
            parts.push(("majors".into(), name.into(), own));
        }
        parts.retain(|(_, _, wars)| !wars.is_empty());
        let same = parts.len() == report.groups.len()
            && parts.iter().zip(&report.groups).all(|(part, group)| {
                part.0 == group.by && part.1 == group.group && part.2.len() == group.n
            });
        self.exact("parts: eras and major powers, with their wars", same);
        if same {
            for ((_, name, wars), group) in parts.into_iter().zip(&report.groups) {
                self.group(&Likelihood { report, wars }, group, &name);
            }
        }
    }

    fn group(&mut self, all: &Likelihood, group: &Group, name: &str) {
        let about = format!("part {name}");
        let Some(term) = &group.term else {
            let numbers = [group.log_likelihood, group.log_loss, group.log_loss_at_2];
            let none = group.why.is_some() && numbers.iter().all(Option::is_none);
            return self.exact(format!("{about}: no estimate, and why"), none);
        };
        self.exact(format!("{about}: of decisiveness, with an estimate"), {
            term.term == "decisiveness" && group.why.is_none()
        });
        let n = all.wars.len() as f64;
        let start: Vec<f64> = all
            .names()
            .iter()
            .map(|name| if *name == "decisiveness" { term.estimate } else { -0.5 })
            .collect();
        let (best, place) = all.best(&start, None);
        self.near(format!("{about}: decisiveness"), term.estimate, place[0], COARSE);
        if all.names().len() == 1 {
            self.terms(all, std::slice::from_ref(term), &about);
        } else {
            self.term(all, (best, &place), 0, term, &about);
        }
        self.some(&format!("{about}: log likelihood"), group.log_likelihood, Some(best));
        self.some(&format!("{about}: log loss"), group.log_loss, Some(-best / n));
        let at_2 = -self.held(all, &place, 0, 2.0) / n;
        self.some(&format!("{about}: log loss at 2"), group.log_loss_at_2, Some(at_2));
    }
}

/// Of the wars that one side began, how often the odds rank one that it won above one that it
/// lost: every pair counted.
fn area<'a>(all: &Likelihood, places: &dyn Fn(usize) -> &'a [f64]) -> Option<f64> {
    if !all.report.initiator {
        return None;
    }
    let mut scored = Vec::new();
    for (i, war) in all.wars.iter().enumerate() {
        let (Some(side), true) = (war.initiator, war.decided()) else { continue };
        let odds = all.odds(places(i), war);
        let first = war.outcome == Outcome::First;
        scored.push(if side == 1 { (odds, first) } else { (1.0 / odds, !first) });
    }
    let (mut pairs, mut ordered) = (0.0, 0.0);
    for (win, _) in scored.iter().filter(|(_, won)| *won) {
        for (loss, _) in scored.iter().filter(|(_, won)| !*won) {
            pairs += 1.0;
            ordered += if win > loss {
                1.0
            } else if win < loss {
                0.0
            } else {
                0.5
            };
        }
    }
    (pairs > 0.0).then_some(ordered / pairs)
}
