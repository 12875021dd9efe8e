//! Joint deviations, once more.

use crate::certify::alignment::selection::payoffs::Payoffs;
use crate::certify::strategic::coalition_proof::Definition;
use crate::coalition::Coalition;

/// Steps after which the definition is left.
const MOST: u64 = 1 << 24;

/// Those whose action changes.
fn movers(from: &[usize], to: &[usize]) -> Vec<usize> {
    (0..from.len()).filter(|&i| from[i] != to[i]).collect()
}

/// Whether a group leaves `from` for `to`, all of it better off.
pub(super) fn leaves(payoffs: &Payoffs, from: &[usize], to: &[usize]) -> bool {
    let movers = movers(from, to);
    !movers.is_empty() && movers.iter().all(|&i| payoffs.prefers(i, from, to))
}

/// Whether no group leaves.
pub(super) fn is_strong(payoffs: &Payoffs, profile: &[usize]) -> bool {
    // Only profiles that somebody prefers can be left for.
    let here: Vec<f64> = payoffs.of.iter().map(|of| of[payoffs.number(profile)]).collect();
    (0..payoffs.profiles()).all(|at| {
        let better = payoffs.of.iter().zip(&here).any(|(of, here)| of[at] > *here);
        !better || !leaves(payoffs, profile, &payoffs.profile(at))
    })
}

/// Whether an equilibrium is coalition-proof; `None` if that takes too long.
pub(super) fn is_proof(payoffs: &Payoffs, profile: &[usize]) -> Option<bool> {
    // No group at all leaves a strong one.
    if is_strong(payoffs, profile) {
        return Some(true);
    }
    let everybody = Coalition::grand(profile.len());
    definition(payoffs).is_proof(everybody, payoffs.number(profile))
}

/// Whether the group that leaves `from` for `to` gains, and its choice would itself last; `None` if
/// that takes too long.
pub(super) fn lasts(payoffs: &Payoffs, from: &[usize], to: &[usize]) -> Option<bool> {
    if !leaves(payoffs, from, to) {
        return Some(false);
    }
    let group = movers(from, to);
    // Where no part of the group leaves again, it lasts whatever the definition's subtleties.
    let stays = (0..payoffs.profiles()).all(|at| {
        let next = payoffs.profile(at);
        !movers(to, &next).iter().all(|i| group.contains(i)) || !leaves(payoffs, to, &next)
    });
    if stays {
        return Some(true);
    }
    let group = group.into_iter().collect();
    definition(payoffs).is_self_enforcing(group, payoffs.number(to))
}

/// The definition in this game.
fn definition(payoffs: &Payoffs) -> Definition<impl Fn(usize, usize, usize) -> bool + '_> {
    let mut strides = vec![1; payoffs.actions.len()];
    for player in (1..strides.len()).rev() {
        strides[player - 1] = strides[player] * payoffs.actions[player];
    }
    let prefers =
        |player: usize, to: usize, from: usize| payoffs.prefers_numbered(player, from, to);
    Definition::new(payoffs.actions.clone(), strides, prefers, MOST)
}
