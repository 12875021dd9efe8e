//! A report passes its check; a report that says something else does not.

use equipoise::analysis::{LeaderChoice, Options, analyse};
use equipoise::parameters::Parameters;
use equipoise::report::{Report, check};
use equipoise::system::System;
use equipoise::work::Work;
use serde_json::{Value, json};

/// A report in which every lens has something to prove.
fn report(leader: LeaderChoice) -> Report {
    let powers = [("A", 5.5), ("B", 4.0), ("C", 3.0), ("D", 2.5), ("E", 1.0)];
    let system = System::from_powers(powers).unwrap();
    let options = Options { leader, ..Options::default() };
    let analysis = analyse(system, Parameters::default(), &options, &Work::default()).unwrap();
    Report::new(&analysis, &[])
}

/// Whether a report in JSON is accepted. What cannot be read is refused.
fn accepted(value: &Value) -> bool {
    let Ok(report) = serde_json::from_value::<Report>(value.clone()) else { return false };
    check(&report, false).is_ok_and(|found| found.accepted())
}

/// Changes the value at a JSON pointer.
fn change(value: &mut Value, pointer: &str, to: impl FnOnce(&Value) -> Value) {
    let place = value.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"));
    *place = to(place);
}

/// Adds to the number there.
fn add(amount: f64) -> impl FnOnce(&Value) -> Value {
    move |old| json!(old.as_f64().expect("a number") + amount)
}

/// Puts another value there.
fn put(new: Value) -> impl FnOnce(&Value) -> Value {
    move |_| new
}

/// Negates the truth value there.
fn not(old: &Value) -> Value {
    json!(!old.as_bool().expect("a truth value"))
}

/// Drops the last element there.
fn shorter(old: &Value) -> Value {
    let mut list = old.as_array().expect("a list").clone();
    list.pop().expect("an element");
    json!(list)
}

/// Exchanges the values of two states there.
fn swap(a: &'static str, b: &'static str) -> impl FnOnce(&Value) -> Value {
    move |old| {
        let mut new = old.clone();
        (new[a], new[b]) = (old[b].clone(), old[a].clone());
        new
    }
}

