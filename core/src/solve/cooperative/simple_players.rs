//! The parts players have in a simple game.
//!
//! Definitions (Taylor & Zwicker 1999): a *veto* player is in every winning coalition; a
//! *dummy* swings none; a *dictator* wins alone and all others are dummies; all but the
//! dummies are *essential*: each is in some minimal winning coalition. Read off the swings by
//! size: `i` has a veto iff it swings the coalition of all others. O(n²) after these.

use dashu_int::IBig;

use crate::error::{Error, Result};
use crate::game::cooperative::{Game, SimpleTable};
use crate::solve::cooperative::power::{Marginals, marginals};

pub use crate::finding::cooperative::SimplePlayers;

/// Who has which part in a simple game.
///
/// # Errors
/// If the game is not simple and monotone, or as [`marginals`].
pub fn simple_players(game: &Game) -> Result<SimplePlayers> {
    if let Game::Table(table) = game {
        SimpleTable::of_table(table)?;
    }
    of_swings(&marginals(game)?)
}

/// Who has which part, by the swings of a monotone simple game.
///
/// # Errors
/// If there is no player.
pub fn of_swings(swings: &Marginals) -> Result<SimplePlayers> {
    let n = swings.players();
    if n == 0 {
        return Err(Error::parameter("players", "at least one", 0));
    }
    let swings = |i: usize| &swings.by_size[i];
    let (dummies, essential): (Vec<_>, Vec<_>) =
        (0..n).partition(|&i| swings(i).iter().all(IBig::is_zero));
    let veto = (0..n).filter(|&i| !swings(i)[n - 1].is_zero()).collect();
    let dictator = match essential[..] {
        [only] => Some(only),
        _ => None,
    };
    Ok(SimplePlayers { essential, veto, dictator, dummies })
}
