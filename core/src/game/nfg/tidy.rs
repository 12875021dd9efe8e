//! Reads a game from tidy CSV: one row for each profile, a column for each player's
//! strategy and then a column for each player's payoff.
//!
//! ```text
//! Row,Column,payoff Row,payoff Column
//! cooperate,cooperate,3,3
//! cooperate,defect,0,5
//! ```
//!
//! The payoff columns are in the order of the players, unless each names its player, alone
//! or beside the word `payoff`, `utility` or `u`. Rows may come in any order, every profile
//! once. Strategies are in the order in which they first appear.

use std::collections::HashMap;

use crate::error::{Error, Place, Result};
use crate::game::nfg::number::Number;
use crate::game::table::{Column, Player, StrategicTable, count_profiles};
use crate::table::Rows;

/// Reads a game from the bytes of a CSV file (`,`, `;` or tab), which `file` names in
/// errors. O(bytes).
///
/// # Errors
/// Names the line and the column of what cannot be used, or the first profile without a row.
pub fn read_csv(bytes: &[u8], file: &str) -> Result<StrategicTable> {
    let rows = Rows::new(bytes, file)?;
    let headers = &rows.header.cells;
    if headers.len() < 2 || headers.len() % 2 == 1 {
        return Err(Error::input(
            rows.header.place(),
            format!(
                "expected a strategy and a payoff column for each player, found {} columns",
                headers.len()
            ),
            "write the players' strategies first and then, in the same order, their payoffs",
        ));
    }
    let n = headers.len() / 2;
    let names = &headers[..n];
    let source = payoff_columns(headers, n);
    let mut players: Vec<Player> =
        names.iter().map(|name| Player::new(name, [] as [&str; 0])).collect();
    let mut numbers: Vec<HashMap<String, usize>> = vec![HashMap::new(); n];
    let mut found: Vec<(u64, Vec<usize>, Vec<Number>)> = Vec::new();
    for row in rows.iter() {
        let row = row?;
        row.expect_cells(headers.len())?;
        let line = row.line;
        let mut profile = Vec::with_capacity(n);
        for i in 0..n {
            let strategy = row.cells[i].as_str();
            if strategy.is_empty() {
                let place = row.cell(&names[i]);
                return Err(Error::input(
                    place,
                    "expected a strategy, found nothing",
                    "name the strategy",
                ));
            }
            let number = match numbers[i].get(strategy) {
                Some(&number) => number,
                None => {
                    let number = players[i].strategies.len();
                    players[i].strategies.push(strategy.to_owned());
                    numbers[i].insert(strategy.to_owned(), number);
                    number
                }
            };
            profile.push(number);
        }
        let mut payoffs = Vec::with_capacity(n);
        for &column in &source {
            payoffs.push(Number::parse(row.digits(column).as_bytes()).map_err(|found| {
                Error::input(
                    row.cell(&headers[column]),
                    format!("expected a payoff, found {found}, \"{}\"", row.cells[column]),
                    "write it like 3, 1/2, 0.25 or 1e-3",
                )
            })?);
        }
        found.push((line, profile, payoffs));
    }
    table(players, found, file)
}

/// Which column holds each player's payoff.
fn payoff_columns(headers: &[String], n: usize) -> Vec<usize> {
    let plain = |text: &str| -> String {
        let is_word = |word: &&str| !matches!(*word, "" | "payoff" | "utility" | "u" | "of" | "to");
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(is_word).collect();
        words.join(" ")
    };
    let player = |i: usize| plain(&headers[i]);
    let named: Option<Vec<usize>> = (0..n)
        .map(|i| {
            let mut matching = (n..2 * n).filter(|&c| plain(&headers[c]) == player(i));
            matching.next().filter(|_| matching.next().is_none())
        })
        .collect();
    let distinct = named.filter(|columns| {
        let mut sorted = columns.clone();
        sorted.sort_unstable();
        sorted.windows(2).all(|pair| pair[0] < pair[1])
    });
    distinct.unwrap_or_else(|| (n..2 * n).collect())
}

/// Puts the rows into the order of the profiles.
fn table(
    players: Vec<Player>,
    rows: Vec<(u64, Vec<usize>, Vec<Number>)>,
    file: &str,
) -> Result<StrategicTable> {
    let sizes: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
    if rows.is_empty() {
        return Err(Error::input(
            Place::file(file),
            "the file has no rows",
            "write one row for each profile",
        ));
    }
    let profiles = count_profiles(&sizes)?;
    let name = |profile: &[usize]| -> String {
        let names: Vec<&str> =
            profile.iter().zip(&players).map(|(&a, p)| p.strategies[a].as_str()).collect();
        names.join(", ")
    };
    // Sorted by number rather than laid out: a few rows may name a huge game.
    let number = |profile: &[usize]| {
        profile.iter().zip(&sizes).rev().fold(0, |index, (&a, &k)| index * k + a)
    };
    let mut order: Vec<(usize, usize)> =
        rows.iter().enumerate().map(|(row, (_, profile, _))| (number(profile), row)).collect();
    order.sort_unstable();
    if let Some(pair) = order.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let (line, profile, _) = &rows[pair[1].1];
        return Err(Error::input(
            Place::line(file, *line),
            format!(
                "the profile ({}) is given again, first on line {}",
                name(profile),
                rows[pair[0].1].0
            ),
            "leave one of the rows out",
        ));
    }
    if order.len() < profiles {
        let missing = order
            .iter()
            .enumerate()
            .find(|(k, (index, _))| k != index)
            .map_or(order.len(), |(k, _)| k);
        let mut rest = missing;
        let profile: Vec<usize> = sizes
            .iter()
            .map(|&k| {
                let a = rest % k;
                rest /= k;
                a
            })
            .collect();
        return Err(Error::input(
            Place::file(file),
            format!(
                "{} of {profiles} profiles have no row, the first is ({})",
                profiles - order.len(),
                name(&profile)
            ),
            "write one row for each profile",
        ));
    }
    let mut columns = vec![Column::default(); players.len()];
    for (_, row) in order {
        for (column, payoff) in columns.iter_mut().zip(&rows[row].2) {
            payoff.push_to(column);
        }
    }
    StrategicTable::new("", players, columns)
}
