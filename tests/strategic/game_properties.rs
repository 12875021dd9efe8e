//! What holds of every game: equilibria against a brute-force oracle, their number, and what
//! changes of the game leave them alone.

use std::collections::BTreeSet;

use dashu_ratio::RBig;
use equipoise::certify::strategic::correlated as certify_range;
use equipoise::certify::{Claim, strategic as certify};
use equipoise::game::StrategicTable;
use equipoise::game::table::{Column, Player};
use equipoise::lp::Backend;
use equipoise::solve::strategic::correlated::{
    Concept, Extreme, Masters, Objective, Range, Ranged, range,
};
use equipoise::solve::strategic::dominance::{By, eliminate};
use equipoise::solve::strategic::mixed::{
    Equilibrium, Logit, all_equilibria, extreme_equilibria, logit, zero_sum,
};
use equipoise::solve::strategic::pure::pure_nash;
use equipoise::work::Work;
use proptest::prelude::*;

fn ratio((numerator, denominator): (i64, u64)) -> RBig {
    RBig::from_parts(numerator.into(), denominator.into())
}

/// Whole numbers below `below`: xorshift*.
struct Random(u64);

impl Random {
    fn below(&mut self, below: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % below) as i64
    }

    fn game(&mut self, sizes: &[usize], below: u64) -> StrategicTable {
        StrategicTable::from_fn(sizes, |_, _| self.below(below)).unwrap()
    }
}

/// The vertices `(x, v)` of `{x ≥ 0, Σx = 1, M x ≤ v}` by trying all choices of tight
/// inequalities.
fn vertices(matrix: &[Vec<RBig>]) -> Vec<Vec<RBig>> {
    let (h, k) = (matrix.len(), matrix[0].len());
    let mut found = BTreeSet::new();
    for tight in (0u32..1 << (h + k)).filter(|bits| bits.count_ones() as usize == k) {
        let mut rows: Vec<Vec<RBig>> = vec![vec![RBig::ONE; k]];
        rows[0].extend([RBig::ZERO, RBig::ONE]);
        for line in (0..h + k).filter(|l| tight >> l & 1 == 1) {
            let mut row = vec![RBig::ZERO; k + 2];
            if line < k {
                row[line] = RBig::ONE;
            } else {
                row[..k].clone_from_slice(&matrix[line - k]);
                row[k] = -RBig::ONE;
            }
            rows.push(row);
        }
        let Some(x) = gauss(rows) else { continue };
        let slack = |row: &Vec<RBig>| {
            row.iter().zip(&x).fold(x[k].clone(), |rest, (a, p)| rest - a * p) >= RBig::ZERO
        };
        if x[..k].iter().all(|p| *p >= RBig::ZERO) && matrix.iter().all(slack) {
            found.insert(x);
        }
    }
    found.into_iter().collect()
}

fn gauss(mut rows: Vec<Vec<RBig>>) -> Option<Vec<RBig>> {
    let d = rows.len();
    for step in 0..d {
        let pivot = (step..d).find(|&r| rows[r][step] != RBig::ZERO)?;
        rows.swap(step, pivot);
        let inverse = RBig::ONE / &rows[step][step];
        rows[step].iter_mut().for_each(|x| *x = &*x * &inverse);
        let line = rows[step].clone();
        for row in rows.iter_mut().enumerate().filter(|(r, _)| *r != step).map(|(_, row)| row) {
            let factor = row[step].clone();
            row.iter_mut().zip(&line).for_each(|(x, y)| *x = &*x - &factor * y);
        }
    }
    Some(rows.into_iter().map(|row| row[d].clone()).collect())
}

