//! Mixed equilibria: how many, how they hang together, in fractions; and what is left undecided.

use serde_json::{Value, json};

use crate::game_cli::{CHICKEN, SEXES, accepted, equipoise, json_of, refused, spreadsheet};

/// Each of `players` players of `count` strategies is paid by whether all play the same.
fn coordination(players: usize, count: usize) -> String {
    let names: Vec<String> = (1..=count).map(|a| a.to_string()).collect();
    let own: Vec<&str> = names.iter().map(String::as_str).collect();
    spreadsheet(&vec![&own[..]; players], |s, _| {
        if s.iter().all(|a| *a == s[0]) { s[0] as i64 + 1 } else { 0 }
    })
}

/// Payoffs from a fixed sequence of pseudo-random numbers.
fn random(players: usize, count: usize, mut state: u64) -> String {
    let names: Vec<String> = (1..=count).map(|a| a.to_string()).collect();
    let own: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut seen = std::collections::HashMap::new();
    let seen = std::cell::RefCell::new(&mut seen);
    let state = std::cell::RefCell::new(&mut state);
    spreadsheet(&vec![&own[..]; players], |s, i| {
        *seen.borrow_mut().entry((s.to_vec(), i)).or_insert_with(|| {
            let mut state = state.borrow_mut();
            **state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (**state >> 50) as i64
        })
    })
}

fn mixed(report: &Value) -> &Vec<Value> {
    report["mixed"].as_array().unwrap()
}

#[test]
fn common_constants_change_nothing() {
    // Hundredths at 10^15, where floats are eighths apart, against the hundredths alone.
    let own = &["1", "2"][..];
    let payoffs = [7, 3, 1, 4, 1, 9, 6, 5, 2, 8, 0, 7, 3, 9, 5, 1, 6, 2, 8, 4, 0, 9, 7, 1];
    let game = |constant: &str| {
        let mut text = "1,2,3,1 payoff,2 payoff,3 payoff\n".to_owned();
        for k in 0..8 {
            let s: Vec<&str> = (0..3).map(|i| own[k >> i & 1]).collect();
            let u: Vec<String> =
                payoffs[3 * k..][..3].iter().map(|x| format!("{constant}.0{x}")).collect();
            text += &format!("{},{}\n", s.join(","), u.join(","));
        }
        text
    };
    let (far, near) = (game("1000000000000000"), game("0"));
    for objective in ["welfare", "minimum", "player:2", "sum:1=1,3=-2"] {
        let flags = format!("--solve pure,mixed,correlated,coarse --objective {objective}");
        let (far, near) = (json_of(&far, &flags), json_of(&near, &flags));
        accepted(&far);
        assert_eq!(mixed(&far).len(), mixed(&near).len());
        for (a, b) in mixed(&far).iter().zip(mixed(&near)) {
            assert_eq!(a["profile"], b["profile"]);
        }
        assert_eq!(far["pure"].as_array().unwrap().len(), near["pure"].as_array().unwrap().len());
        for concept in ["correlated", "coarse_correlated"] {
            for end in ["lowest", "highest"] {
                let (a, b) = (&far[concept][end], &near[concept][end]);
                assert_eq!(a["distribution"], b["distribution"], "{objective} {concept} {end}");
                assert_eq!(a["exact"]["probabilities"], b["exact"]["probabilities"]);
                let value = |end: &Value| -> dashu_ratio::RBig {
                    end["exact"]["value"].as_str().unwrap().parse().unwrap()
                };
                let constant = match objective {
                    "welfare" => 3_000_000_000_000_000i64,
                    "sum:1=1,3=-2" => -1_000_000_000_000_000,
                    _ => 1_000_000_000_000_000,
                };
                assert_eq!(value(a), value(b) + dashu_ratio::RBig::from(constant));
            }
        }
    }
    // Another equilibrium than the one at the end is refused, though floats cannot tell.
    let report = json_of(&far, "--solve correlated,pure,mixed");
    let other = report["correlated"]["highest"].clone();
    assert_ne!(other["distribution"], report["correlated"]["lowest"]["distribution"]);
    refused(&report, "/correlated/lowest", other.clone());
    let mut floats = other;
    floats.as_object_mut().unwrap().remove("exact");
    floats["within"] = json!(1e-7);
    refused(&report, "/correlated/lowest", floats);
}

#[test]
fn one_at_once_and_more_where_they_are_many() {
    let game = random(5, 3, 11);
    let one = json_of(&game, "--solve mixed --find one");
    assert_eq!(mixed(&one).len(), 1);
    assert_eq!(one["mixed"][0]["complete"], false);
    accepted(&one);
    // A small game: all, whatever is asked but one.
    let small = random(3, 2, 5);
    let all = json_of(&small, "--solve mixed --find all");
    assert_eq!(all["mixed"], json_of(&small, "--solve mixed")["mixed"]);
    assert!(all["mixed"][0]["complete"].as_bool().unwrap());
    assert_eq!(mixed(&json_of(SEXES, "--solve mixed --find one")).len(), 1);
    assert_eq!(mixed(&json_of(SEXES, "--solve mixed --find all")).len(), 3);
}

