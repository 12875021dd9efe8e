//! Branch and bound: two signs are alike or opposite, until every case is bounded.
//!
//! The cases with the lowest bounds are taken first, a fixed number of them at a time, side by
//! side: so the tree does not depend on how many threads there are, and where the time is up the
//! open cases prove the best bound that their number allows.

use rayon::prelude::*;

use super::bound::{Bound, above, best};
use super::form::{Form, Merge};
use super::lagrangian::minimise;
use super::odd::OddSum;
use super::reduced::{Decision, Reduced};
use super::rounding::rounded;
use super::separation::separate;
use super::vectors::{Vectors, flat};
use crate::work::Work;

/// The most cases that are bounded: each keeps its form, vectors and rows.
const CASES: usize = 2000;
/// Cases that are parted at a time.
const AT_A_TIME: usize = 4;
/// Rounds of separation in a case.
const ROUNDS: usize = 40;
/// Rounds that the progress of a case is told from.
const WINDOW: usize = 4;
/// A case is parted where so many rounds more, at its pace, would not reach the target.
const PATIENCE: f64 = 8.0;
/// Steps of the first minimum, without rows, and of each after it.
const STEPS: [usize; 2] = [300, 100];
/// New multipliers in a round.
const MULTIPLIERS: usize = 2;
/// Slopes shorter than this are as good as none.
const SLOPE: f64 = 1e-3;
/// How far above the next lower value a bound must be.
const ROOM: f64 = 1e-6;

/// Signs that agree with decisions, and what the form is there at least.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) decided: Vec<Decision>,
    /// For each sign of the bound one of the form.
    pub(crate) signs: Vec<usize>,
    pub(crate) bound: Bound,
}

/// What the search came to.
#[derive(Debug)]
pub(crate) struct Proof {
    /// The best signs, `true` for −1.
    pub(crate) negative: Vec<bool>,
    /// Cases that together hold all signs.
    pub(crate) cases: Vec<Case>,
    /// The form is nowhere less, or, if not complete, nowhere less than this.
    pub(crate) bound: f64,
    /// Whether no case is left open.
    pub(crate) complete: bool,
}

/// Shows that a form is nowhere less than at these signs, as far as that can be shown, or finds
/// better ones for which it can. Its values are multiples of `grain` apart.
pub(crate) fn prove(form: &Form, negative: Vec<bool>, grain: f64, work: &Work) -> Proof {
    within(form, negative, grain, ROUNDS, work)
}

/// The same with at most so many rounds of separation in a case.
fn within(form: &Form, negative: Vec<bool>, grain: f64, rounds: usize, work: &Work) -> Proof {
    let value = form.value(&negative);
    let mut tree = Tree { form, grain, rounds, work, negative, value, cases: Vec::new() };
    let (open, complete) = tree.search();
    let lowest = open.iter().map(|branch| branch.bound.value).fold(tree.value, f64::min);
    let Tree { negative, mut cases, .. } = tree;
    cases.extend(open.into_iter().map(Branch::case));
    Proof { negative, cases, bound: lowest, complete }
}

struct Tree<'a> {
    form: &'a Form,
    grain: f64,
    rounds: usize,
    work: &'a Work<'a>,
    /// The best signs known.
    negative: Vec<bool>,
    value: f64,
    /// The cases that are bounded well enough.
    cases: Vec<Case>,
}

/// A case to be bounded, with vectors to begin with and what is known of it.
struct Part {
    reduced: Reduced,
    at: Vectors,
    known: Bound,
}

/// A case that is bounded.
struct Branch {
    reduced: Reduced,
    at: Vectors,
    bound: Bound,
    /// The value of the relaxation, which the bound falls short of.
    estimate: f64,
}

impl Branch {
    fn case(self) -> Case {
        let Reduced { decided, kept, .. } = self.reduced;
        Case { decided, signs: kept, bound: self.bound }
    }
}

