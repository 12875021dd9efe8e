//! Small linear systems: exactly, by fraction-free elimination (Bareiss 1968), and in floats.

use dashu_int::IBig;
use dashu_ratio::RBig;

/// The mixture of the strategies `used`, of `count`, that pays every one of `answers` the
/// same; `None` unless there is exactly one with entries that solve the system. Whole
/// payoffs.
pub(super) fn equalizer(
    used: &[usize],
    answers: &[usize],
    count: usize,
    payoff: impl Fn(usize, usize) -> RBig,
) -> Option<Vec<RBig>> {
    // Unknowns: the probabilities and the payoff.
    let width = used.len() + 1;
    let mut rows: Vec<Vec<IBig>> = Vec::with_capacity(answers.len() + 1);
    let mut first: Vec<IBig> = vec![IBig::ONE; used.len()];
    first.extend([IBig::ZERO, IBig::ONE]);
    rows.push(first);
    for &answer in answers {
        let mut row = Vec::with_capacity(width + 1);
        for &own in used {
            row.push(IBig::try_from(payoff(answer, own)).ok()?);
        }
        row.extend([-IBig::ONE, IBig::ZERO]);
        rows.push(row);
    }
    let solution = solve(rows, width)?;
    let mut strategy = vec![RBig::ZERO; count];
    for (&own, value) in used.iter().zip(solution) {
        strategy[own] = value;
    }
    Some(strategy)
}

/// Solves rows of `width` coefficients and a right side; `None` unless the solution is
/// unique.
fn solve(mut rows: Vec<Vec<IBig>>, width: usize) -> Option<Vec<RBig>> {
    let mut last = IBig::ONE;
    for step in 0..width {
        let found = (step..rows.len()).find(|&r| rows[r][step] != IBig::ZERO)?;
        rows.swap(step, found);
        let line = rows[step].clone();
        let pivot = line[step].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(r, _)| *r != step) {
            let factor = row[step].clone();
            for (cell, own) in row.iter_mut().zip(&line) {
                *cell = (&*cell * &pivot - &factor * own) / &last;
            }
        }
        last = pivot;
    }
    // Rows beyond the unknowns must have become 0 = 0.
    if rows[width..].iter().any(|row| row[width] != IBig::ZERO) {
        return None;
    }
    Some(
        (0..width)
            .map(|k| RBig::from(rows[k][width].clone()) / RBig::from(rows[k][k].clone()))
            .collect(),
    )
}

/// What became of a system in narrow whole numbers.
pub(super) enum Narrow {
    /// The only solution: numerators over one denominator, above zero.
    Solved(Vec<i128>, i128),
    /// There is none, or more than one.
    NotUnique,
    /// A number on the way has more than 127 bits.
    TooLarge,
}

/// As [`equalizer`], in narrow whole numbers, which are many times as fast: the probabilities of
/// `used`, then the payoff. `payoffs` are `[answer][own]`.
pub(super) fn narrow_equalizer(used: &[usize], answers: &[usize], payoffs: &[Vec<i128>]) -> Narrow {
    let width = used.len() + 1;
    let mut rows: Vec<i128> = Vec::with_capacity((answers.len() + 1) * (width + 1));
    rows.extend(used.iter().map(|_| 1).chain([0, 1]));
    for &answer in answers {
        rows.extend(used.iter().map(|&own| payoffs[answer][own]).chain([-1, 0]));
    }
    let narrower: Option<Vec<i64>> = rows.iter().map(|&x| i64::try_from(x).ok()).collect();
    match narrower.map_or(Narrow::TooLarge, |rows| solve_narrow(rows, width)) {
        Narrow::TooLarge => solve_narrow(rows, width),
        found => found,
    }
}

/// A machine integer.
trait Integer: Copy + PartialEq + Into<i128> + From<i8> {
    fn times(self, other: Self) -> Option<Self>;
    fn less(self, other: Self) -> Option<Self>;
    fn over(self, other: Self) -> Option<Self>;
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl Integer for $type {
            fn times(self, other: Self) -> Option<Self> {
                self.checked_mul(other)
            }
            fn less(self, other: Self) -> Option<Self> {
                self.checked_sub(other)
            }
            fn over(self, other: Self) -> Option<Self> {
                self.checked_div(other)
            }
        }
    )*};
}

