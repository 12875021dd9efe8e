//! The parameters of the model, and the values they can have.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

pub mod sampling;
mod security;
pub mod simulation;
mod tactics;

pub use security::SecurityParameters;
pub use tactics::TacticParameters;

/// What moves a state besides its own control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Driver {
    /// Nothing: states weigh power alone (Waltz 1979).
    #[default]
    Power,
    /// The control of near, offensive, hostile states is feared (Walt 1987).
    Threat,
}

/// The parameters of the model, for every lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// `m`: how surely the stronger bloc prevails. 0 to 100, or infinity. 1 is proportional.
    #[serde(with = "infinite")]
    pub decisiveness: f64,
    /// `s`: how the strong dominate their own partners. 0 to 20; 0 equal, 1 proportional.
    pub dominance: f64,
    /// `w`: the share of all control that a war destroys, from 0 to below 1. 0 switches
    /// deterrence off. Ties at the threshold of deterrence are decided with the decimal that the
    /// number is written as.
    pub war_cost: f64,
    /// `τ`: the control above which a state dominates all others, between 0 and 1.
    pub threshold: f64,
    /// What moves a state besides its own control.
    pub driver: Driver,
    /// `θ ≥ 0`: the weight of threats under [`Driver::Threat`].
    pub threat_weight: f64,
    /// `λ > 0`: the distance, in km, over which proximity falls to 1/e.
    pub distance_scale: f64,
    /// `α ≥ 0`: the weight of affinities, where a file gives them.
    pub affinity_weight: f64,
    /// What the tactics of the alignment game cost and do.
    #[serde(default, skip_serializing_if = "TacticParameters::is_default")]
    pub tactics: TacticParameters,
    /// What the states of the security lens expect of an aggressor.
    #[serde(default, skip_serializing_if = "SecurityParameters::is_default")]
    pub security: SecurityParameters,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            decisiveness: 2.0,
            dominance: 1.5,
            war_cost: 0.0,
            threshold: 0.5,
            driver: Driver::Power,
            threat_weight: 0.5,
            distance_scale: 2000.0,
            affinity_weight: 0.5,
            tactics: TacticParameters::DEFAULT,
            security: SecurityParameters::DEFAULT,
        }
    }
}

impl Parameters {
    /// Checks that every parameter has a value that it can have.
    ///
    /// # Errors
    /// Names the first that has not, and the values it can have.
    pub fn validate(&self) -> Result<()> {
        let m = self.decisiveness;
        let in_range = |low: f64, high: f64, x: f64| (low..=high).contains(&x);
        let checks: [(&'static str, bool, &str, f64); 7] = [
            ("decisiveness", in_range(0.0, 100.0, m) || m == f64::INFINITY, "0 to 100, or inf", m),
            ("dominance", in_range(0.0, 20.0, self.dominance), "0 to 20", self.dominance),
            (
                "war-cost",
                self.war_cost >= 0.0 && self.war_cost < 1.0,
                "0 or more, below 1",
                self.war_cost,
            ),
            (
                "threshold",
                self.threshold > 0.0 && self.threshold < 1.0,
                "between 0 and 1",
                self.threshold,
            ),
            (
                "threat-weight",
                in_range(0.0, 1e6, self.threat_weight),
                "0 to 1000000",
                self.threat_weight,
            ),
            (
                "distance-scale",
                self.distance_scale > 0.0 && self.distance_scale.is_finite(),
                "a number of km above 0",
                self.distance_scale,
            ),
            (
                "affinity-weight",
                in_range(0.0, 1e6, self.affinity_weight),
                "0 to 1000000",
                self.affinity_weight,
            ),
        ];
        match checks.into_iter().find(|(_, ok, _, _)| !ok) {
            Some((name, _, expected, found)) => Err(Error::parameter(name, expected, found)),
            None => self.tactics.validate().and_then(|()| self.security.validate()),
        }
    }
}

/// JSON has no infinity: it is written `"inf"`.
mod infinite {
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum NumberOrText {
        Number(f64),
        Text(String),
    }

    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            serializer.serialize_f64(*value)
        } else {
            serializer.serialize_str("inf")
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(value) => Ok(value),
            NumberOrText::Text(text) if text == "inf" => Ok(f64::INFINITY),
            NumberOrText::Text(text) => {
                Err(de::Error::custom(format!("expected a number or \"inf\", found \"{text}\"")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_out_of_range_are_named() {
        Parameters::default().validate().unwrap();
        let wrong = Parameters { war_cost: 1.0, ..Parameters::default() };
        assert_eq!(
            wrong.validate().unwrap_err().to_string(),
            "war-cost: expected 0 or more, below 1, found 1"
        );
        for wrong in [
            Parameters { decisiveness: f64::NAN, ..Parameters::default() },
            Parameters { dominance: -0.1, ..Parameters::default() },
            Parameters { threshold: 1.0, ..Parameters::default() },
            Parameters { distance_scale: 0.0, ..Parameters::default() },
        ] {
            assert!(wrong.validate().is_err());
        }
    }

    #[test]
    fn infinite_decisiveness_survives_json() {
        let inf = Parameters { decisiveness: f64::INFINITY, ..Parameters::default() };
        let json = serde_json::to_string(&inf).unwrap();
        assert!(json.contains(r#""decisiveness":"inf""#));
        assert_eq!(serde_json::from_str::<Parameters>(&json).unwrap(), inf);
    }
}
