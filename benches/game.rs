//! Games of the sizes on which other programs were measured, payoffs random whole numbers
//! 0–9999. Every answer is certified before it is timed.
//!
//! Run with `cargo bench --bench game`.

use equipoise::certify::strategic::correlated as certify_range;
use equipoise::certify::{Claim, strategic as certify};
use equipoise::game::{StrategicTable, nfg};
use equipoise::lp::Backend;
use equipoise::report::game::{GameReport, check_game};
use equipoise::solve::strategic::correlated::{Concept, Masters, Objective, Range, Ranged, range};
use equipoise::solve::strategic::mixed::{
    Logit, all_equilibria, extreme_equilibria, lemke_howson, logit,
};
use equipoise::solve::strategic::pure::pure_nash;
use equipoise::work::Work;

fn main() {
    divan::main();
}

/// The game with a seed: xorshift*, the same on every machine.
fn random(sizes: &[usize], seed: u64) -> StrategicTable {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(12345);
    StrategicTable::from_fn(sizes, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as i64 % 10_000
    })
    .expect("a small game")
}

fn certified(claims: &[Claim]) {
    assert!(claims.iter().all(Claim::holds));
}

#[divan::bench]
fn file_to_pure_10x3(bencher: divan::Bencher<'_, '_>) {
    let game = random(&[3; 10], 1);
    certified(&certify::pure(&game, &pure_nash(&game)));
    let file = nfg::write(&game, nfg::Variant::Payoffs);
    bencher.bench_local(|| nfg::read(file.as_bytes(), "game.nfg").map(|game| pure_nash(&game)));
}

#[divan::bench]
fn pure_10x3(bencher: divan::Bencher<'_, '_>) {
    let game = random(&[3; 10], 1);
    bencher.bench_local(|| pure_nash(&game));
}

/// All extreme equilibria in exact arithmetic.
#[divan::bench(args = [1, 2, 3, 4, 5], sample_count = 3)]
fn extreme_15x15(bencher: divan::Bencher<'_, '_>, seed: u64) {
    let game = random(&[15, 15], seed);
    let found = extreme_equilibria(&game, Work::default()).expect("two players");
    assert!(found.incomplete.is_none() && found.equilibria.len() % 2 == 1);
    certified(&certify::extreme(&game, &found));
    bencher.bench_local(|| extreme_equilibria(&game, Work::default()));
}

/// The report on all equilibria of a coordination game, examined as it is before it is written.
#[divan::bench(args = [11, 13], sample_count = 3)]
fn report_of_coordination(bencher: divan::Bencher<'_, '_>, k: usize) {
    let game = StrategicTable::from_fn(&[k, k], |profile, _| i64::from(profile[0] == profile[1]));
    let game = game.expect("a small game");
    let report = || {
        let found = extreme_equilibria(&game, Work::default()).expect("two players");
        let mut report = GameReport::new(&game, "coordination");
        report.set_exact(&found.equilibria, true, "enumeration of extreme equilibria", true);
        let checked = check_game(&report, false).expect("a report of this program");
        (found.equilibria.len(), checked.accepted())
    };
    assert_eq!(report(), ((1 << k) - 1, true));
    bencher.bench_local(report);
}

#[divan::bench]
fn lemke_howson_15x15(bencher: divan::Bencher<'_, '_>) {
    let game = random(&[15, 15], 1);
    bencher.bench_local(|| lemke_howson(&game, 0, Work::default()));
}

#[divan::bench(args = [3, 4], sample_count = 5)]
fn all_by_3(bencher: divan::Bencher<'_, '_>, players: usize) {
    let game = random(&vec![3; players], 1);
    let found = all_equilibria(&game, Work::default()).expect("a small game");
    assert!(found.unresolved.is_empty() && found.equilibria.len() % 2 == 1);
    certified(&certify::mixed(&game, &found.equilibria));
    bencher.bench_local(|| all_equilibria(&game, Work::default()));
}

#[divan::bench(args = [6, 8], sample_count = 5)]
fn logit_by_3(bencher: divan::Bencher<'_, '_>, players: usize) {
    let game = random(&vec![3; players], 1);
    let Logit::Found { equilibrium, .. } = logit(&game, Work::default()) else {
        panic!("the path has an end")
    };
    certified(&certify::mixed(&game, &[equilibrium]));
    bencher.bench_local(|| logit(&game, Work::default()));
}

/// Both ends of the range of welfare over all correlated equilibria.
fn welfare(game: &StrategicTable) -> Range {
    welfare_by(game, Masters::Simplex(Backend::default()))
}

fn welfare_by(game: &StrategicTable, masters: Masters) -> Range {
    let (objective, work) = (Objective::Welfare, Work::default());
    let found = range(game, Concept::Correlated, &objective, &pure_nash(game), masters, &work);
    match found.expect("a small game") {
        Ranged::Decided(range) => *range,
        Ranged::Undecided { why, .. } => panic!("{why}"),
    }
}

#[divan::bench(args = [1, 2, 3], sample_count = 3)]
fn correlated_10x3(bencher: divan::Bencher<'_, '_>, seed: u64) {
    let game = random(&[3; 10], seed);
    let found = welfare(&game);
    assert!(found.lowest.exact.is_some() && found.highest.exact.is_some());
    certified(&certify_range::range(&game, Concept::Correlated, &Objective::Welfare, &found));
    bencher.bench_local(|| welfare(&game));
}

/// The same with every master solved from scratch through the LP backend: the same ends.
#[divan::bench(args = [1, 2, 3], sample_count = 3)]
fn correlated_10x3_by_backend(bencher: divan::Bencher<'_, '_>, seed: u64) {
    let game = random(&[3; 10], seed);
    let backend = Masters::Backend(Backend::default());
    let ends = |range: Range| {
        [range.lowest, range.highest].map(|end| end.exact.expect("exact").attained.value)
    };
    assert_eq!(ends(welfare(&game)), ends(welfare_by(&game, backend)));
    bencher.bench_local(|| welfare_by(&game, backend));
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn correlated_13x3(bencher: divan::Bencher<'_, '_>) {
    let game = random(&[3; 13], 1);
    let found = welfare(&game);
    assert!(found.lowest.exact.is_some() && found.highest.exact.is_some());
    certified(&certify_range::range(&game, Concept::Correlated, &Objective::Welfare, &found));
    bencher.bench_local(|| welfare(&game));
}

#[divan::bench]
fn certify_correlated_10x3(bencher: divan::Bencher<'_, '_>) {
    let game = random(&[3; 10], 1);
    let found = welfare(&game);
    let objective = Objective::Welfare;
    bencher.bench_local(|| certify_range::range(&game, Concept::Correlated, &objective, &found));
}
