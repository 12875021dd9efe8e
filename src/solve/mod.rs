//! Solution concepts, one file each. A solver takes a game and returns a finding: the
//! answer together with the evidence that lets [`certify`](crate::certify) accept or refute
//! it without solving anything.

pub mod alignment;
pub mod blocs;
pub mod hedonic;
pub mod power;
pub mod properties;
pub mod settlement;
pub mod simple_players;
pub mod structure;
