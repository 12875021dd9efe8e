//! Games with externalities: solved and certified.

use crate::certify;
use crate::error::Result;
use crate::finding::cooperative::Externalities;
use crate::game::cooperative::PartitionGame;
use crate::solve::cooperative::externalities;
use crate::work::Work;

/// Values, cores under three expectations, and which mergers pay and last, certified.
///
/// # Errors
/// If a finding does not pass its own check.
pub fn analyse(game: &PartitionGame, work: &Work) -> Result<Externalities> {
    let found = externalities(game, work)?;
    let claims = certify::cooperative::externalities::claims(&found, game)?;
    certify::accept("game with externalities", &claims)?;
    Ok(found)
}
