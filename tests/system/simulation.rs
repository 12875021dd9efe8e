//! The film: limits with exact answers, references by other implementations, replays, tampering,
//! and the command line as users type it.

use approx::assert_abs_diff_eq;

use crate::common::{self, Folder, equipoise, output};
use equipoise::parameters::simulation::{Alliances, Doubt, Rule, Rules};
use equipoise::report::simulation::{
    ReplayReport, SimulationReport, check_replay, check_simulation,
};
use equipoise::simulation::{Change, Film, Plane, RunRow, Start, Study, pairs};
use equipoise::system::System;
use equipoise::work::Work;

const BASE: [f64; 8] = [24.0, 18.0, 15.0, 12.0, 10.0, 9.0, 7.0, 5.0];

fn system(powers: &[f64]) -> System {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{}", i + 1), p));
    System::from_powers(named).unwrap()
}

fn film(powers: &[f64], rules: Rules, runs: u32, periods: u32) -> Film {
    Film { runs, periods, ..Film::new(Start::of(&system(powers)), rules) }
}

fn rows(powers: &[f64], rules: Rules, runs: u32, periods: u32) -> Vec<RunRow> {
    film(powers, rules, runs, periods).shoot(&Work::default()).unwrap().rows
}

/// Nothing changes but by war, and nobody errs.
fn still() -> Rules {
    Rules { openness: 0.0, volatility: 0.0, misperception: 0.0, ..Rules::default() }
}

fn mean(rows: &[RunRow], value: impl Fn(&RunRow) -> f64) -> f64 {
    rows.iter().map(value).sum::<f64>() / rows.len() as f64
}

/// Asserts a mean to within four standard errors of a quantity with this s.d. of one run.
fn assert_mean(rows: &[RunRow], value: impl Fn(&RunRow) -> f64, expected: f64, sd: f64) {
    let error = 4.0 * sd / (rows.len() as f64).sqrt() + 1e-12;
    assert_abs_diff_eq!(mean(rows, value), expected, epsilon = error);
}

#[test]
fn nobody_attacks_without_revisionism_or_where_war_costs_half() {
    for rules in [
        Rules { revisionism: 0.0, ..Rules::default() },
        Rules { war_cost: 0.5, decisiveness: 4.0, ..Rules::default() },
        Rules { war_cost: 0.9, alliances: Alliances::None, ..Rules::default() },
    ] {
        assert!(rows(&BASE, rules, 100, 100).iter().all(|row| row.wars == 0));
    }
}

/// `Φ((ln(p₁/p₂) − ln(τ/(1−τ)) + (g₁−g₂)T) / (v √(2T)))`.
#[test]
fn without_war_two_shares_diffuse() {
    for (threshold, expected) in [
        (0.5, 0.716_817_879_637_584 + 0.283_182_120_362_416),
        (0.7, 0.266_036_110_746_584_5 + 0.038_224_312_402_827_91),
    ] {
        let rules = Rules { revisionism: 0.0, openness: 0.0, threshold, ..Rules::default() };
        let rows = rows(&[6.0, 4.0], rules, 10_000, 100);
        let sd = f64::max(expected * (1.0 - expected), 0.0).sqrt();
        let above = |row: &RunRow| f64::from(u8::from(row.above_at_end));
        // Either state counts; just half is above the threshold in no run.
        assert_mean(&rows, above, expected, sd);
    }
}

#[test]
fn a_war_for_all_ends_as_the_contest_says() {
    let rules = Rules {
        stakes: 1.0,
        cumulativity: 1.0,
        war_cost: 0.0,
        alliances: Alliances::None,
        ..still()
    };
    // The stronger one attacks when it has the initiative, the weaker never: somebody ends with all.
    let rows = rows(&[6.0, 4.0], rules, 10_000, 100);
    assert!(rows.iter().all(|row| row.leader_share > 1.0 - 1e-12 && row.hegemon.is_some()));
    let first = |row: &RunRow| f64::from(u8::from(row.hegemon == Some(0)));
    assert_mean(&rows, first, 9.0 / 13.0, 0.4616);
    // Decisiveness without bound: with chance .6 it strikes at once, and wins for sure.
    let rules = Rules { decisiveness: f64::INFINITY, hold: 1, ..rules };
    let rows = self::rows(&[6.0, 4.0], rules, 10_000, 1);
    let share = |row: &RunRow| row.leader_share;
    assert_mean(&rows, share, 0.84, 0.196);
}

