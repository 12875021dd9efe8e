//! Published theories: known answers with their source, brute force, invariances, reports that
//! were tampered with, and the command as users type it.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use dashu_ratio::RBig;
use equipoise::dataset::Relation;
use equipoise::exact::parse_decimal;
use equipoise::lp::Backend;
use equipoise::report::theory::{TheoryReport, check};
use equipoise::system::{Parts, State, System};
use equipoise::theory::{Findings, Outcome, Pairs, Problem, Theory};
use equipoise::verdict::Judgement;
use equipoise::work::Work;
use ndarray::Array2;
use serde_json::{Value, json};

/// Numbers that look random, always the same (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

fn decimal(text: &str) -> RBig {
    parse_decimal(text).unwrap()
}

/// States called 1, 2, 3, … with these resources.
fn problem(resources: &[&str]) -> Problem {
    let power: Vec<RBig> = resources.iter().map(|text| decimal(text)).collect();
    let states = (1..=power.len()).map(|i| State::new(i.to_string())).collect();
    let parts = Parts { states, power: power.clone(), ..Parts::default() };
    Problem::new(System::new(parts).unwrap()).with_resources(power).unwrap()
}

fn numbers(resources: impl IntoIterator<Item = u64>) -> Problem {
    let texts: Vec<String> = resources.into_iter().map(|r| r.to_string()).collect();
    problem(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// With a relation of pairs, by numbers of states from 1.
fn paired(problem: Problem, relation: Relation, pairs: &[(usize, usize, i64)]) -> Problem {
    let n = problem.len();
    let mut values = Array2::from_elem((n, n), RBig::ZERO);
    for &(i, j, value) in pairs {
        values[[i - 1, j - 1]] = RBig::from(value);
        values[[j - 1, i - 1]] = RBig::from(value);
    }
    problem.with_exact_pairs(Pairs { relation, values }).unwrap()
}

/// Solves, checks thoroughly, also through JSON, and returns what was found.
fn solved(theory: Theory, problem: &Problem) -> (Value, Outcome) {
    let findings = theory.solve(problem, Backend::default(), &Work::default()).unwrap();
    let (report, outcome) = report(problem, &findings);
    let found = check(&report, true).unwrap();
    let refuted: Vec<_> = found.claims.iter().filter(|claim| !claim.holds()).collect();
    assert!(refuted.is_empty(), "{}: {refuted:?}", theory.name());
    let again: TheoryReport = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(again, report);
    (serde_json::to_value(&report).unwrap()["findings"].clone(), outcome)
}

fn report(problem: &Problem, findings: &Findings) -> (TheoryReport, Outcome) {
    let outcome = findings.outcome(problem).unwrap();
    (TheoryReport::new(problem, findings, outcome.clone(), &[]), outcome)
}

// Niou, Ordeshook & Rose (1989).

#[test]
fn essential_states_and_both_stabilities() {
    type Case = (&'static [&'static str], &'static [&'static str], bool, bool, Judgement);
    let cases: [Case; 7] = [
        (&["150", "75", "75"], &[], true, true, Judgement::Balanced),
        (&["120", "100", "80"], &[], true, false, Judgement::Balanced),
        (&["120", "100", "70", "10"], &["4"], false, false, Judgement::Contested),
        (&["140", "80", "70", "10"], &[], true, false, Judgement::Balanced),
        (&["100", "80", "60", "40", "20"], &[], true, false, Judgement::Balanced),
        (&["160", "80", "60"], &["2", "3"], false, false, Judgement::Hegemonic),
        (&["50", "50"], &[], true, true, Judgement::Balanced),
    ];
    for (resources, inessential, system, resource, verdict) in cases {
        let (found, outcome) = solved(Theory::NiouOrdeshook, &problem(resources));
        assert_eq!(found["inessential"], json!(inessential), "{resources:?}");
        assert_eq!(found["system_stable"], json!(system), "{resources:?}");
        assert_eq!(found["resource_stable"], json!(resource), "{resources:?}");
        assert_eq!(outcome.verdict, verdict, "{resources:?}");
    }
    let (found, _) = solved(Theory::NiouOrdeshook, &problem(&["100", "80", "60", "40", "20"]));
    let minimal =
        json!([["1", "2"], ["1", "3"], ["1", "4", "5"], ["2", "3", "4"], ["2", "3", "5"]]);
    assert_eq!(found["minimal_winning"], minimal);
    assert_eq!(found["transfer"], json!({"state": "1", "amount": "50", "share": 1.0 / 6.0}));
}

#[test]
fn essential_states_are_those_that_some_coalition_needs() {
    let mut random = Numbers(7);
    for _ in 0..150 {
        let n = 2 + random.below(7) as usize;
        let most = 1 + random.below(30);
        let resources: Vec<u64> = (0..n).map(|_| 1 + random.below(most)).collect();
        let total: u64 = resources.iter().sum();
        let sum =
            |set: u32| -> u64 { (0..n).filter(|i| set >> i & 1 == 1).map(|i| resources[i]).sum() };
        let needed = |i: usize| {
            (0..1u32 << n).any(|s| {
                s >> i & 1 == 0 && 2 * sum(s) <= total && 2 * (sum(s) + resources[i]) > total
            })
        };
        let expected: Vec<String> =
            (0..n).filter(|&i| needed(i)).map(|i| (i + 1).to_string()).collect();
        let (found, _) = solved(Theory::NiouOrdeshook, &numbers(resources.clone()));
        assert_eq!(found["essential"], json!(expected), "{resources:?}");
    }
}

