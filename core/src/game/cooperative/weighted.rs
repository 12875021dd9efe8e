//! Weighted majority games: a coalition wins iff under every rule its members' weights reach
//! the quota (von Neumann & Morgenstern 1944; several rules: Taylor & Zwicker 1999).
//!
//! Method: weights and quota of each rule are scaled to coprime integers, exactly, so that
//! `w(S) ≥ q` is a comparison of integers; a strict quota becomes the next integer.
//! Limits: any number of players; what enumerates coalitions has limits of its own.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::number::{common_denominator, numerator_over};
use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::exact::{common_divisor, parse_exact};
use crate::system::System;

/// The weight that wins.
#[derive(Debug, Clone, PartialEq)]
pub enum Quota {
    /// `w(S) ≥ q`.
    AtLeast(RBig),
    /// `w(S) > q`.
    MoreThan(RBig),
    /// `w(S) ≥ f · w(N)`.
    AtLeastShare(RBig),
    /// `w(S) > f · w(N)`.
    MoreThanShare(RBig),
}

impl Quota {
    /// More than half of all weight.
    pub fn majority() -> Self {
        Self::MoreThanShare(RBig::from_parts(IBig::ONE, UBig::from(2u8)))
    }

    /// A quota from text: `51` or `>=51`, `>50`, and with a percent sign a share of all
    /// weight: `>50%`, `65%`. Numbers are decimals or fractions.
    ///
    /// # Errors
    /// If the text is none of these.
    pub fn parse(text: &str) -> Result<Self> {
        let number = text.trim();
        let (strict, number) = match (number.strip_prefix(">="), number.strip_prefix('>')) {
            (Some(rest), _) => (false, rest),
            (None, Some(rest)) => (true, rest),
            (None, None) => (false, number),
        };
        let (share, number) = match number.strip_suffix('%') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let Some(value) = parse_exact(number.trim()) else {
            return Err(Error::parameter("quota", "51, >50, 65% or >50%", format!("{text:?}")));
        };
        let hundredth = || &value / RBig::from(100);
        Ok(match (share, strict) {
            (false, false) => Self::AtLeast(value),
            (false, true) => Self::MoreThan(value),
            (true, false) => Self::AtLeastShare(hundredth()),
            (true, true) => Self::MoreThanShare(hundredth()),
        })
    }
}

/// One rule: integer weights and the integer quota that they must reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    weights: Vec<UBig>,
    quota: UBig,
    total: UBig,
}

impl Rule {
    /// The rule with these weights and quota, scaled to coprime integers.
    ///
    /// # Errors
    /// If a weight is below zero, the empty coalition would win, or no coalition would.
    pub fn new(weights: &[RBig], quota: &Quota) -> Result<Self> {
        if let Some(negative) = weights.iter().find(|w| **w < RBig::ZERO) {
            return Err(Error::parameter("weight", "0 or more", negative));
        }
        let denominator = common_denominator(weights)?;
        let integer = |weight| numerator_over(weight, &denominator).into_parts().1;
        let mut integers: Vec<UBig> = weights.iter().map(integer).collect();
        let divisor = common_divisor(integers.iter().cloned());
        if divisor.is_zero() {
            return Err(Error::parameter("weights", "one above 0", "none"));
        }
        for integer in &mut integers {
            *integer = &*integer / &divisor;
        }
        let total = integers.iter().sum::<UBig>();
        let all = RBig::from(total.clone());
        let scale = RBig::from_parts(denominator.into(), divisor);
        let (bound, strict) = match quota {
            Quota::AtLeast(q) => (q * &scale, false),
            Quota::MoreThan(q) => (q * &scale, true),
            Quota::AtLeastShare(f) => (f * &all, false),
            Quota::MoreThanShare(f) => (f * &all, true),
        };
        let integer = if strict { bound.floor() + IBig::ONE } else { bound.ceil() };
        let found = || &bound / &scale;
        if integer <= IBig::ZERO {
            let expected = "a quota above 0: the empty coalition must not win";
            return Err(Error::parameter("quota", expected, found()));
        }
        let (_, quota) = integer.into_parts();
        if quota > total {
            let expected = format!("at most the sum of the weights, {}", &all / &scale);
            return Err(Error::parameter("quota", expected, found()));
        }
        Ok(Self { weights: integers, quota, total })
    }