fn oracle(game: &StrategicTable) -> BTreeSet<[Vec<RBig>; 2]> {
    let [m, n] = game.sizes()[..] else { panic!("two players") };
    let a = |i: usize, j: usize| game.payoff(0, i + m * j);
    let b = |i: usize, j: usize| game.payoff(1, i + m * j);
    let rows: Vec<Vec<RBig>> = (0..m).map(|i| (0..n).map(|j| a(i, j)).collect()).collect();
    let columns: Vec<Vec<RBig>> = (0..n).map(|j| (0..m).map(|i| b(i, j)).collect()).collect();
    let dot = |row: &[RBig], p: &[RBig]| row.iter().zip(p).fold(RBig::ZERO, |s, (a, p)| s + a * p);
    let mut found = BTreeSet::new();
    for x in vertices(&columns) {
        for y in vertices(&rows) {
            let first = (0..m).all(|i| x[i] == RBig::ZERO || dot(&rows[i], &y) == y[n]);
            let second = (0..n).all(|j| y[j] == RBig::ZERO || dot(&columns[j], &x) == x[m]);
            if first && second {
                found.insert([x[..m].to_vec(), y[..n].to_vec()]);
            }
        }
    }
    found
}

#[test]
fn extreme_equilibria_are_those_of_brute_force_also_of_degenerate_games() {
    let mut random = Random(1);
    for (round, sizes) in
        [[2, 2], [3, 3], [2, 4], [4, 3], [4, 4]].iter().cycle().take(120).enumerate()
    {
        let game = random.game(sizes, [2, 3, 10, 1000][round % 4]);
        let found = extreme_equilibria(&game, Work::default()).unwrap();
        assert_eq!(found.incomplete, None);
        let list: BTreeSet<_> = found.equilibria.iter().map(|e| e.strategies.clone()).collect();
        assert_eq!(list, oracle(&game), "round {round}");
        assert!(certify::extreme(&game, &found).iter().all(|claim| claim.holds()));
    }
}

#[test]
fn generic_games_have_an_odd_number_of_equilibria_and_both_solvers_find_the_same() {
    let mut random = Random(2);
    for sizes in [[3, 3], [4, 4], [2, 5], [4, 3]].iter().cycle().take(40) {
        let game = random.game(sizes, 1 << 40);
        let exact = extreme_equilibria(&game, Work::default()).unwrap().equilibria;
        let all = all_equilibria(&game, Work::default()).unwrap();
        assert!(all.unresolved.is_empty());
        assert_eq!(exact.len() % 2, 1);
        assert_eq!(exact.len(), all.equilibria.len());
        let floats: Vec<Vec<Vec<f64>>> = exact
            .iter()
            .map(|e| {
                e.strategies
                    .each_ref()
                    .map(|x| x.iter().map(|p| p.to_f64().value()).collect())
                    .to_vec()
            })
            .collect();
        assert!(all.equilibria.iter().all(|e| floats.iter().any(|f| near(f, &e.strategies))));
    }
}

fn near(one: &[Vec<f64>], other: &[Vec<f64>]) -> bool {
    one.iter().flatten().zip(other.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-9)
}

fn same(
    one: &[Equilibrium],
    other: &[Equilibrium],
    map: impl Fn(&[Vec<f64>]) -> Vec<Vec<f64>>,
) -> bool {
    one.len() == other.len()
        && one.iter().all(|e| other.iter().any(|f| near(&map(&e.strategies), &f.strategies)))
}

#[test]
fn games_of_several_players_have_an_odd_number_and_the_path_ends_at_one() {
    let mut random = Random(3);
    for sizes in [&[2, 2, 2][..], &[3, 3, 3], &[2, 3, 2], &[2, 2, 2, 2]].iter().cycle().take(40) {
        let game = random.game(sizes, 1 << 40);
        let all = all_equilibria(&game, Work::default()).unwrap();
        assert!(all.unresolved.is_empty());
        assert_eq!(all.equilibria.len() % 2, 1);
        assert!(certify::mixed(&game, &all.equilibria).iter().all(|claim| claim.holds()));
        let Logit::Found { equilibrium, .. } = logit(&game, Work::default()) else {
            panic!("found")
        };
        assert!(all.equilibria.iter().any(|e| near(&e.strategies, &equilibrium.strategies)));
    }
}

