//! `equipoise compare`: rows restate reports, in the order of files, years, measures and
//! settings, whatever the number of threads; tampered comparisons are refused.

use crate::common::{equipoise, output, shared};
use equipoise::analysis::Lens;
use equipoise::report::Report;
use equipoise::report::compare::{Comparison, check_comparison};
use serde_json::Value;

/// The rows of CSV, by column.
fn rows(csv: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let named = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| named(record.unwrap())).collect()
}

fn cell<'a>(row: &'a [(String, String)], column: &str) -> &'a str {
    &row.iter().find(|(name, _)| name == column).unwrap().1
}

fn column(csv: &str, name: &str) -> Vec<String> {
    rows(csv).iter().map(|row| cell(row, name).to_owned()).collect()
}

#[test]
fn a_row_restates_the_report_of_its_system() {
    let csv = output("compare data/europe-1913.csv data/vienna-1816.csv --format csv");
    let rows = rows(&csv);
    assert_eq!(rows.len(), 2);
    for (row, name) in rows.iter().zip(["europe-1913", "vienna-1816"]) {
        let json = output(&format!("solve data/{name}.csv --format json"));
        let report: Report = serde_json::from_str(&json).unwrap();
        assert_eq!(cell(row, "label"), name);
        let number = |column: &str| cell(row, column).parse::<f64>().unwrap();
        let lenses = &report.lenses;
        let settlement = lenses.settlement.as_ref().and_then(|s| s.decided()).unwrap();
        assert_eq!(number("price_of_peace"), settlement.price_of_peace);
        assert_eq!([number("settlement_lo"), number("settlement_hi")], settlement.control);
        let blocs = lenses.blocs.as_ref().and_then(|b| b.decided()).unwrap();
        assert_eq!(number("instability"), blocs.instability);
        assert_eq!(cell(row, "core_stable"), blocs.core_stable.to_string());
        let alignment = lenses.alignment.as_ref().and_then(|a| a.decided()).unwrap();
        assert_eq!([number("alignment_lo"), number("alignment_hi")], alignment.control);
        assert_eq!([number("multiplier_lo"), number("multiplier_hi")], report.verdict.multiplier);
        assert_eq!(cell(row, "verdict"), report.verdict.overall.name());
        assert_eq!(cell(row, "leader"), report.system.leader);
    }
}

#[test]
fn the_columns_are_those_of_the_contract_first() {
    let csv = output("compare data/prussia-1866.csv --lens polarity --format csv");
    let header = csv.lines().next().unwrap();
    assert!(header.starts_with(
        "label,year,measure,parameters,class,leader,leader_share,effective_poles,price_of_peace,\
         instability,core_stable,polarity_lo,polarity_hi,settlement_lo,settlement_hi,blocs_lo,\
         blocs_hi,alignment_lo,alignment_hi,multiplier_lo,multiplier_hi,verdict"
    ));
    assert_eq!(column(&csv, "price_of_peace"), [""]);
}

#[test]
fn settings_are_varied_in_all_combinations_and_their_agreement_told() {
    let args = "compare data/china-2016.csv --top 4 --vary decisiveness=1..3 --vary dominance=1,2";
    let csv = output(&format!("{args} --format csv"));
    let labels = column(&csv, "label");
    assert_eq!(labels.len(), 6);
    assert_eq!(labels[0], "china-2016 decisiveness=1 dominance=1");
    assert_eq!(labels[5], "china-2016 decisiveness=3 dominance=2");
    let json: Value = serde_json::from_str(&output(&format!("{args} --format json"))).unwrap();
    let agreement = &json["agreement"][0];
    assert_eq!(agreement["cases"], 6);
    let verdicts = column(&csv, "verdict");
    let most = verdicts.iter().map(|v| verdicts.iter().filter(|w| *w == v).count()).max();
    assert_eq!(agreement["share"], most.unwrap() as f64 / 6.0);
}

#[test]
fn measures_and_drivers_make_cases_of_their_own() {
    let csv = output("compare data/europe-1913.csv --capability cinc,milex --format csv");
    assert_eq!(column(&csv, "measure"), ["cinc", "milex"]);
    let csv = output("compare data/greece-431bce.csv --driver power,threat --format csv");
    let parameters = column(&csv, "parameters");
    assert!(parameters[0].ends_with("driver=power") && parameters[1].ends_with("driver=threat"));
    let one = equipoise("solve data/greece-431bce.csv --driver power,threat").output().unwrap();
    assert_eq!(one.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&one.stderr).contains("compare"));
}

