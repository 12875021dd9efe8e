//! The settlement lens: known answers, a brute-force oracle, properties of the model, and a
//! checker that refuses what has been tampered with.

use std::time::Duration;

use equipoise::certify;
use equipoise::coalition::Coalition;
use equipoise::contest::Contest;
use equipoise::game::{TableGame, TuGame};
use equipoise::lp::{Backend, Comparison, LinearProgram, Outcome};
use equipoise::parameters::Parameters;
use equipoise::solve::cooperative::nucleolus::least_core::LeastCoreSolver;
use equipoise::solve::cooperative::nucleolus::{self, Nucleolus, NucleolusFinding};
use equipoise::solve::cooperative::separation::ValueTable;
use equipoise::solve::settlement::{self, Settlement, SettlementFinding};
use equipoise::system::System;
use equipoise::work::Work;
use proptest::prelude::*;

fn contest(powers: &[f64], decisiveness: f64) -> Contest {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let parameters = Parameters { decisiveness, ..Parameters::default() };
    Contest::new(&System::from_powers(named).unwrap(), &parameters).unwrap()
}

fn solve_with(contest: &Contest, leaders: &[usize], backend: Backend) -> SettlementFinding {
    match settlement::solve(contest, leaders, backend, &Work::default()).unwrap() {
        Settlement::Decided(finding) => *finding,
        Settlement::Undecided { why } => panic!("{why}"),
    }
}

fn solve(contest: &Contest) -> SettlementFinding {
    let everyone: Vec<usize> = (0..contest.len()).collect();
    solve_with(contest, &everyone, Backend::default())
}

fn assert_certified(contest: &Contest, finding: &SettlementFinding) {
    for claim in certify::settlement::check(contest, finding) {
        assert!(claim.holds(), "{claim}");
        assert!(claim.violation <= 1e-9, "{claim}: accepted, but not precise");
    }
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() <= tolerance, "{found:?} ≠ {expected:?}");
    }
}

/// The families that a solver meets: equals, a steady decline, a giant, Zipf's law, a tail
/// of dwarfs, near ties.
fn families(n: usize) -> Vec<Vec<f64>> {
    let of = |f: &dyn Fn(f64) -> f64| (0..n).map(|i| f(i as f64)).collect::<Vec<f64>>();
    vec![
        of(&|_| 1.0),
        of(&|i| 0.8f64.powf(i)),
        of(&|i| if i == 0.0 { 1.2 * n as f64 } else { 1.0 + 0.1 * (0.7 * i).sin() }),
        of(&|i| 1.0 / (i + 1.0)),
        of(&|i| if i < 3.0 { 5.0 - i } else { 1e-6 }),
        of(&|i| 1.0 + 1e-9 * i),
    ]
}

const DECISIVENESS: [f64; 7] = [0.0, 0.5, 1.0, 2.0, 5.0, 100.0, f64::INFINITY];

// ---------------------------------------------------------------- known answers

#[test]
fn any_two_of_three_win() {
    let contest = contest(&[0.4, 0.35, 0.25], f64::INFINITY);
    for &backend in Backend::ALL {
        let finding = solve_with(&contest, &[0, 1, 2], backend);
        assert_near(&[finding.price_of_peace], &[1.0 / 3.0], 1e-9);
        assert_near(&finding.nucleolus, &[1.0 / 3.0; 3], 1e-9);
        // B and C together hold 0.6 and would have everything.
        assert_near(&[finding.status_quo_price], &[0.4], 1e-12);
        assert_eq!(finding.claimant, Coalition(0b110));
        assert_certified(&contest, &finding);
    }
}

#[test]
fn proportional_war_has_the_present_distribution_as_its_core() {
    for powers in families(7) {
        let contest = contest(&powers, 1.0);
        let finding = solve(&contest);
        assert_near(&[finding.price_of_peace, finding.status_quo_price], &[0.0; 2], 1e-12);
        assert_near(&finding.nucleolus, contest.shares(), 1e-10);
        for range in &finding.ranges {
            assert_near(&range.control, &[contest.shares()[range.leader]; 2], 1e-9);
        }
    }
}

