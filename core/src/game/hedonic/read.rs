//! Hedonic games from CSV.
//!
//! | header | a row says |
//! |---|---|
//! | `player,coalition,value` | what a player makes of a coalition that it is in; higher is better |
//! | `player,rank,coalition` | the place that it has among the player's; 1 is the best |
//! | `player,preferences` | all that the player accepts: `A+B > A+C = A`, best first |
//! | `player,first,second,…` | the same with a cell for each class, equals joined by `=` |
//!
//! Only the order counts. Coalitions that a player does not name are worse for it than all that
//! it names and than being alone, and it does not care which of them it is in. If it does not
//! name itself alone, that comes after all that it names.

use std::collections::HashSet;

use dashu_ratio::RBig;

use super::HedonicGame;
use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::game::cooperative::read::not_a_number;
use crate::table::{Row, Rows};

/// How preferences are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Values,
    Ranks,
    Preferences,
    Classes,
}

/// The form that a header announces.
fn form(header: &[String]) -> Option<Form> {
    let header: Vec<String> = header.iter().map(|cell| cell.to_lowercase()).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    match header[..] {
        ["player", "coalition", "value" | "worth" | "payoff"] => Some(Form::Values),
        ["player", "rank", "coalition"] => Some(Form::Ranks),
        ["player", "preferences" | "preference"] => Some(Form::Preferences),
        ["player", "first" | "best", ..] => Some(Form::Classes),
        _ => None,
    }
}

/// Whether a file's bytes begin with the header of a hedonic game.
pub fn recognises(bytes: &[u8]) -> bool {
    Rows::new(bytes, "").is_ok_and(|rows| form(&rows.header.cells).is_some())
}

impl HedonicGame {
    /// The game in a CSV file's bytes, in one of the forms above; `file` is what errors call it.
    /// O(file + n · 2^n).
    ///
    /// # Errors
    /// If the header is none of those, a cell is not what it should be, a coalition is named
    /// twice by a player or without it: file and line are named.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        let rows = Rows::new(bytes, file)?;
        let Some(form) = form(&rows.header.cells) else {
            return Err(Error::input(
                rows.header.place(),
                format!("expected a header such as player,preferences, found {:?}", {
                    rows.header.cells.join(",")
                }),
                "start with player,preferences or player,rank,coalition or \
                 player,coalition,value",
            ));
        };
        let mut reader =
            Reader { names: names(&rows, form)?, named: HashSet::new(), lists: Vec::new() };
        reader.lists = vec![Vec::new(); reader.names.len()];
        for row in rows.iter() {
            reader.row(&row?, form)?;
        }
        let lists: Vec<_> = reader.lists.into_iter().map(classes).collect();
        Self::of_lists(reader.names, &lists)
    }
}

/// The players: those who have a row.
fn names(rows: &Rows, form: Form) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for row in rows.iter() {
        let row = row?;
        let name = &row.cells[0];
        if name.is_empty() {
            let remedy = "name the player, or delete the row";
            return Err(Error::input(row.cell("player"), "a player without a name", remedy));
        }
        let known = names.contains(name);
        if known && matches!(form, Form::Preferences | Form::Classes) {
            let problem = format!("{name} is named twice");
            return Err(Error::input(row.cell("player"), problem, "keep one row a player"));
        }
        if !known {
            names.push(name.clone());
        }
    }
    if names.is_empty() || names.len() > HedonicGame::MAX_PLAYERS {
        return Err(Error::input(
            Place::file(rows.file),
            format!("{} players", names.len()),
            format!("give rows for 1 to {} players", HedonicGame::MAX_PLAYERS),
        ));
    }
    Ok(names)
}

struct Reader {
    names: Vec<String>,
    /// The coalitions that each player has named.
    named: HashSet<(usize, Coalition)>,
    /// For each player what it named, with a number, the higher the better.
    lists: Vec<Vec<(RBig, Coalition)>>,
}

impl Reader {
    fn row(&mut self, row: &Row, form: Form) -> Result<()> {
        let i = self.names.iter().position(|name| *name == row.cells[0]).unwrap_or(0);
        let number = |column: usize, title: &str| {
            let fault = || not_a_number(row.cell(title), &row.cells[column], "a number");
            row.number(column).ok_or_else(fault)
        };
        match form {
            Form::Values => {
                row.expect_cells(3)?;
                self.name(i, number(2, "value")?, &row.cells[1], row.cell("coalition"))
            }
            Form::Ranks => {
                row.expect_cells(3)?;
                self.name(i, -number(1, "rank")?, &row.cells[2], row.cell("coalition"))
            }
            Form::Preferences => {
                row.expect_cells(2)?;
                let classes = row.cells[1].split('>').map(str::trim);
                let empty = row.cells[1].is_empty();
                self.classes(i, classes.filter(|_| !empty), &row.cell("preferences"))
            }
            Form::Classes => {
                let cells = row.cells[1..].iter().map(String::as_str);
                self.classes(i, cells.filter(|cell| !cell.is_empty()), &row.place())
            }
        }
    }

    fn classes<'a>(
        &mut self,
        i: usize,
        classes: impl Iterator<Item = &'a str>,
        place: &Place,
    ) -> Result<()> {
        for (at, class) in classes.enumerate() {
            for coalition in class.split('=') {
                self.name(i, -RBig::from(at), coalition.trim(), place.clone())?;
            }
        }
        Ok(())
    }

    /// Takes down that a player names a coalition.
    fn name(&mut self, i: usize, number: RBig, text: &str, place: Place) -> Result<()> {
        let mut set = Coalition::EMPTY;
        for member in text.split('+').map(str::trim) {
            match self.names.iter().position(|name| name == member) {
                Some(j) if !set.contains(j) => set = set.with(j),
                Some(_) => {
                    let problem = format!("{member} is there twice in {text:?}");
                    return Err(Error::input(place, problem, "name each member once"));
                }
                None => {
                    let problem = format!("{member:?} in {text:?} is no player");
                    let remedy = "join players' names by +; every player has a row of its own";
                    return Err(Error::input(place, problem, remedy));
                }
            }
        }
        if !set.contains(i) {
            let problem = format!("{text:?} is without {}", self.names[i]);
            let remedy = "a player ranks the coalitions that it is in";
            return Err(Error::input(place, problem, remedy));
        }
        if !self.named.insert((i, set)) {
            let problem = format!("{} names {text} twice", self.names[i]);
            return Err(Error::input(place, problem, "keep one of the two"));
        }
        self.lists[i].push((number, set));
        Ok(())
    }
}

/// Classes of equal numbers, the highest first.
fn classes(mut named: Vec<(RBig, Coalition)>) -> Vec<Vec<Coalition>> {
    crate::order::sort_by(&mut named, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut classes: Vec<(RBig, Vec<Coalition>)> = Vec::new();
    for (number, set) in named {
        match classes.last_mut() {
            Some((last, class)) if *last == number => class.push(set),
            _ => classes.push((number, vec![set])),
        }
    }
    classes.into_iter().map(|(_, class)| class).collect()
}
