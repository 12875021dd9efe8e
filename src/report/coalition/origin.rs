//! What a game was made from: written into its report, and checked against the game in it.

use dashu_ratio::RBig;

use super::*;
use crate::contest::Contest;
use crate::error::Result;
use crate::game::cooperative::WeightedGame;
use crate::game::exact_settlement::{DECIMALS, ExactSettlement, exact_settlement};
use crate::parameters::Parameters;
use crate::report::Keyed;
use crate::system::System;

impl OriginReport {
    /// The settlement game of a system, laid out exactly, and where it came from.
    ///
    /// # Errors
    /// If a parameter is out of range, or as [`exact_settlement`].
    pub fn settlement(
        system: &System,
        decisiveness: f64,
    ) -> Result<(crate::game::cooperative::ExactTable, Self)> {
        let parameters = Parameters { decisiveness, ..Parameters::default() };
        let contest = Contest::new(system, &parameters)?;
        let names = system.states().iter().map(|state| state.id.clone()).collect();
        let ExactSettlement { table, rounded } = exact_settlement(&contest, names)?;
        let number = if decisiveness.is_finite() {
            Number::Float(decisiveness)
        } else {
            Number::Exact("inf".into())
        };
        let rule =
            OriginRule::Settlement { decisiveness: number, decimals: rounded.then_some(DECIMALS) };
        Ok((table, Self::of(system, rule)))
    }

    /// The simple majority game of a system, and where it came from.
    ///
    /// # Errors
    /// As [`WeightedGame::of_system`].
    pub fn majority(system: &System) -> Result<(WeightedGame, Self)> {
        Ok((WeightedGame::of_system(system)?, Self::of(system, OriginRule::Majority)))
    }

    fn of(system: &System, rule: OriginRule) -> Self {
        let shares = system.states().iter().zip(system.exact_shares());
        Self {
            rule,
            year: system.year(),
            measure: system.measure().into(),
            shares: Keyed(shares.map(|(s, p): (_, &RBig)| (s.id.clone(), p.to_string())).collect()),
        }
    }

    /// In words, for a heading.
    pub(super) fn words(&self) -> String {
        let year = self.year.map_or(String::new(), |year| format!("{year}, "));
        let rule = match &self.rule {
            OriginRule::Majority => "simple majority of power".into(),
            OriginRule::Settlement { decisiveness, decimals } => {
                let rounded =
                    decimals.map_or(String::new(), |d| format!(", values rounded to {d} decimals"));
                format!("settlement game, decisiveness {decisiveness}{rounded}")
            }
        };
        format!("{year}{rule}, power measured by {}", self.measure)
    }
}
