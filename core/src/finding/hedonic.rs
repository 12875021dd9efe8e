//! Stable partitions of a hedonic game, and why others are not.

use crate::coalition::{Coalition, Partition};

/// The stable partitions of a hedonic game, in every sense.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HedonicFinding {
    /// No coalition would be better for all its members.
    pub core_stable: StablePartitions,
    /// No coalition would be better for one member and worse for none.
    pub strict_core_stable: StablePartitions,
    /// No player gains by moving.
    pub nash_stable: StablePartitions,
    /// No player gains by a move that its new bloc does not lose by.
    pub individually_stable: StablePartitions,
    /// No player gains by a move that neither its new bloc nor its old one loses by.
    pub contractually_stable: StablePartitions,
}

impl HedonicFinding {
    /// The partitions that are stable in one sense.
    pub fn of(&self, stability: Stability) -> &StablePartitions {
        match stability {
            Stability::Core => &self.core_stable,
            Stability::StrictCore => &self.strict_core_stable,
            Stability::Nash => &self.nash_stable,
            Stability::Individual => &self.individually_stable,
            Stability::Contractual => &self.contractually_stable,
        }
    }
}

/// The partitions that are stable in one sense.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StablePartitions {
    /// How many there are.
    pub total: u64,
    /// The first of them, as many as were asked for.
    pub partitions: Vec<Partition>,
}

/// A sense in which a partition can be stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stability {
    /// No coalition would be better for all its members.
    Core,
    /// No coalition would be better for one member and worse for none.
    StrictCore,
    /// No player gains by moving.
    Nash,
    /// No player gains by a move that its new bloc does not lose by.
    Individual,
    /// No player gains by a move that neither its new bloc nor its old one loses by.
    Contractual,
}

impl Stability {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Core, Self::StrictCore, Self::Nash, Self::Individual, Self::Contractual];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::StrictCore => "strict-core",
            Self::Nash => "nash",
            Self::Individual => "individual",
            Self::Contractual => "contractual",
        }
    }
}

/// Why a partition is not stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// These would rather be a bloc of their own.
    Leave(Coalition),
    /// This player would rather be in that bloc of the others, or alone if it is empty.
    Move {
        /// Who.
        player: usize,
        /// Where to.
        to: Coalition,
    },
}
