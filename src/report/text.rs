//! The pieces that the text is put together from.

use std::fmt::{self, Write};

use anstyle::Style;

/// Columns of a screen.
pub(in crate::report) const WIDTH: usize = 96;
/// Columns of the scale from 0 to 1.
const SCALE: usize = 40;

/// A heading in bold, with what it comes to.
pub(in crate::report) fn heading(out: &mut String, title: &str, gist: &str) -> fmt::Result {
    let bold = Style::new().bold();
    let gap = if gist.is_empty() { "" } else { "  " };
    writeln!(out, "\n{bold}{title}{bold:#}{gap}{gist}")
}

/// Words, wrapped and indented.
pub(in crate::report) fn paragraph(out: &mut String, words: &str) -> fmt::Result {
    filled(out, words, ["  ", "  "])
}

/// An entry of a list under a paragraph, its further lines set in.
pub(in crate::report) fn entry(out: &mut String, words: &str) -> fmt::Result {
    filled(out, words, ["    ", "      "])
}

fn filled(out: &mut String, words: &str, [first, further]: [&str; 2]) -> fmt::Result {
    let indent = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(further);
    // A percentage is not broken from its number.
    writeln!(out, "{}", textwrap::fill(&words.replace(" %", "\u{a0}%"), indent))
}

/// A share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// An interval of shares as percentages; one number where both round to it.
pub(crate) fn span([low, high]: [f64; 2]) -> String {
    let (low, high) = (format!("{:.1}", 100.0 * low), format!("{:.1}", 100.0 * high));
    if low == high { format!("{low} %") } else { format!("{low} – {high} %") }
}

/// A bar for a share, on a scale on which `largest` fills `width` columns.
pub(in crate::report) fn bar(share: f64, largest: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share / largest * width as f64 * 8.0).round().max(1.0) as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// An interval on the scale from 0 to 1, with the threshold marked.
pub(super) fn interval([low, high]: [f64; 2], threshold: f64) -> String {
    let column = |x: f64| ((x.clamp(0.0, 1.0) * SCALE as f64).round() as usize).min(SCALE);
    let (from, to, mark) = (column(low), column(high), column(threshold));
    (0..=SCALE)
        .map(|at| match at {
            _ if (from..=to).contains(&at) => '█',
            _ if at == mark => '│',
            _ => '·',
        })
        .collect()
}

/// Blocs as `{A B} {C}`.
pub(crate) fn blocs(blocs: &[Vec<String>]) -> String {
    blocs.iter().map(|bloc| format!("{{{}}}", bloc.join(" "))).collect::<Vec<_>>().join(" ")
}

/// `1 partition`, `2 partitions`; thousands are set apart.
pub(crate) fn count(number: u64, one: &str) -> String {
    format!("{} {one}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// A number with its thousands set apart.
pub(in crate::report) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_eighths_and_never_vanish() {
        assert_eq!(bar(0.5, 0.5, 4), "████");
        assert_eq!(bar(0.25, 0.5, 5), "██▌");
        assert_eq!(bar(1e-9, 0.5, 5), "▏");
    }

    #[test]
    fn intervals_show_the_threshold_beside_them() {
        let bar = interval([0.0, 0.25], 0.5);
        assert_eq!(bar.chars().filter(|&c| c == '█').count(), 11);
        assert_eq!(bar.chars().position(|c| c == '│'), Some(20));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(4213597), "4,213,597");
        assert_eq!(count(1, "profile"), "1 profile");
    }
}
