//! The report on a game as tidy CSV: one number a row.

use crate::report::format::csv::csv;
use crate::report::game::*;

impl GameReport {
    /// The report as CSV with the columns `concept,number,player,strategy,quantity,value`.
    /// `number` counts the equilibria of a concept from 1.
    pub fn csv(&self) -> String {
        let mut rows = Rows(Vec::new());
        rows.add(["concept", "number", "player", "strategy", "quantity", "value"]);
        for (k, found) in self.pure.iter().flatten().enumerate() {
            let number = (k + 1).to_string();
            self.profile(&mut rows, "pure", &number, &found.profile);
            self.payoffs(&mut rows, "pure", &number, "payoff", &found.payoffs);
        }
        if let Some(dominance) = &self.dominance {
            for (player, left) in self.players.iter().zip(&dominance.remaining) {
                for strategy in &player.strategies {
                    let stays = if left.contains(strategy) { "1" } else { "0" };
                    rows.add(["dominance", "", &player.name, strategy, "remains", stays]);
                }
            }
        }
        for (k, found) in self.mixed.iter().flatten().enumerate() {
            let number = (k + 1).to_string();
            for (player, p) in self.players.iter().zip(&found.profile) {
                for (strategy, p) in player.strategies.iter().zip(p) {
                    let value = full(p);
                    rows.add(["mixed", &number, &player.name, strategy, "probability", &value]);
                }
            }
            self.payoffs(&mut rows, "mixed", &number, "payoff", &found.payoffs);
            self.payoffs(&mut rows, "mixed", &number, "regret", &found.regrets);
            for outcome in found.outcomes.iter().flatten() {
                let (profile, p) = (outcome.profile.join("; "), full(&outcome.probability));
                rows.add(["mixed", &number, "", &profile, "probability of the profile", &p]);
            }
        }
        for (concept, range) in
            [("correlated", &self.correlated), ("coarse_correlated", &self.coarse_correlated)]
        {
            let Some(range) = range else { continue };
            rows.add([concept, "", "", "", "min", &full(&range.min)]);
            rows.add([concept, "", "", "", "max", &full(&range.max)]);
            for (quantity, end) in [("min", &range.lowest), ("max", &range.highest)] {
                for (player, payoff) in self.players.iter().zip(&end.payoffs) {
                    let quantity = format!("payoff at {quantity}");
                    rows.add([concept, "", &player.name, "", &quantity, &full(payoff)]);
                }
                for likely in &end.distribution {
                    let quantity = format!("probability at {quantity}");
                    let profile = likely.profile.join("; ");
                    let p = full(&likely.probability);
                    rows.add([concept, "", "", &profile, &quantity, &p]);
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
                    rows.add([concept, "", "", "", &quantity, &value.to_string()]);
                }
            }
        }
        for (what, why) in &self.undecided.0 {
            rows.add([what, "", "", "", "undecided", why]);
        }
        csv(rows.0)
    }

    fn profile(&self, rows: &mut Rows, concept: &str, number: &str, profile: &[String]) {
        for (player, strategy) in self.players.iter().zip(profile) {
            rows.add([concept, number, &player.name, strategy, "probability", "1"]);
        }
    }

    fn payoffs(&self, rows: &mut Rows, concept: &str, number: &str, what: &str, values: &[Num]) {
        for (player, value) in self.players.iter().zip(values) {
            rows.add([concept, number, &player.name, "", what, &full(value)]);
        }
    }
}

struct Rows(Vec<[String; 6]>);

impl Rows {
    fn add(&mut self, row: [&str; 6]) {
        self.0.push(row.map(str::to_owned));
    }
}

/// All digits.
fn full(number: &Num) -> String {
    match number {
        Num::Float(value) => value.to_string(),
        Num::Exact(text) => text.clone(),
    }
}
