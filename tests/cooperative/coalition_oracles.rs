//! Known answers kept outside the repository, where they are there: `EQUIPOISE_ORACLES` names
//! the folder, else `../shared/oracles` is looked for.

use dashu_ratio::RBig;
use serde_json::Value;

use equipoise::coalition::{Coalition, Partition};
use equipoise::exact::parse_exact;
use equipoise::game::cooperative::{ExactTable, Game, Quota, Sense, WeightedGame, numbered, rules};
use equipoise::game::hedonic::HedonicGame;
use equipoise::report::coalition::{CoalitionReport, check};
use equipoise::solve::cooperative::power;
use equipoise::solve::cooperative::{Concept, Options, solve};
use equipoise::solve::partitions::hedonic::stable_partitions;
use equipoise::work::Work;

fn cases() -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(crate::common::oracle("coalition.json")?).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    Some(all["cases"].as_array().unwrap().clone())
}

fn number(value: &Value) -> RBig {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    parse_exact(&text).unwrap_or_else(|| panic!("{text}"))
}

fn numbers(value: &Value) -> Vec<RBig> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// Coalitions written as digits: `"124"`.
fn table(n: usize, values: &Value) -> ExactTable {
    let mut all = vec![RBig::ZERO; 1 << n];
    for (digits, value) in values.as_object().unwrap() {
        let set: Coalition = digits.bytes().map(|d| usize::from(d - b'1')).collect();
        all[set.bits() as usize] = number(value);
    }
    ExactTable::new(numbered(n), &all).unwrap()
}

fn game(kind: &str, game: &Value) -> Option<Game> {
    let rule = |rule: &Value| (numbers(&rule["weights"]), Quota::AtLeast(number(&rule["quota"])));
    let names = |list: &Value| numbered(list.as_array().unwrap().len());
    Some(match kind {
        "tu" => table(game["n"].as_u64()? as usize, &game["values"]).into(),
        "cost" => table(game["n"].as_u64()? as usize, &game["cost"]).with_sense(Sense::Cost).into(),
        "bankruptcy" => {
            let claims = &game["claims"];
            rules::bankruptcy(names(claims), &number(&game["estate"]), &numbers(claims))
                .unwrap()
                .into()
        }
        "airport" => {
            rules::airport(names(&game["costs"]), &numbers(&game["costs"])).unwrap().into()
        }
        "tu_rule" => {
            rules::airport(names(&game["claims"]), &numbers(&game["claims"])).unwrap().into()
        }
        "assignment" => {
            let (buyers, sellers) = (numbers(&game["buyers"]), numbers(&game["sellers"]));
            let surplus: Vec<Vec<RBig>> =
                buyers.iter().map(|b| sellers.iter().map(|s| b - s).collect()).collect();
            rules::assignment(numbered(18), &surplus).unwrap().into()
        }
        "wvg" => WeightedGame::new(names(&game["weights"]), &[rule(game)]).unwrap().into(),
        "multi_wvg" => {
            let rules: Vec<_> = game["rules"].as_array()?.iter().map(rule).collect();
            WeightedGame::new(names(&game["rules"][0]["weights"]), &rules).unwrap().into()
        }
        _ => return None,
    })
}

#[test]
fn values_and_indices_are_the_known_ones() {
    let mut checked = 0;
    for case in cases().unwrap_or_default() {
        let id = case["id"].as_str().unwrap();
        let Some(game) = game(case["kind"].as_str().unwrap(), &case["game"]) else { continue };
        let exact = &case["exact"];
        let mut check = |key: &str, found: &dyn Fn() -> Vec<RBig>| {
            if !exact[key].is_null() {
                assert_eq!(found(), numbers(&exact[key]), "{id}: {key}");
                checked += 1;
            }
        };
        let marginals = power::marginals(&game).unwrap();
        check("shapley", &|| marginals.shapley());
        check("shapley_shubik", &|| marginals.shapley());
        check("banzhaf_value", &|| marginals.banzhaf());
        check("banzhaf_normalized", &|| marginals.banzhaf_normalized().unwrap());
        check("deegan_packel", &|| power::minimal_counts(&game).unwrap().deegan_packel());
        check("holler_pgi", &|| power::minimal_counts(&game).unwrap().holler_packel());
        check("johnston", &|| power::critical_counts(&game).unwrap().johnston());
        if !exact["minimal_winning"].is_null() {
            let total = RBig::from(power::minimal_counts(&game).unwrap().total);
            assert_eq!(total, number(&exact["minimal_winning"]), "{id}");
        }
        if !exact["v_N"].is_null() {
            let table = game.table().unwrap();
            assert_eq!(table.value(Coalition::grand(table.players())), number(&exact["v_N"]));
        }
    }
    eprintln!("{checked} answers checked");
}

