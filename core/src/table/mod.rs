//! CSV text to a table whose cells know the line they are on.
//!
//! The lexer is our own because messages must name the line that an editor shows, also in
//! files with bare CR line ends, blank lines and quoted newlines, and because a quote that
//! never ends must be an error and not swallow the rest of the file.

pub(crate) mod cell;
#[cfg(feature = "parquet")]
mod columns;
mod container;
pub mod files;
mod rows;
mod text;
#[cfg(feature = "excel")]
mod workbook;

use std::collections::HashMap;
use std::path::Path;
use std::str::Chars;

use crate::error::{Error, Place, Result};

pub(crate) use cell::{Cell, decimal_comma};
pub use container::opened;
pub(crate) use rows::{Row, Rows};

/// Whether a spreadsheet takes a cell for a formula; also behind apostrophes, which mark text.
pub fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text without the apostrophe that keeps spreadsheets from taking it for a formula.
pub fn unquoted(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// The header and the rows of a CSV file. Every row has as many cells as the header.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    source: String,
    header: Vec<String>,
    header_line: u64,
    delimiter: char,
    /// Whether the first column counts the rows and nothing else.
    counted: bool,
    /// The contents of all cells, one after the other, row by row.
    contents: String,
    fields: Vec<Field>,
}

/// Where a cell's contents end, and the line the cell starts on.
#[derive(Debug, Clone, Copy)]
struct Field {
    end: usize,
    line: u64,
}

impl Table {
    /// Reads a file. O(bytes).
    ///
    /// # Errors
    /// If it cannot be read, or as [`Table::parse`].
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = files::read(path)?;
        let source = path.display().to_string();
        Self::parse(&source, &opened(&source, bytes)?)
    }

    /// Reads `bytes`, which messages call `source`. Rows without any content are skipped.
    ///
    /// # Errors
    /// If the bytes are not UTF-8, there is no row below the header, a column has no name
    /// or the name of another, a quote never ends, or a row has a wrong number of cells.
    pub(crate) fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        let mut lexer = text::lexer(source, bytes)?;
        let mut table = Self {
            source: source.to_owned(),
            header: Vec::new(),
            header_line: 1,
            delimiter: lexer.delimiter,
            counted: false,
            contents: String::new(),
            fields: Vec::new(),
        };
        if !table.add_row(&mut lexer)? {
            return Err(table.fault("expected a header and rows, found nothing", "give a CSV file"));
        }
        table.take_header()?;
        while table.add_row(&mut lexer)? {}
        if table.fields.is_empty() {
            return Err(table.fault("expected rows below the header, found none", "add some"));
        }
        table.counted = table.counts_rows(0);
        if table.header[0].is_empty() && !table.counted {
            return Err(nameless(source, table.header_line, 0));
        }
        Ok(table)
    }

    /// Adds the next row that is not blank, unless there is none.
    fn add_row(&mut self, lexer: &mut Lexer) -> Result<bool> {
        loop {
            let (fields, contents) = (self.fields.len(), self.contents.len());
            if !lexer.row(&mut self.contents, &mut self.fields)? {
                return Ok(false);
            }
            if self.contents[contents..].trim().is_empty() {
                self.fields.truncate(fields);
                self.contents.truncate(contents);
                continue;
            }
            let (expected, found) = (self.header.len(), self.fields.len() - fields);
            if expected > 0 && found != expected {
                return Err(Error::input(
                    Place::line(&self.source, self.fields[fields].line),
                    format!("expected {expected} cells as in the header, found {found}"),
                    "add or remove delimiters, and quote cells that contain one",
                ));
            }
            return Ok(true);
        }
    }

    /// Whether a column has nothing but the numbers of the rows, from 0 or from 1, as R and pandas
    /// write them.
    pub(crate) fn counts_rows(&self, column: usize) -> bool {
        const FEWEST: usize = 2;
        let counts = |from: usize| {
            (from..).zip(self.cells(column)).all(|(number, cell)| cell.text() == number.to_string())
        };
        self.len() >= FEWEST && (counts(0) || counts(1))
    }

    /// Whether the first column only counts the rows and has no name, or one that pandas gives.
    pub(crate) fn has_counter(&self) -> bool {
        let name = &self.header[0];
        self.counted && (name.is_empty() || name.starts_with("Unnamed:"))
    }

    /// Makes the first row the header.
    fn take_header(&mut self) -> Result<()> {
        let mut start = 0;
        let mut seen = HashMap::new();
        for (i, field) in std::mem::take(&mut self.fields).into_iter().enumerate() {
            let name = self.contents[start..field.end].trim().to_owned();
            start = field.end;
            self.header_line = field.line;
            // The first column may count the rows: that is seen below.
            if name.is_empty() && i > 0 {
                return Err(nameless(&self.source, field.line, i));
            }
            if let Some(first) = seen.insert(name.to_lowercase(), i + 1) {
                return Err(Error::input(
                    Place::cell(&self.source, field.line, name),
                    format!(
                        "expected one column of this name, found columns {first} and {}",
                        i + 1
                    ),
                    "rename or delete one of them",
                ));
            }
            self.header.push(name);
        }
        self.contents.clear();
        Ok(())
    }

    /// What messages call the file.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The number of rows below the header.
    pub(crate) fn len(&self) -> usize {
        self.fields.len() / self.header.len()
    }

    /// The columns' names, as in the file but trimmed.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// Whether a decimal comma can be told from a delimiter.
    pub(crate) fn has_decimal_commas(&self) -> bool {
        self.delimiter != ','
    }

    /// The first column that has one of `names` (lower case), the earlier names first.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|h| h.to_lowercase() == *name))
    }

    /// The columns of these names (lower case), if all are there.
    pub(crate) fn columns<const N: usize>(&self, names: [&str; N]) -> Option<[usize; N]> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            *column = self.column(&[name])?;
        }
        Some(columns)
    }

    /// The cell in a row and a column, both from 0.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let k = row * self.header.len() + column;
        let start = if k == 0 { 0 } else { self.fields[k - 1].end };
        let text = unquoted(self.contents[start..self.fields[k].end].trim());
        Cell::new(self, text, row, column)
    }

    /// The cells of a column, from the top.
    pub(crate) fn cells(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.len()).map(move |row| self.cell(row, column))
    }

    /// The line that a row starts on.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.fields[row * self.header.len()].line
    }

    /// The place of a cell.
    pub(crate) fn place(&self, row: usize, column: usize) -> Place {
        let line = self.fields[row * self.header.len() + column].line;
        Place::cell(&self.source, line, &self.header[column])
    }

    /// An error about the whole file.
    pub(crate) fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::input(Place::file(&self.source), problem, remedy)
    }

    /// An error about the header.
    pub(crate) fn header_fault(&self, problem: &str, remedy: &str) -> Error {
        let problem = format!("{problem}, found {}", self.header.join(", "));
        Error::input(Place::line(&self.source, self.header_line), problem, remedy)
    }
}

