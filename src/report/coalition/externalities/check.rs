//! Re-verifies the report on a game with externalities from the worths in it.

use dashu_ratio::RBig;

use super::*;
use crate::certify::Claim;
use crate::certify::cooperative::externalities::{claims, expected};
use crate::certify::cooperative::partition_contest::is_contest_of_blocs;
use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::exact::sum;
use crate::finding::cooperative::{Balance, Externalities, Merger};
use crate::game::cooperative::{Expectation, PartitionGame};
use crate::report::Verification;
use crate::report::coalition::read::{self, Read, Reader, no_game};
use crate::report::coalition::{CoalitionReport, GameReport, OriginReport, OriginRule};

/// Examines a report on a game with externalities. `None` if it is on another game.
///
/// # Errors
/// If its worths do not make a game.
pub(in crate::report::coalition) fn check(
    report: &CoalitionReport,
) -> Result<Option<Verification>> {
    let worths = match (&report.game, &report.externalities) {
        (Some(GameReport::Externalities { worths }), _) => worths,
        (_, Some(_)) => {
            return Err(no_game(report, "game", "expected worths of blocs, found none".into()));
        }
        _ => return Ok(None),
    };
    let reader = Reader { names: &report.players };
    let game = game(report, worths).map_err(|problem| no_game(report, "game", problem))?;
    let mut verified = Verification::default();
    let mut exact = |what: &str, holds| verified.claims.push(Claim::exact(what, holds));
    let nothing_else = report.is_empty() && report.simple.is_none() && report.hedonic.is_none();
    exact("externalities: no other answers are given", nothing_else);
    let Some(claimed) = &report.externalities else {
        exact("externalities: something is answered", false);
        return Ok(Some(verified));
    };
    let mut examiner = Examiner { reader, game: &game, claims: Vec::new() };
    if let Some(origin) = &report.origin {
        examiner.origin(origin);
    }
    let found = examiner.finding(claimed, report);
    match found {
        Ok(found) => examiner.claims.extend(claims(&found, &game)?),
        Err(problem) => {
            examiner.claims.push(Claim::exact(format!("externalities: {problem}"), false));
        }
    }
    verified.claims.extend(examiner.claims);
    verified.given.push(match report.origin {
        None => "the worths, and the name of the file they were read from".into(),
        Some(_) => "the shares of power, and the name of the file they were read from".into(),
    });
    verified.undecided = !report.undecided.0.is_empty();
    Ok(Some(verified))
}

fn game(report: &CoalitionReport, worths: &[PartitionWorths]) -> Read<PartitionGame> {
    let reader = Reader { names: &report.players };
    let n = report.players.len();
    let twice = |(at, name): (usize, &String)| report.players[..at].contains(name);
    if n > PartitionGame::MAX_PLAYERS || report.players.iter().enumerate().any(twice) {
        return Err("expected up to 8 players, each once".into());
    }
    let mut all = Vec::with_capacity(worths.len());
    let known: Vec<Partition> = Partition::all(n).collect();
    if known.len() != worths.len() {
        return Err("expected the worths of every partition".into());
    }
    for (row, known) in worths.iter().zip(known) {
        let blocs = row.partition.iter().map(|names| reader.coalition(names));
        if blocs.collect::<Read<Vec<Coalition>>>()? != known.blocs() {
            return Err("the partitions are not all, in their order".into());
        }
        all.push(row.worths.iter().map(|text| reader.exact(text)).collect::<Read<Vec<_>>>()?);
    }
    PartitionGame::new(report.players.clone(), all).map_err(|error| error.to_string())
}

struct Examiner<'a> {
    reader: Reader<'a>,
    game: &'a PartitionGame,
    claims: Vec<Claim>,
}

