//! Wars as observations: two sides with their powers, and who won.

use serde::{Deserialize, Serialize};

use super::Settings;
use super::model::Ties;
use crate::dataset::{Dataset, Ending, Fighter, Majors, Wars, WholeWar};
use crate::error::{Error, Result};

/// Who is counted on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sides {
    /// All who fought on it.
    #[default]
    Coalition,
    /// Those who fought on its first day.
    Originators,
    /// All, in wars of one state against one.
    Bilateral,
}

/// Who won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Side 1.
    First,
    /// Side 2.
    Second,
    /// Neither.
    Draw,
}

/// A war as an observation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarRecord {
    /// The number that the list gives it.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The year in which it began.
    pub year: i32,
    /// The states of sides 1 and 2 that count, as the list calls them.
    pub states: [Vec<String>; 2],
    /// The powers of both sides, each above 0.
    pub powers: [f64; 2],
    /// Who won.
    pub outcome: Outcome,
    /// Which side began the war, 1 or 2; null where none or both did.
    pub initiator: Option<u8>,
    /// Whether there was a major power on either side, where that is known.
    pub majors: Option<[bool; 2]>,
}

impl WarRecord {
    /// Whether a side won.
    pub fn decided(&self) -> bool {
        self.outcome != Outcome::Draw
    }
}

impl Outcome {
    /// Who won, in a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::First => "side 1",
            Self::Second => "side 2",
            Self::Draw => "neither",
        }
    }
}

/// Why a war is no observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    /// It was drawn, and draws are dropped.
    Draws,
    /// It became another war.
    Transformed,
    /// It goes on, its outcome is unknown or contradicts itself.
    Unknown,
    /// There was no single state on either side.
    Coalitions,
    /// A side has no state.
    OneSided,
    /// A side has no measured power.
    NoPower,
    /// It is not known who began it.
    NoInitiator,
}

impl Drop {
    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Draws => "drawn",
            Self::Transformed => "became another war",
            Self::Unknown => "no known outcome",
            Self::Coalitions => "not one state against one",
            Self::OneSided => "a side without a state",
            Self::NoPower => "a side without measured power",
            Self::NoInitiator => "not known who began it",
        }
    }
}

/// Wars that are no observations, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    /// Why.
    pub why: Drop,
    /// Their names.
    pub wars: Vec<String>,
}

/// The wars of a list as observations.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The observations, in the order of the list.
    pub wars: Vec<WarRecord>,
    /// The others, by reason.
    pub dropped: Vec<Dropped>,
    /// What power was measured by.
    pub measure: String,
}

/// The parts into which the time since 1816 is usually cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Era(pub i32, pub i32);

impl Era {
    /// The nineteenth century, the world wars and what was between them, and the time since.
    pub const ALL: [Self; 3] = [Self(i32::MIN, 1913), Self(1914, 1944), Self(1945, i32::MAX)];

    /// As `1914–1944`, with what is open left open.
    pub fn name(self) -> String {
        match (self.0, self.1) {
            (i32::MIN, to) => format!("to {to}"),
            (from, i32::MAX) => format!("from {from}"),
            (from, to) => format!("{from}–{to}"),
        }
    }

    /// Whether a year belongs to it.
    pub fn holds(self, year: i32) -> bool {
        (self.0..=self.1).contains(&year)
    }
}

