//! The alignment lens in a report: equilibria of choosing sides.

mod build;
pub(in crate::report::system) mod schema;
pub(super) mod selection;
pub(super) mod tactics;

use std::fmt::{self, Write};

use maud::{Markup, html};

use self::schema::*;
use super::{LensReport, PAGED, Rows, SHOWN, more, more_equilibria};
use crate::certify::{self, Claim};
use crate::game::Posture;
use crate::parameters::Parameters;
use crate::report::html::parts::{some_share, table, whole};
use crate::report::system::check::Checker;
use crate::report::system::schema::{LISTED, SystemReport, is_full};
use crate::report::text::{heading, paragraph, percent, span};
use crate::report::{Keyed, Outcome};
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;

pub(super) use build::report;

impl LensReport for AlignmentReport {
    fn judged(&self) -> Option<([f64; 2], Judgement)> {
        Some((self.control, self.verdict))
    }

    fn check(&self, checker: &mut Checker<'_>, leader: usize) {
        let leader = checker.system.id(leader);
        let reader = tactics::AlignmentReader::new(checker.system, self);
        let read = reader.and_then(|reader| reader.finding(self));
        checker.claim(Claim::exact(
            format!("alignment: the others face {}", self.leader),
            self.leader == leader,
        ));
        if let (Ok(found), Some(contest)) = (&read, &checker.contest) {
            let (claims, unexamined) = certify::alignment::selection::check(contest, found);
            checker.found.claims.extend(claims);
            checker.found.unexamined.extend(unexamined);
        }
        checker.certified("alignment", read, certify::alignment::check);
        let listed = self.pure_nash.len();
        checker.claim(Claim::exact(
            "alignment: all equilibria are listed, or as many as may be",
            is_full(listed, self.pure_nash_total, self.max_listed, LISTED[1]),
        ));
        let more = tactics::claims(checker.system, &checker.report.parameters, self);
        checker.found.claims.extend(more);
        checker.found.undecided |= matches!(self.window, Some(Outcome::Undecided(_)));
    }

    fn text(&self, out: &mut String, leader: &str, parameters: &Parameters) -> fmt::Result {
        base(out, self, leader)?;
        tactics::text(out, self, leader, parameters)
    }

    fn table(&self, rows: &mut Rows<'_>) {
        rows.add("profiles", "", self.profiles);
        rows.add("pure_nash_total", "", self.pure_nash_total);
        for equilibrium in &self.pure_nash {
            let actions = equilibrium.actions.0.iter();
            let subject = actions.map(|(id, posture)| format!("{id}={}", posture.name()));
            let subject = subject.collect::<Vec<_>>().join(" ");
            let control = equilibrium.control.get(rows.leader).copied().unwrap_or(f64::NAN);
            rows.add("pure_nash_control", &subject, control);
            for (id, roles) in equilibrium.roles.iter().flat_map(|roles| &roles.0) {
                for (role, weight) in &roles.0 {
                    let quantity = format!("pure_nash_{}", key(role));
                    rows.add(&quantity, &format!("{id}: {subject}"), weight);
                }
            }
        }
        let proofs = &self.certificate;
        for (end, bound) in [("lowest", &proofs.lowest), ("highest", &proofs.highest)] {
            for (id, roles) in bound.roles.iter().flat_map(|roles| &roles.0) {
                for (role, weight) in &roles.0 {
                    rows.add(&format!("{end}_{}", key(role)), id, weight);
                }
            }
        }
        selection::rows(self, rows);
        self.beyond(rows);
    }

    fn html(&self, _: &SystemReport) -> Markup {
        let leader = &self.leader;
        let listed = self.pure_nash.iter().take(PAGED);
        let lines = html! {
            @for (at, equilibrium) in listed.enumerate() {
                tr {
                    (whole(at as u64 + 1))
                    td { (sides(&equilibrium.actions)) }
                    (some_share(equilibrium.control.get(leader).copied()))
                }
            }
        };
        let control = format!("#{leader} controls");
        html! {
            h2 { "Alignment" }
            p {
                "Pure Nash equilibria of choosing sides towards " (leader) ": "
                (self.pure_nash_total)
                @if self.pure_nash_total > PAGED as u64 {
                    ", of which " (self.pure_nash.len().min(PAGED)) " are listed"
                }
            }
            @if !self.pure_nash.is_empty() {
                (table("equilibria", &["#no.", "who does what", &control], &lines))
            }
        }
    }
}

