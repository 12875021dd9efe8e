//! What history says of the model: its parameters estimated from what happened, and its
//! predictions beside what happened and beside trivial rules.
//!
//! | room | question |
//! |---|---|
//! | [`decisiveness`] | how surely did the stronger side win the wars that were fought? |
//! | [`alignment`] | at which parameters does the game of alignment say best who has pacts? |
//! | [`backtest`] | what do the lenses say of pacts and sides, beside trivial rules? |
//!
//! A null result is a result: what adds nothing is reported as that.

pub mod alignment;
pub mod backtest;
pub mod decisiveness;
pub mod estimate;
mod linear;
mod logit;
mod maximum;
pub mod quantal;
pub mod statistics;
