//! A report of any kind, from its JSON: read so that nothing in it is passed over in silence.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Place, Result};
use crate::evidence::alignment::ALIGNMENT;
use crate::report::backtest::{BACKTEST_SCHEMA, check_backtest};
use crate::report::coalition;
use crate::report::compare::{COMPARISON_SCHEMA, check_comparison};
use crate::report::fit::{FIT_SCHEMA, check_alignment_fit, check_fit};
use crate::report::game::GAME_SCHEMA;
use crate::report::simulation::{REPLAY_SCHEMA, SIMULATION_SCHEMA, check_replay, check_simulation};
use crate::report::sweep::{SWEEP_SCHEMA, check_sweep};
use crate::report::theory;
use crate::report::{SCHEMA, Verification, check, check_game};

/// How deep lists and objects of a report may be nested: deeper ones are no report.
const DEEPEST: usize = 100;

/// The most fields named that are not known; of more, their number is said.
const NAMED: usize = 20;

/// Examines a report of any kind, as [`check`] and its like do, from the JSON text in `file`.
/// A field that this version does not write is not examined, and named as such.
///
/// # Errors
/// If the text is no JSON, has a key twice, is of a schema that this version does not know or
/// lacks what that schema has; and as the check of its kind.
pub fn check_json(json: &[u8], file: &str, thorough: bool) -> Result<Verification> {
    let Unique(whole) = parse(json, file)?;
    let schema = whole.get("schema").and_then(Value::as_str);
    let source = Source { json, file, whole: &whole };
    match KINDS.iter().find(|(known, _)| schema == Some(known)) {
        Some((_, examine)) => examine(&source, thorough),
        None => Err(unknown_schema(file, schema)),
    }
}

/// Examines a report of a kind, thoroughly or not.
type Examine = fn(&Source, bool) -> Result<Verification>;

/// Every kind of report, by its schema.
const KINDS: [(&str, Examine); 10] = [
    (SCHEMA, |source, thorough| source.examine(|report| check(report, thorough))),
    (COMPARISON_SCHEMA, |source, thorough| source.examine(|r| check_comparison(r, thorough))),
    (SWEEP_SCHEMA, |source, thorough| source.examine(|r| check_sweep(r, thorough))),
    (coalition::SCHEMA, |source, thorough| source.examine(|r| coalition::check(r, thorough))),
    (GAME_SCHEMA, |source, thorough| source.examine(|report| check_game(report, thorough))),
    (theory::SCHEMA, |source, thorough| source.examine(|r| theory::check(r, thorough))),
    (SIMULATION_SCHEMA, |source, thorough| source.examine(|r| check_simulation(r, thorough))),
    (REPLAY_SCHEMA, |source, _| source.examine(check_replay)),
    (FIT_SCHEMA, |source, thorough| {
        match source.whole.get("model").is_some_and(|model| model == ALIGNMENT) {
            true => source.examine(check_alignment_fit),
            false => source.examine(|report| check_fit(report, thorough)),
        }
    }),
    (BACKTEST_SCHEMA, |source, thorough| source.examine(|r| check_backtest(r, thorough))),
];

fn unknown_schema(file: &str, found: Option<&str>) -> Error {
    let known = KINDS.map(|(schema, _)| schema);
    let found = found.map_or("none".to_owned(), |found| format!("\"{found}\""));
    Error::input(
        Place { column: Some("schema".into()), ..Place::file(file) },
        format!("expected one of {}, found {found}", known.join(", ")),
        "check a report that --format json wrote, with the version of equipoise that wrote it",
    )
}

/// The text of a report, and the same as a tree.
struct Source<'a> {
    json: &'a [u8],
    file: &'a str,
    whole: &'a Value,
}

impl Source<'_> {
    /// Reads the report and examines it; fields that were lost on the way are not examined.
    fn examine<T: DeserializeOwned + Serialize>(
        &self,
        examine: impl FnOnce(&T) -> Result<Verification>,
    ) -> Result<Verification> {
        let report: T = parse(self.json, self.file)?;
        let mut found = examine(&report)?;
        // All keys are strings and all numbers were read from JSON, so this cannot fail. By way of
        // the text: a tree made directly would have every kind of report compiled once more.
        let text = serde_json::to_vec_pretty(&report).unwrap_or_default();
        let kept: Value = serde_json::from_slice(&text).unwrap_or_default();
        let mut lost = Vec::new();
        lost_fields(self.whole, &kept, &mut String::new(), &mut lost);
        if self.whole.get("provenance").is_some_and(|known| !known.is_null()) {
            let given = "the provenance: the version, the request and the sums of the files";
            found.given.push(given.to_owned());
        }
        for pointer in lost.iter().take(NAMED) {
            found.skip(format!("{pointer}: a field that this version of equipoise does not know"));
        }
        if let more @ 1.. = lost.len().saturating_sub(NAMED) {
            found.skip(format!("{more} more fields that this version does not know"));
        }
        Ok(found)
    }
}

fn parse<'de, T: Deserialize<'de>>(json: &'de [u8], file: &str) -> Result<T> {
    serde_json::from_slice(json).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or(0);
        Error::input(
            Place { line: Some(line).filter(|&line| line > 0), ..Place::file(file) },
            format!("expected a report: {error}"),
            "save one with --format json",
        )
    })
}

/// The pointers of fields of `given` that `kept` does not have. What is empty says nothing.
fn lost_fields(given: &Value, kept: &Value, pointer: &mut String, lost: &mut Vec<String>) {
    let long = pointer.len();
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => {
            for (key, value) in given {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                match kept.get(key) {
                    Some(kept) => lost_fields(value, kept, pointer, lost),
                    // What a report was made from is stated beside it.
                    None if is_empty(value) || pointer == "/provenance" => {}
                    None => lost.push(pointer.clone()),
                }
                pointer.truncate(long);
            }
        }
        (Value::Array(given), Value::Array(kept)) => {
            for (at, (value, kept)) in given.iter().zip(kept).enumerate() {
                pointer.push_str(&format!("/{at}"));
                lost_fields(value, kept, pointer, lost);
                pointer.truncate(long);
            }
        }
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// A JSON tree in which no object has a key twice: of two readers one could take the first,
/// the other the second.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Tree { depth: 0 }).map(Self)
    }
}

struct Tree {
    depth: usize,
}

impl<'de> serde::de::DeserializeSeed<'de> for Tree {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON that is not nested too deeply")
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.below()?)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if values.contains_key(&key) {
                return Err(A::Error::custom(format!("the key \"{key}\" is there twice")));
            }
            values.insert(key, map.next_value_seed(self.below()?)?);
        }
        Ok(Value::Object(values))
    }
}

impl Tree {
    /// What is nested in it.
    fn below<E: serde::de::Error>(&self) -> std::result::Result<Self, E> {
        match self.depth < DEEPEST {
            true => Ok(Self { depth: self.depth + 1 }),
            false => Err(E::custom(format!("it is nested more than {DEEPEST} deep"))),
        }
    }
}
