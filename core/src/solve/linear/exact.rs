//! Systems of linear equations in whole numbers, solved exactly by p-adic lifting.
//!
//! **Definition.** Given rows of whole coefficients and a right side each, rationals that solve
//! as many of the rows, in their order, as are independent. What has no pivot is 0.
//! **Method.** Elimination modulo the prime `p = 2^61 − 1` says which rows and unknowns to keep
//! and gives the inverse `C` modulo `p`; then digit by digit `x_k = C·r_k mod p`,
//! `r_(k+1) = (r_k − A·x_k) / p` (Dixon 1982). Once there are more digits than Hadamard's bound
//! on numerator and denominator asks for, continued fractions turn them into rationals, under a
//! common denominator (Wang 1981). A prime that divides a minor only makes rows look dependent.
//! **Cost.** O(rows·n² + n²·digits) for `n` unknowns, `digits = O(n·log entry)`: cubic, where
//! elimination in rationals is of the order of `n^4` and more.
//! **Limits.** Rows that were left out as dependent need not hold: whoever uses the solution
//! checks it.
//! **References.** Dixon (1982), Exact solution of linear equations using p-adic expansions,
//! *Numer. Math.* 40; Wang (1981), A p-adic algorithm for univariate partial fractions,
//! *SYMSAC '81*.

use dashu_int::ops::{BitTest, RemEuclid, UnsignedAbs};
use dashu_int::{IBig, UBig};

use crate::solve::cooperative::polytope::span::{P, add, invert, multiply, negate};

/// The bits of a digit.
const DIGIT: usize = 60;
/// Entries of fewer bits than this are multiplied in 128 bits: `2^(55 + 61)` for each of up to
/// 2^10 unknowns.
const NARROW: usize = 55;

/// Rationals over a common denominator above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::solve) struct Fractions {
    pub(in crate::solve) numerators: Vec<IBig>,
    pub(in crate::solve) denominator: UBig,
}

/// Solves `rows`, each of `width` coefficients and a right side. `None` only if the numbers
/// found do not fit the bound on them, which is a fault.
pub(in crate::solve) fn solve(rows: &[Vec<IBig>], width: usize) -> Option<Fractions> {
    let (chosen, pivots) = independent(rows, width);
    let d = chosen.len();
    let matrix: Vec<Vec<IBig>> = chosen
        .iter()
        .map(|&row| pivots.iter().map(|&column| rows[row][column].clone()).collect())
        .collect();
    let right: Vec<IBig> = chosen.iter().map(|&row| rows[row][width].clone()).collect();
    let bits = hadamard(&matrix, &right);
    let found = lift(&matrix, right, bits)?;
    let mut numerators = vec![IBig::ZERO; width];
    for (k, numerator) in found.numerators.into_iter().enumerate().take(d) {
        numerators[pivots[k]] = numerator;
    }
    Some(Fractions { numerators, denominator: found.denominator })
}

/// The first rows that are independent modulo the prime, and the columns of their pivots.
fn independent(rows: &[Vec<IBig>], width: usize) -> (Vec<usize>, Vec<usize>) {
    let mut reduced: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut chosen = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if chosen.len() == width {
            break;
        }
        let mut row: Vec<u64> = row[..width].iter().map(modular).collect();
        for (pivot, other) in &reduced {
            let factor = row[*pivot];
            if factor != 0 {
                subtract(&mut row, factor, other);
            }
        }
        if let Some(pivot) = row.iter().position(|&a| a != 0) {
            let scale = invert(row[pivot]);
            row.iter_mut().for_each(|a| *a = multiply(*a, scale));
            reduced.push((pivot, row));
            chosen.push(number);
        }
    }
    (chosen, reduced.into_iter().map(|(pivot, _)| pivot).collect())
}

