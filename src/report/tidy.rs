//! The report as a tidy table: one number or word a row.

use crate::report::format::{Datum, Table, Tidy, parameters};
use crate::report::*;
use crate::verdict::Judgement;

impl Report {
    /// The report as a table with the columns `leader,lens,quantity,subject,value,text` and one for
    /// each parameter: a number or a word a row; `subject` is the state, the partition or the profile
    /// that it is about.
    pub fn table(&self) -> Table {
        let mut rows = Rows(Tidy::new(["leader", "lens", "quantity", "subject"]));
        let leader = &self.system.leader;
        for state in &self.system.states {
            rows.add(leader, "system", "share", &state.id, state.share);
        }
        if self.leaders.is_empty() {
            rows.leader(leader, &self.lenses, &self.verdict);
        }
        for part in &self.leaders {
            rows.leader(&part.leader, &part.lenses, &part.verdict);
        }
        if let Some(given) = self.partition.as_ref().and_then(Outcome::decided) {
            rows.partition(leader, given);
        }
        if self.verdict.overall != Judgement::Unasked {
            rows.add("", "verdict", "overall", "", self.verdict.overall);
        }
        let mut table = rows.0.table();
        table.constants(&parameters(&self.parameters));
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }
}

/// A role as part of a quantity's name: `internal_balancer`.
fn key(role: &str) -> String {
    role.replace([' ', '-'], "_")
}

struct Rows(Tidy<4>);

impl Rows {
    fn add(
        &mut self,
        leader: &str,
        lens: &str,
        quantity: &str,
        subject: &str,
        value: impl Into<Datum>,
    ) {
        self.0.add([leader, lens, quantity, subject], value);
    }

    fn interval(&mut self, leader: &str, lens: &str, [low, high]: [f64; 2], verdict: Judgement) {
        self.add(leader, lens, "control_lo", leader, low);
        self.add(leader, lens, "control_hi", leader, high);
        self.add(leader, lens, "verdict", leader, verdict);
    }

    fn leader(&mut self, leader: &str, lenses: &LensesReport, verdict: &VerdictReport) {
        if let Some(found) = &lenses.polarity {
            self.add(leader, "polarity", "class", "", found.class);
            self.add(leader, "polarity", "hhi", "", found.hhi);
            self.add(leader, "polarity", "effective_poles", "", found.effective_poles);
            self.add(leader, "polarity", "concentration", "", found.concentration);
            self.interval(leader, "polarity", found.control, found.verdict);
        }
        match &lenses.settlement {
            None => (),
            Some(Outcome::Undecided(why)) => self.undecided(leader, "settlement", why),
            Some(Outcome::Decided(found)) => self.settlement(leader, found),
        }
        match &lenses.blocs {
            None => (),
            Some(Outcome::Undecided(why)) => self.undecided(leader, "blocs", why),
            Some(Outcome::Decided(found)) => self.blocs(leader, found),
        }
        match &lenses.alignment {
            None => (),
            Some(Outcome::Undecided(why)) => self.undecided(leader, "alignment", why),
            Some(Outcome::Decided(found)) => self.alignment(leader, found),
        }
        match &lenses.security {
            None => (),
            Some(Outcome::Undecided(why)) => self.undecided(leader, "security", why),
            Some(Outcome::Decided(found)) => {
                for (quantity, subject, value) in security::rows(found) {
                    self.add(leader, "security", &quantity, &subject, value);
                }
            }
        }
        if verdict.overall == Judgement::Unasked {
            return;
        }
        for (name, ends) in [("control", verdict.control), ("multiplier", verdict.multiplier)] {
            self.add(leader, "verdict", &format!("{name}_lo"), leader, ends[0]);
            self.add(leader, "verdict", &format!("{name}_hi"), leader, ends[1]);
        }
        self.add(leader, "verdict", "verdict", leader, verdict.overall);
    }

    fn undecided(&mut self, leader: &str, lens: &str, why: &UndecidedReport) {
        self.add(leader, lens, "undecided", "", why.undecided.as_str());
        self.add(leader, lens, "verdict", leader, Judgement::Undecided);
    }

    fn settlement(&mut self, leader: &str, found: &SettlementReport) {
        let lens = "settlement";
        self.add(leader, lens, "price_of_peace", "", found.price_of_peace);
        let claimant = found.status_quo_claimant.join("+");
        self.add(leader, lens, "status_quo_price", &claimant, found.status_quo_price);
        for (id, share) in &found.nucleolus.0 {
            self.add(leader, lens, "nucleolus", id, share);
        }
        self.interval(leader, lens, found.control, found.verdict);
    }

    /// The partition that was asked about.
    fn partition(&mut self, leader: &str, given: &GivenReport) {
        let lens = "partition";
        let found = &given.found;
        let blocs = found.blocs.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>();
        let subject = blocs.join(" | ");
        self.add(leader, lens, "partition_instability", &subject, found.instability);
        self.add(leader, lens, "core_stable", &subject, found.blocking.is_none());
        if let Some(ids) = &found.blocking {
            self.add(leader, lens, "blocking", &subject, ids.join("+").as_str());
        }
        self.add(leader, lens, "peace_threshold", &subject, found.peace_threshold);
        self.add(leader, lens, "nash_stable", &subject, found.nash_stable);
        self.add(leader, lens, "individually_stable", &subject, found.individually_stable);
        self.add(leader, lens, "contractually_stable", &subject, found.contractually_stable);
        for (id, control) in &found.control.0 {
            self.add(leader, lens, "control", id, *control);
        }
        for moved in &given.moves {
            let joins = moved.joins.join("+");
            self.add(leader, lens, "gain", &format!("{} to {joins}", moved.state), moved.gain);
        }
        self.add(leader, lens, "verdict", leader, given.verdict);
    }