fn table(n: usize, value: impl Fn(Coalition) -> f64) -> ValueTable {
    let values = (0..1u64 << n).map(|bits| value(Coalition(bits))).collect();
    ValueTable::new(&TableGame::new(n, values).unwrap()).unwrap()
}

fn found(finding: NucleolusFinding) -> Nucleolus {
    match finding {
        NucleolusFinding::Decided(nucleolus) => nucleolus,
        other => panic!("{other:?}"),
    }
}

fn both(table: &ValueTable, backend: Backend) -> [Vec<f64>; 2] {
    let work = Work::default();
    let pre = found(nucleolus::prenucleolus(table, backend, &work).unwrap());
    let nucleolus = found(nucleolus::nucleolus(table, backend, &work).unwrap());
    [pre.allocation, nucleolus.allocation]
}

/// Aumann & Maschler (1985), Game theoretic analysis of a bankruptcy problem from the Talmud,
/// *Journal of Economic Theory* 36:195–213.
#[test]
fn bankruptcies_of_the_talmud() {
    let claims = [100.0, 200.0, 300.0];
    let third = 100.0 / 3.0;
    let rulings = [(100.0, [third; 3]), (200.0, [50.0, 75.0, 75.0]), (300.0, [50.0, 100.0, 150.0])];
    for (estate, ruling) in rulings {
        let table = table(3, |s| {
            if s.is_empty() { 0.0 } else { (estate - s.complement(3).sum(&claims)).max(0.0) }
        });
        for &backend in Backend::ALL {
            for allocation in both(&table, backend) {
                assert_near(&allocation, &ruling, 1e-9 * estate);
            }
        }
    }
}

/// Bits from the players' names, `124` for players 1, 2 and 4.
fn named(name: &str) -> Coalition {
    name.bytes().map(|digit| usize::from(digit - b'1')).collect()
}

