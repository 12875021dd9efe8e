//! A split against a reference split: who is misplaced, and how likely chance does as well.
//!
//! Sides have no names, so of the two ways to lay the splits over each other the one with fewer
//! misplaced states counts (with as many, the first side of the split over the first label).
//! The p-value is the share of all `2^(m−1)` splits of the `m` states that the reference names
//! with at most as many misplaced, `Σ_{k ≤ d} C(m, k) / 2^(m−1)`; it is 1 where `2d + 1 ≥ m`, as
//! no split misplaces more than half.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::theory::Problem;

/// The reference split.
pub(super) struct Reference {
    /// The two labels, in the order in which they appear.
    pub(super) labels: [String; 2],
    /// For each state the number of its label.
    pub(super) side: Vec<Option<usize>>,
}

impl Reference {
    /// The reference split of a problem, if it has two sides.
    pub(super) fn of(problem: &Problem) -> Option<Self> {
        let labels: Vec<&String> =
            problem.system().states().iter().filter_map(|s| s.reference.as_ref()).collect();
        let mut known: Vec<&String> = Vec::new();
        for label in labels {
            if !known.contains(&label) {
                known.push(label);
            }
        }
        let [first, second] = known[..] else { return None };
        let side = |label: &String| usize::from(label == second);
        Some(Self {
            labels: [first.clone(), second.clone()],
            side: problem
                .system()
                .states()
                .iter()
                .map(|state| state.reference.as_ref().map(side))
                .collect(),
        })
    }

    /// The states that a split of two sides misplaces.
    pub(super) fn misplaced(&self, side: &[usize]) -> Vec<usize> {
        let apart = |turned: usize| {
            let known = self.side.iter().enumerate().filter_map(|(i, s)| Some((i, (*s)?)));
            known.filter(|&(i, s)| s ^ turned != side[i]).map(|(i, _)| i).collect::<Vec<_>>()
        };
        let (straight, turned) = (apart(0), apart(1));
        if turned.len() < straight.len() { turned } else { straight }
    }

    /// The share of all splits that misplace at most `misplaced` states.
    pub(super) fn p_value(&self, misplaced: usize) -> RBig {
        let m = self.side.iter().flatten().count();
        p_value(m, misplaced)
    }
}

/// The share of the splits of `m` states that misplace at most `d`.
pub(super) fn p_value(m: usize, d: usize) -> RBig {
    if m == 0 || 2 * d + 1 >= m {
        return RBig::ONE;
    }
    let mut term = UBig::ONE;
    let mut sum = UBig::ONE;
    for k in 1..=d {
        term = term * UBig::from(m + 1 - k) / UBig::from(k);
        sum += &term;
    }
    RBig::from_parts(IBig::from(sum), UBig::ONE << (m - 1))
}
