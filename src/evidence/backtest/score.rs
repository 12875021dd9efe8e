//! Scores of predictors.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};

use super::measures::*;
use super::permutation::Spells;
use super::predictors::{BASELINES, MODEL};
use super::{
    Added, BACKTEST_SCHEMA, BESIDE, Backtest, Coefficient, Columns, ERAS, EraScore, LAG, Options,
    OutOfTime, Panel, Regression, Score,
};
use crate::error::Result;
use crate::evidence::logit;
use crate::evidence::statistics::{Z_95, auc, two_sided};
use crate::work::{Work, parallel};

/// Below this a permutation probability counts.
pub(super) const LEVEL: f64 = 0.05;

/// Scores every predictor of a panel. O(predictors · permutations · rows log rows).
///
/// # Errors
/// Never so far: what cannot be computed is null, with a warning.
pub fn score(
    panel: &Panel,
    sources: Vec<String>,
    options: &Options,
    work: &Work,
) -> Result<Backtest> {
    let frame = Frame::new(&panel.data, options);
    let mut data = panel.data.clone();
    let predictors = panel.predictors.len() as u64;
    work.begin("permutations", predictors * u64::from(options.permutations) * 2);
    let said = |k: usize| -> Vec<f64> {
        data.said[k].iter().map(|value| value.unwrap_or(f64::NAN)).collect()
    };
    let mut scores: Vec<Score> = Vec::new();
    for (k, predictor) in panel.predictors.iter().enumerate() {
        let about = About {
            name: predictor.name.into(),
            says: predictor.says.into(),
            one_sided: predictor.one_sided,
            probability: predictor.probability,
            of_model: k < MODEL.len(),
        };
        scores.push(frame.score(&said(k), about, work));
    }
    let (plain, with_lag) =
        (frame.regression(&BESIDE), frame.regression(&[&[LAG][..], &BESIDE].concat()));
    // The seventh of the trivial rules is fitted.
    let joint = frame.fitted(&["logdist", "rival", "shared"]);
    if let Some(joint) = joint {
        let about = About {
            name: "distance-rivalry".into(),
            says: "a logit of distance, rivalry and shared rivals".into(),
            one_sided: false,
            probability: false,
            of_model: false,
        };
        scores.push(frame.score(&joint, about, work));
        data.said.push(joint.iter().map(|v| Some(*v).filter(|v| v.is_finite())).collect());
    }
    work.end();
    let baselines = scores.split_off(MODEL.len());
    debug_assert!(baselines.len() >= BASELINES.len());
    let years = || data.year.iter().copied();
    let mut report = Backtest {
        schema: BACKTEST_SCHEMA.into(),
        target: panel.target.name(),
        pairs: panel.pairs.into(),
        sources,
        years: [years().min().unwrap_or(0), years().max().unwrap_or(0)],
        n: frame.rows.len(),
        clusters: frame.clusters,
        events: frame.events.iter().filter(|&&event| event).count(),
        permutations: options.permutations,
        seed: options.seed,
        train: options.train.map(|(a, b)| [a, b]),
        predictors: scores,
        baselines,
        logit: plain,
        logit_with_lag: with_lag,
        warnings: Vec::new(),
        notes: panel.notes.clone(),
        data,
    };
    report.warnings = report.cautions();
    Ok(report)
}

/// What a score is of.
struct About {
    name: String,
    says: String,
    one_sided: bool,
    probability: bool,
    of_model: bool,
}

/// The rows that could have the event, ready to be scored.
struct Frame<'a> {
    data: &'a Columns,
    options: &'a Options,
    spells: Spells,
    /// The rows of the panel.
    rows: Vec<usize>,
    /// By row of those.
    events: Vec<bool>,
    cluster: Vec<usize>,
    clusters: usize,
}

impl<'a> Frame<'a> {
    fn new(data: &'a Columns, options: &'a Options) -> Self {
        let rows: Vec<usize> =
            (0..data.event.len()).filter(|&row| data.event[row].is_some()).collect();
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let cluster = rows
            .iter()
            .map(|&row| {
                let (a, b) = (data.state1[row].as_str(), data.state2[row].as_str());
                let next = pairs.len();
                *pairs.entry((a.min(b), a.max(b))).or_insert(next)
            })
            .collect();
        Self {
            data,
            options,
            spells: Spells::new(data),
            events: rows.iter().map(|&row| data.event[row] == Some(true)).collect(),
            rows,
            cluster,
            clusters: pairs.len(),
        }
    }

