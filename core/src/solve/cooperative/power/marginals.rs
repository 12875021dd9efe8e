//! Marginal contributions by size, from which the Shapley and Banzhaf values follow.
//!
//! Definition: `M_i(s) = Σ v(S ∪ i) − v(S)` over the coalitions `S` of `s` players without
//! `i`; in a simple game the number of swings. Then
//!
//! - Shapley (1953) value `φ_i = Σ_s s! (n−s−1)! / n! · M_i(s)`,
//! - Banzhaf (1965) value `β_i = Σ_s M_i(s) / 2^(n−1)`, and normalised so as to sum to 1.
//!
//! Method: with `V_i(s)` the sum of the values of the coalitions of size `s` with `i`,
//! `M_i(s) = V_i(s+1) − (V(s) − V_i(s))`; the sums take two additions a coalition (one by its
//! first half of players, one by its second), O(2^n) in all, not O(n 2^n). All sums are of
//! integers, so the values are exact.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::counting::WORDS_AT_ONCE;
use crate::coalition::Coalition;
use crate::error::Result;
use crate::exact::sum;
use crate::game::TuGame;
use crate::game::cooperative::number::{Amount, with_numerators};
use crate::game::cooperative::{ExactTable, OF_SIZE, SimpleTable, WITH};
use crate::work::Work;

/// `M_i(s)` of every player, exact.
#[derive(Debug, Clone, PartialEq)]
pub struct Marginals {
    /// `by_size[i][s]`: `M_i(s)` times the denominator, for `s` from 0 to `n − 1`.
    pub by_size: Vec<Vec<IBig>>,
    /// What all of them are to be divided by.
    pub denominator: UBig,
}

impl Marginals {
    /// The marginals of a table of values. O(2^n).
    pub fn of_table(table: &ExactTable) -> Self {
        let n = table.players();
        let by_size = with_numerators!(table.numerators(), values => of_values(n, values));
        Self { by_size, denominator: table.denominator().clone() }
    }

    /// The marginals of a simple game that is laid out: its swings. O(2^n) bits.
    ///
    /// # Errors
    /// If the time is up.
    pub(super) fn of_simple(game: &SimpleTable, work: &Work) -> Result<Self> {
        let n = game.players();
        let mut total = vec![0i128; n + 1];
        let mut with = vec![vec![0i128; n + 1]; n];
        for (high, &word) in game.words().iter().enumerate() {
            if high % WORDS_AT_ONCE == 0 {
                work.in_time()?;
            }
            if word == 0 {
                continue;
            }
            let base = high.count_ones() as usize;
            let mut of_size = [0i128; 7];
            for (s, class) in OF_SIZE.iter().enumerate() {
                let members = word & class;
                let count = i128::from(members.count_ones());
                of_size[s] = count;
                if count > 0 {
                    total[base + s] += count;
                    for (i, has) in WITH.iter().enumerate().take(n) {
                        with[i][base + s] += i128::from((members & has).count_ones());
                    }
                }
            }
            for i in Coalition((high as u64) << 6).members() {
                for (s, &count) in of_size.iter().enumerate() {
                    if count > 0 {
                        with[i][base + s] += count;
                    }
                }
            }
        }
        let by_size = marginals(n, &total, &with, |v| IBig::from(*v));
        Ok(Self { by_size, denominator: UBig::ONE })
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.by_size.len()
    }

    /// The Shapley value of each player; of a simple game the Shapley–Shubik (1954) index.
    pub fn shapley(&self) -> Vec<RBig> {
        let n = self.players();
        let mut factorial = vec![UBig::ONE];
        for k in 1..=n {
            factorial.push(&factorial[k - 1] * UBig::from(k));
        }
        let weights: Vec<IBig> =
            (0..n).map(|s| IBig::from(&factorial[s] * &factorial[n - 1 - s])).collect();
        let below = &factorial[n] * &self.denominator;
        self.each(|sums| {
            let sum = sums.iter().zip(&weights).map(|(m, w)| m * w).sum();
            RBig::from_parts(sum, below.clone())
        })
    }

    /// The Banzhaf value of each player: the mean of its marginal contributions, in a simple
    /// game swings over `2^(n−1)`.
    pub fn banzhaf(&self) -> Vec<RBig> {
        let below = (UBig::ONE << (self.players() - 1)) * &self.denominator;
        self.each(|sums| RBig::from_parts(sums.iter().sum(), below.clone()))
    }

    /// The Banzhaf values divided by their sum; `None` if that is 0.
    pub fn banzhaf_normalized(&self) -> Option<Vec<RBig>> {
        normalized(self.banzhaf())
    }

    /// The number of coalitions to which each player makes a difference in a simple game: its
    /// swings, or Banzhaf score.
    pub fn swings(&self) -> Vec<RBig> {
        self.each(|sums| RBig::from_parts(sums.iter().sum(), self.denominator.clone()))
    }

