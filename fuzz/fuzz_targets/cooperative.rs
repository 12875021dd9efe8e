//! Cooperative games: read, and where they are small solved and checked.
#![no_main]

use equipoise::game::cooperative::Quota;
use equipoise::game::cooperative::read::{Terms, game_from, partition_game};
use equipoise::report::coalition::{CoalitionReport, check};
use equipoise::solve::cooperative::{Options, solve};
use equipoise::work::Work;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(game) = partition_game(bytes, "fuzz.csv") {
        equipoise::analysis::externalities::analyse(&game, &Work::default()).unwrap();
    }
    let quota = |text| Quota::parse(text).unwrap();
    let estate = equipoise::exact::parse_exact("5/2");
    for quotas in [vec![], vec![quota("3")], vec![quota(">50%"), quota("65%")]] {
        let Ok(game) = game_from(bytes, "fuzz.csv", &Terms { quotas, estate: estate.clone() })
        else {
            continue;
        };
        if game.names().len() > 5 {
            continue;
        }
        let Ok(solutions) = solve(&game, &Options::default(), &Work::default()) else { continue };
        let report = CoalitionReport::new(&game, "fuzz.csv", &solutions, true);
        let found = check(&report, true).unwrap();
        assert!(found.claims.iter().all(|claim| claim.holds()), "{:#?}", found.claims);
        assert!(!report.text().is_empty() && !report.csv().is_empty());
    }
});
