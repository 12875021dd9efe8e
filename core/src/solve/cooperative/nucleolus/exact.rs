//! The nucleolus in exact fractions.
//!
//! Definition: as in [`nucleolus`](crate::solve::cooperative::nucleolus). Method: of a table, level by level in whole
//! numbers (`exact_levels`). Of games whose coalitions are not listed the floating solution says
//! which coalitions each level settles, and what it settles is then solved for in rationals: the
//! coalitions of a level have one common excess, so `x(S) + t_k = v(S)` for the coalitions of
//! level `k` and `x(N) = v(N)` are linear equations with one solution. The weights of a level
//! solve another such system, of zeros and ones. Both are solved by Gauss–Jordan elimination in
//! rationals. Nothing here is believed: the exact check
//! ([`certify::cooperative`](crate::certify::cooperative)) decides.
//!
//! Cost: some scans of 2^n a level, or O(n³) rational operations. Limits: 24 players; of weighted
//! majority games those of [`meet_in_the_middle`](crate::solve::cooperative::separation::meet_in_the_middle).
//!
//! References: Kohlberg (1971), *SIAM J. Appl. Math.* 20; Maschler, Peleg & Shapley (1979),
//! *Math. Oper. Res.* 4.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::{Error, ErrorKind, Result};
use crate::exact::sum;
use crate::game::cooperative::number::common_denominator;
use crate::game::cooperative::{ExactTable, Sense, Types, WeightedGame};
use crate::lp::Backend;
use crate::solve::cooperative::nucleolus::levels::exact_levels;
use crate::solve::cooperative::nucleolus::{NucleolusFinding, prenucleolus};
use crate::solve::cooperative::polytope::span::Span;
use crate::solve::cooperative::separation::meet_in_the_middle::MeetInTheMiddle;
use crate::solve::cooperative::separation::{MAX_PLAYERS, Separation};
use crate::solve::settlement::Level;
use crate::work::Work;

pub use crate::finding::cooperative::{ExactLevel, ExactNucleolus, ExactWeights};

const NO_SOLUTION: &str = "the floating solution's levels have no exact solution";

/// The longest common denominator of payoffs and levels that is checked without listing.
const CHECKED_BITS: usize = 116;

/// The exact prenucleolus of a weighted majority game of more than one player, without
/// listing coalitions.
///
/// In the proof a coalition stands for all that have as many members of each type of
/// interchangeable players (see [`Types`]), which get the same.
///
/// # Errors
/// If there are too many players of different weights (more than 40). A backend that fails
/// leaves it undecided.
pub fn exact_weighted(game: &WeightedGame, backend: Backend, work: &Work) -> Result<ExactFinding> {
    let worth = |s: Coalition| RBig::from(u8::from(game.wins(s)));
    let found = exact_by_type(&MeetInTheMiddle::new(game)?, &worth, false, backend, work)?;
    let ExactFinding::Decided(decided) = &found else { return Ok(found) };
    let numbers = decided.allocation.iter().chain(decided.levels.iter().map(|level| &level.excess));
    if !common_denominator(numbers).is_ok_and(|below| below.bit_len() <= CHECKED_BITS) {
        let why = "the fractions have too many digits to be checked";
        return Ok(ExactFinding::Undecided(why.into()));
    }
    Ok(found)
}

