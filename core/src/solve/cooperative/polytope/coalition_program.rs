//! Exact linear programmes over coalitions: `min c·x` subject to `x(S) ≥ w(S)` for every
//! coalition but the empty and the grand one and, if the grand one is in the first basis,
//! `x(N) = w(N)`.
//!
//! Method: the dual simplex in whole numbers (Lemke 1954) on the rows met so far, with row
//! generation: when none of those is violated, a scan of all 2^n coalitions looks for others.
//! A first basis is given whose multipliers are not below zero, so there is no first phase,
//! and the multipliers of the last one are the proof. The row violated most enters; after
//! many steps without progress the first by bits, which cannot cycle (Bland 1977).
//!
//! Cost: O(rows · n) whole operations a step, some dozens of steps, and a few scans of 2^n.

use crate::coalition::Coalition;
use crate::game::cooperative::number::Amount;
use crate::solve::cooperative::polytope::basis::Basis;
use crate::solve::linear::whole::Whole;
use crate::work::{Work, parallel};

/// Rows that a scan adds, for each player.
const ROWS_PER_PLAYER: usize = 2;

/// The programme; `floor(bits)` is what the coalition with those bits must get.
pub(in crate::solve) struct CoalitionProgram<'a, F> {
    pub(in crate::solve) players: usize,
    pub(in crate::solve) floor: &'a F,
    pub(in crate::solve) work: &'a Work<'a>,
}

/// Rows met so far, with what they must get.
pub(in crate::solve) type Pool<T> = Vec<(Coalition, T)>;

/// A solution.
pub(in crate::solve) struct Optimum<T> {
    /// The payoffs times the basis' determinant.
    pub(in crate::solve) allocation: Vec<T>,
    /// The rows that determine them.
    pub(in crate::solve) basis: Basis,
    /// Their multipliers, times the determinant.
    pub(in crate::solve) multipliers: Vec<i128>,
}

/// What came of a programme.
pub(in crate::solve) enum Outcome<T> {
    /// Solved.
    Optimal(Optimum<T>),
    /// The costs of all solutions are above the limit: already what these multipliers prove
    /// is.
    Above(Optimum<T>),
    /// There is no solution.
    Infeasible,
    /// The time was up.
    Stopped,
}

/// The rows of a programme, `x(S) ≥ floor`, with equality for some.
pub(in crate::solve) trait Rows<T> {
    /// What a row must get.
    fn floor(&self, row: Coalition) -> T;
    /// Whether it gets no more either; such rows must be in the first basis.
    fn is_equality(&self, row: Coalition) -> bool;
    /// Rows that get less than they must, or none if there are none. `x` is times `scale`.
    /// `None` if the time was up.
    fn worst(&self, x: &[T], scale: i128) -> Option<Vec<Coalition>>;
}

/// Minimises `cost · x` over the rows from a basis whose multipliers of `cost` are not below
/// zero, but for those of equalities. Stops as soon as the cost is known to be above `limit`.
pub(in crate::solve) fn minimum<T: Whole>(
    rows: &impl Rows<T>,
    cost: &[i128],
    mut basis: Basis,
    pool: &mut Pool<T>,
    limit: Option<&T>,
    work: &Work,
) -> Outcome<T> {
    let n = cost.len();
    let mut floors: Vec<T> = basis.rows().iter().map(|&s| rows.floor(s)).collect();
    let mut idle = 0;
    loop {
        if work.is_over() {
            return Outcome::Stopped;
        }
        let x = basis.allocation(&floors);
        let multipliers = basis.multipliers(cost);
        if let Some(limit) = limit {
            let terms = multipliers.iter().zip(&floors);
            let proved = terms.fold(T::zero(), |sum, (&m, w)| sum.plus(&w.scaled(m)));
            if proved > limit.scaled(basis.determinant()) {
                return Outcome::Above(Optimum { allocation: x, basis, multipliers });
            }
        }
        let Some((entering, floor)) = violated(pool, &x, basis.determinant(), idle > 4 * n) else {
            let Some(worst) = rows.worst(&x, basis.determinant()) else {
                return Outcome::Stopped;
            };
            if worst.is_empty() {
                return Outcome::Optimal(Optimum { allocation: x, basis, multipliers });
            }
            pool.extend(worst.into_iter().map(|s| (s, rows.floor(s))));
            continue;
        };
        let combination = basis.combination(entering);
        // The least quotient multiplier / combination, the first by bits on a tie.
        let mut leaving: Option<usize> = None;
        for j in (0..n).filter(|&j| combination[j] > 0 && !rows.is_equality(basis.rows()[j])) {
            let before = |k: usize| {
                let (own, best) =
                    (multipliers[j] * combination[k], multipliers[k] * combination[j]);
                own < best || (own == best && basis.rows()[j] < basis.rows()[k])
            };
            if leaving.is_none_or(before) {
                leaving = Some(j);
            }
        }
        let Some(leaving) = leaving else { return Outcome::Infeasible };
        idle = if multipliers[leaving] == 0 { idle + 1 } else { 0 };
        basis.replace(leaving, entering, &combination);
        floors[leaving] = floor;
    }
}

