//! The figure of a report's blocs: states as circles whose areas are their shares, blocs as
//! outlines around their members, hostility and affinity as lines between states.

use super::font;
use super::labels::{Label, Labeler};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::lenses::name;
use super::packing::{hull, packed};
use super::scene::{Area, Mark, Point, Scene, Text, Weight};
use super::style::{
    BLUE, Dash, FAINT, HAIRLINE, INK, Look, MUTED, SIZE, SMALL, Stroke, THICK, THIN, VERMILLION,
    series,
};
use super::text::{Anchor, Baseline};
use crate::error::{Error, Result};
use crate::report::text::parts::{count, percent};
use crate::report::{Outcome, PartitionReport, Report, StateReport};

/// Width of the sheet.
const WIDTH: f64 = 480.0;
/// The greatest height of what is drawn between heading and legend.
const HEIGHT: f64 = 400.0;
/// Radius of a state with all power, in points, where there is room for it.
const WHOLE: f64 = 110.0;
/// Between states of a bloc.
const WITHIN: f64 = 5.0;
/// Between the outlines of blocs.
const BETWEEN: f64 = 34.0;
/// From a state to the outline of its bloc.
const RIM: f64 = 7.0;
/// Room around all of it, for labels.
const AROUND: f64 = 30.0;
/// Points on a circle for outlines.
const CORNERS: usize = 48;
/// The width of the line of the greatest hostility or affinity.
const STRONG: f64 = 2.6;
/// How far a line is bowed aside, of its length.
const BOW: f64 = 0.09;
/// Pieces of a bowed line.
const BENDS: usize = 16;
/// The longest name, in points.
const NAME: f64 = 110.0;

/// The partition that is drawn, and what it is.
struct Found<'a> {
    partition: &'a PartitionReport,
    words: String,
}

