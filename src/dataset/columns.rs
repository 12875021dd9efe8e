//! What each column of a system file is, from the header and, for capabilities, the cells.

use crate::error::Result;
use crate::table::Table;

/// NMC's six components, each with the names it has had.
const COMPONENTS: [&[&str]; 6] =
    [&["milex"], &["milper"], &["irst"], &["pec", "energy"], &["tpop"], &["upop"]];

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
    pub(super) name: Option<usize>,
    pub(super) ccode: Option<usize>,
    pub(super) year: Option<usize>,
    pub(super) latitude: Option<usize>,
    pub(super) longitude: Option<usize>,
    pub(super) offence: Option<usize>,
    pub(super) revisionism: Option<usize>,
    pub(super) bloc: Option<usize>,
    pub(super) regime: Option<usize>,
    /// Scores of Polity.
    pub(super) polity: Option<usize>,
    /// NMC's own index: read, but no capability.
    pub(super) published: Option<usize>,
    pub(super) capabilities: Vec<usize>,
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
        let id = table.column(&["state", "stateabb", "name", "ccode"]).ok_or_else(|| {
            table.header_fault(
                "expected a column state, stateabb, name or ccode",
                "rename the column that identifies the states to state",
            )
        })?;
        let components: Vec<usize> = COMPONENTS.iter().filter_map(|c| table.column(c)).collect();
        let has_components = components.len() == COMPONENTS.len();
        let mut columns = Self {
            id,
            name: column("name").filter(|&name| name != id),
            ccode: column("ccode"),
            year: column("year"),
            latitude: table.column(&["lat", "latitude"]),
            longitude: table.column(&["lon", "lng", "long", "longitude"]),
            offence: column("offence"),
            revisionism: column("revisionism"),
            bloc: column("bloc"),
            regime: column("regime"),
            polity: table.column(&["polity2", "polity"]),
            published: column("cinc").filter(|_| has_components),
            capabilities: Vec::new(),
            notes: Vec::new(),
        };
        let nmc = has_components
            && ["stateabb", "ccode", "year"].iter().all(|name| column(name).is_some());
        columns.find_capabilities(table, nmc.then_some(components.as_slice()));
        columns.check(table)?;
        Ok(columns)
    }

    /// Sorts the columns that have no role into capabilities and others; in a file as NMC
    /// has it, the components alone are capabilities.
    fn find_capabilities(&mut self, table: &Table, nmc: Option<&[usize]>) {
        let version = table.column(&["version"]);
        for (column, name) in table.header().iter().enumerate() {
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
