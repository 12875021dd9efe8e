//! Games of the literature, typed in with their source, and their known equilibria.

use std::collections::BTreeSet;

use dashu_ratio::RBig;
use equipoise::certify::Claim;
use equipoise::certify::strategic as certify;
use equipoise::game::StrategicTable;
use equipoise::lp::Backend;
use equipoise::solve::strategic::dominance::{By, eliminate};
use equipoise::solve::strategic::mixed::{
    Equilibrium, LemkeHowson, Logit, Proof, all_equilibria, extreme_equilibria, lemke_howson,
    logit, zero_sum,
};
use equipoise::solve::strategic::pure::pure_nash;
use equipoise::solve::strategic::refinement::{self, Refined, Refinement};
use equipoise::work::Work;

fn ratio(numerator: i64, denominator: u64) -> RBig {
    RBig::from_parts(numerator.into(), denominator.into())
}

fn hold(claims: &[Claim]) {
    for claim in claims {
        assert!(claim.holds(), "{claim}");
    }
}

fn strong_nash(game: &StrategicTable) -> Refinement {
    decided(refinement::strong_nash(game, &Work::default()))
}

fn coalition_proof(game: &StrategicTable) -> Refinement {
    decided(refinement::coalition_proof(game, &Work::default()).unwrap())
}

fn decided(found: Refined) -> Refinement {
    match found {
        Refined::Decided(found) => found,
        Refined::Undecided { why, .. } => panic!("{why}"),
    }
}

fn pure(game: &StrategicTable) -> Vec<Vec<usize>> {
    let numbers = pure_nash(game);
    hold(&certify::pure(game, &numbers));
    numbers.into_iter().map(|number| game.profile(number)).collect()
}

/// The extreme equilibria of a two-player game, all claims checked, the n-player solver
/// agreeing where the game is generic, and every Lemke–Howson path ending at one of them.
fn extremes(game: &StrategicTable, generic: bool) -> Vec<[Vec<RBig>; 2]> {
    let found = extreme_equilibria(game, Work::default()).unwrap();
    assert_eq!(found.incomplete, None);
    hold(&certify::extreme(game, &found));
    let list: Vec<_> = found.equilibria.iter().map(|e| e.strategies.clone()).collect();
    if generic {
        let all = all_equilibria(game, Work::default()).unwrap();
        assert!(all.unresolved.is_empty());
        assert_eq!(all.equilibria.len(), list.len());
    }
    for dropped in 0..game.sizes().iter().sum() {
        let Some(LemkeHowson::Found { equilibrium, .. }) =
            lemke_howson(game, dropped, Work::default())
        else {
            panic!("a path ends");
        };
        hold(&[certify::exact(game, &equilibrium)]);
        assert!(list.contains(&equilibrium.strategies), "dropped {dropped}");
    }
    list
}

#[test]
fn prisoners_dilemma() {
    // Luce & Raiffa, Games and Decisions (1957), section 5.4; payoffs of Axelrod (1984).
    let game = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
    assert_eq!(pure(&game), [[1, 1]]);
    assert_eq!(extremes(&game, true).len(), 1);
    let left = eliminate(&game, By::Mixed, Backend::default()).unwrap();
    assert_eq!(left.remaining, [[1], [1]]);
    hold(&certify::dominance(&game, &left));
    // Both would gain by cooperating, but not by keeping to it.
    assert!(strong_nash(&game).stable.is_empty());
    assert_eq!(coalition_proof(&game).stable, [[1, 1]]);
}

#[test]
fn battle_of_the_sexes() {
    // Luce & Raiffa (1957), section 5.3: 2, 1 and 1, 2, else -1, -1; mixed at 3/5 and 2/5.
    let game = StrategicTable::bimatrix(&[[2, -1], [-1, 1]], &[[1, -1], [-1, 2]]).unwrap();
    let found = extremes(&game, true);
    assert_eq!(found.len(), 3);
    assert!(found.contains(&[vec![ratio(3, 5), ratio(2, 5)], vec![ratio(2, 5), ratio(3, 5)]]));
}

#[test]
fn matching_pennies_is_zero_sum_with_value_zero() {
    let game = StrategicTable::bimatrix(&[[1, -1], [-1, 1]], &[[-1, 1], [1, -1]]).unwrap();
    assert!(pure(&game).is_empty());
    let half = vec![ratio(1, 2), ratio(1, 2)];
    assert_eq!(extremes(&game, true), [[half.clone(), half]]);
    let value = zero_sum(&game, Backend::default()).unwrap().unwrap();
    assert!(value.is_exact());
    assert_eq!(value.value[0], RBig::ZERO);
    hold(&certify::zero_sum(&game, &value));
}

