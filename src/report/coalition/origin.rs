//! What a game was made from: written into its report, and checked against the game in it.

use dashu_ratio::RBig;

use super::*;
use crate::certify::accept;
use crate::certify::cooperative::MAX_PLAYERS;
use crate::certify::cooperative::partition_contest::is_contest_of_blocs;
use crate::certify::cooperative::settlement_table::is_settlement;
use crate::contest::Contest;
use crate::error::Result;
use crate::game::cooperative::{ContestGame, Game, PartitionGame, WeightedGame};
use crate::game::exact_settlement::{DECIMALS, ExactSettlement, exact_settlement};
use crate::game::partition_contest::{PartitionContest, partition_contest};
use crate::parameters::Parameters;
use crate::report::Keyed;
use crate::system::System;

impl OriginReport {
    /// The settlement game of a system and where it came from: laid out exactly, or given by
    /// the strengths where there are too many states (more than 24) for the solvers that list
    /// coalitions.
    ///
    /// # Errors
    /// If a parameter is out of range, or as [`exact_settlement`] and [`ContestGame::new`].
    pub fn settlement(system: &System, decisiveness: f64) -> Result<(Game, Self)> {
        let parameters = Parameters { decisiveness, ..Parameters::default() };
        let contest = Contest::new(system, &parameters)?;
        let names: Vec<String> = system.states().iter().map(|state| state.id.clone()).collect();
        let (game, decimals): (Game, _) = if names.len() > MAX_PLAYERS {
            let game = ContestGame::new(names, contest.exact_shares(), decisiveness)?;
            let decimals = game.decimals();
            (game.into(), decimals)
        } else {
            let ExactSettlement { table, rounded } = exact_settlement(&contest, names)?;
            let decimals = rounded.then_some(DECIMALS);
            let claim = is_settlement(&table, contest.exact_shares(), decisiveness, decimals);
            accept("settlement game", &[claim])?;
            (table.into(), decimals)
        };
        let decisiveness = Number::of_decisiveness(decisiveness);
        Ok((game, Self::of(system, OriginRule::Settlement { decisiveness, decimals })))
    }

    /// The contest of a system's blocs as a game with externalities, and where it came from.
    ///
    /// # Errors
    /// If a parameter is out of range, or as [`partition_contest`].
    pub fn externalities(system: &System, decisiveness: f64) -> Result<(PartitionGame, Self)> {
        let parameters = Parameters { decisiveness, ..Parameters::default() };
        let contest = Contest::new(system, &parameters)?;
        let names: Vec<String> = system.states().iter().map(|state| state.id.clone()).collect();
        let PartitionContest { game, rounded } = partition_contest(&contest, names)?;
        let decimals = rounded.then_some(DECIMALS);
        let claim = is_contest_of_blocs(&game, contest.exact_shares(), decisiveness, decimals);
        accept("contest of blocs", &[claim])?;
        let decisiveness = Number::of_decisiveness(decisiveness);
        Ok((game, Self::of(system, OriginRule::Externalities { decisiveness, decimals })))
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
            OriginRule::Externalities { decisiveness, decimals } => {
                let rounded =
                    decimals.map_or(String::new(), |d| format!(", worths rounded to {d} decimals"));
                format!("contest of blocs, decisiveness {decisiveness}{rounded}")
            }
        };
        format!("{year}{rule}, power measured by {}", self.measure)
    }
}
