//! Reads Gambit's strategic form, in both variants.
//!
//! ```text
//! NFG 1 R "title" { "player" … } { number of strategies … } ["comment"]
//! NFG 1 R "title" { "player" … } { { "strategy" … } … } ["comment"]
//! ```
//!
//! and then either the payoffs, of all players for each profile, or a list of outcomes
//! `{ { "name" payoff, … } … }` and an outcome's number for each profile, 0 being the one
//! that pays nothing. The first player's strategy varies fastest.

use crate::error::{Error, Result};
use crate::game::nfg::number::Number;
use crate::game::nfg::token::{Token, Tokens};
use crate::game::table::{Column, Player, StrategicTable, count_profiles};

/// Reads a game from the bytes of a `.nfg` file, which `file` names in errors. O(bytes).
///
/// # Errors
/// Names the line and the column of what cannot be used.
pub fn read(bytes: &[u8], file: &str) -> Result<StrategicTable> {
    let mut tokens = Tokens::new(bytes, file);
    let title = header(&mut tokens)?;
    let players = roster(&mut tokens)?;
    let comment = match tokens.peek()? {
        Token::Text(text) => {
            tokens.next()?;
            tokens.name(text)?
        }
        _ => String::new(),
    };
    let sizes: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
    let profiles = count_profiles(&sizes)?;
    // Two bytes a number at the least: a file that promises more than it holds costs nothing.
    if profiles > bytes.len() {
        return Err(tokens.error(
            format!("the file is too short for {profiles} profiles"),
            "check the numbers of strategies",
        ));
    }
    let columns = match tokens.peek()? {
        Token::Open => outcomes(&mut tokens, &players, profiles)?,
        _ => payoffs(&mut tokens, players.len(), profiles)?,
    };
    match tokens.next()? {
        Token::End => {}
        found => {
            let remedy = "check the numbers of players and strategies";
            return Err(tokens.unexpected("the end of the file", found, remedy));
        }
    }
    Ok(StrategicTable::new(title, players, columns)?.with_comment(comment))
}

/// `NFG 1 R "title"`
fn header(tokens: &mut Tokens<'_>) -> Result<String> {
    const REMEDY: &str = "a .nfg file begins with NFG 1 R \"title\"";
    let expectations: [(&str, &[&[u8]]); 3] =
        [("NFG", &[b"NFG"]), ("version 1", &[b"1"]), ("R or D", &[b"R", b"D"])];
    for (expected, allowed) in expectations {
        match tokens.next()? {
            Token::Word(word) if allowed.contains(&word) => {}
            found => return Err(tokens.unexpected(expected, found, REMEDY)),
        }
    }
    match tokens.next()? {
        Token::Text(text) => tokens.name(text),
        found => Err(tokens.unexpected("the title in quotation marks", found, REMEDY)),
    }
}

fn open(tokens: &mut Tokens<'_>, list: &str) -> Result<()> {
    match tokens.next()? {
        Token::Open => Ok(()),
        found => Err(tokens.unexpected(&format!("{{ before {list}"), found, "add the brace")),
    }
}

/// The players' names and their strategies.
fn roster(tokens: &mut Tokens<'_>) -> Result<Vec<Player>> {
    open(tokens, "the players' names")?;
    let names = names(tokens, "a player's name")?;
    if names.is_empty() {
        return Err(tokens.error("a game needs at least one player", "name the players"));
    }
    open(tokens, "the strategies")?;
    let mut players = Vec::with_capacity(names.len());
    for name in names {
        let strategies = match tokens.next()? {
            Token::Open => self::names(tokens, "a strategy's name")?,
            Token::Word(word) => numbered(tokens, word)?,
            found => {
                let expected = format!("the strategies of player \"{name}\"");
                let remedy = "list their names in braces, or give their number";
                return Err(tokens.unexpected(&expected, found, remedy));
            }
        };
        if strategies.is_empty() {
            let problem = format!("player \"{name}\" has no strategy");
            return Err(tokens.error(problem, "give each player at least one"));
        }
        players.push(Player { name, strategies });
    }
    match tokens.next()? {
        Token::Close => Ok(players),
        found => {
            let expected = format!("}} after the strategies of {} players", players.len());
            Err(tokens.unexpected(&expected, found, "give one list for each player"))
        }
    }
}

/// Names up to the closing brace. Bare words are taken too.
fn names(tokens: &mut Tokens<'_>, expected: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    loop {
        match tokens.next()? {
            Token::Close => return Ok(names),
            Token::Text(text) | Token::Word(text) => names.push(tokens.name(text)?),
            found => return Err(tokens.unexpected(expected, found, "close the list with }")),
        }
    }
}

