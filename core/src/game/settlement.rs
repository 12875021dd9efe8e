//! The settlement game: what a coalition gets by fighting all others united.
//!
//! Its value depends on the coalition's power alone, by an S-shaped function of it when
//! `m ≥ 1`; then it is zero-monotonic (the gain from taking a partner in is smallest at the
//! two ends, where it is what the partner gets alone), so that its prenucleolus is
//! individually rational and hence its nucleolus (Maschler, Peleg & Shapley 1979). For
//! `m < 1` the weak claim more than their shares and there may be no imputation at all:
//! with `m = 0` everybody claims a half.

use std::cmp::Ordering;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::exact::least_multiple;
use crate::game::tu::TuGame;

/// The settlement game of a contest: [`Contest::claim`].
#[derive(Debug, Clone, Copy)]
pub struct SettlementGame<'a>(pub &'a Contest);

impl TuGame for SettlementGame<'_> {
    fn players(&self) -> usize {
        self.0.len()
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.0.claim(coalition)
    }

    fn values(&self) -> Vec<f64> {
        if self.0.parameters().decisiveness.is_finite() {
            return table(self.0.shares(), |own, rest| 1.0 / (1.0 + self.0.strength(rest / own)));
        }
        match whole_numbers(self.0) {
            Some(powers) => table(&powers, |own: u128, rest| match own.cmp(&rest) {
                Ordering::Less => 0.0,
                Ordering::Equal => 0.5,
                Ordering::Greater => 1.0,
            }),
            // Powers that need more than 120 bits: coalition by coalition.
            None => (0..1usize << self.0.len())
                .into_par_iter()
                .with_min_len(1024)
                .map(|bits| self.0.claim(Coalition(bits as u64)))
                .collect(),
        }
    }
}

/// `claim(P(S), P(N∖S))` for every `S` but the empty and the grand one, with sums from two tables of half the players each,
/// so that rounding does not build up. O(2^n).
fn table<T>(powers: &[T], claim: impl Fn(T, T) -> f64 + Sync) -> Vec<f64>
where
    T: Copy + Default + std::ops::Add<Output = T> + Send + Sync,
{
    let sums = |powers: &[T]| {
        let mut sums = vec![T::default()];
        for &power in powers {
            sums.extend_from_within(..);
            let half = sums.len() / 2;
            for sum in &mut sums[half..] {
                *sum = *sum + power;
            }
        }
        sums
    };
    let (low, high) = powers.split_at(powers.len() / 2);
    let (low, high) = (sums(low), sums(high));
    let block = low.len();
    let mut values = vec![0.0; block * high.len()];
    let everyone = values.len() - 1;
    values.par_chunks_mut(block).enumerate().for_each(|(h, values)| {
        let (own, rest) = (high[h], high[high.len() - 1 - h]);
        for (l, value) in values.iter_mut().enumerate() {
            *value = claim(own + low[l], rest + low[block - 1 - l]);
        }
    });
    values[0] = 0.0;
    values[everyone] = 1.0;
    values
}

/// The shares over their common denominator, if the numerators' sum is below 2^120.
fn whole_numbers(contest: &Contest) -> Option<Vec<u128>> {
    let shares = contest.exact_shares();
    let mut common = UBig::ONE;
    for share in shares {
        let d = share.denominator();
        common = least_multiple(&common, d);
        if common.bit_len() > 120 {
            return None;
        }
    }
    let scaled = |share: &dashu_ratio::RBig| {
        let whole: IBig = share.numerator() * IBig::from(&common / share.denominator());
        u128::try_from(whole).ok()
    };
    shares.iter().map(scaled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::system::System;

    /// The table is the claims, whatever the decisiveness; exactly so where ties decide.
    #[test]
    fn the_table_is_the_claims() {
        let powers = [5.0, 4.0, 3.0, 1.0, 1.0, 0.1, 2.1];
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        let system = System::from_powers(named).unwrap();
        for decisiveness in [0.0, 0.5, 1.0, 2.0, 3.7, 100.0, f64::INFINITY] {
            let parameters = Parameters { decisiveness, ..Parameters::default() };
            let contest = Contest::new(&system, &parameters).unwrap();
            let game = SettlementGame(&contest);
            let values = game.values();
            assert_eq!(values.len(), 1 << powers.len());
            for (bits, value) in values.iter().enumerate() {
                let claim = contest.claim(Coalition(bits as u64));
                let tolerance = if decisiveness.is_finite() { 1e-13 } else { 0.0 };
                assert!((value - claim).abs() <= tolerance, "{bits:b}: {value} ≠ {claim}");
            }
        }
    }
}
