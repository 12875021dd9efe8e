//! The composite likelihood and the way to its maximum.
//!
//! Quantities are moved by their logs. At each place the link (intercept and slope) is at its
//! best; steps are those of Fisher's scoring, with the derivatives of probabilities of stances by
//! central differences, halved until the likelihood rises.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};

use super::{Place, Quantity, YearOfPairs};
use crate::error::Result;
use crate::evidence::linear::{cholesky, inverse, solve};
use crate::evidence::logit;
use crate::evidence::quantal::Stances;
use crate::evidence::statistics::logistic;
use crate::system::System;
use crate::work::{Work, parallel};

/// By so much logs are moved for derivatives.
const WIDTH: f64 = 2e-3;
/// The most steps, and the longest of one in a log.
const STEPS: usize = 40;
const LONGEST: f64 = 1.0;

/// The pairs and years that could have the event.
pub(super) struct Likelihood<'a> {
    systems: Vec<System>,
    /// For each row its year and its two states.
    rows: Vec<(usize, usize, usize)>,
    pub(super) events: Vec<bool>,
    /// By row, from 0.
    cluster: Vec<usize>,
    pub(super) clusters: usize,
    /// What is kept, and what is moved.
    kept: Place,
    pub(super) moved: Vec<Quantity>,
    work: Work<'a>,
}

