//! Negative cycles, the obstacles to balance: with an odd number of hostile edges, each violates
//! a split in some edge.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::graph::SignedGraph;

/// A cycle: its edges, in order.
pub(super) type Cycle = Vec<usize>;

/// Negative cycles of length below 1, at most one through each node, the shortest first; each a
/// list of edges in order. `length` is taken as 0 where it is less.
///
/// A negative closed walk from a node is a path between its two copies in the graph doubled by
/// sides (Barahona & Mahjoub 1986). O(n · edges · log n).
pub(super) fn shortest(graph: &SignedGraph, length: &[f64], below: f64) -> Vec<Cycle> {
    let mut found: Vec<(f64, Cycle)> = Vec::new();
    let mut known = HashSet::new();
    for start in 0..graph.len() {
        if graph.ties[start].len() > 1
            && let Some(walk) = walk(graph, length, start, below)
        {
            let cycle = simple(graph, start, &walk);
            let mut edges = cycle.clone();
            edges.sort_unstable();
            if known.insert(edges) {
                found.push((cycle.iter().map(|&e| cost(length, e)).sum(), cycle));
            }
        }
    }
    crate::order::sort_by(&mut found, |a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, cycle)| cycle).collect()
}

fn cost(length: &[f64], e: usize) -> f64 {
    length[e].max(0.0)
}

/// The edges of the shortest negative closed walk through a node.
fn walk(graph: &SignedGraph, length: &[f64], start: usize, below: f64) -> Option<Vec<usize>> {
    let n = graph.len();
    // Node i on side 0 is i, on side 1 it is n + i.
    let mut best = vec![(f64::INFINITY, u32::MAX); 2 * n];
    let mut from = vec![(usize::MAX, usize::MAX); 2 * n];
    let mut done = vec![false; 2 * n];
    best[start] = (0.0, 0);
    // Lengths are not negative, so their bits are in their order; ties go to fewer edges.
    let mut heap = BinaryHeap::from([Reverse((0u64, 0u32, start))]);
    while let Some(Reverse((_, steps, node))) = heap.pop() {
        if std::mem::replace(&mut done[node], true) {
            continue;
        }
        if node == start + n {
            break;
        }
        let (i, side) = (node % n, node / n);
        for &(j, e) in &graph.ties[i] {
            let next = j + n * (side ^ usize::from(graph.edges[e].hostile));
            let reached = (best[node].0 + cost(length, e), steps + 1);
            if reached.0 < below && reached < best[next] && !done[next] {
                best[next] = reached;
                from[next] = (node, e);
                heap.push(Reverse((reached.0.to_bits(), reached.1, next)));
            }
        }
    }
    let mut node = start + n;
    let mut edges = Vec::new();
    while node != start {
        let (before, e) = from[node];
        if before == usize::MAX {
            return None;
        }
        edges.push(e);
        node = before;
    }
    edges.reverse();
    Some(edges)
}

/// A negative cycle without a repeated node, from the edges of a negative closed walk: loops are
/// cut out one by one, and one that is negative is the cycle.
fn simple(graph: &SignedGraph, start: usize, walk: &[usize]) -> Vec<usize> {
    let mut nodes = vec![start];
    let mut path: Vec<usize> = Vec::new();
    for &e in walk {
        let [a, b] = graph.edges[e].ends;
        let here = nodes[nodes.len() - 1];
        let next = if here == a { b } else { a };
        path.push(e);
        if let Some(at) = nodes.iter().position(|&node| node == next) {
            let turn = path.split_off(at);
            if turn.iter().filter(|&&e| graph.edges[e].hostile).count() % 2 == 1 {
                return turn;
            }
            nodes.truncate(at + 1);
        } else {
            nodes.push(next);
        }
    }
    path
}
