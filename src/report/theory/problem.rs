//! The problem in the report, exactly, and back.

use dashu_ratio::RBig;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::dataset::Relation;
use crate::error::{Error, Place, Result};
use crate::exact::parse_exact;
use crate::system::{Parts, State, System};
use crate::theory::{Pairs, Problem, Settings, Theory};

/// The system and the parameters.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProblemReport {
    /// What the system is called.
    #[serde(default)]
    pub name: String,
    /// The file that it came from.
    #[serde(default)]
    pub source: String,
    /// The year, where the data have one.
    #[serde(default)]
    pub year: Option<i32>,
    /// How power was measured.
    #[serde(default)]
    pub measure: String,
    /// The states.
    pub states: Vec<StateResources>,
    /// What is known of pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<PairsReport>,
    /// The parameters that the theory reads.
    #[serde(default)]
    pub settings: SettingsReport,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateResources {
    /// Its identifier.
    pub id: String,
    /// Its resources, exactly: `120`, `5/12`.
    pub resources: String,
    /// Its side in the reference split, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bloc: Option<String>,
}

/// What is known of pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairsReport {
    /// `propensity`, `sign` or `link`.
    pub relation: String,
    /// The pairs whose value is not zero, each once.
    pub pairs: Vec<PairReport>,
}

/// One pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairReport {
    /// The first state.
    pub state1: String,
    /// The second.
    pub state2: String,
    /// The value, exactly.
    pub value: String,
}

/// The parameters that a theory reads.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SettingsReport {
    /// `α`, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha: Option<String>,
    /// `γ`, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gamma: Option<String>,
    /// The number of sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<usize>,
    /// Decisiveness of the contest, `inf` where it is without bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisiveness: Option<String>,
    /// Dominance of the contest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dominance: Option<String>,
    /// How many solutions are listed at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<usize>,
}

impl ProblemReport {
    /// The problem as the report has it, with the parameters of one theory.
    pub(super) fn new(problem: &Problem, theory: Theory) -> Self {
        let system = problem.system();
        let state = |(state, resources): (&State, &RBig)| StateResources {
            id: state.id.clone(),
            resources: resources.to_string(),
            bloc: state.reference.clone(),
        };
        Self {
            name: system.name().into(),
            source: system.source().into(),
            year: system.year(),
            measure: system.measure().into(),
            states: system.states().iter().zip(problem.resources()).map(state).collect(),
            pairs: problem.pairs().map(|pairs| pairs_report(problem, pairs)),
            settings: SettingsReport::new(&problem.settings, theory),
        }
    }

    /// The problem again.
    ///
    /// # Errors
    /// If the states do not make a system, or a number is none.
    pub fn problem(&self) -> Result<Problem> {
        let number = |text: &str, what: &str| {
            parse_exact(text).ok_or_else(|| {
                let place = Place { column: Some(what.into()), ..Place::file(&self.name) };
                let found = format!("expected a number such as 120 or 5/12, found {text:?}");
                Error::input(place, found, "write it as the report did")
            })
        };
        let mut parts = Parts {
            name: self.name.clone(),
            source: self.source.clone(),
            year: self.year,
            measure: self.measure.clone(),
            ..Parts::default()
        };
        for state in &self.states {
            let reference = state.bloc.clone();
            parts.states.push(State { reference, ..State::new(state.id.clone()) });
            parts.power.push(number(&state.resources, "resources")?);
        }
        let resources = parts.power.clone();
        let mut problem = Problem::new(System::new(parts)?).with_resources(resources)?;
        problem.settings = self.settings.settings(&number)?;
        problem.settings.validate()?;
        let Some(report) = &self.pairs else { return Ok(problem) };
        let known = Relation::ALL.into_iter().find(|known| known.name() == report.relation);
        let Some(relation) = known else {
            return Err(Error::parameter("relation", "what is known of pairs", &report.relation));
        };
        let n = problem.len();
        let mut values = Array2::from_elem((n, n), RBig::ZERO);
        for pair in &report.pairs {
            let i = problem.system().index_of(&pair.state1)?;
            let j = problem.system().index_of(&pair.state2)?;
            if i == j || !values[[i, j]].is_zero() {
                return Err(Error::system(
                    format!("{} and {} are paired twice", pair.state1, pair.state2),
                    "keep one value for each pair of states",
                ));
            }
            let value = number(&pair.value, relation.name())?;
            values[[i, j]] = value.clone();
            values[[j, i]] = value;
        }
        problem.with_exact_pairs(Pairs { relation, values })
    }
}

fn pairs_report(problem: &Problem, pairs: &Pairs) -> PairsReport {
    let known = pairs.values.indexed_iter().filter(|((i, j), value)| i < j && !value.is_zero());
    let pair = |((i, j), value): ((usize, usize), &RBig)| PairReport {
        state1: problem.system().id(i).into(),
        state2: problem.system().id(j).into(),
        value: value.to_string(),
    };
    PairsReport { relation: pairs.relation.name().into(), pairs: known.map(pair).collect() }
}

impl SettingsReport {
    fn new(settings: &Settings, theory: Theory) -> Self {
        let all = Self { listed: Some(settings.listed), ..Self::default() };
        match theory {
            Theory::NiouOrdeshook | Theory::PowerAllocation | Theory::StructuralBalance => all,
            Theory::WarStable => Self { gamma: Some(settings.gamma.to_string()), ..all },
            Theory::NestedContest => Self {
                decisiveness: Some(settings.decisiveness.to_string()),
                dominance: Some(settings.dominance.to_string()),
                ..all
            },
            Theory::Landscape => Self { sides: Some(settings.sides), ..all },
            Theory::RulingCoalition => Self { alpha: Some(settings.alpha.to_string()), ..all },
        }
    }

    fn settings(&self, number: &impl Fn(&str, &str) -> Result<RBig>) -> Result<Settings> {
        let mut settings = Settings::default();
        if let Some(alpha) = &self.alpha {
            settings.alpha = number(alpha, "alpha")?;
        }
        if let Some(gamma) = &self.gamma {
            settings.gamma = number(gamma, "gamma")?;
        }
        settings.sides = self.sides.unwrap_or(settings.sides);
        for (name, text, value) in [
            ("decisiveness", &self.decisiveness, &mut settings.decisiveness),
            ("dominance", &self.dominance, &mut settings.dominance),
        ] {
            if let Some(text) = text {
                *value =
                    text.parse().map_err(|_| Error::parameter(name, "a number or inf", text))?;
            }
        }
        settings.listed = self.listed.unwrap_or(settings.listed);
        Ok(settings)
    }
}
