//! From a sweep's report back to what it was made from.

use crate::analysis::{LeaderChoice, Lens, Options};
use crate::error::{Error, Place as FilePlace, Result};
use crate::report::sweep::{PointReport, SWEEP_SCHEMA, SweepReport, SweepSettings};
use crate::report::system::read::{Read, system};
use crate::setting::Span;
use crate::sweep::{Cell, Drawn, Grid, Outcome, Plane, SecurityOutcome, Shape, Swept, Task};
use crate::threat::TargetChoice;

/// An error at a key of the report.
fn wrong(key: &str, problem: impl Into<String>) -> Error {
    let place = FilePlace { column: Some(key.into()), ..FilePlace::file("sweep") };
    Error::input(place, problem, "check a report that `equipoise sweep --format json` wrote")
}

impl SweepSettings {
    /// The task that these settings are of. The tactics are not read back: nothing that can be
    /// checked without solving depends on them.
    ///
    /// # Errors
    /// If they are not those of a plane.
    pub fn task(&self) -> Result<Task> {
        let grid = Grid { resolution: self.grid.resolution, levels: self.grid.refine };
        grid.validate()?;
        self.parameters.validate()?;
        let plane = self.plane()?;
        let leader = match self.leader.as_str() {
            "strongest" => LeaderChoice::Strongest,
            "all" => LeaderChoice::All,
            id => LeaderChoice::State(plane.states().index_of(id)?),
        };
        let target = match self.target.as_str() {
            "threat" => TargetChoice::Threat,
            "leader" => TargetChoice::Leader,
            id => TargetChoice::State(plane.states().index_of(id)?),
        };
        let lenses: Option<Vec<Lens>> = self.lenses.iter().map(|name| Lens::named(name)).collect();
        let lenses = lenses.ok_or_else(|| wrong("lenses", "expected names of lenses"))?;
        Ok(Task {
            plane,
            parameters: self.parameters.clone(),
            grid,
            aspects: self.grid.by.clone(),
            options: Options { lenses: Some(lenses), leader, target, ..Options::default() },
            draws: self.draws.clone().map(|sampling| Drawn { parameters: Vec::new(), sampling }),
        })
    }

    fn plane(&self) -> Result<Plane> {
        match self.plane.as_str() {
            "triangle" => Plane::triangle(),
            "leader" => Plane::leader(self.system.states.len()),
            "parameters" => {
                let [x, y] = self.coordinates.as_slice() else {
                    return Err(wrong("coordinates", "expected two parameters"));
                };
                let span = |c: &super::CoordinateReport| {
                    Span::parse("coordinates", &format!("{}={}..{}", c.name, c.from, c.to))
                };
                Plane::settings(system(&self.system)?, span(x)?, span(y)?, &self.parameters)
            }
            other => Err(wrong("plane", format!("expected a kind of plane, found \"{other}\""))),
        }
    }
}

impl SweepReport {
    /// Refuses a report of another schema.
    pub(super) fn check_schema(&self) -> Result<()> {
        if self.schema == SWEEP_SCHEMA {
            return Ok(());
        }
        let place = FilePlace { column: Some("schema".into()), ..FilePlace::file("sweep") };
        Err(Error::input(
            place,
            format!("expected \"{SWEEP_SCHEMA}\", found \"{}\"", self.schema),
            "check it with the version of equipoise that wrote it",
        ))
    }

    /// The grid.
    pub(super) fn grid(&self) -> Grid {
        Grid { resolution: self.settings.grid.resolution, levels: self.settings.grid.refine }
    }

    /// The places and cells, or what is wrong with them.
    pub(super) fn swept(&self) -> Read<Swept> {
        let grid = self.grid();
        grid.validate().map_err(|error| error.to_string())?;
        let ids: Vec<&str> = self.settings.system.states.iter().map(|s| s.id.as_str()).collect();
        let square = self.settings.plane != "triangle";
        let mut swept = Swept { points: Default::default(), cells: Vec::new() };
        for point in &self.points {
            let [u, v] = point.at;
            let beyond = if square { u.max(v) } else { u.saturating_add(v) };
            if beyond > grid.side() {
                return Err(format!("[{u}, {v}] is beyond the lattice"));
            }
            if swept.points.insert(point.at, outcome(point, &ids)?).is_some() {
                return Err(format!("[{u}, {v}] is there twice"));
            }
        }
        for &[u, v, level, down] in &self.cells {
            let shape = match (square, down) {
                (true, 0) => Shape::Square,
                (false, 0) => Shape::Up,
                (false, 1) => Shape::Down,
                _ => return Err(format!("[{u}, {v}, {level}, {down}] is no cell")),
            };
            let fits = level <= grid.levels && {
                let last = grid.side() - grid.width(level);
                u <= last && v <= last
            };
            if !fits {
                return Err(format!("[{u}, {v}, {level}, {down}] is no cell of the grid"));
            }
            swept.cells.push(Cell { at: [u, v], level, shape });
        }
        Ok(swept)
    }
}

fn outcome(point: &PointReport, ids: &[&str]) -> Read<Outcome> {
    let leader = ids.iter().position(|id| *id == point.leader);
    Ok(Outcome {
        leader: leader.ok_or_else(|| format!("{} is no state of the system", point.leader))?,
        leader_share: point.leader_share,
        class: point.class,
        effective_poles: point.effective_poles,
        price_of_peace: point.price_of_peace,
        instability: point.instability,
        control: point.control.0,
        security: match &point.security {
            None => None,
            Some(found) => Some(SecurityOutcome {
                target: ids
                    .iter()
                    .position(|id| *id == found.feared)
                    .ok_or_else(|| format!("{} is no state of the system", found.feared))?,
                verdict: found.verdict,
                prevails: found.prevails,
                stopping: found.stopping_odds,
                balancing: found.balancing_odds,
            }),
        },
        verdict: point.verdict,
        draws: match &point.draws {
            None => None,
            Some(_) => {
                let counts: Option<Vec<u32>> = (0..4).map(|k| point.drawn(k)).collect();
                let counts = counts.and_then(|counts| counts.try_into().ok());
                Some(counts.ok_or("expected a count of draws for each verdict")?)
            }
        },
    })
}
