//! All splits as good as the best, by looking at every split.

use super::graph::SignedGraph;

/// The splits of the nodes with ties that violate exactly `frustration` edges, in the order of
/// bits, the last node on the first side. O(2^(n−1) · ties of a node).
pub(super) fn splits(graph: &SignedGraph, aligned: &[usize], frustration: usize) -> Vec<Vec<bool>> {
    let mut side = vec![false; graph.len()];
    let mut violated = graph.frustration(&side) as i64;
    let mut found = Vec::new();
    let free = aligned.len().saturating_sub(1);
    for step in 1..=1u64 << free {
        if violated == frustration as i64 {
            found.push(side.clone());
        }
        let k = step.trailing_zeros() as usize;
        if k >= free {
            break;
        }
        let i = aligned[k];
        for &(_, e) in &graph.ties[i] {
            violated += if graph.violates(&side, graph.edges[e]) { -1 } else { 1 };
        }
        side[i] = !side[i];
    }
    found.sort_unstable();
    found
}
