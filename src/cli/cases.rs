//! Arguments that make many cases of files, years, drivers, measures and settings.

use std::path::PathBuf;

use clap::Args;
use ndarray::Array2;

use crate::cli::estimate::Drawn;
use crate::cli::input;
use crate::cli::system::{self, ModelArgs, StatesArgs};
use crate::dataset::{Dataset, DyadFiles, Measure, Relation, Selection};
use crate::error::{Error, Result};
use crate::parameters::{Driver, Parameters};
use crate::report::compare::Case;
use crate::setting::{Range, Setting, values_of};
use crate::solve::alignment;
use crate::system::System;
use crate::theory::Theory;

/// Which cases.
#[derive(Debug, Clone, Args)]
pub(super) struct CasesArgs {
    /// The years: 1816..2016, 1816..2016:10, or a list; all that a file has, if left out
    #[arg(long, value_name = "YEARS", alias = "year", allow_hyphen_values = true)]
    years: Option<String>,
    #[command(flatten)]
    states: StatesArgs,
    /// How power is measured, each in turn: `cinc`, or columns
    #[arg(long, value_name = "cinc|COLUMN,…", value_delimiter = ',', conflicts_with = "weights")]
    capability: Vec<String>,
    /// Power as a weighted mean of shares, as in `milex=2,tpop=1`
    #[arg(long, value_name = "COLUMN=W,…")]
    weights: Option<String>,
    /// A parameter and its values, each in turn: decisiveness=1..4:0.5, or war-cost=0,0.1; also
    /// revisionism=0..1:0.5, the same for all states; of several, all combinations
    #[arg(long, value_name = "NAME=VALUES")]
    vary: Vec<String>,
}

/// The dimensions along which the cases differ, each with the values it takes.
#[derive(Clone)]
struct Dimensions {
    years: Option<Vec<i32>>,
    measures: Vec<Measure>,
    settings: Vec<Varied>,
    selection: Selection,
    dyads: DyadFiles,
    /// Draws of parameters in doubt.
    drawn: Option<Drawn>,
    /// What theories are to be told of pairs.
    relations: Vec<Relation>,
}

/// A setting: what it is called by, the parameters, and the revisionism of all states if it is
/// varied.
type Varied = (Vec<String>, Parameters, Option<f64>);

/// The most cases that settings can make of one system, and the most years that can be asked for.
const MOST: usize = 100_000;

