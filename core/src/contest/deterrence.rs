//! Whether a bloc attacks: `(1 − w)·q(B) > P(B)`, a strict inequality that ties decide.
//!
//! **Method.** In floating point where the two sides are further apart than rounding can bring
//! them. Closer than that, exactly where decisiveness `m` is a whole number or without bound:
//! what blocs have and bring are fractions, and so is the war cost, the decimal that it is
//! written as. `(1 − w)·P̂(B)^m > P(B)·Σ_C P̂(C)^m` is then decided in whole numbers. With any
//! other decisiveness a bloc attacks only if its gain exceeds [`Tolerances::attack`], so a tie is
//! peace there too.
//!
//! **Cost.** O(1) for each bloc; O(n) more for each that is close.

use dashu_int::UBig;
use dashu_int::ops::BitTest;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::exact::{decimal_of, least_denominator};
use crate::parameters::Parameters;
use crate::tolerance::Tolerances;

/// What decides exactly who attacks.
#[derive(Debug, Clone)]
pub(super) struct Deterrence {
    /// `1 − w`.
    kept: RBig,
    rounded: f64,
    /// `m`, where it is a whole number.
    exponent: Option<u32>,
    small: Option<Small>,
}

/// Powers as whole numbers so small that no product of the comparison overflows.
#[derive(Debug, Clone)]
struct Small {
    powers: Vec<u128>,
    /// `(1 − w)·D` as `kept[0] / kept[1]`, where `D` is the sum of all powers.
    kept: [u128; 2],
}

impl Deterrence {
    pub(super) fn new(shares: &[RBig], parameters: &Parameters) -> Self {
        let m = parameters.decisiveness;
        let kept = RBig::ONE - decimal_of(parameters.war_cost);
        let exponent = (m.fract() == 0.0 && m <= 100.0).then_some(m as u32);
        let small = exponent.and_then(|m| Small::new(shares, &kept, m));
        Self { rounded: kept.to_f64().value(), kept, exponent, small }
    }
}

impl Small {
    fn new(shares: &[RBig], kept: &RBig, m: u32) -> Option<Self> {
        let unit = least_denominator(shares);
        let bits = unit.bit_len() * (m as usize + 1) + kept.denominator().bit_len();
        // The sum over blocs adds at most 6 bits.
        if bits > 120 {
            return None;
        }
        let whole = |number: &UBig| u128::try_from(number.clone()).ok();
        let powers = shares.iter().map(|share| {
            let number = share * RBig::from(unit.clone());
            u128::try_from(number.numerator().clone()).ok()
        });
        let over = u128::try_from(kept.numerator().clone()).ok()?;
        let kept = [over * whole(&unit)?, whole(kept.denominator())?];
        Some(Self { powers: powers.collect::<Option<_>>()?, kept })
    }

    fn attacks(&self, bloc: Coalition, blocs: &[Coalition], m: u32) -> bool {
        let power = |bloc: Coalition| bloc.members().map(|i| self.powers[i]).sum::<u128>();
        let total: u128 = blocs.iter().map(|&bloc| power(bloc).pow(m)).sum();
        let own = power(bloc);
        let [over, under] = self.kept;
        over * own.pow(m) > under * own * total
    }
}

impl Contest {
    /// `1 − w`: what a war leaves of all control.
    pub fn kept(&self) -> f64 {
        self.deterrence.rounded
    }

    /// Whether one of `blocs` attacks, each of which prevails with probability `success`.
    /// `brought` is for how much of its power each state fights, all of it if `None`.
    pub(super) fn any_attacks(
        &self,
        blocs: &[Coalition],
        success: &[f64],
        brought: Option<&[f64]>,
    ) -> bool {
        blocs.iter().zip(success).any(|(&bloc, &q)| {
            let power = self.power(bloc);
            let gain = self.kept() * q - power;
            if gain.abs() > Tolerances::DEFAULT.attack * power {
                return gain > 0.0;
            }
            self.attacks_exactly(bloc, q, blocs, success, brought)
        })
    }

