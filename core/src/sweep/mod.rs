//! Phase diagrams: where the verdict turns, over a plane of parameters or of distributions.
//!
//! **Definition.** A [`Plane`] has a system and parameters at each place. A sweep solves places
//! of a lattice until every border between different outcomes that it saw is known to within the
//! side of the smallest cell.
//!
//! **Method.** An adaptive grid (`refine`): cells are halved where their corners differ. Places are
//! solved on all threads, each once; neither their number nor their order depends on threads.
//! What is solved is handed to a [`Store`] in batches, which a [`Journal`] keeps in a file, so
//! that a sweep that was stopped goes on where it was.
//!
//! **Cost.** That of [`analyse`] for each place; along a border some two or three places for each
//! smallest cell.
//!
//! **Limits.** What lies between the corners of coarse cells, an island or a tongue narrower
//! than one, can be missed. Borders of aspects that were not asked for are as coarse as the cells
//! they happen to cross.

mod borders;
mod journal;
mod lattice;
mod outcome;
mod pieces;
mod plane;
mod refine;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::time::{Duration, Instant};

use crate::analysis::{Lens, Options, analyse, draws};
use crate::error::{Error, ErrorKind, Result};
use crate::parameters::Parameters;
use crate::parameters::sampling::Sampling;
use crate::work::{Work, parallel};

pub use borders::{Area, Border};
pub use journal::Journal;
pub use lattice::{Cell, Corners, Grid, Outline, Place, Shape};
pub use outcome::{Aspect, Outcome, SecurityOutcome};
pub use pieces::{Piece, SIXTHS, Segment, Sixths};
pub use plane::{Coordinate, Plane};

/// What is to be swept, and how.
#[derive(Debug, Clone)]
pub struct Task {
    /// The plane.
    pub plane: Plane,
    /// The parameters of the model; those that are swept take the place's values.
    pub parameters: Parameters,
    /// How fine.
    pub grid: Grid,
    /// Where outcomes differ in one of these, cells are halved.
    pub aspects: Vec<Aspect>,
    /// Lenses, leading state and tactics. Lists of partitions and of equilibria are not kept.
    pub options: Options,
    /// Draws of estimated parameters, over which each place has a verdict too.
    pub draws: Option<Drawn>,
}

/// Draws of estimated parameters.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The parameters of each draw; those that are swept take the place's values.
    pub parameters: Vec<Parameters>,
    /// What they follow from.
    pub sampling: Sampling,
}

/// A plane that was swept.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// The outcome at every place of the lattice that was solved, by place.
    pub points: BTreeMap<Place, Outcome>,
    /// The cells that cover the plane, in order: none but the smallest is divided.
    pub cells: Vec<Cell>,
}

/// What came of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub enum Sweep {
    /// The plane was swept.
    Done(Swept),
    /// The time was up. What was solved is in the store.
    Stopped,
}

/// Keeps what is solved, to go on from there.
pub trait Store {
    /// The outcome at a place, if it is known already.
    fn known(&self, place: Place) -> Option<Outcome>;
    /// Keeps what was just solved.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn keep(&mut self, solved: &[(Place, Outcome)]) -> Result<()>;
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;

impl Store for NoStore {
    fn known(&self, _: Place) -> Option<Outcome> {
        None
    }

    fn keep(&mut self, _: &[(Place, Outcome)]) -> Result<()> {
        Ok(())
    }
}

/// Keeps what is solved in memory, beside what was known before.
impl Store for HashMap<Place, Outcome> {
    fn known(&self, place: Place) -> Option<Outcome> {
        self.get(&place).copied()
    }

    fn keep(&mut self, solved: &[(Place, Outcome)]) -> Result<()> {
        self.extend(solved.iter().copied());
        Ok(())
    }
}

/// Batches are so large that each takes some half a second, for a journal to be written.
const BATCH: Duration = Duration::from_millis(500);
/// The sizes of the first batch and of the largest.
const SIZES: [usize; 2] = [32, 1 << 13];

impl Task {
    /// Checks what can be checked before anything is solved, and fixes the lenses: those asked
    /// for, or all that take so many states, whatever the time.
    ///
    /// # Errors
    /// If a parameter is out of range, or the grid or an aspect cannot be.
    pub fn checked(mut self) -> Result<Self> {
        self.parameters.validate()?;
        self.grid.validate()?;
        let lenses = self.options.lenses_of(self.plane.states());
        self.aspects = Aspect::checked(&self.aspects, &lenses, self.draws.is_some())?;
        self.check_draws(&lenses)?;
        self.options.lenses = Some(lenses);
        self.options.blocs.max_partitions = 1;
        self.options.alignment.max_equilibria = 1;
        self.options.alignment.selection = None;
        Ok(self)
    }

