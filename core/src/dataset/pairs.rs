//! The rows of a file of pairs that are about the states of one system.

use ndarray::Array2;

use super::dyads::{DyadTable, Relation};
use super::names::Names;
use crate::error::Result;
use crate::system::System;

/// Which row of the file each ordered pair of states has.
pub(super) struct Pairs<'a> {
    table: &'a DyadTable,
    system: &'a System,
    rows: Array2<Option<usize>>,
    ignored: usize,
}

impl<'a> Pairs<'a> {
    /// Finds the rows. O(rows of the system's year + n²).
    ///
    /// # Errors
    /// If there are no rows for the system's year or none for its pairs, an ordered pair has
    /// two, or a row calls a state by what two are called.
    pub(super) fn find(table: &'a DyadTable, system: &'a System) -> Result<Self> {
        let mut names = Names::default();
        for state in system.states() {
            names.add(&state.id, state.name.as_deref(), state.code.as_deref());
        }
        let n = system.len();
        let mut pairs = Self { table, system, rows: Array2::from_elem((n, n), None), ignored: 0 };
        let rows = table.rows_of(system.year())?;
        for &row in rows {
            pairs.add(row, &names)?;
        }
        if pairs.ignored == rows.len() {
            return Err(table.fault(
                format!("expected pairs of states of {}, found none", system.name()),
                "name states by their identifier, name or ccode in the system",
            ));
        }
        Ok(pairs)
    }

    fn add(&mut self, row: usize, names: &Names) -> Result<()> {
        let pair = self.table.pair(row);
        let (first, second) =
            (self.state(row, &pair.first, names)?, self.state(row, &pair.second, names)?);
        let (Some(i), Some(j)) = (first, second) else {
            self.ignored += 1;
            return Ok(());
        };
        if i == j {
            self.ignored += 1;
            return Ok(());
        }
        if let Some(earlier) = self.rows[[i, j]].replace(row) {
            let problem = format!(
                "expected {} and {} in this order once, found them on line {} too",
                pair.first,
                pair.second,
                self.table.pair(earlier).line
            );
            return Err(self.table.row_fault(row, problem, "keep one of the rows"));
        }
        Ok(())
    }

    /// The state called `text`, if it is in the system.
    fn state(&self, row: usize, text: &str, names: &Names) -> Result<Option<usize>> {
        match names.find(text) {
            [] => Ok(None),
            &[state] => Ok(Some(state)),
            several => {
                let ids: Vec<&str> = several.iter().map(|&i| self.system.id(i)).collect();
                let problem =
                    format!("expected one state {text:?}, found {} called so", ids.join(" and "));
                Err(self.table.row_fault(row, problem, "give the identifier"))
            }
        }
    }

    /// A relation's `values`, one for each row of the file, as an `n × n` matrix: what is
    /// given of a pair in one order alone holds both ways.
    pub(super) fn given(
        &self,
        relation: Relation,
        values: &[Option<f64>],
    ) -> Result<Array2<Option<f64>>> {
        let n = self.system.len();
        let given = |i: usize, j: usize| self.rows[[i, j]].and_then(|row| values[row]);
        let mut matrix = Array2::from_elem((n, n), None);
        for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
            let (forth, back) = (given(i, j), given(j, i));
            if relation.is_symmetric() {
                self.check_agreement(relation, values, i, j)?;
            }
            let (forth, back) = (forth.or(back), back.or(forth));
            matrix[[i, j]] = forth;
            matrix[[j, i]] = back;
        }
        Ok(matrix)
    }

    /// Whether both orders of a pair, where both are given, have one value.
    fn check_agreement(
        &self,
        relation: Relation,
        values: &[Option<f64>],
        i: usize,
        j: usize,
    ) -> Result<()> {
        let (Some(forth), Some(back)) = (self.rows[[i, j]], self.rows[[j, i]]) else {
            return Ok(());
        };
        if values[forth] == values[back] || values[forth].is_none() || values[back].is_none() {
            return Ok(());
        }
        let problem = format!(
            "expected one {} of {} and {}, found another on line {}",
            relation.name(),
            self.system.id(i),
            self.system.id(j),
            self.table.pair(forth.min(back)).line
        );
        let later = forth.max(back);
        Err(self.table.row_fault(later, problem, "make the two agree, or keep one"))
    }

    /// The same, zero where nothing is given.
    ///
    /// # Errors
    /// As [`Pairs::given`]; if the distance of a pair is not given.
    pub(super) fn matrix(&self, relation: Relation, values: &[Option<f64>]) -> Result<Array2<f64>> {
        let given = self.given(relation, values)?;
        if relation == Relation::Distance
            && let Some((i, j)) = first_lacking(&given)
        {
            return Err(self.table.fault(
                lacking_distance(self.system, i, j),
                "add it, or delete the column distance",
            ));
        }
        Ok(given.mapv(|value| value.unwrap_or(0.0)))
    }

    /// Says how many rows were not used.
    pub(super) fn note(&self) -> Option<String> {
        (self.ignored > 0).then(|| {
            format!("ignored {} pairs that are not of two states of the system", self.ignored)
        })
    }
}

/// The first pair `i < j` that nothing is given of.
pub(super) fn first_lacking(given: &Array2<Option<f64>>) -> Option<(usize, usize)> {
    let lacking = given.indexed_iter().find(|((i, j), value)| i < j && value.is_none());
    lacking.map(|(pair, _)| pair)
}

/// What is wrong where the distance of a pair is not known.
pub(super) fn lacking_distance(system: &System, i: usize, j: usize) -> String {
    format!("expected the distance of {} and {}, found none", system.id(i), system.id(j))
}
