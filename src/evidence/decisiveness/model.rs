//! The likelihood of a war's outcome.

use serde::{Deserialize, Serialize};

use super::Settings;
use super::sample::{Outcome, WarRecord};
use crate::evidence::statistics::{logistic, softplus};

/// How the powers of two sides make the log odds `m · x` that the first wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// `x = ln(P₁/P₂)`: the model's own (Tullock 1980).
    #[default]
    Ratio,
    /// `x = P₁ − P₂` (Hirshleifer 1989): the estimate depends on the unit of power.
    Difference,
    /// `x = (P₁ − P₂) / (P₁ + P₂)`.
    Share,
}

/// What becomes of draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// They are left out.
    #[default]
    Drop,
    /// `P(1) = π₁/(π₁ + θπ₂)` with `θ = exp(exp(log_tie))` (Rao & Kupper 1967).
    RaoKupper,
    /// A draw has `ν√(π₁π₂)` beside `π₁` and `π₂`, with `ν = exp(log_tie)` (Davidson 1970).
    Davidson,
}

impl Form {
    /// `x` of two sides.
    pub(super) fn of(self, [one, other]: [f64; 2]) -> f64 {
        match self {
            Self::Ratio => (one / other).ln(),
            Self::Difference => one - other,
            Self::Share => (one - other) / (one + other),
        }
    }
}

/// An observation as the likelihood sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Observation {
    x: f64,
    /// 1 where side 1 began the war, −1 where side 2 did, else 0.
    began: f64,
    pub(super) outcome: Outcome,
}

impl Observation {
    pub(super) fn new(war: &WarRecord, form: Form) -> Self {
        let began = match war.initiator {
            Some(1) => 1.0,
            Some(2) => -1.0,
            _ => 0.0,
        };
        Self { x: form.of(war.powers), began, outcome: war.outcome }
    }

    /// Whether the stronger side won; `None` for a draw, or sides of equal power.
    pub(super) fn stronger_won(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Draw => None,
            _ if self.x == 0.0 => None,
            outcome => Some((self.x > 0.0) == (outcome == Outcome::First)),
        }
    }

    /// Whether the side that began the war won it.
    pub(super) fn initiator_won(&self) -> Option<bool> {
        let won = self.outcome == Outcome::First;
        (self.began != 0.0 && self.outcome != Outcome::Draw).then_some((self.began > 0.0) == won)
    }
}

/// The parameters of the likelihood: decisiveness, then the initiator's log odds and the
/// parameter of ties where they are asked for.
pub(super) struct Model(pub(super) Settings);

impl Model {
    /// The names of the parameters.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let more = [(self.0.initiator, "initiator"), (self.0.ties != Ties::Drop, "log_tie")];
        let more = more.into_iter().filter(|(asked, _)| *asked).map(|(_, name)| name);
        std::iter::once("decisiveness").chain(more).collect()
    }

    /// Where the search begins.
    pub(super) fn start(&self) -> Vec<f64> {
        self.names().iter().map(|name| if *name == "log_tie" { -1.0 } else { 0.0 }).collect()
    }

    fn log_odds(&self, at: &[f64], war: &Observation) -> f64 {
        at[0] * war.x + if self.0.initiator { at[1] * war.began } else { 0.0 }
    }

    /// The log probability of a war's outcome.
    pub(super) fn log_probability(&self, at: &[f64], war: &Observation) -> f64 {
        let d = self.log_odds(at, war);
        let tie = at[at.len() - 1];
        match (self.0.ties, war.outcome) {
            (Ties::Drop, Outcome::First) => -softplus(-d),
            (Ties::Drop, Outcome::Second) => -softplus(d),
            // Draws are no observations where they are dropped.
            (Ties::Drop, Outcome::Draw) => 0.0,
            (Ties::RaoKupper, outcome) => {
                let t = tie.exp();
                let (first, second) = (-softplus(t - d), -softplus(t + d));
                match outcome {
                    Outcome::First => first,
                    Outcome::Second => second,
                    Outcome::Draw => (2.0 * t).exp_m1().ln() + first + second,
                }
            }
            (Ties::Davidson, outcome) => {
                let all = ((0.5 * d).exp() + (-0.5 * d).exp() + tie.exp()).ln();
                match outcome {
                    Outcome::First => 0.5 * d - all,
                    Outcome::Second => -0.5 * d - all,
                    Outcome::Draw => tie - all,
                }
            }
        }
    }

    pub(super) fn log_likelihood(&self, at: &[f64], wars: &[Observation]) -> f64 {
        wars.iter().map(|war| self.log_probability(at, war)).sum()
    }

    /// The probability that the side which began the war wins it, given that one wins.
    pub(super) fn initiator_wins(&self, at: &[f64], war: &Observation) -> f64 {
        logistic(self.log_odds(at, war) * war.began)
    }

    /// The probability that side 1 wins, given that one wins.
    pub(super) fn first_wins(&self, at: &[f64], war: &Observation) -> f64 {
        logistic(self.log_odds(at, war))
    }

    /// The probability that the winner wins, given that one wins.
    pub(super) fn winner_wins(&self, at: &[f64], war: &Observation) -> f64 {
        let first = self.first_wins(at, war);
        if war.outcome == Outcome::First { first } else { 1.0 - first }
    }
}
