//! Bases of coalitions with their inverses in whole numbers.
//!
//! `n` independent coalitions of `n` players are the rows of a 0/1 matrix `B`. Kept are its
//! determinant `d` and the whole matrix `d·B⁻¹`, whose entries are minors of `B`. To replace
//! one row by another is an exchange step without fractions (Edmonds 1967; Bareiss 1968): all
//! divisions leave no remainder. Cost: O(n²). Entries have at most 35 bits for 24 players
//! (Hadamard's bound), products of two fit.

use crate::coalition::Coalition;
use crate::solve::linear::whole::Whole;

/// A basis.
#[derive(Debug, Clone)]
pub(in crate::solve) struct Basis {
    rows: Vec<Coalition>,
    /// `inverse[i][j]`: player `i`'s part of row `j`'s value, times the determinant.
    inverse: Vec<Vec<i128>>,
    /// Above zero.
    determinant: i128,
}

impl Basis {
    /// Everybody alone.
    pub(in crate::solve) fn singletons(n: usize) -> Self {
        Self {
            rows: (0..n).map(Coalition::singleton).collect(),
            inverse: (0..n).map(|i| (0..n).map(|j| i128::from(i == j)).collect()).collect(),
            determinant: 1,
        }
    }

    /// The coalitions.
    pub(in crate::solve) fn rows(&self) -> &[Coalition] {
        &self.rows
    }

    /// What all whole numbers here are multiples by.
    pub(in crate::solve) fn determinant(&self) -> i128 {
        self.determinant
    }

    /// Column `j` of the inverse: what solves `x(B_j) = d` and 0 on the other rows.
    pub(in crate::solve) fn column(&self, j: usize) -> impl Iterator<Item = i128> + '_ {
        self.inverse.iter().map(move |row| row[j])
    }

    /// The coalition as a combination of the rows, times the determinant.
    pub(in crate::solve) fn combination(&self, s: Coalition) -> Vec<i128> {
        let mut sums = vec![0; self.rows.len()];
        for i in s.members() {
            sums.iter_mut().zip(&self.inverse[i]).for_each(|(sum, a)| *sum += a);
        }
        sums
    }

    /// `cost` as a combination of the rows, times the determinant.
    pub(in crate::solve) fn multipliers(&self, cost: &[i128]) -> Vec<i128> {
        let of = |j: usize| cost.iter().zip(&self.inverse).map(|(c, row)| c * row[j]).sum();
        (0..self.rows.len()).map(of).collect()
    }

    /// The allocation that gives each row its value, times the determinant.
    pub(in crate::solve) fn allocation<T: Whole>(&self, values: &[T]) -> Vec<T> {
        let part = |row: &Vec<i128>| {
            let terms = row.iter().zip(values).filter(|(a, _)| **a != 0);
            terms.fold(T::zero(), |sum, (&a, value)| sum.plus(&value.scaled(a)))
        };
        self.inverse.iter().map(part).collect()
    }

    /// Lets two rows change places.
    pub(in crate::solve) fn swap(&mut self, a: usize, b: usize) {
        if a != b {
            self.rows.swap(a, b);
            self.inverse.iter_mut().for_each(|row| row.swap(a, b));
        }
    }

    /// Puts a coalition in the place of row `at`; `combination` is the coalition's and is not
    /// 0 there.
    pub(in crate::solve) fn replace(&mut self, at: usize, s: Coalition, combination: &[i128]) {
        let (pivot, before) = (combination[at], self.determinant);
        for row in &mut self.inverse {
            let own = row[at];
            for (j, entry) in row.iter_mut().enumerate() {
                if j != at {
                    *entry = (pivot * *entry - combination[j] * own) / before;
                }
            }
        }
        self.rows[at] = s;
        self.determinant = pivot;
        if pivot < 0 {
            self.determinant = -pivot;
            self.inverse.iter_mut().flatten().for_each(|entry| *entry = -*entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_stays_the_inverse() {
        let n = 6;
        let mut basis = Basis::singletons(n);
        let mut bits = 7u64;
        for _ in 0..200 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
            let s = Coalition(bits >> 58);
            let combination = basis.combination(s);
            let at = (bits >> 20) as usize % n;
            if combination[at] == 0 {
                continue;
            }
            basis.replace(at, s, &combination);
            assert!(basis.determinant() > 0);
            for j in 0..n {
                let column: Vec<i128> = basis.column(j).collect();
                for (k, row) in basis.rows().iter().enumerate() {
                    let product: i128 = row.members().map(|i| column[i]).sum();
                    assert_eq!(product, if j == k { basis.determinant() } else { 0 });
                }
            }
        }
    }
}
