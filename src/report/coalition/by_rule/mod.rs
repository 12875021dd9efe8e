//! The report on a game that is given by a rule: built, and re-verified from the rule in it.

mod check;

use dashu_ratio::RBig;

use super::form::Form;
use super::*;
use crate::finding::cooperative::{ByRule, Concept};
use crate::game::cooperative::{DivisionRule, RuleGame};
use crate::report::Keyed;

pub(super) use check::check;

/// Why the other concepts are left out.
const LEFT_OUT: &str = "has no closed form here, and so many players' coalitions are not listed";

impl CoalitionReport {
    /// The report on a game that is given by a rule, numbers exact or rounded; `asked` are the
    /// concepts that it is to hold, which are undecided if the time was up before `found`.
    pub fn by_rule(
        game: &RuleGame,
        source: &str,
        found: Option<&ByRule>,
        asked: &[Concept],
        exact: bool,
    ) -> Self {
        let form = Form { names: game.names(), exact };
        let of = |concept: Concept| asked.contains(&concept);
        let open = Concept::ALL.into_iter().filter(|&c| of(c) && !is_solved(c, game.rule()));
        let report = Self {
            schema: SCHEMA.into(),
            source: source.into(),
            players: game.names().to_vec(),
            game: Some(GameReport::from(game.rule())),
            left_out: Keyed(open.map(|c| (c.name().into(), LEFT_OUT.into())).collect()),
            ..Self::default()
        };
        let Some(found) = found else {
            let late = Concept::ALL.into_iter().filter(|&c| of(c) && is_solved(c, game.rule()));
            let undecided =
                Keyed(late.map(|c| (c.name().into(), "the time was up".into())).collect());
            return Self { undecided, ..report };
        };
        let proof = || NucleolusCertificate {
            allocation: form.exactly(&found.nucleolus),
            levels: Vec::new(),
        };
        let nucleolus = || form.payoffs(&found.nucleolus);
        let range = |[low, high]: &[RBig; 2]| [form.number(low), form.number(high)];
        let names = game.names().iter().cloned();
        Self {
            shapley: found
                .shapley
                .as_ref()
                .filter(|_| of(Concept::Shapley))
                .map(|s| form.payoffs(s)),
            nucleolus: of(Concept::Nucleolus).then(nucleolus),
            prenucleolus: of(Concept::Prenucleolus).then(nucleolus),
            core: of(Concept::Core).then(|| CoreReport {
                nonempty: true,
                allocation: Some(nucleolus()),
                payoffs: Some(Keyed(names.zip(found.core.iter().map(range)).collect())),
                vertices: None,
                vertices_total: None,
                max_listed: None,
            }),
            certificates: Certificates {
                nucleolus: of(Concept::Nucleolus).then(proof),
                prenucleolus: of(Concept::Prenucleolus).then(proof),
                core: of(Concept::Core).then(|| CoreCertificate {
                    allocation: Some(form.exactly(&found.nucleolus)),
                    ..CoreCertificate::default()
                }),
                ..Certificates::default()
            },
            ..report
        }
    }
}

/// Whether a concept has a closed form.
pub(crate) fn is_solved(concept: Concept, rule: &DivisionRule) -> bool {
    match concept {
        Concept::Shapley => matches!(rule, DivisionRule::Airport { .. }),
        Concept::Nucleolus | Concept::Prenucleolus | Concept::Core => true,
        _ => false,
    }
}

impl From<&DivisionRule> for GameReport {
    fn from(rule: &DivisionRule) -> Self {
        let texts = |numbers: &[RBig]| numbers.iter().map(RBig::to_string).collect();
        match rule {
            DivisionRule::Airport { costs } => Self::Airport { costs: texts(costs) },
            DivisionRule::Bankruptcy { estate, claims } => {
                Self::Bankruptcy { estate: estate.to_string(), claims: texts(claims) }
            }
        }
    }
}
