//! The film itself: one run, period by period.

use super::{LEFT, WIDTH};
use crate::plot::Paper;
use crate::plot::axis::{Axis, Linear, Side};
use crate::plot::layout::{MARGIN, Swatch, heading, legend};
use crate::plot::palette::Palette;
use crate::plot::scene::{Anchor, Area, Baseline, Mark, Point, Scene, Text};
use crate::plot::style::{
    HAIRLINE, INK, Look, MUTED, PAPER, SMALL, Series, Stroke, THICK, VERMILLION,
};
use crate::report::simulation::{ReplayReport, SceneReport};

/// Height of the plot of shares.
const HEIGHT: f64 = 210.0;
/// Height of a state's lane.
const LANE: f64 = 12.0;

/// Above the shares of power; below a lane for each state, coloured as the strongest member of its
/// bloc, with a mark where it fights: full where its side wins, hollow where it loses.
/// O(periods · states).
pub(super) fn figure(report: &ReplayReport, paper: &Paper) -> Scene {
    let sheet = paper.sheet(WIDTH);
    let cast = report.cast();
    let looks = Palette::new(cast.iter().map(String::as_str));
    let mut marks = Vec::new();
    let inner = sheet - 2.0 * MARGIN;
    let words = report.gist();
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &report.title(), &words) + 6.0;
    let names = cast.iter().map(|id| Text::new([0.0; 2], id.clone()).sized(SMALL).width());
    let left = MARGIN + names.fold(LEFT, f64::max) + 8.0;
    let plot = Area::new([left, top], [sheet - MARGIN - 8.0, top + HEIGHT.min(0.7 * sheet)]);
    let x =
        Linear { domain: [0.5, f64::from(report.periods) + 0.5], range: [plot.left, plot.right] };
    let y = Linear { domain: [0.0, 1.0], range: [plot.bottom, plot.top] };
    let upwards = Axis::continuous(Side::Left, y.ticks(6), "share of all power");
    marks.extend(upwards.grid(plot));
    for id in &cast {
        marks.extend(line(report, id, looks.of(id), x, y));
    }
    marks.extend(upwards.marks(plot));
    let lanes = Area::new(
        [plot.left, plot.bottom + 14.0],
        [plot.right, plot.bottom + 14.0 + LANE * cast.len() as f64],
    );
    for scene in &report.scenes {
        marks.push(period(scene, &cast, &looks, x, lanes));
    }
    for (k, id) in cast.iter().enumerate() {
        let at = [lanes.left - 6.0, lanes.top + LANE * (k as f64 + 0.5)];
        let text = Text::new(at, id.clone()).sized(SMALL).colored(INK);
        marks.push(Mark::Text(text.held(Anchor::End, Baseline::Middle)));
    }
    let along = Axis::continuous(Side::Bottom, x.ticks(10), "period");
    marks.extend(along.marks(lanes));
    let below = lanes.bottom + along.room() + 8.0;
    let win = Look::filled(VERMILLION, 1.0);
    let lose = Look::filled(PAPER, 1.0).outlined(Stroke::new(VERMILLION, HAIRLINE));
    let mut entries: Vec<(Swatch, String)> = cast
        .iter()
        .map(|id| (Swatch::Fill(Look::filled(looks.of(id).color, 0.8)), format!("bloc of {id}")))
        .take(MOST)
        .collect();
    entries.push((Swatch::Fill(win), "fights and wins".into()));
    entries.push((Swatch::Fill(lose), "fights and loses".into()));
    let end = legend(&mut marks, [MARGIN, below], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, report.title());
    scene.description = words;
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
}

/// Blocs that the legend names.
const MOST: usize = 8;

/// A state's share over the periods in which it is there.
fn line(report: &ReplayReport, id: &str, look: Series, x: Linear, y: Linear) -> Vec<Mark> {
    let points: Vec<Point> = report
        .scenes
        .iter()
        .filter_map(|scene| {
            let share = scene.shares.get(id)?;
            Some([x.place(f64::from(scene.period)), y.place(*share)])
        })
        .collect();
    if points.is_empty() {
        return Vec::new();
    }
    let stroke = Stroke::new(look.color, 0.8 * THICK).dashed(look.dash);
    vec![Mark::group("state", id, vec![Mark::polyline(points, stroke)])]
}

/// A period's column in the lanes.
fn period(scene: &SceneReport, cast: &[String], looks: &Palette, x: Linear, lanes: Area) -> Mark {
    let t = f64::from(scene.period);
    let (from, to) = (x.place(t - 0.5), x.place(t + 0.5));
    let mut own = Vec::new();
    for bloc in &scene.blocs {
        let of = |id: &String| cast.iter().position(|other| other == id);
        let first = bloc.iter().filter_map(of).min().unwrap_or(0);
        for k in bloc.iter().filter_map(of) {
            let top = lanes.top + LANE * k as f64;
            let area = Area::new([from, top + 0.8], [to, top + LANE - 0.8]);
            own.push(Mark::rectangle(area, Look::filled(looks.of(&cast[first]).color, 0.8)));
            let war = scene.war.as_ref();
            if let Some((war, attacks)) = war.and_then(|w| w.side(&cast[k]).map(|side| (w, side))) {
                let at = [0.5 * (from + to), top + 0.5 * LANE];
                let radius = (0.35 * (to - from)).min(0.28 * LANE);
                let look = match war.attackers_won == attacks {
                    true => Look::filled(VERMILLION, 1.0).outlined(Stroke::new(PAPER, HAIRLINE)),
                    false => Look::filled(PAPER, 1.0).outlined(Stroke::new(VERMILLION, HAIRLINE)),
                };
                own.push(Mark::circle(at, radius, look));
            }
        }
    }
    let rest = Mark::line([from, lanes.bottom], [to, lanes.bottom], Stroke::new(MUTED, HAIRLINE));
    own.push(rest);
    Mark::group("period", format!("period {}: {}", scene.period, scene.words()), own)
}
