//! `equipoise game` as users type it: contract, values, errors, and what `check` refuses.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};

const CHICKEN: &str = r#"NFG 1 R "Chicken" { "Row" "Column" }
{ { "Swerve" "Dare" } { "Swerve" "Dare" } }

6 6 7 2 2 7 0 0
"#;
const DILEMMA: &str = r#"NFG 1 R "Prisoner's dilemma" { "A" "B" }
{ { "C" "D" } { "C" "D" } }

3 3 5 0 0 5 1 1
"#;
const PENNIES: &str = r#"NFG 1 R "Matching pennies" { "A" "B" }
{ { "H" "T" } { "H" "T" } }

1 -1 -1 1 -1 1 1 -1
"#;
const SEXES: &str = r#"NFG 1 R "Battle of the sexes" { "A" "B" }
{ { "O" "F" } { "O" "F" } }

2 1 0 0 0 0 1 2
"#;

fn equipoise(args: &str, input: &str) -> Command {
    let mut command = Command::cargo_bin("equipoise").unwrap();
    command.args(args.split_whitespace()).write_stdin(input);
    command
}

fn json_of(game: &str, flags: &str) -> Value {
    let output = equipoise(&format!("game - --format json {flags}"), game).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether `check` accepts a report, and what it prints.
fn checked(report: &Value) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    fs::write(&path, report.to_string()).unwrap();
    let mut command = Command::cargo_bin("equipoise").unwrap();
    let output = command.arg("check").arg(&path).output().unwrap();
    let shown = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&shown).into_owned())
}

fn near(value: &Value, expected: f64) {
    let found = value.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-7, "{found} is not {expected}");
}

#[test]
fn the_contract_of_chicken() {
    let report =
        json_of(CHICKEN, "--solve pure,mixed,correlated,coarse,dominance,strong,coalition-proof");
    assert_eq!(report["schema"], "equipoise/game/1");
    assert_eq!(report["players"][1], json!({"name": "Column", "strategies": ["Swerve", "Dare"]}));
    assert_eq!(report["pure"][0], json!({"profile": ["Dare", "Swerve"], "payoffs": [7.0, 2.0]}));
    assert_eq!(report["pure"].as_array().unwrap().len(), 2);
    let mixed = report["mixed"].as_array().unwrap();
    assert_eq!(mixed.len(), 3);
    assert!(mixed.iter().all(|found| found["complete"] == true && found["regret"] == 0.0));
    near(&mixed[1]["profile"][0][0], 2.0 / 3.0);
    near(&mixed[1]["payoffs"][0], 14.0 / 3.0);
    // Aumann (1974): half of (6, 6), a quarter of each of the others.
    assert_eq!(report["correlated"]["objective"], "welfare");
    near(&report["correlated"]["max"], 10.5);
    near(&report["correlated"]["min"], 7.2);
    near(&report["coarse_correlated"]["max"], 10.5);
    assert_eq!(report["dominance"]["remaining"][0], json!(["Swerve", "Dare"]));
    assert_eq!(report["strong"][1], json!({"profile": ["Swerve", "Dare"]}));
    assert_eq!(report["coalition_proof"].as_array().unwrap().len(), 2);
    assert_eq!(checked(&report).0, 0, "{}", checked(&report).1);
}

#[test]
fn textbook_games_without_flags() {
    let report = json_of(DILEMMA, "");
    assert_eq!(report["dominance"]["remaining"], json!([["D"], ["D"]]));
    assert_eq!(report["mixed"].as_array().unwrap().len(), 1);
    near(&report["correlated"]["max"], 2.0);
    let report = json_of(PENNIES, "");
    assert_eq!(report["pure"], json!([]));
    near(&report["mixed"][0]["profile"][1][0], 0.5);
    near(&report["correlated"]["lowest"]["distribution"][3]["probability"], 0.25);
    let report = json_of(SEXES, "");
    assert_eq!(report["mixed"].as_array().unwrap().len(), 3);
    near(&report["correlated"]["max"], 3.0);
    near(&report["correlated"]["min"], 4.0 / 3.0);
    assert_eq!(checked(&report).0, 0);
}