#[test]
fn games_of_the_textbooks() {
    type Case = (&'static str, usize, &'static [(&'static str, f64)], f64, &'static [f64]);
    const THIRD: f64 = 1.0 / 3.0;
    let cases: [Case; 5] = [
        (
            "Ferguson, Game Theory, lecture notes, part IV",
            3,
            &[("1", -1.0), ("3", 1.0), ("12", 3.0), ("13", 4.0), ("23", 2.0), ("123", 5.0)],
            -THIRD,
            &[8.0 / 3.0, 2.0 / 3.0, 5.0 / 3.0],
        ),
        (
            "CoopGame (R), help(nucleolus)",
            4,
            &[
                ("12", 5.0),
                ("13", 5.0),
                ("14", 8.0),
                ("23", 9.0),
                ("24", 10.0),
                ("34", 8.0),
                ("123", 13.0),
                ("124", 15.0),
                ("134", 16.0),
                ("234", 17.0),
                ("1234", 21.0),
            ],
            -0.5,
            &[3.5, 4.5, 5.5, 7.5],
        ),
        (
            "glove game, one left glove and two right ones (Osborne & Rubinstein)",
            3,
            &[("12", 1.0), ("13", 1.0), ("123", 1.0)],
            0.0,
            &[1.0, 0.0, 0.0],
        ),
        (
            "simple majority of three (von Neumann & Morgenstern)",
            3,
            &[("12", 1.0), ("13", 1.0), ("23", 1.0), ("123", 1.0)],
            THIRD,
            &[THIRD; 3],
        ),
        (
            "[3; 1, 1, 1, 1]",
            4,
            &[("123", 1.0), ("124", 1.0), ("134", 1.0), ("234", 1.0), ("1234", 1.0)],
            0.25,
            &[0.25; 4],
        ),
    ];
    for (source, n, values, least, expected) in cases {
        let table = table(n, |s| {
            values.iter().find(|(name, _)| named(name) == s).map_or(0.0, |&(_, value)| value)
        });
        for &backend in Backend::ALL {
            println!("{source}, {}", backend.name());
            let mut solver = LeastCoreSolver::new(&table, backend);
            let core = solver.least_core(&Work::default()).unwrap().unwrap();
            assert_near(&[core.value], &[least], 1e-9 * table.unit());
            for allocation in both(&table, backend) {
                assert_near(&allocation, expected, 1e-9 * table.unit());
            }
        }
    }
}

/// Böhm-Bawerk's horse market (Shapley & Shubik 1971, *IJGT* 1:111–130): the core is the
/// prices from 21 to 21.5, the nucleolus the middle of it (Núñez & Rafels 2005).
#[test]
fn the_horse_market() {
    let buyers = [30.0, 28.0, 26.0, 24.0, 22.0, 21.0, 20.0, 18.0, 17.0, 15.0];
    let sellers = [10.0, 11.0, 15.0, 17.0, 20.0, 21.5, 25.0, 26.0];
    // Both are sorted: the best trades match the keenest of each side.
    let game = table(18, |s| {
        let buying = (0..10).filter(|&i| s.contains(i)).map(|i| buyers[i]);
        let selling = (0..8).filter(|&j| s.contains(10 + j)).map(|j| sellers[j]);
        buying.zip(selling).map(|(b, s)| f64::max(b - s, 0.0)).sum()
    });
    let price = 21.25;
    let gain = |i: usize| {
        if i < 10 {
            f64::max(buyers[i] - price, 0.0)
        } else {
            f64::max(price - sellers[i - 10], 0.0)
        }
    };
    let expected: Vec<f64> = (0..18).map(gain).collect();
    for allocation in both(&game, Backend::default()) {
        assert_near(&allocation, &expected, 1e-8);
    }
    let mut solver = LeastCoreSolver::new(&game, Backend::default());
    let core = solver.least_core(&Work::default()).unwrap().unwrap();
    let range = solver.range(&core, 0, &Work::default()).unwrap().unwrap();
    assert_near(&range.control, &[30.0 - 21.5, 30.0 - 21.0], 1e-8);
}

#[test]
fn what_players_get_alone_can_be_too_much() {
    let claims_a_half = table(3, |s| if s.len() == 3 { 1.0 } else { 0.5 * s.len().min(1) as f64 });
    let work = Work::default();
    let outcome = nucleolus::nucleolus(&claims_a_half, Backend::default(), &work).unwrap();
    assert_eq!(outcome, NucleolusFinding::NoImputation { shortfall: 0.5 });
    let pre = found(nucleolus::prenucleolus(&claims_a_half, Backend::default(), &work).unwrap());
    assert_near(&pre.allocation, &[1.0 / 3.0; 3], 1e-12);
    // Exactly one imputation.
    let inessential = table(3, |s| {
        [0.1, 0.2, 0.7].iter().zip(0..3).fold(
            0.0,
            |sum, (v, i)| {
                if s.contains(i) { sum + v } else { sum }
            },
        )
    });
    let one = found(nucleolus::nucleolus(&inessential, Backend::default(), &work).unwrap());
    assert_near(&one.allocation, &[0.1, 0.2, 0.7], 1e-10);
}

/// More games of the literature, from a file of known answers.
#[test]
fn games_of_an_oracle_file() {
    let Some(path) = crate::common::oracle("coalition.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let number = |value: &serde_json::Value| -> f64 {
        let Some(text) = value.as_str() else { return value.as_f64().unwrap() };
        match text.split_once('/') {
            Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
            None => text.parse().unwrap(),
        }
    };
    let numbers = |value: &serde_json::Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(number).collect()
    };
    let mut checked = 0;
    for case in file["cases"].as_array().unwrap() {
        let (game, exact) = (&case["game"], &case["exact"]);
        let table = match case["kind"].as_str() {
            Some("bankruptcy") => {
                let (estate, claims) = (number(&game["estate"]), numbers(&game["claims"]));
                let n = claims.len();
                table(n, |s| (estate - s.complement(n).sum(&claims)).max(0.0))
            }
            Some("tu") => table(game["n"].as_u64().unwrap() as usize, |s| {
                let values = game["values"].as_object().unwrap();
                values.iter().find(|(name, _)| named(name) == s).map_or(0.0, |(_, v)| number(v))
            }),
            _ => continue,
        };
        println!("{}", case["id"]);
        let [pre, nucleolus] = both(&table, Backend::default());
        for (concept, found) in [("prenucleolus", pre), ("nucleolus", nucleolus)] {
            if !exact[concept].is_null() {
                assert_near(&found, &numbers(&exact[concept]), 1e-9 * table.unit());
                checked += 1;
            }
        }
    }
    assert!(checked > 0);
}

// ---------------------------------------------------------------- an oracle

/// All rows at once; after each level every coalition is asked, by a programme of its own,
/// whether its excess can still fall.
fn brute_force(game: &TableGame, floors: bool) -> Option<Vec<f64>> {
    let n = game.players();
    let grand = Coalition::grand(n);
    let mut settled: Vec<(Coalition, f64)> = vec![(grand, game.value(grand))];
    let backend = Backend::default();
    let programme = |settled: &[(Coalition, f64)], t: Option<f64>, costs: &[f64]| {
        let mut program = LinearProgram::new();
        let low = |i| if floors { game.value(Coalition::singleton(i)) } else { f64::NEG_INFINITY };
        let x: Vec<_> = (0..n).map(|i| program.variable(costs[i], low(i), f64::INFINITY)).collect();
        let top = match t {
            None => program.free(1.0),
            Some(t) => program.variable(0.0, t, t),
        };
        for s in Coalition::proper(n).chain([grand]) {
            let sum = s.members().map(|i| (x[i], 1.0));
            match settled.iter().find(|(other, _)| *other == s) {
                Some(&(_, value)) => program.row(sum, Comparison::Equal, value),
                None => program.row(sum.chain([(top, 1.0)]), Comparison::AtLeast, game.value(s)),
            }
        }
        match backend.solve(&program) {
            Outcome::Optimal(solution) => Some(solution),
            _ => None,
        }
    };
    loop {
        let first = programme(&settled, None, &vec![0.0; n])?;
        if settled.len() == (1 << n) - 1 {
            return Some(first.values[..n].to_vec());
        }
        let t = *first.values.last()?;
        for s in Coalition::proper(n) {
            if settled.iter().any(|(other, _)| *other == s) {
                continue;
            }
            let extreme = |sign: f64| {
                let costs: Vec<f64> =
                    (0..n).map(|i| if s.contains(i) { sign } else { 0.0 }).collect();
                Some(sign * programme(&settled, Some(t), &costs)?.objective)
            };
            let (least, most) = (extreme(1.0)?, extreme(-1.0)?);
            if most - least < 1e-8 {
                settled.push((s, 0.5 * (least + most)));
            }
        }
    }
}

#[test]
fn the_nucleolus_is_that_of_brute_force() {
    let mut bits = 88_172_645_463_325_252u64;
    let mut random = move || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        bits % 9
    };
    for trial in 0..60 {
        let n = 2 + trial % 4;
        // Small whole numbers: many ties, many coalitions tight without being settled.
        let mut values: Vec<f64> = (0..1 << n).map(|_| random() as f64).collect();
        values[0] = 0.0;
        let game = TableGame::new(n, values).unwrap();
        let table = ValueTable::new(&game).unwrap();
        for &backend in Backend::ALL {
            let pre = nucleolus::prenucleolus(&table, backend, &Work::default()).unwrap();
            if let Some(expected) = brute_force(&game, false) {
                assert_near(&found(pre).allocation, &expected, 1e-6);
            }
            match nucleolus::nucleolus(&table, backend, &Work::default()).unwrap() {
                NucleolusFinding::Decided(imputed) => {
                    if let Some(expected) = brute_force(&game, true) {
                        assert_near(&imputed.allocation, &expected, 1e-6);
                    }
                }
                NucleolusFinding::NoImputation { .. } => assert_eq!(brute_force(&game, true), None),
                NucleolusFinding::Undecided => panic!("without a limit"),
            }
        }
    }
}

