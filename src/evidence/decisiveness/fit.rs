//! The estimate, and how far it is to be trusted.

use std::collections::BTreeMap;

use super::Settings;
use super::model::{Form, Model, Observation, Ties};
use super::sample::{Drop, Era, Sample, Sides, WarRecord};
use super::schema::{DropOne, Fit, Group, Influence, Quality, Term};
use crate::evidence::maximum::{Maximum, interval, maximise, profiled};
use crate::evidence::statistics::{auc, chi_squared_tail, two_sided};

/// What reports of fits are, schema 1.
pub const FIT_SCHEMA: &str = "equipoise/fit/1";

/// The values of decisiveness that an estimate is set beside: a coin, proportion, and the
/// default of the lenses.
const BESIDE: [f64; 3] = [0.0, 1.0, 2.0];
/// How many of the most influential wars are listed.
const INFLUENTIAL: usize = 5;

/// Estimates decisiveness from a sample, by maximum likelihood; also by `era`, and by whether
/// `majors` fought where that is known. O(wars²) evaluations of a log odds.
pub fn fit(sample: &Sample, sources: Vec<String>, settings: &Settings) -> Fit {
    let found = Estimate::of(&sample.wars, settings);
    let years = || sample.wars.iter().map(|war| war.year);
    let (undecided, terms, profile, quality) = match found {
        Err(why) => (Some(why), Vec::new(), Vec::new(), None),
        Ok(estimate) => {
            let quality = estimate.quality(&sample.wars);
            (None, estimate.terms(), estimate.profile(), Some(quality))
        }
    };
    let mut fit = Fit {
        schema: FIT_SCHEMA.into(),
        model: "decisiveness".into(),
        sources,
        measure: sample.measure.clone(),
        sides: settings.sides,
        ties: settings.ties,
        form: settings.form,
        initiator: settings.initiator,
        years: [years().min().unwrap_or(0), years().max().unwrap_or(0)],
        n: sample.wars.len(),
        dropped: sample.dropped.iter().map(|d| (d.why, d.wars.len())).collect(),
        dropped_wars: sample.dropped.iter().map(|d| (d.why, d.wars.clone())).collect(),
        undecided,
        terms,
        profile,
        quality,
        groups: groups(&sample.wars, settings),
        warnings: Vec::new(),
        wars: sample.wars.clone(),
    };
    fit.warnings = fit.cautions();
    fit
}

impl Fit {
    /// What should make a reader careful, as it follows from the rest of the report.
    pub fn cautions(&self) -> Vec<String> {
        let open = |term: &&Term| term.interval.iter().any(Option::is_none);
        let words = |term: &Term| {
            format!("the likelihood is flat in {}: its interval has an open end", term.term)
        };
        let mut cautions: Vec<String> = self.terms.iter().filter(open).map(words).collect();
        if self.sides == Sides::Coalition {
            cautions.push(
                "coalitions form in view of the war, and joiners may pick winners: set --sides \
                 originators beside"
                    .into(),
            );
        }
        if let Some(&lost) = self.dropped.get(&Drop::NoPower) {
            cautions.push(format!(
                "in {lost} of {} wars a side has no {} above zero; they are left out",
                lost + self.n,
                self.measure
            ));
        }
        if self.form != Form::Ratio {
            cautions.push(
                "only the form ratio is the model's; an estimate of another is no decisiveness \
                 for the lenses"
                    .into(),
            );
        }
        cautions
    }

    /// Whether the two sides of a war differ in power.
    pub fn form_differs(&self, war: &WarRecord) -> bool {
        self.form.of(war.powers) != 0.0
    }
}

/// A likelihood with its maximum.
struct Estimate {
    model: Model,
    wars: Vec<Observation>,
    maximum: Maximum,
}

impl Estimate {
    fn of(wars: &[WarRecord], settings: &Settings) -> Result<Self, String> {
        let observations: Vec<Observation> =
            wars.iter().map(|war| Observation::new(war, settings.form)).collect();
        let model = Model(*settings);
        separated(&observations, settings)?;
        match maximise(&|at| model.log_likelihood(at, &observations), &model.start()) {
            Some(maximum) => Ok(Self { model, wars: observations, maximum }),
            None => Err(format!(
                "the likelihood of {} has no finite maximum",
                if wars.len() == 1 { "one war".into() } else { format!("{} wars", wars.len()) }
            )),
        }
    }

