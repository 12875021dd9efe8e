//! The linear span of coalitions, exactly.
//!
//! A coalition is the 0/1 vector of its members. Which of them lie in the span of others
//! decides what the nucleolus has settled, and rounding must not decide it. So the
//! elimination is done modulo the prime `p = 2^61 − 1`. A set of 0/1 vectors is independent
//! over the rationals iff it has a minor other than 0; by Hadamard's bound no minor of 0/1
//! vectors of `n ≤ 36` players exceeds `(n+1)^((n+1)/2) / 2^n < p`, so no such minor vanishes
//! modulo `p`, and the answer is exact.
//!
//! Cost: O(n²) to insert or to ask. Scans ask the vectors orthogonal to the span, whose
//! products with a coalition are sums of two table entries, and first a fixed combination of
//! them: whoever has a product other than 0 with it is outside.

use crate::coalition::Coalition;
use crate::game::cooperative::Types;

pub(in crate::solve) const P: u64 = (1 << 61) - 1;

pub(in crate::solve) fn add(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= P { sum - P } else { sum }
}

pub(in crate::solve) fn negate(a: u64) -> u64 {
    if a == 0 { 0 } else { P - a }
}

pub(in crate::solve) fn multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    add((product & u128::from(P)) as u64, (product >> 61) as u64)
}

pub(in crate::solve) fn invert(a: u64) -> u64 {
    // Fermat: a^(p−2).
    let (mut result, mut power, mut exponent) = (1, a, P - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, power);
        }
        power = multiply(power, power);
        exponent >>= 1;
    }
    result
}

/// The span of coalitions of `n ≤ 36` players; or, of the numbers of their members by type.
#[derive(Debug, Clone)]
pub struct Span {
    types: Types,
    /// Reduced echelon form: each row has a 1 at its pivot, where all others have 0.
    rows: Vec<(usize, Vec<u64>)>,
    /// Orthogonal to every row.
    key: Vec<u64>,
}

impl Span {
    /// The most players.
    pub const MAX_PLAYERS: usize = 36;

    /// The span of nothing.
    pub fn new(players: usize) -> Self {
        Self::by_type(Types::each(players))
    }

    /// The span of nothing, where the numbers of members of these types are a coalition's
    /// vector. With types of several players, or more than 36 of them, minors may exceed the
    /// prime: that one vanishes then is as unlikely as any residue, and what was taken for
    /// settled wrongly does not pass the exact check.
    pub(crate) fn by_type(types: Types) -> Self {
        let mut span = Self { types, rows: Vec::new(), key: Vec::new() };
        span.lock();
        span
    }

    /// The span's dimension.
    pub fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Whether the coalition is in the span. O(n · rank).
    pub fn contains(&self, coalition: Coalition) -> bool {
        let term = |(kind, count)| multiply(self.key[kind], count as u64);
        let product = self.types.counts(coalition).fold(0, |sum, of| add(sum, term(of)));
        product == 0 && self.reduced(coalition).iter().all(|&a| a == 0)
    }

    /// Vectors whose products with a coalition are all 0 iff it is in the span, modulo the
    /// prime. The first alone tells nearly all that are outside.
    pub(crate) fn orthogonal(&self) -> Vec<Vec<u64>> {
        let is_pivot = |j: usize| self.rows.iter().any(|&(pivot, _)| pivot == j);
        let basis = (0..self.types.len()).filter(|&j| !is_pivot(j)).map(|j| {
            let mut vector = vec![0; self.types.len()];
            vector[j] = 1;
            for (pivot, row) in &self.rows {
                vector[*pivot] = negate(row[j]);
            }
            vector
        });
        std::iter::once(self.key.clone()).chain(basis).collect()
    }

    /// A vector whose product with nearly no coalition outside is 0, modulo the prime.
    pub(crate) fn key(&self) -> &[u64] {
        &self.key
    }

    /// The sum of two residues.
    pub(crate) fn add(a: u64, b: u64) -> u64 {
        add(a, b)
    }

    /// Adds a coalition; whether it was outside. O(n · rank).
    pub fn insert(&mut self, coalition: Coalition) -> bool {
        let mut row = self.reduced(coalition);
        let Some(pivot) = row.iter().position(|&a| a != 0) else { return false };
        let inverse = invert(row[pivot]);
        row.iter_mut().for_each(|a| *a = multiply(*a, inverse));
        for (_, other) in &mut self.rows {
            let factor = negate(other[pivot]);
            if factor != 0 {
                other.iter_mut().zip(&row).for_each(|(a, &b)| *a = add(*a, multiply(factor, b)));
            }
        }
        self.rows.push((pivot, row));
        self.lock();
        true
    }

    fn reduced(&self, coalition: Coalition) -> Vec<u64> {
        let mut row: Vec<u64> =
            (0..self.types.len()).map(|i| self.types.count(coalition, i) as u64).collect();
        for (pivot, other) in &self.rows {
            let factor = negate(row[*pivot]);
            if factor != 0 {
                row.iter_mut().zip(other).for_each(|(a, &b)| *a = add(*a, multiply(factor, b)));
            }
        }
        row
    }

    /// A combination of the null space's basis with fixed, unrelated coefficients.
    fn lock(&mut self) {
        let mut key: Vec<u64> = (0..self.types.len()).map(|i| scatter(i as u64 + 1) % P).collect();
        for (pivot, _) in &self.rows {
            key[*pivot] = 0;
        }
        let free = key.clone();
        for (pivot, row) in &self.rows {
            let product = row.iter().zip(&free).fold(0, |sum, (&a, &b)| add(sum, multiply(a, b)));
            key[*pivot] = negate(product);
        }
        self.key = key;
    }
}

/// A fixed, well-mixed function of its argument (SplitMix64's finaliser).
pub(crate) fn scatter(x: u64) -> u64 {
    let mut z = x.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_span_of_overlapping_pairs() {
        let mut span = Span::new(4);
        assert!(span.insert(Coalition(0b1111)));
        assert!(span.insert(Coalition(0b0011)));
        assert!(span.contains(Coalition(0b1100)), "the complement");
        assert!(!span.insert(Coalition(0b1100)));
        assert!(span.insert(Coalition(0b0101)));
        assert!(span.contains(Coalition(0b1010)));
        assert!(!span.contains(Coalition(0b1001)), "half the sum of others needs player 0 too");
        assert!(span.insert(Coalition(0b0001)));
        assert_eq!(span.rank(), 4);
        assert!(Coalition::all(4).all(|s| span.contains(s)));
    }

    #[test]
    fn orthogonal_vectors_tell_what_is_inside() {
        let mut span = Span::new(5);
        for s in [0b11111, 0b00110, 0b01011] {
            span.insert(Coalition(s));
            let orthogonal = span.orthogonal();
            for s in Coalition::all(5) {
                let product = |v: &Vec<u64>| s.members().fold(0, |sum, i| add(sum, v[i]));
                assert_eq!(orthogonal.iter().all(|v| product(v) == 0), span.contains(s));
            }
        }
    }

    #[test]
    fn the_field_inverts() {
        for a in [1, 2, 3, 12_345_678_901, P - 1] {
            assert_eq!(multiply(a, invert(a)), 1);
        }
    }
}
