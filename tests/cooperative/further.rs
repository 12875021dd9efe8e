//! Coleman's indices, the tau value and the per-capita nucleolus: literature, definitions, brute
//! force, proofs that were tampered with.

use dashu_ratio::RBig;

use equipoise::certify::cooperative::{Checker, indices, tau as known_tau};
use equipoise::coalition::Coalition;
use equipoise::finding::cooperative::{Concept, ExactNucleolus, Solutions};
use equipoise::game::cooperative::{ExactTable, Game, Sense, numbered, rules};
use equipoise::solve::cooperative::{Options, solve};
use equipoise::work::Work;

use super::values::{Mix, exact, weighted};

fn solved(game: &Game, concepts: &[Concept]) -> Solutions {
    let options = Options { concepts: Some(concepts.to_vec()), ..Options::default() };
    solve(game, &options, &Work::default()).unwrap()
}

fn tau(game: &Game) -> Option<Vec<RBig>> {
    let found = solved(game, &[Concept::Tau]);
    found.values.into_iter().next().map(|(_, values)| values)
}

fn per_capita(table: &ExactTable) -> Option<ExactNucleolus> {
    let found = solved(&table.clone().into(), &[Concept::PerCapitaNucleolus]).per_capita?;
    let claims = Checker::new(table).per_capita("it", &found);
    assert!(claims.iter().all(|claim| claim.holds()), "{found:?}: {claims:#?}");
    Some(found)
}

#[test]
fn coleman_s_indices_of_the_security_council() {
    // Felsenthal & Machover (1998), The Measurement of Voting Power: 848 coalitions of 2^15 win.
    let weights: Vec<&str> = [["7"; 5].as_slice(), &["1"; 10]].concat();
    let council = weighted("39", &weights);
    let found = solved(&council, &[Concept::Coleman]).coleman.unwrap();
    assert_eq!(found.act, RBig::from_parts(848.into(), 32_768u32.into()));
    assert_eq!(found.prevent[0], RBig::ONE);
    assert_eq!(found.initiate[0], RBig::from_parts(848.into(), 31_920u32.into()));
    // An elected member is needed for C(9,3) of them.
    assert_eq!(found.prevent[14], RBig::from_parts(84.into(), 848u32.into()));
}

#[test]
fn coleman_s_indices_are_those_of_the_definition() {
    let mut mix = Mix(31);
    for n in 1..=8 {
        for _ in 0..6 {
            let weights: Vec<String> = (0..n).map(|_| (1 + mix.next(9)).to_string()).collect();
            let weights: Vec<&str> = weights.iter().map(String::as_str).collect();
            let total: u64 = weights.iter().map(|w| w.parse::<u64>().unwrap()).sum();
            let game = weighted(&(1 + mix.next(total)).to_string(), &weights);
            let found = solved(&game, &[Concept::Coleman]).coleman.unwrap();
            assert_eq!(found, indices::coleman(&game.table().unwrap()));
        }
    }
}

#[test]
fn the_tau_value_of_known_games() {
    // Curiel, Maschler & Tijs (1987), Bankruptcy games: the adjusted proportional rule.
    let claims = exact(&["100", "200", "300"]);
    let estate = rules::bankruptcy(numbered(3), &RBig::from(200), &claims).unwrap();
    assert_eq!(tau(&estate.into()), Some(exact(&["40", "80", "80"])));
    // A left glove and two right ones: the core's one point (Tijs 1981).
    let gloves = rules::assignment(numbered(3), &[exact(&["1", "1"])]).unwrap();
    assert_eq!(tau(&gloves.into()), Some(exact(&["1", "0", "0"])));
    let majority = weighted("2", &["1", "1", "1"]);
    let found = solved(&majority, &[Concept::Tau]);
    assert!(found.left_out[0].1.contains("not quasi-balanced"), "{:?}", found.left_out);
}

#[test]
fn the_tau_value_is_that_of_the_definition() {
    let mut mix = Mix(37);
    let mut there = [0, 0];
    for n in 1..=6 {
        for _ in 0..12 {
            let mut table = mix.table(n);
            if mix.next(2) == 0 {
                table = table.with_sense(Sense::Cost);
            }
            let known = known_tau::tau(&table);
            assert_eq!(tau(&table.clone().into()), known.clone().ok());
            there[usize::from(known.is_ok())] += 1;
        }
    }
    assert!(there.iter().all(|&count| count > 5), "{there:?}");
}

/// A game whose coalitions are worth nothing below zero.
fn positive(mix: &mut Mix, n: usize) -> ExactTable {
    let worth = |s: u64, mix: &mut Mix| match s.count_ones() {
        0 | 1 => 0,
        size if size == n as u32 => 20 + mix.next(10),
        _ => mix.next(20),
    };
    let values: Vec<RBig> = (0..1u64 << n).map(|s| RBig::from(worth(s, mix))).collect();
    ExactTable::new(numbered(n), &values).unwrap()
}

