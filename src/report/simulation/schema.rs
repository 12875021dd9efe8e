//! The structure of a simulation's report.

use serde::{Deserialize, Serialize};

use crate::parameters::sampling::Sampling;
use crate::parameters::simulation::{Doubt, Rule, Rules};
use crate::report::{Keyed, Provenance, SystemReport};

/// The schema's name.
pub const SIMULATION_SCHEMA: &str = "equipoise/simulation/1";

/// Of more runs than this the rows are left out of JSON.
pub const MOST_ROWS: usize = 10_000;

fn too_many(rows: &[RunReport]) -> bool {
    rows.len() > MOST_ROWS
}

/// What states that were not there at the start are called together.
pub const NEWCOMERS: &str = "newcomers";

/// A simulation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimulationReport {
    /// [`SIMULATION_SCHEMA`].
    pub schema: String,
    /// The system at the start.
    pub system: SystemReport,
    /// The rules; of parameters in doubt the middle of the range, of drawn ones the estimate.
    pub parameters: Rules,
    /// The parameters of which every run drew its own value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Doubt>,
    /// What came of draws of estimated parameters, where runs were played with such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<DoubtReport>,
    /// The seed.
    pub seed: u64,
    /// The runs that were made: the first ones of those asked for.
    pub runs: u32,
    /// The runs that were asked for.
    pub runs_asked: u32,
    /// The periods of a run.
    pub periods: u32,
    /// Hegemony.
    pub hegemony: HegemonyReport,
    /// The probability that there has been no hegemon, by period.
    pub survival: Vec<SurvivalReport>,
    /// What the runs look like, by period.
    pub path: Vec<PathReport>,
    /// The wars.
    pub wars: WarsReport,
    /// The periods, over all runs, in which alignment did not come to rest.
    pub unsettled: u64,
    /// How the others stood to the strongest state, by tenth of its share of power.
    pub balancing: Vec<BalancingReport>,
    /// The probability of hegemony by third of each range.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thirds: Vec<ThirdReport>,
    /// The probability of hegemony at other values of dominance, where that has one value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dominance: Vec<DominanceReport>,
    /// The same luck under other rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<CompareReport>,
    /// The probability of hegemony over a plane of parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<GridReport>,
    /// How each run ended; left out of JSON where there are more than [`MOST_ROWS`].
    #[serde(default, skip_serializing_if = "too_many")]
    pub rows: Vec<RunReport>,
    /// What is to be noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The version of equipoise that made it.
    pub version: String,
    /// What it was made from; absent of a report that a program made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// Hegemony: one state above the threshold for so many periods running as are asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HegemonyReport {
    /// The part of the runs that have a hegemon.
    pub probability: f64,
    /// Its 95 % interval (Wilson).
    pub interval: [f64; 2],
    /// The part of the runs in which a state is above the threshold at the end.
    pub at_end: f64,
    /// Its 95 % interval.
    pub at_end_interval: [f64; 2],
    /// Of the runs that had a hegemon the part in which it fell again; `null` if none had one.
    pub ended: Option<f64>,
    /// The period by which half of the runs have a hegemon; `null` if fewer have one.
    pub median_period: Option<u32>,
    /// Of all runs the part in which each state is the hegemon, newcomers together.
    pub by: Keyed<f64>,
}

/// The survival of the balance (Kaplan & Meier 1958).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SurvivalReport {
    /// The period.
    pub period: u32,
    /// The probability that no hegemony has begun by its end.
    pub balanced: f64,
    /// Its 95 % band (Greenwood, on the scale of log(−log)).
    pub interval: [f64; 2],
}

/// A period over all runs: 5, 25, 50, 75 and 95 % of them are below these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathReport {
    /// The period.
    pub period: u32,
    /// The share of the strongest state.
    pub leader_share: [f64; 5],
    /// One over the sum of squared shares.
    pub effective_poles: [f64; 5],
    /// The mean number of states.
    pub states: f64,
}

/// The wars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WarsReport {
    /// In a hundred periods.
    pub per_100: f64,
    /// The part that the attackers won; `null` if there were none.
    pub attacker_won: Option<f64>,
}

