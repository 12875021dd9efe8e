//! From the landscape to its minima, compared with what is known.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::energy::{Weights, sides_of};
use super::kept::{Lowest, MOST};
use super::reference::Reference;
use super::{Finding, MAX_STATES, Minimum, ReferenceFinding, Turn};
use super::{basins, descent, gray, sensitivity, sides};
use crate::dataset::Relation;
use crate::error::{Error, Result};
use crate::order;
use crate::theory::Problem;
use crate::theory::outcome::strongest_first;
use crate::work::Work;

/// How many turns are reported.
pub(super) const TURNS: usize = 20;

/// The most of the minima that tie for the lowest that are listed though fewer were asked for.
pub(super) const TIES: usize = 1000;

/// Local minima, each state's side, and how many there are.
struct Minima {
    found: Vec<Vec<usize>>,
    total: usize,
    /// How many tie for the lowest, if not all that do are among those found.
    global: Option<usize>,
    /// Why there may be others; `None` if every configuration was looked at.
    partial: Option<&'static str>,
}

/// A configuration that is a local minimum.
struct Local {
    side: Vec<usize>,
    energy: IBig,
    basin: Option<u64>,
}

/// Solves a problem whose pairs have a propensity.
///
/// # Errors
/// If they have none, or a number has no common unit with the others; or if rounding leaves open
/// which of more than 131,072 local minima is the lowest.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let n = problem.len();
    let k = problem.settings.sides;
    let weights = Weights::new(problem.resources(), problem.required(Relation::Propensity)?)?;
    let Minima { found, total, global, partial } = minima(&weights, n, k, work)?;
    let kept = found.len();
    let mut minima: Vec<Local> = found
        .into_iter()
        .map(|side| Local { energy: weights.energy(&side), side, basin: None })
        .collect();
    let mut basin_ties = None;
    if partial.is_none() && kept == total && k == 2 && n <= basins::MAX_STATES {
        order::sort_by_key(&mut minima, |local| bits_of(&local.side));
        let bits: Vec<u32> = minima.iter().map(|local| bits_of(&local.side)).collect();
        if let Some(found) = basins::basins(&weights, n, &bits, work) {
            basin_ties = Some(found.shared);
            for (local, size) in minima.iter_mut().zip(found.sizes) {
                local.basin = Some(size);
            }
        }
    }
    order::sort_by(&mut minima, |a, b| (&a.energy, &a.side).cmp(&(&b.energy, &b.side)));
    let Some(lowest) = minima.first() else {
        return Err(Error::system(
            "no descent came to a local minimum: the energies differ by less than 60 bits tell",
            "give resources and propensities in fewer digits",
        ));
    };
    let tied = minima.iter().take_while(|local| local.energy == lowest.energy).count();
    let global = global.unwrap_or(tied);
    let mut turns = Vec::new();
    if partial.is_none() && k == 2 && n <= sensitivity::MAX_STATES {
        let rivals = sensitivity::rivals(&weights, n, bits_of(&lowest.side), work);
        turns = self::turns(problem, &weights, lowest, &rivals.unwrap_or_default());
    }
    let reference = Reference::of(problem).filter(|_| k == 2);
    let listed = listed(problem.settings.listed, global);
    Ok(Finding {
        minima_total: total,
        global,
        complete: partial.is_none(),
        partial: partial.map(Into::into),
        basin_ties,
        minima: minima
            .iter()
            .take(listed)
            .map(|local| minimum(problem, &weights, local, reference.as_ref()))
            .collect(),
        reference: reference.map(|reference| ReferenceFinding {
            states: reference.side.iter().flatten().count(),
            labels: reference.labels,
        }),
        sensitivity: turns,
    })
}

/// How many minima are listed where so many were asked for and so many tie for the lowest: all
/// that tie, up to [`TIES`].
pub(super) fn listed(asked: usize, global: usize) -> usize {
    asked.max(global.min(TIES))
}

