//! From solutions to their report.

use super::form::Form;
use super::indices::ROWS;
use super::*;
use crate::finding::cooperative::Property;
use crate::finding::cooperative::{Balance, TotalBalance};
use crate::finding::cooperative::{Concept, Solutions};
use crate::finding::cooperative::{ExactNucleolus, ExactWeights};
use crate::finding::cooperative::{PayoffBound, PayoffRange};
use crate::game::cooperative::{Game, Sense};
use crate::report::{Keyed, LISTED, cut};
use crate::tolerance::Tolerances;

impl CoalitionReport {
    /// The report on a game, numbers exact or rounded.
    pub fn new(game: &Game, source: &str, solutions: &Solutions, exact: bool) -> Self {
        let form = Form { names: game.names(), exact };
        let found = |concept| solutions.found.contains(&concept);
        let pre = solutions.prenucleolus.as_ref();
        let of = |concept| pre.filter(|_| found(concept));
        let core = of(Concept::Core).or(of(Concept::Vertices));
        let balance = solutions.balance.as_ref();
        let nucleolus = solutions.nucleolus.as_ref();
        let per_capita = solutions.per_capita.as_ref();
        let mut report = Self {
            schema: SCHEMA.into(),
            source: source.into(),
            players: game.names().to_vec(),
            game: Some(game_report(game)),
            coleman: solutions.coleman.as_ref().map(|found| ColemanReport {
                act: form.number(&found.act),
                prevent: form.payoffs(&found.prevent),
                initiate: form.payoffs(&found.initiate),
            }),
            per_capita_nucleolus: per_capita.map(|n| form.payoffs(&n.allocation)),
            nucleolus: nucleolus.map(|n| form.payoffs(&n.allocation)),
            prenucleolus: of(Concept::Prenucleolus).map(|n| form.payoffs(&n.allocation)),
            least_core: of(Concept::LeastCore).and_then(|n| {
                let payoffs = solutions.least_core_payoffs.as_ref();
                Some(LeastCoreReport {
                    value: form.number(n.least_core_value()?),
                    allocation: form.payoffs(&n.allocation),
                    payoffs: payoffs.map(|ranges| form.ranges(ranges)),
                })
            }),
            core: solutions
                .simple_core
                .as_ref()
                .map(|found| large::core(game, found, exact))
                .or_else(|| {
                    core.map(|n| {
                        let vertices = solutions.core_vertices.as_ref();
                        CoreReport {
                            nonempty: n.has_core(),
                            allocation: n.has_core().then(|| form.payoffs(&n.allocation)),
                            payoffs: solutions
                                .core_payoffs
                                .as_ref()
                                .map(|ranges| form.ranges(ranges)),
                            vertices: vertices
                                .map(|v| v.listed.iter().map(|x| form.payoffs(x)).collect()),
                            vertices_total: vertices.map(|v| v.total),
                            max_listed: vertices
                                .and_then(|v| cut(v.listed.len(), v.total as u64, LISTED[2])),
                        }
                    })
                }),
            properties: solutions.properties.as_ref().map(|p| {
                let report = form.properties([
                    ("monotone", &p.monotone),
                    ("superadditive", &p.superadditive),
                    ("convex", &p.convex),
                    ("constant_sum", &p.constant_sum),
                ]);
                match balance {
                    Some((balance, total)) => form.balance(report, balance, total),
                    None => report,
                }
            }),
            alliances: solutions.alliances.as_ref().map(|found| form.alliances(found)),
            network: solutions.network.as_ref().map(|found| form.network(found)),
            allocation: solutions.allocation.as_ref().map(|found| form.allocation(found)),
            structure: solutions.structure.as_ref().map(|s| StructureReport {
                value: form.number(&s.value),
                coalitions: s.partition.blocs().iter().map(|&s| game.members(s)).collect(),
            }),
            simple: solutions.simple.as_ref().map(|s| {
                let names = |list: &[usize]| form.names(list);
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
                tolerance: match game {
                    Game::Contest(_) => Some(Tolerances::DEFAULT.contest),
                    Game::Table(_) | Game::Weighted(_) => None,
                },
                core: match &solutions.simple_core {
                    Some(found) => Some(large::core_certificate(game, found)),
                    None => core.map(|n| form.core_certificate(n, solutions)),
                },
                least_core: of(Concept::LeastCore)
                    .and_then(|n| form.least_core_certificate(n, solutions)),
                balanced: balance.and_then(|(balance, _)| form.balance_certificate(balance)),
                totally_balanced: balance.and_then(|(_, total)| form.total_certificate(total)),
                nucleolus: nucleolus.map(|n| form.nucleolus(n)),
                per_capita_nucleolus: per_capita.map(|n| form.nucleolus(n)),
                prenucleolus: of(Concept::Prenucleolus).map(|n| form.nucleolus(n)),
                allocation: solutions.allocation.as_ref().map(|found| form.allocation_proof(found)),
            },
            left_out: named(&solutions.left_out),
            undecided: {
                let mut all = named(&solutions.undecided);
                let open = solutions.unanswered.iter();
                all.0.extend(open.map(|(what, why)| ((*what).into(), why.clone())));
                all
            },
            ..Self::default()
        };
        for row in &ROWS {
            let values = solutions.values.iter().find(|(concept, _)| *concept == row.concept);
            *(row.payoffs_mut)(&mut report) = values.map(|(_, values)| form.payoffs(values));
        }
        report
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
            values: TableValues::of(table),
        },
        Game::Contest(game) => GameReport::Contest {
            strengths: game.strengths().iter().map(ToString::to_string).collect(),
            decisiveness: Number::of_decisiveness(game.decisiveness()),
            decimals: game.decimals(),
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

impl Form<'_> {
    fn ranges(&self, ranges: &[PayoffRange]) -> Ranges {
        let names = self.names.iter().cloned();
        let ends = ranges.iter().enumerate().map(|(i, range)| {
            [&range.lowest, &range.highest].map(|end| self.number(&end.allocation[i]))
        });
        Keyed(names.zip(ends).collect())
    }

    fn range_proofs(&self, ranges: &[PayoffRange]) -> RangeProofs {
        let names = self.names.iter().cloned();
        let proof = |end: &PayoffBound| BoundCertificate {
            allocation: self.exactly(&end.allocation),
            weights: self.weights(&end.weights),
            total: end.total.to_string(),
        };
        let ends = ranges.iter().map(|range| [&range.lowest, &range.highest].map(proof));
        Keyed(names.zip(ends).collect())
    }

    fn least_core_certificate(
        &self,
        found: &ExactNucleolus,
        solutions: &Solutions,
    ) -> Option<LeastCoreCertificate> {
        let payoffs = solutions.least_core_payoffs.as_ref();
        Some(LeastCoreCertificate {
            value: found.least_core_value()?.to_string(),
            allocation: self.exactly(&found.allocation),
            balanced: self.weights(&found.balanced()?),
            payoffs: payoffs.map(|ranges| self.range_proofs(ranges)),
        })
    }

    fn core_certificate(&self, found: &ExactNucleolus, solutions: &Solutions) -> CoreCertificate {
        if !found.has_core() {
            let balanced = found.balanced().map(|weights| self.weights(&weights));
            return CoreCertificate { balanced, ..CoreCertificate::default() };
        }
        let vertices = solutions.core_vertices.as_ref();
        CoreCertificate {
            allocation: Some(self.exactly(&found.allocation)),
            balanced: None,
            payoffs: solutions.core_payoffs.as_ref().map(|ranges| self.range_proofs(ranges)),
            vertices: vertices.map(|v| v.listed.iter().map(|x| self.exactly(x)).collect()),
        }
    }

    fn nucleolus(&self, found: &ExactNucleolus) -> NucleolusCertificate {
        let names = self.names;
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
                    .push((name.into(), pair.map(|s| self.members(s)).into())),
                Property::Undecided(why) => report.undecided.0.push((name.into(), why.clone())),
            }
        }
        let [monotone, superadditive, convex, constant_sum] =
            found.map(|(_, property)| property.holds());
        PropertiesReport { monotone, superadditive, convex, constant_sum, ..report }
    }

