//! Coalition-proof equilibria by their definition, word for word (Bernheim, Peleg & Whinston
//! 1987, section 1): in the game that the others' strategies leave to a coalition, a profile is
//! self-enforcing if it is coalition-proof for every smaller coalition, and coalition-proof if it
//! is self-enforcing and no other self-enforcing profile is better for every member.
//!
//! What was found of a coalition and a profile is remembered; nothing else is shared with the
//! solver, which goes through tables of all profiles. O(steps), as many as are allowed.

use std::collections::HashMap;

use crate::coalition::Coalition;
use crate::game::StrategicTable;
use crate::game::table::{Levels, advance};

/// Which of the profiles (by their numbers) are coalition-proof; `None` if that takes more than
/// `most` comparisons, or there are more than 64 players.
pub fn coalition_proof(game: &StrategicTable, profiles: &[usize], most: u64) -> Option<Vec<bool>> {
    let n = game.roster().len();
    if n > 64 {
        return None;
    }
    let prefers = |player: usize, one: usize, other: usize| match game.exact(player).levels() {
        Levels::Small(levels) => levels[one] > levels[other],
        Levels::Large(levels) => levels[one] > levels[other],
    };
    let mut definition = Definition::new(game.sizes(), game.strides().to_vec(), prefers, most);
    profiles.iter().map(|&index| definition.is_proof(Coalition::grand(n), index)).collect()
}

/// The definition, of a game of at most 64 players whose profiles are numbered in mixed radix.
pub(in crate::certify) struct Definition<F> {
    /// By player: how many strategies it has, and what one more adds to a profile's number.
    sizes: Vec<usize>,
    strides: Vec<usize>,
    /// Whether a player prefers the first of two profiles.
    prefers: F,
    known: HashMap<(Coalition, usize), bool>,
    /// How many steps are left.
    steps: u64,
}

impl<F: Fn(usize, usize, usize) -> bool> Definition<F> {
    /// That takes at most so many steps.
    pub(in crate::certify) fn new(
        sizes: Vec<usize>,
        strides: Vec<usize>,
        prefers: F,
        steps: u64,
    ) -> Self {
        Self { sizes, strides, prefers, known: HashMap::new(), steps }
    }

    /// Whether a profile is coalition-proof for a coalition; `None` if that takes too long.
    pub(in crate::certify) fn is_proof(
        &mut self,
        coalition: Coalition,
        index: usize,
    ) -> Option<bool> {
        if let Some(&known) = self.known.get(&(coalition, index)) {
            return Some(known);
        }
        let found =
            self.is_self_enforcing(coalition, index)? && !self.is_improved_on(coalition, index)?;
        self.known.insert((coalition, index), found);
        Some(found)
    }

    /// Whether it is coalition-proof for every smaller one; `None` if that takes too long.
    pub(in crate::certify) fn is_self_enforcing(
        &mut self,
        coalition: Coalition,
        index: usize,
    ) -> Option<bool> {
        // All smaller coalitions, as the subsets of the bits.
        let mut smaller = (coalition.bits() - 1) & coalition.bits();
        while smaller > 0 {
            self.steps = self.steps.checked_sub(1)?;
            if !self.is_proof(Coalition(smaller), index)? {
                return Some(false);
            }
            smaller = (smaller - 1) & coalition.bits();
        }
        Some(true)
    }

    /// Whether a self-enforcing profile of the coalition is better for every member.
    fn is_improved_on(&mut self, coalition: Coalition, index: usize) -> Option<bool> {
        let members: Vec<usize> = coalition.members().collect();
        let strides = &self.strides;
        let part = |&i: &usize| index / strides[i] % self.sizes[i] * strides[i];
        let base = index - members.iter().map(part).sum::<usize>();
        let sizes: Vec<usize> = members.iter().map(|&i| self.sizes[i]).collect();
        let mut choice = vec![0; members.len()];
        loop {
            self.steps = self.steps.checked_sub(1)?;
            let other = base
                + members.iter().zip(&choice).map(|(&i, a)| a * self.strides[i]).sum::<usize>();
            let better = other != index && members.iter().all(|&i| (self.prefers)(i, other, index));
            if better && self.is_self_enforcing(coalition, other)? {
                return Some(true);
            }
            if !advance(&mut choice, &sizes) {
                return Some(false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::strategic::pure::pure_nash;
    use crate::solve::strategic::refinement::{Refined, coalition_proof as solve};
    use crate::work::Work;

    #[test]
    fn the_definition_and_the_tables_agree() {
        let mut state = 5u64;
        for sizes in [&[2, 2][..], &[2, 2, 2], &[3, 2, 2], &[2, 2, 2, 2]].iter().cycle().take(80) {
            let game = StrategicTable::from_fn(sizes, |_, _| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                (state >> 33) as i64 % 4
            })
            .unwrap();
            let pure = pure_nash(&game);
            let stable = coalition_proof(&game, &pure, 1 << 20).unwrap();
            let expected = pure.iter().zip(stable).filter(|(_, stable)| *stable);
            let expected: Vec<_> = expected.map(|(&index, _)| game.profile(index)).collect();
            let Refined::Decided(found) = solve(&game, &Work::default()).unwrap() else {
                panic!("there is time")
            };
            assert_eq!(found.stable, expected);
        }
    }
}
