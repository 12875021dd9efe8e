//! The linear programmes of a pattern: the allocation with the largest slack, and the
//! multipliers that prove that there is none.

use super::rows::{Network, Row};
use crate::error::Result;
use crate::lp::{Backend, Comparison, LinearProgram, Outcome};

/// The largest slack of the conditions, in units of all power, and the allocation that has it;
/// `None` if no allocation satisfies the equations.
pub(super) fn slack(
    network: &Network,
    powers: &[f64],
    rows: &[Row],
    backend: Backend,
) -> Option<(f64, Vec<f64>)> {
    let mut program = LinearProgram::new();
    let arcs: Vec<_> = network.arcs.iter().map(|_| program.non_negative(0.0)).collect();
    let slack = program.variable(-1.0, -2.0, 1.0);
    for (i, &power) in powers.iter().enumerate() {
        let own = network.arcs.iter().zip(&arcs).filter(|((from, _), _)| *from == i);
        program.row(own.map(|(_, &v)| (v, 1.0)), Comparison::Equal, power);
    }
    for (i, row) in rows.iter().enumerate() {
        let used = row.coefficients.iter().zip(&arcs).filter(|(c, _)| **c != 0);
        let terms = used.map(|(c, &v)| (v, f64::from(*c)));
        let constant = f64::from(row.own) * powers[i];
        if row.equation {
            program.row(terms, Comparison::Equal, -constant);
        } else {
            program.row(terms.chain([(slack, -1.0)]), Comparison::AtLeast, -constant);
        }
    }
    match backend.solve(&program) {
        Outcome::Optimal(solution) => {
            let allocation = arcs.iter().map(|&v| solution.value(v)).collect();
            Some((solution.value(slack), allocation))
        }
        _ => None,
    }
}

/// Multipliers of the conditions, with as much contradiction as can be.
///
/// With `v ≥ 0` for conditions and free for equations, let `u_i` be the largest weighed
/// coefficient of an arc from `i`: no allocation makes the weighed sum of the conditions more
/// than `Σ v·constant + Σ u_i p_i`, and the multipliers make that as small as can be. If
/// `strict`, the strict conditions weigh 1 together; else equations alone must contradict each
/// other. The sizes of the others are limited, so that there is a smallest.
pub(super) fn multipliers(
    network: &Network,
    powers: &[f64],
    rows: &[Row],
    strict: bool,
    backend: Backend,
) -> Result<Vec<f64>> {
    const LARGEST: f64 = 64.0;
    let mut program = LinearProgram::new();
    let conditions: Vec<_> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let low = if row.equation { -LARGEST } else { 0.0 };
            program.variable(f64::from(row.own) * powers[i], low, LARGEST)
        })
        .collect();
    let budgets: Vec<_> = powers.iter().map(|&power| program.free(power)).collect();
    for (a, &(from, _)) in network.arcs.iter().enumerate() {
        let weighed = rows.iter().zip(&conditions).map(|(row, &v)| (v, row.coefficients[a]));
        let terms = weighed.filter(|(_, c)| *c != 0).map(|(v, c)| (v, f64::from(c)));
        program.row(terms.chain([(budgets[from], -1.0)]), Comparison::AtMost, 0.0);
    }
    if strict {
        let strict = rows.iter().zip(&conditions).filter(|(row, _)| !row.equation);
        program.row(strict.map(|(_, &v)| (v, 1.0)), Comparison::Equal, 1.0);
    }
    let solution = backend.optimum(&program)?;
    Ok(conditions.iter().map(|&v| solution.value(v)).collect())
}
