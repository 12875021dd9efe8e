//! The sampling distribution of estimated parameters, as data: all that a draw follows from.

use serde::{Deserialize, Serialize};

/// Draws of estimates: normal with their standard error, or normal in logs with their covariance.
/// A draw outside what a parameter can be is moved to the nearest value that it can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sampling {
    /// How many draws.
    pub n: u32,
    /// Their seed: draw `k` is a function of the seed and of `k`.
    pub seed: u64,
    /// What was estimated, in the order of the estimate.
    pub terms: Vec<Term>,
    /// The standard error of the one estimate, where draws are normal; kept within 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub std_error: Option<f64>,
    /// The covariance of the logs of the estimates, where draws are normal in logs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_covariance: Vec<Vec<f64>>,
}

/// One estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The parameter, as on the command line.
    pub term: String,
    /// Its estimate.
    pub estimate: f64,
    /// Whether draws are used; not where a flag says its value, or nothing depends on it.
    pub drawn: bool,
}

impl Sampling {
    /// The estimates of which draws are used.
    pub fn drawn(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.drawn)
    }

    /// Those in words: `decisiveness 0.377`.
    pub fn estimates(&self) -> String {
        let words = self.drawn().map(|term| format!("{} {:.3}", term.term, term.estimate));
        words.collect::<Vec<_>>().join(", ")
    }
}
