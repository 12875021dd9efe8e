//! `equipoise coalition` on games with alliances and links in them, as users type it.

use serde_json::Value;

use crate::common::Folder;

/// Owen (1977): the council of 40, 30, 20 and 10 votes, in which 51 win.
const COUNCIL: &str = "player,weight\nA,40\nB,30\nC,20\nD,10\n";
const GLOVE: &str = "coalition,value\nL,0\nR,0\nS,0\nL+R,1\nL+S,1\nR+S,0\nL+R+S,1\n";

fn json(folder: &Folder, game: &str, flags: &[&str]) -> Value {
    let flags = [flags, &["--solve", "shapley", "--exact", "--format", "json"]].concat();
    let (code, out, said) = folder.run("coalition", game, &flags);
    assert_eq!(code, Some(0), "{said}");
    serde_json::from_str(&out).unwrap()
}

fn numbers(report: &Value) -> Vec<&str> {
    report.as_object().unwrap().values().map(|value| value.as_str().unwrap()).collect()
}

#[test]
fn values_inside_alliances_are_the_published_ones() {
    let folder = Folder::new();
    // Two right gloves united (Owen 1977, Aumann & Drèze 1974): the left one and the pair share
    // equally, and the pair alone has nothing.
    let found = json(&folder, GLOVE, &["--blocs", "R+S"]);
    assert_eq!(numbers(&found["alliances"]["owen"]), ["1/2", "1/4", "1/4"]);
    assert_eq!(numbers(&found["alliances"]["aumann_dreze"]), ["0", "0", "0"]);
    assert_eq!(found["alliances"]["blocs"][1]["members"], serde_json::json!(["R", "S"]));
    assert_eq!(found["alliances"]["blocs"][1]["shapley"], "1/2");
    // A pair with one glove of each sort: by Aumann and Drèze it halves what it is worth.
    let found = json(&folder, GLOVE, &["--blocs", "L+R"]);
    assert_eq!(numbers(&found["alliances"]["aumann_dreze"]), ["1/2", "1/2", "0"]);
    assert_eq!(numbers(&found["alliances"]["owen"]), ["3/4", "1/4", "0"]);
    // With everybody alone, or all together, Owen's value is Shapley's.
    for blocs in ["A", "A+B+C+D"] {
        let found = json(&folder, COUNCIL, &["--quota", "51", "--blocs", blocs]);
        assert_eq!(found["alliances"]["owen"], found["shapley"]);
    }
}

#[test]
fn who_links_two_others_gets_most() {
    let folder = Folder::new();
    // Myerson (1977): unanimity and majority of three, linked through the second.
    let links = folder.write("links.csv", "ccode1,ccode2,commitment\n1,2,1\n2,3,1\n1,3,0\n");
    let game = "coalition,value\n1,0\n2,0\n3,0\n1+2,1\n1+3,1\n2+3,1\n1+2+3,1\n";
    let found = json(&folder, game, &["--links", links.to_str().unwrap()]);
    assert_eq!(numbers(&found["network"]["myerson"]), ["1/6", "2/3", "1/6"]);
    assert_eq!(found["network"]["links"], serde_json::json!([["1", "2"], ["2", "3"]]));
}

#[test]
fn tables_hold_every_number_and_the_text_says_what_they_are() {
    let folder = Folder::new();
    let links = folder.write("links.csv", "state1,state2,link\nL,R,1\n");
    let links = links.to_str().unwrap();
    let flags = ["--blocs", "L+R", "--links", links, "--solve", "shapley", "--exact"];
    let (_, csv, _) = folder.run("coalition", GLOVE, &[&flags[..], &["--format", "csv"]].concat());
    for row in [
        "owen,L,3/4,",
        "banzhaf_owen,L,3/4,",
        "aumann_dreze,R,1/2,",
        "myerson,S,0,",
        "alliance worth,L+R,1,",
        "alliance shapley,S,0,",
        "component worth,L+R,1,",
        "network,link,,L+R",
    ] {
        assert!(csv.lines().any(|line| line == row), "{row} in\n{csv}");
    }
    let (_, text, _) = folder.run("coalition", GLOVE, &flags);
    assert!(text.contains("ALLIANCES  {L R} {S}\n  {L R} is worth 1 by itself"), "{text}");
    assert!(text.contains("NETWORK  {L R} {S}\n  Links: L–R.\n"), "{text}");
    assert!(text.contains("Aumann-Drèze: the Shapley value inside its alliance"), "{text}");
}

#[test]
fn bad_input_is_located_and_a_remedy_named() {
    let folder = Folder::new();
    let pairs = |text: &str| folder.write("pairs.csv", text).to_str().unwrap().to_owned();
    let said = |flag: &str, value: &str| {
        let (code, _, said) = folder.run("coalition", GLOVE, &[flag, value]);
        assert_eq!(code, Some(2), "{said}");
        said
    };
    let unknown = said("--blocs", "L+X");
    assert!(unknown.contains("expected players of the game (L, R, S), found \"X\""), "{unknown}");
    let twice = said("--blocs", "L+R,R+S");
    assert!(twice.contains("expected each player in one bloc, as in A+B,C+D, found R twice"));
    let unknown = said("--links", &pairs("state1,state2,link\nL,R,1\nL,Q,1\n"));
    assert!(
        unknown.contains("pairs.csv:3: expected a player of the game, found \"Q\""),
        "{unknown}"
    );
    assert!(unknown.contains("name one of L, R, S"), "{unknown}");
    let itself = said("--links", &pairs("state1,state2,link\nL,L,1\n"));
    assert!(itself.contains("pairs.csv:2: expected two players, found L twice"), "{itself}");
    let columns = said("--links", &pairs("state1,state2,distance\nL,R,1\n"));
    assert!(columns.contains("expected a column link or commitment, found distance"), "{columns}");
    let columns = said("--links", &pairs("a,b,link\nL,R,1\n"));
    assert!(columns.contains("expected columns state1 and state2"), "{columns}");
    let cell = said("--links", &pairs("state1,state2,link\nL,R,2\n"));
    assert!(cell.contains("pairs.csv:2: link: expected 0 or 1, found \"2\""), "{cell}");
    let hedonic = "player,preferences\nA,A+B\nB,A+B\n";
    let (code, _, error) = folder.run("coalition", hedonic, &["--blocs", "A+B"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("blocs: expected none for a hedonic game"), "{error}");
}

#[test]
fn states_outside_the_system_are_counted_and_time_is_kept() {
    let folder = Folder::new();
    let links = folder.write("links.csv", "state1,state2,link\nA,B,1\nA,Z,1\n");
    let links = links.to_str().unwrap();
    let system = "state,power\nA,5\nB,4\nC,3\n";
    let flags = ["--game", "settlement", "--links", links, "--solve", "shapley"];
    let (code, text, said) = folder.run("coalition", system, &flags);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("ignored 1 pairs that are not of two states of the system"), "{said}");
    assert!(text.contains("NETWORK  {A B} {C}"), "{text}");
    let late = [&flags[..], &["--blocs", "A+B", "--time-limit", "0"]].concat();
    let (code, text, said) = folder.run("coalition", system, &late);
    assert_eq!(code, Some(1), "{said}");
    assert!(text.contains("alliances: the time was up"), "{text}");
}