#[test]
fn continua_of_three_players_hold_every_equilibrium_of_a_grid_and_nothing_else() {
    let grid: Vec<RBig> =
        [(0, 1), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (1, 1)].map(ratio).to_vec();
    let mut random = Random(5);
    let (mut complete, mut products) = (0, 0);
    for round in 0..60 {
        let game = match round % 3 {
            // Symmetric in players: a payoff depends on how many others play the second strategy.
            0 => {
                let payoffs: Vec<i64> = (0..6).map(|_| random.below(2)).collect();
                let others = |s: &[usize], i: usize| s.iter().sum::<usize>() - s[i];
                StrategicTable::from_fn(&[2; 3], |s, i| payoffs[3 * s[i] + others(s, i)]).unwrap()
            }
            below => random.game(&[2; 3], 1 + below),
        };
        let all = all_equilibria(&game, Work::default()).unwrap();
        assert_eq!(all.unresolved.len() as u64, all.open);
        assert!(certify::mixed(&game, &all.equilibria).iter().all(|claim| claim.holds()));
        products += all.products.len();
        complete += usize::from(all.unresolved.is_empty());
        let first = |k: usize, player: usize| {
            all.equilibria[k].exact.as_ref().map(|(exact, _)| exact[player][0].clone())
        };
        let in_product = |at: &[&RBig; 3], product: &Vec<usize>| {
            (0..3).all(|player| {
                let own: Vec<RBig> = product.iter().filter_map(|&k| first(k, player)).collect();
                own.iter().any(|p| p <= at[player]) && own.iter().any(|p| p >= at[player])
            })
        };
        let on_face = |at: &[&RBig; 3], face: &Vec<Vec<usize>>| {
            face.iter().zip(at).all(|(own, p)| {
                (own.contains(&0) || p.is_zero()) && (own.contains(&1) || **p == RBig::ONE)
            })
        };
        for (a, b, c) in grid
            .iter()
            .flat_map(|a| grid.iter().map(move |b| (a, b)))
            .flat_map(|(a, b)| grid.iter().map(move |c| (a, b, c)))
        {
            let at = [a, b, c];
            let strategies = at.map(|p| vec![p.clone(), RBig::ONE - p]);
            let (_, is_one) = certify::mixed::exact_payoffs(&game, &strategies).unwrap();
            let listed = (0..all.equilibria.len())
                .any(|k| (0..3).all(|i| first(k, i).as_ref() == Some(at[i])))
                || all.products.iter().any(|product| in_product(&at, product))
                || all.faces.iter().any(|face| on_face(&at, face));
            // What is listed is one, and where the list is complete nothing else is.
            assert!(is_one || !listed, "round {round}: {at:?}");
            assert!(listed || !is_one || !all.unresolved.is_empty(), "round {round}: {at:?}");
        }
    }
    assert!(complete >= 20 && products >= 20, "{complete} complete, {products} products");
}

/// The game with other payoffs: `change(player, payoff)`.
fn changed(game: &StrategicTable, change: impl Fn(usize, RBig) -> RBig) -> StrategicTable {
    let columns = (0..game.roster().len())
        .map(|i| {
            let mut column = Column::default();
            (0..game.len()).for_each(|k| column.push_large(change(i, game.payoff(i, k))));
            column
        })
        .collect();
    StrategicTable::new("", game.roster().to_vec(), columns).unwrap()
}

#[test]
fn positive_affine_changes_of_payoffs_change_nothing() {
    let mut random = Random(4);
    let scales =
        [RBig::from_parts(1.into(), 1_000_000_007u64.into()), RBig::from(1_000_000_007), RBig::ONE];
    for _ in 0..10 {
        let game = random.game(&[3, 2, 3], 10_000);
        let other =
            changed(&game, |i, payoff| payoff * &scales[i] - RBig::from(123_456_789_012i64));
        let strategies =
            |list: &[Equilibrium]| list.iter().map(|e| e.strategies.clone()).collect::<Vec<_>>();
        let [one, two] = [&game, &other].map(|g| all_equilibria(g, Work::default()).unwrap());
        assert_eq!(strategies(&one.equilibria), strategies(&two.equilibria));
        let [one, two] = [&game, &other].map(|g| match logit(g, Work::default()) {
            Logit::Found { equilibrium, path } => (equilibrium.strategies, path),
            Logit::Stopped { why, .. } => panic!("{why}"),
        });
        assert_eq!(one, two);
        assert_eq!(pure_nash(&game), pure_nash(&other));
        let [one, two] =
            [&game, &other].map(|g| eliminate(g, By::Mixed, Backend::default()).unwrap());
        assert_eq!(one, two);
        let game = random.game(&[5, 5], 10_000);
        let other = changed(&game, |i, payoff| payoff * &scales[i] + RBig::from(3));
        let [one, two] = [&game, &other].map(|g| extreme_equilibria(g, Work::default()).unwrap());
        assert!(
            one.equilibria.iter().zip(&two.equilibria).all(|(e, f)| e.strategies == f.strategies)
        );
        assert_eq!(one.equilibria.len(), two.equilibria.len());
    }
}