/// `row −= factor · other`.
fn subtract(row: &mut [u64], factor: u64, other: &[u64]) {
    let factor = negate(factor);
    for (a, &b) in row.iter_mut().zip(other) {
        if b != 0 {
            *a = add(*a, multiply(factor, b));
        }
    }
}

fn modular(value: &IBig) -> u64 {
    u64::try_from(value.rem_euclid(&IBig::from(P))).unwrap_or(0)
}

/// As many bits as no numerator and no denominator of the solution exceeds.
fn hadamard(matrix: &[Vec<IBig>], right: &[IBig]) -> usize {
    let bits = |(row, right): (&Vec<IBig>, &IBig)| {
        let largest = row.iter().chain([right]).map(IBig::bit_len).max().unwrap_or(0);
        // The root of the row's length times its largest entry.
        largest + (row.len() + 1).ilog2() as usize / 2 + 1
    };
    matrix.iter().zip(right).map(bits).sum::<usize>() + 1
}

/// The inverse modulo the prime, row by row.
fn inverse(matrix: &[Vec<IBig>]) -> Option<Vec<Vec<u64>>> {
    let d = matrix.len();
    let mut rows: Vec<Vec<u64>> = matrix
        .iter()
        .enumerate()
        .map(|(r, row)| {
            let unit = (0..d).map(|c| u64::from(c == r));
            row.iter().map(modular).chain(unit).collect()
        })
        .collect();
    for step in 0..d {
        let found = (step..d).find(|&r| rows[r][step] != 0)?;
        rows.swap(step, found);
        let mut line = std::mem::take(&mut rows[step]);
        let scale = invert(line[step]);
        line.iter_mut().for_each(|a| *a = multiply(*a, scale));
        for row in rows.iter_mut().filter(|row| !row.is_empty()) {
            let factor = row[step];
            if factor != 0 {
                subtract(row, factor, &line);
            }
        }
        rows[step] = line;
    }
    Some(rows.into_iter().map(|mut row| row.split_off(d)).collect())
}

/// The solution of a regular system whose numerators and denominators have at most `bits` bits.
fn lift(matrix: &[Vec<IBig>], right: Vec<IBig>, bits: usize) -> Option<Fractions> {
    let inverse = inverse(matrix)?;
    let product = Product::new(matrix);
    let prime = IBig::from(P);
    let count = (2 * bits + 2) / DIGIT + 1;
    let mut rest = right;
    let mut digits: Vec<Vec<u64>> = Vec::with_capacity(count);
    for _ in 0..count {
        let small: Vec<u64> = rest.iter().map(modular).collect();
        let digit: Vec<u64> = inverse
            .iter()
            .map(|row| row.iter().zip(&small).fold(0, |sum, (&a, &b)| add(sum, multiply(a, b))))
            .collect();
        for (rest, part) in rest.iter_mut().zip(product.with(&digit)) {
            // Exact: the digit solves the system modulo the prime.
            *rest = (&*rest - part) / &prime;
        }
        digits.push(digit);
    }
    let prime = UBig::from(P);
    let modulus = prime.pow(count);
    let value = |k: usize| {
        digits.iter().rev().fold(UBig::ZERO, |sum, digit| sum * &prime + UBig::from(digit[k]))
    };
    let bound = UBig::ONE << bits;
    let mut found = Fractions { numerators: Vec::new(), denominator: UBig::ONE };
    for k in 0..matrix.len() {
        let residue = value(k) * &found.denominator % &modulus;
        let (numerator, more) = rational(residue, &modulus, &bound)?;
        if more > UBig::ONE {
            let factor = IBig::from(more.clone());
            found.numerators.iter_mut().for_each(|n| *n *= &factor);
            found.denominator *= more;
        }
        found.numerators.push(numerator);
    }
    (found.denominator <= bound).then_some(found)
}

