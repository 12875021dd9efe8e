//! Re-verifies that the lists of a simulation are those of its question: periods, runs, tenths,
//! thirds, the other values of dominance, the places of the grid.

use super::Checker;
use crate::parameters::simulation::{Alliances, Rule};
use crate::report::simulation::{GridReport, MOST_ROWS};
use crate::report::system::read::is_exact;

/// What is the same number.
fn same(told: f64, expected: f64) -> bool {
    (told - expected).abs() <= 1e-12 * (1.0 + expected.abs())
}

impl Checker<'_> {
    /// The lists are as long as they must be.
    pub(super) fn shape(&mut self) {
        let report = self.report;
        let numbered = |mut periods: Box<dyn Iterator<Item = u32> + '_>| {
            (1..=report.periods).all(|t| periods.next() == Some(t)) && periods.next().is_none()
        };
        let survival = numbered(Box::new(report.survival.iter().map(|row| row.period)));
        let path = numbered(Box::new(report.path.iter().map(|row| row.period)));
        self.exact("periods: survival and path have a row for each", survival && path);
        let total: f64 = report.system.states.iter().map(|state| state.share).sum();
        self.close("system: the shares sum to 1", &[(total, 1.0)]);
        let exact = report.system.states.iter().all(is_exact);
        self.exact("system: the exact shares are those of the shares", exact);
        let runs = report.runs > 0 && report.runs <= report.runs_asked;
        let rows = report.rows.is_empty() == (report.runs as usize > MOST_ROWS)
            && (report.rows.is_empty()
                || (0..report.runs).eq(report.rows.iter().map(|row| row.run)));
        self.exact("rows: one for each run", runs && rows);
        let told = report.notes.iter().any(|note| note.starts_with("the time was up after"));
        self.exact("notes: runs that are missing are told of", {
            (report.runs < report.runs_asked) == told
        });
        let leader = self.system.id(self.system.leader());
        self.exact("system: the strongest state leads", report.system.leader == leader);
        self.parts_of_axes();
        self.beside();
        if let Some(grid) = &report.grid {
            self.places(grid);
        }
    }

    /// Tenths of the leading share, and thirds of ranges.
    fn parts_of_axes(&mut self) {
        let report = self.report;
        let tenth = |share: f64| (share * 10.0).round();
        let tenths = report.balancing.iter().all(|row| {
            let [from, to] = row.leader_share;
            let at = tenth(from);
            same(from, at / 10.0) && same(to, (at + 1.0) / 10.0) && row.elsewhere >= 0.0
        });
        let rising = report
            .balancing
            .windows(2)
            .all(|two| tenth(two[0].leader_share[0]) < tenth(two[1].leader_share[0]));
        self.exact("balancing: by tenths of the leading share, in order", tenths && rising);
        let thirds = report.thirds.iter().enumerate().all(|(k, third)| {
            report.ranges.get(k / 3).is_some_and(|range| {
                let end = |part: usize| range.from + part as f64 * (range.to - range.from) / 3.0;
                let part = k % 3;
                third.parameter == range.parameter
                    && same(third.from, end(part))
                    && same(third.to, end(part + 1))
            })
        });
        self.exact("thirds: each from and to where it must", thirds);
    }

    /// The dominances beside the chosen one: a quarter less and more, the first ones or all.
    fn beside(&mut self) {
        let report = self.report;
        let drawn = |doubt: &crate::report::simulation::DoubtReport| {
            doubt.sampling.drawn().any(|term| term.term == Rule::Dominance.name())
        };
        let none = report.ranges.iter().any(|range| range.parameter == Rule::Dominance)
            || report.draws.as_ref().is_some_and(drawn)
            || report.parameters.alliances == Alliances::None;
        let chosen = report.parameters.dominance;
        let expected = [chosen - 0.25, chosen + 0.25]
            .into_iter()
            .filter(|&s| !none && Rule::Dominance.validate(s).is_ok());
        let expected: Vec<f64> = expected.collect();
        let told = &report.dominance;
        self.exact("dominance: a quarter less and a quarter more", {
            told.len() <= expected.len()
                && told.iter().zip(&expected).all(|(told, s)| same(told.dominance, *s))
        });
    }

    /// The places of a grid: axes in equal steps, cells row by row from below.
    fn places(&mut self, grid: &GridReport) {
        let even = |values: &[f64]| {
            let (Some(first), Some(last)) = (values.first(), values.last()) else { return false };
            let parts = (values.len() - 1).max(1) as f64;
            let step = (last - first) / parts;
            let each = values.iter().enumerate();
            values.len() > 1
                && step > 0.0
                && each.into_iter().all(|(k, value)| same(*value, first + k as f64 * step))
        };
        let axes = std::iter::once(&grid.x).chain(&grid.y);
        self.exact("grid: axes in equal steps", axes.into_iter().all(|axis| even(&axis.values)));
        let rows: Vec<Option<f64>> = match &grid.y {
            None => vec![None],
            Some(y) => y.values.iter().copied().map(Some).collect(),
        };
        let places: Vec<(f64, Option<f64>)> =
            rows.iter().flat_map(|&y| grid.x.values.iter().map(move |&x| (x, y))).collect();
        let at = |y: Option<f64>| y.unwrap_or(0.0);
        self.exact("grid: the cells are at its places, in order", {
            grid.cells.len() <= places.len()
                && grid.cells.iter().zip(&places).all(|(cell, &(x, y))| {
                    same(cell.x, x) && cell.y.is_some() == y.is_some() && same(at(cell.y), at(y))
                })
        });
    }
}
