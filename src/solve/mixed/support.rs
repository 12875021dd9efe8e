//! All Nash equilibria of a small game of any number of players, by supports.
//!
//! For each choice of the strategies that the players use, the equilibria are the zeros of a
//! square multilinear system in a product of simplices. Supports with a strategy that is
//! dominated given the others' are left out (Dickhaut & Kaplan 1991; Porter, Nudelman &
//! Shoham 2008); in the others the simplices are halved until each [`Cell`] is settled:
//!
//! - the signs of the gains at its corners leave no zero (Bernstein), or
//! - Krawczyk's operator, `K = c − Y·F(c) + (I − Y·J)(X − c)`, leaves the cell, or
//! - it contracts, so that the cell has at most one zero: Newton's method finds it, and a
//!   Newton–Kantorovich test proves that it is one (Krawczyk 1969; Moore, Kearfott & Cloud
//!   2009, chapter 8).
//!
//! So the list is complete, and proved to be, unless a support is named as unresolved, where
//! the system is singular (degenerate games have continua of equilibria) or the budget of
//! cells was spent. Rounding is accounted for. Deterministic.
//!
//! Cost: exponential in Σ(k_i − 1); 4 players × 3 take some 10^5 cells.

use crate::error::{Error, Result};
use crate::game::table::{StrategicTable, advance};
use crate::solve::mixed::cell::{Cell, ROUNDING, Shape};
use crate::solve::mixed::newton::{newton, prove};
use crate::solve::mixed::{Equilibrium, Proof, linear};
use crate::solve::pure::pure_nash;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most supports that are looked at.
pub const MAX_SUPPORTS: u64 = 1 << 22;

/// The most cells of one support.
const MAX_CELLS: u64 = 400_000;
/// A probability or a shortfall below this is not told from zero.
const BORDER: f64 = Tolerances::DEFAULT.support;

/// All equilibria of a game, as far as they could be settled.
#[derive(Debug, Clone, PartialEq)]
pub struct AllEquilibria {
    /// The equilibria, by supports: pure ones first.
    pub equilibria: Vec<Equilibrium>,
    /// The number of supports of the game.
    pub supports: u64,
    /// The supports that may hold further equilibria; the list is proved complete if there
    /// are none.
    pub unresolved: Vec<Unresolved>,
}

/// A support that was not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The strategies used, by player.
    pub support: Vec<Vec<usize>>,
    /// Why, in words.
    pub why: &'static str,
}

/// Finds all Nash equilibria.
///
/// # Errors
/// If there are more than [`MAX_SUPPORTS`] supports.
pub fn all_equilibria(game: &StrategicTable, work: Work<'_>) -> Result<AllEquilibria> {
    let sizes = game.sizes();
    let choices =
        |&k: &usize| u32::try_from(k).ok().and_then(|k| 1u64.checked_shl(k)).map(|all| all - 1);
    let supports = sizes
        .iter()
        .try_fold(1u64, |product, k| product.checked_mul(choices(k)?))
        .filter(|&all| all <= MAX_SUPPORTS)
        .ok_or_else(|| {
            Error::too_large(
                "an enumeration of all supports",
                format!("{MAX_SUPPORTS} supports"),
                "ask for one equilibrium, or eliminate dominated strategies first",
            )
        })?;
    let payoffs: Vec<Vec<f64>> = (0..sizes.len()).map(|i| game.normalized(i)).collect();
    let mut found = AllEquilibria { equilibria: Vec::new(), supports, unresolved: Vec::new() };
    for index in pure_nash(game) {
        let strategies = game.profile(index).into_iter().zip(&sizes).map(|(a, &k)| {
            let mut p = vec![0.0; k];
            p[a] = 1.0;
            p
        });
        found.equilibria.push(Equilibrium::new(game, strategies.collect(), Proof::Exact));
    }
    let subsets: Vec<Vec<Vec<usize>>> = sizes.iter().map(|&k| subsets(k)).collect();
    let counts: Vec<usize> = subsets.iter().map(Vec::len).collect();
    let mut choice = vec![0; sizes.len()];
    work.begin("supports", supports);
    loop {
        let support: Vec<&[usize]> =
            choice.iter().zip(&subsets).map(|(&c, s)| s[c].as_slice()).collect();
        if support.iter().any(|s| s.len() > 1)
            && let Some(gains) = gains(game, &payoffs, &support)
        {
            let mut search = Search::new(game, &support, gains, work);
            let why = search.run();
            for (root, radius) in search.roots {
                add(game, &mut found.equilibria, root, radius);
            }
            if let Some(why) = why {
                let support = support.iter().map(|s| s.to_vec()).collect();
                found.unresolved.push(Unresolved { support, why });
            }
        }
        work.advance(1);
        if !advance(&mut choice, &counts) {
            break;
        }
    }
    work.end();
    Ok(found)
}

