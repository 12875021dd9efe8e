//! A sweep for people: how much of the plane each outcome has, and where the borders are.

use std::fmt::{self, Write};

use super::{AreaReport, BorderReport, PointReport, SweepReport, VERDICTS};
use crate::report::text::{bar, count, heading, paragraph, span, thousands};
use crate::sweep::Aspect;

/// Columns of the bar of an area.
const BAR: usize = 32;

impl SweepReport {
    /// The sweep as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(out, &self.gist())?;
        if let Some(words) = self.draw_words() {
            paragraph(out, &words)?;
        }
        for &aspect in &self.settings.grid.by {
            self.write_aspect(out, aspect)?;
        }
        heading(out, "LIMITS", "")?;
        paragraph(out, &self.limits())
    }

    /// What was swept, in a line.
    pub fn title(&self) -> String {
        let settings = &self.settings;
        match settings.plane.as_str() {
            "triangle" => "Shares of three states A, B and C".into(),
            "leader" => {
                let states = settings.system.states.len();
                format!("Share of the leader L and equality of the rest, {states} states")
            }
            _ => {
                let name = match settings.system.name.as_str() {
                    "" => "a system",
                    name => name,
                };
                let [x, y] = [0, 1].map(|k| self.coordinate_words(k));
                format!("{name}: {x} by {y}")
            }
        }
    }

    /// `decisiveness 0.5 – 4`.
    fn coordinate_words(&self, k: usize) -> String {
        let known = self.settings.coordinates.get(k);
        known.map_or_else(String::new, |c| {
            format!("{} {} – {}", c.name.replace('_', " "), c.from, c.to)
        })
    }

    /// What was done, in a sentence or two.
    pub fn gist(&self) -> String {
        let grid = &self.settings.grid;
        let places = count(self.points.len() as u64, "place");
        let coarse = match self.settings.plane.as_str() {
            "triangle" => format!("{} coarse cells a side", grid.resolution),
            _ => format!("{0} × {0} coarse cells", grid.resolution),
        };
        let halved = match grid.refine {
            0 => "not halved".into(),
            times => format!("halved up to {times} times where outcomes differ"),
        };
        format!(
            "{places} solved through {} on {coarse}, {halved}: borders are known to within {}.",
            self.settings.lenses.join(", "),
            self.tolerance_words(),
        )
    }

    /// How the doubt about estimated parameters bears on the plane; `None` without draws.
    pub fn draw_words(&self) -> Option<String> {
        let of = self.settings.draws.as_ref()?;
        let agree = |p: &&PointReport| {
            let k = VERDICTS.iter().position(|verdict| *verdict == p.verdict);
            k.and_then(|k| p.drawn_share(k)).is_some_and(|share| share > 0.95)
        };
        let sure = self.points.iter().filter(agree).count();
        Some(format!(
            "Doubt about the parameters: each place is solved at {} of the estimate too ({}). At \
             {} of {} places more than 95 % of the draws have the verdict of the estimate. The \
             aspect drawn is the verdict of most draws.",
            count(of.n.into(), "draw"),
            of.estimates(),
            thousands(sure as u64),
            thousands(self.points.len() as u64),
        ))
    }

    /// The tolerance in the unit of each coordinate.
    pub fn tolerance_words(&self) -> String {
        let one = |c: &super::CoordinateReport| {
            format!("{} of {}", short(c.tolerance), c.name.replace('_', " "))
        };
        match self.settings.plane.as_str() {
            "triangle" => {
                let tolerance = self.settings.coordinates.first().map_or(0.0, |c| c.tolerance);
                format!("{} of a share", short(tolerance))
            }
            _ => self.settings.coordinates.iter().map(one).collect::<Vec<_>>().join(" and "),
        }
    }

    /// What a sweep cannot see.
    pub fn limits(&self) -> String {
        let grid = &self.settings.grid;
        let mut words = format!(
            "An island or a tongue of another outcome that is narrower than a coarse cell (1/{} of \
             a side) can be missed; then the areas are not what they say.",
            grid.resolution
        );
        if self.settings.plane != "parameters" {
            words.push_str(
                " Where two states are exactly as strong as each other a place can have an outcome \
                 of its own: such a line without width is drawn as wide as a smallest cell.",
            );
        }
        for (lens, places, first) in self.undecided() {
            let at = first.coordinates.0.iter().map(|(name, at)| format!("{name} {}", short(*at)));
            words.push_str(&format!(
                " The lens {lens} is undecided at {} (the first: {}); `equipoise solve` says why.",
                count(places as u64, "place"),
                at.collect::<Vec<_>>().join(", "),
            ));
        }
        if self.rim > 0 {
            let whole = u64::from(grid.side).pow(2);
            let part = self.rim as f64 / whole as f64;
            words.push_str(&format!(
                " Places where a state has no power are outside of the model: a rim of {} of the \
                 plane, cells that touch them, is in no area.",
                crate::report::text::percent(part)
            ));
        }
        words
    }

    /// The areas of an aspect, largest first.
    pub fn areas_of(&self, aspect: Aspect) -> Vec<&AreaReport> {
        let mut areas: Vec<&AreaReport> = self.areas.iter().filter(|a| a.of == aspect).collect();
        crate::order::sort_by(&mut areas, |a, b| b.cells[1].cmp(&a.cells[1]));
        areas
    }

    /// The borders of an aspect.
    pub fn borders_of(&self, aspect: Aspect) -> Vec<&BorderReport> {
        self.borders.iter().filter(|border| border.of == aspect).collect()
    }

    fn write_aspect(&self, out: &mut String, aspect: Aspect) -> fmt::Result {
        let areas = self.areas_of(aspect);
        let borders = self.borders_of(aspect);
        let gist = match borders.len() {
            0 => format!("{} everywhere", areas.first().map_or("undecided", |a| &a.outcome)),
            n => count(n as u64, "border"),
        };
        heading(out, &aspect.name().to_uppercase(), &gist)?;
        if borders.is_empty() {
            return Ok(());
        }
        let wide = areas.iter().map(|a| a.outcome.chars().count()).max().unwrap_or(0);
        let spans: Vec<String> = areas.iter().map(|a| span([a.least, a.most])).collect();
        let room = spans.iter().map(|s| s.chars().count()).max().unwrap_or(0);
        for (area, span) in areas.iter().zip(&spans) {
            let bar = bar(0.5 * (area.least + area.most), 1.0, BAR);
            writeln!(out, "  {:wide$}  {span:>room$}  {bar}", area.outcome)?;
        }
        out.push('\n');
        for border in borders {
            paragraph(out, &self.border_words(border))?;
        }
        Ok(())
    }

    /// A border in words: where it begins and ends, or between what it lies.
    pub fn border_words(&self, border: &BorderReport) -> String {
        let [a, b] = &border.between;
        let names = self.settings.coordinates.iter();
        let ranges = names.enumerate().map(|(k, coordinate)| {
            let [low, high] = border.range(k);
            let name = coordinate.name.replace('_', " ");
            if high - low < coordinate.tolerance {
                format!("{name} {}", short(low))
            } else {
                format!("{name} {} – {}", short(low), short(high))
            }
        });
        let ranges: Vec<String> = ranges.collect();
        let lines = count(border.lines.len() as u64, "line");
        let places = thousands(border.lines.iter().map(|line| line.len() as u64).sum());
        format!("{a} | {b}: {}; {lines} of {places} places.", ranges.join(", "))
    }
}

impl PointReport {
    /// How many draws have a verdict, by its place among [`VERDICTS`].
    pub fn drawn(&self, verdict: usize) -> Option<u32> {
        self.draws.as_ref()?.get(VERDICTS[verdict].name()).copied()
    }

    /// The share of draws with a verdict, by its place among [`VERDICTS`].
    pub fn drawn_share(&self, verdict: usize) -> Option<f64> {
        let all: u32 = self.draws.as_ref()?.0.iter().map(|(_, count)| *count).sum();
        self.drawn(verdict).map(|count| f64::from(count) / f64::from(all.max(1)))
    }
}

impl BorderReport {
    /// The least and the greatest of a coordinate on it.
    pub fn range(&self, coordinate: usize) -> [f64; 2] {
        let values = self.lines.iter().flatten().filter_map(|place| place.get(coordinate));
        values.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], &value| {
            [low.min(value), high.max(value)]
        })
    }
}

/// A number in four digits or so.
fn short(value: f64) -> String {
    let digits = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
    let decimals = (3.0 - digits).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
