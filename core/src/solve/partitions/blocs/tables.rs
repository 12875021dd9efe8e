//! What the plain sweep looks up for every coalition.
//!
//! With `A(S) = P(S)^m / Σ_{j∈S} p_j^s`, the *attraction* of a coalition, and
//! `D(π) = Σ_B P(B)^m`, a member's control under `π` is `p_i^s · A(B_i) / D(π)`: all members
//! of a bloc agree on which blocs are better, and what others do matters through `D` alone.

use crate::coalition::Coalition;
use crate::contest::Contest;

/// Tables over all `2^n` coalitions, by their bits; 0 for the empty one.
pub(super) struct Tables {
    pub(super) n: usize,
    /// `p_i^s`.
    pub(super) weights: Vec<f64>,
    /// `P(S)^m`.
    pub(super) strength: Vec<f64>,
    /// `A(S)`.
    pub(super) attraction: Vec<f64>,
    /// `Σ_{i∈S} P(i)^m`: the strength of `S` when every member stands alone.
    pub(super) apart: Vec<f64>,
    /// `min_{i∈S} p_i^(s−1)`: a gain in attraction, times this, is what the least eager member
    /// of `S` gains over its share.
    pub(super) ease: Vec<f64>,
    /// Whether uniting never makes weaker, `m ≥ 1`; else it never makes stronger.
    pub(super) convex: bool,
    /// The coalitions by falling attraction.
    pub(super) order: Vec<u32>,
    /// Where each coalition is in `order`.
    pub(super) rank: Vec<u32>,
    /// For each state the last coalition in `order` that it is in.
    pub(super) last: Vec<u32>,
}

impl Tables {
    pub(super) fn new(contest: &Contest) -> Self {
        let n = contest.len();
        let size = 1usize << n;
        let shares = contest.shares();
        let lone: Vec<f64> = shares.iter().map(|&p| contest.strength(p)).collect();
        let eases: Vec<f64> = contest.weights().iter().zip(shares).map(|(w, p)| w / p).collect();
        let power = sums(shares);
        let weight = sums(contest.weights());
        let mut ease = vec![f64::INFINITY; size];
        for s in 1..size {
            ease[s] = ease[s & (s - 1)].min(eases[s.trailing_zeros() as usize]);
        }
        let mut strength = vec![0.0; size];
        let mut attraction = vec![0.0; size];
        for s in 1..size {
            strength[s] = contest.strength(power[s]);
            attraction[s] = strength[s] / weight[s];
        }
        let mut order: Vec<u32> = (1..size as u32).collect();
        order.sort_unstable_by(|&a, &b| {
            attraction[b as usize].total_cmp(&attraction[a as usize]).then(b.cmp(&a))
        });
        let mut rank = vec![0; size];
        let mut last = vec![0; n];
        for (at, &s) in order.iter().enumerate() {
            rank[s as usize] = at as u32;
            for i in Coalition(u64::from(s)).members() {
                last[i] = at as u32;
            }
        }
        Self {
            n,
            weights: contest.weights().to_vec(),
            strength,
            attraction,
            apart: sums(&lone),
            ease,
            convex: contest.parameters().decisiveness >= 1.0,
            order,
            rank,
            last,
        }
    }

    /// All states.
    pub(super) fn grand(&self) -> u32 {
        (self.strength.len() - 1) as u32
    }

    /// The least and the most that the blocs of `rest` can add to `D`.
    pub(super) fn bounds(&self, rest: u32) -> (f64, f64) {
        let (together, apart) = (self.strength[rest as usize], self.apart[rest as usize]);
        if self.convex { (apart, together) } else { (together, apart) }
    }

    /// A lower bound on how much `D` falls, whatever blocs there are, when `leaving` leave
    /// them.
    pub(super) fn fall(&self, leaving: u32) -> f64 {
        if self.convex { self.apart[leaving as usize] } else { 0.0 }
    }

    /// What the least eager member of `s` gains over its share by leaving `blocs`, whose
    /// strengths sum to `total`; at most 0 if somebody loses. O(blocs).
    pub(super) fn gain(&self, s: u32, blocs: &[u32], total: f64) -> f64 {
        let mut after = self.strength[s as usize];
        for &bloc in blocs {
            after += self.strength[(bloc & !s) as usize];
        }
        let offer = self.attraction[s as usize] / after;
        let mut least = f64::INFINITY;
        for &bloc in blocs {
            let met = bloc & s;
            if met != 0 {
                let more = offer - self.attraction[bloc as usize] / total;
                if more <= 0.0 {
                    return more;
                }
                least = least.min(more * self.ease[met as usize]);
            }
        }
        least
    }
}

/// The sum of `values` over every coalition, added in the order of the members.
pub(super) fn sums(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; 1 << values.len()];
    for s in 1..sums.len() {
        let top = s.ilog2();
        sums[s] = sums[s & !(1 << top)] + values[top as usize];
    }
    sums
}
