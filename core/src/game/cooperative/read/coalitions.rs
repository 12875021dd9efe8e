//! Tables of coalition values of any form: names, fractions, quotes; and every error.
//!
//! Players are taken in the order of first appearance, but players `1` to `n` in that of
//! their numbers. A file in which no coalition has a `+` and all are integers is one of
//! bitmasks (bit 0 = player `1`).

use std::collections::HashMap;

use dashu_ratio::RBig;

use super::super::{ExactTable, numbered};
use super::not_a_number;
use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::table::{Row, Rows};

pub(super) fn parse(rows: &Rows) -> Result<ExactTable> {
    let file = rows.file;
    let rows: Vec<Row> = rows.iter().collect::<Result<_>>()?;
    if rows.is_empty() {
        let problem = "no coalition below the header";
        return Err(Error::input(Place::file(file), problem, "give one row a coalition"));
    }
    for row in &rows {
        row.expect_cells(2)?;
    }
    let masks = rows.iter().all(|row| {
        let cell = row.cells[0].as_bytes();
        cell.iter().all(u8::is_ascii_digit) || is_empty(&row.cells[0])
    }) && rows.iter().any(|row| row.cells[0].parse::<u64>().is_ok());
    let (names, coalitions) = if masks { bitmasks(&rows)? } else { named(&rows)? };
    fill(names, file, &rows, &coalitions)
}

fn is_empty(cell: &str) -> bool {
    matches!(cell, "" | "∅" | "{}")
}

fn too_many(row: &Row) -> Error {
    Error::input(
        row.cell("coalition"),
        format!("more than {} players", ExactTable::MAX_PLAYERS),
        "a table of all coalitions cannot be that large: give player,weight and a quota",
    )
}

fn bitmasks(rows: &[Row]) -> Result<(Vec<String>, Vec<u64>)> {
    let mut masks = Vec::with_capacity(rows.len());
    for row in rows {
        let mask = match &row.cells[0] {
            cell if is_empty(cell) => 0,
            cell => cell.parse::<u64>().map_err(|_| too_many(row))?,
        };
        if mask >> ExactTable::MAX_PLAYERS != 0 {
            return Err(too_many(row));
        }
        masks.push(mask);
    }
    let all = masks.iter().fold(0, |all, mask| all | mask);
    Ok((numbered((64 - all.leading_zeros()) as usize), masks))
}

fn named(rows: &[Row]) -> Result<(Vec<String>, Vec<u64>)> {
    let mut names: Vec<String> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut masks = Vec::with_capacity(rows.len());
    for row in rows {
        let mut coalition = Coalition::EMPTY;
        let cell = &row.cells[0];
        if !is_empty(cell) {
            for name in cell.split('+').map(str::trim) {
                if name.is_empty() {
                    return Err(Error::input(
                        row.cell("coalition"),
                        format!("a player without a name in {cell:?}"),
                        "write the members' names with + between them",
                    ));
                }
                let next = names.len();
                let i = *index.entry(name.to_owned()).or_insert(next);
                if i == next {
                    if next == ExactTable::MAX_PLAYERS {
                        return Err(too_many(row));
                    }
                    names.push(name.to_owned());
                }
                if coalition.contains(i) {
                    return Err(Error::input(
                        row.cell("coalition"),
                        format!("{name} is twice in {cell:?}"),
                        "name each member once",
                    ));
                }
                coalition = coalition.with(i);
            }
        }
        masks.push(coalition.bits());
    }
    in_order_of_numbers(&mut names, &mut masks);
    Ok((names, masks))
}

/// Players named `1` to `n` take the order of their numbers.
fn in_order_of_numbers(names: &mut Vec<String>, masks: &mut [u64]) {
    let n = names.len();
    let wanted = numbered(n);
    let places: Option<Vec<usize>> =
        names.iter().map(|name| wanted.iter().position(|w| w == name)).collect();
    let Some(places) = places else { return };
    for mask in masks {
        *mask = Coalition(*mask).members().map(|i| places[i]).collect::<Coalition>().bits();
    }
    *names = wanted;
}

fn fill(names: Vec<String>, file: &str, rows: &[Row], coalitions: &[u64]) -> Result<ExactTable> {
    let n = names.len();
    let text = |bits: u64| {
        let members: Vec<&str> = Coalition(bits).members().map(|i| names[i].as_str()).collect();
        if members.is_empty() { "the empty coalition".to_owned() } else { members.join("+") }
    };
    let mut given: HashMap<u64, (u64, RBig)> = HashMap::with_capacity(rows.len());
    for (row, &bits) in rows.iter().zip(coalitions) {
        let Some(value) = row.number(1) else {
            return Err(not_a_number(row.cell("value"), &row.cells[1], "a number"));
        };
        if bits == 0 && !value.is_zero() {
            return Err(Error::input(
                row.cell("value"),
                format!("the empty coalition has value {value}"),
                "give it 0, or leave the row out",
            ));
        }
        if let Some((line, _)) = given.insert(bits, (row.line, value)) {
            return Err(Error::input(
                row.cell("coalition"),
                format!("{} was given in line {line} already", text(bits)),
                "keep one of the two rows",
            ));
        }
    }
    given.entry(0).or_insert((0, RBig::ZERO));
    let count = 1u64 << n;
    if (given.len() as u64) < count {
        let first = (1..count).find(|bits| !given.contains_key(bits)).unwrap_or(0);
        return Err(Error::input(
            Place::file(file),
            format!(
                "{} of the {} coalitions of {n} players have no value, {} among them",
                count - given.len() as u64,
                count - 1,
                text(first)
            ),
            "give every coalition a row, with 0 where it gets nothing",
        ));
    }
    let values: Vec<RBig> =
        (0..count).filter_map(|bits| given.remove(&bits).map(|(_, value)| value)).collect();
    ExactTable::new(names, &values)
}
