//! Arguments that say which system is meant, how power is measured, and with which model.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dashu_ratio::RBig;

use crate::analysis::LeaderChoice;
use crate::cli::estimate::EstimateArgs;
use crate::cli::input;
use crate::cli::security::SecurityArgs;
use crate::cli::tactics::TacticArgs;
use crate::dataset::{Built, Conquests, Dataset, DyadFiles, Majors, Measure, Roster, Selection};
use crate::error::{Error, Result};
use crate::exact::parse_exact;
use crate::parameters::{Driver, Parameters};
use crate::report::Keyed;
use crate::system::System;

/// Which system.
#[derive(Debug, Clone, Args)]
pub(super) struct SystemArgs {
    /// CSV with a row for each state (and year); `-` for standard input
    #[arg(value_name = "SYSTEM.csv")]
    file: PathBuf,
    #[command(flatten)]
    choice: ChoiceArgs,
}

/// Which states of a file, and how their power is measured.
#[derive(Debug, Clone, Args)]
pub(super) struct ChoiceArgs {
    /// The year, where the file has several (negative: BCE)
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    year: Option<i32>,
    #[command(flatten)]
    states: StatesArgs,
    /// How power is measured: `cinc` (mean share over all capability columns) or a column
    #[arg(long, value_name = "cinc|COLUMN", conflicts_with = "weights")]
    capability: Option<String>,
    /// Power as a weighted mean of shares, as in `milex=2,tpop=1`
    #[arg(long, value_name = "COLUMN=W,…")]
    weights: Option<String>,
}

/// An exact number from its text.
fn exact(text: &str) -> std::result::Result<RBig, String> {
    parse_exact(text).ok_or_else(|| "expected a number such as 0.5 or 1/2".into())
}

/// Which states of a file.
#[derive(Debug, Clone, Args)]
pub(super) struct StatesArgs {
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
    /// What is known of pairs of states: CSV with columns such as distance, hostility and
    /// affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    #[arg(long, value_name = "FILE,…", value_delimiter = ',')]
    dyads: Vec<PathBuf>,
    /// A list of states with their full names and codes, such as COW's states2016.csv
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    /// Only members of the state system in the year, from COW's system2016.csv
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
    /// States whose capabilities go to others: CSV with the columns victor, victim and year,
    /// applied in order up to --year
    #[arg(long, value_name = "FILE")]
    conquests: Option<PathBuf>,
    /// The part of each capability of a conquered state that goes to its victor
    #[arg(long, value_name = "κ", default_value = "1", value_parser = exact)]
    #[arg(requires = "conquests", allow_negative_numbers = true)]
    administration: RBig,
    /// A file like the system's own, whose states join
    #[arg(long, value_name = "FILE")]
    outsiders: Option<PathBuf>,
}

/// Which model.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Model")]
pub(super) struct ModelArgs {
    #[command(flatten)]
    pub(super) estimate: EstimateArgs,
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
    #[arg(long, value_enum, default_value = "power", value_delimiter = ',')]
    driver: Vec<DriverArg>,
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
    pub(super) security: SecurityArgs,
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
    /// The numbers that power was measured by, by column and state.
    pub(super) used: Keyed<Keyed<f64>>,
}

/// The same with the numbers that shares were made from and the file of pairs.
pub(super) struct Whole {
    pub(super) built: Built,
    pub(super) dyads: DyadFiles,
    pub(super) notes: Vec<String>,
}

impl SystemArgs {
    /// Reads the files and builds the system.
    pub(super) fn system(&self) -> Result<Chosen> {
        self.choice.system(&self.file)
    }

    /// Reads the files and builds the system, and hands over what it was built from.
    pub(super) fn whole(&self) -> Result<Whole> {
        self.choice.whole(&self.file)
    }

