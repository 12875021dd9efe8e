//! A parameter of the model by its name, and the values that it is to take in turn.

use std::fmt;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::parameters::Parameters;

/// A parameter that has a number for its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// [`Parameters::decisiveness`].
    Decisiveness,
    /// [`Parameters::dominance`].
    Dominance,
    /// [`Parameters::war_cost`].
    WarCost,
    /// [`Parameters::threshold`].
    Threshold,
    /// [`Parameters::threat_weight`].
    ThreatWeight,
    /// [`Parameters::distance_scale`].
    DistanceScale,
    /// [`Parameters::affinity_weight`].
    AffinityWeight,
    /// [`SecurityParameters::forbearance`](crate::parameters::SecurityParameters::forbearance).
    Forbearance,
    /// [`SecurityParameters::retribution`](crate::parameters::SecurityParameters::retribution).
    Retribution,
    /// [`SecurityParameters::commitment_cost`](crate::parameters::SecurityParameters::commitment_cost).
    CommitmentCost,
    /// [`SecurityParameters::latent_hostility`](crate::parameters::SecurityParameters::latent_hostility).
    LatentHostility,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Decisiveness,
        Self::Dominance,
        Self::WarCost,
        Self::Threshold,
        Self::ThreatWeight,
        Self::DistanceScale,
        Self::AffinityWeight,
        Self::Forbearance,
        Self::Retribution,
        Self::CommitmentCost,
        Self::LatentHostility,
    ];

    /// Its name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decisiveness => "decisiveness",
            Self::Dominance => "dominance",
            Self::WarCost => "war-cost",
            Self::Threshold => "threshold",
            Self::ThreatWeight => "threat-weight",
            Self::DistanceScale => "distance-scale",
            Self::AffinityWeight => "affinity-weight",
            Self::Forbearance => "forbearance",
            Self::Retribution => "retribution",
            Self::CommitmentCost => "commitment-cost",
            Self::LatentHostility => "latent-hostility",
        }
    }

    /// The one with this name, which may be written with `_` for `-`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().replace('_', "-");
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// Its value in `parameters`.
    pub const fn of(self, parameters: &Parameters) -> f64 {
        match self {
            Self::Decisiveness => parameters.decisiveness,
            Self::Dominance => parameters.dominance,
            Self::WarCost => parameters.war_cost,
            Self::Threshold => parameters.threshold,
            Self::ThreatWeight => parameters.threat_weight,
            Self::DistanceScale => parameters.distance_scale,
            Self::AffinityWeight => parameters.affinity_weight,
            Self::Forbearance => parameters.security.forbearance,
            Self::Retribution => parameters.security.retribution,
            Self::CommitmentCost => parameters.security.commitment_cost,
            Self::LatentHostility => parameters.security.latent_hostility,
        }
    }

    /// `parameters` with this one at `value`, which [`Parameters::validate`] may refuse.
    #[must_use]
    pub fn at(self, value: f64, parameters: &Parameters) -> Parameters {
        let mut changed = parameters.clone();
        *match self {
            Self::Decisiveness => &mut changed.decisiveness,
            Self::Dominance => &mut changed.dominance,
            Self::WarCost => &mut changed.war_cost,
            Self::Threshold => &mut changed.threshold,
            Self::ThreatWeight => &mut changed.threat_weight,
            Self::DistanceScale => &mut changed.distance_scale,
            Self::AffinityWeight => &mut changed.affinity_weight,
            Self::Forbearance => &mut changed.security.forbearance,
            Self::Retribution => &mut changed.security.retribution,
            Self::CommitmentCost => &mut changed.security.commitment_cost,
            Self::LatentHostility => &mut changed.security.latent_hostility,
        } = value;
        changed
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A parameter and the values that it takes in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The parameter.
    pub setting: Setting,
    /// Its values, as they were given.
    pub values: Vec<f64>,
}

impl Range {
    /// The most values that a range can have.
    pub const MAX_VALUES: usize = 10_000;

    /// Reads `decisiveness=1..4:0.5` (both ends belong to it; the step is 1 if left out) or a
    /// list such as `decisiveness=1,2,inf`. Steps are counted exactly, in decimals. O(values).
    ///
    /// # Errors
    /// If it has another form, names no parameter, or has no or too many values.
    pub fn parse(text: &str) -> Result<Self> {
        let (name, values) = text.split_once('=').ok_or_else(|| {
            Error::parameter("vary", "a parameter with its values, as decisiveness=1..4:0.5", text)
        })?;
        let setting = named("vary", name)?;
        Ok(Self { setting, values: values_of(values.trim())? })
    }
}

/// The parameter with this name, given for `option`.
fn named(option: &'static str, name: &str) -> Result<Setting> {
    Setting::from_name(name).ok_or_else(|| {
        let names = Setting::ALL.map(Setting::name).join(", ");
        let also = if option == "vary" { ", revisionism" } else { "" };
        Error::parameter(option, format!("one of {names}{also}"), name.trim())
    })
}

/// All values between two, both of them among these.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    from: RBig,
    to: RBig,
}

