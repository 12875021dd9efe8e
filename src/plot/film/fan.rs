//! The leading state's share over the runs.

use super::Sheet;
use crate::plot::Paper;
use crate::plot::layout::Swatch;
use crate::plot::scene::{Mark, Scene};
use crate::plot::style::{BLUE, Dash, Look, MUTED, Stroke, THICK, THIN};
use crate::report::simulation::SimulationReport;

/// Two bands around the median, and the threshold. O(periods).
pub(super) fn figure(report: &SimulationReport, paper: &Paper) -> Scene {
    let words = "How strong the strongest state is: half of the runs are within the dark band, nine \
                 in ten within the light one.";
    let last = f64::from(report.periods);
    let mut sheet = Sheet::new(
        paper,
        format!("The leading state's share: {}", report.title()),
        words.into(),
        ("period", [if report.periods > 1 { 1.0 } else { 0.0 }, last]),
        ("share of all power", [0.0, 1.0]),
    );
    let band = |low: usize, high: usize| {
        let rows = report.path.iter();
        rows.map(move |row| {
            (f64::from(row.period), [row.leader_share[low], row.leader_share[high]])
        })
    };
    for (ends, opacity) in [((0, 4), 0.18), ((1, 3), 0.3)] {
        let area = sheet.between(band(ends.0, ends.1));
        sheet.marks.push(Mark::polygon(area, Look::filled(BLUE, opacity)));
    }
    let middle: Vec<_> = report
        .path
        .iter()
        .map(|row| sheet.at(f64::from(row.period), row.leader_share[2]))
        .collect();
    let line = Mark::polyline(middle, Stroke::new(BLUE, THICK));
    sheet.marks.push(Mark::group("median", "median of the runs", vec![line]));
    let threshold = Stroke::new(MUTED, THIN).dashed(Dash::Dashed);
    let tau = report.parameters.threshold;
    let ends = [sheet.plot.left, sheet.plot.right].map(|x| [x, sheet.y.place(tau)]);
    sheet.marks.push(Mark::line(ends[0], ends[1], threshold));
    let entries = [
        (Swatch::Line(Stroke::new(BLUE, THICK)), "median".to_owned()),
        (Swatch::Fill(Look::filled(BLUE, 0.48)), "25 to 75 %".to_owned()),
        (Swatch::Fill(Look::filled(BLUE, 0.18)), "5 to 95 %".to_owned()),
        (Swatch::Line(threshold), format!("threshold {tau}")),
    ];
    sheet.scene(&entries, "")
}
