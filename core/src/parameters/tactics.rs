//! What tactics cost and do.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// What the tactics of the alignment game cost and do. With the three base tactics (balance,
/// bandwagon, abstain) only `alliance_cost` matters, and it is 0 unless another is chosen.
///
/// Costs are fractions of a state's own power, taken off its utility.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TacticParameters {
    /// `δ`: the part of its strength that a state loses by fighting, from 0 to below 1. It
    /// counts when the spoils are divided (Christensen & Snyder 1990: who passes the buck
    /// comes out of the war unhurt).
    pub attrition: f64,
    /// `β`: the part of what is left to those who fight on a side that each state which
    /// bleeds them destroys, from 0 to below 1: `1 − δ` becomes `(1 − δ)(1 − β)^k`
    /// (Mearsheimer 2001, pp. 154–155).
    pub bloodletting: f64,
    /// `g`: by how much arming multiplies a state's power, less 1; 0 to 100 (internal
    /// balancing, Waltz 1979, p. 168).
    pub arms_growth: f64,
    /// What arming costs; 0 to 100.
    pub arms_cost: f64,
    /// `f`: the effort of soft balancing, from 0 to 1 (Pape 2005). `None`: the part of the
    /// state's power that indicators other than `milex` and `milper` make up; where that is
    /// not known, a half.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soft_share: Option<f64>,
    /// What soft balancing, bleeding and baiting cost; 0 to 100.
    pub small_cost: f64,
    /// What an alliance costs: to balance or to bandwagon; 0 to 100.
    pub alliance_cost: f64,
    /// `φ`: for how much of its strength a state counts that joins the victor when all is
    /// decided; above 0, at most 1 (Schweller 1994, p. 95, on jackals).
    pub latecomer_share: f64,
}

impl TacticParameters {
    /// The values used unless others are chosen.
    pub const DEFAULT: Self = Self {
        attrition: 0.1,
        bloodletting: 0.1,
        arms_growth: 0.25,
        arms_cost: 0.1,
        soft_share: None,
        small_cost: 0.01,
        alliance_cost: 0.0,
        latecomer_share: 0.5,
    };

    /// The effort of soft balancing where nothing is known of it.
    pub const UNKNOWN_SOFT_SHARE: f64 = 0.5;

    /// Whether all have their usual values.
    pub fn is_default(&self) -> bool {
        *self == Self::DEFAULT
    }

    /// Checks that every value is one that it can have.
    pub(super) fn validate(&self) -> Result<()> {
        const COST: &str = "0 to 100";
        let cost = |x: f64| (0.0..=100.0).contains(&x);
        let part = |x: f64| (0.0..1.0).contains(&x);
        let soft = self.soft_share.unwrap_or(0.0);
        let fence = self.latecomer_share;
        let checks: [(&'static str, bool, &str, f64); 8] = [
            ("attrition", part(self.attrition), "0 or more, below 1", self.attrition),
            ("bloodletting", part(self.bloodletting), "0 or more, below 1", self.bloodletting),
            ("arms-growth", cost(self.arms_growth), COST, self.arms_growth),
            ("arms-cost", cost(self.arms_cost), COST, self.arms_cost),
            ("soft-share", (0.0..=1.0).contains(&soft), "0 to 1", soft),
            ("small-cost", cost(self.small_cost), COST, self.small_cost),
            ("alliance-cost", cost(self.alliance_cost), COST, self.alliance_cost),
            // A millionth at least: its weight must not underflow.
            ("latecomer-share", (1e-6..=1.0).contains(&fence), "0.000001 to 1", fence),
        ];
        match checks.into_iter().find(|(_, ok, _, _)| !ok) {
            Some((name, _, expected, found)) => Err(Error::parameter(name, expected, found)),
            None => Ok(()),
        }
    }
}

impl Default for TacticParameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}
