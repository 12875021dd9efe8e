//! Tables as Markdown, in the form that GitHub, Pandoc and Quarto read: numbers to the right.

use super::Table;

/// The table, its header first.
pub(super) fn written(table: &Table) -> String {
    let mut out = line(table.columns.iter().map(|column| escaped(&column.name)));
    let rule = |numeric| if numeric { "--:" } else { ":--" };
    let rules = table.columns.iter().map(|column| rule(column.cells.is_numeric()));
    out.push_str(&format!("|{}|\n", rules.collect::<Vec<_>>().join("|")));
    for row in 0..table.len() {
        out.push_str(&line(table.columns.iter().map(|column| escaped(&column.shown(row)))));
    }
    out
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// Text in which nothing is taken for a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' | '~' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