/// The exact prenucleolus of a game of several players, in which players of a type get the
/// same; coalitions are looked for by the separation and are worth what is said. If `nearly`,
/// a proof may be off by what floating point does not tell apart.
///
/// # Errors
/// A backend that fails leaves it undecided.
pub(crate) fn exact_by_type(
    halves: &dyn Separation,
    worth: &dyn Fn(Coalition) -> RBig,
    nearly: bool,
    backend: Backend,
    work: &Work,
) -> Result<ExactFinding> {
    let types = halves.types();
    let undecided = |why: &str| Ok(ExactFinding::Undecided(why.into()));
    let found = match prenucleolus(halves, backend, work) {
        Ok(NucleolusFinding::Decided(found)) => recover(types, worth, &found.levels, nearly),
        Ok(NucleolusFinding::NoImputation { .. } | NucleolusFinding::Undecided) => {
            return undecided("the time was up");
        }
        Err(error) if matches!(error.kind(), ErrorKind::Backend { .. }) => {
            return undecided(&error.to_string());
        }
        Err(error) => return Err(error),
    };
    let Some(mut found) = found else { return undecided(NO_SOLUTION) };
    // Coalitions with the same part of every type get the same from all allocations alike for
    // players alike. No level needs them; the least core may.
    let excess = |s: Coalition| {
        let paid = s.members().fold(RBig::ZERO, |sum, i| sum + &found.allocation[i]);
        (worth(s) - paid, s)
    };
    let largest = types.proportional().map(excess).reduce(|a, b| if b.0 > a.0 { b } else { a });
    if let Some((excess, s)) = largest
        && found.least_core_value().is_none_or(|value| excess > *value)
    {
        let weights = vec![(s, RBig::ONE)];
        found.levels.insert(0, ExactLevel { excess, weights, floors: Vec::new() });
    }
    Ok(ExactFinding::Decided(found))
}

/// The exact nucleolus of a weighted majority game of more than one player, without listing
/// coalitions. `prenucleolus`, if it is known, is not solved for again.
///
/// If one player wins alone it gets everything, if several do there is no imputation. If none
/// does it is the prenucleolus: the game is monotone, so that this gives nobody less than
/// nothing (Maschler, Peleg & Shapley 1979).
///
/// # Errors
/// As [`exact_weighted`].
pub fn exact_weighted_nucleolus(
    game: &WeightedGame,
    known: Option<&ExactNucleolus>,
    backend: Backend,
    work: &Work,
) -> Result<ExactFinding> {
    let n = game.players();
    let alone: Vec<usize> = (0..n).filter(|&i| game.wins_with(&[i])).collect();
    match (alone.len(), known) {
        (0, Some(known)) => Ok(ExactFinding::Decided(known.clone())),
        (0, None) => exact_weighted(game, backend, work),
        (1, _) => Ok(ExactFinding::Decided(ExactNucleolus {
            allocation: (0..n).map(|i| RBig::from(u8::from(alone.contains(&i)))).collect(),
            levels: Vec::new(),
        })),
        (several, _) => Ok(ExactFinding::NoImputation(RBig::from(several - 1))),
    }
}

/// What came of the search for an exact nucleolus.
#[derive(Debug, Clone, PartialEq)]
pub enum ExactFinding {
    /// It was found.
    Decided(ExactNucleolus),
    /// There is none: what the players can get alone adds up to more than there is, by so
    /// much.
    NoImputation(RBig),
    /// It was not, and why.
    Undecided(String),
}

/// The exact prenucleolus.
///
/// # Errors
/// If there are more than 24 players. Fractions of thousands of digits leave it undecided.
pub fn exact_prenucleolus(table: &ExactTable, work: &Work) -> Result<ExactFinding> {
    listable(table)?;
    if table.players() == 1 {
        let allocation = vec![table.value(Coalition::grand(1))];
        return Ok(ExactFinding::Decided(ExactNucleolus { allocation, levels: Vec::new() }));
    }
    Ok(listed(table, false, work))
}

/// The exact nucleolus. `prenucleolus`, if it is known, is the answer where it is an
/// imputation, and then nothing is solved.
///
/// # Errors
/// As [`exact_prenucleolus`].
pub fn exact_nucleolus(
    table: &ExactTable,
    known: Option<&ExactNucleolus>,
    work: &Work,
) -> Result<ExactFinding> {
    listable(table)?;
    let n = table.players();
    let sign = sign(table);
    let worth = |s: Coalition| table.value(s) * &sign;
    let alone: Vec<RBig> = (0..n).map(|i| worth(Coalition::singleton(i))).collect();
    let sum = sum(alone.iter());
    let shortfall = sum - worth(Coalition::grand(n));
    if shortfall > RBig::ZERO {
        return Ok(ExactFinding::NoImputation(shortfall));
    }
    if shortfall.is_zero() {
        let allocation = alone.into_iter().map(|v| v * &sign).collect();
        return Ok(ExactFinding::Decided(ExactNucleolus { allocation, levels: Vec::new() }));
    }
    if let Some(known) = known
        && known.allocation.iter().zip(&alone).all(|(x, alone)| x * &sign >= *alone)
    {
        return Ok(ExactFinding::Decided(known.clone()));
    }
    Ok(listed(table, true, work))
}

