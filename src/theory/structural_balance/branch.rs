//! Branch and bound: an edge is kept or violated, until every branch is bounded.

use super::bound::{Bound, Packing, Pool, bound};
use super::cycles::{Fixed, hostile};
use super::graph::SignedGraph;
use crate::error::Result;
use crate::lp::Backend;
use crate::work::Work;

/// The most branches that are bounded.
const BRANCHES: usize = 1000;
/// Room left for rounding when a bound is compared with a whole number.
const ROOM: f64 = 1e-6;

/// A branch that needs no further look: what is decided there, in order, and why no split on it
/// violates fewer edges than the best.
pub(super) struct Leaf {
    pub(super) decided: Vec<(usize, Fixed)>,
    pub(super) packing: Packing,
    /// The cycle that makes the branch impossible, where one does.
    pub(super) impossible: Option<Vec<usize>>,
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

/// Shows that no split violates fewer than `best` edges, as far as that can be shown, or finds
/// one that does.
pub(super) fn prove(
    graph: &SignedGraph,
    best: usize,
    backend: Backend,
    work: &Work,
) -> Result<Search> {
    let mut pool = Pool::default();
    let mut leaves = Vec::new();
    let mut open: Vec<Vec<(usize, Fixed)>> = vec![Vec::new()];
    let mut root = None;
    let mut looked = 0;
    work.begin("bounds", 0);
    while let Some(decided) = open.pop() {
        looked += 1;
        work.advance(1);
        let mut fixed = vec![Fixed::Free; graph.edges.len()];
        decided.iter().for_each(|&(e, as_what)| fixed[e] = as_what);
        let paid = decided.iter().filter(|(_, as_what)| *as_what == Fixed::Violated).count();
        if paid >= best {
            leaves.push(Leaf { decided, packing: Vec::new(), impossible: None });
            continue;
        }
        // Whole numbers: more than best − 1 is best.
        let enough = (best - paid) as f64 - 1.0 + ROOM;
        if root.is_some() && (looked > BRANCHES || work.is_over()) {
            open.push(decided);
            break;
        }
        match bound(graph, &fixed, &mut pool, enough, backend, work)? {
            Bound::Impossible(cycle) => {
                leaves.push(Leaf { decided, packing: Vec::new(), impossible: Some(cycle) });
            }
            Bound::AtLeast { value, packing, cover } => {
                root.get_or_insert(((value - ROOM).ceil().max(0.0) as usize, packing.clone()));
                let side = rounded(graph, &fixed, &cover);
                if graph.frustration(&side) < best {
                    work.end();
                    return Ok(Search::Better(side));
                }
                if value >= enough {
                    leaves.push(Leaf { decided, packing, impossible: None });
                    continue;
                }
                let Some(edge) = most_open(graph, &fixed, &cover) else {
                    open.push(decided);
                    break;
                };
                for as_what in [Fixed::Violated, Fixed::Kept] {
                    open.push([&decided[..], &[(edge, as_what)]].concat());
                }
            }
        }
    }
    work.end();
    let complete = open.is_empty();
    if complete {
        return Ok(Search::Proof(Proof { leaves, bound: best, complete }));
    }
    // What the first bound shows holds whatever is left.
    let (bound, packing) = root.unwrap_or_default();
    let leaf = Leaf { decided: Vec::new(), packing, impossible: None };
    Ok(Search::Proof(Proof { leaves: vec![leaf], bound: bound.min(best), complete }))
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