/// The fraction with numerator and denominator up to `bound` that `residue` stands for.
fn rational(residue: UBig, modulus: &UBig, bound: &UBig) -> Option<(IBig, UBig)> {
    if residue <= *bound {
        return Some((residue.into(), UBig::ONE));
    }
    let opposite = modulus - &residue;
    if opposite <= *bound {
        return Some((-IBig::from(opposite), UBig::ONE));
    }
    let (mut above, mut here) = (IBig::from(modulus.clone()), IBig::from(residue));
    let (mut before, mut factor) = (IBig::ZERO, IBig::ONE);
    let bound_signed = IBig::from(bound.clone());
    while here > bound_signed {
        let quotient = &above / &here;
        let next = &above - &quotient * &here;
        (above, here) = (here, next);
        let next = &before - &quotient * &factor;
        (before, factor) = (factor, next);
    }
    let denominator = (&factor).unsigned_abs();
    if denominator > *bound || denominator == UBig::ZERO {
        return None;
    }
    Some((if factor < IBig::ZERO { -here } else { here }, denominator))
}

/// Multiplies the matrix by digits.
enum Product<'a> {
    Narrow(Vec<Vec<i64>>),
    Wide(&'a [Vec<IBig>]),
}

impl<'a> Product<'a> {
    fn new(matrix: &'a [Vec<IBig>]) -> Self {
        let narrow = |cell: &IBig| i64::try_from(cell).ok().filter(|_| cell.bit_len() < NARROW);
        let rows: Option<Vec<Vec<i64>>> =
            matrix.iter().map(|row| row.iter().map(narrow).collect()).collect();
        rows.filter(|rows| rows.len() < 1 << 10).map_or(Self::Wide(matrix), Self::Narrow)
    }

    fn with(&self, digits: &[u64]) -> Vec<IBig> {
        match self {
            Self::Narrow(rows) => rows
                .iter()
                .map(|row| {
                    let products = row.iter().zip(digits);
                    products.map(|(&a, &x)| i128::from(a) * i128::from(x)).sum::<i128>().into()
                })
                .collect(),
            Self::Wide(rows) => rows
                .iter()
                .map(|row| row.iter().zip(digits).map(|(a, &x)| a * IBig::from(x)).sum())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_ratio::RBig;

    fn whole(rows: &[&[i64]]) -> Vec<Vec<IBig>> {
        rows.iter().map(|row| row.iter().map(|&a| a.into()).collect()).collect()
    }

    #[test]
    fn dependent_rows_and_free_unknowns_are_passed_over() {
        // x + 2z = 5, twice, 3z = 4: y is free, x is 7/3.
        let rows = whole(&[&[1, 0, 2, 5], &[2, 0, 4, 10], &[0, 0, 3, 4]]);
        let found = solve(&rows, 3).unwrap();
        assert_eq!(found.denominator, UBig::from(3u8));
        assert_eq!(found.numerators, [7, 0, 4].map(IBig::from));
        let nothing = solve(&[], 2).unwrap();
        assert_eq!(nothing.numerators, [IBig::ZERO, IBig::ZERO]);
    }

    #[test]
    fn every_row_holds_exactly_for_small_and_for_huge_entries() {
        let mut state = 1u64;
        let mut next = |below: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (state >> 33) as i64 % below - below / 2
        };
        for (n, scale) in [(1, IBig::ONE), (4, IBig::ONE), (12, IBig::ONE), (6, IBig::ONE << 80)] {
            let rows: Vec<Vec<IBig>> = (0..n)
                .map(|_| (0..=n).map(|_| &scale * IBig::from(next(10_000)) + 1).collect())
                .collect();
            let found = solve(&rows, n).unwrap();
            let x =
                |k: usize| RBig::from_parts(found.numerators[k].clone(), found.denominator.clone());
            for row in &rows {
                let sum = (0..n).fold(RBig::ZERO, |sum, k| sum + x(k) * RBig::from(row[k].clone()));
                assert_eq!(sum, RBig::from(row[n].clone()), "{n}");
            }
        }
    }
}
