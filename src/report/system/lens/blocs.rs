//! The blocs lens in a report: stable partitions.

use std::fmt::{self, Write};

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::{About, LensReport, Rows, SHOWN, more};
use crate::analysis::Lens;
use crate::certify::{self, Claim};
use crate::finding::blocs::{BlocRange, Blocs, BlocsFinding, PartitionFinding, Worth};
use crate::parameters::Parameters;
use crate::report::html::parts::{share, some_share, table};
use crate::report::system::build::{Writer, undecided};
use crate::report::system::check::Checker;
use crate::report::system::read::{Read, Reader};
use crate::report::system::schema::{LISTED, SystemReport, cut, is_full};
use crate::report::text::{blocs as set_of, count, heading, paragraph, percent};
use crate::report::{Keyed, Outcome};
use crate::verdict::Judgement;

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

/// What the lens found of a leading state, if it ran.
pub(super) fn report(about: &About<'_>) -> Option<Outcome<BlocsReport>> {
    let (writer, leader) = (about.writer, about.part().leader);
    Some(match about.analysis.blocs.as_ref()? {
        Blocs::Decided(found) => {
            Outcome::Decided(writer.blocs(found, leader, about.judgement(Lens::Blocs)))
        }
        Blocs::Undecided { best, why } => {
            undecided(why, best.as_ref().map(|best| writer.partition(best)))
        }
    })
}

impl Writer<'_> {
    fn blocs(&self, found: &BlocsFinding, leader: usize, verdict: Judgement) -> BlocsReport {
        let ranges = found.ranges.iter().enumerate().map(|(i, range)| {
            let report = BlocRangeReport {
                control: range.control,
                lowest: self.blocs_of(&range.lowest),
                highest: self.blocs_of(&range.highest),
            };
            (self.id(i), report)
        });
        BlocsReport {
            instability: found.instability,
            core_stable: found.core_stable(),
            control: found.ranges[leader].control,
            verdict,
            partitions_total: found.total,
            partitions: {
                let mut all: Vec<_> = found.partitions.iter().map(|p| self.partition(p)).collect();
                for (report, worth) in all.iter_mut().zip(&found.worths) {
                    report.owen = Some(self.by_state(&worth.owen));
                    report.aumann_dreze = Some(self.by_state(&worth.aumann_dreze));
                }
                all
            },
            max_listed: cut(found.partitions.len(), found.total, LISTED[0]),
            ranges: Keyed(ranges.collect()),
        }
    }

    pub(in crate::report::system) fn partition(&self, found: &PartitionFinding) -> PartitionReport {
        PartitionReport {
            blocs: self.blocs_of(&found.partition),
            instability: found.instability,
            control: self.by_state(&found.control),
            peace_threshold: found.peace_threshold,
            nash_stable: found.nash_stable,
            individually_stable: found.individually_stable,
            contractually_stable: found.contractually_stable,
            blocking: found.blocking.map(|coalition| self.system.ids(coalition)),
            owen: None,
            aumann_dreze: None,
        }
    }
}