impl CasesArgs {
    /// All cases, in order: file, year, driver and measure, setting.
    pub(super) fn cases(
        &self,
        files: &[PathBuf],
        model: &ModelArgs,
        theories: &[Theory],
        drawn: Option<Drawn>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Case>> {
        if let Some(name) = self.varied_and_drawn(drawn.as_ref()) {
            let found = format!("{name}, which --parameters gives and --draws draws");
            return Err(Error::parameter("vary", "parameters that are not drawn", found));
        }
        let read = |relation: &Relation| theories.iter().any(|t| t.reads() == Some(*relation));
        let dimensions = Dimensions {
            years: self.years.as_deref().map(years).transpose()?,
            measures: self.measures()?,
            settings: self.settings(model)?,
            selection: self.states.selection()?,
            dyads: self.states.dyads()?,
            drawn,
            relations: Relation::ALL.into_iter().filter(read).collect(),
        };
        if files.iter().filter(|file| input::is_standard(file)).count() > 1 {
            return Err(Error::parameter("SYSTEM.csv", "- once at most", "it several times"));
        }
        let mut cases = Vec::new();
        for file in files {
            let dataset = self.states.of(system::dataset(file)?)?;
            notes.extend(dataset.notes().iter().cloned());
            let several = files.len() > 1;
            match self.states.years_of_conquests(&dataset, dimensions.years.as_deref()) {
                None => {
                    let dataset = self.states.changed(dataset, None)?;
                    of_file(&dataset, several, &dimensions, model, &mut cases)?;
                }
                Some(years) => {
                    for &year in years {
                        let dataset = self.states.changed(dataset.clone(), Some(year))?;
                        let years = Some(vec![year]);
                        let dimensions = Dimensions { years, ..dimensions.clone() };
                        of_file(&dataset, several, &dimensions, model, &mut cases)?;
                    }
                }
            }
        }
        Ok(cases)
    }

    /// A parameter that is both varied and drawn, if one is.
    fn varied_and_drawn(&self, drawn: Option<&Drawn>) -> Option<String> {
        let names = drawn?.estimates().into_iter().map(|(name, _)| name);
        let varied = |name: &String| {
            let known = |text: &String| text.split('=').next().map(str::trim) == Some(name);
            self.vary.iter().any(known)
        };
        names.into_iter().find(varied)
    }

    fn measures(&self) -> Result<Vec<Measure>> {
        match (&self.weights, self.capability.is_empty()) {
            (Some(weights), _) => Ok(vec![Measure::weights(weights)?]),
            (None, true) => Ok(vec![Measure::Cinc]),
            (None, false) => {
                let columns = self.capability.iter().map(|column| column.trim().to_owned());
                Ok(columns.map(Measure::Column).collect())
            }
        }
    }

    /// Every combination of driver and values, with what it is called by.
    fn settings(&self, model: &ModelArgs) -> Result<Vec<Varied>> {
        let drivers = model.each_driver()?;
        let named = drivers.len() > 1;
        let name = |parameters: &Parameters| match parameters.driver {
            Driver::Power => "power".to_owned(),
            Driver::Threat => "threat".to_owned(),
        };
        let mut settings: Vec<Varied> = drivers
            .into_iter()
            .map(|p| (if named { vec![name(&p)] } else { Vec::new() }, p, None))
            .collect();
        for text in &self.vary {
            let (setting, values) = varied(text)?;
            let combined = settings.len().saturating_mul(values.len());
            if combined > MOST {
                return Err(Error::too_large(
                    format!("the values to vary make {combined} settings"),
                    format!("{MOST} settings"),
                    "give longer steps, or vary fewer parameters",
                ));
            }
            settings = settings
                .iter()
                .flat_map(|(called, parameters, revisionism)| {
                    values.iter().map(move |&value| {
                        let mut called = called.clone();
                        called.push(match setting {
                            Some(setting) => format!("{setting}={value}"),
                            None => format!("{REVISIONISM}={value}"),
                        });
                        match setting {
                            Some(setting) => (called, setting.at(value, parameters), *revisionism),
                            None => (called, parameters.clone(), Some(value)),
                        }
                    })
                })
                .collect();
        }
        for (_, parameters, _) in &settings {
            parameters.validate()?;
        }
        Ok(settings)
    }
}

/// What is varied that is no parameter of the model but known of states.
const REVISIONISM: &str = "revisionism";

/// A parameter and its values; `None` for the revisionism of all states.
fn varied(text: &str) -> Result<(Option<Setting>, Vec<f64>)> {
    match text.split_once('=') {
        Some((name, values)) if name.trim() == REVISIONISM => {
            let values = values_of(values.trim())?;
            match values.iter().find(|rho| !(0.0..=1.0).contains(*rho)) {
                Some(rho) => Err(Error::parameter("vary", "revisionism from 0 to 1", rho)),
                None => Ok((None, values)),
            }
        }
        _ => Range::parse(text).map(|Range { setting, values }| (Some(setting), values)),
    }
}

/// The cases of one file.
fn of_file(
    dataset: &Dataset,
    several: bool,
    dimensions: &Dimensions,
    model: &ModelArgs,
    cases: &mut Vec<Case>,
) -> Result<()> {
    let known = dataset.years();
    let years: Vec<Option<i32>> = match &dimensions.years {
        _ if known.is_empty() => vec![None],
        None => known.into_iter().map(Some).collect(),
        Some(asked) => asked.iter().copied().map(Some).collect(),
    };
    for &year in &years {
        let selection = Selection { year, ..dimensions.selection.clone() };
        for measure in &dimensions.measures {
            let built = dimensions.dyads.attach(dataset.system(&selection, measure)?)?;
            let system = built.system;
            let mut notes = built.notes;
            let pairs = dimensions.pairs(&system, &mut notes)?;
            let leader = model.leader(&system, &mut notes)?;
            let target = model.security.target(&system)?;
            let alignment::Options { tactics, chains, .. } = model.tactics.options(&system)?;
            let told = year.filter(|_| years.len() > 1 || dimensions.years.is_some());
            let name = (several || told.is_none()).then(|| system.name().to_owned());
            let base = [name, told.map(|year| year.to_string())];
            let base: Vec<String> = base.into_iter().flatten().collect();
            let measured = (dimensions.measures.len() > 1).then(|| measure.to_string());
            for (setting, parameters, revisionism) in &dimensions.settings {
                let system = match revisionism {
                    Some(revisionism) => system.with_revisionism(*revisionism)?,
                    None => system.clone(),
                };
                let parts = base.iter().chain(&measured).chain(setting);
                cases.push(Case {
                    label: parts.cloned().collect::<Vec<_>>().join(" "),
                    group: base.join(" "),
                    system,
                    parameters: parameters.clone(),
                    leader,
                    target,
                    tactics: (tactics, chains),
                    pairs: pairs.clone(),
                    notes: notes.clone(),
                    draws: dimensions.drawn.as_ref().map(|drawn| drawn.of_case(parameters)),
                });
            }
        }
    }
    Ok(())
}

impl Dimensions {
    /// What the files tell of pairs, of all that the theories read; with what there is to note.
    fn pairs(
        &self,
        system: &System,
        notes: &mut Vec<String>,
    ) -> Result<Vec<(Relation, Array2<f64>)>> {
        let mut pairs = Vec::new();
        for &relation in &self.relations {
            if let Some(known) = self.dyads.known(system, relation)? {
                notes.extend(known.notes);
                pairs.push((relation, known.matrix));
            }
        }
        Ok(pairs)
    }
}

/// The years of `1816..2016`, `1816..2016:10` or `1913,1938`.
fn years(text: &str) -> Result<Vec<i32>> {
    let wrong =
        || Error::parameter("years", "years as 1816..2016, 1816..2016:10 or 1913,1938", text);
    let year = |part: &str| part.trim().parse::<i32>().map_err(|_| wrong());
    let Some((from, rest)) = text.split_once("..") else {
        return text.split(',').map(year).collect();
    };
    let (to, step) = match rest.split_once(':') {
        Some((to, step)) => (to, step.trim().parse::<usize>().map_err(|_| wrong())?),
        None => (rest, 1),
    };
    let (from, to) = (year(from)?, year(to)?);
    // No more are looked at than there is room for: a file has some thousands at most.
    if step == 0 || from > to || to.abs_diff(from) as usize / step >= MOST {
        return Err(wrong());
    }
    Ok((from..=to).step_by(step).collect())
}