    /// Refuses draws that say nothing: of what is swept itself, or without a lens of control.
    fn check_draws(&self, lenses: &[Lens]) -> Result<()> {
        let Some(Drawn { sampling, .. }) = &self.draws else { return Ok(()) };
        if !lenses.iter().any(|lens| Lens::OF_CONTROL.contains(lens)) {
            let expected = "a lens of control among --lens, for a verdict over draws";
            return Err(Error::parameter("draws", expected, "none"));
        }
        let swept = self.plane.coordinates();
        let swept = |name: &str| swept.iter().any(|c| c.name.replace('_', "-") == name);
        match sampling.drawn().find(|term| swept(&term.term)) {
            Some(term) => {
                let expected = "parameters that are not swept, or an estimate of others";
                let found = format!("{}, which is swept and drawn", term.term);
                Err(Error::parameter("draws", expected, found))
            }
            None => Ok(()),
        }
    }

    /// The lenses that run, in their order. Of a task that was checked those are all.
    pub fn lenses(&self) -> &[Lens] {
        self.options.lenses.as_deref().unwrap_or(&Lens::ALL)
    }

    /// The outcome at a place; `None` outside of the model. It is certified, as all that
    /// [`analyse`] finds.
    ///
    /// # Errors
    /// As [`analyse`], with the place.
    pub fn solve(&self, place: Place, work: &Work) -> Result<Option<Outcome>> {
        let named = |source| {
            let case = self.plane.words(place, self.grid.side());
            Error::from(ErrorKind::Case { case, source })
        };
        let case = self.plane.case(place, self.grid, &self.parameters).map_err(named)?;
        let Some((system, parameters)) = case else { return Ok(None) };
        let analysis = analyse(system, parameters, &self.options, work).map_err(named)?;
        let mut outcome = Outcome::of(&analysis);
        if let Some(Drawn { parameters, .. }) = &self.draws {
            let at = |parameters| Ok(self.plane.case(place, self.grid, parameters)?.map(|c| c.1));
            let drawn: Result<Vec<Option<Parameters>>> = parameters.iter().map(at).collect();
            let drawn: Vec<Parameters> = drawn.map_err(named)?.into_iter().flatten().collect();
            let found = draws(&analysis, &drawn, &self.options, work).map_err(named)?;
            outcome.draws = found.map(|found| found.verdicts.map(|(_, count)| count));
        }
        Ok(Some(outcome))
    }
}

/// Sweeps the plane of a [checked](Task::checked) task.
///
/// ```
/// use equipoise::analysis::{Lens, Options};
/// use equipoise::parameters::Parameters;
/// use equipoise::sweep::{Aspect, Grid, NoStore, Plane, Sweep, Task, sweep};
/// use equipoise::work::Work;
///
/// let task = Task {
///     plane: Plane::triangle()?,
///     parameters: Parameters::default(),
///     grid: Grid { resolution: 8, levels: 2 },
///     aspects: vec![Aspect::Verdict],
///     options: Options { lenses: Some(vec![Lens::Polarity]), ..Options::default() },
///     draws: None,
/// };
/// let Sweep::Done(swept) = sweep(&task.checked()?, &mut NoStore, &Work::default())? else {
///     unreachable!("there is no time limit");
/// };
/// // A state dominates, by power alone, with more than half of it.
/// assert_eq!(swept.points[&[17, 8]].verdict.name(), "hegemonic");
/// assert_eq!(swept.points[&[16, 8]].verdict.name(), "balanced");
/// # Ok::<(), equipoise::error::Error>(())
/// ```
///
/// # Errors
/// As [`analyse`], with the place, the first in their order; and if `store` cannot keep what was
/// solved.
pub fn sweep(task: &Task, store: &mut dyn Store, work: &Work) -> Result<Sweep> {
    sweep_cells(task, task.grid.coarse(task.plane.outline()), store, work)
}

/// How many coarse cells the plane of a task has.
pub fn coarse_cells(task: &Task) -> usize {
    task.grid.coarse(task.plane.outline()).len()
}

/// Sweeps some of the coarse cells, by their numbers, as if there were no others. Nearly all places
/// that a [`sweep`] of the plane solves are among those of its pieces; places on the border between
/// two pieces are solved in both, and some beside it, which a neighbour's border would ask for, in
/// neither.
///
/// # Errors
/// As [`sweep`].
pub fn sweep_piece(
    task: &Task,
    cells: Range<usize>,
    store: &mut dyn Store,
    work: &Work,
) -> Result<Sweep> {
    let coarse = task.grid.coarse(task.plane.outline());
    let chosen = coarse.get(cells).map(<[Cell]>::to_vec).unwrap_or_default();
    sweep_cells(task, chosen, store, work)
}

/// Which of the places of a piece are its own: a place on the border between pieces is that of the
/// piece with the first coarse cell that has it, so that no two pieces have one in common.
/// O(cells of the plane) once, O(1) a place.
pub fn own_places(task: &Task, cells: Range<usize>) -> impl Fn(Place) -> bool {
    let (grid, coarse) = (task.grid, task.grid.coarse(task.plane.outline()));
    let width = grid.width(0);
    let numbers: HashMap<Cell, usize> = coarse.into_iter().zip(0..).collect();
    move |place: Place| {
        let [us, vs] = place.map(|c| {
            let last = c / width * width;
            [Some(last), c.is_multiple_of(width).then(|| last.checked_sub(width)).flatten()]
        });
        let squares =
            us.into_iter().flatten().flat_map(|u| vs.into_iter().flatten().map(move |v| [u, v]));
        let around = squares.flat_map(|at| {
            [Shape::Square, Shape::Up, Shape::Down].map(|shape| Cell { at, level: 0, shape })
        });
        let having =
            around.filter(|cell| cell.has(place, grid)).filter_map(|cell| numbers.get(&cell));
        having.min().is_some_and(|first| cells.contains(first))
    }
}

fn sweep_cells(
    task: &Task,
    coarse: Vec<Cell>,
    store: &mut dyn Store,
    work: &Work,
) -> Result<Sweep> {
    let mut points = BTreeMap::new();
    let mut size = SIZES[0];
    let cells = refine::refine(task.grid, coarse, |places| {
        work.begin("places", places.len() as u64);
        let solved = solve_all(task, places, &mut size, store, work);
        work.end();
        let Some(outcomes) = solved? else { return Ok(None) };
        let keys = outcomes
            .iter()
            .map(|outcome| outcome.as_ref().map(|outcome| Aspect::key(&task.aspects, outcome)));
        let keys = keys.collect();
        let inside = places.iter().zip(outcomes);
        points.extend(inside.filter_map(|(place, outcome)| Some((*place, outcome?))));
        Ok(Some(keys))
    })?;
    Ok(match cells {
        Some(cells) => Sweep::Done(Swept { points, cells }),
        None => Sweep::Stopped,
    })
}

/// The plane as it is refined with outcomes that are known, without solving anything; `None` if
/// that asks for a place within the model whose outcome is not known. O(cells).
///
/// # Errors
/// None that a checked task can have.
pub fn refined(task: &Task, known: &Swept) -> Result<Option<Swept>> {
    let mut points = BTreeMap::new();
    let cells = refine::refine(task.grid, task.grid.coarse(task.plane.outline()), |places| {
        let mut keys = Vec::with_capacity(places.len());
        for &place in places {
            let outcome = known.points.get(&place);
            if outcome.is_none() && task.plane.case(place, task.grid, &task.parameters)?.is_some() {
                return Ok(None);
            }
            keys.push(outcome.map(|outcome| Aspect::key(&task.aspects, outcome)));
            points.extend(outcome.map(|outcome| (place, *outcome)));
        }
        Ok(Some(keys))
    })?;
    Ok(cells.map(|cells| Swept { points, cells }))
}

/// The outcomes at places, in their order, batch by batch; `None` if the time was up.
fn solve_all(
    task: &Task,
    places: &[Place],
    size: &mut usize,
    store: &mut dyn Store,
    work: &Work,
) -> Result<Option<Vec<Option<Outcome>>>> {
    let quiet = work.unobserved();
    // An outcome with a leader that the plane does not have is not one of this plane.
    let leads = |outcome: &Outcome| outcome.leader < task.plane.states().len();
    let mut found: Vec<Option<Outcome>> =
        places.iter().map(|&p| store.known(p).filter(leads)).collect();
    let open: Vec<usize> = (0..places.len()).filter(|&at| found[at].is_none()).collect();
    work.advance((places.len() - open.len()) as u64);
    let mut rest = &open[..];
    while !rest.is_empty() {
        let begun = Instant::now();
        let (batch, later) = rest.split_at(rest.len().min(*size));
        rest = later;
        let solved = parallel(batch.len(), |k| {
            let at = batch[k];
            let outcome = match quiet.is_over() {
                true => Solved::TimeUp,
                false => match task.solve(places[at], &quiet) {
                    Err(error) => Solved::Failed(error),
                    // What the time cut short is not an outcome.
                    Ok(_) if quiet.is_over() => Solved::TimeUp,
                    Ok(outcome) => Solved::Found(outcome),
                },
            };
            work.advance(1);
            (at, outcome)
        });
        let (mut kept, mut stopped, mut failed) = (Vec::new(), false, None);
        for (at, outcome) in solved {
            match outcome {
                Solved::Found(outcome) => {
                    found[at] = outcome;
                    kept.extend(outcome.map(|outcome| (places[at], outcome)));
                }
                Solved::TimeUp => stopped = true,
                Solved::Failed(error) => failed = failed.or(Some(error)),
            }
        }
        store.keep(&kept)?;
        if let Some(error) = failed {
            return Err(error);
        }
        if stopped {
            return Ok(None);
        }
        if begun.elapsed() < BATCH / 2 {
            *size = (*size * 2).min(SIZES[1]);
        } else if begun.elapsed() > BATCH * 2 {
            *size = (*size / 2).max(1);
        }
    }
    Ok(Some(found))
}

/// What came of one place.
#[allow(clippy::large_enum_variant, reason = "one a place, gone with its batch")]
enum Solved {
    Found(Option<Outcome>),
    TimeUp,
    Failed(Error),
}
