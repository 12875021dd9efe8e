//! The page of a report on one system.

use maud::{Markup, html};

use super::Page;
use super::parts::{certificate, ends, parameters, share, some_share, table, whole};
use crate::error::Result;
use crate::report::given::{MOVED, UNMOVED};
use crate::report::security::{gist, sides as stances};
use crate::report::text::lenses::sides;
use crate::report::text::parts::{blocs, percent, span};
use crate::report::text::{
    against_no_alliance, drawn, feared, over_leaders, reason, robustness, rows,
};
use crate::report::{Report, check};

impl Report {
    /// The report as one self-contained page of HTML. It is verified on the way.
    ///
    /// # Errors
    /// As [`check`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check(self, false)?;
        let system = &self.system;
        let name = if system.name.is_empty() { "A system" } else { &system.name };
        let title = format!("{name}: {}", self.verdict.overall);
        let body = html! {
            h1 id="verdict" { (title) }
            p.muted {
                (system.states.len()) " states"
                @if let Some(year) = system.year { ", " (year) }
                ", power measured by " (system.measure)
            }
            (self.reasons())
            (page.figures())
            h2 { "Through each lens" }
            (self.lens_table())
            h2 { "States" }
            (self.state_table())
            (self.partition_table())
            (self.given())
            (self.equilibrium_table())
            (self.security_tables())
            h2 { "Certificate" }
            (certificate(&verified))
            h2 { "Parameters" }
            (parameters(&self.parameters))
            @if !self.notes.is_empty() || !self.lenses_left_out.0.is_empty() {
                h2 { "Notes" }
                ul {
                    @for (lens, why) in &self.lenses_left_out.0 {
                        li { "The lens " (lens) " was left out: " (why) }
                    }
                    @for note in &self.notes { li { (note) } }
                }
            }
        };
        Ok(page.around(&title, &body))
    }

    /// Why the verdict is what it is.
    fn reasons(&self) -> Markup {
        let threshold = self.parameters.threshold;
        html! {
            @if self.leaders.is_empty() {
                @let leader = &self.system.leader;
                p.gist { (reason(leader, &self.lenses, &self.verdict, threshold)) }
                @for words in [
                    robustness(&self.verdict),
                    drawn(&self.verdict),
                    against_no_alliance(leader, &self.lenses, &self.verdict),
                    feared(&self.lenses),
                ].into_iter().flatten() {
                    p { (words) }
                }
            } @else {
                p.gist { (over_leaders(self.verdict.overall)) }
                @for part in &self.leaders {
                    p { (part.leader) " leading. " (reason(&part.leader, &part.lenses, &part.verdict, threshold)) }
                }
            }
        }
    }

    fn lens_table(&self) -> Markup {
        let lines = html! {
            @for (leader, lenses, _) in self.each_leader() {
                @for (lens, control, judgement) in rows(lenses) {
                    tr { td { (lens) } td { (leader) } (ends(control)) td { (judgement) } }
                }
            }
        };
        table("lenses", &["lens", "leading state", "#lowest control", "#highest", "so"], &lines)
    }

    fn state_table(&self) -> Markup {
        let settlement = self.lenses.settlement.as_ref().and_then(|found| found.decided());
        let found = self.lenses.blocs.as_ref().and_then(|found| found.decided());
        let lines = html! {
            @for state in &self.system.states {
                tr {
                    td { (state.id) }
                    td { (state.name.as_deref().unwrap_or_default()) }
                    (share(state.share))
                    (some_share(settlement.and_then(|s| s.nucleolus.get(&state.id).copied())))
                    (ends(found.and_then(|b| b.ranges.get(&state.id)).map(|range| range.control)))
                }
            }
        };
        let columns =
            ["state", "name", "#share", "#settlement", "#in stable blocs: lowest", "#highest"];
        html! {
            (table("states", &columns, &lines))
            @if let Some(found) = settlement {
                p {
                    "Price of peace: " span data-value=(found.price_of_peace) {
                        (percent(found.price_of_peace))
                    }
                    "; of the present shares " span data-value=(found.status_quo_price) {
                        (percent(found.status_quo_price))
                    } "."
                }
            }
        }
    }

    fn partition_table(&self) -> Markup {
        let found = self.lenses.blocs.as_ref().and_then(|found| found.decided());
        let Some(found) = found else { return html! {} };
        let leader = &self.system.leader;
        let lines = html! {
            @for partition in &found.partitions {
                tr {
                    td { (blocs(&partition.blocs)) }
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
                @if found.core_stable { "Core-stable partitions: " }
                @else { "None is core-stable; least unstable partitions: " }
                (found.partitions_total)
                @if (found.partitions.len() as u64) < found.partitions_total {
                    ", of which " (found.partitions.len()) " are listed"
                }
            }
            (table("partitions", &columns, &lines))
        }
    }

    /// The partition that was asked about.
    fn given(&self) -> Markup {
        let Some(given) = self.partition.as_ref().and_then(|found| found.decided()) else {
            return html! {};
        };
        html! {
            h2 { "The partition that was asked about" }
            @for words in given.gist(&self.system.leader) { p { (words) } }
            @if given.moves.is_empty() {
                p { (UNMOVED) }
            } @else {
                p { (MOVED) }
                ul { @for words in given.moved() { li { (words) } } }
            }
        }
    }

    fn equilibrium_table(&self) -> Markup {
        let found = self.lenses.alignment.as_ref().and_then(|found| found.decided());
        let Some(found) = found else { return html! {} };
        let leader = &found.leader;
        let listed = found.pure_nash.iter().take(LISTED);
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
                (found.pure_nash_total)
                @if found.pure_nash_total > LISTED as u64 {
                    ", of which " (found.pure_nash.len().min(LISTED)) " are listed"
                }
            }
            @if !found.pure_nash.is_empty() {
                (table("equilibria", &["#no.", "who does what", &control], &lines))
            }
        }
    }
}

