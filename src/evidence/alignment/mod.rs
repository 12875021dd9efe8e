//! The parameters of the game of alignment, estimated from who had pacts.
//!
//! **Model.** In each year the major powers but the leading one balance, bandwagon or abstain with
//! the probabilities of the logit equilibrium (`Stances`), from what was known the year before.
//! With `q` the probability that both of a pair balance, the pair has the event with probability
//! `1 / (1 + exp(−a − b·q))`, `b ≥ 0`: an equilibrium that puts history upside down is not saved
//! by turning it round.
//!
//! **Estimate.** The composite likelihood: the product over all pairs and years, as if they were
//! independent, which they are not. Its maximum is consistent; errors are those of Godambe's
//! information with pairs as clusters, profile intervals and information criteria are nominal.
//!
//! References: C. Varin, N. Reid and D. Firth (2011), "An Overview of Composite Likelihood
//! Methods", *Statistica Sinica* 21; R. D. McKelvey and T. R. Palfrey (1995), *Games and Economic
//! Behavior* 10.

mod climb;
mod fit;
mod years;

use serde::{Deserialize, Serialize};

pub use fit::fit;
pub use years::{YearOfPairs, observe};

use crate::error::{Error, Result};
use crate::parameters::{Driver, Parameters};
use crate::work::Work;

/// What the model of a fit of alignments is called in its report.
pub const ALIGNMENT: &str = "alignment";

/// A parameter that can be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Of the logit equilibrium.
    Precision,
    /// `m`.
    Decisiveness,
    /// `s`.
    Dominance,
    /// `θ`, of the driver threat.
    ThreatWeight,
    /// `λ` in km, of the driver threat.
    DistanceScale,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Precision,
        Self::Decisiveness,
        Self::Dominance,
        Self::ThreatWeight,
        Self::DistanceScale,
    ];

    /// Its name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Decisiveness => "decisiveness",
            Self::Dominance => "dominance",
            Self::ThreatWeight => "threat-weight",
            Self::DistanceScale => "distance-scale",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.name() == name.trim())
    }

    /// Between which values it is looked for.
    pub const fn range(self) -> [f64; 2] {
        match self {
            Self::Precision => [0.01, 100.0],
            Self::Decisiveness | Self::Dominance => [0.1, 10.0],
            Self::ThreatWeight => [0.01, 20.0],
            Self::DistanceScale => [100.0, 40_000.0],
        }
    }

    /// Its value.
    pub fn of(self, at: &Place) -> f64 {
        match self {
            Self::Precision => at.precision,
            Self::Decisiveness => at.parameters.decisiveness,
            Self::Dominance => at.parameters.dominance,
            Self::ThreatWeight => at.parameters.threat_weight,
            Self::DistanceScale => at.parameters.distance_scale,
        }
    }

    /// Gives it a value.
    pub fn set(self, at: &mut Place, value: f64) {
        match self {
            Self::Precision => at.precision = value,
            Self::Decisiveness => at.parameters.decisiveness = value,
            Self::Dominance => at.parameters.dominance = value,
            Self::ThreatWeight => at.parameters.threat_weight = value,
            Self::DistanceScale => at.parameters.distance_scale = value,
        }
    }
}

/// Parameters of the game of alignment and the precision with which it is played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The contest's.
    pub parameters: Parameters,
    /// Of the logit equilibrium.
    pub precision: f64,
}

impl Place {
    /// Whether quantities can be estimated from here: each once, within its range, and those of
    /// threats only where threats drive.
    ///
    /// # Errors
    /// Names the first that cannot.
    pub fn check(&self, quantities: &[Quantity]) -> Result<()> {
        self.parameters.validate()?;
        for (k, quantity) in quantities.iter().enumerate() {
            let [low, high] = quantity.range();
            let value = quantity.of(self);
            let of_threat = matches!(quantity, Quantity::ThreatWeight | Quantity::DistanceScale);
            if quantities[..k].contains(quantity) {
                let found = format!("{} twice", quantity.name());
                return Err(Error::parameter("estimate", "each parameter once", found));
            }
            if of_threat && self.parameters.driver != Driver::Threat {
                let found = format!("{} with the driver power", quantity.name());
                return Err(Error::parameter("estimate", "--driver threat beside it", found));
            }
            if !(low..=high).contains(&value) {
                return Err(Error::parameter(
                    quantity.name(),
                    format!("{low} to {high}, between which it is estimated, to start from"),
                    value,
                ));
            }
        }
        Ok(())
    }
}

