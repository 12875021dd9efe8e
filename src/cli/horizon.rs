//! Arguments that say how power will be distributed later.

use std::path::PathBuf;

use clap::Args;

use crate::analysis::Horizon;
use crate::cli::system::SystemArgs;
use crate::dataset::Growth;
use crate::error::{Error, Result};
use crate::system::System;

/// When, and how it comes to that.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Horizon")]
pub(super) struct HorizonArgs {
    /// Ask whether the leading state's window is closing by this year: whether waiting costs it
    /// more than war (--war-cost) would. Power then is that year's in the same file, or grows to
    /// it with --growth
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    horizon_year: Option<i32>,
    /// CSV with the columns state and growth, a rate a year (0.02 for two per cent)
    #[arg(long, value_name = "FILE", requires = "horizon_year")]
    growth: Option<PathBuf>,
}

impl HorizonArgs {
    /// The same states at the horizon, if one was given.
    pub(super) fn horizon(&self, system: &System, from: &SystemArgs) -> Result<Option<Horizon>> {
        let Some(year) = self.horizon_year else { return Ok(None) };
        if let Some(now) = system.year().filter(|&now| now >= year) {
            return Err(Error::parameter("horizon-year", format!("a year after {now}"), year));
        }
        let Some(path) = &self.growth else {
            let system = from.at_year(system, year)?;
            return Ok(Some(Horizon { year, basis: system.source().to_owned(), system }));
        };
        let Some(now) = system.year() else {
            return Err(Error::system(
                "a system without a year does not tell how long it grows",
                "add a column year",
            ));
        };
        let growth = Growth::read(path)?;
        let years = year.abs_diff(now);
        let system = growth.grown(system, year, years)?;
        Ok(Some(Horizon { year, basis: growth.source().to_owned(), system }))
    }
}
