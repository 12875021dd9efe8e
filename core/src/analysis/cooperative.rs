//! Cooperative games: solved and certified.

use crate::certify;
use crate::error::Result;
use crate::finding::cooperative::Solutions;
use crate::game::cooperative::Game;
use crate::solve::cooperative::{Options, solve};
use crate::work::Work;

/// Solves a cooperative game and certifies what is found. What takes a long enumeration to
/// certify is left to `check --thorough`, which says so.
///
/// # Errors
/// If a concept that was asked for does not take the game, a backend fails, or a finding does
/// not pass its own check.
///
/// ```
/// use equipoise::analysis::cooperative::analyse;
/// use equipoise::game::cooperative::{Quota, read};
/// use equipoise::solve::cooperative::Options;
/// use equipoise::work::Work;
///
/// let text = b"player,weight\nA,40\nB,30\nC,20\nD,10\n";
/// let quotas = vec![Quota::AtLeast(51.into())];
/// let terms = read::Terms { quotas, ..read::Terms::default() };
/// let game = read::game_from(text, "owen.csv", &terms)?;
/// let found = analyse(&game, &Options::default(), &Work::default())?;
/// assert_eq!(found.values[0].1[0].to_string(), "5/12"); // Shapley's value of A
/// # Ok::<(), equipoise::error::Error>(())
/// ```
pub fn analyse(game: &Game, options: &Options, work: &Work) -> Result<Solutions> {
    let found = solve(game, options, work)?;
    certify::accept("cooperative game", &certify::cooperative::solutions::claims(game, &found)?)?;
    Ok(found)
}
