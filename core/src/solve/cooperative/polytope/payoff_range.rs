//! What each player can get at least and at most over the core, or over the least core,
//! exactly.
//!
//! Definition: `min x_i` and `max x_i` over the allocations with `x(N) = v(N)` and
//! `x(S) ≥ v(S) − ε` for every other coalition: the core with `ε = 0`, the least core with its
//! value. Method: two exact programmes for each player
//! (`coalition_program`), which share the rows that mattered. Each
//! ends with an allocation that attains the bound and with weights that prove it, so nothing
//! has to be recovered from floats, and where the least core is a point both ends are it.
//!
//! Nobody gets less than alone, or more than the others leave. Marginal vectors, in which players
//! come one after the other and get what they add, attain both for the first and the last
//! to come; of convex games they are in the core (Shapley 1971). So those in which each player is
//! the first, and the one before it the last, are tried first.
//!
//! Cost: a scan of 2^n for each player where these are in the core, else some: 10 ms for n = 10.
//! Limit: 24 players.
//!
//! References: Maschler, Peleg & Shapley (1979), *Math. Oper. Res.* 4, on the geometry of the
//! least core; the proof is linear programming duality, as in Bondareva (1963) and Shapley
//! (1967).

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::error::{Error, ErrorKind, Result};
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, Sense};
use crate::solve::cooperative::nucleolus::exact::ExactWeights;
use crate::solve::cooperative::polytope::basis::Basis;
use crate::solve::cooperative::polytope::coalition_program::{
    CoalitionProgram, Optimum, Outcome, Pool, sums,
};
use crate::solve::cooperative::separation::MAX_PLAYERS;
use crate::solve::linear::whole::{Floors, Whole};
use crate::work::Work;

pub use crate::finding::cooperative::{PayoffBound, PayoffRange};

/// The range of each player's payoff over the allocations with no excess above `excess`, in
/// the order of the players. `None` if the time was up.
///
/// # Errors
/// If there are more than 24 players, or no such allocation.
pub fn payoff_ranges(
    table: &ExactTable,
    excess: &RBig,
    work: &Work,
) -> Result<Option<Vec<PayoffRange>>> {
    payoff_ranges_of(table, excess, &(0..table.players()).collect::<Vec<_>>(), work)
}

/// The same of some players.
///
/// # Errors
/// As [`payoff_ranges`], or if there is no such player.
pub fn payoff_ranges_of(
    table: &ExactTable,
    excess: &RBig,
    players: &[usize],
    work: &Work,
) -> Result<Option<Vec<PayoffRange>>> {
    let n = table.players();
    if let Some(other) = players.iter().find(|&&i| i >= n) {
        return Err(Error::system(
            format!("no player {other} among {n}"),
            format!("name one from 0 to {}", n - 1),
        ));
    }
    if n > MAX_PLAYERS {
        return Err(Error::too_large(
            format!("{n} players have 2^{n} coalitions"),
            format!("2^{MAX_PLAYERS}"),
            "keep fewer players",
        ));
    }
    let worths = table.worths();
    // Everything is a whole number of parts of this.
    let values = RBig::from_parts(IBig::ONE, worths.denominator().clone());
    let unit = common_denominator([&values, excess])?;
    let factor = numerator_over(&values, &unit);
    let floors = Floors::new(&worths, factor.clone(), numerator_over(excess, &unit));
    let grand = worths.numerators().get((1 << n) - 1) * factor;
    let core = excess.is_zero();
    if floors.are_narrow() {
        ranges(table, &floors.narrow(), i128::of(&grand), core, &unit, players, work)
    } else {
        ranges(table, &floors.any(), grand, core, &unit, players, work)
    }
}

/// The ranges of a core in which the marginal vectors of all rotations of the players are.
fn by_marginals<T: Whole>(
    table: &ExactTable,
    floor: &(impl Fn(usize) -> T + Sync),
    unit: &UBig,
    work: &Work,
) -> Option<Vec<PayoffRange>> {
    let n = table.players();
    let grand = Coalition::grand(n);
    let at = |s: Coalition| floor(s.bits() as usize);
    let mut vectors = Vec::with_capacity(n);
    for first in 0..n {
        let mut before = Coalition::EMPTY;
        let mut x = vec![T::zero(); n];
        for i in (first..n).chain(0..first) {
            x[i] =
                at(before.with(i)).minus(&if before.is_empty() { T::zero() } else { at(before) });
            before = before.with(i);
        }
        let (low, high) = x.split_at(n / 2);
        let (low, high) = (sums(low), sums(high));
        let satisfied = |h: usize| {
            let block = h * low.len()..(h + 1) * low.len();
            let mut pays = low.iter().zip(block).skip(usize::from(h == 0));
            !work.is_over() && pays.all(|(paid, s)| paid.plus(&high[h]) >= floor(s))
        };
        if !(0..high.len()).into_par_iter().all(satisfied) {
            return None;
        }
        vectors.push(x);
    }
    let parts = RBig::from(unit.clone());
    let parts = if table.sense() == Sense::Worth { parts } else { -parts };
    let payoffs = |x: &[T]| x.iter().map(|x| RBig::from(x.big()) / &parts).collect::<Vec<_>>();
    let bound = |x: &[T], proof: Coalition, total: i32| PayoffBound {
        allocation: payoffs(x),
        weights: vec![(proof, RBig::ONE)],
        total: RBig::from(total),
    };
    let range = |i: usize| {
        let alone = Coalition::singleton(i);
        let least = bound(&vectors[i], alone, 0);
        let most = bound(&vectors[(i + 1) % n], grand.difference(alone), -1);
        match table.sense() {
            Sense::Worth => PayoffRange { lowest: least, highest: most },
            Sense::Cost => PayoffRange { lowest: most, highest: least },
        }
    };
    Some((0..n).map(range).collect())
}

