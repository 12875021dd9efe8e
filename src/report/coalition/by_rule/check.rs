//! Re-verifies a report on a game by a rule.

use std::collections::HashMap;

use dashu_ratio::RBig;

use super::{LEFT_OUT, is_solved};
use crate::certify::Claim;
use crate::certify::cooperative::by_rule as certify;
use crate::error::{Error, Place, Result};
use crate::exact::parse_exact;
use crate::finding::cooperative::Concept;
use crate::game::cooperative::{DivisionRule, RuleGame};
use crate::report::coalition::read::{Read, is};
use crate::report::coalition::{
    Certificates, CoalitionReport, CoreCertificate, CoreReport, GameReport, NucleolusCertificate,
    Number,
};
use crate::report::{Keyed, Verification};

/// Examines a report on a game by a rule; `None` if it is on another game.
///
/// # Errors
/// If its numbers do not make a game.
pub(in crate::report::coalition) fn check(
    report: &CoalitionReport,
) -> Result<Option<Verification>> {
    let wrong = |problem: String| {
        let place = Place { column: Some("game".into()), ..Place::file(&report.source) };
        Error::input(place, problem, "check a report that equipoise coalition wrote")
    };
    let numbers = |texts: &[String]| texts.iter().map(exact).collect::<Read<Vec<_>>>();
    let rule = match &report.game {
        Some(GameReport::Airport { costs }) => {
            DivisionRule::Airport { costs: numbers(costs).map_err(wrong)? }
        }
        Some(GameReport::Bankruptcy { estate, claims }) => DivisionRule::Bankruptcy {
            estate: exact(estate).map_err(wrong)?,
            claims: numbers(claims).map_err(wrong)?,
        },
        _ => return Ok(None),
    };
    let game = RuleGame::new(report.players.clone(), rule)?;
    let places = game.names().iter().zip(0..).collect();
    let mut verified = Verification::default();
    match (Examiner { report, game: &game, places }).claims() {
        Ok(found) => verified.claims = found,
        Err(problem) => verified.claims.push(Claim::exact(format!("rule: {problem}"), false)),
    }
    verified
        .given
        .push("the rule and its numbers, and the name of the file they were read from".into());
    verified.undecided = !report.undecided.0.is_empty();
    Ok(Some(verified))
}

fn exact(text: &String) -> Read<RBig> {
    parse_exact(text).ok_or_else(|| format!("expected an exact number, found {text:?}"))
}

struct Examiner<'a> {
    report: &'a CoalitionReport,
    game: &'a RuleGame,
    places: HashMap<&'a String, usize>,
}

impl Examiner<'_> {
    /// In the order of the players.
    fn each<'t, T>(&self, what: &str, values: &'t Keyed<T>) -> Read<Vec<&'t T>> {
        let mut found = vec![None; self.places.len()];
        for (name, value) in &values.0 {
            let place =
                self.places.get(name).ok_or_else(|| format!("{what}: {name} is no player"))?;
            found[*place] = Some(value);
        }
        let found: Option<Vec<&T>> = found.into_iter().collect();
        found
            .filter(|found| found.len() == values.0.len())
            .ok_or_else(|| format!("{what}: there is not one number for each player"))
    }

    fn claims(&self) -> Read<Vec<Claim>> {
        let (report, proofs) = (self.report, &self.report.certificates);
        let mut all =
            vec![Claim::exact("rule: no other answers are given", self.is_nothing_else())];
        let of = |proof: &'_ Option<NucleolusCertificate>| proof.clone().map(|p| p.allocation);
        let core = report.core.as_ref();
        let proof = proofs.core.as_ref().and_then(|proof| proof.allocation.clone());
        for (what, claimed, proof) in [
            ("nucleolus", report.nucleolus.as_ref(), of(&proofs.nucleolus)),
            ("prenucleolus", report.prenucleolus.as_ref(), of(&proofs.prenucleolus)),
            ("core", core.and_then(|core| core.allocation.as_ref()), proof),
        ] {
            let (claimed, proof) = match (claimed, proof) {
                (None, None) => continue,
                (Some(claimed), Some(proof)) => (self.each(what, claimed)?, proof),
                _ => return Err(format!("{what}: the numbers or the proof is missing")),
            };
            let proof: Vec<RBig> =
                self.each(what, &proof)?.into_iter().map(exact).collect::<Read<_>>()?;
            let agrees = claimed.iter().zip(&proof).all(|(number, value)| is(number, value));
            all.push(Claim::exact(format!("{what}: the numbers are those proved"), agrees));
            all.extend(certify::nucleolus(&proof, self.game));
        }
        if let Some(shapley) = &report.shapley {
            let claimed = self.each("shapley", shapley)?;
            let known = certify::shapley(self.game).unwrap_or_default();
            let agrees = claimed.len() == known.len()
                && claimed.iter().zip(&known).all(|(number, value)| is(number, value));
            all.push(Claim::exact("shapley: the numbers follow from the rule", agrees));
        }
        if let Some(core) = core {
            let ranges = core.payoffs.as_ref().ok_or("core: the ranges are missing")?;
            let within = |(range, known): (&&[Number; 2], &[RBig; 2])| {
                range.iter().zip(known).all(|(number, value)| is(number, value))
            };
            let known = certify::core(self.game);
            let agrees = self.each("core", ranges)?.iter().zip(&known).all(within);
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

    /// Whether what no rule answers is absent.
    fn is_nothing_else(&self) -> bool {
        let report = self.report;
        let proofs = &report.certificates;
        let bare = |proof: &NucleolusCertificate| NucleolusCertificate {
            levels: Vec::new(),
            ..proof.clone()
        };
        let core = |proof: &CoreCertificate| CoreCertificate {
            allocation: proof.allocation.clone(),
            ..CoreCertificate::default()
        };
        let ranges = |core: &CoreReport| CoreReport {
            vertices: None,
            vertices_total: None,
            max_listed: None,
            ..core.clone()
        };
        let only = CoalitionReport {
            schema: report.schema.clone(),
            source: report.source.clone(),
            players: report.players.clone(),
            game: report.game.clone(),
            shapley: report.shapley.clone(),
            nucleolus: report.nucleolus.clone(),
            prenucleolus: report.prenucleolus.clone(),
            core: report.core.as_ref().map(ranges),
            left_out: report.left_out.clone(),
            undecided: report.undecided.clone(),
            provenance: report.provenance.clone(),
            certificates: Certificates {
                nucleolus: proofs.nucleolus.as_ref().map(bare),
                prenucleolus: proofs.prenucleolus.as_ref().map(bare),
                core: proofs.core.as_ref().map(core),
                ..Certificates::default()
            },
            ..CoalitionReport::default()
        };
        only == *report
    }
}
