//! Spans of coalitions in whole numbers, for the checker: the solver's elimination modulo a
//! prime is not used, so a fault in one of the two shows.
//!
//! Fraction-free Gauss–Jordan elimination (Bareiss 1968): every entry is a minor of 0/1
//! vectors, for 24 players at most 25^12.5 / 2^24 < 2·10^10, and products of two fit.

use crate::coalition::Coalition;

/// The span of coalitions of at most 24 players.
#[derive(Debug, Clone)]
pub(in crate::certify) struct IntegerSpan {
    players: usize,
    /// The entry that every row has at its pivot.
    common: i128,
    rows: Vec<(usize, Vec<i128>)>,
}

impl IntegerSpan {
    pub(in crate::certify) fn new(players: usize) -> Self {
        Self { players, common: 1, rows: Vec::new() }
    }

    pub(in crate::certify) fn rank(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::certify) fn insert(&mut self, coalition: Coalition) {
        let bit = |i: usize| i128::from(coalition.contains(i));
        let mut row: Vec<i128> = (0..self.players).map(|i| self.common * bit(i)).collect();
        for (pivot, other) in &self.rows {
            if coalition.contains(*pivot) {
                row.iter_mut().zip(other).for_each(|(a, b)| *a -= b);
            }
        }
        let Some(pivot) = row.iter().position(|&a| a != 0) else { return };
        let next = row[pivot];
        for (_, other) in &mut self.rows {
            let factor = other[pivot];
            for (a, b) in other.iter_mut().zip(&row) {
                *a = (next * *a - factor * b) / self.common;
            }
        }
        self.common = next;
        self.rows.push((pivot, row));
    }

    /// A basis of the vectors orthogonal to the span: a coalition is in the span iff its
    /// product with each is 0.
    pub(in crate::certify) fn orthogonal(&self) -> Vec<Vec<i64>> {
        let is_pivot = |j: usize| self.rows.iter().any(|&(pivot, _)| pivot == j);
        let free = (0..self.players).filter(|&j| !is_pivot(j));
        free.map(|j| {
            let mut vector = vec![0; self.players];
            vector[j] = self.common as i64;
            for (pivot, row) in &self.rows {
                vector[*pivot] = -(row[j] as i64);
            }
            vector
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::cooperative::polytope::span::Span;

    /// The two eliminations agree on every coalition, for spans of pseudo-random ones.
    #[test]
    fn it_agrees_with_the_elimination_modulo_a_prime() {
        let n = 7;
        let mut bits = 1u64;
        for trial in 0..40 {
            let (mut whole, mut modular) = (IntegerSpan::new(n), Span::new(n));
            for _ in 0..trial % 7 {
                bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                let coalition = Coalition(bits >> 57);
                whole.insert(coalition);
                modular.insert(coalition);
            }
            assert_eq!(whole.rank(), modular.rank());
            let orthogonal = whole.orthogonal();
            for s in Coalition::all(n) {
                let product = |v: &Vec<i64>| s.members().map(|i| v[i]).sum::<i64>();
                let inside = orthogonal.iter().all(|v| product(v) == 0);
                assert_eq!(inside, modular.contains(s), "{s:?}");
            }
        }
    }
}
