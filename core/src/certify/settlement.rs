//! Re-checks the settlement lens: the claims of the game, sums, and scans of all coalitions.
//!
//! Nothing is solved. The price of peace is proved from below by adding up the claims of a
//! balanced collection, from above by looking at every coalition's excess over the
//! nucleolus; a range the same way; the nucleolus by Kohlberg's criterion, level by level,
//! with spans decided in whole numbers. Cost: O(2^n) for each allocation, and O(2^n · n) at
//! worst for the levels.

use rayon::prelude::*;

use crate::certify::Claim;
use crate::certify::cooperative::integer_span::IntegerSpan;
use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::finding::settlement::{
    LeastCoreBound, LeastCoreRange, MAX_STATES, SettlementFinding, Weights,
};
use crate::game::{SettlementGame, TuGame};
use crate::tolerance::Tolerances;

/// Every claim of the finding, checked against the contest alone.
///
/// A malformed finding has one claim, which is refuted.
pub fn check(contest: &Contest, finding: &SettlementFinding) -> Vec<Claim> {
    if let Some(problem) = malformed(contest.len(), finding) {
        return vec![Claim::exact(
            format!("settlement: the finding is well-formed ({problem})"),
            false,
        )];
    }
    let checker = Checker { contest, finding, values: SettlementGame(contest).values() };
    let mut claims = checker.price_of_peace();
    claims.extend(checker.status_quo());
    claims.extend(checker.nucleolus());
    claims.extend(finding.ranges.iter().flat_map(|range| checker.range(range)));
    claims
}

/// What would keep the checks from being made at all.
fn malformed(n: usize, finding: &SettlementFinding) -> Option<&'static str> {
    if n > MAX_STATES {
        return Some("too many states");
    }
    let proper = |s: Coalition| !s.is_empty() && s.is_subset_of(Coalition::grand(n)) && s.len() < n;
    let weights = |w: &Weights| w.iter().all(|&(s, w)| proper(s) && w.is_finite());
    let allocation = |x: &[f64]| x.len() == n && x.iter().all(|x| x.is_finite());
    let bound = |b: &LeastCoreBound| {
        allocation(&b.allocation) && weights(&b.weights) && b.total.is_finite()
    };
    let numbers = [finding.price_of_peace, finding.status_quo_price];
    if !numbers.iter().all(|x| x.is_finite()) {
        return Some("a price is not a number");
    }
    if finding.weights.is_empty() || !weights(&finding.weights) || !proper(finding.claimant) {
        return Some("the weights or the claimant are not of this system");
    }
    if !allocation(&finding.nucleolus) {
        return Some("the nucleolus does not have a payoff for each state");
    }
    let level = |l: &crate::finding::settlement::Level| {
        l.excess.is_finite() && !l.weights.is_empty() && weights(&l.weights) && l.floors.is_empty()
    };
    if finding.levels.is_empty() || finding.levels.len() > n || !finding.levels.iter().all(level) {
        return Some("the levels of the nucleolus are not of this system");
    }
    let range = |r: &LeastCoreRange| {
        r.leader < n
            && r.control.iter().all(|x| x.is_finite())
            && bound(&r.lowest)
            && bound(&r.highest)
    };
    (!finding.ranges.iter().all(range)).then_some("a range is not of this system")
}

struct Checker<'a> {
    contest: &'a Contest,
    finding: &'a SettlementFinding,
    values: Vec<f64>,
}

fn claim(what: impl std::fmt::Display, violation: f64) -> Claim {
    Claim::within(format!("settlement: {what}"), violation, Tolerances::DEFAULT.certificate)
}

/// By how much a weight fails to be above zero.
fn not_positive(weights: &Weights) -> f64 {
    let fails = |&(_, w): &(Coalition, f64)| if w > 0.0 { 0.0 } else { f64::INFINITY };
    weights.iter().map(fails).fold(0.0, f64::max)
}

/// `Σ weight · 1_S`, by player.
fn cover(n: usize, weights: &Weights) -> Vec<f64> {
    let mut cover = vec![0.0; n];
    for &(s, w) in weights {
        s.members().for_each(|i| cover[i] += w);
    }
    cover
}

