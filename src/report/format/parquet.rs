//! Tables as Parquet: the columns of the CSV, numbers as doubles and whole numbers as 64-bit
//! integers that may be missing, words and exact numbers as UTF-8 strings.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cells, Column};

/// A file with these columns.
pub(super) fn written(columns: &[Column]) -> std::result::Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(field).collect::<std::result::Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("rows").with_fields(fields).build()?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in columns {
        let Some(mut into) = group.next_column()? else { break };
        match &column.cells {
            Cells::Number(cells) => {
                let (values, levels) = there(cells);
                into.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Exact(cells) => {
                let words: Vec<Option<ByteArray>> =
                    cells.iter().map(|cell| cell.as_deref().map(Into::into)).collect();
                let (values, levels) = there(&words);
                into.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Text(cells) => {
                let values: Vec<ByteArray> =
                    cells.iter().map(|cell| cell.as_str().into()).collect();
                into.typed::<ByteArrayType>().write_batch(&values, None, None)?;
            }
            Cells::Whole(cells) => {
                let (values, levels) = there(cells);
                into.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Flag(cells) => {
                let (values, levels) = there(cells);
                into.typed::<BoolType>().write_batch(&values, Some(&levels), None)?;
            }
        }
        into.close()?;
    }
    group.close()?;
    writer.into_inner()
}

/// The cells that are there, and for each cell whether it is.
fn there<T: Clone>(cells: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    let levels = cells.iter().map(|cell| cell.is_some().into()).collect();
    (cells.iter().flatten().cloned().collect(), levels)
}

fn field(column: &Column) -> std::result::Result<Arc<Type>, ParquetError> {
    let words = Some(LogicalType::String);
    let (physical, repetition, logical) = match column.cells {
        Cells::Number(_) => (Physical::DOUBLE, Repetition::OPTIONAL, None),
        Cells::Exact(_) => (Physical::BYTE_ARRAY, Repetition::OPTIONAL, words),
        Cells::Text(_) => (Physical::BYTE_ARRAY, Repetition::REQUIRED, words),
        Cells::Whole(_) => (Physical::INT64, Repetition::OPTIONAL, None),
        Cells::Flag(_) => (Physical::BOOLEAN, Repetition::OPTIONAL, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical);
    Ok(Arc::new(builder.with_repetition(repetition).with_logical_type(logical).build()?))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use crate::analysis::{Lens, Options};
    use crate::parameters::Parameters;
    use crate::report::sweep::SweepReport;
    use crate::sweep::{Aspect, Grid, NoStore, Plane, Sweep, Task, sweep};
    use crate::work::Work;

    /// Names, types and cells are those of the CSV; what is missing there is null here.
    #[test]
    fn what_is_written_is_read_back() {
        let lenses = vec![Lens::Polarity, Lens::Settlement];
        let task = Task {
            plane: Plane::triangle().unwrap(),
            parameters: Parameters::default(),
            grid: Grid { resolution: 6, levels: 1 },
            aspects: vec![Aspect::Verdict],
            options: Options { lenses: Some(lenses), ..Options::default() },
            draws: None,
        };
        let task = task.checked().unwrap();
        let Sweep::Done(swept) = sweep(&task, &mut NoStore, &Work::default()).unwrap() else {
            panic!("there is no time limit")
        };
        let report = SweepReport::new(&task, &swept, &[]);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&report.table().parquet().unwrap()).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let csv = report.csv();
        let mut expected = csv::Reader::from_reader(csv.as_bytes());
        let header = expected.headers().unwrap().clone();
        let schema = reader.metadata().file_metadata().schema_descr();
        let names: Vec<&str> = schema.columns().iter().map(|column| column.name()).collect();
        assert_eq!(names, header.iter().collect::<Vec<_>>());
        let (mut rows, mut missing) = (0, 0);
        for (row, record) in reader.get_row_iter(None).unwrap().zip(expected.records()) {
            for ((_, field), cell) in row.unwrap().get_column_iter().zip(record.unwrap().iter()) {
                match field {
                    Field::Double(value) => assert_eq!(*value, cell.parse::<f64>().unwrap()),
                    Field::Str(value) => assert_eq!(value, cell),
                    Field::Long(value) => assert_eq!(value.to_string(), cell),
                    Field::Null => assert_eq!(cell, ""),
                    other => panic!("{other:?}"),
                }
                missing += usize::from(*field == Field::Null);
            }
            rows += 1;
        }
        assert_eq!(rows, report.points.len());
        assert_eq!(missing, 10 * rows, "the lenses that did not run");
    }
}