    fn blocs(&mut self, leader: &str, found: &BlocsReport) {
        let lens = "blocs";
        self.add(leader, lens, "instability", "", found.instability);
        self.add(leader, lens, "core_stable", "", found.core_stable);
        self.add(leader, lens, "partitions_total", "", found.partitions_total);
        for partition in &found.partitions {
            let blocs = partition.blocs.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>();
            let subject = blocs.join(" | ");
            self.add(leader, lens, "partition_instability", &subject, partition.instability);
            self.add(leader, lens, "peace_threshold", &subject, partition.peace_threshold);
            self.add(leader, lens, "nash_stable", &subject, partition.nash_stable);
            self.add(leader, lens, "individually_stable", &subject, partition.individually_stable);
            self.add(
                leader,
                lens,
                "contractually_stable",
                &subject,
                partition.contractually_stable,
            );
            let control = partition.control.get(leader).copied().unwrap_or(f64::NAN);
            self.add(leader, lens, "leader_control", &subject, control);
            for (name, values) in
                [("leader_owen", &partition.owen), ("leader_aumann_dreze", &partition.aumann_dreze)]
            {
                if let Some(worth) = values.as_ref().and_then(|values| values.get(leader)) {
                    self.add(leader, lens, name, &subject, *worth);
                }
            }
        }
        self.interval(leader, lens, found.control, found.verdict);
    }

    fn alignment(&mut self, leader: &str, found: &AlignmentReport) {
        let lens = "alignment";
        self.add(leader, lens, "profiles", "", found.profiles);
        self.add(leader, lens, "pure_nash_total", "", found.pure_nash_total);
        for equilibrium in &found.pure_nash {
            let actions = equilibrium.actions.0.iter();
            let subject = actions.map(|(id, posture)| format!("{id}={}", posture.name()));
            let subject = subject.collect::<Vec<_>>().join(" ");
            let control = equilibrium.control.get(leader).copied().unwrap_or(f64::NAN);
            self.add(leader, lens, "pure_nash_control", &subject, control);
            for (id, roles) in equilibrium.roles.iter().flat_map(|roles| &roles.0) {
                for (role, weight) in &roles.0 {
                    let quantity = format!("pure_nash_{}", key(role));
                    self.add(leader, lens, &quantity, &format!("{id}: {subject}"), weight);
                }
            }
        }
        let proofs = &found.certificate;
        for (end, bound) in [("lowest", &proofs.lowest), ("highest", &proofs.highest)] {
            for (id, roles) in bound.roles.iter().flat_map(|roles| &roles.0) {
                for (role, weight) in &roles.0 {
                    self.add(leader, lens, &format!("{end}_{}", key(role)), id, weight);
                }
            }
        }
        for (quantity, subject, value) in selection::rows(found) {
            self.add(leader, lens, &quantity, &subject, value);
        }
        self.beyond(leader, found);
        self.interval(leader, lens, found.control, found.verdict);
    }

    /// Arms, chains and the window.
    fn beyond(&mut self, leader: &str, found: &AlignmentReport) {
        let lens = "alignment";
        if let Some(dilemma) = &found.security_dilemma {
            for (armed, effects) in &dilemma.effects.0 {
                for (id, change) in &effects.0 {
                    self.add(
                        leader,
                        lens,
                        "arming_changes_control",
                        &format!("{armed}: {id}"),
                        change,
                    );
                }
            }
            let worse = dilemma.equilibria.iter().filter(|e| e.everyone_worse_off).count();
            self.add(leader, lens, "armed_equilibria", "", dilemma.equilibria.len());
            self.add(leader, lens, "armed_equilibria_everyone_worse_off", "", worse);
        }
        if let Some(chains) = &found.chains {
            self.add(leader, lens, "chains_pure_nash_total", "", chains.pure_nash_total);
            self.add(leader, lens, "chains_gained_total", "", chains.gained_total);
            self.add(leader, lens, "chains_lost_total", "", chains.lost_total);
            for (name, end) in [("lo", 0), ("hi", 1)] {
                if let Some(control) = chains.control {
                    self.add(leader, lens, &format!("chains_control_{name}"), leader, control[end]);
                }
            }
        }
        if let Some(Outcome::Decided(window)) = &found.window {
            let subject = window.year.to_string();
            for (name, end) in [("lo", 0), ("hi", 1)] {
                let mut add = |what: &str, value: f64| {
                    self.add(leader, lens, &format!("window_{what}_{name}"), &subject, value);
                };
                add("now", window.now.control[end]);
                add("later", window.later.control[end]);
                add("waiting_cost", window.waiting_costs[end]);
            }
            self.add(leader, lens, "window", &subject, window.closing.to_string());
        }
    }
}
