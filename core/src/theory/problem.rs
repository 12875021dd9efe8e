//! What a theory is asked about: states with exact resources, what is known of each pair, and
//! the theory's own parameters.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use ndarray::Array2;

use crate::dataset::Relation;
use crate::error::{Error, Result};
use crate::exact::parse_decimal;
use crate::exact::sum;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::system::System;

/// A system as a theory sees it.
#[derive(Debug, Clone)]
pub struct Problem {
    system: System,
    resources: Vec<RBig>,
    pairs: Option<Pairs>,
    /// The parameters of the theories; each theory reads its own.
    pub settings: Settings,
}

/// A symmetric relation of pairs, exact, with a zero diagonal.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// Which.
    pub relation: Relation,
    /// Its values, `n × n`.
    pub values: Array2<RBig>,
}

/// The parameters of the theories.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `α ∈ [½, 1)`: the share of a coalition's power that a part of it needs to rule it
    /// (`ruling-coalition`).
    pub alpha: RBig,
    /// `γ ≥ 1`: how much the defence weighs (`war-stable`).
    pub gamma: RBig,
    /// The number of sides (`landscape`).
    pub sides: usize,
    /// `m` of the contest (`nested-contest`).
    pub decisiveness: f64,
    /// `s` of the contest (`nested-contest`).
    pub dominance: f64,
    /// How many solutions to list at most; all are counted.
    pub listed: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            alpha: half(),
            gamma: RBig::ONE,
            sides: 2,
            decisiveness: 2.0,
            dominance: 2.0,
            listed: 100,
        }
    }
}

impl Settings {
    /// Checks that every parameter has a value that it can have.
    ///
    /// # Errors
    /// Names the first that has not, and the values it can have.
    pub fn validate(&self) -> Result<()> {
        if self.alpha < half() || self.alpha >= RBig::ONE {
            return Err(Error::parameter("alpha", "1/2 or more, below 1", &self.alpha));
        }
        if self.gamma < RBig::ONE {
            return Err(Error::parameter("gamma", "1 or more", &self.gamma));
        }
        if !(2..=9).contains(&self.sides) {
            return Err(Error::parameter("sides", "2 to 9", self.sides));
        }
        if self.listed == 0 {
            return Err(Error::parameter("listed", "1 or more", 0));
        }
        Ok(())
    }
}

impl Problem {
    /// The problem of a system whose resources are its shares of power; nothing is known of
    /// the pairs.
    pub fn new(system: System) -> Self {
        let resources = system.exact_shares().to_vec();
        Self { system, resources, pairs: None, settings: Settings::default() }
    }

    /// The same with these numbers for resources, in any unit, in the order of the states.
    ///
    /// # Errors
    /// If there is not one for each state, or they are not in proportion to the shares.
    pub fn with_resources(mut self, resources: Vec<RBig>) -> Result<Self> {
        let total = sum(resources.iter());
        let shares = self.system.exact_shares();
        let agree = resources.len() == shares.len()
            && resources.iter().zip(shares).all(|(r, share)| *r == share * &total);
        if !agree {
            return Err(Error::system(
                "the resources are not the system's power",
                "give the numbers that the shares were made from",
            ));
        }
        self.resources = resources;
        Ok(self)
    }

    /// The same, with a relation of pairs. Each value is taken for the shortest decimal that
    /// reads as it, so that `0.1` is a tenth exactly.
    ///
    /// # Errors
    /// If the matrix is not `n × n`, not symmetric, has a diagonal or a value without end.
    pub fn with_pairs(self, relation: Relation, values: &Array2<f64>) -> Result<Self> {
        let mut exact = Array2::from_elem(values.dim(), RBig::ZERO);
        for (at, value) in values.indexed_iter() {
            let Some(number) = parse_decimal(&format!("{value}")) else {
                return Err(Error::parameter(relation.name(), "a finite number", value));
            };
            exact[at] = number;
        }
        self.with_exact_pairs(Pairs { relation, values: exact })
    }

