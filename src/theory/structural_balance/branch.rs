//! Branch and bound: an edge is kept or violated, until every branch is bounded.
//!
//! The branches with the lowest bounds are taken first, a fixed number of them at a time, side by
//! side: so the tree does not depend on how many threads there are, and where the time is up the
//! open branches prove the best bound that their number allows.

use rayon::prelude::*;

use super::bound::{Bound, Bounded, bound};
use super::cycles::{Cycle, Fixed, hostile};
use super::graph::SignedGraph;
use crate::error::Result;
use crate::lp::Backend;
use crate::work::Work;

/// The most branches that are bounded: each keeps its cover and its cycles.
const BRANCHES: usize = 50_000;
/// Branches that are parted at a time.
const AT_A_TIME: usize = 4;
/// Room left for rounding when a bound is compared with a whole number.
const ROOM: f64 = 1e-6;

/// A branch that needs no further look: what is decided there, in order, and why no split on it
/// violates fewer edges than the bound.
pub(super) struct Leaf {
    pub(super) decided: Vec<(usize, Fixed)>,
    pub(super) packing: Vec<(Cycle, f64)>,
    /// The cycle that makes the branch impossible, where one does.
    pub(super) impossible: Option<Cycle>,
}

/// What the search came to.
pub(super) struct Proof {
    /// The leaves of the tree, which together hold all splits.
    pub(super) leaves: Vec<Leaf>,
    /// No split violates fewer edges.
    pub(super) bound: usize,
    /// Whether no branch is left.
    pub(super) complete: bool,
}

/// How the search ended.
pub(super) enum Search {
    /// With a proof, as far as it goes.
    Proof(Proof),
    /// With a split that violates fewer edges than the best one known.
    Better(Vec<bool>),
}

/// A branch that is bounded.
struct Branch {
    decided: Vec<(usize, Fixed)>,
    /// How many edges are violated there at least.
    value: f64,
    bounded: Bounded,
}

impl Branch {
    fn leaf(self) -> Leaf {
        Leaf { decided: self.decided, packing: self.bounded.packing, impossible: None }
    }
}

/// Shows that no split violates fewer than `best` edges, as far as that can be shown, or finds
/// one that does.
pub(super) fn prove(
    graph: &SignedGraph,
    best: usize,
    backend: Backend,
    work: &Work,
) -> Result<Search> {
    let tree = Tree { graph, best, backend, work };
    work.begin("bounds", 0);
    let found = tree.search();
    work.end();
    found
}

struct Tree<'a> {
    graph: &'a SignedGraph,
    best: usize,
    backend: Backend,
    work: &'a Work<'a>,
}

/// A branch to be bounded, with cycles to begin with.
type Part = (Vec<(usize, Fixed)>, Vec<Cycle>);

