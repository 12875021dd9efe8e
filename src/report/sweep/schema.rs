//! The structure of a sweep's report.

use serde::{Deserialize, Serialize};

use crate::analysis::LeaderChoice;
pub use crate::analysis::VERDICTS;
use crate::game::Chains;
use crate::parameters::Parameters;
use crate::parameters::sampling::Sampling;
use crate::polarity::PolarityClass;
use crate::report::Provenance;
use crate::report::system::system_report;
use crate::report::{Keyed, LensRow, SystemReport};
use crate::sweep::{Aspect, Coordinate, Outcome, Place, SIXTHS, Shape, Sixths, Swept, Task};
use crate::threat::TargetChoice;
use crate::verdict::{Judgement, SecurityVerdict};

/// The schema's name.
pub const SWEEP_SCHEMA: &str = "equipoise/sweep/1";

/// A plane that was swept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepReport {
    /// [`SWEEP_SCHEMA`].
    pub schema: String,
    /// What was swept, and how.
    #[serde(flatten)]
    pub settings: SweepSettings,
    /// The places that were solved, by `u`, then `v`.
    pub points: Vec<PointReport>,
    /// The cells that cover the plane: `u` and `v` of the lower left corner, level, and 0 for a
    /// square or a triangle that points up, 1 for one that points down.
    pub cells: Vec<[u32; 4]>,
    /// Cells of which a corner is outside of the model, in smallest cells. No area counts them.
    pub rim: u64,
    /// How much of the plane within the rim each outcome has.
    pub areas: Vec<AreaReport>,
    /// The borders between outcomes.
    pub borders: Vec<BorderReport>,
    /// What is to be noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What it was made from, where a command made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// What is swept, and how: all that the outcome of every place depends on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepSettings {
    /// `parameters`, `triangle` or `leader`.
    pub plane: String,
    /// Its coordinates: two, or the three shares of the triangle.
    pub coordinates: Vec<CoordinateReport>,
    /// How fine.
    pub grid: GridReport,
    /// The system; where shares are swept its states, with equal shares.
    pub system: SystemReport,
    /// The parameters of the model; those that are swept as they are elsewhere.
    pub parameters: Parameters,
    /// The lenses.
    pub lenses: Vec<String>,
    /// The leading state: `strongest`, `all`, or the one that was chosen.
    pub leader: String,
    /// Whom the others face in the lens security: `threat`, `leader`, or the one that was chosen.
    #[serde(default = "by_threat", skip_serializing_if = "is_by_threat")]
    pub target: String,
    /// The tactics of the lens alignment, where they were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tactics: Option<Vec<String>>,
    /// Whether commitments bind tightly.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tight_chains: bool,
    /// What draws of estimated parameters follow from, where each place has a verdict over such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Sampling>,
    /// The solver of linear programmes.
    pub lp: String,
    /// The version of equipoise that swept it.
    pub version: String,
}

fn by_threat() -> String {
    "threat".into()
}

fn is_by_threat(target: &str) -> bool {
    target == "threat"
}

/// A coordinate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoordinateReport {
    /// Its name.
    pub name: String,
    /// Its least value.
    pub from: f64,
    /// Its greatest value.
    pub to: f64,
    /// The side of the smallest cell in its unit: borders are known to within that.
    pub tolerance: f64,
}

/// The grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GridReport {
    /// Coarse cells a side.
    pub resolution: u32,
    /// How many times a cell can be halved.
    pub refine: u32,
    /// Smallest cells a side.
    pub side: u32,
    /// Where outcomes differ in one of these, cells were halved.
    pub by: Vec<Aspect>,
}