    /// The same of one bloc for which it is close.
    fn attacks_exactly(
        &self,
        bloc: Coalition,
        q: f64,
        blocs: &[Coalition],
        success: &[f64],
        brought: Option<&[f64]>,
    ) -> bool {
        let Deterrence { kept, exponent, small, .. } = &self.deterrence;
        if let (Some(m), Some(small), None) = (exponent, small, brought) {
            return small.attacks(bloc, blocs, *m);
        }
        let has = |bloc: Coalition| bloc.members().fold(RBig::ZERO, |sum, i| sum + &self.exact[i]);
        if self.parameters.decisiveness.is_infinite() {
            let victors = success.iter().filter(|&&q| q > 0.0).count().max(1);
            return q > 0.0 && *kept > has(bloc) * RBig::from(victors);
        }
        let Some(m) = *exponent else { return false };
        let brings = |bloc: Coalition| match brought {
            None => has(bloc),
            Some(brought) => bloc
                .members()
                .fold(RBig::ZERO, |sum, i| sum + decimal_of(brought[i]) * &self.exact[i]),
        };
        // Who brings nothing does not prevail, however little strength decides.
        let strength = |bloc: Coalition| match brings(bloc) {
            nothing if nothing == RBig::ZERO => nothing,
            some => some.pow(m as isize),
        };
        let total = blocs.iter().fold(RBig::ZERO, |sum, &bloc| sum + strength(bloc));
        kept * strength(bloc) > has(bloc) * total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coalition::Partition;
    use crate::system::System;

    fn control(powers: &[f64], parameters: &Parameters, blocs: &[Coalition]) -> Vec<f64> {
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        let contest = Contest::new(&System::from_powers(named).unwrap(), parameters).unwrap();
        let mut control = vec![0.0; powers.len()];
        contest.control(blocs, &mut control);
        control
    }

    /// The rule, by fractions alone.
    fn attacked(powers: &[i64], m: u32, cost: (i64, u64), blocs: &[Coalition]) -> bool {
        let whole = |n: i64| RBig::from(dashu_int::IBig::from(n));
        let all = whole(powers.iter().sum());
        let kept = RBig::ONE - RBig::from_parts(cost.0.into(), cost.1.into());
        let power = |b: &Coalition| whole(b.members().map(|i| powers[i]).sum()) / &all;
        let total = blocs.iter().fold(RBig::ZERO, |sum, b| sum + power(b).pow(m as isize));
        blocs.iter().any(|b| &kept * power(b).pow(m as isize) / &total > power(b))
    }

    /// Every partition of small whole powers at every war cost in hundredths: there is war
    /// exactly where the rule says so, ties being peace, whatever the order of the blocs.
    #[test]
    fn ties_are_peace_whatever_the_order() {
        let mut ties = 0;
        for powers in [&[5, 3, 2, 2][..], &[3, 4, 1, 5, 2, 2], &[4, 3, 2, 1], &[6, 3, 1]] {
            let floats: Vec<f64> = powers.iter().map(|&p| p as f64).collect();
            let all: f64 = floats.iter().sum();
            for (m, hundredths) in (0..4).flat_map(|m| (1..60).map(move |w| (m, w))) {
                let parameters = Parameters {
                    decisiveness: f64::from(m),
                    war_cost: format!("0.{hundredths:02}").parse().unwrap(),
                    ..Parameters::default()
                };
                for partition in Partition::all(powers.len()) {
                    let war = attacked(powers, m, (hundredths, 100), partition.blocs());
                    let mut blocs = partition.blocs().to_vec();
                    for _ in 0..2 {
                        let total: f64 = control(&floats, &parameters, &blocs).iter().sum();
                        assert_eq!(total < 1.0 - 0.005, war, "{powers:?} {m} {hundredths}");
                        blocs.reverse();
                    }
                    let near = |b: &Coalition| {
                        let power =
                            |b: &Coalition| b.members().map(|i| floats[i] / all).sum::<f64>();
                        let sum: f64 = blocs.iter().map(|b| power(b).powi(m as i32)).sum();
                        let q = power(b).powi(m as i32) / sum;
                        ((1.0 - parameters.war_cost) * q - power(b)).abs() < 1e-12
                    };
                    ties += usize::from(blocs.iter().any(near));
                }
            }
        }
        assert!(ties > 50, "{ties} ties");
    }

    /// With m = 3/2, 4 against 1 prevails with 8/9 and has 4/5, so the tie is at w = 1/10.
    #[test]
    fn with_a_fraction_for_decisiveness_a_tie_is_peace() {
        let blocs = [Coalition::singleton(0), Coalition::singleton(1)];
        let at = |war_cost| {
            let parameters = Parameters { decisiveness: 1.5, war_cost, ..Parameters::default() };
            control(&[4.0, 1.0], &parameters, &blocs).iter().sum::<f64>()
        };
        assert_eq!(at(0.1), 1.0);
        assert!(at(0.0999999) < 0.95);
        assert_eq!(at(0.1000001), 1.0);
    }
}
