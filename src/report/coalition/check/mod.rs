//! Re-verifies a report from the game in it: no linear programme, all in exact arithmetic.

mod allocation;
mod balancedness;
mod core;
mod left_out;
mod origin;
mod payoffs;
mod placed;
mod properties;
mod simple;
mod values;
mod vertices;

use dashu_ratio::RBig;

use super::large::Large;
use super::read::{self, Read, Reader};
use super::*;
use crate::certify::Claim;
use crate::certify::cooperative::MAX_PLAYERS;
use crate::certify::cooperative::indices::ALWAYS_SUMMED;
use crate::certify::cooperative::values::{ALWAYS_COUNTED, Values};
use crate::error::{Error, Place, Result};
use crate::game::cooperative::{ExactTable, Game};
use crate::report::Verification;
use crate::work::Work;

/// The most players whose values are summed even when asked to be thorough.
const MOST_SUMMED: usize = 22;
/// The most additions of a second count of the coalitions of a weighted game when asked to be
/// thorough.
const MOST_COUNTED: u64 = 1 << 37;

/// What a report on a cooperative game starts from.
const GIVEN: &str = "the game or the distribution of power that was read from a file, the file's \
                     name, the year and the measure";

/// Examines every claim of a report. `thorough` also repeats long enumerations.
///
/// # Errors
/// If the report has another schema, or its game is none.
pub fn check(report: &CoalitionReport, thorough: bool) -> Result<Verification> {
    if report.schema != SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file(&report.source) },
            format!("expected \"{SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    if let Some(found) = super::hedonic::check(report, thorough)? {
        return Ok(found);
    }
    if let Some(found) = super::externalities::check(report)? {
        return Ok(found);
    }
    if let Some(found) = super::by_rule::check(report)? {
        return Ok(found);
    }
    check_game(report, &read::game(report)?, thorough)
}

/// The same for a report whose game is at hand.
pub(super) fn check_game(
    report: &CoalitionReport,
    game: &Game,
    thorough: bool,
) -> Result<Verification> {
    let n = report.players.len();
    let short = n <= if thorough { MOST_SUMMED } else { ALWAYS_SUMMED };
    let scanned = report.core.is_some()
        || report.least_core.is_some()
        || report.nucleolus.is_some()
        || report.prenucleolus.is_some()
        || report.per_capita_nucleolus.is_some()
        || ["nucleolus", "per-capita-nucleolus"]
            .iter()
            .any(|name| report.left_out.get(name).is_some());
    let origin = report.origin.is_some() && !matches!(game, Game::Contest(_));
    let placed =
        report.alliances.is_some() || report.network.is_some() || report.allocation.is_some();
    let tabled = report.properties.is_some() || report.structure.is_some() || origin || placed;
    let needed = (short || (scanned && n <= MAX_PLAYERS)) || tabled;
    let laid_out = needed && n <= ExactTable::MAX_PLAYERS;
    let table = if laid_out { Some(game.table_within(&Work::default())?) } else { None };
    let mut examiner = Examiner {
        report,
        game,
        table: table.as_deref(),
        reader: Reader { names: &report.players },
        values: Values::new(
            game,
            table.as_deref().filter(|_| short),
            if thorough { MOST_COUNTED } else { ALWAYS_COUNTED },
        ),
        thorough,
        short,
        found: Verification::default(),
    };
    examiner.origin();
    examiner.values();
    examiner.coleman();
    examiner.per_capita();
    examiner.simple();
    match Large::of(game) {
        Some(large) => examiner.found.claims.extend(large::claims(report, large)),
        None => {
            examiner.core();
            examiner.nucleoli();
        }
    }
    examiner.properties();
    examiner.balancedness();
    examiner.structure();
    examiner.alliances();
    examiner.allocation();
    examiner.network();
    examiner.left_out();
    examiner.found.given.push(GIVEN.into());
    examiner.found.undecided = !report.undecided.0.is_empty();
    Ok(examiner.found)
}

struct Examiner<'a> {
    report: &'a CoalitionReport,
    game: &'a Game,
    table: Option<&'a ExactTable>,
    reader: Reader<'a>,
    /// Values and indices, worked out again.
    values: Values<'a>,
    thorough: bool,
    /// Whether all coalitions are gone through one by one.
    short: bool,
    found: Verification,
}

impl<'a> Examiner<'a> {
    fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.found.claims.push(Claim::exact(what, holds));
    }

    /// The finding, or a claim that does not hold.
    fn read<T>(&mut self, what: &str, read: Read<T>) -> Option<T> {
        match read {
            Ok(found) => Some(found),
            Err(problem) => {
                self.exact(format!("{what}: {problem}"), false);
                None
            }
        }
    }

    fn table(&mut self, what: &str) -> Option<&'a ExactTable> {
        if self.table.is_none() || self.report.players.len() > MAX_PLAYERS {
            let problem = format!("{what}: the game has at most {MAX_PLAYERS} players");
            self.exact(problem, false);
            return None;
        }
        self.table
    }

    /// That the numbers shown are those proved.
    fn rounded(&mut self, name: &str, claimed: Option<&Payoffs>, proved: &[RBig]) {
        let numbers = claimed.map_or(Err("there is no allocation".into()), |c| self.reader.each(c));
        let Some(numbers) = self.read(name, numbers) else { return };
        let agrees = read::are(&numbers, proved);
        self.exact(format!("{name}: the payoffs are those of the proof"), agrees);
    }
}
