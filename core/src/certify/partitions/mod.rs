//! Re-checks partitions of the players.

pub mod blocs;
pub mod hedonic;
