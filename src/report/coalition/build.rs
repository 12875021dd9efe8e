//! From solutions to their report.

use dashu_ratio::RBig;

use super::*;
use crate::coalition::Coalition;
use crate::game::cooperative::{Game, Sense};
use crate::report::Keyed;
use crate::solve::cooperative::{Concept, Solutions};
use crate::solve::exact_nucleolus::{ExactNucleolus, ExactWeights};
use crate::solve::properties::Property;

impl CoalitionReport {
    /// The report on a game, numbers exact or rounded.
    pub fn new(game: &Game, source: &str, solutions: &Solutions, exact: bool) -> Self {
        let writer = Writer { game, exact };
        let found = |concept| solutions.found.contains(&concept);
        let values = |concept| {
            let values = solutions.values.iter().find(|(c, _)| *c == concept);
            values.map(|(_, values)| writer.payoffs(values))
        };
        let pre = solutions.prenucleolus.as_ref();
        let of = |concept| pre.filter(|_| found(concept));
        let nucleolus = solutions.nucleolus.as_ref();
        Self {
            schema: SCHEMA.into(),
            source: source.into(),
            players: game.names().to_vec(),
            game: Some(game_report(game)),
            shapley: values(Concept::Shapley),
            banzhaf: values(Concept::Banzhaf),
            banzhaf_normalized: values(Concept::BanzhafNormalized),
            deegan_packel: values(Concept::DeeganPackel),
            holler: values(Concept::Holler),
            johnston: values(Concept::Johnston),
            nucleolus: nucleolus.map(|n| writer.payoffs(&n.allocation)),
            prenucleolus: of(Concept::Prenucleolus).map(|n| writer.payoffs(&n.allocation)),
            least_core: of(Concept::LeastCore).and_then(|n| writer.least_core(n)),
            core: solutions.veto.as_ref().map(|veto| large::core(game, veto, exact)).or_else(
                || {
                    let n = of(Concept::Core)?;
                    let nonempty = n.least_core_value().is_none_or(|value| *value <= RBig::ZERO);
                    let allocation = nonempty.then(|| writer.payoffs(&n.allocation));
                    Some(CoreReport { nonempty, allocation })
                },
            ),
            properties: solutions.properties.as_ref().map(|p| {
                writer.properties([
                    ("monotone", &p.monotone),
                    ("superadditive", &p.superadditive),
                    ("convex", &p.convex),
                    ("constant_sum", &p.constant_sum),
                ])
            }),
            structure: solutions.structure.as_ref().map(|s| StructureReport {
                value: writer.number(&s.value),
                coalitions: s.partition.blocs().iter().map(|&s| game.members(s)).collect(),
            }),
            simple: solutions.simple.as_ref().map(|s| {
                let names = |list: &[usize]| writer.names(list);
                SimpleReport {
                    veto: names(&s.players.veto),
                    dictator: s.players.dictator.and_then(|i| game.names().get(i).cloned()),
                    dummies: names(&s.players.dummies),
                    essential: names(&s.players.essential),
                    minimal_winning_total: s.minimal_total.clone(),
                    minimal_winning: s.minimal.iter().map(|list| names(list)).collect(),
                }
            }),
            certificates: Certificates {
                core: match &solutions.veto {
                    Some(veto) => Some(large::core_certificate(game, veto)),
                    None => of(Concept::Core).map(|n| writer.core_certificate(n)),
                },
                least_core: of(Concept::LeastCore).and_then(|n| writer.least_core_certificate(n)),
                nucleolus: nucleolus.map(|n| writer.nucleolus(n)),
                prenucleolus: of(Concept::Prenucleolus).map(|n| writer.nucleolus(n)),
            },
            left_out: named(&solutions.left_out),
            undecided: named(&solutions.undecided),
        }
    }
}

fn named(list: &[(Concept, String)]) -> Keyed<String> {
    Keyed(list.iter().map(|(concept, why)| (concept.name().into(), why.clone())).collect())
}

