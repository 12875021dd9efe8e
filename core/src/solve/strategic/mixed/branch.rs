//! The branch of logit equilibria that begins at uniform play, followed by arc length.
//!
//! In a logit (quantal response) equilibrium with precision `λ` each player plays
//! `p(a) ∝ exp(λ · u(a))` against the others (McKelvey & Palfrey 1995). The branch is followed in
//! `(log p, λ)` (Turocy 2005): a step along the tangent, Newton's method back to the curve,
//! shorter steps where the curve bends, through folds at which `λ` turns.
//!
//! Cost: a step is a few evaluations, each O(players · profiles), and systems of as many unknowns
//! as there are strategies.

use crate::solve::strategic::mixed::expected::pairs_of;
use crate::solve::strategic::mixed::linear;

/// The shortest step.
const SHORTEST: f64 = 1e-9;

/// How far the path was followed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Path {
    /// The precision reached, per span of payoffs.
    pub lambda: f64,
    /// The number of steps.
    pub steps: u32,
    /// How often `λ` turned round.
    pub folds: u32,
}

/// A point of the branch, and the way on.
#[derive(Clone)]
pub(super) struct Branch<'a> {
    pub(super) sizes: Vec<usize>,
    /// The first variable of each player.
    pub(super) first: Vec<usize>,
    /// By player, in the order of a table: the first player's strategy varies fastest.
    payoffs: &'a [Vec<f64>],
    /// Log probabilities, then `λ`.
    pub(super) point: Vec<f64>,
    pub(super) tangent: Vec<f64>,
    /// The step that is tried next, and the one that was taken last.
    pub(super) length: f64,
    pub(super) taken: f64,
    pub(super) path: Path,
}

impl<'a> Branch<'a> {
    /// Uniform play, at `λ = 0`.
    pub(super) fn new(sizes: Vec<usize>, payoffs: &'a [Vec<f64>]) -> Self {
        let first: Vec<usize> = sizes
            .iter()
            .scan(0, |sum, k| {
                let this = *sum;
                *sum += k;
                Some(this)
            })
            .collect();
        let mut point: Vec<f64> = sizes.iter().flat_map(|&k| vec![-(k as f64).ln(); k]).collect();
        point.push(0.0);
        let mut tangent = vec![0.0; point.len()];
        if let Some(last) = tangent.last_mut() {
            *last = 1.0;
        }
        let path = Path { lambda: 0.0, steps: 0, folds: 0 };
        Self { sizes, first, payoffs, point, tangent, length: 0.1, taken: 0.0, path }
    }

    /// `λ` at the present point.
    pub(super) fn lambda(&self) -> f64 {
        self.point[self.point.len() - 1]
    }

    /// The probabilities at the present point.
    pub(super) fn strategies(&self) -> Vec<Vec<f64>> {
        self.strategies_at(&self.point)
    }

    fn strategies_at(&self, point: &[f64]) -> Vec<Vec<f64>> {
        let own = |(&first, &k): (&usize, &usize)| {
            let p: Vec<f64> = point[first..first + k].iter().map(|l| l.exp()).collect();
            let total: f64 = p.iter().sum();
            p.into_iter().map(|x| x / total).collect()
        };
        self.first.iter().zip(&self.sizes).map(own).collect()
    }

    /// The conditions at a point and their derivatives, with room for one more row.
    fn system(&self, point: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let d = point.len();
        let lambda = point[d - 1];
        // Not normalised: off the curve the probabilities need not sum to one.
        let strategies: Vec<Vec<f64>> = self
            .first
            .iter()
            .zip(&self.sizes)
            .map(|(&first, &k)| point[first..first + k].iter().map(|l| l.exp()).collect())
            .collect();
        let mut values = vec![0.0; d];
        let mut jacobian = vec![0.0; d * d];
        let n = self.sizes.len();
        for i in 0..n {
            let (start, k) = (self.first[i], self.sizes[i]);
            let mut payoff = vec![0.0; k];
            if n == 1 {
                payoff.clone_from(&self.payoffs[0]);
            }
            let pairs = pairs_of(&self.payoffs[i], &strategies, i);
            for j in (0..n).filter(|&j| j != i) {
                let other = self.sizes[j];
                let pair = |a: usize, b: usize| {
                    if i < j { pairs[j][a + b * k] } else { pairs[j][b + a * other] }
                };
                for a in 1..k {
                    for b in 0..other {
                        let slope = pair(a, b) - pair(0, b);
                        jacobian[(start + a) * d + self.first[j] + b] =
                            -lambda * strategies[j][b] * slope;
                    }
                }
                // Any one of the others gives the expected payoffs.
                if j == usize::from(i == 0) {
                    for (a, sum) in payoff.iter_mut().enumerate() {
                        *sum = (0..other).map(|b| strategies[j][b] * pair(a, b)).sum();
                    }
                }
            }
            values[start] = strategies[i].iter().sum::<f64>() - 1.0;
            for (b, p) in strategies[i].iter().enumerate() {
                jacobian[start * d + start + b] = *p;
            }
            for a in 1..k {
                let gain = payoff[a] - payoff[0];
                let row = start + a;
                values[row] = point[start + a] - point[start] - lambda * gain;
                jacobian[row * d + start + a] += 1.0;
                jacobian[row * d + start] -= 1.0;
                jacobian[row * d + d - 1] = -gain;
            }
        }
        (values, jacobian)
    }