impl Checker<'_> {
    fn n(&self) -> usize {
        self.contest.len()
    }

    fn value(&self, s: Coalition) -> f64 {
        self.values[s.bits() as usize]
    }

    /// The largest excess over `x` of any coalition but the empty and the grand one.
    fn largest_excess(&self, x: &[f64]) -> f64 {
        let sums = Sums::new(x, 0.0);
        let (last, chunk) = (self.values.len() - 1, sums.low.len());
        self.values
            .par_chunks(chunk)
            .enumerate()
            .map(|(h, values)| {
                let proper = |l: usize| (1..last).contains(&(h * chunk + l));
                let excess = |(l, v): (usize, &f64)| v - (sums.low[l] + sums.high[h]);
                let each = values.iter().enumerate().filter(|&(l, _)| proper(l)).map(excess);
                each.fold(f64::NEG_INFINITY, f64::max)
            })
            .reduce(|| f64::NEG_INFINITY, f64::max)
    }

    /// By how much `x` fails to be an allocation that leaves no excess above `price`.
    fn unfair(&self, x: &[f64], price: f64) -> f64 {
        let inefficient = (x.iter().sum::<f64>() - 1.0).abs();
        inefficient.max(self.largest_excess(x) - price)
    }

    fn price_of_peace(&self) -> Vec<Claim> {
        let (finding, price) = (self.finding, self.finding.price_of_peace);
        let uncovered = cover(self.n(), &finding.weights).into_iter().map(|c| (c - 1.0).abs());
        let claims: f64 = finding.weights.iter().map(|&(s, w)| w * self.value(s)).sum();
        let total: f64 = finding.weights.iter().map(|&(_, w)| w).sum();
        vec![
            claim("the weights are above zero", not_positive(&finding.weights)),
            claim("the weights are a balanced collection", uncovered.fold(0.0, f64::max)),
            claim(
                format_args!("their claims show that no price below {price:.6} brings peace"),
                (claims - 1.0 - price * total).abs() / total,
            ),
            claim(
                format_args!("at {price:.6} the nucleolus leaves no coalition a reason to fight"),
                self.unfair(&finding.nucleolus, price),
            ),
        ]
    }

    fn status_quo(&self) -> Vec<Claim> {
        let (shares, price) = (self.contest.shares(), self.finding.status_quo_price);
        let claimant = self.finding.claimant;
        let attained = self.value(claimant) - claimant.sum(shares);
        vec![
            claim(
                format_args!("at {price:.6} no coalition fights over the status quo"),
                (self.largest_excess(shares) - price).abs(),
            ),
            claim("the claimant would at any less", (attained - price).abs()),
        ]
    }

    fn nucleolus(&self) -> Vec<Claim> {
        let (n, finding) = (self.n(), self.finding);
        let x = &finding.nucleolus;
        let mut span = IntegerSpan::new(n);
        span.insert(Coalition::grand(n));
        let mut spans = vec![span.orthogonal()];
        let (mut weights, mut total, mut inside) = (0.0f64, 0.0f64, 0.0f64);
        let (mut tight, mut ascent) = (0.0f64, 0.0f64);
        let mut before = finding.price_of_peace;
        for (k, level) in finding.levels.iter().enumerate() {
            weights = weights.max(not_positive(&level.weights));
            total = total.max((level.weights.iter().map(|&(_, w)| w).sum::<f64>() - 1.0).abs());
            let cover = cover(n, &level.weights);
            for vector in &spans[k] {
                let product: f64 = cover.iter().zip(vector).map(|(c, &z)| c * z as f64).sum();
                let size = vector.iter().fold(1.0, |m, &z| f64::max(m, z.abs() as f64));
                inside = inside.max(product.abs() / size);
            }
            for &(s, _) in &level.weights {
                tight = tight.max((self.value(s) - s.sum(x) - level.excess).abs());
                span.insert(s);
            }
            let rise = level.excess - before;
            ascent = ascent.max(if k == 0 { rise.abs() } else { rise });
            before = level.excess;
            spans.push(span.orthogonal());
        }
        vec![
            claim("the weights of every level are above zero", weights),
            claim("the weights of every level sum to one", total),
            claim("every level is balanced by those before it", inside),
            claim("the coalitions of a level have its excess", tight),
            claim("the levels descend from the price of peace", ascent),
            Claim::exact("settlement: the levels settle all payoffs", span.rank() == n),
            claim("all with a larger excess are settled before", self.unsettled(&spans)),
        ]
    }

    /// The most by which a coalition's excess over the nucleolus is above that of a level
    /// before which it is not settled. `spans[k]` is orthogonal to what is settled before
    /// level `k`.
    fn unsettled(&self, spans: &[Vec<Vec<i64>>]) -> f64 {
        let x = Sums::new(&self.finding.nucleolus, 0.0);
        let tables: Vec<Vec<Sums<i64>>> =
            spans.iter().map(|s| s.iter().map(|v| Sums::new(v, 0)).collect()).collect();
        let tolerance = Tolerances::DEFAULT.certificate;
        // Levels descend to within rounding; the running minimum does exactly.
        let mut lowest = f64::INFINITY;
        let floors: Vec<f64> = self
            .finding
            .levels
            .iter()
            .map(|level| {
                lowest = lowest.min(level.excess);
                lowest
            })
            .collect();
        let chunk = x.low.len();
        let worst = |h: usize, values: &[f64]| {
            let mut worst = 0.0f64;
            for (l, v) in values.iter().enumerate() {
                let excess = v - (x.low[l] + x.high[h]);
                if excess <= lowest + tolerance {
                    continue;
                }
                let k = floors.partition_point(|&floor| floor >= excess - tolerance);
                let orthogonal = |table: &Sums<i64>| table.low[l] + table.high[h] == 0;
                if k < floors.len() && !tables[k].iter().all(orthogonal) {
                    worst = worst.max(excess - floors[k]);
                }
            }
            worst
        };
        self.values
            .par_chunks(chunk)
            .enumerate()
            .map(|(h, values)| worst(h, values))
            .reduce(|| 0.0, f64::max)
    }

    fn range(&self, range: &LeastCoreRange) -> Vec<Claim> {
        let [low, high] = range.control;
        let mut claims =
            vec![claim("the range is in order", if low <= high { 0.0 } else { f64::INFINITY })];
        let bounds = [("least", &range.lowest, 1.0, low), ("most", &range.highest, -1.0, high)];
        for (what, bound, sign, payoff) in bounds {
            let attained = (bound.allocation[range.leader] - payoff).abs();
            let mut residual = cover(self.n(), &bound.weights);
            residual[range.leader] -= sign;
            let residual =
                residual.into_iter().map(|r| (r + bound.total).abs()).fold(0.0, f64::max);
            let price = self.finding.price_of_peace;
            let sum: f64 = bound.weights.iter().map(|&(s, w)| w * (self.value(s) - price)).sum();
            claims.extend([
                claim(
                    format_args!(
                        "an allocation of the least core gives the leading state at {what} {payoff:.6}"
                    ),
                    attained.max(self.unfair(&bound.allocation, price)),
                ),
                claim(
                    format_args!(
                        "the claims of coalitions give the leading state at {what} {payoff:.6}"
                    ),
                    residual
                        .max(sign * payoff - (sum + bound.total))
                        .max(not_positive(&bound.weights)),
                ),
            ]);
        }
        claims
    }
}

/// Sums over the coalitions of the lower half of the players and over those of the upper.
struct Sums<T> {
    low: Vec<T>,
    high: Vec<T>,
}

impl<T: Copy + std::ops::Add<Output = T>> Sums<T> {
    fn new(terms: &[T], zero: T) -> Self {
        let sums = |terms: &[T]| {
            let sum = |bits: usize| {
                let members = terms.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
                members.fold(zero, |sum, (_, &term)| sum + term)
            };
            (0..1usize << terms.len()).map(sum).collect()
        };
        let (low, high) = terms.split_at(terms.len() / 2);
        Self { low: sums(low), high: sums(high) }
    }
}
