//! The page of a report on one system.

use maud::{Markup, html};

use super::given::{MOVED, UNMOVED};
use super::words::{against_no_alliance, drawn, feared, over_leaders, reason, robustness};
use crate::error::Result;
use crate::report::html::Page;
use crate::report::html::parts::{certificate, ends, parameters, share, some_share, table};
use crate::report::text::percent;
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
            @for (_, found) in self.lenses.each() {
                @if let Ok(found) = found { (found.html(system)) }
            }
            (self.given())
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
                @for (lens, control, judgement) in lenses.of_control() {
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
}