impl AlignmentReport {
    /// The rows of arms, chains and the window.
    fn beyond(&self, rows: &mut Rows<'_>) {
        if let Some(dilemma) = &self.security_dilemma {
            for (armed, effects) in &dilemma.effects.0 {
                for (id, change) in &effects.0 {
                    rows.add("arming_changes_control", &format!("{armed}: {id}"), change);
                }
            }
            let worse = dilemma.equilibria.iter().filter(|e| e.everyone_worse_off).count();
            rows.add("armed_equilibria", "", dilemma.equilibria.len());
            rows.add("armed_equilibria_everyone_worse_off", "", worse);
        }
        if let Some(chains) = &self.chains {
            rows.add("chains_pure_nash_total", "", chains.pure_nash_total);
            rows.add("chains_gained_total", "", chains.gained_total);
            rows.add("chains_lost_total", "", chains.lost_total);
            for (name, end) in [("lo", 0), ("hi", 1)] {
                if let Some(control) = chains.control {
                    rows.add(&format!("chains_control_{name}"), rows.leader, control[end]);
                }
            }
        }
        if let Some(Outcome::Decided(window)) = &self.window {
            let subject = window.year.to_string();
            for (name, end) in [("lo", 0), ("hi", 1)] {
                let mut add = |what: &str, value: f64| {
                    rows.add(&format!("window_{what}_{name}"), &subject, value);
                };
                add("now", window.now.control[end]);
                add("later", window.later.control[end]);
                add("waiting_cost", window.waiting_costs[end]);
            }
            rows.add("window", &subject, window.closing.to_string());
        }
    }
}

/// The equilibria of the base game.
fn base(out: &mut String, found: &AlignmentReport, leader: &str) -> fmt::Result {
    let total = found.pure_nash_total;
    let gist = match total {
        0 => format!("no pure Nash equilibrium; the others face {leader}"),
        1 => format!("1 pure Nash equilibrium; the others face {leader}"),
        _ => format!("{total} pure Nash equilibria; the others face {leader}"),
    };
    heading(out, "ALIGNMENT", &gist)?;
    if found.tactics.is_some() {
        return Ok(());
    }
    paragraph(
        out,
        &format!(
            "Each of the others balances against {leader}, bandwagons with it or goes it alone \
             (abstains); in equilibrium none would rather do something else. Over all correlated \
             equilibria, mixed ones among them, {leader} controls {}{}.",
            span(found.control),
            at_the_ends(found, leader)
        ),
    )?;
    for equilibrium in found.pure_nash.iter().take(SHOWN) {
        let control = equilibrium.control.get(leader).copied().unwrap_or(f64::NAN);
        writeln!(out, "    {}   {leader} {}", sides(&equilibrium.actions), percent(control))?;
    }
    more(out, total, found.pure_nash.len(), more_equilibria)
}

/// Where two equilibria are the two ends of the range: that nothing here decides between them.
fn at_the_ends(found: &AlignmentReport, leader: &str) -> &'static str {
    let tolerance = Tolerances::DEFAULT.certificate;
    let control = |e: &EquilibriumReport| e.control.get(leader).copied().unwrap_or(f64::NAN);
    let [a, b] = found.pure_nash.as_slice() else { return "" };
    let (a, b) = (control(a), control(b));
    let [low, high] = found.control;
    let ends = (a.min(b) - low).abs() <= tolerance && (a.max(b) - high).abs() <= tolerance;
    match found.pure_nash_total == 2 && ends && high - low > tolerance {
        true if found.selection.is_some() => {
            ": two equilibria, one at each end; which of them is likely is said below"
        }
        true => ": two equilibria, one at each end; which of them is not decided here",
        false => "",
    }
}

/// Who does what: `balance A B, abstain C`.
pub(crate) fn sides(actions: &Keyed<Posture>) -> String {
    let group = |posture: Posture| {
        let members: Vec<&str> =
            actions.0.iter().filter(|(_, p)| *p == posture).map(|(id, _)| id.as_str()).collect();
        (!members.is_empty()).then(|| format!("{} {}", posture.name(), members.join(" ")))
    };
    Posture::ALL.into_iter().filter_map(group).collect::<Vec<_>>().join(", ")
}

/// A role as part of a quantity's name: `internal_balancer`.
fn key(role: &str) -> String {
    role.replace([' ', '-'], "_")
}