#[test]
fn names_and_dominated_strategies_do_not_matter() {
    let mut random = Random(5);
    for _ in 0..10 {
        let game = random.game(&[3, 2, 3], 1 << 30);
        let all = all_equilibria(&game, Work::default()).unwrap().equilibria;
        // Players 0, 1, 2 become 2, 0, 1, and the strategies of the first turn round.
        let renamed = StrategicTable::from_fn(&[2, 3, 3], |s, i| {
            let index = game.index(&[2 - s[2], s[0], s[1]]);
            i64::try_from(game.payoff([1, 2, 0][i], index).numerator()).unwrap()
        })
        .unwrap();
        let other = all_equilibria(&renamed, Work::default()).unwrap().equilibria;
        assert!(same(&all, &other, |p| {
            vec![p[1].clone(), p[2].clone(), p[0].iter().rev().copied().collect()]
        }));
        // A fourth strategy of the first player that is always a little worse than its
        // second.
        let larger = StrategicTable::from_fn(&[4, 2, 3], |s, i| {
            let index = game.index(&[if s[0] == 3 { 1 } else { s[0] }, s[1], s[2]]);
            let payoff = i64::try_from(game.payoff(i, index).numerator()).unwrap();
            if s[0] == 3 && i == 0 { payoff - 1_000_000 } else { payoff }
        })
        .unwrap();
        let found = eliminate(&larger, By::Mixed, Backend::default()).unwrap();
        assert!(!found.remaining[0].contains(&3));
        assert!(certify::dominance(&larger, &found).iter().all(|claim| claim.holds()));
        let other = all_equilibria(&larger, Work::default()).unwrap().equilibria;
        assert!(same(&all, &other, |p| {
            vec![[&p[0][..], &[0.0]].concat(), p[1].clone(), p[2].clone()]
        }));
    }
}

#[test]
fn values_of_zero_sum_games_are_proved_exactly() {
    let mut random = Random(6);
    for (m, n) in [(2, 3), (5, 5), (8, 3), (12, 12)] {
        let a: Vec<i64> = (0..m * n).map(|_| random.below(100)).collect();
        let game = StrategicTable::from_fn(&[m, n], |s, i| {
            let payoff = a[s[0] * n + s[1]];
            if i == 0 { payoff } else { 7 - 3 * payoff }
        })
        .unwrap();
        let found = zero_sum(&game, Backend::default()).unwrap().unwrap();
        assert!(found.is_exact(), "{m} × {n}");
        assert!(certify::zero_sum(&game, &found).iter().all(|claim| claim.holds()));
        if m * n < 40 {
            let all = extreme_equilibria(&game, Work::default()).unwrap();
            assert!(all.equilibria.iter().all(|e| e.payoffs[0] == found.value[0]));
        }
    }
}

#[test]
fn wrong_findings_are_refuted() {
    let game = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
    assert!(certify::pure(&game, &[0]).iter().any(|claim| !claim.holds()));
    assert!(certify::pure(&game, &[]).iter().any(|claim| !claim.holds()));
    let mut found = extreme_equilibria(&game, Work::default()).unwrap();
    found.equilibria[0].strategies[0].reverse();
    assert!(certify::extreme(&game, &found).iter().any(|claim| !claim.holds()));
    let mut found = all_equilibria(&game, Work::default()).unwrap();
    found.equilibria[0].strategies[0].reverse();
    assert!(certify::mixed(&game, &found.equilibria).iter().any(|claim| !claim.holds()));
    let mut found = eliminate(&game, By::Pure, Backend::default()).unwrap();
    found.steps[0].strategy = 1;
    assert!(certify::dominance(&game, &found).iter().any(|claim| !claim.holds()));
    // A player named like nothing in the game is refuted, not a panic.
    found.steps[0].player = 9;
    assert!(certify::dominance(&game, &found).iter().any(|claim| !claim.holds()));
    assert_eq!(Player::numbered("1", 2).strategies, ["1", "2"]);
}

