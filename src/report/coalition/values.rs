//! All values of a table as exact text and back, without fractions of any length where those
//! of a machine word do: there are 2^n of them. They are written one by one as they are needed.

use std::borrow::Cow;
use std::fmt;

use dashu_int::UBig;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::coalition::Coalition;
use crate::exact::gcd;
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::Numerators;
use crate::work::parallel;

/// Every coalition's value, by its bits: a JSON array of exact numbers in lowest terms.
#[derive(Clone)]
pub struct TableValues(Form);

#[derive(Clone)]
enum Form {
    Table(ExactTable),
    Text(Vec<String>),
}

impl TableValues {
    /// Those of a table.
    pub fn of(table: &ExactTable) -> Self {
        Self(Form::Table(table.clone()))
    }

    /// The numbers as text.
    pub fn text(&self) -> Cow<'_, [String]> {
        match &self.0 {
            Form::Text(text) => Cow::Borrowed(text),
            Form::Table(table) => Cow::Owned(each(table).collect()),
        }
    }
}

impl From<Vec<String>> for TableValues {
    fn from(text: Vec<String>) -> Self {
        Self(Form::Text(text))
    }
}

impl PartialEq for TableValues {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl fmt::Debug for TableValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl Serialize for TableValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Text(text) => text.serialize(serializer),
            Form::Table(table) => serializer.collect_seq(each(table)),
        }
    }
}

impl<'de> Deserialize<'de> for TableValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|text| Self(Form::Text(text)))
    }
}

/// Every coalition's value in lowest terms, by its bits.
fn each(table: &ExactTable) -> impl Iterator<Item = String> + '_ {
    let short = match table.numerators() {
        Numerators::Small(values) => u64::try_from(table.denominator()).ok().map(|d| (values, d)),
        _ => None,
    };
    (0..1usize << table.players()).map(move |bits| match short {
        Some((values, below)) => fraction(values[bits], below),
        None => table.value(Coalition(bits as u64)).to_string(),
    })
}

fn fraction(value: i64, below: u64) -> String {
    let divisor = gcd(value.unsigned_abs(), below);
    let (above, below) = (value.unsigned_abs() / divisor, below / divisor);
    let sign = if value < 0 { "-" } else { "" };
    if below == 1 { format!("{sign}{above}") } else { format!("{sign}{above}/{below}") }
}

/// The common denominator of integers and fractions, and the numerators over it. `None` where
/// one is neither, or longer than a machine word: for the general reader.
pub(super) fn read(values: &[String]) -> Option<(UBig, Numerators)> {
    let pairs = parallel(values.len(), |at| pair(&values[at]));
    let pairs = pairs.into_iter().collect::<Option<Vec<(i64, u64)>>>()?;
    let mut common = 1u64;
    for &(_, below) in &pairs {
        if !common.is_multiple_of(below) {
            common = (common / gcd(common, below)).checked_mul(below)?;
        }
    }
    let scaled = |&(above, below): &(i64, u64)| i128::from(above) * i128::from(common / below);
    let wide: Vec<i128> = pairs.iter().map(scaled).collect();
    let largest = wide.iter().map(|value| value.unsigned_abs()).max()?;
    Numerators::fits_wide(largest).then(|| (UBig::from(common), Numerators::from_wide(wide)))
}

fn pair(text: &str) -> Option<(i64, u64)> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let below = below.parse().ok().filter(|&below| below > 0)?;
    Some((above.parse().ok()?, below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::cooperative::numbered;
    use dashu_ratio::RBig;

    #[test]
    fn values_are_written_and_read_exactly() {
        let ratio = |above: i64, below: u64| RBig::from_parts(above.into(), below.into());
        let values = [ratio(0, 1), ratio(-3, 4), ratio(5, 6), ratio(7, 1)];
        let table = ExactTable::new(numbered(2), &values).unwrap();
        let written = TableValues::of(&table);
        let text = written.text();
        assert_eq!(&*text, ["0", "-3/4", "5/6", "7"]);
        let (denominator, numerators) = read(&text).unwrap();
        assert_eq!(ExactTable::from_integers(numbered(2), denominator, numerators).unwrap(), table);
        for general in ["1/0", "0.5", "99999999999999999999", "x"] {
            assert!(read(&["0".into(), general.into()]).is_none(), "{general}");
        }
    }
}
