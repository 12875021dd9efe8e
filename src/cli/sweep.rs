//! `equipoise sweep`: phase diagrams.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::analysis::{Lens, Options};
use crate::cli::estimate::DrawArgs;
use crate::cli::output::PageArgs;
use crate::cli::parts::{self, Shard, ShardArgs};
use crate::cli::plot::{By, SweepPlotArgs};
use crate::cli::progress::Progress;
use crate::cli::solve::lenses;
use crate::cli::system::{ChoiceArgs, Chosen, ModelArgs};
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note, session};
use crate::error::{Error, Result};
use crate::parameters::Parameters;
use crate::report::sweep::{SweepReport, SweepSettings};
use crate::setting::Span;
use crate::sweep::{
    Aspect, Grid, Journal, NoStore, Outcome, Place, Plane, Store, Sweep, Swept, Task, coarse_cells,
    own_places, sweep, sweep_piece,
};

const EXAMPLES: &str = "\
Examples:
  equipoise sweep data/europe-1913.csv --x decisiveness=0.5..4 --y dominance=1..3
  equipoise sweep data/europe-1913.csv --x decisiveness=1..4 --y war-cost=0..0.5 --by verdict
  equipoise sweep --shares triangle --plot phase.svg
  equipoise sweep --shares triangle --lens polarity,blocs --resolution 32 --refine 5
  equipoise sweep --shares leader --states 4 -o leader.csv
  equipoise sweep --shares triangle --lens polarity,blocs --resolution 8 --refine 2 \\
    --parameters fit.json --draws 20 --plot drawn.svg --figure drawn
  equipoise sweep --shares triangle -o sweep.json; equipoise check sweep.json --allow-partial

The planes:
  --x, --y          two parameters on a system; both ends of both spans belong to the plane
  --shares triangle shares of three states A, B and C
  --shares leader   the leader L has a share of all power, the rest R1, R2, … divide the other
                    part, each with `equality` times the share of the one before it (1: all
                    equal). Where L is not the strongest another state leads, and that is told
Shares of 0 are outside of the model: a state without power is no state.

A grid of --resolution cells a side is solved at its corners; cells where outcomes differ (--by) are
halved, up to --refine times. An island narrower than a coarse cell can be missed. With --draws N
each place is solved at N draws of the estimate in --parameters too: --by drawn is the verdict of
most of them, and shares are in the CSV. With -o FILE
what is solved is kept in FILE.part until FILE is written: a sweep that was stopped goes on
where it was when the same command is given again.";