/// A parameter's estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlignmentTerm {
    /// Its name: a [`Quantity`]'s, `intercept` or `slope`.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error if all pairs and years were independent; null where the likelihood has
    /// no curvature.
    pub std_error: Option<f64>,
    /// Its standard error with years of one pair dependent.
    pub std_error_cluster: Option<f64>,
    /// The nominal 95 % profile interval; an end is null where the likelihood is flat as far as
    /// the parameter is looked for. Of quantities alone.
    pub interval: Option<[Option<f64>; 2]>,
    /// The log likelihood at values of it, the others at their best, in the order of the values.
    /// Of quantities alone.
    pub profile: Vec<[f64; 2]>,
}

/// The game of alignment, fitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentFit {
    /// [`FIT_SCHEMA`](super::decisiveness::FIT_SCHEMA).
    pub schema: String,
    /// [`ALIGNMENT`].
    pub model: String,
    /// The files.
    pub sources: Vec<String>,
    /// What power was measured by.
    pub measure: String,
    /// What is predicted.
    pub target: String,
    /// The first and the last year.
    pub years: [i32; 2],
    /// The pairs and years that could have the event.
    pub n: usize,
    /// The pairs.
    pub clusters: usize,
    /// The events.
    pub events: usize,
    /// The parameters of the model, the estimates among them.
    pub at: Place,
    /// What was estimated.
    pub estimated: Vec<Quantity>,
    /// Why there is no estimate; null where there is one.
    pub undecided: Option<String>,
    /// The estimates, in the order of [`estimated`](Self::estimated), then `intercept`, `slope`.
    pub terms: Vec<AlignmentTerm>,
    /// The covariance, with years of one pair dependent, of the logs of what was estimated; empty
    /// where the likelihood has no curvature.
    pub covariance: Vec<Vec<f64>>,
    /// The log likelihood at the estimates.
    pub log_likelihood: Option<f64>,
    /// That of the base rate.
    pub log_likelihood_null: f64,
    /// Akaike's criterion, as if pairs and years were independent.
    pub aic: Option<f64>,
    /// The area under the curve.
    pub auc: Option<f64>,
    /// The mean square error.
    pub brier: Option<f64>,
    /// The mean log loss.
    pub log_loss: Option<f64>,
    /// What should make a reader careful.
    pub warnings: Vec<String>,
    /// The years.
    pub data: Vec<YearOfPairs>,
}

impl AlignmentFit {
    /// What should make a reader careful, as it follows from the rest of the report.
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        for term in &self.terms {
            if term.interval.is_some_and(|ends| ends.iter().any(Option::is_none)) {
                let range = Quantity::from_name(&term.term).map_or([0.0; 2], Quantity::range);
                cautions.push(format!(
                    "the likelihood is flat in {}: no end of its interval on one side, from {} to \
                     {}, where it was looked for",
                    term.term, range[0], range[1]
                ));
            }
        }
        if !self.terms.is_empty() && self.covariance.is_empty() {
            cautions.push(
                "the likelihood has no curvature in some direction: what was estimated cannot be \
                 told apart, and has no standard errors"
                    .into(),
            );
        }
        cautions.push(
            "pairs and years depend on each other: intervals and criteria are those of a \
             likelihood that takes them for independent, too sure of themselves; errors clustered \
             by pair stand beside"
                .into(),
        );
        if self.clusters < 50 {
            cautions.push(format!(
                "there are only {} pairs: errors clustered by pair are rough",
                self.clusters
            ));
        }
        if self.estimated.len() > 2 {
            cautions.push(
                "many parameters of few pairs: fitted together they tend to predict later years \
                 worse; compare with a backtest out of time"
                    .into(),
            );
        }
        cautions
    }
}

/// What a fit is asked for.
#[derive(Clone)]
pub struct Settings<'a> {
    /// Where to start, and what is kept.
    pub start: Place,
    /// What is estimated.
    pub estimate: Vec<Quantity>,
    /// The limits.
    pub work: Work<'a>,
}