    /// The states of a system of this file in another year, in the same order.
    pub(super) fn at_year(&self, system: &System, year: i32) -> Result<System> {
        if input::is_standard(&self.file) {
            return Err(Error::parameter(
                "horizon-year",
                "a file that can be read twice, or --growth",
                "standard input",
            ));
        }
        let chosen = &self.choice.states;
        let dataset = chosen.changed(chosen.of(dataset(&self.file)?)?, Some(year))?;
        let states: Vec<String> = system.states().iter().map(|state| state.id.clone()).collect();
        let selection =
            Selection { year: Some(year), states: Some(states.clone()), ..Selection::default() };
        let built = dataset.system(&selection, &self.choice.measure()?)?;
        let power = states.iter().map(|id| {
            let place = built.system.index_of(id)?;
            Ok(built.system.exact_shares()[place].clone())
        });
        system.at_power(Some(year), power.collect::<Result<_>>()?)
    }
}

impl SystemArgs {
    /// The same states by each other measure of power that the file has; with a note of those that
    /// a state has no value of.
    pub(super) fn by_other_measures(
        &self,
        system: &System,
        notes: &mut Vec<String>,
    ) -> Result<Vec<(String, System)>> {
        if self.file == Path::new("-") {
            return Ok(Vec::new());
        }
        let dataset = self.choice.states.of(dataset(&self.file)?)?;
        let states: Vec<String> = system.states().iter().map(|state| state.id.clone()).collect();
        let selection =
            Selection { year: system.year(), states: Some(states.clone()), ..Selection::default() };
        let columns = dataset.capabilities();
        let mut measures: Vec<Measure> =
            columns.iter().map(|column| Measure::Column((*column).to_owned())).collect();
        if columns.len() > 1 {
            measures.push(Measure::Cinc);
        }
        let mut found = Vec::new();
        for measure in measures.iter().filter(|measure| measure.to_string() != system.measure()) {
            let Ok(built) = dataset.system(&selection, measure) else {
                notes.push(format!("robustness: not every state has power by {measure}"));
                continue;
            };
            let power = states.iter().map(|id| {
                let place = built.system.index_of(id)?;
                Ok(built.system.exact_shares()[place].clone())
            });
            let power = power.collect::<Result<_>>()?;
            found.push((measure.to_string(), system.at_power(system.year(), power)?));
        }
        Ok(found)
    }
}

impl ChoiceArgs {
    fn measure(&self) -> Result<Measure> {
        match (&self.capability, &self.weights) {
            (Some(column), _) => Ok(Measure::Column(column.clone())),
            (None, Some(weights)) => Measure::weights(weights),
            _ => Ok(Measure::Cinc),
        }
    }

    /// Reads the files and builds the system.
    pub(super) fn system(&self, file: &Path) -> Result<Chosen> {
        self.system_of(dataset(file)?)
    }

    /// Builds the system from a file that was read.
    pub(super) fn system_of(&self, dataset: Dataset) -> Result<Chosen> {
        let Whole { built, notes, .. } = self.whole_of(dataset)?;
        let used = used(&built);
        Ok(Chosen { system: built.system, notes, used })
    }

    fn whole(&self, file: &Path) -> Result<Whole> {
        self.whole_of(dataset(file)?)
    }

    fn whole_of(&self, dataset: Dataset) -> Result<Whole> {
        let dataset = self.states.changed(self.states.of(dataset)?, self.year)?;
        let selection = Selection { year: self.year, ..self.states.selection()? };
        let dyads = self.states.dyads()?;
        let built = dyads.attach(dataset.system(&selection, &self.measure()?)?)?;
        let notes = [dataset.notes(), &built.notes].concat();
        Ok(Whole { built, dyads, notes })
    }

    /// What --states says, and the first other flag that was given: for planes without a file.
    pub(super) fn without_file(&self) -> (Option<&[String]>, Option<&'static str>) {
        let others =
            Self { states: StatesArgs { states: None, ..self.states.clone() }, ..self.clone() };
        (self.states.states.as_deref(), others.given())
    }

    /// The first flag that was given, if one was.
    pub(super) fn given(&self) -> Option<&'static str> {
        let flags = [
            ("--year", self.year.is_some()),
            ("--capability", self.capability.is_some()),
            ("--weights", self.weights.is_some()),
        ];
        flags.into_iter().chain(self.states.flags()).find(|(_, given)| *given).map(|(flag, _)| flag)
    }
}

