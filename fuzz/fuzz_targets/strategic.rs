//! Strategic games: all readers; what is written is read again as it was.
#![no_main]

use equipoise::game::nfg::{Variant, read, read_csv, write};
use equipoise::game::reduced;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let laid_out = reduced::read(bytes, "fuzz.efg");
    let games = [read(bytes, "fuzz.nfg"), read_csv(bytes, "fuzz.csv")];
    for game in games.into_iter().chain(laid_out) {
        let Ok(game) = game else { continue };
        if game.len() > 4096 {
            continue;
        }
        for variant in [Variant::Payoffs, Variant::Outcomes] {
            let written = write(&game, variant);
            let again = read(written.as_bytes(), "written.nfg").expect("what is written is a game");
            assert_eq!(write(&again, variant), written);
        }
    }
});