/// The levels of a table of two players or more.
fn listed(table: &ExactTable, imputations: bool, work: &Work) -> ExactFinding {
    let sign = sign(table);
    match exact_levels(&table.worths(), imputations, work) {
        Ok(Some(found)) => ExactFinding::Decided(ExactNucleolus {
            allocation: found.allocation.into_iter().map(|x| x * &sign).collect(),
            ..found
        }),
        Ok(None) => ExactFinding::Undecided("the time was up".into()),
        Err(error) => ExactFinding::Undecided(error.to_string()),
    }
}

/// What turns the table's numbers into ones of which more is better.
fn sign(table: &ExactTable) -> RBig {
    match table.sense() {
        Sense::Worth => RBig::ONE,
        Sense::Cost => RBig::from(-1),
    }
}

fn listable(table: &ExactTable) -> Result<()> {
    let n = table.players();
    if n <= MAX_PLAYERS {
        return Ok(());
    }
    Err(Error::too_large(
        format!("{n} players have 2^{n} coalitions"),
        format!("2^{MAX_PLAYERS}"),
        "keep fewer players",
    ))
}

/// The exact solution that the coalitions of the levels determine, if they determine one, where
/// players of a type get the same. If `nearly`, coalitions of later levels need not have exactly
/// the excess of their level, where those before have settled it otherwise.
fn recover(
    types: &Types,
    worth: &dyn Fn(Coalition) -> RBig,
    levels: &[Level],
    nearly: bool,
) -> Option<ExactNucleolus> {
    let n = types.len();
    let unknowns = n + levels.len();
    let everyone = types.members().iter().fold(Coalition::EMPTY, |all, &kind| all.union(kind));
    let row = |s: Coalition, level: Option<usize>| {
        let mut row = vec![RBig::ZERO; unknowns + 1];
        types.counts(s).for_each(|(kind, count)| row[kind] = RBig::from(count));
        if let Some(k) = level {
            row[n + k] = RBig::ONE;
        }
        row[unknowns] = worth(s);
        row
    };
    let mut rows = vec![row(everyone, None)];
    for (k, level) in levels.iter().enumerate() {
        rows.extend(level.weights.iter().map(|&(s, _)| row(s, Some(k))));
        rows.extend(level.floors.iter().map(|&(i, _)| row(types.one(i), None)));
    }
    let (pivots, consistent) = eliminate(&mut rows, unknowns);
    if pivots.len() < unknowns || !(consistent || nearly) {
        return None;
    }
    // Every column has its pivot, in order.
    let solution: Vec<RBig> = rows.iter().take(unknowns).map(|r| r[unknowns].clone()).collect();
    let mut settled = vec![everyone];
    let mut span = Span::by_type(types.clone());
    span.insert(everyone);
    let mut exact = Vec::with_capacity(levels.len());
    for (level, excess) in levels.iter().zip(&solution[n..]) {
        let (weights, floors) = weights(types, &settled, level)?;
        let alone = floors.iter().map(|&(i, _)| types.one(i));
        for s in weights.iter().map(|&(s, _)| s).chain(alone) {
            if span.insert(s) {
                settled.push(s);
            }
        }
        exact.push(ExactLevel { excess: excess.clone(), weights, floors });
    }
    Some(ExactNucleolus { allocation: types.spread(&solution[..n]), levels: exact })
}

type LevelWeights = (ExactWeights, Vec<(usize, RBig)>);