impl<F> CoalitionProgram<'_, F> {
    /// [`minimum`] over the coalitions.
    pub(in crate::solve) fn solve<T>(
        &self,
        cost: &[i128],
        basis: Basis,
        pool: &mut Pool<T>,
        limit: Option<&T>,
    ) -> Outcome<T>
    where
        T: Whole,
        F: Fn(usize) -> T + Sync,
    {
        minimum(self, cost, basis, pool, limit, self.work)
    }
}

impl<T, F> Rows<T> for CoalitionProgram<'_, F>
where
    T: Whole,
    F: Fn(usize) -> T + Sync,
{
    fn floor(&self, row: Coalition) -> T {
        (self.floor)(row.bits() as usize)
    }

    fn is_equality(&self, row: Coalition) -> bool {
        row == Coalition::grand(self.players)
    }

    /// At most some, each the worst of those that agree on the upper half of the players. O(2^n).
    fn worst(&self, x: &[T], scale: i128) -> Option<Vec<Coalition>> {
        let (low, high) = x.split_at(x.len() / 2);
        let (low, high) = (sums(low), sums(high));
        let full = low.len() * high.len() - 1;
        let block = |h: usize| {
            let mut worst: Option<(T, Coalition)> = None;
            if self.work.is_over() {
                return worst;
            }
            for (l, sum) in low.iter().enumerate() {
                let bits = h * low.len() + l;
                if bits == 0 || bits == full {
                    continue;
                }
                let slack = sum.plus(&high[h]).minus(&(self.floor)(bits).scaled(scale));
                if slack < worst.as_ref().map_or(T::zero(), |(slack, _)| slack.clone()) {
                    worst = Some((slack, Coalition(bits as u64)));
                }
            }
            worst
        };
        let mut found: Vec<(T, Coalition)> = if full < 1 << 12 {
            (0..high.len()).filter_map(block).collect()
        } else {
            parallel(high.len(), block).into_iter().flatten().collect()
        };
        if self.work.is_over() {
            return None;
        }
        found.sort_unstable();
        found.truncate(ROWS_PER_PLAYER * x.len());
        Some(found.into_iter().map(|(_, s)| s).collect())
    }
}

/// The row that is violated most, or `first` by bits, if one is.
fn violated<T: Whole>(pool: &Pool<T>, x: &[T], scale: i128, first: bool) -> Option<(Coalition, T)> {
    let slack = |(s, floor): &(Coalition, T)| {
        let paid = s.members().fold(T::zero(), |sum, i| sum.plus(&x[i]));
        paid.minus(&floor.scaled(scale))
    };
    let short = pool.iter().map(|row| (slack(row), row)).filter(|(slack, _)| *slack < T::zero());
    let best = if first {
        short.min_by_key(|(_, row)| row.0)
    } else {
        short.min_by(|a, b| a.0.cmp(&b.0).then(a.1.0.cmp(&b.1.0)))
    };
    best.map(|(_, row)| row.clone())
}

/// Sums over all sets of the terms, by their bits.
pub(in crate::solve) fn sums<T: Amount>(terms: &[T]) -> Vec<T> {
    let mut sums = vec![T::zero()];
    for term in terms {
        for at in 0..sums.len() {
            sums.push(sums[at].plus(term));
        }
    }
    sums
}
