//! Equipoise turns a distribution of power among states into an answer.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod certify;
pub mod coalition;
pub mod contest;
pub mod dataset;
pub mod error;
pub mod game;
pub mod lp;
pub mod parameters;
pub mod polarity;
pub mod solve;
pub mod system;
pub mod tolerance;
pub mod verdict;
pub mod work;
