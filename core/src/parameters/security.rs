//! What the states of the security lens expect of an aggressor.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// What the states of the security lens expect of an aggressor. These are assumptions, not
/// estimates; the usual values satisfy `k < φ(1 − r − φ)`, without which strong states that
/// balance and weak ones that bandwagon cannot coexist where all feel the same threat.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityParameters {
    /// `φ`: how far the aggressor is trusted to spare its followers, from 0 to 1.
    pub forbearance: f64,
    /// `r`: the probability with which followers of a beaten aggressor lose their independence,
    /// from 0 to 1.
    pub retribution: f64,
    /// `k`: what it costs to commit oneself to others, as a probability of losing independence,
    /// from 0 to 1.
    pub commitment_cost: f64,
    /// `η`: the hostility that can arise between any two states, from 0 to 1.
    pub latent_hostility: f64,
}

impl SecurityParameters {
    /// The values used unless others are chosen.
    pub const DEFAULT: Self = Self {
        forbearance: 1.0 / 3.0,
        retribution: 0.25,
        commitment_cost: 0.05,
        latent_hostility: 0.25,
    };

    /// Whether all have their usual values.
    pub fn is_default(&self) -> bool {
        *self == Self::DEFAULT
    }

    /// Checks that every value is one that it can have.
    pub(super) fn validate(&self) -> Result<()> {
        let checks = [
            ("forbearance", self.forbearance),
            ("retribution", self.retribution),
            ("commitment-cost", self.commitment_cost),
            ("latent-hostility", self.latent_hostility),
        ];
        match checks.into_iter().find(|(_, value)| !(0.0..=1.0).contains(value)) {
            Some((name, value)) => Err(Error::parameter(name, "0 to 1", value)),
            None => Ok(()),
        }
    }
}

impl Default for SecurityParameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}
