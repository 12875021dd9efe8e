//! The security lens on the page.

use maud::{Markup, html};

use super::{SecurityReport, gist, sides};
use crate::report::SystemReport;
use crate::report::html::parts::{share, some_share, table, whole};
use crate::report::system::lens::PAGED;
use crate::report::text::{percent, span};

/// Whom the others fear, who threatens whom, and what they do about it.
pub(super) fn page(found: &SecurityReport, system: &SystemReport) -> Markup {
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
        @for (at, equilibrium) in found.equilibria.iter().take(PAGED).enumerate() {
            tr {
                (whole(at as u64 + 1))
                td { (sides(&equilibrium.actions)) }
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
        (threats(found, system))
    }
}

/// The row's state is threatened by the column's.
fn threats(found: &SecurityReport, system: &SystemReport) -> Markup {
    let ids: Vec<String> = system.states.iter().map(|state| format!("#{}", state.id)).collect();
    let columns: Vec<&str> =
        std::iter::once("is threatened by").chain(ids.iter().map(String::as_str)).collect();
    let lines = html! {
        @for (state, row) in system.states.iter().zip(&found.threat_matrix) {
            tr { td { (state.id) } @for tau in row { (share(*tau)) } }
        }
    };
    html! { h2 { "Who threatens whom" } (table("threats", &columns, &lines)) }
}