/// The range of an objective, certified, both ends exactly.
fn exact_range(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
) -> [Extreme<RBig>; 2] {
    let (lp, work) = (Backend::default(), Work::default());
    let found = range(game, concept, objective, &pure_nash(game), lp, &work).unwrap();
    let Ranged::Decided(range) = found else { panic!("there is time") };
    for claim in certify_range::range(game, concept, objective, &range) {
        assert!(claim.holds(), "{claim}");
    }
    let Range { lowest, highest } = *range;
    [lowest, highest].map(|end| end.exact.expect("an exact end"))
}

fn exact_ends(game: &StrategicTable, concept: Concept, objective: &Objective) -> [RBig; 2] {
    exact_range(game, concept, objective).map(|end| end.attained.value)
}

fn objectives(players: usize) -> Vec<Objective> {
    let share = |i: usize| RBig::from_parts((3 - 2 * i as i64).into(), (i as u8 + 1).into());
    vec![
        Objective::Welfare,
        Objective::Minimum,
        Objective::Player(1),
        Objective::Sum((0..players).map(share).collect()),
        Objective::Played(vec![(0, 1), (1, 0)]),
    ]
}

#[test]
fn every_nash_equilibrium_is_within_the_exact_ranges_also_of_degenerate_games() {
    let mut random = Random(7);
    for round in 0..24 {
        let game = random.game(&[[2, 2], [3, 3], [3, 4]][round % 3], [2, 3, 10_000][round % 3]);
        let nash = extreme_equilibria(&game, Work::default()).unwrap().equilibria;
        for objective in objectives(2) {
            let [correlated, coarse] = [Concept::Correlated, Concept::Coarse]
                .map(|concept| exact_ends(&game, concept, &objective));
            // All correlated equilibria are coarse ones.
            assert!(coarse[0] <= correlated[0] && correlated[1] <= coarse[1]);
            for equilibrium in &nash {
                let [u, v] = &equilibrium.payoffs;
                let value = match &objective {
                    Objective::Welfare => u + v,
                    Objective::Minimum => u.min(v).clone(),
                    Objective::Player(_) => v.clone(),
                    Objective::Sum(shares) => u * &shares[0] + v * &shares[1],
                    _ => &equilibrium.strategies[0][1] * &equilibrium.strategies[1][0],
                };
                assert!(correlated[0] <= value && value <= correlated[1], "{objective:?}");
            }
        }
    }
}

/// What makes a game hard for a simplex.
#[derive(Debug, Clone, Copy)]
enum Oddity {
    None,
    /// Player 0's last strategy is its first one again.
    Duplicate,
    /// Player 1 has the same payoff everywhere.
    Constant,
}