integer!(i64, i128);

fn solve_narrow<T: Integer>(mut rows: Vec<T>, width: usize) -> Narrow {
    let stride = width + 1;
    let height = rows.len() / stride;
    let zero = T::from(0);
    let mut last = T::from(1);
    let mut line = vec![zero; stride];
    for step in 0..width {
        let Some(found) = (step..height).find(|&r| rows[r * stride + step] != zero) else {
            return Narrow::NotUnique;
        };
        if found != step {
            (0..stride).for_each(|c| rows.swap(found * stride + c, step * stride + c));
        }
        line.copy_from_slice(&rows[step * stride..][..stride]);
        let pivot = line[step];
        for (r, row) in rows.chunks_exact_mut(stride).enumerate() {
            let factor = row[step];
            if r == step || factor == zero && pivot == last {
                continue;
            }
            for (cell, own) in row.iter_mut().zip(&line) {
                if *cell == zero && (factor == zero || *own == zero) {
                    continue;
                }
                let both = cell.times(pivot).zip(factor.times(*own));
                let Some(next) = both.and_then(|(a, b)| a.less(b)?.over(last)) else {
                    return Narrow::TooLarge;
                };
                *cell = next;
            }
        }
        last = pivot;
    }
    if (width..height).any(|r| rows[r * stride + width] != zero) {
        return Narrow::NotUnique;
    }
    // Fraction-free: the diagonal is the determinant everywhere.
    let last: i128 = last.into();
    let right = |k: usize| -> i128 { rows[k * stride + width].into() };
    Narrow::Solved((0..width).map(|k| last.signum() * right(k)).collect(), last.abs())
}

/// The inverse of a `d × d` matrix, row by row; `None` if it is singular to rounding.
/// Gauss–Jordan with row pivoting, O(d³).
pub(super) fn inverse(mut matrix: Vec<f64>, d: usize) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; d * d];
    (0..d).for_each(|k| inverse[k * d + k] = 1.0);
    for step in 0..d {
        let size = |r: usize| matrix[r * d + step].abs();
        let row = (step..d).max_by(|&a, &b| size(a).total_cmp(&size(b)))?;
        let pivot = matrix[row * d + step];
        if pivot.is_nan() || pivot.abs() <= 1e-14 {
            return None;
        }
        for c in 0..d {
            matrix.swap(row * d + c, step * d + c);
            inverse.swap(row * d + c, step * d + c);
        }
        for c in 0..d {
            matrix[step * d + c] /= pivot;
            inverse[step * d + c] /= pivot;
        }
        for r in (0..d).filter(|&r| r != step) {
            let factor = matrix[r * d + step];
            if factor != 0.0 {
                for c in 0..d {
                    matrix[r * d + c] -= factor * matrix[step * d + c];
                    inverse[r * d + c] -= factor * inverse[step * d + c];
                }
            }
        }
    }
    Some(inverse)
}

/// Solves a `d × d` system in place, the matrix row by row; `None` if it is singular to
/// rounding. Elimination with row pivoting, O(d³).
pub(super) fn solve_floats(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let d = right.len();
    for step in 0..d {
        let size = |r: usize| matrix[r * d + step].abs();
        let row = (step..d).max_by(|&a, &b| size(a).total_cmp(&size(b)))?;
        if row != step {
            (0..d).for_each(|c| matrix.swap(row * d + c, step * d + c));
            right.swap(row, step);
        }
        let (above, below) = matrix.split_at_mut((step + 1) * d);
        let line = &above[step * d..];
        if line[step].is_nan() || line[step].abs() <= 1e-300 {
            return None;
        }
        for (r, row) in below.chunks_exact_mut(d).enumerate() {
            let factor = row[step] / line[step];
            if factor != 0.0 {
                row[step..].iter_mut().zip(&line[step..]).for_each(|(x, y)| *x -= factor * y);
                right[step + 1 + r] -= factor * right[step];
            }
        }
    }
    for step in (0..d).rev() {
        let row = &matrix[step * d..][..d];
        let known: f64 = (step + 1..d).map(|c| row[c] * right[c]).sum();
        right[step] = (right[step] - known) / row[step];
    }
    right.iter().all(|x| x.is_finite()).then_some(right)
}