impl Tree<'_> {
    /// The open cases, and whether there are none.
    fn search(&mut self) -> (Vec<Branch>, bool) {
        // In descending order of their estimates.
        let mut open: Vec<Branch> = Vec::new();
        let mut parts = vec![Part {
            reduced: Reduced::new(self.form.clone()),
            at: Vectors::new(self.form.len()),
            known: Bound::diagonal(self.form),
        }];
        let mut looked = 0;
        while !parts.is_empty() {
            looked += parts.len();
            let found: Vec<_> = parts.into_par_iter().map(|part| self.bounded(part)).collect();
            for (branch, suggested) in found {
                if let Some((negative, value)) = suggested
                    && value < self.value - self.grain / 2.0
                {
                    (self.negative, self.value) = (negative, value);
                }
                let at = open.partition_point(|other| other.estimate > branch.estimate);
                open.insert(at, branch);
            }
            // With better signs less needs to be proven.
            let target = self.target();
            let done = open.extract_if(.., |branch| branch.bound.value > target);
            self.cases.extend(done.map(Branch::case));
            if looked >= CASES || self.work.is_over() {
                break;
            }
            parts = self.parted(&mut open);
        }
        let complete = open.is_empty();
        (open, complete)
    }

    /// What a case must be shown to be above.
    fn target(&self) -> f64 {
        self.value - self.grain + ROOM * self.grain
    }

    /// Takes the cases with the lowest estimates, each in its two parts.
    fn parted(&self, open: &mut Vec<Branch>) -> Vec<Part> {
        let taken = open.len().saturating_sub(AT_A_TIME);
        if open[taken..].iter().any(|branch| branch.at.len() < 2) {
            return Vec::new();
        }
        let branches = open.split_off(taken);
        let parts = branches.iter().flat_map(|branch| {
            let form = &branch.reduced.form;
            let [kept, gone] = pair(form, &branch.at);
            [false, true].map(|opposite| {
                let merge = Merge { kept, gone, opposite };
                let reduced = branch.reduced.merged(merge);
                let known = branch.bound.merged(form, &reduced.form, merge);
                Part { reduced, at: branch.at.merged(merge), known }
            })
        });
        parts.collect()
    }

    /// A part with its bound, and signs that its vectors suggest with the form's value there.
    fn bounded(&self, Part { reduced, mut at, known }: Part) -> (Branch, Option<(Vec<bool>, f64)>) {
        let (bound, estimate) = self.relaxed(&reduced.form, &mut at);
        let bound = if bound.value < known.value { known } else { bound };
        self.work.advance(1);
        let suggested = rounded(self.form, &reduced, &at);
        (Branch { reduced, at, bound, estimate }, suggested)
    }

    /// A bound above the target, or the best one where that is out of reach; and the value of the
    /// relaxation.
    fn relaxed(&self, form: &Form, at: &mut Vectors) -> (Bound, f64) {
        let (target, work) = (self.target(), self.work);
        let mut estimate = form.constant;
        if at.rows.is_empty() {
            estimate = minimise(form, at, STEPS[0], SLOPE, work);
        }
        let mut estimates: Vec<f64> = Vec::new();
        loop {
            if let Some(bound) = above(form, at, target) {
                return (bound, estimate);
            }
            if estimates.len() == self.rounds || work.is_over() || is_hopeless(&estimates, target) {
                return (best(form, at), estimate);
            }
            let known: Vec<&OddSum> = at.rows.iter().map(|row| &row.sum).collect();
            let sums = separate(flat(&at.products()), form.len(), &known);
            at.extend(sums);
            for _ in 0..MULTIPLIERS {
                estimate = minimise(form, at, STEPS[1], SLOPE, work);
                at.multiply();
            }
            estimates.push(estimate);
        }
    }
}

/// Whether the target is out of reach at the pace of the last rounds.
fn is_hopeless(estimates: &[f64], target: f64) -> bool {
    let Some(before) = estimates.len().checked_sub(WINDOW + 1) else { return false };
    let last = estimates[estimates.len() - 1];
    let pace = (last - estimates[before]) / WINDOW as f64;
    last + PATIENCE * pace < target
}

