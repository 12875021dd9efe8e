//! The per-capita nucleolus (Grotte 1970, *Computation of and observations on the nucleolus, the
//! normalized nucleolus and the central games*), exactly.
//!
//! Definition: as the nucleolus, with each coalition's excess divided by its number of members.
//! Method: each level minimises `ε` subject to `x(S) + |S| ε ≥ v(S)` over the coalitions that are
//! not settled, `x_i ≥ v(i)`, and what is settled. The dual of that programme has a row for each
//! player and one more; its simplex in fractions starts from `{i}` and `N∖i` of a player whose
//! payoff is open, and takes in the coalition that is violated most, later the first one (Bland
//! 1977). The coalitions with weights above zero are settled (Kohlberg 1971).
//! Cost: a scan of 2^n whole numbers and O(n²) rational operations for each pivot; limit 16 players.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::exact::{ExactFinding, ExactLevel, ExactNucleolus, eliminate};
use crate::coalition::Coalition;
use crate::error::{Error, ErrorKind, Result};
use crate::exact::sum;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, Sense};
use crate::solve::cooperative::polytope::coalition_program::sums;
use crate::solve::cooperative::polytope::span::Span;
use crate::work::Work;

/// The most players.
pub const MAX_PLAYERS: usize = 16;
/// Pivots of a level after which the first violated coalition is taken in, so that none cycles.
const BLAND: usize = 200;

/// Refuses too many players.
pub(in crate::solve) fn permits(n: usize) -> Result<()> {
    if n <= MAX_PLAYERS {
        return Ok(());
    }
    Err(Error::too_large(
        format!("{n} players have 2^{n} coalitions, gone through for each pivot"),
        format!("2^{MAX_PLAYERS}"),
        "keep fewer players, or leave per-capita-nucleolus out of --solve",
    ))
}

/// The per-capita nucleolus; each level's excess is per capita.
///
/// # Errors
/// If there are more than 16 players, or the time is up.
pub fn per_capita(table: &ExactTable, work: &Work) -> Result<ExactFinding> {
    let n = table.players();
    permits(n)?;
    let worths = table.worths();
    let sign = RBig::from(if table.sense() == Sense::Worth { 1 } else { -1 });
    let alone: Vec<RBig> = (0..n).map(|i| worths.value(Coalition::singleton(i))).collect();
    let shortfall = sum(alone.iter()) - worths.value(Coalition::grand(n));
    if shortfall > RBig::ZERO {
        return Ok(ExactFinding::NoImputation(shortfall));
    }
    let mut found = ExactNucleolus { allocation: alone.clone(), levels: Vec::new() };
    if !shortfall.is_zero() {
        let mut settled = Settled::new(&worths);
        while settled.span.rank() < n {
            let (allocation, level) = Level::new(&worths, &settled, &alone).solve(work)?;
            for &(s, _) in &level.weights {
                settled.add(s, worths.value(s) - &level.excess * RBig::from(s.len()));
            }
            for &(i, _) in &level.floors {
                settled.add(Coalition::singleton(i), alone[i].clone());
            }
            found.allocation = allocation;
            found.levels.push(level);
        }
    }
    found.allocation.iter_mut().for_each(|x| *x = &*x * &sign);
    Ok(ExactFinding::Decided(found))
}

/// Independent coalitions and what they get.
struct Settled {
    span: Span,
    fixed: Vec<(Coalition, RBig)>,
}

impl Settled {
    fn new(worths: &ExactTable) -> Self {
        let n = worths.players();
        let mut settled = Self { span: Span::new(n), fixed: Vec::new() };
        settled.add(Coalition::grand(n), worths.value(Coalition::grand(n)));
        settled
    }

    fn add(&mut self, s: Coalition, payoff: RBig) {
        if self.span.insert(s) {
            self.fixed.push((s, payoff));
        }
    }
}

/// What a column of the dual programme stands for.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    /// Settled, by its place: its weight is free.
    Fixed(usize),
    /// A coalition's excess.
    Excess(Coalition),
    /// A player's least payoff.
    Floor(usize),
}

