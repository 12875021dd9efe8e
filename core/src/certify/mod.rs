//! Re-checks findings from the game alone. No linear programme is solved here, and nothing
//! that a solver said of its own work is believed.

pub mod alignment;
pub mod cooperative;
#[doc(hidden)]
pub mod linear;
pub mod partitions;
pub mod sampling;
pub mod security;
pub mod settlement;
pub mod simulation;
pub mod strategic;

use std::fmt;

use crate::error::{Error, ErrorKind, Result};

/// One claim of a finding, and how far it is from true.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What is claimed, in words: `settlement: the weights are a balanced collection`.
    pub what: String,
    /// By how much it fails: 0 where it holds exactly, infinite where it is simply false.
    pub violation: f64,
    /// The largest violation with which it is accepted.
    pub tolerance: f64,
}

impl Claim {
    /// A claim that holds to within `tolerance`.
    pub fn within(what: impl Into<String>, violation: f64, tolerance: f64) -> Self {
        Self { what: what.into(), violation, tolerance }
    }

    /// A claim that holds or does not.
    pub fn exact(what: impl Into<String>, holds: bool) -> Self {
        Self::within(what, if holds { 0.0 } else { f64::INFINITY }, 0.0)
    }

    /// Whether the claim is accepted. A violation that is not a number refutes it.
    pub fn holds(&self) -> bool {
        self.violation <= self.tolerance
    }
}

/// Refuses a finding of which a claim does not hold: what cannot be certified is not reported.
///
/// # Errors
/// Names the first claim that fails, and by how much.
pub fn accept(finding: &'static str, claims: &[Claim]) -> Result<()> {
    match claims.iter().find(|claim| !claim.holds()) {
        None => Ok(()),
        Some(refuted) => {
            Err(Error::from(ErrorKind::Uncertified { finding, problem: refuted.to_string() }))
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match self.violation {
            v if v <= 0.0 => Ok(()),
            v if v.is_finite() => write!(f, " (off by {v:.1e})"),
            _ => Ok(()),
        }
    }
}
