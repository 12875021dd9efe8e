//! Cooperative games from CSV.
//!
//! | header | game |
//! |---|---|
//! | `coalition,value` (or `cost`) | the value of every coalition: `A+B`, `1+2+3` or a bitmask |
//! | `player,weight[,weight2,…]` | weighted majority, one quota for each column |
//! | `player,claim` | bankruptcy, with an estate |
//! | `player,cost` | airport |
//! | `player,strength` | a contest or a vote, see [`strengths`] |
//!
//! UTF-8 with or without a byte-order mark; LF, CRLF or CR; `,`, `;` or tab. Every error names
//! file and line.

mod allocation;
mod blocs;
mod coalitions;
mod partitions;
mod plain;

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use dashu_ratio::RBig;

use super::{DivisionRule, ExactTable, Game, Quota, RuleGame, Sense, WeightedGame, rules};
use crate::error::{Error, Place, Result};
use crate::table::{Rows, files};

pub use allocation::allocation;
pub use blocs::blocs;
pub use partitions::{has_externalities, partition_game};

/// What a game needs besides its file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// A quota for each column of weights.
    pub quotas: Vec<Quota>,
    /// The estate of a bankruptcy game.
    pub estate: Option<RBig>,
}

impl Terms {
    fn estate(&self) -> Result<&RBig> {
        let missing = || Error::parameter("estate", "a number for a game of claims", "none");
        self.estate.as_ref().ok_or_else(missing)
    }
}

/// The game in a file. O(file).
///
/// # Errors
/// If the file cannot be read, or as [`game_from`].
pub fn game(path: &Path, terms: &Terms) -> Result<Game> {
    if let Some(bytes) = files::given(path) {
        return game_from(&bytes, &path.display().to_string(), terms);
    }
    files::on_disk(path)?;
    let failed = |source| Error::io(path, source);
    let mut file = File::open(path).map_err(failed)?;
    if let Some(table) = streamed(&mut file).map_err(failed)? {
        return Ok(table?.into());
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    game_from(&bytes, &path.display().to_string(), terms)
}

/// A large table of the plain form, piece by piece: a file that is read at once costs more in
/// fresh memory than in reading. `None` if it is not of that form.
fn streamed(file: &mut File) -> std::io::Result<Option<Result<ExactTable>>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() < 2 * PIECE as u64 {
        return Ok(None);
    }
    let mut piece = vec![0; PIECE];
    let mut plain: Option<(plain::Plain, Sense)> = None;
    let mut kept = 0;
    loop {
        let read = file.read(&mut piece[kept..])?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        let Some(end) = piece[..filled].iter().rposition(|&b| b == b'\n') else {
            return Ok(None);
        };
        let lines = &piece[..=end];
        let fed = match &mut plain {
            Some((plain, _)) => plain.feed(lines),
            None => match Rows::new(lines, "") {
                Ok(rows) if table_sense(&rows).is_some() => {
                    let mut reader = plain::Plain::new(metadata.len() as usize, rows.delimiter);
                    let fed = reader.feed(rows.body);
                    plain = table_sense(&rows).map(|sense| (reader, sense));
                    fed
                }
                _ => return Ok(None),
            },
        };
        if fed.is_none() {
            return Ok(None);
        }
        piece.copy_within(end + 1..filled, 0);
        kept = filled - end - 1;
    }
    Ok(plain.and_then(|(mut plain, sense)| {
        plain.last_line(&piece[..kept])?;
        Some(plain.finish()?.map(|table| table.with_sense(sense)))
    }))
}

/// Bytes read at a time.
const PIECE: usize = 1 << 17;

/// Whether the header is that of a table of coalitions, and of worths or costs.
fn table_sense(rows: &Rows) -> Option<Sense> {
    let [first, second] = &rows.header.cells[..] else { return None };
    if !first.eq_ignore_ascii_case("coalition") {
        return None;
    }
    match second.to_ascii_lowercase().as_str() {
        "value" | "worth" => Some(Sense::Worth),
        "cost" => Some(Sense::Cost),
        _ => None,
    }
}

