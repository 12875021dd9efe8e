//! The polarity lens, from exact powers to class and concentration, over the number of states.

use divan::Bencher;
use equipoise::polarity::{PolarityClass, measure};
use equipoise::system::System;

fn main() {
    divan::main();
}

/// A system of `n` states whose powers fall as 1/rank.
fn system(n: usize) -> System {
    let powers = (1..=n).map(|rank| (format!("S{rank}"), 1.0 / rank as f64));
    System::from_powers(powers).expect("a system")
}

#[divan::bench(args = [6, 24, 200])]
fn lens(bencher: Bencher, n: usize) {
    let system = system(n);
    let found = measure(&system);
    // The harmonic sums give the answer in closed form.
    let (first, second) = (1..=n).fold((0.0, 0.0), |(a, b), rank| {
        let power = 1.0 / rank as f64;
        (a + power, b + power * power)
    });
    assert!((found.hhi - second / (first * first)).abs() < 1e-12, "certified");
    assert_eq!(found.class, PolarityClass::Multipolar, "the first has below a half alone");
    bencher.bench(|| measure(divan::black_box(&system)));
}
