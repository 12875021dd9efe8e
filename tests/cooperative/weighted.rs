//! Nucleolus, least core and core of weighted majority games without listing coalitions:
//! against the solver that lists them, against known games, and as users type it.

use crate::common::Folder;
use dashu_ratio::RBig;
use serde_json::{Value, json};

use equipoise::certify::Claim;
use equipoise::certify::cooperative::weighted::WeightedChecker;
use equipoise::coalition::Coalition;
use equipoise::game::cooperative::{Game, Quota, WeightedGame, numbered};
use equipoise::lp::Backend;
use equipoise::solve::cooperative::nucleolus::exact::{
    ExactFinding, ExactNucleolus, exact_nucleolus, exact_prenucleolus, exact_weighted,
    exact_weighted_nucleolus,
};
use equipoise::work::Work;

fn game(rules: &[(&[u64], u64)]) -> WeightedGame {
    let rules: Vec<(Vec<RBig>, Quota)> = rules
        .iter()
        .map(|(weights, quota)| {
            let weights = weights.iter().map(|&w| RBig::from(w)).collect();
            (weights, Quota::AtLeast(RBig::from(*quota)))
        })
        .collect();
    WeightedGame::new(numbered(rules[0].0.len()), &rules).unwrap()
}

fn ratio(above: i64, below: u64) -> RBig {
    RBig::from_parts(above.into(), below.into())
}

fn found(finding: ExactFinding) -> ExactNucleolus {
    match finding {
        ExactFinding::Decided(found) => found,
        other => panic!("{other:?}"),
    }
}

fn prenucleolus(game: &WeightedGame) -> ExactNucleolus {
    found(exact_weighted(game, Backend::default(), &Work::default()).unwrap())
}

fn all_hold(claims: &[Claim]) {
    for claim in claims {
        assert!(claim.holds(), "{claim}");
    }
}

/// A finding passes the check: the least core, the balanced collection, every level.
fn is_proved(game: &WeightedGame, found: &ExactNucleolus) {
    let checker = WeightedChecker::new(game);
    let value = found.least_core_value().unwrap();
    all_hold(&checker.bounded("least core", &found.allocation, value));
    all_hold(&checker.balanced("least core", &found.balanced().unwrap(), value));
    all_hold(&checker.nucleolus("prenucleolus", found, false));
}

fn sequence(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut x = seed;
    move |below| {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % below
    }
}

/// Random games of one to three rules: the solver that lists coalitions finds the same, and
/// the check accepts the proofs of both.
#[test]
fn it_agrees_with_listing_all_coalitions() {
    let mut random = sequence(5);
    for trial in 0..60 {
        let n = 2 + trial % 8;
        let rules: Vec<(Vec<u64>, u64)> = (0..1 + trial % 3)
            .map(|_| {
                let top = [2, 4, 30][trial / 20];
                let mut weights: Vec<u64> = (0..n).map(|_| random(top)).collect();
                weights[0] += 1;
                let total: u64 = weights.iter().sum();
                (weights, 1 + total / 2 + random(total - total / 2))
            })
            .collect();
        let rules: Vec<(&[u64], u64)> = rules.iter().map(|(w, q)| (&w[..], *q)).collect();
        let game = game(&rules);
        let here = prenucleolus(&game);
        is_proved(&game, &here);
        let table = Game::from(game.clone()).table().unwrap();
        let (backend, work) = (Backend::default(), Work::default());
        let listed = found(exact_prenucleolus(&table, &work).unwrap());
        assert_eq!(here.allocation, listed.allocation, "{rules:?}");
        assert_eq!(here.least_core_value(), listed.least_core_value(), "{rules:?}");
        all_hold(&WeightedChecker::new(&game).nucleolus("listed", &listed, false));
        let alone = exact_weighted_nucleolus(&game, Some(&here), backend, &work).unwrap();
        let listed = exact_nucleolus(&table, Some(&listed), &work).unwrap();
        match (alone, listed) {
            (ExactFinding::Decided(alone), ExactFinding::Decided(listed)) => {
                assert_eq!(alone.allocation, listed.allocation, "{rules:?}");
                let checker = WeightedChecker::new(&game);
                all_hold(&checker.nucleolus("nucleolus", &alone, true));
            }
            (alone, listed) => assert_eq!(alone, listed, "{rules:?}"),
        }
    }
}