/// Ninety-nine states with 2 and one with 1: fifty of the former win, forty-nine lose even with
/// the latter, and no search of coalitions can tell.
#[test]
fn a_hundred_states_that_cannot_be_enumerated() {
    let resources = std::iter::repeat_n(2, 99).chain([1]);
    let (found, outcome) = solved(Theory::NiouOrdeshook, &numbers(resources));
    assert_eq!(found["inessential"], json!(["100"]));
    assert_eq!(outcome.verdict, Judgement::Contested);
    // C(99, 50).
    assert_eq!(found["minimal_winning_total"], json!("50445672272782096667406248628"));
    assert_eq!(found["minimal_winning"].as_array().unwrap().len(), 100);
}

// Acemoglu, Egorov & Sonin (2008).

#[test]
fn ruling_coalitions_of_the_paper() {
    type Case = (&'static [&'static str], &'static [&'static [&'static str]], Judgement);
    let cases: [Case; 4] = [
        (&["3", "4", "5"], &[&["1", "2", "3"]], Judgement::Balanced),
        (&["3", "4", "5", "10"], &[&["1", "2", "3"]], Judgement::Balanced),
        (&["3", "4", "5", "20"], &[&["4"]], Judgement::Hegemonic),
        (&["2", "4", "7"], &[&["3"]], Judgement::Hegemonic),
    ];
    for (resources, ruling, verdict) in cases {
        let (found, outcome) = solved(Theory::RulingCoalition, &problem(resources));
        assert_eq!(found["ruling"], json!(ruling), "{resources:?}");
        assert_eq!(outcome.verdict, verdict, "{resources:?}");
    }
}

#[test]
fn tied_ruling_coalitions_are_all_named() {
    // Half is not enough: of equal states coalitions of 1, 2, 4, 8, … last. Of three any two
    // rule, four rule together, of ten any eight do.
    let (found, outcome) = solved(Theory::RulingCoalition, &problem(&["1"; 3]));
    assert_eq!(found["ruling"], json!([["1", "2"], ["1", "3"], ["2", "3"]]));
    assert!(outcome.tied);
    assert_eq!(outcome.excluded, [""; 0]);
    let (found, _) = solved(Theory::RulingCoalition, &problem(&["1"; 4]));
    assert_eq!(found["self_enforcing"], json!(true));
    let (found, _) = solved(Theory::RulingCoalition, &problem(&["1"; 10]));
    assert_eq!(found["ruling"].as_array().unwrap().len(), 45);
}

#[test]
fn ruling_coalitions_follow_from_the_definition() {
    let mut random = Numbers(11);
    for round in 0..60 {
        let n = 2 + random.below(7) as usize;
        let most = 2 + random.below(20);
        let mut problem = numbers((0..n).map(|_| 1 + random.below(most)));
        problem.settings.alpha = decimal(["0.5", "0.6", "0.75"][round % 3]);
        // The check repeats the induction over all coalitions.
        solved(Theory::RulingCoalition, &problem);
    }
}

#[test]
fn ruling_coalitions_of_twenty_states() {
    let mut random = Numbers(3);
    let problem = numbers((0..20).map(|_| 1000 + random.below(100_000)));
    let findings = Theory::RulingCoalition.solve(&problem, Backend::default(), &Work::default());
    let (report, _) = report(&problem, &findings.unwrap());
    assert!(check(&report, false).unwrap().accepted());
}

// Axelrod & Bennett (1993).

const FIRMS: [(&str, &str, char); 9] = [
    ("Sun", "28.9", 'S'),
    ("Prime", "1.0", 'S'),
    ("AT&T", "28.5", 'G'),
    ("IBM", "3.8", 'G'),
    ("DEC", "20.0", 'G'),
    ("HP", "11.5", 'G'),
    ("Apollo", "21.2", 'S'),
    ("Intergraph", "4.4", 'S'),
    ("SGI", "4.4", 'S'),
];

/// The firms in some order, their sizes multiplied.
fn firms(order: &[usize], factor: i64) -> Problem {
    let power: Vec<RBig> =
        order.iter().map(|&i| decimal(FIRMS[i].1) * RBig::from(factor)).collect();
    let states = order.iter().map(|&i| State::new(FIRMS[i].0)).collect();
    let parts = Parts { states, power: power.clone(), ..Parts::default() };
    let values = Array2::from_shape_fn((9, 9), |(i, j)| {
        let alike = FIRMS[order[i]].2 == FIRMS[order[j]].2;
        if i != j && alike { -RBig::ONE } else { RBig::ZERO }
    });
    let problem = Problem::new(System::new(parts).unwrap()).with_resources(power).unwrap();
    problem.with_exact_pairs(Pairs { relation: Relation::Propensity, values }).unwrap()
}

#[test]
fn the_nine_firms() {
    let (found, outcome) = solved(Theory::Landscape, &firms(&[0, 1, 2, 3, 4, 5, 6, 7, 8], 1));
    let minima = found["minima"].as_array().unwrap();
    assert_eq!((minima.len(), &found["basin_ties"]), (2, &json!(0)));
    for minimum in minima {
        assert_eq!(minimum["exact"], json!("-38289/10"));
        assert_eq!(minimum["energy"], json!(-3828.9));
        assert_eq!((&minimum["basin"], &minimum["strict"]), (&json!(128), &json!(true)));
    }
    let sides =
        json!([["Sun", "Prime", "AT&T", "IBM"], ["DEC", "HP", "Apollo", "Intergraph", "SGI"]]);
    assert!(minima.iter().any(|minimum| minimum["sides"] == sides));
    assert!(outcome.tied, "both are the lowest");
    assert_eq!(outcome.verdict, Judgement::Balanced);
}

#[test]
fn landscapes_do_not_depend_on_order_nor_unit() {
    let (found, _) = solved(Theory::Landscape, &firms(&[8, 3, 5, 0, 7, 2, 6, 1, 4], 10));
    let minima = found["minima"].as_array().unwrap();
    assert_eq!(minima.len(), 2);
    for minimum in minima {
        assert_eq!((&minimum["energy"], &minimum["basin"]), (&json!(-382_890.0), &json!(128)));
    }
}

/// A landscape with random propensities, and a reference split.
fn landscape(n: usize, seed: u64, most: u64) -> Problem {
    let mut random = Numbers(seed);
    let power: Vec<RBig> = (0..n).map(|_| RBig::from(1 + random.below(most))).collect();
    let state = |i: usize| {
        let reference = ["A", "B", "A"].get(i % 4).map(|label| (*label).to_owned());
        State { reference, ..State::new(format!("S{i}")) }
    };
    let states = (0..n).map(state).collect();
    let parts = Parts { states, power: power.clone(), ..Parts::default() };
    let mut values = Array2::from_elem((n, n), RBig::ZERO);
    for i in 0..n {
        for j in 0..i {
            let p = RBig::from(random.below(7)) - RBig::from(3);
            values[[i, j]] = p.clone() / RBig::from(10);
            values[[j, i]] = p / RBig::from(10);
        }
    }
    let problem = Problem::new(System::new(parts).unwrap()).with_resources(power).unwrap();
    problem.with_exact_pairs(Pairs { relation: Relation::Propensity, values }).unwrap()
}

#[test]
fn minima_and_basins_are_those_of_all_configurations() {
    for seed in 0..30 {
        // The check lays out all energies and follows every descent, ties too: small sizes
        // make many.
        solved(Theory::Landscape, &landscape(2 + seed as usize % 9, seed, 1 + seed % 5));
    }
}

#[test]
fn three_sides_are_at_least_as_low_as_two() {
    for seed in 0..10 {
        let two = landscape(8, seed, 9);
        let mut three = two.clone();
        three.settings.sides = 3;
        let energy = |problem| {
            let (found, _) = solved(Theory::Landscape, problem);
            found["minima"][0]["energy"].as_f64().unwrap()
        };
        assert!(energy(&three) <= energy(&two));
    }
}

#[test]
fn beyond_enumeration_minima_are_labelled_as_found_only() {
    let problem = landscape(34, 5, 50);
    let findings = Theory::Landscape.solve(&problem, Backend::default(), &Work::default()).unwrap();
    assert!(findings.undecided().is_some_and(|why| why.contains("may be other")));
    let (report, _) = report(&problem, &findings);
    assert!(check(&report, false).unwrap().accepted());
}

/// Numbers that no 64 bits hold: rounding must not decide.
#[test]
fn ties_of_long_numbers_are_ties() {
    let long = "1000000000000000000000000000000000001";
    let plus = "1000000000000000000000000000000000002";
    let tied = |resources: &[&str]| {
        let problem = problem(resources);
        let problem = problem.with_uniform_pairs(Relation::Propensity, &decimal("-1")).unwrap();
        let (found, _) = solved(Theory::Landscape, &problem);
        found["global"].clone()
    };
    assert_eq!(tied(&[long, long, long]), json!(3));
    assert_eq!(tied(&[plus, long, long]), json!(1), "{{1}} against {{2, 3}} is the most even");
}

// Li & Morse (2017).

fn patterns(found: &Value) -> Vec<String> {
    let signs = |pattern: &Value| {
        let mut all: Vec<(usize, char)> = Vec::new();
        for (key, sign) in [("safe", '+'), ("precarious", '='), ("unsafe", '-')] {
            for name in pattern[key].as_array().unwrap() {
                all.push((name.as_str().unwrap().parse().unwrap(), sign));
            }
        }
        all.sort_unstable();
        all.into_iter().map(|(_, sign)| sign).collect()
    };
    found["patterns"].as_array().unwrap().iter().map(signs).collect()
}

#[test]
fn two_foes_and_what_they_can_do_to_each_other() {
    // The stronger cannot be threatened with more than it has; it need not threaten.
    let unequal = paired(problem(&["2", "1"]), Relation::Sign, &[(1, 2, -1)]);
    let (found, outcome) = solved(Theory::PowerAllocation, &unequal);
    assert_eq!(patterns(&found), ["++", "+=", "+-"]);
    assert_eq!(found["survivors"], json!({"all": ["1"], "some": ["2"], "none": []}));
    assert_eq!(outcome.verdict, Judgement::Contested);
    // Of equal ones neither can be unsafe.
    let equal = paired(problem(&["1", "1"]), Relation::Sign, &[(1, 2, -1)]);
    let (found, outcome) = solved(Theory::PowerAllocation, &equal);
    assert_eq!(patterns(&found), ["++", "+=", "=+", "=="]);
    assert_eq!(outcome.verdict, Judgement::Balanced);
}

#[test]
fn a_friend_can_save_whom_it_will() {
    // 2 and 3 are friends, 1 is the foe of 2: with help 2 withstands anything.
    let signs = [(1, 2, -1), (2, 3, 1)];
    let (found, _) =
        solved(Theory::PowerAllocation, &paired(problem(&["3", "2", "2"]), Relation::Sign, &signs));
    let patterns = patterns(&found);
    assert!(patterns.contains(&"+++".into()) && patterns.contains(&"+-+".into()));
    assert_eq!(found["survivors"]["all"], json!(["1", "3"]));
}

#[test]
fn every_pattern_is_found_or_refuted() {
    let mut random = Numbers(5);
    for n in [3, 3, 3, 4, 4, 4, 5] {
        let mut pairs = Vec::new();
        for i in 1..=n {
            for j in 1..i {
                pairs.push((j, i, random.below(3) as i64 - 1));
            }
        }
        let resources: Vec<u64> = (0..n).map(|_| 1 + random.below(6)).collect();
        let mut problem = paired(numbers(resources), Relation::Sign, &pairs);
        problem.settings.listed = 1000;
        let (found, _) = solved(Theory::PowerAllocation, &problem);
        assert_eq!(found.get("open"), None);
    }
}

// Jackson & Nei (2015).

#[test]
fn no_network_with_an_alliance_is_war_stable() {
    let mut random = Numbers(13);
    for n in [3, 3, 4, 4, 5] {
        for gamma in ["1", "1.25", "2"] {
            let most = 1 + random.below(6);
            let mut problem = numbers((0..n).map(|_| 5 + random.below(most)));
            problem.settings.gamma = decimal(gamma);
            let (found, _) = solved(Theory::WarStable, &problem);
            let stable = found["enumeration"]["war_stable"].as_array().unwrap();
            assert!(stable.iter().all(|network| network == &json!([])), "{found}");
        }
    }
}

#[test]
fn networks_of_equally_strong_states_are_counted_up_to_isomorphism() {
    // Of equal states as many as there are graphs: Harary & Palmer (1973), p. 240.
    let cases: [(&[&str], u64, u64); 5] = [
        (&["1"; 4], 64, 11),
        (&["1"; 5], 1024, 34),
        (&["1"; 6], 32768, 156),
        (&["1", "1", "2"], 8, 6),
        (&["1", "2", "3"], 8, 8),
    ];
    for (strengths, networks, classes) in cases {
        let (found, _) = solved(Theory::WarStable, &problem(strengths));
        let all = &found["enumeration"];
        assert_eq!((&all["networks"], &all["classes"]), (&json!(networks), &json!(classes)));
    }
}

#[test]
fn a_network_and_why_it_is_not_war_stable() {
    // Two allies against a third, weaker than both together.
    let line = paired(problem(&["4", "3", "5"]), Relation::Link, &[(1, 2, 1)]);
    let (found, outcome) = solved(Theory::WarStable, &line);
    // 1 could attack its ally with 4 against 3; against 1 nobody has more than it and 2.
    assert_eq!(found["vulnerable"], json!(["2", "3"]));
    assert_eq!(outcome.verdict, Judgement::Contested);
    // Equal states without alliances cannot attack; any alliance makes two of them too strong.
    let (found, _) = solved(Theory::WarStable, &problem(&["1"; 3]));
    assert_eq!((&found["vulnerable"], &found["additions_total"]), (&json!([]), &json!(3)));
    // Unless the defence weighs twice.
    let mut guarded = problem(&["1"; 3]);
    guarded.settings.gamma = decimal("2");
    let (found, outcome) = solved(Theory::WarStable, &guarded);
    assert_eq!(found["war_stable"], json!(true));
    assert_eq!(outcome.verdict, Judgement::Balanced);
    let (_, outcome) = solved(Theory::WarStable, &problem(&["9", "4", "4"]));
    assert_eq!(outcome.verdict, Judgement::Hegemonic);
}

#[test]
fn changed_networks_are_judged_as_if_anew() {
    let mut random = Numbers(17);
    for _ in 0..25 {
        let n = 3 + random.below(6) as usize;
        let mut links = Vec::new();
        for i in 1..=n {
            for j in 1..i {
                links.push((j, i, i64::from(random.below(3) == 0)));
            }
        }
        let mut problem =
            paired(numbers((0..n).map(|_| 10 + random.below(10))), Relation::Link, &links);
        problem.settings.gamma = decimal(["1", "1.5", "3"][random.below(3) as usize]);
        // The check builds every changed network and tries every set of attackers.
        solved(Theory::WarStable, &problem);
    }
}

// Harary (1953); Doreian & Mrvar (1996).

#[test]
fn frustration_of_small_networks() {
    let complete = |n: usize, sign: i64| {
        let pairs = (1..=n).flat_map(|j| (1..j).map(move |i| (i, j, sign)));
        pairs.collect::<Vec<_>>()
    };
    let index = |n: usize, signs: &[(usize, usize, i64)]| {
        let problem = paired(problem(&vec!["1"; n]), Relation::Sign, signs);
        let (found, _) = solved(Theory::StructuralBalance, &problem);
        assert_eq!(found["optimal"], json!(true));
        (found["frustration"].clone(), found["splits_total"].clone())
    };
    // One foe among three friends: any of the three splits that violate one tie.
    assert_eq!(index(3, &[(1, 2, 1), (2, 3, 1), (1, 3, -1)]), (json!(1), json!(3)));
    // Two camps.
    assert_eq!(index(4, &[(1, 2, 1), (3, 4, 1), (1, 3, -1), (2, 4, -1)]), (json!(0), json!(1)));
    // Five foes: two against three, C(5, 2) ways; of n foes ⌊(n − 1)² / 4⌋ ties are violated.
    assert_eq!(index(5, &complete(5, -1)), (json!(4), json!(10)));
    assert_eq!(index(6, &complete(6, -1)), (json!(6), json!(10)));
    assert_eq!(index(7, &complete(7, -1)), (json!(9), json!(35)));
}

#[test]
fn frustration_is_least_over_all_splits() {
    let mut random = Numbers(23);
    for _ in 0..30 {
        let n = 4 + random.below(7) as usize;
        let mut pairs = Vec::new();
        for i in 1..=n {
            for j in 1..i {
                pairs.push((j, i, [0, -1, 1][random.below(3) as usize]));
            }
        }
        let problem = paired(problem(&vec!["1"; n]), Relation::Sign, &pairs);
        let least = (0..1u32 << n)
            .map(|split| {
                let apart = |i: usize, j: usize| (split >> i ^ split >> j) & 1 == 1;
                let wrong = |&&(i, j, s): &&(usize, usize, i64)| s != 0 && apart(i, j) == (s > 0);
                pairs.iter().filter(wrong).count()
            })
            .min();
        let (found, _) = solved(Theory::StructuralBalance, &problem);
        assert_eq!(found["frustration"], json!(least), "{pairs:?}");
    }
}

/// Two camps with some ties turned: the index is at most how many were.
fn camps(n: usize, ties: usize, turned_of_hundred: u64, seed: u64) -> Problem {
    let mut random = Numbers(seed);
    let mut pairs = std::collections::BTreeMap::new();
    while pairs.len() < ties {
        let (i, j) = (random.below(n as u64) as usize + 1, random.below(n as u64) as usize + 1);
        if i != j {
            let friends = (i % 2 == j % 2) != (random.below(100) < turned_of_hundred);
            pairs.insert((i.min(j), i.max(j)), if friends { 1 } else { -1 });
        }
    }
    let pairs: Vec<_> = pairs.into_iter().map(|((i, j), sign)| (i, j, sign)).collect();
    paired(problem(&vec!["1"; n]), Relation::Sign, &pairs)
}

#[test]
fn two_camps_with_some_ties_turned_are_proven_optimal() {
    let (found, _) = solved(Theory::StructuralBalance, &camps(60, 200, 10, 1));
    assert_eq!(found["optimal"], json!(true));
    assert_eq!(found["frustration"], found["lower_bound"]);
}

/// Cycles do not prove enough of signs at random.
#[test]
fn random_signs_are_proven_optimal_by_odd_sums() {
    let (found, _) = solved(Theory::StructuralBalance, &camps(40, 200, 50, 3));
    assert_eq!(found["optimal"], json!(true));
    assert_eq!(found["frustration"], found["lower_bound"]);
    assert!(!found["proof"][0]["sums"].as_array().unwrap().is_empty());
}

/// Turning all ties of some states leaves each cycle's sign, and so the index, as it was (Zaslavsky
/// 1982, "Signed graphs").
#[test]
fn frustration_does_not_depend_on_which_ties_of_a_state_are_turned() {
    let mut random = Numbers(31);
    let mut ties = std::collections::BTreeMap::new();
    while ties.len() < 90 {
        let (i, j) = (1 + random.below(24) as usize, 1 + random.below(24) as usize);
        if i < j {
            ties.insert((i, j), if random.below(2) == 0 { 1 } else { -1 });
        }
    }
    let turned: Vec<i64> = (0..=24).map(|_| if random.below(2) == 0 { 1 } else { -1 }).collect();
    let index = |sign: &dyn Fn(usize, usize, i64) -> i64| {
        let pairs: Vec<_> = ties.iter().map(|(&(i, j), &s)| (i, j, sign(i, j, s))).collect();
        let (found, _) =
            solved(Theory::StructuralBalance, &paired(problem(&["1"; 24]), Relation::Sign, &pairs));
        assert_eq!(found["optimal"], json!(true));
        found["frustration"].clone()
    };
    assert_eq!(index(&|_, _, sign| sign), index(&|i, j, sign| sign * turned[i] * turned[j]));
}

/// Of five foes at least four ties are violated: they are 15/4 and a quarter of the square of the
/// sum of all sides, which is odd.
#[test]
fn a_proof_by_odd_sums_is_added_up() {
    let foes: Vec<_> = (1..=5).flat_map(|j| (1..j).map(move |i| (i, j, -1))).collect();
    let problem = paired(problem(&["1"; 5]), Relation::Sign, &foes);
    let findings = Theory::StructuralBalance.solve(&problem, Backend::default(), &Work::default());
    let honest = serde_json::to_value(report(&problem, &findings.unwrap()).0).unwrap();
    let accepts = |proof: Value| {
        let mut report = honest.clone();
        report["findings"]["proof"] = proof;
        serde_json::from_value(report)
            .is_ok_and(|report| check(&report, true).is_ok_and(|found| found.accepted()))
    };
    let states = |weight: f64| -> Vec<Value> {
        (1..=5).map(|i| json!({"state": i.to_string(), "weight": weight})).collect()
    };
    let all = json!({"plus": ["1", "2", "3", "4", "5"], "weight": 0.25});
    let by = |sums: Value, weight: f64| json!([{"sums": sums, "states": states(weight)}]);
    assert!(accepts(by(json!([all]), -0.25001)));
    // Signs may be turned all together; nothing else may.
    let turned = json!({"plus": [], "minus": ["1", "2", "3", "4", "5"], "weight": 0.25});
    assert!(accepts(by(json!([turned]), -0.25001)));
    let some = json!({"plus": ["1", "2", "3", "4"], "minus": ["5"], "weight": 0.25});
    assert!(!accepts(by(json!([some]), -0.25001)));
    // The rest must be definite, and prove more than 3.
    assert!(!accepts(by(json!([all]), -0.25)));
    assert!(!accepts(by(json!([all]), -0.45001)));
    // The states alone prove 15/4 less what makes the rest definite.
    assert!(accepts(by(json!([]), -0.25001)));
    // Two states too many are no longer odd; neither weight nor square may be negative.
    let even = json!({"plus": ["1", "2", "3", "4"], "weight": 0.25});
    assert!(!accepts(by(json!([even]), -0.25001)));
    let negative = json!({"plus": ["1", "2", "3"], "weight": -0.25});
    assert!(!accepts(by(json!([all, negative]), -0.25001)));
    for wrong in [0.250_000_05, 1e300] {
        let sum = json!({"plus": ["1", "2", "3", "4", "5"], "weight": wrong});
        assert!(!accepts(by(json!([sum]), -0.25001)), "{wrong}");
    }
    let stranger = json!({"plus": ["1", "2", "6"], "weight": 0.1});
    assert!(!accepts(by(json!([all, stranger]), -0.25001)));

    // In cases: what two states have with each other is then no part of the form.
    let case = |together: bool| {
        let mut rest = states(-0.25001);
        rest[0]["weight"] = json!(if together { -0.75001 } else { 0.24999 });
        json!({
            "decided": [{"pair": ["1", "2"], "together": together}],
            "sums": [all],
            "states": rest,
        })
    };
    assert!(accepts(json!([case(true), case(false)])));
    assert!(!accepts(json!([case(true)])), "the other case is missing");
    assert!(!accepts(json!([case(true), case(true)])));
    let mut twice = case(true);
    twice["decided"] = json!([case(true)["decided"][0], case(true)["decided"][0]]);
    assert!(!accepts(json!([case(false), twice])));
}

// Nested contests.

#[test]
fn the_nested_contest_of_five_four_and_three() {
    let (found, _) = solved(Theory::NestedContest, &problem(&["5", "4", "3"]));
    let controls = [
        (json!([["1"], ["2"], ["3"]]), [0.50, 0.32, 0.18]),
        (json!([["1"], ["2", "3"]]), [0.3378, 0.4238, 0.2384]),
        (json!([["1", "2"], ["3"]]), [0.5488, 0.3512, 0.1000]),
        (json!([["1", "3"], ["2"]]), [0.5882, 0.2000, 0.2118]),
    ];
    for (blocs, expected) in controls {
        let all = found["all"].as_array().unwrap();
        let bloc = all.iter().find(|bloc| bloc["blocs"] == blocs).unwrap();
        for (control, expected) in bloc["control"].as_array().unwrap().iter().zip(expected) {
            assert!((control.as_f64().unwrap() - expected).abs() < 5e-5, "{blocs}");
        }
    }
    assert_eq!((&found["core_stable"], &found["partitions_total"]), (&json!(true), &json!(1)));
    assert_eq!(found["partitions"][0]["blocs"], json!([["1"], ["2", "3"]]));
    let mut indifferent = problem(&["5", "4", "3"]);
    indifferent.settings.decisiveness = 1.0;
    indifferent.settings.dominance = 1.0;
    let (found, _) = solved(Theory::NestedContest, &indifferent);
    assert_eq!(found["partitions_total"], json!(5), "everybody is indifferent everywhere");
}

// Tampering.

fn sample(theory: Theory) -> Problem {
    match theory {
        Theory::NiouOrdeshook => problem(&["120", "100", "70", "10"]),
        Theory::Landscape => landscape(7, 4, 9),
        Theory::RulingCoalition => problem(&["3", "4", "5", "10"]),
        Theory::PowerAllocation => paired(problem(&["2", "1"]), Relation::Sign, &[(1, 2, -1)]),
        Theory::WarStable => paired(problem(&["4", "3", "5"]), Relation::Link, &[(1, 2, 1)]),
        Theory::StructuralBalance => {
            let signs = [(1, 2, 1), (2, 3, 1), (1, 3, -1), (3, 4, 1), (1, 4, -1)];
            paired(problem(&["1"; 4]), Relation::Sign, &signs)
        }
        Theory::NestedContest => problem(&["5", "4", "3"]),
    }
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (i, each) in list.iter().enumerate() {
                places(each, format!("{at}/{i}"), found);
            }
            if !list.is_empty() {
                found.push(at);
            }
        }
        Value::Object(map) => {
            for (key, each) in map {
                places(each, format!("{at}/{key}"), found);
            }
        }
        _ => found.push(at),
    }
}

