//! Published theories, and what history says of the model.

mod backtest;
#[path = "../common/mod.rs"]
mod common;
mod evidence;
mod theories;
