//! Where a given division stands: theorems, definitions, proofs that were tampered with.

use dashu_ratio::RBig;

use equipoise::certify::cooperative::allocation::claims;
use equipoise::coalition::Coalition;
use equipoise::finding::cooperative::{Allocation, Bargaining, LeastCoreStanding};
use equipoise::game::cooperative::{ExactTable, Game, Sense, numbered};
use equipoise::solve::cooperative::{Options, solve};
use equipoise::work::Work;

use super::common::Folder;
use super::values::{Mix, exact};

fn looked_at(table: &ExactTable, payoffs: &[RBig]) -> Allocation {
    let game = Game::from(table.clone());
    let options = Options {
        concepts: Some(Vec::new()),
        allocation: Some(payoffs.to_vec()),
        ..Options::default()
    };
    let found = solve(&game, &options, &Work::default()).unwrap().allocation.unwrap();
    let claims = claims(&found, table);
    assert!(claims.iter().all(|claim| claim.holds()), "{found:?}: {claims:#?}");
    found
}

fn in_bargaining_set(found: &Allocation) -> bool {
    match found.bargaining {
        Bargaining::Core | Bargaining::Countered(_) => true,
        Bargaining::NoImputation | Bargaining::Justified(_) => false,
        Bargaining::Undecided(_) => panic!("it is decided"),
    }
}

/// A convex game: dividends of coalitions of two or more that are not below zero.
fn convex(mix: &mut Mix, n: usize) -> ExactTable {
    let dividends: Vec<u64> =
        (0..1u64 << n).map(|s| if s.count_ones() < 2 { 0 } else { mix.next(4) }).collect();
    let value = |s: u64| -> u64 {
        (1..1u64 << n).filter(|t| t & !s == 0).map(|t| dividends[t as usize]).sum()
    };
    let values: Vec<RBig> = (0..1u64 << n).map(|s| RBig::from(value(s))).collect();
    ExactTable::new(numbered(n), &values).unwrap()
}

/// A division of what there is: none below zero.
fn division(mix: &mut Mix, n: usize, total: &RBig) -> Vec<RBig> {
    let parts: Vec<u64> = (0..n).map(|_| mix.next(6)).collect();
    let sum = parts.iter().sum::<u64>().max(1);
    let mut payoffs: Vec<RBig> =
        parts.iter().map(|&part| total * RBig::from(part) / RBig::from(sum)).collect();
    if parts.iter().all(|&part| part == 0) {
        payoffs[0] = total.clone();
    }
    payoffs
}

#[test]
fn of_the_majority_of_three_only_the_equal_division_is_in_the_bargaining_set() {
    // Aumann & Maschler (1964): of the grand coalition only the equal division is stable.
    let values = exact(&["0", "0", "0", "1", "0", "1", "1", "1"]);
    let table = ExactTable::new(numbered(3), &values).unwrap();
    let equal = looked_at(&table, &exact(&["1/3", "1/3", "1/3"]));
    assert!(matches!(equal.bargaining, Bargaining::Countered(_)));
    assert_eq!((equal.objections_total, equal.in_core()), (3, false));
    assert!(matches!(equal.least_core, Some(LeastCoreStanding::In(_))));
    let pair = looked_at(&table, &exact(&["1/2", "1/2", "0"]));
    assert!(matches!(pair.bargaining, Bargaining::Justified(_)));
    assert!(matches!(pair.least_core, Some(LeastCoreStanding::Out(_))));
    let less = looked_at(&table, &exact(&["1/3", "1/3", "0"]));
    assert_eq!((less.efficient, less.bargaining), (false, Bargaining::NoImputation));
}

#[test]
fn of_convex_games_core_and_bargaining_set_are_one() {
    // Maschler, Peleg & Shapley (1971), International Journal of Game Theory 1.
    let mut mix = Mix(5);
    let (mut inside, mut outside) = (0, 0);
    for n in [3, 4, 4, 5] {
        for _ in 0..6 {
            let table = convex(&mut mix, n);
            let total = table.value(Coalition::grand(n));
            for _ in 0..6 {
                let found = looked_at(&table, &division(&mut mix, n, &total));
                assert_eq!(in_bargaining_set(&found), found.in_core(), "{found:?}");
                if found.in_core() { inside += 1 } else { outside += 1 }
            }
        }
    }
    assert!(inside > 5 && outside > 5, "{inside} {outside}");
}

