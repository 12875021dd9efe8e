//! What a fit of decisiveness says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Form, Ties};
use super::sample::{Drop, Sides, WarRecord};

/// A parameter's estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name: `decisiveness`, `initiator` or `log_tie`.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error, from the observed information.
    pub std_error: f64,
    /// Estimate over standard error.
    pub statistic: f64,
    /// Of that, two-sided, under the normal law.
    pub p_value: f64,
    /// The 95 % profile-likelihood interval; an end is null where the likelihood is flat.
    pub interval: [Option<f64>; 2],
}

/// What the estimate would be without one war.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Influence {
    /// The war that is left out.
    pub war: String,
    /// When it began.
    pub year: i32,
    /// The estimate of decisiveness without it.
    pub estimate: f64,
}

/// How the estimate depends on single wars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DropOne {
    /// The least and the largest estimate without one war.
    pub range: [f64; 2],
    /// The wars without which it differs most, in that order.
    pub influential: Vec<Influence>,
}

/// The estimate in a part of the wars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What the wars are divided by: `era` or `majors`.
    pub by: String,
    /// Which part.
    pub group: String,
    /// How many wars it has.
    pub n: usize,
    /// The estimate of decisiveness; null where there is none, as `why` says.
    pub term: Option<Term>,
    /// Why there is no estimate.
    pub why: Option<String>,
    /// The log likelihood at the estimate.
    pub log_likelihood: Option<f64>,
    /// The mean log loss at the estimate.
    pub log_loss: Option<f64>,
    /// The mean log loss at decisiveness 2, other parameters at their best.
    pub log_loss_at_2: Option<f64>,
}

/// Decisiveness estimated from wars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// [`FIT_SCHEMA`](super::FIT_SCHEMA).
    pub schema: String,
    /// `decisiveness`.
    pub model: String,
    /// The files: capabilities and wars.
    pub sources: Vec<String>,
    /// What power was measured by.
    pub measure: String,
    /// Who is counted on a side.
    pub sides: Sides,
    /// What becomes of draws.
    pub ties: Ties,
    /// How power makes odds.
    pub form: Form,
    /// Whether the side that began the war has odds of its own.
    pub initiator: bool,
    /// The years in which the first and the last war of the sample began.
    pub years: [i32; 2],
    /// The number of wars.
    pub n: usize,
    /// How many wars are left out, by reason.
    pub dropped: BTreeMap<Drop, usize>,
    /// Their names.
    pub dropped_wars: BTreeMap<Drop, Vec<String>>,
    /// Why there is no estimate; null where there is one.
    pub undecided: Option<String>,
    /// The estimates.
    pub terms: Vec<Term>,
    /// The log likelihood at values of decisiveness, the others at their best; empty where there
    /// is no estimate.
    pub profile: Vec<[f64; 2]>,
    /// What goes with them.
    #[serde(flatten)]
    pub quality: Option<Quality>,
    /// The estimate in parts of the wars.
    pub groups: Vec<Group>,
    /// What should make a reader careful.
    pub warnings: Vec<String>,
    /// The wars.
    pub wars: Vec<WarRecord>,
}

/// How good an estimate is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// The log likelihood at the estimates.
    pub log_likelihood: f64,
    /// With decisiveness 0, other parameters at their best.
    pub log_likelihood_null: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// McFadden's: 1 less the ratio of the log likelihood to that with decisiveness 0.
    pub mcfadden: f64,
    /// The mean of minus the log probability of what happened.
    pub log_loss: f64,
    /// The same, each war predicted from the others; null if one of these has no estimate.
    pub log_loss_loo: Option<f64>,
    /// The same with decisiveness 0: of a coin, or of the base rates.
    pub log_loss_loo_null: Option<f64>,
    /// The proportional reduction in loss: 1 less the ratio of the two.
    pub prl_loo: Option<f64>,
    /// The mean log loss at decisiveness 0, 1 and 2, other parameters at their best.
    pub log_loss_at: BTreeMap<String, f64>,
    /// The likelihood-ratio test of these values: p.
    pub p_at: BTreeMap<String, f64>,
    /// The share of decided wars in which the side with the better odds won.
    pub accuracy: f64,
    /// The mean square of the probability that the loser had, over decided wars.
    pub brier: f64,
    /// With an initiator: how well the odds rank the wars that it won above those it lost.
    pub auc: Option<f64>,
    /// The same, each war predicted from the others.
    pub auc_loo: Option<f64>,
    /// How the estimate depends on single wars; null if one of these has no estimate.
    pub drop_one: Option<DropOne>,
    /// The reliability of measured power at which a decisiveness of 2 would be the truth: by the
    /// classical attenuation an estimate is the truth times the reliability, to first order.
    pub reliability_for_2: f64,
}
