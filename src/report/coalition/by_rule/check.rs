//! Re-verifies a report on a game by a rule.

use dashu_ratio::RBig;

use super::{LEFT_OUT, is_solved};
use crate::certify::Claim;
use crate::certify::cooperative::by_rule as certify;
use crate::error::Result;
use crate::finding::cooperative::Concept;
use crate::game::cooperative::{DivisionRule, RuleGame};
use crate::report::Verification;
use crate::report::coalition::read::{Read, Reader, are, is, no_game};
use crate::report::coalition::{CoalitionReport, GameReport, Number};

/// Examines a report on a game by a rule; `None` if it is on another game.
///
/// # Errors
/// If its numbers do not make a game.
pub(in crate::report::coalition) fn check(
    report: &CoalitionReport,
) -> Result<Option<Verification>> {
    let reader = Reader { names: &report.players };
    let wrong = |problem: String| no_game(report, "game", problem);
    let numbers =
        |texts: &[String]| texts.iter().map(|text| reader.exact(text)).collect::<Read<_>>();
    let rule = match &report.game {
        Some(GameReport::Airport { costs }) => {
            DivisionRule::Airport { costs: numbers(costs).map_err(wrong)? }
        }
        Some(GameReport::Bankruptcy { estate, claims }) => DivisionRule::Bankruptcy {
            estate: reader.exact(estate).map_err(wrong)?,
            claims: numbers(claims).map_err(wrong)?,
        },
        _ => return Ok(None),
    };
    let game = RuleGame::new(report.players.clone(), rule)?;
    let mut verified = Verification::default();
    match (Examiner { report, game: &game, reader }).claims() {
        Ok(found) => verified.claims = found,
        Err(problem) => verified.claims.push(Claim::exact(format!("rule: {problem}"), false)),
    }
    verified
        .given
        .push("the rule and its numbers, and the name of the file they were read from".into());
    verified.undecided = !report.undecided.0.is_empty();
    Ok(Some(verified))
}

struct Examiner<'a> {
    report: &'a CoalitionReport,
    game: &'a RuleGame,
    reader: Reader<'a>,
}

impl Examiner<'_> {
    fn claims(&self) -> Read<Vec<Claim>> {
        let (report, proofs) = (self.report, &self.report.certificates);
        let mut all =
            vec![Claim::exact("rule: no other answers are given", self.is_nothing_else())];
        let (nucleolus, prenucleolus) = (&proofs.nucleolus, &proofs.prenucleolus);
        let core = report.core.as_ref();
        let proof = proofs.core.as_ref().and_then(|proof| proof.allocation.as_ref());
        for (what, claimed, proof) in [
            ("nucleolus", report.nucleolus.as_ref(), nucleolus.as_ref().map(|p| &p.allocation)),
            (
                "prenucleolus",
                report.prenucleolus.as_ref(),
                prenucleolus.as_ref().map(|p| &p.allocation),
            ),
            ("core", core.and_then(|core| core.allocation.as_ref()), proof),
        ] {
            let (claimed, proof) = match (claimed, proof) {
                (None, None) => continue,
                (Some(claimed), Some(proof)) => {
                    (self.reader.each(claimed)?, self.reader.payoffs(proof)?)
                }
                _ => return Err(format!("{what}: the numbers or the proof is missing")),
            };
            let agrees = are(&claimed, &proof);
            all.push(Claim::exact(format!("{what}: the numbers are those proved"), agrees));
            all.extend(certify::nucleolus(&proof, self.game));
        }
        if let Some(shapley) = &report.shapley {
            let known = certify::shapley(self.game).unwrap_or_default();
            let agrees = are(&self.reader.each(shapley)?, &known);
            all.push(Claim::exact("shapley: the numbers follow from the rule", agrees));
        }
        if let Some(core) = core {
            let ranges = core.payoffs.as_ref().ok_or("core: the ranges are missing")?;
            let within = |(range, known): (&&[Number; 2], &[RBig; 2])| {
                range.iter().zip(known).all(|(number, value)| is(number, value))
            };
            let known = certify::core(self.game);
            let agrees = self.reader.each(ranges)?.iter().zip(&known).all(within);
            let stated = core.nonempty && core.allocation.is_some();
            all.push(Claim::exact("core: the ranges follow from the rule", agrees && stated));
        }
        let is_open = |(name, why): &(String, String)| {
            let concept = Concept::ALL.into_iter().find(|concept| concept.name() == name);
            why == LEFT_OUT && concept.is_some_and(|concept| !is_solved(concept, self.game.rule()))
        };
        let open = report.left_out.0.iter().all(is_open);
        all.push(Claim::exact("left out: what has no closed form", open));
        Ok(all)
    }

    /// Whether what no rule answers is absent: nothing is left when the rest is taken out.
    fn is_nothing_else(&self) -> bool {
        let mut rest = self.report.clone();
        (rest.shapley, rest.nucleolus, rest.prenucleolus) = (None, None, None);
        rest.core.take_if(|core| {
            core.vertices.is_none() && core.vertices_total.is_none() && core.max_listed.is_none()
        });
        let proofs = &mut rest.certificates;
        for proof in [&mut proofs.nucleolus, &mut proofs.prenucleolus] {
            proof.take_if(|proof| proof.levels.is_empty());
        }
        proofs.core.take_if(|proof| {
            proof.balanced.is_none() && proof.payoffs.is_none() && proof.vertices.is_none()
        });
        let frame = self.report.clone();
        rest == CoalitionReport {
            schema: frame.schema,
            source: frame.source,
            players: frame.players,
            game: frame.game,
            left_out: frame.left_out,
            undecided: frame.undecided,
            provenance: frame.provenance,
            ..CoalitionReport::default()
        }
    }
}
