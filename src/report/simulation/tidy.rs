//! A simulation as tidy CSV: one row a run, or one a place of the plane.

use super::*;
use crate::parameters::simulation::Rule;

/// A cell that may be missing.
pub(super) fn some(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Rows under a header, as CSV.
pub(super) fn csv_of(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many fields as the header.
    let _ = writer.write_record(header);
    rows.for_each(|row| {
        let _ = writer.write_record(row);
    });
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

impl SimulationReport {
    /// The runs as CSV, one row a run, `run,hegemonic,period,hegemon,ended,leader_share,
    /// effective_poles,states,wars`; with a plane one row a place. What a run has not is empty.
    pub fn csv(&self) -> String {
        match &self.grid {
            Some(grid) => grid_csv(self, grid),
            None => self.runs_csv(),
        }
    }

    fn runs_csv(&self) -> String {
        let header = [
            "run",
            "hegemonic",
            "period",
            "hegemon",
            "ended",
            "leader_share",
            "effective_poles",
            "states",
            "wars",
        ];
        let rows = self.rows.iter().map(|row| {
            vec![
                row.run.to_string(),
                row.hegemonic.to_string(),
                some(row.period),
                some(row.hegemon.as_ref()),
                some(row.hegemonic.then_some(row.ended)),
                row.leader_share.to_string(),
                row.effective_poles.to_string(),
                row.states.to_string(),
                row.wars.to_string(),
            ]
        });
        csv_of(&header, rows)
    }
}

fn grid_csv(report: &SimulationReport, grid: &GridReport) -> String {
    let name = |rule: Rule| rule.name().replace('-', "_");
    let (x, y) = (name(grid.x.parameter), grid.y.as_ref().map(|y| name(y.parameter)));
    let mut header = vec![x.as_str()];
    header.extend(y.as_deref());
    header.extend([
        "runs",
        "periods",
        "probability",
        "probability_lo",
        "probability_hi",
        "at_end",
        "at_end_lo",
        "at_end_hi",
    ]);
    let rows = grid.cells.iter().map(|cell| {
        let numbers = [
            cell.probability,
            cell.interval[0],
            cell.interval[1],
            cell.at_end,
            cell.at_end_interval[0],
            cell.at_end_interval[1],
        ];
        let mut row = vec![cell.x.to_string()];
        row.extend(cell.y.map(|y| y.to_string()));
        row.extend([report.runs.to_string(), report.periods.to_string()]);
        row.extend(numbers.map(|number| number.to_string()));
        row
    });
    csv_of(&header, rows)
}
