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
//! use equipoise::lp::Backend;
//! use equipoise::system::System;
//! use equipoise::theory::{Problem, Theory};
//! use equipoise::verdict::Judgement;
//! use equipoise::work::Work;
//!
//! let system = System::from_powers([("A", 120.0), ("B", 100.0), ("C", 80.0)])?;
//! let problem = Problem::new(system);
//! let findings = Theory::NiouOrdeshook.solve(&problem, Backend::default(), &Work::default())?;
//! let outcome = findings.outcome(&problem).unwrap();
//! assert_eq!(outcome.verdict, Judgement::Balanced);
//! # Ok::<(), equipoise::error::Error>(())
//! ```

mod outcome;
mod problem;

pub mod landscape;
pub mod nested_contest;
pub mod niou_ordeshook;
pub mod power_allocation;
pub mod ruling_coalition;
pub mod structural_balance;
pub mod war_stable;

use serde::{Deserialize, Serialize};

use crate::dataset::Relation;
use crate::error::Result;
use crate::lp::Backend;
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
    /// The power allocation game.
    PowerAllocation,
    /// Networks of alliances stable against war.
    WarStable,
    /// Structural balance.
    StructuralBalance,
    /// Alliances in nested contests.
    NestedContest,
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
    /// Of [`Theory::PowerAllocation`].
    PowerAllocation(power_allocation::Finding),
    /// Of [`Theory::WarStable`].
    WarStable(war_stable::Finding),
    /// Of [`Theory::StructuralBalance`].
    StructuralBalance(structural_balance::Finding),
    /// Of [`Theory::NestedContest`].
    NestedContest(nested_contest::Finding),
}

impl Theory {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::NiouOrdeshook,
        Self::Landscape,
        Self::RulingCoalition,
        Self::PowerAllocation,
        Self::WarStable,
        Self::StructuralBalance,
        Self::NestedContest,
    ];

    /// The theory's name, as the command line has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => "niou-ordeshook",
            Self::Landscape => "landscape",
            Self::RulingCoalition => "ruling-coalition",
            Self::PowerAllocation => "power-allocation",
            Self::WarStable => "war-stable",
            Self::StructuralBalance => "structural-balance",
            Self::NestedContest => "nested-contest",
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
            Self::PowerAllocation => power_allocation::SOURCE,
            Self::WarStable => war_stable::SOURCE,
            Self::StructuralBalance => structural_balance::SOURCE,
            Self::NestedContest => nested_contest::SOURCE,
        }
    }

    /// What it asks.
    pub const fn question(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => niou_ordeshook::QUESTION,
            Self::Landscape => landscape::QUESTION,
            Self::RulingCoalition => ruling_coalition::QUESTION,
            Self::PowerAllocation => power_allocation::QUESTION,
            Self::WarStable => war_stable::QUESTION,
            Self::StructuralBalance => structural_balance::QUESTION,
            Self::NestedContest => nested_contest::QUESTION,
        }
    }

    /// How the verdict follows from its answer.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::NiouOrdeshook => niou_ordeshook::RULE,
            Self::Landscape => landscape::RULE,
            Self::RulingCoalition => ruling_coalition::RULE,
            Self::PowerAllocation => power_allocation::RULE,
            Self::WarStable => war_stable::RULE,
            Self::StructuralBalance => structural_balance::RULE,
            Self::NestedContest => nested_contest::RULE,
        }
    }

    /// The relation of pairs that it reads.
    pub const fn reads(self) -> Option<Relation> {
        match self {
            Self::NiouOrdeshook | Self::RulingCoalition | Self::NestedContest => None,
            Self::Landscape => Some(Relation::Propensity),
            Self::PowerAllocation | Self::StructuralBalance => Some(Relation::Sign),
            Self::WarStable => Some(Relation::Link),
        }
    }

    /// The relation of pairs that it cannot do without.
    pub const fn needs(self) -> Option<Relation> {
        match self {
            // Without a network the empty one is looked at, and all of few states.
            Self::WarStable => None,
            _ => self.reads(),
        }
    }

    /// What of the input the theory does not use though the lenses would, in words.
    pub fn passed_over(self, problem: &Problem) -> Option<String> {
        match self {
            Self::NestedContest => nested_contest::passed_over(problem),
            _ => None,
        }
    }

    /// Solves a problem.
    ///
    /// # Errors
    /// If a parameter is out of range, a relation that the theory needs is missing, or there
    /// are more states than it takes; what it is and what to do is said.
    pub fn solve(self, problem: &Problem, backend: Backend, work: &Work) -> Result<Findings> {
        problem.settings.validate()?;
        Ok(match self {
            Self::NiouOrdeshook => Findings::NiouOrdeshook(niou_ordeshook::solve(problem, work)?),
            Self::Landscape => Findings::Landscape(landscape::solve(problem, work)?),
            Self::RulingCoalition => {
                Findings::RulingCoalition(ruling_coalition::solve(problem, work)?)
            }
            Self::PowerAllocation => {
                Findings::PowerAllocation(power_allocation::solve(problem, backend, work)?)
            }
            Self::WarStable => Findings::WarStable(war_stable::solve(problem, work)?),
            Self::StructuralBalance => {
                Findings::StructuralBalance(structural_balance::solve(problem, backend, work)?)
            }
            Self::NestedContest => Findings::NestedContest(nested_contest::solve(problem, work)?),
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
            Self::PowerAllocation(_) => Theory::PowerAllocation,
            Self::WarStable(_) => Theory::WarStable,
            Self::StructuralBalance(_) => Theory::StructuralBalance,
            Self::NestedContest(_) => Theory::NestedContest,
        }
    }

    fn answer(&self) -> &dyn Answer {
        match self {
            Self::NiouOrdeshook(finding) => finding,
            Self::Landscape(finding) => finding,
            Self::RulingCoalition(finding) => finding,
            Self::PowerAllocation(finding) => finding,
            Self::WarStable(finding) => finding,
            Self::StructuralBalance(finding) => finding,
            Self::NestedContest(finding) => finding,
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

    /// Who stands with whom, in each of the tied solutions that are listed; none where the theory
    /// does not say.
    pub fn splits(&self) -> Vec<&[Vec<String>]> {
        match self {
            Self::Landscape(found) => {
                let tied = found.minima.iter().take(found.global);
                tied.map(|minimum| minimum.sides.as_slice()).collect()
            }
            Self::StructuralBalance(found) if found.splits.is_empty() => vec![&found.sides],
            Self::StructuralBalance(found) => found.splits.iter().map(Vec::as_slice).collect(),
            Self::RulingCoalition(found) => found.ruling.iter().map(std::slice::from_ref).collect(),
            Self::NestedContest(found) => {
                found.partitions.iter().map(|partition| partition.blocs.as_slice()).collect()
            }
            Self::NiouOrdeshook(_) | Self::PowerAllocation(_) | Self::WarStable(_) => Vec::new(),
        }
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
