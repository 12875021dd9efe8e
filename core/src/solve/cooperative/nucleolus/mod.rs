//! The nucleolus: the allocation whose complaints, sorted from the largest down, are
//! lexicographically smallest.
//!
//! Method (Maschler, Peleg & Shapley 1979, with the dual's word for what is settled): at each
//! level minimise the largest excess over the coalitions not yet settled. The coalitions with
//! positive dual weights have that excess in *every* optimal allocation, so they are settled,
//! and with them whatever is in their span; other coalitions that happen to be tight are not.
//! Each level raises the dimension of the span, which ends at `n`. Whether a coalition is in
//! the span is decided exactly (see [`span`](crate::solve::cooperative::polytope::span)).
//!
//! The **prenucleolus** is taken over all efficient allocations, the **nucleolus** over the
//! imputations, those that give every player what it can get alone. For a zero-monotonic
//! game they are the same. Proof: [`Level`], after Kohlberg (1971).
//!
//! Cost: up to `n − 1` programmes (see [`least_core`]), which has the limits.
//!
//! References: Schmeidler (1969), *SIAM J. Appl. Math.* 17; Kohlberg (1971), *SIAM J. Appl.
//! Math.* 20; Maschler, Peleg & Shapley (1979), *Math. Oper. Res.* 4.
pub mod contest;
pub(in crate::solve) mod descent;
pub mod exact;
pub(in crate::solve) mod excess_dual;
pub(in crate::solve) mod excess_program;
pub mod least_core;
pub(in crate::solve) mod levels;
pub mod per_capita;

use crate::coalition::Coalition;
use crate::error::Result;
use crate::lp::Backend;
use crate::solve::cooperative::nucleolus::descent::Descent;
use crate::solve::cooperative::nucleolus::least_core::LeastCoreSolver;
use crate::solve::cooperative::separation::{Separation, ValueTable};
use crate::solve::settlement::Level;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// A nucleolus with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Nucleolus {
    /// The payoffs.
    pub allocation: Vec<f64>,
    /// The proof.
    pub levels: Vec<Level>,
}

/// What came of the search for a nucleolus.
#[derive(Debug, Clone, PartialEq)]
pub enum NucleolusFinding {
    /// It was found.
    Decided(Nucleolus),
    /// There is none: what the players can get alone adds up to more than there is.
    NoImputation {
        /// By how much, `Σ v({i}) − v(N) > 0`.
        shortfall: f64,
    },
    /// The time was up first.
    Undecided,
}

/// The prenucleolus: over all efficient allocations. Every game has exactly one.
///
/// # Errors
/// If the backend fails.
pub fn prenucleolus(
    table: &dyn Separation,
    backend: Backend,
    work: &Work,
) -> Result<NucleolusFinding> {
    let mut solver = LeastCoreSolver::new(table, backend);
    let found = levels(&mut solver, None, work)?;
    Ok(found.map_or(NucleolusFinding::Undecided, |(_, found)| NucleolusFinding::Decided(found)))
}

/// The nucleolus: over the imputations.
///
/// # Errors
/// If the backend fails.
pub fn nucleolus(table: &ValueTable, backend: Backend, work: &Work) -> Result<NucleolusFinding> {
    let n = table.players();
    let mut floors: Vec<f64> = (0..n).map(|i| table.value(Coalition::singleton(i))).collect();
    let shortfall = floors.iter().sum::<f64>() - table.value(table.grand());
    if shortfall > Tolerances::DEFAULT.excess * table.unit() {
        return Ok(NucleolusFinding::NoImputation { shortfall });
    }
    // A single imputation must not be lost to rounding.
    floors.iter_mut().for_each(|floor| *floor -= shortfall.max(0.0) / n as f64);
    // Equal shares need not be an imputation, and what is not bounds no level.
    let surplus = table.value(table.grand()) - floors.iter().sum::<f64>();
    let start: Vec<f64> = floors.iter().map(|floor| floor + surplus / n as f64).collect();
    let mut solver = LeastCoreSolver::new(table, backend).starting_from(&start);
    let found = levels(&mut solver, Some(&floors), work)?;
    Ok(found.map_or(NucleolusFinding::Undecided, |(_, found)| NucleolusFinding::Decided(found)))
}

/// The levels one by one; the first of them are the least core. `None` if the time was up.
pub(crate) fn levels(
    solver: &mut LeastCoreSolver,
    floors: Option<&[f64]>,
    work: &Work,
) -> Result<Option<(Descent, Nucleolus)>> {
    let mut descent = Descent::new(solver);
    while !descent.is_complete() {
        if descent.step(solver, floors, work)?.is_none() {
            return Ok(None);
        }
    }
    let allocation = descent.allocation.clone();
    let levels = descent.steps.iter().map(|step| step.level.clone()).collect();
    Ok(Some((descent, Nucleolus { allocation, levels })))
}