#[test]
fn what_changed_is_told_of_every_row_but_the_first() {
    let csv = output("compare data/unipolar-1991.csv data/europe-1913.csv --format csv --top 6");
    let changes = column(&csv, "changes");
    assert_eq!(changes[0], "");
    for what in ["class", "leader", "verdict"] {
        let values = column(&csv, what);
        let told = changes[1].contains(&format!("{what}:{}>{}", values[0], values[1]));
        assert_eq!(told, values[0] != values[1], "{changes:?}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let args = "compare data/europe-1913.csv --vary war-cost=0..0.2:0.1 --format json";
    assert_eq!(output(&format!("{args} --threads 1")), output(&format!("{args} --threads 2")));
}

#[test]
fn a_comparison_is_verified_and_a_tampered_one_refused() {
    let json = output("compare data/europe-1913.csv data/napoleon-1812.csv --format json");
    let comparison: Comparison = serde_json::from_str(&json).unwrap();
    assert!(check_comparison(&comparison, false).unwrap().accepted());
    let tampered: [fn(&mut Comparison); 6] = [
        |c| c.rows[1].leader_share += 0.01,
        |c| c.rows[0].control.set(Lens::Blocs, [0.0, 1.0]),
        |c| c.rows[1].changes.clear(),
        |c| drop(c.rows.pop()),
        |c| c.reports[1].verdict.multiplier = [1.0, 1.0],
        |c| c.reports.swap(0, 1),
    ];
    for (number, tamper) in tampered.iter().enumerate() {
        let mut changed = comparison.clone();
        tamper(&mut changed);
        assert!(!check_comparison(&changed, false).unwrap().accepted(), "tampering {number}");
    }
}

/// The pairs of 1913: the two camps of the reference split are those of structural balance.
#[test]
fn theories_are_set_beside_each_other_and_the_reference_split() {
    let args = "compare data/europe-1913.csv --dyads data/pairs/europe-1913.csv --theories all";
    let comparison: Comparison =
        serde_json::from_str(&output(&format!("{args} --format json"))).unwrap();
    let table = comparison.theories.as_ref().unwrap();
    assert_eq!((table.theories.len(), table.rows.len()), (7, 7));
    let of = |name: &str| table.rows.iter().find(|row| row.theory == name).unwrap();
    assert!(of("landscape").left_out.as_ref().unwrap().contains("propensity"));
    assert!(of("ruling-coalition").sides.is_some());
    // One case alone says nothing of how far verdicts agree.
    assert!(table.agreement.is_empty());
    let camps = table.reference.iter().find(|k| k.first == "structural-balance").unwrap();
    // Nor is chance taken out of how far the sides of a single case agree.
    assert_eq!((camps.alike, camps.items, camps.kappa), (10, 10, None));
    let said = output(&format!("{args} --format csv"));
    assert_eq!(
        column(&said, "structural-balance"),
        [of("structural-balance").verdict.unwrap().name()]
    );
    let page = output(&format!("{args} --format html"));
    assert!(
        page.contains("id=\"theories\"") && page.contains("needs --dyads that give propensity")
    );
    assert!(check_comparison(&comparison, false).unwrap().accepted());
    let tampered: [fn(&mut Comparison); 5] = [
        |c| c.theories.as_mut().unwrap().rows[0].excluded.push("GMY".into()),
        |c| c.theories.as_mut().unwrap().reference[0].alike += 1,
        |c| c.theories.as_mut().unwrap().reference.clear(),
        |c| c.theories.as_mut().unwrap().reports.swap(0, 2),
        |c| drop(c.theories.as_mut().unwrap().rows.pop()),
    ];
    for (number, tamper) in tampered.iter().enumerate() {
        let mut changed = comparison.clone();
        tamper(&mut changed);
        assert!(!check_comparison(&changed, false).unwrap().accepted(), "tampering {number}");
    }
}

/// With tactics named, the weights of the roles are told, by class.
#[test]
fn the_weights_of_tactics_are_compared() {
    let args = "compare data/europe-1913.csv data/coldwar-1950.csv --top 5 --lens \
                polarity,alignment --tactics balance,pass,abstain --attrition 0.2";
    let said = output(&format!("{args} --format csv"));
    for roles in column(&said, "roles") {
        let weights: Vec<f64> = roles
            .split("; ")
            .map(|part| part.rsplit_once("..").unwrap().1.parse::<f64>().unwrap())
            .collect();
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{roles}");
    }
    assert!(output(args).contains("balancer") || output(args).contains("bystander"));
}

#[test]
fn what_cannot_be_compared_is_told_with_its_place() {
    for (args, told) in [
        ("compare data/europe-1913.csv --vary speed=1..2", "one of decisiveness"),
        ("compare data/europe-1913.csv --years 1914..1913", "years as 1816..2016"),
        ("compare data/europe-1913.csv --years -2000000000..2000000000", "years as 1816..2016"),
        (
            "compare data/europe-1913.csv --vary dominance=0..9:0.01 --vary threshold=0.1..0.9:0.001",
            "vary fewer parameters",
        ),
        ("compare data/europe-1913.csv --years 1914", "choose a year that the file has"),
        ("compare data/europe-1913.csv --capability gold", "gold"),
        ("compare data/china-2016.csv --vary war-cost=0..1", "war-cost: expected"),
        ("compare nowhere.csv", "nowhere.csv"),
        ("compare data/europe-1913.csv --theories marxism", "niou-ordeshook"),
    ] {
        let output = equipoise(args).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args}");
        assert!(error.contains(told), "{args}: {error}");
    }
}

/// National Material Capabilities and the list of major powers, where they are.
#[test]
fn a_panel_of_years_is_compared_with_one_command() {
    let files = ["NMC-70-abridged.csv", "majors2016.csv"].map(shared);
    let [Some(nmc), Some(majors)] = files else { return };
    let (nmc, majors) = (nmc.display(), majors.display());
    let csv = output(&format!("compare {nmc} --years 1880..1920:5 --majors {majors} --format csv"));
    let years = column(&csv, "year");
    assert_eq!(years.first().map(String::as_str), Some("1880"));
    assert_eq!(years.len(), 9);
    assert_eq!(column(&csv, "label"), years);
}
