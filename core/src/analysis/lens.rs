//! The lenses: each a row of [`Lens::ALL`].

use std::fmt;

use crate::solve::partitions::blocs;
use crate::solve::{alignment, security, settlement};

/// A way of looking at a system: each turns it into an interval of the leading state's
/// control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lens {
    /// The structure alone: shares and their concentration.
    Polarity,
    /// The cooperative game of settlements.
    Settlement,
    /// Stable partitions into blocs.
    Blocs,
    /// Equilibria of choosing sides.
    Alignment,
    /// Equilibria of states that fear for their independence: beside the verdict, not part of it.
    Security,
}

impl Lens {
    /// All lenses, in the order of reports.
    pub const ALL: [Self; 5] =
        [Self::Polarity, Self::Settlement, Self::Blocs, Self::Alignment, Self::Security];

    /// The lenses of the leading state's control, on which the verdict rests.
    pub const OF_CONTROL: [Self; 4] =
        [Self::Polarity, Self::Settlement, Self::Blocs, Self::Alignment];

    /// The lens's name, as reports and the command line have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Polarity => "polarity",
            Self::Settlement => "settlement",
            Self::Blocs => "blocs",
            Self::Alignment => "alignment",
            Self::Security => "security",
        }
    }

    /// The lens with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lens| lens.name() == name)
    }

    /// Whether the verdict rests on it.
    pub fn is_of_control(self) -> bool {
        Self::OF_CONTROL.contains(&self)
    }

    /// Whether it looks at the contest over control.
    pub const fn is_of_contest(self) -> bool {
        match self {
            Self::Settlement | Self::Blocs | Self::Alignment => true,
            Self::Polarity | Self::Security => false,
        }
    }

    /// The most states that the lens takes.
    pub const fn max_states(self) -> usize {
        match self {
            Self::Polarity => usize::MAX,
            Self::Settlement => settlement::MAX_STATES,
            Self::Blocs => blocs::MAX_STATES,
            Self::Alignment => alignment::MAX_STATES,
            Self::Security => security::MAX_STATES,
        }
    }
}

impl fmt::Display for Lens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
