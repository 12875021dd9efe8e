//! The JSON contract of `equipoise coalition`. What was not asked for is absent; coalitions
//! are arrays of names; certificates are always exact.

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::allocation::AllocationReport;
use super::certificates::{BoundCertificate, Certificates};
use super::externalities::{ExternalitiesReport, PartitionWorths};
use super::hedonic::{Blocs, HedonicReport};
use super::indices::ROWS;
use super::placed::{AlliancesReport, NetworkReport};
use super::values::TableValues;
use crate::report::Keyed;
use crate::report::Provenance;

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "equipoise/coalition/1";

/// A number: a float, or exact text such as `5/12`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Number {
    /// Rounded.
    Float(f64),
    /// Exact.
    Exact(String),
}

impl Number {
    /// A decisiveness, which may be without bound.
    pub(super) fn of_decisiveness(m: f64) -> Self {
        if m.is_finite() { Self::Float(m) } else { Self::Exact("inf".into()) }
    }

    /// The decisiveness that this is; not a number if it is none.
    pub(super) fn decisiveness(&self) -> f64 {
        match self {
            Self::Float(m) => *m,
            Self::Exact(text) if text == "inf" => f64::INFINITY,
            Self::Exact(_) => f64::NAN,
        }
    }

    /// A number in the form asked for; exact where no float holds it.
    pub fn new(value: &RBig, exact: bool) -> Self {
        let float = value.to_f64().value();
        if exact || !float.is_finite() {
            Self::Exact(value.to_string())
        } else {
            Self::Float(float)
        }
    }
}

/// Each player's number.
pub type Payoffs = Keyed<Number>;
/// Each player's number, exact.
pub type ExactPayoffs = Keyed<String>;
/// Each player's lowest and highest number.
pub type Ranges = Keyed<[Number; 2]>;
/// The proofs of each player's lowest and of its highest payoff.
pub type RangeProofs = Keyed<[BoundCertificate; 2]>;

/// The report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoalitionReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// The file that the game came from.
    #[serde(default)]
    pub source: String,
    /// The players' names.
    pub players: Vec<String>,
    /// The game, exactly.
    pub game: Option<GameReport>,
    /// What the game was made from, if from a distribution of power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginReport>,
    /// Shapley value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shapley: Option<Payoffs>,
    /// Banzhaf value: swings over `2^(n−1)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banzhaf: Option<Payoffs>,
    /// Normalised Banzhaf index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banzhaf_normalized: Option<Payoffs>,
    /// Deegan–Packel index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deegan_packel: Option<Payoffs>,
    /// Holler–Packel index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holler: Option<Payoffs>,
    /// Johnston index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub johnston: Option<Payoffs>,
    /// Coleman's indices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coleman: Option<ColemanReport>,
    /// Tau value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tau: Option<Payoffs>,
    /// Nucleolus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nucleolus: Option<Payoffs>,
    /// Per-capita nucleolus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_capita_nucleolus: Option<Payoffs>,
    /// Prenucleolus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prenucleolus: Option<Payoffs>,
    /// Least core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_core: Option<LeastCoreReport>,
    /// Core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core: Option<CoreReport>,
    /// Properties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<PropertiesReport>,
    /// Optimal structure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<StructureReport>,
    /// Of a simple game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simple: Option<SimpleReport>,
    /// Inside alliances that exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alliances: Option<AlliancesReport>,
    /// On a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkReport>,
    /// Of a given division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationReport>,
    /// Of a game with externalities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub externalities: Option<ExternalitiesReport>,
    /// Of a hedonic game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hedonic: Option<HedonicReport>,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
    /// The proofs.
    #[serde(default)]
    pub certificates: Certificates,
    /// Concepts that do not take this game or have no solution in it, and why.
    #[serde(default)]
    pub left_out: Keyed<String>,
    /// Concepts that were not decided, and why.
    #[serde(default)]
    pub undecided: Keyed<String>,
}

impl CoalitionReport {
    /// Whether the report answers anything.
    pub fn is_empty(&self) -> bool {
        let nuclei = [&self.nucleolus, &self.prenucleolus, &self.per_capita_nucleolus];
        let values = ROWS.iter().map(|row| (row.payoffs)(self)).chain(nuclei);
        { values }.all(|v| v.as_ref().is_none_or(|Keyed(v)| v.is_empty()))
            && self.coleman.is_none()
            && self.core.is_none()
            && self.least_core.is_none()
            && self.properties.is_none()
            && self.structure.is_none()
            && self.alliances.is_none()
            && self.network.is_none()
            && self.allocation.is_none()
    }
}

