//! How power is measured, as the user says it.

use std::fmt;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::exact::parse_decimal;

/// How power is measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Measure {
    /// The composite index: the mean of a state's shares of each indicator's total *over the
    /// states of the system*, over the indicators that it has a value for (Singer, Bremer &
    /// Stuckey 1972). Indicators are the six components where the file has them, else its column
    /// `cinc`, else what [the file has](crate::dataset#columns). It is called `cinc` in the first
    /// two cases; a single column is itself and called by its name, several by equal weights.
    #[default]
    Cinc,
    /// One column. `cinc` means [`Measure::Cinc`] where the file has no capability of that
    /// name.
    Column(String),
    /// As [`Measure::Cinc`], but a weighted mean over the columns named: weights above zero.
    Weights(Vec<(String, RBig)>),
}

impl Measure {
    /// A weighted mean from text such as `milex=2,tpop=1`.
    ///
    /// # Errors
    /// If the text has another form, a weight is not above zero or a column comes twice.
    pub fn weights(text: &str) -> Result<Self> {
        let wrong = || Error::parameter("weights", "columns with weights, as milex=2,tpop=1", text);
        let mut weights: Vec<(String, RBig)> = Vec::new();
        for part in text.split(',') {
            let (column, weight) = part.split_once('=').ok_or_else(wrong)?;
            let (column, weight) = (column.trim(), weight.trim());
            let exact = parse_decimal(weight).ok_or_else(wrong)?;
            let twice = weights.iter().any(|(other, _)| other.eq_ignore_ascii_case(column));
            if exact <= RBig::ZERO || column.is_empty() || twice {
                return Err(Error::parameter(
                    "weights",
                    "each column once, with a weight above zero",
                    part,
                ));
            }
            weights.push((column.to_owned(), exact));
        }
        Ok(Self::Weights(weights))
    }
}

impl fmt::Display for Measure {
    /// As the user writes it: `cinc`, a column's name, `milex=2,tpop=1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cinc => f.write_str("cinc"),
            Self::Column(column) => f.write_str(column),
            Self::Weights(weights) => {
                for (i, (column, weight)) in weights.iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    write!(f, "{comma}{column}={}", weight.to_f64().value())?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_written() {
        let weights = |text: &str| Measure::weights(text).map(|measure| measure.to_string());
        assert_eq!(weights("milex=2, tpop = 0.5").unwrap(), "milex=2,tpop=0.5");
        for wrong in ["", "milex", "milex=", "=1", "milex=0", "milex=-1", "a=1,A=2", "a=1,"] {
            assert!(weights(wrong).is_err(), "{wrong}");
        }
    }
}