/// The non-empty subsets of `k` strategies, small ones first.
fn subsets(k: usize) -> Vec<Vec<usize>> {
    let members = |bits: u64| (0..k).filter(|a| bits >> a & 1 == 1).collect::<Vec<_>>();
    let mut subsets: Vec<Vec<usize>> = (1..1u64 << k).map(members).collect();
    subsets.sort_by_key(Vec::len);
    subsets
}

/// The gains of a support with its shape; `None` if a used strategy is dominated there.
pub(super) fn gains(
    game: &StrategicTable,
    payoffs: &[Vec<f64>],
    support: &[&[usize]],
) -> Option<(Shape, Vec<f64>)> {
    let strides = game.strides();
    let mut gains = Vec::new();
    let mut below = Vec::with_capacity(support.len());
    for (i, own) in support.iter().enumerate() {
        let mut others = vec![0];
        for (j, used) in support.iter().enumerate() {
            if j != i {
                others = used
                    .iter()
                    .flat_map(|a| others.iter().map(move |o| o + a * strides[j]))
                    .collect();
            }
        }
        let k = game.roster()[i].strategies.len();
        let line = |a: usize| others.iter().map(move |o| payoffs[i][o + a * strides[i]]);
        for &a in *own {
            for b in (0..k).filter(|&b| b != a) {
                if line(b).zip(line(a)).all(|(better, worse)| better - worse > ROUNDING) {
                    return None;
                }
            }
        }
        let unused: Vec<usize> = (0..k).filter(|a| !own.contains(a)).collect();
        for &a in own[1..].iter().chain(&unused) {
            gains.extend(line(a).zip(line(own[0])).map(|(x, first)| x - first));
        }
        below.push(unused.len());
    }
    let shape = Shape::new(support.iter().map(|s| s.len()).collect(), below);
    Some((shape, gains))
}

/// Adds an equilibrium unless it is in the list: where the support's border is touched, one
/// is found by several supports.
fn add(
    game: &StrategicTable,
    list: &mut Vec<Equilibrium>,
    strategies: Vec<Vec<f64>>,
    radius: Option<f64>,
) {
    let near = |other: &Equilibrium| {
        let pairs = other.strategies.iter().flatten().zip(strategies.iter().flatten());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 10.0 * BORDER
    };
    if !list.iter().any(near) {
        let proof = radius.map_or(Proof::None, |radius| Proof::Unique { radius });
        list.push(Equilibrium::new(game, strategies, proof));
    }
}

struct Search<'a> {
    game: &'a StrategicTable,
    support: &'a [&'a [usize]],
    shape: Shape,
    gains: Vec<f64>,
    work: Work<'a>,
    /// Equilibria, with the radius of the proof or none if a border is touched.
    roots: Vec<(Vec<Vec<f64>>, Option<f64>)>,
    /// Zeros of the system that were proved, equilibria or not: weights and radius.
    zeros: Vec<(Vec<Vec<f64>>, f64)>,
}

/// What became of a cell.
enum Settled {
    Empty,
    /// At most one zero, and this is it, in the support's weights.
    Zero(Vec<Vec<f64>>),
    No,
}

