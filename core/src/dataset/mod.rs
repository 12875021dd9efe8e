//! CSV files as people have them → [`Dataset`] → [`System`](crate::system::System).
//!
//! A [`Dataset`] is a file of states: one row a state, or a state and year. It is read once;
//! systems are then built from it year by year. A [`Selection`] says which states belong to
//! the system, a [`Measure`] how their power is measured, a [`DyadTable`] what is known of
//! pairs.
//!
//! # Files
//!
//! UTF-8, with or without a byte order mark, also compressed with gzip; LF, CRLF or CR line ends;
//! `,`, `;` or tab between cells, told from the header or from a first line `sep=;`. Cells in double
//! quotes may hold delimiters, doubled quotes and newlines. Rows without content are skipped.
//! Column names are trimmed, and their case does not matter. Where the delimiter is not a comma, a
//! cell of the form `12,5` is read as 12.5, and a note says so. A first column without a name that
//! counts the rows is passed over, with a note. Numbers are read exactly from their decimal text.
//! A cell that begins with an apostrophe before `=`, `+`, `-` or `@` is read without it: that is how
//! names that a spreadsheet would run are written.
//!
//! # Columns
//!
//! | column | holds |
//! |---|---|
//! | the first of `state`, `stateabb`, `iso3c`, `iso3`, `name`, `country`, `statenme`, `country_name`, `countryname`, `iso2c`, `ccode`, `gwcode`, `gwno`, `cowcode` | the identifier |
//! | `name`, else `statenme`, `country_name`, `countryname`, `country` | the full name, where another column identifies |
//! | `year` | the year; negative before the common era |
//! | `ccode` | the Correlates of War code, by which states are found too |
//! | `lat`, `lon` | a place in degrees, from which great-circle distances are computed |
//! | `offence`, `revisionism` | per state, from 0 to 1 |
//! | `growth` | how fast power grows, a rate a year: 0.02 for two per cent |
//! | `bloc` | the reference split |
//! | `regime`, else `polity2`, else `polity` | the regime: a name, or a score of Polity |
//! | any other numeric column | a capability: ≥ 0, missing where empty, `-9`, `NA`, `NaN`, `n/a` or `.` |
//!
//! Power is measured by the columns that are named. If none is, the six components of National
//! Material Capabilities are (the index is then called `cinc`), or the column `cinc`, or those of
//! the components that are there; in a file without any of these every numeric column that is
//! no code (`region`, `gwcode`, …), and a note says which. A row called `Total` that is the sum
//! of the others is refused.
//!
//! A file with `stateabb`, `ccode`, `year` and the six components of the National Material
//! Capabilities is that dataset as downloaded: the components alone are capabilities. Where
//! the six components are there, a column `cinc` is the published index, not a capability.
//!
//! Files that projects publish are read as downloaded, each recognised by its header:
//!
//! | file | gives | read by |
//! |---|---|---|
//! | National Material Capabilities | capabilities by year | [`Dataset`] |
//! | `majors2016.csv` | the major powers of a year | [`Majors`] |
//! | `states2016.csv`, `system2016.csv` | names and codes, members of the state system | [`Roster`] |
//! | `cow_capitals.csv` | distances between the capitals of a year | [`DyadFiles`] |
//! | `contdir.csv`: direct contiguity (Stinnett et al. 2002) | caps distances | [`DyadFiles`] |
//! | `tss_rivalries.csv` (Thompson, Sakuwa & Suhas 2021) | hostility | [`DyadFiles`] |
//! | `atop5_1_ddyr_abridged.csv` (Leeds et al. 2002) | commitment | [`DyadFiles`] |
//! | `Inter-StateWarData_v4.0.csv` (Sarkees & Wayman 2010) | the wars of a year | [`Wars`] |
//!
//! # Example
//!
//! ```
//! use equipoise::dataset::{Dataset, Measure, Selection};
//!
//! let csv = "state,milex,tpop\nUKG,60,20\nFRN,20,60\nGMY,20,20\n";
//! let dataset = Dataset::parse("three.csv", csv.as_bytes())?;
//! let built = dataset.system(&Selection::default(), &Measure::Cinc)?;
//! assert_eq!(built.system.shares(), [0.4, 0.4, 0.2]);
//! # Ok::<(), equipoise::error::Error>(())
//! ```

