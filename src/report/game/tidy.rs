//! The report on a game as a tidy table: one number a row.

use crate::report::format::{Cells, Datum, Table, Tidy};
use crate::report::game::*;

impl GameReport {
    /// The report as a table with the columns
    /// `concept,number,player,strategy,quantity,value,text`. `number` counts the equilibria of a
    /// concept from 1.
    pub fn table(&self) -> Table {
        let mut rows = Rows(Tidy::new(["concept", "number", "player", "strategy", "quantity"]));
        for (k, found) in self.pure.iter().flatten().enumerate() {
            let number = (k + 1).to_string();
            self.profile(&mut rows, "pure", &number, &found.profile);
            self.payoffs(&mut rows, "pure", &number, "payoff", &found.payoffs);
        }
        if let Some(dominance) = &self.dominance {
            for (player, left) in self.players.iter().zip(&dominance.remaining) {
                for strategy in &player.strategies {
                    let stays = left.contains(strategy);
                    rows.add(["dominance", "", &player.name, strategy, "remains"], stays);
                }
            }
        }
        for (k, found) in self.mixed.iter().flatten().enumerate() {
            let number = (k + 1).to_string();
            for (player, p) in self.players.iter().zip(&found.profile) {
                for (strategy, p) in player.strategies.iter().zip(p) {
                    rows.add(["mixed", &number, &player.name, strategy, "probability"], p);
                }
            }
            self.payoffs(&mut rows, "mixed", &number, "payoff", &found.payoffs);
            self.payoffs(&mut rows, "mixed", &number, "regret", &found.regrets);
            for outcome in found.outcomes.iter().flatten() {
                let (profile, p) = (outcome.profile.join("; "), &outcome.probability);
                rows.add(["mixed", &number, "", &profile, "probability of the profile"], p);
            }
        }
        if let Some(logit) = &self.logit {
            for (player, p) in self.players.iter().zip(&logit.profile) {
                for (strategy, p) in player.strategies.iter().zip(p) {
                    rows.add(["logit", "1", &player.name, strategy, "probability"], p);
                }
            }
            for (player, payoff) in self.players.iter().zip(&logit.payoffs) {
                rows.add(["logit", "1", &player.name, "", "payoff"], payoff);
            }
            rows.add(["logit", "1", "", "", "precision"], logit.precision);
        }
        for (concept, range) in
            [("correlated", &self.correlated), ("coarse_correlated", &self.coarse_correlated)]
        {
            let Some(range) = range else { continue };
            rows.add([concept, "", "", "", "min"], &range.min);
            rows.add([concept, "", "", "", "max"], &range.max);
            for (quantity, end) in [("min", &range.lowest), ("max", &range.highest)] {
                for (player, payoff) in self.players.iter().zip(&end.payoffs) {
                    let quantity = format!("payoff at {quantity}");
                    rows.add([concept, "", &player.name, "", &quantity], payoff);
                }
                for likely in &end.distribution {
                    let quantity = format!("probability at {quantity}");
                    let profile = likely.profile.join("; ");
                    let p = &likely.probability;
                    rows.add([concept, "", "", &profile, &quantity], p);
                }
            }
        }
        for (concept, stable) in
            [("strong", &self.strong), ("coalition_proof", &self.coalition_proof)]
        {
            for (k, found) in stable.iter().flatten().enumerate() {
                self.profile(&mut rows, concept, &(k + 1).to_string(), &found.profile);
            }
        }
        for (concept, bounds) in [
            ("correlated", &self.so_far.correlated),
            ("coarse_correlated", &self.so_far.coarse_correlated),
        ] {
            let Some(bounds) = bounds else { continue };
            for (quantity, [low, high]) in [("min", bounds.min), ("max", bounds.max)] {
                for (end, value) in [("at least", low), ("at most", high)] {
                    let quantity = format!("{quantity} {end}");
                    rows.add([concept, "", "", "", &quantity], value);
                }
            }
        }
        for (what, why) in &self.undecided.0 {
            rows.add([what, "", "", "", "undecided"], why.as_str());
        }
        let mut table = rows.0.table();
        numbered(&mut table);
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }

    fn profile(&self, rows: &mut Rows, concept: &str, number: &str, profile: &[String]) {
        for (player, strategy) in self.players.iter().zip(profile) {
            rows.add([concept, number, &player.name, strategy, "probability"], 1.0);
        }
    }

    fn payoffs(&self, rows: &mut Rows, concept: &str, number: &str, what: &str, values: &[Num]) {
        for (player, value) in self.players.iter().zip(values) {
            rows.add([concept, number, &player.name, "", what], value);
        }
    }
}

struct Rows(Tidy<5>);

impl Rows {
    fn add(
        &mut self,
        [concept, number, player, strategy, quantity]: [&str; 5],
        value: impl Into<Datum>,
    ) {
        self.0.add([concept, number, player, strategy, quantity], value);
    }
}

/// Makes the column `number` one of whole numbers.
fn numbered(table: &mut Table) {
    let column = &mut table.columns[1];
    if let Cells::Text(cells) = &column.cells {
        column.cells = Cells::Whole(cells.iter().map(|cell| cell.parse().ok()).collect());
    }
}

impl From<&Num> for Datum {
    fn from(number: &Num) -> Self {
        match number {
            Num::Float(value) => Self::Number(*value),
            Num::Exact(text) => Self::Exact(text.clone()),
        }
    }
}
