//! A partition that somebody asked about: who would leave it, who would move, what it comes to.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::read::{Read, Reader};
use crate::analysis::Analysis;
use crate::certify::{self, Claim};
use crate::contest::Contest;
use crate::finding::blocs::{Deviation, Given, GivenPartition};
use crate::report::text::{blocs as set_of, entry, heading, paragraph, percent};
use crate::report::{Outcome, PartitionReport, Report};
use crate::verdict::Judgement;
use crate::work::Work;

/// A partition, judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenReport {
    /// What it gives to whom, and who would leave it.
    #[serde(flatten)]
    pub found: PartitionReport,
    /// The judgement of what the leading state controls under it.
    pub verdict: Judgement,
    /// Every move of one state by which it gains.
    pub moves: Vec<MoveReport>,
}

/// A move of one state by which it gains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveReport {
    /// The state.
    pub state: String,
    /// Whom it joins; nobody where it leaves to stand alone.
    pub joins: Vec<String>,
    /// What it gains, over its share of power.
    pub gain: f64,
    /// None of those whom it joins loses.
    pub welcome: bool,
    /// None of those whom it leaves loses.
    pub released: bool,
}

impl GivenReport {
    /// What there is to say of the partition that was asked about; `partition` writes one.
    pub(super) fn of(
        analysis: &Analysis,
        partition: impl Fn(&crate::finding::blocs::PartitionFinding) -> PartitionReport,
    ) -> Option<Outcome<Self>> {
        let given = match analysis.given.as_ref()? {
            Given::Undecided { why } => return Some(super::build::undecided(why, None)),
            Given::Decided(given) => given,
        };
        let leader = analysis.leaders.first().map_or(0, |part| part.leader);
        let control = given.partition.control[leader];
        let system = &analysis.system;
        let moved = |deviation: &Deviation| MoveReport {
            state: system.id(deviation.state).into(),
            joins: system.ids(deviation.joined),
            gain: deviation.gain,
            welcome: deviation.welcome,
            released: deviation.released,
        };
        Some(Outcome::Decided(Self {
            found: partition(&given.partition),
            verdict: Judgement::of_interval([control; 2], analysis.parameters.threshold),
            moves: given.deviations.iter().map(moved).collect(),
        }))
    }

    fn read(&self, reader: &Reader) -> Read<GivenPartition> {
        let deviation = |moved: &MoveReport| -> Read<Deviation> {
            Ok(Deviation {
                state: reader.state(&moved.state)?,
                joined: reader.coalition(&moved.joins)?,
                gain: moved.gain,
                welcome: moved.welcome,
                released: moved.released,
            })
        };
        Ok(GivenPartition {
            partition: reader.partition_finding(&self.found)?,
            deviations: self.moves.iter().map(deviation).collect::<Read<_>>()?,
        })
    }

    /// The claims of it.
    pub(super) fn claims(&self, report: &Report, reader: &Reader, contest: &Contest) -> Vec<Claim> {
        let given = match self.read(reader) {
            Ok(given) => given,
            Err(problem) => return vec![Claim::exact(format!("partition: {problem}"), false)],
        };
        let check = certify::partitions::blocs::check_given;
        let mut claims = check(contest, &given, &Work::default()).unwrap_or_default();
        let control = self.found.control.get(&report.system.leader).copied().unwrap_or(f64::NAN);
        let verdict = Judgement::of_interval([control; 2], report.parameters.threshold);
        let what = format!("partition: {}", self.verdict);
        claims.push(Claim::exact(what, verdict == self.verdict && self.found.owen.is_none()));
        claims
    }

    /// What it comes to, and who would leave together, in words.
    pub(crate) fn gist(&self, leader: &str) -> [String; 2] {
        let PartitionReport { blocs, control, blocking, instability, .. } = &self.found;
        let control = control.get(leader).copied().unwrap_or(f64::NAN);
        let set = set_of(blocs);
        let comes =
            format!("Under {set} {leader} controls {}: {}.", percent(control), self.verdict);
        let leaves = match blocking {
            None => "Core-stable: no group of states would gain, all of them, by leaving to form a bloc."
                .to_owned(),
            Some(ids) => format!(
                "Not core-stable: {} would gain by leaving to form a bloc, each by {} of its power or \
                 more.",
                ids.join(" "),
                percent(*instability)
            ),
        };
        [comes, leaves]
    }

    /// Every move of one state by which it gains, in words.
    pub(super) fn moved(&self) -> Vec<String> {
        let moved = |moved: &MoveReport| {
            let MoveReport { state, joins, gain, welcome, .. } = moved;
            let gain = percent(*gain);
            match (joins.is_empty(), welcome) {
                (true, _) => format!("{state} would rather stand alone: {gain} of its power"),
                (false, true) => {
                    format!("{state} would join {}, who would not lose: {gain}", joins.join(" "))
                }
                (false, false) => {
                    format!(
                        "{state} would join {}, some of whom would lose: {gain}",
                        joins.join(" ")
                    )
                }
            }
        };
        self.moves.iter().map(moved).collect()
    }
}

/// What is said where no state gains by moving by itself, and before those that do.
pub(super) const UNMOVED: &str = "No state would gain by moving by itself.";
pub(super) const MOVED: &str = "By moving by themselves, the others as they are, would gain:";

/// What was found of a partition, as a part of the text.
pub(super) fn write_text(out: &mut String, report: &Report) -> fmt::Result {
    let leader = &report.system.leader;
    match &report.partition {
        None => Ok(()),
        Some(Outcome::Undecided(why)) => {
            heading(out, "PARTITION", "undecided")?;
            paragraph(out, &why.undecided)
        }
        Some(Outcome::Decided(given)) => {
            heading(out, "PARTITION", "the one that was asked about")?;
            let [comes, leaves] = given.gist(leader);
            paragraph(out, &format!("{comes} {leaves}"))?;
            if given.moves.is_empty() {
                return paragraph(out, UNMOVED);
            }
            paragraph(out, MOVED)?;
            given.moved().iter().try_for_each(|words| entry(out, words))
        }
    }
}
