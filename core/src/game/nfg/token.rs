//! The tokens of a `.nfg` file, and where they stand.

use crate::error::{Error, Place};

/// A token. Commas are white space, as they are to Gambit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// What stands between quotes, escapes untouched.
    Text(&'a [u8]),
    /// Anything else, up to white space, a brace or a quote.
    Word(&'a [u8]),
    /// The end of the file.
    End,
}

/// Reads tokens one after the other.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    file: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the token read last begins.
    start: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens of `bytes`; `file` is what errors call it.
    pub fn new(bytes: &'a [u8], file: &'a str) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Self { file, bytes, at, start: at }
    }

    /// The next token.
    ///
    /// # Errors
    /// If a quote is not closed.
    #[inline]
    pub fn next(&mut self) -> Result<Token<'a>, Error> {
        while self.bytes.get(self.at).is_some_and(|&c| is_space(c)) {
            self.at += 1;
        }
        self.start = self.at;
        let Some(&first) = self.bytes.get(self.at) else { return Ok(Token::End) };
        self.at += 1;
        match first {
            b'{' => Ok(Token::Open),
            b'}' => Ok(Token::Close),
            b'"' => self.text(),
            _ => {
                let ends = |&c: &u8| is_space(c) || matches!(c, b'{' | b'}' | b'"');
                while self.bytes.get(self.at).is_some_and(|c| !ends(c)) {
                    self.at += 1;
                }
                Ok(Token::Word(&self.bytes[self.start..self.at]))
            }
        }
    }

    fn text(&mut self) -> Result<Token<'a>, Error> {
        while let Some(&c) = self.bytes.get(self.at) {
            match c {
                b'"' => {
                    let text = &self.bytes[self.start + 1..self.at];
                    self.at += 1;
                    return Ok(Token::Text(text));
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        Err(self.error("this quote is not closed", "add the closing quotation mark"))
    }

    /// The next token, without moving on.
    ///
    /// # Errors
    /// If a quote is not closed.
    pub fn peek(&self) -> Result<Token<'a>, Error> {
        self.clone().next()
    }

    /// An error at the token read last.
    pub fn error(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        let before = &self.bytes[..self.start.min(self.bytes.len())];
        // A line ends in LF, in CR LF, or in a bare CR.
        let bare = |k: usize| before[k] == b'\r' && self.bytes.get(k + 1) != Some(&b'\n');
        let is_end = |k: &usize| before[*k] == b'\n' || bare(*k);
        let ends = (0..before.len()).filter(is_end);
        let (line, begin) = ends.fold((1u64, 0), |(line, _), k| (line + 1, k + 1));
        let mut column = String::from_utf8_lossy(&before[begin..]).chars().count() + 1;
        if begin == 0 && self.bytes.starts_with(b"\xef\xbb\xbf") {
            column -= 1;
        }
        Error::input(Place::cell(self.file, line, format!("column {column}")), problem, remedy)
    }

    /// An error that says what was expected instead of `found`.
    pub fn unexpected(&self, expected: &str, found: Token<'_>, remedy: &str) -> Error {
        self.error(format!("expected {expected}, found {}", describe(found)), remedy)
    }

    /// The name that a text stands for.
    ///
    /// # Errors
    /// If it is not UTF-8.
    pub fn name(&self, text: &[u8]) -> Result<String, Error> {
        let text = std::str::from_utf8(text)
            .map_err(|_| self.error("this text is not UTF-8", "save the file as UTF-8"))?;
        let mut name = String::with_capacity(text.len());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match (c, chars.as_str().chars().next()) {
                ('\\', Some(next @ ('"' | '\\'))) => {
                    name.push(next);
                    chars.next();
                }
                _ => name.push(c),
            }
        }
        Ok(name)
    }
}

fn is_space(c: u8) -> bool {
    c.is_ascii_whitespace() || c == b','
}

/// A token, in words for an error.
fn describe(token: Token<'_>) -> String {
    let shorten = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        let short: String = text.chars().take(40).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    match token {
        Token::Open => "{".into(),
        Token::Close => "}".into(),
        Token::Text(text) => format!("the text \"{}\"", shorten(text)),
        Token::Word(word) => format!("\"{}\"", shorten(word)),
        Token::End => "the end of the file".into(),
    }
}
