//! Solves and certifies, by kind of game: what is handed out here has passed its own check.
//!
//! [`analyse`] looks at a system of states through the lenses and draws the verdict;
//! [`cooperative`], [`hedonic`] and [`strategic`] do for a game of their kind what the command
//! line does. A finding that does not pass is an error, no result.

pub mod by_rule;
pub mod cooperative;
mod draws;
pub mod externalities;
pub mod hedonic;
mod lens;
mod options;
mod pairs;
mod robustness;
pub mod strategic;
mod system;

pub use draws::{Draws, VERDICTS, draws};
pub use lens::Lens;
pub use options::{Horizon, LeaderChoice, Options};
pub use pairs::{pairs_by_logit, pairs_by_security};
pub use robustness::{DECISIVENESS, DOMINANCE, Robustness, robustness};
pub use system::{Analysis, LeaderAnalysis, analyse};
