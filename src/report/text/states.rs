//! Who the states are and what they hold.

use std::cmp::Reverse;
use std::fmt::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use crate::report::text::parts::{bar, heading, percent};
use crate::report::{StateReport, SystemReport};

/// States listed one by one; the rest are summed up.
const LISTED: usize = 24;

/// The system's title and its states, the strongest first.
pub(super) fn write(out: &mut String, system: &SystemReport) -> fmt::Result {
    let year = system.year.map_or(String::new(), |year| match year {
        ..0 => format!(", {} BCE", -i64::from(year)),
        _ => format!(", {year}"),
    });
    let gist = format!("{} states{year}, power measured by {}", system.states.len(), system.measure);
    heading(out, if system.name.is_empty() { "SYSTEM" } else { &system.name }, &gist)?;

    let mut states: Vec<&StateReport> = system.states.iter().collect();
    // By bits: shares are positive, so their order is that of their bits; ties keep theirs.
    states.sort_by_key(|state| Reverse(state.share.to_bits()));
    let largest = states.first().map_or(1.0, |state| state.share);
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for state in states.iter().take(LISTED) {
        let mark = if state.id == system.leader { "◀ leading" } else { "" };
        table.add_row([
            state.id.clone(),
            state.name.clone().unwrap_or_default(),
            percent(state.share),
            bar(state.share, largest, 32),
            mark.into(),
        ]);
    }
    if let Some(column) = table.column_mut(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for line in table.lines() {
        writeln!(out, " {}", line.trim_end())?;
    }
    if let Some(rest) = states.get(LISTED..).filter(|rest| !rest.is_empty()) {
        let share: f64 = rest.iter().map(|state| state.share).sum();
        writeln!(out, "  and {} weaker states with {} between them", rest.len(), percent(share))?;
    }
    Ok(())
}
