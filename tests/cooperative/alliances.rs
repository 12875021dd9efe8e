//! Values of games with alliances and on networks: literature, definitions, axioms.

use dashu_ratio::RBig;

use equipoise::certify::cooperative::alliances as certify;
use equipoise::coalition::{Coalition, Partition};
use equipoise::finding::cooperative::Links;
use equipoise::game::cooperative::{ExactTable, Game, numbered};
use equipoise::solve::cooperative::{alliances, network};
use equipoise::work::Work;

use super::values::{Mix, exact, weighted};

fn blocs(n: usize, blocs: &[&[usize]]) -> Partition {
    let sets = blocs.iter().map(|bloc| bloc.iter().copied().collect()).collect();
    Partition::new(n, sets).unwrap()
}

#[test]
fn the_assembly_of_madrid_has_the_published_values() {
    // Giménez & Puente (2019, ICORES), Table 1: [65; 48, 37, 27, 17], right and left allied.
    let game = weighted("65", &["48", "37", "27", "17"]);
    let right = alliances(&game, &blocs(4, &[&[0, 3], &[1], &[2]]), &Work::default()).unwrap();
    assert_eq!(right.owen, exact(&["2/3", "0", "0", "1/3"]));
    assert_eq!(right.banzhaf_owen, exact(&["3/4", "0", "0", "1/4"]));
    let left = alliances(&game, &blocs(4, &[&[0], &[1, 2, 3]]), &Work::default()).unwrap();
    assert_eq!(left.owen, exact(&["0", "1/3", "1/3", "1/3"]));
    assert_eq!(left.banzhaf_owen, exact(&["0", "1/4", "1/4", "1/4"]));
    // Inside a bloc that wins by itself Aumann and Drèze divide all of it.
    assert_eq!(left.aumann_dreze, exact(&["0", "1/3", "1/3", "1/3"]));
}

/// Owen's value by all orders in which each bloc comes together.
fn owen_by_orders(table: &ExactTable, blocs: &Partition) -> Vec<RBig> {
    fn walk(
        table: &ExactTable,
        blocs: &Partition,
        here: Coalition,
        order: &mut Vec<usize>,
        sums: &mut [RBig],
        count: &mut u64,
    ) {
        let n = table.players();
        if order.len() == n {
            *count += 1;
            let mut before = Coalition::EMPTY;
            for &i in order.iter() {
                sums[i] += table.value(before.with(i)) - table.value(before);
                before = before.with(i);
            }
            return;
        }
        // A bloc that has begun to come goes on.
        let begun = blocs.blocs().iter().find(|b| !b.is_disjoint(here) && !b.is_subset_of(here));
        let next = begun.map_or(Coalition::grand(n), |b| *b).difference(here);
        for i in next.members() {
            order.push(i);
            walk(table, blocs, here.with(i), order, sums, count);
            order.pop();
        }
    }
    let (mut sums, mut count) = (vec![RBig::ZERO; table.players()], 0);
    walk(table, blocs, Coalition::EMPTY, &mut Vec::new(), &mut sums, &mut count);
    sums.into_iter().map(|sum| sum / RBig::from(count)).collect()
}

#[test]
fn values_inside_alliances_are_those_of_the_orders_and_of_the_dividends() {
    let mut mix = Mix(7);
    for n in 1..=6 {
        for _ in 0..6 {
            let table = mix.table(n);
            let labels: Vec<usize> = (0..n).map(|_| mix.next(n as u64) as usize).collect();
            let blocs = Partition::from_labels(&labels);
            let game = Game::from(table.clone());
            let found = alliances(&game, &blocs, &Work::default()).unwrap();
            assert_eq!(found.owen, owen_by_orders(&table, &blocs), "{blocs:?}");
            let claims = certify::alliance_claims(&found, &table, true).unwrap();
            assert!(claims.iter().all(|claim| claim.holds()), "{claims:?}");
            for at in 0..n {
                for which in 0..3 {
                    let mut wrong = found.clone();
                    let values = match which {
                        0 => &mut wrong.owen,
                        1 => &mut wrong.banzhaf_owen,
                        _ => &mut wrong.aumann_dreze,
                    };
                    values[at] += RBig::ONE;
                    let claims = certify::alliance_claims(&wrong, &table, true).unwrap();
                    assert!(claims.iter().any(|claim| !claim.holds()));
                }
            }
        }
    }
}

#[test]
fn values_on_a_network_are_certified_and_fair() {
    let mut mix = Mix(11);
    for n in 2..=6 {
        for _ in 0..6 {
            let table = mix.table(n);
            let game = Game::from(table.clone());
            let all = (0..n).flat_map(|i| (i + 1..n).map(move |j| [i, j]));
            let pairs: Vec<[usize; 2]> = all.filter(|_| mix.next(2) == 0).collect();
            let value = |pairs: &[[usize; 2]]| {
                let links = Links::new(n, pairs.iter().copied());
                network(&game, &links, &Work::default()).unwrap()
            };
            let found = value(&pairs);
            let claims = certify::network_claims(&found, &table, true).unwrap();
            assert!(claims.iter().all(|claim| claim.holds()), "{claims:?}");
            let mut wrong = found.clone();
            wrong.myerson[0] += RBig::ONE;
            wrong.myerson[1] -= RBig::ONE;
            let claims = certify::network_claims(&wrong, &table, true).unwrap();
            assert!(claims.iter().any(|claim| !claim.holds()));
            // Both ends of a link gain alike by it (Myerson 1977).
            for at in 0..pairs.len() {
                let mut fewer = pairs.clone();
                let [i, j] = fewer.remove(at);
                let without = value(&fewer).myerson;
                let gain = |k: usize| &found.myerson[k] - &without[k];
                assert_eq!(gain(i), gain(j));
            }
        }
    }
}

#[test]
fn who_links_two_others_gets_most() {
    // Myerson (1977): the majority of three, linked through the second.
    let game: Game =
        ExactTable::new(numbered(3), &exact(&["0", "0", "0", "1", "0", "1", "1", "1"]))
            .unwrap()
            .into();
    let links = Links::new(3, [[0, 1], [1, 2]]);
    let found = network(&game, &links, &Work::default()).unwrap();
    assert_eq!(found.myerson, exact(&["1/6", "2/3", "1/6"]));
}
