//! Polarity: how power is distributed, before anyone has allied with anyone.

use std::fmt;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use crate::system::System;

/// The threshold classes of Modelski (1974) and Thompson (1988), on shares within the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolarityClass {
    /// One state has half of all power or more.
    Unipolar,
    /// One state has from 45 % to below half, and no other a quarter.
    NearUnipolar,
    /// Two states, and no third, have a quarter or more each.
    Bipolar,
    /// All other distributions.
    Multipolar,
}

impl PolarityClass {
    /// The class's name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unipolar => "unipolar",
            Self::NearUnipolar => "near-unipolar",
            Self::Bipolar => "bipolar",
            Self::Multipolar => "multipolar",
        }
    }

    /// What the class means, in words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Unipolar => "one state has half of all power or more",
            Self::NearUnipolar => "one state has nearly half of all power, no other a quarter",
            Self::Bipolar => "two states, and no third, have a quarter of all power or more",
            Self::Multipolar => "no one or two states stand out from the rest",
        }
    }
}

impl fmt::Display for PolarityClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The concentration of power in a system.
#[derive(Debug, Clone, PartialEq)]
pub struct PolarityFinding {
    /// The class.
    pub class: PolarityClass,
    /// Herfindahl–Hirschman index, `Σ p_i²`: 1/n when all are equal, 1 when one has all.
    pub hhi: f64,
    /// The effective number of poles, `1/HHI` (Laakso & Taagepera 1979): as many equal states
    /// would be as concentrated.
    pub effective_poles: f64,
    /// Ray & Singer's (1973) index, `sqrt((HHI − 1/n) / (1 − 1/n))`: 0 to 1.
    pub concentration: f64,
}

/// Measures the polarity of a system, of any number of states. The class is decided
/// exactly. O(n).
pub fn measure(system: &System) -> PolarityFinding {
    let n = system.len() as f64;
    let hhi: f64 = system.shares().iter().map(|p| p * p).sum();
    PolarityFinding {
        class: classify(system.exact_shares()),
        hhi,
        effective_poles: 1.0 / hhi,
        concentration: ((hhi - 1.0 / n) / (1.0 - 1.0 / n)).max(0.0).sqrt(),
    }
}

fn classify(shares: &[RBig]) -> PolarityClass {
    let percent = |p: u8| RBig::from_parts(IBig::from(p), UBig::from(100u8));
    let at_least = |p: u8| {
        let bound = percent(p);
        shares.iter().filter(|share| **share >= bound).count()
    };
    match (at_least(50), at_least(45), at_least(25)) {
        (1.., _, _) => PolarityClass::Unipolar,
        (0, 1.., 1) => PolarityClass::NearUnipolar,
        (0, _, 2) => PolarityClass::Bipolar,
        _ => PolarityClass::Multipolar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    fn of(powers: &[f64]) -> PolarityFinding {
        let named = powers.iter().enumerate().map(|(i, &p)| (i.to_string(), p));
        measure(&System::from_powers(named).unwrap())
    }

    #[test]
    fn classes_turn_exactly_at_their_thresholds() {
        use PolarityClass::*;
        let cases: [(&[f64], PolarityClass); 9] = [
            (&[50.0, 30.0, 20.0], Unipolar),
            (&[49.9, 20.1, 20.0, 10.0], NearUnipolar),
            (&[45.0, 24.9, 20.1, 10.0], NearUnipolar),
            (&[45.0, 25.0, 20.0, 10.0], Bipolar),
            (&[44.9, 24.9, 20.1, 10.1], Multipolar),
            (&[25.0, 25.0, 20.0, 15.0, 15.0], Bipolar),
            (&[30.0, 30.0, 30.0, 10.0], Multipolar),
            (&[1.0, 1.0], Unipolar),
            (&[20.0, 20.0, 20.0, 20.0, 20.0], Multipolar),
        ];
        for (powers, class) in cases {
            assert_eq!(of(powers).class, class, "{powers:?}");
        }
    }

    #[test]
    fn equal_states_are_as_many_poles_and_not_concentrated() {
        let equal = of(&[7.0; 5]);
        assert_abs_diff_eq!(equal.effective_poles, 5.0, epsilon = 1e-12);
        assert_abs_diff_eq!(equal.concentration, 0.0, epsilon = 1e-7);
        // (.6, .3, .1): HHI .46; CON sqrt((.46 − 1/3)/(2/3)).
        let three = of(&[6.0, 3.0, 1.0]);
        assert_abs_diff_eq!(three.hhi, 0.46, epsilon = 1e-12);
        assert_abs_diff_eq!(three.concentration, 0.19f64.sqrt(), epsilon = 1e-12);
    }
}
