//! What is simulated: a start, rules, so many runs of so many periods.

use crate::chance::Luck;
use crate::error::{Error, Result};
use crate::parameters::simulation::{Doubt, Rule, Rules};
use crate::simulation::draws::Draws;
use crate::simulation::run::{Run, Scene, Stage};
use crate::system::System;
use crate::work::Work;

/// The states at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Their shares of power.
    pub shares: Vec<f64>,
    /// Their revisionism where it is known; else that of the rules holds.
    pub revisionism: Vec<Option<f64>>,
    /// Their growth, a rate a period.
    pub growth: Vec<f64>,
}

impl Start {
    /// The states of a system.
    pub fn of(system: &System) -> Self {
        let states = system.states();
        Self {
            shares: system.shares().to_vec(),
            revisionism: states.iter().map(|state| state.revisionism).collect(),
            growth: states.iter().map(|state| state.growth.unwrap_or(0.0)).collect(),
        }
    }
}

/// So many runs of so many periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Film {
    /// The states at the start.
    pub start: Start,
    /// The rules; of parameters in doubt any value.
    pub rules: Rules,
    /// The parameters of which a range is known: every run draws its own values, in a Latin
    /// hypercube over the runs (McKay, Beckman & Conover 1979).
    pub doubts: Vec<Doubt>,
    /// Draws of parameters that were estimated.
    pub draws: Option<Draws>,
    /// Periods of a run.
    pub periods: u32,
    /// Runs.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
}

impl Film {
    /// The most states: those at the start and the newcomers that are to be expected.
    pub const MAX_STATES: f64 = 500.0;
    /// The most periods of all runs together: what is kept of them is some 2 GB.
    pub const MAX_PERIODS: u64 = 100_000_000;

    /// A thousand runs of a hundred periods from seed 1.
    pub fn new(start: Start, rules: Rules) -> Self {
        Self { start, rules, doubts: Vec::new(), draws: None, periods: 100, runs: 1000, seed: 1 }
    }

    /// Checks that it can be shot.
    ///
    /// # Errors
    /// If a parameter has a value it cannot have, there are no runs or periods, or more of them or
    /// of states than can be kept.
    pub fn validate(&self) -> Result<()> {
        self.rules.validate()?;
        for (k, doubt) in self.doubts.iter().enumerate() {
            doubt.validate()?;
            if self.doubts[..k].iter().any(|other| other.parameter == doubt.parameter) {
                let name = doubt.parameter.name();
                return Err(Error::parameter(name, "one value or one range", "several"));
            }
        }
        if let Some(draws) = &self.draws {
            self.validate_draws(draws)?;
        }
        if self.runs == 0 {
            return Err(Error::parameter("runs", "1 run or more", 0));
        }
        if self.periods == 0 {
            return Err(Error::parameter("periods", "1 period or more", 0));
        }
        let all = u64::from(self.runs) * u64::from(self.periods);
        if all > Self::MAX_PERIODS {
            return Err(Error::too_large(
                format!("{} runs of {} periods are {all} periods", self.runs, self.periods),
                format!("{} periods", Self::MAX_PERIODS),
                "take fewer --runs or --periods",
            ));
        }
        let newcomers = self.highest(Rule::Openness) * f64::from(self.periods);
        let states = self.start.shares.len() as f64 + newcomers;
        if states > Self::MAX_STATES {
            return Err(Error::too_large(
                format!("{states:.0} states, {newcomers:.0} newcomers among them, in a run"),
                format!("{} states", Self::MAX_STATES),
                "keep the strongest with --top, or lower --openness or --periods",
            ));
        }
        Ok(())
    }

    /// Checks that draws are values of their parameters, with runs enough of each.
    fn validate_draws(&self, draws: &Draws) -> Result<()> {
        let number = draws.values.len();
        if number < 2 || number > self.runs as usize / 2 {
            let expected = format!(
                "2 to {} draws, so that each has two of the {} runs at least",
                self.runs / 2,
                self.runs
            );
            return Err(Error::parameter("draws", expected, number));
        }
        let values = draws.values.iter().flat_map(|values| draws.rules.iter().zip(values));
        values.into_iter().try_for_each(|(rule, &value)| rule.validate(value))
    }

    /// The highest value that a parameter takes in some run.
    fn highest(&self, rule: Rule) -> f64 {
        let doubt = self.doubts.iter().find(|doubt| doubt.parameter == rule);
        doubt.map_or(rule.of(&self.rules), |doubt| doubt.to)
    }

    /// The same film with a parameter at a value, which is in doubt no more.
    #[must_use]
    pub fn at(&self, rule: Rule, value: f64) -> Self {
        let mut film = self.clone();
        rule.set(&mut film.rules, value);
        film.doubts.retain(|doubt| doubt.parameter != rule);
        film.draws.iter_mut().for_each(|draws| draws.fix(rule));
        film
    }

    /// The rules of each run: what is in doubt is drawn. O(runs · log runs) a doubt.
    pub(super) fn scripts(&self) -> Scripts<'_> {
        let values = self.doubts.iter().map(|doubt| {
            let key = |run| Luck::of_hypercube(self.seed, doubt.parameter as usize, run);
            let mut order: Vec<u32> = (0..self.runs).collect();
            order.sort_by_key(|&run| (key(run).bits(), run));
            let mut values = vec![0.0; self.runs as usize];
            for (stratum, run) in order.into_iter().enumerate() {
                let at = (stratum as f64 + key(run).with(0).uniform()) / f64::from(self.runs);
                values[run as usize] = doubt.from + at * (doubt.to - doubt.from);
            }
            values
        });
        Scripts { film: self, values: values.collect() }
    }

    /// The run with this number, from 0 on, and every period of it as a spectator sees it.
    ///
    /// # Errors
    /// As [`Film::validate`], and if there is no such run.
    pub fn replay(&self, run: u32) -> Result<(Rules, Run, Vec<Scene>)> {
        self.validate()?;
        if run >= self.runs {
            let expected = format!("a run from 0 to {}", self.runs - 1);
            return Err(Error::parameter("replay", expected, run));
        }
        let rules = self.scripts().rules(run);
        let mut scenes = Vec::new();
        let key = (self.seed, run, self.periods);
        let whole = Stage::default().run(&self.start, &rules, key, &mut scenes, &Work::default());
        // Work without limit is never over.
        let whole = whole.ok_or_else(|| Error::parameter("replay", "time enough", "none"))?;
        Ok((rules, whole, scenes))
    }
}

/// The rules of each run of a film.
pub(super) struct Scripts<'a> {
    film: &'a Film,
    /// By doubt, then by run.
    pub(super) values: Vec<Vec<f64>>,
}

impl Scripts<'_> {
    /// The rules of a run.
    pub(super) fn rules(&self, run: u32) -> Rules {
        let mut rules = self.film.rules;
        for (doubt, values) in self.film.doubts.iter().zip(&self.values) {
            doubt.parameter.set(&mut rules, values[run as usize]);
        }
        self.film.draws.iter().for_each(|draws| draws.set(&mut rules, run));
        rules
    }
}