/// Two states: the whole tree of wars can be enumerated.
#[test]
fn trees_of_two_states() {
    let trees = [
        ([0.6, 0.4], 10, 2.0, 0.0, 1.0, 0.818_972_224_533_502_9, 7.002_950_902_814_198),
        ([0.7, 0.3], 10, 2.0, 0.25, 0.5, 0.864_763_063_394_648_1, 6.867_642_786_523_782),
        ([0.6, 0.4], 5, 3.0, 0.1, 0.8, 0.704_730_750_242_362_4, 2.816_905_456_081_476_4),
    ];
    for (powers, periods, decisiveness, war_cost, cumulativity, leading, wars) in trees {
        let alliances = Alliances::None;
        let rules = Rules { decisiveness, war_cost, cumulativity, alliances, ..still() };
        let rows = rows(&powers, rules, 20_000, periods);
        assert_mean(&rows, |row| row.leader_share, leading, 0.15);
        assert_mean(&rows, |row| f64::from(row.wars), wars, 1.6);
    }
}

#[test]
fn two_states_fight_above_the_threshold_of_attack() {
    let wars = |first: f64| rows(&[first, 1.0 - first], still(), 10_000, 1);
    assert!(wars(0.66).iter().all(|row| row.wars == 0));
    assert_mean(&wars(0.67), |row| f64::from(row.wars), 0.67, 0.47);
}

#[test]
fn entrants_are_poisson() {
    let rules = Rules { revisionism: 0.0, volatility: 0.0, ..Rules::default() };
    let rows = rows(&[1.0; 8], rules, 10_000, 100);
    let entries = |row: &RunRow| f64::from(row.states) - 8.0;
    assert_mean(&rows, entries, 2.0, 2f64.sqrt());
    let variance = mean(&rows, |row| (entries(row) - 2.0).powi(2));
    assert_abs_diff_eq!(variance, 2.0, epsilon = 0.15);
    // A founder: E p₁(T) = e^(−νT/(n+1)) / n.
    let film = film(&[1.0; 8], Rules { alliances: Alliances::None, ..rules }, 2000, 100);
    let share = |run| film.replay(run).unwrap().2.last().unwrap().shares[0].1;
    let mean = (0..2000).map(share).sum::<f64>() / 2000.0;
    assert_abs_diff_eq!(mean, 0.100_092_175_364_601, epsilon = 4.0 * 0.016 / 2000f64.sqrt());
}

#[test]
fn equals_are_hegemons_equally_often() {
    let rules = Rules { cumulativity: 1.0, openness: 0.0, ..Rules::default() };
    let rows = rows(&[1.0; 5], rules, 2000, 100);
    let hegemons: Vec<u32> = rows.iter().filter_map(|row| row.hegemon).collect();
    let each = hegemons.len() as f64 / 5.0;
    let count = |who: u32| hegemons.iter().filter(|&&h| h == who).count() as f64;
    let chi: f64 = (0..5).map(|who| (count(who) - each).powi(2) / each).sum();
    // 99.9 % quantile of four degrees of freedom.
    assert!(each > 100.0 && chi < 18.47, "{chi}");
}

/// Means of two other implementations with other generators, and the intervals in which the mean of
/// 2,000 runs must fall.
#[test]
fn references_by_other_implementations() {
    let Some(path) = common::oracle("simulation.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let oracle: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (name, case) in oracle["monte_carlo"].as_object().unwrap() {
        let powers: Vec<f64> = match case["powers"].as_array() {
            Some(powers) => powers.iter().map(|p| p.as_f64().unwrap()).collect(),
            None => BASE.to_vec(),
        };
        let mut film = film(&powers, Rules::default(), 2000, 100);
        for (flag, value) in case["flags"].as_object().unwrap() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            film = Change::parse("flag", &format!("{flag}={value}")).unwrap().of(&film);
        }
        let rows = film.shoot(&Work::default()).unwrap().rows;
        let measures: [(&str, f64); 5] = [
            ("hegemonic_within_T", mean(&rows, |r| f64::from(u8::from(r.hegemon.is_some())))),
            ("hegemonic_at_T", mean(&rows, |r| f64::from(u8::from(r.above_at_end)))),
            ("wars_per_run", mean(&rows, |r| r.wars.into())),
            ("leading_share_at_T", mean(&rows, |r| r.leader_share)),
            ("effective_poles_at_T", mean(&rows, |r| r.effective_poles)),
        ];
        for (measure, found) in measures {
            let interval = &case["measures"][measure]["interval_2000_runs"];
            let [low, high] = [0, 1].map(|end| interval[end].as_f64().unwrap());
            assert!((low..=high).contains(&found), "{name} {measure}: {found}, {interval}");
        }
    }
}

