//! Cooperative games as people have them: exact numbers, named players.
//!
//! A [`Game`] is a table of all coalitions' values, a weighted majority game, which may have
//! hundreds of players, or a contest game of up to 64. [`read`](mod@read) takes both from CSV; [`rules`] lays out games
//! that are given by a few numbers.

mod by_rule;
mod contest;
mod externalities;
pub mod number;
pub mod read;
pub mod rules;
mod simple;
mod table;
mod types;
mod weighted;

use std::borrow::Cow;

use dashu_int::UBig;

use crate::coalition::Coalition;
use crate::error::Result;
use crate::game::tu::TuGame;
use crate::work::Work;
use number::Numerators;

pub use by_rule::{DivisionRule, RuleGame};
pub use contest::ContestGame;
pub use externalities::{Expectation, PartitionGame};
pub use simple::SimpleTable;
pub(crate) use simple::{OF_SIZE, WITH, with_player};
pub(crate) use table::check_players;
pub use table::{ExactTable, Sense};
pub use types::Types;
pub use weighted::{Quota, Rule, WeightedGame};

/// A cooperative game of named players.
#[derive(Debug, Clone, PartialEq)]
pub enum Game {
    /// The value of every coalition.
    Table(ExactTable),
    /// Weights and quotas.
    Weighted(WeightedGame),
    /// Strengths, of more players than are laid out.
    Contest(ContestGame),
}

impl Game {
    /// The players' names.
    pub fn names(&self) -> &[String] {
        match self {
            Self::Table(table) => table.names(),
            Self::Weighted(game) => game.names(),
            Self::Contest(game) => game.names(),
        }
    }

    /// The names of a coalition's members, in the order of the players.
    pub fn members(&self, coalition: Coalition) -> Vec<String> {
        coalition.members().filter_map(|i| self.names().get(i).cloned()).collect()
    }

    /// The exact value of every coalition; a game that is none of values is laid out. O(2^n).
    ///
    /// # Errors
    /// If there are more than [`ExactTable::MAX_PLAYERS`] players.
    pub fn table(&self) -> Result<ExactTable> {
        Ok(self.table_within(&Work::default())?.into_owned())
    }

    /// The same, if there is time; a table is not copied.
    pub fn table_within(&self, work: &Work) -> Result<Cow<'_, ExactTable>> {
        let game = match self {
            Self::Table(table) => return Ok(Cow::Borrowed(table)),
            Self::Contest(game) => return game.table_within(work).map(Cow::Owned),
            Self::Weighted(game) => game,
        };
        table::check_players(game.players())?;
        let simple = SimpleTable::of_weighted_within(game, work)?;
        let values =
            (0..1u64 << game.players()).map(|bits| i64::from(simple.wins(Coalition(bits))));
        let numerators = Numerators::Small(values.collect());
        ExactTable::from_integers(game.names().to_vec(), UBig::ONE, numerators).map(Cow::Owned)
    }

    /// The winning coalitions, if this is a simple game that can be laid out.
    ///
    /// # Errors
    /// As [`SimpleTable::of_table`] and [`SimpleTable::of_weighted`].
    pub fn simple(&self) -> Result<SimpleTable> {
        self.simple_within(&Work::default())
    }

    /// The same, if there is time.
    pub(crate) fn simple_within(&self, work: &Work) -> Result<SimpleTable> {
        match self {
            Self::Table(table) => SimpleTable::of_table(table),
            Self::Weighted(game) => SimpleTable::of_weighted_within(game, work),
            Self::Contest(game) => SimpleTable::of_table(&game.table_within(work)?),
        }
    }

    /// The weights and the quota, where the game has one rule whose numbers are small enough
    /// to count by.
    pub(crate) fn countable(&self) -> Option<(Vec<u64>, u64)> {
        match self {
            Self::Table(_) | Self::Contest(_) => None,
            Self::Weighted(game) => match game.rules() {
                [rule] => rule.small(),
                _ => None,
            },
        }
    }

    /// Whether this is a 0–1 game. A contest game is taken for none, though without bound and
    /// without ties it is one.
    pub fn is_simple(&self) -> bool {
        match self {
            Self::Table(table) => table.is_zero_one(),
            Self::Weighted(_) => true,
            Self::Contest(_) => false,
        }
    }
}

impl From<ExactTable> for Game {
    fn from(table: ExactTable) -> Self {
        Self::Table(table)
    }
}

impl From<WeightedGame> for Game {
    fn from(game: WeightedGame) -> Self {
        Self::Weighted(game)
    }
}

impl From<ContestGame> for Game {
    fn from(game: ContestGame) -> Self {
        Self::Contest(game)
    }
}

impl TuGame for ExactTable {
    fn players(&self) -> usize {
        ExactTable::players(self)
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.float(coalition)
    }
}

/// Of the first 64 players, where there are more.
impl TuGame for WeightedGame {
    fn players(&self) -> usize {
        WeightedGame::players(self)
    }

    fn value(&self, coalition: Coalition) -> f64 {
        f64::from(u8::from(self.wins(coalition)))
    }
}

impl TuGame for ContestGame {
    fn players(&self) -> usize {
        ContestGame::players(self)
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.float(self.strength(coalition))
    }
}

impl TuGame for Game {
    fn players(&self) -> usize {
        self.names().len()
    }

    fn value(&self, coalition: Coalition) -> f64 {
        match self {
            Self::Table(table) => table.float(coalition),
            Self::Weighted(game) => TuGame::value(game, coalition),
            Self::Contest(game) => TuGame::value(game, coalition),
        }
    }
}

/// Names `1` to `n`, for games that have none.
pub fn numbered(n: usize) -> Vec<String> {
    (1..=n).map(|i| i.to_string()).collect()
}
