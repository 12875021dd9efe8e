//! Re-verifies a report from the game in it: no linear programme, all in exact arithmetic.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::read::{self, Read, Reader};
use super::*;
use crate::certify::Claim;
use crate::certify::cooperative::{Checker, MAX_PLAYERS};
use crate::certify::cooperative_values::{self as values, ALWAYS_SUMMED, Which};
use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::game::cooperative::{ExactTable, Game, Sense};
use crate::report::{Keyed, Verification};
use crate::solve::properties::Property;

/// The most players whose structures are always compared with all others.
const ALWAYS_STRUCTURED: usize = 13;
/// The most players whose values are summed even when asked to be thorough.
const MOST_SUMMED: usize = 22;

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
    let game = read::game(report)?;
    let n = report.players.len();
    let short = n <= if thorough { MOST_SUMMED } else { ALWAYS_SUMMED };
    let scanned = report.core.is_some()
        || report.least_core.is_some()
        || report.nucleolus.is_some()
        || report.prenucleolus.is_some()
        || report.left_out.get("nucleolus").is_some();
    let tabled = report.properties.is_some() || report.structure.is_some();
    let needed = (short || (scanned && n <= MAX_PLAYERS)) || tabled;
    let table = if needed && n <= ExactTable::MAX_PLAYERS { Some(game.table()?) } else { None };
    let mut examiner = Examiner {
        report,
        game: &game,
        table: table.as_ref(),
        reader: Reader { names: &report.players },
        thorough,
        short,
        found: Verification { claims: Vec::new(), unexamined: Vec::new(), undecided: false },
    };
    examiner.values();
    examiner.simple();
    match large::weighted(&game) {
        Some(weighted) => examiner.found.claims.extend(large::claims(report, weighted)),
        None => {
            examiner.core();
            examiner.nucleoli();
        }
    }
    examiner.properties();
    examiner.structure();
    examiner.found.undecided = !report.undecided.0.is_empty();
    Ok(examiner.found)
}

struct Examiner<'a> {
    report: &'a CoalitionReport,
    game: &'a Game,
    table: Option<&'a ExactTable>,
    reader: Reader<'a>,
    thorough: bool,
    /// Whether all coalitions are gone through one by one.
    short: bool,
    found: Verification,
}