/// The error that a column has no name.
fn nameless(source: &str, line: u64, column: usize) -> Error {
    Error::input(
        Place::line(source, line),
        format!("expected a name for every column, found none for column {}", column + 1),
        "name the column or delete it",
    )
}

/// Splits text into cells and counts the lines.
#[derive(Clone)]
struct Lexer<'a> {
    source: &'a str,
    chars: Chars<'a>,
    line: u64,
    delimiter: char,
}

impl Lexer<'_> {
    /// Appends the next row's cells; false at the end of the text.
    fn row(&mut self, contents: &mut String, fields: &mut Vec<Field>) -> Result<bool> {
        if self.peek().is_none() {
            return Ok(false);
        }
        loop {
            let line = self.line;
            self.skip_spaces();
            if self.peek() == Some('"') {
                self.quoted(contents)?;
            } else {
                self.bare(contents);
            }
            fields.push(Field { end: contents.len(), line });
            if self.next() != Some(self.delimiter) {
                return Ok(true);
            }
        }
    }

    /// A cell without quotes: up to the delimiter or the end of the line.
    fn bare(&mut self, contents: &mut String) {
        while let Some(c) = self.peek() {
            if c == self.delimiter || c == '\r' || c == '\n' {
                return;
            }
            contents.push(c);
            self.next();
        }
    }

    /// A cell in quotes, a doubled quote standing for one, up to what follows it.
    fn quoted(&mut self, contents: &mut String) -> Result<()> {
        let start = self.line;
        self.next();
        loop {
            match self.next() {
                Some('"') if self.peek() == Some('"') => contents.extend(self.next()),
                Some('"') => break,
                Some(c) => contents.push(c),
                None => {
                    return Err(Error::input(
                        Place::line(self.source, start),
                        "expected a closing quote, found the end of the file",
                        "close the quoted cell that starts here",
                    ));
                }
            }
        }
        self.skip_spaces();
        match self.peek() {
            None | Some('\r' | '\n') => Ok(()),
            Some(c) if c == self.delimiter => Ok(()),
            Some(c) => Err(Error::input(
                Place::line(self.source, self.line),
                format!("expected a delimiter after a closing quote, found {c:?}"),
                "double the quotes inside a quoted cell",
            )),
        }
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.next();
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.clone().next()
    }

    /// The next character; LF, CRLF and CR are all handed out as LF, and counted.
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        if c == '\r' && self.peek() == Some('\n') {
            self.chars.next();
        }
        if c == '\r' || c == '\n' {
            self.line += 1;
            return Some('\n');
        }
        Some(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Table {
        Table::parse("a.csv", text.as_bytes()).unwrap()
    }

    fn refuse(text: &str) -> String {
        Table::parse("a.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn line_ends_may_be_mixed_and_lines_are_those_of_an_editor() {
        let table = parse("State,B\r\n\r\na,1\rb,2\n\n  \n,\nc,3");
        let rows: Vec<_> =
            (0..table.len()).map(|r| (table.cell(r, 0).text(), table.line(r))).collect();
        assert_eq!(rows, [("a", 3), ("b", 4), ("c", 8)]);
        assert_eq!(table.column(&["name", "state"]), Some(0));
    }

    #[test]
    fn quoted_cells_hold_commas_quotes_and_newlines() {
        let table = parse("a,b,c\n\"x,\"\"y\"\"\",\"one\r\ntwo\" , 3\nd,e,f\n");
        assert_eq!(table.cell(0, 0).text(), "x,\"y\"");
        assert_eq!(table.cell(0, 1).text(), "one\ntwo");
        assert_eq!(table.cell(0, 2).place().line, Some(3));
        assert_eq!((table.line(0), table.line(1)), (2, 4));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(refuse("").contains("found nothing"));
        assert!(refuse(" \n\n").contains("found nothing"));
        assert!(refuse("a,b\n\n").contains("expected rows below the header"));
        assert!(refuse("a, A \n1,2").starts_with("a.csv:1: A: expected one column of this name"));
        assert!(refuse("\na,,b\n").starts_with("a.csv:2: expected a name for every column"));
        assert!(refuse("a,b\n1,2\n3\n").starts_with("a.csv:3: expected 2 cells"));
        assert!(refuse("a,b\n1,\"2\n3").starts_with("a.csv:2: expected a closing quote"));
        assert!(refuse("a,b\n1,\"2\"3").starts_with("a.csv:2: expected a delimiter"));
    }
}
