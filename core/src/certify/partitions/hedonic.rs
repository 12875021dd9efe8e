//! Re-checks stable partitions of hedonic games from their definitions (Bogomolnaia & Jackson
//! 2002), by looking at every coalition and at every move, and with nothing of the solver.

use crate::coalition::{Coalition, Partition};
use crate::finding::hedonic::{Objection, Stability};
use crate::game::hedonic::HedonicGame;

/// What a change of blocs is to a player.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Worse,
    Same,
    Better,
}

fn change(game: &HedonicGame, player: usize, old: Coalition, new: Coalition) -> Change {
    match game.rank(player, new).cmp(&game.rank(player, old)) {
        std::cmp::Ordering::Less => Change::Worse,
        std::cmp::Ordering::Equal => Change::Same,
        std::cmp::Ordering::Greater => Change::Better,
    }
}

/// Whether an objection holds against a partition: its members gain by it as the sense of
/// stability asks, and it is one that can be made. O(n²).
pub fn upsets(
    game: &HedonicGame,
    partition: &Partition,
    stability: Stability,
    objection: &Objection,
) -> bool {
    let everyone = Coalition::grand(game.players());
    match (*objection, stability) {
        (Objection::Leave(set), Stability::Core | Stability::StrictCore) => {
            if set.is_empty() || !set.is_subset_of(everyone) || !game.allows(set) {
                return false;
            }
            let changes: Vec<Change> =
                set.members().map(|i| change(game, i, partition.bloc_of(i), set)).collect();
            let worst = changes.iter().min();
            let best = changes.iter().max();
            match stability {
                Stability::Core => worst == Some(&Change::Better),
                _ => worst != Some(&Change::Worse) && best == Some(&Change::Better),
            }
        }
        (
            Objection::Move { player, to },
            Stability::Nash | Stability::Individual | Stability::Contractual,
        ) => {
            let exists = to.is_empty() || partition.blocs().contains(&to);
            if player >= game.players() || !exists || to.contains(player) {
                return false;
            }
            let (own, new) = (partition.bloc_of(player), to.with(player));
            let left = own.without(player);
            let gains = change(game, player, own, new) == Change::Better;
            let welcome = to.members().all(|j| change(game, j, to, new) >= Change::Same);
            let released = left.members().all(|j| change(game, j, own, left) >= Change::Same);
            game.allows(new)
                && gains
                && match stability {
                    Stability::Nash => true,
                    Stability::Individual => welcome,
                    _ => welcome && released,
                }
        }
        _ => false,
    }
}

/// Whether nothing upsets a partition: every coalition, or every move, is looked at.
/// O(n · 2^n), of moves O(n³).
pub fn is_stable(game: &HedonicGame, partition: &Partition, stability: Stability) -> bool {
    let upset = |objection: &Objection| upsets(game, partition, stability, objection);
    if !partition.blocs().iter().all(|&bloc| game.allows(bloc)) {
        return false;
    }
    match stability {
        Stability::Core | Stability::StrictCore => {
            !Coalition::all(game.players()).any(|set| upset(&Objection::Leave(set)))
        }
        _ => {
            let moves = |player: usize| {
                let blocs = partition.blocs().iter().copied().chain([Coalition::EMPTY]);
                blocs.map(move |to| Objection::Move { player, to })
            };
            !(0..game.players()).flat_map(moves).any(|objection| upset(&objection))
        }
    }
}

/// How many partitions are stable in each of some senses, by looking at all of them.
/// O(Bell(n) · n · 2^n).
pub fn count(game: &HedonicGame, senses: &[Stability]) -> Vec<u64> {
    let mut counts = vec![0; senses.len()];
    for partition in Partition::all(game.players()) {
        for (count, &sense) in counts.iter_mut().zip(senses) {
            *count += u64::from(is_stable(game, &partition, sense));
        }
    }
    counts
}
