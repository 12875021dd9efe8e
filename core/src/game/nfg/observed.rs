//! Observed play, from CSV with the columns `player,strategy,count`, in any order.

use crate::error::{Error, Place, Result};
use crate::game::table::Player;
use crate::table::Rows;

/// Reads how often each strategy was played, by player; 0 where there is no row. `players` are
/// those of the game, under names that are all different. O(bytes · names).
///
/// # Errors
/// Names the line and the column of what cannot be used.
pub fn read_observed(bytes: &[u8], file: &str, players: &[Player]) -> Result<Vec<Vec<f64>>> {
    let rows = Rows::new(bytes, file)?;
    let headers = &rows.header.cells;
    let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let places = ["player", "strategy", "count"].map(column);
    let [Some(player), Some(strategy), Some(count)] = places else {
        return Err(Error::input(
            Place::line(file, 1),
            "expected the columns player,strategy,count",
            "give each strategy that was played a row",
        ));
    };
    let mut observed: Vec<Vec<Option<f64>>> =
        players.iter().map(|player| vec![None; player.strategies.len()]).collect();
    for row in rows.iter() {
        let row = row?;
        row.expect_cells(headers.len())?;
        let line = row.line;
        let cell = |column: usize| row.cells.get(column).map_or("", String::as_str);
        let wrong = |column: &str, expected: String, found: &str| {
            let problem = format!("expected {expected}, found \"{found}\"");
            Error::input(Place::cell(file, line, column), problem, "correct the cell")
        };
        let name = cell(player);
        let Some(i) = players.iter().position(|player| player.name == name) else {
            let all: Vec<&str> = players.iter().map(|player| player.name.as_str()).collect();
            return Err(wrong("player", format!("one of {}", all.join(", ")), name));
        };
        let own = &players[i].strategies;
        let Some(a) = own.iter().position(|own| own == cell(strategy)) else {
            return Err(wrong("strategy", format!("one of {}", own.join(", ")), cell(strategy)));
        };
        let number = cell(count).parse::<f64>().ok().filter(|c| c.is_finite() && *c >= 0.0);
        let Some(number) = number else {
            return Err(wrong("count", "a number, 0 or more".into(), cell(count)));
        };
        if observed[i][a].replace(number).is_some() {
            return Err(Error::input(
                Place::line(file, line),
                format!("{name}'s {} is counted again", cell(strategy)),
                "leave one of the rows out",
            ));
        }
    }
    Ok(observed
        .into_iter()
        .map(|own| own.into_iter().map(Option::unwrap_or_default).collect())
        .collect())
}
