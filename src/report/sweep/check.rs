//! Re-verifies a sweep, as far as that can be done without solving.
//!
//! Of every place its coordinates, the leading state, its share, the class and the effective
//! poles are computed again from where it is on the lattice, exactly; and the verdict from the
//! intervals. The grid is refined again from the outcomes: the same places, cells, areas and
//! borders must come of it, and beside every border places must really differ. What the lens of
//! blocs found is enumerated again where states are few. Other intervals and prices are held to
//! what they can be, but not examined: their evidence is not kept, as it would be thousands of
//! certificates. They were certified when they were made; `solve` makes one again.

mod draws;

use crate::analysis::{LeaderChoice, Lens};
use crate::certify::{self, Claim};
use crate::contest::Contest;
use crate::error::Result;
use crate::game::{Posture, Tactics};
use crate::polarity;
use crate::report::sweep::{BorderReport, PointReport, SweepReport, SweepSettings};
use crate::report::system::read::is_exact;
use crate::report::{Keyed, Verification};
use crate::sweep::{Aspect, Outline, Place, Swept, Task, refined};
use crate::tolerance::Tolerances;
use crate::verdict::{Judgement, LensJudgement, SecurityVerdict, Verdict};

/// Examines the claims of a sweep, those of the same kind together. `thorough` also repeats
/// longer enumerations.
///
/// # Errors
/// If the report has another schema, or its settings are not those of a sweep: then there is
/// nothing to check its claims against.
pub fn check_sweep(report: &SweepReport, thorough: bool) -> Result<Verification> {
    report.check_schema()?;
    let task = report.settings.task()?;
    let mut found = Verification { undecided: report.is_undecided(), ..Verification::default() };
    found.claims.push(settings(report, &task));
    found.claims.extend(points(report, &task));
    match report.swept() {
        Err(problem) => found.exact(format!("grid: {problem}"), false),
        Ok(swept) => found.claims.extend(grid(report, &task, &swept)),
    }
    let mut open: Vec<&str> = task.lenses().iter().map(|lens| lens.name()).collect();
    open.retain(|lens| *lens != Lens::Polarity.name());
    if task.lenses().contains(&Lens::Blocs)
        && let Some(claim) = enumerated(report, &task, thorough)
    {
        found.claims.push(claim);
        open.retain(|lens| *lens != Lens::Blocs.name());
    }
    draws::draws(report, &task, TRIED[usize::from(thorough)], &mut found);
    if !open.is_empty() {
        found.skip(format!(
            "points: what was solved through {}: certified when it was made, without keeping the \
             evidence (equipoise solve makes that of a place)",
            open.join(", ")
        ));
    }
    if task.options.leader == LeaderChoice::All {
        found.skip("points: the verdict over several leading states, of which one alone is told");
    }
    found.given.push(GIVEN.into());
    Ok(found)
}

/// What a report on a sweep starts from.
const GIVEN: &str = "what was read from files, with the notes on it; the parameters and the lenses \
                     asked for; the solver and the version that swept";

/// Whether the report says of the plane what the plane has: where shares are swept its states
/// too.
fn settings(report: &SweepReport, task: &Task) -> Claim {
    let told = &report.settings;
    let made = SweepSettings::new(task);
    let tactics = told.tactics.as_ref().is_none_or(|named| {
        let posture = |name: &String| Posture::ALL.into_iter().find(|p| p.name() == name);
        let postures = named.iter().map(|name| {
            posture(name).or(Posture::OF_LEADER.into_iter().find(|p| p.name() == name))
        });
        let postures: Option<Vec<Posture>> = postures.collect();
        postures.is_some_and(|list| {
            Tactics::new(list.iter().copied()).is_some_and(|tactics| tactics.named() == list)
        })
    });
    let ordered = Lens::ALL.into_iter().filter(|lens| task.lenses().contains(lens));
    let same = ordered.eq(task.lenses().iter().copied())
        && told.coordinates == made.coordinates
        && told.grid == made.grid
        && told.lenses == made.lenses
        && told.leader == made.leader
        // Of a system from a file the shares are rounded, and would be once more.
        && (!task.plane.sweeps_shares() || told.system == made.system)
        && told.system.leader == made.system.leader
        && told.system.states.iter().all(is_exact)
        && told.system.states.iter().map(|s| &s.id).eq(made.system.states.iter().map(|s| &s.id))
        && tactics;
    Claim::exact("settings: coordinates, tolerances, grid, states and tactics", same)
}

