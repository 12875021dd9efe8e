//! The settlement lens by the number of states. Every answer is certified before it is timed.

use divan::{Bencher, black_box};
use equipoise::certify;
use equipoise::contest::Contest;
use equipoise::lp::Backend;
use equipoise::parameters::Parameters;
use equipoise::solve::settlement::{self, Settlement};
use equipoise::system::System;
use equipoise::work::Work;

fn main() {
    divan::main();
}

fn contest(powers: Vec<f64>, decisiveness: f64) -> Contest {
    let named = powers.into_iter().enumerate().map(|(i, p)| (format!("S{i}"), p));
    let parameters = Parameters { decisiveness, ..Parameters::default() };
    let system = System::from_powers(named).expect("powers above zero");
    Contest::new(&system, &parameters).expect("parameters in range")
}

fn solve(contest: &Contest) -> Settlement {
    settlement::solve(contest, &[0], Backend::default(), &Work::default()).expect("a solution")
}

fn certified(bencher: Bencher, contest: Contest) {
    let Settlement::Decided(finding) = solve(&contest) else { panic!("undecided") };
    for claim in certify::settlement::check(&contest, &finding) {
        assert!(claim.holds(), "{claim}");
    }
    bencher.bench_local(|| solve(black_box(&contest)));
}

/// A steady decline: near ties everywhere, the slowest to separate.
#[divan::bench(args = [8, 12, 16, 18, 20], sample_count = 3, sample_size = 1)]
fn geometric(bencher: Bencher, n: i32) {
    certified(bencher, contest((0..n).map(|i| 0.8f64.powi(i)).collect(), 2.0));
}

/// Equal states: millions of coalitions tie.
#[divan::bench(args = [8, 12, 16, 18, 20], sample_count = 3, sample_size = 1)]
fn equal(bencher: Bencher, n: i32) {
    certified(bencher, contest((0..n).map(|_| 1.0).collect(), 2.0));
}

/// One state stronger than all others together, and war decided by the bigger side.
#[divan::bench(args = [8, 12, 16, 18, 20], sample_count = 3, sample_size = 1)]
fn giant(bencher: Bencher, n: i32) {
    let powers = (0..n).map(|i| if i == 0 { 1.2 * f64::from(n) } else { 1.0 }).collect();
    certified(bencher, contest(powers, f64::INFINITY));
}

/// The checker alone.
#[divan::bench(args = [12, 16, 20], sample_count = 3, sample_size = 1)]
fn check(bencher: Bencher, n: i32) {
    let contest = contest((0..n).map(|i| 0.8f64.powi(i)).collect(), 2.0);
    let Settlement::Decided(finding) = solve(&contest) else { panic!("undecided") };
    bencher.bench_local(|| certify::settlement::check(black_box(&contest), &finding));
}