#[test]
fn the_nucleolus_is_in_the_bargaining_set_and_in_the_least_core() {
    // Davis & Maschler (1965): the kernel is inside; Schmeidler (1969): the nucleolus is in that.
    let mut mix = Mix(3);
    let mut countered = 0;
    for n in [3, 4, 5] {
        for _ in 0..8 {
            let values = mix.table(n);
            let zero =
                |s: u64| if s.count_ones() < 2 { RBig::ZERO } else { values.value(Coalition(s)) };
            let positive = (0..1u64 << n).map(|s| {
                let value = zero(s);
                if value < RBig::ZERO { -value } else { value }
            });
            let table = ExactTable::new(numbered(n), &positive.collect::<Vec<_>>()).unwrap();
            let game = Game::from(table.clone());
            let solved = solve(&game, &Options::default(), &Work::default()).unwrap();
            let Some(nucleolus) = solved.nucleolus else { continue };
            let found = looked_at(&table, &nucleolus.allocation);
            assert!(in_bargaining_set(&found), "{found:?}");
            countered += u32::from(matches!(found.bargaining, Bargaining::Countered(_)));
            let pre = looked_at(&table, &solved.prenucleolus.unwrap().allocation);
            assert!(matches!(pre.least_core, Some(LeastCoreStanding::In(_))));
        }
    }
    assert!(countered > 5, "{countered}");
}

/// Whether some objection on a grid is met by no counter-objection, by the definition.
fn objects_on_grid(table: &ExactTable, x: &[RBig], steps: u64) -> bool {
    let n = x.len();
    let paid = |s: Coalition| s.members().fold(RBig::ZERO, |sum, i| sum + &x[i]);
    for s in Coalition::proper(n).filter(|s| table.value(*s) > paid(*s)) {
        let excess = table.value(s) - paid(s);
        let members: Vec<usize> = s.members().collect();
        let mut shares = vec![1u64; members.len()];
        // All ways to divide so many steps, each member with one at least.
        loop {
            if shares.iter().sum::<u64>() == steps {
                let mut gains = vec![RBig::ZERO; n];
                for (&i, &share) in members.iter().zip(&shares) {
                    gains[i] = &excess * RBig::from(share) / RBig::from(steps);
                }
                let countered = |i: usize, j: usize| {
                    Coalition::all(n).filter(|t| t.contains(j) && !t.contains(i)).any(|t| {
                        let needs = t.members().fold(RBig::ZERO, |sum, k| sum + &x[k] + &gains[k]);
                        table.value(t) >= needs
                    })
                };
                for &i in &members {
                    if s.complement(n).members().any(|j| !countered(i, j)) {
                        return true;
                    }
                }
            }
            let Some(at) = shares.iter().position(|&share| share < steps) else { break };
            shares[at] += 1;
            shares[..at].fill(1);
        }
    }
    false
}

#[test]
fn no_objection_on_a_grid_is_overlooked() {
    let mut mix = Mix(23);
    let mut agreed = [0, 0];
    for n in [3, 3, 4] {
        for _ in 0..12 {
            let values: Vec<RBig> = (0..1u64 << n)
                .map(|s| RBig::from(if s.count_ones() < 2 { 0 } else { mix.next(7) }))
                .collect();
            let table = ExactTable::new(numbered(n), &values).unwrap();
            let total = table.value(Coalition::grand(n));
            let x = division(&mut mix, n, &total);
            let found = looked_at(&table, &x);
            if objects_on_grid(&table, &x, 12) {
                assert!(!in_bargaining_set(&found), "{found:?}");
            }
            agreed[usize::from(in_bargaining_set(&found))] += 1;
        }
    }
    assert!(agreed.iter().all(|&count| count > 3), "{agreed:?}");
}

