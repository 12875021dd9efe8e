//! Who the states are and what they hold.

use std::cmp::Reverse;
use std::fmt::{self, Write};

use textwrap::core::display_width;

use crate::report::text::{bar, heading, percent};
use crate::report::{StateReport, SystemReport};

/// States listed one by one; the rest are summed up.
const LISTED: usize = 24;

/// The system's title and its states, the strongest first.
pub(super) fn write(out: &mut String, system: &SystemReport, feared: Option<&str>) -> fmt::Result {
    let year = system.year.map_or(String::new(), |year| match year {
        ..0 => format!(", {} BCE", -i64::from(year)),
        _ => format!(", {year}"),
    });
    let gist =
        format!("{} states{year}, power measured by {}", system.states.len(), system.measure);
    heading(out, if system.name.is_empty() { "SYSTEM" } else { &system.name }, &gist)?;

    let mut states: Vec<&StateReport> = system.states.iter().collect();
    // By bits: shares are positive, so their order is that of their bits; ties keep theirs.
    crate::order::sort_by_key(&mut states, |state| Reverse(state.share.to_bits()));
    let largest = states.first().map_or(1.0, |state| state.share);
    let listed = &states[..states.len().min(LISTED)];
    let name = |state: &StateReport| state.name.clone().unwrap_or_default();
    let ids = listed.iter().map(|state| display_width(&state.id)).max().unwrap_or(0);
    let names = listed.iter().map(|state| display_width(&name(state))).max().unwrap_or(0);
    for state in listed {
        let (id, name) = (pad(&state.id, ids), pad(&name(state), names));
        let bar = bar(state.share, largest, 32);
        let mark = match (state.id == system.leader, Some(state.id.as_str()) == feared) {
            (true, true) => "  ◀ leading, most feared",
            (true, false) => "  ◀ leading",
            (false, true) => "  ◀ most feared",
            (false, false) => "",
        };
        writeln!(out, "  {id}  {name}  {:>7}  {bar}{mark}", percent(state.share))?;
    }
    if let Some(rest) = states.get(LISTED..).filter(|rest| !rest.is_empty()) {
        let share: f64 = rest.iter().map(|state| state.share).sum();
        writeln!(out, "  and {} weaker states with {} between them", rest.len(), percent(share))?;
    }
    Ok(())
}

/// Text filled up with spaces to a number of columns.
fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(display_width(text))))
}
