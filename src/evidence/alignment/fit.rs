//! The estimate.

use super::climb::{Likelihood, Spot};
use super::{ALIGNMENT, AlignmentFit, AlignmentTerm, Place, Settings, YearOfPairs};
use crate::error::Result;
use crate::evidence::backtest::Target;
use crate::evidence::decisiveness::FIT_SCHEMA;
use crate::evidence::statistics::{CHI2_95, auc};

/// From so many factors of the start the way up is begun.
const STARTS: [f64; 4] = [1.0, 0.5, 2.0, 4.0];
/// How often the way up is begun anew where a profile is higher, and by how much it has to be.
const ROUNDS: usize = 6;
const HIGHER: f64 = 1e-6;
/// How near the ends of an interval the deviance's root has to come to the quantile's.
const NEAR: f64 = 2e-3;

/// Estimates parameters of the game of alignment from the years, by maximum composite likelihood.
/// Some dozens of equilibria of every year for one parameter, some thousands for five.
///
/// # Errors
/// If a parameter cannot be estimated from where it starts, or the time is up.
pub fn fit(
    years: Vec<YearOfPairs>,
    sources: Vec<String>,
    measure: String,
    target: Target,
    settings: &Settings,
) -> Result<AlignmentFit> {
    settings.start.check(&settings.estimate)?;
    let moved = settings.estimate.clone();
    let model = Likelihood::new(&years, settings.start.clone(), moved, settings.work)?;
    settings.work.begin("alignments of all years", 0);
    let base = model.base();
    let mut report = AlignmentFit {
        schema: FIT_SCHEMA.into(),
        model: ALIGNMENT.into(),
        sources,
        measure,
        target: target.name(),
        years: [years.first().map_or(0, |y| y.year), years.last().map_or(0, |y| y.year)],
        n: model.events.len(),
        clusters: model.clusters,
        events: model.events.iter().filter(|&&event| event).count(),
        at: settings.start.clone(),
        estimated: settings.estimate.clone(),
        undecided: None,
        terms: Vec::new(),
        covariance: Vec::new(),
        log_likelihood: None,
        log_likelihood_null: base.map_or(0.0, |(_, value)| value),
        aic: None,
        auc: None,
        brier: None,
        log_loss: None,
        warnings: Vec::new(),
        data: years,
    };
    let top = match base {
        None => Err("all pairs have the event, or none has it".to_owned()),
        Some(_) => highest(&model, &settings.start)?,
    };
    match top {
        Err(why) => report.undecided = Some(why),
        Ok(spot) => match settled(&model, &settings.start, spot)? {
            Some((spot, profiles)) => tell(&mut report, &model, &spot, profiles)?,
            None => {
                let why = "there is no single height: along the profiles the likelihood rises again \
                           and again, and what was estimated cannot be told apart";
                report.undecided = Some(why.into());
            }
        },
    }
    settings.work.end();
    report.warnings = report.cautions();
    Ok(report)
}

/// The highest place that is found from several starts; else why there is none.
fn highest(model: &Likelihood, start: &Place) -> Result<std::result::Result<Spot, String>> {
    let all: Vec<usize> = (0..model.moved.len()).collect();
    let mut best: Option<Spot> = None;
    let mut found = false;
    for (k, factor) in STARTS.iter().enumerate() {
        // Starts differ in all parameters, in different directions.
        let logs: Vec<f64> = (0..)
            .zip(&model.moved)
            .map(|(at, quantity)| {
                let [low, high] = quantity.range();
                let turned = if (at + k) % 2 == 0 { *factor } else { 1.0 / factor };
                (quantity.of(start) * turned).clamp(low, high).ln()
            })
            .collect();
        let Some(spot) = model.spot(&logs)? else { continue };
        found = true;
        let spot = model.climb(spot, &all)?;
        if spot.link[1] > 0.0 && best.as_ref().is_none_or(|best| spot.value > best.value) {
            best = Some(spot);
        }
    }
    Ok(best.ok_or_else(|| {
        match found {
            true => {
                "pairs that are likelier to balance together have the event no more often from any \
                 start: the slope is 0, and the likelihood flat in all else"
            }
            false => "no logit equilibrium was found from any start, or the link separates",
        }
        .into()
    }))
}

/// The top with the profiles of all quantities; where one of these is higher, the way up goes on
/// from there. `None` if it never ends.
fn settled(
    model: &Likelihood,
    start: &Place,
    mut top: Spot,
) -> Result<Option<(Spot, Vec<Profile>)>> {
    let all: Vec<usize> = (0..model.moved.len()).collect();
    for _ in 0..ROUNDS {
        let mut profiles = Vec::new();
        let mut higher: Option<Spot> = None;
        for at in 0..model.moved.len() {
            let error = model.covariances(&top)?.map(|both| both[0][[at, at]].sqrt());
            let (found, best) = profile(model, start, &top, at, error)?;
            profiles.push(found);
            if best.value > higher.as_ref().map_or(top.value + HIGHER, |known| known.value) {
                higher = Some(best);
                break;
            }
        }
        match higher {
            None => return Ok(Some((top, profiles))),
            Some(spot) => top = model.climb(spot, &all)?,
        }
    }
    Ok(None)
}

