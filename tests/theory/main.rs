//! Published theories, and what history says of the model.

mod alignment;
mod backtest;
#[path = "../common/mod.rs"]
mod common;
mod evidence;
mod evidence_page;
mod film;
mod theories;