/// How the others stood to the strongest state while it had so much of all power.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BalancingReport {
    /// From which share to which.
    pub leader_share: [f64; 2],
    /// In how many periods, over all runs.
    pub periods: u64,
    /// The part of the others' power that stood with it.
    pub with: f64,
    /// The part in the strongest bloc without it.
    pub against: f64,
    /// The rest.
    pub elsewhere: f64,
}

/// A third of a range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThirdReport {
    /// The parameter.
    pub parameter: Rule,
    /// From which value.
    pub from: f64,
    /// To which.
    pub to: f64,
    /// The runs whose value is in it.
    pub runs: u32,
    /// The part of them that have a hegemon.
    pub probability: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// What came of draws of the sampling distribution of an estimate: of `n` draws run `k` is played
/// with draw `k mod n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoubtReport {
    /// What the draws follow from.
    pub sampling: Sampling,
    /// The 95 % interval of the probability of hegemony, of which runs of one draw are one cluster.
    pub interval: [f64; 2],
    /// The standard deviation of the probability between draws, without the chance of the runs.
    pub spread: f64,
    /// The part of the variance of a run's end that lies between draws.
    pub between: f64,
    /// How many draws end so: balanced (hegemony surely less probable than not), hegemonic (surely
    /// more), contested (neither is sure).
    pub verdicts: Keyed<u32>,
    /// The draws, in order.
    pub draws: Vec<DrawReport>,
}

/// A draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawReport {
    /// The values of the parameters that were drawn.
    pub parameters: Keyed<f64>,
    /// The runs that were played with it.
    pub runs: u32,
    /// Those that have a hegemon.
    pub hegemonic: u32,
    /// What they say.
    pub verdict: String,
}

/// The same at another dominance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DominanceReport {
    /// The dominance.
    pub dominance: f64,
    /// The part of the runs that have a hegemon.
    pub probability: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// `inf`, or the name of an alliance rule.
    Text(String),
}

/// The same luck under other rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompareReport {
    /// What is changed.
    pub changed: Keyed<Value>,
    /// The part of the runs that have a hegemon then.
    pub probability: f64,
    /// That less the one without the change.
    pub difference: f64,
    /// Its 95 % interval, paired run by run.
    pub interval: [f64; 2],
    /// The runs with a hegemon under the changed rules alone.
    pub gained: u32,
    /// The runs with a hegemon under the first rules alone.
    pub lost: u32,
}

/// A plane of parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GridReport {
    /// Across.
    pub x: AxisReport,
    /// Upwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<AxisReport>,
    /// The places, row by row from below.
    pub cells: Vec<CellReport>,
}

/// A parameter along an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AxisReport {
    /// The parameter.
    pub parameter: Rule,
    /// Its values.
    pub values: Vec<f64>,
}

/// A place of a plane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellReport {
    /// Its value across.
    pub x: f64,
    /// Its value upwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<f64>,
    /// The part of the runs that have a hegemon.
    pub probability: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
    /// The part of the runs in which a state is above the threshold at the end.
    pub at_end: f64,
    /// Its 95 % interval.
    pub at_end_interval: [f64; 2],
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// Its number, from 0.
    pub run: u32,
    /// Whether it has a hegemon.
    pub hegemonic: bool,
    /// The first period of its hegemony.
    pub period: Option<u32>,
    /// Who it is; `newcomer 1` is the first state that entered.
    pub hegemon: Option<String>,
    /// Whether its hegemony ended.
    pub ended: bool,
    /// Whether a state is above the threshold at the end.
    pub above_at_end: bool,
    /// The share of the strongest state at the end.
    pub leader_share: f64,
    /// Effective poles at the end.
    pub effective_poles: f64,
    /// The states at the end.
    pub states: u32,
    /// The wars.
    pub wars: u32,
    /// Those that the attackers won.
    pub attackers_won: u32,
    /// The periods in which alignment did not come to rest.
    pub unsettled: u32,
}
