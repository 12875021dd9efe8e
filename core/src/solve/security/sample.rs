//! Odds for systems whose profiles are too many for exact ones: best replies are followed from
//! starts that are drawn.
//!
//! O(starts · steps · n). A start that has not come to rest after [`STEPS`] steps is in a cycle if
//! all that can be reached from there leads back; up to [`REACH`] profiles are followed.

use std::collections::{BTreeMap, BTreeSet};

use crate::coalition::Coalition;
use crate::finding::security::Sample;
use crate::game::security::Field;
use crate::game::{SecurityGame, Stance};
use crate::sequence::Sequence;
use crate::solve::security::equilibria::taking;
use crate::solve::security::graph::End;
use crate::work::Work;

/// Starts of either kind.
const STARTS: u64 = 10_000;
/// Steps before a cycle is looked for.
const STEPS: usize = 2_000;
/// The most profiles of a cycle.
const REACH: usize = 20_000;

type Profile = Vec<Stance>;

/// Every equilibrium, then the cycles that were come across, with the parts of the starts that
/// ended in each. `None` if the time was up.
pub(super) fn ends(
    game: &SecurityGame,
    equilibria: &[Profile],
    seed: u64,
    work: &Work,
) -> Option<(Vec<End>, Sample)> {
    let mut draws = Sequence::from_seed(seed);
    let mut counts = vec![[0u64; 2]; equilibria.len()];
    let mut cycles: BTreeMap<Vec<Profile>, [u64; 2]> = BTreeMap::new();
    let mut lost = 0;
    for start in 0..2 * STARTS {
        if work.is_over() {
            return None;
        }
        let kind = usize::from(start >= STARTS);
        let first = |_: &usize| if kind == 0 { Stance::ALL[draws.below(3)] } else { Stance::Hide };
        let profile: Profile = game.choosers().iter().map(first).collect();
        let rest = follow(game, profile, &mut draws);
        if let Ok(place) = equilibria.binary_search(&rest) {
            counts[place][kind] += 1;
        } else if let Some((_, count)) =
            cycles.iter_mut().find(|(cycle, _)| cycle.binary_search(&rest).is_ok())
        {
            count[kind] += 1;
        } else if let Some(cycle) = closed(game, rest) {
            cycles.entry(cycle).or_default()[kind] += 1;
        } else {
            lost += 1;
        }
    }
    let part = |count: [u64; 2]| count.map(|c| c as f64 / STARTS as f64);
    let single = equilibria.iter().cloned().map(|profile| vec![profile]).zip(counts);
    let ends = single.chain(cycles).map(|(profiles, n)| End { profiles, mass: part(n) }).collect();
    let sample = Sample { starts: STARTS, seed, balancing: [0.0; 2], stopping: [0.0; 2], lost };
    Some((ends, sample))
}

/// The movers of a profile and their best replies.
fn moves(game: &SecurityGame, profile: &[Stance]) -> Vec<(usize, Stance)> {
    let mut sides =
        Field { attackers: game.force(Coalition::EMPTY.with(game.target())), ..Field::default() };
    for (&i, &stance) in game.choosers().iter().zip(profile) {
        sides = taking(game, sides, i, stance);
    }
    let place = game.choosers().iter().zip(profile).enumerate();
    let replies = place.map(|(c, (&i, &stance))| {
        let field = super::equilibria::without(game, sides, i, stance);
        (c, game.reply(&field, i))
    });
    replies.filter(|&(c, reply)| reply != profile[c]).collect()
}

/// Follows best replies until nobody moves, or for [`STEPS`] steps.
fn follow(game: &SecurityGame, mut profile: Profile, draws: &mut Sequence) -> Profile {
    for _ in 0..STEPS {
        let moves = moves(game, &profile);
        if moves.is_empty() {
            break;
        }
        let (c, reply) = moves[draws.below(moves.len())];
        profile[c] = reply;
    }
    profile
}

/// All profiles that can be reached from this one, sorted, if from each of them all the others can
/// be reached.
fn closed(game: &SecurityGame, profile: Profile) -> Option<Vec<Profile>> {
    let next = |from: &Profile| {
        let after = |(c, reply): (usize, Stance)| {
            let mut to = from.clone();
            to[c] = reply;
            to
        };
        moves(game, from).into_iter().map(after).collect::<Vec<_>>()
    };
    let mut before: BTreeMap<Profile, Vec<Profile>> = BTreeMap::new();
    let mut open = vec![profile.clone()];
    before.insert(profile.clone(), Vec::new());
    while let Some(from) = open.pop() {
        for to in next(&from) {
            if !before.contains_key(&to) {
                if before.len() == REACH {
                    return None;
                }
                open.push(to.clone());
            }
            before.entry(to).or_default().push(from.clone());
        }
    }
    // Back along the edges from where it began.
    let mut back = BTreeSet::from([profile.clone()]);
    let mut open = vec![profile];
    while let Some(to) = open.pop() {
        for from in before.get(&to).into_iter().flatten() {
            if back.insert(from.clone()) {
                open.push(from.clone());
            }
        }
    }
    (back.len() == before.len()).then(|| before.into_keys().collect())
}
