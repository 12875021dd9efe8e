//! Ranges over correlated equilibria, from the game's payoffs alone.

use crate::certify::Claim;
use crate::game::StrategicTable;
use crate::solve::correlated::{Concept, Extreme, Objective, Proof, Range};
use crate::tolerance::Tolerances;

/// That each end of the range is attained by an equilibrium, and that no equilibrium is beyond
/// it: for every distribution that meets the incentives, the expectation of a sum of payoffs
/// plus weighted gains is no more than that of the sum alone, and no less than its least over
/// all profiles. O(profiles · weights), in payoffs per span.
pub fn range(
    game: &StrategicTable,
    concept: Concept,
    objective: Objective,
    range: &Range,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (name, sign, end) in [("lowest", 1.0, &range.lowest), ("highest", -1.0, &range.highest)] {
        Check { game, concept, objective, sign, end, name }.claims(&mut claims);
    }
    claims
}

struct Check<'a> {
    game: &'a StrategicTable,
    concept: Concept,
    objective: Objective,
    sign: f64,
    end: &'a Extreme,
    name: &'static str,
}

const TOLERANCE: f64 = Tolerances::DEFAULT.certificate;

impl Check<'_> {
    fn claims(&self, claims: &mut Vec<Claim>) {
        let (n, end) = (self.game.roster().len(), self.end);
        let concept = match self.concept {
            Concept::Correlated => "correlated",
            Concept::Coarse => "coarse",
        };
        let what = |text: &str| format!("{concept}: the {} {text}", self.name);
        let listed = end.distribution.iter().all(|&(k, p)| k < self.game.len() && p >= 0.0);
        let total: f64 = end.distribution.iter().map(|&(_, p)| p).sum();
        let sound = listed && end.payoffs.len() == n;
        let off = if sound { (total - 1.0).abs() } else { f64::INFINITY };
        claims.push(Claim::within(what("is over a distribution"), off, 1e-9));
        if !sound {
            return;
        }
        let obeyed = (0..n).map(|i| self.excess(i)).fold(0.0, worse);
        let text = what("distribution gives nobody a reason to leave");
        claims.push(Claim::within(text, obeyed, TOLERANCE));
        let means: Vec<f64> = (0..n)
            .map(|i| end.distribution.iter().map(|&(k, p)| p * self.game.floats(i)[k]).sum())
            .collect();
        let off = |i: usize| (means[i] - end.payoffs[i]).abs() / self.game.span(i);
        let off = (0..n).map(off).fold(0.0, worse);
        claims.push(Claim::within(what("expected payoffs"), off, TOLERANCE));
        let (value, scale) = match self.objective {
            Objective::Welfare => {
                (means.iter().sum(), (0..n).map(|i| self.game.span(i)).fold(0.0, f64::max))
            }
            Objective::Player(i) => (means[i], self.game.span(i)),
            Objective::Minimum => (
                means.iter().copied().fold(f64::INFINITY, f64::min),
                (0..n).map(|i| self.game.span(i)).fold(0.0, f64::max),
            ),
        };
        let off = (value - end.value).abs() / scale;
        claims.push(Claim::within(what("value is what it gives"), off, TOLERANCE));
        claims.push(Claim::exact(what("bound is on what was asked"), self.proves()));
        let gap = end.proofs.iter().map(|proof| {
            let found = self.bound(proof);
            let claimed = (found - proof.bound).abs() / scale;
            let gap = self.sign * (end.value - found) / scale;
            if gap.is_nan() { f64::INFINITY } else { worse(claimed, gap) }
        });
        let text = what("value has no equilibrium beyond it");
        claims.push(Claim::within(text, gap.fold(0.0, worse), TOLERANCE));
    }

    /// The largest expected gain of a player by one of its incentives, per span.
    fn excess(&self, player: usize) -> f64 {
        let k = self.game.sizes()[player];
        let stride = self.game.strides()[player];
        let payoffs = self.game.floats(player);
        let mut sums = vec![0.0; k * k];
        for &(index, p) in &self.end.distribution {
            let from = index / stride % k;
            let row = if self.concept == Concept::Coarse { 0 } else { from };
            for to in 0..k {
                let there = index + to * stride - from * stride;
                sums[row * k + to] += p * (payoffs[there] - payoffs[index]);
            }
        }
        sums.into_iter().fold(0.0, worse) / self.game.span(player)
    }

    /// Whether the proofs bound the objective.
    fn proves(&self) -> bool {
        let n = self.game.roster().len();
        let share = |proof: &Proof, i: usize| proof.shares.get(i).copied().unwrap_or(f64::NAN);
        let only = |proof: &Proof, player: usize| {
            (0..n).all(|i| share(proof, i) == f64::from(u8::from(i == player)))
        };
        let known = self.end.proofs.iter().all(|proof| {
            proof.shares.len() == n
                && proof.weights.iter().all(|w| {
                    let k = self.game.sizes().get(w.player).copied().unwrap_or(0);
                    w.from < k && w.to < k && w.weight >= 0.0 && w.weight.is_finite()
                })
        });
        known
            && match (self.objective, &self.end.proofs[..]) {
                (Objective::Welfare, [proof]) => proof.shares.iter().all(|&share| share == 1.0),
                (Objective::Player(player), [proof]) => only(proof, player),
                // A mean of the payoffs is no less than the lowest of them.
                (Objective::Minimum, [proof]) if self.sign < 0.0 => {
                    let total: f64 = proof.shares.iter().sum();
                    proof.shares.iter().all(|&share| share >= 0.0) && (total - 1.0).abs() < 1e-9
                }
                (Objective::Minimum, proofs) if self.sign > 0.0 => {
                    proofs.len() == n && proofs.iter().enumerate().all(|(i, proof)| only(proof, i))
                }
                _ => false,
            }
    }

    /// The bound that a proof's shares and weights make.
    fn bound(&self, proof: &Proof) -> f64 {
        if !self.proves() {
            return f64::NAN;
        }
        let sizes = self.game.sizes();
        let mut best = f64::INFINITY;
        for index in 0..self.game.len() {
            let mut sum = 0.0;
            for (i, share) in proof.shares.iter().enumerate() {
                sum += self.sign * share * self.game.floats(i)[index];
            }
            for w in &proof.weights {
                let stride = self.game.strides()[w.player];
                let here = index / stride % sizes[w.player];
                if self.concept == Concept::Coarse || here == w.from {
                    let payoffs = self.game.floats(w.player);
                    let there = index + w.to * stride - here * stride;
                    sum += w.weight * (payoffs[there] - payoffs[index]);
                }
            }
            best = best.min(sum);
        }
        self.sign * best
    }
}

/// The larger; what is not a number is infinite.
fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::INFINITY } else { a.max(b) }
}
