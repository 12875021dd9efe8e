//! A primal simplex for masters: warm started, with the inverse of its basis kept dense.
//!
//! **Definition.** Minimise `Σ x·cost + cap·z` subject to `Σ x·entry_k ≤ right_k + z` for each
//! row `k`, `Σ x = 1`, and `x, z ≥ 0`. Columns come one after another; each solution begins at
//! the basis of the last one.
//! **Method.** The revised simplex with an explicit inverse. The first column, with the slacks
//! and, where it breaks a row, `z` for the slack of the row that it breaks most, is a basis to
//! begin with, and columns added later leave a basis as feasible as it was. The most negative
//! reduced cost enters; of the rows that block within a tolerance the largest pivot leaves
//! (Harris 1973), `z` before all others. Each pivot is one elimination step on the inverse
//! (product form), which is built anew after a number of them and where the solution does not
//! meet its rows. A long run of pivots that get nowhere is left by Bland's rule (1977).
//! **Cost.** A pivot is O(rows · binding rows + entries of all columns).
//! **Limits.** [`MOST_ROWS`]. It gives up, for another solver to take over, where a basis is
//! singular to rounding or the pivots are too many.
//! **References.** Dantzig & Wolfe (1960), Decomposition principle for linear programs, *Oper.
//! Res.* 8; Harris (1973), Pivot selection methods of the Devex LP code, *Math. Program.* 5;
//! Bland (1977), New finite pivoting rules for the simplex method, *Math. Oper. Res.* 2; Maros
//! (2003), *Computational Techniques of the Simplex Method*.

use super::inverse::Inverse;
use super::real::Real;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most rows: an inverse of 32 MB.
pub(super) const MOST_ROWS: usize = 2048;
/// Pivots until the inverse is built anew.
const FRESH: usize = 100;
/// Pivots until the clock is looked at.
const LOOKS: usize = 16;
/// Pivots in a row that get nowhere until Bland's rule, in multiples of the rows.
const PATIENCE: usize = 4;
/// Pivots of one solution, in multiples of rows and columns.
const MOST_PIVOTS: usize = 50;

/// A variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// Of a row.
    Slack(usize),
    /// `z`.
    Excess,
    /// The probability of a column.
    Column(usize),
}

/// It could not go on: the basis is singular to rounding, there were too many pivots, or the time
/// was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Breakdown;

/// A column: its cost and its entries, without the one in the sum of all.
#[derive(Debug, Clone)]
struct Entries {
    cost: f64,
    entries: Vec<(usize, f64)>,
    basic: bool,
}

/// The programme with its basis.
#[derive(Debug, Clone)]
pub(super) struct Simplex<T> {
    /// By row; the last is the sum of all.
    right: Vec<f64>,
    cap: f64,
    columns: Vec<Entries>,
    excess_is_basic: bool,
    slack_is_basic: Vec<bool>,
    /// The basic variable of each row and its value.
    basis: Vec<Unknown>,
    values: Vec<T>,
    inverse: Inverse<T>,
    /// By row, the multipliers: none above zero but the last.
    multipliers: Vec<T>,
    /// Pivots since the inverse was built.
    age: usize,
    tolerances: Tolerances,
}

impl<T: Real> Simplex<T> {
    /// The programme without columns: the right sides of its rows, none below zero, and the
    /// cost of `z`. `None` if it has more than [`MOST_ROWS`].
    pub(super) fn new(mut right: Vec<f64>, cap: f64, tolerances: &Tolerances) -> Option<Self> {
        let rows = right.len();
        if rows > MOST_ROWS {
            return None;
        }
        right.push(1.0);
        Some(Self {
            right,
            cap,
            columns: Vec::new(),
            excess_is_basic: false,
            slack_is_basic: vec![true; rows],
            basis: (0..rows).map(Unknown::Slack).collect(),
            values: Vec::new(),
            inverse: Inverse::unit(0),
            multipliers: vec![T::zero(); rows + 1],
            age: 0,
            tolerances: T::tolerances(tolerances),
        })
    }

    /// Adds a column: its cost and its entries by row.
    pub(super) fn add(&mut self, cost: f64, entries: Vec<(usize, f64)>) {
        self.columns.push(Entries { cost, entries, basic: false });
        if self.columns.len() == 1 {
            self.begin();
        }
    }

