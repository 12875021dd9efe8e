//! The smallest groups that would hold the target together.
//!
//! A group holds it if its power is at least that of the target's side (`Q ≤ 1/2`, exactly), and
//! would do so if balancing is each member's best reply while all others hide, or while all others
//! bandwagon. O(n · 2^(n−1)) at worst.

use crate::coalition::Coalition;
use crate::finding::security::Groups;
use crate::game::{SecurityGame, Stance};
use crate::solve::security::MAX_GROUPS;
use crate::work::Work;

/// What those outside of the group do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    Hide,
    Bandwagon,
}

/// The smallest groups; `None` if the time was up.
pub(super) fn smallest(game: &SecurityGame, others: Others, work: &Work) -> Option<Groups> {
    let choosers = game.choosers();
    let mut found = Groups::default();
    for size in 1..=choosers.len() {
        if work.is_over() {
            return None;
        }
        for places in subsets(choosers.len(), size) {
            let group: Coalition = places.members().map(|c| choosers[c]).collect();
            if would_hold(game, group, others) {
                found.total += 1;
                if found.groups.len() < MAX_GROUPS {
                    found.groups.push(group);
                }
            }
        }
        if found.total > 0 {
            // In the order of the states: the group with the first state of all comes first.
            crate::order::sort_by_key(&mut found.groups, |group| {
                std::cmp::Reverse(group.0.reverse_bits())
            });
            return Some(Groups { number: Some(size), ..found });
        }
    }
    Some(found)
}

/// The subsets of `n` places of this size, in ascending order (Gosper's hack).
fn subsets(n: usize, size: usize) -> impl Iterator<Item = Coalition> {
    let first = (1u64 << size) - 1;
    std::iter::successors(Some(first), move |&set| {
        let low = set & set.wrapping_neg();
        let ripple = set + low;
        Some((((ripple ^ set) >> 2) / low) | ripple)
    })
    .take_while(move |&set| set < 1 << n)
    .map(Coalition)
}

fn would_hold(game: &SecurityGame, group: Coalition, others: Others) -> bool {
    let rest = if others == Others::Hide { Stance::Hide } else { Stance::Bandwagon };
    let target = Coalition::EMPTY.with(game.target());
    let all = Coalition::grand(game.shares().len());
    let attackers = match others {
        Others::Hide => target,
        Others::Bandwagon => all.difference(group),
    };
    if game.compare(attackers, group).is_gt() {
        return false;
    }
    let stance = |&i: &usize| if group.contains(i) { Stance::Balance } else { rest };
    let profile: Vec<Stance> = game.choosers().iter().map(stance).collect();
    group.members().all(|i| game.reply(&game.field(&profile, i), i) == Stance::Balance)
}