/// All local minima where there are few enough configurations, and time; else some.
fn minima(weights: &Weights, n: usize, k: usize, work: &Work) -> Result<Minima> {
    let found = if k == 2 && n <= MAX_STATES {
        gray::minima(weights, n, work).map(|lowest| enumerated(lowest, |bits| sides_of(bits, n)))
    } else if k > 2 && sides::takes(n, k) {
        let unpacked = |packed| sides::unpacked(packed, n);
        sides::minima(weights, n, k, work).map(|lowest| enumerated(lowest, unpacked))
    } else {
        return Ok(by_descent(
            weights,
            n,
            k,
            "the configurations are too many to look at all",
            work,
        ));
    };
    found.unwrap_or_else(|| {
        let why = "the time was up before all configurations had been looked at";
        Ok(by_descent(weights, n, k, why, work))
    })
}

fn enumerated<C>(lowest: Lowest<C>, side: impl Fn(C) -> Vec<usize>) -> Result<Minima> {
    let (found, total, ties) = lowest;
    let Some(ties) = ties else {
        return Err(Error::too_large(
            "more local minima than can be told apart are as low as the lowest, nearly",
            MOST.to_string(),
            "give resources and propensities in fewer digits",
        ));
    };
    Ok(Minima {
        found: found.into_iter().map(side).collect(),
        total: usize::try_from(total).unwrap_or(usize::MAX),
        global: usize::try_from(ties).ok().filter(|ties| *ties > 0),
        partial: None,
    })
}

fn by_descent(weights: &Weights, n: usize, k: usize, why: &'static str, work: &Work) -> Minima {
    let found = descent::minima(weights, n, k, work);
    Minima { total: found.len(), found, global: None, partial: Some(why) }
}

/// A configuration of two sides as bits, the last state's side being 0.
fn bits_of(side: &[usize]) -> u32 {
    let last = side.last().copied().unwrap_or(0);
    side.iter().enumerate().fold(0, |bits, (i, &s)| bits | u32::from(s != last) << i)
}

/// The sides of a configuration as groups of identifiers, the strongest first, two at least.
fn groups(problem: &Problem, side: &[usize]) -> Vec<Vec<String>> {
    let count = side.iter().max().map_or(0, |most| most + 1);
    let members = |s: usize| (0..side.len()).filter(|&i| side[i] == s).collect();
    let sides = strongest_first(problem, (0..count).map(members).collect());
    let mut names: Vec<Vec<String>> = sides.into_iter().map(|side| problem.names(side)).collect();
    names.resize(names.len().max(2), Vec::new());
    names
}

fn minimum(
    problem: &Problem,
    weights: &Weights,
    local: &Local,
    reference: Option<&Reference>,
) -> Minimum {
    let exact = weights.value(&local.energy);
    let misplaced = reference.map(|reference| reference.misplaced(&local.side));
    let strict = weights.least_change(&local.side, problem.settings.sides) > IBig::ZERO;
    Minimum {
        sides: groups(problem, &local.side),
        energy: exact.to_f64().value(),
        exact: exact.to_string(),
        basin: local.basin,
        strict,
        p_value: reference
            .zip(misplaced.as_ref())
            .map(|(reference, misplaced)| reference.p_value(misplaced.len()).to_f64().value()),
        misplaced: misplaced.map(|states| problem.names(states)),
    }
}

/// The changes of single propensities, the smallest first.
fn turns(
    problem: &Problem,
    weights: &Weights,
    lowest: &Local,
    rivals: &[sensitivity::Rival],
) -> Vec<Turn> {
    let mut turns: Vec<(RBig, Turn)> = rivals
        .iter()
        .map(|rival| {
            let (i, j) = rival.pair;
            let side = sides_of(rival.bits, problem.len());
            let gap = weights.value(&(weights.energy(&side) - &lowest.energy));
            let scale = RBig::from(2) * &problem.resources()[i] * &problem.resources()[j];
            let size = gap / scale;
            // To bring together those apart, standing apart must cost more.
            let together = lowest.side[i] == lowest.side[j];
            let change = if together { -size.clone() } else { size.clone() };
            let turn = Turn {
                pair: [problem.system().id(i).to_owned(), problem.system().id(j).to_owned()],
                change: change.to_f64().value(),
                exact: change.to_string(),
                sides: groups(problem, &side),
            };
            (size, turn)
        })
        .collect();
    order::sort_by(&mut turns, |a, b| a.0.cmp(&b.0));
    turns.into_iter().take(TURNS).map(|(_, turn)| turn).collect()
}
