//! Arguments that say which pairs of states in which years are held against what.

use std::path::PathBuf;

use crate::cli::fit::span;
use crate::cli::note;
use crate::cli::system::dataset;
use crate::dataset::{Dataset, DyadFiles, Majors, Measure, Pacts, PanelFiles, Wars};
use crate::error::{Error, Result};
use crate::evidence::backtest::Target;

#[derive(Debug, Clone, clap::Args)]
pub(super) struct HistoryArgs {
    /// Capabilities by state and year: NMC as downloaded
    #[arg(value_name = "NMC.csv")]
    file: PathBuf,
    /// Major powers, from the Correlates of War list
    #[arg(long, value_name = "FILE")]
    majors: PathBuf,
    /// Pacts: ATOP's directed dyad-years as downloaded
    #[arg(long, value_name = "FILE")]
    pacts: PathBuf,
    /// Capitals and rivalries as downloaded, and contiguity for --pairs relevant
    #[arg(long, value_name = "FILE,…", value_delimiter = ',', required = true)]
    dyads: Vec<PathBuf>,
    /// Wars, for --predict sides: COW's Inter-StateWarData as downloaded
    #[arg(long, value_name = "FILE")]
    wars: Option<PathBuf>,
    /// What is predicted: pact, new-pact:YEARS or sides
    #[arg(long, value_name = "TARGET", default_value = "pact")]
    predict: String,
    /// Only these years, as 1817..2016; by default all that the files cover
    #[arg(long, value_name = "FROM..TO")]
    years: Option<String>,
    /// How power is measured: `cinc`, or a column
    #[arg(long, value_name = "cinc|COLUMN", default_value = "cinc")]
    capability: String,
}

/// The files, read.
pub(super) struct History {
    capabilities: Dataset,
    majors: Majors,
    pacts: Pacts,
    dyads: DyadFiles,
    measure: Measure,
    pub(super) wars: Option<Wars>,
    pub(super) target: Target,
    pub(super) years: Option<(i32, i32)>,
    /// What they are called.
    pub(super) sources: Vec<String>,
}

impl HistoryArgs {
    /// Reads the files, with notes of what is odd.
    pub(super) fn read(&self) -> Result<History> {
        let target = Target::parse(&self.predict)?;
        let years = self.years.as_deref().map(span).transpose()?;
        if target == Target::Sides && self.wars.is_none() {
            return Err(Error::parameter("predict", "a list of --wars beside sides", "none"));
        }
        let (capabilities, majors) = (dataset(&self.file)?, Majors::read(&self.majors)?);
        let (pacts, dyads) = (Pacts::read(&self.pacts)?, DyadFiles::read(&self.dyads)?);
        let wars = self.wars.as_ref().map(Wars::read).transpose()?;
        let measure = match self.capability.as_str() {
            "cinc" => Measure::Cinc,
            column => Measure::Column(column.to_owned()),
        };
        for text in capabilities.notes() {
            note(text);
        }
        let mut sources = vec![capabilities.source().to_owned(), pacts.source().to_owned()];
        sources.extend(self.dyads.iter().map(|path| path.display().to_string()));
        Ok(History { capabilities, majors, pacts, dyads, measure, wars, target, years, sources })
    }
}

impl History {
    pub(super) fn files(&self) -> PanelFiles<'_> {
        PanelFiles {
            capabilities: &self.capabilities,
            majors: &self.majors,
            pacts: &self.pacts,
            dyads: &self.dyads,
            measure: &self.measure,
        }
    }

    /// What power is measured by.
    pub(super) fn measure(&self) -> String {
        self.measure.to_string()
    }
}
