//! Re-verifies a sweep, as far as that can be done without solving.
//!
//! Of every place its coordinates, the leading state, its share, the class and the effective
//! poles are computed again from where it is on the lattice, exactly; and the verdict from the
//! intervals. The grid is refined again from the outcomes: the same places, cells, areas and
//! borders must come of it, and beside every border places must really differ. Intervals, prices
//! and instabilities are not examined: their evidence is not kept, as it would be thousands of
//! certificates. They were certified when they were made; `solve` makes one again.

use crate::analysis::{LeaderChoice, Lens};
use crate::certify::Claim;
use crate::error::Result;
use crate::polarity;
use crate::report::Verification;
use crate::report::sweep::read::ids;
use crate::report::sweep::{BorderReport, PointReport, SweepReport, SweepSettings};
use crate::sweep::{Aspect, Place, Swept, Task, refined};
use crate::tolerance::Tolerances;
use crate::verdict::{Judgement, LensJudgement, SecurityVerdict, Verdict};

/// Examines the claims of a sweep, those of the same kind together.
///
/// # Errors
/// If the report has another schema, or its settings are not those of a sweep: then there is
/// nothing to check its claims against.
pub fn check_sweep(report: &SweepReport) -> Result<Verification> {
    report.check_schema()?;
    let task = report.settings.task()?;
    let mut claims = vec![settings(report, &task)];
    claims.extend(points(report, &task));
    match report.swept() {
        Err(problem) => claims.push(Claim::exact(format!("grid: {problem}"), false)),
        Ok(swept) => claims.extend(grid(report, &task, &swept)),
    }
    let undecided = report.is_undecided();
    let solved: Vec<&str> = task
        .lenses()
        .iter()
        .filter(|lens| **lens != Lens::Polarity)
        .map(|lens| lens.name())
        .collect();
    let mut unexamined = Vec::new();
    if !solved.is_empty() {
        unexamined.push(format!(
            "points: the intervals of {}, the price of peace and the instability: certified when \
             they were made, without keeping the evidence (equipoise solve makes that of a place)",
            solved.join(", ")
        ));
    }
    if task.options.leader == LeaderChoice::All {
        unexamined.push(
            "points: the verdict over several leading states, of which one alone is told".into(),
        );
    }
    Ok(Verification { claims, unexamined, undecided })
}

/// Whether what is told of the plane is what the plane has.
fn settings(report: &SweepReport, task: &Task) -> Claim {
    let told = &report.settings;
    let made = SweepSettings::new(task);
    let names = ids(task.plane.states());
    let same = told.coordinates == made.coordinates
        && told.grid == made.grid
        && told.lenses == made.lenses
        && told.system.states.iter().map(|state| state.id.as_str()).eq(names);
    Claim::exact("settings: coordinates, tolerances, grid and states", same)
}

/// The worst violation of some claim over all points.
#[derive(Default)]
struct Worst(f64);

impl Worst {
    fn equal(&mut self, claimed: f64, found: f64) {
        let off = (claimed - found).abs();
        self.0 = if off.is_nan() { f64::INFINITY } else { self.0.max(off) };
    }

    fn exact(&mut self, holds: bool) {
        self.0 = if holds { self.0 } else { f64::INFINITY };
    }

    fn claim(self, what: &str, tolerance: f64) -> Claim {
        Claim::within(what, self.0, tolerance)
    }
}

/// The claims on points. O(points · n).
fn points(report: &SweepReport, task: &Task) -> Vec<Claim> {
    let [mut inside, mut coordinates, mut leaders, mut shares, mut classes, mut verdicts] =
        std::array::from_fn(|_| Worst::default());
    for point in &report.points {
        let [u, v] = point.at;
        let side = task.grid.side();
        let on = match task.plane.outline() {
            crate::sweep::Outline::Square => u <= side && v <= side,
            crate::sweep::Outline::Triangle => u <= side && v <= side && u + v <= side,
        };
        let case = match on {
            true => task.plane.case(point.at, task.grid, &task.parameters).ok().flatten(),
            false => None,
        };
        let Some((system, parameters)) = case else {
            inside.exact(false);
            continue;
        };
        let names = task.plane.coordinates();
        let expected: Vec<(String, f64)> =
            names.into_iter().map(|c| c.name).zip(task.plane.at(point.at, side)).collect();
        coordinates.exact(point.coordinates.0 == expected);
        coordinates.exact(point.level == task.grid.level_of(point.at));
        let leader = task.options.leader.of(&system)[0];
        leaders.exact(point.leader == system.id(leader));
        shares.equal(point.leader_share, system.shares()[leader]);
        if task.lenses().contains(&Lens::Polarity) {
            let told = point.control.polarity.unwrap_or([f64::NAN; 2]);
            told.into_iter().for_each(|end| shares.equal(end, system.shares()[leader]));
        }
        let polarity = polarity::measure(&system);
        if let Some(found) = &point.security {
            let [low, high] = found.prevails;
            let half = 0.5 + Tolerances::DEFAULT.rounding;
            classes.exact(
                low <= high
                    && match found.verdict {
                        SecurityVerdict::Balanced => high <= half,
                        SecurityVerdict::Contested => low <= half,
                        SecurityVerdict::Hegemonic | SecurityVerdict::Underbalanced => high >= 0.5,
                    },
            );
        }
        classes.exact(point.class == polarity.class);
        shares.equal(point.effective_poles, polarity.effective_poles);
        if task.options.leader != LeaderChoice::All {
            let by_share = Judgement::of_share(&system, leader, parameters.threshold);
            let found = verdict(point, task, by_share, parameters.threshold);
            verdicts.exact(point.verdict == found);
        }
    }
    let tolerance = Tolerances::DEFAULT.certificate;
    vec![
        inside.claim("points: each is on the plane and within the model", 0.0),
        coordinates.claim("points: coordinates and levels are those of the lattice", 0.0),
        leaders.claim("points: the leading state, from the exact shares", 0.0),
        shares.claim("points: the leading share and the effective poles", tolerance),
        classes.claim(
            "points: the class of polarity, from the exact shares, and what prevails means",
            0.0,
        ),
        verdicts.claim("points: the verdict follows from the intervals", 0.0),
    ]
}

