//! What history says of the model: its parameters estimated from what happened, and its
//! predictions beside what happened and beside trivial rules.
//!
//! | room | question |
//! |---|---|
//! | [`decisiveness`] | how surely did the stronger side win the wars that were fought? |
//!
//! A null result is a result: what adds nothing is reported as that.

pub mod decisiveness;
mod linear;
mod maximum;
pub mod statistics;