    /// Adds what was found of balancedness.
    fn balance(
        &self,
        mut report: PropertiesReport,
        balance: &Balance,
        total: &TotalBalance,
    ) -> PropertiesReport {
        let collection =
            |weights: &ExactWeights| weights.iter().map(|(s, _)| self.members(*s)).collect();
        let (fails, open) = (&mut report.counterexamples.0, &mut report.undecided.0);
        report.balanced = match balance {
            Balance::Balanced(_) => Some(true),
            Balance::Unbalanced(weights) => {
                fails.push(("balanced".into(), collection(weights)));
                Some(false)
            }
            Balance::Undecided(why) => {
                open.push(("balanced".into(), why.clone()));
                None
            }
        };
        report.totally_balanced = match total {
            TotalBalance::Convex | TotalBalance::Extreme(_) => Some(true),
            TotalBalance::Unbalanced(_, weights) => {
                fails.push(("totally_balanced".into(), collection(weights)));
                Some(false)
            }
            TotalBalance::Undecided(why) => {
                open.push(("totally_balanced".into(), why.clone()));
                None
            }
        };
        report
    }

    fn balance_certificate(&self, balance: &Balance) -> Option<CoreCertificate> {
        let none = CoreCertificate::default();
        match balance {
            Balance::Balanced(x) => {
                Some(CoreCertificate { allocation: Some(self.exactly(x)), ..none })
            }
            Balance::Unbalanced(weights) => {
                Some(CoreCertificate { balanced: Some(self.weights(weights)), ..none })
            }
            Balance::Undecided(_) => None,
        }
    }

    fn total_certificate(&self, total: &TotalBalance) -> Option<TotalBalanceCertificate> {
        Some(match total {
            TotalBalance::Convex => TotalBalanceCertificate::Convex,
            TotalBalance::Extreme(all) => {
                let all = all.iter().map(|x| self.exactly(x)).collect();
                TotalBalanceCertificate::Allocations(all)
            }
            TotalBalance::Unbalanced(s, weights) => TotalBalanceCertificate::Subgame {
                coalition: self.members(*s),
                balanced: self.weights(weights),
            },
            TotalBalance::Undecided(_) => return None,
        })
    }
}
