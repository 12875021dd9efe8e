//! An estimate as something to solve with: its values, and draws of its sampling distribution.
//!
//! Draws are normal with the standard error of the estimate (decisiveness from wars), or normal in
//! logs with the covariance clustered by pair (parameters of the game of alignment). A draw outside
//! what a parameter can be is moved to the nearest value that it can be.

use ndarray::Array2;

use super::alignment::{AlignmentFit, Place, Quantity};
use super::decisiveness::Fit;
use super::linear::cholesky;
use crate::chance::Luck;
use crate::parameters::Parameters;
use crate::parameters::sampling::{Sampling, Term};

/// Values of parameters with their doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    values: Vec<(Quantity, f64)>,
    spread: Spread,
    /// What somebody knows better.
    overruled: Vec<Quantity>,
}

#[derive(Debug, Clone, PartialEq)]
enum Spread {
    /// Standard error of the one value; within 0 to 100.
    Plain(f64),
    /// The lower factor of the covariance of logs.
    Logs(Array2<f64>),
    /// None is known.
    Unknown,
}

impl Estimate {
    /// Decisiveness from wars; `None` if there is no estimate.
    pub fn of_wars(fit: &Fit) -> Option<Self> {
        let term = fit.terms.iter().find(|term| term.term == "decisiveness")?;
        let value = term.estimate.clamp(0.0, 100.0);
        let known = term.std_error.is_finite() && term.std_error >= 0.0;
        let spread = if known { Spread::Plain(term.std_error) } else { Spread::Unknown };
        let values = vec![(Quantity::Decisiveness, value)];
        Some(Self { values, spread, overruled: Vec::new() })
    }

    /// What was estimated of the game of alignment; `None` if there is no estimate.
    pub fn of_alignment(fit: &AlignmentFit) -> Option<Self> {
        if fit.undecided.is_some() || fit.terms.is_empty() {
            return None;
        }
        let values: Vec<(Quantity, f64)> =
            fit.estimated.iter().map(|&quantity| (quantity, quantity.of(&fit.at))).collect();
        let k = values.len();
        let square =
            fit.covariance.len() == k && fit.covariance.iter().all(|row| row.len() == k) && k > 0;
        let spread = square
            .then(|| Array2::from_shape_fn((k, k), |(i, j)| fit.covariance[i][j]))
            .and_then(|covariance| cholesky(&covariance))
            .map_or(Spread::Unknown, Spread::Logs);
        Some(Self { values, spread, overruled: Vec::new() })
    }

    /// The estimate without the parameters that `known` names.
    #[must_use]
    pub fn overruled(mut self, known: impl Fn(Quantity) -> bool) -> Self {
        let values = self.values.iter().map(|(quantity, _)| *quantity);
        self.overruled = values.filter(|quantity| known(*quantity)).collect();
        self
    }

    fn holds(&self, quantity: Quantity) -> bool {
        !self.overruled.contains(&quantity)
    }

    /// The parameters and their estimates.
    pub fn values(&self) -> impl Iterator<Item = (Quantity, f64)> + '_ {
        self.values.iter().copied().filter(|(quantity, _)| self.holds(*quantity))
    }

    /// The value of one parameter, if it was estimated.
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        self.values().find(|(known, _)| *known == quantity).map(|(_, value)| value)
    }

    /// Whether its sampling distribution is known, so that it can be drawn from.
    pub fn can_be_drawn(&self) -> bool {
        self.spread != Spread::Unknown
    }

    /// What `n` draws of it follow from, of which those of `used` are used.
    pub fn sampling(&self, n: u32, seed: u64, used: impl Fn(Quantity) -> bool) -> Sampling {
        let (std_error, log_covariance) = match &self.spread {
            Spread::Plain(error) => (Some(*error), Vec::new()),
            Spread::Logs(factor) => {
                let product = factor.dot(&factor.t());
                (None, product.rows().into_iter().map(|row| row.to_vec()).collect())
            }
            Spread::Unknown => (None, Vec::new()),
        };
        let term = |&(quantity, estimate): &(Quantity, f64)| Term {
            term: quantity.name().to_owned(),
            estimate,
            drawn: self.holds(quantity) && used(quantity),
        };
        let terms = self.values.iter().map(term).collect();
        Sampling { n, seed, terms, std_error, log_covariance }
    }

    /// Values of draw `number`, a function of the seed and the number.
    pub fn draw(&self, seed: u64, number: u32) -> Vec<(Quantity, f64)> {
        let luck = |k| Luck::of_draw(seed, number, k);
        let z: Vec<f64> = (0..self.values.len() as u64).map(|k| luck(k).normal()).collect();
        let drawn = |(k, &(quantity, value)): (usize, &(Quantity, f64))| {
            let value = match &self.spread {
                Spread::Plain(error) => (value + error * z[k]).clamp(0.0, 100.0),
                Spread::Logs(factor) => {
                    let moved: f64 = (0..=k).map(|l| factor[[k, l]] * z[l]).sum();
                    let [low, high] = quantity.range();
                    (value * moved.exp()).clamp(low, high)
                }
                Spread::Unknown => value,
            };
            (quantity, value)
        };
        let all = self.values.iter().enumerate().map(drawn);
        all.filter(|(quantity, _)| self.holds(*quantity)).collect()
    }
}

/// Parameters with these values; the precision, which is none of the contest's, is left out.
pub fn with_values(
    parameters: &Parameters,
    values: impl IntoIterator<Item = (Quantity, f64)>,
) -> Parameters {
    let mut place = Place { parameters: parameters.clone(), precision: 0.0 };
    values.into_iter().for_each(|(quantity, value)| quantity.set(&mut place, value));
    place.parameters
}
