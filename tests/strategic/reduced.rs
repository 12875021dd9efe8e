//! Games in extensive form and action-graph games, by their strategic form: literature, the
//! definitions, errors.

use dashu_ratio::RBig;
use serde_json::Value;

use equipoise::game::StrategicTable;
use equipoise::game::reduced::read;

use crate::common::Folder;

/// Myerson (1991), Game Theory, section 2.1: poker with one card.
const POKER: &str = r#"EFG 2 R "poker" { "Fred" "Alice" }
"One card is dealt."
c "" 1 "" { "red" 1/2 "black" 1/2 } 0
p "" 1 1 "" { "raise" "fold" } 0
p "" 2 1 "" { "meet" "pass" } 0
t "" 1 "big" { 2, -2 }
t "" 2 "small" { 1, -1 }
t "" 2
p "" 1 2 "" { "raise" "fold" } 0
p "" 2 1 0
t "" 3 "" { -2 2 }
t "" 2 "small" { 1, -1 }
t "" 4 "" { -1, 1 }
"#;

/// The prisoners' dilemma as an action graph.
const DILEMMA: &str = "#AGG\n2 # players\n2 # nodes\n0\n2 2\n0 1\n0 1\n2 0 1\n2 1 0\n\
                       0 0 3\n0 5 1\n";

fn game(text: &str) -> StrategicTable {
    read(text.as_bytes(), "game").unwrap().unwrap()
}

fn refused(text: &str) -> String {
    read(text.as_bytes(), "game").unwrap().unwrap_err().to_string()
}

fn payoffs(game: &StrategicTable, player: usize) -> Vec<RBig> {
    (0..game.len()).map(|profile| game.payoff(player, profile)).collect()
}

fn whole(numbers: &[i64]) -> Vec<RBig> {
    numbers.iter().map(|&number| RBig::from(number)).collect()
}