/// The normalised weights are the nucleolus of a constant-sum homogeneous game (Peleg 1968,
/// *Int. J. Game Theory* 1): the apex game.
#[test]
fn the_apex_game_of_40() {
    let mut weights = vec![1; 40];
    weights[0] = 38;
    let game = game(&[(&weights, 39)]);
    let here = prenucleolus(&game);
    let expected: Vec<RBig> = weights.iter().map(|&w| ratio(w as i64, 77)).collect();
    assert_eq!(here.allocation, expected);
    assert_eq!(here.least_core_value(), Some(&ratio(38, 77)));
    is_proved(&game, &here);
}

/// Where all players are alike they get the same, and the least core's value is that of the
/// smallest winning coalition, or of the largest losing one.
#[test]
fn forty_equals() {
    for (quota, value) in [(21, ratio(19, 40)), (27, ratio(13, 40)), (40, ratio(-1, 40))] {
        let game = game(&[(&[1; 40], quota)]);
        let here = prenucleolus(&game);
        assert!(here.allocation.iter().all(|x| *x == ratio(1, 40)));
        assert_eq!(here.least_core_value(), Some(&value));
        is_proved(&game, &here);
    }
}

/// The United Nations Security Council since 1965: all the nucleolus gives goes to the five
/// permanent members, who have a veto.
#[test]
fn the_security_council() {
    let mut weights = vec![7; 5];
    weights.extend([1; 10]);
    let game = game(&[(&weights, 39)]);
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    for (i, x) in here.allocation.iter().enumerate() {
        assert_eq!(*x, if i < 5 { ratio(1, 5) } else { RBig::ZERO });
    }
    let table = Game::from(game).table().unwrap();
    let listed = exact_prenucleolus(&table, &Work::default()).unwrap();
    assert_eq!(found(listed).allocation, here.allocation);
}

/// The council of the European Union of 15 (1995), by both solvers.
#[test]
fn the_council_of_15() {
    let weights = [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2];
    let game = game(&[(&weights, 62)]);
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    let table = Game::from(game).table().unwrap();
    let listed = exact_prenucleolus(&table, &Work::default()).unwrap();
    assert_eq!(found(listed).allocation, here.allocation);
}

/// The council of the European Union of 27 by the treaty of Nice: three rules.
#[test]
fn the_council_of_27() {
    let votes = [
        29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10, 7, 7, 7, 7, 7, 4, 4, 4, 4,
        4, 3,
    ];
    // Per mille of the population, of which 620 are needed.
    let people = [
        170, 123, 123, 120, 82, 80, 47, 33, 22, 21, 21, 21, 21, 18, 17, 17, 11, 11, 11, 8, 8, 5, 4,
        3, 2, 1, 1,
    ];
    let game = game(&[(&votes, 255), (&[1; 27], 14), (&people, 620)]);
    is_proved(&game, &prenucleolus(&game));
}

/// Weights of 80 digits and of two rules at once: comparisons are exact at any length.
#[test]
fn long_weights_are_compared_exactly() {
    let unit = RBig::from(10).pow(80);
    let weights = |w: &[u32]| w.iter().map(|&w| &unit * RBig::from(w)).collect::<Vec<_>>();
    // One above a tie: without the one, {1, 2} and {3, 4, 5} would both win.
    let mut one = weights(&[3, 2, 2, 2, 1]);
    one[0] += RBig::ONE;
    let rules = [(one, Quota::majority()), (weights(&[1, 1, 1, 1, 1]), Quota::parse("2").unwrap())];
    let game = WeightedGame::new(numbered(5), &rules).unwrap();
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    let table = Game::from(game).table().unwrap();
    let listed = exact_prenucleolus(&table, &Work::default()).unwrap();
    assert_eq!(found(listed).allocation, here.allocation);
}

