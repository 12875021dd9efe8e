//! Whether the leading state's window of opportunity is closing.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Ends;

/// Whether the leading state's window of opportunity is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Closing {
    /// Waiting costs more than war, at both ends of the range.
    Closing,
    /// At neither.
    Open,
    /// At one of them.
    Depends,
}

impl Closing {
    /// In a word, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closing => "closing",
            Self::Open => "open",
            Self::Depends => "depends",
        }
    }
}

impl fmt::Display for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "at most a handful of them exist")]
pub enum Window {
    /// Both ranges, proved.
    Decided(WindowFinding),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// The leading state's control now and later.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowFinding {
    /// Now.
    pub now: Ends,
    /// At the horizon.
    pub later: Ends,
    /// What waiting costs, over the control now, at the lower and the upper end; below 0 where
    /// it gains.
    pub waiting: [f64; 2],
    /// Whether the window is closing.
    pub closing: Closing,
}