/// The numbers that power was measured by, by column and state.
pub(super) fn used(built: &Built) -> Keyed<Keyed<f64>> {
    let states = built.system.states();
    let column = |(name, values): &(String, Vec<Option<f64>>)| {
        let values = states.iter().zip(values);
        let known = values.filter_map(|(state, value)| Some((state.id.clone(), (*value)?)));
        (name.clone(), Keyed(known.collect()))
    };
    Keyed(built.columns.iter().map(column).collect())
}

/// The dataset in a file, or from standard input.
pub(super) fn dataset(file: &Path) -> Result<Dataset> {
    Dataset::parse(&input::called(file), &input::read(file)?)
}

impl StatesArgs {
    /// The dataset with names, and of the members alone.
    pub(super) fn of(&self, mut dataset: Dataset) -> Result<Dataset> {
        if let Some(names) = &self.names {
            dataset = dataset.with_names(&Roster::read(names)?)?;
        }
        if let Some(members) = &self.members {
            dataset = dataset.restricted_to(&Roster::read(members)?)?;
        }
        Ok(dataset)
    }

    /// The dataset with the states from outside, and as conquests have left it.
    pub(super) fn changed(&self, mut dataset: Dataset, year: Option<i32>) -> Result<Dataset> {
        if let Some(file) = &self.outsiders {
            dataset = dataset.joined_by(&Dataset::read(file)?)?;
        }
        if let Some(file) = &self.conquests {
            dataset = dataset.conquered(&Conquests::read(file)?, &self.administration, year)?;
        }
        Ok(dataset)
    }

    /// The years asked for as the years of conquests, where the file has no several of its own.
    pub(super) fn years_of_conquests<'y>(
        &self,
        dataset: &Dataset,
        asked: Option<&'y [i32]>,
    ) -> Option<&'y [i32]> {
        asked.filter(|_| self.conquests.is_some() && dataset.years().len() < 2)
    }

    /// What is known of pairs of states.
    pub(super) fn dyads(&self) -> Result<DyadFiles> {
        DyadFiles::read(&self.dyads)
    }

    /// Every flag, and whether it was given.
    fn flags(&self) -> [(&'static str, bool); 9] {
        [
            ("--states", self.states.is_some()),
            ("--majors", self.majors.is_some()),
            ("--top", self.top.is_some()),
            ("--drop-missing", self.drop_missing),
            ("--dyads", !self.dyads.is_empty()),
            ("--names", self.names.is_some()),
            ("--members", self.members.is_some()),
            ("--conquests", self.conquests.is_some()),
            ("--outsiders", self.outsiders.is_some()),
        ]
    }

    /// The selection, of no year yet.
    pub(super) fn selection(&self) -> Result<Selection> {
        Ok(Selection {
            year: None,
            states: self.states.clone(),
            majors: self.majors.as_ref().map(Majors::read).transpose()?,
            top: self.top,
            drop_missing: self.drop_missing,
        })
    }
}

impl ModelArgs {
    /// The parameters of the model, checked.
    pub(super) fn parameters(&self) -> Result<Parameters> {
        match self.each_driver()?.as_slice() {
            [one] => Ok(one.clone()),
            several => {
                let found = format!("{} of them; `equipoise compare` takes several", several.len());
                Err(Error::parameter("driver", "one driver", found))
            }
        }
    }

    /// The parameters with each driver asked for, checked.
    pub(super) fn each_driver(&self) -> Result<Vec<Parameters>> {
        self.driver.iter().map(|&driver| self.driven_by(driver)).collect()
    }

    fn driven_by(&self, driver: DriverArg) -> Result<Parameters> {
        let parameters = Parameters {
            decisiveness: self.decisiveness,
            dominance: self.dominance,
            war_cost: self.war_cost,
            threshold: self.threshold,
            driver: match driver {
                DriverArg::Power => Driver::Power,
                DriverArg::Threat => Driver::Threat,
            },
            threat_weight: self.threat_weight,
            distance_scale: self.distance_scale,
            affinity_weight: self.affinity_weight,
            tactics: self.tactics.parameters(),
            security: self.security.parameters(),
        };
        parameters.validate()?;
        self.estimate.apply(parameters)
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