    /// A result for each player; players with equal marginals share the work.
    fn each(&self, result: impl Fn(&[IBig]) -> RBig) -> Vec<RBig> {
        let mut results: Vec<RBig> = Vec::with_capacity(self.players());
        for (i, sums) in self.by_size.iter().enumerate() {
            let same = self.by_size[..i].iter().position(|earlier| earlier == sums);
            let value = match same {
                Some(j) => results[j].clone(),
                None => result(sums),
            };
            results.push(value);
        }
        results
    }
}

fn of_values<T: Amount<Sum: Into<IBig>>>(n: usize, values: &[T]) -> Vec<Vec<IBig>> {
    SizeSums::new(n, |bits| values[bits].clone()).marginals(|sum| sum.clone().into())
}

/// Numbers divided by their sum; `None` if that is 0.
pub(super) fn normalized(values: Vec<RBig>) -> Option<Vec<RBig>> {
    let total = sum(values.iter());
    (!total.is_zero()).then(|| values.iter().map(|v| v / &total).collect())
}

/// The Shapley and Banzhaf values of a game known by its values as floats.
#[derive(Debug, Clone, PartialEq)]
pub struct FloatValues {
    /// The Shapley value of each player.
    pub shapley: Vec<f64>,
    /// The Banzhaf value of each player.
    pub banzhaf: Vec<f64>,
}

/// The Shapley and Banzhaf values of any game, in floats: errors are of the size of rounding
/// times the largest value. O(2^n) values, for at most 30 players or so.
pub fn float_values<G: TuGame + ?Sized>(game: &G) -> FloatValues {
    let n = game.players();
    let sums = SizeSums::new(n, |bits| game.value(Coalition(bits as u64)));
    let by_size = sums.marginals(|v| *v);
    // 1 / (n · C(n−1, s)).
    let mut weights = vec![1.0 / n as f64; n];
    for s in 1..n {
        weights[s] = weights[s - 1] * s as f64 / (n - s) as f64;
    }
    let share = |sums: &Vec<f64>| sums.iter().zip(&weights).map(|(m, w)| m * w).sum();
    let mean = |sums: &Vec<f64>| sums.iter().sum::<f64>() / 2f64.powi(n as i32 - 1);
    FloatValues {
        shapley: by_size.iter().map(share).collect(),
        banzhaf: by_size.iter().map(mean).collect(),
    }
}

/// The sums of the values of all coalitions of each size, and of those with each player.
struct SizeSums<T: Amount> {
    total: Vec<T::Sum>,
    with: Vec<Vec<T::Sum>>,
}

impl<T: Amount> SizeSums<T> {
    fn new(n: usize, value: impl Fn(usize) -> T) -> Self {
        let low = n / 2;
        let (rows, columns) = (1usize << (n - low), 1usize << low);
        // Sums by coalition of the first players and number of the others, and by the
        // coalition of the others and number of the first.
        let mut first = vec![T::empty_sum(); (n - low + 1) * columns];
        let mut others = vec![T::empty_sum(); rows * (low + 1)];
        let size: Vec<u8> = (0..columns).map(|bits| bits.count_ones() as u8).collect();
        for row in 0..rows {
            let column_sums = &mut first[row.count_ones() as usize * columns..][..columns];
            let row_sums = &mut others[row * (low + 1)..][..=low];
            for ((bits, sum), &size) in column_sums.iter_mut().enumerate().zip(&size) {
                let v = value(row * columns + bits);
                v.add_to(sum);
                v.add_to(&mut row_sums[usize::from(size)]);
            }
        }
        let mut total = vec![T::empty_sum(); n + 1];
        let mut with = vec![vec![T::empty_sum(); n + 1]; n];
        for of_others in 0..=n - low {
            for bits in 0..columns {
                let sum = &first[of_others * columns + bits];
                let s = of_others + bits.count_ones() as usize;
                T::join(&mut total[s], sum);
                for i in Coalition(bits as u64).members() {
                    T::join(&mut with[i][s], sum);
                }
            }
        }
        for row in 0..rows {
            for of_first in 0..=low {
                let sum = &others[row * (low + 1) + of_first];
                let s = of_first + row.count_ones() as usize;
                for i in Coalition(row as u64).members() {
                    T::join(&mut with[low + i][s], sum);
                }
            }
        }
        Self { total, with }
    }

    fn marginals<M>(&self, convert: impl Fn(&T::Sum) -> M) -> Vec<Vec<M>>
    where
        M: Clone + std::ops::Sub<Output = M> + std::ops::Add<Output = M>,
    {
        marginals(self.with.len(), &self.total, &self.with, convert)
    }
}

/// `M_i(s) = V_i(s+1) − (V(s) − V_i(s))`.
fn marginals<S, M>(n: usize, total: &[S], with: &[Vec<S>], convert: impl Fn(&S) -> M) -> Vec<Vec<M>>
where
    M: Clone + std::ops::Sub<Output = M> + std::ops::Add<Output = M>,
{
    with.iter()
        .map(|of| {
            let size = |s: usize| convert(&of[s + 1]) - (convert(&total[s]) - convert(&of[s]));
            (0..n).map(size).collect()
        })
        .collect()
}
