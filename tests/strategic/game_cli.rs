//! `equipoise game` as users type it: contract, values, errors, and what `check` refuses.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};

pub(crate) const CHICKEN: &str = r#"NFG 1 R "Chicken" { "Row" "Column" }
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
pub(crate) const SEXES: &str = r#"NFG 1 R "Battle of the sexes" { "A" "B" }
{ { "O" "F" } { "O" "F" } }

2 1 0 0 0 0 1 2
"#;

pub(crate) fn equipoise(args: &str, input: &str) -> Command {
    let mut command = Command::cargo_bin("equipoise").unwrap();
    command.args(args.split_whitespace()).write_stdin(input);
    command
}

pub(crate) fn json_of(game: &str, flags: &str) -> Value {
    let output = equipoise(&format!("game - --format json {flags}"), game).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether `check` accepts a report, and what it prints.
pub(crate) fn checked(report: &Value) -> (i32, String) {
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
fn the_page_on_games_shows_what_is_printed() {
    let page = include_str!("../../docs/games.md");
    let output = equipoise("game - --solve mixed,correlated", CHICKEN).output().unwrap().stdout;
    assert!(page.contains(String::from_utf8_lossy(&output).trim_end()));
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
    // That there is no other equilibrium of three players is not examined.
    assert_eq!(checked(&report).0, 3, "{}", checked(&report).1);
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
    assert!(text.starts_with("concept,number,player,strategy,quantity,value,text\n"));
    assert!(text.contains("pure,1,A,D,probability,1,\n") && text.contains("pure,1,B,,payoff,1,\n"));
    assert!(text.contains("correlated,,,,max,2,\n"));
}

/// A spreadsheet of a game with numbered players, named strategies and whole payoffs.
pub(crate) fn spreadsheet(
    strategies: &[&[&str]],
    payoff: impl Fn(&[usize], usize) -> i64,
) -> String {
    let n = strategies.len();
    let names = (1..=n).map(|i| i.to_string()).chain((1..=n).map(|i| format!("{i} payoff")));
    let mut text = names.collect::<Vec<_>>().join(",");
    let all: usize = strategies.iter().map(|own| own.len()).product();
    for mut number in 0..all {
        let mut profile = Vec::new();
        for own in strategies {
            profile.push(number % own.len());
            number /= own.len();
        }
        let played = profile.iter().zip(strategies).map(|(&a, own)| own[a].to_owned());
        let paid = (0..n).map(|i| payoff(&profile, i).to_string());
        text.push_str(&format!("\n{}", played.chain(paid).collect::<Vec<_>>().join(",")));
    }
    text + "\n"
}

pub(crate) fn accepted(report: &Value) {
    let (code, shown) = checked(report);
    // Of three players and more only --thorough looks for further equilibria.
    let open = "that there is no other equilibrium (--thorough repeats it)";
    let in_part = code == 3 && shown.contains(open) && shown.contains(", 1 not examined.");
    assert!(code == 0 || in_part, "{shown}");
}

pub(crate) fn refused(report: &Value, place: &str, value: Value) {
    let mut report = report.clone();
    *report.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = value;
    let (code, shown) = checked(&report);
    assert_eq!(code, 1, "{place}: {shown}");
    assert!(shown.contains("REFUTED"), "{place}: {shown}");
}

#[test]
fn shapleys_game_has_one_equilibrium() {
    // Shapley (1964), Some topics in two-person games, section 5: fictitious play does not
    // converge to its only equilibrium.
    let names = &["1", "2", "3"][..];
    let report = json_of(
        &spreadsheet(&[names, names], |s, i| i64::from((s[1] + 3 - s[0]) % 3 == i + 1)),
        "--exact --solve mixed,correlated",
    );
    let mixed = report["mixed"].as_array().unwrap();
    assert_eq!(mixed.len(), 1);
    assert_eq!(mixed[0]["complete"], true);
    assert_eq!(mixed[0]["profile"], json!([["1/3", "1/3", "1/3"], ["1/3", "1/3", "1/3"]]));
    assert_eq!(mixed[0]["payoffs"], json!(["1/3", "1/3"]));
    assert_eq!(mixed[0]["outcomes"][8], json!({"profile": ["3", "3"], "probability": "1/9"}));
    // Moulin & Vial (1978): correlated, the two are never both paid nothing.
    assert_eq!(report["correlated"]["max"], "1");
    assert_eq!(report["correlated"]["min"], "2/3");
    accepted(&report);
}

#[test]
fn aumanns_best_correlated_equilibrium_exactly() {
    // Aumann (1974), example 2.7: three lotteries outside the hull of the Nash equilibria.
    let report = json_of(CHICKEN, "--solve correlated --exact");
    let best = &report["correlated"];
    assert_eq!((&best["min"], &best["max"]), (&json!("36/5"), &json!("21/2")));
    assert_eq!(best["highest"]["payoffs"], json!(["21/4", "21/4"]));
    let likely = |k: usize| &best["highest"]["distribution"][k];
    assert_eq!(*likely(0), json!({"profile": ["Swerve", "Swerve"], "probability": "1/2"}));
    assert_eq!(likely(1)["probability"], "1/4");
    assert_eq!(best["highest"]["within"], 0.0);
    accepted(&report);
    let rounded = json_of(CHICKEN, "--solve correlated");
    assert_eq!(rounded["correlated"]["max"], 10.5);
    assert_eq!(rounded["correlated"]["highest"]["exact"]["value"], "21/2");
    for (place, value) in [
        ("/correlated/highest/exact/value", json!("23/2")),
        ("/correlated/highest/exact/probabilities/0", json!("1/3")),
        ("/correlated/highest/exact/payoffs/0", json!("5")),
        ("/correlated/highest/exact/proofs/0/bound", json!("10")),
        ("/correlated/highest/exact/proofs/0/weights/0", json!("-1")),
        ("/correlated/highest/exact/proofs", json!([])),
        // The floats alone are no exact claim.
        ("/correlated/highest/exact", Value::Null),
        ("/correlated/highest/within", json!(1e-7)),
    ] {
        refused(&rounded, place, value);
    }
}

#[test]
fn any_function_of_profiles_is_an_objective() {
    let asked = |objective: &str| {
        let flags = format!("--solve correlated,coarse --exact --objective {objective}");
        let report = json_of(CHICKEN, &flags);
        accepted(&report);
        let end = |which: &str| report["correlated"][which].as_str().unwrap().to_owned();
        (end("min"), end("max"), report)
    };
    let ends = |low: &str, high: &str| (low.to_owned(), high.to_owned());
    let (low, high, report) = asked("profile:Row=Dare,Column=Dare");
    assert_eq!((low, high), ends("0", "1/5"));
    refused(&report, "/correlated/goal/profile", json!({"Row": "Dare"}));
    refused(&report, "/correlated/objective", json!("profile:Row=Dare"));
    let (low, high, report) = asked("sum:Row=1/3,Column=-2");
    assert_eq!((low, high), ends("-40/3", "-5/3"));
    refused(&report, "/correlated/goal/shares/Row", json!("1"));
    let (low, high, _) = asked("sum:Row=1");
    assert_eq!((low, high), ends("2", "7"));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("values.csv");
    let values =
        "Column;value;Row\nSwerve;1/2;Swerve\nDare;-1;Swerve\nSwerve;0;Dare\nDare;1e0;Dare\n";
    fs::write(&file, values).unwrap();
    let flags = format!("--solve correlated --exact --objective-file {}", file.display());
    let report = json_of(CHICKEN, &flags);
    assert_eq!(report["correlated"]["objective"], "values:values.csv");
    assert_eq!(report["correlated"]["goal"]["values"], json!(["1/2", "0", "-1", "1"]));
    assert_eq!(report["correlated"]["min"], "-1");
    accepted(&report);
    refused(&report, "/correlated/goal/values/0", json!("3/4"));
    for (values, expected) in [
        ("Row,Column,value\nSwerve,Swerve,1\n", "no row for the profile (Dare, Swerve)"),
        ("Row,Column,value\nSwerve,Stay,1\n", "values.csv:2: Column"),
        ("Row,value\nSwerve,1\n", "expected the columns Row,Column,value"),
        ("Row,Column,value\nDare,Dare,1\nDare,Dare,2\n", "values.csv:3"),
    ] {
        fs::write(&file, values).unwrap();
        let flags = format!("game - --solve correlated --objective-file {}", file.display());
        let output = equipoise(&flags, CHICKEN).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(expected), "{error}");
    }
    for wrong in ["sum:Row=x", "sum:Row=1,Row=2", "profile:Row=Stay", "profile:", "welfare:Row"] {
        let output = equipoise(&format!("game - --objective {wrong}"), CHICKEN).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn a_spreadsheet_becomes_a_gambit_file_and_is_the_same_game() {
    let folder = tempfile::tempdir().unwrap();
    let table = "A,B,A payoff,B payoff\nx,\"l, m\",1/3,2\nx,r,0.5,2\ny,\"l, m\",1/3,2\ny,r,-1,0\n";
    let plain = json_of(table, "--exact");
    for form in ["payoffs", "outcomes"] {
        let file = folder.path().join(format!("{form}.nfg"));
        let flags = format!("--solve pure --write-nfg {} --nfg {form}", file.display());
        json_of(table, &flags);
        let written = fs::read_to_string(&file).unwrap();
        assert!(written.starts_with("NFG 1 R"), "{written}");
        let again = json_of(&written, "--exact");
        for key in ["players", "pure", "dominance", "correlated", "mixed", "game"] {
            assert_eq!(plain[key], again[key], "{form}: {key}");
        }
    }
}

#[test]
fn what_was_not_decided_comes_with_bounds() {
    let all = "--solve pure,correlated,coarse --time-limit 0 --format json";
    let output = equipoise(&format!("game - {all}"), CHICKEN).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let bounds = &report["so_far"]["correlated"];
    // No time to prove anything: the payoffs' own range, and the pure equilibria.
    assert_eq!((&bounds["min"], &bounds["max"]), (&json!([0.0, 9.0]), &json!([9.0, 12.0])));
    assert!(checked(&report).1.contains("Accepted"), "{}", checked(&report).1);
    for (place, value) in [
        ("/so_far/correlated/min", json!([1.0, 9.0])),
        ("/so_far/correlated/max/1", json!(11.0)),
        ("/so_far/correlated/highest/proofs/0/bound", json!(11.0)),
        ("/so_far/correlated/lowest/distribution/0/profile", json!(["Dare", "Dare"])),
        ("/so_far/coarse_correlated/max/0", json!(9.5)),
    ] {
        refused(&report, place, value);
    }
    let voters = spreadsheet(&[&["x", "y"][..]; 3], |s, i| {
        i64::from((s.iter().sum::<usize>() >= 2) == (i == 2))
    });
    let args = "game - --solve strong,coalition-proof --time-limit 0 --format json";
    let output = equipoise(args, &voters).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["so_far"]["strong"], json!({"stable": [], "upset": []}));
    assert!(report.get("strong").is_none() && report.get("coalition_proof").is_none());
}

#[test]
fn a_list_that_is_not_complete_is_refused() {
    let report = json_of(SEXES, "--solve mixed,coalition-proof");
    assert!(checked(&report).1.contains("there is no other equilibrium"));
    assert!(checked(&report).1.contains("by the definition"));
    let fewer: Vec<Value> = report["mixed"].as_array().unwrap()[1..].to_vec();
    refused(&report, "/mixed", json!(fewer));
    refused(&report, "/mixed/1/outcomes/0/probability", json!(0.5));
    refused(&report, "/mixed/1/outcomes", json!([]));
    // Of more players the search itself is repeated, if asked.
    let nine = "NFG 1 R \"\" { \"1\" \"2\" \"3\" } { 2 2 2 }\n\
                 9 8 12 0 0 0 0 0 0 9 8 2 0 0 0 3 4 6 3 4 6 0 0 0\n";
    // McKelvey & McLennan (1996): nine equilibria.
    let report = json_of(nine, "--solve mixed");
    assert_eq!(report["mixed"].as_array().unwrap().len(), 9);
    assert!(checked(&report).1.contains("not examined  mixed"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    let thorough = |report: &Value| {
        fs::write(&path, report.to_string()).unwrap();
        let args = format!("check {} --thorough", path.display());
        equipoise(&args, "").output().unwrap().status.code()
    };
    assert_eq!(thorough(&report), Some(0));
    assert_eq!(checked(&report).0, 3, "in part");
    let mut fewer = report.clone();
    fewer["mixed"].as_array_mut().unwrap().pop();
    assert_eq!(thorough(&fewer), Some(1));
}

#[test]
fn games_of_several_players_from_the_literature() {
    // Three voters, two of them of one mind: the majority decides.
    let voters = spreadsheet(&[&["x", "y"][..]; 3], |s, i| {
        i64::from((s.iter().sum::<usize>() >= 2) == (i == 2))
    });
    let report = json_of(&voters, "--solve pure,strong,correlated --exact");
    assert_eq!(report["pure"].as_array().unwrap().len(), 3);
    assert_eq!(report["strong"].as_array().unwrap().len(), 2);
    assert_eq!(report["correlated"]["max"], "2");
    accepted(&report);
    // Van Huyck, Battalio & Beil (1990), Tacit coordination games, treatment A in tenths of a
    // dollar: 6 + 2 · least effort − own, efforts 1 to 7. The best is 13 each.
    let efforts = &["1", "2", "3", "4", "5", "6", "7"][..];
    let effort = spreadsheet(&[efforts; 3], |s, i| {
        6 + 2 * (1 + s.iter().copied().min().unwrap_or(0) as i64) - (1 + s[i] as i64)
    });
    let report = json_of(&effort, "--solve pure,strong,coalition-proof,correlated --exact");
    assert_eq!(report["pure"].as_array().unwrap().len(), 7);
    assert_eq!(
        report["pure"][6],
        json!({"profile": ["7", "7", "7"], "payoffs": ["13", "13", "13"]})
    );
    assert_eq!(report["strong"], json!([{"profile": ["7", "7", "7"]}]));
    assert_eq!(report["coalition_proof"], report["strong"]);
    assert_eq!(report["correlated"]["max"], "39");
    // Of all equilibria, lotteries too, the worst is that all do the least.
    assert_eq!(report["correlated"]["min"], "21");
    accepted(&report);
    // Arthur (1994), El Farol with five people and room for three, 1 for a pleasant evening,
    // -1 for a crowded one: any three go.
    let farol =
        spreadsheet(&[&["stay", "go"][..]; 5], |s, i| match (s[i], s.iter().sum::<usize>()) {
            (0, _) => 0,
            (_, 0..=3) => 1,
            _ => -1,
        });
    let report = json_of(&farol, "--solve pure,correlated --exact");
    assert_eq!(report["pure"].as_array().unwrap().len(), 10);
    assert_eq!(report["correlated"]["max"], "3");
    accepted(&report);
}