impl Ends {
    /// Reads `0.5..4`. The ends are the decimals that are printed of the floats nearest to them.
    /// `None` if it has another form, or does not go from low to high.
    pub fn parse(text: &str) -> Option<Self> {
        // The shortest decimal of the nearest float, which is what a report has of it.
        let end =
            |part: &str| Self::exact(crate::exact::parse_decimal(part.trim())?.to_f64().value());
        let (from, to) = text.split_once("..")?;
        let (from, to) = (end(from)?, end(to)?);
        (from < to).then_some(Self { from, to })
    }

    /// The values between two floats; `None` if they do not go from low to high, or are not
    /// finite.
    pub fn between([from, to]: [f64; 2]) -> Option<Self> {
        let (from, to) = (Self::exact(from)?, Self::exact(to)?);
        (from < to).then_some(Self { from, to })
    }

    fn exact(value: f64) -> Option<RBig> {
        crate::exact::parse_decimal(&value.to_string())
    }

    /// The `k`-th of `parts` equal steps from the low end to the high one, `k` from 0 to
    /// `parts`: exact, rounded once.
    pub fn at(&self, k: u32, parts: u32) -> f64 {
        let step = (&self.to - &self.from) * RBig::from(k) / RBig::from(parts);
        (&self.from + step).to_f64().value()
    }

    /// Both ends.
    pub fn floats(&self) -> [f64; 2] {
        [&self.from, &self.to].map(|end| end.to_f64().value())
    }
}

/// A parameter and all values between two, both of them among these.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The parameter.
    pub setting: Setting,
    ends: Ends,
}

impl Span {
    /// Reads `decisiveness=0.5..4`, given for `option`.
    ///
    /// # Errors
    /// If it has another form, names no parameter, or does not go from low to high.
    pub fn parse(option: &'static str, text: &str) -> Result<Self> {
        let wrong = || {
            let expected = "a parameter from low to high, as decisiveness=0.5..4";
            Error::parameter(option, expected, text)
        };
        let (name, values) = text.split_once('=').ok_or_else(wrong)?;
        let setting = named(option, name)?;
        Ok(Self { setting, ends: Ends::parse(values).ok_or_else(wrong)? })
    }

    /// The `k`-th of `parts` equal steps from the low end to the high one, `k` from 0 to
    /// `parts`: exact, rounded once.
    pub fn at(&self, k: u32, parts: u32) -> f64 {
        self.ends.at(k, parts)
    }

    /// Both ends.
    pub fn ends(&self) -> [f64; 2] {
        self.ends.floats()
    }
}

/// `1..4:0.5`, or a list.
#[doc(hidden)]
pub fn values_of(text: &str) -> Result<Vec<f64>> {
    let wrong = || Error::parameter("vary", "values as 1..4:0.5, or a list as 1,2,inf", text);
    let Some((from, rest)) = text.split_once("..") else {
        let number = |part: &str| match part.trim() {
            "inf" => Some(f64::INFINITY),
            part => crate::exact::parse_decimal(part).map(|value| value.to_f64().value()),
        };
        return text.split(',').map(|part| number(part).ok_or_else(wrong)).collect();
    };
    let (to, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let exact = |part: &str| crate::exact::parse_decimal(part.trim()).ok_or_else(wrong);
    let (from, to, step) = (exact(from)?, exact(to)?, exact(step)?);
    if step <= RBig::ZERO || from > to {
        return Err(Error::parameter("vary", "values from low to high by a step above 0", text));
    }
    let mut values = Vec::new();
    let mut value = from;
    while value <= to {
        if values.len() == Range::MAX_VALUES {
            let most = format!("at most {} values", Range::MAX_VALUES);
            return Err(Error::parameter("vary", most, text));
        }
        values.push(value.to_f64().value());
        value += &step;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_both_ends_and_lists_any_values() {
        let values = |text: &str| Range::parse(text).map(|range| range.values);
        assert_eq!(values("decisiveness=1..2:0.5").unwrap(), [1.0, 1.5, 2.0]);
        assert_eq!(values("war_cost=0..0.3:0.1").unwrap(), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(values("decisiveness=1, 2,inf").unwrap(), [1.0, 2.0, f64::INFINITY]);
        assert_eq!(values("dominance=1..3").unwrap(), [1.0, 2.0, 3.0]);
        for wrong in [
            "decisiveness",
            "speed=1..2",
            "dominance=2..1",
            "dominance=1..2:0",
            "dominance=",
            "dominance=1..x",
            "dominance=0..1:0.00001",
        ] {
            assert!(Range::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn spans_are_divided_exactly() {
        let span = Span::parse("x", "war_cost=0..0.3").unwrap();
        assert_eq!((span.setting, span.ends()), (Setting::WarCost, [0.0, 0.3]));
        assert_eq!([0, 1, 2, 3].map(|k| span.at(k, 3)), [0.0, 0.1, 0.2, 0.3]);
        for wrong in ["dominance", "speed=1..2", "dominance=2..1", "dominance=1..1", "dominance=1"]
        {
            let error = Span::parse("x", wrong).unwrap_err().to_string();
            assert!(error.starts_with("x: expected "), "{error}");
        }
    }

    #[test]
    fn a_setting_changes_its_own_parameter_alone() {
        for setting in Setting::ALL {
            let changed = setting.at(0.25, &Parameters::default());
            for other in Setting::ALL {
                let expected =
                    if other == setting { 0.25 } else { other.of(&Parameters::default()) };
                assert_eq!(other.of(&changed), expected, "{setting} {other}");
            }
        }
    }
}