/// One level's programme.
struct Level<'a> {
    worths: &'a ExactTable,
    settled: &'a Settled,
    floors: &'a [RBig],
    basis: Vec<Column>,
    /// The inverse of the basis: `inverse[r]` is the row of its `r`-th column.
    inverse: Vec<Vec<RBig>>,
    /// The weights of the basis.
    weights: Vec<RBig>,
}

impl<'a> Level<'a> {
    /// The basis of what is settled, a player that is not with the others of all, and further
    /// players without weight.
    fn new(worths: &'a ExactTable, settled: &'a Settled, floors: &'a [RBig]) -> Self {
        let n = worths.players();
        let mut basis: Vec<Column> = (0..settled.fixed.len()).map(Column::Fixed).collect();
        let mut span = settled.span.clone();
        for i in 0..n {
            let one = Coalition::singleton(i);
            if span.insert(one) {
                if basis.len() == settled.fixed.len() {
                    let others = Coalition::grand(n).without(i);
                    basis.push(Column::Excess(others));
                }
                basis.push(Column::Excess(one));
            }
        }
        let mut level =
            Self { worths, settled, floors, basis, inverse: Vec::new(), weights: Vec::new() };
        level.invert();
        level.weights = level.inverse.iter().map(|row| row[n].clone()).collect();
        level
    }

    /// A column's entries: a row for each player, one for the sizes.
    fn entries(&self, column: Column) -> Vec<RBig> {
        let n = self.worths.players();
        let (s, size) = match column {
            Column::Fixed(k) => (self.settled.fixed[k].0, 0),
            Column::Excess(s) => (s, s.len()),
            Column::Floor(i) => (Coalition::singleton(i), 0),
        };
        let members = (0..n).map(|i| RBig::from(u8::from(s.contains(i))));
        members.chain([RBig::from(size)]).collect()
    }

    fn worth(&self, column: Column) -> RBig {
        match column {
            Column::Fixed(k) => self.settled.fixed[k].1.clone(),
            Column::Excess(s) => self.worths.value(s),
            Column::Floor(i) => self.floors[i].clone(),
        }
    }

    /// The inverse of the basis, by Gauss–Jordan elimination.
    fn invert(&mut self) {
        let size = self.basis.len();
        let columns: Vec<Vec<RBig>> = self.basis.iter().map(|&c| self.entries(c)).collect();
        let mut rows: Vec<Vec<RBig>> = (0..size)
            .map(|r| {
                let own = columns.iter().map(|column| column[r].clone());
                own.chain((0..size).map(|c| RBig::from(u8::from(c == r)))).collect()
            })
            .collect();
        eliminate(&mut rows, size);
        self.inverse = rows.into_iter().map(|mut row| row.split_off(size)).collect();
    }

    /// The payoffs and the level: what makes every column of the basis tight.
    fn prices(&self) -> Vec<RBig> {
        let size = self.basis.len();
        let worths: Vec<RBig> = self.basis.iter().map(|&column| self.worth(column)).collect();
        let price = |c: usize| {
            let terms = worths.iter().zip(&self.inverse).map(|(worth, row)| worth * &row[c]);
            sum(terms)
        };
        (0..size).map(price).collect()
    }

    fn solve(mut self, work: &Work) -> Result<(Vec<RBig>, ExactLevel)> {
        let n = self.worths.players();
        for pivots in 0.. {
            work.in_time()?;
            let prices = self.prices();
            let Some(enter) = self.violated(&prices, pivots >= BLAND)? else {
                return Ok((prices[..n].to_vec(), self.level(prices[n].clone())));
            };
            self.pivot(enter)?;
        }
        Err(unbounded())
    }