fn study(runs: u32, rules: Rules) -> (System, Study) {
    let film = film(&BASE, rules, runs, 40);
    let doubts = vec![Doubt { parameter: Rule::Stakes, from: 0.2, to: 0.5 }];
    let axis = |text| equipoise::simulation::Axis::parse("x", text, 2).unwrap();
    let plane = Plane { x: axis("cumulativity=0..1"), y: Some(axis("openness=0..0.1")) };
    let compare = vec![Change::parse("compare", "alliances=none").unwrap()];
    (system(&BASE), Study { film: Film { doubts, ..film }, compare, plane: Some(plane) })
}

fn report(runs: u32) -> SimulationReport {
    let (system, study) = study(runs, Rules { stakes: 0.4, ..Rules::default() });
    let found = study.shoot(&Work::default()).unwrap();
    SimulationReport::new(&system, &study, &found, &[]).unwrap()
}

#[test]
fn a_report_is_accepted_and_survives_json() {
    let report = report(40);
    assert_eq!(serde_json::from_str::<SimulationReport>(&report.json()).unwrap(), report);
    for thorough in [false, true] {
        let found = check_simulation(&report, thorough).unwrap();
        let refuted: Vec<_> = found.claims.iter().filter(|claim| !claim.holds()).collect();
        assert!(refuted.is_empty(), "{refuted:#?}");
        assert_eq!(found.unexamined.is_empty(), thorough);
    }
}

