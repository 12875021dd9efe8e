//! Adds up a proof by odd sums: the violated ties, less the squares of the sums and the weights of
//! the states, must be a form that is positive definite.

use super::Check;
use crate::exact::is_definite;
use crate::theory::Read;
use crate::theory::structural_balance::Branch;

/// A tie, in the parts that weights are counted in.
const TIE: i64 = 1_000_000;
/// The largest weight, in ties, and the most states: sums of them stay whole numbers.
const LARGEST: f64 = 1e6;
const MOST: usize = 4000;

/// The states that a branch decides to go together or apart, each with one that speaks for all.
struct Classes {
    /// For each state the number of its class, and whether it is opposite to the class's sign.
    of: Vec<Option<(usize, bool)>>,
    count: usize,
}

/// Whether the sums of a branch prove that its splits violate `least` ties.
pub(super) fn prove(branch: &Branch, check: &Check, least: usize) -> Read<bool> {
    let classes = Classes::new(branch, check)?;
    let n = classes.count;
    let mut left = vec![0i128; n * n];
    let mut least_of_all: i128 = 0;
    for (&(i, j), &hostile) in &check.ties {
        let ((a, first), (b, second)) = (classes.class(i)?, classes.class(j)?);
        // Whether the tie is violated where the signs of the two classes are the same.
        let violated = (first != second) != hostile;
        if a == b {
            least_of_all += if violated { i128::from(TIE) } else { 0 };
        } else {
            // One half, and a half more or less, over both orders of the two.
            least_of_all += i128::from(TIE / 2);
            let quarter = i128::from(if violated { TIE / 4 } else { -TIE / 4 });
            left[a * n + b] += quarter;
            left[b * n + a] += quarter;
        }
    }
    for sum in &branch.sums {
        let weight = millionths(sum.weight)?;
        if weight < 0 || (sum.plus.len() + sum.minus.len()) % 2 == 0 {
            return Ok(false);
        }
        least_of_all += i128::from(weight);
        let plus = sum.plus.iter().map(|state| (state, false));
        let minus = sum.minus.iter().map(|state| (state, true));
        let terms: Vec<(usize, bool)> = plus
            .chain(minus)
            .map(|(state, negative)| {
                let (class, opposite) = classes.class(check.problem.state(state)?)?;
                Ok((class, opposite != negative))
            })
            .collect::<Read<_>>()?;
        for &(a, first) in &terms {
            for &(b, second) in &terms {
                left[a * n + b] -= i128::from(if first == second { weight } else { -weight });
            }
        }
    }
    for state in &branch.states {
        let weight = millionths(state.weight)?;
        let (class, _) = classes.class(check.problem.state(&state.state)?)?;
        left[class * n + class] -= i128::from(weight);
        least_of_all += i128::from(weight);
    }
    let whole: Result<Vec<i64>, _> = left.into_iter().map(i64::try_from).collect();
    let Ok(left) = whole else { return Ok(false) };
    // A whole number above bound − 1 is the bound.
    let above = (least as i128 - 1) * i128::from(TIE);
    Ok(least_of_all > above && is_definite(&left, n))
}

/// A weight as a whole number of millionths.
fn millionths(weight: f64) -> Read<i64> {
    let parts = (weight * TIE as f64).round();
    let same = (parts / TIE as f64).to_bits() == weight.to_bits();
    if weight.abs() > LARGEST || !(same || parts == 0.0) {
        return Err(format!("the weight {weight} has more than six decimals, or is too large"));
    }
    Ok(parts as i64)
}

impl Classes {
    fn new(branch: &Branch, check: &Check) -> Read<Self> {
        let mut of: Vec<Option<(usize, bool)>> = vec![None; check.problem.len()];
        let mut count = 0;
        for &(i, j) in check.ties.keys() {
            for state in [i, j] {
                of[state].get_or_insert_with(|| {
                    count += 1;
                    (count - 1, false)
                });
            }
        }
        if count > MOST {
            return Err(format!("{count} states are more than odd sums are checked for"));
        }
        let mut classes = Self { of, count };
        for decided in &branch.decided {
            let [i, j] = [&decided.pair[0], &decided.pair[1]];
            let (kept, first) = classes.class(check.problem.state(i)?)?;
            let (gone, second) = classes.class(check.problem.state(j)?)?;
            if kept == gone {
                return Err(format!("a branch decides {i} and {j} twice"));
            }
            // The class that goes is alike to, or opposite of, the one that is kept.
            let turned = (first != second) == decided.together;
            for (class, opposite) in classes.of.iter_mut().flatten() {
                if *class == gone {
                    (*class, *opposite) = (kept, *opposite != turned);
                }
                // Numbers stay without a gap.
                *class -= usize::from(*class > gone);
            }
            classes.count -= 1;
        }
        Ok(classes)
    }

    fn class(&self, state: usize) -> Read<(usize, bool)> {
        self.of[state].ok_or_else(|| "a proof names a state without a tie".to_owned())
    }
}
