//! Games of any number of players that a rule and a number for each of them give: their
//! coalitions are never laid out.

use std::collections::HashSet;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::exact::sum;
use crate::game::cooperative::rules::one_each;

/// An airport or a bankruptcy game.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleGame {
    names: Vec<String>,
    rule: DivisionRule,
}

/// What coalitions are worth, or pay.
#[derive(Debug, Clone, PartialEq)]
pub enum DivisionRule {
    /// A coalition pays the largest of its members' costs (Littlechild & Owen 1973).
    Airport {
        /// By player.
        costs: Vec<RBig>,
    },
    /// A coalition is sure of what is left of the estate when all others are paid (O'Neill 1982).
    Bankruptcy {
        /// What there is.
        estate: RBig,
        /// By player.
        claims: Vec<RBig>,
    },
}

impl RuleGame {
    /// The game of these players. O(n).
    ///
    /// # Errors
    /// If there is no player, not one number for each, a number below zero, a name twice, or an
    /// estate above the sum of the claims.
    pub fn new(names: Vec<String>, rule: DivisionRule) -> Result<Self> {
        let (what, numbers) = match &rule {
            DivisionRule::Airport { costs } => ("costs", costs),
            DivisionRule::Bankruptcy { claims, .. } => ("claims", claims),
        };
        if names.is_empty() {
            return Err(Error::parameter("players", "one or more", "none"));
        }
        one_each(&names, numbers, what)?;
        let mut known = HashSet::new();
        if let Some(twice) = names.iter().find(|name| name.is_empty() || !known.insert(*name)) {
            return Err(Error::parameter("players", "names, each once", format!("{twice:?}")));
        }
        if let DivisionRule::Bankruptcy { estate, claims } = &rule {
            let total = sum(claims.iter());
            if *estate < RBig::ZERO || *estate > total {
                let expected = format!("0 to the sum of the claims, {total}");
                return Err(Error::parameter("estate", expected, estate));
            }
        }
        Ok(Self { names, rule })
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The rule.
    pub fn rule(&self) -> &DivisionRule {
        &self.rule
    }
}
