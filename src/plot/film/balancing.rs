//! The balancing curve.

use super::Sheet;
use crate::plot::Paper;
use crate::plot::layout::Swatch;
use crate::plot::scene::{Mark, Scene};
use crate::plot::style::{MARKER, Stroke, THICK, series};
use crate::report::simulation::{BalancingReport, SimulationReport};

/// A part of the others' power.
type Part = (&'static str, fn(&BalancingReport) -> f64);

/// Three lines over the leading state's share. O(1).
pub(super) fn figure(report: &SimulationReport, paper: &Paper) -> Scene {
    let words =
        "Where the others' power stands while the leading state has this share of all power.";
    let mut sheet = Sheet::new(
        paper,
        format!("Balancing curve: {}", report.title()),
        words.into(),
        ("share of the leading state", [0.0, 1.0]),
        ("part of the others' power", [0.0, 1.0]),
    );
    let lines: [Part; 3] = [
        ("with the leading state", |row| row.with),
        ("in the strongest bloc against it", |row| row.against),
        ("elsewhere", |row| row.elsewhere),
    ];
    let mut entries = Vec::new();
    for (k, (name, value)) in lines.into_iter().enumerate() {
        let look = series(k);
        let stroke = Stroke::new(look.color, THICK).dashed(look.dash);
        let points: Vec<_> = report
            .balancing
            .iter()
            .map(|row| sheet.at(0.5 * (row.leader_share[0] + row.leader_share[1]), value(row)))
            .collect();
        let mut marks: Vec<Mark> =
            points.iter().map(|&at| look.marker.mark(at, 0.7 * MARKER, look.color)).collect();
        marks.push(Mark::polyline(points, stroke));
        sheet.marks.push(Mark::group("part", name, marks));
        entries.push((Swatch::Both(stroke, look.marker), name.to_owned()));
    }
    sheet.scene(&entries, "")
}
