//! What is found out about who balances, who bandwagons and who abstains.

mod chained;
mod dilemma;
mod selection;
mod window;

use crate::contest::Contest;
use crate::game::{AlignmentGame, Posture, Tactics};

pub use chained::{ChainedRange, ChainsFinding, MAX_CHAINED_PROFILES};
pub use dilemma::{ArmedEquilibrium, DilemmaFinding, MAX_EQUILIBRIA};
pub use selection::{
    LogitSelection, MAX_LOGIT_PROFILES, MAX_SELECTED, MAX_SELECTION_PROFILES, PairProbabilities,
    Part, Resistance, Selected, Selection,
};
pub use window::{Closing, Window, WindowFinding};

/// The most profiles, whatever the tactics: those of the base game of 16 states, 3^15.
pub const MAX_PROFILES: u64 = 14_348_907;

/// What came of the lens.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "at most a handful of them exist")]
pub enum Alignment {
    /// All pure Nash equilibria and the range, proved.
    Decided(AlignmentFinding),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// The alignment game's equilibria, each bound with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignmentFinding {
    /// The leading state.
    pub leader: usize,
    /// The number of profiles of the game.
    pub profiles: u64,
    /// The number of pure Nash equilibria.
    pub pure_nash_total: u64,
    /// The first of them, in the order of profiles, as many as were asked for.
    pub pure_nash: Vec<PureEquilibrium>,
    /// `[lowest, highest]` expected control of the leading state over all correlated
    /// equilibria.
    pub control: [f64; 2],
    /// Attains and proves the lowest.
    pub lowest: CorrelatedBound,
    /// Attains and proves the highest.
    pub highest: CorrelatedBound,
    /// The tactics, where they were named.
    pub tactics: Option<Tactics>,
    /// What arms do, where arming is a tactic.
    pub dilemma: Option<DilemmaFinding>,
    /// What chains change, where commitments are tight.
    pub chains: Option<ChainsFinding>,
    /// Which equilibrium is likely, where that was asked.
    pub selection: Option<Selection>,
}

impl AlignmentFinding {
    /// The game that it is about.
    pub fn game<'a>(&self, contest: &'a Contest) -> AlignmentGame<'a> {
        AlignmentGame::with_tactics(contest, self.leader, self.tactics.unwrap_or_default())
    }
}

/// A pure Nash equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct PureEquilibrium {
    /// Each player's posture, in the order of the game's players.
    pub profile: Vec<Posture>,
    /// Each state's control under it.
    pub control: Vec<f64>,
}

/// The range of the leading state's control, with its proofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    /// `[lowest, highest]`.
    pub control: [f64; 2],
    /// Attains and proves the lowest.
    pub lowest: CorrelatedBound,
    /// Attains and proves the highest.
    pub highest: CorrelatedBound,
}

/// A bound on the leading state's expected control `c_h` over all correlated equilibria.
///
/// With `σ = 1` for a lower bound and `−1` for an upper one: for every profile `a`,
/// `σ·c_h(a) + Σ weight · (u_i(to, a₋ᵢ) − u_i(a)) / p_i ≥ bound` summed over the incentives
/// with `a_i = from`. A correlated equilibrium makes the expectation of that sum at most 0,
/// so its expected `σ·c_h` is at least `bound`. As for pure equilibria, a gain counts beyond a
/// tolerance only: a state may gain [`Tolerances::gain`](crate::tolerance::Tolerances::gain) by each incentive, so the end of the
/// range is `bound − gain·Σ weight`, up to rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelatedBound {
    /// A correlated equilibrium that attains the bound: profiles and probabilities.
    pub distribution: Vec<(Vec<Posture>, f64)>,
    /// The incentive constraints that prove it, all weights above zero.
    pub incentives: Vec<Incentive>,
    /// The bound on `σ·c_h`.
    pub bound: f64,
}

/// The constraint that a player to whom `from` is recommended does not gain by playing `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Incentive {
    /// The player (a follower's number in the game, not the state's).
    pub player: usize,
    /// The recommended posture.
    pub from: Posture,
    /// The posture that it would take instead.
    pub to: Posture,
    /// The weight of the constraint, its gain counted per share of the player's power.
    pub weight: f64,
}
