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
use crate::solve::strategic::mixed::branch::{Branch, Path};
use crate::solve::strategic::mixed::newton::newton;
use crate::solve::strategic::mixed::support::gains;
use crate::solve::strategic::mixed::{Equilibrium, Proof};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most steps along the path.
const MAX_STEPS: u32 = 20_000;
/// The precision at which the path is left, polished or not.
const MAX_LAMBDA: f64 = 1e8;
/// The steps into which the way is cut for whoever watches it.
const WHOLE: u64 = 1000;

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
    let payoffs: Vec<Vec<f64>> = (0..game.sizes().len()).map(|i| game.normalized(i)).collect();
    let branch = Branch::new(game.sizes(), &payoffs);
    let mut tracer = Tracer { game, payoffs: &payoffs, branch, candidate: None };
    let mut told = 0;
    work.begin("logit path", WHOLE);
    let why = loop {
        // Precision grows by orders of magnitude; most paths are left long before the end.
        let way = (1.0 + tracer.branch.path.lambda.max(0.0)).ln() / (1.0 + MAX_LAMBDA).ln();
        let steps = (way * WHOLE as f64) as u64;
        if steps > told {
            work.advance(steps - told);
            told = steps;
        }
        if tracer.branch.path.steps >= MAX_STEPS {
            break "the path is too long";
        }
        if work.is_over() {
            break "the time was up";
        }
        if tracer.branch.path.lambda > MAX_LAMBDA {
            break "the strategies that survive could not be told apart";
        }
        if !tracer.branch.step() {
            break "the path could not be followed any further";
        }
        if let Some(strategies) = tracer.polish() {
            work.end();
            let equilibrium = Equilibrium::new(game, strategies, Proof::None).in_fractions(game);
            return Logit::Found { equilibrium, path: tracer.branch.path };
        }
    };
    work.end();
    let nearest = Equilibrium::new(game, tracer.branch.strategies(), Proof::None);
    // Where several strategies survive without need, as in degenerate games, the path comes
    // as near as rounding lets it.
    if nearest.relative_regret(game) <= Tolerances::DEFAULT.certificate {
        return Logit::Found { equilibrium: nearest, path: tracer.branch.path };
    }
    Logit::Stopped { nearest, path: tracer.branch.path, why }
}

struct Tracer<'a> {
    game: &'a StrategicTable,
    payoffs: &'a [Vec<f64>],
    branch: Branch<'a>,
    /// What the last attempt to polish led to, and at which `λ`.
    candidate: Option<(f64, Vec<Vec<f64>>)>,
}

impl Tracer<'_> {
    /// The equilibrium that the path leads to, once it can be told.
    fn polish(&mut self) -> Option<Vec<Vec<f64>>> {
        let Branch { point, tangent, first, sizes, .. } = &self.branch;
        let d = point.len();
        let (lambda, pace) = (point[d - 1], tangent[d - 1]);
        let last = self.candidate.as_ref().map_or(0.0, |(lambda, _)| *lambda);
        if pace <= 0.0 || lambda < 4.0 || lambda < 1.25 * last {
            return None;
        }
        // log p falls like −λ · shortfall where a strategy dies out, and levels off where it
        // survives.
        let strategies = self.branch.strategies();
        let survives = |v: usize| lambda * tangent[v] / pace > -0.5;
        let support: Vec<Vec<usize>> = first
            .iter()
            .zip(sizes)
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
        let (shape, gains) = gains(self.game, self.payoffs, &used)?;
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
        Some(support.iter().zip(&weights).zip(&self.branch.sizes).map(spread).collect())
    }
}