/// The game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GameReport {
    /// All coalitions' values, by their bits: player 1 is the lowest.
    Table {
        /// `worth` or `cost`.
        sense: SenseReport,
        /// 2^n exact numbers.
        values: TableValues,
    },
    /// Weighted majority: all rules must be passed.
    Weighted {
        /// The rules.
        rules: Vec<RuleReport>,
    },
    /// A coalition gets `P^m / (P^m + Q^m)`, with its strength `P` and that of all others `Q`.
    Contest {
        /// Coprime integers, one for each player.
        strengths: Vec<String>,
        /// `m`: a number, or `"inf"`.
        decisiveness: Number,
        /// The decimals that values are correctly rounded to; absent if they are exact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decimals: Option<u32>,
    },
    /// A coalition pays the largest of its members' costs; of more players than are laid out.
    Airport {
        /// Each player's cost, exact.
        costs: Vec<String>,
    },
    /// A coalition is sure of what the others leave of an estate; of more players than are laid out.
    Bankruptcy {
        /// The estate, exact.
        estate: String,
        /// Each player's claim, exact.
        claims: Vec<String>,
    },
    /// What a bloc is worth depends on the partition that it is of.
    Externalities {
        /// Of every partition, everyone together first.
        worths: Vec<PartitionWorths>,
    },
    /// Each player ranks the coalitions that it is in.
    Hedonic {
        /// For each player classes of coalitions, the best first, those of a class equal. What
        /// is not listed is worse than being alone, which comes last if it is not listed.
        preferences: Keyed<Vec<Blocs>>,
    },
}

/// Coleman's (1971) indices of a simple game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColemanReport {
    /// The power of the collectivity to act.
    pub act: Number,
    /// Each player's power to prevent action.
    pub prevent: Payoffs,
    /// Its power to initiate action.
    pub initiate: Payoffs,
}

/// The distribution of power that a game was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginReport {
    /// The rule.
    pub rule: OriginRule,
    /// The year, where the data have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// How power was measured.
    pub measure: String,
    /// Each player's share of it, exact.
    pub shares: ExactPayoffs,
}

/// How a game is made from shares of power.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginRule {
    /// What a coalition gets by fighting all others united:
    /// `P(S)^m / (P(S)^m + P(N∖S)^m)`.
    Settlement {
        /// `m`: a number, or `"inf"`.
        decisiveness: Number,
        /// The decimals that values were rounded to; absent if they are exact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decimals: Option<u32>,
    },
    /// What a bloc wins from all other blocs of a partition: `P(S)^m / Σ P(C)^m`.
    Externalities {
        /// `m`: a number, or `"inf"`.
        decisiveness: Number,
        /// The decimals that worths were rounded to; absent if they are exact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decimals: Option<u32>,
    },
    /// More than half of all power wins.
    Majority,
}

/// Whether values are worths or costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SenseReport {
    /// More is better.
    Worth,
    /// Less is better.
    Cost,
}

/// A rule of a weighted majority game, in coprime integers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleReport {
    /// One for each player.
    pub weights: Vec<String>,
    /// The least weight that wins.
    pub quota: String,
}

/// The least core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeastCoreReport {
    /// The largest excess, as small as it can be.
    pub value: Number,
    /// An allocation that attains it.
    pub allocation: Payoffs,
    /// What each player gets at least and at most over all that attain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payoffs: Option<Ranges>,
}

/// The core.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CoreReport {
    /// Whether it is not empty.
    pub nonempty: bool,
    /// An allocation in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Payoffs>,
    /// What each player gets at least and at most in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payoffs: Option<Ranges>,
    /// Its vertices, or the first of them, in ascending order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vertices: Option<Vec<Payoffs>>,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vertices_total: Option<usize>,
    /// How many are listed at most, where that is fewer than 1,000 and not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_listed: Option<u64>,
}

/// Properties; one that was not decided is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PropertiesReport {
    /// No coalition loses by another member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monotone: Option<bool>,
    /// No two disjoint coalitions lose by joining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superadditive: Option<bool>,
    /// A player adds the more to a coalition the larger it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convex: Option<bool>,
    /// What a coalition gets the others do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant_sum: Option<bool>,
    /// The core is not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balanced: Option<bool>,
    /// No subgame's core is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totally_balanced: Option<bool>,
    /// For each that fails, coalitions that show it: two, or a balanced collection.
    #[serde(default)]
    pub counterexamples: Keyed<Vec<Vec<String>>>,
    /// Why others were not decided.
    #[serde(default)]
    pub undecided: Keyed<String>,
}

/// The optimal coalition structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StructureReport {
    /// The sum of the coalitions' values.
    pub value: Number,
    /// The coalitions.
    pub coalitions: Vec<Vec<String>>,
}

/// The players' parts in a simple game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimpleReport {
    /// In every winning coalition.
    pub veto: Vec<String>,
    /// Wins alone, and nobody else makes a difference.
    pub dictator: Option<String>,
    /// Make no difference.
    pub dummies: Vec<String>,
    /// In some minimal winning coalition.
    pub essential: Vec<String>,
    /// How many minimal winning coalitions there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimal_winning_total: Option<String>,
    /// The first of them.
    pub minimal_winning: Vec<Vec<String>>,
}