    /// A column that is violated: the one that is most, or the first.
    fn violated(&self, prices: &[RBig], first: bool) -> Result<Option<Column>> {
        let n = self.worths.players();
        if let Some(i) = (0..n).find(|&i| prices[i] < self.floors[i]) {
            return Ok(Some(Column::Floor(i)));
        }
        // Each player's payoff with its part of the level, over the common denominator.
        let asks: Vec<RBig> = prices[..n].iter().map(|x| x + &prices[n]).collect();
        let own = common_denominator(&asks)?;
        let both: UBig = &own * self.worths.denominator();
        let asks: Vec<IBig> = asks.iter().map(|x| numerator_over(x, &both)).collect();
        let factor = IBig::from(own);
        let half = n / 2;
        let (low, high) = (sums(&asks[..half]), sums(&asks[half..]));
        let mut most: Option<(IBig, Coalition)> = None;
        for bits in 1..(1usize << n) - 1 {
            let asked = &low[bits & ((1 << half) - 1)] + &high[bits >> half];
            let above = self.worths.numerators().get(bits) * &factor - asked;
            let s = Coalition(bits as u64);
            let more = most.as_ref().map_or(above > IBig::ZERO, |(most, _)| above > *most);
            if more && !self.settled.span.contains(s) {
                most = Some((above, s));
                if first {
                    break;
                }
            }
        }
        Ok(most.map(|(_, s)| Column::Excess(s)))
    }

    fn pivot(&mut self, enter: Column) -> Result<()> {
        let entries = self.entries(enter);
        let along: Vec<RBig> = self
            .inverse
            .iter()
            .map(|row| row.iter().zip(&entries).fold(RBig::ZERO, |sum, (a, b)| sum + a * b))
            .collect();
        let ratio = |r: usize| &self.weights[r] / &along[r];
        let leave = (0..self.basis.len())
            .filter(|&r| !matches!(self.basis[r], Column::Fixed(_)) && along[r] > RBig::ZERO)
            .min_by(|&a, &b| ratio(a).cmp(&ratio(b)).then(self.rank(a).cmp(&self.rank(b))));
        let leave = leave.ok_or_else(unbounded)?;
        let step = ratio(leave);
        for (weight, rate) in self.weights.iter_mut().zip(&along) {
            *weight = &*weight - rate * &step;
        }
        self.weights[leave] = step;
        let pivot = along[leave].clone();
        self.inverse[leave].iter_mut().for_each(|cell| *cell = &*cell / &pivot);
        let row = self.inverse[leave].clone();
        for (r, rate) in along.iter().enumerate().filter(|(r, rate)| *r != leave && !rate.is_zero())
        {
            let cells = self.inverse[r].iter_mut().zip(&row);
            cells.for_each(|(cell, own)| *cell = &*cell - rate * own);
        }
        self.basis[leave] = enter;
        Ok(())
    }

    /// The order in which columns leave at a tie.
    fn rank(&self, at: usize) -> u64 {
        match self.basis[at] {
            Column::Fixed(_) => u64::MAX,
            Column::Floor(i) => i as u64,
            Column::Excess(s) => self.floors.len() as u64 + s.bits(),
        }
    }

    /// The level with the weights of the basis, which sum to one.
    fn level(&self, excess: RBig) -> ExactLevel {
        let used = || self.basis.iter().zip(&self.weights).filter(|(_, weight)| !weight.is_zero());
        let of = |(column, weight): (&Column, &RBig)| match column {
            Column::Excess(s) => Some((*s, weight.clone())),
            _ => None,
        };
        let mut weights: Vec<(Coalition, RBig)> = used().filter_map(of).collect();
        let total = weights.iter().fold(RBig::ZERO, |sum, (_, weight)| sum + weight);
        weights.iter_mut().for_each(|(_, weight)| *weight = &*weight / &total);
        crate::order::sort_by_key(&mut weights, |(s, _)| *s);
        let floor = |(column, weight): (&Column, &RBig)| match column {
            Column::Floor(i) => Some((*i, weight / &total)),
            _ => None,
        };
        let mut floors: Vec<(usize, RBig)> = used().filter_map(floor).collect();
        crate::order::sort_by_key(&mut floors, |(i, _)| *i);
        ExactLevel { excess, weights, floors }
    }
}

fn unbounded() -> Error {
    Error::from(ErrorKind::Backend {
        backend: "simplex",
        problem: "a level of the per-capita nucleolus has no bound".into(),
        remedy: "leave per-capita-nucleolus out of --solve".into(),
    })
}
