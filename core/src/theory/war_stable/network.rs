//! Networks of alliances, and the sums of strengths that decide who is vulnerable.

use super::classes;
use crate::game::cooperative::number::Amount;

/// Who is allied with whom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Network {
    n: usize,
    linked: Vec<bool>,
}

impl Network {
    pub(super) fn new(n: usize, linked: impl Fn(usize, usize) -> bool) -> Self {
        let at = |at: usize| at / n != at % n && linked(at / n, at % n);
        Self { n, linked: (0..n * n).map(at).collect() }
    }

    pub(super) fn linked(&self, j: usize, k: usize) -> bool {
        self.linked[j * self.n + k]
    }

    /// Whether `k` is `j` or an ally of it.
    pub(super) fn band(&self, j: usize, k: usize) -> bool {
        j == k || self.linked(j, k)
    }

    pub(super) fn links(&self) -> usize {
        self.linked.iter().filter(|linked| **linked).count() / 2
    }
}

/// Strengths, with `γ = a/b` times `b` in attack and times `a` in defence.
pub(super) struct Strengths<'a, A> {
    pub(super) attack: &'a [A],
    pub(super) defence: &'a [A],
}

impl<A: Amount> Strengths<'_, A> {
    /// The state that defeats all others together.
    pub(super) fn predominant(&self) -> Option<usize> {
        let n = self.attack.len();
        (0..n).find(|&h| {
            let others = (0..n).filter(|&i| i != h);
            self.attack[h] > others.fold(A::zero(), |sum, i| sum.plus(&self.defence[i]))
        })
    }

    /// The sums at a network. O(n³).
    pub(super) fn sums(&self, network: &Network) -> Sums<A> {
        let n = self.attack.len();
        let sum = |values: &[A], of: &dyn Fn(usize) -> bool| {
            (0..n).filter(|&k| of(k)).fold(A::zero(), |sum, k| sum.plus(&values[k]))
        };
        let mut sums = Sums { n, attack: Vec::new(), defence: Vec::new() };
        for i in 0..n {
            for j in 0..n {
                sums.attack.push(sum(self.attack, &|k| k != i && network.band(j, k)));
                let stays = |k: usize| k == i || (network.linked(i, k) && !network.band(j, k));
                sums.defence.push(sum(self.defence, &stays));
            }
        }
        sums
    }
}

/// For target `i` and leader `j`, at `i n + j`: the strength of all who would attack, and of
/// all who would defend.
pub(super) struct Sums<A> {
    n: usize,
    attack: Vec<A>,
    defence: Vec<A>,
}

impl<A: Amount> Sums<A> {
    /// The first leader whose attack defeats `i`.
    pub(super) fn attacker(&self, i: usize) -> Option<usize> {
        let beats = |j: &usize| {
            let at = i * self.n + j;
            *j != i && self.attack[at] > self.defence[at]
        };
        (0..self.n).find(beats)
    }

    /// Whether `end` is vulnerable once its ally `other` is gone: those who attack without
    /// `other` no longer meet it.
    pub(super) fn vulnerable_without(
        &self,
        network: &Network,
        strengths: &Strengths<A>,
        end: usize,
        other: usize,
    ) -> bool {
        (0..self.n).filter(|&j| j != end).any(|j| {
            let at = end * self.n + j;
            if network.band(j, other) {
                return self.attack[at] > self.defence[at];
            }
            self.attack[at] > self.defence[at].minus(&strengths.defence[other])
        })
    }

    /// An attack that the alliance of `j` and `k` makes possible: its leader, the new ally, the
    /// target. Only the two attack with more than before.
    pub(super) fn opened(
        &self,
        network: &Network,
        strengths: &Strengths<A>,
        j: usize,
        k: usize,
    ) -> Option<(usize, usize, usize)> {
        let targets = (0..self.n).filter(|&i| i != j && i != k);
        let cases = targets.flat_map(|i| [(j, k, i), (k, j, i)]);
        cases.into_iter().find(|&(leader, new, target)| {
            let at = target * self.n + leader;
            let attack = self.attack[at].plus(&strengths.attack[new]);
            if network.linked(target, new) {
                attack > self.defence[at].minus(&strengths.defence[new])
            } else {
                attack > self.defence[at]
            }
        })
    }
}

/// All networks of `n` states up to isomorphism: how many classes, and the war-stable ones.
pub(super) fn enumerate<A: Amount>(strengths: &Strengths<A>, n: usize) -> (u64, Vec<Network>) {
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|j| (j + 1..n).map(move |k| (j, k))).collect();
    let firsts = classes::firsts(&pairs, strengths.attack);
    let all = firsts.len() as u64;
    let stable = firsts.into_iter().filter_map(|bits| {
        let at = |j: usize, k: usize| pairs.iter().position(|&p| p == (j.min(k), j.max(k)));
        let network = Network::new(n, |j, k| at(j, k).is_some_and(|at| bits >> at & 1 == 1));
        let sums = strengths.sums(&network);
        let safe = (0..n).all(|i| sums.attacker(i).is_none());
        let needed = |(end, other)| sums.vulnerable_without(&network, strengths, end, other);
        let holds = |&(j, k): &(usize, usize)| match network.linked(j, k) {
            true => needed((j, k)) && needed((k, j)),
            false => sums.opened(&network, strengths, j, k).is_none(),
        };
        (safe && pairs.iter().all(holds)).then_some(network)
    });
    (all, stable.collect())
}
