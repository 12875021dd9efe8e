//! Rows of a small CSV file whose forms differ in the number of cells, each with its place.

use std::borrow::Cow;

use dashu_ratio::RBig;

use super::{Lexer, decimal_comma, nameless, text, unquoted};
use crate::error::{Error, Place, Result};
use crate::exact::parse_decimal;

/// A CSV text: its header and what is below it.
pub(crate) struct Rows<'a> {
    pub(crate) file: &'a str,
    pub(crate) header: Row<'a>,
    pub(crate) delimiter: u8,
    /// Everything below the header line.
    pub(crate) body: &'a [u8],
    below: Lexer<'a>,
    /// Whether the first column counts the rows, and is passed over.
    counted: bool,
}

/// A line's cells, trimmed and unquoted.
pub(crate) struct Row<'a> {
    file: &'a str,
    delimiter: char,
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

    /// The number in a cell, as [`Row::digits`], or a fraction.
    pub(crate) fn number(&self, column: usize) -> Option<RBig> {
        let digits = self.digits(column);
        match digits.split_once('/') {
            None => parse_decimal(&digits),
            Some((above, below)) => {
                let below = parse_decimal(below.trim()).filter(|below| !below.is_zero())?;
                Some(parse_decimal(above.trim())? / below)
            }
        }
    }

    /// The text of a number, with a point for a decimal comma where the delimiter is another.
    pub(crate) fn digits(&self, column: usize) -> Cow<'_, str> {
        let cell = self.cells.get(column).map_or("", String::as_str);
        match self.delimiter != ',' && decimal_comma(cell).is_some() {
            true => Cow::Owned(cell.replace(',', ".")),
            false => Cow::Borrowed(cell),
        }
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
    /// Reads the header. O(bytes).
    ///
    /// # Errors
    /// If the bytes are not UTF-8, or there is no header.
    pub(crate) fn new(bytes: &'a [u8], file: &'a str) -> Result<Self> {
        let mut lexer = text::lexer(file, bytes)?;
        let Some(mut header) = next(&mut lexer)? else {
            return Err(Error::input(
                Place::file(file),
                "the file is empty",
                "start with a header line",
            ));
        };
        // R and pandas number the rows in a column without a name.
        let counted = header.cells.len() > 1 && header.cells[0].is_empty();
        if counted {
            header.cells.remove(0);
        }
        // All delimiters are ASCII.
        let delimiter = lexer.delimiter as u8;
        Ok(Self {
            file,
            header,
            delimiter,
            body: lexer.chars.as_str().as_bytes(),
            below: lexer,
            counted,
        })
    }

    /// The rows below the header, blank lines left out.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Result<Row<'a>>> + use<'a> {
        let (mut lexer, counted) = (self.below.clone(), self.counted);
        std::iter::from_fn(move || next(&mut lexer).transpose()).map(move |row| {
            let mut row = row?;
            if counted && row.cells.remove(0).parse::<u64>().is_err() {
                return Err(nameless(row.file, row.line, 0));
            }
            Ok(row)
        })
    }
}

/// The next row that is not blank.
fn next<'a>(lexer: &mut Lexer<'a>) -> Result<Option<Row<'a>>> {
    let (mut contents, mut fields) = (String::new(), Vec::new());
    loop {
        if !lexer.row(&mut contents, &mut fields)? {
            return Ok(None);
        }
        if contents.trim().is_empty() && fields.len() == 1 {
            contents.clear();
            fields.clear();
            continue;
        }
        let mut start = 0;
        let line = fields[0].line;
        let cell = |field: &super::Field| {
            let cell = &contents[start..field.end];
            start = field.end;
            unquoted(cell.trim()).to_owned()
        };
        let cells = fields.iter().map(cell).collect();
        return Ok(Some(Row { file: lexer.source, delimiter: lexer.delimiter, line, cells }));
    }
}
