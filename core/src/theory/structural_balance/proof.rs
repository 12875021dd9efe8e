//! Shows that no split violates fewer edges: by cycles where they do, else by odd sums of signs.

use ndarray::Array2;

use super::cycles::Cycle;
use super::graph::SignedGraph;
use super::packing::packing;
use crate::error::Result;
use crate::lp::Backend;
use crate::theory::structural_balance::signs::{self, Case, Form};
use crate::work::Work;

/// The most cycles: programmes of more take longer than odd sums.
const CYCLES: usize = 250;
/// Room left for rounding when a bound is compared with a whole number.
const ROOM: f64 = 1e-6;

/// Why no split violates fewer edges than the bound.
pub(super) enum Evidence {
    /// Negative cycles with weights.
    Cycles(Vec<(Cycle, f64)>),
    /// Cases that hold all splits, each with odd sums, over the nodes that have an edge.
    Cases(Vec<Case>),
}

/// The best split found, and what was proven of it.
pub(super) struct Proof {
    pub(super) side: Vec<bool>,
    /// No split violates fewer edges.
    pub(super) bound: usize,
    pub(super) evidence: Evidence,
}

/// Shows that no split violates fewer edges than this one, as far as that can be shown, or finds
/// one that does for which it can.
pub(super) fn prove(
    graph: &SignedGraph,
    side: Vec<bool>,
    backend: Backend,
    work: &Work,
) -> Result<Proof> {
    // Whole numbers: more than best − 1 is best.
    let best = graph.frustration(&side);
    let enough = best as f64 - 1.0 + ROOM;
    let nodes = graph.aligned();
    let small = nodes.len() <= signs::MOST;
    work.begin("bounds", 0);
    let packing = packing(graph, enough, if small { CYCLES } else { usize::MAX }, backend, work)?;
    let by_cycles = whole(packing.value, best);
    if by_cycles == best || !small || work.is_over() {
        work.end();
        return Ok(Proof { side, bound: by_cycles, evidence: Evidence::Cycles(packing.cycles) });
    }
    let negative: Vec<bool> = nodes.iter().map(|&i| side[i]).collect();
    let found = signs::prove(&form(graph, &nodes), negative, 1.0, work);
    work.end();
    let mut side = side;
    nodes.iter().zip(&found.negative).for_each(|(&i, &negative)| side[i] = negative);
    let best = graph.frustration(&side);
    let by_sums = if found.complete { best } else { whole(found.bound, best) };
    Ok(if by_sums > by_cycles {
        Proof { side, bound: by_sums, evidence: Evidence::Cases(found.cases) }
    } else {
        let bound = by_cycles.min(best);
        Proof { side, bound, evidence: Evidence::Cycles(packing.cycles) }
    })
}

/// The whole number that a bound comes to, which is no more than the best one known.
fn whole(bound: f64, best: usize) -> usize {
    ((bound - ROOM).ceil().max(0.0) as usize).min(best)
}

/// The number of violated edges where nodes of different signs are on different sides: one half
/// for each edge, and less its sign's half where its ends are together.
fn form(graph: &SignedGraph, nodes: &[usize]) -> Form {
    let mut place = vec![0; graph.len()];
    nodes.iter().enumerate().for_each(|(at, &i)| place[i] = at);
    let mut matrix = Array2::zeros((nodes.len(), nodes.len()));
    for edge in &graph.edges {
        let [i, j] = edge.ends.map(|i| place[i]);
        let quarter = if edge.hostile { 0.25 } else { -0.25 };
        matrix[[i, j]] = quarter;
        matrix[[j, i]] = quarter;
    }
    Form { constant: graph.edges.len() as f64 / 2.0, matrix }
}
