//! That all equilibria of a support are mixtures of listed ones, where boxes cannot tell since
//! they are no single points.
//!
//! Of what a strategy gains, the least over the other players' used strategies bounds it from
//! below by a linear function of one player's probabilities. An equilibrium has none above zero:
//! each player is left a polytope. If a listed product of strategies has all vertices of each, it
//! has all equilibria of the support. The vertices are the solutions of as many of the bounds as
//! there are strategies, tried in turn: O(bounds^strategies) eliminations.

use std::collections::BTreeSet;

use dashu_ratio::RBig;

use crate::exact::sum;
use crate::game::StrategicTable;
use crate::game::table::advance;

/// The most choices of bounds for one player, and of vertices for all.
const MOST_CHOICES: usize = 20_000;
const MOST_VERTICES: usize = 4096;

type Point = Vec<RBig>;

/// What a strategy that a player does not prefer gains over one that it uses, wherever the others
/// use theirs: the first player's strategy fastest, the player's own axis of length 1.
struct Gain {
    player: usize,
    values: Vec<RBig>,
}

/// Whether every equilibrium that uses all of these strategies and no others is a mixture of a
/// product: strategies of each player, all combinations of which are equilibria. False if that
/// does not show.
pub(super) fn covered(
    game: &StrategicTable,
    used: &[Vec<usize>],
    products: &[Vec<Vec<Point>>],
) -> bool {
    let gains = gains(game, used);
    let hulls: Option<Vec<Vec<Point>>> =
        (0..used.len()).map(|player| hull(&gains, used, player)).collect();
    let Some(hulls) = hulls else { return false };
    let misses = |(hull, own): (&Vec<Point>, &Vec<usize>)| {
        (0..own.len()).any(|a| hull.iter().all(|p| p[a].is_zero()))
    };
    if hulls.iter().zip(used).any(misses) {
        return true;
    }
    let in_full = |player: usize, point: &Point| {
        let mut full = vec![RBig::ZERO; game.sizes()[player]];
        used[player].iter().zip(point).for_each(|(&a, p)| full[a].clone_from(p));
        full
    };
    let holds = |product: &Vec<Vec<Point>>| {
        product.len() == hulls.len()
            && hulls.iter().enumerate().all(|(player, hull)| {
                hull.iter().all(|point| product[player].contains(&in_full(player, point)))
            })
    };
    if products.iter().any(holds) {
        return true;
    }
    let counts: Vec<usize> = hulls.iter().map(Vec::len).collect();
    let combinations = counts.iter().try_fold(1usize, |all, &count| all.checked_mul(count));
    if combinations.is_none_or(|all| all > MOST_VERTICES) {
        return false;
    }
    let impossible = |gain: &Gain| {
        let mut choice = vec![0; counts.len()];
        loop {
            let at: Vec<&Point> = hulls.iter().zip(&choice).map(|(hull, &c)| &hull[c]).collect();
            if mean(gain, &at) <= RBig::ZERO {
                break false;
            }
            if !advance(&mut choice, &counts) {
                break true;
            }
        }
    };
    gains.iter().any(impossible)
}

fn gains(game: &StrategicTable, used: &[Vec<usize>]) -> Vec<Gain> {
    let mut gains = Vec::new();
    for (player, own) in used.iter().enumerate() {
        let sizes: Vec<usize> =
            used.iter().enumerate().map(|(j, s)| if j == player { 1 } else { s.len() }).collect();
        for (&a, b) in own.iter().flat_map(|a| (0..game.sizes()[player]).map(move |b| (a, b))) {
            if a == b {
                continue;
            }
            let (mut choice, mut values) = (vec![0; sizes.len()], Vec::new());
            loop {
                let mut profile: Vec<usize> = choice.iter().zip(used).map(|(&c, s)| s[c]).collect();
                let mut level = |strategy| {
                    profile[player] = strategy;
                    RBig::from(game.exact(player).level(game.index(&profile)))
                };
                values.push(level(b) - level(a));
                if !advance(&mut choice, &sizes) {
                    break;
                }
            }
            gains.push(Gain { player, values });
        }
    }
    gains
}

