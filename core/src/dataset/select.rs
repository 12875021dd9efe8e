//! Which states of a dataset belong to the system.

use dashu_ratio::RBig;

use super::Dataset;
use super::majors::Majors;
use super::names::Names;
use super::scale::Scale;
use crate::error::{Error, Place, Result};

/// Which states of a dataset belong to the system. The default is all of them, of the one
/// year that there is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// The year; may be left out where the file has only one.
    pub year: Option<i32>,
    /// These states alone, by identifier, name or `ccode`; not together with `majors`.
    pub states: Option<Vec<String>>,
    /// The major powers of the year alone.
    pub majors: Option<Majors>,
    /// Of the states that are left, so many of the strongest by the measure. The measure is
    /// then taken again over those, as shares are shares within the system.
    pub top: Option<usize>,
    /// Drop states without any capability above zero, and say so, instead of refusing them.
    pub drop_missing: bool,
}

impl Selection {
    /// The rows selected, in the order of the file, with what there is to say of them.
    pub(super) fn rows(
        &self,
        dataset: &Dataset,
        scale: &Scale,
        notes: &mut Vec<String>,
    ) -> Result<Vec<usize>> {
        let (year, rows) = dataset.rows_of(self.year)?;
        let rows = match (&self.states, &self.majors) {
            (None, None) => rows.to_vec(),
            (Some(states), None) => dataset.named(rows, states)?,
            (None, Some(majors)) => dataset.majors(year, rows, majors, notes)?,
            (Some(_), Some(_)) => {
                return Err(Error::system(
                    "states and major powers are two ways to choose the states",
                    "give either --states or --majors",
                ));
            }
        };
        let rows = dataset.with_power(rows, scale, self.drop_missing, notes)?;
        match self.top {
            Some(top) => dataset.strongest(rows, top, scale, notes),
            None => Ok(rows),
        }
    }
}

impl Dataset {
    /// The year asked for, or the only one, and its rows.
    fn rows_of(&self, year: Option<i32>) -> Result<(Option<i32>, &[usize])> {
        let years = self.years();
        let range = match years.as_slice() {
            [] => None,
            [only] => Some(only.to_string()),
            [first, .., last] => Some(format!("{} from {first} to {last}", years.len())),
        };
        let chosen = match (year, range) {
            (None, _) if years.len() < 2 => years.first().copied(),
            (None, range) => {
                return Err(self.fault(
                    format!("expected one year, found {}", range.unwrap_or_default()),
                    "choose one with --year",
                ));
            }
            (Some(year), None) => {
                return Err(self.fault(
                    format!("expected a column year to choose {year} from, found none"),
                    "leave out --year",
                ));
            }
            (Some(year), Some(_)) if years.binary_search(&year).is_ok() => Some(year),
            (Some(year), Some(range)) => {
                return Err(self.fault(
                    format!("expected the year {year}, found {range}"),
                    "choose a year that the file has",
                ));
            }
        };
        Ok((chosen, self.by_year.get(&chosen).map_or(&[], Vec::as_slice)))
    }

    /// What the states in `rows` are called.
    fn names(&self, rows: &[usize]) -> Names {
        let mut names = Names::default();
        for row in rows.iter().map(|&row| &self.rows[row]) {
            names.add(&row.id, row.name.as_deref(), row.ccode.as_deref());
        }
        names
    }

    /// Those of `rows` that are called one of `wanted`.
    fn named(&self, rows: &[usize], wanted: &[String]) -> Result<Vec<usize>> {
        let names = self.names(rows);
        let mut chosen = vec![false; rows.len()];
        for text in wanted.iter().map(|text| text.trim()) {
            let (problem, remedy) = match names.find(text) {
                [] => ("found no state of that name".to_owned(), names.suggestion(text)),
                &[state] if !chosen[state] => {
                    chosen[state] = true;
                    continue;
                }
                [_] => ("found it asked for twice".to_owned(), "name it once".to_owned()),
                several => {
                    let ids: Vec<&str> = several.iter().map(|&i| self.id(rows[i])).collect();
                    let ids = ids.join(" and ");
                    (format!("found {ids} called so"), "give the identifier".to_owned())
                }
            };
            return Err(self.fault(format!("expected one state {text:?}, {problem}"), remedy));
        }
        Ok((0..rows.len()).filter(|&i| chosen[i]).map(|i| rows[i]).collect())
    }

