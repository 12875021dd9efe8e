//! From floating solutions to exact ones.

use dashu_ratio::RBig;

use super::rows::{Network, Row};
use crate::exact::sum;

/// The largest denominator of a multiplier: those of a vertex are small, as all coefficients
/// are −1, 0 or 1.
const DENOMINATOR: i64 = 5000;
/// An amount below this share of all power is taken for nothing.
const NOTHING: f64 = 1e-9;

/// The fraction with a small denominator next to a number, by its continued fraction.
pub(super) fn fraction(value: f64) -> RBig {
    let (mut before, mut now) = ((0i64, 1i64), (1i64, 0i64));
    let mut rest = value;
    for _ in 0..20 {
        let whole = rest.floor();
        if whole.abs() > 1e9 {
            break;
        }
        let next = (whole as i64 * now.0 + before.0, whole as i64 * now.1 + before.1);
        if next.1 > DENOMINATOR {
            break;
        }
        (before, now) = (now, next);
        let part = rest - whole;
        if part < 1e-7 {
            break;
        }
        rest = 1.0 / part;
    }
    RBig::from(now.0) / RBig::from(now.1.max(1))
}

/// What the weighed conditions come to at most, over all allocations; `true` if that contradicts
/// them: below 0, or not above it though strict ones weigh.
pub(super) fn contradicts(network: &Network, rows: &[Row], multipliers: &[RBig]) -> bool {
    if multipliers.len() != rows.len() {
        return false;
    }
    let mut sum = RBig::ZERO;
    let mut strict = false;
    for (i, (row, v)) in rows.iter().zip(multipliers).enumerate() {
        if !row.equation {
            if *v < RBig::ZERO {
                return false;
            }
            strict |= *v > RBig::ZERO;
        }
        if row.own != 0 {
            sum += RBig::from(row.own) * v * &network.powers[i];
        }
    }
    for (i, power) in network.powers.iter().enumerate() {
        let arcs = network.arcs.iter().enumerate().filter(|(_, (from, _))| *from == i);
        let weighed = arcs.map(|(a, _)| {
            rows.iter().zip(multipliers).fold(RBig::ZERO, |sum, (row, v)| {
                match row.coefficients[a] {
                    1 => sum + v,
                    -1 => sum - v,
                    _ => sum,
                }
            })
        });
        if let Some(most) = weighed.max() {
            sum += most * power;
        }
    }
    sum < RBig::ZERO || (strict && sum <= RBig::ZERO)
}

/// An exact allocation that satisfies budgets and conditions, next to a floating one in units
/// of all power; `None` if there is none near it.
pub(super) fn allocation(network: &Network, rows: &[Row], near: &[f64]) -> Option<Vec<RBig>> {
    let total = sum(network.powers.iter());
    let start = |x: &f64| {
        if *x < NOTHING {
            return Some(RBig::ZERO);
        }
        crate::exact::parse_decimal(&format!("{x:.12}")).map(|x| x * &total)
    };
    let mut amounts: Vec<RBig> = near.iter().map(start).collect::<Option<_>>()?;
    // The columns that may carry a correction, the largest amounts first.
    let columns = crate::order::by((0..near.len()).filter(|&a| near[a] >= NOTHING), |a, b| {
        near[b].total_cmp(&near[a])
    });
    let mut equations: Vec<(Vec<RBig>, RBig)> = Vec::new();
    let coefficient = |c: i8| match c {
        1 => RBig::ONE,
        -1 => -RBig::ONE,
        _ => RBig::ZERO,
    };
    for (i, power) in network.powers.iter().enumerate() {
        let own = |a: usize| i8::from(network.arcs[a].0 == i);
        let given = network.arcs.iter().zip(&amounts).filter(|((from, _), _)| *from == i);
        let sum = given.fold(RBig::ZERO, |sum, (_, x)| sum + x);
        equations.push((columns.iter().map(|&a| coefficient(own(a))).collect(), power - sum));
    }
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.equation) {
        let left = columns.iter().map(|&a| coefficient(row.coefficients[a])).collect();
        equations.push((left, -network.value(i, row, &amounts)));
    }
    let mut used = 0;
    for c in 0..columns.len() {
        let Some(row) = (used..equations.len()).find(|&r| !equations[r].0[c].is_zero()) else {
            continue;
        };
        equations.swap(used, row);
        let (left, right) = equations[used].clone();
        let pivot = &left[c];
        for (r, (other, value)) in equations.iter_mut().enumerate() {
            if r != used && !other[c].is_zero() {
                let factor = &other[c] / pivot;
                other.iter_mut().zip(&left).for_each(|(o, l)| {
                    if !l.is_zero() {
                        *o = &*o - &factor * l;
                    }
                });
                *value = &*value - &factor * &right;
            }
        }
        used += 1;
    }
    if equations[used..].iter().any(|(_, right)| !right.is_zero()) {
        return None;
    }
    for (left, right) in &equations[..used] {
        let c = left.iter().position(|l| !l.is_zero())?;
        amounts[columns[c]] += right / &left[c];
    }
    holds(network, rows, &amounts).then_some(amounts)
}

/// Whether an allocation satisfies budgets and conditions, exactly.
pub(super) fn holds(network: &Network, rows: &[Row], amounts: &[RBig]) -> bool {
    let budget = |i: usize| {
        let given = network.arcs.iter().zip(amounts).filter(|((from, _), _)| *from == i);
        given.fold(RBig::ZERO, |sum, (_, x)| sum + x) == network.powers[i]
    };
    amounts.len() == network.arcs.len()
        && amounts.iter().all(|x| *x >= RBig::ZERO)
        && (0..network.len()).all(budget)
        && rows.iter().enumerate().all(|(i, row)| {
            let value = network.value(i, row, amounts);
            if row.equation { value.is_zero() } else { value > RBig::ZERO }
        })
}