/// The exact weights of a level, near the floating ones: with the players at their floors the
/// coalitions add up to a combination of what is settled.
fn weights(types: &Types, settled: &[Coalition], level: &Level) -> Option<LevelWeights> {
    let n = types.len();
    let mut coalitions = level.weights.clone();
    let mut floors = level.floors.clone();
    // A weight that is exactly 0 may have come out as rounding: without it, once more.
    for _ in 0..=n {
        let alone = floors.iter().map(|&(i, w)| (types.one(i), w));
        let named: Vec<(Coalition, f64)> = coalitions.iter().copied().chain(alone).collect();
        let columns: Vec<Coalition> =
            settled.iter().copied().chain(named.iter().map(|&(s, _)| s)).collect();
        let width = columns.len();
        let mut rows: Vec<Vec<RBig>> = (0..n)
            .map(|i| {
                let member = |s: &Coalition| RBig::from(types.count(*s, i));
                columns.iter().map(member).chain([RBig::ZERO]).collect()
            })
            .collect();
        let counted = settled.len()..settled.len() + coalitions.len();
        let total = (0..width).map(|c| RBig::from(u8::from(counted.contains(&c))));
        rows.push(total.chain([RBig::ONE]).collect());
        let (pivots, consistent) = eliminate(&mut rows, width);
        if !consistent {
            return None;
        }
        let mut solution: Vec<RBig> = vec![RBig::ZERO; width];
        for (column, value) in solution.iter_mut().enumerate().skip(settled.len()) {
            if !pivots.contains(&column) {
                *value = near(named[column - settled.len()].1);
            }
        }
        for (row, &pivot) in rows.iter().zip(&pivots) {
            let mut value = row[width].clone();
            for column in pivot + 1..width {
                if !row[column].is_zero() && !pivots.contains(&column) {
                    value -= &row[column] * &solution[column];
                }
            }
            solution[pivot] = value;
        }
        let exact = solution.split_off(settled.len());
        if exact.iter().all(|w| *w > RBig::ZERO) {
            let (of_coalitions, of_floors) = exact.split_at(coalitions.len());
            let weights = coalitions.iter().zip(of_coalitions).map(|(&(s, _), w)| (s, w.clone()));
            let floors = floors.iter().zip(of_floors).map(|(&(i, _), w)| (i, w.clone()));
            return Some((weights.collect(), floors.collect()));
        }
        let keep: Vec<bool> = exact.iter().map(|w| *w > RBig::ZERO).collect();
        let (for_coalitions, for_floors) = keep.split_at(coalitions.len());
        coalitions = kept(coalitions, for_coalitions);
        floors = kept(floors, for_floors);
        if coalitions.is_empty() {
            return None;
        }
    }
    None
}

fn kept<T>(list: Vec<T>, keep: &[bool]) -> Vec<T> {
    list.into_iter().zip(keep).filter_map(|(item, &keep)| keep.then_some(item)).collect()
}

/// A short fraction near a weight.
fn near(weight: f64) -> RBig {
    const PARTS: f64 = 1e6;
    let parts = (weight * PARTS).round().clamp(1.0, 1e15);
    RBig::from_parts(IBig::from(parts as i64), UBig::from(PARTS as u64))
}

/// Brings rows of `width` coefficients and a right-hand side into reduced echelon form, those
/// with a pivot first, and returns the pivots' columns and whether no row contradicts those
/// before it.
pub(super) fn eliminate(rows: &mut [Vec<RBig>], width: usize) -> (Vec<usize>, bool) {
    let mut pivots = Vec::new();
    for column in 0..width {
        let done = pivots.len();
        let Some(at) = (done..rows.len()).find(|&r| !rows[r][column].is_zero()) else { continue };
        rows.swap(done, at);
        let mut pivot = std::mem::take(&mut rows[done]);
        let scale = pivot[column].clone();
        if scale != RBig::ONE {
            pivot.iter_mut().skip(column).filter(|a| !a.is_zero()).for_each(|a| *a /= &scale);
        }
        for other in rows.iter_mut().filter(|row| !row.is_empty()) {
            if other[column].is_zero() {
                continue;
            }
            let factor = other[column].clone();
            for (a, b) in other.iter_mut().zip(&pivot).skip(column) {
                if !b.is_zero() {
                    *a -= &factor * b;
                }
            }
        }
        rows[done] = pivot;
        pivots.push(column);
    }
    let consistent = rows[pivots.len()..].iter().all(|row| row[width].is_zero());
    (pivots, consistent)
}