#[test]
fn objectives_on_the_worst_off_and_on_one_player() {
    let report = json_of(CHICKEN, "--solve correlated --objective minimum");
    near(&report["correlated"]["max"], 5.25);
    near(&report["correlated"]["min"], 2.0);
    assert_eq!(checked(&report).0, 0);
    let report = json_of(SEXES, "--solve correlated,coarse --objective minimum");
    near(&report["correlated"]["max"], 1.5);
    near(&report["correlated"]["min"], 2.0 / 3.0);
    assert_eq!(checked(&report).0, 0);
    let report = json_of(CHICKEN, "--solve correlated --objective player:Row");
    near(&report["correlated"]["max"], 7.0);
    near(&report["correlated"]["min"], 2.0);
}

#[test]
fn answers_do_not_depend_on_the_scale_of_payoffs() {
    // Row's payoffs times a billion and less seven, Column's over a billion.
    let scaled =
        CHICKEN.replace("6 6 7 2 2 7 0 0", "5999999993 6e-9 6999999993 2e-9 1999999993 7e-9 -7 0");
    let [plain, scaled] = [CHICKEN, &scaled].map(|game| json_of(game, "--solve pure,mixed"));
    for k in 0..3 {
        assert_eq!(plain["mixed"][k]["profile"], scaled["mixed"][k]["profile"]);
    }
}

#[test]
fn exact_numbers_are_fractions_in_strings() {
    let report = json_of(CHICKEN, "--solve pure,mixed --exact");
    assert_eq!(report["pure"][0]["payoffs"], json!(["7", "2"]));
    assert_eq!(report["mixed"][1]["profile"], json!([["2/3", "1/3"], ["2/3", "1/3"]]));
    assert_eq!(report["mixed"][1]["payoffs"], json!(["14/3", "14/3"]));
    assert_eq!(checked(&report).0, 0);
}

#[test]
fn a_spreadsheet_says_the_same() {
    let table = "Row,Column,Row payoff,Column payoff\n\
                 Swerve,Swerve,6,6\nSwerve,Dare,2,7\nDare,Swerve,7,2\nDare,Dare,0,0\n";
    let [plain, table] = [CHICKEN, table].map(|game| json_of(game, ""));
    for key in ["players", "pure", "mixed", "correlated", "dominance"] {
        assert_eq!(plain[key], table[key]);
    }
}

#[test]
fn what_is_tampered_with_is_refused() {
    let whole =
        json_of(CHICKEN, "--solve pure,mixed,correlated,coarse,dominance,strong,coalition-proof");
    let dilemma = json_of(DILEMMA, "");
    let tampered = |whole: &Value, place: &str, value: Value| {
        let mut report = whole.clone();
        *report.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
        let (code, shown) = checked(&report);
        assert_eq!(code, 1, "{place}: {shown}");
        assert!(shown.contains("REFUTED"), "{place}: {shown}");
    };
    for (place, value) in [
        ("/pure/0/profile", json!(["Dare", "Dare"])),
        ("/pure/0/payoffs/0", json!(7.5)),
        ("/pure", json!([])),
        ("/mixed/1/profile/0/0", json!(0.6)),
        ("/mixed/1/exact/0", json!(["3/5", "2/5"])),
        ("/mixed/1/payoffs/0", json!(5)),
        ("/mixed/0/regret", json!(1)),
        ("/correlated/max", json!(11)),
        ("/correlated/min", json!(7)),
        ("/correlated/highest/distribution/0/probability", json!(0.6)),
        ("/correlated/highest/proofs/0/weights/0/weight", json!(0)),
        ("/correlated/highest/proofs/0/weights/0/weight", json!(-1)),
        ("/correlated/highest/proofs/0/shares/0", json!(0.5)),
        ("/correlated/highest/proofs", json!([])),
        ("/correlated/objective", json!("player:Row")),
        ("/coarse_correlated/max", json!(12)),
        ("/dominance/remaining/0", json!(["Dare"])),
        ("/strong", json!([])),
        ("/coalition_proof/0/profile", json!(["Dare", "Dare"])),
        ("/players/0/name", json!("Somebody")),
    ] {
        tampered(&whole, place, value);
    }
    tampered(&dilemma, "/dominance/steps/0/strategy", json!("D"));
    tampered(&dilemma, "/dominance/steps/0/by", json!({"D": "1/2"}));
    // Another game altogether.
    let other = whole["game"].as_str().unwrap().replace("7 2", "5 2");
    tampered(&whole, "/game", json!(other));
}

