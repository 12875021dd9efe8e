//! Figures of a backtest.

use crate::error::{Error, Result};
use crate::order;
use crate::plot::Paper;
use crate::plot::layout::Swatch;
use crate::plot::scene::{Mark, Scene};
use crate::plot::sheet::Sheet;
use crate::plot::style::{
    BLUE, Dash, Look, MARKER, MUTED, Marker, PAPER, Stroke, THICK, THIN, VERMILLION, series,
};
use crate::report::backtest::{Backtest, Score};

/// Curves of so many predictors of the model and of so many rules.
const CURVES: usize = 3;
/// Strips of a separation plot.
const STRIPS: usize = 120;

/// What was said of the rows that could have the event, and whether they had it.
type Row = (f64, bool);

fn rows(report: &Backtest, name: &str) -> Vec<Row> {
    let all = report.predictors.iter().chain(&report.baselines);
    let Some(at) = all.into_iter().position(|score| score.name == name) else { return Vec::new() };
    let Some(said) = report.data.said.get(at) else { return Vec::new() };
    said.iter()
        .zip(&report.data.event)
        .filter_map(|(said, event)| Some(((*said)?, (*event)?)))
        .collect()
}

/// The predictor of a name, or else the model's with the largest area, among those that `fit`.
fn chosen<'r>(
    report: &'r Backtest,
    name: Option<&str>,
    needs: &str,
    fit: impl Fn(&Score) -> bool,
) -> Result<&'r Score> {
    if let Some(name) = name {
        let mut all = report.predictors.iter().chain(&report.baselines);
        return match all.find(|score| score.name == name) {
            Some(score) if fit(score) => Ok(score),
            Some(_) => Err(Error::parameter("of", format!("a predictor with {needs}"), name)),
            None => {
                let all = report.predictors.iter().chain(&report.baselines);
                let names: Vec<&str> = all.map(|score| score.name.as_str()).collect();
                Err(Error::parameter("of", format!("one of {}", names.join(", ")), name))
            }
        };
    }
    let fitting = report.predictors.iter().filter(|score| score.auc.is_some() && fit(score));
    let best = fitting.max_by(|a, b| a.auc.unwrap_or(0.0).total_cmp(&b.auc.unwrap_or(0.0)));
    best.ok_or_else(|| Error::parameter("plot", format!("a predictor with {needs}"), "none"))
}

/// Receiver operating characteristics. O(rows log rows).
pub(super) fn roc(report: &Backtest, name: Option<&str>, paper: &Paper) -> Result<Scene> {
    let known = |score: &Score| score.auc.is_some();
    let drawn: Vec<&Score> = match name {
        Some(_) => vec![chosen(report, name, "an area under the curve", known)?],
        None => {
            let best = |scores: &'_ [Score]| -> Vec<usize> {
                let area = |k: usize| scores[k].auc.unwrap_or(0.0);
                let known = (0..scores.len()).filter(|&k| known(&scores[k]));
                let mut best = order::by(known, |a, b| area(b).total_cmp(&area(a)));
                best.truncate(CURVES);
                best
            };
            let model = best(&report.predictors).into_iter().map(|k| &report.predictors[k]);
            let rules = best(&report.baselines).into_iter().map(|k| &report.baselines[k]);
            model.chain(rules).collect()
        }
    };
    let words = "Share of the events that are above a bound against share of the others: the \
                 further above the diagonal, the better. The best of the model and of the rules.";
    let mut sheet = Sheet::new(
        paper,
        format!("Who is told apart: {}", report.title()),
        words.into(),
        ("others that are called events", [0.0, 1.0]),
        ("events that are called so", [0.0, 1.0]),
    );
    let rule = Stroke::new(MUTED, THIN).dashed(Dash::Dotted);
    let diagonal = [sheet.at(0.0, 0.0), sheet.at(1.0, 1.0)];
    sheet.marks.push(Mark::line(diagonal[0], diagonal[1], rule));
    let mut entries = Vec::new();
    for (k, score) in drawn.into_iter().enumerate() {
        let mut rows = rows(report, &score.name);
        order::sort_by(&mut rows, |a, b| b.0.total_cmp(&a.0));
        let events = rows.iter().filter(|row| row.1).count().max(1) as f64;
        let others = (rows.len() as f64 - events).max(1.0);
        let (mut hits, mut alarms) = (0.0, 0.0);
        let mut points = vec![sheet.at(0.0, 0.0)];
        for (at, row) in rows.iter().enumerate() {
            *(if row.1 { &mut hits } else { &mut alarms }) += 1.0;
            if rows.get(at + 1).is_none_or(|next| next.0.total_cmp(&row.0).is_ne()) {
                points.push(sheet.at(alarms / others, hits / events));
            }
        }
        let look = series(k);
        let stroke = Stroke::new(look.color, THICK).dashed(look.dash);
        let line = Mark::polyline(points, stroke);
        sheet.marks.push(Mark::group("curve", score.name.clone(), vec![line]));
        let area = score.auc.map_or(String::new(), |area| format!(" {area:.3}"));
        entries.push((Swatch::Line(stroke), format!("{}{area}", score.name)));
    }
    Ok(sheet.scene(&entries, "The numbers are areas under the curves."))
}

