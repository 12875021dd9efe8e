//! Games that are given by a rule: solved and certified.

use crate::certify;
use crate::error::Result;
use crate::finding::cooperative::ByRule;
use crate::game::cooperative::RuleGame;
use crate::solve::cooperative::by_rule;
use crate::work::Work;

/// Values and core of an airport or bankruptcy game of any number of players, certified.
///
/// # Errors
/// If the time is up, or a finding does not pass its own check.
pub fn analyse(game: &RuleGame, work: &Work) -> Result<ByRule> {
    let found = by_rule(game, work)?;
    certify::accept("game by a rule", &certify::cooperative::by_rule::claims(&found, game))?;
    Ok(found)
}