/// What is tampered with, and how.
type Tampering = (&'static str, fn(&mut SimulationReport));

#[test]
fn tampered_reports_are_refuted() {
    let whole = report(40);
    let tampered: [Tampering; 21] = [
        ("probability", |r| r.hegemony.probability += 0.025),
        ("interval", |r| r.hegemony.interval[1] += 0.01),
        ("at end", |r| r.hegemony.at_end = 0.975),
        ("ended", |r| r.hegemony.ended = r.hegemony.ended.map(|e| 0.5 * e + 0.3)),
        ("median", |r| r.hegemony.median_period = Some(1)),
        ("by", |r| r.hegemony.by.0[3].1 += 0.025),
        ("survival", |r| r.survival[20].balanced -= 0.1),
        ("band", |r| r.survival[39].interval[0] *= 0.9),
        ("wars", |r| r.wars.per_100 += 1.0),
        ("victories", |r| r.wars.attacker_won = Some(0.5)),
        ("unsettled", |r| r.unsettled += 1),
        ("thirds", |r| r.thirds[0].probability = 1.0 - r.thirds[0].probability),
        ("thirds' runs", |r| r.thirds[1].runs += 1),
        ("gained", |r| r.compare.as_mut().unwrap().gained += 3),
        ("difference", |r| r.compare.as_mut().unwrap().difference += 0.1),
        ("dominance", |r| r.dominance[0].interval[0] -= 0.1),
        ("cell", |r| r.grid.as_mut().unwrap().cells[3].at_end_interval[1] *= 0.5),
        ("last period", |r| r.path[39].leader_share[2] += 0.01),
        ("a row", |r| r.rows[7].run = 8),
        ("seed", |r| r.seed += 1),
        ("parameters", |r| r.parameters.misperception = 0.3),
    ];
    for (what, tamper) in tampered {
        let mut report = whole.clone();
        tamper(&mut report);
        assert!(!check_simulation(&report, false).unwrap().accepted(), "{what}");
    }
    // What only all runs together can tell.
    let thorough: [Tampering; 5] = [
        ("a period", |r| r.path[10].effective_poles[1] += 0.01),
        ("balancing", |r| {
            r.balancing[1].with += 0.01;
            r.balancing[1].against -= 0.01;
        }),
        ("every row", |r| r.rows.iter_mut().for_each(|row| row.states += 1)),
        ("changed", |r| {
            let (_, value) = &mut r.compare.as_mut().unwrap().changed.0[0];
            *value = equipoise::report::simulation::Value::Text("all".into());
        }),
        ("axis", |r| r.grid.as_mut().unwrap().x.parameter = Rule::Reliability),
    ];
    for (what, tamper) in thorough {
        let mut report = whole.clone();
        tamper(&mut report);
        assert!(!check_simulation(&report, true).unwrap().accepted(), "{what}");
    }
}

#[test]
fn a_replay_is_the_run_and_every_scene_of_it_is_checked() {
    let (system, study) = study(30, Rules::default());
    let all = study.film.shoot(&Work::default()).unwrap();
    for run in [0, 7, 29] {
        let replay = ReplayReport::new(&system, &study.film, run, &[]).unwrap();
        let row = &all.rows[run as usize];
        assert_eq!(replay.outcome.wars, row.wars);
        assert_eq!(replay.outcome.leader_share.to_bits(), row.leader_share.to_bits());
        assert_eq!(replay.scenes.iter().filter(|scene| scene.war.is_some()).count(), {
            row.wars as usize
        });
        assert!(check_replay(&replay).unwrap().accepted());
        let tampered: [fn(&mut ReplayReport); 5] = [
            |r| r.scenes[3].blocs.reverse(),
            |r| r.scenes[9].shares.0[0].1 += 1e-3,
            |r| r.outcome.wars += 1,
            |r| r.outcome.run += 1,
            |r| {
                r.scenes.pop();
            },
        ];
        for tamper in tampered {
            let mut report = replay.clone();
            tamper(&mut report);
            let refused = !check_replay(&report).unwrap().accepted();
            assert!(refused || report == replay);
        }
    }
}

#[test]
fn ranges_are_a_latin_hypercube() {
    let (_, study) = study(30, Rules::default());
    let drawn = study.film.shoot(&Work::default()).unwrap().drawn;
    let mut strata: Vec<u32> =
        drawn[0].iter().map(|value| ((value - 0.2) / 0.3 * 30.0) as u32).collect();
    strata.sort_unstable();
    assert!(strata.into_iter().eq(0..30));
}

#[test]
fn pairs_stand_together_or_apart() {
    let film = film(&[5.0, 4.0, 3.0], Rules { dominance: 2.0, ..still() }, 50, 1);
    let found = pairs(&film, &Work::default()).unwrap();
    // The weaker two against the strongest, from every order.
    assert_eq!((found.with[[1, 2]], found.with[[0, 1]], found.with[[2, 0]]), (1.0, 0.0, 0.0));
    assert_eq!((found.against[[0, 1]], found.against[[1, 2]]), (1.0, 0.0));
    assert_eq!(found.with, found.with.t());
    assert!(found.at_war.iter().all(|&war| (0.0..=1.0).contains(&war)));
}

const QUICK: &str = "simulate data/europe-1913.csv --runs 30 --periods 30";

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let one = output(&format!("{QUICK} --format json --threads 1"));
    assert_eq!(one, output(&format!("{QUICK} --format json --threads 3")));
    assert_eq!(one, output(&format!("{QUICK} --format json")));
    assert_ne!(one, output(&format!("{QUICK} --format json --seed 2")));
}

#[test]
fn text_says_what_dominance_does_and_prints_no_third_decimal() {
    let text = output(QUICK);
    assert!(text.contains("at 1.25") && text.contains("at 1.75"), "{text}");
    let decimals = text.replace("..", " ");
    let decimals = decimals.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|word| {
        word.trim_matches('.').split_once('.').map(|(_, decimals)| decimals.len())
    });
    assert!(decimals.max().unwrap() <= 2, "{text}");
    let ranged = output(&format!("{QUICK} --dominance 1.25..1.75"));
    assert!(ranged.contains("BY THIRD OF EACH RANGE") && !ranged.contains("cliff"), "{ranged}");
}

#[test]
fn csv_has_a_row_a_run_or_a_place() {
    let csv = output(&format!("{QUICK} --format csv"));
    let header = "run,hegemonic,period,hegemon,ended,leader_share,effective_poles,states,wars";
    // After what the run came to every parameter has a column.
    let first = csv.lines().next().unwrap();
    assert!(first.starts_with(header) && first.contains(",cumulativity,"), "{first}");
    assert_eq!(csv.lines().count(), 31);
    let csv = output(&format!("{QUICK} --x cumulativity=0..1 --y openness=0..0.1 --format csv"));
    assert!(csv.starts_with("cumulativity,openness,runs,"), "{csv}");
    assert_eq!(csv.lines().count(), 26);
}

