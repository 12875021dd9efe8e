//! What figures over the years have in common: an axis of years, the verdict of each year as a
//! lane and as a band behind the plot, and a tooltip for each year.

use super::axis::{Axis, Linear, Side};
use super::judged;
use super::scene::{Anchor, Area, Baseline, Mark, Text};
use super::style::{FAINT, HAIRLINE, Look, SMALL, Stroke};
use crate::error::{Error, Result};
use crate::report::compare::{Comparison, Row};
use crate::verdict::Judgement;

/// Height of a lane.
const LANE: f64 = 10.0;
/// Room between lanes and plot.
const APART: f64 = 4.0;

/// A row of a comparison in its year.
#[derive(Clone, Copy)]
pub(super) struct InYear<'a> {
    pub(super) year: i32,
    /// Its place in the comparison.
    pub(super) place: usize,
    pub(super) row: &'a Row,
    /// Whether it goes on from the row before: lines do not lead from one file to another.
    pub(super) joined: bool,
}

/// A year as it is written.
pub(super) fn dated(year: i32) -> String {
    if year < 0 { format!("{} BCE", year.unsigned_abs()) } else { year.to_string() }
}

/// The rows of a comparison by year, in ascending order.
///
/// # Errors
/// If a row has no year, two have the same, or there is one only.
pub(super) fn by_year(comparison: &Comparison) -> Result<Vec<InYear<'_>>> {
    const REMEDY: &str = "draw --figure control, or compare one file, measure and setting over \
                          --years";
    let mut years = Vec::with_capacity(comparison.rows.len());
    for (at, row) in comparison.rows.iter().enumerate() {
        let Some(year) = row.year else {
            return Err(Error::system(format!("{:?} has no year", row.label), REMEDY));
        };
        years.push(InYear { year, place: at, row, joined: false });
    }
    crate::order::sort_by_key(&mut years, |found| (found.year, found.place));
    if let Some(two) = years.windows(2).find(|two| two[0].year == two[1].year) {
        let problem = format!(
            "{:?} and {:?} are both of {}, so they have no place in a figure over the years",
            two[0].row.label,
            two[1].row.label,
            dated(two[0].year)
        );
        return Err(Error::system(problem, REMEDY));
    }
    let source = |found: &InYear| &comparison.reports[found.place].system.source;
    for at in 1..years.len() {
        years[at].joined = source(&years[at - 1]) == source(&years[at]);
    }
    if years.len() < 2 {
        return Err(Error::system("there is one year only, so nothing to draw over time", REMEDY));
    }
    Ok(years)
}

/// A plot over the years.
pub(super) struct Timeline<'a> {
    /// The rows, with their years and places in the comparison.
    pub(super) years: Vec<InYear<'a>>,
    /// Years to places.
    pub(super) scale: Linear,
    /// The plot.
    pub(super) plot: Area,
}

impl<'a> Timeline<'a> {
    /// A plot between these places.
    pub(super) fn new(years: Vec<InYear<'a>>, plot: Area) -> Self {
        let ends = |at: usize| years.get(at).map_or(0.0, |found| f64::from(found.year));
        let (first, last) = (ends(0), ends(years.len().saturating_sub(1)));
        let scale = Linear { domain: [first - 0.5, last + 0.5], range: [plot.left, plot.right] };
        Self { years, scale, plot }
    }

    /// The places between which a year is drawn: half-way to its neighbours, but no farther
    /// than half of `most` years.
    pub(super) fn slot(&self, at: usize, most: f64) -> [f64; 2] {
        let year = |at: usize| f64::from(self.years[at].year);
        let before = if at == 0 { most } else { year(at) - year(at - 1) };
        let after = if at + 1 == self.years.len() { most } else { year(at + 1) - year(at) };
        let [low, high] = self.scale.range;
        [
            self.scale.place(year(at) - 0.5 * before.min(most)).max(low),
            self.scale.place(year(at) + 0.5 * after.min(most)).min(high),
        ]
    }

    /// The usual distance of years: the least between neighbours.
    pub(super) fn step(&self) -> f64 {
        let steps =
            self.years.windows(2).map(|two| f64::from(two[1].year) - f64::from(two[0].year));
        steps.reduce(f64::min).unwrap_or(1.0)
    }