    /// The basis of the first column.
    fn begin(&mut self) {
        let last = self.right.len() - 1;
        self.columns[0].basic = true;
        self.basis.push(Unknown::Column(0));
        self.inverse = Inverse::unit(last + 1);
        self.values = self.right.iter().map(|&right| right.into()).collect();
        for &(k, entry) in &self.columns[0].entries {
            self.inverse.set(k, last, (-entry).into());
            self.values[k] = self.values[k] - entry.into();
        }
        let worst = (0..last).min_by(|&i, &j| self.values[i].order(&self.values[j]));
        if let Some(row) = worst.filter(|&row| self.values[row] < T::zero()) {
            let rate = self.rate(Unknown::Excess);
            self.exchange(row, Unknown::Excess, &rate, -self.values[row]);
        }
    }

    /// Sets the cost of `z`.
    pub(super) fn set_cap(&mut self, cap: f64) {
        self.cap = cap;
    }

    /// Goes to an optimum over the columns that there are.
    pub(super) fn minimise(&mut self, work: &Work) -> Result<(), Breakdown> {
        let most = MOST_PIVOTS * (self.right.len() + self.columns.len());
        let mut idle = 0;
        for pivot in 0..most {
            if pivot % LOOKS == LOOKS - 1 && work.is_over() {
                return Err(Breakdown);
            }
            self.price();
            let bland = idle > PATIENCE * self.right.len();
            let Some(entering) = self.entering(bland) else {
                if self.is_accurate() {
                    return Ok(());
                }
                if self.age == 0 {
                    return Err(Breakdown);
                }
                self.rebuild()?;
                continue;
            };
            let rate = self.rate(entering);
            let Some(row) = self.leaving(&rate, bland) else {
                if self.age == 0 {
                    return Err(Breakdown);
                }
                self.rebuild()?;
                continue;
            };
            let step = above_zero(self.values[row] / rate[row]);
            idle = if step > self.tolerances.feasibility.into() { 0 } else { idle + 1 };
            self.exchange(row, entering, &rate, step);
            if self.age >= FRESH {
                self.rebuild()?;
            }
        }
        Err(Breakdown)
    }

    /// Solves for the values once more, as accurately as it can.
    pub(super) fn refine(&mut self, work: &Work) -> Result<(), Breakdown> {
        self.rebuild()?;
        self.minimise(work)
    }

    /// The weights of the rows at the optimum, none below zero.
    pub(super) fn weights(&self) -> Vec<f64> {
        let basic = self.slack_is_basic.iter();
        let all = self.multipliers.iter().zip(basic);
        let weights = all.map(|(&multiplier, &basic)| {
            let weight: f64 = (-multiplier).into();
            if basic || weight <= T::NOUGHT { 0.0 } else { weight }
        });
        weights.collect()
    }

    /// The weight of the sum of all at the optimum.
    pub(super) fn value(&self) -> f64 {
        self.multipliers.last().map_or(0.0, |&value| value.into())
    }

    /// What `z` costs at the optimum.
    pub(super) fn penalty(&self) -> f64 {
        let excess = self.basis.iter().position(|&unknown| unknown == Unknown::Excess);
        excess.map_or(0.0, |row| self.cap * Into::<f64>::into(self.values[row]).max(0.0))
    }

    /// Columns and their values at the optimum, where above zero.
    pub(super) fn solution(&self) -> Vec<(usize, f64)> {
        let probable =
            self.basis.iter().zip(&self.values).filter_map(|(unknown, &value)| match unknown {
                Unknown::Column(k) => Some((*k, value.into())).filter(|&(_, p)| p > T::NOUGHT),
                _ => None,
            });
        probable.collect()
    }

    /// Whether a column is in the basis.
    pub(super) fn is_basic(&self, column: usize) -> bool {
        self.columns[column].basic
    }