impl Oddity {
    fn of(self, game: &StrategicTable) -> StrategicTable {
        let sizes = game.sizes();
        let integer = |u: RBig| i64::try_from(u.into_parts().0).expect("a small whole payoff");
        StrategicTable::from_fn(&sizes, |profile, player| {
            let mut profile = profile.to_vec();
            match self {
                Self::Constant if player == 1 => return 1,
                Self::Duplicate if profile[0] + 1 == sizes[0] => profile[0] = 0,
                _ => {}
            }
            integer(game.payoff(player, game.index(&profile)))
        })
        .unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The masters' simplex and the LP backend come to the same ends, also of games full of ties
    /// and whatever each player's payoffs are counted in.
    #[test]
    fn the_simplex_and_the_backend_find_the_same_ends(
        seed in 1u64..,
        sizes in prop::sample::select(vec![
            vec![2, 2], vec![3, 3], vec![4, 4], vec![2, 3, 2], vec![3, 3, 3], vec![2, 2, 2, 2],
        ]),
        below in prop::sample::select(vec![2u64, 3, 10_000]),
        oddity in prop::sample::select(vec![Oddity::None, Oddity::Duplicate, Oddity::Constant]),
        scales in prop::collection::vec(prop::sample::select(vec![-6i32, 0, 6]), 4),
        coarse in any::<bool>(),
    ) {
        let concept = if coarse { Concept::Coarse } else { Concept::Correlated };
        let plain = oddity.of(&Random(seed).game(&sizes, below));
        let million = RBig::from(1_000_000);
        let scaled = changed(&plain, |i, u| match scales[i] {
            0 => u,
            6 => u * &million,
            _ => u / &million,
        });
        let work = Work::default();
        for (game, objective) in [
            (&plain, Objective::Welfare),
            (&plain, Objective::Minimum),
            (&scaled, Objective::Player(0)),
            (&scaled, Objective::Played(vec![(0, 1), (1, 0)])),
        ] {
            let pure = pure_nash(game);
            let [simplex, backend] = [Masters::Simplex, Masters::Backend].map(|masters| {
                let masters = masters(Backend::default());
                match range(game, concept, &objective, &pure, masters, &work).unwrap() {
                    Ranged::Decided(range) => *range,
                    Ranged::Undecided { why, .. } => panic!("{why}"),
                }
            });
            for claim in certify_range::range(game, concept, &objective, &simplex) {
                prop_assert!(claim.holds(), "{claim}");
            }
            let [low, high] = [&backend.lowest, &backend.highest].map(|e| e.float.attained.value);
            let reach = 1.0 + low.abs().max(high.abs());
            for (one, other) in
                [(simplex.lowest, backend.lowest), (simplex.highest, backend.highest)]
            {
                if let (Some(one), Some(other)) = (&one.exact, &other.exact) {
                    prop_assert_eq!(&one.attained.value, &other.attained.value);
                }
                let off = one.float.attained.value - other.float.attained.value;
                prop_assert!(off.abs() <= 1e-6 * reach, "{off}");
            }
        }
    }
}

/// Without pure equilibria to begin with, the search for a first one is the masters' own.
#[test]
fn pure_equilibria_to_begin_with_change_no_end() {
    let mut random = Random(12);
    for _ in 0..6 {
        let game = random.game(&[3, 3, 3], 3);
        let ends = |pure: &[usize]| {
            let (lp, work) = (Backend::default(), Work::default());
            let found =
                range(&game, Concept::Correlated, &Objective::Welfare, pure, lp, &work).unwrap();
            let Ranged::Decided(range) = found else { panic!("there is time") };
            [range.lowest, range.highest].map(|end| end.exact.expect("exact").attained.value)
        };
        assert_eq!(ends(&pure_nash(&game)), ends(&[]));
    }
}

#[test]
fn exact_ranges_do_not_depend_on_scales_names_and_dominated_strategies() {
    let mut random = Random(8);
    let scales =
        [RBig::from_parts(1.into(), 1_000_000_007u64.into()), RBig::from(1_000_000_007), RBig::ONE];
    for round in 0..6 {
        let game = random.game(&[3, 2, 3], [5, 10_000][round % 2]);
        let played = Objective::Played(vec![(0, 1), (1, 0)]);
        let third = Objective::Player(2);
        for concept in [Concept::Correlated, Concept::Coarse] {
            let before = exact_ends(&game, concept, &played);
            let payoff = exact_ends(&game, concept, &third);
            // Other units and origins.
            let other = changed(&game, |i, u| u * &scales[i] - RBig::from(123_456_789_012i64));
            assert_eq!(exact_ends(&other, concept, &played), before);
            let shift = RBig::from(123_456_789_012i64);
            assert_eq!(exact_ends(&other, concept, &third).map(|u| u + &shift), payoff);
            // Players 0, 1, 2 become 2, 0, 1, and the strategies of the first turn round.
            let renamed = StrategicTable::from_fn(&[2, 3, 3], |s, i| {
                let index = game.index(&[2 - s[2], s[0], s[1]]);
                i64::try_from(game.payoff([1, 2, 0][i], index).numerator()).unwrap()
            })
            .unwrap();
            let same = Objective::Played(vec![(2, 1), (0, 0)]);
            assert_eq!(exact_ends(&renamed, concept, &same), before);
            assert_eq!(exact_ends(&renamed, concept, &Objective::Player(1)), payoff);
            // A fourth strategy of the first player that is always worse than its second.
            let larger = StrategicTable::from_fn(&[4, 2, 3], |s, i| {
                let index = game.index(&[if s[0] == 3 { 1 } else { s[0] }, s[1], s[2]]);
                let payoff = i64::try_from(game.payoff(i, index).numerator()).unwrap();
                if s[0] == 3 && i == 0 { payoff - 1_000_000 } else { payoff }
            })
            .unwrap();
            if concept == Concept::Correlated {
                assert_eq!(exact_ends(&larger, concept, &played), before);
                assert_eq!(exact_ends(&larger, concept, &third), payoff);
            }
        }
    }
}

#[test]
fn objectives_that_mean_the_same_have_the_same_range() {
    let mut random = Random(9);
    let game = random.game(&[2, 3, 2], 100);
    let ends = |objective: &Objective| exact_ends(&game, Concept::Correlated, objective);
    let unit = [RBig::ZERO, RBig::ONE, RBig::ZERO];
    assert_eq!(ends(&Objective::Player(1)), ends(&Objective::Sum(unit.to_vec())));
    let mut column = Column::default();
    (0..game.len()).for_each(|k| {
        column.push_large((0..3).fold(RBig::ZERO, |sum, i| sum + game.payoff(i, k)));
    });
    let values = Objective::Values(column.payoffs());
    assert_eq!(ends(&Objective::Welfare), ends(&values));
    // A constant is a constant, and the negative turns the range round.
    let minus = Objective::Sum(vec![RBig::from(-1); 3]);
    let [low, high] = ends(&minus);
    assert_eq!(ends(&Objective::Welfare), [-high, -low]);
    assert_eq!(ends(&Objective::Sum(vec![RBig::ZERO; 3])), [RBig::ZERO, RBig::ZERO]);
    let other = Objective::Player(3);
    let (lp, work) = (Backend::default(), Work::default());
    assert!(range(&game, Concept::Correlated, &other, &[], lp, &work).is_err());
}

#[test]
fn payoffs_beyond_machine_words_have_exact_ranges_too() {
    let mut random = Random(10);
    let game = random.game(&[3, 3], 1000);
    // Not affine, so that the levels are as large as the payoffs; next to nothing changes.
    let huge = (0..30).fold(RBig::ONE, |power, _| power * RBig::from(10));
    let other = changed(&game, |_, u| &u * &huge + &u * &u);
    let objective = Objective::Player(0);
    let [plain, large] =
        [&game, &other].map(|game| exact_ends(game, Concept::Correlated, &objective));
    for (plain, large) in plain.iter().zip(&large) {
        let off = (large / &huge - plain).to_f64().value();
        assert!(off.abs() < 1e-15, "{off}");
    }
}

#[test]
fn a_wrong_exact_range_is_refuted() {
    let game = StrategicTable::bimatrix(&[[6, 2], [7, 0]], &[[6, 7], [2, 0]]).unwrap();
    let (concept, objective) = (Concept::Correlated, Objective::Welfare);
    let (lp, work) = (Backend::default(), Work::default());
    let Ranged::Decided(whole) = range(&game, concept, &objective, &[], lp, &work).unwrap() else {
        panic!("there is time")
    };
    let refuted = |change: &dyn Fn(&mut Extreme<RBig>)| {
        let mut range = whole.clone();
        change(range.highest.exact.as_mut().unwrap());
        let claims = certify_range::range(&game, concept, &objective, &range);
        assert!(!claims.iter().all(Claim::holds));
    };
    let little = RBig::from_parts(1.into(), 10u64.pow(18).into());
    refuted(&|end| end.attained.value += &little);
    refuted(&|end| end.attained.payoffs[0] -= &little);
    refuted(&|end| {
        end.attained.distribution[0].1 += &little;
        end.attained.distribution[1].1 -= &little;
    });
    refuted(&|end| end.proofs[0].bound -= &little);
    refuted(&|end| end.proofs[0].weights[0].weight -= &little);
    refuted(&|end| end.proofs[0].weights[0].player = 7);
    refuted(&|end| end.attained.distribution[0].0 = 99);
    refuted(&|end| end.proofs.clear());
    refuted(&|end| end.proofs[0].shares[0] += &little);
}
