//! Alliances in nested contests: which partitions into blocs would no group of states leave?
//!
//! **Definition.** Bloc `B` of a partition prevails with probability `P(B)^m / Σ_C P(C)^m`, and
//! its members divide what it wins in proportion to `p_i^s`: their product is a state's control
//! (decisiveness `m`, dominance `s`, here both 2 unless others are given). A group of states
//! blocks a partition if all of them have more control once they form a bloc of their own and
//! what remains of each old bloc stays together. Core-stable are the partitions that none
//! blocks; where there is none, the least unstable are the answer.
//!
//! **Method.** The search of the lens *blocs* ([`blocs`]), which is this theory with the
//! default parameters of the model; its own certificates are re-checked. The control in every
//! partition is listed for up to [`LISTED_STATES`] states.
//!
//! **Cost and limits.** Those of [`blocs`].
//!
//! **References.** Katz & Tokatlidu (1996), "Group competition for rents"; Wärneryd (1998),
//! "Distributional conflict and jurisdictional organization"; Esteban & Sákovics (2003),
//! "Olson vs. Coase"; Bloch, Sánchez-Pagés & Soubeyran (2006), "When does universal peace
//! prevail?".

mod check;

use serde::{Deserialize, Serialize};

use super::outcome::braced;
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::coalition::Partition;
use crate::contest::Contest;
use crate::error::Result;
use crate::finding::blocs::{BlocRange, Blocs, PartitionFinding};
use crate::parameters::Parameters;
use crate::solve::partitions::blocs::{self, examine};
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;
use crate::work::Work;

pub(super) const SOURCE: &str = "Bloch, Sánchez-Pagés & Soubeyran (2006); Esteban & Sákovics \
                                 (2003); Wärneryd (1998); Katz & Tokatlidu (1996)";
pub(super) const QUESTION: &str =
    "which partitions into blocs would no group of states leave to form a bloc?";
pub(super) const RULE: &str = "from the leading state's control over the core-stable partitions, \
                               or the least unstable ones: hegemonic if always above half, \
                               balanced if never, else contested";

/// The most states of which the control in every partition is listed.
pub const LISTED_STATES: usize = 4;

/// The stable partitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether some partition is core-stable.
    pub core_stable: bool,
    /// The least that the most eager group of states gains by leaving, over their power.
    pub instability: Option<f64>,
    /// The core-stable partitions, or the least unstable ones, as many as were asked for.
    pub partitions: Vec<Bloc>,
    /// How many there are.
    pub partitions_total: u64,
    /// The leading state's lowest and highest control over all of them.
    pub control: Option<[f64; 2]>,
    /// For each state the lowest and highest control and partitions that attain them.
    pub ranges: Vec<Range>,
    /// Every partition, of few states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Control>,
    /// Why it was not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// A partition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bloc {
    /// Its blocs.
    pub blocs: Vec<Vec<String>>,
    /// Each state's control, in the order of the states.
    pub control: Vec<f64>,
    /// How much the most eager group gains by leaving, over its power; 0 if none does.
    pub instability: f64,
    /// That group.
    pub blocking: Option<Vec<String>>,
    /// Whether no state gains by moving alone.
    pub nash_stable: bool,
    /// Whether no such move hurts nobody in the bloc that is joined.
    pub individually_stable: bool,
    /// Whether no such move hurts nobody in either bloc.
    pub contractually_stable: bool,
    /// The smallest war cost that deters every bloc.
    pub peace_threshold: f64,
}

/// What a partition gives to whom, and who would leave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// Its blocs.
    pub blocs: Vec<Vec<String>>,
    /// Each state's control, in the order of the states.
    pub control: Vec<f64>,
    /// How much the most eager group gains by leaving, over its power; 0 if none does.
    pub instability: f64,
    /// That group.
    pub blocking: Option<Vec<String>>,
}

/// A state's range of control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The state.
    pub state: String,
    /// Lowest and highest.
    pub control: [f64; 2],
    /// A partition that attains the lowest.
    pub lowest: Vec<Vec<String>>,
    /// A partition that attains the highest.
    pub highest: Vec<Vec<String>>,
}

