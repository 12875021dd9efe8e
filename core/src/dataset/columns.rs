//! What each column of a system file is, from the header and, for capabilities, the cells.

use crate::error::Result;
use crate::table::Table;

/// NMC's six components, each with the names it has had.
const COMPONENTS: [&[&str]; 6] =
    [&["milex"], &["milper"], &["irst"], &["pec", "energy"], &["tpop"], &["upop"]];

/// Columns that identify states, the first that is there: abbreviations, names, codes.
const IDENTIFIERS: [&str; 14] = [
    "state",
    "stateabb",
    "iso3c",
    "iso3",
    "name",
    "country",
    "statenme",
    "country_name",
    "countryname",
    "iso2c",
    "ccode",
    "gwcode",
    "gwno",
    "cowcode",
];

/// Columns of full names.
const NAMES: [&str; 5] = ["name", "statenme", "country_name", "countryname", "country"];

/// Numeric columns that say where or what a state is, not how strong: they are never averaged.
const CODES: [&str; 16] = [
    "region",
    "subregion",
    "continent",
    "gwcode",
    "gwno",
    "cowcode",
    "ccode2",
    "iso3n",
    "isono",
    "un",
    "m49",
    "id",
    "index",
    "obs",
    "rank",
    "month",
];

/// What programs call a column that counts the rows.
const COUNTERS: [&str; 5] = ["x", "...1", "row", "rowid", "n"];

/// Headers of files that hold something else: columns that give them away, what they hold,
/// what to do with them.
const FOREIGN: [(&[&str], &str, &str); 6] = [
    (&["state1", "state2"], "pairs of states", TO_DYADS),
    (&["ccode1", "ccode2"], "pairs of states", TO_DYADS),
    (&["statea", "stateb"], "pairs of states", TO_DYADS),
    (&["statelno", "statehno"], "pairs of states", TO_DYADS),
    (&["styear", "endyear"], "spells", "give a list of major powers to --majors"),
    (&["warnum"], "a list of wars", "give a file of states and their capabilities"),
];
const TO_DYADS: &str = "give what is known of pairs to --dyads";

/// The columns of a system file by what they hold, each as its index in the header.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) id: usize,
    /// Whether states are identified by numeric codes.
    pub(super) id_is_code: bool,
    pub(super) name: Option<usize>,
    pub(super) ccode: Option<usize>,
    pub(super) year: Option<usize>,
    pub(super) latitude: Option<usize>,
    pub(super) longitude: Option<usize>,
    pub(super) offence: Option<usize>,
    pub(super) revisionism: Option<usize>,
    pub(super) growth: Option<usize>,
    pub(super) bloc: Option<usize>,
    pub(super) regime: Option<usize>,
    /// Scores of Polity.
    pub(super) polity: Option<usize>,
    /// NMC's own index: read, but no capability.
    pub(super) published: Option<usize>,
    pub(super) capabilities: Vec<usize>,
    /// Those among them that are power where no column is named: the components, the published
    /// index, else all that are no codes.
    pub(super) counted: Vec<usize>,
    /// The six components are there.
    pub(super) has_components: bool,
    /// What was ignored, and why.
    pub(super) notes: Vec<String>,
}

