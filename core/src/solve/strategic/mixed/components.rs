//! How the extreme equilibria of a two-player game hang together.
//!
//! Equilibria are the edges of a graph whose vertices are the strategies of either player
//! (Avis, Rosenberg, Savani & von Stengel 2010): its components are the connected sets of
//! equilibria, its maximal complete bipartite subgraphs the maximal Nash subsets.
//! Cost: O(edges²) and the number of subsets, which is limited.

use std::collections::{BTreeSet, HashMap};

use dashu_ratio::RBig;

use crate::solve::strategic::mixed::ExactEquilibrium;

/// Components, and maximal Nash subsets, of the graph whose edges are the equilibria.
pub(super) fn structure(equilibria: &[ExactEquilibrium]) -> (Vec<usize>, Option<Vec<Vec<usize>>>) {
    /// More edges than this in one component: its subsets are not listed.
    const MAX_EDGES: usize = 4096;
    const MAX_SUBSETS: usize = 4096;
    let mut names: [HashMap<&[RBig], usize>; 2] =
        [0, 1].map(|_| HashMap::with_capacity(equilibria.len()));
    let edges: Vec<[usize; 2]> = equilibria
        .iter()
        .map(|e| {
            [0, 1].map(|side| {
                let next = names[side].len();
                *names[side].entry(e.strategies[side].as_slice()).or_insert(next)
            })
        })
        .collect();
    if names.iter().all(|names| names.len() == edges.len()) {
        // No strategy is in two equilibria, as in all games that are not degenerate.
        let points = (0..edges.len()).map(|edge| vec![edge]).collect();
        return ((0..edges.len()).collect(), Some(points));
    }
    let mut component: Vec<usize> = (0..edges.len()).collect();
    // Few edges: repeat until nothing changes.
    loop {
        let mut changed = false;
        for side in 0..2 {
            let mut least = vec![usize::MAX; names[side].len()];
            for (edge, &c) in edges.iter().zip(&component) {
                least[edge[side]] = least[edge[side]].min(c);
            }
            for (edge, c) in edges.iter().zip(&mut component) {
                changed |= *c != least[edge[side]];
                *c = least[edge[side]];
            }
        }
        if !changed {
            break;
        }
    }
    let mut order: Vec<usize> = component.clone();
    order.sort_unstable();
    order.dedup();
    component.iter_mut().for_each(|c| *c = order.partition_point(|o| o < c));
    if edges.len() > MAX_EDGES {
        return (component, None);
    }
    // Maximal bicliques, as the closed sets of the neighbourhoods of the first side.
    let neighbours: Vec<BTreeSet<usize>> = (0..names[0].len())
        .map(|x| edges.iter().filter(|e| e[0] == x).map(|e| e[1]).collect())
        .collect();
    let mut closed: BTreeSet<BTreeSet<usize>> = neighbours.iter().cloned().collect();
    let mut open: Vec<BTreeSet<usize>> = closed.iter().cloned().collect();
    while let Some(set) = open.pop() {
        for other in &neighbours {
            let common: BTreeSet<usize> = set.intersection(other).copied().collect();
            if !common.is_empty() && closed.insert(common.clone()) {
                if closed.len() > MAX_SUBSETS {
                    return (component, None);
                }
                open.push(common);
            }
        }
    }
    let mut subsets: Vec<Vec<usize>> = closed
        .iter()
        .map(|ys| {
            let xs = |x: usize| ys.is_subset(&neighbours[x]);
            (0..edges.len()).filter(|&e| xs(edges[e][0]) && ys.contains(&edges[e][1])).collect()
        })
        .collect();
    subsets.sort_unstable();
    (component, Some(subsets))
}
