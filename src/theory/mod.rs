//! Published theories of alliances and the balance of power, each solved exactly as published,
//! so that it can be set beside the four lenses.
//!
//! A theory takes a [`Problem`], a system with exact resources and what is known of each pair,
//! and returns [`Findings`]: the answer with all its ties and the evidence for it. From these
//! come an [`Outcome`] that is the same for all theories (verdict, who stands with whom, who is
//! left out), an [`Examination`] of the claims that uses no linear programme, and the words of
//! the report. What turns on a strict inequality at one half or on a tie is decided in integers
//! made from the decimal text of the input.
//!
//! A new theory is a folder or file here with `Finding`, `solve` and the trait [`Answer`], and
//! a variant of [`Theory`] and of [`Findings`]; exhaustive matches list the rest.
//!
//! ```
//! use equipoise::system::System;
//! use equipoise::theory::{Problem, Theory};
//! use equipoise::verdict::Judgement;
//! use equipoise::work::Work;
//!
//! let system = System::from_powers([("A", 120.0), ("B", 100.0), ("C", 80.0)])?;
//! let problem = Problem::new(system);
//! let findings = Theory::NiouOrdeshook.solve(&problem, &Work::default())?;
//! let outcome = findings.outcome(&problem).unwrap();
//! assert_eq!(outcome.verdict, Judgement::Balanced);
//! # Ok::<(), equipoise::error::Error>(())
//! ```

mod outcome;
mod problem;

pub mod landscape;
pub mod niou_ordeshook;
pub mod ruling_coalition;

use serde::{Deserialize, Serialize};

use crate::dataset::Relation;
use crate::error::Result;
use crate::work::Work;

pub use outcome::{Examination, Outcome, Section};
pub use problem::{Pairs, Problem, Read, Settings};

/// What every theory's finding can do.
pub trait Answer {
    /// The verdict, who stands with whom, who is left out; or what cannot be read.
    fn outcome(&self, problem: &Problem) -> Read<Outcome>;
    /// Re-examines every claim from the problem alone. `thorough` repeats enumerations that
    /// are otherwise repeated only where they are short.
    fn examine(&self, problem: &Problem, thorough: bool) -> Examination;
    /// The finding in words.
    fn sections(&self) -> Vec<Section>;
    /// What was not decided, in words.
    fn undecided(&self) -> Option<String>;
}

/// A published theory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theory {
    /// System and resource stability.
    NiouOrdeshook,
    /// Landscape theory of aggregation.
    Landscape,
    /// The ultimate ruling coalition.
    RulingCoalition,
}

/// What a theory found, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "theory", content = "findings", rename_all = "kebab-case")]
pub enum Findings {
    /// Of [`Theory::NiouOrdeshook`].
    NiouOrdeshook(niou_ordeshook::Finding),
    /// Of [`Theory::Landscape`].
    Landscape(landscape::Finding),
    /// Of [`Theory::RulingCoalition`].
    RulingCoalition(ruling_coalition::Finding),
}

impl Theory {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NiouOrdeshook, Self::Landscape, Self::RulingCoalition];

    /// The theory's name, as the command line has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => "niou-ordeshook",
            Self::Landscape => "landscape",
            Self::RulingCoalition => "ruling-coalition",
        }
    }

    /// The theory with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theory| theory.name() == name)
    }

    /// The publication.
    pub const fn source(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => niou_ordeshook::SOURCE,
            Self::Landscape => landscape::SOURCE,
            Self::RulingCoalition => ruling_coalition::SOURCE,
        }
    }

    /// What it asks.
    pub const fn question(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => niou_ordeshook::QUESTION,
            Self::Landscape => landscape::QUESTION,
            Self::RulingCoalition => ruling_coalition::QUESTION,
        }
    }

    /// How the verdict follows from its answer.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => niou_ordeshook::RULE,
            Self::Landscape => landscape::RULE,
            Self::RulingCoalition => ruling_coalition::RULE,
        }
    }

    /// The relation of pairs that it reads.
    pub const fn reads(self) -> Option<Relation> {
        match self {
            Self::NiouOrdeshook | Self::RulingCoalition => None,
            Self::Landscape => Some(Relation::Propensity),
        }
    }

    /// The relation of pairs that it cannot do without.
    pub const fn needs(self) -> Option<Relation> {
        match self {
            Self::NiouOrdeshook | Self::RulingCoalition => None,
            Self::Landscape => Some(Relation::Propensity),
        }
    }

    /// Solves a problem.
    ///
    /// # Errors
    /// If a parameter is out of range, a relation that the theory needs is missing, or there
    /// are more states than it takes; what it is and what to do is said.
    pub fn solve(self, problem: &Problem, work: &Work) -> Result<Findings> {
        problem.settings.validate()?;
        Ok(match self {
            Self::NiouOrdeshook => Findings::NiouOrdeshook(niou_ordeshook::solve(problem, work)?),
            Self::Landscape => Findings::Landscape(landscape::solve(problem, work)?),
            Self::RulingCoalition => {
                Findings::RulingCoalition(ruling_coalition::solve(problem, work)?)
            }
        })
    }
}

impl Findings {
    /// The theory.
    pub fn theory(&self) -> Theory {
        match self {
            Self::NiouOrdeshook(_) => Theory::NiouOrdeshook,
            Self::Landscape(_) => Theory::Landscape,
            Self::RulingCoalition(_) => Theory::RulingCoalition,
        }
    }

    fn answer(&self) -> &dyn Answer {
        match self {
            Self::NiouOrdeshook(finding) => finding,
            Self::Landscape(finding) => finding,
            Self::RulingCoalition(finding) => finding,
        }
    }

    /// The verdict, who stands with whom, who is left out; or what in the findings cannot be
    /// read, where they come from a file.
    ///
    /// # Errors
    /// In words, if a state that is named does not exist.
    pub fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        self.answer().outcome(problem)
    }

    /// Re-examines every claim from the problem alone, without a linear programme. `thorough`
    /// repeats enumerations that are otherwise repeated only where they are short.
    pub fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        self.answer().examine(problem, thorough)
    }

    /// The findings in words.
    pub fn sections(&self) -> Vec<Section> {
        self.answer().sections()
    }

    /// What was not decided, in words.
    pub fn undecided(&self) -> Option<String> {
        self.answer().undecided()
    }
}