/// Frequencies by tenths of what was said. O(rows log rows).
pub(super) fn calibration(report: &Backtest, name: Option<&str>, paper: &Paper) -> Result<Scene> {
    let needs = "probabilities, and a logit in their log odds that does not separate";
    let score = chosen(report, name, needs, |score| score.calibration.is_some())?;
    let [intercept, slope] = score.calibration.unwrap_or_default();
    let words = format!(
        "How often it happened where {} said so, by tenths of the rows; on the diagonal if it is \
         calibrated. A logit in its log odds has intercept {intercept:.2} and slope {slope:.2}, \
         where 0 and 1 would be right.",
        score.name
    );
    let mut sheet = Sheet::new(
        paper,
        format!("Calibration: {}", report.title()),
        words,
        ("probability that was said", [0.0, 1.0]),
        ("share with the event", [0.0, 1.0]),
    );
    let rule = Stroke::new(MUTED, THIN).dashed(Dash::Dotted);
    let diagonal = [sheet.at(0.0, 0.0), sheet.at(1.0, 1.0)];
    sheet.marks.push(Mark::line(diagonal[0], diagonal[1], rule));
    let mut rows = rows(report, &score.name);
    order::sort_by(&mut rows, |a, b| a.0.total_cmp(&b.0));
    let mut points = Vec::new();
    let mut marks = Vec::new();
    for tenth in rows.chunks(rows.len().div_ceil(10).max(1)) {
        let n = tenth.len() as f64;
        let said = tenth.iter().map(|row| row.0).sum::<f64>() / n;
        let had = tenth.iter().filter(|row| row.1).count() as f64 / n;
        let at = sheet.at(said, had);
        points.push(at);
        marks.push(Marker::Disc.mark(at, MARKER, BLUE));
    }
    let stroke = Stroke::new(BLUE, THICK);
    marks.push(Mark::polyline(points, stroke));
    sheet.marks.push(Mark::group("tenths", score.name.clone(), marks));
    let entries = [
        (Swatch::Both(stroke, Marker::Disc), score.name.clone()),
        (Swatch::Line(rule), "calibrated".to_owned()),
    ];
    Ok(sheet.scene(&entries, ""))
}

/// Events in the order of what was said. O(rows log rows).
pub(super) fn separation(report: &Backtest, name: Option<&str>, paper: &Paper) -> Result<Scene> {
    let score = chosen(report, name, "an area under the curve", |score| score.auc.is_some())?;
    let words = format!(
        "All rows from the least to the most that {} says, in strips: the darker, the more of a \
         strip's rows had the event. A perfect predictor has all the dark on the right.",
        score.name
    );
    let mut sheet = Sheet::new(
        paper,
        format!("Separation: {}", report.title()),
        words,
        ("rank of what was said", [0.0, 1.0]),
        ("share with the event", [0.0, 1.0]),
    );
    let mut rows = rows(report, &score.name);
    order::sort_by(&mut rows, |a, b| a.0.total_cmp(&b.0));
    let all = rows.len().max(1) as f64;
    let size = rows.len().div_ceil(STRIPS).max(1);
    let (mut strips, mut steps) = (Vec::new(), Vec::new());
    for (k, strip) in rows.chunks(size).enumerate() {
        let from = (k * size) as f64 / all;
        let to = from + strip.len() as f64 / all;
        let had = strip.iter().filter(|row| row.1).count() as f64 / strip.len() as f64;
        let corners =
            [sheet.at(from, 0.0), sheet.at(to, 0.0), sheet.at(to, 1.0), sheet.at(from, 1.0)];
        let color = PAPER.mixed(VERMILLION, had);
        strips.push(Mark::polygon(corners.to_vec(), Look::filled(color, 1.0)));
        steps.extend([sheet.at(from, had), sheet.at(to, had)]);
    }
    sheet.marks.push(Mark::group("strips", score.name.clone(), strips));
    let stroke = Stroke::new(BLUE, THIN);
    sheet.marks.push(Mark::polyline(steps, stroke));
    let entries = [
        (Swatch::Fill(Look::filled(VERMILLION, 1.0)), "all of a strip had the event".to_owned()),
        (Swatch::Line(stroke), "share of a strip".to_owned()),
    ];
    Ok(sheet.scene(&entries, ""))
}

/// The area among those of permuted labels. O(parts).
pub(super) fn permutations(report: &Backtest, name: Option<&str>, paper: &Paper) -> Result<Scene> {
    let needs = "permuted areas (--permutations)";
    let score = chosen(report, name, needs, |score| score.null.is_some())?;
    let (area, counts) = (score.auc.unwrap_or(0.5), &score.null_counts);
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let p = score.p_qap.map_or(String::new(), |p| format!(" (p {p:.4})"));
    let words = format!(
        "Areas under the curve of {} with the labels of states permuted within spells, {} times, \
         and the area itself, {area:.4}{p}.",
        score.name, report.permutations
    );
    let mut sheet = Sheet::new(
        paper,
        format!("Permutations: {}", report.title()),
        words,
        ("area under the curve", [0.0, 1.0]),
        ("permutations", [0.0, 1.05 * most]),
    );
    let width = 1.0 / counts.len().max(1) as f64;
    let mut bars = Vec::new();
    for (k, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (from, high) = (k as f64 * width, f64::from(count));
        let corners = [
            sheet.at(from, 0.0),
            sheet.at(from + width, 0.0),
            sheet.at(from + width, high),
            sheet.at(from, high),
        ];
        bars.push(Mark::polygon(corners.to_vec(), Look::filled(BLUE, 0.5)));
    }
    sheet.marks.push(Mark::group("permuted", score.name.clone(), bars));
    let stroke = Stroke::new(VERMILLION, THICK);
    let line = [sheet.at(area, 0.0), sheet.at(area, 1.05 * most)];
    sheet.marks.push(Mark::line(line[0], line[1], stroke));
    let entries = [
        (Swatch::Fill(Look::filled(BLUE, 0.5)), "permuted labels".to_owned()),
        (Swatch::Line(stroke), "as they are".to_owned()),
    ];
    Ok(sheet.scene(&entries, ""))
}