impl Report {
    /// Whom the others fear, who threatens whom, and what they do about it.
    fn security_tables(&self) -> Markup {
        let found = self.lenses.security.as_ref().and_then(|found| found.decided());
        let Some(found) = found else { return html! {} };
        let target = &found.target;
        let states = html! {
            @for (id, index) in &found.threat_index.0 {
                tr {
                    td { (id) }
                    td data-value=(index) { (format!("{index:.3}")) }
                    (some_share(found.threat.get(id).copied()))
                    (some_share(found.states.get(id).map(|s| s.balance)))
                    (some_share(found.states.get(id).map(|s| s.hide)))
                    (some_share(found.states.get(id).map(|s| s.bandwagon)))
                }
            }
        };
        let equilibria = html! {
            @for (at, equilibrium) in found.equilibria.iter().take(LISTED).enumerate() {
                tr {
                    (whole(at as u64 + 1))
                    td { (stances(&equilibrium.actions)) }
                    (share(equilibrium.prevails))
                    (share(equilibrium.dominion))
                    (share(equilibrium.basin))
                }
            }
        };
        let threat = format!("#threat of {target}");
        html! {
            h2 { "Security" }
            p.gist { (found.verdict) ": " (gist(found)) }
            p {
                "Stopping odds: " (span(found.stopping_odds))
                "; balancing odds: " (percent(found.balancing_odds)) "."
                @if found.fluid { " There is no equilibrium: best replies go round for ever." }
            }
            (table(
                "feared",
                &["state", "#threat index", &threat, "#balances", "#hides", "#bandwagons"],
                &states,
            ))
            @if !found.equilibria.is_empty() {
                (table(
                    "security-equilibria",
                    &["#no.", "who does what", "#prevails", "#dominion", "#starts that end here"],
                    &equilibria,
                ))
            }
            (self.threat_table(&found.threat_matrix))
        }
    }

    /// The row's state is threatened by the column's.
    fn threat_table(&self, matrix: &[Vec<f64>]) -> Markup {
        let ids: Vec<String> =
            self.system.states.iter().map(|state| format!("#{}", state.id)).collect();
        let columns: Vec<&str> =
            std::iter::once("is threatened by").chain(ids.iter().map(String::as_str)).collect();
        let lines = html! {
            @for (state, row) in self.system.states.iter().zip(matrix) {
                tr { td { (state.id) } @for tau in row { (share(*tau)) } }
            }
        };
        html! { h2 { "Who threatens whom" } (table("threats", &columns, &lines)) }
    }
}

/// Equilibria listed at most.
const LISTED: usize = 200;