/// A place that was solved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PointReport {
    /// Where on the lattice: from 0 to [`GridReport::side`].
    pub at: Place,
    /// The same in the units of the coordinates.
    pub coordinates: Keyed<f64>,
    /// The leading state: the strongest, the first of several, unless another was chosen.
    pub leader: String,
    /// Its share of power.
    pub leader_share: f64,
    /// The class of polarity.
    pub class: PolarityClass,
    /// The effective number of poles.
    pub effective_poles: f64,
    /// The least-core value of the settlement game.
    pub price_of_peace: Option<f64>,
    /// The least instability of any partition into blocs.
    pub instability: Option<f64>,
    /// The leading state's control by lens.
    pub control: LensRow,
    /// What the lens security says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<SecurityPoint>,
    /// The verdict.
    pub verdict: Judgement,
    /// How many draws of estimated parameters have each verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<Keyed<u32>>,
    /// The level of the grid that the place belongs to.
    pub level: u32,
}

/// What the lens security says at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecurityPoint {
    /// The state that the others face.
    pub feared: String,
    /// The lens's verdict.
    pub verdict: SecurityVerdict,
    /// The range of the probability that its side prevails.
    pub prevails: [f64; 2],
    /// The probability that it does not, where best replies end.
    pub stopping_odds: [f64; 2],
    /// The probability that they end where it is held.
    pub balancing_odds: f64,
}

/// How much of the plane has an outcome, as a part of what is within the rim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaReport {
    /// The aspect of outcomes.
    pub of: Aspect,
    /// The outcome.
    pub outcome: String,
    /// The part of cells that have it at all corners.
    pub least: f64,
    /// The part of cells that have it at some corner.
    pub most: f64,
    /// The same, in smallest cells.
    pub cells: [u64; 2],
}

/// The border between two outcomes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BorderReport {
    /// The aspect of outcomes.
    pub of: Aspect,
    /// The outcomes on its sides.
    pub between: [String; 2],
    /// Its lines, place by place in the units of the coordinates. At each place the border
    /// crosses between the two neighbouring places beside it, half a smallest cell away, or
    /// forks within a smallest cell. A closed line ends where it begins.
    pub lines: Vec<Vec<Vec<f64>>>,
}

impl SweepReport {
    /// The report on a plane that was swept.
    pub fn new(task: &Task, swept: &Swept, notes: &[String]) -> Self {
        let rim = swept.rim(task.grid);
        let inside = task.grid.whole() - rim;
        let mut areas = Vec::new();
        let mut borders = Vec::new();
        for &aspect in &task.aspects {
            let name = |value: u16| told(task, aspect, value);
            areas.extend(swept.areas(task.grid, aspect).into_iter().map(|area| AreaReport {
                of: aspect,
                outcome: name(area.value),
                least: area.least as f64 / inside as f64,
                most: area.most as f64 / inside as f64,
                cells: [area.least, area.most],
            }));
            borders.extend(swept.borders(task.grid, aspect).into_iter().map(|border| {
                BorderReport {
                    of: aspect,
                    between: border.between.map(name),
                    lines: border.lines.iter().map(|line| in_units(task, line)).collect(),
                }
            }));
        }
        let down = |shape| u32::from(shape == Shape::Down);
        let cell =
            |cell: &crate::sweep::Cell| [cell.at[0], cell.at[1], cell.level, down(cell.shape)];
        let coordinates = task.plane.coordinates();
        let points = swept.points.iter();
        Self {
            schema: SWEEP_SCHEMA.into(),
            settings: SweepSettings::new(task),
            points: points.map(|(at, outcome)| point(task, &coordinates, *at, outcome)).collect(),
            cells: swept.cells.iter().map(cell).collect(),
            rim,
            areas,
            borders,
            notes: notes.to_vec(),
            provenance: None,
        }
    }

    /// Whether the verdict or a lens is undecided at some place.
    pub fn is_undecided(&self) -> bool {
        self.points.iter().any(|point| point.verdict == Judgement::Undecided)
            || !self.undecided().is_empty()
    }