    /// The same, with one value for all pairs.
    ///
    /// # Errors
    /// Never: it is as good a matrix as any.
    pub fn with_uniform_pairs(self, relation: Relation, value: &RBig) -> Result<Self> {
        let n = self.len();
        let each = |(i, j)| if i == j { RBig::ZERO } else { value.clone() };
        self.with_exact_pairs(Pairs { relation, values: Array2::from_shape_fn((n, n), each) })
    }

    /// The same, with a relation of pairs.
    ///
    /// # Errors
    /// If the matrix is not `n × n`, not symmetric, or has a diagonal.
    pub fn with_exact_pairs(mut self, pairs: Pairs) -> Result<Self> {
        let n = self.len();
        let m = &pairs.values;
        let sound = m.dim() == (n, n)
            && (0..n).all(|i| m[[i, i]].is_zero() && (0..i).all(|j| m[[i, j]] == m[[j, i]]));
        if !sound {
            return Err(Error::system(
                format!("the {} of pairs does not hold both ways", pairs.relation.name()),
                format!("give a symmetric {n} × {n} matrix without a diagonal"),
            ));
        }
        self.pairs = Some(pairs);
        Ok(self)
    }

    /// The system.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// The number of states.
    pub fn len(&self) -> usize {
        self.system.len()
    }

    /// Never: a system has at least two states.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Each state's resources, exact, above zero.
    pub fn resources(&self) -> &[RBig] {
        &self.resources
    }

    /// The resources of some states together.
    pub fn sum(&self, states: impl IntoIterator<Item = usize>) -> RBig {
        states.into_iter().fold(RBig::ZERO, |sum, i| sum + &self.resources[i])
    }

    /// The resources of all.
    pub fn total(&self) -> RBig {
        self.sum(0..self.len())
    }

    /// The resources as integers in a common unit.
    ///
    /// # Errors
    /// If that unit has thousands of digits.
    pub fn integers(&self) -> Result<Vec<IBig>> {
        integers(&self.resources)
    }

    /// What is known of the pairs.
    pub fn pairs(&self) -> Option<&Pairs> {
        self.pairs.as_ref()
    }

    /// What is known of the pairs, where a theory cannot do without.
    ///
    /// # Errors
    /// If nothing is, or another relation.
    pub fn required(&self, relation: Relation) -> Result<&Array2<RBig>> {
        match &self.pairs {
            Some(pairs) if pairs.relation == relation => Ok(&pairs.values),
            _ => Err(Error::system(
                format!("the theory needs the {} of each pair of states", relation.name()),
                format!("give a file of pairs with a column {0} with --dyads", relation.name()),
            )),
        }
    }

    /// The identifiers of some states.
    pub fn names(&self, states: impl IntoIterator<Item = usize>) -> Vec<String> {
        states.into_iter().map(|i| self.system.id(i).to_owned()).collect()
    }

    /// The state with an identifier, or words that say that there is none.
    pub fn state(&self, id: &str) -> Read<usize> {
        let found = self.system.states().iter().position(|state| state.id == id);
        found.ok_or_else(|| format!("there is no state {id}"))
    }

    /// The states with these identifiers, each named once.
    pub fn states(&self, ids: &[String]) -> Read<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut states = Vec::with_capacity(ids.len());
        for id in ids {
            let i = self.state(id)?;
            if std::mem::replace(&mut seen[i], true) {
                return Err(format!("{id} is named twice"));
            }
            states.push(i);
        }
        Ok(states)
    }

    /// Groups of states, none named twice over all of them.
    pub fn groups(&self, groups: &[Vec<String>]) -> Read<Vec<Vec<usize>>> {
        self.states(&groups.concat())?;
        groups.iter().map(|group| self.states(group)).collect()
    }
}

/// What was read from a report, or why it cannot be.
pub type Read<T> = std::result::Result<T, String>;

/// One half.
pub(crate) fn half() -> RBig {
    RBig::from_parts(IBig::ONE, UBig::from(2u8))
}

/// Numbers as integers in their common unit.
pub(crate) fn integers(numbers: &[RBig]) -> Result<Vec<IBig>> {
    let unit = common_denominator(numbers)?;
    Ok(numbers.iter().map(|number| numerator_over(number, &unit)).collect())
}
