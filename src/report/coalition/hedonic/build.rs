//! From stable partitions to their report.

use super::*;
use crate::coalition::{Coalition, Partition};
use crate::finding::hedonic::{HedonicFinding, Objection, Stability};
use crate::game::hedonic::HedonicGame;
use crate::report::coalition::{CoalitionReport, GameReport, SCHEMA};
use crate::solve::partitions::hedonic::objection;

/// The most partitions that are listed in a sense.
pub(super) const LISTED: usize = 100;
/// The most players of whom every partition's instability is shown.
pub(super) const ALL_SHOWN: usize = 4;

impl CoalitionReport {
    /// How many stable partitions a report lists in each sense.
    pub const STABLE_LISTED: usize = LISTED;

    /// The report on a hedonic game, in the senses asked for.
    pub fn hedonic(
        game: &HedonicGame,
        source: &str,
        finding: &HedonicFinding,
        senses: &[Stability],
    ) -> Self {
        let names = |set: Coalition| members(game, set);
        let blocs = |p: &Partition| p.blocs().iter().map(|&bloc| names(bloc)).collect::<Blocs>();
        let list = |classes: &Vec<Vec<Coalition>>| -> Vec<Blocs> {
            classes.iter().map(|class| class.iter().map(|&set| names(set)).collect()).collect()
        };
        let lists = game.lists();
        let preferences = game.names().iter().cloned().zip(lists.iter().map(list));
        let stable = |&sense: &Stability| {
            let found = finding.of(sense);
            let listed = found.partitions.iter().take(LISTED);
            let report =
                StableReport { total: found.total, partitions: listed.map(blocs).collect() };
            (sense.name().to_owned(), report)
        };
        let n = game.players();
        let mut shown = vec![Partition::grand(n), Partition::singletons(n)];
        if n <= ALL_SHOWN {
            shown.extend(Partition::all(n));
        }
        for &sense in senses {
            shown.extend(finding.of(sense).partitions.iter().take(LISTED).cloned());
        }
        let mut seen = std::collections::HashSet::new();
        shown.retain(|partition| seen.insert(partition.clone()));
        let mut upset = Vec::new();
        for partition in &shown {
            for &sense in senses {
                let Some(found) = objection(game, partition, sense) else { continue };
                let (coalition, player, to) = match found {
                    Objection::Leave(set) => (Some(names(set)), None, None),
                    Objection::Move { player, to } => {
                        (None, game.names().get(player).cloned(), Some(names(to)))
                    }
                };
                let (partition, sense) = (blocs(partition), sense.name().to_owned());
                upset.push(UpsetReport { partition, sense, coalition, player, to });
            }
        }
        Self {
            schema: SCHEMA.into(),
            source: source.into(),
            players: game.names().to_vec(),
            game: Some(GameReport::Hedonic { preferences: Keyed(preferences.collect()) }),
            hedonic: Some(HedonicReport {
                stable: Keyed(senses.iter().map(stable).collect()),
                upset,
            }),
            ..Self::default()
        }
    }
}

fn members(game: &HedonicGame, set: Coalition) -> Vec<String> {
    set.members().filter_map(|i| game.names().get(i).cloned()).collect()
}
