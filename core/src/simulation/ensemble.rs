//! Many runs, and what is added up over them, always in order of their numbers.

use std::ops::Range;

use rayon::prelude::*;

use crate::error::Result;
use crate::simulation::film::Film;
use crate::simulation::run::{Nobody, Path, Run, RunRow, Stage, Stance};
use crate::simulation::statistics::quantiles;
use crate::work::{Work, parallel};

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
        self.assembled(self.runs(0..self.runs, work)?)
    }

    /// What runs of it add up to, the first ones or all, in order of their numbers.
    ///
    /// # Errors
    /// As [`Film::validate`].
    pub(super) fn assembled(&self, runs: Vec<Run>) -> Result<Ensemble> {
        self.validate()?;
        let mut drawn = self.scripts().values;
        drawn.iter_mut().for_each(|values| values.truncate(runs.len()));
        Ok(Ensemble { drawn, ..Ensemble::of(runs, self.periods) })
    }

    /// The runs with these numbers, on all threads, up to the first that there was no time for.
    ///
    /// # Errors
    /// As [`Film::validate`].
    pub fn runs(&self, numbers: Range<u32>, work: &Work) -> Result<Vec<Run>> {
        self.validate()?;
        let scripts = self.scripts();
        let mut runs: Vec<Run> = Vec::new();
        work.begin("runs", numbers.len() as u64);
        for from in numbers.clone().step_by(CHUNK as usize) {
            let chunk: Vec<Option<Run>> = (from..numbers.end.min(from + CHUNK))
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
            if runs.len() < (from - numbers.start) as usize + whole {
                break;
            }
        }
        work.end();
        Ok(runs)
    }

    /// How each run ended alone, for what is compared with another film.
    ///
    /// # Errors
    /// As [`Film::validate`].
    pub fn rows(&self, work: &Work) -> Result<Vec<RunRow>> {
        Ok(self.runs(0..self.runs, work)?.into_iter().map(|run| run.row).collect())
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
            false => parallel(periods as usize, |t| bands(&paths, t)),
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
