//! Several files of pairs at once, each recognised by its header.

use std::collections::BTreeSet;
use std::path::Path;

use ndarray::Array2;

use super::alliances::Alliances;
use super::built::Built;
use super::capitals::Capitals;
use super::census::Census;
use super::contiguity::Contiguity;
use super::dyads::{DyadTable, Relation};
use super::rivalries::Rivalries;
use super::wars::Wars;
use crate::error::{Error, Place, Result};
use crate::system::System;
use crate::table::Table;

/// Files of what is known of pairs of states, each as its project publishes it.
///
/// | file | recognised by | gives |
/// |---|---|---|
/// | a plain table ([`DyadTable`]) | a column named for a [`Relation`] | those relations |
/// | capitals (`cow_capitals.csv`) | `ccode`, `stdate`, `enddate`, `lat`, `lng` | distance |
/// | direct contiguity (`contdir.csv`) | `statelno`, `statehno`, `conttype`, `begin`, `end` | caps distance |
/// | rivalries (`tss_rivalries.csv`) | `ccode1`, `ccode2`, `start`, `end` | hostility |
/// | ATOP's directed dyad-years | `ccode1`, `ccode2`, `year`, `defense`, `offense` | commitment, link |
/// | interstate wars | `WarNum`, `ccode`, `Side`, `StartYear1`, … | a part of propensity |
///
/// - **Distance** is that between the capitals of the year, along a great circle; of states
///   that border each other at most the water between them (0 by land, else 12, 24, 150 or
///   400 miles by type), as it is the border that brings them within reach. Without capitals
///   it is the system's own distances that are capped so.
/// - **Hostility** is 1 between rivals, else 0.
/// - **Commitment** and **link** are 1 where a treaty of the year obliges one of the two to
///   defend the other or to attack at its side, by either order of the pair, else 0.
/// - **Sign** is 1 for the committed, -1 for rivals; 0 for those who are both, or neither.
/// - **Propensity** is the sum of 1 for a commitment, -1 for each issue of a rivalry
///   (positional, spatial, ideological, interventionary; at least one), -1 for having fought
///   each other within 25 years, and, where the system has a column `regime` or `polity2`, 1
///   for the same regime and -1 for another: equal weights for what draws states together and
///   what keeps them apart, after Axelrod & Bennett (1993). Leave out the alliances where it
///   is alliances that are to be predicted.
///
/// Affinity comes from plain tables alone. What a plain table gives of a pair goes before
/// what follows from the other files, pair by pair. The files call states by their
/// Correlates of War code, so the system must have those.
#[derive(Debug, Clone, Default)]
pub struct DyadFiles {
    pub(super) tables: Vec<DyadTable>,
    pub(super) contiguity: Option<Contiguity>,
    pub(super) capitals: Option<Capitals>,
    pub(super) alliances: Option<Alliances>,
    pub(super) rivalries: Option<Rivalries>,
    pub(super) wars: Option<Wars>,
}

/// A relation between the states of a system.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// `n × n`, the row's state about the column's; zero on the diagonal.
    pub matrix: Array2<f64>,
    /// What people should know of how it came about, beyond what [`DyadFiles::attach`] says
    /// of the files.
    pub notes: Vec<String>,
}

/// The system that is asked about, with the codes of all states of its year where known.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) system: &'a System,
    world: Option<&'a BTreeSet<String>>,
}

impl<'a> About<'a> {
    /// Its states by code, for the file `source`.
    pub(super) fn census(&self, source: &str) -> Result<Census<'a>> {
        Census::new(self.system, self.world, source)
    }
}

impl DyadFiles {
    /// Reads files. O(bytes); what is read serves systems of any year.
    ///
    /// # Errors
    /// If one cannot be read, is not a table, is none of those that are recognised, or a
    /// cell is wrong; if two are of one kind, or two tables give one relation.
    pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Self> {
        let mut files = Self::default();
        for path in paths {
            files.add(&Table::read(path.as_ref())?)?;
        }
        Ok(files)
    }

    /// Reads files' bytes, each with what messages call it.
    ///
    /// # Errors
    /// As [`DyadFiles::read`].
    pub fn parse(sources: &[(&str, &[u8])]) -> Result<Self> {
        let mut files = Self::default();
        for (source, bytes) in sources {
            files.add(&Table::parse(source, bytes)?)?;
        }
        Ok(files)
    }

    fn add(&mut self, table: &Table) -> Result<()> {
        // A column named for a relation makes a table plain, whatever else is in it.
        let is_plain = Relation::ALL.iter().any(|r| table.column(&[r.name()]).is_some());
        if is_plain {
            return self.add_plain(table);
        }
        if let Some(found) = Contiguity::recognise(table)? {
            return only(&mut self.contiguity, found, table, Contiguity::source);
        }
        if let Some(found) = Capitals::recognise(table)? {
            return only(&mut self.capitals, found, table, Capitals::source);
        }
        if let Some(found) = Alliances::recognise(table)? {
            return only(&mut self.alliances, found, table, Alliances::source);
        }
        if let Some(found) = Rivalries::recognise(table)? {
            return only(&mut self.rivalries, found, table, Rivalries::source);
        }
        if let Some(found) = Wars::recognise(table)? {
            return only(&mut self.wars, found, table, Wars::source);
        }
        let names = Relation::ALL.map(Relation::name).join(", ");
        Err(table.header_fault(
            &format!("expected pairs of states with a column of what is known of them ({names})"),
            "name it so, or give COW's contiguity or capitals, ATOP's directed dyad-years, \
             strategic rivalries or interstate wars as downloaded",
        ))
    }

