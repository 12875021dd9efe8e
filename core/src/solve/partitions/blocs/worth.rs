//! What states are worth inside blocs, in the game of settlements.
//!
//! Definition: Owen's (1977) and Aumann & Drèze's (1974) values, defined as in
//! [`alliances`](crate::solve::cooperative::alliances), of the
//! [`SettlementGame`] with the blocs as alliances. Method: what a state adds to each set of other
//! blocs with each set of its partners, weighted; in floating point.
//! Cost: `2^(m−1) · 2^(b−1)` additions for each state in a bloc of `b` of `m`, after 2^n values;
//! limit 16 states.

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::finding::blocs::{MOST_WORTH, Worth};
use crate::game::settlement::SettlementGame;
use crate::game::tu::TuGame;
use crate::work::parallel;

/// What states are worth under each partition; nothing of more than 16 states.
pub(super) fn worths<'p>(
    contest: &Contest,
    partitions: impl Iterator<Item = &'p Partition>,
) -> Vec<Worth> {
    let partitions: Vec<&Partition> = partitions.collect();
    if contest.len() > MOST_WORTH {
        return Vec::new();
    }
    let values = SettlementGame(contest).values();
    parallel(partitions.len(), |k| worth(&values, partitions[k]))
}

fn worth(values: &[f64], partition: &Partition) -> Worth {
    let (blocs, n) = (partition.blocs(), values.len().ilog2() as usize);
    let mut found = Worth { owen: vec![0.0; n], aumann_dreze: vec![0.0; n] };
    let between = orders(blocs.len());
    for &bloc in blocs {
        let outside = unions(blocs.iter().filter(|other| **other != bloc).copied());
        let inside = orders(bloc.len());
        for i in bloc.members() {
            let partners = unions(bloc.without(i).members().map(Coalition::singleton));
            for &(h, others) in &outside {
                let sum = |&(t, own): &(usize, Coalition)| {
                    let without = others.union(own);
                    let adds = |s: Coalition| values[s.bits() as usize];
                    inside[t] * (adds(without.with(i)) - adds(without))
                };
                let adds: f64 = partners.iter().map(sum).sum();
                found.owen[i] += between[h] * adds;
                if h == 0 {
                    found.aumann_dreze[i] = adds;
                }
            }
        }
    }
    found
}

/// `s!(n−s−1)!/n!` for each `s < n`.
fn orders(n: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / n as f64];
    for s in 1..n {
        weights.push(weights[s - 1] * s as f64 / (n - s) as f64);
    }
    weights
}

/// The unions of all sets of disjoint coalitions, with the number of them.
fn unions(sets: impl Iterator<Item = Coalition>) -> Vec<(usize, Coalition)> {
    let mut unions = vec![(0, Coalition::EMPTY)];
    for set in sets {
        let with: Vec<_> = unions.iter().map(|&(k, union)| (k + 1, union.union(set))).collect();
        unions.extend(with);
    }
    unions
}