#[test]
fn coordination_has_an_equilibrium_for_each_set_of_strategies() {
    let report = json_of(&coordination(2, 9), "--solve mixed");
    assert_eq!(mixed(&report).len(), (1 << 9) - 1);
    accepted(&report);
    // Diagonal payoffs v_a: on a set each a is played in proportion to 1/v_a.
    let largest = mixed(&report).iter().find(|e| e["exact"][0][8] == "280/7129");
    assert!(largest.is_some());
}

#[test]
fn three_players_who_coordinate_have_thirteen_in_fractions() {
    let game =
        spreadsheet(&[&["a", "b", "c"][..]; 3], |s, _| i64::from(s[0] == s[1] && s[1] == s[2]));
    let report = json_of(&game, "--solve mixed --exact");
    let found = mixed(&report);
    assert_eq!(found.len(), 13);
    assert!(found.iter().all(|e| e["complete"] == true));
    // Three where all agree, six where all differ, and one for each set of two or three.
    let all = |p: &str| found.iter().filter(|e| e["profile"][0][0] == p).count();
    assert_eq!((all("1"), all("1/2"), all("1/3")), (3, 2, 1));
    accepted(&report);
    refused(&report, "/mixed/12/profile/0/0", json!("1/4"));
    refused(&report, "/mixed/12/payoffs/0", json!("1/8"));
    assert!(report.get("components").is_none());
}

#[test]
fn continua_are_described() {
    // Three voters over x and y, all for x: with two votes for x the third does not matter.
    let game = spreadsheet(&[&["x", "y"][..]; 3], |s, _| i64::from(s.iter().sum::<usize>() < 2));
    let report = json_of(&game, "--solve mixed");
    let components = report["components"].as_array().unwrap();
    let faces = components[0]["faces"].as_array().unwrap();
    assert_eq!(faces.len(), 3);
    assert!(faces.contains(&json!([["x"], ["x"], ["x", "y"]])));
    accepted(&report);
    refused(&report, "/components/0/faces/0", json!([["x", "y"], ["x", "y"], ["x"]]));
    refused(&report, "/components/0/equilibria", json!([1, 99]));
    // Selten's horse (1975, figure 1): two segments of equilibria, each between two that are
    // listed, and no other.
    let game = spreadsheet(&[&["pass", "stop"][..]; 3], |s, i| match s {
        [0, 0, _] => 1,
        [0, 1, 0] => [4, 4, 0][i],
        [0, 1, _] => [0, 0, 1][i],
        [_, _, 0] => [3, 3, 2][i],
        _ => 0,
    });
    let report = json_of(&game, "--solve mixed");
    assert_eq!((mixed(&report).len(), &report["mixed_complete"]), (4, &json!(true)));
    let components = report["components"].as_array().unwrap();
    assert_eq!(components.len(), 2);
    for component in components {
        assert_eq!(component["subsets"], json!([component["equilibria"]]));
    }
    accepted(&report);
    refused(&report, "/components/0/subsets/0", json!([1, 2, 3, 4]));
    refused(&report, "/components/0/equilibria", json!([1, 2, 3, 4]));
    // Two players: the second is indifferent where the first plays b.
    let game = "A,B,A payoff,B payoff\na,l,1,1\na,r,0,0\nb,l,1,2\nb,r,2,2\n";
    let report = json_of(game, "--solve mixed");
    let component = &report["components"][0];
    assert!(!component["subsets"].as_array().unwrap().is_empty());
    accepted(&report);
    refused(&report, "/components/0/subsets/0", json!([1]));
    refused(&report, "/components", json!([component, component]));
}

#[test]
fn a_limit_of_time_leaves_the_rest_undecided() {
    let output =
        equipoise("game - --solve pure,mixed --time-limit 0 --format json", &random(5, 3, 3))
            .output()
            .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["undecided"]["mixed"].is_string() && report["pure"].is_array());
    // A concept out of reach leaves the others alone.
    let nine = coordination(9, 2);
    let output =
        equipoise("game - --solve pure,coalition-proof --format json", &nine).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["undecided"]["coalition_proof"].is_string() && report["pure"].is_array());
}

#[test]
fn backends_of_other_builds_are_named_as_that() {
    let absent: Vec<&str> = ["clarabel", "highs"]
        .into_iter()
        .filter(|name| !equipoise::lp::Backend::ALL.iter().any(|here| here.name() == *name))
        .collect();
    for name in absent {
        let output = equipoise(&format!("game - --lp {name}"), CHICKEN).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2));
        assert!(error.contains(&format!("--features {name}")), "{error}");
    }
    let output = equipoise("game - --lp glpk", CHICKEN).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("possible values: microlp"));
}