    fn add_plain(&mut self, table: &Table) -> Result<()> {
        let plain = DyadTable::from_table(table)?;
        for relation in plain.relations() {
            if let Some(other) = self.tables.iter().find(|t| t.relations().contains(&relation)) {
                let name = relation.name();
                return Err(table.header_fault(
                    &format!("expected {name} in one table, as {} has it", other.source()),
                    "delete the column in one of the two",
                ));
            }
        }
        self.tables.push(plain);
        Ok(())
    }

    /// The relations that the files say something of, or that follow from them.
    pub fn relations(&self) -> Vec<Relation> {
        Relation::ALL.into_iter().filter(|&relation| self.has(relation)).collect()
    }

    fn has(&self, relation: Relation) -> bool {
        self.tables.iter().any(|t| t.relations().contains(&relation)) || self.derives(relation)
    }

    /// A relation between the states of a system, `n × n`, the row's state about the
    /// column's; zero for pairs of which nothing is known, and on the diagonal. `None` where
    /// no file has it and it does not follow from any. O(rows of the year + n²).
    ///
    /// # Errors
    /// If a file does not cover the system's year, a state has no code, or as
    /// [`DyadTable::matrix`].
    pub fn matrix(&self, system: &System, relation: Relation) -> Result<Option<Array2<f64>>> {
        Ok(self.known(system, relation)?.map(|known| known.matrix))
    }

    /// The same, with what people should know of how it came about.
    ///
    /// # Errors
    /// As [`DyadFiles::matrix`].
    pub fn known(&self, system: &System, relation: Relation) -> Result<Option<Known>> {
        self.known_of(About { system, world: None }, relation, &mut Vec::new())
    }

    /// A relation; what is to be told of the files goes to `told`.
    fn known_of(
        &self,
        about: About,
        relation: Relation,
        told: &mut Vec<String>,
    ) -> Result<Option<Known>> {
        let mut notes = Vec::new();
        let derived = self.derived(about, relation, told, &mut notes)?;
        let mut own = None;
        for table in &self.tables {
            if let Some(given) = table.given(about.system, relation)? {
                own = Some((given, table.source()));
            }
        }
        let known = match (own, derived) {
            (None, None) => return Ok(None),
            (Some((own, _)), None) => own,
            (None, Some(derived)) => derived,
            (Some((own, source)), Some(mut derived)) => {
                let given = own.iter().filter(|value| value.is_some()).count();
                derived.zip_mut_with(&own, |value, own| *value = own.or(*value));
                notes.push(format!(
                    "{}: {given} of {} ordered pairs are as {source} has them, which goes first",
                    relation.name(),
                    about.system.len() * (about.system.len() - 1)
                ));
                derived
            }
        };
        if relation == Relation::Distance {
            self.complete(about.system, &known)?;
        }
        Ok(Some(Known { matrix: known.mapv(|value| value.unwrap_or(0.0)), notes }))
    }

    /// The system with the distance, hostility, affinity and commitment that the files give;
    /// what they do not give stays as it was. What was taken from where is said in notes.
    /// O(rows of the year + n²).
    ///
    /// # Errors
    /// As [`DyadFiles::matrix`].
    pub fn attach(&self, mut built: Built) -> Result<Built> {
        let about = About { system: &built.system, world: Some(&built.codes) };
        let mut notes = Vec::new();
        for table in &self.tables {
            notes.extend(table.note(about.system)?);
        }
        let mut dyads = built.system.dyads().clone();
        for relation in Relation::OF_SYSTEMS {
            if let Some(known) = self.known_of(about, relation, &mut notes)? {
                notes.extend(known.notes);
                relation.put(known.matrix, &mut dyads);
            }
        }
        if let Some(wars) = &self.wars {
            notes.push(format!("{}: wars count in propensity, for theories, alone", wars.source()));
        }
        built.notes.extend(notes);
        built.system = built.system.with_dyads(dyads)?;
        Ok(built)
    }
}

/// Takes the only file of its kind.
fn only<T>(
    place: &mut Option<T>,
    found: T,
    table: &Table,
    source: impl Fn(&T) -> &str,
) -> Result<()> {
    if let Some(other) = place {
        return Err(Error::input(
            Place::file(table.source()),
            format!("expected one file of its kind, found {} too", source(other)),
            "give one of the two",
        ));
    }
    *place = Some(found);
    Ok(())
}
