//! Which figure of a report or of a comparison.

use super::scene::Scene;
use super::{
    Observed, Paper, blocs, control, lenses, phase, price, shares, stopping, tactics, threats,
};
use crate::error::{Error, Result};
use crate::report::Report;
use crate::report::compare::Comparison;
use crate::report::sweep::{Aspect, SweepReport};

/// Years from which on a comparison is drawn over time, unless another figure is chosen.
const YEARS: usize = 5;

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// Of a report: the leading state's control through each lens.
    Lenses,
    /// Of a report: the states in their blocs.
    Blocs,
    /// Of a report: the states in the blocs that were asked about.
    Partition,
    /// Of either: how likely each tactic is played, at both ends of the alignment lens.
    Tactics,
    /// Of a report: who threatens whom.
    Threats,
    /// Of a comparison: shares and verdicts over the years.
    Shares,
    /// Of a comparison: the leading state's control through each lens, case by case.
    Control,
    /// Of a comparison: the price of peace over the years, and the wars.
    Price,
    /// Of a comparison: the stopping odds over the years, and whom the others fear.
    Stopping,
    /// Of a sweep: regions of one outcome each in this aspect, and their borders.
    Phase(Aspect),
}

impl FigureKind {
    /// Its name, as `--figure` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lenses => "lenses",
            Self::Blocs => "blocs",
            Self::Partition => "partition",
            Self::Tactics => "tactics",
            Self::Threats => "threats",
            Self::Shares => "shares",
            Self::Control => "control",
            Self::Price => "price",
            Self::Stopping => "stopping",
            Self::Phase(aspect) => aspect.name(),
        }
    }

    /// The figure of a comparison that says most: shares where there are five years of one file
    /// or more, each once, else control.
    pub fn of(comparison: &Comparison) -> Self {
        let mut years: Vec<Option<i32>> = comparison.rows.iter().map(|row| row.year).collect();
        years.sort_unstable();
        years.dedup();
        let each_once = years.len() == comparison.rows.len() && years.iter().all(Option::is_some);
        let sources = || comparison.reports.iter().map(|report| &report.system.source);
        let over_time = each_once && sources().all(|source| sources().next() == Some(source));
        if over_time && years.len() >= YEARS { Self::Shares } else { Self::Control }
    }

    /// The figure of a report, for a paper.
    ///
    /// # Errors
    /// If it is one of a comparison, or the report has no blocs, tactics or threats to draw.
    pub fn of_report(self, report: &Report, paper: &Paper) -> Result<Scene> {
        match self {
            Self::Lenses => Ok(lenses::figure(report, paper)),
            Self::Blocs => blocs::figure(report, paper),
            Self::Partition => blocs::of_partition(report, paper),
            Self::Tactics => tactics::of_report(report, paper),
            Self::Threats => threats::figure(report, paper),
            _ => {
                let expected = "lenses, blocs, partition, tactics or threats, of one system";
                Err(Error::parameter("figure", expected, self.name()))
            }
        }
    }

    /// The figure of a sweep, for a paper.
    ///
    /// # Errors
    /// If it is one of something else, or of an aspect that it was not swept by.
    pub fn of_sweep(self, report: &SweepReport, paper: &Paper) -> Result<Scene> {
        match self {
            Self::Phase(aspect) => phase::figure(report, aspect, paper),
            _ => Err(Error::parameter("figure", "an aspect, of a sweep", self.name())),
        }
    }

    /// The figure of a comparison, with the wars of its years where they are known, for a
    /// paper.
    ///
    /// # Errors
    /// If it is one of a single report, or one over years and the years do not make a
    /// row, or no case has what it shows.
    pub fn of_comparison(
        self,
        comparison: &Comparison,
        wars: &[Observed],
        paper: &Paper,
    ) -> Result<Scene> {
        match self {
            Self::Shares => shares::figure(comparison, paper),
            Self::Control => Ok(control::figure(comparison, paper)),
            Self::Price => price::figure(comparison, wars, paper),
            Self::Stopping => stopping::figure(comparison, paper),
            Self::Tactics => tactics::of_comparison(comparison, paper),
            _ => {
                let expected = "shares, control, price, stopping or tactics, of a comparison";
                Err(Error::parameter("figure", expected, self.name()))
            }
        }
    }
}
