//! Who is linked with whom among the states of a system, or the players of any game.

use dashu_ratio::RBig;

use super::dyad_files::DyadFiles;
use super::dyads::{DyadTable, Relation};
use super::names::Names;
use crate::error::{Error, Place, Result};
use crate::system::{Parts, State, System};

impl DyadFiles {
    /// The linked pairs of a system's states: those with a `link`, or where the file has no such
    /// column with a `commitment`. Rows about states outside the system are counted in a note.
    /// O(rows of the year + n²).
    ///
    /// # Errors
    /// If the file, which messages call `source`, has neither, links a state with itself, or as
    /// [`DyadFiles::matrix`].
    pub fn links(&self, system: &System, source: &str) -> Result<(Vec<[usize; 2]>, Vec<String>)> {
        let known = self.relations();
        let relation = [Relation::Link, Relation::Commitment].into_iter();
        let Some(relation) = relation.into_iter().find(|relation| known.contains(relation)) else {
            let names: Vec<&str> = known.into_iter().map(Relation::name).collect();
            let problem =
                format!("expected a column link or commitment, found {}", names.join(", "));
            let remedy = "name the column of what links two players link: 1 where there is one";
            return Err(Error::input(Place::file(source), problem, remedy));
        };
        let mut notes = Vec::new();
        for table in &self.tables {
            refuse_self_links(table, system)?;
            notes.extend(table.note(system)?);
        }
        let Some(matrix) = self.matrix(system, relation)? else { return Ok((Vec::new(), notes)) };
        let n = system.len();
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| [i, j]));
        Ok((pairs.filter(|&pair| matrix[pair] > 0.0).collect(), notes))
    }

    /// The same for the players of a game, all of whom are known: a row that names another is
    /// refused.
    ///
    /// # Errors
    /// As [`DyadFiles::links`]; if a row names an unknown player.
    pub fn links_of(&self, players: &[String], source: &str) -> Result<Vec<[usize; 2]>> {
        let mut names = Names::default();
        players.iter().for_each(|player| names.add(player, None, None));
        for table in &self.tables {
            for &row in table.rows_of(None)? {
                let pair = table.pair(row);
                for name in [&pair.first, &pair.second] {
                    if names.find(name).is_empty() {
                        let problem = format!("expected a player of the game, found {name:?}");
                        return Err(table.row_fault(row, problem, &names.suggestion(name)));
                    }
                }
            }
        }
        let system = System::new(Parts {
            name: "the game".into(),
            states: players.iter().map(State::new).collect(),
            power: vec![RBig::ONE; players.len()],
            ..Parts::default()
        })?;
        Ok(self.links(&system, source)?.0)
    }
}

fn refuse_self_links(table: &DyadTable, system: &System) -> Result<()> {
    let same = |row: &&usize| {
        let pair = table.pair(**row);
        pair.first == pair.second
    };
    match table.rows_of(system.year())?.iter().find(same) {
        None => Ok(()),
        Some(&row) => {
            let problem = format!("expected two players, found {} twice", table.pair(row).first);
            Err(table.row_fault(row, problem, "delete the row: nobody is linked with itself"))
        }
    }
}
