//! A partition that somebody asks about: `--blocs`.

use equipoise::certify::Claim;
use equipoise::certify::partitions::blocs::check_given;
use equipoise::coalition::{Coalition, Partition};
use equipoise::contest::Contest;
use equipoise::finding::blocs::{Deviation, Given, GivenPartition};
use equipoise::parameters::Parameters;
use equipoise::solve::partitions::blocs::judge;
use equipoise::system::System;
use equipoise::tolerance::Tolerances;
use equipoise::work::Work;
use serde_json::Value;

use crate::common::equipoise;

fn contest(powers: &[f64]) -> Contest {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    Contest::new(&System::from_powers(named).unwrap(), &Parameters::default()).unwrap()
}

fn judged(contest: &Contest, partition: &Partition) -> GivenPartition {
    match judge(contest, partition, &Tolerances::DEFAULT, &Work::default()) {
        Given::Decided(found) => *found,
        Given::Undecided { why } => panic!("{why}"),
    }
}

/// Control over shares under blocs, state by state: with power as utility a gain over shares.
fn worth(contest: &Contest, blocs: &[Coalition]) -> Vec<f64> {
    let mut control = vec![0.0; contest.len()];
    contest.control(blocs, &mut control);
    control.iter().zip(contest.shares()).map(|(control, share)| control / share).collect()
}

/// The moves of one state by which it gains, by definition.
fn naive(contest: &Contest, partition: &Partition) -> Vec<(usize, Coalition, f64)> {
    let before = worth(contest, partition.blocs());
    let mut found = Vec::new();
    for (state, before) in before.iter().enumerate() {
        let own = *partition.blocs().iter().find(|bloc| bloc.contains(state)).unwrap();
        let others = partition.blocs().iter().copied().filter(|bloc| *bloc != own);
        for joined in others.chain([Coalition::EMPTY]) {
            let mut blocs: Vec<Coalition> =
                partition.blocs().iter().copied().filter(|b| *b != own && *b != joined).collect();
            blocs.extend([own.without(state), joined.with(state)]);
            blocs.retain(|bloc| !bloc.is_empty());
            let gain = worth(contest, &blocs)[state] - before;
            if gain > Tolerances::DEFAULT.gain {
                found.push((state, joined, gain));
            }
        }
    }
    found
}

#[test]
fn the_moves_of_every_partition_are_those_of_the_definition_and_certified() {
    let mut moved = 0;
    for powers in [vec![5.0, 4.0, 3.0], vec![11.0, 8.0, 6.0, 4.0], vec![9.0, 7.0, 5.0, 3.0, 2.0]] {
        let contest = contest(&powers);
        for partition in Partition::all(powers.len()) {
            let found = judged(&contest, &partition);
            let mut expected = naive(&contest, &partition);
            expected.sort_by_key(|(state, joined, _)| (*state, joined.bits()));
            let mut said: Vec<&Deviation> = found.deviations.iter().collect();
            said.sort_by_key(|d| (d.state, d.joined.bits()));
            assert_eq!(said.len(), expected.len(), "{powers:?} {partition:?}");
            for (said, (state, joined, gain)) in said.iter().zip(&expected) {
                assert_eq!((said.state, said.joined), (*state, *joined));
                assert!((said.gain - gain).abs() < 1e-9, "{} {gain}", said.gain);
            }
            assert_eq!(found.partition.nash_stable, expected.is_empty());
            let claims = check_given(&contest, &found, &Work::default()).unwrap();
            assert!(claims.iter().all(Claim::holds), "{claims:?}");
            refuted_if_changed(&contest, &found);
            moved += expected.len();
        }
    }
    assert!(moved > 50, "{moved}");
}

fn refuted_if_changed(contest: &Contest, found: &GivenPartition) {
    let mut wrong = Vec::new();
    let mut change = |edit: &dyn Fn(&mut GivenPartition)| {
        let mut other = found.clone();
        edit(&mut other);
        if other != *found {
            wrong.push(other);
        }
    };
    change(&|f| f.partition.instability += 0.01);
    change(&|f| f.partition.blocking = None);
    change(&|f| f.partition.control[0] += 1e-3);
    change(&|f| f.partition.peace_threshold += 1e-3);
    change(&|f| f.partition.nash_stable = !f.partition.nash_stable);
    change(&|f| f.deviations.truncate(found.deviations.len().saturating_sub(1)));
    change(&|f| f.deviations.extend(found.deviations.first().copied()));
    change(&|f| f.deviations.iter_mut().for_each(|d| d.gain += 1e-3));
    change(&|f| f.deviations.iter_mut().for_each(|d| d.welcome = !d.welcome));
    for other in wrong {
        let claims = check_given(contest, &other, &Work::default()).unwrap();
        assert!(!claims.iter().all(Claim::holds), "{other:?}");
    }
}

#[test]
fn the_first_partition_of_the_lens_is_judged_as_the_lens_has_it() {
    let base = "solve data/europe-1913.csv --lens blocs,polarity --format json";
    let json = |words: &str| -> Value {
        let output = equipoise(words).assert().success().get_output().stdout.clone();
        serde_json::from_slice(&output).unwrap()
    };
    let first = json(base)["lenses"]["blocs"]["partitions"][0].clone();
    let blocs: Vec<String> = first["blocs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bloc| {
            bloc.as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>()
        })
        .map(|bloc| bloc.join("+"))
        .collect();
    let given = json(&format!("{base} --blocs {}", blocs.join(",")))["partition"].clone();
    for key in ["blocs", "control", "peace_threshold", "nash_stable", "blocking"] {
        assert_eq!(given[key], first[key], "{key}");
    }
    assert_eq!(given["verdict"], "balanced");
    // Nothing of the lenses changes, and the polarity lens alone is enough.
    let alone = json("solve data/europe-1913.csv --lens polarity --blocs UKG --format json");
    assert_eq!(alone["partition"]["blocs"].as_array().unwrap().len(), 6);
    assert!(alone["lenses"]["blocs"].is_null());
}

#[test]
fn text_table_page_figure_and_errors_of_a_partition() {
    let base = "solve data/europe-1913.csv --lens polarity --blocs UKG+FRN+RUS,GMY+AUH+ITA";
    let text = equipoise(base).assert().success().get_output().stdout.clone();
    let text = String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Under {UKG FRN RUS} {GMY AUH ITA} GMY controls"), "{text}");
    let csv = equipoise(&format!("{base} --format csv")).assert().success().get_output().clone();
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    assert!(csv.contains(",partition,core_stable,UKG+FRN+RUS | GMY+AUH+ITA,"), "{csv}");
    let page = equipoise(&format!("{base} --format html")).assert().success().get_output().clone();
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    assert!(page.contains("The partition that was asked about"));
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("own.svg");
    let words = format!("{base} --figure partition --plot {}", picture.display());
    equipoise(&words).assert().success();
    let picture = std::fs::read_to_string(picture).unwrap();
    assert!(picture.contains("{GMY AUH ITA}") && picture.contains("class=\"state\""));
    let refused = |words: &str| {
        let output = equipoise(words).assert().code(2).get_output().stderr.clone();
        String::from_utf8_lossy(&output).into_owned()
    };
    let error = refused("solve data/europe-1913.csv --blocs UKG+XYZ");
    assert!(error.contains("XYZ") && error.contains("AUH"), "{error}");
    let error = refused("solve data/europe-1913.csv --blocs UKG+FRN,FRN+GMY");
    assert!(error.contains("FRN twice"), "{error}");
    let error = refused("solve data/europe-1913.csv --figure partition --plot x.svg");
    assert!(error.contains("--blocs A+B,C+D"), "{error}");
}
