//! Many runs, and what is added up over them, always in order of their numbers.

use rayon::prelude::*;

use crate::error::Result;
use crate::simulation::film::Film;
use crate::simulation::run::{Nobody, Path, Run, RunRow, Stage, Stance};
use crate::simulation::statistics::quantiles;
use crate::work::Work;

/// Runs between two looks at the clock.
const CHUNK: u32 = 256;

/// The levels of [`Bands`].
pub const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// How a quantity is distributed over the runs in a period: 5, 25, 50, 75 and 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// The share of the strongest state.
    pub leader_share: [f64; 5],
    /// Effective poles.
    pub effective_poles: [f64; 5],
    /// The mean number of states.
    pub states: f64,
}

/// Runs that were made: the first ones of a film, all of them unless the time was up.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    /// How each run ended, by its number.
    pub rows: Vec<RunRow>,
    /// The periods.
    pub path: Vec<Bands>,
    /// How others stood to the strongest state, by tenth of its share, over all runs.
    pub stances: [Stance; 10],
    /// What each run drew of each parameter in doubt: by doubt, then by run.
    pub drawn: Vec<Vec<f64>>,
}

impl Film {
    /// Makes the runs, on all threads. O(runs · periods · n² · blocs) at worst; some 3 ms a run of
    /// 8 states over 100 periods where nothing is optimised, a third of one where all is.
    ///
    /// # Errors
    /// As [`Film::validate`].
    pub fn shoot(&self, work: &Work) -> Result<Ensemble> {
        let (runs, drawn) = self.runs(work)?;
        Ok(Ensemble { drawn, ..Ensemble::of(runs, self.periods) })
    }

    /// The runs, and what each drew: by doubt, then by run.
    fn runs(&self, work: &Work) -> Result<(Vec<Run>, Vec<Vec<f64>>)> {
        self.validate()?;
        let scripts = self.scripts();
        let mut runs: Vec<Run> = Vec::new();
        work.begin("runs", self.runs.into());
        for from in (0..self.runs).step_by(CHUNK as usize) {
            let chunk: Vec<Option<Run>> = (from..self.runs.min(from + CHUNK))
                .into_par_iter()
                .map_init(Stage::default, |stage, run| {
                    if work.is_over() {
                        return None;
                    }
                    let key = (self.seed, run, self.periods);
                    let made = stage.run(&self.start, &scripts.rules(run), key, &mut Nobody, work);
                    work.advance(1);
                    made
                })
                .collect();
            let whole = chunk.len();
            runs.extend(chunk.into_iter().map_while(|run| run));
            if runs.len() < from as usize + whole {
                break;
            }
        }
        work.end();
        let mut drawn = scripts.values;
        drawn.iter_mut().for_each(|values| values.truncate(runs.len()));
        Ok((runs, drawn))
    }

    /// How each run ended alone, for what is compared with another film.
    ///
    /// # Errors
    /// As [`Film::validate`].
    pub fn rows(&self, work: &Work) -> Result<Vec<RunRow>> {
        Ok(self.runs(work)?.0.into_iter().map(|run| run.row).collect())
    }
}

impl Ensemble {
    fn of(runs: Vec<Run>, periods: u32) -> Self {
        let mut stances = [Stance::default(); 10];
        for run in &runs {
            for (sum, own) in stances.iter_mut().zip(&run.stances) {
                sum.periods += own.periods;
                sum.with += own.with;
                sum.against += own.against;
            }
        }
        let (rows, paths): (Vec<RunRow>, Vec<Path>) =
            runs.into_iter().map(|run| (run.row, run.path)).unzip();
        let path = match paths.is_empty() {
            true => Vec::new(),
            false => (0..periods as usize).into_par_iter().map(|t| bands(&paths, t)).collect(),
        };
        Self { rows, path, stances, drawn: Vec::new() }
    }
}

fn bands(paths: &[Path], t: usize) -> Bands {
    let sorted = |value: fn(&Path) -> &Vec<f64>| {
        let mut values: Vec<f64> = paths.iter().map(|path| value(path)[t]).collect();
        values.sort_unstable_by(f64::total_cmp);
        quantiles(&values, LEVELS)
    };
    let states: u64 = paths.iter().map(|path| u64::from(path.states[t])).sum();
    Bands {
        leader_share: sorted(|path| &path.leader_share),
        effective_poles: sorted(|path| &path.effective_poles),
        states: states as f64 / paths.len() as f64,
    }
}