impl<'a> Search<'a> {
    fn new(
        game: &'a StrategicTable,
        support: &'a [&'a [usize]],
        (shape, gains): (Shape, Vec<f64>),
        work: Work<'a>,
    ) -> Self {
        Self { game, support, shape, gains, work, roots: Vec::new(), zeros: Vec::new() }
    }

    /// Searches the whole support. What is left unresolved, if anything.
    fn run(&mut self) -> Option<&'static str> {
        let mut open = vec![Cell::whole(&self.shape, self.gains.clone())];
        let mut cells = 0u64;
        let mut why = None;
        while let Some(cell) = open.pop() {
            cells += 1;
            if cells > MAX_CELLS {
                return Some("the budget of cells was spent");
            }
            if cells.is_multiple_of(1024) && self.work.is_over() {
                return Some("the time was up");
            }
            if cell.is_empty(&self.shape) {
                continue;
            }
            match self.settle(&cell) {
                Settled::Empty => continue,
                Settled::Zero(zero) => {
                    if self.accept(&zero) {
                        continue;
                    }
                }
                Settled::No => {}
            }
            let (width, j, p, q) = cell.widest(&self.shape);
            if width < Tolerances::DEFAULT.singular {
                // Not told apart from a zero that is not isolated: one such cell tells as
                // much as all of them.
                why = Some("the indifference conditions are singular: there may be a continuum");
                break;
            }
            open.extend(cell.halve(&self.shape, j, p, q));
        }
        why
    }

    fn settle(&self, cell: &Cell) -> Settled {
        let shape = &self.shape;
        let d = shape.dimension;
        let middle = cell.middle(shape);
        let Some(inverse) = linear::inverse(middle.jacobian, d) else { return Settled::No };
        // Row by row |Y|·spread, summed with the half-widths of the unknowns as weights.
        let mut step = vec![0.0; d];
        let mut slack = vec![0.0; d];
        let mut contraction = 0.0f64;
        let mut line = vec![0.0; d];
        for row in 0..d {
            line.fill(0.0);
            let mut error = 0.0;
            for k in 0..d {
                let y = inverse[row * d + k];
                step[row] -= y * middle.values[k];
                error += y.abs();
                for (sum, s) in line.iter_mut().zip(&middle.spread[k * d..][..d]) {
                    *sum += y.abs() * s;
                }
            }
            contraction = contraction.max(line.iter().sum());
            let mut reach = 0.0;
            for (j, &k) in shape.sizes.iter().enumerate() {
                for u in 0..k - 1 {
                    reach += line[shape.unknowns[j] + u] * (1.0 - 1.0 / k as f64);
                }
            }
            slack[row] = reach + error * ROUNDING;
        }
        if self.leaves(&step, &slack) {
            return Settled::Empty;
        }
        if contraction > 0.6 {
            return Settled::No;
        }
        let start: Vec<Vec<f64>> = shape.sizes.iter().map(|&k| vec![1.0 / k as f64; k]).collect();
        let Some(zero) = newton(shape, &cell.gains, start) else { return Settled::No };
        let lowest = zero.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        if lowest > -1e-6 {
            return Settled::Zero(cell.point(shape, &zero));
        }
        // The zero is outside. The nearest point of the cell is a centre from which the
        // operator shows that it has no other.
        let nearest: Vec<Vec<f64>> = zero
            .iter()
            .map(|w| {
                let total: f64 = w.iter().map(|x| x.max(0.0)).sum();
                w.iter().map(|x| x.max(0.0) / total).collect()
            })
            .collect();
        let mut values = Vec::with_capacity(d);
        for i in 0..shape.sizes.len() {
            values.extend((0..shape.equal[i]).map(|q| shape.at(&cell.gains, i, q, &nearest)));
        }
        let mut longest = 0.0f64;
        let mut error = 0.0f64;
        for row in 0..d {
            let y = &inverse[row * d..][..d];
            step[row] = -y.iter().zip(&values).map(|(y, v)| y * v).sum::<f64>();
            longest = longest.max(step[row].abs());
            error = error.max(y.iter().map(|y| y.abs()).sum::<f64>() * ROUNDING);
        }
        let slack = contraction * (longest + error) / (1.0 - contraction) + error;
        let out = shape.sizes.iter().enumerate().any(|(j, &k)| {
            let mut sum = 0.0;
            let mut any = false;
            for u in 0..k - 1 {
                let at = nearest[j][u + 1] + step[shape.unknowns[j] + u];
                any |= at + slack < 0.0;
                sum += at;
            }
            any || 1.0 - sum + (k - 1) as f64 * slack < 0.0
        });
        if out { Settled::Empty } else { Settled::No }
    }

    /// Whether `middle + step ± slack` is outside the cell.
    fn leaves(&self, step: &[f64], slack: &[f64]) -> bool {
        let shape = &self.shape;
        shape.sizes.iter().enumerate().any(|(j, &k)| {
            let middle = 1.0 / k as f64;
            let (mut sum, mut reach) = (0.0, 0.0);
            let mut out = false;
            for u in shape.unknowns[j]..shape.unknowns[j] + k - 1 {
                out |= middle + step[u] + slack[u] < 0.0 || middle + step[u] - slack[u] > 1.0;
                sum += step[u];
                reach += slack[u];
            }
            out || middle - sum + reach < 0.0 || middle - sum - reach > 1.0
        })
    }

    /// Proves that a zero is one and keeps it, if it is an equilibrium. False if the proof
    /// fails.
    fn accept(&mut self, zero: &[Vec<f64>]) -> bool {
        let distance = |other: &[Vec<f64>]| {
            let pairs = other.iter().flatten().zip(zero.iter().flatten());
            pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        };
        if self.zeros.iter().any(|(other, radius)| distance(other) < *radius) {
            return true;
        }
        let Some(zero) = newton(&self.shape, &self.gains, zero.to_vec()) else { return false };
        let Some(radius) = prove(&self.shape, &self.gains, &zero) else { return false };
        self.zeros.push((zero.clone(), radius));
        let lowest = zero.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let mut highest = f64::NEG_INFINITY;
        for i in 0..self.shape.sizes.len() {
            for q in 0..self.shape.below[i] {
                let gain = self.shape.at(&self.gains, i, self.shape.equal[i] + q, &zero);
                highest = highest.max(gain);
            }
        }
        if lowest < -BORDER || highest > BORDER {
            return true;
        }
        let strict = lowest > BORDER && highest < -BORDER;
        let strategies =
            self.support.iter().zip(&zero).zip(self.game.sizes()).map(|((used, weights), k)| {
                let mut p = vec![0.0; k];
                let total: f64 = weights.iter().map(|w| w.max(0.0)).sum();
                for (&a, w) in used.iter().zip(weights) {
                    p[a] = w.max(0.0) / total;
                }
                p
            });
        self.roots.push((strategies.collect(), strict.then_some(radius)));
        true
    }
}
