//! A value for each profile of a game, from CSV: a column for each player's strategy, by the
//! player's name and in any order, and a column `value`; a row for each profile.

use std::collections::HashMap;

use crate::error::{Error, Place, Result};
use crate::game::nfg::number::Number;
use crate::game::table::{Column, Payoffs, Player, count_profiles};
use crate::table::Rows;

/// Reads the values of all profiles, exactly, by the profiles' numbers. `players` are those of
/// the game, under names that are all different; `file` names the file in errors. O(bytes).
///
/// # Errors
/// Names the line and the column of what cannot be used, or the first profile without a row.
pub fn read_values(bytes: &[u8], file: &str, players: &[Player]) -> Result<Payoffs> {
    let rows = Rows::new(bytes, file)?;
    let headers = &rows.header.cells;
    let column = |name: &str| headers.iter().position(|header| header == name);
    let places: Option<Vec<usize>> = players.iter().map(|player| column(&player.name)).collect();
    let value = headers.iter().position(|header| header.eq_ignore_ascii_case("value"));
    let (Some(places), Some(value), true) = (places, value, headers.len() == players.len() + 1)
    else {
        let names: Vec<&str> = players.iter().map(|player| player.name.as_str()).collect();
        return Err(Error::input(
            rows.header.place(),
            format!("expected the columns {},value", names.join(",")),
            "name a column after each player, and one \"value\"",
        ));
    };
    let sizes: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
    let profiles = count_profiles(&sizes)?;
    let known: Vec<HashMap<&str, usize>> = players
        .iter()
        .map(|p| p.strategies.iter().enumerate().map(|(a, name)| (name.as_str(), a)).collect())
        .collect();
    let mut values: Vec<Option<(u64, Number)>> = vec![None; profiles];
    for row in rows.iter() {
        let row = row?;
        row.expect_cells(headers.len())?;
        let line = row.line;
        let (mut index, mut stride) = (0, 1);
        for (i, player) in players.iter().enumerate() {
            let strategy = &row.cells[places[i]];
            let Some(a) = known[i].get(strategy.as_str()) else {
                return Err(Error::input(
                    Place::cell(file, line, &player.name),
                    format!("expected a strategy of {}, found \"{strategy}\"", player.name),
                    format!("write one of {}", player.strategies.join(", ")),
                ));
            };
            index += a * stride;
            stride *= sizes[i];
        }
        let number = Number::parse(row.digits(value).as_bytes()).map_err(|found| {
            Error::input(
                row.cell("value"),
                format!("expected a number, found {found}, \"{}\"", row.cells[value]),
                "write it like 3, 1/2, 0.25 or 1e-3",
            )
        })?;
        if let Some((first, _)) = values[index].replace((line, number)) {
            return Err(Error::input(
                Place::line(file, line),
                format!("the profile is given again, first on line {first}"),
                "leave one of the rows out",
            ));
        }
    }
    let mut column = Column::default();
    for (index, value) in values.into_iter().enumerate() {
        let Some((_, number)) = value else {
            let mut rest = index;
            let name = |player: &Player| {
                let k = player.strategies.len();
                let name = player.strategies[rest % k].clone();
                rest /= k;
                name
            };
            let missing: Vec<String> = players.iter().map(name).collect();
            return Err(Error::input(
                Place::file(file),
                format!("there is no row for the profile ({})", missing.join(", ")),
                "write one row for each profile",
            ));
        };
        number.push_to(&mut column);
    }
    Ok(column.payoffs())
}
