//! The figure of a report's blocs: states as circles whose areas are their shares, blocs as
//! outlines around their members, hostility and affinity as lines between states.

use super::arrange::{BOW, Placed, RIM, WIDTH, arranged, bow};
use super::font;
use super::labels::{Label, Labeler};
use super::layout::{MARGIN, Swatch, heading, legend};
use super::lenses::name;
use super::packing::hull;
use super::palette::Palette;
use super::paper::Paper;
use super::routes::{Circle, Routes};
use super::scene::{Area, Mark, Point, Scene, Text, Weight};
use super::style::{
    BLUE, Color, Dash, FAINT, GREEN, HAIRLINE, INK, Look, MUTED, SIZE, SMALL, Stroke, THICK, THIN,
    VERMILLION, series,
};
use super::text::{Anchor, Baseline};
use crate::error::{Error, Result};
use crate::report::text::{count, percent};
use crate::report::{Outcome, PairReport, PartitionReport, Report, StateReport};

/// Points on a circle for outlines.
const CORNERS: usize = 48;
/// The width of the line of the greatest hostility or affinity.
const STRONG: f64 = 2.6;
/// How far lines are bowed aside in turn, the first preferred.
const BOWS: [f64; 4] = [1.0, -1.0, 2.0, -2.0];
/// The longest name, in points.
const NAME: f64 = 110.0;

/// What may be between two states, and how it is drawn.
struct Tie {
    class: &'static str,
    name: &'static str,
    of: fn(&PairReport) -> Option<f64>,
    color: Color,
    dash: Dash,
    aside: f64,
}

const TIES: [Tie; 3] = [
    Tie {
        class: "affinity",
        name: "affinity",
        of: |pair| pair.affinity,
        color: BLUE,
        dash: Dash::Dotted,
        aside: 1.5 * BOW,
    },
    Tie {
        class: "amity",
        name: "amity (hostility below 0)",
        of: |pair| pair.hostility.map(|hostility| -hostility),
        color: GREEN,
        dash: Dash::Solid,
        aside: BOW,
    },
    Tie {
        class: "hostility",
        name: "hostility",
        of: |pair| pair.hostility,
        color: VERMILLION,
        dash: Dash::Dashed,
        aside: -BOW,
    },
];

/// The partition that is drawn, and what it is.
struct Found<'a> {
    partition: &'a PartitionReport,
    words: String,
}

/// The figure of the first of the partitions found. O(states⁴ + pairs).
///
/// # Errors
/// If the lens of blocs was left out, or the time was up before it saw a partition.
pub(super) fn figure(report: &Report, paper: &Paper) -> Result<Scene> {
    Ok(drawn(report, paper, &found(report)?))
}

/// The figure of the partition that was asked about. O(states⁴ + pairs).
///
/// # Errors
/// If none was, or the time was up before it was judged.
pub(super) fn of_partition(report: &Report, paper: &Paper) -> Result<Scene> {
    let given = report.partition.as_ref().and_then(Outcome::decided).ok_or_else(|| {
        Error::system("no partition was asked about, or judged", "name one with --blocs A+B,C+D")
    })?;
    let words = given.gist(&report.system.leader).join(" ");
    Ok(drawn(report, paper, &Found { partition: &given.found, words }))
}

