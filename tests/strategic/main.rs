//! Strategic games: equilibria, dominance, files.

mod game_cli;
mod game_literature;
mod game_properties;
mod nfg;