fn game_report(game: &Game) -> GameReport {
    match game {
        Game::Table(table) => GameReport::Table {
            sense: match table.sense() {
                Sense::Worth => SenseReport::Worth,
                Sense::Cost => SenseReport::Cost,
            },
            values: values::written(table),
        },
        Game::Weighted(game) => GameReport::Weighted {
            rules: game
                .rules()
                .iter()
                .map(|rule| RuleReport {
                    weights: rule.weights().iter().map(ToString::to_string).collect(),
                    quota: rule.quota().to_string(),
                })
                .collect(),
        },
    }
}

struct Writer<'a> {
    game: &'a Game,
    exact: bool,
}

impl Writer<'_> {
    fn number(&self, value: &RBig) -> Number {
        Number::new(value, self.exact)
    }

    fn names(&self, list: &[usize]) -> Vec<String> {
        list.iter().filter_map(|&i| self.game.names().get(i).cloned()).collect()
    }

    fn keyed<T>(&self, values: &[RBig], form: impl Fn(&RBig) -> T) -> Keyed<T> {
        let names = self.game.names().iter().cloned();
        Keyed(names.zip(values.iter().map(form)).collect())
    }

    fn payoffs(&self, values: &[RBig]) -> Payoffs {
        self.keyed(values, |value| self.number(value))
    }

    fn exactly(&self, values: &[RBig]) -> ExactPayoffs {
        self.keyed(values, RBig::to_string)
    }

    fn weights(&self, weights: &ExactWeights) -> Vec<ExactWeight> {
        let weight = |(s, w): &(Coalition, RBig)| ExactWeight {
            coalition: self.game.members(*s),
            weight: w.to_string(),
        };
        weights.iter().map(weight).collect()
    }

    fn least_core(&self, found: &ExactNucleolus) -> Option<LeastCoreReport> {
        let value = self.number(found.least_core_value()?);
        Some(LeastCoreReport { value, allocation: self.payoffs(&found.allocation) })
    }

    fn least_core_certificate(&self, found: &ExactNucleolus) -> Option<LeastCoreCertificate> {
        Some(LeastCoreCertificate {
            value: found.least_core_value()?.to_string(),
            allocation: self.exactly(&found.allocation),
            balanced: self.weights(&found.balanced()?),
        })
    }

    fn core_certificate(&self, found: &ExactNucleolus) -> CoreCertificate {
        match found.least_core_value() {
            Some(value) if *value > RBig::ZERO => CoreCertificate {
                allocation: None,
                balanced: found.balanced().map(|weights| self.weights(&weights)),
            },
            _ => CoreCertificate {
                allocation: Some(self.exactly(&found.allocation)),
                balanced: None,
            },
        }
    }

    fn nucleolus(&self, found: &ExactNucleolus) -> NucleolusCertificate {
        let names = self.game.names();
        NucleolusCertificate {
            allocation: self.exactly(&found.allocation),
            levels: found
                .levels
                .iter()
                .map(|level| ExactLevelReport {
                    excess: level.excess.to_string(),
                    weights: self.weights(&level.weights),
                    floors: Keyed(
                        level
                            .floors
                            .iter()
                            .filter_map(|(i, w)| Some((names.get(*i)?.clone(), w.to_string())))
                            .collect(),
                    ),
                })
                .collect(),
        }
    }

    fn properties(&self, found: [(&str, &Property); 4]) -> PropertiesReport {
        let mut report = PropertiesReport::default();
        for (name, property) in found {
            match property {
                Property::Holds => {}
                Property::Fails(pair) => report
                    .counterexamples
                    .0
                    .push((name.into(), pair.map(|s| self.game.members(s)).into())),
                Property::Undecided(why) => report.undecided.0.push((name.into(), why.clone())),
            }
        }
        let [monotone, superadditive, convex, constant_sum] =
            found.map(|(_, property)| property.holds());
        PropertiesReport { monotone, superadditive, convex, constant_sum, ..report }
    }
}
