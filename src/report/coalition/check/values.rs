//! Values and power indices, by their definitions.

use dashu_ratio::RBig;

use super::{Examiner, MOST_SUMMED};
use crate::certify::Claim;
use crate::certify::cooperative_values as values;
use crate::certify::dividends::Dividends;
use crate::coalition::Coalition;
use crate::game::cooperative::Game;
use crate::report::coalition::read;
use crate::report::coalition::{Number, Payoffs};

impl Examiner<'_> {
    pub(super) fn values(&mut self) {
        let report = self.report;
        let linear = [
            ("shapley", &report.shapley),
            ("banzhaf", &report.banzhaf),
            ("banzhaf_normalized", &report.banzhaf_normalized),
        ];
        let simple = [
            ("deegan_packel", &report.deegan_packel),
            ("holler", &report.holler),
            ("johnston", &report.johnston),
        ];
        if linear.iter().any(|(_, values)| values.is_some()) {
            let dividends = self.table.filter(|_| self.short).map(Dividends::of);
            let known = |at: usize| {
                let dividends = dividends.as_ref()?;
                match at {
                    0 => Some(dividends.shapley()),
                    1 => Some(dividends.banzhaf()),
                    _ => values::normalized(&dividends.banzhaf()),
                }
            };
            for (at, (name, claimed)) in linear.into_iter().enumerate() {
                // The Banzhaf value is not efficient.
                let sum = [Some(self.grand()), None, Some(RBig::ONE)][at].clone();
                self.payoffs(name, claimed.as_ref(), || known(at), sum);
            }
        }
        if simple.iter().any(|(_, values)| values.is_some()) {
            let wins = self.game.is_simple();
            self.exact("indices: the game is a simple one", wins);
            let table = self.table.filter(|_| self.short && wins);
            let indices = table.and_then(values::indices);
            for (at, (name, claimed)) in simple.into_iter().enumerate() {
                let known = || indices.as_ref().map(|all| all[at].clone());
                self.payoffs(name, claimed.as_ref(), known, Some(RBig::ONE));
            }
        }
    }

    fn grand(&self) -> RBig {
        match self.game {
            Game::Table(table) => table.value(Coalition::grand(table.players())),
            Game::Weighted(_) | Game::Contest(_) => RBig::ONE,
        }
    }

    /// That numbers are those of the definition; of large games, that they add up.
    fn payoffs(
        &mut self,
        name: &str,
        claimed: Option<&Payoffs>,
        known: impl Fn() -> Option<Vec<RBig>>,
        sum: Option<RBig>,
    ) {
        let Some(claimed) = claimed else { return };
        let Some(numbers) = self.read(name, self.reader.each(claimed)) else { return };
        if self.short {
            let known = known().unwrap_or_default();
            let agrees = known.len() == numbers.len()
                && numbers.iter().zip(&known).all(|(number, value)| read::is(number, value));
            self.exact(format!("{name}: the numbers follow from the definition"), agrees);
            return;
        }
        if let Some(sum) = sum {
            self.sum(name, &numbers, &sum);
        }
        let remedy = if self.report.players.len() <= MOST_SUMMED {
            " (--thorough goes through all coalitions)"
        } else {
            ""
        };
        self.found.unexamined.push(format!("{name}: each number by the definition{remedy}"));
    }

    fn sum(&mut self, name: &str, numbers: &[&Number], sum: &RBig) {
        let exact = numbers.iter().map(|number| match number {
            Number::Exact(text) => self.reader.exact(text).ok(),
            Number::Float(_) => None,
        });
        let what = format!("{name}: the numbers add up to {sum}");
        if let Some(exact) = exact.collect::<Option<Vec<RBig>>>() {
            let total = exact.iter().fold(RBig::ZERO, |total, x| total + x);
            self.exact(what, total == *sum);
            return;
        }
        let floats = numbers.iter().map(|number| match number {
            Number::Exact(text) => self.reader.exact(text).map_or(f64::NAN, |x| x.to_f64().value()),
            Number::Float(x) => *x,
        });
        let (total, size) = floats.fold((0.0, 0.0f64), |(t, s), x| (t + x, s + x.abs()));
        let off = (total - sum.to_f64().value()).abs() / size.max(f64::MIN_POSITIVE);
        self.found.claims.push(Claim::within(what, off, 1e-12));
    }
}
