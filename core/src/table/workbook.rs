//! The first sheet of a workbook as CSV, a row a line.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use crate::error::{Error, Place, Result};

/// The first sheet of an Excel workbook as text. Dates are the numbers that Excel keeps.
///
/// # Errors
/// If it is no workbook, or a damaged one, or has no sheet.
pub(super) fn sheet(source: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let fault = |problem: String| {
        let remedy = "open it in Excel and save the sheet as CSV UTF-8";
        Error::input(Place::file(source), problem, remedy)
    };
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|error| fault(format!("expected an Excel workbook, found none ({error})")))?;
    let range = workbook
        .worksheet_range_at(0)
        .ok_or_else(|| fault("expected a sheet, found a workbook without any".into()))?
        .map_err(|error| fault(format!("expected a sheet, found one that is damaged ({error})")))?;
    // Lines above the first cell, so that a row is named by its number in Excel.
    let above = range.start().map_or(0, |(row, _)| row as usize);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![b'\n'; above]);
    for row in range.rows() {
        let cells = row.iter().map(|cell| match cell {
            Data::Empty => String::new(),
            Data::DateTime(date) => date.as_f64().to_string(),
            other => other.to_string(),
        });
        // Writing to memory cannot fail.
        let _ = writer.write_record(cells);
    }
    Ok(writer.into_inner().unwrap_or_default())
}
