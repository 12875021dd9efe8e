//! The phase diagram of a sweep: regions of one outcome each, the borders between them, and the
//! borders of other aspects over them as broken lines.
//!
//! A region has a colour, a hatching and, where there is room, its name; a border has on each side
//! what is there; the legend has the part of the plane that a region takes. Two parameters, or the leader's share and the equality of the
//! rest, are drawn upright; three shares as a triangle with a state at each corner.

mod frame;
mod names;
mod sides;

use self::frame::Frame;
use self::sides::{Ground, Line};
use super::hatch::Hatch;
use super::layout::{MARGIN, Swatch, heading, legend};
use super::palette::Palette;
use super::scene::{Mark, Point, Scene, Text};
use super::style::{
    BLUE, Color, Dash, FAINT, GREEN, HAIRLINE, INK, Look, MUTED, ORANGE, PAPER, Stroke, THIN,
    VERMILLION,
};
use crate::error::{Error, Result};
use crate::order;
use crate::plot::Paper;
use crate::report::sweep::{Aspect, BorderReport, CoordinateReport, Region, SweepReport};
use crate::report::text::span;

/// Width of the sheet.
const WIDTH: f64 = 480.0;
/// Width of the border that the regions are of.
const BORDER: f64 = 1.3;

/// How a region is drawn.
#[derive(Debug, Clone, Copy)]
struct Face {
    color: Color,
    hatch: Hatch,
}

impl Face {
    /// Outside of the model.
    const NONE: Self = Self { color: PAPER, hatch: Hatch::Plain };

    /// The face of a region: a state that leads has its own colour; paper outside of the model.
    fn of(aspect: Aspect, region: &Region, looks: &Palette) -> Self {
        let (color, hatch) = match (aspect, region.value) {
            (_, None) => return Self::NONE,
            (Aspect::Verdict | Aspect::Drawn, Some(0)) => (VERMILLION, Hatch::Crossed),
            (Aspect::Verdict | Aspect::Drawn, Some(1)) => (ORANGE, Hatch::Rising),
            (Aspect::Verdict | Aspect::Drawn, Some(2)) => (BLUE, Hatch::Plain),
            (Aspect::Class, Some(0)) => (VERMILLION, Hatch::Crossed),
            (Aspect::Class, Some(1)) => (ORANGE, Hatch::Rising),
            (Aspect::Class, Some(2)) => (GREEN, Hatch::Level),
            (Aspect::Class, Some(3)) => (BLUE, Hatch::Plain),
            (Aspect::Stability, Some(0)) => (BLUE, Hatch::Plain),
            (Aspect::Stability, Some(1)) => (ORANGE, Hatch::Rising),
            (Aspect::Security, Some(0)) => (VERMILLION, Hatch::Crossed),
            (Aspect::Security, Some(1)) => (ORANGE, Hatch::Falling),
            (Aspect::Security, Some(2)) => (GREEN, Hatch::Rising),
            (Aspect::Security, Some(3)) => (BLUE, Hatch::Plain),
            (Aspect::Stopping, Some(tenth @ 0..10)) => {
                (VERMILLION.mixed(BLUE, f64::from(tenth) / 9.0), Hatch::Plain)
            }
            (Aspect::Leader, Some(_)) => {
                let look = looks.of(region.outcome.as_deref().unwrap_or_default());
                (look.color, hatched(look.dash))
            }
            _ => (MUTED, Hatch::Falling),
        };
        Self { color, hatch }
    }

    fn look(self) -> Look {
        Look::filled(self.color.tint(0.30), 1.0)
    }

    fn stroke(self) -> Stroke {
        Stroke::new(self.color.tint(0.75), 0.6)
    }
}

/// The hatching for a state whose lines are so broken: where colours come again, it differs.
const fn hatched(dash: Dash) -> Hatch {
    match dash {
        Dash::Solid => Hatch::Plain,
        Dash::Dashed => Hatch::Rising,
        Dash::DashDotted => Hatch::Level,
        Dash::Long => Hatch::Falling,
        Dash::Dotted => Hatch::Upright,
    }
}

/// The line of another aspect's borders.
fn overlay(aspect: Aspect) -> Stroke {
    let dash = match aspect {
        Aspect::Verdict | Aspect::Drawn => Dash::Long,
        Aspect::Class => Dash::Dashed,
        Aspect::Leader => Dash::Dotted,
        Aspect::Stability => Dash::DashDotted,
        Aspect::Security => Dash::Dashed,
        Aspect::Stopping => Dash::Dotted,
    };
    Stroke::new(INK, THIN).dashed(dash)
}

