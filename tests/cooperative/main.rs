//! Cooperative games: solutions, values, indices, hedonic games.

mod alliances;
mod allied_cli;
mod allocation;
mod by_rule;
mod coalition_cli;
mod coalition_oracles;
#[path = "../common/mod.rs"]
mod common;
mod contest_game;
mod core_shape;
mod externalities;
mod figures;
mod further;
mod hedonic;
mod nucleolus;
mod values;
mod weighted;