    /// Those of `rows` that were major powers in the year.
    fn majors(
        &self,
        year: Option<i32>,
        rows: &[usize],
        majors: &Majors,
        notes: &mut Vec<String>,
    ) -> Result<Vec<usize>> {
        let year = year.ok_or_else(|| {
            self.fault(
                "expected a column year to find the major powers of, found none",
                "add the column, or choose the states with --states",
            )
        })?;
        let spells = majors.spells_in(year);
        if spells.is_empty() {
            let problem = format!("expected major powers in {year}, found none");
            return Err(majors.fault(problem, "choose another year, or use --states"));
        }
        let names = self.names(rows);
        let mut chosen = Vec::new();
        let mut absent = Vec::new();
        for spell in spells {
            match spell.called.iter().map(|text| names.find(text)).find(|found| found.len() == 1) {
                Some(found) => chosen.push(rows[found[0]]),
                None => absent.push(spell.called[0].as_str()),
            }
        }
        if !absent.is_empty() {
            let them = absent.join(", ");
            notes.push(format!("major powers of {year} that {} lacks: {them}", self.source));
        }
        chosen.sort_unstable();
        chosen.dedup();
        Ok(chosen)
    }

    /// `rows` without those that have no capability above zero, which are an error unless
    /// they are to be dropped.
    fn with_power(
        &self,
        rows: Vec<usize>,
        scale: &Scale,
        drop: bool,
        notes: &mut Vec<String>,
    ) -> Result<Vec<usize>> {
        let (kept, without): (Vec<usize>, Vec<usize>) =
            rows.into_iter().partition(|&row| scale.is_positive(row));
        match without.first() {
            Some(&row) if !drop => return Err(self.powerless(row, scale)),
            Some(_) => notes.push(format!(
                "dropped, having no {} above zero: {}",
                scale.names().join(", "),
                self.list(&without)
            )),
            None => {}
        }
        Ok(kept)
    }

    fn powerless(&self, row: usize, scale: &Scale) -> Error {
        let (line, names) = (self.rows[row].line, scale.names());
        let place = match names.as_slice() {
            [only] => Place::cell(&self.source, line, *only),
            _ => Place::line(&self.source, line),
        };
        let found = if scale.missing(row).len() == names.len() {
            format!("no value for {}", names.join(", "))
        } else {
            "none above zero".to_owned()
        };
        Error::input(
            place,
            format!("expected a capability above zero for {}, found {found}", self.id(row)),
            "fill it in, or drop such states with --drop-missing",
        )
    }

    /// The `top` strongest of `rows`, in the order of the file.
    fn strongest(
        &self,
        rows: Vec<usize>,
        top: usize,
        scale: &Scale,
        notes: &mut Vec<String>,
    ) -> Result<Vec<usize>> {
        if top < 2 {
            return Err(Error::parameter("top", "2 or more states", top));
        }
        let mut ranked: Vec<(RBig, usize)> = scale.powers(&rows).into_iter().zip(rows).collect();
        crate::order::sort_by(&mut ranked, |(a, i), (b, j)| b.cmp(a).then(i.cmp(j)));
        if let (Some((weakest_in, _)), Some((strongest_out, _))) =
            (ranked.get(top - 1), ranked.get(top))
            && weakest_in == strongest_out
        {
            let tied: Vec<usize> = ranked
                .iter()
                .filter(|(power, _)| power == weakest_in)
                .map(|&(_, row)| row)
                .collect();
            notes.push(format!(
                "tied at the cut of the strongest {top}, the first in the file are kept: {}",
                self.list(&tied)
            ));
        }
        let mut kept: Vec<usize> = ranked.into_iter().take(top).map(|(_, row)| row).collect();
        kept.sort_unstable();
        Ok(kept)
    }

    /// The identifier in a row.
    pub(super) fn id(&self, row: usize) -> &str {
        &self.rows[row].id
    }

    fn list(&self, rows: &[usize]) -> String {
        let ids: Vec<&str> = rows.iter().map(|&row| self.id(row)).collect();
        ids.join(", ")
    }
}
