//! A lower bound on the violated edges: negative cycles with weights such that no edge carries
//! more than 1. Every cycle has a violated edge, so the weights add up to no more than there are
//! of them. The best weights are a linear programme, whose dual (cover every negative cycle) is
//! solved with the cycles that it leaves uncovered added until there is none.

use super::cycles::{Fixed, hostile, shortest};
use super::graph::SignedGraph;
use crate::error::Result;
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Cycles with weights.
pub(super) type Packing = Vec<(Vec<usize>, f64)>;

/// What a branch came to.
pub(super) enum Bound {
    /// A negative cycle of edges that are all decided: no split does that.
    Impossible(Vec<usize>),
    /// So many edges at least, beside those paid for; the packing says why. With the value of
    /// each edge in the best cover.
    AtLeast { value: f64, packing: Packing, cover: Vec<f64> },
}

/// Cycles found so far, kept from one branch to the next.
#[derive(Default)]
pub(super) struct Pool {
    cycles: Vec<Vec<usize>>,
}

/// Rounds of separation after which a bound is taken as it is.
const ROUNDS: usize = 200;
/// The most cycles that are added in a round.
const ADDED: usize = 60;

/// The bound of a branch; it may stop early where it exceeds `enough`.
pub(super) fn bound(
    graph: &SignedGraph,
    fixed: &[Fixed],
    pool: &mut Pool,
    enough: f64,
    backend: Backend,
    work: &Work,
) -> Result<Bound> {
    let m = graph.edges.len();
    let negative =
        |cycle: &Vec<usize>| cycle.iter().filter(|&&e| hostile(graph, fixed, e)).count() % 2 == 1;
    let free = |cycle: &[usize]| cycle.iter().filter(|&&e| fixed[e] == Fixed::Free).count();
    let mut rows: Vec<Vec<usize>> = pool.cycles.iter().filter(|c| negative(c)).cloned().collect();
    if rows.is_empty() {
        rows = shortest(graph, fixed, &vec![0.0; m], 1.0).into_iter().map(|(_, c)| c).collect();
        pool.cycles.extend(rows.iter().cloned());
    }
    let mut cover = vec![0.0; m];
    for _ in 0..ROUNDS {
        if let Some(cycle) = rows.iter().find(|cycle| free(cycle) == 0) {
            return Ok(Bound::Impossible(cycle.clone()));
        }
        if work.is_over() {
            // What the cycles so far prove is proven.
            break;
        }
        let value = covering(&rows, fixed, &mut cover, backend)?;
        if value > enough {
            break;
        }
        let below = 1.0 - Tolerances::DEFAULT.certificate;
        let found = shortest(graph, fixed, &cover, below);
        // What no longer binds goes, so that programmes stay small.
        let binds = |cycle: &Vec<usize>| {
            let length: f64 =
                cycle.iter().filter(|&&e| fixed[e] == Fixed::Free).map(|&e| cover[e]).sum();
            length < 1.5
        };
        rows.retain(binds);
        if found.is_empty() {
            break;
        }
        for (_, cycle) in found.into_iter().take(ADDED) {
            if !pool.cycles.contains(&cycle) {
                pool.cycles.push(cycle.clone());
            }
            rows.push(cycle);
        }
    }
    if let Some(cycle) = rows.iter().find(|cycle| free(cycle) == 0) {
        return Ok(Bound::Impossible(cycle.clone()));
    }
    let packing = packing(rows, fixed, m, backend)?;
    let value = packing.iter().map(|(_, weight)| weight).sum();
    Ok(Bound::AtLeast { value, packing, cover })
}

/// The least cover of the cycles, a value from 0 to 1 for each free edge.
fn covering(
    rows: &[Vec<usize>],
    fixed: &[Fixed],
    cover: &mut [f64],
    backend: Backend,
) -> Result<f64> {
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
fn packing(rows: Vec<Vec<usize>>, fixed: &[Fixed], m: usize, backend: Backend) -> Result<Packing> {
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
    let weights = rows.into_iter().zip(&columns).map(|(cycle, &column)| (cycle, rounded(column)));
    Ok(weights.filter(|(_, weight)| *weight > 0.0).collect())
}
