//! A cell and what can be read from it: each reading says what it expected and where.

use std::ops::RangeInclusive;

use dashu_ratio::RBig;

use super::Table;
use crate::error::{Error, Place, Result};
use crate::exact::parse_decimal;

/// What is put where nothing is known (NMC).
const MISSING: i8 = -9;

/// How programs write that a value is missing, whatever the case.
const MISSING_WORDS: [&str; 8] = ["NA", "NaN", "n/a", "#N/A", "<NA>", "null", "none", "."];

/// Year, month and day.
pub(crate) type Date = (i32, i32, i32);

/// A cell of a [`Table`], its text trimmed.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    table: &'a Table,
    text: &'a str,
    row: usize,
    column: usize,
}

impl<'a> Cell<'a> {
    pub(crate) fn new(table: &'a Table, text: &'a str, row: usize, column: usize) -> Self {
        Self { table, text, row, column }
    }

    /// The text, trimmed.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The text, unless it is empty.
    pub(crate) fn filled(&self) -> Option<&'a str> {
        (!self.text.is_empty()).then_some(self.text)
    }

    /// Where it is.
    pub(crate) fn place(&self) -> Place {
        self.table.place(self.row, self.column)
    }

    /// A number in decimal notation; where the delimiter is not a comma, `12,5` is one too.
    fn number(&self) -> Option<RBig> {
        parse_decimal(self.text).or_else(|| self.decimal_comma())
    }

    /// The number, where it is written with a decimal comma and the file allows that.
    pub(crate) fn decimal_comma(&self) -> Option<RBig> {
        decimal_comma(self.text).filter(|_| self.table.has_decimal_commas())
    }

    /// Whether it says that the value is missing, as R, pandas, Stata and Excel do, or NMC by `-9`.
    pub(crate) fn is_missing(&self) -> bool {
        self.text.is_empty()
            || MISSING_WORDS.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// The text, unless it is empty or says that it is missing: `NA`, as R writes it.
    pub(crate) fn known(&self) -> Option<&'a str> {
        self.filled().filter(|text| *text != "NA")
    }

    /// Whether a number was meant, be it wrongly written.
    pub(crate) fn is_numeric(&self) -> bool {
        self.number().is_some() || meant_as(self.text).is_some()
    }

    /// A capability: a number ≥ 0, `None` where it is missing: empty, `-9`, `NA` and the like.
    pub(crate) fn amount(&self) -> Result<Option<RBig>> {
        match self.number() {
            None if self.is_missing() => Ok(None),
            Some(number) if number == RBig::from(MISSING) => Ok(None),
            Some(amount) if amount >= RBig::ZERO => Ok(Some(amount)),
            _ => Err(self.fault("a number ≥ 0", "leave it empty if missing")),
        }
    }

    /// A number in `range`, which `expected` words; `remedy` if it is not.
    pub(crate) fn within(
        &self,
        range: RangeInclusive<f64>,
        expected: &str,
        remedy: &str,
    ) -> Result<f64> {
        self.number()
            .map(|number| number.to_f64().value())
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.fault(expected, remedy))
    }

    /// A whole number: a year.
    pub(crate) fn year(&self) -> Result<i32> {
        whole(self.text)
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| self.fault("a year", "write it as a whole number, -431 for 431 BCE"))
    }

    /// A numeric code such as a `ccode`, where `220.0` is `220`; other text as it is.
    pub(crate) fn code(&self) -> Option<String> {
        self.filled().map(|text| whole(text).unwrap_or_else(|| text.to_owned()))
    }

    /// The state that a cell names by its code.
    ///
    /// # Errors
    /// If it is empty.
    pub(crate) fn state(&self) -> Result<String> {
        self.code().ok_or_else(|| self.fault("a state", "name it or delete the row"))
    }

    /// A date as `1918-03-11`; a year alone is its first of January.
    pub(crate) fn date(&self) -> Result<Date> {
        let mut parts = self.text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        match (year.flatten(), month.unwrap_or(Some(1)), day.unwrap_or(Some(1))) {
            (Some(year), Some(month @ 1..=12), Some(day @ 1..=31)) => Ok((year, month, day)),
            _ => Err(self.fault("a date", "write it as year-month-day")),
        }
    }

    /// The year of a month such as `191807`.
    pub(crate) fn year_of_month(&self) -> Result<i32> {
        let number = whole(self.text).and_then(|number| number.parse::<i32>().ok());
        match number {
            Some(month) if month > 0 && (1..=12).contains(&(month % 100)) => Ok(month / 100),
            _ => Err(self.fault("a year and month", "write July 1918 as 191807")),
        }
    }

    /// Whether something holds: 1 or 0.
    pub(crate) fn flag(&self) -> Result<bool> {
        match self.text {
            "0" => Ok(false),
            "1" => Ok(true),
            text => match whole(text).as_deref() {
                Some("0") => Ok(false),
                Some("1") => Ok(true),
                _ => Err(self.fault("0 or 1", "write 1 where it holds, else 0")),
            },
        }
    }

    /// An error: what was expected here, what was found, what to do.
    pub(crate) fn fault(&self, expected: &str, remedy: &str) -> Error {
        let remedy = meant_as(self.text).unwrap_or(remedy);
        let problem = match self.filled() {
            Some(text) => format!("expected {expected}, found {}", shown(text)),
            None => format!("expected {expected}, found an empty cell"),
        };
        Error::input(self.place(), problem, remedy)
    }
}

