//! The rules of a simulation: its parameters, the values they can have, and their names.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::infinite;
use crate::error::{Error, Result};

/// Which alliances there can be in a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Alliances {
    /// States move between blocs, with the consent of the bloc that they join.
    #[default]
    Free,
    /// Everybody stands alone.
    None,
    /// All stand together against the leading state.
    All,
}

impl Alliances {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Free, Self::None, Self::All];

    /// Its name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::None => "none",
            Self::All => "all",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alliances| alliances.name() == name.trim())
    }
}

impl fmt::Display for Alliances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The rules of a simulation. A period is one opportunity for war; read: a year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// `m`: how surely the stronger side wins. 0 to 100, or infinity.
    #[serde(with = "infinite")]
    pub decisiveness: f64,
    /// `s`: how the strong dominate their own partners, and how allies divide spoils. 0 to 20.
    pub dominance: f64,
    /// `w`: the part of the stakes that a war between equals destroys, 0 to 1. From ½ on nobody
    /// attacks.
    pub war_cost: f64,
    /// `σ`: the part of a side's power that one war is about, 0 to 1.
    pub stakes: f64,
    /// `κ`: the part of what losers lose that winners can use, 0 to 1.
    pub cumulativity: f64,
    /// `ν`: new powers a period, on average, 0 to 10.
    pub openness: f64,
    /// `v`: standard deviation of growth in a period, 0 to 5.
    pub volatility: f64,
    /// `e`: standard deviation of the logarithm of perceived over true strength, 0 to 5.
    pub misperception: f64,
    /// `ρ`: what control above its share is worth to a state of which nothing else is known, 0 to
    /// 1. A state without revisionism never attacks.
    pub revisionism: f64,
    /// `r`: the chance that an ally of the attacked fights, 0 to 1.
    pub reliability: f64,
    /// `φ`: a loser whose share falls below is annexed; 0 to below 1.
    pub floor: f64,
    /// `τ`: the share above which a state dominates all others, between 0 and 1.
    pub threshold: f64,
    /// For how many periods running a state must be above the threshold to be a hegemon.
    pub hold: u32,
    /// Which alliances there can be.
    pub alliances: Alliances,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            decisiveness: 2.0,
            dominance: 1.5,
            war_cost: 0.25,
            stakes: 0.2,
            cumulativity: 0.5,
            openness: 0.02,
            volatility: 0.05,
            misperception: 0.2,
            revisionism: 1.0,
            reliability: 1.0,
            floor: 0.01,
            threshold: 0.5,
            hold: 10,
            alliances: Alliances::Free,
        }
    }
}

impl Rules {
    /// Checks that every parameter has a value that it can have.
    ///
    /// # Errors
    /// Names the first that has not, and the values it can have.
    pub fn validate(&self) -> Result<()> {
        for rule in Rule::ALL {
            rule.validate(rule.of(self))?;
        }
        if self.hold == 0 {
            return Err(Error::parameter("hold", "1 period or more", 0));
        }
        Ok(())
    }
}

/// A parameter of a simulation that has a number for its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// [`Rules::decisiveness`].
    Decisiveness,
    /// [`Rules::dominance`].
    Dominance,
    /// [`Rules::war_cost`].
    WarCost,
    /// [`Rules::stakes`].
    Stakes,
    /// [`Rules::cumulativity`].
    Cumulativity,
    /// [`Rules::openness`].
    Openness,
    /// [`Rules::volatility`].
    Volatility,
    /// [`Rules::misperception`].
    Misperception,
    /// [`Rules::revisionism`].
    Revisionism,
    /// [`Rules::reliability`].
    Reliability,
    /// [`Rules::floor`].
    Floor,
    /// [`Rules::threshold`].
    Threshold,
}

