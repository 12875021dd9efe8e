//! Stable partitions of hedonic games, against their definitions and the literature.

use equipoise::coalition::{Coalition, Partition};
use equipoise::game::cooperative::numbered;
use equipoise::game::hedonic::HedonicGame;
use equipoise::solve::hedonic::{HedonicFinding, StablePartitions, stable_partitions};

fn generated(n: usize, seed: u64, levels: u64, largest: usize) -> HedonicGame {
    let worth = |i: usize, set: Coalition| {
        let mut x = seed ^ (i as u64) << 40 ^ set.bits() << 8;
        for _ in 0..4 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            x ^= x >> 29;
        }
        x % levels
    };
    HedonicGame::new(numbered(n), worth).unwrap().with_largest(largest)
}

/// The partitions in the core, strict core, Nash, individually and contractually stable, from
/// the definitions.
fn by_definition(game: &HedonicGame) -> [Vec<Partition>; 5] {
    let n = game.players();
    let mut found: [Vec<Partition>; 5] = Default::default();
    let allowed = |p: &Partition| p.blocs().iter().all(|&bloc| game.allows(bloc));
    for partition in Partition::all(n).filter(allowed) {
        let gain = |i: usize, set: Coalition| {
            i64::from(game.rank(i, set)) - i64::from(game.rank(i, partition.bloc_of(i)))
        };
        let mut stable = [true; 5];
        for set in Coalition::all(n).filter(|&set| game.allows(set)) {
            let gains: Vec<i64> = set.members().map(|i| gain(i, set)).collect();
            stable[0] &= !gains.iter().all(|&g| g > 0);
            stable[1] &= !(gains.iter().all(|&g| g >= 0) && gains.iter().any(|&g| g > 0));
        }
        for i in 0..n {
            let old = partition.bloc_of(i);
            for &to in partition.blocs().iter().chain([&Coalition::EMPTY]) {
                let new = to.with(i);
                if to == old || !game.allows(new) || gain(i, new) <= 0 {
                    continue;
                }
                let welcome = to.members().all(|j| gain(j, new) >= 0);
                let released = old.without(i).members().all(|j| gain(j, old.without(i)) >= 0);
                stable[2] = false;
                stable[3] &= !welcome;
                stable[4] &= !(welcome && released);
            }
        }
        for (list, stable) in found.iter_mut().zip(stable) {
            if stable {
                list.push(partition.clone());
            }
        }
    }
    found.map(|mut list| {
        list.sort();
        list
    })
}

fn senses(finding: HedonicFinding) -> [Vec<Partition>; 5] {
    let sorted = |stable: StablePartitions| {
        let mut list = stable.partitions;
        assert_eq!(list.len() as u64, stable.total);
        list.sort();
        list
    };
    [
        sorted(finding.core_stable),
        sorted(finding.strict_core_stable),
        sorted(finding.nash_stable),
        sorted(finding.individually_stable),
        sorted(finding.contractually_stable),
    ]
}

#[test]
fn stable_partitions_are_those_of_the_definitions() {
    for n in 1..=6 {
        for seed in 0..12 {
            for (levels, largest) in [(1000, n), (3, n), (5, 2)] {
                let game = generated(n, seed, levels, largest);
                let found = senses(stable_partitions(&game, usize::MAX));
                assert_eq!(found, by_definition(&game), "n {n} seed {seed} levels {levels}");
            }
        }
    }
}

fn partitions(n: usize, lists: &[&[&[usize]]]) -> Vec<Partition> {
    let bloc = |players: &&[usize]| players.iter().map(|i| i - 1).collect::<Coalition>();
    let mut all: Vec<Partition> = lists
        .iter()
        .map(|blocs| Partition::new(n, blocs.iter().map(bloc).collect()).unwrap())
        .collect();
    all.sort();
    all
}

#[test]
fn two_is_a_company_three_is_a_crowd() {
    // Bogomolnaia & Jackson (2002): no stable partition of any kind but the contractual.
    let text = b"player,best,second,third,worst\n1,1+2,1+3,1,1+2+3\n2,2+3,1+2,2,1+2+3\n3,1+3,2+3,3,1+2+3\n";
    let game = HedonicGame::read(text, "prefs.csv").unwrap();
    let [core, strict, nash, individual, contractual] = senses(stable_partitions(&game, 99));
    assert!(core.is_empty() && strict.is_empty() && nash.is_empty() && individual.is_empty());
    let pairs: [&[&[usize]]; 3] = [&[&[1], &[2, 3]], &[&[1, 2], &[3]], &[&[1, 3], &[2]]];
    assert_eq!(contractual, partitions(3, &pairs));
}

#[test]
fn marriages_have_their_three_stable_matchings() {
    // Gale & Shapley (1962), example 1.
    let orders = [[4, 5, 6], [5, 6, 4], [6, 4, 5], [2, 3, 1], [3, 1, 2], [1, 2, 3]];
    let mut text = String::from("player,first,second,third\n");
    for (i, order) in orders.iter().enumerate() {
        let pairs: Vec<String> = order.iter().map(|j| format!("{}+{j}", i + 1)).collect();
        text += &format!("{},{}\n", i + 1, pairs.join(","));
    }
    let game = HedonicGame::read(text.as_bytes(), "marriage.csv").unwrap().with_largest(2);
    let found = stable_partitions(&game, 99);
    let expected: [&[&[usize]]; 3] =
        [&[&[1, 4], &[2, 5], &[3, 6]], &[&[1, 5], &[2, 6], &[3, 4]], &[&[1, 6], &[2, 4], &[3, 5]]];
    assert_eq!(senses(found)[0], partitions(6, &expected));
}

#[test]
fn values_are_read_and_errors_located() {
    let text = b"player,coalition,value\nA,A,0\nA,A+B,1\nB,B,0\nB,A+B,-1/2\n";
    let game = HedonicGame::read(text, "stalker.csv").unwrap();
    let [core, _, nash, ..] = senses(stable_partitions(&game, 9));
    assert_eq!(core, [Partition::singletons(2)]);
    assert!(nash.is_empty(), "the stalker follows, the stalked flees");
    for (text, part) in [
        ("player,coalition,value\nA,B,0\nB,B,1\n", "h.csv:2: coalition"),
        ("player,coalition,value\nA,A,0\nA,A,1\n", "h.csv:3"),
        ("player,coalition,value\nA,A,zero\n", "h.csv:2: value"),
        ("player,first\nA,A+C\n", "no player"),
        ("player,first\nA,A\nA,A\n", "named twice"),
        ("player,first\n", "0 players"),
    ] {
        let error = HedonicGame::read(text.as_bytes(), "h.csv").unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}