/// The range over the least core, all rows at once.
#[test]
fn ranges_are_those_of_brute_force() {
    let mut bits = 123_456_789u64;
    for trial in 0..30 {
        let n = 3 + trial % 3;
        let values: Vec<f64> = (0..1 << n)
            .map(|s| {
                bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                if s == 0 { 0.0 } else { (bits >> 60) as f64 }
            })
            .collect();
        let game = TableGame::new(n, values).unwrap();
        let table = ValueTable::new(&game).unwrap();
        let mut solver = LeastCoreSolver::new(&table, Backend::default());
        let core = solver.least_core(&Work::default()).unwrap().unwrap();
        for player in 0..n {
            let range = solver.range(&core, player, &Work::default()).unwrap().unwrap();
            let extreme = |sign: f64| {
                let mut program = LinearProgram::new();
                let x: Vec<_> =
                    (0..n).map(|i| program.free(if i == player { sign } else { 0.0 })).collect();
                let all = x.iter().map(|&v| (v, 1.0));
                program.row(all, Comparison::Equal, game.value(Coalition::grand(n)));
                for s in Coalition::proper(n) {
                    let bound = game.value(s) - core.value - 1e-9;
                    program.row(s.members().map(|i| (x[i], 1.0)), Comparison::AtLeast, bound);
                }
                sign * Backend::default().optimum(&program).unwrap().objective
            };
            assert_near(&range.control, &[extreme(1.0), extreme(-1.0)], 1e-6);
        }
    }
}

