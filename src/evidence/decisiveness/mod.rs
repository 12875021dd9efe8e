//! How surely the stronger side won: decisiveness estimated from wars that were fought.
//!
//! Definition: of two sides with powers `P₁`, `P₂` the first wins with probability
//! `P₁^m / (P₁^m + P₂^m)`, so its log odds are `m · ln(P₁/P₂)`. There is no intercept by side:
//! lists of wars name the winner first nearly always, so one would leak the outcome. An
//! intercept for the side that began the war is legitimate, and on request.
//!
//! Method: maximum likelihood, profile intervals, every estimate also without each war in turn.
//! Cost: O(wars²) evaluations of a log odds.
//!
//! Limits: coalitions are formed in view of the war, and joiners may pick winners; power is
//! measured with error, which biases `m` towards 0 ([`Quality::reliability_for_2`]).
//!
//! References: G. Tullock (1980), "Efficient Rent Seeking"; J. Hirshleifer (1989), "Conflict
//! and Rent-Seeking Success Functions", *Public Choice* 63; P. V. Rao and L. L. Kupper (1967),
//! "Ties in Paired-Comparison Experiments", *JASA* 62; R. R. Davidson (1970), "On Extending
//! the Bradley–Terry Model to Accommodate Ties", *JASA* 65.

mod fit;
mod model;
mod sample;
mod schema;

pub use fit::{FIT_SCHEMA, fit, predictions};
pub use model::{Form, Ties};
pub use sample::{Drop, Dropped, Era, Outcome, Sample, Sides, WarRecord, sample};
pub use schema::{DropOne, Fit, Group, Influence, Quality, Term};

use serde::{Deserialize, Serialize};

/// What is estimated, from which wars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who is counted on a side.
    pub sides: Sides,
    /// What becomes of draws.
    pub ties: Ties,
    /// How power makes odds.
    pub form: Form,
    /// Whether the side that began the war has odds of its own.
    pub initiator: bool,
}