type Tampering = (&'static str, fn(&mut Value));

const TAMPERINGS: &[Tampering] = &[
    ("a share", |r| change(r, "/system/states/0/share", add(0.01))),
    ("an exact share", |r| change(r, "/system/states/0/exact", put(json!("11/31")))),
    ("a state's name", |r| change(r, "/system/states/4/id", put(json!("F")))),
    ("the leading state", |r| change(r, "/system/leader", put(json!("B")))),
    ("the schema", |r| change(r, "/schema", put(json!("equipoise/report/2")))),
    ("decisiveness", |r| change(r, "/parameters/decisiveness", add(0.5))),
    ("dominance", |r| change(r, "/parameters/dominance", add(0.1))),
    ("the war cost", |r| change(r, "/parameters/war_cost", put(json!(0.9)))),
    ("the threshold", |r| change(r, "/parameters/threshold", put(json!(0.1)))),
    ("the class", |r| change(r, "/lenses/polarity/class", put(json!("unipolar")))),
    ("the HHI", |r| change(r, "/lenses/polarity/hhi", add(1e-3))),
    ("the poles", |r| change(r, "/lenses/polarity/effective_poles", add(1e-3))),
    ("the concentration", |r| change(r, "/lenses/polarity/concentration", add(1e-3))),
    ("polarity's control", |r| change(r, "/lenses/polarity/control/1", add(1e-3))),
    ("polarity's verdict", |r| change(r, "/lenses/polarity/verdict", put(json!("hegemonic")))),
    ("a higher price of peace", |r| change(r, "/lenses/settlement/price_of_peace", add(1e-3))),
    ("a lower price of peace", |r| change(r, "/lenses/settlement/price_of_peace", add(-1e-3))),
    ("the status-quo price", |r| change(r, "/lenses/settlement/status_quo_price", add(1e-3))),
    ("the claimant", |r| {
        change(r, "/lenses/settlement/status_quo_claimant", put(json!(["E"])));
    }),
    ("the nucleolus", |r| change(r, "/lenses/settlement/nucleolus", swap("A", "B"))),
    ("settlement's interval", |r| change(r, "/lenses/settlement/control/0", add(-1e-3))),
    ("a balanced weight", |r| {
        change(r, "/lenses/settlement/certificate/weights/0/weight", add(1e-3));
    }),
    ("a balanced coalition", |r| {
        change(r, "/lenses/settlement/certificate/weights/0/coalition", put(json!(["E"])));
    }),
    ("a level of the nucleolus", |r| {
        change(r, "/lenses/settlement/certificate/nucleolus", shorter);
    }),
    ("the excess of a level", |r| {
        change(r, "/lenses/settlement/certificate/nucleolus/0/excess", add(1e-3));
    }),
    ("an extreme allocation", |r| {
        change(r, "/lenses/settlement/certificate/lowest/allocation", swap("A", "E"));
    }),
    ("the weight of the whole", |r| {
        change(r, "/lenses/settlement/certificate/highest/total", add(1e-3));
    }),
    ("a coalition with a stranger", |r| {
        change(r, "/lenses/settlement/certificate/weights/0/coalition", put(json!(["X"])));
    }),
    ("the instability", |r| change(r, "/lenses/blocs/instability", add(1e-3))),
    ("core stability", |r| change(r, "/lenses/blocs/core_stable", not)),
    ("the number of partitions", |r| {
        change(r, "/lenses/blocs/partitions_total", |n| json!(n.as_u64().unwrap() + 1));
    }),
    ("the list of partitions", |r| change(r, "/lenses/blocs/partitions", shorter)),
    ("a partition", |r| {
        change(r, "/lenses/blocs/partitions/0/blocs", put(json!([["A", "B", "C", "D", "E"]])));
    }),
    ("what is no partition", |r| {
        change(r, "/lenses/blocs/partitions/0/blocs", put(json!([["A", "B"], ["B", "C"]])));
    }),
    ("a partition's control", |r| {
        change(r, "/lenses/blocs/partitions/0/control", swap("A", "B"));
    }),
    ("a partition's instability", |r| {
        change(r, "/lenses/blocs/partitions/0/instability", add(1e-3));
    }),
    ("a blocking coalition", |r| {
        change(r, "/lenses/blocs/partitions/0/blocking", put(json!(["A", "E"])));
    }),
    ("Nash stability", |r| change(r, "/lenses/blocs/partitions/0/nash_stable", not)),
    ("individual stability", |r| {
        change(r, "/lenses/blocs/partitions/0/individually_stable", not);
    }),
    ("contractual stability", |r| {
        change(r, "/lenses/blocs/partitions/0/contractually_stable", not);
    }),
    ("a peace threshold", |r| {
        change(r, "/lenses/blocs/partitions/0/peace_threshold", add(1e-3));
    }),
    ("blocs' interval", |r| change(r, "/lenses/blocs/control/1", add(1e-3))),
    ("a state's range", |r| change(r, "/lenses/blocs/ranges/B/control/0", add(-1e-3))),
    ("an extreme partition", |r| {
        change(r, "/lenses/blocs/ranges/A/lowest", put(json!([["A", "B", "C", "D", "E"]])));
    }),
    ("the number of profiles", |r| {
        change(r, "/lenses/alignment/profiles", |n| json!(n.as_u64().unwrap() + 1));
    }),
    ("whom the others face", |r| change(r, "/lenses/alignment/leader", put(json!("B")))),
    ("the number of equilibria", |r| {
        change(r, "/lenses/alignment/pure_nash_total", |n| json!(n.as_u64().unwrap() + 1));
    }),
    ("alignment's interval", |r| change(r, "/lenses/alignment/control/0", add(-1e-3))),
    ("alignment's verdict", |r| change(r, "/lenses/alignment/verdict", put(json!("hegemonic")))),
    ("a probability", |r| {
        change(r, "/lenses/alignment/certificate/lowest/distribution/0/probability", add(1e-3));
    }),
    ("the proven bound", |r| {
        change(r, "/lenses/alignment/certificate/highest/bound", add(1e-3));
    }),
    ("a posture in the distribution", |r| {
        let actions = "/lenses/alignment/certificate/lowest/distribution/0/actions/B";
        change(r, actions, |old| json!(if old == "bandwagon" { "abstain" } else { "bandwagon" }));
    }),
    ("the verdict", |r| change(r, "/verdict/overall", put(json!("hegemonic")))),
    ("the verdict's interval", |r| change(r, "/verdict/control/1", add(1e-3))),
    ("the multiplier", |r| change(r, "/verdict/multiplier/0", add(1e-3))),
    ("the lenses that disagree", |r| change(r, "/verdict/disagreeing", put(json!(["blocs"])))),
];

#[test]
fn what_was_solved_is_accepted() {
    for leader in [LeaderChoice::Strongest, LeaderChoice::State(2), LeaderChoice::All] {
        let report = report(leader);
        let found = check(&report, true).unwrap();
        let refuted: Vec<_> = found.claims.iter().filter(|claim| !claim.holds()).collect();
        assert!(refuted.is_empty(), "{refuted:#?}");
        assert!(found.unexamined.is_empty());
    }
}

#[test]
fn a_report_survives_json() {
    let report = report(LeaderChoice::All);
    let read: Report = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(read, report);
}

#[test]
fn what_was_tampered_with_is_refused() {
    let sound = serde_json::to_value(report(LeaderChoice::Strongest)).unwrap();
    assert!(accepted(&sound));
    for (what, tamper) in TAMPERINGS {
        let mut tampered = sound.clone();
        tamper(&mut tampered);
        assert_ne!(tampered, sound, "{what}: nothing changed");
        assert!(!accepted(&tampered), "{what} was changed and nobody noticed");
    }
}

#[test]
fn a_leader_left_out_is_noticed() {
    let sound = serde_json::to_value(report(LeaderChoice::All)).unwrap();
    let mut fewer = sound.clone();
    change(&mut fewer, "/leaders", shorter);
    assert!(accepted(&sound));
    assert!(!accepted(&fewer));
}