fn drawn(report: &Report, paper: &Paper, found: &Found) -> Scene {
    let width = paper.sheet(WIDTH);
    let title = format!("Blocs of {}", name(report));
    let mut marks = Vec::new();
    let inner = width - 2.0 * MARGIN;
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &found.words) + 2.0;
    let (states, sheet) = arranged(&report.system, found.partition, top, width);
    let looks = Palette::new(report.system.states.iter().map(|state| &*state.id));
    let drawing = Drawing { report, looks, partition: found.partition, states, sheet };
    let (bottom, entries) = drawing.draw(&mut marks);
    let below = bottom + 6.0;
    marks.push(Mark::line([MARGIN, below], [width - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(width, end + MARGIN, title);
    scene.description = drawing.described(&found.words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    scene
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

/// How a bloc is outlined: grey, as colours are those of states.
fn bloc_look(bloc: usize) -> Look {
    Look::filled(MUTED, 0.08).outlined(Stroke::new(MUTED, THICK).dashed(series(bloc).dash))
}

/// A figure on its way.
struct Drawing<'a> {
    report: &'a Report,
    looks: Palette<'a>,
    partition: &'a PartitionReport,
    states: Vec<Placed<'a>>,
    sheet: Area,
}

impl Drawing<'_> {
    /// Draws it; returns where it ends, and the legend.
    fn draw(&self, marks: &mut Vec<Mark>) -> (f64, Vec<(Swatch, String)>) {
        let mut labeler = Labeler::new(self.sheet);
        let mut entries = Vec::new();
        let outlines: Vec<Vec<Point>> =
            (0..self.partition.blocs.len()).map(|bloc| self.outline(bloc)).collect();
        for (bloc, outline) in outlines.iter().enumerate() {
            let own = vec![Mark::polygon(outline.clone(), bloc_look(bloc))];
            marks.push(Mark::group("bloc", self.bloc_title(bloc), own));
            labeler.avoid_outline(outline);
        }
        for placed in &self.states {
            labeler.occupy_disc(placed.at, placed.radius + THICK);
            marks.push(self.circle(placed));
        }
        self.edges(marks, &mut entries, &mut labeler);
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
        entries.insert(2, (Swatch::Fill(bloc_look(0)), "outline: a bloc".into()));
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

    /// Lines of hostility and affinity, from rim to rim, around all other states.
    fn edges(
        &self,
        marks: &mut Vec<Mark>,
        entries: &mut Vec<(Swatch, String)>,
        labeler: &mut Labeler,
    ) {
        let circles: Vec<Circle> = self.states.iter().map(|s| (s.at, s.radius)).collect();
        let mut routes = Routes::new(&circles);
        for tie in TIES {
            let mut any = false;
            for (i, a) in self.states.iter().enumerate() {
                for (j, b) in self.states[..i].iter().enumerate() {
                    let Some(strength) = self.felt(tie.of, a.state, b.state) else { continue };
                    any = true;
                    let width = (STRONG * strength.min(1.0)).max(HAIRLINE);
                    let stroke = Stroke { opacity: 0.75, ..Stroke::new(tie.color, width) };
                    let mut bows = BOWS.into_iter().map(|bowed| bow(a, b, bowed * tie.aside));
                    let bowed = bows.find(|line| routes.clears(line, [i, j]));
                    let way = bowed.or_else(|| routes.way(i, j));
                    let points = way.unwrap_or_else(|| bow(a, b, tie.aside));
                    points.windows(2).for_each(|two| labeler.avoid(two[0], two[1]));
                    let line = Mark::polyline(points, stroke.dashed(tie.dash));
                    let (what, [one, other]) = (tie.name, [&b.state.id, &a.state.id]);
                    let title = format!("{what} of {one} and {other}: {strength}");
                    marks.push(Mark::group(tie.class, title, vec![line]));
                }
            }
            if any {
                let stroke = Stroke::new(tie.color, STRONG).dashed(tie.dash);
                entries.push((Swatch::Line(stroke), format!("{}, thicker if stronger", tie.name)));
            }
        }
    }

    /// The stronger of what two states feel for each other, where a file told and it is there.
    fn felt(
        &self,
        of: fn(&PairReport) -> Option<f64>,
        a: &StateReport,
        b: &StateReport,
    ) -> Option<f64> {
        let pairs = self.report.system.pairs.iter().filter(|pair| {
            (pair.state1 == a.id && pair.state2 == b.id)
                || (pair.state1 == b.id && pair.state2 == a.id)
        });
        pairs.filter_map(of).filter(|strength| *strength > 0.0).reduce(f64::max)
    }

    /// A state's circle.
    fn circle(&self, placed: &Placed) -> Mark {
        let Placed { state, at, radius, .. } = placed;
        let color = self.looks.of(&state.id).color;
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
                Mark::Text(text)
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
        let text = Text::new(top, text).sized(SMALL).bold();
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