impl Examiner<'_> {
    /// The finding as the report has it: with the exact numbers that those shown must be.
    fn finding(
        &mut self,
        claimed: &ExternalitiesReport,
        report: &CoalitionReport,
    ) -> Read<Externalities> {
        use crate::certify::cooperative::{dividends::Dividends, externalities};
        let alone = expected(self.game, Expectation::Gamma).map_err(|error| error.to_string())?;
        let myerson = externalities::myerson(self.game);
        let free = Dividends::of(&alone).shapley();
        self.agree("myerson", &claimed.myerson, &myerson)?;
        self.agree("externality_free", &claimed.externality_free, &free)?;
        let mut cores = Vec::new();
        for expectation in Expectation::ALL {
            cores.push((expectation, self.core(claimed, report, expectation)?));
        }
        if claimed.cores.0.len() + report.undecided.0.len() != cores.len()
            || claimed.certificates.0.len() != claimed.cores.0.len()
        {
            return Err("each core is there once, with its proof".into());
        }
        Ok(Externalities {
            myerson,
            externality_free: free,
            cores,
            profitable: self.mergers(&claimed.profitable, |_| Coalition::EMPTY)?,
            self_enforcing: self.mergers(&claimed.self_enforcing, |rest| rest)?,
        })
    }

    /// That the worths are what their rule makes of the shares of power.
    fn origin(&mut self, origin: &OriginReport) {
        let OriginRule::Externalities { decisiveness, decimals } = &origin.rule else {
            let what = "origin: the game is of the kind that the rule makes";
            return self.claims.push(Claim::exact(what, false));
        };
        let shares = self.reader.payoffs(&origin.shares).unwrap_or_default();
        let total = sum(shares.iter());
        self.claims.push(Claim::exact("origin: the shares sum to 1", total == RBig::ONE));
        let m = decisiveness.decisiveness();
        self.claims.push(is_contest_of_blocs(self.game, &shares, m, *decimals));
    }

    fn agree(&mut self, name: &str, claimed: &Payoffs, known: &[RBig]) -> Read<()> {
        let numbers = self.reader.each(claimed)?;
        let holds = read::are(&numbers, known);
        self.claims.push(Claim::exact(format!("{name}: the numbers are as shown"), holds));
        Ok(())
    }

    fn core(
        &mut self,
        claimed: &ExternalitiesReport,
        report: &CoalitionReport,
        expectation: Expectation,
    ) -> Read<Balance> {
        let name = expectation.name();
        let (core, proof) = (claimed.cores.get(name), claimed.certificates.get(name));
        let Some((core, proof)) = core.zip(proof) else {
            let why = report.undecided.get(&format!("{name} core"));
            let why = why.ok_or_else(|| format!("the {name} core is decided or said not to be"))?;
            return Ok(Balance::Undecided(why.clone()));
        };
        match (core.nonempty, &core.allocation, &proof.allocation, &proof.balanced) {
            (true, Some(shown), Some(exact), None) => {
                let x = self.reader.payoffs(exact)?;
                self.agree(&format!("{name} core"), shown, &x)?;
                Ok(Balance::Balanced(x))
            }
            (false, None, None, Some(weights)) => {
                Ok(Balance::Unbalanced(self.reader.weights(weights)?))
            }
            _ => Err(format!("there is a proof of what is said of the {name} core")),
        }
    }

    /// Mergers with exact numbers for those shown; `left` says who stands together where a member
    /// has left the rest.
    fn mergers(
        &self,
        claimed: &[MergerReport],
        left: impl Fn(Coalition) -> Coalition,
    ) -> Read<Vec<Merger>> {
        let n = self.game.players();
        let worth = |s: Coalition, together: Coalition| {
            let labels: Vec<usize> =
                (0..n).map(|i| if together.contains(i) { n } else { i }).collect();
            self.game.worth(s, &Partition::from_labels(&labels)).clone()
        };
        let read = |claimed: &MergerReport| -> Read<Merger> {
            let s = self.reader.coalition(&claimed.coalition)?;
            if s.is_empty() {
                return Err("a merger has no members".into());
            }
            let each = s.members().map(|i| worth(Coalition::singleton(i), left(s.without(i))));
            let otherwise = sum(each);
            let merger = Merger { coalition: s, worth: worth(s, s), otherwise };
            let shown = read::is(&claimed.worth, &merger.worth)
                && read::is(&claimed.otherwise, &merger.otherwise);
            let words = || format!("{} is worth what is said", claimed.coalition.join("+"));
            if shown { Ok(merger) } else { Err(words()) }
        };
        claimed.iter().map(read).collect()
    }
}