    /// The lenses that are undecided at some places: at how many, and the first of them.
    pub fn undecided(&self) -> Vec<(&str, usize, &PointReport)> {
        let of = |lens: &'_ str, point: &&PointReport| {
            let mut named = point.control.named();
            named.any(|(known, control)| known.name() == lens && control.is_none())
        };
        let lenses = self.settings.lenses.iter().map(String::as_str);
        let open = lenses.filter_map(|lens| {
            let mut points = self.points.iter().filter(|point| of(lens, point));
            let first = points.next()?;
            Some((lens, 1 + points.count(), first))
        });
        open.collect()
    }

    /// The report as JSON, in one line: there may be some hundred thousand points.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

impl SweepSettings {
    /// The settings of a [checked](Task::checked) task.
    pub fn new(task: &Task) -> Self {
        let Task { plane, parameters, grid, aspects, options, draws } = task;
        let system = plane.states();
        let side = f64::from(grid.side());
        let coordinate = |Coordinate { name, ends: [from, to] }| CoordinateReport {
            name,
            from,
            to,
            tolerance: (to - from) / side,
        };
        let tactics = options.alignment.tactics.map(|tactics| tactics.named());
        let names = |postures: Vec<crate::game::Posture>| {
            postures.into_iter().map(|posture| posture.name().to_owned()).collect()
        };
        Self {
            plane: plane.name().into(),
            coordinates: plane.coordinates().into_iter().map(coordinate).collect(),
            grid: GridReport {
                resolution: grid.resolution,
                refine: grid.levels,
                side: grid.side(),
                by: aspects.clone(),
            },
            system: system_report(system, system.id(system.leader()).to_owned(), true),
            parameters: parameters.clone(),
            lenses: task.lenses().iter().map(|lens| lens.name().to_owned()).collect(),
            leader: match options.leader {
                LeaderChoice::Strongest => "strongest".into(),
                LeaderChoice::All => "all".into(),
                LeaderChoice::State(state) => system.id(state).into(),
            },
            target: match options.target {
                TargetChoice::Threat => by_threat(),
                TargetChoice::Leader => "leader".into(),
                TargetChoice::State(state) => system.id(state).into(),
            },
            tactics: tactics.map(names),
            tight_chains: options.alignment.chains == Chains::Tight,
            draws: draws.as_ref().map(|drawn| drawn.sampling.clone()),
            lp: options.backend.name().into(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }

    /// The settings in one line of JSON.
    pub fn line(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The name of a value of an aspect.
fn told(task: &Task, aspect: Aspect, value: u16) -> String {
    aspect.told(value, |state| task.plane.states().id(state).to_owned())
}

/// A line in the units of the coordinates.
fn in_units(task: &Task, line: &[Sixths]) -> Vec<Vec<f64>> {
    line.iter().map(|&at| task.plane.at(at, task.grid.side() * SIXTHS)).collect()
}

fn point(task: &Task, names: &[Coordinate], at: Place, outcome: &Outcome) -> PointReport {
    let values = task.plane.at(at, task.grid.side());
    let names = names.iter().map(|coordinate| coordinate.name.clone());
    PointReport {
        at,
        coordinates: Keyed(names.zip(values).collect()),
        leader: task.plane.states().id(outcome.leader).to_owned(),
        leader_share: outcome.leader_share,
        class: outcome.class,
        effective_poles: outcome.effective_poles,
        price_of_peace: outcome.price_of_peace,
        instability: outcome.instability,
        control: LensRow(outcome.control),
        security: outcome.security.map(|found| SecurityPoint {
            feared: task.plane.states().id(found.target).to_owned(),
            verdict: found.verdict,
            prevails: found.prevails,
            stopping_odds: found.stopping,
            balancing_odds: found.balancing,
        }),
        verdict: outcome.verdict,
        draws: outcome.draws.map(|counts| {
            let named = VERDICTS.iter().zip(counts);
            Keyed(named.map(|(verdict, count)| (verdict.name().to_owned(), count)).collect())
        }),
        level: task.grid.level_of(at),
    }
}
