//! National Material Capabilities as downloaded: the index it publishes, and the rules for
//! files that come with it. The file is not bundled; without it these tests only say so.

use crate::common::shared;
use equipoise::dataset::{Dataset, DyadTable, Majors, Measure, Selection};

fn nmc() -> Option<Dataset> {
    shared("NMC-70-abridged.csv").map(|path| Dataset::read(path).unwrap())
}

/// Singer, Bremer & Stuckey (1972), as computed by NMC 7.0 for every state and year.
#[test]
fn the_published_index_is_reproduced_for_every_state_and_year() {
    let Some(nmc) = nmc() else { return };
    assert_eq!(nmc.capabilities(), ["milex", "milper", "irst", "pec", "tpop", "upop"]);
    assert!(nmc.notes().is_empty(), "{:?}", nmc.notes());
    let mut compared = 0;
    let mut worst = 0.0f64;
    for year in nmc.years() {
        let selection = Selection { year: Some(year), ..Selection::default() };
        let built = nmc.system(&selection, &Measure::Cinc).unwrap();
        for (state, index) in built.system.states().iter().zip(&built.power) {
            let published = nmc.published_cinc(&state.id, year).unwrap().to_f64().value();
            worst = worst.max((index.to_f64().value() - published).abs());
            compared += 1;
        }
    }
    println!("{compared} rows, largest difference {worst:e}");
    assert_eq!(compared, 17_121);
    assert!(worst < 1e-7, "{worst}");
}

#[test]
fn the_major_powers_of_1913() {
    let (Some(nmc), Some(majors)) = (nmc(), shared("majors2016.csv")) else { return };
    let majors = Some(Majors::read(majors).unwrap());
    let selection = Selection { year: Some(1913), majors, ..Selection::default() };
    let built = nmc.system(&selection, &Measure::Cinc).unwrap();
    let ids: Vec<&str> = built.system.states().iter().map(|state| state.id.as_str()).collect();
    assert_eq!(ids, ["USA", "UKG", "FRN", "GMY", "AUH", "ITA", "RUS", "JPN"]);
    assert!(built.notes.is_empty(), "{:?}", built.notes);
}

#[test]
fn several_years_ask_for_one() {
    let Some(nmc) = nmc() else { return };
    let refuse = |year| {
        let selection = Selection { year, ..Selection::default() };
        nmc.system(&selection, &Measure::Cinc).unwrap_err().to_string()
    };
    assert!(
        refuse(None)
            .ends_with("expected one year, found 207 from 1816 to 2022; choose one with --year")
    );
    assert!(refuse(Some(1700)).contains("expected the year 1700, found 207 from 1816 to 2022"));
}

#[test]
fn an_unknown_state_is_told_its_nearest() {
    let Some(nmc) = nmc() else { return };
    let states = Some(vec!["FRN".to_owned(), "GMX".to_owned()]);
    let selection = Selection { year: Some(1913), states, ..Selection::default() };
    let said = nmc.system(&selection, &Measure::Cinc).unwrap_err().to_string();
    assert!(said.contains("expected one state \"GMX\"") && said.contains("GMY"), "{said}");
}

#[test]
fn files_of_something_else_are_refused_by_what_they_hold() {
    for (name, what) in [
        ("Inter-StateWarData_v4.0.csv", "a list of wars, found WarNum, WarName"),
        ("majors2016.csv", "not spells"),
        ("states2016.csv", "not spells"),
        ("contdir.csv", "not pairs of states"),
        ("atop5_1_ddyr_abridged.csv", "not pairs of states"),
        ("tss_rivalries.csv", "not pairs of states"),
        ("system2016.csv", "expected a numeric column to measure power by"),
        ("cow_capitals.csv", "expected a numeric column to measure power by"),
    ] {
        let Some(path) = shared(name) else { continue };
        let said = Dataset::read(path).unwrap_err().to_string();
        assert!(said.contains(&format!("{name}:1: ")) && said.contains(what), "{said}");
    }
}

#[test]
fn pairs_without_a_relation_are_refused() {
    let Some(path) = shared("atop5_1_ddyr_abridged.csv") else { return };
    let said = DyadTable::read(path).unwrap_err().to_string();
    assert!(said.contains("distance, hostility, affinity, commitment"), "{said}");
}
