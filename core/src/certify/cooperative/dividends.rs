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
use crate::exact::sum;
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
        let by_size = grouped(table, table.players() + 1, Coalition::len, |size, _, _| size);
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
            sum(parts)
        };
        self.by_size.iter().map(value).collect()
    }
}

/// The dividends of a table of values, times its denominator, summed by player and group: of the
/// dividend of `S` player `i ∈ S` has a part in the group `group(kind(S), S, i)` of so many.
pub(super) fn grouped<K: Copy>(
    table: &ExactTable,
    groups: usize,
    kind: impl Fn(Coalition) -> K,
    group: impl Fn(K, Coalition, usize) -> usize,
) -> Vec<Vec<IBig>> {
    let n = table.players();
    match table.numerators() {
        Numerators::Small(v) => {
            summed(n, groups, v.iter().map(|&x| i128::from(x)).collect(), kind, group)
        }
        Numerators::Wide(v) if n <= MOST_NARROW => summed(n, groups, v.clone(), kind, group),
        Numerators::Wide(v) => {
            summed(n, groups, v.iter().map(|&x| IBig::from(x)).collect(), kind, group)
        }
        Numerators::Big(v) => summed(n, groups, v.clone(), kind, group),
    }
}

/// The dividends of these values, summed by player and group.
fn summed<T, K: Copy>(
    n: usize,
    groups: usize,
    mut values: Vec<T>,
    kind: impl Fn(Coalition) -> K,
    group: impl Fn(K, Coalition, usize) -> usize,
) -> Vec<Vec<IBig>>
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
    let mut sums = vec![vec![T::default(); groups]; n];
    for (bits, dividend) in values.iter().enumerate() {
        let set = Coalition(bits as u64);
        let kind = kind(set);
        for i in set.members() {
            sums[i][group(kind, set, i)] += dividend;
        }
    }
    let big = |sums: Vec<T>| sums.into_iter().map(IBig::from).collect();
    sums.into_iter().map(big).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::parse_exact;
    use crate::game::cooperative::numbered;
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
