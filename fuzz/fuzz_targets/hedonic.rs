//! Hedonic games: read, solved and checked.
#![no_main]

use equipoise::game::hedonic::HedonicGame;
use equipoise::game::hedonic::read::recognises;
use equipoise::report::coalition::{CoalitionReport, check};
use equipoise::solve::partitions::hedonic::{Stability, stable_partitions};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(game) = HedonicGame::read(bytes, "fuzz.csv") else { return };
    assert!(recognises(bytes));
    if game.names().len() > 6 {
        return;
    }
    let finding = stable_partitions(&game, CoalitionReport::STABLE_LISTED);
    let report = CoalitionReport::hedonic(&game, "fuzz.csv", &finding, &Stability::ALL);
    let found = check(&report, true).unwrap();
    assert!(found.claims.iter().all(|claim| claim.holds()), "{:#?}", found.claims);
    assert!(!report.text().is_empty() && !report.csv().is_empty());
});