/// The planes of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shares {
    /// Shares of three states
    Triangle,
    /// The leader's share, and how equal the rest are
    Leader,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// CSV with a row for each state (and year); `-` for standard input
    #[arg(value_name = "SYSTEM.csv")]
    file: Option<PathBuf>,
    /// A parameter and the ends of its values, across: decisiveness=0.5..4
    #[arg(long, value_name = "NAME=FROM..TO")]
    x: Option<String>,
    /// Another one, upwards: dominance=1..3
    #[arg(long, value_name = "NAME=FROM..TO")]
    y: Option<String>,
    /// Sweep shares of power, without a file; the leader's with --states N
    #[arg(long, value_enum, conflicts_with_all = ["file", "x", "y"])]
    shares: Option<Shares>,
    /// Coarse cells a side
    #[arg(long, value_name = "N", default_value_t = 16)]
    resolution: u32,
    /// How many times a cell can be halved where outcomes differ
    #[arg(long, value_name = "LEVELS", default_value_t = 4)]
    refine: u32,
    /// In what outcomes differ
    #[arg(long, value_enum, value_delimiter = ',', value_name = "ASPECT,…")]
    #[arg(default_value = "verdict,class,leader")]
    by: Vec<By>,
    #[command(flatten)]
    choice: ChoiceArgs,
    #[command(flatten)]
    model: ModelArgs,
    /// Only these lenses; by default all that take a system of this size
    #[arg(long, value_parser = lenses(), value_delimiter = ',', value_name = "LENS,…")]
    #[arg(help_heading = "Work")]
    lens: Option<Vec<Lens>>,
    #[command(flatten)]
    draws: DrawArgs,
    /// Seed of the draws: the same seed, the same draws
    #[arg(long, value_name = "S", default_value_t = 1, help_heading = "Work")]
    seed: u64,
    #[command(flatten)]
    solver: SolverArgs,
    #[command(flatten)]
    shard: ShardArgs,
    #[command(flatten)]
    plot: SweepPlotArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    let parameters = args.model.parameters()?;
    let mut notes = Vec::new();
    let plane = args.plane(&parameters, &mut notes)?;
    let task = args.task(plane, parameters, &mut notes)?.checked()?;
    args.plot.check(&task.aspects)?;
    args.solver.set_threads()?;
    for text in &notes {
        note(text);
    }
    let Some(mut swept) = args.sweep(&task)? else { return Ok(Status::Open) };
    if let Some(shard) = args.shard.shard {
        if args.output.is_table() {
            let own = own_places(&task, shard.range(coarse_cells(&task)));
            swept.0.points.retain(|&place, _| own(place));
            let report = SweepReport::new(&task, &Swept { cells: Vec::new(), ..swept.0 }, &notes);
            args.output.write(&report, || Ok(String::new()))?;
        } else {
            parts::write(shard, args.output.output.as_deref(), &parts::json(&answers(swept.0))?)?;
        }
        return swept.1.map_or(Ok(()), Journal::remove).map(|()| Status::Answered);
    }
    let mut report = SweepReport::new(&task, &swept.0, &notes);
    report.provenance = args.output.provenance()?;
    let figure = args.plot.staged(&report)?;
    args.output.write(&report, || args.plot.page(&report))?;
    figure.commit()?;
    if let Some(journal) = swept.1 {
        journal.remove()?;
    }
    Ok(if report.is_undecided() { Status::Open } else { Status::Answered })
}

/// What a part of a sweep holds.
fn answers(swept: Swept) -> Vec<(Place, Outcome)> {
    swept.points.into_iter().collect()
}

/// What all parts hold.
fn outcomes(parts: &[Vec<u8>]) -> Result<HashMap<Place, Outcome>> {
    let mut known = HashMap::new();
    for answers in parts {
        known.extend(parts::read::<Vec<(Place, Outcome)>>(answers)?);
    }
    Ok(known)
}

