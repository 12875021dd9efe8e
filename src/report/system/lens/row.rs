//! The leading state's control through each lens, as a row of a table has it.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::LensesReport;
use crate::analysis::Lens;

/// The interval of the leading state's control through each lens of [`Lens::OF_CONTROL`]; `None` of
/// one that did not run, or was not decided. In JSON an object by the lenses' names.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LensRow(pub [Option<[f64; 2]>; Lens::OF_CONTROL.len()]);

impl LensRow {
    /// The interval through a lens.
    pub fn get(&self, lens: Lens) -> Option<[f64; 2]> {
        self.named().find(|(known, _)| *known == lens).and_then(|(_, control)| control)
    }

    /// Sets the interval through a lens of control.
    pub fn set(&mut self, lens: Lens, control: [f64; 2]) {
        let mut each = Lens::OF_CONTROL.into_iter().zip(&mut self.0);
        if let Some((_, own)) = each.find(|(known, _)| *known == lens) {
            *own = Some(control);
        }
    }

    /// Each lens and its interval.
    pub fn named(&self) -> impl Iterator<Item = (Lens, Option<[f64; 2]>)> {
        Lens::OF_CONTROL.into_iter().zip(self.0)
    }

    /// Those of the contest: polarity repeats the share.
    pub fn of_contest(&self) -> impl Iterator<Item = (Lens, Option<[f64; 2]>)> {
        self.named().filter(|(lens, _)| lens.is_of_contest())
    }

    pub(in crate::report) fn of(lenses: &LensesReport) -> Self {
        let found = lenses.of_control();
        Self(Lens::OF_CONTROL.map(|lens| {
            found.iter().find(|(known, ..)| *known == lens).and_then(|(_, control, _)| *control)
        }))
    }
}

impl Serialize for LensRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (lens, control) in self.named() {
            map.serialize_entry(lens.name(), &control)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for LensRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = LensRow;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with an interval for each lens")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LensRow, A::Error> {
                let mut row = LensRow::default();
                while let Some(name) = map.next_key::<String>()? {
                    match Lens::OF_CONTROL.iter().position(|lens| lens.name() == name) {
                        Some(at) => row.0[at] = map.next_value()?,
                        None => _ = map.next_value::<IgnoredAny>()?,
                    }
                }
                Ok(row)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}
