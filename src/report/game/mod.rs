//! The report on an n-player game: a plain structure whose JSON form is the contract
//! `equipoise/game/1`. It holds the game itself, so that it can be checked.

mod build;
mod build_range;
mod check;
mod names;
mod notes;
mod number;
mod ranges;
mod text;
mod tidy;

use serde::{Deserialize, Serialize};

use crate::report::Keyed;
use crate::report::Provenance;

pub use check::check as check_game;
pub use names::names;
pub use notes::Note;
pub use number::Num;
pub use ranges::*;

/// The schema's name.
pub const GAME_SCHEMA: &str = "equipoise/game/1";

/// The answers on one game; those that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GameReport {
    /// [`GAME_SCHEMA`].
    pub schema: String,
    /// The game's title.
    pub title: String,
    /// The file that it was read from.
    pub source: String,
    /// The players.
    pub players: Vec<GamePlayer>,
    /// What was done and what was not, in words.
    #[serde(default)]
    pub notes: Vec<String>,
    /// All pure Nash equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pure: Option<Vec<PureReport>>,
    /// Iterated elimination of strictly dominated strategies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dominance: Option<DominanceReport>,
    /// Nash equilibria in mixed strategies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed: Option<Vec<MixedReport>>,
    /// Whether `mixed` holds all of them; for two players all extreme ones, which the others are
    /// mixtures of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mixed_complete: Option<bool>,
    /// How equilibria hang together: connected sets of them that are more than one point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ComponentReport>,
    /// The logit equilibrium at a precision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logit: Option<LogitReport>,
    /// The range over all correlated equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlated: Option<RangeReport>,
    /// The range over all coarse correlated equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coarse_correlated: Option<RangeReport>,
    /// Strong Nash equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strong: Option<Vec<StableReport>>,
    /// The pure Nash equilibria that are not strong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strong_upset: Option<Vec<UpsetReport>>,
    /// Coalition-proof Nash equilibria.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coalition_proof: Option<Vec<StableReport>>,
    /// The pure Nash equilibria that are not coalition-proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coalition_proof_upset: Option<Vec<UpsetReport>>,
    /// What was not decided, and why.
    #[serde(default, skip_serializing_if = "nothing")]
    pub undecided: Keyed<String>,
    /// What is known of what was not decided.
    #[serde(default, skip_serializing_if = "SoFar::is_nothing")]
    pub so_far: SoFar,
    /// The game, as a `.nfg` file with exact payoffs.
    pub game: String,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

fn nothing(undecided: &Keyed<String>) -> bool {
    undecided.0.is_empty()
}

/// A player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GamePlayer {
    /// Its name.
    pub name: String,
    /// The names of its strategies.
    pub strategies: Vec<String>,
}

/// A pure Nash equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PureReport {
    /// Each player's strategy.
    pub profile: Vec<String>,
    /// Each player's payoff.
    pub payoffs: Vec<Num>,
}

/// What iterated elimination leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DominanceReport {
    /// The strategies that remain, by player.
    pub remaining: Vec<Vec<String>>,
    /// The eliminations, in order.
    pub steps: Vec<EliminationReport>,
    /// Why none of those that remain is dominated: a belief for each that is a best reply to
    /// nothing that the others can do for certain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beliefs: Vec<BeliefReport>,
}

/// A belief about what the others do, to which a strategy is a best reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BeliefReport {
    /// The player.
    pub player: String,
    /// The strategy.
    pub strategy: String,
    /// Profiles in which it is played, and how likely each is held to be, exactly.
    pub expects: Vec<LikelyProfile>,
}

/// One elimination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EliminationReport {
    /// The player.
    pub player: String,
    /// The strategy that goes.
    pub strategy: String,
    /// The mixture that is better whatever the others do: exact probabilities.
    pub by: Keyed<String>,
}

/// An equilibrium in mixed strategies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MixedReport {
    /// Each player's probabilities, by strategy.
    pub profile: Vec<Vec<Num>>,
    /// Each player's expected payoff.
    pub payoffs: Vec<Num>,
    /// The most that any player gains by leaving, in units of payoff.
    pub regret: Num,
    /// What each player gains by its best reply.
    pub regrets: Vec<Num>,
    /// As [`GameReport::mixed_complete`]: it is said of the whole list.
    pub complete: bool,
    /// How it was found.
    pub method: String,
    /// The probabilities as exact fractions, where they are known and `profile` has numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Vec<Vec<String>>>,
    /// The profiles that can come about and their probabilities, where they are few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<Vec<LikelyProfile>>,
}

/// A connected set of equilibria.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ComponentReport {
    /// Those listed that are in it, by their numbers from 1.
    pub equilibria: Vec<usize>,
    /// More than two players: strategies, by player, of which every mixture is an equilibrium.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faces: Vec<Vec<Vec<String>>>,
    /// Equilibria by their numbers such that any mixture of the first player's strategies in
    /// them, with any of each other player's, is one. Of two players: the maximal Nash subsets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subsets: Vec<Vec<usize>>,
}

/// A logit (quantal response) equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogitReport {
    /// The precision, per unit of payoff.
    pub precision: f64,
    /// Each player's probabilities, by strategy.
    pub profile: Vec<Vec<f64>>,
    /// Each player's expected payoff.
    pub payoffs: Vec<f64>,
    /// How the branch from uniform play was followed to it: steps, and turns of the precision.
    pub steps: u32,
    /// See `steps`.
    pub turns: u32,
    /// How the precision was told from observed play, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<FitReport>,
}

/// A precision of maximum likelihood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    /// The file of observed play.
    pub source: String,
    /// How often each strategy was played, by player.
    pub observed: Vec<Vec<f64>>,
    /// The log-likelihood of that.
    pub log_likelihood: f64,
    /// The same if all played uniformly.
    pub uniform: f64,
    /// Whether play grows likelier with precision as far as the branch was followed.
    pub unbounded: bool,
}

/// A profile that coalitions do not upset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StableReport {
    /// Each player's strategy.
    pub profile: Vec<String>,
}

/// A profile that a coalition upsets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpsetReport {
    /// Each player's strategy.
    pub profile: Vec<String>,
    /// The players who would leave together, all to their gain.
    pub coalition: Vec<String>,
    /// What they bring about.
    pub deviation: Vec<String>,
}

impl GameReport {
    /// The report as JSON.
    pub fn json(&self) -> String {
        // All keys are strings, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