/// The coalitions tried to examine the lens of blocs at all places, and when asked to be
/// thorough.
const TRIED: [u64; 2] = [1 << 24, 1 << 31];

/// That instability and interval of the lens of blocs at each place are those of an enumeration
/// of all partitions; `None` where that would take long.
fn enumerated(report: &SweepReport, task: &Task, thorough: bool) -> Option<Claim> {
    let mut left = TRIED[usize::from(thorough)];
    let mut worst = Worst::default();
    for point in &report.points {
        let (Some(told), Some(ends)) = (point.instability, point.control.get(Lens::Blocs)) else {
            continue;
        };
        if !is_on(task, point.at) {
            continue;
        }
        let case = task.plane.case(point.at, task.grid, &task.parameters).ok().flatten();
        let Some((system, parameters)) = case else { continue };
        let contest = Contest::new(&system, &parameters).ok()?;
        let leader = task.options.leader.of(&system)[0];
        let all = certify::partitions::blocs::enumerate(&contest, &mut left)?;
        worst.equal(told, all.instability);
        (0..2).for_each(|end| worst.equal(ends[end], all.ranges[leader][end]));
    }
    let what = "points: instability and interval of blocs, from every partition";
    Some(worst.claim(what, Tolerances::DEFAULT.certificate))
}

/// Whether a place is on the plane.
fn is_on(task: &Task, [u, v]: Place) -> bool {
    let side = task.grid.side();
    match task.plane.outline() {
        Outline::Square => u <= side && v <= side,
        Outline::Triangle => u <= side && v <= side && u + v <= side,
    }
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
    let [
        mut inside,
        mut coordinates,
        mut leaders,
        mut shares,
        mut classes,
        mut verdicts,
        mut lenses,
    ] = std::array::from_fn(|_| Worst::default());
    for point in &report.points {
        let side = task.grid.side();
        let case = match is_on(task, point.at) {
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
        coordinates.exact(point.coordinates == Keyed(expected));
        lenses.exact(is_possible(point, task.lenses()));
        coordinates.exact(point.level == task.grid.level_of(point.at));
        let leader = task.options.leader.of(&system)[0];
        leaders.exact(point.leader == system.id(leader));
        shares.equal(point.leader_share, system.shares()[leader]);
        if task.lenses().contains(&Lens::Polarity) {
            let told = point.control.get(Lens::Polarity).unwrap_or([f64::NAN; 2]);
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
        lenses.claim("points: numbers of the lenses that ran alone, within what they can be", 0.0),
        verdicts.claim("points: the verdict follows from the intervals", 0.0),
    ]
}

/// Whether a point has numbers of the lenses that ran and of no other, and they can be.
fn is_possible(point: &PointReport, lenses: &[Lens]) -> bool {
    let part = |x: &f64| (-1e-9..=1.0 + 1e-9).contains(x);
    let sound = point.control.named().all(|(lens, interval)| {
        let ran = lenses.contains(&lens);
        interval.is_none_or(|ends| ran && ends.iter().all(part) && ends[0] <= ends[1] + 1e-9)
    });
    let price = point.price_of_peace;
    sound
        && price.is_none_or(|price| (-1.0..=1.0).contains(&price))
        && price.is_some() == point.control.get(Lens::Settlement).is_some()
        && point.instability.is_none_or(|x| x >= 0.0 && x.is_finite())
        && point.instability.is_some() == point.control.get(Lens::Blocs).is_some()
        && (point.control.get(Lens::Polarity).is_some() || !lenses.contains(&Lens::Polarity))
}

/// The verdict that follows from a point's intervals.
fn verdict(point: &PointReport, task: &Task, by_share: Judgement, threshold: f64) -> Judgement {
    let of_control = task.lenses().iter().filter(|lens| lens.is_of_control());
    let judged = of_control.map(|lens| {
        let control = point.control.get(*lens);
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
