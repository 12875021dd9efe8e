//! Equipoise turns a distribution of power among states into an answer.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod coalition;
pub mod contest;
pub mod dataset;
pub mod error;
pub mod game;
pub mod parameters;
pub mod system;
pub mod tolerance;
pub mod work;