/// What is tampered with is refused, by whichever claim it breaks.
#[test]
fn tampered_proofs_are_refused() {
    let weights: Vec<u64> = (0..30).map(|i| 1 + i / 5 * 3).collect();
    let game = game(&[(&weights, 150)]);
    let honest = prenucleolus(&game);
    is_proved(&game, &honest);
    let checker = WeightedChecker::new(&game);
    let refuses = |what: &str, found: &ExactNucleolus| {
        let claims = checker.nucleolus("prenucleolus", found, false);
        assert!(claims.iter().any(|claim| !claim.holds()), "{what}");
    };
    let change = |what: &str, by: &dyn Fn(&mut ExactNucleolus)| {
        let mut found = honest.clone();
        by(&mut found);
        refuses(what, &found);
    };
    let little = ratio(1, 1_000_000);
    change("players alike get different payoffs", &|f| {
        f.allocation[0] += &little;
        f.allocation[1] -= &little;
    });
    change("types get different payoffs", &|f| {
        for i in 0..5 {
            f.allocation[i] += &little;
            f.allocation[25 + i] -= &little;
        }
    });
    change("there is more than all", &|f| f.allocation.iter_mut().for_each(|x| *x += &little));
    change("an excess is lower", &|f| f.levels[0].excess -= &little);
    change("a weight is larger", &|f| f.levels[0].weights[0].1 += &little);
    change("a coalition is another", &|f| {
        f.levels[0].weights[0].0 = f.levels[0].weights[0].0.complement(30);
    });
    change("a level is missing", &|f| {
        f.levels.pop();
    });
    change("there is no proof", &|f| f.levels.clear());
    change("a coalition has members who are not there", &|f| {
        f.levels[0].weights[0].0 = Coalition(1 << 40);
    });
    let value = honest.least_core_value().unwrap() - &little;
    let bounded = checker.bounded("least core", &honest.allocation, &value);
    assert!(bounded.iter().any(|claim| !claim.holds()));
    let balanced = checker.balanced("least core", &honest.balanced().unwrap(), &value);
    assert!(balanced.iter().any(|claim| !claim.holds()));
}

/// A proof without its first level is refused, wherever there are more.
#[test]
fn every_level_is_needed() {
    let mut random = sequence(11);
    let mut several = 0;
    for _ in 0..30 {
        let weights: Vec<u64> = (0..7).map(|_| 1 + random(12)).collect();
        let total: u64 = weights.iter().sum();
        let game = game(&[(&weights, total - random(total / 3))]);
        let honest = prenucleolus(&game);
        is_proved(&game, &honest);
        if honest.levels.len() > 1 {
            several += 1;
            let mut short = honest.clone();
            short.levels.remove(0);
            let claims = WeightedChecker::new(&game).nucleolus("prenucleolus", &short, false);
            assert!(claims.iter().any(|claim| !claim.holds()), "{weights:?}");
        }
    }
    assert!(several > 3, "{several}");
}

fn csv(weights: &[u64]) -> String {
    let rows = weights.iter().enumerate().map(|(i, w)| format!("S{i},{w}\n"));
    String::from("player,weight\n") + &rows.collect::<String>()
}

