//! The alignment lens and the n-player solvers under it.

mod games;
mod oracles;
mod properties;
mod systems;
mod tampering;
