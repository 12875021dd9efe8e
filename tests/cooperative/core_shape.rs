//! Vertices of the core, ranges of payoffs and balancedness, against brute force, theorems
//! and each other.

use dashu_ratio::RBig;

use equipoise::coalition::Coalition;
use equipoise::exact::parse_exact;
use equipoise::game::cooperative::{ExactTable, Sense, numbered, rules};
use equipoise::solve::cooperative::balancedness::{Balance, TotalBalance, balance, total_balance};
use equipoise::solve::cooperative::polytope::core_vertices::{CoreVertices, core_vertices};
use equipoise::solve::cooperative::polytope::payoff_range::{PayoffRange, payoff_ranges};
use equipoise::solve::cooperative::properties::properties;
use equipoise::work::Work;

fn number(text: &str) -> RBig {
    parse_exact(text).unwrap()
}

fn exact(numbers: &[&str]) -> Vec<RBig> {
    numbers.iter().map(|text| number(text)).collect()
}

/// A small generator: the tests need variety, not randomness.
struct Mix(u64);

impl Mix {
    fn next(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// A game whose worths of a given size vary by `spread` in `parts`: with a few small
    /// numbers most vertices are degenerate.
    fn table(&mut self, n: usize, spread: u64, parts: u64) -> ExactTable {
        let values: Vec<RBig> = (0..1u64 << n)
            .map(|bits| {
                let size = u64::from(bits.count_ones());
                let worth = match size {
                    0 => 0,
                    _ if size as usize == n => n as u64 * parts * 3,
                    _ => size * parts * 2 + self.next(spread),
                };
                RBig::from_parts(worth.into(), parts.into())
            })
            .collect();
        ExactTable::new(numbered(n), &values).unwrap()
    }
}

fn table_of(n: usize, worth: impl Fn(Coalition) -> RBig) -> ExactTable {
    let values: Vec<RBig> = (0..1u64 << n).map(|bits| worth(Coalition(bits))).collect();
    ExactTable::new(numbered(n), &values).unwrap()
}

fn paid(x: &[RBig], s: Coalition) -> RBig {
    s.members().fold(RBig::ZERO, |sum, i| sum + &x[i])
}

/// The vertices of `{x : x(N) = v(N), x(S) ≥ v(S) − ε}`: every `n − 1` coalitions that
/// determine an allocation, if it is one of those.
fn vertices_by_definition(table: &ExactTable, excess: &RBig) -> Vec<Vec<RBig>> {
    let n = table.players();
    let grand = Coalition::grand(n);
    let proper: Vec<Coalition> = Coalition::proper(n).collect();
    let floor = |s: Coalition| {
        if s == grand { table.value(s) } else { table.value(s) - excess }
    };
    let mut found = Vec::new();
    let mut chosen = Vec::new();
    fn choose(
        from: &[Coalition],
        left: usize,
        chosen: &mut Vec<Coalition>,
        each: &mut impl FnMut(&[Coalition]),
    ) {
        if left == 0 {
            return each(chosen);
        }
        for (at, &s) in from.iter().enumerate() {
            chosen.push(s);
            choose(&from[at + 1..], left - 1, chosen, each);
            chosen.pop();
        }
    }
    choose(&proper, n - 1, &mut chosen, &mut |rows| {
        let rows: Vec<Coalition> = rows.iter().copied().chain([grand]).collect();
        let mut matrix: Vec<Vec<RBig>> = rows
            .iter()
            .map(|s| {
                let members = (0..n).map(|i| RBig::from(u8::from(s.contains(i))));
                members.chain([floor(*s)]).collect()
            })
            .collect();
        for column in 0..n {
            let Some(pivot) = (column..n).find(|&r| !matrix[r][column].is_zero()) else { return };
            matrix.swap(column, pivot);
            let scale = matrix[column][column].clone();
            matrix[column].iter_mut().for_each(|a| *a /= &scale);
            let pivot = matrix[column].clone();
            for (r, row) in matrix.iter_mut().enumerate() {
                let factor = row[column].clone();
                if r != column && !factor.is_zero() {
                    row.iter_mut().zip(&pivot).for_each(|(a, b)| *a -= &factor * b);
                }
            }
        }
        let x: Vec<RBig> = matrix.iter().map(|row| row[n].clone()).collect();
        if proper.iter().all(|&s| paid(&x, s) >= floor(s)) {
            found.push(x);
        }
    });
    found.sort();
    found.dedup();
    found
}

fn vertices(table: &ExactTable) -> Vec<Vec<RBig>> {
    match core_vertices(table, 100_000, &Work::default()).unwrap() {
        CoreVertices::All(all) => all,
        other => panic!("{other:?}"),
    }
}

fn ranges(table: &ExactTable, excess: &RBig) -> Vec<PayoffRange> {
    payoff_ranges(table, excess, &Work::default()).unwrap().unwrap()
}

/// Each player's lowest and highest payoff at the vertices.
fn agrees(ranges: &[PayoffRange], vertices: &[Vec<RBig>]) {
    for (i, range) in ranges.iter().enumerate() {
        let payoffs = || vertices.iter().map(|x| &x[i]);
        assert_eq!(Some(&range.lowest.allocation[i]), payoffs().min());
        assert_eq!(Some(&range.highest.allocation[i]), payoffs().max());
    }
}

#[test]
fn vertices_and_ranges_agree_with_their_definitions() {
    let mut mix = Mix(11);
    let mut cores = 0;
    for n in 1..=4 {
        for (spread, parts) in [(1, 1), (2, 1), (3, 1), (4, 2), (9, 7), (50, 49)] {
            for _ in 0..6 {
                let table = mix.table(n, spread, parts);
                let expected = vertices_by_definition(&table, &RBig::ZERO);
                assert_eq!(vertices(&table), expected);
                let balanced = balance(&table, &Work::default());
                assert_eq!(matches!(balanced, Balance::Balanced(_)), !expected.is_empty());
                if !expected.is_empty() {
                    cores += 1;
                    agrees(&ranges(&table, &RBig::ZERO), &expected);
                    let wide = number("1/3");
                    let expected = vertices_by_definition(&table, &wide);
                    agrees(&ranges(&table, &wide), &expected);
                }
            }
        }
    }
    assert!(cores > 40, "{cores} games had a core");
    // Once for five players: 4 of 30 coalitions are 27,405 systems.
    for (spread, parts) in [(2, 1), (30, 7)] {
        let table = mix.table(5, spread, parts);
        let expected = vertices_by_definition(&table, &RBig::ZERO);
        assert_eq!(vertices(&table), expected);
    }
}

fn marginal_vectors(table: &ExactTable) -> Vec<Vec<RBig>> {
    fn arrive(table: &ExactTable, here: Coalition, x: &mut Vec<RBig>, all: &mut Vec<Vec<RBig>>) {
        let n = table.players();
        if here.len() == n {
            all.push(x.clone());
        }
        for i in here.complement(n).members() {
            x[i] = table.value(here.with(i)) - table.value(here);
            arrive(table, here.with(i), x, all);
        }
    }
    let mut all = Vec::new();
    arrive(table, Coalition::EMPTY, &mut vec![RBig::ZERO; table.players()], &mut all);
    all.sort();
    all.dedup();
    all
}

/// Shapley (1971): the vertices of a convex game's core are its marginal vectors; Ichiishi
/// (1981): of no other game are they all in it.
#[test]
fn the_vertices_of_convex_games_are_the_marginal_vectors() {
    let talmud = rules::bankruptcy(numbered(3), &number("200"), &exact(&["100", "200", "300"]));
    let talmud = talmud.unwrap();
    assert_eq!(vertices(&talmud), marginal_vectors(&talmud));
    // Squares of weights, all of them different sums: n! vertices.
    for (n, factorial) in [(3, 6), (4, 24), (5, 120), (6, 720)] {
        let strict = table_of(n, |s| {
            let sum: u64 = s.members().map(|i| i as u64 + 1).sum();
            RBig::from(sum * sum)
        });
        let found = vertices(&strict);
        assert_eq!(found.len(), factorial);
        assert_eq!(found, marginal_vectors(&strict));
        agrees(&ranges(&strict, &RBig::ZERO), &found);
        let few = core_vertices(&strict, factorial - 1, &Work::default()).unwrap();
        assert_eq!(few, CoreVertices::MoreThan(factorial - 1));
    }
    // Airport costs are concave; three alike, so that vertices coincide.
    let airport = rules::airport(numbered(4), &exact(&["8", "8", "8", "18"])).unwrap();
    assert_eq!(vertices(&airport), marginal_vectors(&airport));
    agrees(&ranges(&airport, &RBig::ZERO), &vertices(&airport));
}

/// Shapley & Shubik (1971), The assignment game I, *Int. J. Game Theory* 1, §5: three sellers'
/// and three buyers' horse market of Böhm-Bawerk in small; and gloves, where the short side
/// takes all.
#[test]
fn cores_known_from_the_literature() {
    // One left glove, two right ones: a point.
    let gloves = rules::assignment(numbered(3), &[exact(&["1", "1"])]).unwrap();
    assert_eq!(vertices(&gloves), [exact(&["1", "0", "0"])]);
    // Shapley & Shubik's houses: 5 8 2, 7 9 6, 2 3 0, sellers in rows; the best matching is
    // worth 16.
    let houses = [exact(&["5", "8", "2"]), exact(&["7", "9", "6"]), exact(&["2", "3", "0"])];
    let houses = rules::assignment(numbered(6), &houses).unwrap();
    assert_eq!(houses.value(Coalition::grand(6)), RBig::from(16));
    let found = vertices(&houses);
    agrees(&ranges(&houses, &RBig::ZERO), &found);
    // The best for the sellers and the best for the buyers are among them, u then v.
    for side in [["5", "6", "1", "1", "3", "0"], ["3", "5", "0", "2", "5", "1"]] {
        assert!(found.contains(&exact(&side)), "{side:?} in {found:?}");
    }
    // A simple game's core divides all among the veto players: a corner for each.
    let n = 7;
    let veto = table_of(n, |s| RBig::from(u8::from(s.contains(1) && s.contains(4) && s.len() > 3)));
    let found = vertices(&veto);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|x| x[1].clone() + &x[4] == RBig::ONE));
    // An additive game's core is a point, where every coalition is tight.
    let additive = table_of(10, |s| s.members().fold(RBig::ZERO, |sum, i| sum + RBig::from(i)));
    assert_eq!(vertices(&additive).len(), 1);
    // Unanimity of 10: the simplex.
    let unanimity = table_of(10, |s| RBig::from(u8::from(s.len() == 10)));
    assert_eq!(vertices(&unanimity).len(), 10);
}

