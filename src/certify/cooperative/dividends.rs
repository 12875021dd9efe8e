//! The Shapley and the Banzhaf value from Harsanyi's dividends.
//!
//! The dividend of a coalition is what it is worth beyond the dividends of the coalitions in it:
//! `v(S) = Σ_{T⊆S} d(T)`. The Shapley value divides each dividend equally among the members
//! (Harsanyi 1963, *Int. Econ. Rev.* 4), and the Banzhaf value gives each of them
//! `d(S) / 2^(|S|−1)`, as if the others came with probability one half each (Owen 1975, *Naval
//! Res. Logist. Quart.* 22). Nothing of it goes by marginal contributions.
//! Cost: O(n · 2^n) subtractions and as many additions.

use std::ops::{AddAssign, SubAssign};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::Numerators;

/// The most players of whom sums of dividends of 92 bits fit 128: `3^22 < 2^35`.
const MOST_NARROW: usize = 22;

/// Sums of dividends, from which the values follow.
pub struct Dividends {
    /// `by_size[i][s]`: of the coalitions of `s` members with player `i`, times the denominator.
    by_size: Vec<Vec<IBig>>,
    denominator: UBig,
}

impl Dividends {
    /// The dividends of a table of values.
    pub fn of(table: &ExactTable) -> Self {
        let n = table.players();
        let narrow = n <= MOST_NARROW;
        let by_size = match table.numerators() {
            Numerators::Small(v) => summed(n, v.iter().map(|&x| i128::from(x)).collect()),
            Numerators::Wide(v) if narrow => summed(n, v.clone()),
            Numerators::Wide(v) => summed(n, v.iter().map(|&x| IBig::from(x)).collect()),
            Numerators::Big(v) => summed(n, v.clone()),
        };
        Self { by_size, denominator: table.denominator().clone() }
    }

    /// The Shapley value of each player.
    pub fn shapley(&self) -> Vec<RBig> {
        self.each(UBig::from)
    }

    /// The Banzhaf value of each player.
    pub fn banzhaf(&self) -> Vec<RBig> {
        self.each(|size| UBig::ONE << (size - 1))
    }

    /// Each player's dividends, divided by a number for each size of coalition.
    fn each(&self, divisor: impl Fn(usize) -> UBig) -> Vec<RBig> {
        let value = |sums: &Vec<IBig>| {
            let parts = sums.iter().enumerate().skip(1).map(|(size, sum)| {
                RBig::from_parts(sum.clone(), divisor(size) * &self.denominator)
            });
            parts.fold(RBig::ZERO, |sum, part| sum + part)
        };
        self.by_size.iter().map(value).collect()
    }
}

/// The dividends of these values, summed by player and size.
fn summed<T>(n: usize, mut values: Vec<T>) -> Vec<Vec<IBig>>
where
    T: Clone + Default + for<'a> AddAssign<&'a T> + for<'a> SubAssign<&'a T>,
    IBig: From<T>,
{
    for i in 0..n {
        for without in (0..values.len()).filter(|s| s >> i & 1 == 0) {
            let (below, above) = values.split_at_mut(without | 1 << i);
            above[0] -= &below[without];
        }
    }
    let mut sums = vec![vec![T::default(); n + 1]; n];
    for (bits, dividend) in values.iter().enumerate() {
        let size = bits.count_ones() as usize;
        for i in Coalition(bits as u64).members() {
            sums[i][size] += dividend;
        }
    }
    let big = |by_size: Vec<T>| by_size.into_iter().map(IBig::from).collect();
    sums.into_iter().map(big).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::cooperative::{number::parse_exact, numbered};
    use crate::solve::cooperative::power::Marginals;

    #[test]
    fn dividends_and_marginals_give_the_same_values() {
        let numbers = ["0", "1/3", "-2", "5", "0.25", "7", "4", "1e30"];
        let values: Vec<RBig> = numbers.iter().map(|x| parse_exact(x).unwrap()).collect();
        let table = ExactTable::new(numbered(3), &values).unwrap();
        let (dividends, marginals) = (Dividends::of(&table), Marginals::of_table(&table));
        assert_eq!(dividends.shapley(), marginals.shapley());
        assert_eq!(dividends.banzhaf(), marginals.banzhaf());
    }
}