/// The verdict that follows from a point's intervals.
fn verdict(point: &PointReport, task: &Task, by_share: Judgement, threshold: f64) -> Judgement {
    let named = point.control.named();
    let of_control = task.lenses().iter().filter(|lens| Lens::OF_CONTROL.contains(lens));
    let judged = of_control.map(|lens| {
        let control = named.iter().find(|(name, _)| *name == lens.name()).and_then(|(_, c)| *c);
        let judgement = match (lens, control) {
            (Lens::Polarity, _) => by_share,
            (_, None) => Judgement::Undecided,
            (_, Some(control)) => Judgement::of_interval(control, threshold),
        };
        LensJudgement { lens: lens.name(), control, judgement }
    });
    Verdict::of(&judged.collect::<Vec<_>>(), point.leader_share, point.leader_share).overall
}

/// The claims on cells, areas and borders. O(cells · log).
fn grid(report: &SweepReport, task: &Task, swept: &Swept) -> Vec<Claim> {
    let again = matches!(refined(task, swept), Ok(Some(again)) if again == *swept);
    let made = SweepReport::new(task, swept, &[]);
    let units: u64 = swept.cells.iter().map(|cell| task.grid.area(cell.level)).sum();
    let mut claims = vec![
        Claim::exact("grid: refined again from the outcomes it has these places and cells", again),
        Claim::exact("grid: the cells add up to the plane", units == task.grid.whole()),
        Claim::exact("areas: they are those of the cells", {
            made.areas == report.areas && made.rim == report.rim
        }),
        Claim::exact("borders: they are those of the cells", made.borders == report.borders),
    ];
    for border in &report.borders {
        let [a, b] = &border.between;
        let what = format!("borders: places of {} {a} and {b} are on the sides", border.of.name());
        claims.push(Claim::exact(what, separates(border, report, task, swept)));
    }
    claims
}

/// Whether every place of a border is between neighbours on the lattice that have the outcomes
/// of its sides, or in a smallest cell that has both among its corners.
fn separates(border: &BorderReport, report: &SweepReport, task: &Task, swept: &Swept) -> bool {
    let told = |place: Place| {
        let outcome = swept.points.get(&place)?;
        let states = &report.settings.system.states;
        let id = |state: usize| states.get(state).map_or(String::new(), |s| s.id.clone());
        Some(border.of.told(Aspect::value(border.of, outcome), id))
    };
    let near = |place: &Vec<f64>| {
        let part = |k: usize| {
            let c = task.plane.coordinates().get(k).map_or([0.0, 1.0], |c| c.ends);
            let value = place.get(k).copied().unwrap_or(f64::NAN);
            (value - c[0]) / (c[1] - c[0]) * f64::from(task.grid.side())
        };
        let (u, v) = (part(0), part(1));
        // Beside the place: one side has it half-way, a fork in the middle of a cell.
        let beside = |x: f64| {
            let least = if (x - x.round()).abs() < 0.1 { x.round() } else { x.floor() };
            let most = if (x - x.round()).abs() < 0.1 { x.round() } else { x.ceil() };
            [least, most].map(|end| end as u32)
        };
        let ([u0, u1], [v0, v1]) = (beside(u), beside(v));
        let outcomes: Vec<String> =
            [[u0, v0], [u1, v0], [u0, v1], [u1, v1]].into_iter().filter_map(told).collect();
        border.between.iter().all(|side| outcomes.contains(side))
    };
    border.lines.iter().flatten().all(near)
}
