//! Cooperative games: reading, power indices, properties, structures, hedonic partitions.
//! Every answer is checked before it is timed.

use dashu_ratio::RBig;
use divan::{Bencher, black_box};

use equipoise::certify::Claim;
use equipoise::certify::cooperative::Checker;
use equipoise::certify::cooperative::contest::ContestChecker;
use equipoise::certify::cooperative::weighted::WeightedChecker;
use equipoise::coalition::Coalition;
use equipoise::game::cooperative::number::Numerators;
use equipoise::game::cooperative::read::{Terms, game_from};
use equipoise::game::cooperative::{ContestGame, ExactTable, Game, Quota, WeightedGame, numbered};
use equipoise::game::hedonic::HedonicGame;
use equipoise::lp::Backend;
use equipoise::solve::cooperative::nucleolus::contest::exact_contest;
use equipoise::solve::cooperative::nucleolus::exact::{
    ExactFinding, ExactNucleolus, exact_prenucleolus, exact_weighted,
};
use equipoise::solve::cooperative::power;
use equipoise::solve::cooperative::properties;
use equipoise::solve::partitions::hedonic;
use equipoise::solve::partitions::structure;
use equipoise::work::Work;

fn main() {
    divan::main();
}

/// A fixed sequence of numbers in `[0, 1)`.
fn sequence() -> impl FnMut() -> f64 {
    let mut x = 7u64;
    move || {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// A table of random values as text, coalitions as `1+2+3`.
fn text(n: usize) -> String {
    let mut random = sequence();
    let mut text = String::from("coalition,value\n");
    for set in Coalition::all(n) {
        let members: Vec<String> = set.members().map(|i| (i + 1).to_string()).collect();
        text += &format!("{},{:.6}\n", members.join("+"), random());
    }
    text
}

#[divan::bench(args = [10, 15, 20])]
fn shapley_of_a_table_parsing_included(bencher: Bencher, n: usize) {
    let text = text(n);
    let shapley = || {
        let game = game_from(text.as_bytes(), "table.csv", &Terms::default()).unwrap();
        power::shapley(&game).unwrap()
    };
    let game = game_from(text.as_bytes(), "table.csv", &Terms::default()).unwrap();
    let total = shapley().iter().fold(RBig::ZERO, |sum, x| sum + x);
    assert_eq!(total, game.table().unwrap().value(Coalition::grand(n)));
    bencher.bench_local(shapley);
}

fn weighted(n: usize, mean: f64, quota: &str) -> Game {
    let mut random = sequence();
    let weights = (0..n).map(|_| RBig::from((random() * 2.0 * mean) as u64 + 1)).collect();
    let rule = (weights, Quota::parse(quota).unwrap());
    WeightedGame::new(numbered(n), &[rule]).unwrap().into()
}

#[divan::bench(args = [(100, 480, "24129"), (200, 11, "1117"), (500, 50, "12600")])]
fn shapley_shubik(bencher: Bencher, (n, mean, quota): (usize, u64, &str)) {
    let game = weighted(n, mean as f64, quota);
    let shapley = power::shapley(&game).unwrap();
    assert_eq!(shapley.iter().fold(RBig::ZERO, |sum, x| sum + x), RBig::ONE);
    bencher.bench_local(|| power::shapley(black_box(&game)).unwrap());
}

#[divan::bench(args = ["uniform", "sized", "convex", "narrow"])]
fn optimal_structure_of_20(bencher: Bencher, values: &str) {
    let mut random = sequence();
    let mut value = |bits: u64| {
        let size = f64::from(bits.count_ones());
        match values {
            _ if bits == 0 => 0.0,
            "uniform" => random(),
            "sized" => size * random(),
            "convex" => size * size,
            _ => size + 0.1 * random(),
        }
    };
    let table = integers(20, |bits| (1e9 * value(bits)) as i64);
    bencher.bench_local(|| structure::optimal(black_box(&table)).unwrap());
}

#[divan::bench(args = [16, 18])]
fn properties_of_a_superadditive_game(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let table = integers(n, |bits| {
        let size = f64::from(bits.count_ones());
        (1e9 * (size.powi(2) + random())) as i64
    });
    bencher.bench_local(|| properties::properties(black_box(&table)));
}

#[divan::bench(args = [8, 10, 12])]
fn stable_partitions(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let worth: Vec<f64> = (0..n << n).map(|_| random()).collect();
    let game = HedonicGame::new(numbered(n), |i, set| worth[i << n | set.bits() as usize]).unwrap();
    bencher.bench_local(|| hedonic::stable_partitions(black_box(&game), 100));
}

/// A game with integer values, `value(bits)` for each coalition but the empty one.
fn integers(n: usize, mut value: impl FnMut(u64) -> i64) -> ExactTable {
    let values = (0..1u64 << n).map(|bits| if bits == 0 { 0 } else { value(bits) }).collect();
    ExactTable::from_integers(numbered(n), 1u8.into(), Numerators::Small(values)).unwrap()
}

fn all_hold(claims: &[Claim]) {
    for claim in claims {
        assert!(claim.holds(), "{claim}");
    }
}

fn decided(finding: ExactFinding) -> ExactNucleolus {
    match finding {
        ExactFinding::Decided(found) => found,
        other => panic!("{other:?}"),
    }
}

/// The prenucleolus of a table, whose proof is checked before it is timed.
fn listed(bencher: Bencher, table: &ExactTable) {
    let solve = || decided(exact_prenucleolus(table, &Work::default()).unwrap());
    all_hold(&Checker::new(table).nucleolus("prenucleolus", &solve(), false));
    bencher.bench_local(solve);
}

#[divan::bench(args = [15, 18, 20, 22], sample_count = 5)]
fn nucleolus_of_uniform_values(bencher: Bencher, n: usize) {
    let mut random = sequence();
    listed(bencher, &integers(n, |_| (random() * 1e6) as i64));
}

/// `w(S)²`: convex, so that most coalitions of middling size are far from tight and the levels
/// are as many as can be.
#[divan::bench(args = [16, 20], sample_count = 3)]
fn nucleolus_of_squared_weights(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let weights: Vec<i64> = (0..n).map(|_| 1 + (random() * 20.0) as i64).collect();
    let weight = |bits: u64| Coalition(bits).members().map(|i| weights[i]).sum::<i64>();
    listed(bencher, &integers(n, |bits| weight(bits).pow(2)));
}

#[divan::bench(args = [8, 18], sample_count = 5)]
fn exact_nucleolus_with_proof(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let table = integers(n, |bits| (random() * 1e4) as i64 * i64::from(bits.count_ones()));
    let solve = || {
        let found = exact_prenucleolus(&table, &Work::default()).unwrap();
        let found = decided(found);
        all_hold(&Checker::new(&table).nucleolus("prenucleolus", &found, false));
        found
    };
    solve();
    bencher.bench_local(solve);
}

/// In fractions with its proof, without listing coalitions.
#[divan::bench(args = [20, 30, 40], sample_count = 3)]
fn nucleolus_of_a_weighted_majority_game(bencher: Bencher, n: usize) {
    let Game::Weighted(game) = weighted(n, 100.0, ">50%") else { return };
    let solve = || decided(exact_weighted(&game, Backend::default(), &Work::default()).unwrap());
    let found = solve();
    all_hold(&WeightedChecker::new(&game).nucleolus("prenucleolus", &found, false));
    bencher.bench_local(solve);
}

fn contest(n: usize) -> ContestGame {
    let mut random = sequence();
    let strengths: Vec<RBig> = (0..n).map(|_| RBig::from((random() * 1e6) as u64 + 1)).collect();
    ContestGame::new(numbered(n), &strengths, 2.0).unwrap()
}

/// Of players of different strengths, with its proof, without listing coalitions.
#[divan::bench(args = [20, 30, 40], sample_count = 1)]
fn nucleolus_of_a_contest(bencher: Bencher, n: usize) {
    let game = contest(n);
    let solve = || decided(exact_contest(&game, Backend::default(), &Work::default()).unwrap());
    let found = solve();
    all_hold(&ContestChecker::new(&game).nucleolus("prenucleolus", &found, true));
    bencher.bench_local(solve);
}

/// The check of it.
#[divan::bench(args = [20, 30, 40], sample_count = 3)]
fn check_of_a_contest(bencher: Bencher, n: usize) {
    let game = contest(n);
    let found = decided(exact_contest(&game, Backend::default(), &Work::default()).unwrap());
    let check = || ContestChecker::new(&game).nucleolus("prenucleolus", black_box(&found), true);
    all_hold(&check());
    bencher.bench_local(check);
}

/// The same game laid out, in whole numbers.
#[divan::bench(args = [16, 20], sample_count = 3)]
fn nucleolus_of_a_contest_laid_out(bencher: Bencher, n: usize) {
    listed(bencher, &contest(n).table().unwrap());
}

/// The same game laid out, in whole numbers.
#[divan::bench(args = [16, 20], sample_count = 3)]
fn nucleolus_of_a_weighted_majority_game_laid_out(bencher: Bencher, n: usize) {
    listed(bencher, &weighted(n, 100.0, ">50%").table().unwrap());
}
