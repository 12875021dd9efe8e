//! The search of one support for equilibria, cell by cell; what a cell must show is told in
//! [`support`](super::support).

use crate::game::table::StrategicTable;
use crate::solve::strategic::mixed::apart;
use crate::solve::strategic::mixed::cell::{Cell, ROUNDING, Shape};
use crate::solve::strategic::mixed::linear;
use crate::solve::strategic::mixed::newton::{newton, prove};
use crate::solve::strategic::mixed::support::BORDER;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Why a support is left when the time is up.
pub(super) const TIME_WAS_UP: &str = "the time was up";

pub(super) struct Search<'a> {
    game: &'a StrategicTable,
    support: &'a [&'a [usize]],
    shape: Shape,
    gains: Vec<f64>,
    /// Whether gains are exact numbers of few bits.
    exact: bool,
    work: Work<'a>,
    /// Equilibria, with the radius of the proof or none if a border is touched.
    pub(super) roots: Vec<(Vec<Vec<f64>>, Option<f64>)>,
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
    pub(super) fn new(
        game: &'a StrategicTable,
        support: &'a [&'a [usize]],
        (shape, gains): (Shape, Vec<f64>),
        exact: bool,
        work: Work<'a>,
    ) -> Self {
        Self { game, support, shape, gains, exact, work, roots: Vec::new(), zeros: Vec::new() }
    }

    /// Searches the whole support, with so many gains of cells at most, which are taken from
    /// the budget. What is left unresolved, if anything.
    pub(super) fn run(&mut self, budget: &mut u64) -> Option<&'static str> {
        let mut open = vec![Cell::whole(&self.shape, self.gains.clone())];
        while let Some(cell) = open.pop() {
            let Some(rest) = budget.checked_sub(self.gains.len() as u64) else {
                *budget = 0;
                return Some("the budget of cells was spent");
            };
            *budget = rest;
            if self.work.is_over() {
                return Some(TIME_WAS_UP);
            }
            if cell.is_empty(&self.shape) || self.exact && cell.is_empty_inside(&self.shape) {
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
                return Some("the indifference conditions are singular: there may be a continuum");
            }
            open.extend(cell.halve(&self.shape, j, p, q));
        }
        None
    }

    fn settle(&self, cell: &Cell) -> Settled {
        let shape = &self.shape;
        let d = shape.dimension;
        let middle = cell.middle(shape);
        let Some(inverse) = linear::inverse(middle.jacobian, d) else { return Settled::No };
        if inverse.chunks_exact(d).any(|weights| cell.has_one_sign(shape, weights)) {
            return Settled::Empty;
        }
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
        if self.zeros.iter().any(|(other, radius)| apart(other, zero) < *radius) {
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
