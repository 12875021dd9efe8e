//! A game with transferable utility given by the exact value of every coalition.

use std::borrow::Cow;
use std::sync::Arc;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::number::{Numerators, common_denominator, numerator_over, with_numerators};
use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::tu::TableGame;

/// Whether a coalition's number is what it gets or what it must pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sense {
    /// A worth: more is better.
    #[default]
    Worth,
    /// A cost: less is better. Values (Shapley, Banzhaf) are linear and need no care; the core
    /// and the nucleolus of a cost game are those of its negative.
    Cost,
}

/// The exact values of all coalitions of named players, over one common denominator.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactTable {
    names: Vec<String>,
    sense: Sense,
    denominator: UBig,
    /// Shared: they take most of the memory, and none changes them.
    numerators: Arc<Numerators>,
}

impl ExactTable {
    /// The most players whose coalitions are laid out: 2^25 values.
    pub const MAX_PLAYERS: usize = 25;

    /// The game with `values[bits]` for the coalition with those bits, the empty one first.
    ///
    /// # Errors
    /// Unless there are `2^players` values, the first of them 0, for 1 to 25 players.
    pub fn new(names: Vec<String>, values: &[RBig]) -> Result<Self> {
        let denominator = common_denominator(values)?;
        let numerators = values.iter().map(|v| numerator_over(v, &denominator)).collect();
        Self::from_integers(names, denominator, Numerators::new(numerators))
    }

    /// The game from numerators over a denominator above zero.
    ///
    /// # Errors
    /// As [`ExactTable::new`].
    pub fn from_integers(
        names: Vec<String>,
        denominator: UBig,
        numerators: Numerators,
    ) -> Result<Self> {
        check_players(names.len())?;
        let complete = numerators.len() == 1 << names.len();
        if !complete || denominator.is_zero() {
            return Err(Error::parameter(
                "values",
                format!("one for each of the 2^{} coalitions", names.len()),
                numerators.len(),
            ));
        }
        if !numerators.get(0).is_zero() {
            return Err(Error::parameter("v(∅)", "0", RBig::from(numerators.get(0))));
        }
        let numerators = Arc::new(numerators);
        Ok(Self { names, sense: Sense::Worth, denominator, numerators })
    }

    /// The same numbers as worths or as costs.
    #[must_use]
    pub fn with_sense(self, sense: Sense) -> Self {
        Self { sense, ..self }
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.names.len()
    }

    /// Whether the values are worths or costs.
    pub fn sense(&self) -> Sense {
        self.sense
    }

    /// The common denominator of the values.
    pub fn denominator(&self) -> &UBig {
        &self.denominator
    }

    /// The values times the denominator, by the coalitions' bits.
    pub fn numerators(&self) -> &Numerators {
        &self.numerators
    }

    /// A coalition's value.
    pub fn value(&self, coalition: Coalition) -> RBig {
        self.ratio(self.numerators.get(coalition.bits() as usize))
    }

    /// A numerator over the game's denominator.
    pub fn ratio(&self, numerator: IBig) -> RBig {
        RBig::from_parts(numerator, self.denominator.clone())
    }

    /// A coalition's value, within two ulps.
    pub fn float(&self, coalition: Coalition) -> f64 {
        let index = coalition.bits() as usize;
        match &*self.numerators {
            Numerators::Small(v) => v[index] as f64 / self.scale(),
            Numerators::Wide(v) => v[index] as f64 / self.scale(),
            Numerators::Big(v) => self.ratio(v[index].clone()).to_f64().value(),
        }
    }

    /// All values as floats, each within two ulps. O(2^n) time and memory.
    ///
    /// # Errors
    /// If a value is too large for a float.
    pub fn floats(&self) -> Result<TableGame> {
        let scale = self.scale();
        let values: Vec<f64> = match &*self.numerators {
            Numerators::Small(v) => v.iter().map(|&x| x as f64 / scale).collect(),
            Numerators::Wide(v) => v.iter().map(|&x| x as f64 / scale).collect(),
            Numerators::Big(v) => {
                v.iter().map(|x| self.ratio(x.clone()).to_f64().value()).collect()
            }
        };
        TableGame::new(self.players(), values)
            .ok_or_else(|| Error::parameter("values", "numbers below 1.8e308", "a larger one"))
    }

    /// The game in which more is better: this one, or of costs the one of their negatives.
    pub fn worths(&self) -> Cow<'_, Self> {
        match self.sense {
            Sense::Worth => Cow::Borrowed(self),
            Sense::Cost => Cow::Owned(self.negated()),
        }
    }

    /// The game of the negative values: a cost game's worths, and the other way round.
    #[must_use]
    pub fn negated(&self) -> Self {
        let sense = match self.sense {
            Sense::Worth => Sense::Cost,
            Sense::Cost => Sense::Worth,
        };
        Self { sense, numerators: Arc::new(self.numerators.negated()), ..self.clone() }
    }

    /// Whether every coalition has value 0 or 1 and the grand coalition 1.
    pub fn is_zero_one(&self) -> bool {
        let Ok(one) = i128::try_from(&self.denominator) else { return false };
        let unit = IBig::from(one);
        let last = self.numerators.len() - 1;
        self.numerators.get(last) == unit
            && match &*self.numerators {
                Numerators::Small(v) => v.iter().all(|&x| x == 0 || i128::from(x) == one),
                Numerators::Wide(v) => v.iter().all(|&x| x == 0 || x == one),
                Numerators::Big(v) => v.iter().all(|x| x.is_zero() || *x == unit),
            }
    }

    /// The indices of the coalitions whose value is not 0, as bits of words. O(2^n).
    pub(crate) fn support(&self) -> Vec<u64> {
        let mut words = vec![0u64; self.numerators.len().div_ceil(64)];
        with_numerators!(&*self.numerators, v => {
            for (index, value) in v.iter().enumerate() {
                words[index / 64] |= u64::from(!is_zero(value)) << (index % 64);
            }
        });
        words
    }

    fn scale(&self) -> f64 {
        self.denominator.to_f64().value()
    }
}

fn is_zero<T: super::number::Amount>(value: &T) -> bool {
    *value == T::zero()
}

/// Refuses games that cannot be laid out.
pub(crate) fn check_players(players: usize) -> Result<()> {
    if players == 0 {
        return Err(Error::parameter("players", "at least one", 0));
    }
    if players > ExactTable::MAX_PLAYERS {
        return Err(Error::too_large(
            format!("{players} players have 2^{players} coalitions"),
            format!("2^{}", ExactTable::MAX_PLAYERS),
            "keep fewer players",
        ));
    }
    Ok(())
}