/// The two signs that are most open and weigh most.
fn pair(form: &Form, at: &Vectors) -> [usize; 2] {
    let weight: Vec<f64> =
        form.matrix.rows().into_iter().map(|row| row.iter().map(|x| x.abs()).sum()).collect();
    let products = at.products();
    let score = |i: usize, j: usize| {
        let product = products[[i, j]];
        (1.0 - product * product) * (weight[i] + weight[j])
    };
    let pairs = (1..form.len()).flat_map(|i| (0..i).map(move |j| [j, i]));
    let best = pairs.max_by(|&[i, j], &[k, l]| score(i, j).total_cmp(&score(k, l)));
    best.unwrap_or([0, 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::Sequence;
    use ndarray::Array2;

    /// The violated ties of a random signed network.
    fn network(n: usize, sequence: &mut Sequence) -> Form {
        let mut form = Form { constant: 0.0, matrix: Array2::zeros((n, n)) };
        for i in 0..n {
            for j in 0..i {
                let quarter = [0.25, -0.25, 0.0][sequence.below(3)];
                form.matrix[[i, j]] = quarter;
                form.matrix[[j, i]] = quarter;
                form.constant += 2.0 * quarter.abs();
            }
        }
        form
    }

    fn all(n: usize) -> impl Iterator<Item = Vec<bool>> {
        (0..1u32 << n).map(move |signs| (0..n).map(|i| signs >> i & 1 == 1).collect())
    }

    fn agrees(negative: &[bool], case: &Case) -> bool {
        let alike = |decision: &Decision| {
            let [i, j] = decision.pair;
            (negative[i] != negative[j]) == decision.opposite
        };
        case.decided.iter().all(alike)
    }

    #[test]
    fn the_least_value_is_found_and_proven() {
        let mut sequence = Sequence::new();
        for round in 0..40 {
            let n = 2 + sequence.below(8);
            let form = network(n, &mut sequence);
            let least = all(n).map(|signs| form.value(&signs)).fold(f64::INFINITY, f64::min);
            // With all rounds, and with so few that cases are parted.
            let rounds = if round % 2 == 0 { ROUNDS } else { 0 };
            let proof = within(&form, vec![false; n], 1.0, rounds, &Work::default());
            assert!(proof.complete);
            assert_eq!((form.value(&proof.negative), proof.bound), (least, least));
            for case in &proof.cases {
                assert!(case.bound.value > least - 1.0);
            }
            // Every choice of signs is in one case, whose bound it keeps.
            for signs in all(n) {
                let cases: Vec<_> =
                    proof.cases.iter().filter(|case| agrees(&signs, case)).collect();
                assert_eq!(cases.len(), 1);
                assert!(form.value(&signs) >= cases[0].bound.value);
            }
        }
    }

    #[test]
    fn a_case_knows_what_the_one_before_it_proved() {
        let mut sequence = Sequence::new();
        for opposite in [false, true, false, true] {
            let form = network(9, &mut sequence);
            let mut at = Vectors::new(9);
            minimise(&form, &mut at, STEPS[0], SLOPE, &Work::default());
            let bound = best(&form, &at);
            let merge = Merge { kept: 4, gone: 2, opposite };
            let known = bound.merged(&form, &form.merged(merge), merge);
            assert!((known.value - bound.value).abs() < 1e-5);
            assert!(bound.value > Bound::diagonal(&form).value + 0.1);
        }
    }

    #[test]
    fn where_the_time_is_up_what_is_proven_is_true() {
        let form = network(14, &mut Sequence::new());
        let work = Work::default().within(std::time::Duration::ZERO);
        let proof = prove(&form, vec![false; 14], 1.0, &work);
        let least = all(14).map(|signs| form.value(&signs)).fold(f64::INFINITY, f64::min);
        assert!(proof.bound <= least && !proof.cases.is_empty());
    }
}
