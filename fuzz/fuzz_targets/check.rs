//! Reports of every kind, as `equipoise check` reads them.
#![no_main]

use equipoise::report::check_json;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for thorough in [false, true] {
        if let Ok(found) = check_json(bytes, "fuzz.json", thorough) {
            let _ = found.accepted();
        }
    }
});