    /// Scores what was said of every row of the panel; NaN where nothing was.
    fn score(&self, said: &[f64], about: About, work: &Work) -> Score {
        let known: Vec<usize> =
            (0..self.rows.len()).filter(|&at| said[self.rows[at]].is_finite()).collect();
        let values: Vec<f64> = known.iter().map(|&at| said[self.rows[at]]).collect();
        let events: Vec<bool> = known.iter().map(|&at| self.events[at]).collect();
        let area = finite(auc(&values, &events));
        let alone = single(&values, &events);
        let base = base_loss(&events);
        let nulls = self.permuted_areas(said, &known, &about, work);
        let p_qap =
            area.zip(nulls.as_ref()).map(|(area, nulls)| tail(area, nulls, about.one_sided));
        let (beside, beside_with_pact) = if about.of_model {
            let columns = [&[LAG][..], &BESIDE].concat();
            (self.added(said, &known, &BESIDE, work), self.added(said, &known, &columns, work))
        } else {
            (None, None)
        };
        Score {
            n: known.len(),
            auc: area,
            log_loss: alone.as_ref().map(|fit| fit.1),
            brier: alone.as_ref().map(|fit| fit.2),
            prl: alone.as_ref().and_then(|fit| finite(1.0 - fit.1 / base)),
            calibration: if about.probability { calibration(&values, &events) } else { None },
            p_qap,
            null: nulls.as_deref().map(spread),
            null_counts: nulls.as_deref().map(counted).unwrap_or_default(),
            eras: self.eras(&known, &values, &events),
            out_of_time: self.out_of_time(&known, &values, &events),
            adds: beside.as_ref().is_some_and(|added| added.adds),
            beside,
            beside_with_pact,
            name: about.name,
            says: about.says,
            one_sided: about.one_sided,
        }
    }

    fn permuted_areas(
        &self,
        said: &[f64],
        known: &[usize],
        about: &About,
        work: &Work,
    ) -> Option<Vec<f64>> {
        let flat = known
            .windows(2)
            .all(|two| said[self.rows[two[0]]].total_cmp(&said[self.rows[two[1]]]).is_eq());
        if self.options.permutations == 0 || flat || about.name == "persistence" {
            return None;
        }
        let area = |number: u32| {
            let become_ = self.spells.permuted(self.options.seed, number);
            let mut values = Vec::with_capacity(known.len());
            let mut events = Vec::with_capacity(known.len());
            for &at in known {
                let Some(other) = become_[self.rows[at]] else { continue };
                if said[other].is_finite() {
                    values.push(said[other]);
                    events.push(self.events[at]);
                }
            }
            work.advance(1);
            auc(&values, &events)
        };
        let areas = parallel(self.options.permutations as usize, |k| area(k as u32 + 1));
        areas.iter().all(|area| area.is_finite()).then_some(areas)
    }

    fn eras(&self, known: &[usize], values: &[f64], events: &[bool]) -> Vec<EraScore> {
        let year = |k: usize| self.data.year[self.rows[known[k]]];
        ERAS.iter()
            .filter_map(|era| {
                let own: Vec<usize> = (0..known.len()).filter(|&k| era.holds(year(k))).collect();
                let years = || own.iter().map(|&k| year(k));
                let values: Vec<f64> = own.iter().map(|&k| values[k]).collect();
                let events: Vec<bool> = own.iter().map(|&k| events[k]).collect();
                Some(EraScore {
                    years: [years().min()?, years().max()?],
                    n: own.len(),
                    auc: finite(auc(&values, &events)),
                })
            })
            .collect()
    }

    /// Which of the rows are learned from, and which are tested on; `None` without a split.
    fn split(&self, known: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
        let (from, to) = self.options.train?;
        let year = |k: &usize| self.data.year[self.rows[known[*k]]];
        let all = 0..known.len();
        let train = all.clone().filter(|k| (from..=to).contains(&year(k))).collect::<Vec<_>>();
        let test = all.filter(|k| year(k) > to).collect::<Vec<_>>();
        (!train.is_empty() && !test.is_empty()).then_some((train, test))
    }

    fn out_of_time(&self, known: &[usize], values: &[f64], events: &[bool]) -> Option<OutOfTime> {
        let (train, test) = self.split(known)?;
        let part = |own: &[usize]| -> (Vec<f64>, Vec<bool>) {
            own.iter().map(|&k| (values[k], events[k])).unzip()
        };
        let ((learned, learned_events), (tested, tested_events)) = (part(&train), part(&test));
        let fit = logit::fit(&with_ones(&learned), &learned_events, None);
        let fit = fit.or_else(|| constant_fit(&learned, &learned_events));
        let loss = fit.map(|fit| {
            let odds = logit::log_odds(&with_ones(&tested), &fit.coefficients);
            logit::log_loss(&odds, &tested_events)
        });
        let (from, to) = self.options.train?;
        Some(OutOfTime {
            train: [from, to],
            n: test.len(),
            log_loss: loss.and_then(finite),
            auc: finite(auc(&tested, &tested_events)),
        })
    }

