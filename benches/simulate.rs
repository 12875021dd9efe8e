//! The film by the number of states. Before a film is timed its first run is replayed by the second
//! implementation of the rules, of which it has to be the same.

use divan::{Bencher, black_box};
use equipoise::certify::simulation::{Cast, replay};
use equipoise::parameters::simulation::{Alliances, Rules};
use equipoise::simulation::{Ensemble, Film, Start};
use equipoise::system::System;
use equipoise::work::Work;

fn main() {
    divan::main();
}

/// A thousand runs of a hundred periods from shares in steady decline.
fn film(n: i32, alliances: Alliances) -> Film {
    let named = (0..n).map(|i| (format!("S{i}"), 0.9f64.powi(i)));
    let system = System::from_powers(named).expect("powers above zero");
    Film::new(Start::of(&system), Rules { alliances, ..Rules::default() })
}

fn shoot(film: &Film) -> Ensemble {
    film.shoot(&Work::default()).expect("a film")
}

fn checked(bencher: Bencher, film: &Film) {
    let found = shoot(film);
    let cast = Cast {
        shares: film.start.shares.clone(),
        revisionism: film.start.revisionism.clone(),
        growth: film.start.growth.clone(),
    };
    let again = replay(&cast, &film.rules, film.seed, 0, film.periods);
    let hegemon = again.hegemon.map(|(_, from)| from);
    assert_eq!(found.rows[0].period, hegemon, "the first run");
    bencher.bench_local(|| shoot(black_box(film)));
}

/// Alliances as states like.
#[divan::bench(args = [2, 4, 8, 12], sample_count = 3, sample_size = 1)]
fn free(bencher: Bencher, n: i32) {
    checked(bencher, &film(n, Alliances::Free));
}

/// Everybody alone: what is left without alignment.
#[divan::bench(args = [4, 8], sample_count = 3, sample_size = 1)]
fn none(bencher: Bencher, n: i32) {
    checked(bencher, &film(n, Alliances::None));
}