    /// The unit tangent at a point of the curve, in the direction of the last one.
    fn tangent_at(&self, mut jacobian: Vec<f64>) -> Option<Vec<f64>> {
        let d = self.point.len();
        jacobian[(d - 1) * d..].copy_from_slice(&self.tangent);
        let mut right = vec![0.0; d];
        right[d - 1] = 1.0;
        let mut tangent = linear::solve_floats(jacobian, right)?;
        let norm = tangent.iter().map(|x| x * x).sum::<f64>().sqrt();
        tangent.iter_mut().for_each(|x| *x /= norm);
        Some(tangent)
    }

    /// Goes one step along the curve. False if no step is short enough.
    pub(super) fn step(&mut self) -> bool {
        let d = self.point.len();
        if self.path.steps == 0 {
            let (_, jacobian) = self.system(&self.point);
            let Some(tangent) = self.tangent_at(jacobian) else { return false };
            self.tangent = tangent;
        }
        while self.length > SHORTEST * (1.0 + self.point[d - 1].abs()) {
            if let Some((point, tangent, iterations)) = self.advance() {
                let turned = (tangent[d - 1] < 0.0) != (self.tangent[d - 1] < 0.0);
                self.path.folds += u32::from(turned && self.path.steps > 0);
                self.path.lambda = point[d - 1];
                self.path.steps += 1;
                (self.point, self.tangent) = (point, tangent);
                self.taken = self.length;
                self.length *= match iterations {
                    0..=2 => 1.8,
                    3 => 1.3,
                    _ => 0.8,
                };
                return true;
            }
            self.length *= 0.5;
        }
        false
    }

    /// The next point of the curve, if a step of the present length stays near it.
    fn advance(&self) -> Option<(Vec<f64>, Vec<f64>, u32)> {
        let d = self.point.len();
        let mut point: Vec<f64> =
            self.point.iter().zip(&self.tangent).map(|(x, t)| x + self.length * t).collect();
        let mut last = f64::INFINITY;
        for iteration in 0..8 {
            let (values, mut jacobian) = self.system(&point);
            jacobian[(d - 1) * d..].copy_from_slice(&self.tangent);
            let right: Vec<f64> = values.iter().map(|v| -v).collect();
            let step = linear::solve_floats(jacobian.clone(), right)?;
            let size = step.iter().fold(0.0f64, |most, s| most.max(s.abs()));
            // Far from the curve, or not drawn to it: it might be another branch.
            if size.is_nan() || size >= 0.3 || size > 0.5 * last && size > 1e-9 {
                return None;
            }
            point.iter_mut().zip(&step).for_each(|(x, s)| *x += s);
            if size < 1e-8 {
                let tangent = self.tangent_at(jacobian)?;
                let cosine: f64 = tangent.iter().zip(&self.tangent).map(|(a, b)| a * b).sum();
                return (cosine > 0.9).then_some((point, tangent, iteration + 1));
            }
            last = size;
        }
        None
    }

    /// The point of the curve at a given `λ` near the present point; `None` if Newton's method
    /// does not settle close by.
    pub(super) fn land(&self, from: &[f64], lambda: f64) -> Option<Vec<f64>> {
        let d = from.len();
        let mut point = from.to_vec();
        point[d - 1] = lambda;
        for _ in 0..30 {
            let (mut values, mut jacobian) = self.system(&point);
            jacobian[(d - 1) * d..].fill(0.0);
            jacobian[d * d - 1] = 1.0;
            values[d - 1] = 0.0;
            let right: Vec<f64> = values.iter().map(|v| -v).collect();
            let step = linear::solve_floats(jacobian, right)?;
            let size = step.iter().fold(0.0f64, |most, s| most.max(s.abs()));
            if size.is_nan() || size > 0.5 {
                return None;
            }
            point.iter_mut().zip(&step).for_each(|(x, s)| *x += s);
            if size < 1e-12 * (1.0 + lambda) {
                return Some(point);
            }
        }
        None
    }
}
