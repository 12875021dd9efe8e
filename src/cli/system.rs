//! Arguments that say which system is meant, how power is measured, and with which model.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::analysis::LeaderChoice;
use crate::cli::tactics::TacticArgs;
use crate::dataset::{Dataset, DyadTable, Majors, Measure, Selection};
use crate::error::{Error, Result};
use crate::parameters::{Driver, Parameters};
use crate::system::System;

/// Which system.
#[derive(Debug, Clone, Args)]
pub(super) struct SystemArgs {
    /// CSV with a row for each state (and year); `-` for standard input
    #[arg(value_name = "SYSTEM.csv")]
    file: PathBuf,
    /// The year, where the file has several (negative: BCE)
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    year: Option<i32>,
    /// Only these states, by identifier
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    states: Option<Vec<String>>,
    /// Only the major powers of the year, from the Correlates of War list
    #[arg(long, value_name = "FILE")]
    majors: Option<PathBuf>,
    /// Only the N strongest
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Leave out states without a usable capability, and say which
    #[arg(long)]
    drop_missing: bool,
    /// How power is measured: `cinc` (mean share over all capability columns) or a column
    #[arg(long, value_name = "cinc|COLUMN", conflicts_with = "weights")]
    capability: Option<String>,
    /// Power as a weighted mean of shares, as in `milex=2,tpop=1`
    #[arg(long, value_name = "COLUMN=W,…")]
    weights: Option<String>,
    /// CSV with a row for each pair of states: distance, hostility, affinity, commitment
    #[arg(long, value_name = "FILE")]
    dyads: Option<PathBuf>,
}

/// Which model.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Model")]
pub(super) struct ModelArgs {
    /// How surely the stronger bloc prevails: 1 in proportion, inf always
    #[arg(long, value_name = "M", default_value_t = 2.0, allow_negative_numbers = true)]
    decisiveness: f64,
    /// How the strong dominate their own partners: 0 equal, 1 in proportion
    #[arg(long, value_name = "S", default_value_t = 1.5, allow_negative_numbers = true)]
    dominance: f64,
    /// Share of all control that a war destroys; 0 switches deterrence off
    #[arg(long, value_name = "W", default_value_t = 0.0, allow_negative_numbers = true)]
    war_cost: f64,
    /// Control above which a state dominates all others
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, allow_negative_numbers = true)]
    threshold: f64,
    /// The leading state; `all` takes every state with a tenth of the power in turn
    #[arg(long, value_name = "ID|all")]
    leader: Option<String>,
    /// What moves states besides their own control: nothing (power), or the control of near,
    /// offensive, hostile states (threat)
    #[arg(long, value_enum, default_value = "power")]
    driver: DriverArg,
    /// Weight of threats
    #[arg(long, value_name = "θ", default_value_t = 0.5, allow_negative_numbers = true)]
    threat_weight: f64,
    /// Distance over which proximity falls to 1/e, in km
    #[arg(long, value_name = "λ", default_value_t = 2000.0, allow_negative_numbers = true)]
    distance_scale: f64,
    /// Weight of affinities
    #[arg(long, value_name = "α", default_value_t = 0.5, allow_negative_numbers = true)]
    affinity_weight: f64,
    #[command(flatten)]
    pub(super) tactics: TacticArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DriverArg {
    Power,
    Threat,
}

/// A system as the arguments have it, and what was noticed on the way.
pub(super) struct Chosen {
    pub(super) system: System,
    pub(super) notes: Vec<String>,
}

impl SystemArgs {
    /// Reads the files and builds the system.
    pub(super) fn system(&self) -> Result<Chosen> {
        let dataset = self.dataset()?;
        let selection = Selection {
            year: self.year,
            states: self.states.clone(),
            majors: self.majors.as_ref().map(Majors::read).transpose()?,
            top: self.top,
            drop_missing: self.drop_missing,
        };
        let mut built = dataset.system(&selection, &self.measure()?)?;
        if let Some(dyads) = &self.dyads {
            built = DyadTable::read(dyads)?.attach(built)?;
        }
        let notes = [dataset.notes(), &built.notes].concat();
        Ok(Chosen { system: built.system, notes })
    }
}

impl SystemArgs {
    /// The states of a system of this file in another year, in the same order.
    pub(super) fn at_year(&self, system: &System, year: i32) -> Result<System> {
        if self.file == Path::new("-") {
            return Err(Error::parameter(
                "horizon-year",
                "a file that can be read twice, or --growth",
                "standard input",
            ));
        }
        let states: Vec<String> = system.states().iter().map(|state| state.id.clone()).collect();
        let selection =
            Selection { year: Some(year), states: Some(states.clone()), ..Selection::default() };
        let built = self.dataset()?.system(&selection, &self.measure()?)?;
        let power = states.iter().map(|id| {
            let place = built.system.index_of(id)?;
            Ok(built.system.exact_shares()[place].clone())
        });
        system.at_power(Some(year), power.collect::<Result<_>>()?)
    }

    fn measure(&self) -> Result<Measure> {
        match (&self.capability, &self.weights) {
            (Some(column), _) => Ok(Measure::Column(column.clone())),
            (None, Some(weights)) => Measure::weights(weights),
            _ => Ok(Measure::Cinc),
        }
    }

    fn dataset(&self) -> Result<Dataset> {
        if self.file != Path::new("-") {
            return Dataset::read(&self.file);
        }
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Error::io("standard input", error))?;
        Dataset::parse("standard input", &bytes)
    }
}

impl ModelArgs {
    /// The parameters of the model, checked.
    pub(super) fn parameters(&self) -> Result<Parameters> {
        let parameters = Parameters {
            decisiveness: self.decisiveness,
            dominance: self.dominance,
            war_cost: self.war_cost,
            threshold: self.threshold,
            driver: match self.driver {
                DriverArg::Power => Driver::Power,
                DriverArg::Threat => Driver::Threat,
            },
            threat_weight: self.threat_weight,
            distance_scale: self.distance_scale,
            affinity_weight: self.affinity_weight,
            tactics: self.tactics.parameters(),
        };
        parameters.validate()?;
        Ok(parameters)
    }

    /// The leading state or states; a tie at the top is said.
    pub(super) fn leader(&self, system: &System, notes: &mut Vec<String>) -> Result<LeaderChoice> {
        match self.leader.as_deref() {
            Some("all") => Ok(LeaderChoice::All),
            Some(id) => Ok(LeaderChoice::State(system.index_of(id)?)),
            None => {
                let leader = system.leader();
                let tied = system.tied_with(leader);
                if !tied.is_empty() {
                    let ids: Vec<&str> = tied.iter().map(|&i| system.id(i)).collect();
                    notes.push(format!(
                        "{} is as strong as {}; {} is taken for the leading state as the first in \
                         the input (choose with --leader)",
                        ids.join(" and "),
                        system.id(leader),
                        system.id(leader),
                    ));
                }
                Ok(LeaderChoice::Strongest)
            }
        }
    }
}
