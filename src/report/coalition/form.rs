//! How numbers and names of one game are written.

use dashu_ratio::RBig;

use super::{ExactPayoffs, ExactWeight, Number, Payoffs};
use crate::coalition::Coalition;
use crate::finding::cooperative::ExactWeights;
use crate::report::Keyed;

/// Writes numbers and names of one game.
pub(super) struct Form<'a> {
    pub(super) names: &'a [String],
    pub(super) exact: bool,
}

impl Form<'_> {
    pub(super) fn number(&self, value: &RBig) -> Number {
        Number::new(value, self.exact)
    }

    pub(super) fn names(&self, list: &[usize]) -> Vec<String> {
        list.iter().filter_map(|&i| self.names.get(i).cloned()).collect()
    }

    pub(super) fn members(&self, coalition: Coalition) -> Vec<String> {
        self.names(&coalition.members().collect::<Vec<_>>())
    }

    fn keyed<T>(&self, values: &[RBig], form: impl Fn(&RBig) -> T) -> Keyed<T> {
        Keyed(self.names.iter().cloned().zip(values.iter().map(form)).collect())
    }

    pub(super) fn payoffs(&self, values: &[RBig]) -> Payoffs {
        self.keyed(values, |value| self.number(value))
    }

    pub(super) fn exactly(&self, values: &[RBig]) -> ExactPayoffs {
        self.keyed(values, RBig::to_string)
    }

    pub(super) fn weights(&self, weights: &ExactWeights) -> Vec<ExactWeight> {
        let weight = |(s, w): &(Coalition, RBig)| ExactWeight {
            coalition: self.members(*s),
            weight: w.to_string(),
        };
        weights.iter().map(weight).collect()
    }
}
