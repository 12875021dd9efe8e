//! `--parameters fit.json`: parameters from a fit, and draws of their doubt.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::analysis::{Analysis, Draws, Options, draws};
use crate::cli::{input, note, request};
use crate::error::{Error, Place, Result};
use crate::evidence::alignment::{ALIGNMENT, Quantity};
use crate::evidence::estimate::{Estimate, with_values};
use crate::parameters::Parameters;
use crate::parameters::sampling::Sampling;
use crate::parameters::simulation::Rule;
use crate::report::compare::CaseDraws;
use crate::report::fit::{AlignmentFit, FIT_SCHEMA, Fit};
use crate::simulation::Draws as FilmDraws;
use crate::sweep::Drawn as SweepDraws;
use crate::work::Work;

/// Where parameters come from.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct EstimateArgs {
    /// Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that is given
    /// beside it wins
    #[arg(long, value_name = "FILE", help_heading = "Model")]
    parameters: Option<PathBuf>,
}

impl EstimateArgs {
    /// The estimate that is to be used, without what a flag says; `None` without a file.
    pub(super) fn read(&self) -> Result<Option<Estimate>> {
        let Some(path) = &self.parameters else { return Ok(None) };
        Ok(Some(estimate(path)?.overruled(|quantity| request::is_given(quantity.name()))))
    }

    /// So many draws of the estimate; `None` where none are asked for.
    pub(super) fn drawn(&self, number: Option<u32>, seed: u64) -> Result<Option<Drawn>> {
        let (Some(number), Some(estimate)) = (number, self.read()?) else { return Ok(None) };
        if !estimate.can_be_drawn() || estimate.values().next().is_none() {
            let found = "one without standard errors, or all of it given by flags";
            return Err(Error::parameter("draws", "an estimate with standard errors", found));
        }
        Ok(Some(Drawn { estimate, number, seed }))
    }

    /// The estimate of the precision of the logit equilibrium, or this one.
    pub(super) fn precision(&self, given: f64) -> Result<f64> {
        let estimated = self.read()?.and_then(|found| found.value(Quantity::Precision));
        Ok(estimated.unwrap_or(given))
    }

    /// The parameters with the estimates in their place.
    pub(super) fn apply(&self, parameters: Parameters) -> Result<Parameters> {
        let Some(found) = self.read()? else { return Ok(parameters) };
        let parameters = with_values(&parameters, found.values());
        parameters.validate()?;
        Ok(parameters)
    }
}

/// The estimate in a file.
fn estimate(path: &Path) -> Result<Estimate> {
    let fault = |problem: String, remedy: &str| {
        Error::input(Place::file(input::called(path)), problem, remedy)
    };
    let remedy = "save one with `equipoise fit decisiveness … -o fit.json`";
    let bytes = input::read(path)?;
    let tree: Value = serde_json::from_slice(&bytes)
        .map_err(|error| fault(format!("expected a fit in JSON: {error}"), remedy))?;
    let schema = tree.get("schema").and_then(Value::as_str).unwrap_or("none");
    if schema != FIT_SCHEMA {
        return Err(fault(format!("expected \"{FIT_SCHEMA}\", found {schema}"), remedy));
    }
    let whole = |error| fault(format!("expected a fit: {error}"), remedy);
    let found = if tree.get("model").is_some_and(|model| model == ALIGNMENT) {
        let fit: AlignmentFit = serde_json::from_slice(&bytes).map_err(whole)?;
        Estimate::of_alignment(&fit)
    } else {
        let fit: Fit = serde_json::from_slice(&bytes).map_err(whole)?;
        Estimate::of_wars(&fit)
    };
    found.ok_or_else(|| {
        fault("expected an estimate, found a fit that has none".into(), "fit on other data")
    })
}

/// How often to draw.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct DrawArgs {
    /// Also the verdict over N draws from the sampling distribution of the estimates in
    /// --parameters: the share of draws for each
    #[arg(long, value_name = "N", requires = "parameters", help_heading = "Work")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    draws: Option<u32>,
}

/// Draws of an estimate, ready to be solved with.
#[derive(Clone)]
pub(super) struct Drawn {
    estimate: Estimate,
    number: u32,
    pub(super) seed: u64,
}

impl DrawArgs {
    /// What is to be drawn; `None` where no draws are asked for.
    pub(super) fn drawn(&self, from: &EstimateArgs, seed: u64) -> Result<Option<Drawn>> {
        let Some(drawn) = from.drawn(self.draws, seed)? else { return Ok(None) };
        if !drawn.estimate.values().any(|(quantity, _)| quantity != Quantity::Precision) {
            note("the verdict does not depend on the precision: all draws have the same");
        }
        Ok(Some(drawn))
    }
}

impl Drawn {
    /// What is drawn, and its estimate.
    pub(super) fn estimates(&self) -> Vec<(String, f64)> {
        let values = self.estimate.values();
        values.map(|(quantity, value)| (quantity.name().to_owned(), value)).collect()
    }

    /// Parameters of every draw, in order.
    pub(super) fn parameters(&self, of: &Parameters) -> Vec<Parameters> {
        (0..self.number).map(|k| with_values(of, self.estimate.draw(self.seed, k))).collect()
    }

    /// The draws for a film, of what it has of the estimates: the cost of war is another rule
    /// there, and nothing else that is estimated is one of its rules.
    pub(super) fn of_film(&self) -> Result<FilmDraws> {
        let rule = |quantity| match quantity {
            Quantity::Decisiveness => Some(Rule::Decisiveness),
            Quantity::Dominance => Some(Rule::Dominance),
            _ => None,
        };
        let rules: Vec<Rule> = self.estimate.values().filter_map(|(q, _)| rule(q)).collect();
        if rules.is_empty() {
            let expected = "an estimate of decisiveness or dominance, not given by a flag as well";
            return Err(Error::parameter("draws", expected, "none of them in --parameters"));
        }
        let values = (0..self.number).map(|k| {
            let drawn = self.estimate.draw(self.seed, k).into_iter();
            drawn.filter(|(quantity, _)| rule(*quantity).is_some()).map(|(_, value)| value)
        });
        Ok(FilmDraws {
            rules,
            values: values.map(Iterator::collect).collect(),
            sampling: self.sampling(|quantity| rule(quantity).is_some()),
        })
    }

    /// All that the draws follow from.
    pub(super) fn sampling(&self, used: impl Fn(Quantity) -> bool) -> Sampling {
        self.estimate.sampling(self.number, self.seed, used)
    }

    /// The draws for a sweep around these parameters.
    pub(super) fn of_sweep(&self, parameters: &Parameters) -> SweepDraws {
        let sampling = self.sampling(|quantity| quantity != Quantity::Precision);
        SweepDraws { parameters: self.parameters(parameters), sampling }
    }

    /// The draws of a case with these parameters.
    pub(super) fn of_case(&self, parameters: &Parameters) -> CaseDraws {
        let estimates = self.estimates();
        CaseDraws { parameters: self.parameters(parameters), seed: self.seed, estimates }
    }

    /// The verdicts on the system of an analysis.
    pub(super) fn verdicts(
        &self,
        analysis: &Analysis,
        options: &Options,
        work: &Work,
    ) -> Result<Option<Draws>> {
        let found = draws(analysis, &self.parameters(&analysis.parameters), options, work)?;
        if found.is_none() {
            note(
                "the time was up before all draws were solved, or no lens judges control: the \
                  verdict over draws is left out",
            );
        }
        Ok(found)
    }
}
