//! The JSON contract, schema 1. Keys may be added; none changes its meaning within a schema
//! number. Shares and probabilities are fractions of 1, intervals are `[lowest, highest]`,
//! states are named by the identifiers of the input.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::game::Posture;
use crate::parameters::Parameters;
use crate::polarity::PolarityClass;
use crate::report::Provenance;
use crate::report::given::GivenReport;
use crate::report::selection::schema::*;
use crate::report::{
    ChainsReport, DilemmaReport, Keyed, RolesReport, SecurityReport, WindowReport,
};
use crate::verdict::Judgement;

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "equipoise/report/1";

/// So many partitions, equilibria and vertices are listed where nothing else is said.
pub(super) const LISTED: [u64; 3] = [100, 10_000, 1000];

/// The most that a list was made to hold, where it holds neither all nor as many as it would
/// unasked.
pub(super) fn cut(listed: usize, total: u64, unasked: u64) -> Option<u64> {
    let listed = listed as u64;
    (listed < total.min(unasked)).then_some(listed)
}

/// Whether a list holds all, or as many as it may.
pub(super) fn is_full(listed: usize, total: u64, most: Option<u64>, unasked: u64) -> bool {
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
            if open.iter().all(|(known, _)| known != lens) {
                open.push((lens.to_owned(), why.to_owned()));
            }
        }
        open
    }
}

pub(super) fn is_empty<T>(keyed: &Keyed<T>) -> bool {
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

/// What each lens found; a lens that did not run is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LensesReport {
    /// The structure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<PolarityReport>,
    /// The settlement game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Outcome<SettlementReport>>,
    /// Stable blocs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocs: Option<Outcome<BlocsReport>>,
    /// Equilibria of choosing sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Outcome<AlignmentReport>>,
    /// Equilibria of states that fear for their independence; beside the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Outcome<SecurityReport>>,
}

impl LensesReport {
    /// The lenses that were left undecided, each with the reason.
    fn open(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let named = [
            ("settlement", self.settlement.as_ref().and_then(Outcome::why)),
            ("blocs", self.blocs.as_ref().and_then(Outcome::why)),
            ("alignment", self.alignment.as_ref().and_then(Outcome::why)),
            ("security", self.security.as_ref().and_then(Outcome::why)),
        ];
        named.into_iter().filter_map(|(lens, why)| Some((lens, why?)))
    }
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
        // By hand rather than untagged, so that a mistake is told by the field it is in; as text,
        // so that keys stay in their order.
        let text = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let open = serde_json::from_str(text.get()).is_ok_and(|o: Open| o.undecided.is_some());
        let read = match open {
            true => serde_json::from_str(text.get()).map(Self::Undecided),
            false => serde_json::from_str(text.get()).map(Self::Decided),
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

/// The polarity lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolarityReport {
    /// The class.
    pub class: PolarityClass,
    /// Herfindahl–Hirschman index.
    pub hhi: f64,
    /// `1/HHI`.
    pub effective_poles: f64,
    /// Ray & Singer's index.
    pub concentration: f64,
    /// The leading state's share, twice.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
}

/// The settlement lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlementReport {
    /// The least-core value.
    pub price_of_peace: f64,
    /// The price of peace of the present distribution of power.
    pub status_quo_price: f64,
    /// The coalition that has most reason to fight it.
    pub status_quo_claimant: Vec<String>,
    /// The nucleolus.
    pub nucleolus: Keyed<f64>,
    /// The leading state's payoff over the least core.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
    /// The proofs.
    pub certificate: SettlementCertificate,
}

/// A coalition's weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightReport {
    /// The coalition.
    pub coalition: Vec<String>,
    /// Its weight.
    pub weight: f64,
}

/// The proofs of the settlement lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlementCertificate {
    /// A balanced collection whose claims add up to `1 + price · Σ weights`.
    pub weights: Vec<WeightReport>,
    /// The nucleolus, level by level.
    pub nucleolus: Vec<LevelReport>,
    /// The lower end of the interval.
    pub lowest: LeastCoreReport,
    /// The upper end of the interval.
    pub highest: LeastCoreReport,
}

/// One level of the nucleolus's proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LevelReport {
    /// The excess of these coalitions.
    pub excess: f64,
    /// The coalitions that this level settles.
    pub weights: Vec<WeightReport>,
    /// States held at what they can get alone, with the weights of that.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub floors: Keyed<f64>,
}

