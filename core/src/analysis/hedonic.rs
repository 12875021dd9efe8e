//! Hedonic games: solved and certified.

use crate::certify::{self, Claim};
use crate::error::Result;
use crate::finding::hedonic::{HedonicFinding, Stability};
use crate::game::hedonic::HedonicGame;
use crate::solve::partitions::hedonic::stable_partitions;

/// The most players all of whose partitions are looked at again: 4,140 of them.
const RECOUNTED: usize = 8;

/// The stable partitions in every sense, the first `limit` of each, certified: each of them is
/// stable, and of up to 8 players there is no other.
///
/// # Errors
/// If the finding does not pass its own check.
pub fn analyse(game: &HedonicGame, limit: usize) -> Result<HedonicFinding> {
    let found = stable_partitions(game, limit);
    let mut claims = Vec::new();
    for sense in Stability::ALL {
        let mut listed = found.of(sense).partitions.iter();
        let holds =
            listed.all(|partition| certify::partitions::hedonic::is_stable(game, partition, sense));
        claims.push(Claim::exact(format!("{}: the partitions are stable", sense.name()), holds));
    }
    if game.players() <= RECOUNTED {
        let counts = certify::partitions::hedonic::count(game, &Stability::ALL);
        for (sense, count) in Stability::ALL.into_iter().zip(counts) {
            let what = format!("{}: of all partitions, {count} are stable", sense.name());
            claims.push(Claim::exact(what, found.of(sense).total == count));
        }
    }
    certify::accept("hedonic game", &claims)?;
    Ok(found)
}