/// Another value of the same kind.
fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(b) => json!(!b),
        Value::Number(x) if x.is_u64() => json!(x.as_u64().unwrap() + 1),
        Value::Number(x) => json!(x.as_f64().unwrap() + 0.25),
        Value::String(text) => match text.as_str() {
            "1" => json!("2"),
            "balanced" => json!("hegemonic"),
            "hegemonic" | "contested" | "undecided" => json!("balanced"),
            _ => json!("1"),
        },
        Value::Null => json!("1"),
        Value::Array(list) => json!(list[1..]),
        Value::Object(_) => unreachable!(),
    }
}

#[test]
fn what_was_tampered_with_is_refused() {
    for theory in Theory::ALL {
        let problem = sample(theory);
        let findings = theory.solve(&problem, Backend::default(), &Work::default()).unwrap();
        let honest = serde_json::to_value(report(&problem, &findings).0).unwrap();
        let mut all = Vec::new();
        for part in ["verdict", "findings", "outcome"] {
            places(&honest[part], format!("/{part}"), &mut all);
        }
        let mut refused = 0;
        for place in &all {
            let mut report = honest.clone();
            let target = report.pointer_mut(place).unwrap();
            *target = changed(target);
            // Another proof of the same, or another equilibrium, may do as well.
            let of_proof =
                ["/refuted", "/proof", "/attackers", "/leader", "/witness", "/allocation"];
            let free = of_proof.iter().any(|part| place.contains(part));
            let verdict = serde_json::from_value::<TheoryReport>(report)
                .map_err(|error| error.to_string())
                .and_then(|report| check(&report, true).map_err(|error| error.to_string()));
            let accepted = verdict.is_ok_and(|found| found.accepted());
            assert!(!accepted || free, "{}: {place} was accepted", theory.name());
            refused += usize::from(!accepted);
        }
        assert!(refused > 5, "{}: {refused} of {}", theory.name(), all.len());
    }
}

