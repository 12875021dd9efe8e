//! A lower bound on the violated edges: negative cycles with weights such that no edge carries
//! more than 1. Every cycle has a violated edge, so the weights add up to no more than there are
//! of them. The best weights are a linear programme, whose dual (cover every negative cycle) is
//! solved with the cycles that it leaves uncovered added until there is none.

use super::cycles::{Cycle, shortest};
use super::graph::SignedGraph;
use crate::error::Result;
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Rounds of separation after which a bound is taken as it is.
const ROUNDS: usize = 200;
/// The most cycles that are added in a round.
const ADDED: usize = 60;
/// Cycles up to this length are kept: those that nearly bind may bind again.
const KEPT: f64 = 1.5;

/// Cycles with weights, and what they prove.
pub(super) struct Packing {
    pub(super) value: f64,
    pub(super) cycles: Vec<(Cycle, f64)>,
}

/// A packing; it may stop early where it exceeds `enough`, or with more than `most` cycles.
pub(super) fn packing(
    graph: &SignedGraph,
    enough: f64,
    most: usize,
    backend: Backend,
    work: &Work,
) -> Result<Packing> {
    let mut cover = vec![0.0; graph.edges.len()];
    let mut cycles: Vec<Cycle> = Vec::new();
    let below = 1.0 - Tolerances::DEFAULT.certificate;
    for _ in 0..ROUNDS {
        let found = shortest(graph, &cover, below);
        if found.is_empty() {
            break;
        }
        // What no longer binds goes, so that programmes stay small.
        cycles.retain(|cycle| cycle.iter().map(|&e| cover[e]).sum::<f64>() < KEPT);
        cycles.extend(found.into_iter().take(ADDED));
        // Where the time is up, what the cycles so far prove is proven.
        if covering(&cycles, &mut cover, backend)? > enough || cycles.len() > most || work.is_over()
        {
            break;
        }
    }
    weighted(cycles, cover.len(), backend)
}

/// The least cover of the cycles, a value from 0 to 1 for each edge.
fn covering(rows: &[Cycle], cover: &mut [f64], backend: Backend) -> Result<f64> {
    let mut program = LinearProgram::new();
    let mut column = vec![None; cover.len()];
    for &e in rows.iter().flatten() {
        column[e].get_or_insert_with(|| program.variable(1.0, 0.0, 1.0));
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
fn weighted(cycles: Vec<Cycle>, m: usize, backend: Backend) -> Result<Packing> {
    if cycles.is_empty() {
        return Ok(Packing { value: 0.0, cycles: Vec::new() });
    }
    let mut program = LinearProgram::new();
    let columns: Vec<_> = cycles.iter().map(|_| program.variable(-1.0, 0.0, 1.0)).collect();
    let mut loads = vec![Vec::new(); m];
    for (cycle, &column) in cycles.iter().zip(&columns) {
        for &e in cycle {
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
    let weights = columns.into_iter().map(rounded);
    let cycles: Vec<_> = cycles.into_iter().zip(weights).filter(|(_, w)| *w > 0.0).collect();
    Ok(Packing { value: cycles.iter().map(|(_, weight)| weight).sum(), cycles })
}
