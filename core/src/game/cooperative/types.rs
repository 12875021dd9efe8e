//! Interchangeable players: players whose exchange leaves every coalition's value as it is.
//!
//! In a weighted game those with the same weight under every rule are of one *type*, in a
//! contest game those of the same strength. The
//! least core is convex and the nucleolus is one point, so that allocations which pay a type's
//! players the same suffice (Schmeidler 1969; Kohlberg 1971): of a coalition only the number
//! of its members of each type counts. A coalition is therefore stood for by the one that has
//! as many members of each type, the first ones: its *representative*.

use std::collections::HashMap;
use std::hash::Hash;

use super::contest::ContestGame;
use super::weighted::WeightedGame;
use crate::coalition::Coalition;
use crate::exact::gcd;

/// The types of a game of at most 64 players.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Types {
    members: Vec<Coalition>,
}

impl Types {
    /// Every player is of a type of its own.
    pub fn each(players: usize) -> Self {
        Self { members: (0..players).map(Coalition::singleton).collect() }
    }

    /// The types of a weighted game of at most 64 players, in the order of their first players.
    pub fn of_weighted(game: &WeightedGame) -> Self {
        Self::of(game.players(), |i| {
            game.rules().iter().map(|rule| &rule.weights()[i]).collect::<Vec<_>>()
        })
    }

    /// The types of a contest game: players of the same strength.
    pub fn of_contest(game: &ContestGame) -> Self {
        Self::of(game.players(), |i| game.strengths()[i])
    }

    /// Players with the same mark are of one type.
    fn of<M: Eq + Hash>(players: usize, mark: impl Fn(usize) -> M) -> Self {
        let mut seen = HashMap::new();
        let mut members: Vec<Coalition> = Vec::new();
        for i in 0..players.min(Coalition::MAX_PLAYERS) {
            let at = *seen.entry(mark(i)).or_insert(members.len());
            match members.get_mut(at) {
                Some(known) => *known = known.with(i),
                None => members.push(Coalition::singleton(i)),
            }
        }
        Self { members }
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no type: no player.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The players of each type.
    pub fn members(&self) -> &[Coalition] {
        &self.members
    }

    /// How many players there are of a type.
    pub fn size(&self, kind: usize) -> usize {
        self.members[kind].len()
    }

    /// A single player of a type.
    pub fn one(&self, kind: usize) -> Coalition {
        self.of_counts((0..self.len()).map(|other| (other == kind).into()))
    }

    /// How many of a coalition's members are of a type.
    pub fn count(&self, coalition: Coalition, kind: usize) -> usize {
        self.members[kind].intersection(coalition).len()
    }

    /// The types among a coalition's members, with how many there are of each.
    pub fn counts(&self, coalition: Coalition) -> impl Iterator<Item = (usize, usize)> + '_ {
        let count = move |kind| (kind, self.count(coalition, kind));
        (0..self.len()).map(count).filter(|&(_, count)| count > 0)
    }

    /// What a coalition gets if each player gets what its type does. O(types).
    pub fn sum(&self, coalition: Coalition, payoffs: &[f64]) -> f64 {
        self.counts(coalition).map(|(kind, count)| count as f64 * payoffs[kind]).sum()
    }

    /// The first players of each type, so many as are given.
    pub fn of_counts(&self, counts: impl IntoIterator<Item = usize>) -> Coalition {
        let of = |(kind, count): (&Coalition, usize)| kind.members().take(count);
        self.members.iter().zip(counts).flat_map(of).collect()
    }

    /// The coalition that stands for this one.
    pub fn representative(&self, coalition: Coalition) -> Coalition {
        self.of_counts((0..self.len()).map(|kind| self.count(coalition, kind)))
    }

    /// Each player's value from each type's.
    pub fn spread<T: Clone>(&self, values: &[T]) -> Vec<T> {
        let mut all: Vec<(usize, T)> = Vec::new();
        for (members, value) in self.members.iter().zip(values) {
            all.extend(members.members().map(|i| (i, value.clone())));
        }
        crate::order::sort_by_key(&mut all, |&(i, _)| i);
        all.into_iter().map(|(_, value)| value).collect()
    }

    /// The proper coalitions in which every type has the same part of its players: they get
    /// the same from all allocations that are alike for players alike.
    pub fn proportional(&self) -> impl Iterator<Item = Coalition> + '_ {
        let divisor = (0..self.len()).fold(0, |divisor, kind| gcd(divisor, self.size(kind)));
        let part = move |j| self.of_counts((0..self.len()).map(|k| self.size(k) / divisor * j));
        (1..divisor).map(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::cooperative::{Quota, numbered};
    use dashu_ratio::RBig;

    #[test]
    fn players_of_the_same_weights_are_of_one_type() {
        let weights = |w: &[u32]| w.iter().map(|&w| RBig::from(w)).collect::<Vec<_>>();
        let rules = [
            (weights(&[5, 1, 5, 1, 5, 1]), Quota::majority()),
            (weights(&[1, 1, 1, 1, 2, 1]), Quota::majority()),
        ];
        let types = Types::of_weighted(&WeightedGame::new(numbered(6), &rules).unwrap());
        assert_eq!(types.members(), [Coalition(0b101), Coalition(0b101010), Coalition(0b10000)]);
        assert_eq!(types.representative(Coalition(0b101100)), Coalition(0b001011));
        assert_eq!(types.spread(&['a', 'b', 'c']), ['a', 'b', 'a', 'b', 'c', 'b']);
        assert_eq!(types.proportional().count(), 0);
        let pairs = Types { members: vec![Coalition(0b0011), Coalition(0b1100)] };
        assert_eq!(pairs.proportional().collect::<Vec<_>>(), [Coalition(0b0101)]);
    }
}