#[test]
fn relabelling_and_strategic_equivalence_move_the_core_along() {
    let mut mix = Mix(5);
    for n in 3..=5 {
        let table = mix.table(n, 40, 49);
        let reverse = |s: Coalition| s.members().map(|i| n - 1 - i).collect::<Coalition>();
        let reversed = table_of(n, |s| table.value(reverse(s)));
        let mut expected: Vec<Vec<RBig>> =
            vertices(&table).into_iter().map(|x| x.into_iter().rev().collect()).collect();
        expected.sort();
        assert_eq!(vertices(&reversed), expected);
        // 3 v + (1, 2, …, n), and values far beyond 128 bits.
        let far = RBig::from(10).pow(40);
        let moved = table_of(n, |s| {
            s.members().fold(table.value(s) * RBig::from(3), |sum, i| sum + RBig::from(i) * &far)
        });
        let along = |x: &Vec<RBig>| -> Vec<RBig> {
            x.iter().enumerate().map(|(i, x)| x * RBig::from(3) + RBig::from(i) * &far).collect()
        };
        let expected: Vec<Vec<RBig>> = vertices(&table).iter().map(along).collect();
        assert_eq!(vertices(&moved), expected);
        // Of costs, the negative.
        let cost = table.negated();
        assert_eq!(cost.sense(), Sense::Cost);
        let mut expected: Vec<Vec<RBig>> =
            vertices(&table).into_iter().map(|x| x.into_iter().map(|x| -x).collect()).collect();
        expected.sort();
        assert_eq!(vertices(&cost), expected);
        if !expected.is_empty() {
            agrees(&ranges(&moved, &RBig::ZERO), &vertices(&moved));
            agrees(&ranges(&cost, &RBig::ZERO), &expected);
        }
    }
}

