//! From the landscape to its minima, compared with what is known.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::energy::{Weights, sides_of};
use super::reference::Reference;
use super::{Finding, MAX_STATES, Minimum, ReferenceFinding, Turn};
use super::{basins, descent, gray, sensitivity, sides};
use crate::dataset::Relation;
use crate::error::{Error, Result};
use crate::theory::Problem;
use crate::theory::outcome::strongest_first;
use crate::work::Work;

/// The most minima that are kept.
const MOST: usize = 1 << 17;
/// How many turns are reported.
pub(super) const TURNS: usize = 20;

/// Local minima as each state's side, with whether they are strict.
type Sided = Vec<(Vec<usize>, bool)>;

/// A configuration that is a local minimum.
struct Local {
    side: Vec<usize>,
    energy: IBig,
    strict: bool,
    basin: Option<u64>,
}

/// Solves a problem whose pairs have a propensity.
///
/// # Errors
/// If they have none, a number has no common unit with the others, or there are more than
/// 131,072 local minima.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let n = problem.len();
    let k = problem.settings.sides;
    let weights = Weights::new(problem.resources(), problem.required(Relation::Propensity)?)?;
    let listed = enumerate(&weights, n, k, work)?;
    let complete = listed.is_some();
    let found = listed.unwrap_or_else(|| descent::minima(&weights, n, k, work));
    let mut minima: Vec<Local> = found
        .into_iter()
        .map(|(side, strict)| {
            let energy = weights.energy(&side);
            Local { side, energy, strict, basin: None }
        })
        .collect();
    let mut basin_ties = None;
    if complete && k == 2 && n <= basins::MAX_STATES {
        let bits: Vec<u32> = minima.iter().map(|local| bits_of(&local.side)).collect();
        if let Some(found) = basins::basins(&weights, n, &bits, work) {
            basin_ties = Some(found.shared);
            for (local, size) in minima.iter_mut().zip(found.sizes) {
                local.basin = Some(size);
            }
        }
    }
    minima.sort_by(|a, b| (&a.energy, &a.side).cmp(&(&b.energy, &b.side)));
    let Some(lowest) = minima.first() else {
        return Err(Error::system("no local minimum was found in time", "give it more time"));
    };
    let global = minima.iter().take_while(|local| local.energy == lowest.energy).count();
    let mut turns = Vec::new();
    if complete && k == 2 && n <= sensitivity::MAX_STATES {
        let rivals = sensitivity::rivals(&weights, n, bits_of(&lowest.side), work);
        turns = self::turns(problem, &weights, lowest, &rivals.unwrap_or_default());
    }
    let reference = Reference::of(problem).filter(|_| k == 2);
    // All that tie for the lowest are listed, whatever was asked for.
    let listed = problem.settings.listed.max(global);
    Ok(Finding {
        minima_total: minima.len(),
        global,
        complete,
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

/// All local minima; `None` where there are too many configurations, or the time was up.
fn enumerate(weights: &Weights, n: usize, k: usize, work: &Work) -> Result<Option<Sided>> {
    let too_many = || {
        Error::too_large(
            "the landscape has very many local minima: most pairs are indifferent",
            format!("{MOST}"),
            "give a propensity to more pairs",
        )
    };
    if k == 2 && n <= MAX_STATES {
        return match gray::minima(weights, n, MOST, work) {
            gray::Minima::All(found) => {
                Ok(Some(found.into_iter().map(|f| (sides_of(f.bits, n), f.strict)).collect()))
            }
            gray::Minima::TooMany => Err(too_many()),
            gray::Minima::OutOfTime => Ok(None),
        };
    }
    if k > 2 && sides::takes(n, k) {
        return match sides::minima(weights, n, k, MOST, work) {
            sides::Minima::All(found) => Ok(Some(found)),
            sides::Minima::TooMany => Err(too_many()),
            sides::Minima::OutOfTime => Ok(None),
        };
    }
    Ok(None)
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
    Minimum {
        sides: groups(problem, &local.side),
        energy: exact.to_f64().value(),
        exact: exact.to_string(),
        basin: local.basin,
        strict: local.strict,
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
    turns.sort_by(|a, b| a.0.cmp(&b.0));
    turns.into_iter().take(TURNS).map(|(_, turn)| turn).collect()
}