/// The players of a file with the header `player,strength` and their strengths, for games that
/// a contest or a vote makes of them; `None` if the file has another header.
///
/// # Errors
/// If a cell is not what its column holds, or a player is named twice.
pub fn strengths(bytes: &[u8], file: &str) -> Result<Option<(Vec<String>, Vec<RBig>)>> {
    let rows = Rows::new(bytes, file)?;
    match &rows.header.cells[..] {
        [first, second] if is_strengths(first, second) => {
            let (names, mut columns) = players(&rows)?;
            Ok(columns.pop().map(|strengths| (names, strengths)))
        }
        _ => Ok(None),
    }
}

/// Whether a text begins with the header of an airport or bankruptcy game.
pub fn is_rule(bytes: &[u8]) -> bool {
    Rows::new(bytes, "").is_ok_and(|rows| has_rule(&rows))
}

fn has_rule(rows: &Rows) -> bool {
    let [first, second] = &rows.header.cells[..] else { return false };
    let is = |cell: &str, names: &[&str]| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
    is(first, &["player", "state", "name"]) && is(second, &["cost", "claim"])
}

/// The airport or bankruptcy game of more players than are laid out in a file; `None` if it is
/// another game, or a smaller one.
///
/// # Errors
/// As [`game_from`].
pub fn large_rule(bytes: &[u8], file: &str, terms: &Terms) -> Result<Option<RuleGame>> {
    // A row of each player is a line at least.
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let rows = Rows::new(bytes, file)?;
    if !has_rule(&rows) || lines <= ExactTable::MAX_PLAYERS {
        return Ok(None);
    }
    let is_cost = rows.header.cells[1].eq_ignore_ascii_case("cost");
    let (names, mut columns) = players(&rows)?;
    let Some(numbers) = columns.pop().filter(|all| all.len() > ExactTable::MAX_PLAYERS) else {
        return Ok(None);
    };
    if !terms.quotas.is_empty() {
        let expected = "none for a game of costs or claims";
        return Err(Error::parameter("quota", expected, terms.quotas.len()));
    }
    let rule = match (is_cost, &terms.estate) {
        (true, Some(estate)) => {
            return Err(Error::parameter("estate", "none for a game of costs", estate));
        }
        (true, None) => DivisionRule::Airport { costs: numbers },
        (false, _) => DivisionRule::Bankruptcy { estate: terms.estate()?.clone(), claims: numbers },
    };
    RuleGame::new(names, rule).map(Some)
}

fn is_strengths(first: &str, second: &str) -> bool {
    first.eq_ignore_ascii_case("player") && second.eq_ignore_ascii_case("strength")
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
    if let Some(sense) = table_sense(&rows) {
        let table = match plain::parse(rows.body, rows.delimiter) {
            Some(table) => table?,
            None => coalitions::parse(&rows)?,
        };
        return Ok(table.with_sense(sense).into());
    }
    let known = is(0, &["player", "state", "name"]) && header.len() >= 2;
    if !known {
        return Err(Error::input(
            rows.header.place(),
            format!("expected a header such as coalition,value, found {:?}", header.join(",")),
            "start with coalition,value or player,weight or player,claim or player,cost; of a \
             hedonic game with player,preferences or player,coalition,value; of one with \
             externalities with partition,coalition,value",
        ));
    }
    let (names, columns) = players(&rows)?;
    match &columns[..] {
        [claims] if is(1, &["claim"]) => {
            Ok(rules::bankruptcy(names, terms.estate()?, claims)?.into())
        }
        [costs] if is(1, &["cost"]) => Ok(rules::airport(names, costs)?.into()),
        [_] if is_strengths(header[0], header[1]) => Err(Error::parameter(
            "game",
            "contest or majority for a file of strengths (--game contest)",
            "none",
        )),
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
        for (at, column) in (1..).zip(&mut columns) {
            match row.number(at) {
                Some(number) if number >= RBig::ZERO => column.push(number),
                _ => {
                    let place = row.cell(&header[at]);
                    return Err(not_a_number(place, &row.cells[at], "a number ≥ 0"));
                }
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
