//! Partitions of the players: stable blocs, hedonic games, the best structure.

pub mod blocs;
pub mod hedonic;
pub mod structure;
