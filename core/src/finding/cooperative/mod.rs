//! What is found out about a cooperative game, each answer with its evidence.

mod alliances;
mod allocation;
mod balancedness;
mod by_rule;
mod coleman;
mod externalities;
mod nucleolus;
mod payoff_range;
mod properties;

use dashu_ratio::RBig;

use crate::coalition::Partition;

pub use alliances::{Alliances, Links, Network};
pub use allocation::{Allocation, Bargaining, Counter, LeastCoreStanding, Objection};
pub use balancedness::{Balance, TotalBalance};
pub use by_rule::ByRule;
pub use coleman::Coleman;
pub use externalities::{Externalities, Merger};
pub use nucleolus::{ExactLevel, ExactNucleolus, ExactWeights};
pub use payoff_range::{PayoffBound, PayoffRange};
pub use properties::{Properties, Property};

/// A solution concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Concept {
    /// Shapley value; of simple games the Shapley–Shubik index.
    Shapley,
    /// Banzhaf value: swings over `2^(n−1)`.
    Banzhaf,
    /// Normalised Banzhaf index.
    BanzhafNormalized,
    /// Deegan–Packel index.
    DeeganPackel,
    /// Holler–Packel public good index.
    Holler,
    /// Johnston index.
    Johnston,
    /// Coleman's three indices.
    Coleman,
    /// Tau value.
    Tau,
    /// Is there an allocation that no coalition objects to? What does each player get in it?
    Core,
    /// The core's vertices, however long they take.
    Vertices,
    /// The least excess that can be had.
    LeastCore,
    /// Nucleolus.
    Nucleolus,
    /// Prenucleolus.
    Prenucleolus,
    /// Per-capita nucleolus.
    PerCapitaNucleolus,
    /// Convex, superadditive, …
    Properties,
    /// Optimal coalition structure.
    Structure,
}

impl Concept {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 16] = [
        Self::Shapley,
        Self::Banzhaf,
        Self::BanzhafNormalized,
        Self::DeeganPackel,
        Self::Holler,
        Self::Johnston,
        Self::Coleman,
        Self::Tau,
        Self::Core,
        Self::Vertices,
        Self::LeastCore,
        Self::Nucleolus,
        Self::Prenucleolus,
        Self::PerCapitaNucleolus,
        Self::Properties,
        Self::Structure,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shapley => "shapley",
            Self::Banzhaf => "banzhaf",
            Self::BanzhafNormalized => "banzhaf-normalized",
            Self::DeeganPackel => "deegan-packel",
            Self::Holler => "holler",
            Self::Johnston => "johnston",
            Self::Coleman => "coleman",
            Self::Tau => "tau",
            Self::Core => "core",
            Self::Vertices => "vertices",
            Self::LeastCore => "least-core",
            Self::Nucleolus => "nucleolus",
            Self::Prenucleolus => "prenucleolus",
            Self::PerCapitaNucleolus => "per-capita-nucleolus",
            Self::Properties => "properties",
            Self::Structure => "structure",
        }
    }
}

/// What was found; what was not asked for is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solutions {
    /// Values and indices, by concept.
    pub values: Vec<(Concept, Vec<RBig>)>,
    /// The prenucleolus, which also decides core and least core.
    pub prenucleolus: Option<ExactNucleolus>,
    /// Coleman's indices of a simple game.
    pub coleman: Option<Coleman>,
    /// The per-capita nucleolus; excesses are per capita.
    pub per_capita: Option<ExactNucleolus>,
    /// What each player gets in the core, if it is not empty.
    pub core_payoffs: Option<Vec<PayoffRange>>,
    /// The core's vertices, if it is not empty.
    pub core_vertices: Option<Vertices>,
    /// What each player gets in the least core.
    pub least_core_payoffs: Option<Vec<PayoffRange>>,
    /// The nucleolus.
    pub nucleolus: Option<ExactNucleolus>,
    /// The core of a simple game of too many players for its coalitions to be listed.
    pub simple_core: Option<SimpleCore>,
    /// Properties.
    pub properties: Option<Properties>,
    /// Whether the game is balanced, and totally so: found with the properties.
    pub balance: Option<(Balance, TotalBalance)>,
    /// The optimal structure.
    pub structure: Option<Structure>,
    /// Of a simple game.
    pub simple: Option<SimpleFinding>,
    /// What players are worth inside alliances.
    pub alliances: Option<Alliances>,
    /// What they are worth on a network.
    pub network: Option<Network>,
    /// Where a given division stands.
    pub allocation: Option<Allocation>,
    /// Concepts that were asked for and found.
    pub found: Vec<Concept>,
    /// Concepts that do not take this game, or that it has no solution of, and why.
    pub left_out: Vec<(Concept, String)>,
    /// Concepts that could not be decided exactly, and why.
    pub undecided: Vec<(Concept, String)>,
    /// What could not be decided of alliances and networks, by the report's keys, and why.
    pub unanswered: Vec<(&'static str, String)>,
}

/// The core's vertices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vertices {
    /// The first of them, in ascending order.
    pub listed: Vec<Vec<RBig>>,
    /// How many there are.
    pub total: usize,
}

/// What is known of a simple game besides indices.
#[derive(Debug, Clone, PartialEq)]
pub struct SimpleFinding {
    /// Who has which part.
    pub players: SimplePlayers,
    /// How many minimal winning coalitions there are, where they could be counted.
    pub minimal_total: Option<String>,
    /// The first of them.
    pub minimal: Vec<Vec<usize>>,
}

/// The parts that players have, by their indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimplePlayers {
    /// In some minimal winning coalition.
    pub essential: Vec<usize>,
    /// In every winning coalition.
    pub veto: Vec<usize>,
    /// Wins alone, and nobody else makes a difference.
    pub dictator: Option<usize>,
    /// Makes no difference.
    pub dummies: Vec<usize>,
}

/// A partition into coalitions, with the sum of their values.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// The sum of the values; of costs, the least there is.
    pub value: RBig,
    /// The coalitions.
    pub partition: Partition,
}

/// What decides the core of a simple game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SimpleCore {
    /// The players without whom all others lose. A division is in the core iff it divides 1
    /// among these (Shapley 1962, *Behavioral Science* 7).
    Veto(Vec<usize>),
    /// There are none, and the core is empty: the players in parts, without each of which the
    /// others win. So these coalitions, as often as each player is in one but one, claim more
    /// than there is.
    Parts(Vec<Vec<usize>>),
}