    /// Drops the columns that are not to be kept and not basic; the others keep their order.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        let mut numbers = Vec::with_capacity(keep.len());
        let mut next = 0;
        for (column, keep) in self.columns.iter().zip(keep) {
            numbers.push(next);
            next += usize::from(*keep || column.basic);
        }
        let mut kept = keep.iter();
        self.columns.retain(|column| kept.next().is_none_or(|&keep| keep) || column.basic);
        for unknown in &mut self.basis {
            if let Unknown::Column(k) = unknown {
                *k = numbers[*k];
            }
        }
    }

    /// The multipliers of the basis.
    fn price(&mut self) {
        self.multipliers.fill(T::zero());
        for (row, &unknown) in self.inverse.rows().zip(&self.basis) {
            let cost = match unknown {
                Unknown::Slack(_) => continue,
                Unknown::Excess => T::from(self.cap),
                Unknown::Column(k) => T::from(self.columns[k].cost),
            };
            let multipliers = self.multipliers.iter_mut().zip(row);
            multipliers.for_each(|(sum, &a)| *sum = *sum + cost * a);
        }
    }

    /// The variable to enter: the most negative reduced cost, or the first negative one.
    fn entering(&self, first: bool) -> Option<Unknown> {
        let last = self.right.len() - 1;
        let value = self.multipliers[last];
        let slacks = (0..last)
            .filter(|&k| !self.slack_is_basic[k])
            .map(|k| (-self.multipliers[k], Unknown::Slack(k)));
        let total = sum(self.multipliers[..last].iter().copied());
        let reduced = T::from(self.cap) + total;
        let excess = (!self.excess_is_basic).then_some((reduced, Unknown::Excess));
        let columns = self.columns.iter().enumerate().filter(|(_, column)| !column.basic);
        let columns = columns.map(|(k, column)| {
            let entries = column.entries.iter();
            let sum = sum(entries.map(|&(row, entry)| self.multipliers[row] * entry.into()));
            (T::from(column.cost) - value - sum, Unknown::Column(k))
        });
        let mut all = excess.into_iter().chain(slacks).chain(columns);
        let optimality = T::from(-self.tolerances.optimality);
        let worth = |(reduced, _): &(T, Unknown)| *reduced < optimality;
        let chosen =
            if first { all.find(worth) } else { all.filter(worth).min_by(|a, b| a.0.order(&b.0)) };
        chosen.map(|(_, unknown)| unknown)
    }

    /// How much each basic variable falls as one rises.
    fn rate(&self, unknown: Unknown) -> Vec<T> {
        let width = self.right.len();
        let rows = self.inverse.rows();
        match unknown {
            Unknown::Slack(k) => rows.map(|row| row[k]).collect(),
            Unknown::Excess => rows.map(|row| -sum(row[..width - 1].iter().copied())).collect(),
            Unknown::Column(k) => {
                let entries = &self.columns[k].entries;
                let fall = |row: &[T]| {
                    row[width - 1] + sum(entries.iter().map(|&(k, a)| row[k] * a.into()))
                };
                rows.map(fall).collect()
            }
        }
    }

    /// The row that blocks, with the largest pivot of those that block at nearly the same step.
    fn leaving(&self, rate: &[T], bland: bool) -> Option<usize> {
        let Tolerances { feasibility, pivot, .. } = self.tolerances;
        let slack = T::from(if bland { 0.0 } else { feasibility });
        let pivot = T::from(pivot);
        let blocking =
            || rate.iter().zip(&self.values).enumerate().filter(|(_, (r, _))| **r > pivot);
        let reach = blocking()
            .map(|(_, (&rate, &value))| (above_zero(value) + slack) / rate)
            .min_by(Real::order)?;
        let near = blocking().filter(|(_, (rate, value))| **value <= reach * **rate);
        if bland {
            let order = |unknown: Unknown| match unknown {
                Unknown::Excess => (0, 0),
                Unknown::Slack(k) => (1, k),
                Unknown::Column(k) => (2, k),
            };
            return near.map(|(row, _)| row).min_by_key(|&row| order(self.basis[row]));
        }
        let excess = |row: usize| self.basis[row] == Unknown::Excess;
        near.max_by(|a, b| excess(a.0).cmp(&excess(b.0)).then(a.1.0.order(b.1.0)))
            .map(|(row, _)| row)
    }

    /// Makes a variable basic in this row's place, after a step of this length.
    fn exchange(&mut self, row: usize, entering: Unknown, rate: &[T], step: T) {
        for (value, rate) in self.values.iter_mut().zip(rate) {
            *value = *value - step * *rate;
        }
        self.values[row] = step;
        self.mark(self.basis[row], false);
        self.mark(entering, true);
        self.basis[row] = entering;
        self.inverse.eliminate(row, rate);
        self.age += 1;
    }

    fn mark(&mut self, unknown: Unknown, basic: bool) {
        match unknown {
            Unknown::Slack(k) => self.slack_is_basic[k] = basic,
            Unknown::Excess => self.excess_is_basic = basic,
            Unknown::Column(k) => self.columns[k].basic = basic,
        }
    }

    /// Whether the values meet the rows and none is below zero.
    fn is_accurate(&self) -> bool {
        let mut left: Vec<T> = self.right.iter().map(|&right| right.into()).collect();
        let last = left.len() - 1;
        for (&unknown, &value) in self.basis.iter().zip(&self.values) {
            match unknown {
                Unknown::Slack(k) => left[k] = left[k] - value,
                Unknown::Excess => left[..last].iter_mut().for_each(|left| *left = *left + value),
                Unknown::Column(k) => {
                    left[last] = left[last] - value;
                    for &(row, entry) in &self.columns[k].entries {
                        left[row] = left[row] - value * entry.into();
                    }
                }
            }
        }
        let most = T::from(10.0 * self.tolerances.feasibility);
        left.iter().all(|left| left.size() <= most) && self.values.iter().all(|&x| x >= -most)
    }

    /// Builds the inverse and the values anew from the basis.
    fn rebuild(&mut self) -> Result<(), Breakdown> {
        let width = self.right.len();
        self.inverse = Inverse::unit(width);
        let members = std::mem::take(&mut self.basis);
        let mut places: Vec<Option<Unknown>> = vec![None; width];
        for &unknown in &members {
            if let Unknown::Slack(k) = unknown {
                places[k] = Some(unknown);
            }
        }
        for &unknown in members.iter().filter(|unknown| !matches!(unknown, Unknown::Slack(_))) {
            let rate = self.rate(unknown);
            let free = (0..width).filter(|&row| places[row].is_none());
            let row = free
                .max_by(|&i, &j| rate[i].size().order(&rate[j].size()))
                .filter(|&row| rate[row].size() > self.tolerances.pivot.into())
                .ok_or(Breakdown)?;
            self.inverse.eliminate(row, &rate);
            places[row] = Some(unknown);
        }
        self.basis = places.into_iter().collect::<Option<_>>().ok_or(Breakdown)?;
        for (value, row) in self.values.iter_mut().zip(self.inverse.rows()) {
            *value = sum(row.iter().zip(&self.right).map(|(&a, &b)| a * b.into()));
        }
        self.age = 0;
        Ok(())
    }
}