fn hedonic(game: &Value) -> HedonicGame {
    let digits = |text: &str| text.bytes().map(|d| usize::from(d - b'1')).collect::<Coalition>();
    if let Some(lists) = game["preferences"].as_array() {
        let lists: Vec<Vec<Vec<Coalition>>> = lists
            .iter()
            .map(|l| {
                l.as_array().unwrap().iter().map(|c| vec![digits(c.as_str().unwrap())]).collect()
            })
            .collect();
        return HedonicGame::of_lists(numbered(lists.len()), &lists).unwrap();
    }
    if let Some(rows) = game["additive"].as_array() {
        let rows: Vec<Vec<RBig>> = rows.iter().map(numbers).collect();
        return HedonicGame::additive(numbered(rows.len()), &rows).unwrap();
    }
    let lists: Vec<Vec<Vec<Coalition>>> = game["roommate_preferences"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(i, list)| {
            let pair =
                |j: &Value| vec![Coalition::singleton(i).with(j.as_u64().unwrap() as usize - 1)];
            list.as_array().unwrap().iter().map(pair).collect()
        })
        .collect();
    HedonicGame::of_lists(numbered(lists.len()), &lists).unwrap().with_largest(2)
}

/// Core, least core and nucleoli, exactly; and the report on them is accepted.
#[test]
fn cores_and_nucleoli_are_the_known_ones() {
    let mut checked = 0;
    for case in cases().unwrap_or_default() {
        let id = case["id"].as_str().unwrap();
        let Some(game) = game(case["kind"].as_str().unwrap(), &case["game"]) else { continue };
        let exact = &case["exact"];
        let keys = ["nucleolus", "prenucleolus", "least_core_value", "core_nonempty"];
        if keys.iter().all(|key| exact[*key].is_null()) || game.names().len() > 20 {
            continue;
        }
        let concepts =
            [Concept::Core, Concept::LeastCore, Concept::Nucleolus, Concept::Prenucleolus];
        let options = Options { concepts: Some(concepts.to_vec()), ..Options::default() };
        let found = solve(&game, &options, &Work::default()).unwrap();
        assert!(found.undecided.is_empty(), "{id}: {:?}", found.undecided);
        let pre = found.prenucleolus.as_ref().unwrap();
        if !exact["nucleolus"].is_null() {
            let nucleolus = found.nucleolus.as_ref().unwrap_or_else(|| panic!("{id}"));
            assert_eq!(nucleolus.allocation, numbers(&exact["nucleolus"]), "{id}");
            checked += 1;
        }
        if !exact["prenucleolus"].is_null() {
            assert_eq!(pre.allocation, numbers(&exact["prenucleolus"]), "{id}");
            checked += 1;
        }
        let value = pre.least_core_value().unwrap();
        if !exact["least_core_value"].is_null() {
            assert_eq!(*value, number(&exact["least_core_value"]), "{id}");
            checked += 1;
        }
        if let Some(nonempty) = exact["core_nonempty"].as_bool() {
            assert_eq!(*value <= RBig::ZERO, nonempty, "{id}");
            assert_eq!(found.core_payoffs.is_some(), nonempty, "{id}");
            checked += 1;
        }
        // What is known to be in the core, or the least core, is in its ranges.
        for (ranges, key) in [
            (found.core_payoffs.as_ref(), "nucleolus"),
            (found.least_core_payoffs.as_ref(), "prenucleolus"),
        ] {
            let (Some(ranges), false) = (ranges, exact[key].is_null()) else { continue };
            for (i, x) in numbers(&exact[key]).iter().enumerate() {
                let [low, high] = [&ranges[i].lowest, &ranges[i].highest].map(|b| &b.allocation[i]);
                assert!(low <= x && x <= high, "{id}: {key}");
            }
        }
        // The vertices' least and greatest payoffs are the ranges' ends.
        if let (Some(vertices), Some(ranges)) = (&found.core_vertices, &found.core_payoffs) {
            for (i, range) in ranges.iter().enumerate() {
                let payoffs = || vertices.listed.iter().map(|x| &x[i]);
                assert_eq!(payoffs().min(), Some(&range.lowest.allocation[i]), "{id}");
                assert_eq!(payoffs().max(), Some(&range.highest.allocation[i]), "{id}");
            }
        }
        let report = CoalitionReport::new(&game, id, &found, true);
        let refuted: Vec<String> = check(&report, false)
            .unwrap()
            .claims
            .iter()
            .filter(|claim| !claim.holds())
            .map(ToString::to_string)
            .collect();
        assert!(refuted.is_empty(), "{id}: {refuted:?}");
    }
    eprintln!("{checked} answers checked");
}

#[test]
fn stable_partitions_are_the_known_ones() {
    for case in cases().unwrap_or_default() {
        if case["kind"] != "hedonic" {
            continue;
        }
        let game = hedonic(&case["game"]);
        let n = game.players();
        let found = stable_partitions(&game, usize::MAX);
        let known = |key: &str| {
            let bloc = |b: &Value| {
                b.as_array().unwrap().iter().map(|i| i.as_u64().unwrap() as usize - 1).collect()
            };
            let mut all: Vec<Partition> = case["exact"][key]
                .as_array()
                .unwrap()
                .iter()
                .map(|p| {
                    Partition::new(n, p.as_array().unwrap().iter().map(bloc).collect()).unwrap()
                })
                .collect();
            all.sort();
            all
        };
        for (key, stable) in [
            ("core_stable", found.core_stable),
            ("strict_core_stable", found.strict_core_stable),
            ("nash_stable", found.nash_stable),
            ("individually_stable", found.individually_stable),
            ("contractually_individually_stable", found.contractually_stable),
        ] {
            let mut list = stable.partitions;
            list.sort();
            assert_eq!(list, known(key), "{}: {key}", case["id"]);
        }
    }
}