impl Examiner<'_> {
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

    fn values(&mut self) {
        let report = self.report;
        let linear = [
            ("shapley", &report.shapley),
            ("banzhaf", &report.banzhaf),
            ("banzhaf_normalized", &report.banzhaf_normalized),
        ];
        let simple = [
            ("deegan_packel", &report.deegan_packel),
            ("holler", &report.holler),
            ("johnston", &report.johnston),
        ];
        if linear.iter().any(|(_, values)| values.is_some()) {
            let marginals = self.table.filter(|_| self.short).map(values::marginals);
            let known = |at: usize| {
                let marginals = marginals.as_ref()?;
                match at {
                    0 => Some(marginals.shapley()),
                    1 => Some(marginals.banzhaf()),
                    _ => marginals.banzhaf_normalized(),
                }
            };
            for (at, (name, claimed)) in linear.into_iter().enumerate() {
                // The Banzhaf value is not efficient.
                let sum = [Some(self.grand()), None, Some(RBig::ONE)][at].clone();
                self.payoffs(name, claimed.as_ref(), || known(at), sum);
            }
        }
        if simple.iter().any(|(_, values)| values.is_some()) {
            let wins = self.game.is_simple();
            self.exact("indices: the game is a simple one", wins);
            let table = self.table.filter(|_| self.short && wins);
            let indices = table.and_then(values::indices);
            for (at, (name, claimed)) in simple.into_iter().enumerate() {
                let known = || indices.as_ref().map(|all| all[at].clone());
                self.payoffs(name, claimed.as_ref(), known, Some(RBig::ONE));
            }
        }
    }

    fn grand(&self) -> RBig {
        match self.game {
            Game::Table(table) => table.value(Coalition::grand(table.players())),
            Game::Weighted(_) => RBig::ONE,
        }
    }

    /// That numbers are those of the definition; of large games, that they add up.
    fn payoffs(
        &mut self,
        name: &str,
        claimed: Option<&Payoffs>,
        known: impl Fn() -> Option<Vec<RBig>>,
        sum: Option<RBig>,
    ) {
        let Some(claimed) = claimed else { return };
        let Some(numbers) = self.read(name, self.reader.each(claimed)) else { return };
        if self.short {
            let known = known().unwrap_or_default();
            let agrees = known.len() == numbers.len()
                && numbers.iter().zip(&known).all(|(number, value)| read::is(number, value));
            self.exact(format!("{name}: the numbers follow from the definition"), agrees);
            return;
        }
        if let Some(sum) = sum {
            self.sum(name, &numbers, &sum);
        }
        let remedy = if self.report.players.len() <= MOST_SUMMED {
            " (--thorough goes through all coalitions)"
        } else {
            ""
        };
        self.found.unexamined.push(format!("{name}: each number by the definition{remedy}"));
    }

    fn sum(&mut self, name: &str, numbers: &[&Number], sum: &RBig) {
        let exact = numbers.iter().map(|number| match number {
            Number::Exact(text) => self.reader.exact(text).ok(),
            Number::Float(_) => None,
        });
        let what = format!("{name}: the numbers add up to {sum}");
        if let Some(exact) = exact.collect::<Option<Vec<RBig>>>() {
            let total = exact.iter().fold(RBig::ZERO, |total, x| total + x);
            self.exact(what, total == *sum);
            return;
        }
        let floats = numbers.iter().map(|number| match number {
            Number::Exact(text) => self.reader.exact(text).map_or(f64::NAN, |x| x.to_f64().value()),
            Number::Float(x) => *x,
        });
        let (total, size) = floats.fold((0.0, 0.0f64), |(t, s), x| (t + x, s + x.abs()));
        let off = (total - sum.to_f64().value()).abs() / size.max(f64::MIN_POSITIVE);
        self.found.claims.push(Claim::within(what, off, 1e-12));
    }

    fn simple(&mut self) {
        let Some(claimed) = &self.report.simple else { return };
        let simple = self.game.is_simple();
        self.exact("simple: every coalition wins or loses", simple);
        if !simple {
            return;
        }
        let names = &self.report.players;
        let all: Vec<usize> = (0..names.len()).collect();
        let wins = |members: &[usize]| self.wins(members);
        let without = |i: usize| all.iter().copied().filter(|&j| j != i).collect::<Vec<_>>();
        let veto: Vec<String> =
            all.iter().filter(|&&i| !wins(&without(i))).map(|&i| names[i].clone()).collect();
        self.exact("simple: without a veto player the others lose", claimed.veto == veto);
        let mut claims = Vec::new();
        for listed in &claimed.minimal_winning {
            let members = self.reader.members(listed);
            claims.push(members.is_ok_and(|s| values::is_minimal_winning(self.game, &s)));
        }
        if !claims.is_empty() {
            let holds = claims.iter().all(|&holds| holds);
            self.exact("simple: the coalitions listed win, and lose without any member", holds);
        }
        let mut both: Vec<&String> = claimed.essential.iter().chain(&claimed.dummies).collect();
        both.sort_unstable();
        let mut known: Vec<&String> = names.iter().collect();
        known.sort_unstable();
        self.exact("simple: each player is essential or a dummy", both == known);
        let dictator = match &claimed.essential[..] {
            [only] => Some(only),
            _ => None,
        };
        self.exact("simple: the dictator is the one essential player", {
            claimed.dictator.as_ref() == dictator
        });
        self.minimal(claimed);
    }

    /// What takes a walk through all coalitions.
    fn minimal(&mut self, claimed: &SimpleReport) {
        let Some(table) = self.table.filter(|_| self.short) else {
            self.found.unexamined.push("simple: who is a dummy, all minimal coalitions".into());
            return;
        };
        let n = table.players();
        let mut total = 0u64;
        let mut essential = Coalition::EMPTY;
        let mut critical = Coalition::EMPTY;
        for s in Coalition::all(n) {
            let wins = |s: Coalition| !table.value(s).is_zero();
            if !wins(s) {
                continue;
            }
            let needed: Coalition = s.members().filter(|&i| !wins(s.without(i))).collect();
            critical = critical.union(needed);
            if needed == s {
                total += 1;
                essential = essential.union(s);
            }
        }
        let members = self.game.members(essential);
        let agrees = members == claimed.essential && essential == critical;
        self.exact("simple: the essential players are in some minimal coalition", agrees);
        if let Some(text) = &claimed.minimal_winning_total {
            let agrees = read::count(text) == Some(RBig::from(IBig::from(UBig::from(total))));
            self.exact(format!("simple: there are {text} minimal winning coalitions"), agrees);
        }
        let mut listed = claimed.minimal_winning.clone();
        listed.sort_unstable();
        listed.dedup();
        let distinct = listed.len() == claimed.minimal_winning.len();
        self.exact("simple: no coalition is listed twice", distinct);
    }

    fn wins(&self, members: &[usize]) -> bool {
        match self.game {
            Game::Weighted(game) => game.wins_with(members),
            Game::Table(table) => !table.value(members.iter().copied().collect()).is_zero(),
        }
    }

    fn table(&mut self, what: &str) -> Option<&ExactTable> {
        if self.table.is_none() || self.report.players.len() > MAX_PLAYERS {
            let problem = format!("{what}: the game has at most {MAX_PLAYERS} players");
            self.exact(problem, false);
            return None;
        }
        self.table
    }

    fn core(&mut self) {
        let report = self.report;
        let checker = |table: &ExactTable| Checker::new(table);
        if let Some(claimed) = &report.core {
            let Some(checker) = self.table("core").map(checker) else { return };
            let certificate = report.certificates.core.clone().unwrap_or_default();
            match (&certificate.allocation, &certificate.balanced, claimed.nonempty) {
                (Some(allocation), None, true) => {
                    if let Some(x) = self.read("core", self.reader.payoffs(allocation)) {
                        self.found.claims.extend(checker.bounded("core", &x, &RBig::ZERO));
                        self.rounded("core", claimed.allocation.as_ref(), &x);
                    }
                }
                (None, Some(balanced), false) => {
                    if let Some(weights) = self.read("core", self.reader.weights(balanced)) {
                        self.found.claims.extend(checker.balanced("core", &weights, None));
                    }
                    self.exact("core: no allocation is given", claimed.allocation.is_none());
                }
                _ => self.exact("core: there is a proof of what is claimed", false),
            }
        }
        if let Some(claimed) = &report.least_core {
            let Some(checker) = self.table("least_core").map(checker) else { return };
            let Some(certificate) = &report.certificates.least_core else {
                return self.exact("least_core: there is a proof of what is claimed", false);
            };
            let read = || -> Read<_> {
                let value = self.reader.exact(&certificate.value)?;
                let x = self.reader.payoffs(&certificate.allocation)?;
                Ok((value, x, self.reader.weights(&certificate.balanced)?))
            };
            let Some((value, x, weights)) = self.read("least_core", read()) else { return };
            self.found.claims.extend(checker.bounded("least_core", &x, &value));
            self.found.claims.extend(checker.balanced("least_core", &weights, Some(&value)));
            self.exact("least_core: the value is the proof's", read::is(&claimed.value, &value));
            self.rounded("least_core", Some(&claimed.allocation), &x);
        }
    }

    fn nucleoli(&mut self) {
        let report = self.report;
        if report.left_out.get("nucleolus").is_some_and(|why| why.contains("no imputation"))
            && let Some(checker) = self.table("nucleolus").map(Checker::new)
        {
            self.found.claims.push(checker.no_imputation());
        }
        let proofs = &report.certificates;
        for (name, claimed, proof, imputations) in [
            ("nucleolus", &report.nucleolus, &proofs.nucleolus, true),
            ("prenucleolus", &report.prenucleolus, &proofs.prenucleolus, false),
        ] {
            let Some(claimed) = claimed else { continue };
            let Some(checker) = self.table(name).map(Checker::new) else { continue };
            let Some(proof) = proof else {
                self.exact(format!("{name}: there is a proof"), false);
                continue;
            };
            if let Some(found) = self.read(name, self.reader.nucleolus(proof)) {
                self.found.claims.extend(checker.nucleolus(name, &found, imputations));
                self.rounded(name, Some(claimed), &found.allocation);
            }
        }
    }

    /// That the numbers shown are those proved.
    fn rounded(&mut self, name: &str, claimed: Option<&Payoffs>, proved: &[RBig]) {
        let numbers = claimed.map_or(Err("there is no allocation".into()), |c| self.reader.each(c));
        let Some(numbers) = self.read(name, numbers) else { return };
        let agrees = numbers.iter().zip(proved).all(|(number, value)| read::is(number, value));
        self.exact(format!("{name}: the payoffs are those of the proof"), agrees);
    }

    fn properties(&mut self) {
        let Some(claimed) = &self.report.properties else { return };
        let Some(table) = self.table else {
            return self.exact("properties: the game is small enough to be looked at", false);
        };
        for (which, holds) in [
            (Which::Monotone, claimed.monotone),
            (Which::Superadditive, claimed.superadditive),
            (Which::Convex, claimed.convex),
            (Which::ConstantSum, claimed.constant_sum),
        ] {
            let name = which.name();
            let Some(holds) = holds else { continue };
            let example = claimed.counterexamples.get(name);
            let property = match (holds, example.map(Vec::as_slice)) {
                (true, None) => Some(Property::Holds),
                (false, Some([s, t])) => {
                    let pair = (self.reader.coalition(s), self.reader.coalition(t));
                    if let (Ok(s), Ok(t)) = pair { Some(Property::Fails([s, t])) } else { None }
                }
                _ => None,
            };
            let what = format!("properties: {name} is {holds}");
            match property.map(|property| which.agrees(table, &property, self.thorough)) {
                Some(Some(agrees)) => self.exact(what, agrees),
                Some(None) => {
                    self.found.unexamined.push(format!("{what} (--thorough looks at all pairs)"));
                }
                None => self.exact(format!("{what}, with two coalitions if it fails"), false),
            }
        }
    }

    fn structure(&mut self) {
        let Some(claimed) = &self.report.structure else { return };
        let Some(table) = self.table else {
            return self.exact("structure: the game is small enough to be looked at", false);
        };
        let n = table.players();
        let read = claimed.coalitions.iter().map(|s| self.reader.coalition(s));
        let Some(blocs) = self.read("structure", read.collect::<Read<Vec<_>>>()) else { return };
        let union = blocs.iter().fold(Coalition::EMPTY, |all, &s| all.union(s));
        let members: usize = blocs.iter().map(|s| s.len()).sum();
        let partition = union == Coalition::grand(n) && members == n;
        self.exact("structure: each player is in one coalition", partition);
        let sum = blocs.iter().fold(RBig::ZERO, |sum, &s| sum + table.value(s));
        let agrees = read::is(&claimed.value, &sum);
        self.exact("structure: the value is the sum of the coalitions'", agrees);
        let best = match table.sense() {
            Sense::Worth => "no structure is worth more",
            Sense::Cost => "no structure costs less",
        };
        if self.thorough || n <= ALWAYS_STRUCTURED {
            let holds = values::best_structure(table) == sum;
            self.exact(format!("structure: {best}"), holds);
        } else {
            self.found.unexamined.push(format!("structure: {best} (--thorough compares all)"));
        }
    }
}

/// Findings of nothing are no findings.
impl CoalitionReport {
    /// Whether the report answers anything.
    pub fn is_empty(&self) -> bool {
        let values: [&Option<Payoffs>; 8] = [
            &self.shapley,
            &self.banzhaf,
            &self.banzhaf_normalized,
            &self.deegan_packel,
            &self.holler,
            &self.johnston,
            &self.nucleolus,
            &self.prenucleolus,
        ];
        values.iter().all(|v| v.as_ref().is_none_or(|Keyed(v)| v.is_empty()))
            && self.core.is_none()
            && self.least_core.is_none()
            && self.properties.is_none()
            && self.structure.is_none()
    }
}
