//! The film: does a system of states end balanced, or hegemonic?
//!
//! One run is so many periods of growth, entry, alignment, decision and
//! war; many runs give probabilities with intervals. The rules are those of the
//! [contest](crate::contest), played again and again for a part of what states have.
//! `docs/dynamics.md` tells them whole. Every random number is a function of its key (see
//! `chance`), so that the same comes of it on any number of threads, a run can be
//! [replayed](Film::replay) alone, and two settings share their luck.
//!
//! ```
//! use equipoise::parameters::simulation::Rules;
//! use equipoise::simulation::{Film, Start};
//! use equipoise::system::System;
//! use equipoise::work::Work;
//!
//! let system = System::from_powers([("A", 5.0), ("B", 4.0), ("C", 3.0)])?;
//! let rules = Rules { cumulativity: 1.0, openness: 0.0, ..Rules::default() };
//! let film = Film { runs: 50, ..Film::new(Start::of(&system), rules) };
//! let ensemble = film.shoot(&Work::default())?;
//! let hegemonic = ensemble.rows.iter().filter(|row| row.hegemon.is_some()).count();
//! assert!(hegemonic > 10 && hegemonic < 50);
//! # Ok::<(), equipoise::error::Error>(())
//! ```

mod alignment;
mod draws;
mod ensemble;
mod film;
mod pairs;
mod run;
pub mod statistics;
mod study;
#[cfg(test)]
mod tests;
mod war;
mod world;

pub use draws::{Draws, Ending, OverDraws};
pub use ensemble::{Bands, Ensemble};
pub use film::{Film, Start};
pub use pairs::{Pairs, pairs};
pub use run::{Path, Run, RunRow, Scene, Stance};
pub use study::{Axis, Cell, Change, Compared, Found, Neighbour, Plane, Study};
pub use war::War;
