//! Figures of cooperative games: the imputations of three players as a triangle, of four as a
//! tetrahedron, and in it core, least core, nucleolus and Shapley value.
//!
//! A corner gives one player all that the others do not get alone; a place gives each player so
//! much of that surplus as it is near to the player's corner. Lines across the triangle are
//! where two players get together just what they can get without the third; the core is what
//! they leave on their right sides.

mod draw;
mod polytope;
mod solutions;
mod subject;
mod view;

use crate::error::Result;
use crate::plot::{Paper, Scene};
use crate::report::coalition::CoalitionReport;

/// The figure of a game of three or four players, from the report on it.
///
/// # Errors
/// If there are fewer or more players, the imputations have no area, or the report has no
/// concept that can be drawn.
pub fn figure(report: &CoalitionReport, paper: &Paper) -> Result<Scene> {
    Ok(draw::scene(&subject::Subject::new(report)?, paper))
}

/// Refuses a game that no figure can be drawn of, before it is solved.
///
/// # Errors
/// Unless there are three or four players.
pub fn check_players(players: usize) -> Result<()> {
    subject::check_players(players)
}
