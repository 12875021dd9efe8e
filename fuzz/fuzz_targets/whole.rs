//! Random systems and parameters through all lenses.
#![no_main]

#[path = "../../tests/common/whole.rs"]
mod whole;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whole::run(bytes));
