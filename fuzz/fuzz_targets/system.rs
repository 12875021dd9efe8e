//! Files of states, and systems of every year of them.
#![no_main]

use equipoise::dataset::{Dataset, Measure, Selection};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let dataset = match Dataset::parse("fuzz.csv", bytes) {
        Ok(dataset) => dataset,
        Err(error) => return assert!(error.to_string().starts_with("fuzz.csv")),
    };
    let mut measures = vec![Measure::Cinc];
    measures.extend(dataset.capabilities().iter().map(|name| Measure::Column((*name).into())));
    for year in dataset.years().into_iter().map(Some).chain([None]).take(4) {
        for drop_missing in [false, true] {
            let top = drop_missing.then_some(3);
            let selection = Selection { year, top, drop_missing, ..Selection::default() };
            for measure in measures.iter().take(3) {
                let Ok(built) = dataset.system(&selection, measure) else { continue };
                let sum: f64 = built.system.shares().iter().sum();
                assert!((sum - 1.0).abs() < 1e-9);
            }
        }
    }
});
