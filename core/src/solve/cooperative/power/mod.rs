//! Power indices and values, exact.

mod coleman;
mod counting;
mod critical;
mod marginals;
mod minimal;
mod swings;
mod weighted;

use dashu_ratio::RBig;

use crate::error::Result;
use crate::game::cooperative::Game;
use crate::work::Work;

pub(in crate::solve) use critical::counts as critical_counts_within;
pub(in crate::solve) use minimal::{
    counts as minimal_counts_within, total_within as minimal_total_within,
};

pub use critical::CriticalCounts;
pub use marginals::{FloatValues, Marginals, float_values};
pub use minimal::{MinimalCounts, minimal_total, minimal_winning};

/// The marginal contributions of every player by size, from which come
/// [`Marginals::shapley`], [`Marginals::banzhaf`] and [`Marginals::banzhaf_normalized`].
///
/// # Errors
/// If the game is too large to be laid out or counted.
pub fn marginals(game: &Game) -> Result<Marginals> {
    marginals_within(game, &Work::default())
}

pub(in crate::solve) fn marginals_within(game: &Game, work: &Work) -> Result<Marginals> {
    match game {
        Game::Weighted(game) => weighted::marginals(game, work),
        Game::Table(_) | Game::Contest(_) => Ok(Marginals::of_table(&*game.table_within(work)?)),
    }
}

/// The minimal winning coalitions of a simple game, counted by player and size, from which
/// come [`MinimalCounts::deegan_packel`] and [`MinimalCounts::holler_packel`].
///
/// # Errors
/// If the game is not simple, or too large.
pub fn minimal_counts(game: &Game) -> Result<MinimalCounts> {
    minimal::counts(game, &Work::default())
}

/// The winning coalitions of a simple game in which each player is critical, by the number of
/// those who are, from which comes [`CriticalCounts::johnston`].
///
/// # Errors
/// If the game is not simple, or too large.
pub fn critical_counts(game: &Game) -> Result<CriticalCounts> {
    critical::counts(game, &Work::default())
}

/// The Shapley value of each player; of a simple game the Shapley–Shubik index.
///
/// # Errors
/// As [`marginals`].
pub fn shapley(game: &Game) -> Result<Vec<RBig>> {
    Ok(marginals(game)?.shapley())
}

/// The Banzhaf value of each player, swings over `2^(n−1)`.
///
/// # Errors
/// As [`marginals`].
pub fn banzhaf(game: &Game) -> Result<Vec<RBig>> {
    Ok(marginals(game)?.banzhaf())
}
