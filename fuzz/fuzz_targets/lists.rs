//! Lists that choose and name states, and wars.
#![no_main]

use equipoise::dataset::{Dataset, Majors, Roster, Wars};

const STATES: &str = "state,ccode,year,x\nA,300,1900,1\nB,200,1900,2\nUSA,2,1900,3\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = Majors::parse("fuzz.csv", bytes);
    if let Ok(wars) = Wars::parse("fuzz.csv", bytes) {
        let _ = (wars.years(), wars.in_year(1900));
    }
    let Ok(roster) = Roster::parse("fuzz.csv", bytes) else { return };
    let dataset = Dataset::parse("states.csv", STATES.as_bytes()).unwrap();
    let _ = dataset.clone().with_names(&roster);
    let _ = dataset.restricted_to(&roster);
});
