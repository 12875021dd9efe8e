//! The probability of hegemony over a plane of parameters.

use super::{HEIGHT, LEFT, WIDTH};
use crate::plot::Paper;
use crate::plot::axis::{Axis, Bands, Side};
use crate::plot::layout::{MARGIN, frame, heading};
use crate::plot::scene::{Anchor, Area, Baseline, Mark, Scene, Text};
use crate::plot::style::{BLUE, Look, SMALL};
use crate::report::simulation::{GridReport, SimulationReport};

/// A field of cells, darker where hegemony is more probable. O(cells).
pub(super) fn figure(report: &SimulationReport, grid: &GridReport, paper: &Paper) -> Scene {
    let sheet = paper.sheet(WIDTH);
    let title = format!("Probability of hegemony: {}", report.title());
    let rows = grid.y.as_ref().map_or(1, |y| y.values.len());
    let words = format!(
        "By {}; every place has the same luck. The darker, the more probable.",
        report.plane_words(grid)
    );
    let mut marks = Vec::new();
    let top = heading(&mut marks, [MARGIN, MARGIN], sheet - 2.0 * MARGIN, &title, &words) + 6.0;
    let height = if grid.y.is_some() { HEIGHT } else { 60.0 };
    let plot = Area::new([MARGIN + LEFT, top], [sheet - MARGIN - 8.0, top + height]);
    let across = Bands { count: grid.x.values.len(), range: [plot.left, plot.right] };
    let upwards = Bands { count: rows, range: [plot.bottom, plot.top] };
    let (dx, dy) = (0.5 * across.step().abs(), 0.5 * upwards.step().abs());
    for (k, cell) in grid.cells.iter().enumerate() {
        let at = [across.place(k % across.count), upwards.place(k / across.count)];
        let area = Area::new([at[0] - dx, at[1] - dy], [at[0] + dx, at[1] + dy]);
        // Mixed with paper, so that one colour says it all on a printer without any.
        let ground = BLUE.tint(cell.probability);
        let fill = Look::filled(ground, 1.0);
        let mut own = vec![Mark::rectangle(area, fill)];
        let text = report.part_words(cell.probability);
        let text = Text::new(at, text).sized(SMALL).colored(ground.text());
        let text = text.held(Anchor::Middle, Baseline::Middle);
        if text.width() + 2.0 < 2.0 * dx {
            own.push(Mark::Text(text));
        }
        let told = report.estimate_words((cell.probability, cell.interval));
        marks.push(Mark::group("cell", told, own));
    }
    marks.push(frame(plot));
    let name = |value: &f64| short(*value);
    let x: Vec<String> = grid.x.values.iter().map(name).collect();
    let bottom = Axis::categorical(Side::Bottom, across.ticks(&x), grid.x.parameter.words());
    marks.extend(bottom.marks(plot));
    if let Some(y) = &grid.y {
        let names: Vec<String> = y.values.iter().map(name).collect();
        let left = Axis::categorical(Side::Left, upwards.ticks(&names), y.parameter.words());
        marks.extend(left.marks(plot));
    }
    let mut scene = Scene::new(sheet, plot.bottom + bottom.room() + MARGIN, title);
    scene.description = words;
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

/// A value in four decimals or fewer.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
