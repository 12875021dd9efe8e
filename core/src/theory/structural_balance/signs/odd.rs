//! Odd sums of signs: at least 1 from zero, so that their squares are at least 1.
//!
//! These are the hypermetric inequalities of the cut polytope (Deza & Laurent 1997, chapter 28):
//! with three signs the triangle inequalities, with five and seven the pentagonal and heptagonal.

use super::form::Merge;

/// `Σ coefficient·x_i`, whose coefficients add up to an odd number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct OddSum {
    /// In the order of the signs, the first coefficient positive.
    terms: Vec<(u32, i8)>,
}

impl OddSum {
    /// From terms of different signs, with coefficients that are not zero.
    pub(super) fn new(mut terms: Vec<(u32, i8)>) -> Self {
        terms.sort_unstable();
        if terms.first().is_some_and(|(_, first)| *first < 0) {
            terms.iter_mut().for_each(|(_, coefficient)| *coefficient = -*coefficient);
        }
        Self { terms }
    }

    /// The signs and their coefficients.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (usize, i8)> + Clone {
        self.terms.iter().map(|&(i, coefficient)| (i as usize, coefficient))
    }

    /// The sum of the coefficients without their signs.
    pub(super) fn size(&self) -> u32 {
        self.terms.iter().map(|(_, coefficient)| u32::from(coefficient.unsigned_abs())).sum()
    }

    /// The same sum with two more signs.
    pub(super) fn with(&self, more: [(u32, i8); 2]) -> Self {
        Self::new([&self.terms[..], &more].concat())
    }

    /// Its square where the products of signs are these, row by row.
    pub(super) fn square(&self, products: &[f64], n: usize) -> f64 {
        let mut square = 0.0;
        for (at, &(i, a)) in self.terms.iter().enumerate() {
            let row = &products[i as usize * n..][..n];
            let others: f64 =
                self.terms[..at].iter().map(|&(j, b)| f64::from(b) * row[j as usize]).sum();
            square += f64::from(a) * (f64::from(a) + 2.0 * others);
        }
        square
    }

    /// Takes `weight` times its square from a matrix, off the diagonal and below it.
    pub(super) fn subtract(&self, weight: f64, matrix: &mut [f64], n: usize) {
        for (at, &(i, a)) in self.terms.iter().enumerate() {
            let row = &mut matrix[i as usize * n..][..n];
            for &(j, b) in &self.terms[..at] {
                row[j as usize] -= weight * f64::from(a * b);
            }
        }
    }

    /// The sum over the signs that are left.
    pub(super) fn merged(&self, merge: Merge) -> Self {
        let mut terms: Vec<(u32, i8)> = Vec::with_capacity(self.terms.len());
        for (i, coefficient) in self.terms() {
            let (place, opposite) = merge.place(i);
            let coefficient = if opposite { -coefficient } else { coefficient };
            match terms.iter_mut().find(|(at, _)| *at as usize == place) {
                Some((_, sum)) => *sum += coefficient,
                None => terms.push((place as u32, coefficient)),
            }
        }
        terms.retain(|(_, coefficient)| *coefficient != 0);
        Self::new(terms)
    }

    /// The only sign and its coefficient, where there is no other: its square says nothing.
    pub(super) fn single(&self) -> Option<(usize, i8)> {
        let mut terms = self.terms();
        terms.next().filter(|_| terms.next().is_none())
    }
}
