//! Strategic games: equilibria, dominance, files.

#[path = "../common/mod.rs"]
mod common;
mod game_cli;
mod game_literature;
mod game_properties;
mod logit;
mod mixed;
mod nfg;
mod reduced;