#[test]
fn tampered_proofs_are_refused() {
    let values = exact(&["0", "0", "0", "1", "0", "1", "1", "1"]);
    let table = ExactTable::new(numbered(3), &values).unwrap();
    let refused = |found: &Allocation| claims(found, &table).iter().any(|claim| !claim.holds());
    let equal = looked_at(&table, &exact(&["1/3", "1/3", "1/3"]));
    let pair = looked_at(&table, &exact(&["1/2", "1/2", "0"]));
    let changes: [fn(&mut Allocation); 8] = [
        |found| found.payoffs[0] += RBig::ONE,
        |found| found.efficient = !found.efficient,
        |found| found.individually_rational = !found.individually_rational,
        |found| found.objections_total += 1,
        |found| drop(found.objections.pop()),
        |found| found.largest = None,
        |found| found.bargaining = Bargaining::Core,
        |found| found.bargaining = Bargaining::NoImputation,
    ];
    for sound in [&equal, &pair] {
        for change in changes {
            let mut wrong = sound.clone();
            change(&mut wrong);
            assert!(refused(&wrong), "{wrong:?}");
        }
    }
    let Bargaining::Countered(counters) = &equal.bargaining else { panic!() };
    for at in 0..counters.len() {
        let mut fewer = counters.clone();
        fewer.remove(at);
        assert!(refused(&Allocation { bargaining: Bargaining::Countered(fewer), ..equal.clone() }));
        let mut weaker = counters.clone();
        weaker[at].weights[0].1 = RBig::from(2);
        assert!(refused(&Allocation {
            bargaining: Bargaining::Countered(weaker),
            ..equal.clone()
        }));
    }
    let Bargaining::Justified(objection) = &pair.bargaining else { panic!() };
    for at in 0..objection.payoffs.len() {
        let mut more = objection.clone();
        more.payoffs[at] += RBig::ONE;
        assert!(refused(&Allocation { bargaining: Bargaining::Justified(more), ..pair.clone() }));
    }
}

#[test]
fn costs_are_looked_at_in_their_own_sense() {
    // A runway of 12 for three whose own would cost 12, 7 and 3.
    let costs = exact(&["0", "12", "7", "12", "3", "12", "7", "12"]);
    let table = ExactTable::new(numbered(3), &costs).unwrap().with_sense(Sense::Cost);
    assert!(looked_at(&table, &exact(&["8", "3", "1"])).in_core());
    let found = looked_at(&table, &exact(&["4", "4", "4"]));
    assert_eq!(found.objections[0], (Coalition(0b100), RBig::ONE));
    assert!(!found.individually_rational);
}

#[test]
fn a_division_is_read_from_a_file_and_bad_ones_are_located() {
    let folder = Folder::new();
    let game = "coalition,value\nA,0\nB,0\nC,0\nA+B,5\nA+C,4\nB+C,5\nA+B+C,6\n";
    let run = |text: &str| {
        let file = folder.write("division.csv", text);
        let flags = ["--allocation", file.to_str().unwrap(), "--solve", "core", "--exact"];
        folder.run("coalition", game, &flags)
    };
    let (code, text, said) = run("player,payoff\nA,2\nC,2\nB,2\n");
    assert_eq!(code, Some(0), "{said}");
    for words in [
        "ALLOCATION  not in the core\n  The division A 2, B 2, C 2.\n",
        "2 coalitions, each of which could do better by itself, by: {A B} 1, {B C} 1.",
        "It is not in the least core: another division has a smaller largest excess.",
        "It is not in the bargaining set: B objects to",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let said = |text: &str| {
        let (code, _, said) = run(text);
        assert_eq!(code, Some(2));
        said
    };
    assert!(
        said("player,payoff\nA,2\nB,2\n").contains("expected what C gets, found no row for it")
    );
    assert!(said("player,payoff\nA,2\nA,2\n").contains("division.csv:3: player: A is named twice"));
    let unknown = said("player,payoff\nA,2\nX,2\n");
    assert!(
        unknown.contains(":3: player: expected a player of the game, found \"X\""),
        "{unknown}"
    );
    assert!(
        said("player,payoff\nA,two\n").contains(":2: payoff: expected a number, found \"two\"")
    );
    assert!(said("player,value\nA,2\n").contains("expected the header player,payoff, found"));
}