impl Columns {
    /// Tells the columns apart. O(cells of the columns that are not named for a role).
    ///
    /// # Errors
    /// If the file holds something else than states, no column identifies them, or none is
    /// numeric; a latitude without a longitude.
    pub(super) fn recognise(table: &Table) -> Result<Self> {
        refuse_foreign(table)?;
        let column = |name: &str| table.column(&[name]);
        let id = table.column(&IDENTIFIERS).ok_or_else(|| {
            table.header_fault(
                "expected a column state, stateabb, iso3c, name, country or ccode",
                "rename the column that identifies the states to state",
            )
        })?;
        let components: Vec<usize> = COMPONENTS.iter().filter_map(|c| table.column(c)).collect();
        let has_components = components.len() == COMPONENTS.len();
        let mut columns = Self {
            id,
            id_is_code: ["ccode", "gwcode", "gwno", "cowcode"]
                .contains(&table.header()[id].to_lowercase().as_str()),
            name: NAMES.iter().filter_map(|name| column(name)).find(|&name| name != id),
            ccode: column("ccode"),
            year: column("year"),
            latitude: table.column(&["lat", "latitude"]),
            longitude: table.column(&["lon", "lng", "long", "longitude"]),
            offence: column("offence"),
            revisionism: column("revisionism"),
            growth: column("growth"),
            bloc: column("bloc"),
            regime: column("regime"),
            polity: table.column(&["polity2", "polity"]),
            published: column("cinc").filter(|_| has_components),
            capabilities: Vec::new(),
            counted: Vec::new(),
            has_components,
            notes: Vec::new(),
        };
        let nmc = has_components
            && ["stateabb", "ccode", "year"].iter().all(|name| column(name).is_some());
        columns.find_capabilities(table, nmc.then_some(components.as_slice()));
        columns.check(table)?;
        columns.count(table, &components);
        Ok(columns)
    }

    /// Sorts the columns that have no role into capabilities and others; in a file as NMC
    /// has it, the components alone are capabilities.
    fn find_capabilities(&mut self, table: &Table, nmc: Option<&[usize]>) {
        let version = table.column(&["version"]);
        for (column, name) in table.header().iter().enumerate() {
            if column == 0 && table.has_counter() {
                self.notes.push("the first column is passed over: it only counts the rows".into());
                continue;
            }
            if self.has_role(column) || (nmc.is_some() && version == Some(column)) {
                continue;
            }
            let ignored = match nmc {
                Some(components) if components.contains(&column) => None,
                Some(_) => Some(
                    "not one of the six components of NMC; rename stateabb to state to count it",
                ),
                None if version == Some(column) => Some("the version of the data"),
                None if !table.cells(column).any(|cell| cell.is_numeric()) => {
                    Some("no cell is a number")
                }
                None => None,
            };
            match ignored {
                Some(why) => self.notes.push(format!("column {name} is ignored: {why}")),
                None => self.capabilities.push(column),
            }
        }
    }

    /// Which capabilities are power where no column is named.
    fn count(&mut self, table: &Table, components: &[usize]) {
        let is_code = |&column: &usize| {
            let name = table.header()[column].to_lowercase();
            CODES.contains(&name.as_str())
                || COUNTERS.contains(&name.as_str()) && table.counts_rows(column)
        };
        let published = table.column(&["cinc"]).filter(|cinc| self.capabilities.contains(cinc));
        self.counted = match (published, components.is_empty()) {
            _ if self.has_components => components.to_vec(),
            (Some(cinc), _) => vec![cinc],
            (None, false) => components.to_vec(),
            (None, true) => {
                self.capabilities.iter().copied().filter(|column| !is_code(column)).collect()
            }
        };
        if self.counted.is_empty() {
            self.counted.clone_from(&self.capabilities);
        }
    }

    fn has_role(&self, column: usize) -> bool {
        let roles = [
            Some(self.id),
            self.name,
            self.ccode,
            self.year,
            self.latitude,
            self.longitude,
            self.offence,
            self.revisionism,
            self.growth,
            self.bloc,
            self.regime,
            self.polity,
            self.published,
        ];
        roles.contains(&Some(column))
    }

    fn check(&self, table: &Table) -> Result<()> {
        if self.capabilities.is_empty() {
            return Err(table.header_fault(
                "expected a numeric column to measure power by",
                "add one, such as milex",
            ));
        }
        if self.latitude.is_some() != self.longitude.is_some() {
            return Err(table.header_fault(
                "expected both lat and lon or neither",
                "add the other or delete this one",
            ));
        }
        Ok(())
    }
}

fn refuse_foreign(table: &Table) -> Result<()> {
    let found =
        FOREIGN.iter().find(|(names, ..)| names.iter().all(|n| table.column(&[n]).is_some()));
    match found {
        Some((_, what, remedy)) => Err(table.header_fault(
            &format!("expected one row for each state with its capabilities, not {what}"),
            remedy,
        )),
        None => Ok(()),
    }
}
