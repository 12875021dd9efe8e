//! Tables as LaTeX: a `tabular` with the rules of `booktabs`, numbers to the right.

use super::Table;

/// The table, to be put into a `table` or a `longtable` of a paper.
pub(super) fn written(table: &Table) -> String {
    let kind = |numeric| if numeric { 'r' } else { 'l' };
    let kinds: String = table.columns.iter().map(|c| kind(c.cells.is_numeric())).collect();
    let mut out = format!("\\begin{{tabular}}{{{kinds}}}\n\\toprule\n");
    out.push_str(&line(table.columns.iter().map(|column| escaped(&column.name))));
    out.push_str("\\midrule\n");
    for row in 0..table.len() {
        out.push_str(&line(table.columns.iter().map(|column| escaped(&column.shown(row)))));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    // So that it can be used without a package.
    let rules = [("\\toprule", "\\hline"), ("\\midrule", "\\hline"), ("\\bottomrule", "\\hline")];
    let plain = rules.into_iter().fold(String::new(), |plain, (rule, hline)| {
        format!("{plain}\\providecommand{{{rule}}}{{{hline}}}\n")
    });
    format!("{plain}{out}")
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("{} \\\\\n", cells.collect::<Vec<_>>().join(" & "))
}

/// Text in which nothing is taken for a command.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '<' | '>' | '|' => out.extend(['$', c, '$']),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
