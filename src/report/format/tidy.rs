//! Tidy tables: a row an observation, one value a row.

use serde::Serialize;
use serde_json::Value;

use super::{Cells, Table};
use crate::polarity::PolarityClass;
use crate::verdict::Judgement;

/// The parameters of a model by their names in JSON, parts of a part with `_` between them. O(parts).
pub fn parameters(model: &impl Serialize) -> Vec<(String, Datum)> {
    let mut found = Vec::new();
    // What reports are made of has a JSON form.
    collect(String::new(), &serde_json::to_value(model).unwrap_or_default(), &mut found);
    found
}

fn collect(name: String, value: &Value, found: &mut Vec<(String, Datum)>) {
    let value = match value {
        Value::Null => return,
        Value::Bool(holds) => Datum::Flag(*holds),
        Value::Number(number) => Datum::Number(number.as_f64().unwrap_or(f64::NAN)),
        // Infinity and exact numbers are text in JSON.
        Value::String(text) => match text.parse() {
            Ok(number) => Datum::Number(number),
            Err(_) => Datum::Text(text.clone()),
        },
        Value::Array(_) => Datum::Text(value.to_string()),
        Value::Object(parts) => {
            for (part, value) in parts {
                let dot = if name.is_empty() { "" } else { "_" };
                collect(format!("{name}{dot}{part}"), value, found);
            }
            return;
        }
    };
    found.push((name, value));
}

/// One value of a tidy table: of numbers and words in separate columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// A number.
    Number(f64),
    /// An exact number in words.
    Exact(String),
    /// Whether something holds; in a tidy table 1 or 0.
    Flag(bool),
    /// A word.
    Text(String),
}

impl From<f64> for Datum {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Datum {
    fn from(holds: bool) -> Self {
        Self::Flag(holds)
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&f64> for Datum {
    fn from(number: &f64) -> Self {
        Self::Number(*number)
    }
}

impl From<Judgement> for Datum {
    fn from(verdict: Judgement) -> Self {
        Self::Text(verdict.to_string())
    }
}

impl From<PolarityClass> for Datum {
    fn from(class: PolarityClass) -> Self {
        Self::Text(class.to_string())
    }
}

macro_rules! datum_from_whole {
    ($($type:ty),*) => {$(
        impl From<$type> for Datum {
            fn from(number: $type) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}

datum_from_whole!(u32, u64, usize, i32);

/// A tidy table in the making: keys, and one value a row, a number in the column `value` or a word
/// in the column `text`.
#[derive(Debug, Clone)]
pub struct Tidy<const K: usize> {
    keys: [&'static str; K],
    rows: Vec<([String; K], Datum)>,
}

impl<const K: usize> Tidy<K> {
    /// A table with these columns of keys.
    pub fn new(keys: [&'static str; K]) -> Self {
        Self { keys, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, keys: [&str; K], value: impl Into<Datum>) {
        self.rows.push((keys.map(str::to_owned), value.into()));
    }

    /// The table. If any number is exact, all are written exactly.
    pub fn table(self) -> Table {
        let mut table = Table::default();
        for (k, name) in self.keys.iter().enumerate() {
            table.text(name, self.rows.iter().map(|(keys, _)| keys[k].clone()));
        }
        let exact = self.rows.iter().any(|(_, value)| matches!(value, Datum::Exact(_)));
        let number = |value: &Datum| match value {
            Datum::Number(number) => Some(*number),
            Datum::Flag(holds) => Some(f64::from(u8::from(*holds))),
            Datum::Exact(_) | Datum::Text(_) => None,
        };
        let words = |value: &Datum| match value {
            Datum::Exact(number) => Some(number.clone()),
            other => number(other).map(|number| number.to_string()),
        };
        let values = self.rows.iter().map(|(_, value)| value);
        table.add(
            "value",
            match exact {
                true => Cells::Exact(values.clone().map(words).collect()),
                false => Cells::Number(values.clone().map(number).collect()),
            },
        );
        table.text(
            "text",
            values.map(|value| match value {
                Datum::Text(text) => text.clone(),
                _ => String::new(),
            }),
        );
        table
    }
}
