//! Cooperative games: reading, power indices, properties, structures, hedonic partitions.
//! Every answer is checked before it is timed.

use dashu_ratio::RBig;
use divan::{Bencher, black_box};

use equipoise::coalition::Coalition;
use equipoise::game::cooperative::read::{Terms, game_from};
use equipoise::game::cooperative::{Game, Quota, WeightedGame, numbered};
use equipoise::game::hedonic::HedonicGame;
use equipoise::solve::{hedonic, power, properties, structure};

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

#[divan::bench(args = [(100, 480, "24129"), (200, 11, "1117")])]
fn shapley_shubik(bencher: Bencher, (n, mean, quota): (usize, u64, &str)) {
    let game = weighted(n, mean as f64, quota);
    let shapley = power::shapley(&game).unwrap();
    assert_eq!(shapley.iter().fold(RBig::ZERO, |sum, x| sum + x), RBig::ONE);
    bencher.bench_local(|| power::shapley(black_box(&game)).unwrap());
}

#[divan::bench(args = ["uniform", "sized", "convex", "narrow"])]
fn optimal_structure_of_20(bencher: Bencher, values: &str) {
    let mut random = sequence();
    let value = |bits: u64| {
        let size = f64::from(bits.count_ones());
        match values {
            _ if bits == 0 => 0.0,
            "uniform" => random(),
            "sized" => size * random(),
            "convex" => size * size,
            _ => size + 0.1 * random(),
        }
    };
    let values: Vec<f64> = (0..1u64 << 20).map(value).collect();
    bencher.bench_local(|| structure::optimal_float(20, black_box(&values)).unwrap());
}

#[divan::bench(args = [16, 18])]
fn properties_of_a_superadditive_game(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let values: Vec<f64> = (0..1u64 << n)
        .map(|bits| {
            f64::from(bits.count_ones()).powi(2) + random() * f64::from(bits.count_ones().min(1))
        })
        .collect();
    bencher.bench_local(|| properties::properties_float(n, black_box(&values), 0.0));
}

#[divan::bench(args = [8, 10, 12])]
fn stable_partitions(bencher: Bencher, n: usize) {
    let mut random = sequence();
    let worth: Vec<f64> = (0..n << n).map(|_| random()).collect();
    let game = HedonicGame::new(numbered(n), |i, set| worth[i << n | set.bits() as usize]).unwrap();
    bencher.bench_local(|| hedonic::stable_partitions(black_box(&game), 100));
}
