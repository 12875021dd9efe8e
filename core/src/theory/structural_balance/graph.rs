//! A signed graph, and splits of its nodes.

use dashu_ratio::RBig;
use ndarray::Array2;

/// A tie between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) ends: [usize; 2],
    /// Whether the two are foes.
    pub(super) hostile: bool,
}

/// The ties of a system.
pub(super) struct SignedGraph {
    pub(super) edges: Vec<Edge>,
    /// For each node its neighbours, each with the number of the edge.
    pub(super) ties: Vec<Vec<(usize, usize)>>,
}

impl SignedGraph {
    /// The ties that are not zero.
    pub(super) fn new(signs: &Array2<RBig>) -> Self {
        let n = signs.nrows();
        let mut graph = Self { edges: Vec::new(), ties: vec![Vec::new(); n] };
        for i in 0..n {
            for j in i + 1..n {
                let sign = &signs[[i, j]];
                if !sign.is_zero() {
                    let e = graph.edges.len();
                    graph.edges.push(Edge { ends: [i, j], hostile: *sign < RBig::ZERO });
                    graph.ties[i].push((j, e));
                    graph.ties[j].push((i, e));
                }
            }
        }
        graph
    }

    /// The number of nodes.
    pub(super) fn len(&self) -> usize {
        self.ties.len()
    }

    /// Whether a split violates an edge: friends apart, or foes together.
    pub(super) fn violates(&self, side: &[bool], edge: Edge) -> bool {
        let [i, j] = edge.ends;
        (side[i] != side[j]) != edge.hostile
    }

    /// How many edges a split violates. O(edges).
    pub(super) fn frustration(&self, side: &[bool]) -> usize {
        self.edges.iter().filter(|&&edge| self.violates(side, edge)).count()
    }

    /// The nodes that have an edge.
    pub(super) fn aligned(&self) -> Vec<usize> {
        (0..self.len()).filter(|&i| !self.ties[i].is_empty()).collect()
    }

    /// The nodes along a cycle of edges, in order.
    pub(super) fn along(&self, cycle: &[usize]) -> impl Iterator<Item = usize> {
        let ends = |at: usize| self.edges[cycle[at % cycle.len()]].ends;
        // The node that an edge shares with the next one.
        (0..cycle.len()).map(move |at| {
            let [a, b] = ends(at);
            if ends(at + 1).contains(&b) { b } else { a }
        })
    }

    /// The nodes of each connected component that has an edge.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if seen[start] || self.ties[start].is_empty() {
                continue;
            }
            seen[start] = true;
            let mut component = vec![start];
            let mut at = 0;
            while at < component.len() {
                for &(next, _) in &self.ties[component[at]] {
                    if !std::mem::replace(&mut seen[next], true) {
                        component.push(next);
                    }
                }
                at += 1;
            }
            component.sort_unstable();
            components.push(component);
        }
        components
    }
}