#[test]
fn poker_is_reduced_and_has_its_published_equilibrium() {
    let table = game(POKER);
    let [fred, alice] = table.roster() else { panic!() };
    assert_eq!(fred.strategies, ["raise/raise", "raise/fold", "fold/raise", "fold/fold"]);
    assert_eq!(alice.strategies, ["meet", "pass"]);
    let half = |numbers: &[i64]| -> Vec<RBig> {
        numbers.iter().map(|&number| RBig::from_parts(number.into(), 2u8.into())).collect()
    };
    assert_eq!(payoffs(&table, 0), half(&[0, 1, -1, 0, 2, 0, 2, 0]));
    let folder = Folder::new();
    let flags = ["--solve", "mixed", "--exact", "--format", "json"];
    let (code, out, said) = folder.run("game", POKER, &flags);
    assert_eq!(code, Some(0), "{said}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["mixed"].as_array().unwrap().len(), 1);
    let profile = &report["mixed"][0]["profile"];
    assert_eq!(profile[0], serde_json::json!(["1/3", "2/3", "0", "0"]));
    assert_eq!(profile[1], serde_json::json!(["2/3", "1/3"]));
    assert_eq!(report["mixed"][0]["payoffs"], serde_json::json!(["1/3", "-1/3"]));
}

#[test]
fn what_a_strategy_rules_out_is_left_open() {
    // The centipede of three moves: who stops at once does not come to move again.
    let text = r#"EFG 2 R "centipede" { "A" "B" }
p "" 1 1 "" { "stop" "go" } 0
t "" 1 "" { 1 0 }
p "" 2 1 "" { "stop" "go" } 0
t "" 2 "" { 0 2 }
p "" 1 2 "" { "stop" "go" } 0
t "" 3 "" { 3 1 }
t "" 4 "" { 2 4 }
"#;
    let table = game(text);
    assert_eq!(table.roster()[0].strategies, ["stop/*", "go/stop", "go/go"]);
    assert_eq!(payoffs(&table, 0), whole(&[1, 0, 0, 1, 3, 2]));
    assert_eq!(payoffs(&table, 1), whole(&[0, 2, 2, 0, 1, 4]));
    // What nodes on a path pay adds up.
    let paid = text.replacen("{ \"stop\" \"go\" } 0", "{ \"stop\" \"go\" } 9 \"\" { 10 20 }", 1);
    assert_eq!(payoffs(&game(&paid), 0), whole(&[11, 10, 10, 11, 13, 12]));
    // Names that do not tell actions apart give way to numbers.
    let nameless = text.replace("\"go\"", "\"stop\"");
    assert_eq!(game(&nameless).roster()[0].strategies, ["1/*", "2/1", "2/2"]);
}

#[test]
fn action_graphs_are_laid_out() {
    let table = game(DILEMMA);
    assert_eq!(payoffs(&table, 0), whole(&[3, 5, 0, 1]));
    assert_eq!(payoffs(&table, 1), whole(&[3, 0, 5, 1]));
    // The same by a list of counts.
    let listed = DILEMMA.replace("0 0 3\n", "1 2\n[ 2 0 ] 3\n[ 1 1 ] 0\n");
    assert_eq!(payoffs(&game(&listed), 0), whole(&[3, 5, 0, 1]));
    // Three players who gain by the number at the other place, and by whether somebody is there.
    let functions = |kind: u8, payoffs: [&str; 2]| {
        let graph = "#AGG\n3\n2\n1\n2 2 2\n0 1\n0 1\n0 1\n1 2\n1 1\n1 1\n";
        game(&format!("{graph}{kind}\n0 {}\n0 {}\n", payoffs[0], payoffs[1]))
    };
    let by_sum = functions(0, ["0 10 20", "1 2 3"]);
    assert_eq!(payoffs(&by_sum, 0), whole(&[0, 1, 10, 2, 10, 2, 20, 3]));
    let by_any = functions(1, ["0 10", "1 2 3"]);
    assert_eq!(payoffs(&by_any, 0), whole(&[0, 1, 10, 2, 10, 2, 10, 3]));
}

#[test]
fn other_files_are_not_taken_for_these() {
    for text in ["NFG 1 R \"x\" { } { }", "Row,Column,payoff Row", ""] {
        assert!(read(text.as_bytes(), "game").is_none());
    }
}

#[test]
fn errors_name_the_line_and_the_remedy() {
    let cases = [
        (
            POKER.replace("1/2 \"black\" 1/2", "1/2 \"black\" 1/3"),
            "game:3: column 35: expected probabilities that sum to 1, found 5/6",
        ),
        (
            POKER.replace("p \"\" 2 1 0", "p \"\" 3 1 0"),
            "expected a player's number, 1 to 2, found 3",
        ),
        (
            POKER.replace("t \"\" 4 \"\" { -1, 1 }\n", ""),
            "expected a node, found the end of the file",
        ),
        (POKER.replace("t \"\" 2\np", "t \"\" 7\np"), "outcome 7 has no payoffs"),
        (
            POKER.replace("{ 1, -1 }\nt \"\" 4", "{ 1, -2 }\nt \"\" 4"),
            "outcome 2 had other payoffs",
        ),
        (POKER.replace("p \"\" 2 1 0", "p \"\" 2 9 0"), "information set 9 has no actions"),
        (format!("{POKER}t \"\" 2\n"), "expected the end of the file, found \"t\""),
        (POKER.replace("EFG 2", "EFG 3"), "expected version 2, found \"3\""),
        (DILEMMA.replace("0 5 1", "0 5"), "game:11: expected a payoff, found the end of the file"),
        (
            DILEMMA.replace("0 5 1", "2 5 1"),
            "expected payoffs of form 0 (all) or 1 (listed), found 2",
        ),
        (DILEMMA.replace("0 5 1", "0 5 1 7"), "game:11: expected the end of the file"),
        (DILEMMA.replace("0 1\n0 1\n", "0 1\n0 5\n"), "expected an action node, found \"5\""),
        (
            DILEMMA.replace("0 0 3\n", "1 1\n[ 2 0 ] 3\n"),
            "node 0 has no payoff for the counts [1, 1]",
        ),
        (
            DILEMMA.replace("#AGG", "#BAGG"),
            "game:1: expected an action-graph game, found a Bayesian one",
        ),
    ];
    for (text, expected) in cases {
        let said = refused(&text);
        assert!(said.contains(expected), "{expected:?} in {said:?}");
    }
}

#[test]
fn large_games_are_refused_with_the_way() {
    let mut tree = "EFG 2 R \"wide\" { \"A\" \"B\" }\n".to_owned();
    tree.push_str("c \"\" 1 \"\" {");
    (0..21).for_each(|k| tree.push_str(&format!(" \"{k}\" 1/21")));
    tree.push_str(" } 0\n");
    for k in 1..=21 {
        tree.push_str(&format!("p \"\" 1 {k} \"\" {{ \"x\" \"y\" }} 0\nt \"\" 0\nt \"\" 0\n"));
    }
    let said = refused(&tree);
    assert!(said.contains("the strategies of A (limit"), "{said}");
    assert!(said.contains("have it solved there as a tree"), "{said}");
    let sizes = "2 ".repeat(21);
    let sets = "0 1\n".repeat(21);
    let said = refused(&format!("#AGG\n21\n2\n0\n{sizes}\n{sets}1 0\n1 1\n0 1\n0 1\n"));
    assert!(said.contains("(limit 1048576 profiles); solve it in Gambit"), "{said}");
}

#[test]
fn both_forms_are_read_from_files_and_standard_input() {
    let folder = Folder::new();
    for (name, text) in [("poker.efg", POKER), ("dilemma.agg", DILEMMA)] {
        let path = folder.write(name, text);
        let mut command = crate::common::equipoise("game - --solve pure");
        let output = command.write_stdin(text).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut command = crate::common::equipoise("game --solve pure");
        assert!(command.arg(path).output().unwrap().status.success());
    }
}

#[test]
fn no_change_of_a_byte_is_more_than_an_error() {
    for text in [POKER, DILEMMA] {
        for at in 0..text.len() {
            for byte in [b"".as_slice(), b"9", b"{", b"\"", b" ", b"-"] {
                let changed = [&text.as_bytes()[..at], byte, &text.as_bytes()[at + 1..]].concat();
                let _ = read(&changed, "game");
            }
            let _ = read(&text.as_bytes()[..at], "game");
        }
    }
}
