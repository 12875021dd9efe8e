//! Stable partitions of hedonic games, against their definitions and the literature; the
//! command line on them.

use assert_cmd::Command;
use equipoise::certify::partitions::hedonic::{is_stable, upsets};
use equipoise::coalition::{Coalition, Partition};
use equipoise::game::cooperative::numbered;
use equipoise::game::hedonic::HedonicGame;
use equipoise::solve::partitions::hedonic::{
    HedonicFinding, Stability, StablePartitions, objection, stable_partitions,
};
use serde_json::{Value, json};

fn generated(n: usize, seed: u64, levels: u64, largest: usize) -> HedonicGame {
    let worth = |i: usize, set: Coalition| {
        let mut x = seed ^ (i as u64) << 40 ^ set.bits() << 8;
        for _ in 0..4 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            x ^= x >> 29;
        }
        x % levels
    };
    HedonicGame::new(numbered(n), worth).unwrap().with_largest(largest)
}

/// The partitions in the core, strict core, Nash, individually and contractually stable, from
/// the definitions.
fn by_definition(game: &HedonicGame) -> [Vec<Partition>; 5] {
    let n = game.players();
    let mut found: [Vec<Partition>; 5] = Default::default();
    let allowed = |p: &Partition| p.blocs().iter().all(|&bloc| game.allows(bloc));
    for partition in Partition::all(n).filter(allowed) {
        let gain = |i: usize, set: Coalition| {
            i64::from(game.rank(i, set)) - i64::from(game.rank(i, partition.bloc_of(i)))
        };
        let mut stable = [true; 5];
        for set in Coalition::all(n).filter(|&set| game.allows(set)) {
            let gains: Vec<i64> = set.members().map(|i| gain(i, set)).collect();
            stable[0] &= !gains.iter().all(|&g| g > 0);
            stable[1] &= !(gains.iter().all(|&g| g >= 0) && gains.iter().any(|&g| g > 0));
        }
        for i in 0..n {
            let old = partition.bloc_of(i);
            for &to in partition.blocs().iter().chain([&Coalition::EMPTY]) {
                let new = to.with(i);
                if to == old || !game.allows(new) || gain(i, new) <= 0 {
                    continue;
                }
                let welcome = to.members().all(|j| gain(j, new) >= 0);
                let released = old.without(i).members().all(|j| gain(j, old.without(i)) >= 0);
                stable[2] = false;
                stable[3] &= !welcome;
                stable[4] &= !(welcome && released);
            }
        }
        for (list, stable) in found.iter_mut().zip(stable) {
            if stable {
                list.push(partition.clone());
            }
        }
    }
    found.map(|mut list| {
        list.sort();
        list
    })
}

fn senses(finding: HedonicFinding) -> [Vec<Partition>; 5] {
    let sorted = |stable: StablePartitions| {
        let mut list = stable.partitions;
        assert_eq!(list.len() as u64, stable.total);
        list.sort();
        list
    };
    [
        sorted(finding.core_stable),
        sorted(finding.strict_core_stable),
        sorted(finding.nash_stable),
        sorted(finding.individually_stable),
        sorted(finding.contractually_stable),
    ]
}

#[test]
fn stable_partitions_are_those_of_the_definitions() {
    for n in 1..=6 {
        for seed in 0..12 {
            for (levels, largest) in [(1000, n), (3, n), (5, 2)] {
                let game = generated(n, seed, levels, largest);
                let found = senses(stable_partitions(&game, usize::MAX));
                assert_eq!(found, by_definition(&game), "n {n} seed {seed} levels {levels}");
            }
        }
    }
}

fn partitions(n: usize, lists: &[&[&[usize]]]) -> Vec<Partition> {
    let bloc = |players: &&[usize]| players.iter().map(|i| i - 1).collect::<Coalition>();
    let mut all: Vec<Partition> = lists
        .iter()
        .map(|blocs| Partition::new(n, blocs.iter().map(bloc).collect()).unwrap())
        .collect();
    all.sort();
    all
}

