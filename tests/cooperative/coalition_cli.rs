//! `equipoise coalition` as users type it: published answers, errors, and reports that were
//! tampered with.

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use dashu_ratio::RBig;
use serde_json::{Value, json};

use equipoise::game::cooperative::{Game, numbered, rules};
use equipoise::report::coalition::CoalitionReport;
use equipoise::solve::cooperative::{Options, solve};
use equipoise::work::Work;

/// A folder of games, one file each.
struct Games(tempfile::TempDir);

impl Games {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The JSON report on a game.
    fn solve(&self, game: &str, flags: &[&str]) -> Value {
        let path = self.file("game.csv", game);
        let output = run(&path, &[flags, &["--format", "json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What `check` says of a report: exit code and output.
    fn check(&self, report: &Value) -> (Option<i32>, String) {
        let path = self.file("report.json", &report.to_string());
        let output =
            Command::cargo_bin("equipoise").unwrap().arg("check").arg(path).output().unwrap();
        let text = String::from_utf8(output.stdout.clone()).unwrap() + &stderr(&output);
        (output.status.code(), text)
    }
}

fn run(path: &Path, flags: &[&str]) -> Output {
    let mut command = Command::cargo_bin("equipoise").unwrap();
    command.arg("coalition").arg(path).args(flags).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The numbers of an object of payoffs, in the order of the players.
fn numbers(report: &Value, key: &str) -> Vec<String> {
    let players = report["players"].as_array().unwrap();
    let number = |player: &Value| report[key][player.as_str().unwrap()].as_str().unwrap().into();
    players.iter().map(number).collect()
}

const OWEN: &str = "player,weight\nA,40\nB,30\nC,20\nD,10\n";
const GLOVE: &str = "coalition,value\nL,0\nR,0\nS,0\nL+R,1\nL+S,1\nR+S,0\nL+R+S,1\n";
const MAJORITY: &str = "coalition,value\nA,0\nB,0\nC,0\nA+B,1\nA+C,1\nB+C,1\nA+B+C,1\n";
const TALMUD: &str = "player,claim\nA,100\nB,200\nC,300\n";

#[test]
fn published_answers_come_out_exactly() {
    let games = Games::new();
    let council = {
        let great = (1..=5).map(|i| format!("P{i},7\n"));
        let small = (1..=10).map(|i| format!("E{i},1\n"));
        std::iter::once("player,weight\n".into()).chain(great).chain(small).collect::<String>()
    };
    // Dubey & Shapley (1979): 421/2145 for a permanent member, 4/2145 for another one.
    let mut security = vec!["421/2145"; 5];
    security.extend(["4/2145"; 10]);
    let cases: &[(&str, &[&str], &str, &[&str])] = &[
        // Aumann & Maschler (1985).
        (TALMUD, &["--estate", "100"], "nucleolus", &["100/3", "100/3", "100/3"]),
        (TALMUD, &["--estate", "200"], "nucleolus", &["50", "75", "75"]),
        (TALMUD, &["--estate", "300"], "nucleolus", &["50", "100", "150"]),
        (TALMUD, &["--estate", "200"], "shapley", &["100/3", "250/3", "250/3"]),
        // Three players, simple majority (von Neumann & Morgenstern 1944).
        (MAJORITY, &[], "prenucleolus", &["1/3", "1/3", "1/3"]),
        // One left glove, two right ones: the core is a point (Shapley & Shubik 1969).
        (GLOVE, &[], "nucleolus", &["1", "0", "0"]),
        (GLOVE, &[], "shapley", &["2/3", "1/6", "1/6"]),
        // Owen's textbook council.
        (OWEN, &["--quota", "51"], "shapley", &["5/12", "1/4", "1/4", "1/12"]),
        (OWEN, &["--quota", "51"], "banzhaf_normalized", &["5/12", "1/4", "1/4", "1/12"]),
        (OWEN, &["--quota", "51"], "deegan_packel", &["1/3", "5/18", "5/18", "1/9"]),
        (OWEN, &["--quota", "51"], "holler", &["2/7", "2/7", "2/7", "1/7"]),
        (OWEN, &["--quota", "51"], "johnston", &["1/2", "2/9", "2/9", "1/18"]),
        // Littlechild & Owen (1973): runways of 8, 11, 13, 18.
        ("player,cost\na,8\nb,11\nc,13\nd,18\n", &[], "shapley", &["2", "3", "4", "9"]),
        (
            "player,cost\na,8\nb,11\nc,13\nd,18\n",
            &[],
            "nucleolus",
            &["13/4", "13/4", "13/4", "33/4"],
        ),
        (&council, &["--quota", "39"], "shapley", &security),
    ];
    for (game, flags, key, expected) in cases {
        let concept = key.replace('_', "-");
        let flags = [*flags, &["--exact", "--solve", &concept]].concat();
        let report = games.solve(game, &flags);
        assert_eq!(numbers(&report, key), *expected, "{key} of {game}");
        let (code, text) = games.check(&report);
        assert_eq!(code, Some(0), "{text}");
    }
}

#[test]
fn the_contract_s_keys_are_there_and_numbers_are_floats() {
    let report = Games::new().solve(OWEN, &["--quota", "51"]);
    assert_eq!(report["schema"], "equipoise/coalition/1");
    assert_eq!(report["players"], json!(["A", "B", "C", "D"]));
    assert_eq!(report["shapley"]["B"], json!(0.25));
    assert_eq!(report["banzhaf"]["A"], json!(0.625));
    assert_eq!(report["core"], json!({"nonempty": false}));
    assert!((report["least_core"]["value"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(report["properties"]["monotone"], true);
    assert_eq!(report["properties"]["superadditive"], true);
    assert_eq!(report["properties"]["convex"], false);
    assert_eq!(report["structure"]["value"], json!(1.0));
    assert_eq!(report["simple"]["minimal_winning_total"], "3");
    let keys = ["banzhaf_normalized", "deegan_packel", "holler", "johnston", "nucleolus"];
    for key in keys.iter().chain(&["prenucleolus"]) {
        assert!(report[key]["D"].is_f64(), "{key}");
    }
    let alone = Games::new().solve(OWEN, &["--quota", "51", "--solve", "shapley"]);
    assert!(alone.get("nucleolus").is_none() && alone.get("banzhaf").is_none());
}

#[test]
fn the_core_is_decided_exactly_at_its_boundary() {
    let games = Games::new();
    // The glove's core is a point: its least-core value is 0, exactly.
    let glove = games.solve(GLOVE, &["--exact", "--solve", "core,least-core"]);
    assert_eq!(glove["core"]["nonempty"], true);
    assert_eq!(glove["least_core"]["value"], "0");
    // A hair more for the two on the right, and it is empty.
    let hair = GLOVE.replace("R+S,0", "R+S,0.000000000000001");
    let empty = games.solve(&hair, &["--solve", "core"]);
    assert_eq!(empty["core"]["nonempty"], false);
    assert!(empty["certificates"]["core"]["balanced"].is_array());
    assert_eq!(games.check(&empty).0, Some(0));
}

#[test]
fn reports_are_accepted_and_tampered_ones_refused() {
    let games = Games::new();
    let exact = games.solve(TALMUD, &["--estate", "300", "--exact"]);
    let majority = games.solve(OWEN, &["--quota", "51"]);
    for report in [&exact, &majority] {
        let (code, text) = games.check(report);
        assert_eq!(code, Some(0), "{text}");
        assert!(text.contains("Accepted"), "{text}");
    }
    let tamperings: &[(&Value, &str, Value)] = &[
        (&exact, "/shapley/A", json!("51")),
        (&exact, "/banzhaf/B", json!("1")),
        (&exact, "/nucleolus/A", json!("49")),
        (&exact, "/certificates/nucleolus/allocation/A", json!("49")),
        (&exact, "/certificates/nucleolus/levels/0/excess", json!("-49")),
        (&exact, "/certificates/nucleolus/levels/0/weights/0/weight", json!("1/7")),
        (&exact, "/certificates/prenucleolus/levels", json!([])),
        (&exact, "/core/nonempty", json!(false)),
        (&exact, "/least_core/value", json!("0")),
        (&exact, "/properties/convex", json!(false)),
        (&exact, "/structure/value", json!("301")),
        (&exact, "/structure/coalitions", json!([["A"], ["B", "C"]])),
        (&exact, "/game/values/7", json!("299")),
        (&exact, "/core/payoffs/A/0", json!("1")),
        (&exact, "/core/payoffs/C/1", json!("299")),
        (&exact, "/core/vertices/1/B", json!("199")),
        (&exact, "/core/vertices_total", json!(5)),
        (&exact, "/core/vertices_total", json!(3)),
        (&exact, "/certificates/core/payoffs/A/0/allocation/A", json!("1")),
        (&exact, "/certificates/core/payoffs/A/1/total", json!("0")),
        (&exact, "/certificates/core/payoffs/B/0/weights", json!([])),
        (&exact, "/certificates/core/vertices/0/C", json!("301")),
        (&exact, "/certificates/core/payoffs", Value::Null),
        (&exact, "/certificates/core/vertices", Value::Null),
        (&exact, "/least_core/payoffs/B/0", json!("49")),
        (&exact, "/certificates/least_core/payoffs/B/0/total", json!("2")),
        (&exact, "/properties/balanced", json!(false)),
        (&exact, "/properties/totally_balanced", json!(false)),
        (&exact, "/certificates/balanced/allocation/A", json!("-1")),
        (&majority, "/properties/balanced", json!(true)),
        (&majority, "/properties/totally_balanced", json!(true)),
        (&majority, "/properties/counterexamples/balanced", json!([["A"], ["B"]])),
        (&majority, "/certificates/balanced/balanced/0/weight", json!("1/3")),
        (&majority, "/certificates/totally_balanced/subgame/coalition", json!(["A", "B"])),
        (&majority, "/least_core/payoffs/A/1", json!(0.5)),
        (&majority, "/johnston/A", json!(0.51)),
        (&majority, "/core/nonempty", json!(true)),
        (&majority, "/certificates/core/balanced/0/weight", json!("1/3")),
        (&majority, "/certificates/least_core/value", json!("1/4")),
        (&majority, "/simple/veto", json!(["A"])),
        (&majority, "/simple/dummies", json!(["D"])),
        (&majority, "/simple/minimal_winning/0", json!(["A", "B", "C"])),
        (&majority, "/properties/counterexamples/convex", json!([["A"], ["B"]])),
        (&majority, "/game/rules/0/quota", json!("5")),
    ];
    for (report, pointer, value) in tamperings {
        let mut changed = (*report).clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        let (code, text) = games.check(&changed);
        assert_eq!(code, Some(1), "{pointer}: {text}");
        assert!(text.contains("REFUTED"), "{pointer}: {text}");
    }
}

#[test]
fn two_hundred_players_are_counted() {
    let rows: String = (1..=200).map(|i| format!("p{i},{}\n", 1 + i % 10)).collect();
    let games = Games::new();
    let game = format!("player,weight\n{rows}");
    let report = games.solve(&game, &["--quota", ">50%", "--solve", "shapley,banzhaf", "--exact"]);
    assert!(report["shapley"]["p1"].as_str().unwrap().contains('/'));
    let (code, text) = games.check(&report);
    assert_eq!(code, Some(0), "each number is counted again: {text}");
    let text = run(&games.file("g.csv", &game), &["--quota", ">50%", "--solve", "nucleolus"]);
    assert_eq!(text.status.code(), Some(2));
    assert!(stderr(&text).contains("limit 40 players"), "{}", stderr(&text));
}

#[test]
fn several_quotas_must_all_be_passed() {
    let games = Games::new();
    let game = "player,votes,members\nA,3,1\nB,2,1\nC,1,1\n";
    let report = games.solve(game, &["--quota", "4,3", "--exact", "--solve", "shapley"]);
    assert_eq!(numbers(&report, "shapley"), ["1/3", "1/3", "1/3"]);
    assert_eq!(report["simple"]["veto"], json!(["A", "B", "C"]));
}

#[test]
fn bad_input_is_located_and_mended() {
    let games = Games::new();
    for (game, flags, part) in [
        ("coalition,value\nA,1\nB,1\n", vec![], "A+B"),
        ("coalition,value\nA,x\n", vec![], ":2: value"),
        ("player,weight\nA,1\nA,2\n", vec!["--quota", "2"], "twice"),
        (OWEN, vec![], "quota"),
        (OWEN, vec!["--quota", "many"], "quota"),
        (TALMUD, vec![], "estate"),
        (TALMUD, vec!["--estate", "1/0"], "estate"),
        (TALMUD, vec!["--estate", "200", "--solve", "johnston"], "simple"),
        ("", vec![], "empty"),
    ] {
        let output = run(&games.file("bad.csv", game), &flags);
        assert_eq!(output.status.code(), Some(2), "{game}");
        let text = stderr(&output);
        assert!(text.starts_with("error: ") && text.contains(part), "{game}: {text}");
    }
    let (code, text) = games.check(&json!({"schema": "equipoise/coalition/9", "players": []}));
    assert_eq!(code, Some(2), "{text}");
}

/// Gloves of unequal number: (Shapley & Shubik 1969); the Talmud's estate is a convex game.
#[test]
fn the_core_is_told_to_its_corners() {
    let games = Games::new();
    let report = games.solve(TALMUD, &["--estate", "300", "--exact", "--solve", "core"]);
    assert_eq!(report["core"]["payoffs"]["C"], json!(["0", "300"]));
    assert_eq!(report["core"]["vertices_total"], 4);
    let first = json!({"A": "0", "B": "0", "C": "300"});
    assert_eq!(report["core"]["vertices"][0], first);
    let least = games.solve(TALMUD, &["--estate", "300", "--exact", "--solve", "least-core"]);
    assert_eq!(least["least_core"]["payoffs"]["B"], json!(["50", "150"]));
    let few =
        games.solve(TALMUD, &["--estate", "300", "--solve", "vertices", "--max-vertices", "2"]);
    assert_eq!(few["core"]["vertices"].as_array().unwrap().len(), 2);
    assert_eq!(few["core"]["vertices_total"], 4);
    let (code, text) = games.check(&few);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("meets as many vertices as are claimed"), "{text}");
    let path = games.file("talmud.csv", TALMUD);
    let text = run(&path, &["--estate", "300", "--exact", "--solve", "core"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("In it the players get A 0 to 100, B 0 to 200, C 0 to 300."), "{text}");
    let csv = run(&path, &["--estate", "300", "--exact", "--solve", "core", "--format", "csv"]);
    let csv = String::from_utf8(csv.stdout).unwrap();
    for row in ["core highest,C,300,", "core,vertices,4,", "core vertex 4,B,200,"] {
        assert!(csv.lines().any(|line| line == row), "{row} in {csv}");
    }
}

#[test]
fn too_many_vertices_are_not_half_listed() {
    let games = Games::new();
    // Squares of sums: a strictly convex game, whose core has 7! = 5040 vertices.
    let rows = (1..1u32 << 7).map(|bits| {
        let sum: u32 = (0..7).filter(|i| bits >> i & 1 == 1).map(|i| i + 1).sum();
        format!("{bits},{}\n", sum * sum)
    });
    let game = format!("coalition,value\n{}", rows.collect::<String>());
    let report = games.solve(&game, &["--solve", "core"]);
    assert!(report["core"].get("vertices").is_none());
    assert!(report["left_out"]["vertices"].as_str().unwrap().contains("--solve vertices"));
    let report = games.solve(&game, &["--solve", "vertices", "--max-vertices", "3"]);
    assert_eq!(report["core"]["vertices_total"], 5040);
    assert_eq!(games.check(&report).0, Some(3), "5040 vertices are many edges to follow");
    let large = (1..=11).map(|i| format!("{i},{i}\n")).collect::<String>();
    let large = games.file("large.csv", &format!("player,cost\n{large}"));
    let output = run(&large, &["--solve", "vertices"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("limit 10 players"), "{}", stderr(&output));
}

/// A table in proportion to power has a point for its core, a vote only with a veto, a decisive
/// fight none.
#[test]
fn distributions_of_power_make_games() {
    let games = Games::new();
    let system = "state,power\nA,5\nB,4\nC,3\n";
    let settle = |flags: &[&str]| {
        games.solve(system, &[&["--game", "settlement", "--exact"], flags].concat())
    };
    let even = settle(&["--decisiveness", "1", "--solve", "core"]);
    assert_eq!(even["core"]["vertices"], json!([{"A": "5/12", "B": "1/3", "C": "1/4"}]));
    // P = 5/12 against 7/12, squared: 25/74.
    let two = settle(&["--solve", "least-core,nucleolus,properties"]);
    assert_eq!(two["game"]["values"][1], "25/74");
    assert_eq!(two["origin"]["rule"]["settlement"]["decisiveness"], 2.0);
    assert_eq!(two["properties"]["balanced"], false);
    let rounded = settle(&["--decisiveness", "2.5"]);
    assert_eq!(rounded["origin"]["rule"]["settlement"]["decimals"], 15);
    let strongest = settle(&["--decisiveness", "inf", "--solve", "shapley"]);
    assert_eq!(numbers(&strongest, "shapley"), ["1/3", "1/3", "1/3"]);
    let vote = games.solve(system, &["--game", "majority", "--exact", "--solve", "shapley,core"]);
    assert_eq!(numbers(&vote, "shapley"), ["1/3", "1/3", "1/3"]);
    let strengths = "player,strength\nA,5\nB,4\nC,3\n";
    let same = games.solve(strengths, &["--game", "contest", "--exact", "--solve", "least-core"]);
    assert_eq!(same["least_core"], two["least_core"]);
    for report in [&even, &two, &rounded, &strongest, &vote, &same] {
        let (code, text) = games.check(report);
        assert_eq!(code, Some(0), "{text}");
    }
    let tamperings = [
        (&two, "/origin/shares/A", json!("1/2")),
        (&two, "/origin/rule/settlement/decisiveness", json!(3.0)),
        (&two, "/game/values/1", json!("26/74")),
        (&rounded, "/game/values/1", json!("0.4")),
        (&rounded, "/origin/rule/settlement/decisiveness", json!(2.6)),
        (&strongest, "/origin/rule/settlement/decisiveness", json!("sure")),
        (&vote, "/origin/shares", json!({"A": "1/2", "B": "1/4", "C": "1/4"})),
        (&vote, "/game/rules/0/quota", json!("8")),
    ];
    for (report, pointer, value) in tamperings {
        let mut changed = report.clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        let (code, text) = games.check(&changed);
        assert_eq!(code, Some(1), "{pointer}: {text}");
    }
}

#[test]
fn flags_of_systems_belong_to_systems() {
    let games = Games::new();
    let system = "state,power,arms\nA,5,1\nB,4,2\nC,3,2\nD,1,1\n";
    let path = games.file("system.csv", system);
    let top = run(&path, &["--game", "majority", "--top", "3", "--capability", "power"]);
    assert_eq!(top.status.code(), Some(0), "{}", stderr(&top));
    let text = String::from_utf8(top.stdout).unwrap();
    let first = "system.csv  3 players, simple majority of power, power measured by power";
    assert!(text.starts_with(first), "{text}");
    for (game, flags, part) in [
        (OWEN, vec!["--quota", "51", "--top", "3"], "beside --top"),
        (OWEN, vec!["--quota", "51", "--decisiveness", "3"], "beside --decisiveness"),
        (system, vec!["--game", "settlement", "--decisiveness", "-1"], "decisiveness"),
        (system, vec!["--game", "majority", "--decisiveness", "1"], "decisiveness"),
        (system, vec!["--game", "majority", "--quota", "3"], "quota"),
        ("player,strength\nA,1\nB,2\n", vec![], "--game contest"),
        ("player,strength\nA,1\nB,2\n", vec!["--game", "contest", "--year", "1"], "--year"),
        ("player,strength\nA,1\nB,x\n", vec!["--game", "contest"], ":3: strength"),
    ] {
        let output = run(&games.file("bad.csv", game), &flags);
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        let text = stderr(&output);
        assert!(text.starts_with("error: ") && text.contains(part), "{flags:?}: {text}");
    }
}

/// Costs of 3 and of 10¹² beside each other, worths on top of 10¹⁵ a player, numbers of 60 digits.
#[test]
fn wide_ranges_and_large_offsets_are_solved_exactly() {
    let games = Games::new();
    let all = "core,least-core,nucleolus,prenucleolus";
    let costs = "player,cost\nA,7\nB,3000000000000\nC,40\nD,3\n";
    let airport = games.solve(costs, &["--solve", all, "--exact"]);
    assert_eq!(airport["core"]["nonempty"], true);
    assert_eq!(numbers(&airport, "nucleolus"), numbers(&airport, "prenucleolus"));
    // Littlechild (1974): the cheapest shares a half of its cost among two, and so on.
    assert_eq!(numbers(&airport, "nucleolus")[3], "3/2");
    assert_eq!(games.check(&airport).0, Some(0));

    let plain = "coalition,value\nA,1\nB,0\nC,2\nA+B,4\nA+C,5\nB+C,9\nA+B+C,10\n";
    let offset = plain.lines().skip(1).map(|line| {
        let (coalition, value) = line.split_once(',').unwrap();
        let members = coalition.split('+').count() as u64;
        let value: u64 = value.parse().unwrap();
        format!("{coalition},{}\n", 1_000_000_000_000_000 * members + value)
    });
    let offset = format!("coalition,value\n{}", offset.collect::<String>());
    let [plain, offset] = [plain, &offset].map(|g| games.solve(g, &["--solve", all, "--exact"]));
    assert_eq!(plain["least_core"]["value"], offset["least_core"]["value"]);
    assert_eq!(games.check(&offset).0, Some(0));

    let digits = "7".repeat(60);
    let long =
        format!("coalition,value\nA,1\nB,{digits}\nC,1/3\nA+B,{digits}9\nA+B+C,{digits}99\n");
    let long = games.solve(&long.replace("A+B+C", "A+C,5\nB+C,0\nA+B+C"), &["--solve", all]);
    assert_eq!(games.check(&long).0, Some(0));
}

/// What does not take a game is undecided beside what does, and an error alone.
#[test]
fn a_concept_that_fails_takes_no_other_along() {
    let games = Games::new();
    let path = games.file("game.csv", TALMUD);
    let flags = ["--estate", "200", "--solve", "shapley,holler", "--format", "json"];
    let output = run(&path, &flags);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["shapley"]["A"].is_f64());
    assert!(report["undecided"]["holler"].as_str().unwrap().contains("a simple game"));
    assert_eq!(games.check(&report).0, Some(0));
    let alone = run(&path, &["--estate", "200", "--solve", "holler"]);
    assert_eq!(alone.status.code(), Some(2));
    // Too many players for one, not for the other.
    let weights = (1..=60).map(|i| format!("P{i},{}\n", 1000 + i * i)).collect::<String>();
    let path = games.file("many.csv", &format!("player,weight\n{weights}"));
    let output = run(&path, &["--quota", ">50%", "--solve", "core,nucleolus"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("CORE  empty") && text.contains("nucleolus: 60 players"), "{text}");
}

/// What does not pass its check is not printed, and the rest is.
#[test]
fn what_is_not_certified_is_undecided() {
    let table = rules_of_talmud();
    let options = Options { concepts: None, ..Options::default() };
    let mut found = solve(&table, &options, &Work::default()).unwrap();
    let pristine = CoalitionReport::new(&table, "talmud", &found, true);
    let pristine = pristine.certified(&table).unwrap();
    assert!(pristine.undecided.0.is_empty() && pristine.nucleolus.is_some());
    found.nucleolus.as_mut().unwrap().allocation.swap(0, 2);
    found.values[0].1.swap(0, 2);
    let report = CoalitionReport::new(&table, "talmud", &found, true).certified(&table).unwrap();
    assert!(report.nucleolus.is_none() && report.certificates.nucleolus.is_none());
    assert!(report.shapley.is_none());
    assert_eq!(report.core, pristine.core);
    assert_eq!(report.prenucleolus, pristine.prenucleolus);
    for concept in ["nucleolus", "shapley"] {
        let why = report.undecided.get(concept).unwrap();
        assert!(why.contains("report this as a fault of equipoise 0."), "{why}");
    }
    assert!(report.text().contains("UNDECIDED"));
}

fn rules_of_talmud() -> Game {
    let claims: Vec<RBig> = [100, 200, 300].map(RBig::from).to_vec();
    rules::bankruptcy(numbered(3), &RBig::from(200), &claims).unwrap().into()
}

/// Nothing is begun when the time is up, whatever the kind of game.
#[test]
fn the_time_limit_holds_for_every_concept() {
    let games = Games::new();
    let system = (1..=22).map(|i| format!("S{i},{}\n", 1000 + 37 * i * i)).collect::<String>();
    let system = format!("state,power\n{system}");
    for (text, flags) in [
        (TALMUD, vec!["--estate", "200"]),
        (OWEN, vec!["--quota", "51"]),
        (&*system, vec!["--game", "settlement"]),
        (&*system, vec!["--game", "majority"]),
    ] {
        let path = games.file("game.csv", text);
        let output = run(&path, &[&flags[..], &["--time-limit", "0", "--format", "json"]].concat());
        assert_eq!(output.status.code(), Some(1), "{flags:?}: {}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["undecided"].as_object().unwrap().len(), 16, "{flags:?}");
    }
}

/// The core of many weights: proved by the others of a few parts.
#[test]
fn the_core_of_thousands_of_weights_has_a_short_proof() {
    let games = Games::new();
    let weights = (0..2000).map(|i| format!("p{i},{}\n", 1 + i % 90)).collect::<String>();
    let weights = format!("player,weight\n{weights}");
    let report = games.solve(&weights, &["--quota", ">50%", "--solve", "core"]);
    assert_eq!(report["core"]["nonempty"], false);
    assert!(report["certificates"]["core"]["balanced"].as_array().unwrap().len() <= 3);
    assert_eq!(games.check(&report).0, Some(0));
}

/// Powers of more than 36 digits are rounded, and the game is still the system's.
#[test]
fn many_states_of_long_powers_make_a_settlement() {
    let games = Games::new();
    let power = |i: u32| format!("S{i},{}.{:019}{:019}\n", 3 + i % 3, 1 + i % 3, 7 * (i % 3));
    let system = (1..=26).map(power).collect::<String>();
    let flags = ["--game", "settlement", "--solve", "nucleolus"];
    let report = games.solve(&format!("state,power\n{system}"), &flags);
    assert!(report["nucleolus"]["S26"].is_f64());
    let (code, text) = games.check(&report);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn indices_of_many_players_are_counted_again() {
    let games = Games::new();
    let row = |i: u32| format!("p{i},{}\n", i % 9);
    let game = "player,weight\n".to_owned() + &(1..=40).map(row).collect::<String>();
    let concepts = "shapley,banzhaf,banzhaf-normalized,deegan-packel,holler,johnston";
    let report = games.solve(&game, &["--quota", ">50%", "--solve", concepts, "--exact"]);
    let (code, text) = games.check(&report);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Accepted: all"), "{text}");
    for index in ["shapley", "banzhaf_normalized", "deegan_packel", "holler", "johnston"] {
        // It still adds up to 1.
        let mut forged = report.clone();
        let numbers = forged[index].as_object_mut().unwrap();
        numbers.values_mut().for_each(|number| *number = "0".into());
        numbers["p8"] = "1".into();
        let (code, text) = games.check(&forged);
        assert_eq!(code, Some(1), "{index}: {text}");
        assert!(text.contains(&format!("{index}: the numbers follow")), "{text}");
    }
    let mut forged = report.clone();
    forged["simple"]["minimal_winning_total"] = "12".into();
    assert_eq!(games.check(&forged).0, Some(1));
}
