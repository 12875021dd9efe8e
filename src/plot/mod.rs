//! Figures: drawn from a report once, written as SVG, PNG or PDF.
//!
//! A figure is a [`Scene`], a list of marks in points; [`style`] is how they look, [`font`] how
//! wide texts are, [`labels`] puts labels where they do not overlap, [`axis`] and [`layout`]
//! draw what is around a plot. [`svg`](mod@svg), [`png`](mod@png) and [`pdf`](mod@pdf) write it down,
//! as a [`Paper`] asks. Nothing is
//! computed here that the report does not hold, but for geometry.

mod arrange;
pub mod axis;
mod blocs;
pub mod coalition;
mod control;
pub mod evidence;
mod faults;
pub mod film;
pub mod font;
pub mod hatch;
mod judged;
mod kind;
pub mod labels;
pub mod layout;
mod lenses;
mod packing;
mod palette;
mod paper;
pub mod pdf;
mod phase;
pub mod png;
mod price;
mod routes;
pub mod scene;
mod shares;
mod sheet;
mod stopping;
mod strips;
pub mod style;
pub mod svg;
mod tactics;
mod text;
mod threats;
mod timeline;

pub use kind::FigureKind;
pub use paper::{FigureFormat, Paper};
pub use price::Observed;
pub use scene::{Mark, Point, Scene, Text};
