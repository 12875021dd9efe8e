//! Cooperative games from CSV.
//!
//! | header | game |
//! |---|---|
//! | `coalition,value` (or `cost`) | the value of every coalition: `A+B`, `1+2+3` or a bitmask |
//! | `player,weight[,weight2,…]` | weighted majority, one quota for each column |
//! | `player,claim` | bankruptcy, with an estate |
//! | `player,cost` | airport |
//!
//! UTF-8 with or without a byte-order mark; LF, CRLF or CR; `,`, `;` or tab. Every error names
//! file and line.

mod coalitions;
mod plain;
mod rows;

use std::collections::HashSet;
use std::path::Path;

use dashu_ratio::RBig;

use super::number::parse_exact;
use super::{Game, Quota, Sense, WeightedGame, rules};
use crate::error::{Error, Place, Result};
pub(crate) use rows::{Row, Rows};

/// What a game needs besides its file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// A quota for each column of weights.
    pub quotas: Vec<Quota>,
    /// The estate of a bankruptcy game.
    pub estate: Option<RBig>,
}

/// The game in a file. O(file).
///
/// # Errors
/// If the file cannot be read, or as [`game_from`].
pub fn game(path: &Path, terms: &Terms) -> Result<Game> {
    let bytes = std::fs::read(path).map_err(|source| Error::io(path, source))?;
    game_from(&bytes, &path.display().to_string(), terms)
}

/// The game in a file's bytes; `file` is what errors call it.
///
/// # Errors
/// If the header is none of the above, a cell is not what its column holds, a coalition is
/// missing or given twice, a player is named twice, the quotas or the estate are missing, or
/// the numbers do not make a game.
pub fn game_from(bytes: &[u8], file: &str, terms: &Terms) -> Result<Game> {
    let rows = Rows::new(bytes, file)?;
    let header: Vec<&str> = rows.header.cells.iter().map(String::as_str).collect();
    let is = |column: usize, names: &[&str]| {
        header.get(column).is_some_and(|h| names.iter().any(|name| h.eq_ignore_ascii_case(name)))
    };
    if is(0, &["coalition"]) && header.len() == 2 && is(1, &["value", "worth", "cost"]) {
        let table = match plain::parse(rows.body, rows.delimiter) {
            Some(table) => table?,
            None => coalitions::parse(&rows)?,
        };
        let sense = if is(1, &["cost"]) { Sense::Cost } else { Sense::Worth };
        return Ok(table.with_sense(sense).into());
    }
    let known = is(0, &["player", "state", "name"]) && header.len() >= 2;
    if !known {
        return Err(Error::input(
            rows.header.place(),
            format!("expected a header such as coalition,value, found {:?}", header.join(",")),
            "start with coalition,value or player,weight or player,claim or player,cost",
        ));
    }
    let (names, columns) = players(&rows)?;
    match &columns[..] {
        [claims] if is(1, &["claim"]) => {
            let Some(estate) = &terms.estate else {
                return Err(Error::parameter("estate", "a number for a game of claims", "none"));
            };
            Ok(rules::bankruptcy(names, estate, claims)?.into())
        }
        [costs] if is(1, &["cost"]) => Ok(rules::airport(names, costs)?.into()),
        _ => {
            if terms.quotas.len() != columns.len() {
                let expected = format!("{}, one for each column of weights", columns.len());
                return Err(Error::parameter("quota", expected, terms.quotas.len()));
            }
            let rules: Vec<_> = columns.into_iter().zip(terms.quotas.iter().cloned()).collect();
            Ok(WeightedGame::new(names, &rules)?.into())
        }
    }
}

/// The names in the first column and the numbers in the others, by column.
fn players(rows: &Rows) -> Result<(Vec<String>, Vec<Vec<RBig>>)> {
    let header = &rows.header.cells;
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    let mut columns = vec![Vec::new(); header.len() - 1];
    for row in rows.iter() {
        let row = row?;
        row.expect_cells(header.len())?;
        let name = &row.cells[0];
        if name.is_empty() {
            let remedy = "name the player, or delete the row";
            return Err(Error::input(row.cell(&header[0]), "a player without a name", remedy));
        }
        if !seen.insert(name.clone()) {
            let problem = format!("{name} is named twice");
            return Err(Error::input(row.cell(&header[0]), problem, "keep one row a player"));
        }
        for ((column, cell), title) in columns.iter_mut().zip(&row.cells[1..]).zip(&header[1..]) {
            match parse_exact(cell) {
                Some(number) if number >= RBig::ZERO => column.push(number),
                _ => return Err(not_a_number(row.cell(title), cell, "a number ≥ 0")),
            }
        }
        names.push(name.clone());
    }
    if names.is_empty() {
        let place = Place::file(rows.file);
        return Err(Error::input(place, "no player below the header", "give one row a player"));
    }
    Ok((names, columns))
}

pub(crate) fn not_a_number(place: Place, found: &str, expected: &str) -> Error {
    Error::input(
        place,
        format!("expected {expected}, found {found:?}"),
        "write a decimal (0.5, 1e6) or a fraction (5/12)",
    )
}
