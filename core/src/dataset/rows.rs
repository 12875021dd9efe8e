//! The rows of a system file: one state each, in one year.

use std::collections::{BTreeMap, HashMap};

use dashu_ratio::RBig;

use super::Dataset;
use super::columns::Columns;
use super::geography::Location;
use super::{regime, totals};
use crate::error::{Error, Place, Result};
use crate::table::Table;
use crate::table::cell::Cell;

/// A state in a year, without its capabilities.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) ccode: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) location: Option<Location>,
    pub(super) offence: Option<f64>,
    pub(super) revisionism: Option<f64>,
    pub(super) growth: Option<f64>,
    pub(super) bloc: Option<String>,
    pub(super) regime: Option<String>,
    /// The index that NMC publishes.
    pub(super) published: Option<RBig>,
}

/// A numeric column: a value for each row of the file, `None` where it is missing.
#[derive(Debug, Clone)]
pub(super) struct Capability {
    pub(super) name: String,
    pub(super) values: Vec<Option<RBig>>,
    /// Whether it is power where no column is named.
    pub(super) counted: bool,
}

/// Reads a table of states. O(cells).
pub(super) fn dataset(table: &Table) -> Result<Dataset> {
    let mut columns = Columns::recognise(table)?;
    let rows =
        (0..table.len()).map(|row| read_row(table, &columns, row)).collect::<Result<Vec<Row>>>()?;
    refuse_twice(table.source(), &rows)?;
    let mut by_year: BTreeMap<Option<i32>, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        by_year.entry(row.year).or_default().push(i);
    }
    let mut capabilities = Vec::with_capacity(columns.capabilities.len());
    for &column in &columns.capabilities {
        let values = table.cells(column).map(|cell| cell.amount()).collect::<Result<_>>()?;
        let counted = columns.counted.contains(&column);
        capabilities.push(Capability { name: table.header()[column].clone(), values, counted });
        columns.notes.extend(decimal_commas(table, column));
        columns.notes.extend(missing(table, column));
    }
    totals::look(table.source(), &rows, &by_year, &capabilities, &mut columns.notes)?;
    let has_components = columns.has_components;
    let source = table.source().to_owned();
    Ok(Dataset { source, rows, by_year, capabilities, has_components, notes: columns.notes })
}

fn read_row(table: &Table, columns: &Columns, row: usize) -> Result<Row> {
    let cell = |column: Option<usize>| column.map(|column| table.cell(row, column));
    let id = table.cell(row, columns.id);
    let identifier = if columns.id_is_code { id.code() } else { id.filled().map(str::to_owned) };
    Ok(Row {
        line: table.line(row),
        id: identifier.ok_or_else(|| id.fault("a state", "name it or delete the row"))?,
        name: cell(columns.name).and_then(|cell| cell.known()).map(str::to_owned),
        ccode: cell(columns.ccode)
            .filter(|cell| cell.known().is_some())
            .and_then(|cell| cell.code()),
        year: cell(columns.year).map(|cell| cell.year()).transpose()?,
        location: location(cell(columns.latitude), cell(columns.longitude))?,
        offence: cell(columns.offence).map(|cell| fraction(cell, FILL_IN)).transpose()?,
        revisionism: cell(columns.revisionism).map(|cell| fraction(cell, WRITE_1)).transpose()?,
        growth: cell(columns.growth).map(rate).transpose()?,
        bloc: cell(columns.bloc).and_then(|cell| cell.known()).map(str::to_owned),
        regime: regime::read(cell(columns.regime), cell(columns.polity))?,
        published: cell(columns.published).map(|cell| cell.amount()).transpose()?.flatten(),
    })
}

const FILL_IN: &str = "fill it in, or delete the column";
const WRITE_1: &str = "write 1 for a power maximiser, or delete the column";

fn fraction(cell: Cell, remedy: &str) -> Result<f64> {
    cell.within(0.0..=1.0, "a number from 0 to 1", remedy)
}

fn rate(cell: Cell) -> Result<f64> {
    cell.within(
        -0.999_999..=1.0,
        "a rate above -1, at most 1",
        "write 0.02 for two per cent a year",
    )
}

fn location(latitude: Option<Cell>, longitude: Option<Cell>) -> Result<Option<Location>> {
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else { return Ok(None) };
    Location::read(latitude, longitude).map(Some)
}

/// A state may have one row in a year.
fn refuse_twice(source: &str, rows: &[Row]) -> Result<()> {
    let mut seen = HashMap::new();
    for row in rows {
        if let Some(first) = seen.insert((row.year, row.id.as_str()), row.line) {
            let when = row.year.map_or(String::new(), |year| format!(" in {year}"));
            return Err(Error::input(
                Place::line(source, row.line),
                format!("expected each state once{when}, found {} on line {first} too", row.id),
                "keep one of the rows, or tell them apart in a column year",
            ));
        }
    }
    Ok(())
}

/// Says that cells such as `NA` were read as missing; what is empty, or -9 as in NMC, is plain.
fn missing(table: &Table, column: usize) -> Option<String> {
    let words: Vec<Cell> =
        table.cells(column).filter(|cell| cell.is_missing() && cell.filled().is_some()).collect();
    let first = words.first()?;
    let (place, word, count) = (first.place(), first.text(), words.len());
    Some(format!("{place}: {word} is read as missing (cells of the column so read: {count})"))
}

/// Says that decimal commas were read as such.
fn decimal_commas(table: &Table, column: usize) -> Option<String> {
    let with_comma: Vec<Cell> =
        table.cells(column).filter(|cell| cell.decimal_comma().is_some()).collect();
    let first = with_comma.first()?;
    Some(format!(
        "{}: {} is read with a decimal comma (cells of the column so read: {})",
        first.place(),
        first.text(),
        with_comma.len()
    ))
}