/// Solves a problem.
///
/// # Errors
/// If there are more states than [`blocs::solve`] takes, or a parameter is out of range.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let contest = contest(problem)?;
    let n = problem.len();
    let options =
        blocs::Options { max_partitions: problem.settings.listed, ..blocs::Options::default() };
    let tolerances = Tolerances::DEFAULT;
    let found = match blocs::solve(&contest, &options, work)? {
        Blocs::Decided(found) => found,
        Blocs::Undecided { best, why } => {
            return Ok(Finding {
                core_stable: false,
                instability: None,
                partitions: best.iter().map(|best| bloc(problem, best)).collect(),
                partitions_total: 0,
                control: None,
                ranges: Vec::new(),
                all: Vec::new(),
                undecided: Some(why),
            });
        }
    };
    let sets = |partition: &Partition| groups(problem, partition);
    let range = |(i, range): (usize, &BlocRange)| Range {
        state: problem.system().id(i).to_owned(),
        control: range.control,
        lowest: sets(&range.lowest),
        highest: sets(&range.highest),
    };
    let all = match n {
        0..=LISTED_STATES => Partition::all(n)
            .map(|partition| {
                let found = bloc(problem, &examine(&contest, &partition, &tolerances));
                let Bloc { blocs, control, instability, blocking, .. } = found;
                Control { blocs, control, instability, blocking }
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok(Finding {
        core_stable: found.core_stable(),
        instability: Some(found.instability),
        partitions: found.partitions.iter().map(|partition| bloc(problem, partition)).collect(),
        partitions_total: found.total,
        control: Some(found.ranges[problem.system().leader()].control),
        ranges: found.ranges.iter().enumerate().map(range).collect(),
        all,
        undecided: None,
    })
}

/// What of the input the theory does not use, in words.
pub(super) fn passed_over(problem: &Problem) -> Option<String> {
    let content =
        problem.system().states().iter().any(|state| state.revisionism.is_some_and(|r| r < 1.0));
    let affinity = problem.system().dyads().affinity.is_some();
    let what = match (content, affinity) {
        (false, false) => return None,
        (true, false) => "revisionism is",
        (false, true) => "affinity is",
        (true, true) => "revisionism and affinity are",
    };
    Some(format!("nested-contest: states want control and nothing else, so {what} not used"))
}

fn contest(problem: &Problem) -> Result<Contest> {
    let parameters = Parameters {
        decisiveness: problem.settings.decisiveness,
        dominance: problem.settings.dominance,
        ..Parameters::default()
    };
    // A state wants control and nothing else.
    Contest::new(&problem.system().of_power_alone(), &parameters)
}

fn groups(problem: &Problem, partition: &Partition) -> Vec<Vec<String>> {
    partition.blocs().iter().map(|&bloc| problem.system().ids(bloc)).collect()
}

fn bloc(problem: &Problem, found: &PartitionFinding) -> Bloc {
    Bloc {
        blocs: groups(problem, &found.partition),
        control: found.control.clone(),
        instability: found.instability,
        blocking: found.blocking.map(|set| problem.system().ids(set)),
        nash_stable: found.nash_stable,
        individually_stable: found.individually_stable,
        contractually_stable: found.contractually_stable,
        peace_threshold: found.peace_threshold,
    }
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        let verdict = match self.control {
            Some(control) => Judgement::of_interval(control, 0.5),
            None => Judgement::Undecided,
        };
        let first = self.partitions.first();
        if let Some(first) = first {
            problem.groups(&first.blocs)?;
        }
        Ok(Outcome {
            verdict,
            sides: first.map(|first| first.blocs.clone()),
            excluded: Vec::new(),
            tied: self.partitions_total > 1,
        })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        self.undecided.clone()
    }

    fn sections(&self) -> Vec<Section> {
        const SHOWN: usize = 10;
        let control = |blocs: &[Vec<String>], control: &[f64]| {
            let each: Vec<String> = control.iter().map(|c| format!("{c:.4}")).collect();
            format!("{}   control {}", braced(blocs), each.join(", "))
        };
        let gist = match (self.core_stable, &self.undecided) {
            (_, Some(_)) => "not decided".to_owned(),
            (true, _) => format!("{} core-stable", self.partitions_total),
            (false, _) => format!("none core-stable; {} least unstable", self.partitions_total),
        };
        let mut stable = Section::new("PARTITIONS", gist);
        for bloc in self.partitions.iter().take(SHOWN) {
            stable = stable.with(control(&bloc.blocs, &bloc.control));
        }
        if self.partitions.len() > SHOWN {
            stable = stable.with(format!("… {} more in the JSON", self.partitions.len() - SHOWN));
        }
        let mut sections = vec![stable];
        if !self.all.is_empty() {
            let mut all = Section::new("ALL PARTITIONS", "control in the order of the states");
            for bloc in &self.all {
                let leave = match &bloc.blocking {
                    Some(group) => format!("; {} would leave", group.join(" ")),
                    None => String::new(),
                };
                all = all.with(format!("{}{leave}", control(&bloc.blocs, &bloc.control)));
            }
            sections.push(all);
        }
        sections
    }
}