#[test]
fn replays_and_comparisons_as_typed() {
    let text = output(&format!("{QUICK} --replay 17"));
    assert!(text.contains("run 17 of seed 1") && text.contains("attack"), "{text}");
    assert!(output(&format!("{QUICK} --replay 17 --format csv")).starts_with("run,period,state"));
    let text = output(&format!("{QUICK} --compare alliances=none"));
    assert!(text.contains("alliances none") && text.contains("paired"), "{text}");
}

#[test]
fn saved_simulations_are_checked() {
    let folder = Folder::new();
    for more in ["", " --replay 3", " --compare cumulativity=1 --x stakes=0.1..0.4 --steps 3"] {
        let path = folder.write("film.json", &output(&format!("{QUICK} --format json{more}")));
        let text = output(&format!("check {} --thorough", path.display()));
        assert!(text.contains("Accepted"), "{text}");
    }
}

#[test]
fn a_hegemon_at_the_start_is_noted() {
    let folder = Folder::new();
    let (code, _, notes) =
        folder.run("simulate", "state,power\nA,6\nB,4\n", &["--runs", "5", "--periods", "20"]);
    assert_eq!(code, Some(0));
    assert!(notes.contains("hegemonic at the start"), "{notes}");
}

#[test]
fn columns_of_revisionism_and_growth_win_over_the_flags() {
    let folder = Folder::new();
    let flags = ["--volatility", "0", "--openness", "0", "--runs", "3", "--format", "csv"];
    let csv = "state,power,revisionism,growth\nA,6,0,0\nB,4,0,0.02\n";
    let (_, rows, _) = folder.run("simulate", csv, &flags);
    let expected = 4.0 * 1.02f64.powi(100) / (6.0 + 4.0 * 1.02f64.powi(100));
    for row in rows.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        assert_abs_diff_eq!(cells[5].parse::<f64>().unwrap(), expected, epsilon = 1e-9);
        assert_eq!(cells[8], "0");
    }
}

#[test]
fn systems_are_changed_by_conquests_and_outsiders() {
    let folder = Folder::new();
    let conquests = folder.write("conquests.csv", "victor,victim\nGMY,AUH\n");
    let conquests = format!("--conquests {} --administration 0.5", conquests.display());
    for command in ["solve", "compare", "simulate"] {
        let quick = if command == "simulate" { "--runs 5" } else { "--lens polarity" };
        let command = format!("{command} data/europe-1913.csv {quick} {conquests}");
        let run = equipoise(&command).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.success(), "{error}");
        assert!(!String::from_utf8_lossy(&run.stdout).contains("AUH"), "{command}");
    }
    let outsiders = "state,milex,milper,irst,pec,tpop,upop\nUSA,1,1,1,1,1,1\n";
    let outsiders = folder.write("outsiders.csv", outsiders);
    let args = format!("data/europe-1913.csv --runs 5 --outsiders {}", outsiders.display());
    assert!(output(&format!("simulate {args}")).contains("USA"));
}

#[test]
fn bad_input_is_named() {
    for (args, told) in [
        ("--runs 0", "runs: expected 1 run or more, found 0"),
        ("--periods 0", "periods: expected 1 period or more"),
        ("--periods 4000000000", "take fewer --runs or --periods"),
        ("--dominance 2..1", "a range from low to high"),
        ("--stakes 1.5", "stakes: expected 0 to 1, found 1.5"),
        ("--war-cost x", "expected a number, or a range"),
        ("--hold 0", "hold: expected 1 period or more"),
        ("--replay 1000", "replay: expected a run from 0 to 999"),
        ("--compare alliances=some", "free, none or all"),
        ("--compare speed=1", "expected one of decisiveness"),
        ("--x cumulativity=1..0", "from low to high"),
        ("--x stakes=0..1 --y stakes=0..1", "another parameter than that of --x"),
        ("--x stakes=0..1 --steps 1", "2 to 101 values"),
        ("--openness 9", "500 states"),
    ] {
        let run = equipoise(&format!("simulate data/europe-1913.csv {args}")).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{args}: {error}");
        assert!(error.contains(told), "{args}: {error}");
    }
}

#[test]
fn when_the_time_is_up_what_is_made_is_reported() {
    let run = equipoise("simulate data/europe-1913.csv --runs 50000 --time-limit 1.5");
    let run = { run }.output().unwrap();
    let error = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{error}");
    assert!(error.contains("the time was up"), "{error}");
}