impl Tree<'_> {
    fn search(&self) -> Result<Search> {
        let mut leaves = Vec::new();
        // In descending order of their bounds.
        let mut open: Vec<Branch> = Vec::new();
        let mut parts: Vec<Part> = vec![(Vec::new(), Vec::new())];
        let mut looked = 0;
        while !parts.is_empty() {
            looked += parts.len();
            // All of them first, so that the first in order is told whoever comes across it.
            let bounded: Vec<Result<_>> =
                parts.into_par_iter().map(|part| self.bounded(part)).collect();
            for found in bounded {
                let (decided, found) = found?;
                let bounded = match found {
                    Bound::Impossible(cycle) => {
                        let impossible = Some(cycle);
                        leaves.push(Leaf { decided, packing: Vec::new(), impossible });
                        continue;
                    }
                    Bound::AtLeast(bounded) => bounded,
                };
                let side = rounded(self.graph, &fixed(self.graph, &decided), &bounded.cover);
                if self.graph.frustration(&side) < self.best {
                    return Ok(Search::Better(side));
                }
                let value = paid(&decided) as f64 + bounded.value;
                let branch = Branch { decided, value, bounded };
                if value > self.enough() {
                    leaves.push(branch.leaf());
                } else {
                    let at = open.partition_point(|other| other.value > value);
                    open.insert(at, branch);
                }
            }
            if looked >= BRANCHES || self.work.is_over() {
                break;
            }
            parts = self.parted(&mut open);
        }
        let complete = open.is_empty();
        let lowest = open.last().map_or(self.best as f64, |branch| branch.value);
        let bound = ((lowest - ROOM).ceil().max(0.0) as usize).min(self.best);
        leaves.extend(open.into_iter().rev().map(Branch::leaf));
        Ok(Search::Proof(Proof { leaves, bound, complete }))
    }

    /// Whole numbers: more than best − 1 is best.
    fn enough(&self) -> f64 {
        self.best as f64 - 1.0 + ROOM
    }

    fn bounded(&self, (decided, cycles): Part) -> Result<(Vec<(usize, Fixed)>, Bound)> {
        let fixed = fixed(self.graph, &decided);
        let enough = self.enough() - paid(&decided) as f64;
        let found = bound(self.graph, &fixed, cycles, enough, self.backend, self.work)?;
        self.work.advance(1);
        Ok((decided, found))
    }

    /// Takes the branches with the lowest bounds, each in its two parts. None are taken where
    /// one of them has nothing left to be decided.
    fn parted(&self, open: &mut Vec<Branch>) -> Vec<Part> {
        let taken = open.len().saturating_sub(AT_A_TIME);
        let edge = |branch: &Branch| {
            let fixed = fixed(self.graph, &branch.decided);
            most_open(self.graph, &fixed, &branch.bounded.cover)
        };
        let edges: Option<Vec<usize>> = open[taken..].iter().map(edge).collect();
        let Some(edges) = edges else { return Vec::new() };
        let branches = open.drain(taken..).zip(edges);
        let parts = branches.flat_map(|(branch, edge)| {
            let Branch { decided, bounded, .. } = branch;
            [Fixed::Kept, Fixed::Violated].map(|as_what| {
                ([&decided[..], &[(edge, as_what)]].concat(), bounded.cycles.clone())
            })
        });
        parts.collect()
    }
}

/// What is decided of each edge.
fn fixed(graph: &SignedGraph, decided: &[(usize, Fixed)]) -> Vec<Fixed> {
    let mut fixed = vec![Fixed::Free; graph.edges.len()];
    decided.iter().for_each(|&(e, as_what)| fixed[e] = as_what);
    fixed
}

/// How many edges are decided to be violated.
fn paid(decided: &[(usize, Fixed)]) -> usize {
    decided.iter().filter(|(_, as_what)| *as_what == Fixed::Violated).count()
}

/// A split from a cover: along the edges of a spanning forest that the cover takes least of.
fn rounded(graph: &SignedGraph, fixed: &[Fixed], cover: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..cover.len()).collect();
    let cost = |e: usize| if fixed[e] == Fixed::Free { cover[e] } else { -1.0 };
    order.sort_by(|&a, &b| cost(a).total_cmp(&cost(b)));
    // Each node's tree, and its side there.
    let mut tree: Vec<usize> = (0..graph.len()).collect();
    let mut side = vec![false; graph.len()];
    for e in order {
        let [i, j] = graph.edges[e].ends;
        if tree[i] == tree[j] {
            continue;
        }
        let turn = (side[i] != side[j]) != hostile(graph, fixed, e);
        let (from, to) = (tree[j], tree[i]);
        for k in 0..graph.len() {
            if tree[k] == from {
                tree[k] = to;
                side[k] ^= turn;
            }
        }
    }
    side
}

/// The free edge whose value is nearest to one half, of those the one whose ends have most ties.
fn most_open(graph: &SignedGraph, fixed: &[Fixed], cover: &[f64]) -> Option<usize> {
    let free = (0..fixed.len()).filter(|&e| fixed[e] == Fixed::Free);
    let score = |e: usize| {
        let [i, j] = graph.edges[e].ends;
        let ties = (graph.ties[i].len() + graph.ties[j].len()) as f64;
        (0.5 - (cover[e] - 0.5).abs()) + 1e-3 * ties
    };
    free.max_by(|&a, &b| score(a).total_cmp(&score(b)))
}