impl Reader<'_> {
    fn blocs(&self, report: &BlocsReport) -> Read<BlocsFinding> {
        let mut ranges = Vec::new();
        for state in self.system.states() {
            let range = report.ranges.get(&state.id);
            let range = range.ok_or_else(|| format!("{} has no range", state.id))?;
            ranges.push(BlocRange {
                control: range.control,
                lowest: self.partition(&range.lowest)?,
                highest: self.partition(&range.highest)?,
            });
        }
        let partitions = report.partitions.iter().map(|p| self.partition_finding(p));
        Ok(BlocsFinding {
            instability: report.instability,
            total: report.partitions_total,
            partitions: partitions.collect::<Read<_>>()?,
            worths: self.worths(&report.partitions)?,
            ranges,
        })
    }

    /// What states are worth under each partition; nothing where no report says it.
    fn worths(&self, partitions: &[PartitionReport]) -> Read<Vec<Worth>> {
        let said = |p: &&PartitionReport| p.owen.is_some() || p.aumann_dreze.is_some();
        let worth = |p: &PartitionReport| -> Read<Worth> {
            let none = || "a partition has not its worths".to_owned();
            Ok(Worth {
                owen: self.by_state(p.owen.as_ref().ok_or_else(none)?)?,
                aumann_dreze: self.by_state(p.aumann_dreze.as_ref().ok_or_else(none)?)?,
            })
        };
        match partitions.iter().any(|p| said(&p)) {
            true => partitions.iter().map(worth).collect(),
            false => Ok(Vec::new()),
        }
    }

    pub(in crate::report::system) fn partition_finding(
        &self,
        report: &PartitionReport,
    ) -> Read<PartitionFinding> {
        let blocking = report.blocking.as_ref().map(|ids| self.coalition(ids)).transpose()?;
        Ok(PartitionFinding {
            partition: self.partition(&report.blocs)?,
            control: self.by_state(&report.control)?,
            instability: report.instability,
            blocking,
            nash_stable: report.nash_stable,
            individually_stable: report.individually_stable,
            contractually_stable: report.contractually_stable,
            peace_threshold: report.peace_threshold,
        })
    }
}

impl LensReport for BlocsReport {
    fn judged(&self) -> Option<([f64; 2], Judgement)> {
        Some((self.control, self.verdict))
    }

    fn check(&self, checker: &mut Checker<'_>, leader: usize) {
        let read = checker.reader().blocs(self);
        let consistent = self.core_stable == (self.instability <= 0.0);
        checker
            .claim(Claim::exact(format!("blocs: core_stable is {}", self.core_stable), consistent));
        let listed = self.partitions.len();
        checker.claim(Claim::exact(
            "blocs: all partitions are listed, or as many as may be",
            is_full(listed, self.partitions_total, self.max_listed, LISTED[0]),
        ));
        let named = self.ranges.get(checker.system.id(leader)).map(|range| range.control);
        checker.claim(Claim::exact(
            "blocs: the control is the leading state's range",
            named == Some(self.control),
        ));
        match (read, &checker.contest) {
            (Ok(found), Some(contest)) => {
                let examined =
                    certify::partitions::blocs::examine(contest, &found, checker.thorough);
                checker.found.claims.extend(examined.claims);
                checker.found.unexamined.extend(examined.open);
            }
            (Ok(_), None) => checker.claim(Claim::exact("blocs: no contest", false)),
            (Err(problem), _) => checker.claim(Claim::exact(format!("blocs: {problem}"), false)),
        }
    }

    fn text(&self, out: &mut String, leader: &str, parameters: &Parameters) -> fmt::Result {
        let total = self.partitions_total;
        if self.core_stable {
            heading(out, "BLOCS", &count(total, "core-stable partition"))?;
            paragraph(
                out,
                "No group of states would gain, all of them, by leaving to form a bloc.",
            )?;
        } else {
            heading(out, "BLOCS", "fluid: no partition is core-stable")?;
            paragraph(
                out,
                &format!(
                    "From every partition some group of states would gain by leaving to form a bloc. \
                     Least unstable, by gains of {} of each leaver's power: {}.",
                    percent(self.instability),
                    count(total, "partition"),
                ),
            )?;
        }
        for partition in self.partitions.iter().take(SHOWN) {
            let control = partition.control.get(leader).copied().unwrap_or(f64::NAN);
            let traits = traits(partition, parameters);
            writeln!(
                out,
                "    {}   {leader} {}{traits}",
                set_of(&partition.blocs),
                percent(control)
            )?;
        }
        more(out, total, self.partitions.len(), |n| count(n, "more partition"))?;
        worth(out, self)
    }

