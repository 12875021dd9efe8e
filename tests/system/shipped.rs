//! Every shipped system solves, and its report passes its check.

use std::fs;
use std::path::Path;

use equipoise::analysis::{Options, analyse};
use equipoise::dataset::{Dataset, Measure, Selection};
use equipoise::parameters::Parameters;
use equipoise::report::{Report, check};
use equipoise::work::Work;

/// Of a larger system the strongest so many are solved here, so that the test stays short.
const STATES: usize = 9;

#[test]
fn every_shipped_system_solves_and_is_certified() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut solved = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let dataset = Dataset::read(&path).unwrap();
        let selection = Selection { top: Some(STATES), ..Selection::default() };
        let built = dataset.system(&selection, &Measure::Cinc).unwrap();
        let name = built.system.name().to_owned();
        let analysis =
            analyse(built.system, Parameters::default(), &Options::default(), &Work::default())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!analysis.is_undecided(), "{name}");
        let found = check(&Report::new(&analysis, &built.notes), false).unwrap();
        let refuted: Vec<_> = found.claims.iter().filter(|claim| !claim.holds()).collect();
        assert!(refuted.is_empty(), "{name}: {refuted:#?}");
        solved += 1;
    }
    assert!(solved >= 16, "only {solved} systems are shipped");
}
