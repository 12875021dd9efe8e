//! Where best replies end, once more.

use std::collections::{BTreeMap, BTreeSet};

use crate::certify::alignment::selection::payoffs::Payoffs;
use crate::game::posture::Side;
use crate::game::{AlignmentGame, Posture};
use crate::tolerance::Tolerances;

/// Probability that may still be under way.
const REST: f64 = 1e-10;
/// Rounds after which what is still under way is taken to go round for ever.
const ROUNDS: usize = 10_000;

/// The action of a player's best reply: its own where nothing is better, else the best, and of
/// several the one that stands against the leading state, alone, waiting, with it.
fn reply(game: &AlignmentGame, payoffs: &Payoffs, profile: &[usize], player: usize) -> usize {
    let worth = payoffs.choices(profile, player);
    let tolerance = Tolerances::DEFAULT.gain;
    let most = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let good = |action: usize| most - worth[action] <= tolerance;
    if good(profile[player]) {
        return profile[player];
    }
    let postures = game.postures_of(player);
    for side in [Side::Against, Side::Alone, Side::Victor, Side::With] {
        let of_side = |action: &usize| postures[*action].side() == side && good(*action);
        if let Some(action) = (0..worth.len()).find(of_side) {
            return action;
        }
    }
    profile[player]
}

/// The profiles that the others' best replies lead to, but for `fixed`.
fn next(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    profile: &[usize],
    fixed: &[usize],
) -> Vec<Vec<usize>> {
    let movers = (0..profile.len()).filter(|player| !fixed.contains(player));
    let moved = movers.filter_map(|player| {
        let action = reply(game, payoffs, profile, player);
        (action != profile[player]).then(|| {
            let mut moved = profile.to_vec();
            moved[player] = action;
            moved
        })
    });
    moved.collect()
}

/// The probability of ending in each equilibrium from a random start, and what is left under way.
pub(super) fn basins(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    equilibria: &[Vec<usize>],
) -> (Vec<f64>, f64) {
    let size = payoffs.profiles();
    let moves: Vec<Vec<u32>> = (0..size)
        .map(|at| {
            let to = next(game, payoffs, &payoffs.profile(at), &[]);
            to.iter().map(|to| payoffs.number(to) as u32).collect()
        })
        .collect();
    let mut here = vec![1.0 / size as f64; size];
    let mut arrived = vec![0.0; size];
    let mut before = f64::INFINITY;
    for round in 0..ROUNDS {
        let mut there = vec![0.0; size];
        for (at, mass) in here.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
            match moves[at].len() {
                0 => arrived[at] += mass,
                many => moves[at].iter().for_each(|&to| there[to as usize] += mass / many as f64),
            }
        }
        here = there;
        let under_way: f64 = here.iter().sum();
        // What goes round in cycles stays as it is.
        if under_way <= REST || (round > 200 && before - under_way <= REST * 1e-3) {
            break;
        }
        before = under_way;
    }
    let rest = if before.is_finite() { REST } else { 0.0 };
    (equilibria.iter().map(|profile| arrived[payoffs.number(profile)]).collect(), rest)
}

/// Whether this group tips the rest, and no smaller one does; or none at all.
pub(super) fn is_tipping(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    profile: &[usize],
    claimed: Option<&[usize]>,
) -> bool {
    let states = game.followers().len();
    let balance = (0..states)
        .map(|i| game.postures_of(i).iter().position(|posture| *posture == Posture::Balance))
        .collect::<Option<Vec<usize>>>();
    let Some(balance) = balance else { return claimed.is_none() };
    let mut goal = profile.to_vec();
    goal[..states].copy_from_slice(&balance);
    let tips = |group: &[usize]| {
        let mut start = profile.to_vec();
        group.iter().for_each(|&i| start[i] = balance[i]);
        tips(game, payoffs, &start, &goal, group)
    };
    if let Some(group) = claimed {
        let sound = group.windows(2).all(|pair| pair[0] < pair[1])
            && group.iter().all(|&i| i < states && profile[i] != balance[i]);
        if !sound || !tips(group) {
            return false;
        }
    }
    // Those who balance already change nothing.
    let others: Vec<usize> = (0..states).filter(|&i| profile[i] != balance[i]).collect();
    let below = claimed.map_or(others.len() + 1, <[usize]>::len);
    let smaller = (0u64..1 << others.len()).filter(|set| (set.count_ones() as usize) < below);
    !smaller
        .map(|set| (0..others.len()).filter(|k| set >> k & 1 == 1).map(|k| others[k]).collect())
        .any(|group: Vec<usize>| tips(&group))
}

/// Whether best replies of all but `group` end in `goal`, in whatever order they are given.
fn tips(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    start: &[usize],
    goal: &[usize],
    group: &[usize],
) -> bool {
    let mut moves: BTreeMap<Vec<usize>, Vec<Vec<usize>>> = BTreeMap::new();
    let mut open = vec![start.to_vec()];
    while let Some(profile) = open.pop() {
        if moves.contains_key(&profile) {
            continue;
        }
        let to = next(game, payoffs, &profile, group);
        if to.is_empty() && profile != goal {
            return false;
        }
        open.extend(to.iter().cloned());
        moves.insert(profile, to);
    }
    // What leads to the goal, round by round.
    let mut leads: BTreeSet<&Vec<usize>> =
        moves.keys().filter(|at| at.as_slice() == goal).collect();
    loop {
        let more: Vec<&Vec<usize>> = moves
            .iter()
            .filter(|(at, to)| !leads.contains(at) && to.iter().any(|to| leads.contains(to)))
            .map(|(at, _)| at)
            .collect();
        if more.is_empty() {
            return leads.len() == moves.len();
        }
        leads.extend(more);
    }
}
