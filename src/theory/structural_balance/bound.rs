//! A lower bound on the violated edges: negative cycles with weights such that no edge carries
//! more than 1. Every cycle has a violated edge, so the weights add up to no more than there are
//! of them. The best weights are a linear programme, whose dual (cover every negative cycle) is
//! solved with the cycles that it leaves uncovered added until there is none.

use super::cycles::{Cycle, Fixed, hostile, shortest};
use super::graph::SignedGraph;
use crate::error::Result;
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// What a branch came to.
pub(super) enum Bound {
    /// A negative cycle of edges that are all decided: no split does that.
    Impossible(Cycle),
    /// So many edges at least.
    AtLeast(Bounded),
}

/// A bound, beside the edges paid for.
pub(super) struct Bounded {
    pub(super) value: f64,
    /// Cycles with weights that prove it.
    pub(super) packing: Vec<(Cycle, f64)>,
    /// The value of each edge in the best cover.
    pub(super) cover: Vec<f64>,
    /// The cycles that bind it, for branches to begin with.
    pub(super) cycles: Vec<Cycle>,
}

/// Rounds of separation after which a bound is taken as it is.
const ROUNDS: usize = 200;
/// The most cycles that are added in a round.
const ADDED: usize = 60;
/// Cycles up to this length are kept: those that nearly bind may bind again.
const KEPT: f64 = 1.5;

/// The bound of a branch, from these cycles on; it may stop early where it exceeds `enough`.
pub(super) fn bound(
    graph: &SignedGraph,
    fixed: &[Fixed],
    cycles: Vec<Cycle>,
    enough: f64,
    backend: Backend,
    work: &Work,
) -> Result<Bound> {
    let mut cover = vec![0.0; graph.edges.len()];
    let negative =
        |cycle: &Cycle| cycle.iter().filter(|&&e| hostile(graph, fixed, e)).count() % 2 == 1;
    let is_free = |e: &&usize| fixed[**e] == Fixed::Free;
    let decided = |cycle: &&Cycle| !cycle.iter().any(|e| is_free(&e));
    let mut cycles = cycles;
    cycles.retain(negative);
    if cycles.is_empty() {
        cycles.extend(shortest(graph, fixed, &cover, 1.0).into_iter().map(|(_, cycle)| cycle));
    }
    for _ in 0..ROUNDS {
        if let Some(cycle) = cycles.iter().find(decided) {
            return Ok(Bound::Impossible(cycle.clone()));
        }
        if work.is_over() {
            // What the cycles so far prove is proven.
            break;
        }
        let value = covering(&cycles, fixed, &mut cover, backend)?;
        if value > enough {
            break;
        }
        let below = 1.0 - Tolerances::DEFAULT.certificate;
        let found = shortest(graph, fixed, &cover, below);
        // What no longer binds goes, so that programmes stay small.
        let length = |cycle: &Cycle| cycle.iter().filter(is_free).map(|&e| cover[e]).sum::<f64>();
        cycles.retain(|cycle| length(cycle) < KEPT);
        if found.is_empty() {
            break;
        }
        cycles.extend(found.into_iter().take(ADDED).map(|(_, cycle)| cycle));
    }
    if let Some(cycle) = cycles.iter().find(decided) {
        return Ok(Bound::Impossible(cycle.clone()));
    }
    let packing = packing(&cycles, fixed, cover.len(), backend)?;
    let value = packing.iter().map(|(_, weight)| weight).sum();
    Ok(Bound::AtLeast(Bounded { value, packing, cover, cycles }))
}

/// The least cover of the cycles, a value from 0 to 1 for each free edge.
fn covering(rows: &[Cycle], fixed: &[Fixed], cover: &mut [f64], backend: Backend) -> Result<f64> {
    if rows.is_empty() {
        cover.fill(0.0);
        return Ok(0.0);
    }
    let mut program = LinearProgram::new();
    let mut column = vec![None; cover.len()];
    for cycle in rows {
        for &e in cycle.iter().filter(|&&e| fixed[e] == Fixed::Free) {
            column[e].get_or_insert_with(|| program.variable(1.0, 0.0, 1.0));
        }
    }
    for cycle in rows {
        let terms = cycle.iter().filter_map(|&e| column[e].map(|v| (v, 1.0)));
        program.row(terms, Comparison::AtLeast, 1.0);
    }
    let solution = backend.optimum(&program)?;
    for (value, column) in cover.iter_mut().zip(&column) {
        *value = column.map_or(0.0, |v| solution.value(v).clamp(0.0, 1.0));
    }
    Ok(solution.objective)
}

/// The best weights of the cycles, scaled so that no edge carries more than 1 whatever the
/// rounding.
fn packing(
    rows: &[Cycle],
    fixed: &[Fixed],
    m: usize,
    backend: Backend,
) -> Result<Vec<(Cycle, f64)>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut program = LinearProgram::new();
    let columns: Vec<_> = rows.iter().map(|_| program.variable(-1.0, 0.0, 1.0)).collect();
    let mut loads = vec![Vec::new(); m];
    for (cycle, &column) in rows.iter().zip(&columns) {
        for &e in cycle.iter().filter(|&&e| fixed[e] == Fixed::Free) {
            loads[e].push((column, 1.0));
        }
    }
    for load in loads.iter().filter(|load| !load.is_empty()) {
        program.row(load.iter().copied(), Comparison::AtMost, 1.0);
    }
    let solution = backend.optimum(&program)?;
    let weight = |column| solution.value(column).max(0.0);
    let load = |load: &Vec<_>| load.iter().map(|&(column, _)| weight(column)).sum::<f64>();
    // Weights are written with nine decimals, rounded down: no sum of them exceeds 1.
    let largest = loads.iter().map(load).fold(1.0, f64::max);
    let rounded = |column| (weight(column) / largest * 1e9 - 0.5).floor().max(0.0) / 1e9;
    let weights = rows.iter().zip(&columns);
    let weights = weights.map(|(cycle, &column)| (cycle.clone(), rounded(column)));
    Ok(weights.filter(|(_, weight)| *weight > 0.0).collect())
}
