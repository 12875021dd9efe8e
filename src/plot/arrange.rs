//! Where the figure of blocs has its circles: states packed into blocs, blocs into the sheet.

use super::layout::MARGIN;
use super::packing::packed;
use super::scene::{Area, Point};
use crate::report::{PartitionReport, StateReport, SystemReport};

/// Width of the sheet.
pub(super) const WIDTH: f64 = 480.0;
/// From a state to the outline of its bloc.
pub(super) const RIM: f64 = 7.0;
/// The greatest height of what is drawn between heading and legend.
const HEIGHT: f64 = 400.0;
/// Radius of a state with all power, in points, where there is room for it.
const WHOLE: f64 = 110.0;
/// The least radius, as a part of that, so that the smallest are seen.
const LEAST: f64 = 0.05;
/// Between states of a bloc.
const WITHIN: f64 = 9.0;
/// Between the outlines of blocs.
const BETWEEN: f64 = 34.0;
/// Room around all of it, for labels.
const AROUND: f64 = 30.0;
/// How far a line is bowed aside, of its length.
pub(super) const BOW: f64 = 0.09;
/// Pieces of a bowed line.
const BENDS: usize = 16;

/// A state in its place.
pub(super) struct Placed<'a> {
    pub(super) state: &'a StateReport,
    /// Its bloc, by its place in the partition.
    pub(super) bloc: usize,
    pub(super) at: Point,
    pub(super) radius: f64,
}

/// The states of a partition in their places below `top`, and the part of the sheet that they
/// take. Areas are in proportion to shares. O(states⁴).
pub(super) fn arranged<'a>(
    system: &'a SystemReport,
    partition: &PartitionReport,
    top: f64,
    width: f64,
) -> (Vec<Placed<'a>>, Area) {
    let state = |id: &String| system.states.iter().find(|state| state.id == *id);
    let mut blocs: Vec<(usize, Vec<&StateReport>)> = partition
        .blocs
        .iter()
        .map(|bloc| bloc.iter().filter_map(state).collect())
        .enumerate()
        .collect();
    let power = |bloc: &[&StateReport]| bloc.iter().map(|state| state.share).sum::<f64>();
    for (_, bloc) in &mut blocs {
        crate::order::sort_by(bloc, |a, b| b.share.total_cmp(&a.share));
    }
    crate::order::sort_by(&mut blocs, |(_, a), (_, b)| power(b).total_cmp(&power(a)));
    let radius = |state: &StateReport| WHOLE * state.share.max(0.0).sqrt().max(LEAST);
    // Each bloc about its own origin, and how far it reaches.
    let packed_blocs: Vec<(Vec<Point>, f64)> = blocs
        .iter()
        .map(|(_, bloc)| {
            let radii: Vec<f64> = bloc.iter().map(|state| radius(state)).collect();
            centred(packed(&radii, WITHIN), &radii)
        })
        .collect();
    let reaches: Vec<f64> = packed_blocs.iter().map(|(_, reach)| reach + RIM).collect();
    let (centers, _) = centred(packed(&reaches, BETWEEN), &reaches);
    let mut states = Vec::new();
    for (((index, bloc), (places, _)), center) in blocs.iter().zip(&packed_blocs).zip(&centers) {
        for (state, [x, y]) in bloc.iter().zip(places) {
            let at = [center[0] + x, center[1] + y];
            states.push(Placed { state, bloc: *index, at, radius: radius(state) });
        }
    }
    let sheet = fit(&mut states, top, width);
    (states, sheet)
}

/// Circles moved so that the box around them is about the origin, and how far they reach.
fn centred(places: Vec<Point>, radii: &[f64]) -> (Vec<Point>, f64) {
    let boxes = places.iter().zip(radii).map(|(&p, &r)| Area::new(p, p).grown(r));
    let [x, y] = boxes.reduce(Area::union).map_or([0.0, 0.0], Area::center);
    let places: Vec<Point> = places.iter().map(|p| [p[0] - x, p[1] - y]).collect();
    let reach = places.iter().zip(radii).map(|(p, r)| p[0].hypot(p[1]) + r).fold(0.0, f64::max);
    (places, reach)
}

/// Moves and shrinks what is drawn into the sheet below `top`; returns the part it takes.
fn fit(states: &mut [Placed], top: f64, width: f64) -> Area {
    let boxes = states.iter().map(|s| Area::new(s.at, s.at).grown(s.radius + RIM));
    let extent = boxes.reduce(Area::union).unwrap_or(Area::new([0.0; 2], [1.0; 2]));
    let room = [width - 2.0 * (MARGIN + AROUND), HEIGHT - 2.0 * AROUND];
    let scale = (room[0] / extent.width()).min(room[1] / extent.height()).min(1.0);
    let height = scale * extent.height() + 2.0 * AROUND;
    let sheet = Area::new([MARGIN, top], [width - MARGIN, top + height]);
    let ([x, y], [to_x, to_y]) = (extent.center(), sheet.center());
    for state in states {
        state.at = [to_x + scale * (state.at[0] - x), to_y + scale * (state.at[1] - y)];
        state.radius *= scale;
    }
    sheet
}

/// A line from rim to rim of two circles that is bowed aside, so that lines of one direction
/// stay distinct: a quadratic Bézier curve whose middle is so much of its length aside.
pub(super) fn bow(a: &Placed, b: &Placed, aside: f64) -> Vec<Point> {
    let d = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
    let control = [
        f64::midpoint(a.at[0], b.at[0]) - 2.0 * aside * d[1],
        f64::midpoint(a.at[1], b.at[1]) + 2.0 * aside * d[0],
    ];
    let rim = |of: &Placed| -> Point {
        let (x, y) = (control[0] - of.at[0], control[1] - of.at[1]);
        let part = of.radius / x.hypot(y).max(of.radius).max(f64::MIN_POSITIVE);
        [of.at[0] + part * x, of.at[1] + part * y]
    };
    let (from, to) = (rim(a), rim(b));
    let point = |step: usize| -> Point {
        let t = step as f64 / BENDS as f64;
        let (u, v, w) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        [0, 1].map(|c| u * from[c] + v * control[c] + w * to[c])
    };
    (0..=BENDS).map(point).collect()
}
