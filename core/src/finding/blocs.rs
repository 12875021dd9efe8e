//! What is found out about partitions into blocs.

use crate::coalition::{Coalition, Partition};

/// One partition: what it gives to whom, and who would leave it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionFinding {
    /// The partition.
    pub partition: Partition,
    /// Each state's control under it.
    pub control: Vec<f64>,
    /// `e(π) = max_S min_{i∈S} (u_i(new) − u_i(π)) / p_i`, at least 0: how much the least
    /// eager member of the most eager coalition would gain by leaving.
    pub instability: f64,
    /// A coalition that attains the instability, where that is above 0.
    pub blocking: Option<Coalition>,
    /// No state gains by moving to another bloc or out.
    pub nash_stable: bool,
    /// No such move that the members of the receiving bloc would not lose by.
    pub individually_stable: bool,
    /// No such move that neither they nor those left behind would lose by.
    pub contractually_stable: bool,
    /// The smallest war cost that deters every bloc from attacking.
    pub peace_threshold: f64,
}

/// A move of one state by which it gains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deviation {
    /// The state.
    pub state: usize,
    /// Whom it joins; nobody where it leaves to stand alone.
    pub joined: Coalition,
    /// What it gains, over its share of power.
    pub gain: f64,
    /// None of those whom it joins loses.
    pub welcome: bool,
    /// None of those whom it leaves loses.
    pub released: bool,
}

/// A partition that somebody asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenPartition {
    /// What it gives to whom, and who would leave it.
    pub partition: PartitionFinding,
    /// Every move of one state by which it gains, by the blocs that they are of.
    pub deviations: Vec<Deviation>,
}

/// What came of examining a partition.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Every coalition was tried.
    Decided(Box<GivenPartition>),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// A state's lowest and highest control over the partitions that were found, each with a
/// partition that attains it.
#[derive(Debug, Clone, PartialEq)]
pub struct BlocRange {
    /// `[lowest, highest]` control.
    pub control: [f64; 2],
    /// The first partition that gives the lowest.
    pub lowest: Partition,
    /// The first partition that gives the highest.
    pub highest: Partition,
}

/// The most states that [`Worth`] is worked out of.
pub const MOST_WORTH: usize = 16;

/// What each state is worth inside blocs, in the game of settlements.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// By Owen (1977), where the blocs bargain with each other.
    pub owen: Vec<f64>,
    /// By Aumann & Drèze (1974), where each bloc divides what it can get by itself.
    pub aumann_dreze: Vec<f64>,
}

/// The core-stable partitions or, where there is none, the least unstable ones.
#[derive(Debug, Clone, PartialEq)]
pub struct BlocsFinding {
    /// `e* = min_π e(π)`: 0 iff a core-stable partition exists.
    pub instability: f64,
    /// The number of partitions that attain `e*` to within the tolerance.
    pub total: u64,
    /// The first of them, in the order of [`Partition`], as many as were asked for.
    pub partitions: Vec<PartitionFinding>,
    /// What states are worth under each of those; empty where that was not worked out.
    pub worths: Vec<Worth>,
    /// For each state, its control over all of them, listed or not.
    pub ranges: Vec<BlocRange>,
}

impl BlocsFinding {
    /// Whether the partitions found are core-stable; else the system is fluid.
    pub fn core_stable(&self) -> bool {
        self.instability <= 0.0
    }
}

/// What came of the search for stable blocs.
#[derive(Debug, Clone, PartialEq)]
pub enum Blocs {
    /// Every partition was accounted for.
    Decided(BlocsFinding),
    /// The time was up first: no claim is made of the partitions that were not reached.
    Undecided {
        /// The least unstable partition seen, which may not be the least unstable there is.
        best: Option<Box<PartitionFinding>>,
        /// Why it was not decided, in words.
        why: String,
    },
}
