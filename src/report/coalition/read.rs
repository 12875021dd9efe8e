//! From a report back to the game and the findings in it. What cannot be read is a claim that
//! does not hold, with the reason.

use std::collections::HashMap;

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::*;
use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::exact::parse_exact;
use crate::finding::cooperative::{ExactLevel, ExactNucleolus, ExactWeights};
use crate::finding::cooperative::{PayoffBound, PayoffRange};
use crate::game::cooperative::{ContestGame, ExactTable, Game, Quota, Sense, WeightedGame};
use crate::report::Keyed;

/// A finding, or what is wrong with it.
pub(super) type Read<T> = std::result::Result<T, String>;

impl CoalitionReport {
    /// The game that the report is on, exactly.
    ///
    /// # Errors
    /// If there is none in it, or its numbers do not make one.
    pub fn exact_game(&self) -> Result<Game> {
        game(self)
    }
}

/// The error that what is in `column` does not make a game.
pub(super) fn no_game(report: &CoalitionReport, column: &str, problem: String) -> Error {
    let place = Place { column: Some(column.into()), ..Place::file(&report.source) };
    Error::input(place, problem, "check a report that equipoise coalition wrote")
}

/// The game in a report.
pub(super) fn game(report: &CoalitionReport) -> Result<Game> {
    let wrong = |column: &str, problem: String| no_game(report, column, problem);
    let exact = |column: &str, text: &String| {
        parse_exact(text)
            .ok_or_else(|| wrong(column, format!("expected an exact number, found {text:?}")))
    };
    for (at, name) in report.players.iter().enumerate() {
        if name.is_empty() || report.players[..at].contains(name) {
            return Err(wrong("players", format!("the name {name:?} is empty or there twice")));
        }
    }
    let names = report.players.clone();
    match &report.game {
        None => Err(wrong("game", "expected the game, found none".into())),
        Some(GameReport::Table { sense, values }) => {
            let sense = match sense {
                SenseReport::Worth => Sense::Worth,
                SenseReport::Cost => Sense::Cost,
            };
            let values = values.text();
            let table = match values::read(&values) {
                Some((below, above)) => ExactTable::from_integers(names, below, above)?,
                None => {
                    let values = values.iter().map(|text| exact("game.values", text));
                    ExactTable::new(names, &values.collect::<Result<Vec<RBig>>>()?)?
                }
            };
            Ok(table.with_sense(sense).into())
        }
        Some(GameReport::Externalities { .. }) => {
            Err(wrong("game", "expected a game of worths, found one of partitions".into()))
        }
        Some(GameReport::Hedonic { .. }) => {
            Err(wrong("game", "expected a game of worths, found one of preferences".into()))
        }
        Some(GameReport::Airport { .. } | GameReport::Bankruptcy { .. }) => {
            Err(wrong("game", "expected a game of worths, found a rule".into()))
        }
        Some(GameReport::Contest { strengths, decisiveness, decimals }) => {
            let strengths = strengths.iter().map(|text| exact("game.strengths", text));
            let strengths = strengths.collect::<Result<Vec<_>>>()?;
            let game = ContestGame::new(names, &strengths, decisiveness.decisiveness())?;
            if game.decimals() != *decimals {
                let said = |decimals: Option<u32>| match decimals {
                    Some(decimals) => format!("values rounded to {decimals} decimals"),
                    None => "exact values".into(),
                };
                let (expected, found) = (said(game.decimals()), said(*decimals));
                return Err(wrong("game.decimals", format!("expected {expected}, found {found}")));
            }
            Ok(game.into())
        }
        Some(GameReport::Weighted { rules }) => {
            let mut read = Vec::with_capacity(rules.len());
            for rule in rules {
                let weights = rule.weights.iter().map(|w| exact("game.rules", w));
                let quota = exact("game.rules", &rule.quota)?;
                read.push((weights.collect::<Result<Vec<_>>>()?, Quota::AtLeast(quota)));
            }
            Ok(WeightedGame::new(names, &read)?.into())
        }
    }
}

/// Reads findings on a game.
pub(super) struct Reader<'a> {
    pub(super) names: &'a [String],
}