    /// The axis of years.
    pub(super) fn axis(&self) -> Axis {
        let [low, high] = self.scale.domain;
        let inside = Linear {
            domain: [low + 0.5, high - 0.5],
            range: [self.scale.place(low + 0.5), self.scale.place(high - 0.5)],
        };
        let mut ticks = inside.ticks(9);
        // Years are whole, and have no thousands.
        ticks.retain(|tick| !tick.text.contains('.'));
        for tick in &mut ticks {
            if let Some(year) = tick.text.strip_prefix('-') {
                tick.text = format!("{year} BCE");
            }
        }
        Axis::continuous(Side::Bottom, ticks, "")
    }

    /// The judgements that some year has, from the one with most control.
    fn verdicts(&self) -> Vec<Judgement> {
        let has = |j: &Judgement| self.years.iter().any(|found| found.row.verdict == *j);
        judged::ALL.into_iter().filter(has).collect()
    }

    /// The room that the lanes take above the plot.
    pub(super) fn lanes_room(years: &[InYear<'_>]) -> f64 {
        let has = |j: &&Judgement| years.iter().any(|found| found.row.verdict == **j);
        judged::ALL.iter().filter(has).count() as f64 * LANE + APART
    }

    /// A lane for each verdict above the plot, and faint bands behind it.
    pub(super) fn verdict_marks(&self) -> Vec<Mark> {
        let verdicts = self.verdicts();
        let top = self.plot.top - APART - LANE * verdicts.len() as f64;
        let mut marks = Vec::new();
        for (lane, &verdict) in verdicts.iter().enumerate() {
            let color = judged::color(verdict);
            let y = top + (lane as f64 + 0.5) * LANE;
            let name = Text::new([self.plot.left - 6.0, y], verdict.name()).sized(SMALL);
            let name = name.colored(color.legible());
            marks.push(Mark::Text(name.held(Anchor::End, Baseline::Middle)));
            let [left, right] = [self.plot.left, self.plot.right];
            marks.push(Mark::line([left, y], [right, y], Stroke::new(FAINT, HAIRLINE)));
            for ([from, to], [first, last]) in self.runs(verdict) {
                let title = match (first, last) {
                    (a, b) if a == b => format!("{verdict} in {}", dated(a)),
                    (a, b) => format!("{verdict} from {} to {}", dated(a), dated(b)),
                };
                let bar = Area::new([from, y - 3.0], [to, y + 3.0]);
                let band = Area::new([from, self.plot.top], [to, self.plot.bottom]);
                let own = vec![
                    Mark::rectangle(bar, Look::filled(color, 1.0)),
                    Mark::rectangle(band, Look::filled(color, 0.09)),
                ];
                marks.push(Mark::group("verdict", title, own));
            }
        }
        marks
    }

    /// Where years one after the other have a verdict: places, and the first and last year.
    fn runs(&self, verdict: Judgement) -> Vec<([f64; 2], [i32; 2])> {
        let mut runs: Vec<([f64; 2], [i32; 2])> = Vec::new();
        let mut open = false;
        for (at, &InYear { year, row, .. }) in self.years.iter().enumerate() {
            if row.verdict != verdict {
                open = false;
                continue;
            }
            let [from, to] = self.slot(at, self.step());
            match runs.last_mut().filter(|run| open && from - run.0[1] < 0.01) {
                Some((place, years)) => (place[1], years[1]) = (to, year),
                None => runs.push(([from, to], [year, year])),
            }
            open = true;
        }
        runs
    }

    /// An invisible strip for each year that tells what there was in it.
    pub(super) fn tips(&self, words: impl Fn(usize, &Row) -> String) -> Mark {
        let tip = |(at, &InYear { year, place, row, .. }): (usize, &InYear<'_>)| {
            let [from, to] = self.slot(at, f64::INFINITY);
            let strip = Area::new([from, self.plot.top], [to, self.plot.bottom]);
            let title = format!("{}: {}", dated(year), words(place, row));
            let look = Look::filled(super::style::PAPER, 0.0);
            Mark::group("year", title, vec![Mark::rectangle(strip, look)])
        };
        Mark::group("years", "", self.years.iter().enumerate().map(tip).collect())
    }
}
