//! A film, and what is set beside it: the same luck under other rules.

use crate::error::{Error, Result};
use crate::parameters::simulation::{Alliances, Rule};
use crate::setting::Ends;
use crate::simulation::ensemble::Ensemble;
use crate::simulation::film::Film;
use crate::simulation::run::{Run, RunRow};
use crate::work::Work;

/// How far from the dominance that was chosen the film is shot again: on the one steep slope of
/// the model a single value is no answer.
const BESIDE: f64 = 0.25;

/// A rule that is changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// A parameter has another value.
    To(Rule, f64),
    /// There are other alliances.
    Alliances(Alliances),
}

impl Change {
    /// Reads `cumulativity=1` or `alliances=none`.
    ///
    /// # Errors
    /// If it has another form, names no parameter, or the value is none that it can have.
    pub fn parse(option: &'static str, text: &str) -> Result<Self> {
        let (name, value) = text.split_once('=').ok_or_else(|| {
            Error::parameter(option, "a parameter and a value, as cumulativity=1", text)
        })?;
        if name.trim() == "alliances" {
            return match Alliances::from_name(value) {
                Some(alliances) => Ok(Self::Alliances(alliances)),
                None => Err(Error::parameter("alliances", "free, none or all", value)),
            };
        }
        let rule = named(option, name, " or alliances")?;
        let found = match value.trim() {
            "inf" => Some(f64::INFINITY),
            other => other.parse().ok().filter(|value: &f64| value.is_finite()),
        };
        let found = found.ok_or_else(|| Error::parameter(rule.name(), "a number", value))?;
        rule.validate(found)?;
        Ok(Self::To(rule, found))
    }

    /// The film with this change.
    #[must_use]
    pub fn of(self, film: &Film) -> Film {
        match self {
            Self::To(rule, value) => film.at(rule, value),
            Self::Alliances(alliances) => {
                let mut film = film.clone();
                film.rules.alliances = alliances;
                film
            }
        }
    }
}

/// The rule with this name, given for `option`.
fn named(option: &'static str, name: &str, or: &str) -> Result<Rule> {
    Rule::from_name(name).ok_or_else(|| {
        let names = Rule::ALL.map(Rule::name).join(", ");
        Error::parameter(option, format!("one of {names}{or}"), name.trim())
    })
}

/// A parameter and the values that it takes along an axis, both ends among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The parameter.
    pub rule: Rule,
    /// Its values, ascending.
    pub values: Vec<f64>,
}

impl Axis {
    /// The most values of an axis.
    pub const MAX_STEPS: u32 = 101;

    /// Reads `cumulativity=0..1`, given for `option`, of so many values.
    ///
    /// # Errors
    /// If it has another form, names no parameter, does not go from low to high, or an end is no
    /// value of the parameter; if there are fewer than 2 or more than 101 steps.
    pub fn parse(option: &'static str, text: &str, steps: u32) -> Result<Self> {
        let wrong = || {
            let expected = "a parameter from low to high, as cumulativity=0..1";
            Error::parameter(option, expected, text)
        };
        if !(2..=Self::MAX_STEPS).contains(&steps) {
            let expected = format!("2 to {} values of an axis", Self::MAX_STEPS);
            return Err(Error::parameter("steps", expected, steps));
        }
        let (name, values) = text.split_once('=').ok_or_else(wrong)?;
        let rule = named(option, name, "")?;
        let ends = Ends::parse(values).ok_or_else(wrong)?;
        ends.floats().into_iter().try_for_each(|end| rule.validate(end))?;
        Ok(Self { rule, values: (0..steps).map(|k| ends.at(k, steps - 1)).collect() })
    }
}

/// Two axes; one of them may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// Across.
    pub x: Axis,
    /// Upwards.
    pub y: Option<Axis>,
}

impl Plane {
    /// The places, row by row from below.
    pub fn places(&self) -> Vec<(f64, Option<f64>)> {
        let rows: Vec<Option<f64>> = match &self.y {
            None => vec![None],
            Some(y) => y.values.iter().copied().map(Some).collect(),
        };
        rows.iter().flat_map(|&y| self.x.values.iter().map(move |&x| (x, y))).collect()
    }

    /// The film at a place.
    pub fn film(&self, film: &Film, (x, y): (f64, Option<f64>)) -> Film {
        let film = film.at(self.x.rule, x);
        match (&self.y, y) {
            (Some(axis), Some(y)) => film.at(axis.rule, y),
            _ => film,
        }
    }
}

/// A film and what is to be set beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The film.
    pub film: Film,
    /// What is changed in a film to compare it with; nothing if that is empty.
    pub compare: Vec<Change>,
    /// Where else it is shot.
    pub plane: Option<Plane>,
}

/// The film at another dominance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// The dominance.
    pub dominance: f64,
    /// The runs with a hegemon.
    pub hegemonic: u32,
}

/// What two films with the same luck have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The runs of the other film with a hegemon.
    pub hegemonic: u32,
    /// The runs with a hegemon in the other film alone.
    pub gained: u32,
    /// The runs with a hegemon in the first film alone.
    pub lost: u32,
}

/// A place of the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its value across.
    pub x: f64,
    /// Its value upwards.
    pub y: Option<f64>,
    /// The runs with a hegemon.
    pub hegemonic: u32,
    /// The runs with a state above the threshold at the end.
    pub above_at_end: u32,
}

/// What came of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The runs.
    pub ensemble: Ensemble,
    /// The film at other values of dominance, where that has one value.
    pub neighbours: Vec<Neighbour>,
    /// The comparison.
    pub compared: Option<Compared>,
    /// The places.
    pub cells: Vec<Cell>,
    /// What there was no time for.
    pub missing: Vec<String>,
}

