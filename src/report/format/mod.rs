//! Output formats: a table is a list of columns of one type each, and every format draws it.

mod csv;
mod latex;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod tidy;

use serde::Serialize;

pub use csv::csv;
pub use tidy::{Datum, Tidy, parameters};

use crate::report::backtest::{Backtest, BacktestTable};
use crate::report::coalition::CoalitionReport;
use crate::report::compare::Comparison;
use crate::report::fit::{AlignmentFit, AlignmentTable, Fit, FitTable};
use crate::report::simulation::{ReplayReport, SimulationReport};
use crate::report::sweep::SweepReport;
use crate::report::theory::TheoryReport;
use crate::report::{GameReport, Provenance, Report, Traced};

/// What a report of any kind is written as.
pub trait Written {
    /// For people.
    fn text(&self) -> String;
    /// The whole of it, the contract.
    fn json(&self) -> String;
    /// Its table.
    fn table(&self) -> Table;
}

macro_rules! written {
    ($($report:ty),* $(,)?) => {$(
        impl Written for $report {
            fn text(&self) -> String {
                self.text()
            }

            fn json(&self) -> String {
                self.json()
            }

            fn table(&self) -> Table {
                self.table()
            }
        }
    )*};
}

written!(
    Report,
    GameReport,
    CoalitionReport,
    Comparison,
    SweepReport,
    TheoryReport,
    SimulationReport,
    ReplayReport,
);

/// What a report with several tables is written as: the chosen one, with what it was made from.
pub struct Chosen<'a, R: Tables>(pub &'a R, pub R::Choice, pub Option<Provenance>);

/// A report with several tables.
pub trait Tables: Serialize {
    /// Which of them.
    type Choice: Copy;
    /// For people.
    fn text(&self) -> String;
    /// The chosen table.
    fn table(&self, choice: Self::Choice) -> Table;
}

impl<R: Tables> Written for Chosen<'_, R> {
    fn text(&self) -> String {
        self.0.text()
    }

    fn json(&self) -> String {
        Traced { report: self.0, provenance: self.2.as_ref() }.json()
    }

    fn table(&self) -> Table {
        self.0.table(self.1)
    }
}

macro_rules! tables {
    ($($report:ty: $choice:ty),* $(,)?) => {$(
        impl Tables for $report {
            type Choice = $choice;

            fn text(&self) -> String {
                self.text()
            }

            fn table(&self, choice: $choice) -> Table {
                self.table(choice)
            }
        }
    )*};
}

tables!(Fit: FitTable, AlignmentFit: AlignmentTable, Backtest: BacktestTable);

/// A table: a row an observation, a column a variable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Its columns, all of one length.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its cells, one a row.
    pub cells: Cells,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Numbers, which may be missing.
    Number(Vec<Option<f64>>),
    /// Exact numbers in words, `5/12`, which may be missing.
    Exact(Vec<Option<String>>),
    /// Words.
    Text(Vec<String>),
    /// Whole numbers, which may be missing.
    Whole(Vec<Option<i64>>),
    /// Whether something holds, where that is known.
    Flag(Vec<Option<bool>>),
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Self::Number(cells) => cells.len(),
            Self::Exact(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Whole(cells) => cells.len(),
            Self::Flag(cells) => cells.len(),
        }
    }

    fn is_numeric(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Exact(_) | Self::Whole(_))
    }
}

impl Column {
    /// A cell in words; empty where it is missing.
    pub fn cell(&self, row: usize) -> String {
        fn words(cell: Option<&impl ToString>) -> String {
            cell.map_or_else(String::new, ToString::to_string)
        }
        match &self.cells {
            Cells::Number(cells) => words(cells[row].as_ref()),
            Cells::Exact(cells) => words(cells[row].as_ref()),
            Cells::Text(cells) => cells[row].clone(),
            Cells::Whole(cells) => words(cells[row].as_ref()),
            Cells::Flag(cells) => words(cells[row].as_ref()),
        }
    }

    /// A cell for people: numbers with six digits that count.
    fn shown(&self, row: usize) -> String {
        match &self.cells {
            Cells::Number(cells) => cells[row].map_or_else(String::new, short),
            _ => self.cell(row),
        }
    }
}