/// The complaints per capita, the largest first.
fn complaints(table: &ExactTable, x: &[RBig]) -> Vec<RBig> {
    let complaint = |s: Coalition| {
        let paid = s.members().fold(RBig::ZERO, |sum, i| sum + &x[i]);
        (table.value(s) - paid) / RBig::from(s.len())
    };
    let mut all: Vec<RBig> = Coalition::proper(x.len()).map(complaint).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all
}

#[test]
fn no_imputation_has_smaller_complaints_per_capita() {
    let mut mix = Mix(41);
    for n in [2, 3, 3, 4, 4, 5] {
        for _ in 0..6 {
            let table = positive(&mut mix, n);
            let found = per_capita(&table).unwrap();
            let least = complaints(&table, &found.allocation);
            let total = table.value(Coalition::grand(n));
            // Others on a grid, and others near to it.
            for _ in 0..60 {
                let parts: Vec<u64> = (0..n).map(|_| mix.next(9)).collect();
                let sum = parts.iter().sum::<u64>();
                if sum == 0 {
                    continue;
                }
                let far: Vec<RBig> =
                    parts.iter().map(|&p| &total * RBig::from(p) / RBig::from(sum)).collect();
                let near = found.allocation.iter().zip(&far);
                let near: Vec<RBig> =
                    near.map(|(x, y)| (x * RBig::from(15) + y) / RBig::from(16)).collect();
                for other in [far, near] {
                    assert!(complaints(&table, &other) >= least, "{table:?}: {other:?}");
                }
            }
        }
    }
}

#[test]
fn what_there_is_more_is_shared_equally_per_capita() {
    // Young, Okada & Hashimoto (1982), Water Resources Research 18: monotone in the aggregate.
    let mut mix = Mix(43);
    let mut shared = 0;
    for n in [3, 4, 5] {
        for _ in 0..8 {
            let table = positive(&mut mix, n);
            let mut values: Vec<RBig> = (0..1u64 << n).map(|s| table.value(Coalition(s))).collect();
            values[(1 << n) - 1] += RBig::from(n);
            let more = ExactTable::new(numbered(n), &values).unwrap();
            let (before, after) = (per_capita(&table).unwrap(), per_capita(&more).unwrap());
            let held = |found: &ExactNucleolus| found.levels.iter().any(|l| !l.floors.is_empty());
            if held(&before) || held(&after) {
                continue;
            }
            let gains = before.allocation.iter().zip(&after.allocation).map(|(a, b)| b - a);
            assert!(gains.into_iter().all(|gain| gain == RBig::ONE));
            shared += 1;
        }
    }
    assert!(shared > 5, "{shared}");
}

#[test]
fn of_costs_and_where_nothing_is_open() {
    // Littlechild & Owen's runways: nobody pays for less than the stretch it needs alone.
    let airport = rules::airport(numbered(3), &exact(&["12", "7", "3"])).unwrap();
    let found = per_capita(&airport).unwrap();
    let total = found.allocation.iter().fold(RBig::ZERO, |sum, x| sum + x);
    assert_eq!(total, RBig::from(12));
    // Two share equally what they gain.
    let pair = ExactTable::new(numbered(2), &exact(&["0", "1", "2", "9"])).unwrap();
    assert_eq!(per_capita(&pair).unwrap().allocation, exact(&["4", "5"]));
    let idle = ExactTable::new(numbered(2), &exact(&["0", "1", "2", "3"])).unwrap();
    assert_eq!(per_capita(&idle).unwrap().allocation, exact(&["1", "2"]));
    let none = ExactTable::new(numbered(2), &exact(&["0", "1", "2", "2"])).unwrap();
    assert!(per_capita(&none).is_none());
}

#[test]
fn tampered_levels_per_capita_are_refused() {
    let mut mix = Mix(47);
    for n in [3, 4] {
        let table = positive(&mut mix, n);
        let found = per_capita(&table).unwrap();
        let refused = |wrong: &ExactNucleolus| {
            Checker::new(&table).per_capita("it", wrong).iter().any(|claim| !claim.holds())
        };
        let mut moved = found.clone();
        moved.allocation[0] += RBig::ONE;
        moved.allocation[1] -= RBig::ONE;
        assert!(refused(&moved));
        for at in 0..found.levels.len() {
            let mut wrong = found.clone();
            wrong.levels[at].excess += RBig::ONE;
            assert!(refused(&wrong));
            let mut wrong = found.clone();
            wrong.levels[at].weights[0].1 += RBig::ONE;
            assert!(refused(&wrong));
        }
        let mut fewer = found.clone();
        fewer.levels.pop();
        assert!(refused(&fewer));
    }
}
