//! A simulation as tidy CSV: one row a run, or one a place of the plane.

use super::*;
use crate::parameters::simulation::Rule;
use crate::report::format::{Table, parameters};

/// A cell that may be missing.
pub(super) fn some(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

impl SimulationReport {
    /// The runs as a table, one row a run, `run,hegemonic,period,hegemon,ended,leader_share,
    /// effective_poles,states,wars`; with a plane one row a place. What a run has not is empty. Where
    /// parameters were drawn, the draw that a run was played with and its values are columns too.
    pub fn table(&self) -> Table {
        let mut table = match &self.grid {
            Some(grid) => grid_table(self, grid),
            None => self.runs_table(),
        };
        let mut known = parameters(&self.parameters);
        if self.grid.is_none()
            && let Some(doubt) = &self.draws
        {
            // What a run drew is its own.
            let draw = |row: &RunReport| row.run as usize % doubt.draws.len().max(1);
            table.whole("draw", self.rows.iter().map(|row| Some(draw(row) as i64)));
            for (k, term) in doubt.sampling.drawn().enumerate() {
                let name = term.term.replace('-', "_");
                known.retain(|(other, _)| *other != name);
                let value = |row| Some(doubt.draws.get(draw(row))?.parameters.0.get(k)?.1);
                table.number(&name, self.rows.iter().map(value));
            }
        }
        table.constants(&known);
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }

    fn runs_table(&self) -> Table {
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
        Table::of_rows(&header, &rows.collect::<Vec<_>>())
    }
}

fn grid_table(report: &SimulationReport, grid: &GridReport) -> Table {
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
    Table::of_rows(&header, &rows.collect::<Vec<_>>())
}
