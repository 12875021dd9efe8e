//! Games with externalities from CSV: `partition,coalition,value`, a partition as `A+B|C`.

use std::collections::HashMap;

use dashu_ratio::RBig;

use super::not_a_number;
use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Place, Result};
use crate::game::cooperative::PartitionGame;
use crate::game::cooperative::numbered;
use crate::table::{Row, Rows};

/// Whether a file's bytes begin with the header of a game with externalities.
pub fn has_externalities(bytes: &[u8]) -> bool {
    Rows::new(bytes, "").is_ok_and(|rows| is_header(&rows.header.cells))
}

fn is_header(cells: &[String]) -> bool {
    let cells: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    matches!(cells[..], ["partition", "coalition", "value" | "worth"])
}

/// The game in a CSV file's bytes; `file` is what errors call it. O(file).
///
/// # Errors
/// If the header is another, a cell is not what it should be, a partition leaves a player out, a
/// coalition is none of its blocs, or one is there twice or missing: file and line are named.
pub fn partition_game(bytes: &[u8], file: &str) -> Result<PartitionGame> {
    let rows = Rows::new(bytes, file)?;
    if !is_header(&rows.header.cells) {
        return Err(Error::input(
            rows.header.place(),
            format!("expected partition,coalition,value, found {:?}", rows.header.cells.join(",")),
            "give one row a bloc of a partition, such as A+B|C,A+B,5",
        ));
    }
    let rows: Vec<Row> = rows.iter().collect::<Result<_>>()?;
    let mut names: Vec<String> = Vec::new();
    for row in &rows {
        row.expect_cells(3)?;
        for name in row.cells[0].split(['|', '+']).map(str::trim) {
            if name.is_empty() {
                let problem = format!("a player without a name in {:?}", row.cells[0]);
                let remedy = "write blocs with | between them, and members with +: A+B|C";
                return Err(Error::input(row.cell("partition"), problem, remedy));
            }
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        if names.len() > PartitionGame::MAX_PLAYERS {
            return Err(Error::input(
                row.cell("partition"),
                format!("more than {} players", PartitionGame::MAX_PLAYERS),
                "keep fewer players",
            ));
        }
    }
    let wanted = numbered(names.len());
    if wanted.iter().all(|name| names.contains(name)) {
        names = wanted;
    }
    let reader = Reader { names: &names };
    let mut given: HashMap<(Partition, Coalition), (u64, RBig)> = HashMap::new();
    for row in &rows {
        let partition = reader.partition(row)?;
        let bloc = reader.coalition(row, "coalition", &row.cells[1])?;
        if !partition.blocs().contains(&bloc) {
            let problem = format!("{} is no bloc of {}", row.cells[1], row.cells[0]);
            let remedy = "name one of the blocs of the row's partition";
            return Err(Error::input(row.cell("coalition"), problem, remedy));
        }
        let Some(value) = row.number(2) else {
            return Err(not_a_number(row.cell("value"), &row.cells[2], "a number"));
        };
        if let Some((line, _)) = given.insert((partition, bloc), (row.line, value)) {
            let problem = format!("this bloc of this partition was given in line {line} already");
            return Err(Error::input(row.place(), problem, "keep one of the two rows"));
        }
    }
    if names.is_empty() {
        let problem = "no partition below the header";
        return Err(Error::input(Place::file(file), problem, "give one row a bloc of a partition"));
    }
    let mut worths = Vec::new();
    for partition in Partition::all(names.len()) {
        let mut of_blocs = Vec::new();
        for &bloc in partition.blocs() {
            let Some((_, value)) = given.remove(&(partition.clone(), bloc)) else {
                let problem = format!(
                    "expected what {} is worth in {}, found no row for it",
                    reader.text(bloc),
                    partition.blocs().iter().map(|&b| reader.text(b)).collect::<Vec<_>>().join("|")
                );
                let remedy =
                    "give every bloc of every partition a row, with 0 where it gets nothing";
                return Err(Error::input(Place::file(file), problem, remedy));
            };
            of_blocs.push(value);
        }
        worths.push(of_blocs);
    }
    PartitionGame::new(names, worths)
}

struct Reader<'a> {
    names: &'a [String],
}

impl Reader<'_> {
    fn text(&self, s: Coalition) -> String {
        s.members().map(|i| self.names[i].as_str()).collect::<Vec<_>>().join("+")
    }

    fn coalition(&self, row: &Row, column: &str, text: &str) -> Result<Coalition> {
        let mut found = Coalition::EMPTY;
        for name in text.split('+').map(str::trim) {
            let at = self.names.iter().position(|known| known == name);
            let wrong =
                |problem: String, remedy: &str| Error::input(row.cell(column), problem, remedy);
            let Some(i) = at else {
                let problem = format!("expected players of the partitions, found {name:?}");
                return Err(wrong(problem, "write the members' names with + between them"));
            };
            if found.contains(i) {
                return Err(wrong(format!("{name} is twice in {text:?}"), "name each member once"));
            }
            found = found.with(i);
        }
        Ok(found)
    }

    fn partition(&self, row: &Row) -> Result<Partition> {
        let blocs = row.cells[0].split('|').map(|text| self.coalition(row, "partition", text));
        let blocs = blocs.collect::<Result<Vec<_>>>()?;
        Partition::new(self.names.len(), blocs).map_err(|_| {
            let all = self.names.join(", ");
            let problem = format!("expected each of {all} in one bloc, found {:?}", row.cells[0]);
            Error::input(row.cell("partition"), problem, "name every player in exactly one bloc")
        })
    }
}