/// The phase diagram of a sweep by one of its aspects. O(cells + corners²) at most.
///
/// # Errors
/// If it was not swept by this aspect, or points and cells do not belong together.
pub(super) fn figure(report: &SweepReport, aspect: Aspect, paper: &Paper) -> Result<Scene> {
    let sheet = paper.sheet(WIDTH);
    let swept_by = &report.settings.grid.by;
    if !swept_by.contains(&aspect) {
        let names: Vec<&str> = swept_by.iter().map(|aspect| aspect.name()).collect();
        let expected = format!("one of what was swept by: {}", names.join(", "));
        return Err(Error::parameter("figure", expected, aspect.name()));
    }
    let looks = Palette::new(report.settings.system.states.iter().map(|state| &*state.id));
    let regions = report.regions(aspect);
    if regions.is_empty() {
        return Err(Error::parameter("plot", "points at the corners of all cells", "others"));
    }
    let title = report.title();
    let words = report.gist();
    let inner = sheet - 2.0 * MARGIN;
    let mut marks = Vec::new();
    let top = heading(&mut marks, [MARGIN, MARGIN], inner, &title, &words) + 6.0;
    let frame = Frame::new(report, top, sheet, MARGIN);
    let on_sheet = |region: &Region| -> Vec<Vec<Point>> {
        let outline = |points: &Vec<Point>| points.iter().map(|p| frame.place(*p)).collect();
        region.outlines.iter().map(outline).collect()
    };
    let placed: Vec<(&Region, Face, Vec<Vec<Point>>)> = regions
        .iter()
        .map(|region| (region, Face::of(aspect, region, &looks), on_sheet(region)))
        .collect();
    marks.extend(filled(&placed));
    marks.extend(frame.grid());
    let others: Vec<Aspect> = swept_by
        .iter()
        .copied()
        .filter(|other| *other != aspect && report.borders.iter().any(|b| b.of == *other))
        .collect();
    let mut drawn: Vec<(&BorderReport, Vec<Vec<Point>>)> = Vec::new();
    for &other in others.iter().chain([&aspect]) {
        let stroke = if other == aspect { Stroke::new(INK, BORDER) } else { overlay(other) };
        for border in report.borders_of(other) {
            let place = |at: &Vec<f64>| frame.place(parts(report, at));
            let lines: Vec<Vec<Point>> =
                border.lines.iter().map(|line| line.iter().map(place).collect()).collect();
            let tip = format!("{}: {}", other.name(), report.border_words(border));
            let own = lines.iter().map(|line| Mark::polyline(line.clone(), stroke)).collect();
            marks.push(Mark::group("border", tip, own));
            drawn.push((border, lines));
        }
    }
    let (around, below) = frame.marks();
    let mut named = names::of(&placed, &drawn);
    let taken = around.iter().chain(&named).filter_map(|mark| match mark {
        Mark::Text(text) => Some(text.clone()),
        _ => None,
    });
    let sides = sided(report, aspect, &drawn, taken.collect(), &on_sheet);
    named.extend(sides);
    marks.extend(around);
    marks.extend(named);
    let below = below + 6.0;
    marks.push(Mark::line([MARGIN, below], [sheet - MARGIN, below], Stroke::new(FAINT, HAIRLINE)));
    let entries = entries(report, aspect, &placed, &others);
    let end = legend(&mut marks, [MARGIN, below + 5.0], inner, &entries);
    let mut scene = Scene::new(sheet, end + MARGIN, title);
    scene.description = described(report, aspect, &words);
    marks.into_iter().for_each(|mark| scene.add(mark));
    Ok(scene)
}

/// What is on both sides of borders: of all lines of the aspect that is filled, and of the longest
/// line of each border of another.
fn sided(
    report: &SweepReport,
    aspect: Aspect,
    drawn: &[(&BorderReport, Vec<Vec<Point>>)],
    taken: Vec<Text>,
    on_sheet: &impl Fn(&Region) -> Vec<Vec<Point>>,
) -> Vec<Mark> {
    let mut aspects: Vec<Aspect> = drawn.iter().map(|(border, _)| border.of).collect();
    order::sort_by_key(&mut aspects, |of| (*of != aspect, of.name()));
    aspects.dedup();
    let ground = |of: Aspect, region: &Region| {
        let leads = if of == Aspect::Leader { " leads" } else { "" };
        let outcome = region.outcome.as_deref()?;
        let outlines = on_sheet(region);
        Some((of, outcome.to_owned(), Ground { words: format!("{outcome}{leads}"), outlines }))
    };
    let grounds: Vec<(Aspect, String, Ground)> = aspects
        .iter()
        .flat_map(|&of| report.regions(of).iter().filter_map(|r| ground(of, r)).collect::<Vec<_>>())
        .collect();
    let mut lines = Vec::new();
    for &of in &aspects {
        for (border, own) in drawn.iter().filter(|(border, _)| border.of == of) {
            let side = |name: &String| {
                let is_it = |found: &&(Aspect, String, Ground)| found.0 == of && found.1 == *name;
                grounds.iter().find(is_it).map(|(.., ground)| ground)
            };
            let [Some(a), Some(b)] = border.between.each_ref().map(side) else { continue };
            let most = if of == aspect { own.len() } else { 1 };
            let mut own: Vec<&Vec<Point>> = own.iter().collect();
            order::sort_by(&mut own, |a, b| sides::length(b).total_cmp(&sides::length(a)));
            let own = own.into_iter().take(most);
            lines.extend(own.map(|points| Line { points, between: [a, b] }));
        }
    }
    let lines_of = |is_main: bool| -> Vec<&[Point]> {
        let drawn = drawn.iter().filter(|(border, _)| (border.of == aspect) == is_main);
        drawn.flat_map(|(_, lines)| lines).map(Vec::as_slice).collect()
    };
    sides::of(&lines, [&lines_of(true), &lines_of(false)], taken)
}

