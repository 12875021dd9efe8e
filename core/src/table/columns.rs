//! A Parquet file as CSV, a row a line.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::container::LARGEST;
use crate::error::{Error, Place, Result};

/// Why a file is not read.
enum Fault {
    /// It is damaged, or packed as this build does not unpack.
    Unread(String),
    /// It holds more than is taken.
    Large,
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        Self::Unread(error.to_string())
    }
}

/// The rows of a Parquet file as text: what is missing is empty. O(cells).
///
/// # Errors
/// If it is damaged, packed otherwise than with Snappy, holds lists or the like, or more than 2 GiB.
pub(super) fn rows(source: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    // The library may panic on files that are damaged.
    let read = catch_unwind(AssertUnwindSafe(|| written(bytes)));
    let fault = match read {
        Ok(Ok(text)) => return Ok(text),
        Ok(Err(Fault::Large)) => {
            let limit = format!("{LARGEST} bytes");
            return Err(Error::too_large("the Parquet file", limit, "give only the rows needed"));
        }
        Ok(Err(Fault::Unread(why))) => why,
        Err(_) => "it is damaged".into(),
    };
    let problem = format!("expected a Parquet file packed with Snappy or not at all ({fault})");
    let remedy = "write it anew, in Python with .to_parquet(FILE, compression=\"snappy\"), in R with \
                  arrow::write_parquet(DATA, FILE), or as CSV";
    Err(Error::input(Place::file(source), problem, remedy))
}

fn written(bytes: Vec<u8>) -> std::result::Result<Vec<u8>, Fault> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes))?;
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(fields.iter().map(|field| field.name()));
    for row in reader.get_row_iter(None)? {
        let row = row?;
        let cells = row.get_column_iter().map(|(name, field)| cell(name, field));
        let cells = cells.collect::<std::result::Result<Vec<String>, Fault>>()?;
        let _ = writer.write_record(cells);
        if writer.get_ref().len() as u64 > LARGEST {
            return Err(Fault::Large);
        }
    }
    Ok(writer.into_inner().unwrap_or_default())
}

fn cell(name: &str, field: &Field) -> std::result::Result<String, Fault> {
    Ok(match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        // As text a number is the shortest that reads the same.
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => {
            return Err(Fault::Unread(format!("column {name:?} holds lists, not cells")));
        }
        other => other.to_string(),
    })
}