/// The number that is written with a decimal comma: `12,5`.
pub(crate) fn decimal_comma(text: &str) -> Option<RBig> {
    let (whole, fraction) = text.split_once(',')?;
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    (digits(unsigned) && digits(fraction)).then(|| parse_decimal(&format!("{whole}.{fraction}")))?
}

/// The digits of a whole number, also where it is written `220.0`.
fn whole(text: &str) -> Option<String> {
    // What most are, in files of a million cells.
    if matches!(text.as_bytes(), [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit)) {
        return Some(text.to_owned());
    }
    parse_decimal(text).filter(RBig::is_int).map(|number| number.to_string())
}

/// What to do about a number written in a way that is not accepted.
fn meant_as(text: &str) -> Option<&'static str> {
    const SEPARATORS: [char; 7] = [',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}'];
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let separator = unsigned.chars().find(|c| !c.is_ascii_digit())?;
    if !SEPARATORS.contains(&separator) || parse_decimal(text).is_some() {
        return None;
    }
    let groups: Vec<&str> = unsigned.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let digits = |s: &str, lengths: RangeInclusive<usize>| {
        lengths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    let last_whole = last.split_once([',', '.']).map_or(*last, |(whole, _)| whole);
    if digits(first, 1..=3) && middle.iter().chain([&last_whole]).all(|s| digits(s, 3..=3)) {
        return Some("write it without thousands separators");
    }
    let decimal = separator == ',' && groups.len() == 2;
    (decimal && groups.iter().all(|s| digits(s, 1..=400)))
        .then_some("write a decimal point, not a comma")
}

/// Text in quotes, cut where it is long.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(delimiter: char, text: &str) -> std::result::Result<Option<f64>, String> {
        let csv = format!("a{delimiter}b\nx{delimiter}\"{text}\"");
        let table = Table::parse("a.csv", csv.as_bytes()).unwrap();
        match table.cell(0, 1).amount() {
            Ok(amount) => Ok(amount.map(|amount| amount.to_f64().value())),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn amounts_are_numbers_from_zero_or_missing() {
        assert_eq!(amount(',', " 12.5 "), Ok(Some(12.5)));
        assert_eq!(amount(',', ""), Ok(None));
        assert_eq!(amount(',', "-9"), Ok(None));
        assert_eq!(amount(',', "-9.0"), Ok(None));
        for missing in ["NA", "NaN", "nan", "n/a", "N/A", "#N/A", ".", "null"] {
            assert_eq!(amount(',', missing), Ok(None), "{missing}");
        }
        assert_eq!(
            amount(',', "about 5").unwrap_err(),
            "a.csv:2: b: expected a number ≥ 0, found \"about 5\"; leave it empty if missing"
        );
        for wrong in ["-8", "-9.5", "..", "inf", "1e9999", "0x10", "%"] {
            assert!(amount(',', wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_decimal_comma_needs_another_delimiter() {
        assert_eq!(amount(';', "12,5"), Ok(Some(12.5)));
        assert_eq!(amount('\t', "12,5"), Ok(Some(12.5)));
        assert!(amount(',', "12,5").unwrap_err().ends_with("write a decimal point, not a comma"));
        for wrong in ["12,", ",5", "1,2,3", "1,5e3"] {
            assert!(amount(';', wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn thousands_separators_are_named() {
        for grouped in ["1,234", "1,234,567.8", "1 234", "1'234", "1.234.567", "12\u{a0}345,6"] {
            let said = amount(',', grouped).unwrap_err();
            assert!(said.ends_with("write it without thousands separators"), "{said}");
        }
        assert!(amount(';', "1,234,567").unwrap_err().contains("thousands"));
    }

    #[test]
    fn codes_and_years_are_whole_numbers() {
        let table = Table::parse("a.csv", b"a,b\n220.0,-431\nFRN,1913.5").unwrap();
        assert_eq!(table.cell(0, 0).code().as_deref(), Some("220"));
        assert_eq!(table.cell(1, 0).code().as_deref(), Some("FRN"));
        assert_eq!(table.cell(0, 1).year().unwrap(), -431);
        assert!(table.cell(1, 1).year().is_err());
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(shown(&"é".repeat(50)).chars().count(), 43);
    }
}
