//! The alignment lens and the n-player solvers under it.

mod games;
mod naive;
mod oracles;
mod properties;
mod selection;
mod systems;
mod tactics;
mod tampering;
mod textbook;