fn sum<T: Real>(numbers: impl Iterator<Item = T>) -> T {
    numbers.fold(T::zero(), |sum, number| sum + number)
}

fn above_zero<T: Real>(number: T) -> T {
    if number > T::zero() { number } else { T::zero() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplex(right: &[f64]) -> Simplex<f64> {
        Simplex::new(right.to_vec(), 100.0, &Tolerances::DEFAULT).unwrap()
    }

    #[test]
    fn it_goes_on_from_its_basis_as_columns_come() {
        // Alone the first column breaks the row by 1; the second makes up for it, the third
        // does so for less.
        let mut simplex = simplex(&[0.0]);
        simplex.add(0.0, vec![(0, 1.0)]);
        simplex.minimise(&Work::default()).unwrap();
        assert!((simplex.penalty() - 100.0).abs() < 1e-9);
        simplex.add(4.0, vec![(0, -1.0)]);
        simplex.minimise(&Work::default()).unwrap();
        assert!(simplex.penalty() < 1e-12 && (simplex.value() - 2.0).abs() < 1e-12);
        assert!((simplex.weights().iter().sum::<f64>() - 2.0).abs() < 1e-12);
        simplex.add(4.0, vec![(0, -3.0)]);
        simplex.minimise(&Work::default()).unwrap();
        assert!((simplex.value() - 1.0).abs() < 1e-12);
        let solution = simplex.solution();
        assert_eq!(solution.iter().map(|s| s.0).max(), Some(2));
        simplex.retain(&[true, false, true]);
        simplex.refine(&Work::default()).unwrap();
        assert!((simplex.value() - 1.0).abs() < 1e-12);
        assert!(simplex.solution().iter().all(|(k, _)| *k < 2));
    }

    #[test]
    fn too_many_rows_are_refused() {
        assert!(Simplex::<f64>::new(vec![0.0; MOST_ROWS + 1], 1.0, &Tolerances::DEFAULT).is_none());
    }
}