#[test]
fn a_proof_that_proves_too_little_is_refused() {
    let problem = sample(Theory::StructuralBalance);
    let findings = Theory::StructuralBalance.solve(&problem, Backend::default(), &Work::default());
    let honest = serde_json::to_value(report(&problem, &findings.unwrap()).0).unwrap();
    let refuses = |change: &dyn Fn(&mut Value)| {
        let mut report = honest.clone();
        change(&mut report["findings"]["proof"]);
        check(&serde_json::from_value(report).unwrap(), false).is_ok_and(|found| !found.accepted())
    };
    assert!(refuses(&|proof| *proof = json!([])));
    assert!(refuses(&|proof| proof[0]["cycles"] = json!([])));
    assert!(refuses(&|proof| proof[0]["cycles"][0]["weight"] = json!(0.0)));
    let cycle = json!({"states": ["1", "2", "3"], "weight": 1.0});
    assert!(refuses(&|proof| proof[0]["cycles"] = json!([cycle, cycle])), "a tie carries 2");
    let half = json!([{"decided": [{"pair": ["1", "2"], "together": false}]}]);
    assert!(refuses(&|proof| *proof = half.clone()), "the other half is missing");
}

// The command.

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, args: &str) -> Output {
        let mut command = Command::cargo_bin("equipoise").unwrap();
        command.current_dir(self.0.path()).args(args.split_whitespace()).output().unwrap()
    }
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_command_solves_lists_and_checks() {
    let files = Files::new();
    let list = stdout(&files.run("theory list"));
    assert!(Theory::ALL.iter().all(|theory| list.contains(theory.name())));

    let mut rows = String::from("state,size,bloc\n");
    let mut pairs = String::from("state1,state2,propensity\n");
    for (i, (name, size, kind)) in FIRMS.iter().enumerate() {
        // The alliance that came about first: Unix International against the OSF.
        let side = if ["Sun", "Prime", "AT&T"].contains(name) { "UI" } else { "OSF" };
        rows += &format!("{name},{size},{side}\n");
        for (other, _, other_kind) in &FIRMS[..i] {
            if kind == other_kind {
                pairs += &format!("{other},{name},-1\n");
            }
        }
    }
    files.file("firms.csv", &rows);
    files.file("pairs.csv", &pairs);
    let landscape = "theory landscape firms.csv --capability size --dyads pairs.csv";
    let text = stdout(&files.run(landscape));
    assert!(text.contains("energy -3828.9, basin 128"), "{text}");
    let json: Value =
        serde_json::from_str(&stdout(&files.run(&format!("{landscape} --format json")))).unwrap();
    assert_eq!(
        (&json["schema"], &json["theory"]),
        (&json!("equipoise/theory/1"), &json!("landscape"))
    );
    // One of the two minima misplaces IBM alone: of 2^8 splits ten do as well.
    let misplaced = json["findings"]["minima"].as_array().unwrap();
    let best = misplaced.iter().find(|minimum| minimum["misplaced"] == json!(["IBM"])).unwrap();
    assert_eq!(best["p_value"], json!(10.0 / 256.0));
    stdout(&files.run(&format!("{landscape} --format json -o report.json")));
    let checked = stdout(&files.run("check report.json"));
    assert!(checked.contains("Accepted"), "{checked}");
    let csv = stdout(&files.run(&format!("{landscape} --format csv")));
    assert!(csv.contains("landscape,minima.0.energy,-3828.9"), "{csv}");
    let uniform = stdout(&files.run("theory landscape firms.csv --propensity -1"));
    assert!(uniform.contains("MINIMA"));

    files.file("signs.csv", "state1,state2,sign\nSun,IBM,-1\nSun,DEC,1\nIBM,DEC,1\n");
    files.file("links.csv", "state1,state2,link\nSun,IBM,1\n");
    for command in [
        "theory niou-ordeshook firms.csv",
        "theory ruling-coalition firms.csv --alpha 3/5",
        "theory war-stable firms.csv --gamma 1.5 --dyads links.csv",
        "theory war-stable firms.csv --top 5",
        "theory structural-balance firms.csv --dyads signs.csv",
        "theory power-allocation firms.csv --states Sun,IBM,DEC --dyads signs.csv",
        "theory nested-contest firms.csv --top 6 --dominance 1.5 --decisiveness inf",
    ] {
        assert!(stdout(&files.run(command)).contains("VERDICT"), "{command}");
        stdout(&files.run(&format!("{command} --format json -o report.json")));
        stdout(&files.run("check report.json --thorough"));
    }
}

