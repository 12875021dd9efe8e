//! Nucleolus, least core and core of contests of many players without listing coalitions:
//! against the solver that lists them, against what must be, and as users type it.

use crate::common::Folder;
use dashu_ratio::RBig;
use serde_json::{Value, json};

use equipoise::certify::Claim;
use equipoise::certify::cooperative::contest::ContestChecker;
use equipoise::coalition::Coalition;
use equipoise::contest::Contest;
use equipoise::game::cooperative::{ContestGame, numbered};
use equipoise::game::exact_settlement::exact_settlement;
use equipoise::lp::Backend;
use equipoise::parameters::Parameters;
use equipoise::solve::cooperative::nucleolus::contest::{exact_contest, exact_contest_nucleolus};
use equipoise::solve::cooperative::nucleolus::exact::{
    ExactFinding, ExactNucleolus, exact_nucleolus, exact_prenucleolus,
};
use equipoise::system::System;
use equipoise::work::Work;

fn game(strengths: &[u64], m: f64) -> ContestGame {
    let strengths: Vec<RBig> = strengths.iter().map(|&s| RBig::from(s)).collect();
    ContestGame::new(numbered(strengths.len()), &strengths, m).unwrap()
}

fn found(finding: ExactFinding) -> ExactNucleolus {
    match finding {
        ExactFinding::Decided(found) => found,
        other => panic!("{other:?}"),
    }
}

fn prenucleolus(game: &ContestGame) -> ExactNucleolus {
    found(exact_contest(game, Backend::default(), &Work::default()).unwrap())
}

fn all_hold(claims: &[Claim]) {
    for claim in claims {
        assert!(claim.holds(), "{claim}");
    }
}

