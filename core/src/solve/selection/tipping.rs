//! How many states must change to `balance` for all to balance.
//!
//! A group's members change to `balance` and stay there; the others give best replies, one at a
//! time. The group tips the rest if from every profile that can be reached so all-balance can be
//! reached, and no other profile is one in which they rest: then, in whatever order they move, they
//! end there. O(2^players · profiles) at worst; mostly few profiles can be reached.

use std::collections::HashMap;

use crate::coalition::Coalition;
use crate::game::{AlignmentGame, Posture};
use crate::solve::selection::table::Table;
use crate::work::Work;

/// The smallest group that tips the rest at the profile `at`, the first by the order of players;
/// `None` within if there is none, `None` if the time was up.
#[allow(clippy::option_option, reason = "no time, no group")]
pub(super) fn smallest(
    game: &AlignmentGame,
    table: &Table,
    at: usize,
    work: &Work,
) -> Option<Option<Vec<usize>>> {
    let followers = game.followers().len();
    let to_balance = |from: usize, group: Coalition| {
        group.members().try_fold(from, |at, i| {
            let postures = game.postures_of(i);
            let action = postures.iter().position(|posture| *posture == Posture::Balance)?;
            Some(table.with(at, i, action))
        })
    };
    let Some(all) = to_balance(at, Coalition::grand(followers)) else { return Some(None) };
    // Those who do not balance yet.
    let others: Vec<usize> =
        (0..followers).filter(|&i| table.action(at, i) != table.action(all, i)).collect();
    for bits in by_size(others.len()) {
        if work.is_over() {
            return None;
        }
        let group: Coalition =
            (0..others.len()).filter(|k| bits >> k & 1 == 1).map(|k| others[k]).collect();
        let Some(start) = to_balance(at, group) else { return Some(None) };
        if tips(table, start, all, group, work)? {
            return Some(Some(group.members().collect()));
        }
    }
    Some(None)
}

/// All sets of `n`, the smaller ones first, those of a size in the order of their members.
fn by_size(n: usize) -> Vec<u64> {
    let mut sets: Vec<u64> = (0..1 << n).collect();
    crate::order::sort_by_key(&mut sets, |bits| {
        (bits.count_ones(), std::cmp::Reverse(bits.reverse_bits()))
    });
    sets
}

/// Whether the others' best replies end in `all` from `start`, whatever the order.
fn tips(table: &Table, start: usize, all: usize, group: Coalition, work: &Work) -> Option<bool> {
    // Whence each profile was reached.
    let mut from: HashMap<usize, Vec<usize>> = HashMap::from([(start, Vec::new())]);
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        if work.is_over() {
            return None;
        }
        let movers = (0..table.players()).filter(|&i| !group.contains(i));
        let next: Vec<usize> =
            movers.map(|i| table.reply(at, i)).filter(|&next| next != at).collect();
        if next.is_empty() && at != all {
            return Some(false);
        }
        for to in next {
            from.entry(to).or_insert_with(|| {
                open.push(to);
                Vec::new()
            });
            if let Some(whence) = from.get_mut(&to) {
                whence.push(at);
            }
        }
    }
    // From all of them it can be reached: backwards from it.
    let mut back = vec![all];
    let mut count = 0;
    while let Some(at) = back.pop() {
        if let Some(whence) = from.remove(&at) {
            count += 1;
            back.extend(whence);
        }
    }
    Some(count > 0 && from.is_empty())
}