/// The figure of the first of the partitions found. O(states⁴ + pairs).
///
/// # Errors
/// If the lens of blocs was left out, or the time was up before it saw a partition.
pub(super) fn figure(report: &Report) -> Result<Scene> {
    let found = found(report)?;
    let title = format!("Blocs of {}", name(report));
    let mut marks = Vec::new();
    let inner = WIDTH - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &found.words) + 2.0;
    let drawing = Drawing::new(report, found.partition, top);
    let (bottom, entries) = drawing.draw(&mut marks);
    let below = bottom + 6.0;
    marks.push(Mark::line([MARGIN, below], [WIDTH - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(WIDTH, end + MARGIN, title);
    scene.description = drawing.described(&found.words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

fn found(report: &Report) -> Result<Found<'_>> {
    let missing = |problem: String, remedy: &str| Err(Error::system(problem, remedy));
    match &report.lenses.blocs {
        None => {
            let why = report.lenses_left_out.get("blocs");
            let why = why.map_or(String::new(), |why| format!(": {why}"));
            let problem = format!("there are no blocs to draw, the lens blocs was left out{why}");
            missing(problem, "keep the strongest with --top, or draw --figure lenses")
        }
        Some(Outcome::Undecided(why)) => match &why.best {
            Some(partition) => Ok(Found {
                partition,
                words: format!(
                    "Undecided: the least unstable partition that was seen; some group would \
                     gain {} of each member's power by leaving it.",
                    percent(partition.instability)
                ),
            }),
            None => missing(
                "the time was up before a partition was found to draw".into(),
                "give more with --time-limit, or draw --figure lenses",
            ),
        },
        Some(Outcome::Decided(lens)) => {
            let Some(partition) = lens.partitions.first() else {
                return missing(
                    "the report lists no partition".into(),
                    "ask for some with --max-partitions",
                );
            };
            let total = lens.partitions_total;
            let which = match total {
                1 => "the only one".to_owned(),
                _ => format!("the first of {}", count(total, "partition")),
            };
            let words = if lens.core_stable {
                format!("Core-stable: no group of states would gain by leaving; {which}.")
            } else {
                format!(
                    "No partition is core-stable; this is {which} that is least unstable, by \
                     gains of {} of each leaver's power.",
                    percent(lens.instability)
                )
            };
            let words = words.replace("the only one that is least", "the one that is least");
            Ok(Found { partition, words })
        }
    }
}

/// A state in its place.
struct Placed<'a> {
    state: &'a StateReport,
    bloc: usize,
    at: Point,
    radius: f64,
}

/// A figure on its way.
struct Drawing<'a> {
    report: &'a Report,
    partition: &'a PartitionReport,
    states: Vec<Placed<'a>>,
    sheet: Area,
}

impl<'a> Drawing<'a> {
    /// States packed into blocs, blocs into the sheet.
    fn new(report: &'a Report, partition: &'a PartitionReport, top: f64) -> Self {
        let state = |id: &String| report.system.states.iter().find(|state| state.id == *id);
        let mut blocs: Vec<(usize, Vec<&StateReport>)> = partition
            .blocs
            .iter()
            .map(|bloc| bloc.iter().filter_map(state).collect())
            .enumerate()
            .collect();
        let power = |bloc: &[&StateReport]| bloc.iter().map(|state| state.share).sum::<f64>();
        for (_, bloc) in &mut blocs {
            bloc.sort_by(|a, b| b.share.total_cmp(&a.share));
        }
        blocs.sort_by(|(_, a), (_, b)| power(b).total_cmp(&power(a)));
        let radius = |state: &StateReport| WHOLE * state.share.max(0.0).sqrt().max(0.05);
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
        for (((index, bloc), (places, _)), center) in blocs.iter().zip(&packed_blocs).zip(&centers)
        {
            for (state, [x, y]) in bloc.iter().zip(places) {
                let at = [center[0] + x, center[1] + y];
                states.push(Placed { state, bloc: *index, at, radius: radius(state) });
            }
        }
        let sheet = fit(&mut states, top);
        Self { report, partition, states, sheet }
    }

    /// Draws it; returns where it ends, and the legend.
    fn draw(&self, marks: &mut Vec<Mark>) -> (f64, Vec<(Swatch, String)>) {
        let mut labeler = Labeler::new(self.sheet);
        let mut entries = Vec::new();
        let outlines: Vec<Vec<Point>> =
            (0..self.partition.blocs.len()).map(|bloc| self.outline(bloc)).collect();
        for (bloc, outline) in outlines.iter().enumerate() {
            let look = series(bloc);
            let stroke = Stroke::new(look.color, THICK).dashed(look.dash);
            let look = Look::filled(look.color, 0.13).outlined(stroke);
            let own = vec![Mark::polygon(outline.clone(), look)];
            marks.push(Mark::group("bloc", self.bloc_title(bloc), own));
            labeler.avoid_outline(outline);
        }
        for placed in &self.states {
            labeler.occupy(Area::new(placed.at, placed.at).grown(0.8 * placed.radius));
            marks.push(self.circle(placed));
        }
        self.edges(marks, &mut entries);
        for placed in &self.states {
            marks.push(self.named(placed, &mut labeler));
        }
        for (bloc, outline) in outlines.iter().enumerate() {
            if let Some(label) = self.bloc_label(bloc, outline) {
                marks.push(Mark::group("bloc-label", "", labeler.place(&label)));
            }
        }
        let area = Look::filled(MUTED.tint(0.35), 1.0).outlined(Stroke::new(MUTED, THIN));
        entries.insert(0, (Swatch::Fill(area), "area of a circle: share of power".into()));
        let leader = format!("{}, the leading state", self.report.system.leader);
        let ring = Look::line(Stroke::new(INK, 2.0 * THICK));
        entries.insert(1, (Swatch::Fill(ring), leader));
        (labeler.bottom(), entries)
    }

    /// The outline around a bloc.
    fn outline(&self, bloc: usize) -> Vec<Point> {
        let members = self.states.iter().filter(|placed| placed.bloc == bloc);
        let around = members.flat_map(|placed| {
            (0..CORNERS).map(|corner| {
                let turn = corner as f64 / CORNERS as f64 * std::f64::consts::TAU;
                let (y, x) = turn.sin_cos();
                let reach = placed.radius + RIM;
                [placed.at[0] + reach * x, placed.at[1] + reach * y]
            })
        });
        hull(around.collect())
    }

    /// Lines of hostility and affinity, from rim to rim.
    fn edges(&self, marks: &mut Vec<Mark>, entries: &mut Vec<(Swatch, String)>) {
        for (class, what, color, dash) in [
            ("affinity", "affinity", BLUE, Dash::Solid),
            ("hostility", "hostility", VERMILLION, Dash::Dashed),
        ] {
            let mut any = false;
            for (i, a) in self.states.iter().enumerate() {
                for b in &self.states[..i] {
                    let felt = self.felt(class, a.state, b.state);
                    let Some(strength) = felt.filter(|strength| *strength > 0.0) else { continue };
                    any = true;
                    let width = STRONG * strength.min(1.0);
                    let stroke =
                        Stroke { opacity: 0.75, ..Stroke::new(color, width.max(HAIRLINE)) };
                    let points = bow(a, b, if class == "affinity" { BOW } else { -BOW });
                    let line = Mark::polyline(points, stroke.dashed(dash));
                    let title = format!("{what} of {} and {}: {strength}", b.state.id, a.state.id);
                    marks.push(Mark::group(class, title, vec![line]));
                }
            }
            if any {
                let stroke = Stroke::new(color, STRONG).dashed(dash);
                entries.push((Swatch::Line(stroke), format!("{what}, thicker if stronger")));
            }
        }
    }

    /// The stronger of what two states feel for each other, where a file told.
    fn felt(&self, class: &str, a: &StateReport, b: &StateReport) -> Option<f64> {
        let pairs = self.report.system.pairs.iter().filter(|pair| {
            (pair.state1 == a.id && pair.state2 == b.id)
                || (pair.state1 == b.id && pair.state2 == a.id)
        });
        let felt = pairs.filter_map(|pair| match class {
            "hostility" => pair.hostility,
            _ => pair.affinity,
        });
        felt.reduce(f64::max)
    }

    /// A state's circle.
    fn circle(&self, placed: &Placed) -> Mark {
        let Placed { state, bloc, at, radius } = placed;
        let color = series(*bloc).color;
        let leads = state.id == self.report.system.leader;
        let stroke =
            if leads { Stroke::new(INK, 2.0 * THICK) } else { Stroke::new(color.shade(0.7), THIN) };
        let look = Look::filled(color.tint(0.35), 1.0).outlined(stroke);
        Mark::group("state", self.state_title(state), vec![Mark::circle(*at, *radius, look)])
    }

    /// A state's name and share, in its circle or beside it.
    fn named(&self, placed: &Placed, labeler: &mut Labeler) -> Mark {
        let Placed { state, at, radius, .. } = placed;
        let mut marks = Vec::new();
        let name = font::fitted(&state.id, SIZE, Weight::Bold, NAME);
        let id = Text::new(*at, name).bold();
        let share = Text::new(*at, percent(state.share)).sized(SMALL);
        let widest = id.width().max(share.width());
        if widest < 1.55 * radius && *radius > 13.0 {
            let held = |text: Text, dy: f64| {
                let at = [at[0], at[1] + dy];
                let text = Text { at, ..text }.held(Anchor::Middle, Baseline::Middle);
                Mark::Text(text.with_halo())
            };
            marks.push(held(id, -0.62 * SIZE));
            marks.push(held(share, 0.62 * SIZE));
        } else {
            let middle = self.sheet.center();
            let away = [at[0] - middle[0], at[1] - middle[1]];
            let label = Label::new(*at, *radius, vec![id, share]).toward(away);
            marks.extend(labeler.place(&label));
        }
        Mark::group("name", self.state_title(state), marks)
    }

    fn state_title(&self, state: &StateReport) -> String {
        let name = state.name.as_ref().map_or(String::new(), |name| format!(" ({name})"));
        let share = percent(state.share);
        let control = self.partition.control.get(&state.id);
        let control = control.map_or(String::new(), |c| format!(", controls {}", percent(*c)));
        format!("{}{name}: {share} of power{control}", state.id)
    }

    fn power(&self, bloc: usize) -> f64 {
        let members = self.states.iter().filter(|placed| placed.bloc == bloc);
        members.map(|placed| placed.state.share).sum()
    }

    fn bloc_title(&self, bloc: usize) -> String {
        let members = self.partition.blocs[bloc].join(" ");
        format!("{{{members}}}: {} of power", percent(self.power(bloc)))
    }

    /// What several states hold together.
    fn bloc_label(&self, bloc: usize, outline: &[Point]) -> Option<Label> {
        if self.partition.blocs[bloc].len() < 2 {
            return None;
        }
        let top = outline.iter().copied().min_by(|p, q| p[1].total_cmp(&q[1]))?;
        let text = format!("together {}", percent(self.power(bloc)));
        let text = Text::new(top, text).sized(SMALL).colored(series(bloc).color.shade(0.6)).bold();
        Some(Label::new(top, 2.0, vec![text]).toward([0.0, -1.0]))
    }

    /// The figure for who cannot see it.
    fn described(&self, words: &str) -> String {
        let mut text = words.to_owned();
        for bloc in 0..self.partition.blocs.len() {
            text.push_str(&format!(" {}.", self.bloc_title(bloc)));
        }
        for placed in &self.states {
            text.push_str(&format!(" {}.", self.state_title(placed.state)));
        }
        text
    }
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
fn fit(states: &mut [Placed], top: f64) -> Area {
    let boxes = states.iter().map(|s| Area::new(s.at, s.at).grown(s.radius + RIM));
    let extent = boxes.reduce(Area::union).unwrap_or(Area::new([0.0; 2], [1.0; 2]));
    let room = [WIDTH - 2.0 * (MARGIN + AROUND), HEIGHT - 2.0 * AROUND];
    let scale = (room[0] / extent.width()).min(room[1] / extent.height()).min(1.0);
    let height = scale * extent.height() + 2.0 * AROUND;
    let sheet = Area::new([MARGIN, top], [WIDTH - MARGIN, top + height]);
    let ([x, y], [to_x, to_y]) = (extent.center(), sheet.center());
    for state in states {
        state.at = [to_x + scale * (state.at[0] - x), to_y + scale * (state.at[1] - y)];
        state.radius *= scale;
    }
    sheet
}

/// A line from rim to rim of two circles that is bowed aside, so that lines of one direction
/// are told apart: a quadratic Bézier curve whose middle is so much of its length aside.
fn bow(a: &Placed, b: &Placed, aside: f64) -> Vec<Point> {
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