#[test]
fn two_is_a_company_three_is_a_crowd() {
    // Bogomolnaia & Jackson (2002): no stable partition of any kind but the contractual.
    let text = b"player,best,second,third,worst\n1,1+2,1+3,1,1+2+3\n2,2+3,1+2,2,1+2+3\n3,1+3,2+3,3,1+2+3\n";
    let game = HedonicGame::read(text, "prefs.csv").unwrap();
    let [core, strict, nash, individual, contractual] = senses(stable_partitions(&game, 99));
    assert!(core.is_empty() && strict.is_empty() && nash.is_empty() && individual.is_empty());
    let pairs: [&[&[usize]]; 3] = [&[&[1], &[2, 3]], &[&[1, 2], &[3]], &[&[1, 3], &[2]]];
    assert_eq!(contractual, partitions(3, &pairs));
}

#[test]
fn marriages_have_their_three_stable_matchings() {
    // Gale & Shapley (1962), example 1.
    let orders = [[4, 5, 6], [5, 6, 4], [6, 4, 5], [2, 3, 1], [3, 1, 2], [1, 2, 3]];
    let mut text = String::from("player,first,second,third\n");
    for (i, order) in orders.iter().enumerate() {
        let pairs: Vec<String> = order.iter().map(|j| format!("{}+{j}", i + 1)).collect();
        text += &format!("{},{}\n", i + 1, pairs.join(","));
    }
    let game = HedonicGame::read(text.as_bytes(), "marriage.csv").unwrap().with_largest(2);
    let found = stable_partitions(&game, 99);
    let expected: [&[&[usize]]; 3] =
        [&[&[1, 4], &[2, 5], &[3, 6]], &[&[1, 5], &[2, 6], &[3, 4]], &[&[1, 6], &[2, 4], &[3, 5]]];
    assert_eq!(senses(found)[0], partitions(6, &expected));
}