/// A finding passes the check: the least core, the balanced collection, every level.
fn is_proved(game: &ContestGame, found: &ExactNucleolus) {
    let checker = ContestChecker::new(game);
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

fn float(x: &RBig) -> f64 {
    x.to_f64().value()
}

fn close(what: &str, here: &[RBig], there: &[RBig]) {
    for (a, b) in here.iter().zip(there) {
        assert!((float(a) - float(b)).abs() < 1e-9, "{what}: {} {}", float(a), float(b));
    }
}

/// Random strengths with many ties, with some and with none, of any decisiveness: the solver
/// that lists coalitions finds the same payoffs and the same least core, of the table of this
/// game and of the settlement game that `equipoise` lists; the check accepts the proofs.
#[test]
fn it_agrees_with_listing_all_coalitions() {
    let (backend, work) = (Backend::default(), Work::default());
    let mut random = sequence(3);
    let decisivenesses = [1.0, 2.0, 0.5, 4.0, 1.7, f64::INFINITY, 3.0, 20.0, 0.0];
    for trial in 0..54usize {
        let n = 2 + trial % 9;
        let top = [3, 20, 100_000][trial / 18];
        let m = decisivenesses[trial % decisivenesses.len()];
        let strengths: Vec<u64> = (0..n).map(|_| 1 + random(top)).collect();
        let what = format!("{strengths:?}, {m}");
        let game = game(&strengths, m);
        let here = prenucleolus(&game);
        is_proved(&game, &here);
        let table = game.table().unwrap();
        let listed = found(exact_prenucleolus(&table, &work).unwrap());
        close(&what, &here.allocation, &listed.allocation);
        let values = [&here, &listed].map(|found| found.least_core_value().unwrap().clone());
        close(&what, &values[..1], &values[1..]);
        let named = strengths.iter().enumerate().map(|(i, &s)| (format!("S{i}"), s as f64));
        let system = System::from_powers(named).unwrap();
        let parameters = Parameters { decisiveness: m, ..Parameters::default() };
        let contest = Contest::new(&system, &parameters).unwrap();
        let settlement = exact_settlement(&contest, numbered(n)).unwrap().table;
        let settled = found(exact_prenucleolus(&settlement, &work).unwrap());
        close(&what, &here.allocation, &settled.allocation);
        let alone = exact_contest_nucleolus(&game, Some(&here), backend, &work).unwrap();
        match (alone, exact_nucleolus(&table, Some(&listed), &work).unwrap()) {
            (ExactFinding::Decided(alone), ExactFinding::Decided(listed)) => {
                close(&what, &alone.allocation, &listed.allocation);
                all_hold(&ContestChecker::new(&game).nucleolus("nucleolus", &alone, true));
            }
            (ExactFinding::NoImputation(a), ExactFinding::NoImputation(b)) => {
                assert_eq!(a, b, "{what}");
                assert!(ContestChecker::new(&game).no_imputation().holds(), "{what}");
            }
            (a, b) => panic!("{what}: {a:?} {b:?}"),
        }
    }
}

/// What is alike gets the same whatever the order, and only the strengths' proportions count.
#[test]
fn relabelled_and_scaled_it_is_the_same() {
    let strengths = [50, 31, 31, 22, 17, 9, 9, 9, 4, 3, 2, 2, 1];
    let here = prenucleolus(&game(&strengths, 2.0));
    let mut other: Vec<u64> = strengths.iter().map(|s| s * 7000).collect();
    other.reverse();
    let there = prenucleolus(&game(&other, 2.0));
    let back: Vec<RBig> = there.allocation.iter().rev().cloned().collect();
    close("reversed", &here.allocation, &back);
    assert_eq!(here.allocation[1], here.allocation[2]);
}

/// Equal players get the same; the coalition that gains most by a fight has 30 of 40.
#[test]
fn forty_equals() {
    let game = game(&[1; 40], 2.0);
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    let fortieth = RBig::from_parts(1.into(), 40u8.into());
    assert!(here.allocation.iter().all(|x| *x == fortieth));
    // 900 / (900 + 100) − 30/40
    assert_eq!(here.least_core_value(), Some(&RBig::from_parts(3.into(), 20u8.into())));
}

/// Nearly equal players: a great many coalitions complain alike to eleven digits. None gets far
/// more or less than its share.
#[test]
fn nearly_equals() {
    let mut random = sequence(5);
    let strengths: Vec<u64> = (0..26).map(|_| 1_000_000 + random(50)).collect();
    for m in [1.5, 2.0] {
        let game = game(&strengths, m);
        let here = prenucleolus(&game);
        is_proved(&game, &here);
        assert!(here.allocation.iter().all(|x| (float(x) - 1.0 / 26.0).abs() < 1e-4), "{m}");
    }
}

/// In proportion (decisiveness 1) claims add up: everybody gets its share, and nobody complains.
#[test]
fn in_proportion_the_core_is_the_distribution() {
    let mut random = sequence(9);
    let strengths: Vec<u64> = (0..28).map(|_| 1 + random(1_000_000)).collect();
    let game = game(&strengths, 1.0);
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    assert!(here.has_core());
    let total: u64 = strengths.iter().sum();
    for (x, &s) in here.allocation.iter().zip(&strengths) {
        assert_eq!(*x, RBig::from_parts(s.into(), total.into()));
    }
    let checker = ContestChecker::new(&game);
    all_hold(&checker.core("core", &here.allocation));
    let mut other = here.allocation.clone();
    other.swap(0, 1);
    assert!(checker.core("core", &other).iter().any(|claim| !claim.holds()));
}

/// One player with more than half of all strength, without bound: it gets everything.
#[test]
fn without_bound_more_than_half_is_all() {
    let mut strengths = vec![3; 27];
    strengths[5] = 100;
    let game = game(&strengths, f64::INFINITY);
    let here = prenucleolus(&game);
    is_proved(&game, &here);
    assert_eq!(here.allocation[5], RBig::ONE);
    all_hold(&ContestChecker::new(&game).core("core", &here.allocation));
}

/// Twenty-six states of few different strengths, one of them large: several levels.
fn mixed() -> Vec<u64> {
    let mut strengths: Vec<u64> = (0..26).map(|i| 1 + i / 4).collect();
    strengths[0] = 60;
    strengths
}

/// What is tampered with is refused, by whichever claim it breaks.
#[test]
fn tampered_proofs_are_refused() {
    let game = game(&mixed(), 3.0);
    let honest = prenucleolus(&game);
    is_proved(&game, &honest);
    let checker = ContestChecker::new(&game);
    let little = RBig::from_parts(1.into(), 10_000_000u64.into());
    let change = |what: &str, by: &dyn Fn(&mut ExactNucleolus)| {
        let mut found = honest.clone();
        by(&mut found);
        let claims = checker.nucleolus("prenucleolus", &found, false);
        assert!(claims.iter().any(|claim| !claim.holds()), "{what}");
    };
    change("players alike get different payoffs", &|f| {
        f.allocation[4] += &little;
        f.allocation[5] -= &little;
    });
    change("types get different payoffs", &|f| {
        f.allocation[0] += &little;
        f.allocation[24] -= &little / RBig::from(2);
        f.allocation[25] -= &little / RBig::from(2);
    });
    change("there is more than all", &|f| f.allocation.iter_mut().for_each(|x| *x += &little));
    change("an excess is lower", &|f| f.levels[0].excess -= &little);
    change("a weight is larger", &|f| f.levels[0].weights[0].1 += &little);
    change("a coalition is another", &|f| {
        f.levels[0].weights[0].0 = f.levels[0].weights[0].0.complement(26);
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

/// A proof without its first level is refused, wherever there are more; so is any allocation
/// that leaves some coalition more to complain of than it says, as listing all shows.
#[test]
fn every_level_is_needed_and_every_complaint_found() {
    let mut random = sequence(21);
    let mut several = 0;
    for trial in 0..40 {
        let n = 5 + trial % 5;
        let strengths: Vec<u64> = (0..n).map(|_| 1 + random(9)).collect();
        let m = [2.0, 4.0, f64::INFINITY, 0.5][trial % 4];
        let game = game(&strengths, m);
        let honest = prenucleolus(&game);
        is_proved(&game, &honest);
        let checker = ContestChecker::new(&game);
        if honest.levels.len() > 1 {
            several += 1;
            let mut short = honest.clone();
            short.levels.remove(0);
            let claims = checker.nucleolus("prenucleolus", &short, false);
            assert!(claims.iter().any(|claim| !claim.holds()), "{strengths:?} {m}");
        }
        // Equal pay leaves some complaint; a little less than the largest is refused.
        let equal = vec![RBig::from_parts(1.into(), (n as u64).into()); n];
        let paid = |s: Coalition| RBig::from_parts(s.len().into(), (n as u64).into());
        let largest = Coalition::proper(n).map(|s| game.value(s) - paid(s)).max().unwrap();
        all_hold(&checker.bounded("equal", &equal, &largest));
        let less = &largest - RBig::from_parts(1.into(), 100_000_000u64.into());
        let claims = checker.bounded("equal", &equal, &less);
        assert!(claims.iter().any(|claim| !claim.holds()), "{strengths:?} {m}");
    }
    assert!(several > 3, "{several}");
}

fn csv(strengths: &[u64]) -> String {
    let rows = strengths.iter().enumerate().map(|(i, s)| format!("S{i},{s}\n"));
    String::from("player,strength\n") + &rows.collect::<String>()
}

/// From the command line and through `check`, which refuses what was changed in the report.
#[test]
fn reports_on_large_contests_are_checked() {
    let folder = Folder::new();
    let mut strengths: Vec<u64> = (0..30).map(|i| 3 + i / 5 * 7).collect();
    strengths[29] = 250;
    let solve = "core,least-core,nucleolus,prenucleolus";
    let flags = ["--game", "contest", "--solve", solve, "--exact", "--format", "json"];
    let (code, text, error) = folder.run("coalition", &csv(&strengths), &flags);
    assert_eq!(code, Some(0), "{error}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["game"]["kind"], "contest");
    assert_eq!(report["core"]["nonempty"], false);
    assert_eq!(report["nucleolus"], report["prenucleolus"]);
    let (code, said, _) = folder.run("check", &text, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("all with a larger excess are settled before"), "{said}");
    let other = |pointer: &str, value: Value, expected: i32| {
        let mut report = report.clone();
        *report.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        let (code, said, _) = folder.run("check", &report.to_string(), &[]);
        assert_eq!(code, Some(expected), "{pointer}: {said}");
    };
    other("/core/nonempty", json!(true), 1);
    other("/certificates/core/balanced/0/weight", json!("1/34"), 1);
    other("/least_core/value", json!("1/10"), 1);
    other("/certificates/least_core/value", json!("1/10"), 1);
    other("/nucleolus/S0", json!("1/36"), 1);
    other("/certificates/nucleolus/allocation/S0", json!("1/36"), 1);
    other("/certificates/nucleolus/levels/0/excess", json!("1/10"), 1);
    other("/certificates/prenucleolus/levels", json!([]), 1);
    other("/certificates/tolerance", json!(1e-12), 1);
    other("/game/strengths/0", json!("4"), 1);
    other("/game/decisiveness", json!(2.5), 1);
    other("/origin/rule/settlement/decisiveness", json!(3.0), 1);
    other("/origin/shares/S0", json!("1/2"), 1);
    // No game: neither the strength nor the rounding is one that this version writes.
    other("/game/strengths/0", json!("0"), 2);
    other("/game/decimals", json!(9), 2);
}

/// In words, and for a system of states; what lists coalitions says what does not.
#[test]
fn large_contests_in_words() {
    let folder = Folder::new();
    let rows: String = (0..30).map(|i| format!("S{i},{}\n", 5 + i / 10)).collect();
    let system = format!("state,power\n{rows}");
    let flags = ["--game", "settlement", "--decisiveness", "1.5"];
    let (code, text, error) = folder.run("coalition", &system, &flags);
    assert_eq!(code, Some(0), "{error}");
    assert!(text.contains("30 players, settlement game, decisiveness 1.5"), "{text}");
    assert!(text.contains("LEAST CORE") && text.contains("nucleolus"), "{text}");
    assert!(text.contains("proved to within 1e-9"), "{text}");
    assert!(text.contains("LEFT OUT") && text.contains("2^30 coalitions"), "{text}");
    assert!(error.contains("--solve core"), "{error}");
    let asked = ["--game", "settlement", "--solve", "shapley"];
    let (code, _, error) = folder.run("coalition", &system, &asked);
    assert_eq!(code, Some(2));
    assert!(error.contains("2^30") && error.contains("--solve core,least-core"), "{error}");
    let weak = ["--game", "settlement", "--decisiveness", "0.5", "--solve", "nucleolus"];
    let (code, text, error) = folder.run("coalition", &system, &weak);
    assert_eq!(code, Some(0), "{error}");
    assert!(text.contains("no imputation"), "{text}");
}

/// What was not decided in time is said so, with exit code 1; too many are refused.
#[test]
fn limits_of_time_and_size() {
    let folder = Folder::new();
    let strengths: Vec<u64> = (0..60).map(|i| 100 + i * i).collect();
    let flags = ["--game", "contest", "--solve", "nucleolus", "--time-limit", "0"];
    let json = [&flags[..], &["--format", "json"]].concat();
    let (code, text, _) = folder.run("coalition", &csv(&strengths[..40]), &json);
    assert_eq!(code, Some(1));
    let report: Value = serde_json::from_str(&text).unwrap();
    assert!(report["undecided"]["nucleolus"].as_str().unwrap().contains("time"), "{text}");
    assert!(report.get("nucleolus").is_none());
    let (code, _, error) = folder.run("coalition", &csv(&strengths), &flags[..4]);
    assert_eq!(code, Some(2));
    assert!(error.contains("keep the strongest"), "{error}");
}
