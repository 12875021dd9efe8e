//! The figure of who threatens whom: a row for the state that is threatened, a column for the one
//! that threatens, the darker the more.

use super::font;
use super::layout::{MARGIN, heading};
use super::lenses::name;
use super::paper::Paper;
use super::scene::{Anchor, Area, Baseline, Mark, Scene, Text, Weight};
use super::style::{FAINT, HAIRLINE, INK, LEADING, Look, SIZE, SMALL, Stroke, VERMILLION};
use crate::error::{Error, Result};
use crate::report::{Report, SecurityReport};

/// Width of a cell where there is room, and where there is little.
const CELL: f64 = 38.0;
const LEAST: f64 = 25.0;
/// Height of a cell.
const HIGH: f64 = 18.0;
/// The widest name, in points.
const LABEL: f64 = 90.0;
/// The least width of the sheet.
const WIDTH: f64 = 420.0;

/// The figure of a report: the threat matrix, and under it each state's threat index. O(states²).
///
/// # Errors
/// If the lens *security* did not run or was not decided.
pub(super) fn figure(report: &Report, paper: &Paper) -> Result<Scene> {
    let found = report.lenses.security.as_ref().and_then(|found| found.decided());
    let Some(found) = found else {
        return Err(Error::system(
            "who threatens whom was not decided",
            "add security to --lens, or keep the strongest with --top",
        ));
    };
    let ids: Vec<&str> = report.system.states.iter().map(|state| state.id.as_str()).collect();
    let title = format!("Who threatens whom in {}", name(report));
    let words = format!(
        "Each row: how much a state is threatened by each of the others, but for their power \
         (distance, hostility, offence, where they are known; 1 where nothing is). Below: the threat \
         index, power times the threat to all others. {} is what the others face.",
        found.target
    );
    let labels = ids.iter().map(|id| font::width(id, SIZE, Weight::Bold)).fold(0.0, f64::max);
    let left = MARGIN + labels.min(LABEL) + 8.0;
    let sheet = paper.sheet(WIDTH);
    let room = (sheet - left - MARGIN) / ids.len() as f64;
    let size = [room.clamp(LEAST, CELL), HIGH];
    let sheet = sheet.max(left + size[0] * ids.len() as f64 + MARGIN);
    let mut marks = Vec::new();
    let top = heading(&mut marks, [MARGIN, MARGIN], sheet - 2.0 * MARGIN, &title, &words) + 6.0;
    let top = top + SIZE * LEADING + 4.0;
    for (k, id) in ids.iter().enumerate() {
        let across = left + size[0] * (k as f64 + 0.5);
        let fitted = font::fitted(id, SMALL, Weight::Bold, size[0] - 4.0);
        let text = Text::new([across, top - 4.0 - 0.5 * SMALL], fitted).sized(SMALL).bold();
        marks.push(Mark::Text(text.held(Anchor::Middle, Baseline::Middle)));
        let fitted = font::fitted(id, SIZE, Weight::Bold, LABEL);
        let text = Text::new([left - 8.0, top + size[1] * (k as f64 + 0.5)], fitted).bold();
        marks.push(Mark::Text(text.held(Anchor::End, Baseline::Middle)));
    }
    for (i, row) in found.threat_matrix.iter().enumerate() {
        let cells = row.iter().enumerate().filter(|(j, _)| *j != i);
        marks.extend(cells.map(|(j, threat)| {
            let title = format!("{} is threatened by {}: {threat:.3}", ids[i], ids[j]);
            cell([left, top], size, [i, j], *threat, &ids[j..=j], found, title)
        }));
    }
    let below = top + size[1] * ids.len() as f64 + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let y = below + 6.0 + 0.5 * size[1];
    let text = Text::new([left - 8.0, y], "index").sized(SMALL);
    marks.push(Mark::Text(text.held(Anchor::End, Baseline::Middle)));
    for (k, id) in ids.iter().enumerate() {
        let index = found.threat_index.get(id).copied().unwrap_or(f64::NAN);
        let text = Text::new([left + size[0] * (k as f64 + 0.5), y], format!("{index:.3}"));
        let text = if *id == found.target { text.bold() } else { text };
        let text = text.sized(SMALL).held(Anchor::Middle, Baseline::Middle);
        let title = format!("the threat index of {id}: {index:.3}");
        marks.push(Mark::group("index", title, vec![Mark::Text(text)]));
    }
    let mut scene = Scene::new(sheet, y + 0.5 * size[1] + MARGIN, title);
    scene.description = described(&ids, found, &words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

/// A cell: the darker the more, the target's column outlined.
fn cell(
    [left, top]: [f64; 2],
    size: [f64; 2],
    [i, j]: [usize; 2],
    threat: f64,
    of: &[&str],
    found: &SecurityReport,
    title: String,
) -> Mark {
    let from = [left + size[0] * j as f64 + 1.0, top + size[1] * i as f64 + 1.0];
    let area = Area::new(from, [from[0] + size[0] - 2.0, from[1] + size[1] - 2.0]);
    // Not the full colour, on which neither ink nor paper would be legible.
    let ground = VERMILLION.tint(0.85 * threat.clamp(0.0, 1.0));
    let look = Look::filled(ground, 1.0);
    let feared = of.contains(&found.target.as_str());
    let look = if feared { look.outlined(Stroke::new(INK, HAIRLINE)) } else { look };
    let text = Text::new(area.center(), format!("{threat:.2}")).sized(SMALL).colored(ground.text());
    let text = Mark::Text(text.held(Anchor::Middle, Baseline::Middle));
    Mark::group("threat", title, vec![Mark::rectangle(area, look), text])
}

/// The figure for who cannot see it.
fn described(ids: &[&str], found: &SecurityReport, words: &str) -> String {
    let mut text = words.to_owned();
    for (i, row) in found.threat_matrix.iter().enumerate() {
        let by = row.iter().enumerate().filter(|(j, _)| *j != i);
        let by = by.map(|(j, threat)| format!("{} {threat:.2}", ids[j])).collect::<Vec<_>>();
        text.push_str(&format!(" {} by {}.", ids[i], by.join(", ")));
    }
    text
}
