//! All configurations of two sides or more, for systems small enough.
//!
//! Each is taken once: a state opens a new side only after those before it have opened the
//! lower ones (Knuth 2005, 7.2.1.5). Every state keeps the sum of its weights towards each side;
//! a configuration is a local minimum iff no state has more towards another side, an empty one
//! among them. O(Σ_{j ≤ k} S(n, j) · n k), `S` being the numbers of the second kind.

use dashu_int::IBig;

use super::energy::Weights;
use crate::work::Work;

/// The most configurations.
const MOST: u128 = 1 << 28;

/// All local minima, each with whether it is strict.
pub(super) enum Minima {
    All(Vec<(Vec<usize>, bool)>),
    TooMany,
    OutOfTime,
}

/// The number of configurations of `n` states on at most `k` sides, as far as it matters.
pub(super) fn configurations(n: usize, k: usize) -> u128 {
    let mut row = vec![0u128; k + 1];
    row[0] = 1;
    for _ in 0..n {
        for j in (1..=k).rev() {
            row[j] = (row[j].saturating_mul(j as u128)).saturating_add(row[j - 1]);
        }
        row[0] = 0;
    }
    row.iter().fold(0, |sum, x| sum.saturating_add(*x))
}

/// Whether there are few enough configurations.
pub(super) fn takes(n: usize, k: usize) -> bool {
    configurations(n, k) <= MOST
}

/// All local minima of `n` states on at most `k` sides.
pub(super) fn minima(weights: &Weights, n: usize, k: usize, most: usize, work: &Work) -> Minima {
    let rounded = weights.wide();
    let mut walk = Walk {
        exact: weights,
        rows: rounded.weights,
        slack: rounded.slack,
        n,
        k,
        most,
        side: vec![0; n],
        pull: vec![0; n * k],
        found: Vec::new(),
        leaves: 0,
        work,
        stopped: None,
    };
    walk.place(0, 0);
    walk.stopped.unwrap_or(Minima::All(walk.found))
}

struct Walk<'a> {
    exact: &'a Weights,
    rows: Vec<i64>,
    slack: i64,
    n: usize,
    k: usize,
    most: usize,
    side: Vec<usize>,
    /// `pull[i · k + s]`: state `i`'s weights towards side `s`.
    pull: Vec<i64>,
    found: Vec<(Vec<usize>, bool)>,
    leaves: u64,
    work: &'a Work<'a>,
    stopped: Option<Minima>,
}

impl Walk<'_> {
    fn place(&mut self, i: usize, open: usize) {
        if self.stopped.is_some() {
            return;
        }
        if i == self.n {
            self.leaf();
            return;
        }
        for s in 0..(open + 1).min(self.k) {
            self.side[i] = s;
            self.add(i, s, 1);
            self.place(i + 1, open.max(s + 1));
            self.add(i, s, -1);
        }
    }

    fn add(&mut self, i: usize, s: usize, times: i64) {
        for j in 0..self.n {
            self.pull[j * self.k + s] += times * self.rows[i * self.n + j];
        }
    }

    fn leaf(&mut self) {
        self.leaves += 1;
        if self.leaves.is_multiple_of(65_536) && self.work.is_over() {
            self.stopped = Some(Minima::OutOfTime);
            return;
        }
        let stays = |i: usize| {
            let pulls = &self.pull[i * self.k..(i + 1) * self.k];
            let own = pulls[self.side[i]] + 2 * self.slack;
            pulls.iter().all(|&pull| pull <= own)
        };
        if !(0..self.n).all(stays) {
            return;
        }
        let least = self.exact.least_change(&self.side, self.k);
        if least >= IBig::ZERO {
            self.found.push((self.side.clone(), least > IBig::ZERO));
            if self.found.len() > self.most {
                self.stopped = Some(Minima::TooMany);
            }
        }
    }
}