/// A bound on the leading state's payoff over the least core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeastCoreReport {
    /// Attains it.
    pub allocation: Keyed<f64>,
    /// Prove it.
    pub weights: Vec<WeightReport>,
    /// The weight of `x(N) = 1`.
    pub total: f64,
}

/// The blocs lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlocsReport {
    /// The least instability of any partition.
    pub instability: f64,
    /// Whether that is 0.
    pub core_stable: bool,
    /// The leading state's control over the partitions found.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
    /// How many partitions attain the least instability.
    pub partitions_total: u64,
    /// The first of them.
    pub partitions: Vec<PartitionReport>,
    /// How many are listed at most, where that is fewer than 100 and not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_listed: Option<u64>,
    /// Each state's control over all of them.
    pub ranges: Keyed<BlocRangeReport>,
}

/// A partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartitionReport {
    /// Its blocs.
    pub blocs: Vec<Vec<String>>,
    /// Its instability.
    pub instability: f64,
    /// Each state's control under it.
    pub control: Keyed<f64>,
    /// The smallest war cost that deters every bloc.
    pub peace_threshold: f64,
    /// No state gains by moving.
    pub nash_stable: bool,
    /// No such move that the receivers would not lose by.
    pub individually_stable: bool,
    /// No such move that neither receivers nor those left would lose by.
    pub contractually_stable: bool,
    /// The coalition that would leave, if one would.
    pub blocking: Option<Vec<String>>,
    /// What each state is worth inside the blocs, in the game of settlements, by Owen (1977).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owen: Option<Keyed<f64>>,
    /// By Aumann & Drèze (1974).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aumann_dreze: Option<Keyed<f64>>,
}

/// A state's control over the partitions found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlocRangeReport {
    /// The interval.
    pub control: [f64; 2],
    /// A partition that attains the lower end.
    pub lowest: Vec<Vec<String>>,
    /// A partition that attains the upper end.
    pub highest: Vec<Vec<String>>,
}

/// The alignment lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentReport {
    /// The state that the others face.
    pub leader: String,
    /// The number of profiles.
    pub profiles: u64,
    /// The leading state's expected control over all correlated equilibria.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
    /// How many pure Nash equilibria there are.
    pub pure_nash_total: u64,
    /// The first of them.
    pub pure_nash: Vec<EquilibriumReport>,
    /// How many equilibria are listed at most, where that is fewer than 10,000 and not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_listed: Option<u64>,
    /// The proofs of the interval.
    pub certificate: AlignmentCertificate,
    /// The tactics, where they were named; else they are balance, bandwagon and abstain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tactics: Option<Vec<Posture>>,
    /// What arms do, where arming is a tactic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_dilemma: Option<DilemmaReport>,
    /// What chains change, where commitments are tight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chains: Option<ChainsReport>,
    /// Whether the leading state's window is closing, where a horizon was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Outcome<WindowReport>>,
    /// What speaks for each pure equilibrium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<Vec<SelectedReport>>,
    /// Why that was not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection_left_out: Option<String>,
    /// The logit equilibrium on the branch from uniform play.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logit: Option<LogitAlignmentReport>,
    /// Why it was not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logit_left_out: Option<String>,
}

/// A pure Nash equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EquilibriumReport {
    /// Each state's posture: those that face the leading one, and the leading one's too where
    /// it has a choice.
    pub actions: Keyed<Posture>,
    /// Each state's control under it.
    pub control: Keyed<f64>,
    /// What each state is in it, where tactics were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<RolesReport>,
}

/// The proofs of the alignment lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlignmentCertificate {
    /// The lower end of the interval.
    pub lowest: CorrelatedReport,
    /// The upper end of the interval.
    pub highest: CorrelatedReport,
}

/// A bound on the leading state's control over all correlated equilibria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorrelatedReport {
    /// A correlated equilibrium that attains it.
    pub distribution: Vec<ProfileReport>,
    /// Incentive constraints that prove it.
    pub incentives: Vec<IncentiveReport>,
    /// The bound on the control, negated for the upper end.
    pub bound: f64,
    /// What each state is over the distribution, where tactics were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<RolesReport>,
}

/// A profile and its probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileReport {
    /// Each state's posture: those that face the leading one, and the leading one's too where
    /// it has a choice.
    pub actions: Keyed<Posture>,
    /// Its probability.
    pub probability: f64,
}

/// The constraint that a state told to play `from` does not gain by playing `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IncentiveReport {
    /// The state.
    pub state: String,
    /// What it is told.
    pub from: Posture,
    /// What it would do instead.
    pub to: Posture,
    /// The constraint's weight.
    pub weight: f64,
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