#[test]
fn wrong_use_is_refused_with_a_remedy() {
    let files = Files::new();
    files.file("three.csv", "state,r\nA,5\nB,4\nC,3\n");
    for (command, part) in [
        ("theory landscape three.csv", "a column propensity"),
        ("theory structural-balance three.csv", "a column sign"),
        ("theory power-allocation three.csv", "a column sign"),
        ("theory ruling-coalition three.csv --alpha 0.4", "alpha: expected 1/2 or more"),
        ("theory war-stable three.csv --gamma 1/2", "gamma: expected 1 or more"),
        ("theory landscape three.csv --propensity -1 --sides 1", "sides: expected 2 to 9"),
    ] {
        let output = files.run(command);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command}: {error}");
        assert!(error.contains(part), "{command}: {error}");
    }
}

/// What is not known in time is undecided, whatever was found until then, and passes its check.
#[test]
fn what_is_not_known_in_time_is_undecided() {
    let over = Work::default().within(std::time::Duration::ZERO);
    let twenty = numbers((0..20).map(|k| 1000 + 37 * k * k % 911));
    for (theory, problem) in [
        (Theory::RulingCoalition, twenty),
        (Theory::Landscape, landscape(9, 3, 9)),
        (Theory::NestedContest, numbers([5, 4, 3, 2])),
    ] {
        let findings = theory.solve(&problem, Backend::default(), &over).unwrap();
        let report = TheoryReport::certified(&problem, &findings, &[]).unwrap();
        assert!(report.undecided.is_some(), "{}", theory.name());
    }
}

