//! Predictions of pairs of states beside what happened and beside trivial rules.
//!
//! A panel has a row for each pair of states and year. What is predicted (a defence pact, a new
//! one, the same side in a war) is set against what each predictor said from what was known the
//! year before. Pairs of one state depend on each other, and so do years, so that naive tests
//! mislead: probabilities come from permuting the labels of states within spells of constant
//! membership, one permutation a spell (quadratic assignment, Krackhardt 1988).
//!
//! A predictor *adds* something only if a logit with it beside distance, rivalry, shared rivals
//! and the leading state loses less out of time than the same logit without it, and the
//! permutation test of the likelihood ratio is below 0.05.
//!
//! References: D. Krackhardt (1988), "Predicting with Networks", *Social Networks* 10;
//! J. A. Hanley and B. J. McNeil (1982), *Radiology* 143, for the area under the curve.

mod build;
mod cautions;
mod measures;
mod permutation;
pub mod predictors;
mod score;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use build::{Panel, build};
pub(in crate::evidence) use build::{asked_years, events, without_events};
pub use score::score;

use super::decisiveness::Era;
use crate::error::{Error, Result};

/// What reports of backtests are, schema 1.
pub const BACKTEST_SCHEMA: &str = "equipoise/backtest/1";

/// What is predicted of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A defence pact binds the two in the year.
    Pact,
    /// Without one the year before, they have one in the year or within so many years.
    NewPact(u32),
    /// At war in the same war, they are on the same side.
    Sides,
}

impl Target {
    /// The target that a user calls `pact`, `new-pact:5` or `sides`.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::parameter("predict", "pact, new-pact:YEARS (1 to 50) or sides", text);
        match text.split_once(':') {
            None if text == "pact" => Ok(Self::Pact),
            None if text == "new-pact" => Ok(Self::NewPact(5)),
            None if text == "sides" => Ok(Self::Sides),
            Some(("new-pact", years)) => match years.parse() {
                Ok(years @ 1..=50) => Ok(Self::NewPact(years)),
                _ => Err(wrong()),
            },
            _ => Err(wrong()),
        }
    }

    /// As the user calls it.
    pub fn name(self) -> String {
        match self {
            Self::Pact => "pact".into(),
            Self::NewPact(years) => format!("new-pact:{years}"),
            Self::Sides => "sides".into(),
        }
    }
}

/// How a backtest is scored.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many permutations.
    pub permutations: u32,
    /// Of the permutations.
    pub seed: u64,
    /// The years that a logit out of time learns from; it is tested on those after.
    pub train: Option<(i32, i32)>,
}

/// The area in one era.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraScore {
    /// The first and the last year with rows.
    pub years: [i32; 2],
    /// How many rows.
    pub n: usize,
    /// The area under the curve; null where there are only events or none.
    pub auc: Option<f64>,
}

/// What was learned in some years and tested on later ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutOfTime {
    /// The first and the last year that were learned from.
    pub train: [i32; 2],
    /// How many rows were tested on.
    pub n: usize,
    /// The mean log loss on them of the logit in the predictor alone; null on separation.
    pub log_loss: Option<f64>,
    /// The area on them.
    pub auc: Option<f64>,
}

/// Whether a predictor adds something to a logit without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    /// Twice the rise of the log likelihood; null on separation.
    pub likelihood_ratio: Option<f64>,
    /// How often a permutation rises as much; null without permutations.
    pub p_qap: Option<f64>,
    /// The mean log loss out of time without and with it; null where there is none.
    pub log_loss_out_of_time: Option<[f64; 2]>,
    /// Whether it adds something: less loss out of time and p below 0.05.
    pub adds: bool,
}

