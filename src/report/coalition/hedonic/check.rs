//! Re-verifies the report on a hedonic game from the preferences in it.

use std::collections::BTreeSet;

use super::build::{ALL_SHOWN, LISTED};
use super::*;
use crate::certify::Claim;
use crate::certify::partitions::hedonic::{count, is_stable, upsets};
use crate::coalition::Partition;
use crate::error::Result;
use crate::finding::hedonic::{Objection, Stability};
use crate::game::hedonic::HedonicGame;
use crate::report::Verification;
use crate::report::coalition::read::{Read, Reader, no_game};
use crate::report::coalition::{CoalitionReport, GameReport};

/// The most players whose partitions are always all looked at: 4,140 of them.
const ALWAYS: usize = 8;
/// The most players whose partitions are looked at on request: 678,570.
const THOROUGHLY: usize = 11;

/// Examines a report on a hedonic game. `None` if it is on another game.
///
/// # Errors
/// If its preferences do not make a game.
pub(in crate::report::coalition) fn check(
    report: &CoalitionReport,
    thorough: bool,
) -> Result<Option<Verification>> {
    let preferences = match (&report.game, &report.hedonic) {
        (Some(GameReport::Hedonic { preferences }), _) => preferences,
        (_, Some(_)) => {
            return Err(no_game(report, "game", "expected preferences, found none".into()));
        }
        _ => return Ok(None),
    };
    let reader = Reader { names: &report.players };
    let read = || -> Read<Vec<_>> {
        let lists = reader.each(preferences)?.into_iter();
        let class = |class: &Blocs| class.iter().map(|set| reader.coalition(set)).collect();
        lists.map(|list| list.iter().map(class).collect()).collect()
    };
    let lists = read().map_err(|problem| no_game(report, "game", problem))?;
    let repeated = |(at, name): (usize, &String)| report.players[..at].contains(name);
    if report.players.iter().enumerate().any(repeated) {
        return Err(no_game(report, "game", "a player is there twice".into()));
    }
    let game = HedonicGame::of_lists(report.players.clone(), &lists)?;
    let found = Verification::default();
    let mut examiner = Examiner { game, reader, thorough, found };
    let nothing_else = report.is_empty() && report.simple.is_none();
    examiner.exact("hedonic: there are no payoffs", nothing_else);
    match &report.hedonic {
        Some(claimed) => examiner.examine(claimed),
        None => examiner.exact("hedonic: something is answered", false),
    }
    Ok(Some(examiner.found))
}

struct Examiner<'a> {
    game: HedonicGame,
    reader: Reader<'a>,
    thorough: bool,
    found: Verification,
}