    fn terms(&self) -> Vec<Term> {
        let likelihood = |at: &[f64]| self.model.log_likelihood(at, &self.wars);
        let names = self.model.names();
        let term = |(k, name): (usize, &&str)| {
            let estimate = self.maximum.at[k];
            let std_error = self.maximum.covariance[[k, k]].sqrt();
            let statistic = estimate / std_error;
            Term {
                term: (*name).to_owned(),
                estimate,
                std_error,
                statistic,
                p_value: two_sided(statistic),
                interval: interval(&likelihood, &self.maximum, k),
            }
        };
        names.iter().enumerate().map(term).collect()
    }

    /// The log likelihood over four standard errors on either side of the estimate.
    fn profile(&self) -> Vec<[f64; 2]> {
        let (estimate, error) = (self.maximum.at[0], self.maximum.covariance[[0, 0]].sqrt());
        let place = |k: i32| estimate + f64::from(k) * 0.25 * error;
        let points = (-16..=16).map(|k| [place(k), self.at(place(k))]);
        points.filter(|point| point.iter().all(|number| number.is_finite())).collect()
    }

    /// The log likelihood with decisiveness at `value`, other parameters at their best.
    fn at(&self, value: f64) -> f64 {
        let likelihood = |at: &[f64]| self.model.log_likelihood(at, &self.wars);
        profiled(&likelihood, &self.maximum.at, 0, value).unwrap_or(f64::NAN)
    }

    fn quality(&self, records: &[WarRecord]) -> Quality {
        let (n, k) = (self.wars.len() as f64, self.maximum.at.len() as f64);
        let value = self.maximum.value;
        let null = self.at(0.0);
        let beside = |of: &dyn Fn(f64) -> f64| -> BTreeMap<String, f64> {
            BESIDE.iter().map(|&m| (m.to_string(), of(self.at(m)))).collect()
        };
        let without = self.without_each();
        let log_loss_loo = without.as_ref().map(|at| self.loss_without(at));
        let log_loss_loo_null = self.null_without_each();
        let decided: Vec<&Observation> =
            self.wars.iter().filter(|war| war.stronger_won().is_some()).collect();
        let chance = |war: &&Observation| self.model.winner_wins(&self.maximum.at, war);
        let share = |of: &dyn Fn(&&Observation) -> f64| {
            decided.iter().map(of).sum::<f64>() / decided.len() as f64
        };
        Quality {
            log_likelihood: value,
            log_likelihood_null: null,
            aic: 2.0 * k - 2.0 * value,
            bic: k * n.ln() - 2.0 * value,
            mcfadden: 1.0 - value / null,
            log_loss: -value / n,
            log_loss_loo,
            log_loss_loo_null,
            prl_loo: log_loss_loo.zip(log_loss_loo_null).map(|(loss, null)| 1.0 - loss / null),
            log_loss_at: beside(&|l| -l / n),
            p_at: beside(&|l| chi_squared_tail(2.0 * (value - l), 1.0)),
            accuracy: share(&|war| f64::from(u8::from(chance(war) > 0.5))),
            brier: share(&|war| (1.0 - chance(war)).powi(2)),
            auc: self.area(&|_| &self.maximum.at),
            auc_loo: without.as_ref().and_then(|at| self.area(&|war| &at[war])),
            drop_one: without.as_ref().map(|at| self.drop_one(at, records)),
            reliability_for_2: self.maximum.at[0] / 2.0,
        }
    }

    /// The estimates without each war in turn.
    fn without_each(&self) -> Option<Vec<Vec<f64>>> {
        let without = |left: usize| {
            let likelihood = |at: &[f64]| {
                let all = self.model.log_likelihood(at, &self.wars);
                all - self.model.log_probability(at, &self.wars[left])
            };
            maximise(&likelihood, &self.maximum.at).map(|found| found.at)
        };
        (0..self.wars.len()).map(without).collect()
    }

    fn loss_without(&self, at: &[Vec<f64>]) -> f64 {
        let loss = |(war, at): (&Observation, &Vec<f64>)| -self.model.log_probability(at, war);
        self.wars.iter().zip(at).map(loss).sum::<f64>() / self.wars.len() as f64
    }

    /// The mean log loss without decisiveness, each war predicted from the others.
    fn null_without_each(&self) -> Option<f64> {
        let whole = |rest: &[f64]| [&[0.0], rest].concat();
        let mut sum = 0.0;
        for left in &self.wars {
            let likelihood = |rest: &[f64]| {
                let at = whole(rest);
                self.model.log_likelihood(&at, &self.wars) - self.model.log_probability(&at, left)
            };
            let rest = match &self.model.start()[1..] {
                [] => Vec::new(),
                start => maximise(&likelihood, start)?.at,
            };
            sum -= self.model.log_probability(&whole(&rest), left);
        }
        Some(sum / self.wars.len() as f64)
    }