/// How well a predictor does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Its name.
    pub name: String,
    /// What it says of a pair.
    pub says: String,
    /// Whether the area was expected above a half before it was computed: then p is one-sided.
    pub one_sided: bool,
    /// The rows that it says something of.
    pub n: usize,
    /// The area under the curve.
    pub auc: Option<f64>,
    /// The mean log loss of a logit in it alone; null on separation.
    pub log_loss: Option<f64>,
    /// The mean square error of the same.
    pub brier: Option<f64>,
    /// The proportional reduction of log loss against the base rate.
    pub prl: Option<f64>,
    /// Where it is a probability: intercept and slope of a logit in its log odds (0 and 1 if it
    /// is calibrated).
    pub calibration: Option<[f64; 2]>,
    /// The area's permutation probability.
    pub p_qap: Option<f64>,
    /// Mean and standard deviation of the permuted areas.
    pub null: Option<[f64; 2]>,
    /// How many permuted areas are in each of 50 equal parts of 0 to 1; empty without any.
    pub null_counts: Vec<u32>,
    /// By era.
    pub eras: Vec<EraScore>,
    /// Out of time.
    pub out_of_time: Option<OutOfTime>,
    /// Beside distance, rivalry, shared rivals and the leading state.
    pub beside: Option<Added>,
    /// The same with last year's pact too.
    pub beside_with_pact: Option<Added>,
    /// Whether it adds something beside the first.
    pub adds: bool,
}

/// A coefficient of the logit of the baselines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coefficient {
    /// `const`, `lag`, `logdist`, `rival`, `shared` or `no_leader`.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error if all rows were independent.
    pub std_error: f64,
    /// Estimate over that.
    pub statistic: f64,
    /// Of that, two-sided, under the normal law.
    pub p_value: f64,
    /// The ends of its 95 % interval.
    pub interval: [f64; 2],
    /// Its standard error with rows of one pair dependent.
    pub std_error_cluster: f64,
}

/// A logit of the baselines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regression {
    /// Its coefficients.
    pub terms: Vec<Coefficient>,
    /// Its log likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// The area under the curve.
    pub auc: Option<f64>,
    /// The mean square error.
    pub brier: f64,
    /// The mean log loss.
    pub log_loss: f64,
}

/// The rows of a panel, column by column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The years.
    pub year: Vec<i32>,
    /// One state, by its identifier.
    pub state1: Vec<String>,
    /// The other.
    pub state2: Vec<String>,
    /// Whether it happened; null where it could not.
    pub event: Vec<Option<bool>>,
    /// What the baselines go by: `lag`, `logdist`, `rival`, `shared`, `no_leader`.
    pub known: BTreeMap<String, Vec<Option<f64>>>,
    /// What each predictor said, in the order of their scores.
    pub said: Vec<Vec<Option<f64>>>,
}

/// A backtest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// [`BACKTEST_SCHEMA`].
    pub schema: String,
    /// What is predicted.
    pub target: String,
    /// `majors` or `relevant`.
    pub pairs: String,
    /// The files.
    pub sources: Vec<String>,
    /// The first and the last year.
    pub years: [i32; 2],
    /// The rows that could have an event.
    pub n: usize,
    /// The pairs.
    pub clusters: usize,
    /// The events.
    pub events: usize,
    /// How many permutations.
    pub permutations: u32,
    /// Of the permutations.
    pub seed: u64,
    /// The years that were learned from; null without a split.
    pub train: Option<[i32; 2]>,
    /// The model's predictors.
    pub predictors: Vec<Score>,
    /// The trivial rules.
    pub baselines: Vec<Score>,
    /// The logit of the baselines; null on separation.
    pub logit: Option<Regression>,
    /// The same with last year's pact.
    pub logit_with_lag: Option<Regression>,
    /// What should make a reader careful.
    pub warnings: Vec<String>,
    /// What was noticed on the way.
    pub notes: Vec<String>,
    /// The rows.
    pub data: Columns,
}

/// The columns of the logit that predictors are set beside, without the intercept.
pub const BESIDE: [&str; 4] = ["logdist", "rival", "shared", "no_leader"];
/// What happened the year before.
pub const LAG: &str = "lag";

/// The eras of scores.
const ERAS: [Era; 3] = Era::ALL;