impl Study {
    /// Checks all films of it.
    ///
    /// # Errors
    /// As [`Film::validate`]; also if both axes have one parameter.
    pub fn validate(&self) -> Result<()> {
        self.film.validate()?;
        self.changed().validate()?;
        let Some(plane) = &self.plane else { return Ok(()) };
        if plane.y.as_ref().is_some_and(|y| y.rule == plane.x.rule) {
            let expected = "another parameter than that of --x";
            return Err(Error::parameter("y", expected, plane.x.rule.name()));
        }
        plane.places().into_iter().try_for_each(|at| plane.film(&self.film, at).validate())
    }

    /// The film to compare with.
    fn changed(&self) -> Film {
        self.compare.iter().fold(self.film.clone(), |film, change| change.of(&film))
    }

    /// The values of dominance beside the one that was chosen; none where there is a range, or
    /// where nobody has a partner, so that it does not matter.
    pub fn beside(&self) -> Vec<f64> {
        let film = &self.film;
        let ranged = film.doubts.iter().any(|doubt| doubt.parameter == Rule::Dominance);
        let drawn = film.draws.iter().any(|draws| draws.rules.contains(&Rule::Dominance));
        if ranged || drawn || film.rules.alliances == Alliances::None {
            return Vec::new();
        }
        let chosen = film.rules.dominance;
        let beside = [chosen - BESIDE, chosen + BESIDE];
        beside.into_iter().filter(|&s| Rule::Dominance.validate(s).is_ok()).collect()
    }

    /// Shoots all of it. What is not done when the time is up is left out and named. O(films ·
    /// [`Film::shoot`]).
    ///
    /// # Errors
    /// As [`Study::validate`].
    pub fn shoot(&self, work: &Work) -> Result<Found> {
        self.validate()?;
        let ensemble = self.film.shoot(work)?;
        self.around(ensemble, |film| film.rows(work))
    }

    /// All films of it, in the order in which they are shot.
    pub fn films(&self) -> Vec<Film> {
        let mut films = vec![self.film.clone()];
        films.extend(self.beside().into_iter().map(|s| self.film.at(Rule::Dominance, s)));
        films.extend((!self.compare.is_empty()).then(|| self.changed()));
        if let Some(plane) = &self.plane {
            films.extend(plane.places().into_iter().map(|at| plane.film(&self.film, at)));
        }
        films
    }

    /// What comes of runs that were made elsewhere: all runs of the film, and how those of each of
    /// the other [films](Study::films) ended.
    ///
    /// # Errors
    /// As [`Study::validate`].
    pub fn assembled(&self, runs: Vec<Run>, others: Vec<Vec<RunRow>>) -> Result<Found> {
        self.validate()?;
        let mut others = others.into_iter();
        self.around(self.film.assembled(runs)?, |_| Ok(others.next().unwrap_or_default()))
    }

    /// The study around a film that was shot; `rows` has the runs of the others.
    fn around(
        &self,
        ensemble: Ensemble,
        mut rows: impl FnMut(&Film) -> Result<Vec<RunRow>>,
    ) -> Result<Found> {
        let mut found = Found {
            ensemble,
            neighbours: Vec::new(),
            compared: None,
            cells: Vec::new(),
            missing: Vec::new(),
        };
        for dominance in self.beside() {
            let what = || format!("the probability at a dominance of {dominance}");
            let film = self.film.at(Rule::Dominance, dominance);
            if let Some(rows) = whole(&film, &mut rows, &mut found, what)? {
                found.neighbours.push(Neighbour { dominance, hegemonic: hegemonic(&rows) });
            }
        }
        if !self.compare.is_empty()
            && let Some(rows) =
                whole(&self.changed(), &mut rows, &mut found, || "the comparison".into())?
        {
            found.compared = Some(compared(&found.ensemble.rows, &rows));
        }
        if let Some(plane) = &self.plane {
            for at in plane.places() {
                let what = || "the rest of the grid".into();
                let film = plane.film(&self.film, at);
                let Some(rows) = whole(&film, &mut rows, &mut found, what)? else { break };
                found.cells.push(Cell {
                    x: at.0,
                    y: at.1,
                    hegemonic: hegemonic(&rows),
                    above_at_end: count(&rows, |row| row.above_at_end),
                });
            }
        }
        Ok(found)
    }
}

/// All runs of a film, or a note that there was no time for them.
fn whole(
    film: &Film,
    mut rows: impl FnMut(&Film) -> Result<Vec<RunRow>>,
    found: &mut Found,
    what: impl Fn() -> String,
) -> Result<Option<Vec<RunRow>>> {
    let enough = found.ensemble.rows.len() == film.runs as usize;
    let rows = if enough { rows(film)? } else { Vec::new() };
    if rows.len() == film.runs as usize {
        return Ok(Some(rows));
    }
    found.missing.push(what());
    Ok(None)
}

fn count(rows: &[RunRow], holds: impl Fn(&RunRow) -> bool) -> u32 {
    rows.iter().filter(|row| holds(row)).count() as u32
}

fn hegemonic(rows: &[RunRow]) -> u32 {
    count(rows, |row| row.hegemon.is_some())
}

fn compared(rows: &[RunRow], others: &[RunRow]) -> Compared {
    let pairs = || rows.iter().zip(others).map(|(a, b)| (a.hegemon.is_some(), b.hegemon.is_some()));
    Compared {
        hegemonic: hegemonic(others),
        gained: pairs().filter(|&(a, b)| !a && b).count() as u32,
        lost: pairs().filter(|&(a, b)| a && !b).count() as u32,
    }
}
