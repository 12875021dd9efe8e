//! What `--objective` and `--objective-file` ask for.

use std::path::Path;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::game::table::Player;
use crate::game::{StrategicTable, nfg};
use crate::report::game::{GamePlayer, names};
use crate::solve::strategic::correlated::Objective;
use crate::table::files;

/// Reads `welfare`, `minimum`, `player:NAME`, `sum:NAME=NUMBER,…` or `profile:NAME=STRATEGY,…`.
pub(super) fn parse(text: &str, game: &StrategicTable) -> Result<Objective> {
    let players = names(game);
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let found = match (kind, rest) {
        ("welfare", "") => Some(Objective::Welfare),
        ("minimum", "") => Some(Objective::Minimum),
        ("player", name) => players.iter().position(|p| p.name == name).map(Objective::Player),
        ("sum", list) => sum(list, &players),
        ("profile", list) => profile(list, &players),
        _ => None,
    };
    found.ok_or_else(|| {
        let all: Vec<&str> = players.iter().map(|player| player.name.as_str()).collect();
        let strategies = players.iter().map(|p| format!("{}: {}", p.name, p.strategies.join(", ")));
        let strategies: Vec<String> = strategies.collect();
        Error::parameter(
            "--objective",
            format!(
                "welfare, minimum, player:NAME, sum:NAME=NUMBER,… or profile:NAME=STRATEGY,…, \
                 with NAME one of {} and STRATEGY one of its own ({})",
                all.join(", "),
                strategies.join("; ")
            ),
            format!("\"{text}\""),
        )
    })
}

/// Reads a file with the value of each profile; the file's name is the second part.
pub(super) fn read(path: &Path, game: &StrategicTable) -> Result<(Objective, String)> {
    let (values, file) = beside(path, game, nfg::read_values)?;
    Ok((Objective::Values(values), file))
}

/// Observed play, from a file.
pub(super) fn observed(path: &Path, game: &StrategicTable) -> Result<(Vec<Vec<f64>>, String)> {
    beside(path, game, nfg::read_observed)
}

/// What a file says of a game's players and strategies, and the file's name.
fn beside<T>(
    path: &Path,
    game: &StrategicTable,
    read: impl FnOnce(&[u8], &str, &[Player]) -> Result<T>,
) -> Result<(T, String)> {
    let bytes = files::read(path)?;
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let players = names(game).into_iter().map(|p| Player::new(p.name, p.strategies));
    let found = read(&bytes, &file, &players.collect::<Vec<_>>())?;
    Ok((found, file))
}

fn sum(list: &str, players: &[GamePlayer]) -> Option<Objective> {
    let mut shares: Vec<Option<RBig>> = vec![None; players.len()];
    for (player, number) in pairs(list, players)? {
        let number = nfg::Number::parse(number.as_bytes()).ok()?;
        if shares[player].replace(number.exact()).is_some() {
            return None;
        }
    }
    Some(Objective::Sum(shares.into_iter().map(Option::unwrap_or_default).collect()))
}

fn profile(list: &str, players: &[GamePlayer]) -> Option<Objective> {
    let mut played: Vec<(usize, usize)> = Vec::new();
    for (player, strategy) in pairs(list, players)? {
        let strategy = players[player].strategies.iter().position(|known| *known == strategy)?;
        if played.iter().any(|(known, _)| *known == player) {
            return None;
        }
        played.push((player, strategy));
    }
    played.sort_unstable();
    Some(Objective::Played(played))
}

/// `NAME=TEXT,NAME=TEXT` with names of players. Names and texts may hold commas and equals signs:
/// a new pair begins where the name of a player does.
fn pairs(list: &str, players: &[GamePlayer]) -> Option<Vec<(usize, String)>> {
    let named = |part: &str| {
        let named = players.iter().enumerate().filter_map(|(i, player)| {
            let text = part.strip_prefix(player.name.as_str())?.strip_prefix('=')?;
            Some((i, text.to_owned()))
        });
        // Of two names that begin alike the longer one is meant.
        named.max_by_key(|(i, _)| players[*i].name.len())
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (player, _) = named(rest)?;
        let start = players[player].name.len() + 1;
        let commas = rest.match_indices(',').map(|(at, _)| at).filter(|&at| at >= start);
        let end = commas.into_iter().find(|&at| named(&rest[at + 1..]).is_some());
        let end = end.unwrap_or(rest.len());
        found.push((player, rest[start..end].to_owned()));
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Some(found).filter(|found| !found.is_empty())
}