/// The journal of an output.
pub(super) fn part(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

impl Args {
    /// What is swept.
    fn plane(&self, parameters: &Parameters, notes: &mut Vec<String>) -> Result<Plane> {
        let Some(shares) = self.shares else {
            return self.settings(parameters, notes);
        };
        let (states, other) = self.choice.without_file();
        let states = match (shares, states) {
            (Shares::Leader, Some([one])) => Some(one.as_str()),
            (Shares::Triangle, Some(_)) => {
                let expected = "a file beside it; --shares triangle is of three states";
                return Err(Error::parameter("states", expected, "none"));
            }
            (Shares::Leader, several) => {
                let found = several.map_or("none".into(), |states| states.join(","));
                let expected = "the number of states, as in --shares leader --states 6";
                return Err(Error::parameter("states", expected, found));
            }
            (Shares::Triangle, None) => None,
        };
        if let Some(flag) = other {
            let expected = format!("no {flag}, which chooses from a file");
            return Err(Error::parameter("shares", expected, format!("{flag} beside it")));
        }
        match states {
            None => Plane::triangle(),
            Some(text) => Plane::leader(
                text.trim()
                    .parse()
                    .map_err(|_| Error::parameter("states", "the number of states, as 6", text))?,
            ),
        }
    }

    /// Two parameters on the system of a file.
    fn settings(&self, parameters: &Parameters, notes: &mut Vec<String>) -> Result<Plane> {
        let Some(file) = &self.file else {
            let expected = "a SYSTEM.csv with --x and --y, or --shares triangle, or --shares \
                            leader --states N";
            return Err(Error::parameter("sweep", expected, "none of these"));
        };
        let given = |name, text: &Option<String>| match text {
            Some(text) => Span::parse(name, text),
            None => {
                let expected = "a parameter from low to high, as decisiveness=0.5..4";
                Err(Error::parameter(name, expected, "none"))
            }
        };
        let (x, y) = (given("x", &self.x)?, given("y", &self.y)?);
        let Chosen { system, notes: told, .. } = self.choice.system(file)?;
        notes.extend(told);
        Plane::settings(system, x, y, parameters)
    }

    /// The task; of shares that are swept it is not said who is taken for the leading state.
    fn task(&self, plane: Plane, parameters: Parameters, notes: &mut Vec<String>) -> Result<Task> {
        let mut told = Vec::new();
        let leader = self.model.leader(plane.states(), &mut told)?;
        if !plane.sweeps_shares() {
            notes.extend(told);
        }
        let lenses = self.lens.clone();
        let alignment = self.model.tactics.options(plane.states())?;
        let backend = self.solver.lp;
        let target = self.model.security.target(plane.states())?;
        let options = Options { lenses, leader, target, backend, alignment, ..Options::default() };
        for (lens, why) in options.left_out(plane.states()) {
            notes.push(format!("the lens {lens} was left out: {why}"));
        }
        let drawn = self.draws.drawn(&self.model.estimate, self.seed)?;
        let mut aspects: Vec<Aspect> = self.by.iter().map(|&by| by.into()).collect();
        if drawn.is_some() && !aspects.contains(&Aspect::Drawn) {
            aspects.push(Aspect::Drawn);
        }
        Ok(Task {
            plane,
            grid: Grid { resolution: self.resolution, levels: self.refine },
            aspects,
            options,
            draws: drawn.map(|drawn| drawn.of_sweep(&parameters)),
            parameters,
        })
    }

    /// Sweeps, from where it was stopped before; `None` if the time was up.
    fn sweep(&self, task: &Task) -> Result<Option<(Swept, Option<Journal>)>> {
        let mut journal = match self.journal() {
            None => None,
            Some(path) => Some(Journal::open(&path, &SweepSettings::new(task).line())?),
        };
        if let Some(known) = journal.as_ref().map(Journal::len).filter(|known| *known > 0) {
            note(&format!("going on with a sweep that was stopped: {known} places are known"));
        }
        let progress = Progress::default();
        let work = self.solver.work().observed(&progress);
        let mut nothing = NoStore;
        let store: &mut dyn Store = match &mut journal {
            Some(journal) => journal,
            None => &mut nothing,
        };
        let merged = parts::known()?.map(|parts| outcomes(&parts)).transpose()?;
        let found = match (self.shard.shard, merged) {
            (Some(shard), _) => {
                let cells = Shard::range(shard, coarse_cells(task));
                sweep_piece(task, cells, store, &work)?
            }
            (None, Some(mut known)) => sweep(task, &mut known, &work)?,
            (None, None) => sweep(task, store, &work)?,
        };
        match found {
            Sweep::Done(swept) => Ok(Some((swept, journal))),
            Sweep::Stopped => {
                note(match journal {
                    Some(_) => "the time was up; the same command goes on where this one was",
                    None => {
                        "the time was up; with -o FILE what is solved is kept, and the same \
                         command goes on"
                    }
                });
                Ok(None)
            }
        }
    }

    /// The journal beside the output, where that is a file.
    fn journal(&self) -> Option<PathBuf> {
        let output = self.output.output.as_deref().filter(|path| *path != Path::new("-"))?;
        if session::is_sealed() {
            return None;
        }
        let is_other = fs::metadata(output).is_ok_and(|meta| !meta.is_file());
        (!is_other).then(|| part(output))
    }
}
