//! Bytes as people save them to text: encodings, and which delimiter a file uses.

use super::Lexer;
use crate::error::{Error, Place, Result};

/// The lexer of a file's text, at its beginning or below a line `sep=;`, which says what is between
/// cells, as Excel reads it.
///
/// # Errors
/// As [`decode`].
pub(super) fn lexer<'a>(source: &'a str, bytes: &'a [u8]) -> Result<Lexer<'a>> {
    let text = decode(source, bytes)?;
    Ok(match declared(text) {
        Some((delimiter, below)) => Lexer { source, chars: below.chars(), line: 2, delimiter },
        None => Lexer { source, chars: text.chars(), line: 1, delimiter: delimiter(text) },
    })
}

/// The delimiter that the first line declares, and the text below it.
fn declared(text: &str) -> Option<(char, &str)> {
    let end = text.find(['\r', '\n'])?;
    let (line, below) = text.split_at(end);
    let below = below.strip_prefix("\r\n").unwrap_or(&below[1..]);
    let line = line.trim_matches(['"', ' ']);
    let mut sign =
        line.get(..4).filter(|s| s.eq_ignore_ascii_case("sep=")).map(|_| line[4..].chars())?;
    match (sign.next(), sign.next()) {
        (Some(delimiter @ (',' | ';' | '\t' | '|')), None) => Some((delimiter, below)),
        _ => None,
    }
}

/// The text of a UTF-8 file, without its byte order mark.
///
/// # Errors
/// If the bytes are not UTF-8 text, naming the line of the first that is not.
fn decode<'a>(source: &str, bytes: &'a [u8]) -> Result<&'a str> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::input(
            Place::file(source),
            "expected UTF-8 text, found UTF-16",
            "save the file as CSV UTF-8",
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => match bytes.iter().position(|&byte| byte == 0) {
            None => return Ok(text),
            Some(zero) => zero,
        },
        Err(error) => error.valid_up_to(),
    };
    Err(Error::input(
        Place::line(source, line_at(bytes, valid)),
        format!("expected UTF-8 text, found the byte 0x{:02X}", bytes[valid]),
        "save the file as CSV UTF-8",
    ))
}

/// The line, from 1, that the byte at `offset` is on. LF, CRLF and CR each end a line.
fn line_at(bytes: &[u8], offset: usize) -> u64 {
    let before = &bytes[..offset];
    let ends = before.iter().enumerate().filter(|&(i, &byte)| {
        byte == b'\n' || (byte == b'\r' && bytes.get(i + 1).is_none_or(|&next| next != b'\n'))
    });
    1 + ends.count() as u64
}

/// The delimiter of the header, the first line that is not blank: of tab, `;` and `,` the
/// most frequent outside quotes, in that order on a tie; `,` where there is none.
fn delimiter(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [('\t', 0u32), (';', 0), (',', 0)];
    for c in text.trim_start_matches(['\r', '\n', ' ']).chars() {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(d, _)| *d == c).for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().map(|&(_, count)| count).max().unwrap_or(0);
    counts.iter().find(|&&(_, count)| count == most && most > 0).map_or(',', |&(d, _)| d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utf8_is_text_and_the_line_is_named() {
        assert_eq!(decode("a.csv", b"\xEF\xBB\xBFstate").unwrap(), "state");
        let refuse = |bytes: &[u8]| decode("a.csv", bytes).unwrap_err().to_string();
        assert_eq!(
            refuse(b"\xFF\xFEs\0"),
            "a.csv: expected UTF-8 text, found UTF-16; save the file as CSV UTF-8"
        );
        assert_eq!(
            refuse(b"state\r\nA\rB\nC\xF4te"),
            "a.csv:4: expected UTF-8 text, found the byte 0xF4; save the file as CSV UTF-8"
        );
        assert!(
            refuse(b"state\0").starts_with("a.csv:1: expected UTF-8 text, found the byte 0x00")
        );
    }

    #[test]
    fn a_first_line_can_declare_the_delimiter() {
        assert_eq!(declared("sep=;\r\na,b;c"), Some((';', "a,b;c")));
        assert_eq!(declared("\"SEP=,\"\na"), Some((',', "a")));
        assert_eq!(declared("sep=a\nb"), None);
        assert_eq!(declared("separate\nb"), None);
        assert_eq!(lexer("a.csv", b"sep=;\nstate;x\n").unwrap().line, 2);
    }

    #[test]
    fn the_delimiter_is_the_most_frequent_outside_quotes() {
        for (header, expected) in [
            ("state,milex", ','),
            ("\r\n\nstate;milex", ';'),
            ("state\tmilex", '\t'),
            ("\"a,b,c\";milex", ';'),
            ("state;milex (GBP, 1913);tpop\na,b,c,d", ';'),
            ("state", ','),
            ("", ','),
        ] {
            assert_eq!(delimiter(header), expected, "{header:?}");
        }
    }
}
