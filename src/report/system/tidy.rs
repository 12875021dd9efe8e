//! The report as a tidy table: one number or word a row.

use super::lens::Rows;
use super::schema::{Outcome, Report, VerdictReport};
use crate::report::GivenReport;
use crate::report::format::{Table, Tidy, parameters};
use crate::verdict::Judgement;

impl Report {
    /// The report as a table with the columns `leader,lens,quantity,subject,value,text` and one for
    /// each parameter: a number or a word a row; `subject` is the state, the partition or the profile
    /// that it is about.
    pub fn table(&self) -> Table {
        let mut tidy = Tidy::new(["leader", "lens", "quantity", "subject"]);
        let leader = &self.system.leader;
        for state in &self.system.states {
            tidy.add([leader, "system", "share", &state.id], state.share);
        }
        for (leader, lenses, verdict) in self.each_leader() {
            for (lens, found) in lenses.each() {
                Rows { tidy: &mut tidy, leader, lens: lens.name() }.lens(found);
            }
            add_verdict(Rows { tidy: &mut tidy, leader, lens: "verdict" }, verdict);
        }
        if let Some(given) = self.partition.as_ref().and_then(Outcome::decided) {
            add_partition(Rows { tidy: &mut tidy, leader, lens: "partition" }, given);
        }
        if self.verdict.overall != Judgement::Unasked {
            tidy.add(["", "verdict", "overall", ""], self.verdict.overall);
        }
        let mut table = tidy.table();
        table.constants(&parameters(&self.parameters));
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }
}

/// The verdict on one leading state.
fn add_verdict(mut rows: Rows<'_>, verdict: &VerdictReport) {
    if verdict.overall == Judgement::Unasked {
        return;
    }
    let leader = rows.leader;
    for (name, ends) in [("control", verdict.control), ("multiplier", verdict.multiplier)] {
        rows.add(&format!("{name}_lo"), leader, ends[0]);
        rows.add(&format!("{name}_hi"), leader, ends[1]);
    }
    rows.add("verdict", leader, verdict.overall);
}

/// The partition that was asked about.
fn add_partition(mut rows: Rows<'_>, given: &GivenReport) {
    let found = &given.found;
    let blocs = found.blocs.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>();
    let subject = blocs.join(" | ");
    rows.add("partition_instability", &subject, found.instability);
    rows.add("core_stable", &subject, found.blocking.is_none());
    if let Some(ids) = &found.blocking {
        rows.add("blocking", &subject, ids.join("+").as_str());
    }
    rows.add("peace_threshold", &subject, found.peace_threshold);
    rows.add("nash_stable", &subject, found.nash_stable);
    rows.add("individually_stable", &subject, found.individually_stable);
    rows.add("contractually_stable", &subject, found.contractually_stable);
    for (id, control) in &found.control.0 {
        rows.add("control", id, *control);
    }
    for moved in &given.moves {
        let joins = moved.joins.join("+");
        rows.add("gain", &format!("{} to {joins}", moved.state), moved.gain);
    }
    rows.add("verdict", rows.leader, given.verdict);
}
