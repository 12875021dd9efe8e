//! The page on evidence: its numbers are those that come out of the data.

use std::fs;
use std::path::Path;

use equipoise::evidence::decisiveness::{Settings, Sides};

use super::backtest::Files;
use super::evidence::fitted;
use equipoise::evidence::backtest::Target;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evidence.md");
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_decisiveness_of_wars_on_the_page_is_that_of_the_data() {
    let page = page();
    let mut wrong = Vec::new();
    for (words, years, sides) in [
        ("all who fought", (i32::MIN, i32::MAX), Sides::Coalition),
        ("of these to 1913", (i32::MIN, 1913), Sides::Coalition),
        ("1914 to 1944", (1914, 1944), Sides::Coalition),
        ("from 1945", (1945, i32::MAX), Sides::Coalition),
        ("one state against one", (i32::MIN, i32::MAX), Sides::Bilateral),
        ("those who fought on the first day", (i32::MIN, i32::MAX), Sides::Originators),
    ] {
        let Some(found) = fitted(years, Settings { sides, ..Settings::default() }) else { return };
        let term = &found.terms[0];
        let quality = found.quality.as_ref().unwrap();
        let ends = term.interval.map(|end| format!("{:.3}", end.unwrap()).replace('-', "−"));
        let row = format!(
            "| {words} | {} | {:.3} | {} to {} | {:.3} | {:.3} |",
            found.n, term.estimate, ends[0], ends[1], quality.log_loss, quality.log_loss_at["2"]
        );
        if !page.contains(&row) {
            wrong.push(row);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_areas_on_the_page_are_those_of_the_data() {
    let Some(files) = Files::read() else { return };
    let page = page();
    let found = files.backtest(Target::Pact, 0);
    let mut wrong = Vec::new();
    for score in found.predictors.iter().chain(&found.baselines) {
        let (Some(area), Some(out)) = (score.auc, score.out_of_time.as_ref()) else { continue };
        let row = format!("| `{}` | {area:.3} | {:.3} |", score.name, out.auc.unwrap_or(f64::NAN));
        if score.name != "constant" && !page.contains(&row) {
            wrong.push(row);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