#[test]
fn chicken() {
    // Aumann, Correlated equilibrium as an expression of Bayesian rationality (1987).
    let game = StrategicTable::bimatrix(&[[6, 2], [7, 0]], &[[6, 7], [2, 0]]).unwrap();
    assert_eq!(extremes(&game, true).len(), 3);
    let found = extreme_equilibria(&game, Work::default()).unwrap();
    let mixed = found.equilibria.iter().find(|e| e.strategies[0][0] == ratio(2, 3)).unwrap();
    assert_eq!(mixed.payoffs, [ratio(14, 3), ratio(14, 3)]);
}

#[test]
fn shapleys_game_has_one_equilibrium() {
    // Shapley, Some topics in two-person games (1964): fictitious play cycles.
    let a = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    let game = StrategicTable::bimatrix(&a, &[[0, 1, 0], [0, 0, 1], [1, 0, 0]]).unwrap();
    let third = vec![ratio(1, 3); 3];
    assert_eq!(extremes(&game, false), [[third.clone(), third]]);
}

#[test]
fn three_by_two_of_von_stengel() {
    // Von Stengel, Computing equilibria for two-person games (2002), (2.1).
    let a = [[3, 3], [2, 5], [0, 6]];
    let game = StrategicTable::bimatrix(&a, &[[3, 2], [2, 6], [3, 1]]).unwrap();
    let (zero, one) = (ratio(0, 1), ratio(1, 1));
    let mut expected = vec![
        [vec![one.clone(), zero.clone(), zero.clone()], vec![one, zero.clone()]],
        [vec![ratio(4, 5), ratio(1, 5), zero.clone()], vec![ratio(2, 3), ratio(1, 3)]],
        [vec![zero, ratio(1, 3), ratio(2, 3)], vec![ratio(1, 3), ratio(2, 3)]],
    ];
    expected.sort();
    assert_eq!(extremes(&game, true), expected);
    // Its degenerate variant: both answers to the first row pay the same, and the two
    // extreme equilibria with that row are the ends of a segment.
    let game = StrategicTable::bimatrix(&a, &[[3, 3], [2, 6], [3, 1]]).unwrap();
    extremes(&game, false);
    let found = extreme_equilibria(&game, Work::default()).unwrap();
    let first: Vec<usize> = (0..found.equilibria.len())
        .filter(|&e| found.equilibria[e].strategies[0][0] == RBig::ONE)
        .collect();
    assert_eq!(first.len(), 2);
    assert_eq!(found.component[first[0]], found.component[first[1]]);
    assert!(found.subsets.unwrap().contains(&first));
}

#[test]
fn a_game_in_which_nothing_matters() {
    let game = StrategicTable::bimatrix(&[[0; 3]; 4], &[[0; 3]; 4]).unwrap();
    assert_eq!(extremes(&game, false).len(), 12);
    let found = extreme_equilibria(&game, Work::default()).unwrap();
    assert!(found.component.iter().all(|&c| c == 0));
    assert_eq!(found.subsets.unwrap(), [(0..12).collect::<Vec<_>>()]);
    let all = all_equilibria(&game, Work::default()).unwrap();
    assert!(all.unresolved.is_empty());
    assert_eq!(all.faces, [vec![vec![0, 1, 2, 3], vec![0, 1, 2]]]);
}

#[test]
fn nine_equilibria_of_mckelvey_and_mclennan() {
    // McKelvey & McLennan, Computation of equilibria in finite games (1996): 2 × 2 × 2 with
    // nine equilibria, two of them totally mixed; no such generic game has more.
    let table =
        [[9, 8, 12], [0, 0, 0], [0, 0, 0], [9, 8, 2], [0, 0, 0], [3, 4, 6], [3, 4, 6], [0, 0, 0]];
    let payoff = |s: &[usize], i: usize| table[s[0] + 2 * s[1] + 4 * s[2]][i];
    let game = StrategicTable::from_fn(&[2, 2, 2], payoff).unwrap();
    let all = all_equilibria(&game, Work::default()).unwrap();
    assert!(all.unresolved.is_empty());
    assert_eq!(all.equilibria.len(), 9);
    let mixed = |p: &Vec<f64>| p.iter().all(|&x| x > 0.0);
    assert_eq!(all.equilibria.iter().filter(|e| e.strategies.iter().all(mixed)).count(), 2);
    assert!(all.equilibria.iter().all(|e| e.proof != Proof::None));
    hold(&certify::mixed(&game, &all.equilibria));
}

#[test]
fn three_voters() {
    // Two prefer the first of two alternatives, one the second; the majority decides.
    let payoff = |s: &[usize], i: usize| i64::from((s.iter().sum::<usize>() >= 2) == (i == 2));
    let game = StrategicTable::from_fn(&[2, 2, 2], payoff).unwrap();
    assert_eq!(pure(&game), [[0, 0, 0], [0, 0, 1], [1, 1, 1]]);
    let strong = strong_nash(&game);
    assert_eq!(strong.stable, [[0, 0, 0], [0, 0, 1]]);
    assert_eq!(strong.upset.len(), 1);
    hold(&certify::strong(&game, &strong));
    // Votes that change nothing leave continua, and that is said: the third voter's where the
    // first two carry it.
    let faces = all_equilibria(&game, Work::default()).unwrap().faces;
    assert!(faces.contains(&vec![vec![0], vec![0], vec![0, 1]]), "{faces:?}");
}

