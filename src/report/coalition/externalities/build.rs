//! From findings on a game with externalities to their report.

use dashu_ratio::RBig;

use super::*;
use crate::finding::cooperative::{Balance, Externalities, Merger};
use crate::game::cooperative::{Expectation, PartitionGame};
use crate::report::coalition::form::Form;
use crate::report::coalition::{CoalitionReport, GameReport, SCHEMA};

impl CoalitionReport {
    /// The report on a game with externalities, numbers exact or rounded.
    pub fn externalities(
        game: &PartitionGame,
        source: &str,
        found: &Externalities,
        exact: bool,
    ) -> Self {
        let form = Form { names: game.names(), exact };
        let merger = |merger: &Merger| MergerReport {
            coalition: form.members(merger.coalition),
            worth: form.number(&merger.worth),
            otherwise: form.number(&merger.otherwise),
        };
        let core = |(expectation, balance): &(Expectation, Balance)| {
            let report = match balance {
                Balance::Balanced(x) => {
                    ExpectedCoreReport { nonempty: true, allocation: Some(form.payoffs(x)) }
                }
                Balance::Unbalanced(_) => ExpectedCoreReport { nonempty: false, allocation: None },
                Balance::Undecided(_) => return None,
            };
            Some((expectation.name().to_owned(), report))
        };
        let proof = |(expectation, balance): &(Expectation, Balance)| {
            let none = CoreCertificate::default();
            let proof = match balance {
                Balance::Balanced(x) => {
                    CoreCertificate { allocation: Some(form.exactly(x)), ..none }
                }
                Balance::Unbalanced(weights) => {
                    CoreCertificate { balanced: Some(form.weights(weights)), ..none }
                }
                Balance::Undecided(_) => return None,
            };
            Some((expectation.name().to_owned(), proof))
        };
        let open = |(expectation, balance): &(Expectation, Balance)| match balance {
            Balance::Undecided(why) => Some((format!("{} core", expectation.name()), why.clone())),
            _ => None,
        };
        let worths = game.partitions().iter().zip(game.worths());
        let worths = worths.map(|(partition, worths)| PartitionWorths {
            partition: partition.blocs().iter().map(|&bloc| form.members(bloc)).collect(),
            worths: worths.iter().map(RBig::to_string).collect(),
        });
        Self {
            schema: SCHEMA.into(),
            source: source.into(),
            players: game.names().to_vec(),
            game: Some(GameReport::Externalities { worths: worths.collect() }),
            undecided: Keyed(found.cores.iter().filter_map(open).collect()),
            externalities: Some(ExternalitiesReport {
                myerson: form.payoffs(&found.myerson),
                externality_free: form.payoffs(&found.externality_free),
                cores: Keyed(found.cores.iter().filter_map(core).collect()),
                profitable: found.profitable.iter().map(merger).collect(),
                self_enforcing: found.self_enforcing.iter().map(merger).collect(),
                certificates: Keyed(found.cores.iter().filter_map(proof).collect()),
            }),
            ..Self::default()
        }
    }
}