/// A gain where each player mixes its used strategies so.
fn mean(gain: &Gain, strategies: &[&Point]) -> RBig {
    let mut values = gain.values.clone();
    for (_, p) in strategies.iter().enumerate().filter(|(j, _)| *j != gain.player) {
        values = values
            .chunks_exact(p.len())
            .map(|line| sum(line.iter().zip(p.iter()).map(|(x, p)| x * p)))
            .collect();
    }
    values[0].clone()
}

/// The vertices of what the bounds leave a player; `None` if there are too many choices of them.
fn hull(gains: &[Gain], used: &[Vec<usize>], player: usize) -> Option<Vec<Point>> {
    let k = used[player].len();
    let mut bounds: BTreeSet<Vec<RBig>> = BTreeSet::new();
    for gain in gains.iter().filter(|gain| gain.player != player) {
        let size = |j: &usize| if *j == gain.player { 1 } else { used[*j].len() };
        let stride: usize = (0..player).map(|j| size(&j)).product();
        let least = |a: usize| {
            let own = (0..gain.values.len()).filter(|index| index / stride % k == a);
            own.map(|index| &gain.values[index]).min().cloned()
        };
        let bound: Vec<RBig> = (0..k).map(least).collect::<Option<_>>()?;
        if bound.iter().any(|x| *x > RBig::ZERO) {
            bounds.insert(bound);
        }
    }
    let unit = |a: usize| (0..k).map(|b| if a == b { -RBig::ONE } else { RBig::ZERO }).collect();
    let bounds: Vec<Vec<RBig>> = (0..k).map(unit).chain(bounds).collect();
    let (mut left, mut found) = (MOST_CHOICES, BTreeSet::new());
    let mut whole = vec![RBig::ONE; k + 1];
    whole.rotate_left(1);
    // Choices of bounds: the equations so far, reduced, and the first that may be added.
    let mut open = vec![(vec![(0, whole)], 0)];
    while let Some((equations, next)) = open.pop() {
        left = left.checked_sub(1)?;
        if equations.len() == k {
            let mut point = vec![RBig::ZERO; k];
            equations.iter().for_each(|(pivot, row)| point[*pivot].clone_from(&row[k]));
            let holds =
                |bound: &Vec<RBig>| sum(bound.iter().zip(&point).map(|(x, p)| x * p)) <= RBig::ZERO;
            if bounds.iter().all(holds) {
                found.insert(point);
            }
            continue;
        }
        for (number, bound) in bounds.iter().enumerate().skip(next) {
            if let Some(equations) = with(&equations, bound) {
                open.push((equations, number + 1));
            }
        }
    }
    Some(found.into_iter().collect())
}

/// Reduced equations with one more, that a linear function is zero; `None` if it depends on them.
/// An equation has its pivot, which is 1, and its right side last.
fn with(equations: &[(usize, Vec<RBig>)], bound: &[RBig]) -> Option<Vec<(usize, Vec<RBig>)>> {
    let less = |row: &[RBig], factor: &RBig, other: &[RBig]| -> Vec<RBig> {
        row.iter().zip(other).map(|(x, y)| x - factor * y).collect()
    };
    let mut row = bound.to_vec();
    row.push(RBig::ZERO);
    for (pivot, own) in equations {
        let factor = row[*pivot].clone();
        row = less(&row, &factor, own);
    }
    let pivot = (0..bound.len()).find(|&k| !row[k].is_zero())?;
    let one = row[pivot].clone();
    row.iter_mut().for_each(|x| *x /= &one);
    let others = equations.iter().map(|(k, own)| (*k, less(own, &own[pivot].clone(), &row)));
    Some(others.chain([(pivot, row.clone())]).collect())
}