    /// What a predictor adds to the logit in `columns`.
    fn added(&self, said: &[f64], known: &[usize], columns: &[&str], work: &Work) -> Option<Added> {
        let rows: Vec<usize> = known.to_vec();
        let base = self.design(&rows, columns)?;
        let events: Vec<bool> = rows.iter().map(|&at| self.events[at]).collect();
        let scale = spread(&rows.iter().map(|&at| said[self.rows[at]]).collect::<Vec<_>>());
        let scaled = |value: f64| if scale[1] > 0.0 { (value - scale[0]) / scale[1] } else { 0.0 };
        let column = |become_: Option<&[Option<usize>]>| -> Vec<f64> {
            let value = |at: &usize| {
                let row = self.rows[*at];
                let from = become_.map_or(Some(row), |become_| become_[row]);
                // A pair of which nothing is said counts as the mean.
                from.map(|row| scaled(said[row])).filter(|v| v.is_finite()).unwrap_or(0.0)
            };
            rows.iter().map(value).collect()
        };
        let without = logit::fit(&base, &events, None)?;
        let mut start = without.coefficients.to_vec();
        start.push(0.0);
        let start = Array1::from(start);
        let rise = |values: &[f64]| {
            let design = wider(&base, values);
            let fit = logit::fit(&design, &events, Some(&start))?;
            Some(2.0 * (fit.log_likelihood - without.log_likelihood).max(0.0))
        };
        let real = rise(&column(None));
        let p_qap = match real {
            Some(real) if self.options.permutations > 0 => {
                let as_much = parallel(self.options.permutations as usize, |k| {
                    let become_ = self.spells.permuted(self.options.seed, k as u32 + 1);
                    work.advance(1);
                    rise(&column(Some(&become_))).is_none_or(|rise| rise >= real)
                });
                let as_much = as_much.into_iter().filter(|as_much| *as_much).count();
                Some((1.0 + as_much as f64) / (f64::from(self.options.permutations) + 1.0))
            }
            _ => None,
        };
        let losses = self.split(known).and_then(|(train, test)| {
            let pick = |design: &Array2<f64>, own: &[usize]| design.select(ndarray::Axis(0), own);
            let of = |own: &[usize]| own.iter().map(|&k| events[k]).collect::<Vec<bool>>();
            let loss = |design: &Array2<f64>| {
                let fit = logit::fit(&pick(design, &train), &of(&train), None)?;
                let odds = logit::log_odds(&pick(design, &test), &fit.coefficients);
                finite(logit::log_loss(&odds, &of(&test)))
            };
            Some([loss(&base)?, loss(&wider(&base, &column(None)))?])
        });
        let less = losses.is_some_and(|[without, with]| with < without);
        Some(Added {
            likelihood_ratio: real,
            p_qap,
            log_loss_out_of_time: losses,
            adds: less && p_qap.is_some_and(|p| p < LEVEL),
        })
    }

    /// The columns of a logit for some rows, after one of ones; `None` where a value lacks.
    fn design(&self, rows: &[usize], columns: &[&str]) -> Option<Array2<f64>> {
        let mut design = Array2::ones((rows.len(), columns.len() + 1));
        for (k, name) in columns.iter().enumerate() {
            let column = self.data.known.get(*name)?;
            for (i, &at) in rows.iter().enumerate() {
                design[[i, k + 1]] = column[self.rows[at]]?;
            }
        }
        Some(design)
    }

    fn all(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    /// The log odds of a logit in some columns, for every row of the panel; `None` on separation.
    fn fitted(&self, columns: &[&str]) -> Option<Vec<f64>> {
        let fit = logit::fit(&self.design(&self.all(), columns)?, &self.events, None)?;
        let said = (0..self.data.year.len()).map(|row| {
            let terms = columns.iter().enumerate().map(|(k, name)| {
                let value = self.data.known.get(*name).and_then(|column| column[row]);
                fit.coefficients[k + 1] * value.unwrap_or(f64::NAN)
            });
            fit.coefficients[0] + terms.sum::<f64>()
        });
        Some(said.collect())
    }

    fn regression(&self, columns: &[&str]) -> Option<Regression> {
        let design = self.design(&self.all(), columns)?;
        let fit = logit::fit(&design, &self.events, None)?;
        let clustered = fit.clustered(&design, &self.events, &self.cluster);
        let names = std::iter::once("const").chain(columns.iter().copied());
        let terms = names
            .zip(fit.errors())
            .zip(clustered)
            .enumerate()
            .map(|(k, ((name, error), cluster))| {
                let estimate = fit.coefficients[k];
                let statistic = estimate / error;
                Coefficient {
                    term: name.into(),
                    estimate,
                    std_error: error,
                    statistic,
                    p_value: two_sided(statistic),
                    interval: [estimate - Z_95 * error, estimate + Z_95 * error],
                    std_error_cluster: cluster,
                }
            })
            .collect();
        let odds = logit::log_odds(&design, &fit.coefficients);
        let (n, k) = (self.events.len() as f64, design.ncols() as f64);
        Some(Regression {
            terms,
            log_likelihood: fit.log_likelihood,
            aic: 2.0 * k - 2.0 * fit.log_likelihood,
            bic: k * n.ln() - 2.0 * fit.log_likelihood,
            auc: finite(auc(&odds.to_vec(), &self.events)),
            brier: logit::brier(&odds, &self.events),
            log_loss: logit::log_loss(&odds, &self.events),
        })
    }
}