    fn table(&self, rows: &mut Rows<'_>) {
        rows.add("instability", "", self.instability);
        rows.add("core_stable", "", self.core_stable);
        rows.add("partitions_total", "", self.partitions_total);
        for partition in &self.partitions {
            let blocs = partition.blocs.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>();
            let subject = blocs.join(" | ");
            rows.add("partition_instability", &subject, partition.instability);
            rows.add("peace_threshold", &subject, partition.peace_threshold);
            rows.add("nash_stable", &subject, partition.nash_stable);
            rows.add("individually_stable", &subject, partition.individually_stable);
            rows.add("contractually_stable", &subject, partition.contractually_stable);
            let control = partition.control.get(rows.leader).copied().unwrap_or(f64::NAN);
            rows.add("leader_control", &subject, control);
            for (name, values) in
                [("leader_owen", &partition.owen), ("leader_aumann_dreze", &partition.aumann_dreze)]
            {
                if let Some(worth) = values.as_ref().and_then(|values| values.get(rows.leader)) {
                    rows.add(name, &subject, *worth);
                }
            }
        }
    }

    fn html(&self, system: &SystemReport) -> Markup {
        let leader = &system.leader;
        let lines = html! {
            @for partition in &self.partitions {
                tr {
                    td { (set_of(&partition.blocs)) }
                    (some_share(partition.control.get(leader).copied()))
                    (share(partition.instability))
                    (share(partition.peace_threshold))
                    td { (partition.blocking.as_deref().map_or("–".into(), |ids| ids.join(" "))) }
                }
            }
        };
        let control = format!("#{leader} controls");
        let columns = ["blocs", &control, "#instability", "#peace if war costs", "who would leave"];
        html! {
            h2 { "Blocs" }
            p {
                @if self.core_stable { "Core-stable partitions: " }
                @else { "None is core-stable; least unstable partitions: " }
                (self.partitions_total)
                @if (self.partitions.len() as u64) < self.partitions_total {
                    ", of which " (self.partitions.len()) " are listed"
                }
            }
            (table("partitions", &columns, &lines))
        }
    }
}

/// What states are worth inside the first partition.
fn worth(out: &mut String, found: &BlocsReport) -> fmt::Result {
    let Some(partition) = found.partitions.first() else { return Ok(()) };
    let (Some(owen), Some(alone)) = (&partition.owen, &partition.aumann_dreze) else {
        return Ok(());
    };
    let each = |values: &Keyed<f64>| {
        let each = values.0.iter().map(|(id, x)| format!("{id} {}", percent(*x)));
        each.collect::<Vec<_>>().join(", ")
    };
    let (set, owen, alone) = (set_of(&partition.blocs), each(owen), each(alone));
    let words = match owen == alone {
        true => format!(
            "A settlement under {set} would give, whether blocs bargain as one (Owen) or each divides \
             what it could win by itself (Aumann-Drèze): {owen}."
        ),
        false => format!(
            "A settlement under {set} would give, if blocs bargain as one (Owen): {owen}; if each \
             divides what it could win by itself (Aumann-Drèze): {alone}."
        ),
    };
    paragraph(out, &words)
}

/// What else is known of a partition.
fn traits(partition: &PartitionReport, parameters: &Parameters) -> String {
    let mut words = Vec::new();
    if partition.nash_stable {
        words.push("Nash stable".to_owned());
    } else if partition.individually_stable {
        words.push("individually stable".to_owned());
    } else if partition.contractually_stable {
        words.push("contractually stable".to_owned());
    }
    if let Some(leavers) = &partition.blocking {
        words.push(format!("{} would leave", leavers.join(" ")));
    }
    // A war leaves 1 − w of all control.
    let total: f64 = partition.control.0.iter().map(|(_, control)| control).sum();
    if parameters.war_cost > 0.0 && total > 1.0 - parameters.war_cost / 2.0 {
        words.push("deterred".to_owned());
    } else if partition.peace_threshold > 0.0 {
        words.push(format!("peace if war costs {}", percent(partition.peace_threshold)));
    }
    words.into_iter().map(|word| format!(", {word}")).collect()
}
