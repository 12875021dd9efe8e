//! All configurations of two sides or more, for systems small enough.
//!
//! Each is taken once: a state opens a new side only after those before it have opened the
//! lower ones (Knuth 2005, 7.2.1.5). Every state keeps the sum of its weights towards each side;
//! a configuration is a local minimum iff no state has more towards another side, an empty one
//! among them. O(Σ_{j ≤ k} S(n, j) · n k), `S` being the numbers of the second kind.

use dashu_int::IBig;

use super::energy::{Rounded, Weights};
use super::kept::{Kept, Lowest};
use crate::work::Work;

/// The most configurations.
const MOST: u128 = 1 << 28;

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
    n * WIDTH <= 128 && configurations(n, k) <= MOST
}

/// The bits that a state's side takes in a packed configuration: there are 9 sides at most.
const WIDTH: usize = 4;

/// Each state's side, of a packed configuration.
pub(super) fn unpacked(packed: u128, n: usize) -> Vec<usize> {
    (0..n).map(|i| (packed >> (WIDTH * i) & 15) as usize).collect()
}

/// The local minima of `n` states on at most `k` sides, packed. `None` if the time was up.
pub(super) fn minima(weights: &Weights, n: usize, k: usize, work: &Work) -> Option<Lowest<u128>> {
    let (rounded, fine) = (weights.wide(), weights.fine());
    let mut walk = Walk {
        exact: weights,
        all: (0..n * n).filter(|at| at / n < at % n).map(|at| rounded.weights[at]).sum(),
        rounded,
        fine,
        n,
        k,
        side: vec![0; n],
        pull: vec![0; n * k],
        together: 0,
        kept: Kept::new(),
        leaves: 0,
        work,
        stopped: false,
    };
    walk.place(0, 0);
    let blur = walk.fine.blur(n * n);
    (!walk.stopped).then(|| walk.kept.into_lowest(blur))
}

struct Walk<'a> {
    exact: &'a Weights,
    rounded: Rounded<i64>,
    fine: Rounded<i128>,
    /// The weights of all pairs.
    all: i64,
    n: usize,
    k: usize,
    side: Vec<usize>,
    /// `pull[i · k + s]`: state `i`'s weights towards side `s`.
    pull: Vec<i64>,
    /// The weights of the pairs that stand together.
    together: i64,
    kept: Kept<u128>,
    leaves: u64,
    work: &'a Work<'a>,
    stopped: bool,
}

impl Walk<'_> {
    fn place(&mut self, i: usize, open: usize) {
        if self.stopped {
            return;
        }
        if i == self.n {
            self.leaf();
            return;
        }
        for s in 0..(open + 1).min(self.k) {
            self.side[i] = s;
            let pull = self.pull[i * self.k + s];
            self.together += pull;
            self.add(i, s, 1);
            self.place(i + 1, open.max(s + 1));
            self.add(i, s, -1);
            self.together -= pull;
        }
    }

    fn add(&mut self, i: usize, s: usize, times: i64) {
        for j in 0..self.n {
            self.pull[j * self.k + s] += times * self.rounded.weights[i * self.n + j];
        }
    }

    fn leaf(&mut self) {
        self.leaves += 1;
        if self.leaves.is_multiple_of(65_536) && self.work.is_over() {
            self.stopped = true;
            return;
        }
        let stays = |i: usize| {
            let pulls = &self.pull[i * self.k..(i + 1) * self.k];
            let own = pulls[self.side[i]] + 2 * self.rounded.slack;
            pulls.iter().all(|&pull| pull <= own)
        };
        if !(0..self.n).all(stays) {
            return;
        }
        if self.rounded.slack == 0 || self.exact.least_change(&self.side, self.k) >= IBig::ZERO {
            let packed = |(i, &s): (usize, &usize)| (s as u128) << (WIDTH * i);
            let packed = self.side.iter().enumerate().map(packed).sum();
            let apart = self.all - self.together;
            let at_least = self.fine.at_least(apart, &self.rounded);
            self.kept.add(at_least, || self.fine.apart(&self.side), packed);
        }
    }
}
