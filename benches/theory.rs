//! Published theories: every answer is checked before it is timed.

use dashu_ratio::RBig;
use equipoise::dataset::Relation;
use equipoise::lp::Backend;
use equipoise::system::System;
use equipoise::theory::{Pairs, Problem, Theory};
use equipoise::work::Work;
use ndarray::Array2;

fn main() {
    divan::main();
}

/// Numbers that look random, always the same (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

fn problem(n: usize, seed: u64) -> Problem {
    let mut random = Numbers(seed);
    let powers = (0..n).map(|i| (i.to_string(), 1000.0 + random.below(100_000) as f64));
    Problem::new(System::from_powers(powers.collect::<Vec<_>>()).unwrap())
}

fn paired(problem: Problem, relation: Relation, each: impl Fn(usize, usize) -> i64) -> Problem {
    let n = problem.len();
    let value = |(i, j): (usize, usize)| match i.cmp(&j) {
        std::cmp::Ordering::Less => RBig::from(each(i, j)),
        std::cmp::Ordering::Equal => RBig::ZERO,
        std::cmp::Ordering::Greater => RBig::from(each(j, i)),
    };
    let values = Array2::from_shape_fn((n, n), value);
    problem.with_exact_pairs(Pairs { relation, values }).unwrap()
}

fn bench(bencher: divan::Bencher, theory: Theory, problem: &Problem) {
    let solve = || theory.solve(problem, Backend::default(), &Work::default()).unwrap();
    let findings = solve();
    assert_eq!(findings.undecided(), None);
    assert!(findings.examine(problem, false).claims.iter().all(|claim| claim.holds()));
    bencher.bench_local(solve);
}

#[divan::bench(args = [20, 24, 28, 30], sample_count = 1)]
fn landscape(bencher: divan::Bencher, n: usize) {
    let propensity = |i: usize, j: usize| Numbers((i * 64 + j) as u64).below(21) as i64 - 10;
    bench(bencher, Theory::Landscape, &paired(problem(n, 1), Relation::Propensity, propensity));
}

#[divan::bench(args = [16, 20, 22], sample_count = 1)]
fn ruling_coalition(bencher: divan::Bencher, n: usize) {
    bench(bencher, Theory::RulingCoalition, &problem(n, 2));
}

#[divan::bench(args = [20, 200], sample_count = 3)]
fn niou_ordeshook(bencher: divan::Bencher, n: usize) {
    bench(bencher, Theory::NiouOrdeshook, &problem(n, 3));
}

#[divan::bench(args = [5, 7, 10], sample_count = 1)]
fn power_allocation(bencher: divan::Bencher, n: usize) {
    let sign = |i: usize, j: usize| [0, -1, 1][Numbers((i * 64 + j) as u64).below(3) as usize];
    bench(bencher, Theory::PowerAllocation, &paired(problem(n, 4), Relation::Sign, sign));
}

/// Two camps of 75 states with 600 ties, so many of a hundred turned.
#[divan::bench(args = [5, 10, 25, 50], sample_count = 1)]
fn structural_balance(bencher: divan::Bencher, turned: u64) {
    let mut random = Numbers(5);
    let mut ties = std::collections::BTreeMap::new();
    while ties.len() < 600 {
        let (i, j) = (random.below(150) as usize, random.below(150) as usize);
        if i != j {
            let friends = (i % 2 == j % 2) != (random.below(100) < turned);
            ties.insert((i.min(j), i.max(j)), if friends { 1 } else { -1 });
        }
    }
    let sign = |i: usize, j: usize| ties.get(&(i, j)).copied().unwrap_or(0);
    bench(bencher, Theory::StructuralBalance, &paired(problem(150, 6), Relation::Sign, sign));
}

#[divan::bench(args = [20, 200], sample_count = 3)]
fn war_stable(bencher: divan::Bencher, n: usize) {
    let link = |i: usize, j: usize| i64::from(Numbers((i * 256 + j) as u64).below(10) == 0);
    bench(bencher, Theory::WarStable, &paired(problem(n, 7), Relation::Link, link));
}