impl Reader<'_> {
    pub(super) fn player(&self, name: &str) -> Read<usize> {
        let at = self.names.iter().position(|known| known == name);
        at.ok_or_else(|| format!("{name} is not a player"))
    }

    pub(super) fn members(&self, names: &[String]) -> Read<Vec<usize>> {
        let mut members = names.iter().map(|name| self.player(name)).collect::<Read<Vec<_>>>()?;
        members.sort_unstable();
        match members.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(format!("{} is a member twice", self.names[pair[0]])),
            None => Ok(members),
        }
    }

    pub(super) fn coalition(&self, names: &[String]) -> Read<Coalition> {
        let members = self.members(names)?;
        match members.iter().find(|&&i| i >= Coalition::MAX_PLAYERS) {
            Some(_) => Err("there are more than 64 players".into()),
            None => Ok(members.into_iter().collect()),
        }
    }

    /// One value for each player; the order of the keys does not matter.
    pub(super) fn each<'t, T>(&self, values: &'t Keyed<T>) -> Read<Vec<&'t T>> {
        let known: HashMap<&String, &T> =
            values.0.iter().map(|(name, value)| (name, value)).collect();
        let found: Vec<&T> =
            self.names.iter().filter_map(|name| known.get(name).copied()).collect();
        if found.len() != self.names.len() || values.0.len() != self.names.len() {
            return Err("there is not one number for each player".into());
        }
        Ok(found)
    }

    pub(super) fn exact(&self, text: &str) -> Read<RBig> {
        parse_exact(text).ok_or_else(|| format!("{text:?} is not an exact number"))
    }

    pub(super) fn payoffs(&self, values: &ExactPayoffs) -> Read<Vec<RBig>> {
        self.each(values)?.into_iter().map(|text| self.exact(text)).collect()
    }

    pub(super) fn weights(&self, weights: &[ExactWeight]) -> Read<ExactWeights> {
        weights
            .iter()
            .map(|w| Ok((self.coalition(&w.coalition)?, self.exact(&w.weight)?)))
            .collect()
    }

    pub(super) fn ranges(&self, proofs: &RangeProofs) -> Read<Vec<PayoffRange>> {
        let bound = |proof: &BoundCertificate| -> Read<PayoffBound> {
            Ok(PayoffBound {
                allocation: self.payoffs(&proof.allocation)?,
                weights: self.weights(&proof.weights)?,
                total: self.exact(&proof.total)?,
            })
        };
        let range = |[low, high]: &[BoundCertificate; 2]| -> Read<PayoffRange> {
            Ok(PayoffRange { lowest: bound(low)?, highest: bound(high)? })
        };
        self.each(proofs)?.into_iter().map(range).collect()
    }

    pub(super) fn nucleolus(&self, report: &NucleolusCertificate) -> Read<ExactNucleolus> {
        let level = |level: &ExactLevelReport| -> Read<ExactLevel> {
            let floors = level.floors.0.iter();
            Ok(ExactLevel {
                excess: self.exact(&level.excess)?,
                weights: self.weights(&level.weights)?,
                floors: floors
                    .map(|(name, w)| Ok((self.player(name)?, self.exact(w)?)))
                    .collect::<Read<_>>()?,
            })
        };
        Ok(ExactNucleolus {
            allocation: self.payoffs(&report.allocation)?,
            levels: report.levels.iter().map(level).collect::<Read<_>>()?,
        })
    }
}

/// Whether a number of the report is `value`: exactly, or the float next to it.
pub(super) fn is(number: &Number, value: &RBig) -> bool {
    match number {
        Number::Exact(text) => parse_exact(text).as_ref() == Some(value),
        Number::Float(float) => {
            let rounded = value.to_f64().value();
            (float - rounded).abs() <= 4.0 * f64::EPSILON * rounded.abs()
                || (rounded.is_infinite() && *float == rounded)
        }
    }
}

/// Whether numbers are these values, one for each.
pub(super) fn are(numbers: &[&Number], values: &[RBig]) -> bool {
    numbers.len() == values.len() && numbers.iter().zip(values).all(|(n, value)| is(n, value))
}

/// A count from its digits.
pub(super) fn count(text: &str) -> Option<RBig> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = digits.then(|| IBig::from_str_radix(text, 10).ok()).flatten()?;
    Some(RBig::from(number))
}
