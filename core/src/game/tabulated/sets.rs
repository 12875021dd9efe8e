//! What sets of followers come to. The last follower has a set's lowest bit, so that sets which
//! differ by the last ones lie side by side.

use crate::contest::Contest;

use super::{Follower, NOBODY};

/// One side: its power, its strength, that over the sum of its members' weights, and the
/// total strength of all blocs below which it attacks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) power: f64,
    pub(super) strength: f64,
    pub(super) division: f64,
    pub(super) attacks_below: f64,
}

/// States each on its own: the sum of their strengths, the largest total strength below
/// which one of them attacks, the strongest and what the next one has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alone {
    pub(super) strength: f64,
    pub(super) attacks_below: f64,
    pub(super) strongest: usize,
    pub(super) power: f64,
    pub(super) next: f64,
}

/// By the set of followers, the side they make, with the leading state where there is one.
pub(super) fn sides(
    contest: &Contest,
    followers: &[Follower],
    leader: Option<&Follower>,
) -> Vec<Side> {
    let kept = contest.kept();
    let unbounded = contest.parameters().decisiveness.is_infinite();
    let nobody = leader.map_or((0.0, 0.0), |l| (l.share, l.weight));
    let sums = by_set(followers.len(), nobody, |(power, weight), i| {
        (power + followers[i].share, weight + followers[i].weight)
    });
    let side = |(set, (power, weight)): (usize, (f64, f64))| {
        if set == 0 && leader.is_none() {
            let none = f64::NEG_INFINITY;
            return Side { power: none, strength: 0.0, division: 0.0, attacks_below: none };
        }
        if unbounded {
            return Side { power, strength: 0.0, division: weight, attacks_below: 0.0 };
        }
        let strength = contest.strength(power);
        Side {
            power,
            strength,
            division: strength / weight,
            attacks_below: kept * strength / power,
        }
    };
    sums.into_iter().enumerate().map(side).collect()
}

pub(super) fn alone(followers: &[Follower], kept: f64) -> Vec<Alone> {
    let none = f64::NEG_INFINITY;
    let nobody =
        Alone { strength: 0.0, attacks_below: none, strongest: NOBODY, power: none, next: none };
    by_set(followers.len(), nobody, |below, i| {
        let follower = &followers[i];
        let attacks_below = kept * follower.strength / follower.share;
        let stronger = follower.share > below.power;
        Alone {
            strength: below.strength + follower.strength,
            attacks_below: below.attacks_below.max(attacks_below),
            strongest: if stronger { i } else { below.strongest },
            power: below.power.max(follower.share),
            next: if stronger { below.power } else { below.next.max(follower.share) },
        }
    })
}

/// A table by set of followers: that of `nobody`, to which one follower after the other is
/// added, from the first on.
pub(super) fn by_set<T: Copy>(followers: usize, nobody: T, add: impl Fn(T, usize) -> T) -> Vec<T> {
    let mut table = Vec::with_capacity(1 << followers);
    table.push(nobody);
    for set in 1..1usize << followers {
        let last = followers - 1 - set.trailing_zeros() as usize;
        table.push(add(table[set & (set - 1)], last));
    }
    table
}