/// A place in the units of the coordinates as parts of the plane's sides.
fn parts(report: &SweepReport, at: &[f64]) -> Point {
    [0, 1].map(|k| {
        let coordinate = report.settings.coordinates.get(k);
        let part = |c: &CoordinateReport| {
            (at.get(k).copied().unwrap_or(c.from) - c.from) / (c.to - c.from)
        };
        coordinate.map_or(0.0, part)
    })
}

/// The regions, larger outlines under smaller ones, so that islands lie on what is around them;
/// then the hatching.
fn filled(regions: &[(&Region, Face, Vec<Vec<Point>>)]) -> Vec<Mark> {
    let mut outlines: Vec<(f64, Face, &Vec<Point>)> = Vec::new();
    for (region, face, own) in regions {
        // Around a region the outline turns one way, around its holes the other.
        let around = |turned: &f64| *turned > 0.0;
        for (outline, placed) in region.outlines.iter().zip(own) {
            let area = area(outline);
            if around(&area) {
                outlines.push((area, *face, placed));
            }
        }
    }
    order::sort_by(&mut outlines, |a, b| b.0.total_cmp(&a.0));
    let mut marks: Vec<Mark> = outlines
        .into_iter()
        .map(|(_, face, outline)| {
            // A line of the same colour closes the seams between neighbours.
            let look = face.look();
            let seam = look.fill.map(|fill| Stroke::new(fill.color, HAIRLINE));
            Mark::polygon(outline.clone(), Look { stroke: seam, ..look })
        })
        .collect();
    for (region, face, own) in regions {
        let title = region.outcome.clone().unwrap_or_else(|| "outside of the model".into());
        marks.push(Mark::group("region", title, face.hatch.marks(own, face.stroke())));
    }
    marks
}

/// The area within an outline, negative where it turns the other way.
fn area(outline: &[Point]) -> f64 {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(a, b)| 0.5 * (a[0] * b[1] - b[0] * a[1])).sum()
}

fn entries(
    report: &SweepReport,
    aspect: Aspect,
    regions: &[(&Region, Face, Vec<Vec<Point>>)],
    others: &[Aspect],
) -> Vec<(Swatch, String)> {
    let mut entries: Vec<(Swatch, String)> = Vec::new();
    for area in report.areas_of(aspect) {
        let of_it = |found: &&(&Region, Face, _)| found.0.outcome.as_ref() == Some(&area.outcome);
        let face = regions.iter().find(of_it).map_or(Face::NONE, |found| found.1);
        let swatch = Swatch::Hatched(face.look(), face.hatch, face.stroke());
        let leads = if aspect == Aspect::Leader { " leads" } else { "" };
        entries
            .push((swatch, format!("{}{leads} {}", area.outcome, span([area.least, area.most]))));
    }
    for &other in others {
        let words = match other {
            Aspect::Leader => "where another state leads".to_owned(),
            other => format!("where the {} turns", other.name()),
        };
        entries.push((Swatch::Line(overlay(other)), words));
    }
    entries
}

/// The figure for who cannot see it.
fn described(report: &SweepReport, aspect: Aspect, words: &str) -> String {
    let mut text = format!("{words} By {}:", aspect.name());
    let areas = report.areas_of(aspect);
    let areas: Vec<String> =
        areas.iter().map(|a| format!(" {} {}", a.outcome, span([a.least, a.most]))).collect();
    text.push_str(&areas.join(","));
    text.push('.');
    for border in report.borders_of(aspect) {
        text.push_str(&format!(" {}", report.border_words(border)));
    }
    text
}
