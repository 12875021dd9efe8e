//! One Nash equilibrium of a game of any number of players: the limit of the logit path.
//!
//! In a logit (quantal response) equilibrium with precision `λ` each player plays
//! `p(a) ∝ exp(λ · u(a))` against the others (McKelvey & Palfrey 1995). At `λ = 0` all play
//! uniformly; the branch that begins there leads, in almost all games, to one Nash
//! equilibrium as `λ → ∞`. It is followed by arc length in `(log p, λ)` (Turocy 2005): a
//! step along the tangent, Newton's method back to the curve, shorter steps where the curve
//! bends, through folds at which `λ` turns. When the strategies that survive can be told
//! apart, Newton's method on their indifference conditions gives the equilibrium itself to
//! rounding; it is taken once two points of the path lead to the same.
//!
//! Payoffs enter as shares of each player's span, so `λ` is per span, and the path does not
//! depend on scale. The number of steps is bounded: it ends, found or not.
//!
//! Cost: some hundred steps, each O(players² · profiles).

use crate::game::table::StrategicTable;
use crate::solve::mixed::expected::by_pair;
use crate::solve::mixed::newton::newton;
use crate::solve::mixed::support::gains;
use crate::solve::mixed::{Equilibrium, Proof, linear};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most steps along the path.
const MAX_STEPS: u32 = 20_000;
/// The precision at which the path is left, polished or not.
const MAX_LAMBDA: f64 = 1e8;
/// The shortest step.
const SHORTEST: f64 = 1e-9;

/// The steps into which the way is cut for whoever watches it.
const WHOLE: u64 = 1000;

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

/// What came of following the logit path from uniform play.
#[derive(Debug, Clone, PartialEq)]
pub enum Logit {
    /// The equilibrium that the path leads to; its regret says how nearly.
    Found {
        /// The equilibrium.
        equilibrium: Equilibrium,
        /// The path to where it was told.
        path: Path,
    },
    /// The path was left before its end could be told.
    Stopped {
        /// The last point of the path, with its regrets: an approximate equilibrium.
        nearest: Equilibrium,
        /// The path that far.
        path: Path,
        /// Why, in words.
        why: &'static str,
    },
}

/// Follows the logit path from uniform play to a Nash equilibrium.
pub fn logit(game: &StrategicTable, work: Work<'_>) -> Logit {
    let mut tracer = Tracer::new(game);
    let mut told = 0;
    work.begin("logit path", WHOLE);
    let why = loop {
        // Precision grows by orders of magnitude; most paths are left long before the end.
        let way = (1.0 + tracer.path.lambda.max(0.0)).ln() / (1.0 + MAX_LAMBDA).ln();
        let steps = (way * WHOLE as f64) as u64;
        if steps > told {
            work.advance(steps - told);
            told = steps;
        }
        if tracer.path.steps >= MAX_STEPS {
            break "the path is too long";
        }
        if work.is_over() {
            break "the time was up";
        }
        if tracer.path.lambda > MAX_LAMBDA {
            break "the strategies that survive could not be told apart";
        }
        if !tracer.step() {
            break "the path could not be followed any further";
        }
        if let Some(strategies) = tracer.polish() {
            work.end();
            let equilibrium = Equilibrium::new(game, strategies, Proof::None);
            return Logit::Found { equilibrium, path: tracer.path };
        }
    };
    work.end();
    let nearest = Equilibrium::new(game, tracer.strategies(), Proof::None);
    // Where several strategies survive without need, as in degenerate games, the path comes
    // as near as rounding lets it.
    if nearest.relative_regret(game) <= Tolerances::DEFAULT.certificate {
        return Logit::Found { equilibrium: nearest, path: tracer.path };
    }
    Logit::Stopped { nearest, path: tracer.path, why }
}

struct Tracer<'a> {
    game: &'a StrategicTable,
    sizes: Vec<usize>,
    /// The first variable of each player.
    first: Vec<usize>,
    payoffs: Vec<Vec<f64>>,
    /// Log probabilities, then `λ`.
    point: Vec<f64>,
    tangent: Vec<f64>,
    length: f64,
    path: Path,
    /// What the last attempt to polish led to, and at which `λ`.
    candidate: Option<(f64, Vec<Vec<f64>>)>,
}

