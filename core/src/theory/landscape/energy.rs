//! The energy of a configuration: exact, and in integers narrow enough to enumerate with.
//!
//! With `w_ij = s_i s_j p_ij` the energy is `E = 2 Σ_{i<j} w_ij d_ij`. The weights are kept as
//! integers in a common unit. Where they do not fit the enumeration's width they are rounded
//! there, and what comes within the rounding of a tie is decided by the exact ones.

use dashu_int::ops::{BitTest, UnsignedAbs};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use ndarray::Array2;

use crate::error::Result;
use crate::exact::common_divisor;
use crate::theory::problem::integers;

/// The weights of all pairs.
pub(super) struct Weights {
    n: usize,
    exact: Array2<IBig>,
    /// What one unit of `exact` is of energy.
    unit: RBig,
}

/// The weights in `T`, and how far a sum of them may be off.
pub(super) struct Rounded<T> {
    /// Row by row, `n × n`.
    pub(super) weights: Vec<T>,
    /// The most by which the sum over a row is off; 0 where the weights are exact.
    pub(super) slack: T,
    /// The bits that were cut off.
    pub(super) shift: usize,
}

impl Weights {
    /// The weights of sizes and symmetric propensities.
    pub(super) fn new(sizes: &[RBig], propensity: &Array2<RBig>) -> Result<Self> {
        let n = sizes.len();
        let whole = integers(sizes)?;
        let flat: Vec<RBig> = propensity.iter().cloned().collect();
        let flat = integers(&flat)?;
        let mut exact = Array2::from_elem((n, n), IBig::ZERO);
        for ((i, j), weight) in exact.indexed_iter_mut() {
            *weight = &whole[i] * &whole[j] * &flat[i * n + j];
        }
        let divisor = common_divisor(exact.iter().map(|weight| weight.clone().unsigned_abs()));
        let mut unit = RBig::ZERO;
        if !divisor.is_zero() {
            let divisor = IBig::from(divisor);
            for ((i, j), weight) in exact.indexed_iter_mut() {
                if !weight.is_zero() {
                    let real = &sizes[i] * &sizes[j] * &propensity[[i, j]];
                    *weight = &*weight / &divisor;
                    unit = real / RBig::from(weight.clone());
                }
            }
        }
        Ok(Self { n, exact, unit })
    }

    /// A sum of weights as an energy.
    pub(super) fn value(&self, sum: &IBig) -> RBig {
        RBig::from(sum.clone()) * &self.unit
    }

    /// The energy of a configuration: `side[i]` is state `i`'s. O(n²).
    pub(super) fn energy(&self, side: &[usize]) -> IBig {
        let mut energy = IBig::ZERO;
        for ((i, j), weight) in self.exact.indexed_iter() {
            if side[i] != side[j] {
                energy += weight;
            }
        }
        energy
    }

    /// What the energy changes by if state `k` goes over to another side, over 2. O(n).
    pub(super) fn change(&self, side: &[usize], k: usize, to: usize) -> IBig {
        let mut change = IBig::ZERO;
        for j in 0..self.n {
            if j != k && side[j] == side[k] {
                change += &self.exact[[k, j]];
            } else if side[j] == to {
                change -= &self.exact[[k, j]];
            }
        }
        change
    }

    /// The smallest change of energy by the move of one state, over 2: below 0 if the
    /// configuration is no local minimum, above 0 if it is a strict one. O(n² sides).
    pub(super) fn least_change(&self, side: &[usize], sides: usize) -> IBig {
        let moves = (0..self.n).flat_map(|k| (0..sides).map(move |to| (k, to)));
        let changes =
            moves.filter(|&(k, to)| side[k] != to).map(|(k, to)| self.change(side, k, to));
        changes.min().unwrap_or(IBig::ZERO)
    }

    /// The weights in 64 bits: the sum of all their sizes stays below 2^60.
    pub(super) fn wide(&self) -> Rounded<i64> {
        self.rounded(60, |weight| i64::try_from(weight).unwrap_or(0))
    }

    /// The weights in 32 bits: the sum of all their sizes stays below 2^29.
    pub(super) fn narrow(&self) -> Rounded<i32> {
        self.rounded(29, |weight| i32::try_from(weight).unwrap_or(0))
    }

    /// The weights in 128 bits: the sum of all their sizes stays below 2^120.
    pub(super) fn fine(&self) -> Rounded<i128> {
        self.rounded(120, |weight| i128::try_from(weight).unwrap_or(0))
    }

    fn rounded<T>(&self, bits: usize, cut: impl Fn(&IBig) -> T) -> Rounded<T> {
        let total = self.exact.iter().fold(UBig::ZERO, |sum, w| sum + w.clone().unsigned_abs());
        let shift = total.bit_len().saturating_sub(bits);
        // Rounding down is off by less than one in each term of a row.
        let slack = IBig::from(if shift == 0 { 0 } else { self.n });
        let weights = self.exact.iter().map(|weight| cut(&(weight >> shift))).collect();
        Rounded { weights, slack: cut(&slack), shift }
    }
}

impl Rounded<i128> {
    /// The weights of the pairs that are apart: half the energy. O(n²).
    pub(super) fn apart(&self, side: &[usize]) -> i128 {
        let n = side.len();
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        pairs.filter(|&(i, j)| side[i] != side[j]).map(|(i, j)| self.weights[i * n + j]).sum()
    }

    /// The least that a sum of these weights can be, from the same sum of rougher ones: both are
    /// rounded down.
    pub(super) fn at_least<T>(&self, sum: i64, rough: &Rounded<T>) -> i128 {
        i128::from(sum) << (rough.shift - self.shift)
    }

    /// The most by which a sum of `terms` weights is off.
    pub(super) fn blur(&self, terms: usize) -> i128 {
        if self.slack == 0 { 0 } else { terms as i128 }
    }
}

/// The sides of a configuration of two sides as bits, the last state on side 0.
pub(super) fn sides_of(bits: u32, n: usize) -> Vec<usize> {
    (0..n).map(|i| if i + 1 == n { 0 } else { (bits >> i & 1) as usize }).collect()
}