impl Rule {
    /// Its name in words: `war cost`.
    pub fn words(self) -> String {
        self.name().replace('-', " ")
    }

    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Decisiveness,
        Self::Dominance,
        Self::WarCost,
        Self::Stakes,
        Self::Cumulativity,
        Self::Openness,
        Self::Volatility,
        Self::Misperception,
        Self::Revisionism,
        Self::Reliability,
        Self::Floor,
        Self::Threshold,
    ];

    /// Its name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decisiveness => "decisiveness",
            Self::Dominance => "dominance",
            Self::WarCost => "war-cost",
            Self::Stakes => "stakes",
            Self::Cumulativity => "cumulativity",
            Self::Openness => "openness",
            Self::Volatility => "volatility",
            Self::Misperception => "misperception",
            Self::Revisionism => "revisionism",
            Self::Reliability => "reliability",
            Self::Floor => "floor",
            Self::Threshold => "threshold",
        }
    }

    /// The one with this name, which may be written with `_` for `-`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().replace('_', "-");
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The values it can have, in words, and whether `value` is one.
    fn admits(self, value: f64) -> (&'static str, bool) {
        let upto = |most: f64| (0.0..=most).contains(&value);
        match self {
            Self::Decisiveness => ("0 to 100, or inf", upto(100.0) || value == f64::INFINITY),
            Self::Dominance => ("0 to 20", upto(20.0)),
            Self::Openness => ("0 to 10 new powers a period", upto(10.0)),
            Self::Volatility | Self::Misperception => ("0 to 5", upto(5.0)),
            Self::Floor => ("0 or more, below 1", upto(1.0) && value < 1.0),
            Self::Threshold => ("between 0 and 1", value > 0.0 && value < 1.0),
            Self::WarCost
            | Self::Stakes
            | Self::Cumulativity
            | Self::Revisionism
            | Self::Reliability => ("0 to 1", upto(1.0)),
        }
    }

    /// Checks a value.
    ///
    /// # Errors
    /// Names the values it can have.
    pub fn validate(self, value: f64) -> Result<()> {
        match self.admits(value) {
            (_, true) => Ok(()),
            (expected, false) => Err(Error::parameter(self.name(), expected, value)),
        }
    }

    /// Its value in `rules`.
    pub const fn of(self, rules: &Rules) -> f64 {
        match self {
            Self::Decisiveness => rules.decisiveness,
            Self::Dominance => rules.dominance,
            Self::WarCost => rules.war_cost,
            Self::Stakes => rules.stakes,
            Self::Cumulativity => rules.cumulativity,
            Self::Openness => rules.openness,
            Self::Volatility => rules.volatility,
            Self::Misperception => rules.misperception,
            Self::Revisionism => rules.revisionism,
            Self::Reliability => rules.reliability,
            Self::Floor => rules.floor,
            Self::Threshold => rules.threshold,
        }
    }

    /// Sets it to `value`, which [`Rules::validate`] may refuse.
    pub const fn set(self, rules: &mut Rules, value: f64) {
        *match self {
            Self::Decisiveness => &mut rules.decisiveness,
            Self::Dominance => &mut rules.dominance,
            Self::WarCost => &mut rules.war_cost,
            Self::Stakes => &mut rules.stakes,
            Self::Cumulativity => &mut rules.cumulativity,
            Self::Openness => &mut rules.openness,
            Self::Volatility => &mut rules.volatility,
            Self::Misperception => &mut rules.misperception,
            Self::Revisionism => &mut rules.revisionism,
            Self::Reliability => &mut rules.reliability,
            Self::Floor => &mut rules.floor,
            Self::Threshold => &mut rules.threshold,
        } = value;
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A parameter of which a range is known instead of a value: every run draws its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// The parameter.
    pub parameter: Rule,
    /// Its least value.
    pub from: f64,
    /// Its greatest value.
    pub to: f64,
}

impl Doubt {
    /// Checks both ends.
    ///
    /// # Errors
    /// If the range is upside down, or an end is no value of the parameter, or not finite.
    pub fn validate(&self) -> Result<()> {
        let Self { parameter, from, to } = *self;
        if from.is_nan() || to.is_nan() || from >= to || to.is_infinite() {
            let expected = "a range from low to high, as 1.25..1.75";
            return Err(Error::parameter(parameter.name(), expected, format!("{from}..{to}")));
        }
        parameter.validate(from)?;
        parameter.validate(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_changes_its_own_parameter_alone() {
        let rules = Rules::default();
        rules.validate().unwrap();
        for rule in Rule::ALL {
            assert_eq!(Rule::from_name(rule.name()), Some(rule));
            let mut changed = rules;
            rule.set(&mut changed, 0.125);
            for other in Rule::ALL {
                let expected = if other == rule { 0.125 } else { other.of(&rules) };
                assert_eq!(other.of(&changed), expected, "{rule} {other}");
            }
        }
    }

    #[test]
    fn values_out_of_range_are_named() {
        let wrong = Rules { stakes: 1.5, ..Rules::default() };
        let error = wrong.validate().unwrap_err().to_string();
        assert_eq!(error, "stakes: expected 0 to 1, found 1.5");
        assert!(Rules { hold: 0, ..Rules::default() }.validate().is_err());
        let doubt = |from, to| Doubt { parameter: Rule::Dominance, from, to };
        assert!(doubt(1.25, 1.75).validate().is_ok());
        for (from, to) in [(2.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (1.0, f64::INFINITY)] {
            assert!(doubt(from, to).validate().is_err());
        }
    }
}