/// Strategies `1`, `2`, … of which only the number is given.
fn numbered(tokens: &Tokens<'_>, word: &[u8]) -> Result<Vec<String>> {
    const MOST: usize = 1 << 24;
    let count = std::str::from_utf8(word).ok().and_then(|word| word.parse::<usize>().ok());
    match count {
        Some(count @ 0..=MOST) => Ok((1..=count).map(|k| k.to_string()).collect()),
        _ => Err(tokens.unexpected(
            "a number of strategies",
            Token::Word(word),
            "write a whole number above zero, at most 16777216",
        )),
    }
}

fn number(tokens: &Tokens<'_>, token: Token<'_>, expected: &str) -> Result<Number> {
    const REMEDY: &str = "write it like 3, 1/2, 0.25 or 1e-3";
    match token {
        Token::Word(word) => Number::parse(word).map_err(|found| {
            let word = String::from_utf8_lossy(&word[..word.len().min(40)]).into_owned();
            tokens.error(format!("expected {expected}, found {found}, \"{word}\""), REMEDY)
        }),
        found => Err(tokens.unexpected(expected, found, REMEDY)),
    }
}

/// The payoff variant: all players' payoffs, profile by profile.
fn payoffs(tokens: &mut Tokens<'_>, players: usize, profiles: usize) -> Result<Vec<Column>> {
    let mut columns = vec![Column::default(); players];
    for profile in 0..profiles {
        for column in &mut columns {
            match tokens.next()? {
                Token::End => {
                    return Err(short(
                        tokens,
                        "payoffs",
                        profile * players + column.len().min(1),
                        profiles * players,
                    ));
                }
                token => number(tokens, token, "a payoff")?.push_to(column),
            }
        }
    }
    Ok(columns)
}

fn short(tokens: &Tokens<'_>, what: &str, _found: usize, needed: usize) -> Error {
    tokens.error(
        format!("the file ends before the last of {needed} {what}"),
        "give one for each profile, the first player's strategy varying fastest",
    )
}

/// The outcome variant: a list of outcomes, then the outcome's number for each profile.
fn outcomes(tokens: &mut Tokens<'_>, players: &[Player], profiles: usize) -> Result<Vec<Column>> {
    open(tokens, "the outcomes")?;
    // Outcome 0 pays everyone nothing.
    let mut outcomes = vec![vec![Number::Small(0, 1); players.len()]];
    loop {
        match tokens.next()? {
            Token::Close => break,
            Token::Open => outcomes.push(outcome(tokens, players)?),
            found => {
                return Err(tokens.unexpected(
                    "an outcome in braces",
                    found,
                    "close the list with }",
                ));
            }
        }
    }
    let last = outcomes.len() - 1;
    let mut columns = vec![Column::default(); players.len()];
    for profile in 0..profiles {
        let token = tokens.next()?;
        let index = match token {
            Token::Word(word) => {
                std::str::from_utf8(word).ok().and_then(|word| word.parse::<usize>().ok())
            }
            Token::End => return Err(short(tokens, "outcome numbers", profile, profiles)),
            _ => None,
        };
        let Some(outcome) = index.and_then(|index| outcomes.get(index)) else {
            let expected = format!("an outcome's number, 0 to {last}");
            return Err(tokens.unexpected(&expected, token, "give one for each profile"));
        };
        for (column, payoff) in columns.iter_mut().zip(outcome) {
            payoff.push_to(column);
        }
    }
    Ok(columns)
}

/// `"name" payoff, … }`
fn outcome(tokens: &mut Tokens<'_>, players: &[Player]) -> Result<Vec<Number>> {
    match tokens.next()? {
        Token::Text(_) => {}
        found => {
            let remedy = "give it an empty name, \"\"";
            return Err(tokens.unexpected("the outcome's name in quotation marks", found, remedy));
        }
    }
    let mut payoffs = Vec::with_capacity(players.len());
    for player in players {
        let token = tokens.next()?;
        let expected = format!("the payoff of player \"{}\"", player.name);
        payoffs.push(number(tokens, token, &expected)?);
    }
    match tokens.next()? {
        Token::Close => Ok(payoffs),
        found => {
            let expected = format!("}} after {} payoffs", players.len());
            Err(tokens.unexpected(&expected, found, "give one payoff for each player"))
        }
    }
}