/// A place of the likelihood.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The logs of what is moved.
    pub(super) logs: Vec<f64>,
    /// By row the probability that both balance.
    pub(super) both: Vec<f64>,
    /// Intercept and slope.
    pub(super) link: [f64; 2],
    /// The log likelihood.
    pub(super) value: f64,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(
        years: &[YearOfPairs],
        kept: Place,
        moved: Vec<Quantity>,
        work: Work<'a>,
    ) -> Result<Self> {
        let systems = years.iter().map(YearOfPairs::system).collect::<Result<_>>()?;
        let (mut rows, mut events, mut cluster) = (Vec::new(), Vec::new(), Vec::new());
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (at, year) in years.iter().enumerate() {
            for ((i, j), event) in year.pairs().zip(&year.events) {
                let Some(event) = *event else { continue };
                let (a, b) = (year.states[i].as_str(), year.states[j].as_str());
                let next = pairs.len();
                cluster.push(*pairs.entry((a.min(b), a.max(b))).or_insert(next));
                rows.push((at, i, j));
                events.push(event);
            }
        }
        let clusters = pairs.len();
        Ok(Self { systems, rows, events, cluster, clusters, kept, moved, work })
    }

    /// The parameters at logs of what is moved.
    pub(super) fn place(&self, logs: &[f64]) -> Place {
        let mut place = self.kept.clone();
        for (quantity, log) in self.moved.iter().zip(logs) {
            quantity.set(&mut place, log.exp());
        }
        place
    }

    /// The stances of every year; `None` where an equilibrium is not found.
    pub(super) fn stances(&self, logs: &[f64]) -> Result<Option<Vec<Stances>>> {
        let place = self.place(logs);
        let work = self.work.unobserved();
        let found = parallel(self.systems.len(), |k| {
            Stances::of(&self.systems[k], &place.parameters, place.precision, &work)
        });
        self.work.advance(1);
        found.into_iter().collect()
    }

    /// By row the probability that both balance.
    fn both(&self, logs: &[f64]) -> Result<Option<Vec<f64>>> {
        let Some(found) = self.stances(logs)? else { return Ok(None) };
        let years: Vec<Array2<f64>> =
            found.iter().map(|stances| stances.pairs().both_balance).collect();
        Ok(Some(self.rows.iter().map(|&(year, i, j)| years[year][[i, j]]).collect()))
    }

    /// The place at logs; `None` where an equilibrium is not found or the link separates.
    pub(super) fn spot(&self, logs: &[f64]) -> Result<Option<Spot>> {
        let Some(both) = self.both(logs)? else { return Ok(None) };
        Ok(self.link(&both).map(|(link, value)| Spot { logs: logs.to_vec(), both, link, value }))
    }

    /// Intercept and slope at their best, the slope 0 or more, and the log likelihood.
    fn link(&self, both: &[f64]) -> Option<([f64; 2], f64)> {
        let rows = both.len();
        let design = Array2::from_shape_fn((rows, 2), |(i, k)| if k == 0 { 1.0 } else { both[i] });
        let free = logit::fit(&design, &self.events, None);
        if let Some(fit) = free.filter(|fit| fit.coefficients[1] > 0.0) {
            return Some(([fit.coefficients[0], fit.coefficients[1]], fit.log_likelihood));
        }
        self.base().map(|(intercept, value)| ([intercept, 0.0], value))
    }

    /// The intercept of the base rate and its log likelihood; `None` where all or none have it.
    pub(super) fn base(&self) -> Option<(f64, f64)> {
        let ones = Array2::ones((self.events.len(), 1));
        logit::fit(&ones, &self.events, None).map(|fit| (fit.coefficients[0], fit.log_likelihood))
    }

    /// The probability of the event by row.
    pub(super) fn probabilities(&self, spot: &Spot) -> Vec<f64> {
        spot.both.iter().map(|q| logistic(spot.link[0] + spot.link[1] * q)).collect()
    }

    /// Derivatives of log odds by row: of the logs of `free`, of intercept and slope.
    fn slopes(&self, spot: &Spot, free: &[usize]) -> Result<Option<Array2<f64>>> {
        let k = free.len();
        let mut slopes = Array2::ones((self.rows.len(), k + 2));
        for (column, &which) in free.iter().enumerate() {
            let moved = |by: f64| {
                let mut logs = spot.logs.clone();
                logs[which] += by;
                self.both(&logs)
            };
            let (Some(up), Some(down)) = (moved(WIDTH)?, moved(-WIDTH)?) else { return Ok(None) };
            for (row, (up, down)) in up.iter().zip(&down).enumerate() {
                slopes[[row, column]] = spot.link[1] * (up - down) / (2.0 * WIDTH);
            }
        }
        for (row, both) in spot.both.iter().enumerate() {
            slopes[[row, k + 1]] = *both;
        }
        Ok(Some(slopes))
    }

    /// Score and information.
    fn score(&self, spot: &Spot, slopes: &Array2<f64>) -> (Array1<f64>, Array2<f64>) {
        let p = self.probabilities(spot);
        let residual: Array1<f64> =
            p.iter().zip(&self.events).map(|(p, event)| f64::from(u8::from(*event)) - p).collect();
        let mut weighted = slopes.clone();
        for (mut row, p) in weighted.rows_mut().into_iter().zip(&p) {
            row *= p * (1.0 - p);
        }
        (slopes.t().dot(&residual), slopes.t().dot(&weighted))
    }

    /// From a place up to where the likelihood rises no more, by moving `free` alone.
    pub(super) fn climb(&self, start: Spot, free: &[usize]) -> Result<Spot> {
        let mut spot = start;
        for _ in 0..STEPS {
            if spot.link[1] <= 0.0 || free.is_empty() {
                break;
            }
            let Some(slopes) = self.slopes(&spot, free)? else { break };
            let (score, mut information) = self.score(&spot, &slopes);
            // A floor on the curvature, so that flat directions are not followed for ever.
            information.diag_mut().mapv_inplace(|d| d * (1.0 + 1e-8) + 1e-8);
            let Some(step) = self.within(&spot, free, &score, &information) else { break };
            let longest = step.iter().map(|s| s.abs()).fold(LONGEST, f64::max);
            let mut length = LONGEST / longest;
            let before = spot.value;
            for _ in 0..12 {
                let mut logs = spot.logs.clone();
                for (k, &which) in free.iter().enumerate() {
                    let [low, high] = self.moved[which].range().map(f64::ln);
                    logs[which] = (logs[which] + length * step[k]).clamp(low, high);
                }
                match self.spot(&logs)? {
                    Some(next) if next.value > spot.value => {
                        spot = next;
                        break;
                    }
                    _ => length *= 0.5,
                }
            }
            if spot.value - before < 1e-9 * (1.0 + spot.value.abs()) {
                break;
            }
        }
        Ok(spot)
    }

    /// The step of scoring for `free` quantities; none for those at an end of their range that it
    /// would lead out of. `None` without curvature.
    fn within(
        &self,
        spot: &Spot,
        free: &[usize],
        score: &Array1<f64>,
        information: &Array2<f64>,
    ) -> Option<Vec<f64>> {
        let columns = score.len();
        let mut held = vec![false; free.len()];
        loop {
            let open: Vec<usize> =
                (0..columns).filter(|&k| !held.get(k).copied().unwrap_or(false)).collect();
            let part = Array2::from_shape_fn((open.len(), open.len()), |(i, j)| {
                information[[open[i], open[j]]]
            });
            let right: Array1<f64> = open.iter().map(|&k| score[k]).collect();
            let found = solve(&cholesky(&part)?, &right);
            let mut step = vec![0.0; free.len()];
            for (&k, &by) in open.iter().zip(&found) {
                if k < free.len() {
                    step[k] = by;
                }
            }
            let mut led_out = false;
            for (k, &which) in free.iter().enumerate() {
                if held[k] {
                    continue;
                }
                let [low, high] = self.moved[which].range().map(f64::ln);
                let log = spot.logs[which];
                let out =
                    (log <= low + 1e-9 && step[k] < 0.0) || (log >= high - 1e-9 && step[k] > 0.0);
                if out {
                    step[k] = 0.0;
                    led_out = true;
                }
                held[k] |= out;
            }
            if !led_out {
                return Some(step);
            }
            if held.iter().all(|held| *held) {
                return Some(vec![0.0; free.len()]);
            }
        }
    }

    /// The covariance of the logs of what is moved, of intercept and slope: as if rows were
    /// independent, and with rows of one pair dependent (Godambe's). `None` without curvature.
    pub(super) fn covariances(&self, spot: &Spot) -> Result<Option<[Array2<f64>; 2]>> {
        let all: Vec<usize> = (0..self.moved.len()).collect();
        let Some(slopes) = self.slopes(spot, &all)? else { return Ok(None) };
        let (_, information) = self.score(spot, &slopes);
        let Some(factor) = scaled_cholesky(&information) else { return Ok(None) };
        let plain = inverse(&factor);
        let mut scores = Array2::<f64>::zeros((self.clusters, slopes.ncols()));
        let p = self.probabilities(spot);
        for (row, (p, event)) in p.iter().zip(&self.events).enumerate() {
            let residual = f64::from(u8::from(*event)) - p;
            scores.row_mut(self.cluster[row]).scaled_add(residual, &slopes.row(row));
        }
        let (g, n, k) = (self.clusters as f64, p.len() as f64, slopes.ncols() as f64);
        let factor = if g > 1.0 { g / (g - 1.0) * (n - 1.0) / (n - k) } else { f64::NAN };
        let clustered = plain.dot(&scores.t().dot(&scores)).dot(&plain) * factor;
        Ok(Some([plain, clustered]))
    }
}

/// The factor of an information matrix; `None` where a direction has next to no curvature beside
/// the others.
fn scaled_cholesky(information: &Array2<f64>) -> Option<Array2<f64>> {
    let diagonal = information.diag().to_owned();
    if diagonal.iter().any(|d| *d <= 0.0 || !d.is_finite()) {
        return None;
    }
    let scaled = Array2::from_shape_fn(information.dim(), |(i, j)| {
        information[[i, j]] / (diagonal[i] * diagonal[j]).sqrt()
    });
    let factor = cholesky(&scaled)?;
    factor.diag().iter().all(|d| *d > 1e-5).then(|| cholesky(information))?
}
