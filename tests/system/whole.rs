//! Random systems with random parameters through all lenses, to the report and its check, with one
//! thread and with two.

use proptest::prelude::*;

#[path = "../common/whole.rs"]
mod run;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_run_is_certified_and_the_same_on_any_number_of_threads(
        bytes in prop::collection::vec(any::<u8>(), 0..80)
    ) {
        run::run(&bytes);
    }
}