#[test]
fn games_are_totally_balanced_iff_every_subgame_has_a_core() {
    let mut mix = Mix(3);
    let mut counts = [0; 2];
    for n in 2..=4 {
        for spread in [1, 2, 3, 4] {
            for _ in 0..10 {
                let table = mix.table(n, spread, 1);
                let subgame = |members: Coalition| {
                    let all: Vec<usize> = members.members().collect();
                    let of = |s: Coalition| s.members().map(|j| all[j]).collect::<Coalition>();
                    table_of(all.len(), |s| table.value(of(s)))
                };
                let has_core = |s: Coalition| !vertices(&subgame(s)).is_empty();
                let expected = Coalition::all(n).all(has_core);
                let work = Work::default();
                let found = properties(&table);
                let total = total_balance(&table, &found, &balance(&table, &work), &work);
                match total {
                    TotalBalance::Convex => assert!(expected),
                    TotalBalance::Extreme(all) => {
                        assert!(expected);
                        for s in Coalition::all(n) {
                            let least = all.iter().map(|x| paid(x, s)).min().unwrap();
                            assert_eq!(least, table.value(s));
                        }
                    }
                    TotalBalance::Unbalanced(s, weights) => {
                        assert!(!has_core(s));
                        let claims = weights.iter().map(|(t, w)| w * table.value(*t));
                        let claims = claims.fold(RBig::ZERO, |sum, c| sum + c);
                        assert!(claims > table.value(s));
                    }
                    TotalBalance::Undecided(why) => panic!("{why}"),
                }
                counts[usize::from(expected)] += 1;
            }
        }
    }
    assert!(counts.iter().all(|&count| count > 10), "{counts:?}");
    // A market is totally balanced (Shapley & Shubik 1969) without being convex.
    let gloves =
        rules::assignment(numbered(5), &[exact(&["1", "1", "2"]), exact(&["1", "3", "1"])]);
    let gloves = gloves.unwrap();
    let work = Work::default();
    let found = properties(&gloves);
    assert_eq!(found.convex.holds(), Some(false));
    let total = total_balance(&gloves, &found, &balance(&gloves, &work), &work);
    assert!(matches!(total, TotalBalance::Extreme(_)));
}
