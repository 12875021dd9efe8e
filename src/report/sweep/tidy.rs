//! A sweep as tidy CSV: one row a point.

use super::SweepReport;
use crate::report::format::csv::csv;

impl SweepReport {
    /// The points as CSV, one row a point; what is not known is empty.
    pub fn csv(&self) -> String {
        let columns = self.columns();
        let header = columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let row = |row| columns.iter().map(|column| column.cell(row)).collect();
        csv(std::iter::once(header).chain((0..self.points.len()).map(row)))
    }
}
