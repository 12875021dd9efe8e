//! The survival of the balance.

use super::Sheet;
use crate::plot::Paper;
use crate::plot::layout::Swatch;
use crate::plot::scene::{Mark, Scene};
use crate::plot::style::{BLUE, Look, Stroke, THICK};
use crate::report::simulation::SimulationReport;

/// A curve that falls in steps, with its band. O(periods).
pub(super) fn figure(report: &SimulationReport, paper: &Paper) -> Scene {
    let words = format!(
        "Probability that no state has become a hegemon, by period: {} at the end.",
        report.estimate_words(
            report
                .survival
                .last()
                .map_or((1.0, [1.0; 2]), |last| { (last.balanced, last.interval) })
        )
    );
    let last = f64::from(report.periods);
    let mut sheet = Sheet::new(
        paper,
        format!("Survival of the balance: {}", report.title()),
        words,
        ("period", [0.0, last]),
        ("still balanced", [0.0, 1.0]),
    );
    let (mut steps, mut bands) = (vec![sheet.at(0.0, 1.0)], vec![(0.0, [1.0, 1.0])]);
    let (mut height, mut band) = (1.0, [1.0; 2]);
    for row in &report.survival {
        let x = f64::from(row.period);
        steps.extend([sheet.at(x, height), sheet.at(x, row.balanced)]);
        bands.extend([(x, band), (x, row.interval)]);
        (height, band) = (row.balanced, row.interval);
    }
    let area = sheet.between(bands.into_iter());
    sheet.marks.push(Mark::polygon(area, Look::filled(BLUE, 0.2)));
    let title = "probability of balance";
    let line = Mark::polyline(steps, Stroke::new(BLUE, THICK));
    sheet.marks.push(Mark::group("survival", title, vec![line]));
    let entries = [
        (Swatch::Line(Stroke::new(BLUE, THICK)), "Kaplan–Meier curve".to_owned()),
        (Swatch::Fill(Look::filled(BLUE, 0.2)), "95 % band (Greenwood)".to_owned()),
    ];
    sheet.scene(&entries, "")
}