#[test]
fn values_are_read_and_errors_located() {
    let text = b"player,coalition,value\nA,A,0\nA,A+B,1\nB,B,0\nB,A+B,-1/2\n";
    let game = HedonicGame::read(text, "stalker.csv").unwrap();
    let [core, _, nash, ..] = senses(stable_partitions(&game, 9));
    assert_eq!(core, [Partition::singletons(2)]);
    assert!(nash.is_empty(), "the stalker follows, the stalked flees");
    for (text, part) in [
        ("player,coalition,value\nA,B,0\nB,B,1\n", "h.csv:2: coalition"),
        ("player,coalition,value\nA,A,0\nA,A,1\n", "h.csv:3"),
        ("player,coalition,value\nA,A,zero\n", "h.csv:2: value"),
        ("player,first\nA,A+C\n", "no player"),
        ("player,preferences\nA,A > A\n", "h.csv:2: preferences: A names A twice"),
        ("player,preferences\nA,A+B > > A\nB,B\n", "\"\" in"),
        ("player,rank,coalition\nA,best,A\n", "h.csv:2: rank"),
        ("player,wishes\nA,A\n", "player,preferences"),
        ("player,first\nA,A\nA,A\n", "named twice"),
        ("player,first\n", "0 players"),
    ] {
        let error = HedonicGame::read(text.as_bytes(), "h.csv").unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn objections_are_found_and_certified_wherever_a_partition_is_not_stable() {
    for seed in 0..20 {
        let game = generated(4, seed, 4, if seed % 2 == 0 { 4 } else { 2 });
        let stable = by_definition(&game);
        for partition in Partition::all(4) {
            if !partition.blocs().iter().all(|&bloc| game.allows(bloc)) {
                continue;
            }
            for (sense, stable) in Stability::ALL.into_iter().zip(&stable) {
                let found = objection(&game, &partition, sense);
                assert_eq!(found.is_none(), stable.contains(&partition));
                assert_eq!(is_stable(&game, &partition, sense), found.is_none());
                if let Some(objection) = found {
                    assert!(upsets(&game, &partition, sense, &objection));
                }
            }
        }
    }
}

#[test]
fn preference_lists_say_all_that_there_is() {
    for (n, seed) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (5, 5)] {
        for levels in [2, 3, 1000] {
            let game = generated(n, seed, levels, n);
            let again = HedonicGame::of_lists(numbered(n), &game.lists()).unwrap();
            for i in 0..n {
                let own = || Coalition::all(n).filter(|set| set.contains(i));
                for (s, t) in own().flat_map(|s| own().map(move |t| (s, t))) {
                    let order = |game: &HedonicGame| game.rank(i, s).cmp(&game.rank(i, t));
                    assert_eq!(order(&game), order(&again), "{n} {seed} {levels}");
                }
            }
        }
    }
}

#[test]
fn the_three_forms_of_a_file_are_the_same_game() {
    let forms: [&[u8]; 4] = [
        b"player,preferences\nA,A+B = A+C > A+B+C > A\nB,A+B\nC,\n",
        b"player,first,second\nA,A+B = A+C,A+B+C\nB,A+B\nC\n",
        b"player,rank,coalition\nA,1,A+B\nA,1,A+C\nA,2,A+B+C\nB,7,B+A\nC,1,C\n",
        b"player,coalition,value\nA,A+B,1/2\nA,A+C,0.5\nA,A+B+C,0\nA,A,-3\nB,A+B,-1\nC,C,0\n",
    ];
    let [first, others @ ..] = forms.map(|form| HedonicGame::read(form, "h.csv").unwrap());
    assert!(others.iter().all(|other| *other == first), "{others:?}");
    // What is not named is worse than being alone, and all of it is equal.
    let rank = |i, bits| first.rank(i, Coalition(bits));
    assert!(rank(1, 0b011) > rank(1, 0b010));
    assert!(rank(1, 0b010) > rank(1, 0b110));
    assert_eq!(rank(1, 0b110), rank(1, 0b111));
}

/// The command line on a game: exit code, standard output, standard error.
fn run(game: &str, flags: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.csv");
    std::fs::write(&path, game).unwrap();
    let output = Command::cargo_bin("equipoise")
        .unwrap()
        .arg("coalition")
        .arg(path)
        .args(flags)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn solve(game: &str, flags: &[&str]) -> Value {
    let (code, out, error) = run(game, &[flags, &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{error}");
    serde_json::from_str(&out).unwrap()
}

/// What `check` says of a report: exit code and output.
fn check(report: &Value) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    std::fs::write(&path, report.to_string()).unwrap();
    let output = Command::cargo_bin("equipoise").unwrap().arg("check").arg(path).output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(all).unwrap())
}

fn totals(report: &Value) -> Vec<u64> {
    let total = |sense: &Stability| report["hedonic"]["stable"][sense.name()]["total"].as_u64();
    Stability::ALL.iter().map(|sense| total(sense).unwrap()).collect()
}

/// Two is a company, three is a crowd: Bogomolnaia & Jackson (2002).
const CROWD: &str = "player,preferences\n1,1+2 > 1+3 > 1 > 1+2+3\n\
                     2,2+3 > 1+2 > 2 > 1+2+3\n3,1+3 > 2+3 > 3 > 1+2+3\n";
/// An undesired guest: Bogomolnaia & Jackson (2002).
const GUEST: &str = "player,preferences\n1,1+2 > 1 > 1+2+3 > 1+3\n\
                     2,1+2 > 2 > 1+2+3 > 2+3\n3,1+2+3 > 2+3 > 1+3 > 3\n";
/// A circle of pairs with an acceptable grand coalition, after Banerjee, Konishi & Sönmez
/// (2001): whichever pair forms, one of it does better with the third.
const CIRCLE: &str = "player,preferences\n1,1+2 > 1+3 > 1+2+3 > 1\n\
                      2,2+3 > 1+2 > 1+2+3 > 2\n3,1+3 > 2+3 > 1+2+3 > 3\n";
/// The problem of the roommates (Gale & Shapley 1962): three love in a circle and nobody the
/// fourth; whoever has to live with it can do better with one of the others.
const ROOMMATES: &str = "player,first,second,third\na,a+b,a+c,a+d\nb,b+c,a+b,b+d\n\
                         c,a+c,b+c,c+d\nd,a+d,b+d,c+d\n";

#[test]
fn published_games_come_out_on_the_command_line() {
    // The core, the strict core, Nash, individually and contractually stable partitions.
    for (game, expected) in [
        (CROWD, [0, 0, 0, 0, 3]),
        (GUEST, [1, 1, 0, 1, 4]),
        (CIRCLE, [0, 0, 1, 1, 4]),
        (ROOMMATES, [0, 0, 3, 3, 3]),
    ] {
        let report = solve(game, &[]);
        let (code, text) = check(&report);
        assert_eq!(code, Some(0), "{text}");
        assert_eq!(totals(&report), expected, "{game}");
    }
    let guest = solve(GUEST, &["--solve", "core"]);
    assert_eq!(guest["hedonic"]["stable"]["core"]["partitions"], json!([[["1", "2"], ["3"]]]),);
    assert!(guest["hedonic"]["stable"].get("nash").is_none(), "only what was asked for");
    // That the roommates' core is empty is shown partition by partition, 15 of them.
    let rooms = solve(ROOMMATES, &["--solve", "core"]);
    let upset = rooms["hedonic"]["upset"].as_array().unwrap();
    assert_eq!(upset.len(), 15);
    assert!(upset.iter().all(|upset| upset["coalition"].is_array()));
}

#[test]
fn tampered_reports_on_hedonic_games_are_refused() {
    let guest = solve(GUEST, &[]);
    let crowd = solve(CROWD, &[]);
    let tamperings: &[(&Value, &str, Value)] = &[
        (&guest, "/hedonic/stable/core/total", json!(2)),
        (&guest, "/hedonic/stable/core/partitions", json!([])),
        (&guest, "/hedonic/stable/core/partitions/0", json!([["1"], ["2"], ["3"]])),
        (&guest, "/hedonic/stable/core/partitions/0", json!([["1", "2"]])),
        (&guest, "/hedonic/stable/nash", json!({"total": 1, "partitions": [[["1", "2", "3"]]]})),
        (&guest, "/hedonic/upset/0/sense", json!("peace")),
        (&guest, "/hedonic/upset/0/coalition", json!(["1", "3"])),
        (&guest, "/hedonic/upset/0/coalition", json!([])),
        (&guest, "/hedonic/stable", json!({})),
        (&guest, "/game/preferences/1", json!([[["1", "2", "3"]]])),
        (&crowd, "/hedonic/stable/contractual/total", json!(2)),
        (&crowd, "/hedonic/upset/3/player", json!("4")),
    ];
    for (report, pointer, value) in tamperings {
        let mut changed = (*report).clone();
        *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        let (code, text) = check(&changed);
        assert_eq!(code, Some(1), "{pointer}: {text}");
        assert!(text.contains("REFUTED"), "{pointer}: {text}");
    }
    let mut payoffs = guest.clone();
    payoffs["shapley"] = json!({"1": 0.5, "2": 0.5, "3": 0.0});
    assert_eq!(check(&payoffs).0, Some(1), "a hedonic game has no payoffs");
    let mut other = guest.clone();
    other["game"] = json!({"kind": "table", "sense": "worth", "values": ["0", "1"]});
    assert_eq!(check(&other).0, Some(2), "preferences must be there");
}

#[test]
fn what_does_not_fit_a_game_is_refused_with_what_does() {
    let worths = "coalition,value\nA,0\nB,0\nA+B,1\n";
    for (game, flags, part) in [
        (CROWD, vec!["--solve", "shapley"], "strict-core"),
        (CROWD, vec!["--quota", "3"], "hedonic"),
        (CROWD, vec!["--plot", "f.svg"], "hedonic"),
        (worths, vec!["--solve", "nash"], "player,preferences"),
    ] {
        let (code, _, error) = run(game, &flags);
        assert_eq!(code, Some(2), "{flags:?}");
        assert!(error.contains(part), "{flags:?}: {error}");
    }
    let (_, text, _) = run(CROWD, &[]);
    for part in ["core         none", "contractual  3", "{1 2} {3}", "would leave"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let (_, csv, _) = run(CROWD, &["--format", "csv", "--solve", "contractual"]);
    assert!(csv.contains("contractual,partition,,1+2 | 3\n"), "{csv}");
}

#[cfg(unix)]
#[test]
fn both_kinds_of_game_come_out_of_a_pipe() {
    for (game, part) in [(CROWD, "STABLE"), ("coalition,value\nA,0\nB,0\nA+B,1\n", "Shapley")] {
        let mut command = Command::cargo_bin("equipoise").unwrap();
        command.args(["coalition", "/dev/stdin"]).write_stdin(game);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(part), "{text}{}", String::from_utf8_lossy(&output.stderr));
    }
}
