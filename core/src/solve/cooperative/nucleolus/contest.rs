//! The prenucleolus and the nucleolus of contest games in fractions, without listing coalitions.
//!
//! Definition and method: as in [`exact_nucleolus`](mod@crate::solve::cooperative::nucleolus::exact), among the
//! allocations that pay players of the same strength the same ([`Types`]), with the coalitions
//! that complain most found by [`contest_separation`](crate::solve::cooperative::separation::contest).
//! The fractions are those that the levels' coalitions determine; with many players of different
//! strengths there are others whose excess is as large to eleven digits, so that the answer is
//! good to [`Tolerances::contest`], to which it is checked.
//! Cost: up to `n − 1` programmes. Limits: 40 players, more where many are alike.
//!
//! [`Types`]: crate::game::cooperative::Types
//! [`Tolerances::contest`]: crate::tolerance::Tolerances::contest

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::Result;
use crate::exact::sum;
use crate::game::cooperative::ContestGame;
use crate::lp::Backend;
use crate::solve::cooperative::nucleolus::exact::{ExactFinding, ExactNucleolus, exact_by_type};
use crate::solve::cooperative::separation::contest::ContestHalves;
use crate::work::Work;

/// The exact prenucleolus of a contest game of more than one player, without listing coalitions.
///
/// In the proof a coalition stands for all that have as many members of each strength, who get
/// the same.
///
/// # Errors
/// If there are too many players of different strengths (more than 40). A backend that fails
/// leaves it undecided.
pub fn exact_contest(game: &ContestGame, backend: Backend, work: &Work) -> Result<ExactFinding> {
    exact_by_type(&ContestHalves::new(game)?, &|s| game.value(s), true, backend, work)
}

/// The exact nucleolus of a contest game of more than one player, without listing coalitions.
/// `known`, the prenucleolus, is not solved for again.
///
/// It is the prenucleolus where this gives nobody less than it can get alone: always for a
/// decisiveness of 1 or more, where the game is zero-monotonic but for rounding (see
/// [`game::settlement`](crate::game::settlement); Maschler, Peleg & Shapley 1979). For less,
/// three players or more can get more alone than there is.
///
/// # Errors
/// As [`exact_contest`].
pub fn exact_contest_nucleolus(
    game: &ContestGame,
    known: Option<&ExactNucleolus>,
    backend: Backend,
    work: &Work,
) -> Result<ExactFinding> {
    let n = game.players();
    let alone: Vec<RBig> = (0..n).map(|i| game.value(Coalition::singleton(i))).collect();
    let shortfall = sum(alone.iter()) - RBig::ONE;
    if shortfall > RBig::ZERO {
        return Ok(ExactFinding::NoImputation(shortfall));
    }
    let found = match known {
        Some(known) => ExactFinding::Decided(known.clone()),
        None => exact_contest(game, backend, work)?,
    };
    if let ExactFinding::Decided(found) = &found
        && found.allocation.iter().zip(&alone).any(|(x, alone)| x < alone)
    {
        let why = "the prenucleolus gives a player less than it can get alone";
        return Ok(ExactFinding::Undecided(why.into()));
    }
    Ok(found)
}