// ---------------------------------------------------------------- properties

#[test]
fn every_family_is_solved_and_certified() {
    for n in [2, 3, 4, 6, 9] {
        for powers in families(n) {
            for decisiveness in DECISIVENESS {
                let contest = contest(&powers, decisiveness);
                println!("{n} {decisiveness} {powers:?}");
                let finding = solve(&contest);
                assert_certified(&contest, &finding);
                assert!(finding.price_of_peace <= finding.status_quo_price + 1e-12);
            }
        }
    }
}

#[test]
fn every_backend_finds_the_same() {
    for powers in families(6) {
        for decisiveness in [0.5, 1.0, 2.0, f64::INFINITY] {
            let contest = contest(&powers, decisiveness);
            let expected = solve(&contest);
            for &backend in Backend::ALL {
                let finding = solve_with(&contest, &[0], backend);
                assert_near(&[finding.price_of_peace], &[expected.price_of_peace], 1e-9);
                assert_near(&finding.nucleolus, &expected.nucleolus, 1e-8);
                assert_near(&finding.ranges[0].control, &expected.ranges[0].control, 1e-8);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn names_and_units_do_not_matter(
        powers in proptest::collection::vec(0.05f64..1.0, 3..8),
        decisiveness in prop_oneof![Just(0.5), Just(2.0), Just(5.0), Just(f64::INFINITY)],
        turn in 1usize..7,
        unit in 0.001f64..1000.0,
    ) {
        let n = powers.len();
        let finding = solve(&contest(&powers, decisiveness));
        let turned: Vec<f64> = (0..n).map(|i| unit * powers[(i + turn) % n]).collect();
        let other = solve(&contest(&turned, decisiveness));
        prop_assert!((finding.price_of_peace - other.price_of_peace).abs() < 1e-9);
        prop_assert!((finding.status_quo_price - other.status_quo_price).abs() < 1e-9);
        for i in 0..n {
            let j = (i + turn) % n;
            prop_assert!((other.nucleolus[i] - finding.nucleolus[j]).abs() < 1e-8);
            for end in 0..2 {
                let (a, b) = (other.ranges[i].control[end], finding.ranges[j].control[end]);
                prop_assert!((a - b).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn findings_hold_together(
        powers in proptest::collection::vec(0.01f64..1.0, 2..9),
        decisiveness in 0.0f64..8.0,
    ) {
        let contest = contest(&powers, decisiveness);
        let finding = solve(&contest);
        for claim in certify::settlement::check(&contest, &finding) {
            prop_assert!(claim.holds() && claim.violation <= 1e-9, "{}", claim);
        }
        let claims: f64 = finding.weights.iter().map(|&(s, w)| w * contest.claim(s)).sum();
        let total: f64 = finding.weights.iter().map(|&(_, w)| w).sum();
        prop_assert!((claims - 1.0 - finding.price_of_peace * total).abs() <= 1e-9);
        for range in &finding.ranges {
            let [low, high] = range.control;
            let payoff = finding.nucleolus[range.leader];
            prop_assert!(low <= high && low <= payoff + 1e-9 && payoff <= high + 1e-9);
            if decisiveness >= 1.0 {
                let alone = contest.claim(Coalition::singleton(range.leader));
                prop_assert!(payoff >= alone - 1e-9, "individually rational");
            }
        }
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    for (powers, decisiveness) in
        families(12).into_iter().zip([2.0, 2.0, 5.0, 0.5, f64::INFINITY, 2.0])
    {
        let contest = contest(&powers, decisiveness);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| solve_with(&contest, &[0, 1], Backend::default()))
        };
        assert_eq!(on(1), on(2));
    }
}

#[test]
fn too_many_states_are_refused_with_the_remedy() {
    let contest = contest(&[1.0; 27], 2.0);
    let error = settlement::solve(&contest, &[0], Backend::default(), &Work::default());
    assert_eq!(
        error.unwrap_err().to_string(),
        "27 states give 2^27 coalitions (limit 2^24); keep the strongest with --top 24"
    );
}

#[test]
fn without_time_nothing_is_claimed() {
    let contest = contest(&[3.0, 2.0, 1.0], 2.0);
    let work = Work::default().within(Duration::ZERO);
    let outcome = settlement::solve(&contest, &[0], Backend::default(), &work).unwrap();
    assert!(matches!(outcome, Settlement::Undecided { .. }));
}

#[test]
fn a_leader_that_is_no_state_is_an_error() {
    let contest = contest(&[3.0, 2.0, 1.0], 2.0);
    assert!(settlement::solve(&contest, &[3], Backend::default(), &Work::default()).is_err());
}

// ---------------------------------------------------------------- tampering

/// With `m = 5` and these powers the nucleolus takes several levels.
fn several_levels() -> (Contest, SettlementFinding) {
    let contest = contest(&[1.2 * 8.0, 1.0, 1.06, 1.1, 1.09, 1.03, 0.97, 0.91], 2.0);
    let finding = solve(&contest);
    assert!(finding.levels.len() > 1, "or the tampering has nothing to tamper with");
    (contest, finding)
}

#[test]
fn tampering_is_refused() {
    type Tampering = (&'static str, fn(&mut SettlementFinding));
    let tamperings: [Tampering; 22] = [
        ("a lower price", |f| f.price_of_peace -= 1e-5),
        ("a higher price", |f| f.price_of_peace += 1e-5),
        ("a weight left out", |f| {
            let _ = f.weights.pop();
        }),
        ("a weight changed", |f| f.weights[0].1 += 1e-5),
        ("a weight turned round", |f| f.weights[0].1 *= -1.0),
        ("a coalition exchanged", |f| f.weights[0].0 = f.weights[0].0.complement(8)),
        ("a lower status-quo price", |f| f.status_quo_price -= 1e-5),
        ("a higher status-quo price", |f| f.status_quo_price += 1e-5),
        ("another claimant", |f| f.claimant = f.claimant.complement(8)),
        ("a nucleolus that gives away more than there is", |f| f.nucleolus[0] += 1e-5),
        ("a nucleolus that moves control", |f| {
            f.nucleolus[0] += 1e-5;
            f.nucleolus[1] -= 1e-5;
        }),
        ("a level left out", |f| {
            let _ = f.levels.pop();
        }),
        ("the first level left out", |f| {
            let _ = f.levels.remove(0);
        }),
        ("levels out of order", |f| f.levels.reverse()),
        ("a level's excess changed", |f| f.levels[0].excess -= 1e-5),
        ("a level's weight changed", |f| f.levels[0].weights[0].1 += 1e-5),
        ("a level's coalition exchanged", |f| {
            let level = f.levels.last_mut().unwrap();
            level.weights[0].0 = level.weights[0].0.complement(8);
        }),
        ("a narrower range", |f| f.ranges[0].control[1] -= 1e-5),
        ("a wider range", |f| f.ranges[0].control[0] -= 1e-5),
        ("a bound's weight turned round", |f| f.ranges[0].lowest.weights[0].1 *= -1.0),
        ("a bound's total changed", |f| f.ranges[0].highest.total += 1e-5),
        ("a bound's allocation outside the least core", |f| {
            f.ranges[0].lowest.allocation[1] -= 1e-5;
            f.ranges[0].lowest.allocation[2] += 1e-5;
        }),
    ];
    let (contest, honest) = several_levels();
    assert_certified(&contest, &honest);
    for (what, tamper) in tamperings {
        let mut finding = honest.clone();
        tamper(&mut finding);
        let claims = certify::settlement::check(&contest, &finding);
        assert!(claims.iter().any(|claim| !claim.holds()), "{what} was accepted");
    }
}

/// An allocation of the least core that is not the nucleolus, with a proof bent to fit.
#[test]
fn another_point_of_the_least_core_is_not_the_nucleolus() {
    let contest = contest(&[10.0, 1.0, 1.0, 1.0, 1.0], 3.0);
    let honest = solve(&contest);
    let Some(range) = honest.ranges.iter().find(|r| r.control[1] - r.control[0] > 1e-3) else {
        return;
    };
    let mut finding = honest.clone();
    finding.nucleolus = range.lowest.allocation.clone();
    for level in &mut finding.levels {
        let (s, _) = level.weights[0];
        level.excess = contest.claim(s) - s.sum(&finding.nucleolus);
    }
    let claims = certify::settlement::check(&contest, &finding);
    assert!(claims.iter().any(|claim| !claim.holds()));
}

#[test]
fn malformed_findings_are_refuted_without_a_panic() {
    let malformations: [fn(&mut SettlementFinding); 12] = [
        |f| f.price_of_peace = f64::NAN,
        |f| f.status_quo_price = f64::INFINITY,
        |f| f.weights.clear(),
        |f| f.weights[0].0 = Coalition(1 << 40),
        |f| f.weights[0].1 = f64::NAN,
        |f| f.claimant = Coalition::EMPTY,
        |f| {
            let _ = f.nucleolus.pop();
        },
        |f| f.levels.clear(),
        |f| f.levels[0].weights.clear(),
        |f| f.levels = vec![f.levels[0].clone(); 100],
        |f| f.ranges[0].leader = 64,
        |f| f.ranges[0].lowest.allocation.clear(),
    ];
    let (contest, honest) = several_levels();
    for malform in malformations {
        let mut finding = honest.clone();
        malform(&mut finding);
        let claims = certify::settlement::check(&contest, &finding);
        assert!(claims.iter().any(|claim| !claim.holds()));
    }
    // And a finding of another system.
    let claims = certify::settlement::check(&self::contest(&[1.0, 2.0], 2.0), &honest);
    assert!(claims.iter().any(|claim| !claim.holds()));
}