mod alliances;
mod built;
mod capitals;
mod census;
mod changes;
mod columns;
mod contiguity;
mod derived;
mod dyad_files;
mod dyads;
mod geography;
mod growth;
mod links;
mod majors;
mod measure;
mod names;
mod pairs;
mod panel;
mod regime;
mod rivalries;
mod roster;
mod rows;
mod scale;
mod select;
mod sides;
mod totals;
mod wars;

use std::collections::BTreeMap;
use std::path::Path;

use dashu_ratio::RBig;

use self::rows::{Capability, Row};
use crate::error::{Error, Place, Result};
use crate::table::Table;

pub use self::built::Built;
pub use self::changes::Conquests;
pub use self::dyad_files::{DyadFiles, Known};
pub use self::dyads::{DyadTable, Relation};
pub use self::growth::Growth;
pub use self::majors::Majors;
pub use self::measure::Measure;
pub use self::panel::{Members, Pacts, PanelFiles, PanelYear};
pub use self::roster::Roster;
pub use self::select::Selection;
pub use self::sides::{Ending, Fighter, WholeWar};
pub use self::wars::{Participant, War, Wars};

/// A file of states and their capabilities, in one year or many.
#[derive(Debug, Clone)]
pub struct Dataset {
    source: String,
    rows: Vec<Row>,
    /// The rows of each year, in the order of the file; without a column `year`, of `None`.
    by_year: BTreeMap<Option<i32>, Vec<usize>>,
    capabilities: Vec<Capability>,
    /// The six components of National Material Capabilities are there.
    has_components: bool,
    notes: Vec<String>,
}

impl Dataset {
    /// Reads a file. O(bytes).
    ///
    /// # Errors
    /// If the file cannot be read, is not a table, does not hold states and capabilities,
    /// names a state twice in a year, or a cell is wrong; the message names file, line and
    /// column.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        rows::dataset(&Table::read(path.as_ref())?)
    }

    /// Reads a file's bytes, which messages call `source`. O(bytes).
    ///
    /// # Errors
    /// As [`Dataset::read`].
    pub fn parse(source: &str, bytes: &[u8]) -> Result<Self> {
        rows::dataset(&Table::parse(source, bytes)?)
    }

    /// What the file is called in messages: its path as given.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The years that the file has rows for, ascending; none without a column `year`.
    pub fn years(&self) -> Vec<i32> {
        self.by_year.keys().copied().flatten().collect()
    }

    /// The columns that power can be measured by, in the order of the file.
    pub fn capabilities(&self) -> Vec<&str> {
        self.capabilities.iter().map(|capability| capability.name.as_str()).collect()
    }

    /// What was ignored or read in a way worth knowing, for people to see.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The composite index that NMC publishes for a state in a year: a share of the world.
    /// `None` where the file has none. It is never used to measure power, and is here to be
    /// compared with. O(states of the year).
    pub fn published_cinc(&self, id: &str, year: i32) -> Option<&RBig> {
        let rows = self.by_year.get(&Some(year))?;
        rows.iter().map(|&row| &self.rows[row]).find(|row| row.id == id)?.published.as_ref()
    }

    /// What a state, by its Correlates of War code, has in a year: the published composite index,
    /// or with a `column` that capability. `None` where there is no row or no value.
    /// O(states of the year).
    ///
    /// # Errors
    /// If there is no such column.
    pub fn amount(&self, code: &str, year: i32, column: Option<&str>) -> Result<Option<f64>> {
        let capability = column.map(|name| self.capability(name)).transpose()?;
        let rows = self.by_year.get(&Some(year)).map_or(&[][..], Vec::as_slice);
        let row = rows.iter().copied().find(|&row| self.rows[row].ccode.as_deref() == Some(code));
        Ok(row
            .and_then(|row| match capability {
                Some(capability) => capability.values[row].as_ref(),
                None => self.rows[row].published.as_ref(),
            })
            .map(|value| value.to_f64().value()))
    }

    /// Whether the file has the index that NMC publishes.
    pub fn has_published_cinc(&self) -> bool {
        self.rows.iter().any(|row| row.published.is_some())
    }

    /// An error about the file.
    #[doc(hidden)]
    pub fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::input(Place::file(&self.source), problem, remedy)
    }
}
