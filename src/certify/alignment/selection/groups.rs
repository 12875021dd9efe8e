//! Joint deviations, once more.

use std::collections::BTreeMap;

use crate::certify::alignment::selection::payoffs::Payoffs;

/// Comparisons after which the definition is left.
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
    let everybody: Vec<usize> = (0..profile.len()).collect();
    Definition { payoffs, known: BTreeMap::new(), left: MOST }.is_proof(&everybody, profile)
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
    Definition { payoffs, known: BTreeMap::new(), left: MOST }.enforces_itself(&group, to)
}

/// Coalition-proof equilibria by their definition (Bernheim, Peleg & Whinston 1987, section 1).
struct Definition<'a> {
    payoffs: &'a Payoffs,
    known: BTreeMap<(Vec<usize>, Vec<usize>), bool>,
    left: u64,
}

impl Definition<'_> {
    fn is_proof(&mut self, group: &[usize], profile: &[usize]) -> Option<bool> {
        let key = (group.to_vec(), profile.to_vec());
        if let Some(&known) = self.known.get(&key) {
            return Some(known);
        }
        let proof = self.enforces_itself(group, profile)? && !self.is_improved(group, profile)?;
        self.known.insert(key, proof);
        Some(proof)
    }

    /// For every smaller group it is coalition-proof.
    fn enforces_itself(&mut self, group: &[usize], profile: &[usize]) -> Option<bool> {
        for parts in 1..(1u64 << group.len()) - 1 {
            let part: Vec<usize> = group
                .iter()
                .enumerate()
                .filter(|(k, _)| parts >> k & 1 == 1)
                .map(|(_, &i)| i)
                .collect();
            if !self.is_proof(&part, profile)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Some choice of the group enforces itself and is better for every member.
    fn is_improved(&mut self, group: &[usize], profile: &[usize]) -> Option<bool> {
        let mut other = profile.to_vec();
        group.iter().for_each(|&i| other[i] = 0);
        loop {
            self.left = self.left.checked_sub(1)?;
            let better = group.iter().all(|&i| self.payoffs.prefers(i, profile, &other));
            if better && self.enforces_itself(group, &other)? {
                return Some(true);
            }
            let Some(&next) = group.iter().rev().find(|&&i| other[i] + 1 < self.payoffs.actions[i])
            else {
                return Some(false);
            };
            other[next] += 1;
            group.iter().filter(|&&i| i > next).for_each(|&i| other[i] = 0);
        }
    }
}