    /// The weights, coprime integers.
    pub fn weights(&self) -> &[UBig] {
        &self.weights
    }

    /// The least integer weight that wins.
    pub fn quota(&self) -> &UBig {
        &self.quota
    }

    /// The weight of all players.
    pub fn total(&self) -> &UBig {
        &self.total
    }

    /// Whether the members reach the quota. O(members).
    pub fn passes(&self, members: impl IntoIterator<Item = usize>) -> bool {
        members.into_iter().fold(UBig::ZERO, |sum, i| sum + &self.weights[i]) >= self.quota
    }

    /// The weights and the quota, where the total is below 2^62.
    pub fn small(&self) -> Option<(Vec<u64>, u64)> {
        let total = u64::try_from(&self.total).ok()?;
        if total >= 1 << 62 {
            return None;
        }
        let weights = self.weights.iter().map(|w| u64::try_from(w).ok()).collect::<Option<_>>()?;
        Some((weights, u64::try_from(&self.quota).ok()?))
    }
}

/// A weighted majority game of named players: one rule, or several that must all be passed.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedGame {
    names: Vec<String>,
    rules: Vec<Rule>,
}

impl WeightedGame {
    /// The game with a rule for each pair of weights (one for each player) and quota.
    ///
    /// # Errors
    /// If there is no rule or no player, a rule has not one weight for each player, or as
    /// [`Rule::new`].
    pub fn new(names: Vec<String>, rules: &[(Vec<RBig>, Quota)]) -> Result<Self> {
        if rules.is_empty() {
            return Err(Error::parameter("quota", "one for each column of weights", "none"));
        }
        if names.is_empty() {
            return Err(Error::parameter("players", "at least one", 0));
        }
        let mut checked = Vec::with_capacity(rules.len());
        for (weights, quota) in rules {
            if weights.len() != names.len() {
                let expected = format!("{} of them, one for each player", names.len());
                return Err(Error::parameter("weights", expected, weights.len()));
            }
            checked.push(Rule::new(weights, quota)?);
        }
        Ok(Self { names, rules: checked })
    }

    /// The simple majority game of a system: a coalition wins iff it holds more than half of
    /// all power, exactly.
    ///
    /// # Errors
    /// As [`WeightedGame::new`].
    pub fn of_system(system: &System) -> Result<Self> {
        let names = system.states().iter().map(|state| state.id.clone()).collect();
        Self::new(names, &[(system.exact_shares().to_vec(), Quota::majority())])
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.names.len()
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether a set of players wins; there may be more than 64 players. O(members · rules).
    pub fn wins_with(&self, members: &[usize]) -> bool {
        self.rules.iter().all(|rule| rule.passes(members.iter().copied()))
    }

    /// Whether a coalition of the first 64 players wins.
    pub fn wins(&self, coalition: Coalition) -> bool {
        let n = self.players();
        let members = || coalition.members().take_while(|&i| i < n);
        self.rules.iter().all(|rule| rule.passes(members()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratios(numbers: &[&str]) -> Vec<RBig> {
        numbers.iter().map(|n| parse_exact(n).unwrap()).collect()
    }

    #[test]
    fn weights_become_coprime_integers() {
        let rule = Rule::new(&ratios(&["0.4", "0.3", "1/5", "0.1"]), &Quota::majority()).unwrap();
        assert_eq!(rule.small(), Some((vec![4, 3, 2, 1], 6)));
        let rule = Rule::new(&ratios(&["40", "30", "20", "10"]), &Quota::parse("51").unwrap());
        assert_eq!(rule.unwrap().small(), Some((vec![4, 3, 2, 1], 6)));
        let exactly = Rule::new(&ratios(&["1", "1"]), &Quota::parse("50%").unwrap()).unwrap();
        assert_eq!(exactly.small(), Some((vec![1, 1], 1)), "half is enough");
    }

    #[test]
    fn quotas_that_decide_nothing_are_refused() {
        let weights = ratios(&["1", "2"]);
        for (quota, part) in [("0", "above 0"), ("3.5", "sum of the weights, 3"), (">3", "found 3")]
        {
            let error = Rule::new(&weights, &Quota::parse(quota).unwrap()).unwrap_err().to_string();
            assert!(error.contains(part), "{quota}: {error}");
        }
        assert!(Quota::parse("many").is_err());
        assert!(Rule::new(&ratios(&["-1", "2"]), &Quota::majority()).is_err());
    }
}
