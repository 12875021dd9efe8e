//! Whether groups of players leave an equilibrium together.
//!
//! Every other profile is a joint deviation of the players whose action differs. An equilibrium is
//! strong if by none of them all of these gain. A strong one is coalition-proof too; one that a
//! group leaves for a profile from which no part of the group leaves again is not. Where neither
//! says it, the definition does, with what was found of coalitions and profiles remembered.

use std::collections::HashMap;

use crate::coalition::Coalition;
use crate::solve::replies::Moves;
use crate::solve::selection::table::Table;
use crate::work::Work;

/// The most players for which the definition of coalition-proof equilibria is followed.
const MAX_DEFINITION: usize = 7;
/// How many profiles between two looks at the clock.
const STRIDE: usize = 1 << 14;

/// Whether an equilibrium is upset by a group whose new choice would itself last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upset {
    No,
    /// By a change to this profile.
    For(usize),
    Unknown,
}

/// The players whose actions differ.
fn differing(table: &Table, a: usize, b: usize) -> impl Iterator<Item = usize> + '_ {
    (0..table.players()).filter(move |&i| table.action(a, i) != table.action(b, i))
}

/// The first profile for which a group leaves `at`, all better off; `None` if the time was up.
#[allow(clippy::option_option, reason = "no time, no group")]
pub(super) fn leaving(table: &Table, at: usize, work: &Work) -> Option<Option<usize>> {
    leaving_of(table, at, Coalition::grand(table.players()), work)
}

/// The same of groups within `members`.
#[allow(clippy::option_option, reason = "no time, no group")]
fn leaving_of(table: &Table, at: usize, members: Coalition, work: &Work) -> Option<Option<usize>> {
    for to in 0..table.profiles() {
        if to.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        let leaves = |i: usize| members.contains(i) && table.gains(i, at, to);
        if to != at && differing(table, at, to).all(leaves) {
            return Some(Some(to));
        }
    }
    Some(None)
}

/// Whether the equilibrium `at` is coalition-proof, a group `leaving` it for some profile if there
/// is one; `None` if the time was up.
pub(super) fn upset(
    table: &Table,
    at: usize,
    leaving: Option<usize>,
    work: &Work,
) -> Option<Upset> {
    if leaving.is_none() {
        return Some(Upset::No);
    }
    // A way out that lasts: no part of the group leaves it again.
    for to in 0..table.profiles() {
        if to.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        if to != at && differing(table, at, to).all(|i| table.gains(i, at, to)) {
            let group = differing(table, at, to).collect();
            if leaving_of(table, to, group, work)?.is_none() {
                return Some(Upset::For(to));
            }
        }
    }
    if table.players() > MAX_DEFINITION {
        return Some(Upset::Unknown);
    }
    let mut definition = Definition { table, known: HashMap::new(), work };
    for bits in 1..1u64 << table.players() {
        if let Some(to) = definition.improved(Coalition(bits), at)? {
            return Some(Upset::For(to));
        }
    }
    Some(Upset::No)
}

/// Bernheim, Peleg & Whinston's definition, with what is known.
struct Definition<'a> {
    table: &'a Table,
    /// Whether the coalition's part of the profile is coalition-proof.
    known: HashMap<(Coalition, usize), bool>,
    work: &'a Work<'a>,
}

impl Definition<'_> {
    fn is_proof(&mut self, coalition: Coalition, at: usize) -> Option<bool> {
        if let Some(&known) = self.known.get(&(coalition, at)) {
            return Some(known);
        }
        let proof = self.enforces_itself(coalition, at)? && self.improved(coalition, at)?.is_none();
        self.known.insert((coalition, at), proof);
        Some(proof)
    }

    /// Whether it is coalition-proof for all with a member less, and so for all smaller ones.
    fn enforces_itself(&mut self, coalition: Coalition, at: usize) -> Option<bool> {
        for i in coalition.members() {
            let fewer = coalition.without(i);
            if !fewer.is_empty() && !self.is_proof(fewer, at)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// A profile of the coalition that enforces itself and in which every member gains.
    #[allow(clippy::option_option, reason = "no time, no profile")]
    fn improved(&mut self, coalition: Coalition, at: usize) -> Option<Option<usize>> {
        if self.work.is_over() {
            return None;
        }
        for to in 0..self.table.profiles() {
            let inside = differing(self.table, at, to).all(|i| coalition.contains(i));
            let gain = |i: usize| self.table.gains(i, at, to);
            if to != at
                && inside
                && coalition.members().all(gain)
                && self.enforces_itself(coalition, to)?
            {
                return Some(Some(to));
            }
        }
        Some(None)
    }
}