#[test]
fn seltens_horse() {
    // Selten, Reexamination of the perfectness concept (1975), figure 1, in strategic form.
    let payoff = |s: &[usize], i: usize| match s {
        [0, 0, _] => 1,
        [0, 1, 0] => [4, 4, 0][i],
        [0, 1, _] => [0, 0, 1][i],
        [_, _, 0] => [3, 3, 2][i],
        _ => 0,
    };
    let game = StrategicTable::from_fn(&[2, 2, 2], payoff).unwrap();
    assert_eq!(pure(&game), [[1, 0, 0], [0, 0, 1]]);
    let all = all_equilibria(&game, Work::default()).unwrap();
    assert!(all.unresolved.is_empty() && all.faces.is_empty());
    hold(&certify::mixed(&game, &all.equilibria));
    // Two segments: the first two pass and the third goes left with at most 1/4; the first does
    // not pass, the second passes with at least 1/3, the third goes left.
    let probabilities = |k: &usize| {
        let (exact, _) = all.equilibria[*k].exact.clone().unwrap();
        exact.into_iter().map(|p| p[0].clone()).collect::<Vec<RBig>>()
    };
    let segment = |product: &Vec<usize>| product.iter().map(probabilities).collect::<BTreeSet<_>>();
    let found: BTreeSet<_> = all.products.iter().map(segment).collect();
    let (zero, one) = (ratio(0, 1), ratio(1, 1));
    let trembling = [ratio(0, 1), ratio(1, 4)].map(|left| vec![one.clone(), one.clone(), left]);
    let off = [ratio(1, 3), ratio(1, 1)].map(|pass| vec![zero.clone(), pass, one.clone()]);
    assert_eq!(found, BTreeSet::from([BTreeSet::from(trembling), BTreeSet::from(off)]));
}

#[test]
fn a_majority_of_four_over_three() {
    // Symmetric in players and in alternatives, so that few supports are searched: all for one,
    // or all alike between two or three.
    let payoff =
        |s: &[usize], i: usize| i64::from(2 * s.iter().filter(|&&a| a == s[i]).count() > s.len());
    let game = StrategicTable::from_fn(&[3; 4], payoff).unwrap();
    assert_eq!(game.symmetries().len(), 3 + 5);
    let all = all_equilibria(&game, Work::default()).unwrap();
    assert!(all.unresolved.is_empty() && all.faces.is_empty() && all.products.is_empty());
    assert_eq!(all.equilibria.len(), 7);
    let alike = |one: &Equilibrium| {
        let (exact, _) = one.exact.as_ref().unwrap();
        exact.iter().all(|p| *p == exact[0])
    };
    assert!(all.equilibria.iter().all(alike));
    hold(&certify::mixed(&game, &all.equilibria));
}

#[test]
fn minimum_effort() {
    // Van Huyck, Battalio & Beil (1990), in tenths: 6 + 2 · least effort − own. Every common
    // effort is a strict equilibrium; the highest alone is strong.
    let game = StrategicTable::from_fn(&[7, 7, 7], |s, i| {
        8 + 2 * s.iter().copied().min().unwrap_or(0) as i64 - s[i] as i64 - 1
    })
    .unwrap();
    assert_eq!(pure(&game), (0..7).map(|e| vec![e; 3]).collect::<Vec<_>>());
    assert_eq!(strong_nash(&game).stable, [[6, 6, 6]]);
    let proof = coalition_proof(&game);
    assert_eq!(proof.stable, [[6, 6, 6]]);
    hold(&certify::refinement(&game, &proof));
}

#[test]
fn el_farol() {
    // Arthur (1994), five people and a bar that is pleasant with at most three.
    let game = StrategicTable::from_fn(&[2; 5], |s, i| match (s[i], s.iter().sum::<usize>()) {
        (0, _) => 0,
        (_, 0..=3) => 1,
        _ => -1,
    })
    .unwrap();
    let found = pure(&game);
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|s| s.iter().sum::<usize>() == 3));
}

#[test]
fn the_logit_path_ends_where_it_must() {
    let game = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
    let Logit::Found { equilibrium, path } = logit(&game, Work::default()) else { panic!("found") };
    assert_eq!(equilibrium.strategies, [[0.0, 1.0], [0.0, 1.0]]);
    assert_eq!(path.folds, 0);
    // Asymmetric matching pennies (Goeree & Holt 2001): the mixed equilibrium is alone.
    let game = StrategicTable::bimatrix(&[[320, 40], [40, 80]], &[[40, 80], [80, 40]]).unwrap();
    let Logit::Found { equilibrium, .. } = logit(&game, Work::default()) else { panic!("found") };
    assert!((equilibrium.strategies[0][0] - 0.5).abs() < 1e-12);
    assert!((equilibrium.strategies[1][0] - 0.125).abs() < 1e-12);
}