    /// How well odds rank the wars that the side which began them won; each war has the
    /// parameters that `places` gives it.
    fn area<'a>(&self, places: &dyn Fn(usize) -> &'a [f64]) -> Option<f64> {
        if !self.model.0.initiator {
            return None;
        }
        let known =
            || self.wars.iter().enumerate().filter(|(_, war)| war.initiator_won().is_some());
        let scores: Vec<f64> =
            known().map(|(at, war)| self.model.initiator_wins(places(at), war)).collect();
        let events: Vec<bool> = known().filter_map(|(_, war)| war.initiator_won()).collect();
        Some(auc(&scores, &events)).filter(|area| area.is_finite())
    }

    fn drop_one(&self, without: &[Vec<f64>], records: &[WarRecord]) -> DropOne {
        let estimates = || without.iter().map(|at| at[0]);
        let whole = self.maximum.at[0];
        let mut influential: Vec<Influence> = records
            .iter()
            .zip(estimates())
            .map(|(war, estimate)| Influence { war: war.name.clone(), year: war.year, estimate })
            .collect();
        let change = |influence: &Influence| (influence.estimate - whole).abs();
        crate::order::sort_by(&mut influential, |a, b| change(b).total_cmp(&change(a)));
        influential.truncate(INFLUENTIAL);
        let range = [
            estimates().fold(f64::INFINITY, f64::min),
            estimates().fold(f64::NEG_INFINITY, f64::max),
        ];
        DropOne { range, influential }
    }
}

/// Refuses samples whose likelihood rises for ever (Albert & Anderson 1984, *Biometrika* 71).
fn separated(wars: &[Observation], settings: &Settings) -> Result<(), String> {
    let stronger = || wars.iter().filter_map(Observation::stronger_won);
    if stronger().next().is_none() {
        return Err("no war was decided between sides of unequal power".into());
    }
    let draws = wars.iter().any(|war| war.outcome == super::sample::Outcome::Draw);
    if settings.ties != Ties::Drop && !draws {
        return Err(
            "no war was drawn, so the parameter of ties has no estimate; leave out --ties".into()
        );
    }
    if !draws && !settings.initiator {
        for (won, words) in [(true, "stronger"), (false, "weaker")] {
            if stronger().all(|stronger| stronger == won) {
                return Err(format!(
                    "the {words} side won every war (separation), so no finite decisiveness is \
                     best"
                ));
            }
        }
    }
    Ok(())
}

/// The estimates by era, and by the major powers that fought.
fn groups(wars: &[WarRecord], settings: &Settings) -> Vec<Group> {
    let mut groups = Vec::new();
    for era in Era::ALL {
        let own = wars.iter().filter(|war| era.holds(war.year)).cloned().collect();
        groups.extend(group("era", era.name(), own, settings));
    }
    let fought = |war: &WarRecord| war.majors.map(|m| m.into_iter().filter(|&on| on).count());
    for (number, name) in [(2, "both sides"), (1, "one side"), (0, "neither side")] {
        let own = wars.iter().filter(|war| fought(war) == Some(number)).cloned().collect();
        groups.extend(group("majors", name.into(), own, settings));
    }
    groups
}

fn group(by: &str, name: String, wars: Vec<WarRecord>, settings: &Settings) -> Option<Group> {
    if wars.is_empty() {
        return None;
    }
    let n = wars.len();
    let found = Estimate::of(&wars, settings);
    let (term, why, quality) = match &found {
        Ok(estimate) => (estimate.terms().into_iter().next(), None, Some(estimate)),
        Err(why) => (None, Some(why.clone()), None),
    };
    let loss = |log_likelihood: f64| -log_likelihood / n as f64;
    Some(Group {
        by: by.into(),
        group: name,
        n,
        term,
        why,
        log_likelihood: quality.map(|estimate| estimate.maximum.value),
        log_loss: quality.map(|estimate| loss(estimate.maximum.value)),
        log_loss_at_2: quality.map(|estimate| loss(estimate.at(2.0))),
    })
}

/// The probability that side 1 wins each war of a report, given that one wins; none where there
/// is no estimate.
pub fn predictions(fit: &Fit) -> Vec<f64> {
    let settings =
        Settings { sides: fit.sides, ties: fit.ties, form: fit.form, initiator: fit.initiator };
    let model = Model(settings);
    let at: Vec<f64> = fit.terms.iter().map(|term| term.estimate).collect();
    if at.len() != model.names().len() {
        return Vec::new();
    }
    let chance = |war: &WarRecord| model.first_wins(&at, &Observation::new(war, fit.form));
    fit.wars.iter().map(chance).collect()
}
