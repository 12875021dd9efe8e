//! Core, least core and nucleolus of weighted majority games and of contests of more players
//! than can be listed by coalition: the core in a report, and the check of all of them.
//!
//! A division is in the core of a simple game iff it divides 1 among the veto players: any
//! other player's share is missing in a winning coalition. Where there is none, the players are
//! divided into `k` parts without each of which the others win, and equal weights on those are a
//! balanced collection whose claims add up to k / (k − 1). Both are checked player by player, at
//! any size. A contest has a core only where the claims of coalitions add up.

use dashu_ratio::RBig;

use super::read::{self, Read, Reader};
use super::*;
use crate::certify::Claim;
use crate::certify::cooperative::MAX_PLAYERS;
use crate::certify::cooperative::contest::ContestChecker;
use crate::certify::cooperative::weighted::WeightedChecker;
use crate::exact::sum;
use crate::finding::cooperative::{ExactNucleolus, ExactWeights, SimpleCore};
use crate::game::cooperative::{ContestGame, Game, WeightedGame};
use crate::report::Keyed;
use crate::tolerance::Tolerances;

/// A game that is checked without listing coalitions.
#[derive(Clone, Copy)]
pub(super) enum Large<'a> {
    Weighted(&'a WeightedGame),
    Contest(&'a ContestGame),
}

impl<'a> Large<'a> {
    /// The game, if it is one.
    pub(super) fn of(game: &'a Game) -> Option<Self> {
        match game {
            Game::Contest(game) => Some(Self::Contest(game)),
            Game::Weighted(game) if game.players() > MAX_PLAYERS => Some(Self::Weighted(game)),
            _ => None,
        }
    }
}

/// Its checker.
enum Checker<'a> {
    Weighted(WeightedChecker<'a>),
    Contest(ContestChecker<'a>),
}

impl<'a> Checker<'a> {
    fn new(game: Large<'a>) -> Self {
        match game {
            Large::Weighted(game) => Self::Weighted(WeightedChecker::new(game)),
            Large::Contest(game) => Self::Contest(ContestChecker::new(game)),
        }
    }

    fn bounded(&self, what: &str, allocation: &[RBig], most: &RBig) -> Vec<Claim> {
        match self {
            Self::Weighted(checker) => checker.bounded(what, allocation, most),
            Self::Contest(checker) => checker.bounded(what, allocation, most),
        }
    }

    fn balanced(&self, what: &str, weights: &ExactWeights, value: &RBig) -> Vec<Claim> {
        match self {
            Self::Weighted(checker) => checker.balanced(what, weights, value),
            Self::Contest(checker) => checker.balanced(what, weights, value),
        }
    }

    fn nucleolus(&self, what: &str, found: &ExactNucleolus, imputations: bool) -> Vec<Claim> {
        match self {
            Self::Weighted(checker) => checker.nucleolus(what, found, imputations),
            Self::Contest(checker) => checker.nucleolus(what, found, imputations),
        }
    }

    fn no_imputation(&self) -> Claim {
        match self {
            Self::Weighted(checker) => checker.no_imputation(),
            Self::Contest(checker) => checker.no_imputation(),
        }
    }
}

/// The core of a simple game.
pub(super) fn core(game: &Game, found: &SimpleCore, exact: bool) -> CoreReport {
    let allocation = shared(game, found, |share| Number::new(share, exact));
    CoreReport { nonempty: allocation.is_some(), allocation, ..CoreReport::default() }
}

/// Its proof.
pub(super) fn core_certificate(game: &Game, found: &SimpleCore) -> CoreCertificate {
    let allocation = shared(game, found, RBig::to_string);
    let names = game.names();
    let balanced = match found {
        SimpleCore::Veto(_) => None,
        SimpleCore::Parts(parts) => {
            // Each player is in all coalitions but one.
            let weight = (RBig::ONE / RBig::from(parts.len().saturating_sub(1).max(1))).to_string();
            let without = |part: &Vec<usize>| {
                let others = (0..names.len()).filter(|i| part.binary_search(i).is_err());
                let coalition = others.map(|i| names[i].clone()).collect();
                ExactWeight { coalition, weight: weight.clone() }
            };
            Some(parts.iter().map(without).collect())
        }
    };
    CoreCertificate { allocation, balanced, ..CoreCertificate::default() }
}

/// Equal shares of the veto players, if there are any.
fn shared<T>(game: &Game, found: &SimpleCore, form: impl Fn(&RBig) -> T) -> Option<Keyed<T>> {
    let SimpleCore::Veto(veto) = found else { return None };
    let share = RBig::ONE / RBig::from(veto.len());
    let of = |i| if veto.binary_search(&i).is_ok() { form(&share) } else { form(&RBig::ZERO) };
    Some(Keyed(game.names().iter().enumerate().map(|(i, name)| (name.clone(), of(i))).collect()))
}

/// Examines what a report says of the core, the least core and the nucleolus.
pub(super) fn claims(report: &CoalitionReport, game: Large) -> Vec<Claim> {
    let examiner = Examiner { report, reader: Reader { names: &report.players } };
    let core = match game {
        Large::Weighted(game) => examiner.core(game),
        Large::Contest(game) => examiner.core_of_contest(game),
    };
    let mut claims = core.unwrap_or_else(|problem| vec![refuted("core", &problem)]);
    if matches!(game, Large::Contest(_)) {
        let known = report.certificates.tolerance == Some(Tolerances::DEFAULT.contest);
        claims.push(Claim::exact("tolerance: excesses are checked to what is stated", known));
    }
    let scanned = report.least_core.is_some()
        || report.nucleolus.is_some()
        || report.prenucleolus.is_some()
        || report.left_out.get("nucleolus").is_some();
    if scanned {
        let checker = Checker::new(game);
        let least = examiner.least_core(&checker);
        claims.extend(least.unwrap_or_else(|problem| vec![refuted("least_core", &problem)]));
        claims.extend(examiner.nucleoli(&checker));
    }
    claims
}

fn refuted(what: &str, problem: &str) -> Claim {
    Claim::exact(format!("{what}: {problem}"), false)
}

struct Examiner<'a> {
    report: &'a CoalitionReport,
    reader: Reader<'a>,
}

impl Examiner<'_> {
    fn core(&self, game: &WeightedGame) -> Read<Vec<Claim>> {
        let Some(claimed) = &self.report.core else { return Ok(Vec::new()) };
        let proof = self.report.certificates.core.clone().unwrap_or_default();
        match (&proof.allocation, &proof.balanced, claimed.nonempty) {
            (Some(allocation), None, true) => {
                let x = self.reader.payoffs(allocation)?;
                let total = sum(x.iter());
                let needed = |i: usize| {
                    game.rules()
                        .iter()
                        .any(|rule| rule.total() - &rule.weights()[i] < *rule.quota())
                };
                let veto = x
                    .iter()
                    .enumerate()
                    .all(|(i, x)| *x >= RBig::ZERO && (x.is_zero() || needed(i)));
                Ok(vec![
                    Claim::exact("core: the payoffs add up to what there is", total == RBig::ONE),
                    Claim::exact("core: only players without whom nobody wins get a share", veto),
                    self.rounded("core", claimed.allocation.as_ref(), &x)?,
                ])
            }
            (None, Some(balanced), false) => {
                let mut cover = vec![RBig::ZERO; game.players()];
                let (mut claims, mut positive) = (RBig::ZERO, true);
                for weight in balanced {
                    let members = self.reader.members(&weight.coalition)?;
                    let number = self.reader.exact(&weight.weight)?;
                    positive &= number > RBig::ZERO;
                    if game.wins_with(&members) {
                        claims += &number;
                    }
                    members.iter().for_each(|&i| cover[i] += &number);
                }
                let covers = cover.iter().all(|c| *c == RBig::ONE);
                let more = claims > RBig::ONE && claimed.allocation.is_none();
                Ok(vec![
                    Claim::exact("core: the weights are above zero", positive),
                    Claim::exact("core: the weights are a balanced collection", covers),
                    Claim::exact("core: their claims add up to more than there is", more),
                ])
            }
            _ => Err("there is no proof of what is claimed".into()),
        }
    }

    fn core_of_contest(&self, game: &ContestGame) -> Read<Vec<Claim>> {
        let Some(claimed) = &self.report.core else { return Ok(Vec::new()) };
        let proof = self.report.certificates.core.clone().unwrap_or_default();
        let checker = ContestChecker::new(game);
        match (&proof.allocation, &proof.balanced, claimed.nonempty) {
            (Some(allocation), None, true) => {
                let x = self.reader.payoffs(allocation)?;
                let mut claims = checker.core("core", &x);
                claims.push(self.rounded("core", claimed.allocation.as_ref(), &x)?);
                Ok(claims)
            }
            (None, Some(balanced), false) => {
                let mut claims = checker.no_core("core", &self.reader.weights(balanced)?);
                let nothing = claimed.allocation.is_none();
                claims.push(Claim::exact("core: nothing is said to be in it", nothing));
                Ok(claims)
            }
            _ => Err("there is no proof of what is claimed".into()),
        }
    }

    fn least_core(&self, checker: &Checker) -> Read<Vec<Claim>> {
        let what = "least_core";
        let Some(claimed) = &self.report.least_core else { return Ok(Vec::new()) };
        let proof = &self.report.certificates.least_core;
        let proof = proof.as_ref().ok_or("there is no proof of what is claimed")?;
        let value = self.reader.exact(&proof.value)?;
        let x = self.reader.payoffs(&proof.allocation)?;
        let mut claims = checker.bounded(what, &x, &value);
        claims.extend(checker.balanced(what, &self.reader.weights(&proof.balanced)?, &value));
        let agrees = read::is(&claimed.value, &value);
        claims.push(Claim::exact("least_core: the value is the proof's", agrees));
        claims.push(self.rounded(what, Some(&claimed.allocation), &x)?);
        Ok(claims)
    }

    fn nucleoli(&self, checker: &Checker) -> Vec<Claim> {
        let (report, proofs) = (self.report, &self.report.certificates);
        let mut claims = Vec::new();
        if report.left_out.get("nucleolus").is_some_and(|why| why.contains("no imputation")) {
            claims.push(checker.no_imputation());
        }
        let same =
            report.nucleolus == report.prenucleolus && proofs.nucleolus == proofs.prenucleolus;
        for (name, claimed, proof, imputations) in [
            ("nucleolus", &report.nucleolus, &proofs.nucleolus, true),
            ("prenucleolus", &report.prenucleolus, &proofs.prenucleolus, false),
        ] {
            let Some(claimed) = claimed else { continue };
            let examine = || -> Read<Vec<Claim>> {
                let proof = proof.as_ref().ok_or("there is no proof")?;
                let found = self.reader.nucleolus(proof)?;
                let rounded = self.rounded(name, Some(claimed), &found.allocation)?;
                let levels = checker.nucleolus(name, &found, imputations);
                Ok(levels.into_iter().chain([rounded]).collect())
            };
            // A nucleolus with the proof of a prenucleolus has passed that check already.
            let levels = proof.as_ref().is_some_and(|proof| !proof.levels.is_empty());
            if same && !imputations && levels {
                let words = "prenucleolus: it is the nucleolus, with the same proof";
                claims.push(Claim::exact(words, true));
                continue;
            }
            claims.extend(examine().unwrap_or_else(|problem| vec![refuted(name, &problem)]));
        }
        claims
    }

    /// That the numbers shown are those proved.
    fn rounded(&self, what: &str, claimed: Option<&Payoffs>, proved: &[RBig]) -> Read<Claim> {
        let numbers = self.reader.each(claimed.ok_or("there is no allocation")?)?;
        let agrees = read::are(&numbers, proved);
        Ok(Claim::exact(format!("{what}: the numbers shown are those proved"), agrees))
    }
}
