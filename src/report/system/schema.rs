//! The JSON contract, schema 1. Keys may be added; none changes its meaning within a schema
//! number. Shares and probabilities are fractions of 1, intervals are `[lowest, highest]`,
//! states are named by the identifiers of the input.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::given::GivenReport;
use super::lens::{LensesReport, PartitionReport};
use crate::parameters::Parameters;
use crate::report::{Keyed, Provenance};
use crate::verdict::Judgement;

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "equipoise/report/1";

/// So many partitions, equilibria and vertices are listed where nothing else is said.
pub(in crate::report) const LISTED: [u64; 3] = [100, 10_000, 1000];

/// The most that a list was made to hold, where it holds neither all nor as many as it would
/// unasked.
pub(in crate::report) fn cut(listed: usize, total: u64, unasked: u64) -> Option<u64> {
    let listed = listed as u64;
    (listed < total.min(unasked)).then_some(listed)
}

/// Whether a list holds all, or as many as it may.
pub(in crate::report) fn is_full(
    listed: usize,
    total: u64,
    most: Option<u64>,
    unasked: u64,
) -> bool {
    listed as u64 == total.min(most.unwrap_or(unasked))
        // Asked for more than it would hold unasked.
        || most.is_none() && listed as u64 <= total && listed as u64 > unasked
}

/// A report on one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The system.
    pub system: SystemReport,
    /// The parameters of the model.
    pub parameters: Parameters,
    /// What each lens found, for the leading state.
    pub lenses: LensesReport,
    /// A partition that somebody asked about, beside the lenses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<Outcome<GivenReport>>,
    /// The verdict.
    pub verdict: VerdictReport,
    /// The same for every leading state in turn, where that was asked for; the first is the
    /// one above, but `verdict.overall` is then the verdict over all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaders: Vec<LeaderReport>,
    /// Lenses that do not take a system of this size, and why.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub lenses_left_out: Keyed<String>,
    /// What was noticed, dropped or assumed on the way from the file to the system.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
    /// Whether the text also says what its words mean; no part of the contract.
    #[serde(skip)]
    pub explain: bool,
}

impl Report {
    /// The lenses of any leading state that were left undecided, each once, with the reason.
    pub fn undecided(&self) -> Vec<(String, String)> {
        let mut open: Vec<(String, String)> = Vec::new();
        let parts = self.leaders.iter().map(|part| &part.lenses);
        for (lens, why) in std::iter::once(&self.lenses).chain(parts).flat_map(LensesReport::open) {
            if open.iter().all(|(known, _)| known != lens.name()) {
                open.push((lens.name().to_owned(), why.to_owned()));
            }
        }
        open
    }
}

pub(in crate::report) fn is_empty<T>(keyed: &Keyed<T>) -> bool {
    keyed.0.is_empty()
}

/// The system: who holds what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemReport {
    /// What it is called.
    pub name: String,
    /// The file it came from.
    pub source: String,
    /// The year, where the data have one.
    pub year: Option<i32>,
    /// How power was measured.
    pub measure: String,
    /// The leading state.
    pub leader: String,
    /// The states, in the order of the input.
    pub states: Vec<StateReport>,
    /// What is known of ordered pairs of states, where a file told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairReport>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateReport {
    /// Its identifier.
    pub id: String,
    /// Its name, where the input has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its share of power.
    pub share: f64,
    /// The same as a fraction, where that is short: it decides where the rounded share
    /// could not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// How well suited to attack its forces are, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offence: Option<f64>,
    /// Its revisionism, where it is not a power maximiser (1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisionism: Option<f64>,
    /// How fast its power grows, a rate a year, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub growth: Option<f64>,
    /// Its bloc in the reference split, where the input has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc: Option<String>,
    /// The part of its power that non-military indicators make up, where soft balancing is a
    /// tactic and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soft: Option<f64>,
}

/// What `state1` has to do with `state2`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairReport {
    /// The one.
    pub state1: String,
    /// The other.
    pub state2: String,
    /// Distance in km.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// Hostility, in `[-1, 1]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostility: Option<f64>,
    /// Affinity, in `[-1, 1]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affinity: Option<f64>,
    /// Whether they are committed to each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<bool>,
}

/// A finding, or the reason why there is none: an object with the key `undecided`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "at most a handful of them exist")]
pub enum Outcome<T> {
    /// The lens came to an end.
    Decided(T),
    /// The time was up first, or the finding failed.
    Undecided(UndecidedReport),
}

impl<T> Outcome<T> {
    /// The finding, if there is one.
    pub fn decided(&self) -> Option<&T> {
        match self {
            Self::Decided(found) => Some(found),
            Self::Undecided(_) => None,
        }
    }

    /// Why there is none.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Decided(_) => None,
            Self::Undecided(report) => Some(&report.undecided),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Outcome<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Open {
            undecided: Option<serde::de::IgnoredAny>,
        }
        // By hand rather than untagged, so that an error names the field it is in; as text,
        // so that keys stay in their order, and as bytes, for which the reader is compiled already.
        let text = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let text = text.get().as_bytes();
        let open = serde_json::from_slice(text).is_ok_and(|o: Open| o.undecided.is_some());
        let read = match open {
            true => serde_json::from_slice(text).map(Self::Undecided),
            false => serde_json::from_slice(text).map(Self::Decided),
        };
        read.map_err(|error| {
            let said = error.to_string();
            // Where it is in that text is not where it is in the file.
            serde::de::Error::custom(said.split(" at line ").next().unwrap_or_default())
        })
    }
}

/// Why a lens was not decided, and the best it had found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UndecidedReport {
    /// Why.
    pub undecided: String,
    /// Always `undecided`.
    pub verdict: Judgement,
    /// The least unstable partition seen, of which no more is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<PartitionReport>,
}

/// The verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictReport {
    /// Balanced, hegemonic, contested; or undecided; `null` where no lens of control ran.
    pub overall: Judgement,
    /// The hull of the lenses' intervals.
    pub control: [f64; 2],
    /// The same over the leading state's share.
    pub multiplier: [f64; 2],
    /// What the leading state would control if nobody allied, `p_h^m / Σ p_j^m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_alliance_control: Option<f64>,
    /// The control over that: below 1 alliances hold the state back; absent where that is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against_no_alliance: Option<[f64; 2]>,
    /// Whether the verdict is the same in other settings and by other measures, where that was
    /// asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<RobustnessReport>,
    /// The verdict over draws of parameters that were estimated, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<DrawsReport>,
    /// The lenses that are not of the common mind.
    pub disagreeing: Vec<String>,
}

/// Whether the verdict is the same in other settings and by other measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RobustnessReport {
    /// How many settings there are: decisiveness 1.25, 1.5, 2, 3, 4 by dominance 1, 1.25, 1.5, 2,
    /// 2.5.
    pub settings: usize,
    /// In how many of them the verdict is the same.
    pub agree: usize,
    /// The verdict by each other measure of power that the file has.
    pub measures: Keyed<Judgement>,
}

/// The verdict over draws of the sampling distribution of an estimate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawsReport {
    /// How many draws.
    pub n: u32,
    /// Their seed.
    pub seed: u64,
    /// What was drawn, and its estimate.
    pub estimates: Keyed<f64>,
    /// How many draws had each verdict: balanced, hegemonic, contested, undecided.
    pub verdicts: Keyed<u32>,
}

/// One leading state's part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeaderReport {
    /// The leading state.
    pub leader: String,
    /// What each lens found.
    pub lenses: LensesReport,
    /// The verdict.
    pub verdict: VerdictReport,
}
