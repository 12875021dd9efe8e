//! A division of what there is: `player,payoff`.

use dashu_ratio::RBig;

use super::not_a_number;
use crate::error::{Error, Place, Result};
use crate::table::Rows;

/// What each player gets by a file with the header `player,payoff`, in the players' order.
/// O(bytes + players²).
///
/// # Errors
/// If the header is another, a payoff is no number, or a player is unknown, there twice or
/// missing.
pub fn allocation(bytes: &[u8], file: &str, players: &[String]) -> Result<Vec<RBig>> {
    let rows = Rows::new(bytes, file)?;
    let header = &rows.header.cells;
    let is = |at: usize, names: &[&str]| {
        header.get(at).is_some_and(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
    };
    if header.len() != 2 || !is(0, &["player", "state", "name"]) || !is(1, &["payoff"]) {
        return Err(Error::input(
            rows.header.place(),
            format!("expected the header player,payoff, found {:?}", header.join(",")),
            "give one row a player, with what it gets",
        ));
    }
    let mut found: Vec<Option<RBig>> = vec![None; players.len()];
    for row in rows.iter() {
        let row = row?;
        row.expect_cells(2)?;
        let name = &row.cells[0];
        let Some(at) = players.iter().position(|player| player == name) else {
            let problem = format!("expected a player of the game, found {name:?}");
            let remedy = format!("name each of {} once", players.join(", "));
            return Err(Error::input(row.cell(&header[0]), problem, remedy));
        };
        let Some(payoff) = row.number(1) else {
            return Err(not_a_number(row.cell(&header[1]), &row.cells[1], "a number"));
        };
        if found[at].replace(payoff).is_some() {
            let problem = format!("{name} is named twice");
            return Err(Error::input(row.cell(&header[0]), problem, "keep one row a player"));
        }
    }
    let missing = || players.iter().zip(&found).find(|(_, payoff)| payoff.is_none());
    if let Some((player, _)) = missing() {
        let problem = format!("expected what {player} gets, found no row for it");
        return Err(Error::input(Place::file(file), problem, "give every player a row, if with 0"));
    }
    Ok(found.into_iter().flatten().collect())
}