#[test]
fn ten_players_of_three_strategies() {
    let mut state = 1u64;
    let mut text = String::from("NFG 1 R \"\" {");
    text.extend((0..10).map(|i| format!(" \"P{i}\"")));
    text.push_str(" } { 3 3 3 3 3 3 3 3 3 3 }\n");
    for _ in 0..10 * 59_049 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(&format!("{} ", (state >> 33) % 10_000));
    }
    let report = json_of(&text, "--solve pure");
    let (code, shown) = checked(&report);
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("no other profile is one"), "{shown}");
}

#[test]
fn more_than_two_players_and_a_dominating_mixture() {
    // Selten's horse in strategic form, all of whose payoffs are from Selten (1975).
    let horse = "NFG 1 R \"Horse\" { \"1\" \"2\" \"3\" } { { \"C\" \"D\" } { \"c\" \"d\" } \
                 { \"L\" \"R\" } }\n1 1 1 3 3 2 4 4 0 3 3 2 1 1 1 0 0 0 0 0 1 0 0 0\n";
    let report = json_of(horse, "");
    assert_eq!(report["pure"].as_array().unwrap().len(), 2);
    assert_eq!(checked(&report).0, 0, "{}", checked(&report).1);
    // Neither row beats the third one alone.
    let mixture = "NFG 1 R \"\" { \"A\" \"B\" } { 3 2 }\n4 0 0 0 1 0 0 0 4 0 1 0\n";
    let report = json_of(mixture, "--solve dominance");
    assert_eq!(report["dominance"]["remaining"][0], json!(["1", "2"]));
    assert_eq!(report["dominance"]["steps"][0]["by"], json!({"1": "1/2", "2": "1/2"}));
    assert_eq!(checked(&report).0, 0);
}

#[test]
fn errors_say_where_and_what_to_do() {
    for (args, input, expected) in [
        ("game - --objective player:Z", CHICKEN, "with NAME one of Row, Column"),
        ("game -", "NFG 1 R \"\" { \"A\" } { 2 }\n1 x\n", "standard input:2"),
        ("game -", "A,A payoff\nx,1\ny,?\n", "standard input:3"),
        ("game nowhere.nfg", "", "nowhere.nfg"),
        ("game - --solve nothing", CHICKEN, "possible values"),
        ("game -", "", "standard input"),
    ] {
        let output = equipoise(args, input).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args}: {error}");
        assert!(error.contains(expected), "{args}: {error}");
    }
    // No time at all: undecided, said so.
    let args = "game - --solve correlated --time-limit 0 --format json";
    let output = equipoise(args, CHICKEN).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["undecided"]["correlated"].is_string() && report.get("correlated").is_none());
}

#[test]
fn csv_has_one_number_a_row() {
    let output =
        equipoise("game - --solve pure,correlated --format csv", DILEMMA).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("concept,number,player,strategy,quantity,value\n"));
    assert!(text.contains("pure,1,A,D,probability,1\n") && text.contains("pure,1,B,,payoff,1\n"));
    assert!(text.contains("correlated,,,,max,2\n"));
}