fn tell(
    report: &mut AlignmentFit,
    model: &Likelihood,
    spot: &Spot,
    profiles: Vec<Profile>,
) -> Result<()> {
    let covariances = model.covariances(spot)?;
    let k = model.moved.len();
    let error = |which: usize, at: usize| {
        let variance = covariances.as_ref().map(|both| both[which][[at, at]])?;
        Some(variance.sqrt()).filter(|error| error.is_finite())
    };
    report.at = model.place(&spot.logs);
    let told = model.moved.iter().zip(profiles).enumerate();
    for (at, (quantity, (interval, profile))) in told {
        let estimate = quantity.of(&report.at);
        report.terms.push(AlignmentTerm {
            term: quantity.name().into(),
            estimate,
            // Of a log times the value: the first order.
            std_error: error(0, at).map(|error| error * estimate),
            std_error_cluster: error(1, at).map(|error| error * estimate),
            interval: Some(interval),
            profile,
        });
    }
    for (at, name) in ["intercept", "slope"].into_iter().enumerate() {
        report.terms.push(AlignmentTerm {
            term: name.into(),
            estimate: spot.link[at],
            std_error: error(0, k + at),
            std_error_cluster: error(1, k + at),
            interval: None,
            profile: Vec::new(),
        });
    }
    if let Some([_, clustered]) = &covariances {
        let rows = (0..k).map(|i| (0..k).map(|j| clustered[[i, j]]).collect());
        report.covariance = rows.collect();
        if report.covariance.iter().flatten().any(|value: &f64| !value.is_finite()) {
            report.covariance.clear();
        }
    }
    let p = model.probabilities(spot);
    let n = p.len() as f64;
    let squares =
        p.iter().zip(&model.events).map(|(p, event)| (p - f64::from(u8::from(*event))).powi(2));
    report.brier = Some(squares.sum::<f64>() / n);
    report.auc = Some(auc(&spot.both, &model.events)).filter(|area| area.is_finite());
    report.log_likelihood = Some(spot.value);
    report.log_loss = Some(-spot.value / n);
    report.aic = Some(2.0 * (k as f64 + 2.0) - 2.0 * spot.value);
    for (year, found) in report.data.iter_mut().zip(model.stances(&spot.logs)?.unwrap_or_default())
    {
        year.stances = found.0;
    }
    Ok(())
}

/// The interval and the profile of one quantity: values and log likelihoods with the others at
/// their best.
type Profile = ([Option<f64>; 2], Vec<[f64; 2]>);

fn profile(
    model: &Likelihood,
    start: &Place,
    top: &Spot,
    at: usize,
    error: Option<f64>,
) -> Result<(Profile, Spot)> {
    let begin: Vec<f64> = model.moved.iter().map(|quantity| quantity.of(start).ln()).collect();
    let mut best = top.clone();
    let others: Vec<usize> = (0..model.moved.len()).filter(|&other| other != at).collect();
    let bounds = model.moved[at].range().map(f64::ln);
    let quantile = CHI2_95.sqrt();
    let mut seen = vec![[top.logs[at].exp(), top.value]];
    let mut ends = [None; 2];
    for (side, end) in [-1.0, 1.0].into_iter().zip(&mut ends) {
        let edge = if side < 0.0 { bounds[0] } else { bounds[1] };
        let step = error.unwrap_or(0.25).clamp(1e-3, 0.5);
        // The root of the deviance is nearly straight in the log: secants find where it is that
        // of the quantile.
        let (mut near, mut near_root) = (top.logs[at], 0.0);
        let mut far = top.logs[at] + side * quantile * step;
        let mut from = top.clone();
        for _ in 0..14 {
            far = far.clamp(bounds[0], bounds[1]);
            // From the place before; where pairs cannot be told from each other there, from the top
            // or from where all began.
            let mut found: Option<Spot> = None;
            for near in [&from.logs, &top.logs, &begin] {
                let mut logs = near.clone();
                logs[at] = far;
                let Some(spot) = model.spot(&logs)? else { continue };
                let spot = model.climb(spot, &others)?;
                if found.as_ref().is_none_or(|known| spot.value > known.value) {
                    found = Some(spot);
                }
                if others.is_empty() || found.as_ref().is_some_and(|spot| spot.link[1] > 0.0) {
                    break;
                }
            }
            let Some(spot) = found else { break };
            seen.push([far.exp(), spot.value]);
            if spot.value > best.value {
                best = spot.clone();
            }
            let root = (2.0 * (top.value - spot.value)).max(0.0).sqrt();
            if (root - quantile).abs() < NEAR {
                *end = Some(far.exp());
                break;
            }
            if root < quantile && (far - edge).abs() < 1e-9 {
                break;
            }
            let slope = (root - near_root) / (far - near);
            let wanted = if slope * side > 1e-6 { (quantile - root) / slope } else { side };
            if root < quantile {
                (near, near_root) = (far, root);
                from = spot;
            }
            let moved = wanted.clamp(-1.5, 1.5);
            // Never back beyond what is known to be inside.
            let next = far + moved;
            far = if (next - near) * side <= 0.0 { f64::midpoint(near, far) } else { next };
        }
    }
    crate::order::sort_by(&mut seen, |a, b| a[0].total_cmp(&b[0]));
    seen.dedup_by(|a, b| (a[0] - b[0]).abs() <= 1e-12 * b[0]);
    Ok(((ends, seen), best))
}
