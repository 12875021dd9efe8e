//! The part of the report that is on a hedonic game: which partitions are stable in which
//! sense, and what upsets others.

mod build;
mod check;
mod text;

use serde::{Deserialize, Serialize};

use crate::report::Keyed;

pub(super) use check::check;

/// A partition: the names of each bloc's members.
pub type Blocs = Vec<Vec<String>>;

/// The answers on a hedonic game.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HedonicReport {
    /// The stable partitions, under the sense's name as in `--solve`.
    pub stable: Keyed<StableReport>,
    /// For each partition that is listed above, everyone together, everyone alone, and of at
    /// most four players every partition: what upsets it in the senses in which it is not
    /// stable.
    pub upset: Vec<UpsetReport>,
}

/// The partitions that are stable in one sense.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StableReport {
    /// How many there are.
    pub total: u64,
    /// The first 100 of them.
    pub partitions: Vec<Blocs>,
}

/// A partition that is not stable, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpsetReport {
    /// The partition.
    pub partition: Blocs,
    /// The sense in which it is not stable.
    pub sense: String,
    /// Of the core: who would rather be a bloc of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coalition: Option<Vec<String>>,
    /// Otherwise: who would move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player: Option<String>,
    /// To which bloc; empty: to be alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
}
