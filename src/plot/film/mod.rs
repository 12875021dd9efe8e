//! Figures of a simulation: survival of the balance, the leading state's share, balancing, a heat
//! map over a plane of parameters; and of one run.

mod balancing;
mod fan;
mod heat;
mod run;
mod survival;

use super::scene::Scene;
use super::sheet::{HEIGHT, LEFT, Sheet, WIDTH};
use crate::error::{Error, Result};
use crate::plot::Paper;
use crate::report::simulation::{ReplayReport, SimulationReport};

/// A figure of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilmFigure {
    /// The probability that there has been no hegemon, by period, with its band.
    Survival,
    /// The leading state's share over the runs, by period.
    Fan,
    /// Where the others' power stands, by the leading state's share.
    Balancing,
    /// The probability of hegemony over a plane of parameters.
    Heat,
}

impl FilmFigure {
    /// All that can be drawn of a report.
    pub fn of(report: &SimulationReport) -> Vec<Self> {
        let heat = report.grid.is_some().then_some(Self::Heat);
        [Self::Survival, Self::Fan, Self::Balancing].into_iter().chain(heat).collect()
    }

    /// The figure, for a paper.
    ///
    /// # Errors
    /// If it is the heat map of a simulation without a plane.
    pub fn draw(self, report: &SimulationReport, paper: &Paper) -> Result<Scene> {
        match self {
            Self::Survival => Ok(survival::figure(report, paper)),
            Self::Fan => Ok(fan::figure(report, paper)),
            Self::Balancing => Ok(balancing::figure(report, paper)),
            Self::Heat => match &report.grid {
                Some(grid) => Ok(heat::figure(report, grid, paper)),
                None => {
                    let expected = "--x and --y beside it: a heat map is of a plane";
                    Err(Error::parameter("figure", expected, "neither"))
                }
            },
        }
    }
}

/// The film itself: who allied, who fought, who grew, period by period, for a paper.
pub fn replay(report: &ReplayReport, paper: &Paper) -> Scene {
    run::figure(report, paper)
}