/// Where nobody cares who stands with whom, all 2^19 splits are tied: all are counted, some are
/// listed, and of the verdict on the others nothing is known unless those listed disagree.
#[test]
fn very_many_minima_are_counted_and_the_lowest_listed() {
    let problem = numbers((0..20).map(|k| 10 + k));
    let problem = problem.with_uniform_pairs(Relation::Propensity, &RBig::ZERO).unwrap();
    let findings = Theory::Landscape.solve(&problem, Backend::default(), &Work::default()).unwrap();
    let report = TheoryReport::certified(&problem, &findings, &[]).unwrap();
    let found = serde_json::to_value(&report).unwrap()["findings"].clone();
    assert_eq!((&found["minima_total"], &found["global"]), (&json!(1 << 19), &json!(1 << 19)));
    assert_eq!(found["minima"].as_array().unwrap().len(), 1000);
    assert!(report.undecided.is_none());
}

/// Contentment and affinity are of the lenses: the theory leaves them out and says so.
#[test]
fn nested_contests_are_about_control_alone() {
    let power: Vec<RBig> = ["5.5", "4", "3", "2.5", "1"].map(decimal).to_vec();
    let state =
        |(i, rho): (usize, f64)| State { revisionism: Some(rho), ..State::new(i.to_string()) };
    let states = [0.8, 0.5, 1.0, 0.3, 0.9].into_iter().enumerate().map(state).collect();
    let parts = Parts { states, power: power.clone(), ..Parts::default() };
    let content = Problem::new(System::new(parts).unwrap());
    let plain = problem(&["5.5", "4", "3", "2.5", "1"]);
    let solve = |problem: &Problem| {
        let found = Theory::NestedContest.solve(problem, Backend::default(), &Work::default());
        TheoryReport::certified(problem, &found.unwrap(), &[]).unwrap()
    };
    let (of_content, of_plain) = (solve(&content), solve(&plain));
    assert_eq!(of_content.verdict, of_plain.verdict);
    assert!(of_content.notes[0].contains("revisionism is not used") && of_plain.notes.is_empty());
}