/// The wars that began in `years` as observations. The power of a state is that of the first
/// year with a value above 0 from the year before the war to its last: the published index, or
/// with a `column` that capability. O(wars · states · years of a war).
///
/// # Errors
/// If the dataset lacks the column or, without one, the published index, or no war is left.
pub fn sample(
    dataset: &Dataset,
    wars: &Wars,
    column: Option<&str>,
    majors: Option<&Majors>,
    years: (i32, i32),
    settings: &Settings,
) -> Result<Sample> {
    if column.is_none() && !dataset.has_published_cinc() {
        return Err(dataset.fault(
            "expected a column cinc, the index that NMC publishes, found none",
            "give NMC as downloaded, or choose a column with --capability",
        ));
    }
    let mut sample = Sample {
        wars: Vec::new(),
        dropped: Vec::new(),
        measure: column.unwrap_or("cinc").to_owned(),
    };
    let reading = Reading { dataset, column, majors, settings };
    for war in wars.whole().iter().filter(|war| (years.0..=years.1).contains(&war.first)) {
        match reading.record(war)? {
            Ok(record) => sample.wars.push(record),
            Err(why) => match sample.dropped.iter_mut().find(|dropped| dropped.why == why) {
                Some(dropped) => dropped.wars.push(war.name.clone()),
                None => sample.dropped.push(Dropped { why, wars: vec![war.name.clone()] }),
            },
        }
    }
    crate::order::sort_by_key(&mut sample.dropped, |dropped| dropped.why);
    if sample.wars.is_empty() {
        let why = |dropped: &Dropped| format!("{} {}", dropped.wars.len(), dropped.why.words());
        let dropped = sample.dropped.iter().map(why).collect::<Vec<_>>();
        let dropped = if dropped.is_empty() { "there are none".into() } else { dropped.join(", ") };
        return Err(Error::system(
            format!(
                "{}: of the wars that began in the years asked for none can be used: {dropped}",
                wars.source()
            ),
            "choose other --years, or another --capability",
        ));
    }
    Ok(sample)
}

struct Reading<'a> {
    dataset: &'a Dataset,
    column: Option<&'a str>,
    majors: Option<&'a Majors>,
    settings: &'a Settings,
}

impl Reading<'_> {
    fn record(&self, war: &WholeWar) -> Result<std::result::Result<WarRecord, Drop>> {
        // Of a war with one side no outcome can be told either: the side is what is to be said.
        if war.sides.iter().any(|side| side.is_empty()) {
            return Ok(Err(Drop::OneSided));
        }
        let outcome = match war.ending {
            Ending::Won(0) => Outcome::First,
            Ending::Won(_) => Outcome::Second,
            Ending::Draw if self.settings.ties == Ties::Drop => return Ok(Err(Drop::Draws)),
            Ending::Draw => Outcome::Draw,
            Ending::Transformed => return Ok(Err(Drop::Transformed)),
            Ending::Other => return Ok(Err(Drop::Unknown)),
        };
        let counted = war.sides.each_ref().map(|side| self.counted(side));
        if counted.iter().any(Vec::is_empty) {
            return Ok(Err(Drop::OneSided));
        }
        if self.settings.sides == Sides::Bilateral && counted.iter().any(|side| side.len() > 1) {
            return Ok(Err(Drop::Coalitions));
        }
        let initiator = match counted.each_ref().map(|side| side.iter().any(|f| f.initiator)) {
            [true, false] => Some(1),
            [false, true] => Some(2),
            _ => None,
        };
        if self.settings.initiator && initiator.is_none() {
            return Ok(Err(Drop::NoInitiator));
        }
        let powers = [self.power(&counted[0], war)?, self.power(&counted[1], war)?];
        if powers.iter().any(|power| *power <= 0.0) {
            return Ok(Err(Drop::NoPower));
        }
        let majors = self.majors.map(|majors| {
            let codes = majors.codes_in(war.first);
            counted.each_ref().map(|side| side.iter().any(|f| codes.contains(&f.code.as_str())))
        });
        let states = counted.map(|side| side.iter().map(|f| f.name.clone()).collect());
        let (number, name) = (war.number.clone(), war.name.clone());
        Ok(Ok(WarRecord {
            number,
            name,
            year: war.first,
            states,
            powers,
            outcome,
            initiator,
            majors,
        }))
    }

    fn counted<'w>(&self, side: &'w [Fighter]) -> Vec<&'w Fighter> {
        let all = self.settings.sides != Sides::Originators;
        side.iter().filter(|fighter| all || fighter.original).collect()
    }

    fn power(&self, side: &[&Fighter], war: &WholeWar) -> Result<f64> {
        let mut sum = 0.0;
        for fighter in side {
            for year in war.first - 1..=war.last {
                let amount = self.dataset.amount(&fighter.code, year, self.column)?;
                if let Some(amount) = amount.filter(|&amount| amount > 0.0) {
                    sum += amount;
                    break;
                }
            }
        }
        Ok(sum)
    }
}