impl<'a> Tracer<'a> {
    fn new(game: &'a StrategicTable) -> Self {
        let sizes = game.sizes();
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
        let payoffs = (0..sizes.len()).map(|i| game.normalized(i)).collect();
        let path = Path { lambda: 0.0, steps: 0, folds: 0 };
        Self { game, sizes, first, payoffs, point, tangent, length: 0.1, path, candidate: None }
    }

    /// The probabilities at the present point.
    fn strategies(&self) -> Vec<Vec<f64>> {
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
            for j in (0..n).filter(|&j| j != i) {
                let other = self.sizes[j];
                let (low, high) = (i.min(j), i.max(j));
                let pairs = by_pair(&self.payoffs[i], &strategies, low, high);
                let pair = |a: usize, b: usize| {
                    if i < j { pairs[a + b * k] } else { pairs[b + a * other] }
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
    fn step(&mut self) -> bool {
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

    /// The equilibrium that the path leads to, once it can be told.
    fn polish(&mut self) -> Option<Vec<Vec<f64>>> {
        let d = self.point.len();
        let (lambda, pace) = (self.point[d - 1], self.tangent[d - 1]);
        let last = self.candidate.as_ref().map_or(0.0, |(lambda, _)| *lambda);
        if pace <= 0.0 || lambda < 4.0 || lambda < 1.25 * last {
            return None;
        }
        // log p falls like −λ · shortfall where a strategy dies out, and levels off where it
        // survives.
        let strategies = self.strategies();
        let survives = |v: usize| lambda * self.tangent[v] / pace > -0.5;
        let support: Vec<Vec<usize>> = self
            .first
            .iter()
            .zip(&self.sizes)
            .map(|(&first, &k)| (0..k).filter(|&a| survives(first + a)).collect())
            .collect();
        let found = self.on_support(&support, &strategies);
        let before = self.candidate.take();
        let Some(found) = found else {
            self.candidate = Some((lambda, Vec::new()));
            return None;
        };
        let near = |one: &[Vec<f64>], other: &[Vec<f64>], most: f64| {
            one.len() == other.len()
                && one
                    .iter()
                    .flatten()
                    .zip(other.iter().flatten())
                    .all(|(a, b)| (a - b).abs() < most)
        };
        let confirmed = before.is_some_and(|(_, before)| near(&before, &found, 1e-9));
        if confirmed && near(&found, &strategies, 0.1) {
            return Some(found);
        }
        self.candidate = Some((lambda, found));
        None
    }

    /// Newton's method on a support's indifference conditions.
    fn on_support(&self, support: &[Vec<usize>], strategies: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
        if support.iter().any(Vec::is_empty) {
            return None;
        }
        let used: Vec<&[usize]> = support.iter().map(Vec::as_slice).collect();
        let (shape, gains) = gains(self.game, &self.payoffs, &used)?;
        let start = support
            .iter()
            .zip(strategies)
            .map(|(used, p)| {
                let total: f64 = used.iter().map(|&a| p[a]).sum();
                used.iter().map(|&a| p[a] / total).collect()
            })
            .collect();
        let weights = newton(&shape, &gains, start)?;
        if weights.iter().flatten().any(|&w| w < 0.0) {
            return None;
        }
        for i in 0..support.len() {
            for q in 0..shape.below[i] {
                if shape.at(&gains, i, shape.equal[i] + q, &weights) > Tolerances::DEFAULT.support {
                    return None;
                }
            }
        }
        let spread = |((used, weights), &k): ((&Vec<usize>, &Vec<f64>), &usize)| {
            let mut p = vec![0.0; k];
            used.iter().zip(weights).for_each(|(&a, &w)| p[a] = w);
            p
        };
        Some(support.iter().zip(&weights).zip(&self.sizes).map(spread).collect())
    }
}