impl Table {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A table of rows of words below a header: columns of which every cell is a whole number, a
    /// number or `true` or `false`, where it is not empty, are of that. O(cells).
    pub fn of_rows(header: &[&str], rows: &[Vec<String>]) -> Self {
        let mut table = Self::default();
        for (k, name) in header.iter().enumerate() {
            let cells = || rows.iter().map(|row| row.get(k).map_or("", String::as_str));
            fn parsed<'c, T: std::str::FromStr>(
                cells: impl Iterator<Item = &'c str>,
            ) -> Option<Vec<Option<T>>> {
                cells
                    .map(|c| if c.is_empty() { Some(None) } else { c.parse().ok().map(Some) })
                    .collect()
            }
            let known = cells().any(|cell| !cell.is_empty());
            let typed = parsed(cells())
                .map(Cells::Whole)
                .or_else(|| parsed(cells()).map(Cells::Number))
                .or_else(|| parsed(cells()).map(Cells::Flag));
            let words = || Cells::Text(cells().map(str::to_owned).collect());
            table.add(name, typed.filter(|_| known).unwrap_or_else(words));
        }
        table
    }

    /// Adds a column of numbers.
    pub fn number(&mut self, name: &str, cells: impl IntoIterator<Item = Option<f64>>) {
        self.add(name, Cells::Number(cells.into_iter().collect()));
    }

    /// Adds a column of words.
    pub fn text<C: Into<String>>(&mut self, name: &str, cells: impl IntoIterator<Item = C>) {
        self.add(name, Cells::Text(cells.into_iter().map(Into::into).collect()));
    }

    /// Adds a column of whole numbers.
    pub fn whole<C: TryInto<i64>>(
        &mut self,
        name: &str,
        cells: impl IntoIterator<Item = Option<C>>,
    ) {
        let whole = |cell: Option<C>| cell.and_then(|cell| cell.try_into().ok());
        self.add(name, Cells::Whole(cells.into_iter().map(whole).collect()));
    }

    /// Adds a column of what holds.
    pub fn flag(&mut self, name: &str, cells: impl IntoIterator<Item = Option<bool>>) {
        self.add(name, Cells::Flag(cells.into_iter().collect()));
    }

    /// Adds a column.
    pub fn add(&mut self, name: &str, cells: Cells) {
        self.columns.push(Column { name: name.to_owned(), cells });
    }

    /// Adds a column for each parameter, the same in every row: numbers where they are, else words.
    pub fn constants(&mut self, parameters: &[(String, Datum)]) {
        let rows = self.len();
        for (name, value) in parameters {
            self.add(
                name,
                match value {
                    Datum::Number(number) => Cells::Number(vec![Some(*number); rows]),
                    Datum::Exact(number) => Cells::Exact(vec![Some(number.clone()); rows]),
                    Datum::Flag(holds) => Cells::Flag(vec![Some(*holds); rows]),
                    Datum::Text(text) => Cells::Text(vec![text.clone(); rows]),
                },
            );
        }
    }

    /// The table as CSV. O(cells).
    pub fn csv(&self) -> String {
        let header = self.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let row = |row| self.columns.iter().map(|column| column.cell(row)).collect();
        csv(std::iter::once(header).chain((0..self.len()).map(row)))
    }

    /// The table as Markdown, numbers with six digits. O(cells).
    pub fn markdown(&self) -> String {
        markdown::written(self)
    }

    /// The table as a LaTeX `tabular`, numbers with six digits. O(cells).
    pub fn latex(&self) -> String {
        latex::written(self)
    }

    /// The table as a Parquet file of one row group, compressed with Snappy. O(cells).
    ///
    /// # Errors
    /// If the writer fails, for which nothing in a table gives a reason.
    #[cfg(feature = "parquet")]
    pub fn parquet(&self) -> crate::error::Result<Vec<u8>> {
        parquet::written(&self.columns).map_err(|error| {
            let error = std::io::Error::other(error);
            crate::error::Error::io("parquet", error)
        })
    }
}

/// Six digits that count, without zeros at the end.
fn short(number: f64) -> String {
    if !number.is_finite() || number == 0.0 {
        return number.to_string();
    }
    let magnitude = number.abs().log10().floor();
    if !(-5.0..15.0).contains(&magnitude) {
        return format!("{number:.5e}");
    }
    let decimals = (5.0 - magnitude).max(0.0) as usize;
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let mut tidy = Tidy::new(["state", "quantity"]);
        tidy.add(["A|B", "share"], 0.123456789);
        tidy.add(["C_D & 50%", "verdict"], "balanced");
        let mut table = tidy.table();
        table.constants(&[("decisiveness".into(), Datum::Number(2.0))]);
        table
    }

    #[test]
    fn one_type_a_column_and_every_parameter_a_column() {
        assert_eq!(
            sample().csv(),
            "state,quantity,value,text,decisiveness\nA|B,share,0.123456789,,2\n\
             C_D & 50%,verdict,,balanced,2\n"
        );
    }

    #[test]
    fn markdown_and_latex_keep_their_own_signs_apart() {
        assert_eq!(
            sample().markdown(),
            "| state | quantity | value | text | decisiveness |\n|:--|:--|--:|:--|--:|\n\
             | A\\|B | share | 0.123457 |  | 2 |\n| C\\_D & 50% | verdict |  | balanced | 2 |\n"
        );
        let latex = sample().latex();
        assert!(latex.contains("\\begin{tabular}{llrlr}\n"), "{latex}");
        assert!(latex.contains("C\\_D \\& 50\\% & verdict &  & balanced & 2 \\\\\n"), "{latex}");
    }

    #[test]
    fn numbers_for_people_have_six_digits() {
        let shown = [0.5, 1.0 / 3.0, 123456.789, 1e-9, 1e20, -2.0, 0.0].map(short);
        assert_eq!(shown, ["0.5", "0.333333", "123457", "1.00000e-9", "1.00000e20", "-2", "0"]);
    }
}
