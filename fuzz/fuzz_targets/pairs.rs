//! Files of pairs, attached to a system and asked for every relation.
#![no_main]

use equipoise::dataset::{Dataset, DyadFiles, Measure, Relation, Selection};

const STATES: &str = "state,ccode,year,x\nA,300,1900,1\nB,200,1900,2\nUSA,2,1900,3\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let dataset = Dataset::parse("states.csv", STATES.as_bytes()).unwrap();
    let built = dataset.system(&Selection::default(), &Measure::Cinc).unwrap();
    let Ok(table) = DyadFiles::parse(&[("fuzz.csv", bytes)]) else { return };
    for relation in Relation::ALL {
        let _ = table.known(&built.system, relation);
    }
    let _ = table.attach(built);
});
