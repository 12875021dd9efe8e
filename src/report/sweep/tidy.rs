//! A sweep as tidy CSV: one row a point.

use super::SweepReport;

impl SweepReport {
    /// The points as CSV, one row a point; what is not known is empty.
    pub fn csv(&self) -> String {
        let columns = self.columns();
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail, and every row has as many fields as the header.
        let _ = writer.write_record(columns.iter().map(|column| &column.name));
        for row in 0..self.points.len() {
            let _ = writer.write_record(columns.iter().map(|column| column.cell(row)));
        }
        String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
    }
}
