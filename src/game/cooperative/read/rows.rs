//! Lines and cells of a small CSV file, each with its place.

use crate::error::{Error, Place, Result};

/// A CSV text: its header and what is below it.
pub(crate) struct Rows<'a> {
    pub(crate) file: &'a str,
    pub(crate) header: Row<'a>,
    pub(crate) delimiter: u8,
    /// Everything below the header line.
    pub(crate) body: &'a [u8],
    first_line: u64,
}

/// A line's cells, trimmed and unquoted.
pub(crate) struct Row<'a> {
    file: &'a str,
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Row<'_> {
    pub(crate) fn place(&self) -> Place {
        Place::line(self.file, self.line)
    }

    pub(crate) fn cell(&self, column: &str) -> Place {
        Place::cell(self.file, self.line, column)
    }

    pub(crate) fn expect_cells(&self, cells: usize) -> Result<()> {
        if self.cells.len() == cells {
            return Ok(());
        }
        Err(Error::input(
            self.place(),
            format!("expected {cells} cells, found {}", self.cells.len()),
            "give each row one cell a column; put a name with a delimiter in it in quotes",
        ))
    }
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], file: &'a str) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut rest = bytes;
        let mut line = 0;
        while !rest.is_empty() {
            let (first, below) = split_line(rest);
            line += 1;
            if !first.trim_ascii().is_empty() {
                let delimiter =
                    *[b'\t', b';', b','].iter().find(|d| first.contains(d)).unwrap_or(&b',');
                let cells = cells(first, delimiter, file, line)?;
                let header = Row { file, line, cells };
                return Ok(Self { file, header, delimiter, body: below, first_line: line });
            }
            rest = below;
        }
        Err(Error::input(Place::file(file), "the file is empty", "start with a header line"))
    }

    /// The rows below the header, blank lines left out.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Result<Row<'a>>> + use<'a> {
        let (file, delimiter) = (self.file, self.delimiter);
        let (mut rest, mut line) = (self.body, self.first_line);
        std::iter::from_fn(move || {
            while !rest.is_empty() {
                let (first, below) = split_line(rest);
                rest = below;
                line += 1;
                if !first.trim_ascii().is_empty() {
                    let row = cells(first, delimiter, file, line);
                    return Some(row.map(|cells| Row { file, line, cells }));
                }
            }
            None
        })
    }
}

/// The first line without its end, and what follows; ends are LF, CRLF or CR.
fn split_line(text: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = text.iter().position(|&b| b == b'\n' || b == b'\r') else {
        return (text, &[]);
    };
    let wide = text[end] == b'\r' && text.get(end + 1) == Some(&b'\n');
    (&text[..end], &text[end + 1 + usize::from(wide)..])
}

/// A line's cells. Quotes double inside quotes; a quoted cell ends on its line.
fn cells(line: &[u8], delimiter: u8, file: &str, number: u64) -> Result<Vec<String>> {
    let Ok(text) = std::str::from_utf8(line) else {
        let place = Place::line(file, number);
        return Err(Error::input(place, "text that is not UTF-8", "save the file as UTF-8"));
    };
    let delimiter = char::from(delimiter);
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => quoted = true,
            c if c == delimiter && !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if quoted {
        let place = Place::line(file, number);
        return Err(Error::input(place, "a quote that is not closed", "close it on its line"));
    }
    cells.push(cell);
    for cell in &mut cells {
        let trimmed = crate::table::unquoted(cell.trim());
        if trimmed.len() < cell.len() {
            *cell = trimmed.to_owned();
        }
    }
    Ok(cells)
}
