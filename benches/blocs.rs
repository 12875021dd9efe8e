//! The blocs lens by number of states: all partitions accounted for, the answer certified
//! before it is timed. `cargo bench --bench blocs`.

use divan::Bencher;
use equipoise::certify::partitions::blocs::check;
use equipoise::contest::Contest;
use equipoise::parameters::{Driver, Parameters};
use equipoise::solve::partitions::blocs::{Blocs, Options, solve};
use equipoise::system::System;
use equipoise::work::Work;

/// Shares after the National Material Capabilities of 2016.
const SHARES: [f64; 14] = [
    0.2137, 0.3310, 0.1430, 0.0740, 0.0663, 0.0349, 0.0278, 0.0259, 0.0256, 0.0213, 0.0207, 0.0170,
    0.0139, 0.0120,
];

fn main() {
    divan::main();
}

fn time(bencher: Bencher, n: usize, parameters: &Parameters) {
    let named = (0..n).map(|i| (format!("S{i}"), SHARES[i]));
    let contest = System::from_powers(named).and_then(|s| Contest::new(&s, parameters)).unwrap();
    let answer = || solve(&contest, &Options::default(), &Work::default()).unwrap();
    let Blocs::Decided(finding) = answer() else { panic!("undecided without a time limit") };
    for claim in check(&contest, &finding, false) {
        assert!(claim.holds(), "{claim}");
    }
    bencher.bench(answer);
}

#[divan::bench(args = [8, 10, 12, 14])]
fn default_parameters(bencher: Bencher, n: usize) {
    time(bencher, n, &Parameters::default());
}

#[divan::bench(args = [8, 10, 12])]
fn proportional_division(bencher: Bencher, n: usize) {
    time(bencher, n, &Parameters { dominance: 1.0, ..Parameters::default() });
}

#[divan::bench(args = [8, 10, 12], sample_count = 10)]
fn threats(bencher: Bencher, n: usize) {
    let driver = Driver::Threat;
    time(bencher, n, &Parameters { driver, ..Parameters::default() });
}

#[divan::bench(args = [8, 10, 12], sample_count = 10)]
fn deterrence(bencher: Bencher, n: usize) {
    time(bencher, n, &Parameters { war_cost: 0.2, ..Parameters::default() });
}