fn ranges<T: Whole>(
    table: &ExactTable,
    floor: &(impl Fn(usize) -> T + Sync),
    there_is: T,
    core: bool,
    unit: &UBig,
    players: &[usize],
    work: &Work,
) -> Result<Option<Vec<PayoffRange>>> {
    let n = table.players();
    // What there is has no excess.
    let full = (1usize << n) - 1;
    let floor = |at: usize| if at == full { there_is.clone() } else { floor(at) };
    if core
        && n > 1
        && players.len() == n
        && let Some(found) = by_marginals(table, &floor, unit, work)
    {
        return Ok(Some(found));
    }
    let program = CoalitionProgram { players: n, floor: &floor, work };
    let mut pool: Pool<T> = Vec::new();
    let mut found = Vec::with_capacity(players.len());
    for &player in players {
        let mut ends = Vec::with_capacity(2);
        for lowest in [true, false] {
            let basis = if lowest { alone(n, player) } else { all_others(n, player) };
            let mut cost = vec![0; n];
            cost[player] = if lowest { 1 } else { -1 };
            match program.solve(&cost, basis, &mut pool, None) {
                Outcome::Optimal(optimum) => ends.push(bound(&optimum, unit, table.sense())),
                Outcome::Stopped => return Ok(None),
                Outcome::Above(_) | Outcome::Infeasible => {
                    return Err(ErrorKind::Uncertified {
                        finding: "range of payoffs",
                        problem: "the set that it is taken over is empty".into(),
                    }
                    .into());
                }
            }
        }
        let (Some(high), Some(low)) = (ends.pop(), ends.pop()) else { return Ok(None) };
        found.push(match table.sense() {
            Sense::Worth => PayoffRange { lowest: low, highest: high },
            Sense::Cost => PayoffRange { lowest: high, highest: low },
        });
    }
    Ok(Some(found))
}

/// A basis in which the player gets what it must alone, and one other takes what is left.
fn alone(n: usize, player: usize) -> Basis {
    let mut basis = Basis::singletons(n);
    let other = if player == 0 { n - 1 } else { 0 };
    insert(&mut basis, other, Coalition::grand(n));
    basis
}

/// A basis in which all others get what they must together, and the player what is left.
fn all_others(n: usize, player: usize) -> Basis {
    let mut basis = alone(n, player);
    if n > 1 {
        insert(&mut basis, player, Coalition::singleton(player).complement(n));
    }
    basis
}

fn insert(basis: &mut Basis, at: usize, s: Coalition) {
    let combination = basis.combination(s);
    basis.replace(at, s, &combination);
}

fn bound<T: Whole>(optimum: &Optimum<T>, unit: &UBig, sense: Sense) -> PayoffBound {
    let determinant = IBig::from(optimum.basis.determinant());
    let scale = RBig::from(determinant.clone());
    let parts = RBig::from(determinant * IBig::from(unit.clone()));
    let sign = match sense {
        Sense::Worth => RBig::ONE,
        Sense::Cost => RBig::from(-1),
    };
    let grand = Coalition::grand(optimum.allocation.len());
    let mut total = RBig::ZERO;
    let mut weights = ExactWeights::new();
    for (&s, &multiplier) in optimum.basis.rows().iter().zip(&optimum.multipliers) {
        let weight = RBig::from(multiplier) / &scale;
        if s == grand {
            total = weight;
        } else if multiplier != 0 {
            weights.push((s, weight));
        }
    }
    crate::order::sort_by_key(&mut weights, |(s, _)| *s);
    PayoffBound {
        allocation: optimum
            .allocation
            .iter()
            .map(|x| RBig::from(x.big()) / &parts * &sign)
            .collect(),
        weights,
        total,
    }
}
