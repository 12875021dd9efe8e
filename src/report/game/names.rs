//! Names that tell players and strategies apart.

use std::collections::HashSet;

use crate::game::StrategicTable;
use crate::report::game::GamePlayer;

/// The players and strategies of a game under names that are all different: their own, or
/// where some are empty or the same, their numbers.
pub fn names(game: &StrategicTable) -> Vec<GamePlayer> {
    let players = distinct(game.roster().iter().map(|player| player.name.as_str()));
    let strategies = |i: usize| distinct(game.roster()[i].strategies.iter().map(String::as_str));
    let named = players.into_iter().enumerate();
    named.map(|(i, name)| GamePlayer { name, strategies: strategies(i) }).collect()
}

fn distinct<'a>(own: impl ExactSizeIterator<Item = &'a str> + Clone) -> Vec<String> {
    let different: HashSet<&str> = own.clone().filter(|name| !name.is_empty()).collect();
    if different.len() == own.len() {
        return own.map(str::to_owned).collect();
    }
    (1..=own.len()).map(|number| number.to_string()).collect()
}