impl Examiner<'_> {
    fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.found.claims.push(Claim::exact(what, holds));
    }

    fn examine(&mut self, claimed: &HedonicReport) {
        let mut senses = Vec::new();
        for (name, stable) in &claimed.stable.0 {
            let sense = Stability::ALL.into_iter().find(|sense| sense.name() == name);
            match sense.filter(|sense| !senses.contains(sense)) {
                Some(sense) => {
                    senses.push(sense);
                    self.listed(sense, stable);
                }
                None => self.exact(format!("{name}: a sense of stability, given once"), false),
            }
        }
        self.exact("hedonic: a sense of stability is answered for", !senses.is_empty());
        self.counted(&senses, claimed);
        for upset in &claimed.upset {
            let (what, holds) = self.upset(upset);
            self.exact(what, holds);
        }
        let all = self.all_upset(&senses, claimed);
        self.exact("hedonic: what upsets each partition shown is said, once", all);
        self.found
            .given
            .push("the preferences, and the name of the file they were read from".into());
    }

    /// Whether the upsets are of everyone together, everyone alone, every partition listed and,
    /// of few players, all partitions: one for each sense in which it is not stable.
    fn all_upset(&self, senses: &[Stability], claimed: &HedonicReport) -> bool {
        let n = self.game.players();
        let mut shown = BTreeSet::from([Partition::grand(n), Partition::singletons(n)]);
        if n <= ALL_SHOWN {
            shown.extend(Partition::all(n));
        }
        let listed = claimed.stable.0.iter().flat_map(|(_, stable)| &stable.partitions);
        shown.extend(listed.filter_map(|blocs| self.partition(blocs).ok()));
        let mut expected: Vec<(Partition, &str)> = Vec::new();
        for partition in &shown {
            let upset = |sense: &&Stability| !is_stable(&self.game, partition, **sense);
            let names = senses.iter().filter(upset).map(|sense| sense.name());
            expected.extend(names.map(|name| (partition.clone(), name)));
        }
        let said = claimed
            .upset
            .iter()
            .map(|upset| Some((self.partition(&upset.partition).ok()?, upset.sense.as_str())));
        let mut said: Vec<(Partition, &str)> = said.flatten().collect();
        said.sort_unstable();
        expected.sort_unstable();
        said == expected && said.len() == claimed.upset.len()
    }

    /// Each partition listed is stable.
    fn listed(&mut self, sense: Stability, stable: &StableReport) {
        let name = sense.name();
        let mut listed: Vec<Partition> = Vec::new();
        for blocs in &stable.partitions {
            match self.partition(blocs) {
                Ok(partition) => {
                    let holds = is_stable(&self.game, &partition, sense);
                    self.exact(format!("{name}: {} is stable", written(blocs)), holds);
                    listed.push(partition);
                }
                Err(problem) => self.exact(format!("{name}: {problem}"), false),
            }
        }
        listed.sort();
        listed.dedup();
        let all = stable.total.min(LISTED as u64);
        let distinct = listed.len() as u64 == all && stable.partitions.len() as u64 == all;
        self.exact(
            format!("{name}: as many are listed as there are, up to {LISTED}, each once"),
            distinct,
        );
    }

    /// There are no others.
    fn counted(&mut self, senses: &[Stability], claimed: &HedonicReport) {
        let n = self.game.players();
        if n > if self.thorough { THOROUGHLY } else { ALWAYS } {
            let remedy = match n {
                ..=THOROUGHLY => " (--thorough looks at all partitions)".to_owned(),
                _ => format!(" (there are too many of {n} players)"),
            };
            for sense in senses {
                let what = format!("{}: no other partition is stable{remedy}", sense.name());
                self.found.unexamined.push(what);
            }
            return;
        }
        for (sense, found) in senses.iter().zip(count(&self.game, senses)) {
            let name = sense.name();
            let total = claimed.stable.get(name).map(|stable| stable.total);
            let what = format!("{name}: of all partitions, {} stable", total.unwrap_or(0));
            self.exact(what, total == Some(found));
        }
    }

    fn upset(&self, upset: &UpsetReport) -> (String, bool) {
        let what = format!("{}: {} is upset", upset.sense, written(&upset.partition));
        let read = || -> Read<bool> {
            let sense = Stability::ALL.into_iter().find(|sense| sense.name() == upset.sense);
            let sense = sense.ok_or("no sense of stability")?;
            let partition = self.partition(&upset.partition)?;
            let objection = match (&upset.coalition, &upset.player, &upset.to) {
                (Some(coalition), None, None) => {
                    Objection::Leave(self.reader.coalition(coalition)?)
                }
                (None, Some(player), Some(to)) => Objection::Move {
                    player: self.reader.player(player)?,
                    to: self.reader.coalition(to)?,
                },
                _ => return Err("neither a coalition nor a player's move".into()),
            };
            Ok(upsets(&self.game, &partition, sense, &objection))
        };
        match read() {
            Ok(holds) => (what, holds),
            Err(problem) => (format!("{what}: {problem}"), false),
        }
    }

    fn partition(&self, blocs: &Blocs) -> Read<Partition> {
        let sets = blocs.iter().map(|bloc| self.reader.coalition(bloc)).collect::<Read<_>>()?;
        Partition::new(self.game.players(), sets)
            .map_err(|_| format!("{} is no partition of the players", written(blocs)))
    }
}

fn written(blocs: &Blocs) -> String {
    blocs.iter().map(|bloc| format!("{{{}}}", bloc.join(" "))).collect::<Vec<_>>().join(" ")
}
