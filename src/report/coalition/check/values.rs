//! Values and power indices, by their definitions.

use dashu_ratio::RBig;

use super::{Examiner, MOST_COUNTED, MOST_SUMMED};
use crate::certify::Claim;
use crate::certify::cooperative::counting::Weights;
use crate::coalition::Coalition;
use crate::finding::cooperative::Concept;
use crate::game::cooperative::Game;
use crate::report::coalition::indices::{ROWS, Total};
use crate::report::coalition::read;
use crate::report::coalition::{Number, Payoffs};

impl Examiner<'_> {
    pub(super) fn values(&mut self) {
        let report = self.report;
        if ROWS.iter().any(|row| row.of_simple && (row.payoffs)(report).is_some()) {
            self.exact("indices: the game is a simple one", self.game.is_simple());
        }
        for row in &ROWS {
            let total = match row.total {
                Total::Grand => Some(self.grand()),
                Total::One => Some(RBig::ONE),
                Total::Any => None,
            };
            self.payoffs(row.concept, row.key, (row.payoffs)(report).as_ref(), total);
        }
    }

    /// Coleman's indices.
    pub(super) fn coleman(&mut self) {
        const WHAT: &str = "coleman";
        let Some(claimed) = &self.report.coleman else { return };
        self.exact("coleman: the game is a simple one", self.game.is_simple());
        let both = [&claimed.prevent, &claimed.initiate].map(|numbers| self.reader.each(numbers));
        let [prevent, initiate] = both;
        let (Some(prevent), Some(initiate)) = (self.read(WHAT, prevent), self.read(WHAT, initiate))
        else {
            return;
        };
        let Some(known) = self.values.coleman() else {
            let remedy = self.remedy_of(Weights::swing_steps);
            return self.found.skip(format!("{WHAT}: each number by the definition{remedy}"));
        };
        let holds = read::is(&claimed.act, &known.act)
            && read::are(&prevent, &known.prevent)
            && read::are(&initiate, &known.initiate);
        self.exact("coleman: the numbers follow from the definition", holds);
    }

    fn grand(&self) -> RBig {
        match self.game {
            Game::Table(table) => table.value(Coalition::grand(table.players())),
            Game::Weighted(_) | Game::Contest(_) => RBig::ONE,
        }
    }

    /// That numbers add up, and are those of the definition.
    fn payoffs(
        &mut self,
        concept: Concept,
        name: &str,
        claimed: Option<&Payoffs>,
        sum: Option<RBig>,
    ) {
        let Some(claimed) = claimed else { return };
        let Some(numbers) = self.read(name, self.reader.each(claimed)) else { return };
        if let Some(sum) = sum {
            self.sum(name, &numbers, &sum);
        }
        if let Some(known) = self.values.of(concept) {
            let agrees = read::are(&numbers, &known.unwrap_or_default());
            self.exact(format!("{name}: the numbers follow from the definition"), agrees);
            return;
        }
        let linear = [Concept::Shapley, Concept::Banzhaf, Concept::BanzhafNormalized];
        let remedy = match linear.contains(&concept) {
            true => self.remedy_of(Weights::swing_steps),
            false => self.remedy(),
        };
        self.found.unexamined.push(format!("{name}: each number by the definition{remedy}"));
    }

    /// How what takes a walk through all coalitions, or a long count, can be examined.
    pub(super) fn remedy(&self) -> &'static str {
        self.remedy_of(Weights::steps)
    }

    /// The same of a count that takes so many steps.
    fn remedy_of(&self, steps: impl Fn(&Weights) -> u64) -> &'static str {
        if self.thorough {
            " (the game is too large)"
        } else if self.report.players.len() <= MOST_SUMMED {
            " (--thorough goes through all coalitions)"
        } else if Weights::of(self.game).is_some_and(|counted| steps(&counted) <= MOST_COUNTED) {
            " (--thorough counts all coalitions again)"
        } else {
            " (the game is too large)"
        }
    }

    pub(super) fn sum(&mut self, name: &str, numbers: &[&Number], sum: &RBig) {
        let exact = numbers.iter().map(|number| match number {
            Number::Exact(text) => self.reader.exact(text).ok(),
            Number::Float(_) => None,
        });
        let what = format!("{name}: the numbers add up to {sum}");
        if let Some(exact) = exact.collect::<Option<Vec<RBig>>>() {
            let total = crate::exact::sum(&exact);
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
