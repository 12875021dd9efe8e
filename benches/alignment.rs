//! The alignment lens by the number of states, on seeded systems. Every answer is certified
//! before it is timed. `cargo bench --bench alignment -- 9` runs one size.

use divan::Bencher;
use equipoise::certify::alignment::check;
use equipoise::contest::Contest;
use equipoise::game::strategic::{Incentives, profile_at};
use equipoise::game::{
    AlignmentGame, LedGame, Posture, StrategicGame, TabulatedAlignment, TacticalAlignment, Tactics,
};
use equipoise::parameters::Parameters;
use equipoise::solve::alignment::{Alignment, AlignmentFinding, Options, solve};
use equipoise::solve::strategic::nash;
use equipoise::system::System;
use equipoise::work::Work;
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// Powers that fall off geometrically with a seeded wobble: the first state leads.
fn system(n: usize) -> Contest {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let powers = (0..n).map(|i| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wobble = (seed >> 40) as f64 / (1u64 << 24) as f64;
        (format!("S{i}"), 0.8f64.powi(i as i32) * (0.9 + 0.2 * wobble))
    });
    let system = System::from_powers(powers).expect("powers are above zero");
    Contest::new(&system, &Parameters::default()).expect("the defaults are in range")
}

fn decided(contest: &Contest) -> Alignment {
    solve(contest, 0, &Options::default(), &Work::default()).expect("it has an answer")
}

/// Pure equilibria and the range over correlated ones.
#[divan::bench(args = [6, 9, 12, 14, 16], sample_count = 5)]
fn lens(bencher: Bencher, n: usize) {
    let contest = system(n);
    certify(&contest);
    bencher.bench(|| decided(&contest));
}

/// Pure equilibria alone.
#[divan::bench(args = [6, 9, 12, 14], sample_count = 5)]
fn pure(bencher: Bencher, n: usize) {
    let contest = system(n);
    let game = TabulatedAlignment::new(AlignmentGame::new(&contest, 0)).expect("small enough");
    bencher.bench(|| nash::pure(&game, 1e-9, 10_000, &Work::default()));
}

/// The check of the answer.
#[divan::bench(args = [6, 9, 12, 14, 16], sample_count = 5)]
fn certificate(bencher: Bencher, n: usize) {
    let contest = system(n);
    let Alignment::Decided(finding) = decided(&contest) else { panic!("undecided") };
    bencher.bench(|| check(&contest, &finding));
}

/// What the check would take at least if it asked the contest about each profile, twice.
#[divan::bench(args = [6, 9, 12, 14, 16], sample_count = 3)]
fn contest_of_each_profile_twice(bencher: Bencher, n: usize) {
    let contest = system(n);
    let game = AlignmentGame::new(&contest, 0);
    bencher.bench(|| {
        let profiles = game.profiles().expect("few");
        let control = |number: u64| game.leader_control(&profile_at(&game, number));
        (0..2 * profiles).into_par_iter().map(|k| control(k % profiles)).sum::<f64>()
    });
}

/// All profiles priced row by row, which gives what pricing them one by one gives.
#[divan::bench(args = [9, 12, 14], sample_count = 3)]
fn priced_in_rows(bencher: Bencher, n: usize) {
    priced(bencher, n, |game, weights, values| {
        game.add_weighted_gains(0, &Incentives::of(game), weights, values);
    });
}

/// All profiles priced one by one.
#[divan::bench(args = [9, 12, 14], sample_count = 3)]
fn priced_one_by_one(bencher: Bencher, n: usize) {
    priced(bencher, n, one_by_one);
}

fn one_by_one(game: &TabulatedAlignment, weights: &[f64], values: &mut [f64]) {
    let incentives = Incentives::of(game);
    for (number, value) in (0..).zip(values) {
        *value += game.weighted_gains(&profile_at(game, number), &incentives, weights);
    }
}

/// At prices of a third of the incentives, as many as bind.
fn priced(
    bencher: Bencher,
    n: usize,
    price: impl Fn(&TabulatedAlignment, &[f64], &mut [f64]) + Sync,
) {
    let contest = system(n);
    let game = TabulatedAlignment::new(AlignmentGame::new(&contest, 0)).expect("small enough");
    let weight = |k: usize| if k.is_multiple_of(3) { 1.0 + k as f64 } else { 0.0 };
    let weights: Vec<f64> = (0..Incentives::of(&game).len()).map(weight).collect();
    let profiles = game.profiles().expect("few") as usize;
    let (mut found, mut expected) = (vec![0.0; profiles], vec![0.0; profiles]);
    price(&game, &weights, &mut found);
    one_by_one(&game, &weights, &mut expected);
    assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= 1e-9 * (1.0 + b.abs())));
    bencher.bench_local(|| price(&game, &weights, &mut found));
}

/// Five tactics: 5^8 = 390,625 profiles for 9 states, twice as many where the leading state
/// may restrain itself.
fn five(restrains: bool) -> Options {
    let five =
        [Posture::Balance, Posture::Bandwagon, Posture::Abstain, Posture::Pass, Posture::Arm];
    let tactics = Tactics::new(five.into_iter().chain(restrains.then_some(Posture::Restrain)));
    Options { tactics, ..Options::default() }
}

/// The lens with five tactics, by the number of states.
#[divan::bench(args = [6, 8, 9], sample_count = 3)]
fn five_tactics(bencher: Bencher, n: usize) {
    tactical(bencher, n, &five(false));
}

/// The same with a leading state that may restrain itself.
#[divan::bench(args = [6, 8, 9], sample_count = 3)]
fn five_tactics_and_restraint(bencher: Bencher, n: usize) {
    tactical(bencher, n, &five(true));
}

fn tactical(bencher: Bencher, n: usize, options: &Options) {
    let contest = system(n);
    let solve = || solve(&contest, 0, options, &Work::default()).expect("it has an answer");
    let Alignment::Decided(finding) = solve() else { panic!("undecided") };
    accepted(&contest, &finding);
    bencher.bench(solve);
}

/// The check of the answer with five tactics.
#[divan::bench(args = [6, 8, 9], sample_count = 3)]
fn five_tactics_certificate(bencher: Bencher, n: usize) {
    let contest = system(n);
    let found = solve(&contest, 0, &five(false), &Work::default()).expect("it has an answer");
    let Alignment::Decided(finding) = found else { panic!("undecided") };
    bencher.bench(|| check(&contest, &finding));
}

/// The base game by the tables for any tactics, beside `pure` by its own.
#[divan::bench(args = [6, 9, 12, 14], sample_count = 5)]
fn pure_by_general_tables(bencher: Bencher, n: usize) {
    let contest = system(n);
    let game = TacticalAlignment::new(AlignmentGame::new(&contest, 0)).expect("small enough");
    bencher.bench(|| nash::pure(&game, 1e-9, 10_000, &Work::default()));
}

fn certify(contest: &Contest) {
    let Alignment::Decided(finding) = decided(contest) else { panic!("undecided") };
    accepted(contest, &finding);
}

fn accepted(contest: &Contest, finding: &AlignmentFinding) {
    for claim in check(contest, finding) {
        assert!(claim.holds(), "{claim}");
    }
}
