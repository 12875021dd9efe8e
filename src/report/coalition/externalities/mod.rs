//! The part of the report that is on a game with externalities.

mod build;
mod check;
mod text;

use serde::{Deserialize, Serialize};

use super::hedonic::Blocs;
use super::{CoreCertificate, Number, Payoffs};
use crate::report::Keyed;

pub(super) use check::check;

/// The worths of the blocs of a partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartitionWorths {
    /// The partition.
    pub partition: Blocs,
    /// Each bloc's worth, exact.
    pub worths: Vec<String>,
}

/// The answers on a game with externalities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExternalitiesReport {
    /// Each player's value by Myerson (1977).
    pub myerson: Payoffs,
    /// By de Clippel & Serrano (2008).
    pub externality_free: Payoffs,
    /// The core by what coalitions expect of others: `alpha`, `gamma`, `delta`.
    pub cores: Keyed<ExpectedCoreReport>,
    /// The coalitions whose members gain by it while all others stand alone.
    pub profitable: Vec<MergerReport>,
    /// The agreements that nobody leaves or joins.
    pub self_enforcing: Vec<MergerReport>,
    /// The proofs of the cores, under the same keys.
    pub certificates: Keyed<CoreCertificate>,
}

/// A core under an expectation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExpectedCoreReport {
    /// Whether it is not empty.
    pub nonempty: bool,
    /// An allocation in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Payoffs>,
}

/// A coalition whose outsiders stand alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergerReport {
    /// Who is in it.
    pub coalition: Vec<String>,
    /// What it is worth.
    pub worth: Number,
    /// What its members have otherwise: with all alone, or each by leaving it.
    pub otherwise: Number,
}
