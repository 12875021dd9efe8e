//! The points of a sweep as Parquet: the columns of the CSV, numbers as doubles that may be
//! missing, words as UTF-8 strings, levels as 32-bit integers.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cells, Column, SweepReport};
use crate::error::{Error, Result};

impl SweepReport {
    /// The points as a Parquet file of one row group, compressed with Snappy. O(points).
    ///
    /// # Errors
    /// If the writer fails, for which nothing in a report gives a reason.
    pub fn parquet(&self) -> Result<Vec<u8>> {
        written(&self.columns()).map_err(|error| {
            let error = std::io::Error::other(error);
            Error::io("parquet", error)
        })
    }
}

fn written(columns: &[Column]) -> std::result::Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(field).collect::<std::result::Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("points").with_fields(fields).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in columns {
        let Some(mut into) = group.next_column()? else { break };
        match &column.cells {
            Cells::Number(cells) => {
                let values: Vec<f64> = cells.iter().flatten().copied().collect();
                let levels: Vec<i16> = cells.iter().map(|cell| cell.is_some().into()).collect();
                into.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Text(cells) => {
                let values: Vec<ByteArray> =
                    cells.iter().map(|cell| cell.as_str().into()).collect();
                into.typed::<ByteArrayType>().write_batch(&values, None, None)?;
            }
            Cells::Whole(cells) => {
                // Levels are below 17.
                let values: Vec<i32> = cells.iter().map(|&cell| cell as i32).collect();
                into.typed::<Int32Type>().write_batch(&values, None, None)?;
            }
        }
        into.close()?;
    }
    group.close()?;
    writer.into_inner()
}

fn field(column: &Column) -> std::result::Result<Arc<Type>, ParquetError> {
    let (physical, repetition, logical) = match column.cells {
        Cells::Number(_) => (Physical::DOUBLE, Repetition::OPTIONAL, None),
        Cells::Text(_) => (Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
        Cells::Whole(_) => (Physical::INT32, Repetition::REQUIRED, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical);
    Ok(Arc::new(builder.with_repetition(repetition).with_logical_type(logical).build()?))
}