/// From the command line and through `check`, which refuses what was changed in the report.
#[test]
fn reports_on_large_games_are_checked() {
    let folder = Folder::new();
    let weights: Vec<u64> = (0..36).map(|i| 5 + i / 4 * 7).collect();
    let flags = ["--quota", "60%", "--solve", "core,least-core,nucleolus,prenucleolus", "--exact"];
    let json = [&flags[..], &["--format", "json"]].concat();
    let (code, text, error) = folder.run("coalition", &csv(&weights), &json);
    assert_eq!(code, Some(0), "{error}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["core"]["nonempty"], false);
    assert_eq!(report["nucleolus"], report["prenucleolus"]);
    let (code, said, _) = folder.run("check", &text, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("all with a larger excess are settled before"), "{said}");
    let other = |pointer: &str, value: Value| {
        let mut report = report.clone();
        *report.pointer_mut(pointer).unwrap() = value;
        let (code, said, _) = folder.run("check", &report.to_string(), &[]);
        assert_eq!(code, Some(1), "{pointer}: {said}");
    };
    other("/core/nonempty", json!(true));
    other("/certificates/core/balanced/0/weight", json!("1/34"));
    other("/certificates/core/balanced/0/coalition/0", json!("S0"));
    other("/least_core/value", json!("1/2"));
    other("/certificates/least_core/value", json!("1/2"));
    other("/nucleolus/S0", json!("1/36"));
    other("/certificates/nucleolus/allocation/S0", json!("1/36"));
    other("/certificates/nucleolus/levels/0/excess", json!("1/2"));
    other("/certificates/prenucleolus/levels/0/excess", json!("1/2"));
    other("/certificates/prenucleolus/levels", json!([]));
    other("/game/rules/0/quota", json!("100"));
}

/// With a veto the core is what is divided among those who have it.
#[test]
fn the_core_of_any_size() {
    let folder = Folder::new();
    let mut weights = vec![1; 120];
    weights[7] = 100;
    weights[70] = 100;
    let flags = ["--quota", "250", "--solve", "core", "--exact", "--format", "json"];
    let (code, text, error) = folder.run("coalition", &csv(&weights), &flags);
    assert_eq!(code, Some(0), "{error}");
    let mut report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["core"]["nonempty"], true);
    assert_eq!(report["core"]["allocation"]["S7"], "1/2");
    assert_eq!(report["core"]["allocation"]["S8"], "0");
    assert_eq!(folder.run("check", &text, &[]).0, Some(0));
    for at in ["/core/allocation", "/certificates/core/allocation"] {
        *report.pointer_mut(at).unwrap().get_mut("S7").unwrap() = json!("0");
        *report.pointer_mut(at).unwrap().get_mut("S8").unwrap() = json!("1/2");
    }
    let (code, said, _) = folder.run("check", &report.to_string(), &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("REFUTED  core: only players without whom nobody wins"), "{said}");
    // Without a veto it is empty.
    let flags = ["--quota", "130", "--solve", "core", "--format", "json"];
    let (code, text, error) = folder.run("coalition", &csv(&weights), &flags);
    assert_eq!(code, Some(0), "{error}");
    assert!(text.contains("\"nonempty\": false"));
    assert_eq!(folder.run("check", &text, &[]).0, Some(0));
}

/// What was not decided in time is said so, with exit code 1, and nothing of it is reported.
#[test]
fn the_time_limit_leaves_concepts_undecided() {
    let folder = Folder::new();
    let weights: Vec<u64> = (0..40).map(|i| 100 + i * i).collect();
    let flags = ["--quota", ">50%", "--solve", "nucleolus,core", "--time-limit", "0"];
    let (code, text, _) =
        folder.run("coalition", &csv(&weights), &[&flags[..], &["--format", "json"]].concat());
    assert_eq!(code, Some(1));
    let report: Value = serde_json::from_str(&text).unwrap();
    assert!(report["undecided"]["nucleolus"].as_str().unwrap().contains("time"), "{text}");
    assert!(report.get("nucleolus").is_none());
    let (code, text, _) = folder.run("coalition", &csv(&weights), &flags);
    assert_eq!(code, Some(1));
    assert!(text.contains("UNDECIDED"), "{text}");
}

/// More players than fit are refused with what to do.
#[test]
fn too_many_different_weights_are_refused() {
    let folder = Folder::new();
    let weights: Vec<u64> = (0..60).map(|i| 100 + i * i).collect();
    let flags = ["--quota", ">50%", "--solve", "nucleolus"];
    let (code, _, error) = folder.run("coalition", &csv(&weights), &flags);
    assert_eq!(code, Some(2));
    assert!(error.contains("keep fewer players"), "{error}");
}
