//! What a terminal may be sent: our own headings in bold, and no control character of a name.
//!
//! Names come from files, and a terminal obeys what they hold: colours, titles, cursor moves. The
//! only style of our texts is bold, from the beginning of a line to the end of its title.

use std::borrow::Cow;
use std::fmt::Write;

const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// The text without the bold of its headings; all else as it is.
pub(super) fn removed(text: &str) -> Cow<'_, str> {
    if !text.contains(BOLD) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match heading(line) {
            Some((title, rest)) => plain.extend([title, rest]),
            None => plain.push_str(line),
        }
    }
    Cow::Owned(plain)
}

/// The text for a terminal, with bold headings where it has `colour`.
#[cfg(any(feature = "cli", test))]
pub(super) fn for_terminal(text: &str, colour: bool) -> Cow<'_, str> {
    let plain = if colour { Cow::Borrowed(text) } else { removed(text) };
    if !plain.chars().any(|c| is_control(c) && c != '\n') {
        return plain;
    }
    let mut shown = String::with_capacity(text.len());
    for line in plain.split_inclusive('\n') {
        match heading(line).filter(|_| colour) {
            Some((title, rest)) => {
                let _ = write!(shown, "{BOLD}{}{RESET}{}", escaped(title), escaped(rest));
            }
            None => shown.push_str(&escaped(line)),
        }
    }
    Cow::Owned(shown)
}

/// The title of a line that is a heading, and what follows it.
fn heading(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix(BOLD)?.split_once(RESET)
}

/// The text with every control character but line ends as `\u001b`, as JSON has it.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_control(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_control(c) && c != '\n' {
            // Writing to memory cannot fail.
            let _ = write!(shown, "\\u{:04x}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// What a terminal obeys instead of showing it, or what turns the direction of writing.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_command_a_terminal() {
        let text = "\u{1b}[1mBlocs\u{1b}[0m  two\n  A\u{1b}[31m\u{1b}[1mB\u{7}\u{9b}2J\r\u{202e}\n";
        assert_eq!(
            for_terminal(text, true),
            "\u{1b}[1mBlocs\u{1b}[0m  two\n  A\\u001b[31m\\u001b[1mB\\u0007\\u009b2J\\u000d\\u202e\n"
        );
        assert!(for_terminal(text, false).starts_with("Blocs  two\n  A\\u001b[31m"));
    }

    #[test]
    fn in_files_names_stay_as_they_are() {
        assert_eq!(
            removed("\u{1b}[1mBlocs\u{1b}[0m  two\nA\u{1b}[31mB\n"),
            "Blocs  two\nA\u{1b}[31mB\n"
        );
        assert_eq!(removed("Ünïted 🇬🇧\n"), "Ünïted 🇬🇧\n");
    }
}
