//! Spans of the numbers of coalitions' members by type, exactly, for the checkers of games whose
//! coalitions are not listed.

use dashu_int::IBig;
use dashu_int::ops::BitTest;
use dashu_ratio::RBig;

use crate::exact::{common_divisor, least_denominator};
use crate::game::cooperative::Types;
use crate::game::cooperative::number::numerator_over;

/// Numbers up to this many bits are summed over 64 players in 128.
const BITS: usize = 118;

/// The span of vectors of fractions, by elimination in fractions.
pub(in crate::certify) struct CountSpan {
    width: usize,
    /// Each has a 1 at its pivot, where all others have 0.
    rows: Vec<(usize, Vec<RBig>)>,
}

impl CountSpan {
    pub(in crate::certify) fn new(width: usize) -> Self {
        Self { width, rows: Vec::new() }
    }

    pub(in crate::certify) fn rank(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::certify) fn insert(&mut self, mut row: Vec<RBig>) {
        for (pivot, other) in &self.rows {
            subtract(&mut row, other, *pivot);
        }
        let Some(pivot) = row.iter().position(|a| !a.is_zero()) else { return };
        let scale = row[pivot].clone();
        row.iter_mut().for_each(|a| *a = &*a / &scale);
        for (_, other) in &mut self.rows {
            subtract(other, &row, pivot);
        }
        self.rows.push((pivot, row));
    }

    /// A basis of the vectors orthogonal to the span, coprime integers.
    pub(in crate::certify) fn orthogonal(&self) -> Vec<Vec<IBig>> {
        let is_pivot = |j: usize| self.rows.iter().any(|&(pivot, _)| pivot == j);
        let free = (0..self.width).filter(|&j| !is_pivot(j));
        free.map(|j| {
            let mut vector = vec![RBig::ZERO; self.width];
            vector[j] = RBig::ONE;
            for (pivot, row) in &self.rows {
                vector[*pivot] = -row[j].clone();
            }
            coprime(&vector)
        })
        .collect()
    }
}

/// Takes as much of `other` from `row` that it has 0 at `pivot`, where `other` has 1.
fn subtract(row: &mut [RBig], other: &[RBig], pivot: usize) {
    let factor = row[pivot].clone();
    if !factor.is_zero() {
        row.iter_mut().zip(other).for_each(|(a, b)| *a -= &factor * b);
    }
}

fn coprime(vector: &[RBig]) -> Vec<IBig> {
    let common = least_denominator(vector);
    let whole: Vec<IBig> = vector.iter().map(|value| numerator_over(value, &common)).collect();
    let divisor = common_divisor(whole.iter().map(|v| v.clone().into_parts().1));
    if divisor.is_zero() {
        return whole;
    }
    let divisor = IBig::from(divisor);
    whole.iter().map(|v| v / &divisor).collect()
}

/// Vectors packed into few, such that a coalition's product with one of these is 0 iff its
/// products with all those in it are.
pub(in crate::certify) fn packed(types: &Types, vectors: &[Vec<IBig>]) -> Option<Vec<Vec<i128>>> {
    let mut keys: Vec<Vec<i128>> = Vec::new();
    // No product with the key is larger than this.
    let mut reach = IBig::ZERO;
    for vector in vectors {
        let sizes = (0..types.len()).map(|kind| IBig::from(types.size(kind)));
        let largest = vector.iter().zip(sizes).fold(IBig::ZERO, |sum, (z, size)| {
            let (_, z) = z.clone().into_parts();
            sum + IBig::from(z) * size
        });
        // Steps that the key's products cannot make up for.
        let step = &reach + IBig::ONE;
        let joined = &reach + &step * &largest;
        match keys.last_mut() {
            Some(key) if joined.bit_len() <= BITS => {
                for (k, z) in key.iter_mut().zip(vector) {
                    *k += short(&(&step * z))?;
                }
                reach = joined;
            }
            _ => {
                keys.push(vector.iter().map(short).collect::<Option<_>>()?);
                reach = largest;
                if reach.bit_len() > BITS {
                    return None;
                }
            }
        }
    }
    Some(keys)
}

/// The number in 128 bits, if sums over 64 players fit as well.
pub(in crate::certify) fn short(value: &IBig) -> Option<i128> {
    (value.bit_len() <= BITS).then(|| i128::try_from(value).ok()).flatten()
}
